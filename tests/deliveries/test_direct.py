"""Direct messages: to whom, when, how sparingly, and what becomes of them when the member is erased."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.direct import APART, OPENINGS, OPENINGS_IN, REST, Doorbell, Listener, when
from bot.deliveries.flow import Sender, Sent, send_due
from bot.deliveries.planned import Planned, Row, decode
from bot.people.members import Key
from bot.people.store import privacy
from bot.ports import Outgoing, Receipt, Trouble
from bot.storage import Store, Tx
from tests.deliveries.parts import NOON, SECOND, Word, app_of, plan, planned, rows, states
from tests.fakes import LOST_ANSWER, Clock, FakeMessenger

HOUR = timedelta(hours=1)
ANA, BOB = 501, 502
TOO_FAST = Trouble("dm_too_fast", "40003")
CLOSED = Trouble("dm_closed", "50007")


def letter(text: str, member_id: int = ANA, guild_id: int = 1, due_at: datetime = NOON) -> Planned:
    return planned(text, channel_id=member_id, guild_id=guild_id, due_at=due_at, member_id=member_id)


@dataclass
class Town:
    """What its members allow; the sender asks it. Everybody allows everything until told otherwise."""

    refusing: set[int] = field(default_factory=set)
    quiet_until: dict[int, datetime] = field(default_factory=dict)

    async def listening(self, tx: Tx, rows: Sequence[Row], now: datetime) -> Mapping[int, Listener]:
        return {
            row.id: Listener(row.channel_id not in self.refusing, self.quiet_until.get(row.channel_id, now))
            for row in rows
        }


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def sender(town: Town) -> Sender:
    return sender_of(town)


def sender_of(town: Town) -> Sender:
    return Sender(jitter=lambda: 0.0, round_s=0.0, listening=town.listening)


def heard(discord: FakeMessenger, member_id: int = ANA) -> list[str]:
    return [decode(Word, value).text for value in discord.said(member_id)]


# -- the rules -----------------------------------------------------------------------------------


def test_when_a_member_may_be_written_to() -> None:
    """Never without their consent or when nobody knows them; in their quiet hours later; else now."""
    assert when(None, NOON) is None
    assert when(Listener(False, NOON), NOON) is None
    assert when(Listener(True, NOON + HOUR), NOON) == NOON + HOUR
    assert when(Listener(True, NOON - HOUR), NOON) == NOON


wishes = st.lists(
    st.tuples(st.integers(1, 60), st.sampled_from([0, 0, 1, 20, 59, 61, 400, 3700]), st.integers(0, 40)),
    max_size=150,
)


@given(wishes)
def test_nobody_is_rung_twice_a_minute_and_few_are_new(wishes: list[tuple[int, int, int]]) -> None:
    """However people are written to, and wherever the process begins anew: both limits hold, counted by hand."""
    bell, now, said, known = Doorbell(remembers=True), NOON, [], set[int]()
    for member_id, rest, restart in wishes:
        now += rest * SECOND
        if restart == 0:
            bell = Doorbell()
            bell.remember([(who, at) for who, at, _ in said if at > now - OPENINGS_IN])
        now = bell.ready_at(member_id, member_id in known, now)
        assert bell.ready_at(member_id, member_id in known, now) == now
        bell.ring(member_id, member_id in known, now)
        said.append((member_id, now, member_id not in known))
        known.add(member_id)
    for member_id in known:
        moments = [at for who, at, _ in said if who == member_id]
        assert all(late - early >= APART for early, late in pairwise(moments))
    new = [at for _, at, is_new in said if is_new]
    assert all(late - early >= OPENINGS_IN for early, late in zip(new, new[OPENINGS:], strict=False))


def test_after_discords_complaint_nobody_is_rung() -> None:
    """40003 stops all of them for ten minutes."""
    bell = Doorbell()
    bell.refused(NOON)
    assert bell.ready_at(ANA, True, NOON + SECOND) == NOON + REST
    assert bell.ready_at(ANA, True, NOON + REST) == NOON + REST


# -- saying --------------------------------------------------------------------------------------


@pytest.mark.store
async def test_a_direct_message_is_said_once(
    store: Store, discord: FakeMessenger, clock: Clock, sender: Sender
) -> None:
    """What a member allows is said to them like anything else, and known as reaching them from then on."""
    app = app_of(store, discord, clock)
    await plan(store, letter("hello"))
    assert await send_due(app, sender) == Sent(sent=1)
    assert (await send_due(app, sender), heard(discord)) == (Sent(), ["hello"])
    async with store.read() as tx:
        assert await outbox.reached(tx, [ANA, BOB]) == {ANA}
        assert await outbox.written_since(tx, NOON - SECOND) == [(ANA, NOON)]
        assert await outbox.written_since(tx, NOON) == []


async def test_without_anybody_to_ask_nobody_is_written_to(app: App, discord: FakeMessenger) -> None:
    """A sender that can't ask what members allow writes to none of them."""
    await plan(app.store, letter("hello"), planned("card"))
    assert await send_due(app, Sender(round_s=0.0)) == Sent(sent=1)
    assert heard(discord) == [] and await states(app.store) == {"card": "sent"}


@pytest.mark.store
async def test_consent_withdrawn_since_it_was_planned(
    store: Store, discord: FakeMessenger, clock: Clock, sender: Sender, town: Town
) -> None:
    """Nothing is said, and nothing of it is kept."""
    await plan(store, letter("hello"), letter("hi", BOB))
    town.refusing.add(ANA)
    assert await send_due(app_of(store, discord, clock), sender) == Sent(sent=1)
    assert heard(discord) == [] and await states(store) == {"hi": "sent"}


@pytest.mark.store
async def test_quiet_since_it_was_planned(
    store: Store, discord: FakeMessenger, clock: Clock, sender: Sender, town: Town
) -> None:
    """It waits for the end of their quiet hours, untried, and is said then."""
    app, later = app_of(store, discord, clock), NOON + 5 * HOUR
    await plan(store, letter("hello"))
    town.quiet_until[ANA] = later
    assert await send_due(app, sender) == Sent()
    [row] = (await rows(store)).values()
    assert (row.state, row.attempts, row.due_at) == ("new", 0, later)
    clock.move(5 * HOUR)
    assert await send_due(app, sender) == Sent(sent=1)


async def test_one_a_minute_to_one_person(
    app: App, discord: FakeMessenger, clock: Clock, sender: Sender
) -> None:
    """From two servers as from one, also when the process began anew in between."""
    await plan(app.store, *(letter(str(n), guild_id=1 + n % 2, due_at=NOON - n * SECOND) for n in range(3)))
    counts = []
    for _ in range(6):
        sender = sender_of(Town())
        counts.append((await send_due(app, sender)).sent)
        clock.move(timedelta(seconds=30))
    assert counts == [1, 0, 1, 0, 1, 0] and heard(discord) == ["2", "1", "0"]


async def test_twenty_new_people_an_hour(
    app: App, discord: FakeMessenger, clock: Clock, sender: Sender
) -> None:
    """Fifty new people take three hours; who was written to before is not kept waiting by them."""
    await plan(app.store, letter("first", BOB))
    await send_due(app, sender)
    clock.move(2 * HOUR)
    await plan(app.store, *(letter("new", 1000 + n) for n in range(50)), letter("again", BOB))
    counts = []
    for _ in range(4):
        counts.append((await send_due(app, sender)).sent)
        clock.move(HOUR)
    assert counts == [21, 20, 10, 0] and heard(discord, BOB) == ["first", "again"]


async def test_new_people_keep_no_channel_waiting(app: App, sender: Sender) -> None:
    """A thousand messages that must wait for hours don't stand in the way of a card that is due after them."""
    await plan(
        app.store, *(letter("new", 1000 + n, due_at=NOON - HOUR) for n in range(1000)), planned("card")
    )
    assert (await send_due(app, sender)).sent == OPENINGS + 1
    assert (await states(app.store))["card"] == "sent"


async def test_opening_too_fast(app: App, discord: FakeMessenger, clock: Clock, sender: Sender) -> None:
    """40003: one request, then ten minutes of rest, then it is said; channels go on."""
    discord.refusing[ANA] = TOO_FAST
    await plan(app.store, letter("a"), planned("card"))
    assert await send_due(app, sender) == Sent(sent=1, retry=1)
    await plan(app.store, letter("b", BOB))
    clock.move(timedelta(minutes=9))
    assert await send_due(app, sender) == Sent() and discord.sends == 2
    del discord.refusing[ANA]
    clock.move(timedelta(minutes=1))
    assert await send_due(app, sender) == Sent(sent=2)
    assert (heard(discord), heard(discord, BOB), discord.looks) == (["a"], ["b"], 0)


@pytest.mark.store
async def test_closed_direct_messages(
    store: Store, discord: FakeMessenger, clock: Clock, sender: Sender
) -> None:
    """50007: one request; it and what else waits for this person is dead, and no channel's subject hears of it."""
    discord.refusing[ANA] = CLOSED
    await plan(store, letter("a"), letter("b", due_at=NOON + HOUR), letter("c", guild_id=2), letter("d", BOB))
    assert await send_due(app_of(store, discord, clock), sender) == Sent(sent=1, dead=1)
    assert await states(store) == {"a": "dead", "b": "dead", "c": "dead", "d": "sent"}
    async with store.begin() as tx:
        assert await outbox.unminded(tx, ["word"]) == []
        told = await outbox.unminded_direct(tx)
        assert {(row.trouble, row.channel_id, row.settled_at) for row in told} == {("dm_closed", ANA, NOON)}
        await outbox.mind(tx, [row.id for row in told], NOON)
        assert await outbox.unminded_direct(tx) == []


async def test_who_left_one_server_may_be_in_another(
    app: App, discord: FakeMessenger, clock: Clock, sender: Sender
) -> None:
    """That a member left kills the message from that server alone."""
    discord.elsewhere.add(ANA)
    await plan(app.store, letter("a", due_at=NOON - SECOND), letter("b", guild_id=2))
    assert await send_due(app, sender) == Sent(dead=1)
    discord.elsewhere.clear()
    clock.move(APART)
    assert await send_due(app, sender) == Sent(sent=1)
    assert await states(app.store) == {"a": "dead", "b": "sent"}


async def test_a_lost_answer_is_found_in_the_direct_messages(
    app: App, discord: FakeMessenger, clock: Clock, sender: Sender
) -> None:
    """As in a channel: after the nonce's time one looks first, and says nothing twice."""
    discord.faults.append(LOST_ANSWER)
    await plan(app.store, letter("a"))
    await send_due(app, sender)
    clock.move(HOUR)
    assert await send_due(app, sender) == Sent(sent=1)
    assert (heard(discord), discord.looks) == (["a"], 1)


# -- erasing -------------------------------------------------------------------------------------


@pytest.mark.store
async def test_a_member_is_forgotten(store: Store) -> None:
    """What was said, what waits and what is in flight goes; other members, servers and channels keep theirs."""
    await plan(
        store, letter("said"), letter("waits", due_at=NOON + HOUR), letter("there", guild_id=2),
        letter("hers", BOB), planned("card"),
    )  # fmt: skip
    async with store.begin() as tx:
        found = await outbox.due(tx, NOON, 100)
        flying = [row.id for row in found if row.channel_id == ANA and row.guild_id == 1]
        await outbox.claim(tx, flying, NOON)
        assert await privacy.erase(tx, Key(1, ANA)) == 2
        assert await outbox.forgotten(tx, [*flying, *(row.id for row in found)]) == set(flying)
        assert await outbox.forgotten(tx, []) == set()
    assert set(await states(store)) == {"there", "hers", "card"}


class HeldMessenger(FakeMessenger):
    """Answers a send only when let go; the message stands there before."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.posted, self.go = asyncio.Event(), asyncio.Event()

    async def send(self, outgoing: Outgoing) -> Receipt | Trouble:
        answer = await super().send(outgoing)
        self.posted.set()
        await self.go.wait()
        return answer


@pytest.mark.store
@pytest.mark.parametrize("answer", ["kept", "lost"])
async def test_erased_while_in_flight(store: Store, clock: Clock, sender: Sender, answer: str) -> None:
    """Nothing is kept at once; the message that had arrived is taken back once Discord answers, or fails to."""
    held = HeldMessenger(clock)
    if answer == "lost":
        held.faults.append(LOST_ANSWER)
    await plan(store, letter("a", due_at=NOON - SECOND), letter("b", BOB))
    beat = asyncio.create_task(send_due(app_of(store, held, clock), sender))
    await held.posted.wait()
    async with store.begin() as tx:
        assert await privacy.erase(tx, Key(1, ANA)) == 1
    assert set(await states(store)) == {"b"}
    held.go.set()
    await beat
    assert (heard(held), heard(held, BOB)) == ([], ["b"])
    assert [message.deleted for message in held.channels[ANA]] == [True]
    assert await states(store) == {"b": "sent"}


async def test_a_message_that_cant_be_taken_back_stops_nothing(sqlite_store: Store, clock: Clock) -> None:
    """Erased in flight, and Discord doesn't let us look: the beat goes on to its end."""
    held, sender = HeldMessenger(clock), sender_of(Town())
    held.faults.append(LOST_ANSWER)
    held.unreadable[ANA] = Trouble("unclear", "503")
    await plan(sqlite_store, letter("a"))
    beat = asyncio.create_task(send_due(app_of(sqlite_store, held, clock), sender))
    await held.posted.wait()
    async with sqlite_store.begin() as tx:
        await privacy.erase(tx, Key(1, ANA))
    held.go.set()
    assert await beat == Sent(retry=1)
    assert await rows(sqlite_store) == {} and heard(held) == ["a"]
