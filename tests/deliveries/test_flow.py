"""Saying what was promised: once, in order, at the right rate, through every kind of trouble."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.flow import Sender, Sent, send_due
from bot.deliveries.pace import INVALID_LIMIT, TokenBucket
from bot.ports import Outgoing, Receipt, Trouble
from bot.storage import Store, StoreError
from tests.deliveries.mortal import Killed, Life, MortalMessenger, MortalStore
from tests.deliveries.parts import SECOND, app_of, hasty_sender, plan, planned, rows, said, states
from tests.fakes import LOST_ANSWER, NEVER_ARRIVED, TOO_FAST, Clock, FakeMessenger, FakePace, Fault

HOUR = timedelta(hours=1)


@pytest.mark.store
async def test_everything_due_is_said_once(store: Store, discord: FakeMessenger, clock: Clock) -> None:
    """Twelve words for three channels are said, in order in each; a second beat says nothing."""
    app, sender = app_of(store, discord, clock), hasty_sender()
    words = [planned(f"{n}", channel_id=10 + n % 3, due_at=clock() - (12 - n) * SECOND) for n in range(12)]
    await plan(store, *words)
    assert await send_due(app, sender) == Sent(sent=12)
    assert [said(discord, channel) for channel in (10, 11, 12)] == [
        [str(n) for n in range(12) if n % 3 == place] for place in range(3)
    ]
    assert await send_due(app, sender) == Sent()
    assert {row.message_id is None for row in (await rows(store)).values()} == {False}


async def test_a_token_is_spent_for_each_message(
    sqlite_store: Store, discord: FakeMessenger, clock: Clock
) -> None:
    """The pace is asked once for every request."""
    pace = FakePace()
    await plan(sqlite_store, *(planned(str(n), channel_id=1 + n) for n in range(7)))
    await send_due(app_of(sqlite_store, discord, clock, pace), hasty_sender())
    assert pace.taken == discord.sends == 7


async def test_the_real_pace_is_waited_for(sqlite_store: Store, discord: FakeMessenger, clock: Clock) -> None:
    """With the real token bucket more than one burst goes through, by waiting."""
    await plan(sqlite_store, *(planned(str(n), channel_id=1 + n) for n in range(12)))
    assert (await send_due(app_of(sqlite_store, discord, clock, TokenBucket()), Sender())).sent == 12


# -- answers that are lost -----------------------------------------------------------------------


@pytest.mark.parametrize("fault", [LOST_ANSWER, NEVER_ARRIVED, TOO_FAST])
@pytest.mark.parametrize("later", [3 * SECOND, timedelta(minutes=3), HOUR])
async def test_an_unclear_answer_is_cleared_up(
    app: App, discord: FakeMessenger, clock: Clock, fault: Fault, later: timedelta
) -> None:
    """Whether it arrived or not, and whether the nonce is remembered still or not: it is said exactly once."""
    sender = hasty_sender()
    await plan(app.store, planned("a"))
    discord.faults.append(fault)
    assert await send_due(app, sender) == Sent(retry=1)
    clock.move(later)
    assert (await send_due(app, sender)).sent == 1
    assert said(discord) == ["a"]
    assert discord.looks == (1 if fault is not TOO_FAST and later > timedelta(minutes=2) else 0)


async def test_history_unreadable_is_uncertain(app: App, discord: FakeMessenger, clock: Clock) -> None:
    """After the nonce's time, where the history can't be read, nothing is said a second time and it is told."""
    sender = hasty_sender()
    await plan(app.store, planned("a"))
    discord.faults.append(LOST_ANSWER)
    discord.unreadable[10] = Trouble("unreadable", "Read Message History is missing")
    await send_due(app, sender)
    clock.move(HOUR)
    assert await send_due(app, sender) == Sent(uncertain=1)
    async with app.store.read() as tx:
        [told] = await outbox.unminded(tx, ["word"])
    assert (told.state, told.trouble) == ("uncertain", "unreadable") and said(discord) == ["a"]


async def test_a_look_that_fails_is_repeated(app: App, discord: FakeMessenger, clock: Clock) -> None:
    """When Discord is down while we look, we look again; found then."""
    sender = hasty_sender()
    await plan(app.store, planned("a"))
    discord.faults.append(LOST_ANSWER)
    discord.unreadable[10] = Trouble("unclear", "503")
    for _ in range(3):
        await send_due(app, sender)
        clock.move(HOUR)
    del discord.unreadable[10]
    assert (await send_due(app, sender)).sent == 1
    assert (said(discord), discord.looks) == (["a"], 3)


async def test_deleted_meanwhile_is_delivered(app: App, discord: FakeMessenger, clock: Clock) -> None:
    """A moderator deleted the message whose answer was lost: within the nonce's time it counts as said."""
    sender = hasty_sender()
    await plan(app.store, planned("a"))
    discord.faults.append(LOST_ANSWER)
    await send_due(app, sender)
    discord.channels[10][0].deleted = True
    clock.move(3 * SECOND)
    assert (await send_due(app, sender)).sent == 1
    assert [row.message_id for row in (await rows(app.store)).values()] == [None] and said(discord) == []


# -- channels and the token in trouble -----------------------------------------------------------


@pytest.mark.parametrize("code", ["unknown_channel", "missing_access", "missing_permission"])
async def test_a_refusing_channel_is_asked_once(app: App, discord: FakeMessenger, code: str) -> None:
    """Twenty cards for a channel that refuses: one request, all dead with the reason, other channels unharmed."""
    discord.refusing[10] = Trouble(code, "why")
    await plan(app.store, *(planned(str(n)) for n in range(20)), planned("fine", channel_id=11))
    await send_due(app, hasty_sender())
    assert discord.sends == 2 and said(discord, 11) == ["fine"]
    dead = [row for row in (await rows(app.store)).values() if row.channel_id == 10]
    assert {(row.state, row.trouble) for row in dead} == {("dead", code)}


async def test_a_slowed_channel_is_left_alone(app: App, discord: FakeMessenger, clock: Clock) -> None:
    """After a 429 the whole channel is quiet for as long as Discord asked; others go on."""
    sender = hasty_sender()
    await plan(app.store, *(planned(str(n)) for n in range(3)), planned("fine", channel_id=11, guild_id=2))
    discord.faults.extend([TOO_FAST, TOO_FAST])
    await send_due(app, sender)
    assert discord.sends == 2
    clock.move(SECOND)
    assert await send_due(app, sender) == Sent() and discord.sends == 2
    clock.move(3 * SECOND)
    assert (await send_due(app, sender)).sent == 4


async def test_a_refused_token_stops_at_the_first_request(app: App, discord: FakeMessenger) -> None:
    """401: one request at a time or a hundred at once, nothing further is claimed, and nothing is lost."""
    sender = hasty_sender()
    discord.refusing[10] = Trouble("unauthorized", "401")
    await plan(app.store, *(planned(str(n)) for n in range(5)))
    assert await send_due(app, sender) == Sent(retry=1, stopped="unauthorized")
    assert (await send_due(app, sender), discord.sends) == (Sent(stopped="unauthorized"), 1)
    assert set((await states(app.store)).values()) == {"new", "retry"}
    del discord.refusing[10]
    assert (await send_due(app, hasty_sender())).sent == 5


async def test_too_many_invalid_requests_stop_everything(app: App, discord: FakeMessenger) -> None:
    """At 1,000 refused requests in ten minutes the rest waits."""
    for channel in range(1200):
        discord.refusing[channel] = Trouble("missing_permission", "50013")
    await plan(app.store, *(planned("x", channel_id=channel) for channel in range(1200)))
    summary = await send_due(app, hasty_sender())
    assert summary.stopped == "too_many_invalid"
    assert INVALID_LIMIT <= discord.sends < INVALID_LIMIT + 100


async def test_a_mistake_of_ours_hits_one_card_alone(app: App, clock: Clock) -> None:
    """A card that can't be drawn is tried a few times and told; the others are said."""

    class Clumsy(FakeMessenger):
        async def send(self, outgoing: Outgoing) -> Receipt | Trouble:
            if "bad" in outgoing.value:
                raise ZeroDivisionError
            return await super().send(outgoing)

    clumsy = Clumsy(clock)
    app = app_of(app.store, clumsy, clock)
    await plan(app.store, planned("bad"), planned("good", channel_id=11))
    for _ in range(20):
        await send_due(app, hasty_sender())
        clock.move(HOUR)
    assert await states(app.store) == {"bad": "uncertain", "good": "sent"}


# -- stopping and dying --------------------------------------------------------------------------


class SlowMessenger(FakeMessenger):
    """Answers only when let go."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.begun, self.go = asyncio.Event(), asyncio.Event()

    async def send(self, outgoing: Outgoing) -> Receipt | Trouble:
        self.begun.set()
        await self.go.wait()
        return await super().send(outgoing)


async def test_stopping_waits_for_what_is_in_flight(sqlite_store: Store, clock: Clock) -> None:
    """SIGTERM: what is in flight is answered and kept, nothing new is claimed, the next process says the rest."""
    slow, sender = SlowMessenger(clock), hasty_sender()
    app = app_of(sqlite_store, slow, clock)
    await plan(sqlite_store, *(planned(str(n)) for n in range(3)))
    beat = asyncio.create_task(send_due(app, sender))
    await slow.begun.wait()
    sender.stop()
    slow.go.set()
    assert await beat == Sent(sent=1, stopped="stopping")
    assert sorted((await states(sqlite_store)).values()) == ["new", "new", "sent"]
    assert await send_due(app, sender) == Sent(stopped="stopping")
    assert (await send_due(app, hasty_sender())).sent == 2


async def test_stopping_cuts_off_what_takes_too_long(sqlite_store: Store, clock: Clock) -> None:
    """An answer that doesn't come in time is cut off: its delivery waits again and nothing is left `sending`."""
    slow = SlowMessenger(clock)
    sender = Sender(round_s=0.0, stop_within_s=0.01)
    await plan(sqlite_store, planned("a"))
    beat = asyncio.create_task(send_due(app_of(sqlite_store, slow, clock), sender))
    await slow.begun.wait()
    sender.stop()
    assert await beat == Sent(retry=1, stopped="stopping")
    [row] = (await rows(sqlite_store)).values()
    assert (row.state, row.started_at) == ("retry", clock())


async def test_a_cancelled_beat_is_made_good_by_the_next(sqlite_store: Store, clock: Clock) -> None:
    """A beat that is cancelled leaves nothing running, and the next one says what it had begun."""
    slow, sender = SlowMessenger(clock), hasty_sender()
    await plan(sqlite_store, planned("a"))
    beat = asyncio.create_task(send_due(app_of(sqlite_store, slow, clock), sender))
    await slow.begun.wait()
    beat.cancel()
    with pytest.raises(asyncio.CancelledError):
        await beat
    assert await states(sqlite_store) == {"a": "sending"}
    assert (await send_due(app_of(sqlite_store, FakeMessenger(clock), clock), sender)).sent == 1


async def test_two_beats_at_once_are_one_after_the_other(app: App, discord: FakeMessenger) -> None:
    """A beat that is started while another runs takes nothing of it for stuck."""
    sender = hasty_sender()
    await plan(app.store, *(planned(str(n)) for n in range(5)))
    both = await asyncio.gather(send_due(app, sender), send_due(app, sender))
    assert (sum(one.sent for one in both), discord.sends) == (5, 5)


async def test_an_answer_that_could_not_be_kept_is_found_again(
    app: App, discord: FakeMessenger, clock: Clock
) -> None:
    """The disk is full just after the message went out: the next beat finds it said, and says it no second time."""
    await plan(app.store, planned("a"))

    class Full(MortalStore):
        def begin(self):  # type: ignore[no-untyped-def,override]
            if discord.sends:
                raise StoreError("The disk is full.")
            return super().begin()

    full = app_of(Full(app.store, Life(10**6)).as_store(), discord, clock)
    with pytest.raises(StoreError):
        await send_due(full, hasty_sender())
    clock.move(HOUR)
    assert (await send_due(app, hasty_sender())).sent == 1
    assert (said(discord), discord.looks) == (["a"], 1)


@pytest.mark.parametrize("down", [SECOND, HOUR], ids=["window open", "window over"])
async def test_killed_at_every_step(fresh_store: Callable[[], Awaitable[Store]], down: timedelta) -> None:
    """Kill the sender at its 1st, 2nd, 3rd … step until it lives to the end: 0 lost, 0 doubled, 0 uncertain."""
    steps, finished = 0, False
    while not finished:
        store, clock = await fresh_store(), Clock(datetime.fromisoformat("2026-09-07T12:01:00+00:00"))
        discord = FakeMessenger(clock)
        discord.faults.append(LOST_ANSWER)
        await plan(store, *(planned(str(n), channel_id=10 + n % 2) for n in range(4)))
        life = Life(steps)
        mortal = app_of(MortalStore(store, life).as_store(), MortalMessenger(discord, life), clock)
        try:
            await send_due(mortal, hasty_sender())
            finished = True
        except Killed:
            steps += 1
        for _ in range(12):  # the longest wait here is eight seconds
            clock.move(down)
            await send_due(app_of(store, discord, clock), hasty_sender())
        assert sorted(said(discord, 10) + said(discord, 11)) == ["0", "1", "2", "3"], (
            f"killed at step {steps}"
        )
        assert set((await states(store)).values()) == {"sent"}
    assert steps > 20
