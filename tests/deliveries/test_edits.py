"""Edits as the sender makes them: through every kind of trouble and death, the last value is what stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

import pytest

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.direct import Listener
from bot.deliveries.flow import Sender, Sent, send_due
from bot.deliveries.planned import Row
from bot.ports import Outgoing, Trouble
from bot.storage import Store, Tx
from tests.deliveries.mortal import Killed, Life, MortalMessenger, MortalStore
from tests.deliveries.parts import SECOND, app_of, hasty_sender, plan, planned, revise, said, versions
from tests.fakes import LOST_ANSWER, NEVER_ARRIVED, TOO_FAST, Clock, FakeMessenger, FakePace, Fault

HOUR = timedelta(hours=1)
MEMBER = 500


async def newest(store: Store, text: str) -> tuple[int, str, str | None]:
    """The newest version of what was planned as this text: its number, state and trouble."""
    version, row = max(
        (version, row) for (key, version), row in (await versions(store)).items() if key.endswith(f"/{text}")
    )
    return version, row.state, row.trouble


async def test_a_message_and_its_edit_in_one_beat(app: App, discord: FakeMessenger, clock: Clock) -> None:
    """First what is new, then what changes; a token for each, and nothing is looked for."""
    pace = FakePace()
    app = app_of(app.store, discord, clock, pace)
    await plan(app.store, planned("a"), planned("b", channel_id=11))
    await send_due(app, hasty_sender())
    await revise(app.store, ("a", "A"), now=clock())
    await plan(app.store, planned("c"))
    assert await send_due(app, hasty_sender()) == Sent(sent=2)
    assert (said(discord), said(discord, 11)) == (["A", "c"], ["b"])
    assert (discord.sends, discord.edits, discord.looks, pace.taken) == (3, 1, 0, 4)


@pytest.mark.parametrize("fault", [LOST_ANSWER, NEVER_ARRIVED, TOO_FAST])
@pytest.mark.parametrize("later", [3 * SECOND, HOUR])
async def test_an_unclear_edit_is_made_again(
    app: App, discord: FakeMessenger, clock: Clock, fault: Fault, later: timedelta
) -> None:
    """Whether it arrived or not, now or in an hour: it is made again, without a look."""
    sender = hasty_sender()
    await plan(app.store, planned("a"))
    await send_due(app, sender)
    await revise(app.store, ("a", "A"), now=clock())
    discord.faults.append(fault)
    assert await send_due(app, sender) == Sent(retry=1)
    clock.move(later)
    assert await send_due(app, sender) == Sent(sent=1)
    assert (said(discord), discord.edits, discord.looks) == (["A"], 2, 0)


async def test_a_doubtful_message_is_cleared_up_before_its_edit(
    app: App, discord: FakeMessenger, clock: Clock
) -> None:
    """Its answer was lost and it changed since: found in the channel first, then edited there; said once."""
    sender = hasty_sender()
    await plan(app.store, planned("a"))
    discord.faults.append(LOST_ANSWER)
    await send_due(app, sender)
    await revise(app.store, ("a", "A"), now=clock())
    assert await send_due(app, sender) == Sent() and said(discord) == ["a"]
    clock.move(HOUR)
    assert await send_due(app, sender) == Sent(sent=2)
    assert (said(discord), discord.looks) == (["A"], 1)


@pytest.mark.parametrize("code", ["missing_access", "bad_request", "unknown_channel"])
async def test_a_refused_edit_is_given_up(app: App, discord: FakeMessenger, clock: Clock, code: str) -> None:
    """One request; nobody is told, nothing is paused, and the next change is tried again."""
    await plan(app.store, planned("a"))
    await send_due(app, hasty_sender())
    await revise(app.store, ("a", "A"), now=clock())
    discord.refusing[10] = Trouble(code, "why")
    assert await send_due(app, hasty_sender()) == Sent(dead=1)
    async with app.store.read() as tx:
        assert await outbox.unminded(tx, ["word"]) == []
    assert await newest(app.store, "a") == (2, "dead", code)
    del discord.refusing[10]
    await revise(app.store, ("a", "B"), now=clock())
    assert (await send_due(app, hasty_sender()), said(discord)) == (Sent(sent=1), ["B"])


async def test_a_deleted_message_is_let_go(app: App, discord: FakeMessenger, clock: Clock) -> None:
    """It is gone: no second request, no notice."""
    await plan(app.store, planned("a"))
    await send_due(app, hasty_sender())
    discord.channels[10][0].deleted = True
    await revise(app.store, ("a", "A"), now=clock())
    assert await send_due(app, hasty_sender()) == Sent(dead=1)
    assert await newest(app.store, "a") == (2, "dead", "unknown_message")
    async with app.store.read() as tx:
        assert await outbox.unminded(tx, ["word"]) == []


async def test_an_edit_of_what_never_stood_asks_nobody(
    app: App, discord: FakeMessenger, clock: Clock
) -> None:
    """The message was cut off as it was sent, changed meanwhile, and then refused for good."""
    await plan(app.store, planned("a"))
    async with app.store.begin() as tx:
        await outbox.claim(tx, [row.id for row in await outbox.due(tx, clock(), 1)], clock())
    await revise(app.store, ("a", "A"), now=clock())
    discord.refusing[10] = Trouble("bad_request", "too long")
    await send_due(app, hasty_sender())
    assert discord.edits == 0
    assert await newest(app.store, "a") == (2, "dead", "unknown_message")


async def test_a_mistake_of_ours_in_an_edit_ends(app: App, discord: FakeMessenger, clock: Clock) -> None:
    """A card that can't be drawn any more is tried a few times, then left as it stands; others go on."""

    class Clumsy(FakeMessenger):
        async def edit(self, outgoing: Outgoing, message_id: int) -> Trouble | None:
            if "bad" in outgoing.value:
                raise ZeroDivisionError
            return await super().edit(outgoing, message_id)

    clumsy = Clumsy(clock)
    app = app_of(app.store, clumsy, clock)
    await plan(app.store, planned("a"), planned("b", channel_id=11))
    await send_due(app, hasty_sender())
    await revise(app.store, ("a", "bad"), now=clock())
    await revise(app.store, ("b", "B"), channel_id=11, now=clock())
    for _ in range(20):
        await send_due(app, hasty_sender())
        clock.move(HOUR)
    assert await newest(app.store, "a") == (2, "dead", "bug")
    assert (said(clumsy), said(clumsy, 11)) == (["a"], ["B"])


async def test_an_edited_letter_rings_at_nobodys_door(app: App, discord: FakeMessenger, clock: Clock) -> None:
    """A direct message that stands is changed without asking what its member allows at this hour."""

    async def listening(tx: Tx, rows: Sequence[Row], now: datetime) -> Mapping[int, Listener]:
        assert [row.version for row in rows] == [1]
        return {row.id: Listener(True, now) for row in rows}

    sender = Sender(jitter=lambda: 0.0, round_s=0.0, listening=listening)
    await plan(app.store, planned("a", channel_id=MEMBER, member_id=MEMBER))
    assert await send_due(app, sender) == Sent(sent=1)
    await revise(app.store, ("a", "A"), channel_id=MEMBER, now=clock())
    assert await send_due(app, sender) == Sent(sent=1)  # within the minute between two messages to her
    assert said(discord, MEMBER) == ["A"]


@pytest.mark.parametrize("down", [SECOND, HOUR], ids=["window open", "window over"])
async def test_killed_at_every_step(fresh_store: Callable[[], Awaitable[Store]], down: timedelta) -> None:
    """Kill the sender at its 1st, 2nd, 3rd … step, changing every word before and after: the last value stands."""
    steps, finished = 0, False
    while not finished:
        store, clock = await fresh_store(), Clock(datetime.fromisoformat("2026-09-07T12:01:00+00:00"))
        discord = FakeMessenger(clock)
        await plan(store, *(planned(text, channel_id=10) for text in "abc"))
        await send_due(app_of(store, discord, clock), hasty_sender())
        await plan(store, planned("d"))
        await revise(store, ("a", "a2"), ("b", "b2"), now=clock())
        discord.faults.append(LOST_ANSWER)
        life = Life(steps)
        mortal = app_of(MortalStore(store, life).as_store(), MortalMessenger(discord, life), clock)
        try:
            await send_due(mortal, hasty_sender())
            finished = True
        except Killed:
            steps += 1
        await revise(store, ("b", "b3"), ("c", "c3"), ("d", "d3"), now=clock())
        for _ in range(12):  # the longest wait here is eight seconds
            clock.move(down)
            await send_due(app_of(store, discord, clock), hasty_sender())
        assert sorted(said(discord)) == ["a2", "b3", "c3", "d3"], f"killed at step {steps}"
        assert {row.state for row in (await versions(store)).values()} == {"sent"}
    assert steps > 15
