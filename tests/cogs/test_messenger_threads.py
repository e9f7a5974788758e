"""Threads by real discord.py over the wire: opened once, and who is let in and out of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deliveries.flow import Sent
from bot.ports import NewThread, Trouble
from sandbox import Permission
from sandbox.model import Channel, ChannelKind, Overwrite, Thread
from tests.cogs.post_office import PostOffice

pytestmark = pytest.mark.wire

ON_MESSAGE, BY_ITSELF = "/messages/{message_id}/threads$", "/channels/{channel_id}/threads$"
LOST = [{"drop": True}, {"status": 500}, {"status": 502}]  # discord.py by itself asks again after a 5xx


@pytest.fixture
def channel(office: PostOffice) -> Channel:
    """A channel in which the bot may do what pods need."""
    sandbox = office.town.sandbox
    made = sandbox.world.add_channel(sandbox.guild, "weekly")
    sandbox.world.set_overwrite(made, Overwrite(sandbox.world.bot.id, 1, allow=Permission.MANAGE_THREADS))
    return made


def pod(office: PostOffice, channel: Channel, *, tried: bool = False, **other: object) -> NewThread:
    tried_at = office.app.now() if tried else None
    wanted = NewThread(office.town.sandbox.guild.id, channel.id, "Pod 3", private=True, tried_at=tried_at)
    return replace(wanted, **other)  # type: ignore[arg-type]


def there(office: PostOffice, channel: Channel) -> list[Channel]:
    every = office.town.sandbox.guild.threads.values()
    return [one for one in every if one.parent_id == channel.id and not one.deleted]


def about(channel: Channel) -> Thread:
    assert channel.thread
    return channel.thread


async def opened(office: PostOffice, wanted: NewThread) -> Channel:
    number = await office.app.messenger.open_thread(wanted)
    assert isinstance(number, int)
    return office.town.sandbox.guild.threads[number]


# -- on a message --------------------------------------------------------------------------------


async def test_a_thread_on_a_message(office: PostOffice, channel: Channel) -> None:
    """It has the message's id and our name, is public, and stays out for a week of silence."""
    said = await office.say(channel, "Week 47 is open")
    thread = await opened(office, pod(office, channel, on_message=said.id, private=False, name="Week 47"))
    assert (thread.id, thread.name, thread.kind) == (said.id, "Week 47", ChannelKind.PUBLIC_THREAD)
    assert about(thread).auto_archive == 10080


@pytest.mark.parametrize("fault", LOST, ids=str)
async def test_a_message_has_one_thread(
    office: PostOffice, channel: Channel, fault: dict[str, object]
) -> None:
    """Lost answers and second attempts all find the same one."""
    said = await office.say(channel, "Week 47 is open")
    office.town.sandbox.faults.add(when="after", method="POST", route=ON_MESSAGE, **fault)  # type: ignore[arg-type]
    wanted = pod(office, channel, on_message=said.id, private=False)
    await office.app.messenger.open_thread(wanted)
    assert await office.app.messenger.open_thread(wanted) == said.id
    assert [one.id for one in there(office, channel)] == [said.id]


async def test_a_message_that_was_deleted(office: PostOffice, channel: Channel) -> None:
    """There is nothing to hang on: the flow hears so."""
    said = await office.say(channel, "Week 47 is open")
    office.town.mo.remove(said)
    refused = await office.app.messenger.open_thread(pod(office, channel, on_message=said.id, private=False))
    assert isinstance(refused, Trouble) and refused.code == "unknown_message"


# -- by itself -----------------------------------------------------------------------------------


async def test_a_private_thread(office: PostOffice, channel: Channel) -> None:
    """Nobody is in it but the bot, only moderators let others in, and it stays out for a week of silence."""
    thread = await opened(office, pod(office, channel))
    assert (thread.name, thread.kind) == ("Pod 3", ChannelKind.PRIVATE_THREAD)
    assert set(about(thread).members) == {office.town.sandbox.world.bot.id}
    assert (about(thread).invitable, about(thread).auto_archive) == (False, 10080)


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("fault", LOST, ids=str)
async def test_a_thread_whose_answer_was_lost_is_found(
    office: PostOffice, channel: Channel, fault: dict[str, object], private: bool
) -> None:
    """It is there, we never heard so: asked once, "unclear"; then it is looked for, and no second one is made."""
    lost = office.town.sandbox.faults.add(when="after", method="POST", route=BY_ITSELF, **fault)  # type: ignore[arg-type]
    first = await office.app.messenger.open_thread(pod(office, channel, private=private))
    assert isinstance(first, Trouble) and first.code == "unclear"
    found = await opened(office, pod(office, channel, private=private, tried=True))
    assert (there(office, channel), lost.hits) == ([found], 1)


@pytest.mark.parametrize("fault", LOST, ids=str)
async def test_a_thread_that_never_came_to_be_is_opened(
    office: PostOffice, channel: Channel, fault: dict[str, object]
) -> None:
    """The same silence, but nothing is there."""
    office.town.sandbox.faults.add(method="POST", route=BY_ITSELF, **fault)  # type: ignore[arg-type]
    first = await office.app.messenger.open_thread(pod(office, channel))
    assert isinstance(first, Trouble) and first.code == "unclear"
    assert there(office, channel) == []
    found = await opened(office, pod(office, channel, tried=True))
    assert there(office, channel) == [found]


@pytest.mark.parametrize("private", [True, False])
async def test_one_that_was_put_away_is_found(office: PostOffice, channel: Channel, private: bool) -> None:
    """Among more than one page of others, archived as well."""
    wanted = pod(office, channel, private=private, tried=True)
    thread = await opened(office, wanted)
    office.town.mo.archive(thread)
    for number in range(120):
        other = await opened(office, replace(wanted, name=f"Other {number}", tried_at=None))
        office.town.mo.archive(other)
    office.town.sandbox.clock.move(timedelta(hours=1))
    assert await office.app.messenger.open_thread(wanted) == thread.id


@pytest.mark.parametrize("what", ["older", "locked", "another's", "public", "elsewhere"])
async def test_what_only_looks_like_it_is_left_alone(office: PostOffice, channel: Channel, what: str) -> None:
    """An old one of that name, a locked one, a member's, a public one, one of another channel: none is ours."""
    sandbox = office.town.sandbox
    wanted = pod(office, channel)
    if what == "another's":
        office.town.ana.go(channel).start_thread(wanted.name, private=True)
    elif what == "elsewhere":
        await opened(office, replace(wanted, channel_id=office.town.ana.go("check-ins").place.id))
    else:
        other = await opened(office, replace(wanted, private=what != "public"))
        about(other).locked = what == "locked"
    if what == "older":
        sandbox.clock.move(timedelta(hours=1))
    before = set(sandbox.guild.threads)
    made = await opened(office, replace(wanted, tried_at=office.app.now()))
    assert made.id not in before


async def test_what_can_not_be_looked_through_opens_nothing(office: PostOffice, channel: Channel) -> None:
    """Without Read Message History nobody can tell whether it is there."""
    office.town.sandbox.deny("weekly", Permission.READ_MESSAGE_HISTORY)
    refused = await office.app.messenger.open_thread(pod(office, channel, tried=True))
    assert isinstance(refused, Trouble) and refused.code == "missing_permission"
    assert there(office, channel) == []


@pytest.mark.parametrize(
    ("status", "code", "meant"),
    [
        (400, 160006, "too_many_threads"),
        (403, 50013, "missing_permission"),
        (403, 50001, "missing_access"),
        (404, 10003, "unknown_channel"),
    ],
)
async def test_why_none_can_be_opened(
    office: PostOffice, channel: Channel, status: int, code: int, meant: str
) -> None:
    """Discord's reasons, in our words."""
    for thread in (
        pod(office, channel),
        pod(office, channel, on_message=(await office.say(channel, "Hi")).id),
    ):
        office.town.sandbox.faults.add(method="POST", route="/threads$", status=status, code=code)
        refused = await office.app.messenger.open_thread(thread)
        assert isinstance(refused, Trouble) and refused.code == meant


async def test_a_full_server(office: PostOffice, channel: Channel) -> None:
    """The thousand and first thread: Discord itself says no, and a card to a forum still only waits."""
    wanted = pod(office, channel)
    first = await opened(office, wanted)
    world = office.town.sandbox
    world.guild.threads |= {-number: replace(first, id=-number) for number in range(1, 1000)}
    refused = await office.app.messenger.open_thread(replace(wanted, name="Pod 4"))
    assert isinstance(refused, Trouble) and refused.code == "too_many_threads"
    forum = world.world.add_channel(world.guild, "openings", ChannelKind.FORUM)
    await office.write(forum, "Open", post_title="Senior Falconer")
    assert await office.beat() == Sent(retry=1)


# -- who is in it --------------------------------------------------------------------------------


async def test_let_in_and_out(office: PostOffice, channel: Channel) -> None:
    """Twice is once."""
    guild, ana = office.town.sandbox.guild.id, office.town.ana.user.id
    thread = await opened(office, pod(office, channel))
    for _ in range(2):
        assert await office.app.messenger.let_in(guild, thread.id, ana) is None
    assert ana in about(thread).members
    for _ in range(2):
        assert await office.app.messenger.let_out(guild, thread.id, ana) is None
    assert ana not in about(thread).members


async def test_a_thread_that_was_put_away_is_taken_out_for_it(office: PostOffice, channel: Channel) -> None:
    """Archived by a week's silence: both still work."""
    guild, ana, bob = (
        office.town.sandbox.guild.id,
        office.town.ana.user.id,
        office.town.sandbox.member("bob").user.id,
    )
    thread = await opened(office, pod(office, channel))
    await office.app.messenger.let_in(guild, thread.id, ana)
    for change, user_id in ((office.app.messenger.let_in, bob), (office.app.messenger.let_out, ana)):
        office.town.sandbox.clock.move(timedelta(days=8))
        assert await change(guild, thread.id, user_id) is None
        assert not about(thread).archived
    assert set(about(thread).members) == {office.town.sandbox.world.bot.id, bob}


async def test_somebody_who_is_not_here(office: PostOffice, channel: Channel) -> None:
    """Letting them in says so; letting them out is done already."""
    guild = office.town.sandbox.guild.id
    thread = await opened(office, pod(office, channel))
    for stranger in (123456789, office.town.neighbour().user.id):
        refused = await office.app.messenger.let_in(guild, thread.id, stranger)
        assert refused and refused.code == "member_left"
        assert await office.app.messenger.let_out(guild, thread.id, stranger) is None


async def test_a_thread_that_is_gone(office: PostOffice, channel: Channel) -> None:
    """A moderator deleted it."""
    guild, ana = office.town.sandbox.guild.id, office.town.ana.user.id
    thread = await opened(office, pod(office, channel))
    office.town.sandbox.world.remove_channel(thread)
    for change in (office.app.messenger.let_in, office.app.messenger.let_out):
        refused = await change(guild, thread.id, ana)
        assert refused and refused.code == "unknown_channel"


async def test_without_manage_threads_nobody_is_let_in(office: PostOffice) -> None:
    """Only moderators let people into our private threads, and the bot is none here."""
    guild, ana = office.town.sandbox.guild.id, office.town.ana
    thread = await opened(office, pod(office, ana.go("check-ins").place))
    refused = await office.app.messenger.let_in(guild, thread.id, ana.user.id)
    assert refused and refused.code == "missing_permission"
