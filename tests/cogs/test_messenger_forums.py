"""Cards as posts of a forum, by real discord.py over the wire: tags, edits, and never the same post twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.deliveries.flow import Sent
from bot.deliveries.outcome import TRIES
from sandbox import Permission
from sandbox.model import Channel, ChannelKind, MessageFlag, Overwrite, Pinged, Tag
from tests.cogs.post_office import PostOffice, text_of

pytestmark = pytest.mark.wire

SOON, LATER = timedelta(seconds=5), timedelta(minutes=10)
POST, TITLE = "/channels/{channel_id}/threads$", "Senior Falconer at Quillhaven"


@pytest.fixture
def forum(office: PostOffice) -> Channel:
    """A forum with a few tags, one of which only moderators may give."""
    sandbox = office.town.sandbox
    made = sandbox.world.add_channel(sandbox.guild, "openings", ChannelKind.FORUM)
    names = ["Élan 🚀", "europe", "Senior", "🇵🇹 Portugal", "EMEA", "Worldwide", "Remote", "Other"]
    tags = [Tag(sandbox.world.ids.next(), name) for name in names]
    made.tags = (*tags, Tag(sandbox.world.ids.next(), "Pinned", moderated=True))
    sandbox.world.changed_channel(made)
    return made


def posts(office: PostOffice, forum: Channel) -> list[Channel]:
    every = office.town.sandbox.guild.threads.values()
    return [post for post in every if post.parent_id == forum.id and not post.deleted]


def tags(forum: Channel, post: Channel) -> list[str]:
    assert post.thread
    names = {tag.id: tag.name for tag in forum.tags}
    return [names[one] for one in post.thread.tags]


async def only_post(office: PostOffice, forum: Channel) -> Channel:
    (post,) = posts(office, forum)
    return post


# -- posting -------------------------------------------------------------------------------------


async def test_a_card_is_a_post(office: PostOffice, forum: Channel) -> None:
    """It has its title, its card as the first message, quietly, and that message is what we remember."""
    said = await office.say(forum, "Open", post_title=TITLE, silent=True)
    post = await only_post(office, forum)
    assert (post.name, said.id, text_of(said)) == (TITLE, post.id, "Open")
    assert said.flags & MessageFlag.SUPPRESS_NOTIFICATIONS and said.flags & MessageFlag.COMPONENTS_V2
    assert tags(forum, post) == []


async def test_only_tags_that_exist_in_the_order_asked_for(office: PostOffice, forum: Channel) -> None:
    """Case, accents and emoji don't count; what isn't there or isn't ours to give is left out; five at most."""
    words = ("Portugal", "EUROPE", "Mars", "pinned", "europe", "elan", "senior", "emea", "worldwide")
    await office.say(forum, "Open", post_title=TITLE, tag_words=words, fallback_tag="Other")
    post = await only_post(office, forum)
    assert tags(forum, post) == ["🇵🇹 Portugal", "europe", "Élan 🚀", "Senior", "EMEA"]


async def test_a_moderated_tag_where_the_bot_may(office: PostOffice, forum: Channel) -> None:
    """With Manage Threads the bot gives the tags that members can't."""
    world = office.town.sandbox.world
    world.set_overwrite(forum, Overwrite(world.bot.id, 1, allow=Permission.MANAGE_THREADS))
    await office.heard(forum, lambda known: known.permissions_for(known.guild.me).manage_threads)
    await office.say(forum, "Open", post_title=TITLE, tag_words=("pinned",))
    assert tags(forum, await only_post(office, forum)) == ["Pinned"]


async def require_tag(office: PostOffice, forum: Channel) -> None:
    """A moderator wants a tag on each post, and the bot has heard of it."""
    forum.require_tag = True
    office.town.sandbox.world.changed_channel(forum)
    await office.heard(forum, lambda known: known.flags.require_tag)


async def test_a_forum_that_wants_a_tag_gets_one(office: PostOffice, forum: Channel) -> None:
    """The tag kept for that, when none of the words is there."""
    await require_tag(office, forum)
    await office.say(forum, "Open", post_title=TITLE, tag_words=("Mars",), fallback_tag="other")
    assert tags(forum, await only_post(office, forum)) == ["Other"]


async def test_a_forum_that_wants_a_tag_we_lack(office: PostOffice, forum: Channel) -> None:
    """Nothing is posted, nothing is asked of Discord, and the trouble says what it is about; the rest waits."""
    await require_tag(office, forum)
    asked = office.town.sandbox.faults.add(method="POST", route=POST, status=500)
    await office.write(forum, "One", post_title=TITLE)
    await office.write(forum, "Two", post_title=TITLE)
    assert await office.beat() == Sent(dead=1)
    kept = [await office.kept(text) for text in ("One", "Two")]
    assert [(row.state, row.trouble) for row in kept] == [("dead", "tag_required")] * 2
    assert (posts(office, forum), asked.hits) == ([], 0)


@pytest.mark.parametrize(
    ("status", "code", "state", "trouble"),
    [
        (400, 40067, "dead", "tag_required"),
        (404, 10087, "retry", "out_of_reach"),
        (400, 160006, "retry", "out_of_reach"),
    ],
)
async def test_what_discord_knows_better(
    office: PostOffice, forum: Channel, status: int, code: int, state: str, trouble: str
) -> None:
    """What changed a moment ago, or will change by itself, loses no card."""
    office.town.sandbox.faults.add(method="POST", route=POST, status=status, code=code)
    await office.write(forum, "Open", post_title=TITLE)
    await office.beat()
    kept = await office.kept("Open")
    assert (kept.state, kept.trouble, kept.started_at) == (state, trouble, None)


async def test_a_long_title_is_cut(office: PostOffice, forum: Channel) -> None:
    """A name has at most 100 characters."""
    await office.say(forum, "Open", post_title="Falconer " * 30)
    assert 90 < len((await only_post(office, forum)).name) <= 100


async def test_a_role_is_pinged_in_a_post(office: PostOffice, forum: Channel) -> None:
    """As in a channel: that role and nobody else."""
    sandbox = office.town.sandbox
    readers = sandbox.world.add_role(sandbox.guild, "readers", 0)
    readers.mentionable = True
    text = f"<@&{readers.id}> <@{office.town.ana.user.id}> @everyone"
    said = await office.say(forum, text, post_title=TITLE, role_id=readers.id)
    assert said.pinged == Pinged(roles=(readers.id,))


# -- never twice ---------------------------------------------------------------------------------

LOST = [{"drop": True}, {"status": 500}, {"status": 502}]  # discord.py by itself asks again after a 5xx


@pytest.mark.parametrize("after", [SOON, LATER])
@pytest.mark.parametrize("fault", LOST, ids=str)
async def test_a_post_whose_answer_was_lost_is_found(
    office: PostOffice, forum: Channel, fault: dict[str, object], after: timedelta
) -> None:
    """It arrived, we never heard so: before anything is posted again the forum is looked through."""
    lost = office.town.sandbox.faults.add(when="after", method="POST", route=POST, **fault)  # type: ignore[arg-type]
    await office.write(forum, "Open", post_title=TITLE)
    assert await office.beat() == Sent(retry=1)
    assert await office.beat(after) == Sent(sent=1)
    post = await only_post(office, forum)
    assert (lost.hits, (await office.kept("Open")).message_id) == (1, post.id)


@pytest.mark.parametrize("after", [SOON, LATER])
@pytest.mark.parametrize("fault", LOST, ids=str)
async def test_a_post_that_never_arrived_is_made(
    office: PostOffice, forum: Channel, fault: dict[str, object], after: timedelta
) -> None:
    """The same silence, but nothing is there: it is posted, once."""
    office.town.sandbox.faults.add(method="POST", route=POST, **fault)  # type: ignore[arg-type]
    await office.write(forum, "Open", post_title=TITLE)
    await office.beat()
    for _ in range(2):
        await office.beat(after)
    assert text_of(office.town.sandbox.world.messages[(await only_post(office, forum)).id]) == "Open"
    assert (await office.kept("Open")).state == "sent"


async def test_a_lost_post_is_found_among_others_and_put_away(office: PostOffice, forum: Channel) -> None:
    """Other posts stand around it, some of our own and one by a person, and it was archived meanwhile."""
    await office.say(forum, "Before", post_title=TITLE)
    office.town.sandbox.faults.add(when="after", method="POST", route=POST, drop=True)
    await office.write(forum, "Open", post_title=TITLE)
    await office.beat()
    lost = posts(office, forum)[-1]
    office.town.ana.post_in(forum, TITLE, "Open")
    office.town.mo.archive(lost)
    assert await office.beat(LATER) == Sent(sent=1)
    assert (await office.kept("Open")).message_id == lost.id
    assert len(posts(office, forum)) == 3


async def test_a_forum_that_cannot_be_read_is_uncertain(office: PostOffice, forum: Channel) -> None:
    """Without Read Message History nobody can tell: nothing is posted again, and moderators hear of it."""
    office.town.sandbox.faults.add(when="after", method="POST", route=POST, drop=True)
    await office.write(forum, "Open", post_title=TITLE)
    await office.beat()
    office.town.sandbox.deny("openings", Permission.READ_MESSAGE_HISTORY)
    assert await office.beat(SOON) == Sent(retry=1)
    assert await office.beat(LATER) == Sent(uncertain=1)
    assert len(posts(office, forum)) == 1 and (await office.kept("Open")).attempts < TRIES


# -- edits ---------------------------------------------------------------------------------------


async def test_a_post_is_changed_and_closed(office: PostOffice, forum: Channel) -> None:
    """An edit changes its first message; one that says so puts the post away, even if it had been already."""
    said = await office.say(forum, "Open", post_title=TITLE)
    post = await only_post(office, forum)
    assert post.thread
    await office.rewrite("Open", "Also on Board", post_title=TITLE)
    assert await office.beat() == Sent(sent=1)
    assert (text_of(said), post.thread.archived) == ("Also on Board", False)
    for text in "Closed", "Closed yesterday":
        await office.rewrite("Open", text, post_title=TITLE, close=True)
        assert await office.beat() == Sent(sent=1)
        assert (text_of(said), post.thread.archived) == (text, True)
    await office.rewrite("Open", "Closed, they say", post_title=TITLE)
    await office.beat()
    assert (text_of(said), post.thread.archived) == ("Closed, they say", True)


@pytest.mark.parametrize("gone", ["post", "message", "locked"])
async def test_a_post_that_is_gone_is_let_go(office: PostOffice, forum: Channel, gone: str) -> None:
    """Deleted, emptied or locked by a moderator: this edit is given up, the forum's other posts are changed."""
    world = office.town.sandbox.world
    said = await office.say(forum, "Open", post_title=TITLE)
    post = await only_post(office, forum)
    other = await office.say(forum, "Other", post_title=TITLE)
    assert post.thread
    if gone == "post":
        world.remove_channel(post)
    elif gone == "message":
        office.town.mo.remove(said)
    else:
        post.thread.locked = post.thread.archived = True
    for text in "Open", "Other":
        await office.rewrite(text, "Closed", post_title=TITLE, close=True)
    assert await office.beat() == Sent(sent=1, dead=1)
    assert (await office.kept("Open", version=2)).trouble == "unknown_message"
    assert text_of(other) == "Closed"
