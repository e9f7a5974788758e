"""Who is still here, and whom direct messages reach."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.flow import Sender, Sent, send_due
from bot.deliveries.planned import Planned
from bot.moderation import flow as moderation
from bot.people.flow import members, presence
from bot.people.members import Key
from bot.people.messages import TestMessage
from bot.ports import Trouble
from bot.storage import Store
from tests.deliveries import parts
from tests.fakes import Clock, FakeMessenger
from tests.people.parts import ANA, BOB, CLEO, GUILD, OTHER_GUILD, all_met

pytestmark = pytest.mark.store

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
NEWS = "news"
CLOSED = Trouble("dm_closed", "50007")


@pytest.fixture
def discord(clock: Clock) -> FakeMessenger:
    return FakeMessenger(clock)


@pytest.fixture
def app(store: Store, discord: FakeMessenger, clock: Clock) -> App:
    return parts.app_of(store, discord, clock)


@pytest.fixture
def sender() -> Sender:
    return Sender(jitter=lambda: 0.0, round_s=0.0, listening=presence.listening)


async def left_at(app: App, key: Key) -> datetime | None:
    found = await members.member(app, key)
    assert found is not None
    return found.left_at


async def promise(app: App, key: Key, now: datetime) -> None:
    """Some other subject has a message for them, due at once."""
    value, to = TestMessage(key.guild_id), key.user_id
    letter = Planned(NEWS, f"news/{key}/{now}", value, key.guild_id, to, now, member_id=to)
    async with app.store.begin() as tx:
        await outbox.plan(tx, [letter], now)


# -- what reaches a member -----------------------------------------------------------------------


async def test_the_test_message_comes_at_once_and_other_messages_wait_for_the_morning(
    app: App, discord: FakeMessenger, clock: Clock, sender: Sender
) -> None:
    """Consent at 23:00: the test they asked for rings the bell, what else is due waits until 8:00."""
    clock.now = datetime.fromisoformat("2026-09-07T23:00:00+00:00")
    await all_met(app, ANA)
    await members.consent(app, ANA, clock())
    assert await send_due(app, sender) == Sent(sent=1)
    await promise(app, ANA, clock.move(HOUR))
    assert await send_due(app, sender) == Sent()
    async with app.store.read() as tx:
        assert await outbox.next_due(tx, clock()) == datetime.fromisoformat("2026-09-08T08:00:00+00:00")
    clock.move(8 * HOUR)
    assert await send_due(app, sender) == Sent(sent=1)


async def test_only_who_agreed_is_written_to(
    app: App, discord: FakeMessenger, clock: Clock, sender: Sender
) -> None:
    """Not who never agreed, took it back, agreed in another server, or is unknown; nothing of it is kept."""
    there = Key(OTHER_GUILD, BOB.user_id)
    await all_met(app, ANA, BOB, there, CLEO)
    await members.consent(app, there, clock())
    await members.consent(app, CLEO, clock())
    await members.withdraw_consent(app, CLEO, clock())
    for key in (ANA, BOB, CLEO, Key(GUILD, 999)):
        await promise(app, key, clock())
    assert await send_due(app, sender) == Sent(sent=1)
    assert list(discord.channels) == [BOB.user_id]
    assert {row.guild_id for row in (await parts.rows(app.store)).values()} == {OTHER_GUILD}


async def test_closed_direct_messages_are_told_once(
    app: App, discord: FakeMessenger, clock: Clock, sender: Sender
) -> None:
    """Discord refuses one: nothing more is sent; they are told once; agreeing again tries again."""
    await all_met(app, ANA)
    discord.refusing[ANA.user_id] = CLOSED
    await members.consent(app, ANA, clock())
    assert await send_due(app, sender) == Sent(dead=1)
    assert not await presence.closed_untold(app, ANA)
    await presence.mind_members(app, clock())
    assert await presence.closed_untold(app, ANA)
    await promise(app, ANA, clock.move(HOUR))
    assert (await send_due(app, sender), discord.sends) == (Sent(), 1)
    assert [await presence.tell_closed(app, ANA, clock()) for _ in range(2)] == [True, False]
    assert not await presence.closed_untold(app, ANA)
    clock.move(HOUR)
    await members.consent(app, ANA, clock())
    assert await send_due(app, sender) == Sent(dead=1)
    await presence.mind_members(app, clock())
    assert await presence.closed_untold(app, ANA)


async def test_a_refusal_older_than_the_consent_closes_nothing(
    app: App, discord: FakeMessenger, clock: Clock, sender: Sender
) -> None:
    """They switched it off and on again before the refusal was looked at: the new test message goes out."""
    await all_met(app, ANA)
    discord.refusing[ANA.user_id] = CLOSED
    await members.consent(app, ANA, clock())
    await send_due(app, sender)
    del discord.refusing[ANA.user_id]
    clock.move(HOUR)
    await members.withdraw_consent(app, ANA, clock())
    await members.consent(app, ANA, clock())
    await presence.mind_members(app, clock())
    assert await send_due(app, sender) == Sent(sent=1)
    assert not await presence.closed_untold(app, ANA)


async def test_who_turns_out_to_have_left_is_written_to_no_more(
    app: App, discord: FakeMessenger, clock: Clock, sender: Sender
) -> None:
    """The message itself found out: they count as gone from that moment, until they press something again."""
    await all_met(app, ANA)
    await members.consent(app, ANA, clock())
    discord.elsewhere.add(ANA.user_id)
    gone = clock()
    assert await send_due(app, sender) == Sent(dead=1)
    await presence.mind_members(app, clock.move(HOUR))
    assert await left_at(app, ANA) == gone
    await promise(app, ANA, clock())
    assert await send_due(app, sender) == Sent()
    await all_met(app, ANA)
    assert await left_at(app, ANA) is None


# -- asking about members ------------------------------------------------------------------------


async def test_everybody_is_asked_about_once_a_week(app: App, discord: FakeMessenger, clock: Clock) -> None:
    """After a week of silence, the longest first, two a beat; who is gone counts as gone since then."""
    await all_met(app, ANA)
    clock.move(HOUR)
    await all_met(app, BOB, CLEO)
    discord.elsewhere.add(BOB.user_id)
    assert await presence.mind_members(app, clock.move(WEEK - 2 * HOUR)) == 0
    asked = [await presence.mind_members(app, clock.move(3 * HOUR)) for _ in range(3)]
    assert asked == [2, 1, 0]
    assert discord.asked == [(GUILD, one.user_id) for one in (ANA, BOB, CLEO)]
    assert [await left_at(app, one) is None for one in (ANA, BOB, CLEO)] == [True, False, True]
    discord.elsewhere.clear()
    clock.move(WEEK)
    while await presence.mind_members(app, clock()):
        pass
    assert await left_at(app, BOB) is None


async def test_who_pressed_something_lately_is_not_asked_about(
    app: App, discord: FakeMessenger, clock: Clock
) -> None:
    """A press is an answer."""
    await all_met(app, ANA)
    clock.move(WEEK)
    await all_met(app, ANA)
    assert await presence.mind_members(app, clock.move(DAY)) == 0


async def test_no_answer_keeps_nobody_else_waiting(app: App, discord: FakeMessenger, clock: Clock) -> None:
    """Where Discord says nothing, nobody has left; the others come first, and an hour later it is asked again."""
    await all_met(app, ANA, BOB, CLEO)
    discord.silent = Trouble("out_of_reach", "502")
    assert await presence.mind_members(app, clock.move(8 * DAY)) == 2
    assert await presence.mind_members(app, clock()) == 1
    assert await presence.mind_members(app, clock()) == 0
    discord.silent = None
    assert await presence.mind_members(app, clock.move(HOUR + timedelta(minutes=1))) == 2
    assert [await left_at(app, one) for one in (ANA, BOB, CLEO)] == [None] * 3


async def test_nobody_is_asked_about_in_a_server_without_us(
    app: App, discord: FakeMessenger, clock: Clock
) -> None:
    """Discord would only refuse."""
    await all_met(app, ANA, Key(OTHER_GUILD, 7))
    await moderation.server_left(app, GUILD, clock())
    assert await presence.mind_members(app, clock.move(8 * DAY)) == 1
    assert discord.asked == [(OTHER_GUILD, 7)]


async def test_the_gateway_tells(app: App, clock: Clock) -> None:
    """With the members intent: gone at once, here again at once; of somebody we don't know nothing is kept."""
    await all_met(app, ANA)
    await presence.member_left(app, ANA, clock())
    await presence.member_left(app, ANA, clock.move(HOUR))
    await presence.member_left(app, BOB, clock())
    assert await left_at(app, ANA) == clock() - HOUR
    await presence.member_is_here(app, ANA, clock())
    assert await left_at(app, ANA) is None
    assert await members.member(app, BOB) is None
