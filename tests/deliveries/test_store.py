"""The outbox in both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.deliveries import store as outbox
from bot.deliveries.outcome import Settlement, after_send
from bot.deliveries.planned import Planned, Row, decode
from bot.ports import Receipt, Trouble
from bot.storage import Store
from tests.deliveries.parts import NOON, SECOND, Word, plan, planned, rows, states

pytestmark = pytest.mark.store


async def due(store: Store, limit: int = 100, after: timedelta = timedelta()) -> list[Row]:
    async with store.read() as tx:
        return await outbox.due(tx, NOON + after, limit)


async def texts_due(store: Store, limit: int = 100, after: timedelta = timedelta()) -> list[str]:
    return [decode(Word, row.value).text for row in await due(store, limit, after)]


async def claim(store: Store, after: timedelta = timedelta(), limit: int = 100) -> list[Row]:
    found = await due(store, limit, after)
    async with store.begin() as tx:
        return await outbox.claim(tx, [row.id for row in found], NOON + after)


async def settle(store: Store, *settlements: Settlement) -> None:
    async with store.begin() as tx:
        await outbox.settle(tx, settlements)


async def refuse(store: Store, row: Row, code: str = "missing_permission") -> None:
    await settle(store, after_send(row, NOON, Trouble(code, "why"), NOON, 0))


async def test_planning_twice_is_planning_once(store: Store) -> None:
    """The same key and version is one delivery; the next version is another."""
    assert await plan(store, planned("a"), planned("b"), planned("a")) == 2
    assert await plan(store, planned("a"), planned("c")) == 1
    assert await plan(store, planned("a", version=2)) == 1
    assert await plan(store) == 0


async def test_a_plan_goes_with_its_transaction(store: Store) -> None:
    """What is planned in a unit of work that fails was never promised."""
    with pytest.raises(LookupError):
        async with store.begin() as tx:
            await outbox.plan(tx, [planned("a")], NOON)
            raise LookupError
    assert await rows(store) == {}


async def test_what_is_due_next(store: Store) -> None:
    """The first moment that is still to come, of what waits; what is due already or held does not count."""

    async def next_due() -> datetime | None:
        async with store.read() as tx:
            return await outbox.next_due(tx, NOON)

    assert await next_due() is None
    await plan(store, planned("now"), planned("held", due_at=NOON + SECOND, subscription_id=7))
    async with store.begin() as tx:
        await outbox.hold(tx, 7)
    assert await next_due() is None
    await plan(store, planned("late", due_at=NOON + 9 * SECOND), planned("soon", due_at=NOON + 5 * SECOND))
    assert await next_due() == NOON + 5 * SECOND


async def test_only_what_is_due(store: Store) -> None:
    """A delivery is not due before its moment."""
    await plan(store, planned("now"), planned("later", channel_id=11, due_at=NOON + SECOND))
    assert await texts_due(store) == ["now"]
    assert sorted(await texts_due(store, after=SECOND)) == ["later", "now"]


async def test_each_channel_gives_its_oldest(store: Store) -> None:
    """Of a channel only the first is given, by due moment."""
    await plan(store, *(planned(str(n), due_at=NOON - n * SECOND) for n in range(5)))
    assert await texts_due(store) == ["4"]


async def test_servers_take_turns(store: Store) -> None:
    """A server with a hundred waiting channels does not keep one with a single card waiting."""
    loud = [planned(f"loud{n}", channel_id=100 + n, guild_id=1) for n in range(100)]
    quiet = [planned(f"quiet{n}", channel_id=1 + n, guild_id=2 + n, due_at=NOON - SECOND) for n in range(3)]
    await plan(store, *loud, *quiet)
    assert sorted(text[:4] for text in await texts_due(store, limit=4)) == ["loud", "quie", "quie", "quie"]
    assert len(await texts_due(store)) == 100


async def test_a_claim_is_made_once(store: Store) -> None:
    """Who claims second gets nothing; the claim counts the attempt and remembers when it began."""
    await plan(store, planned("a"))
    [row] = await due(store)
    async with store.begin() as tx:
        [claimed] = await outbox.claim(tx, [row.id], NOON + SECOND)
        assert await outbox.claim(tx, [row.id], NOON + SECOND) == []
    assert (claimed.state, claimed.attempts, claimed.started_at) == ("sending", 1, None)
    [kept] = (await rows(store)).values()
    assert (kept.state, kept.attempts, kept.started_at) == ("sending", 1, NOON + SECOND)
    assert await due(store) == []


async def test_an_earlier_doubt_survives_the_next_claim(store: Store) -> None:
    """`started_at` stays that of the first attempt that may have arrived."""
    await plan(store, planned("a"))
    [first] = await claim(store)
    await settle(store, after_send(first, NOON, Trouble("unclear", ""), NOON, 0))
    [second] = await claim(store, after=60 * SECOND)
    assert (second.attempts, second.started_at) == (2, NOON)
    [kept] = (await rows(store)).values()
    assert kept.started_at == NOON


async def test_settled_sent(store: Store) -> None:
    """A sent delivery has its message and is never due again."""
    await plan(store, planned("a"))
    [row] = await claim(store)
    await settle(store, after_send(row, NOON, Receipt(2**62), NOON + SECOND, 0))
    [kept] = (await rows(store)).values()
    assert (kept.state, kept.message_id) == ("sent", 2**62)
    assert await due(store, after=timedelta(days=9)) == []


async def test_what_waits_dies_with_its_channel(store: Store) -> None:
    """When a channel refuses us, its other deliveries die untried; other channels go on."""
    await plan(store, *(planned(f"{n}") for n in range(4)), planned("elsewhere", channel_id=11))
    row = next(row for row in await claim(store) if row.channel_id == 10)
    await refuse(store, row, "unknown_channel")
    found = await rows(store)
    dead = [row for row in found.values() if row.state == "dead"]
    assert len(dead) == 4 and {row.trouble for row in dead} == {"unknown_channel"}
    assert sorted(row.attempts for row in dead) == [0, 0, 0, 1]
    assert (await states(store))["elsewhere"] == "sending"


async def test_one_bad_message_dies_alone(store: Store) -> None:
    """A message that Discord can't take does not stop its channel."""
    await plan(store, planned("bad", due_at=NOON - SECOND), planned("good"))
    [row] = await claim(store)
    await refuse(store, row, "bad_request")
    assert await states(store) == {"bad": "dead", "good": "new"}


async def test_stuck_deliveries_are_taken_up(store: Store) -> None:
    """What a killed process left is found, waits again, and keeps its doubt."""
    await plan(store, planned("a"), planned("b", channel_id=11))
    [row, _] = await claim(store)
    async with store.begin() as tx:
        ids = await outbox.stuck(tx)
        assert len(ids) == 2
        await outbox.take_up(tx, [row.id])
        assert await outbox.stuck(tx) == [other for other in ids if other != row.id]
    [again] = await due(store)
    assert (again.id, again.started_at) == (row.id, NOON)


async def test_troubles_are_minded_once(store: Store) -> None:
    """A subject sees each dead or uncertain delivery of its kinds until it has dealt with it."""
    await plan(store, planned("a"), planned("b", channel_id=11), planned("c", channel_id=12, kind="other"))
    for row in await claim(store):
        await refuse(store, row)
    async with store.begin() as tx:
        troubled = await outbox.unminded(tx, ["word"])
        assert sorted(decode(Word, row.value).text for row in troubled) == ["a", "b"]
        assert {(row.state, row.trouble, row.trouble_detail) for row in troubled} == {
            ("dead", "missing_permission", "why")
        }
        await outbox.mind(tx, [troubled[0].id], NOON)
        assert await outbox.unminded(tx, ["word"]) == troubled[1:]
        assert len(await outbox.unminded(tx, ["word", "other"])) == 2
        assert await outbox.unminded(tx, []) == []


def of_subscription(text: str, subscription: int, channel_id: int = 10, due_at: object = NOON) -> Planned:
    return planned(text, channel_id=channel_id, subscription_id=subscription, due_at=due_at)  # type: ignore[arg-type]


async def test_a_paused_subscription_waits(store: Store) -> None:
    """Held deliveries are not due, are counted as waiting, and are due again in their order when released."""
    await plan(
        store,
        *(of_subscription(str(n), 1, due_at=NOON - n * SECOND) for n in range(3)),
        of_subscription("x", 2, 11),
    )
    async with store.begin() as tx:
        assert await outbox.hold(tx, 1) == 3
        assert await outbox.waiting(tx, [1, 2, 3]) == {1: 3, 2: 1}
    assert await texts_due(store) == ["x"]
    async with store.begin() as tx:
        assert await outbox.release(tx, 1, NOON) == 3
    assert sorted(await texts_due(store)) == ["2", "x"]


async def test_releasing_brings_back_what_died_with_the_channel(store: Store) -> None:
    """After a moderator gave the permission back, the cards that died of it are said; a bad one stays dead."""
    await plan(
        store,
        of_subscription("bad", 1, due_at=NOON - SECOND),
        of_subscription("a", 1),
        of_subscription("b", 1),
    )
    [bad] = await claim(store)
    await refuse(store, bad, "bad_request")
    [row] = await claim(store)
    await refuse(store, row)
    async with store.begin() as tx:
        assert await outbox.waiting(tx, [1]) == {1: 2}
        assert await outbox.release(tx, 1, NOON) == 2
    assert await states(store) == {"bad": "dead", "a": "retry", "b": "retry"}
    [kept] = [
        row
        for row in (await rows(store)).values()
        if row.id == row.id and "a" in row.value and row.state == "retry"
    ]
    assert (kept.attempts, kept.trouble, kept.trouble_detail) == (0, None, None)


async def test_releasing_into_another_channel(store: Store) -> None:
    """What waited is said in the new channel, but what may stand in the old one already stays there."""
    await plan(store, of_subscription("doubtful", 1, due_at=NOON - SECOND), of_subscription("plain", 1))
    [row] = await claim(store)
    await settle(store, after_send(row, NOON, Trouble("unclear", ""), NOON, 0))
    async with store.begin() as tx:
        await outbox.hold(tx, 1)
        assert await outbox.release(tx, 1, NOON, channel_id=77) == 2
    channels = {decode(Word, row.value).text: row.channel_id for row in (await rows(store)).values()}
    assert channels == {"doubtful": 10, "plain": 77}


async def test_a_stopped_subscription_says_no_more(store: Store) -> None:
    """Dropping forgets what was not said yet and keeps what was."""
    await plan(
        store,
        *(of_subscription(text, 1, channel) for channel, text in enumerate("abcd")),
        of_subscription("x", 2),
    )
    for row, code in zip(await claim(store, limit=2), ("sent", "unclear"), strict=True):
        answer = Receipt(5) if code == "sent" else Trouble(code, "")
        await settle(store, after_send(row, NOON, answer, NOON, 0))
    async with store.begin() as tx:
        dropped = await outbox.drop(tx, 1)
        assert await outbox.waiting(tx, [1]) == {}
    left = await states(store)
    assert dropped + len(left) == 5 and set(left.values()) <= {"sent", "new", "retry"} and "x" in left


async def test_a_delivery_dropped_in_flight_is_settled_in_silence(store: Store) -> None:
    """An answer that comes after the subscription ended finds no row, and that is all."""
    await plan(store, of_subscription("a", 1))
    [row] = await claim(store)
    async with store.begin() as tx:
        assert await outbox.drop(tx, 1) == 1
    await settle(store, after_send(row, NOON, Receipt(5), NOON, 0))
    assert await rows(store) == {}


async def test_found_by_its_nonce(store: Store) -> None:
    """A message leads back to its delivery."""
    await plan(store, planned("a"))
    [row] = await due(store)
    async with store.read() as tx:
        assert await outbox.by_nonce(tx, row.nonce) == row
        assert await outbox.by_nonce(tx, "none") is None


async def test_old_settled_deliveries_are_forgotten(store: Store) -> None:
    """Pruning takes what was settled before a moment, and nothing that is still to be said."""
    await plan(store, planned("sent"), planned("waits", channel_id=11, due_at=NOON + SECOND))
    [row] = await claim(store)
    await settle(store, after_send(row, NOON, Receipt(1), NOON, 0))
    async with store.begin() as tx:
        assert await outbox.prune(tx, NOON) == 0
        assert await outbox.prune(tx, NOON + SECOND) == 1
    assert await states(store) == {"waits": "new"}
