"""How a message goes out, by real discord.py over the wire: loudness, roles, publishing, threads, edits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.deliveries import store as outbox
from bot.deliveries.flow import Sent
from sandbox import Permission
from sandbox.model import Channel, ChannelKind, MessageFlag, Overwrite, Pinged
from tests.cogs.post_office import PostOffice, text_of

pytestmark = pytest.mark.wire

SOON = timedelta(seconds=5)
EDIT = "/channels/{channel_id}/messages/{message_id}"


@pytest.fixture
def jobs(office: PostOffice) -> Channel:
    return office.town.sandbox.channel("remote-python")


@pytest.fixture
def news(office: PostOffice) -> Channel:
    """An announcement channel."""
    sandbox = office.town.sandbox
    return sandbox.world.add_channel(sandbox.guild, "announcements", ChannelKind.ANNOUNCEMENT)


# -- loudness and roles --------------------------------------------------------------------------


async def test_silent_only_where_it_is_asked_for(office: PostOffice, jobs: Channel) -> None:
    """SUPPRESS_NOTIFICATIONS is on the message exactly when its way says so."""
    for text, silent in ("Quiet", True), ("Loud", False):
        said = await office.say(jobs, text, silent=silent)
        assert bool(said.flags & MessageFlag.SUPPRESS_NOTIFICATIONS) == silent


async def test_a_role_is_pinged_alone(office: PostOffice, jobs: Channel) -> None:
    """However many mentions stand in a card, only the role of its way is called, and by no edit."""
    sandbox = office.town.sandbox
    readers, others = (sandbox.world.add_role(sandbox.guild, name, 0) for name in ("readers", "others"))
    readers.mentionable = others.mentionable = True
    ana = office.town.ana.user
    everybody = f"<@&{readers.id}> <@&{others.id}> <@{ana.id}> @everyone @here"
    sandbox.guild.roles[sandbox.guild.id].permissions |= Permission.MENTION_EVERYONE
    said = await office.say(jobs, everybody, role_id=readers.id)
    assert said.pinged == Pinged(roles=(readers.id,))
    await office.rewrite(everybody, f"{everybody} again", role_id=others.id)
    assert await office.beat() == Sent(sent=1)
    assert (said.edits, said.pinged) == (1, Pinged(roles=(readers.id,)))
    assert (await office.say(jobs, f"{everybody}!")).pinged == Pinged()


# -- publishing ----------------------------------------------------------------------------------


async def test_published_where_it_can_be(office: PostOffice, jobs: Channel, news: Channel) -> None:
    """In an announcement channel, and only when its way says so; elsewhere nobody is asked to."""
    assert (await office.say(news, "For all", publish=True)).flags & MessageFlag.CROSSPOSTED
    assert not (await office.say(news, "For here")).flags & MessageFlag.CROSSPOSTED
    asked = office.town.sandbox.faults.add(route="/crosspost", status=500)
    await office.say(jobs, "No announcement", publish=True)
    assert asked.hits == 0


@pytest.mark.parametrize("fault", [{"status": 403, "code": 50013}, {"drop": True}])
async def test_a_message_that_cannot_be_published_is_said(
    office: PostOffice, news: Channel, fault: dict[str, object]
) -> None:
    """Whatever becomes of the publishing, the message counts as said, once."""
    refused = office.town.sandbox.faults.add(route="/crosspost", **fault)  # type: ignore[arg-type]
    await office.say(news, "For all", publish=True)
    assert refused.hits == 1 and office.shown(news) == ["For all"]


async def test_publishing_too_often_is_not_tried_again(office: PostOffice, news: Channel) -> None:
    """After ten in an hour Discord asks for a long pause; until it is over messages are said and not published."""
    slowed = office.town.sandbox.faults.add(route="/crosspost", status=429, retry_after=1800.0, times=5)
    for text in "The eleventh", "The twelfth":
        assert not (await office.say(news, text, publish=True)).flags & MessageFlag.CROSSPOSTED
    assert slowed.hits == 1 and office.shown(news) == ["The eleventh", "The twelfth"]


# -- threads -------------------------------------------------------------------------------------


async def test_an_archived_thread_is_opened_by_what_is_said(office: PostOffice, jobs: Channel) -> None:
    """To say something in a thread that was put away takes it out again."""
    thread = office.town.mo.go(jobs).start_thread("Python")
    await office.say(thread, "First")
    office.town.mo.archive(thread)
    await office.say(thread, "Second")
    assert office.shown(thread) == ["First", "Second"]
    assert thread.thread and not thread.thread.archived


async def test_a_locked_thread_refuses_everything(office: PostOffice, jobs: Channel) -> None:
    """One request, then all that waits for it is dead with a reason of its own; nobody takes it for a bad card."""
    thread = office.town.mo.go(jobs).start_thread("Python")
    assert thread.thread
    thread.thread.locked = True
    for text in "One", "Two":
        await office.write(thread, text)
    assert await office.beat() == Sent(dead=1)
    kept = [await office.kept(text) for text in ("One", "Two")]
    assert [(row.state, row.trouble) for row in kept] == [("dead", "thread_locked")] * 2


async def test_what_is_doubtful_in_an_archived_thread_is_looked_for(
    office: PostOffice, jobs: Channel
) -> None:
    """Its answer was lost, then the thread was put away, so we don't know it any more: it is found, not repeated."""
    thread = office.town.mo.go(jobs).start_thread("Python")
    office.town.sandbox.faults.add(when="after", method="POST", route="/messages", drop=True)
    await office.write(thread, "Once")
    assert await office.beat() == Sent(retry=1)
    office.town.mo.archive(thread)
    assert await office.beat(timedelta(minutes=10)) == Sent(sent=1)
    assert office.shown(thread) == ["Once"]


async def test_an_archived_thread_that_cannot_be_read_is_uncertain(office: PostOffice, jobs: Channel) -> None:
    """Without Read Message History Discord shows an empty thread; that is never taken for "not there"."""
    thread = office.town.mo.go(jobs).start_thread("Python")
    office.town.sandbox.faults.add(when="after", method="POST", route="/messages", drop=True)
    await office.write(thread, "Once")
    await office.beat()
    office.town.mo.archive(thread)
    office.town.sandbox.deny("remote-python", Permission.READ_MESSAGE_HISTORY)
    assert await office.beat(timedelta(minutes=10)) == Sent(uncertain=1)
    assert (await office.kept("Once")).trouble == "unreadable"


# -- edits ---------------------------------------------------------------------------------------


async def test_a_message_is_changed_where_it_stands(office: PostOffice, jobs: Channel) -> None:
    """The same message reads otherwise; it is not said again."""
    said = await office.say(jobs, "Open")
    await office.rewrite("Open", "Closed")
    assert await office.beat() == Sent(sent=1)
    assert (office.shown(jobs), said.edits) == (["Closed"], 1)
    assert (await office.kept("Open", version=2)).message_id == said.id


async def test_a_deleted_message_is_let_go(office: PostOffice, jobs: Channel) -> None:
    """Somebody deleted it: the edit is given up at the first answer, and it is nobody's trouble."""
    said = await office.say(jobs, "Open")
    office.town.mo.remove(said)
    await office.rewrite("Open", "Closed")
    assert await office.beat() == Sent(dead=1)
    assert (await office.kept("Open", version=2)).trouble == "unknown_message"
    async with office.app.store.read() as tx:
        assert await outbox.unminded(tx, ["note"]) == []


@pytest.mark.parametrize(("status", "beats"), [(500, [Sent(sent=1)]), (503, [Sent(retry=1), Sent(sent=1)])])
async def test_an_edit_outlives_a_bad_moment(
    office: PostOffice, jobs: Channel, status: int, beats: list[Sent]
) -> None:
    """Discord fails once: the edit is made all the same, at once or a moment later."""
    said = await office.say(jobs, "Open")
    failed = office.town.sandbox.faults.add(method="PATCH", route=EDIT, status=status)
    await office.rewrite("Open", "Closed")
    assert [await office.beat(SOON) for _ in beats] == beats
    assert (failed.hits, office.shown(jobs), said.edits) == (1, ["Closed"], 1)


@pytest.mark.parametrize("may", [True, False])
async def test_an_edit_in_an_archived_thread_opens_it(office: PostOffice, jobs: Channel, may: bool) -> None:
    """Discord wants it open for an edit; it is put away again where the bot may do that in people's threads."""
    sandbox = office.town.sandbox
    thread = office.town.mo.go(jobs).start_thread("Python")
    said = await office.say(thread, "Open")
    office.town.mo.archive(thread)
    if may:
        sandbox.world.set_overwrite(jobs, Overwrite(sandbox.world.bot.id, 1, allow=Permission.MANAGE_THREADS))
    await office.rewrite("Open", "Closed")
    assert await office.beat() == Sent(sent=1)
    assert text_of(said) == "Closed"
    assert thread.thread and thread.thread.archived == may


async def test_a_thread_is_never_closed_for_one_message(office: PostOffice, jobs: Channel) -> None:
    """`close` is about a forum's post; a thread that a subscription posts in stays open."""
    thread = office.town.mo.go(jobs).start_thread("Python")
    await office.say(thread, "Open")
    await office.rewrite("Open", "Closed", close=True)
    assert await office.beat() == Sent(sent=1)
    assert thread.thread and not thread.thread.archived


async def test_a_channel_that_hides_itself_fails_edits_alone(office: PostOffice, jobs: Channel) -> None:
    """An edit that is refused takes the other edits there along, and no moderator hears of it."""
    for text in "One", "Two":
        await office.say(jobs, text)
    for text in "One", "Two":
        await office.rewrite(text, f"{text} is closed")
    office.town.sandbox.deny("remote-python", Permission.VIEW_CHANNEL)
    assert await office.beat() == Sent(dead=1)
    edits = [await office.kept(text, version=2) for text in ("One", "Two")]
    assert [(row.state, row.trouble) for row in edits] == [("dead", "missing_access")] * 2
    async with office.app.store.read() as tx:
        assert await outbox.unminded(tx, ["note"]) == []
