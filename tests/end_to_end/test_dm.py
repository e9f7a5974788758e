"""Direct messages over the wire: who gets them, what Discord's refusals lead to, and what erasing takes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from discord import ui
from sqlalchemy import delete

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.direct import APART, REST
from bot.deliveries.flow import Sent, send_due
from bot.deliveries.planned import Planned
from bot.moderation.rights import Person
from bot.people.flow import members, presence
from bot.people.members import Key
from bot.people.store import privacy
from bot.ports import Outgoing, Receipt, Trouble
from bot.storage.tables import delivery
from cogs.client import Outpost
from cogs.layout import button, message, row
from cogs.messenger import DiscordMessenger, Kind
from sandbox import Actor
from sandbox import members as sandbox_members
from sandbox.model import MessageFlag
from tests.deliveries.parts import rows
from tests.end_to_end.town import Town, page

pytestmark = pytest.mark.wire

HOUR = timedelta(hours=1)
OPEN_DM = "/users/@me/channels"
POST_MESSAGE = "/channels/{channel_id}/messages"


@dataclass(frozen=True)
class Note:
    """Something that is there for somebody."""

    text: str


def note(value: Note, nonce: str) -> ui.LayoutView:
    return message(value.text, rows=[row(button("Fine", "note/fine", nonce))])


KINDS: Mapping[str, Kind] = {"note": Kind(Note, note), "promise": Kind(Note, note, rings=True)}


class HeldMessenger(DiscordMessenger):
    """Gives an answer of Discord on only when let go, once `holds` is set."""

    def __init__(self, client: Outpost) -> None:
        super().__init__(client, KINDS)
        self.holds, self.posted, self.go = False, asyncio.Event(), asyncio.Event()

    async def send(self, outgoing: Outgoing) -> Receipt | Trouble:
        answer = await super().send(outgoing)
        if self.holds:
            self.posted.set()
            await self.go.wait()
        return answer


@dataclass
class Post:
    """The town's bot with two kinds of messages of this test, to members who have agreed."""

    town: Town
    app: App
    messenger: HeldMessenger

    def key(self, who: Actor) -> Key:
        return Key(self.town.sandbox.guild.id, who.user.id)

    async def agreed(self, *people: Actor) -> None:
        """They have agreed, and what the bot said about that is done with."""
        now = self.app.now()
        for who in people:
            key = self.key(who)
            await members.met(self.app, Person(key.user_id, key.guild_id, manages=False), now)
            await members.change(self.app, key, now, quiet=(0, 0))
            await members.consent(self.app, key, now)
            async with self.app.store.begin() as tx:
                await tx.execute(delete(delivery).where(delivery.c.member_id == key.user_id))

    async def write(self, who: Actor, text: str, kind: str = "note") -> None:
        key, now = self.key(who), self.app.now()
        letter = Planned(
            kind, f"{kind}/{text}", Note(text), key.guild_id, key.user_id, now, member_id=key.user_id
        )
        async with self.app.store.begin() as tx:
            await outbox.plan(tx, [letter], now)

    async def beat(self, after: timedelta = timedelta()) -> Sent:
        self.town.sandbox.clock.move(after)
        sent = await send_due(self.app, self.town.bot.sender)
        await presence.mind_members(self.app, self.app.now())
        return sent


@pytest.fixture
async def post(town: Town) -> AsyncIterator[Post]:
    messenger = HeldMessenger(town.bot.client)
    yield Post(town, replace(town.bot.app, messenger=messenger), messenger)


def texts(who: Actor) -> list[str]:
    return [shown.text.splitlines()[0] for shown in who.sees_in_dm()]


async def test_it_arrives_in_private_and_rings_only_for_a_promise(post: Post) -> None:
    """One message each, in the order of their moments; nobody else sees a word of it."""
    ana = post.town.ana
    await post.agreed(ana)
    await post.write(ana, "Something is there")
    assert await post.beat() == Sent(sent=1)
    await post.write(ana, "Your review is here", "promise")
    assert await post.beat(APART) == Sent(sent=1)
    assert texts(ana) == ["Something is there", "Your review is here"]
    silent = [bool(one.message.flags & MessageFlag.SUPPRESS_NOTIFICATIONS) for one in ana.sees_in_dm()]
    assert silent == [True, False]
    for other in ("bob", "mo"):
        assert not post.town.sandbox.seen_by(other, "Something is there")


async def test_closed_messages_are_told_once_in_private(post: Post) -> None:
    """50007: no second request; with her next private answer Ana learns what to do, once; moderators hear nothing."""
    ana, bob = post.town.ana, post.town.sandbox.member("bob")
    await post.town.settle_in()
    await post.agreed(ana)
    ana.dms(open=False)
    await post.write(ana, "Something is there")
    await post.write(ana, "And something else")
    assert await post.beat() == Sent(dead=1)
    notices = len(post.town.notices())
    for who in (bob, ana, ana):
        await page(who.slash("jobs alerts"))
    await post.town.sandbox.world.until(lambda: told(ana), timedelta(seconds=20))
    await page(ana.slash("jobs alerts"))
    await post.town.beat(HOUR)
    assert (len(told(ana)), len(told(bob)), len(post.town.notices())) == (1, 0, notices)
    assert not post.town.sandbox.seen_by("bob", "let my direct message")
    assert {one.trouble for one in (await rows(post.app.store)).values() if one.member_id} == {"dm_closed"}


def told(who: Actor) -> list[str]:
    """The private lines about direct messages that could not be delivered."""
    world = who.world
    mine = [one for one in world.messages.values() if one.only_for == who.user.id]
    return [str(one.components) for one in mine if "let my direct message" in str(one.components)]


async def test_who_left_is_not_written_to(post: Post) -> None:
    """Without the members intent: the question before the message finds out; no channel is opened."""
    ana, sandbox = post.town.ana, post.town.sandbox
    await post.agreed(ana)
    await post.write(ana, "Something is there")
    sandbox_members.remove(sandbox.world, sandbox.guild, ana.user.id)
    assert await post.beat() == Sent(dead=1)
    assert sandbox.world.dms == {}
    gone = await members.member(post.app, post.key(ana))
    assert gone is not None and gone.left_at is not None


async def test_opened_too_fast(post: Post) -> None:
    """40003: ten minutes without a request, then both arrive."""
    ana, bob, sandbox = post.town.ana, post.town.sandbox.member("bob"), post.town.sandbox
    await post.agreed(ana, bob)
    fault = sandbox.faults.add(method="POST", route=OPEN_DM, status=400, code=40003)
    await post.write(ana, "Something is there")
    assert await post.beat() == Sent(retry=1)
    await post.write(bob, "For you as well")
    assert await post.beat(REST / 2) == Sent()
    assert await post.beat(REST / 2) == Sent(sent=2)
    assert (fault.hits, texts(ana), texts(bob)) == (1, ["Something is there"], ["For you as well"])


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_lost_answer(post: Post, when: str) -> None:
    """The connection breaks before or after the message is posted; an hour later the bot looks: it stands once."""
    ana, faults = post.town.ana, post.town.sandbox.faults
    await post.agreed(ana)
    await post.write(ana, "Something is there")
    faults.add(when=when, method="POST", route=POST_MESSAGE, drop=True, times=6)  # type: ignore[arg-type]
    assert await post.beat() == Sent(retry=1)
    faults.clear()
    for _ in range(2):
        await post.beat(HOUR)
    assert texts(ana) == ["Something is there"]
    assert {one.state for one in (await rows(post.app.store)).values()} == {"sent"}


async def test_no_answer_about_a_member(post: Post) -> None:
    """Discord doesn't say whether she is still there: nothing is sent, nothing is in doubt, and it is tried again."""
    ana, faults = post.town.ana, post.town.sandbox.faults
    await post.agreed(ana)
    await post.write(ana, "Something is there")
    faults.add(method="GET", route="/guilds/{guild_id}/members/{user_id}", status=403, code=0)
    assert await post.beat() == Sent(retry=1)
    [row_] = (await rows(post.app.store)).values()
    assert (row_.trouble, row_.started_at) == ("out_of_reach", None)
    assert await post.beat(HOUR) == Sent(sent=1)


async def test_erased_while_in_flight(post: Post) -> None:
    """The message was posted, its answer is still on the way, she is erased: nothing is kept, and it is deleted."""
    ana, messenger = post.town.ana, post.messenger
    await post.agreed(ana)
    await post.write(ana, "Something is there")
    messenger.holds = True
    beat = asyncio.create_task(post.beat())
    await messenger.posted.wait()
    assert texts(ana) == ["Something is there"]
    key = post.key(ana)
    async with post.app.store.begin() as tx:
        assert await privacy.erase(tx, key) > 0
    assert await rows(post.app.store) == {}
    messenger.go.set()
    assert await beat == Sent(sent=1)
    assert (texts(ana), await rows(post.app.store)) == ([], {})
