"""Whatever people press and however time passes, readings, requests, ledger and letters agree."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.people.members import Key
from bot.refusals import Refusal
from bot.reviews import life
from bot.reviews.flow.filling import sheet, submit
from bot.reviews.flow.readings import accept, decline, end_for, mind_readings
from bot.reviews.flow.results import rate
from bot.reviews.messages import OVER, READY
from bot.reviews.store import ledger
from bot.reviews.values import DELIVERED, LIVE
from bot.storage import Store
from tests.proofs import size
from tests.reviews.parts import ANA, BOB, CLEO, DAN, GUILD, SERVER, Square, server_name, square
from tests.reviews.test_flow_filling import RUBRICS, fill

READERS = (BOB, CLEO, DAN)
EXPECTED = {"reading_over", "reader_full", "rating_over", "no_review_yet", "review_not_ready"}

pytestmark = pytest.mark.proof


@pytest.mark.parametrize("seed", range(size(4, 60)))
async def test_nothing_is_lost_or_counted_twice(sqlite_store: Store, seed: int) -> None:
    """After each of sixty presses at random moments the request is what its readings say, and every credit has one
    review; at the end nothing is live, and each side heard of each end at most once."""
    dice = random.Random(seed)
    it = square(sqlite_store)
    it.duties = [lambda app, now: mind_readings(app, server_name, now)]
    await it.settle()
    await it.met(ANA, *READERS)
    await it.join_reader(*READERS)
    number = (await it.hand_in(ANA)).id
    for _ in range(60):
        await _press(it, dice, number)
        if dice.random() < 0.5:
            it.clock.move(timedelta(minutes=dice.randrange(60 * 30)))
            await it.beat()
        await _agree(it, number)
    await it.walk(timedelta(days=20))
    await _agree(it, number)
    assert not any(one.state in LIVE or one.next_at for one in await it.readings(number))
    assert all(it.kinds(reader).count(OVER) <= 1 for reader in READERS)
    assert it.kinds(ANA).count(OVER) <= len(READERS)
    sent = [one for one in await it.readings(number) if one.state in DELIVERED]
    assert it.kinds(ANA).count(READY) == len(sent)


async def _press(it: Square, dice: random.Random, number: int) -> None:
    request, readings = await it.request(number), await it.readings(number)
    fresh = [one for one in READERS if one not in {each.reader_id for each in readings}]
    if fresh and life.lacking(request, readings) and request.state == "waiting":
        await it.propose(request, dice.choice(fresh))
        return
    one = dice.choice(readings)
    key, now = Key(GUILD, one.reader_id), it.clock()
    presses: list[Callable[[], Awaitable[object]]] = [
        lambda: accept(it.app, key, one.id, now),
        lambda: accept(it.app, key, one.id, now),
        lambda: decline(it.app, key, one.id, now),
        lambda: sheet(it.app, RUBRICS, key, one.id, now),
        lambda: fill(it, one, one.reader_id),
        lambda: submit(it.app, key, one.id, SERVER, now),
        lambda: rate(it.app, Key(GUILD, ANA), one.id, True, True, True, now),
        lambda: _end(it, one.id),
    ]
    try:
        await dice.choices(presses, weights=(8, 8, 1, 4, 8, 8, 4, 1))[0]()
    except Refusal as refusal:
        assert refusal.reason in EXPECTED


async def _end(it: Square, reading_id: int) -> None:
    one = await it.reading(reading_id)
    async with it.app.store.begin() as tx:
        await end_for(tx, [one], it.clock())


async def _agree(it: Square, number: int) -> None:
    request, readings = await it.request(number), await it.readings(number)
    assert all(one.next_at is not None for one in readings if one.state in LIVE)
    lacking = life.lacking(request, readings)
    live = any(one.state in LIVE for one in readings)
    told = {"waiting"} if lacking else {"in_review", "waiting"} if live else {"delivered"}
    assert request.state in told
    async with it.app.store.read() as tx:
        lines = await ledger.entries(tx, GUILD, [ANA, *READERS])
    given = {line.reading_id for reader in READERS for line in lines[reader]}
    sent = {one.id for one in readings if one.state in DELIVERED}
    assert given == sent == {line.reading_id for line in lines[ANA]}
    assert sum(len(each) for each in lines.values()) == 2 * len(sent)
