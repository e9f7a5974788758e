"""The process ends at any await of a draw or a publication: everybody is asked once, as if it had not."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.deliveries.flow import Sender
from bot.people.flow import presence
from bot.reviews.flow import rounds
from bot.reviews.messages import NOBODY, PROPOSED, ROUND
from bot.reviews.values import Reading
from bot.storage import Store
from tests.checkins.killed import Fuse, live, outlives, process
from tests.fakes import FakeMessenger
from tests.proofs import size
from tests.reviews.parts import (
    ANA,
    BOB,
    CLEO,
    DAN,
    EVE,
    HOUR,
    MO,
    MODERATORS,
    Square,
    minding_rounds,
    square,
)

MINUTE = timedelta(minutes=1)
MEMBERS = (ANA, BOB, CLEO, DAN, EVE)
Begin = Callable[[Square], Awaitable[None]]


@dataclass(frozen=True)
class Seen:
    """What anybody can see or the bot keeps, but for moments. heard: member or channel → how many of which kind."""

    readings: tuple[tuple[object, ...], ...]
    rounds: tuple[tuple[str, str], ...]
    requests: tuple[str, ...]
    heard: dict[int, Counter[str]]


async def seen(it: Square) -> Seen:
    kept = [one.name for one in fields(Reading) if not one.name.endswith(("_at", "_by"))]
    return Seen(
        tuple(tuple(getattr(one, name) for name in kept) for one in await it.readings()),
        tuple((one.state, one.result) for one in await it.rounds()),
        tuple(one.state for one in await it.requests()),
        {place: Counter(it.kinds(place)) for place in (*MEMBERS, MODERATORS)},
    )


async def waiting(store: Store) -> Square:
    """Four who read for each other, and one whose language nobody reads."""
    it = square(store)
    it.duties.append(minding_rounds)
    await it.choose_moderators_channel()
    await it.settle(preview_h=0, patience_h=0)
    await it.met(*MEMBERS, field="data", level="mid")
    await it.join_reader(*MEMBERS[:4])
    for author_id in MEMBERS:
        await it.hand_in(author_id, language="sw" if author_id == EVE else "en")
    return it


async def a_round(it: Square) -> None:
    """Drawn, looked at for no time, and published in one beat."""
    await rounds.open_round(it.app, MO, it.clock())


async def a_tick(it: Square) -> None:
    it.clock.move(HOUR)


async def rests(it: Square) -> None:
    """Some minutes pass, till every letter has gone: nobody is sent two at once."""
    for _ in range(6):
        await it.beat()
        it.clock.move(MINUTE)


def restarted(store: Store, it: Square, discord: FakeMessenger) -> Square:
    """Another process in the same world."""
    app = replace(it.app, store=store, messenger=discord)
    sender = Sender(listening=presence.listening, jitter=lambda: 0.5, round_s=0.0)
    return Square(app, it.clock, discord, sender, it.workers, [minding_rounds])


async def killed(it: Square, file: Path, k: int, folder: Path) -> tuple[bool, int, Seen]:
    """The process ends at the k-th await of a beat (0: never), another one goes on. Was it reached; of how many?"""
    here, later = folder / f"{k}.sqlite3", folder / f"{k}.later.sqlite3"
    shutil.copy(file, here)
    began = it.clock()
    discord, fuse = FakeMessenger(it.clock), Fuse(k)
    async with process(here) as store:
        reached = not await live(restarted(store, it, discord).beat(), fuse)
        outlives(here, later)
    async with process(later) as store:
        after = restarted(store, it, discord)
        await rests(after)
        it.clock.now = began
        return reached, fuse.passed, await seen(after)


_WHAT: dict[Begin, str] = {a_round: "A round", a_tick: "A draw between rounds"}


@pytest.mark.proof
@pytest.mark.parametrize("begin", [a_round, a_tick])
async def test_a_kill_at_any_await(
    begin: Begin, migrated_file: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """The same pairs, the same round, one letter to each reader for each, one word to whom nobody fits, one line
    to moderators."""
    file = tmp_path / "begun.sqlite3"
    shutil.copy(migrated_file, file)
    store = await Store.open(f"sqlite:///{file}")
    it = await waiting(store)
    await begin(it)
    await store.close()
    _, awaits, told = await killed(it, file, 0, tmp_path)
    assert len(told.readings) == 8
    assert [one[0] for one in told.rounds] == ["published"]
    assert all(told.heard[one] == {PROPOSED: 2} for one in MEMBERS if one != EVE)
    assert told.heard[EVE] == {NOBODY: 1}
    assert told.heard[MODERATORS] == ({ROUND: 1} if begin is a_round else {})
    reached, chosen = 0, range(1, awaits + 1, max(1, awaits // size(20, awaits)))
    for k in chosen:
        was, _, after = await killed(it, file, k, tmp_path)
        assert after == told, k
        reached += was
    assert reached > 0.9 * len(chosen)  # how often a task waits may differ by a few from run to run
    record_property("promise", f"{_WHAT[begin]} of reviews, killed at any await, asks everybody once")
    record_property("figure", f"{reached} of {len(chosen)} awaits: the same pairs, each letter once")
