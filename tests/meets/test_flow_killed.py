"""The process ends at any await of a draw, a question or an end: everybody hears it once, as if it had not."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.meets.messages import ASKED, DRAWN, NOBODY, OVER
from bot.storage import Store
from tests.checkins.killed import Fuse, live, outlives, process
from tests.fakes import FakeMessenger
from tests.meets.club import DAY, DRAW_AT, MINUTE, Club, club, restarted
from tests.proofs import size
from tests.reviews.parts import ANA, BOB, CLEO, DAN, EVE

MEMBERS = (ANA, BOB, CLEO, DAN, EVE)
Begin = Callable[[Club], Awaitable[None]]


@dataclass(frozen=True)
class Seen:
    """What anybody can see or the bot keeps, but for moments and Discord's numbers.

    heard: member → how many of which kind. threads: name → who is inside, how many first words, closed.
    """

    draws: tuple[tuple[str, str, str], ...]
    matches: tuple[tuple[object, ...], ...]
    heard: dict[int, Counter[str]]
    threads: dict[str, tuple[frozenset[int], int, bool]]


async def seen(it: Club) -> Seen:
    discord = it.discord
    return Seen(
        tuple((kind, state, "") for kind, state, _ in await it.draws()),
        tuple(
            (one.match.members, one.match.state, one.match.asked, one.about, one.parted)
            for one in await it.rooms()
        ),
        {one: Counter(it.kinds(one)) for one in MEMBERS},
        {
            thread.name: (frozenset(discord.inside[number]), len(it.kinds(number)), number in discord.closed)
            for number, thread in discord.threads.items()
        },
    )


async def begun(store: Store) -> Club:
    """Four who can meet, and one whom nobody may meet; a minute before the draw."""
    it = club(store)
    await it.meet_here()
    await it.wants(*MEMBERS)
    for one in MEMBERS[:-1]:
        await it.block(one, EVE)
    await it.until(DRAW_AT - MINUTE)
    return it


async def a_draw(it: Club) -> None:
    it.clock.move(MINUTE)


async def a_question(it: Club) -> None:
    await it.draw()
    await it.until(DRAW_AT + 3 * DAY - MINUTE)
    it.clock.move(MINUTE)


async def an_end(it: Club) -> None:
    await it.draw()
    await it.block(*(await it.matches())[0].members)


async def rests(it: Club) -> None:
    """Some minutes pass, till every letter has gone: nobody is sent two at once."""
    for _ in range(6):
        await it.beat()
        it.clock.move(MINUTE)


async def killed(it: Club, file: Path, k: int, folder: Path) -> tuple[bool, int, Seen]:
    """The process ends at the k-th await of a beat (0: never), another one goes on. Was it reached; of how many?"""
    here, later = folder / f"{k}.sqlite3", folder / f"{k}.later.sqlite3"
    shutil.copy(file, here)
    before = it.discord
    began = it.clock()
    discord, fuse = FakeMessenger(it.clock), Fuse(k)
    for name in ("channels", "inside"):
        getattr(discord, name).update({n: type(v)(v) for n, v in getattr(before, name).items()})
    discord.threads.update(before.threads)
    async with process(here) as store:
        reached = not await live(restarted(store, it, discord).beat(), fuse)
        outlives(here, later)
    async with process(later) as store:
        after = restarted(store, it, discord)
        it.clock.move(timedelta(seconds=5))
        await rests(after)
        it.clock.now = began
        return reached, fuse.passed, await seen(after)


_WHAT: dict[Begin, str] = {a_draw: "A draw", a_question: "The question", an_end: "An end"}


@pytest.mark.proof
@pytest.mark.parametrize("begin", [a_draw, a_question, an_end])
async def test_a_kill_at_any_await(
    begin: Begin, migrated_file: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """The same matches and threads, one letter to each for each cause, one first word in each thread."""
    file = tmp_path / "begun.sqlite3"
    shutil.copy(migrated_file, file)
    store = await Store.open(f"sqlite:///{file}")
    it = await begun(store)
    await begin(it)
    await store.close()
    _, awaits, told = await killed(it, file, 0, tmp_path)
    assert all(one[1] == "told" for one in told.draws)
    assert told.heard[EVE] == {NOBODY: 1} and len(told.matches) == 2
    assert all(told.heard[one][DRAWN] == 1 for one in MEMBERS[:-1])
    wanted = {"a_question": (ASKED, 4), "an_end": (OVER, 2)}.get(begin.__name__, (DRAWN, 4))
    assert sum(one[wanted[0]] for one in told.heard.values()) == wanted[1]
    assert {words for _, words, _ in told.threads.values()} == {1}
    reached, chosen = 0, range(1, awaits + 1, max(1, awaits // size(12, awaits)))
    for k in chosen:
        was, _, after = await killed(it, file, k, tmp_path)
        assert after == told, k
        reached += was
    assert reached > 0.9 * len(chosen)  # how often a task waits may differ by a few from run to run
    record_property(
        "promise", f"{_WHAT[begin]} of meetings of two, killed at any await, is heard once by everybody"
    )
    record_property("figure", f"{reached} of {len(chosen)} awaits: the same matches, each letter once")
