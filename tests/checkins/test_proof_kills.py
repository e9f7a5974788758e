"""One week of a group, killed at every await of it: what is told is the same, nothing lost, nothing doubled."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.checkins.messages import CARD, DIGEST, HELP_OFFERED, OPENER, POD_CARD, POD_HELLO, REMINDER
from bot.checkins.store import outages
from bot.checkins.values import Group
from bot.people.messages import TEST_MESSAGE
from bot.storage import Store
from tests.checkins.house import MINUTE, House, house
from tests.checkins.killed import Fuse, Outside, Sight, difference, live, process, sight
from tests.checkins.week_told import MONDAY, STEPS, Step, begun
from tests.proofs import size

pytestmark = pytest.mark.proof

TOLD = {  # in the week without a kill; six cards in its thread, one of them empty, and one in the next
    OPENER: 2,
    CARD: 7,
    DIGEST: 1,
    POD_HELLO: 1,
    POD_CARD: 1,
    REMINDER: 3,
    HELP_OFFERED: 1,
    TEST_MESSAGE: 8,
}


@dataclass
class Told:
    """The week without a kill. before: the world as each step begins; after: what is to be seen when it is done."""

    group: Group
    before: list[Outside]
    after: list[Sight]
    awaits: list[int]


async def do(it: House, group: Group, step: Step) -> None:
    await (it.beat() if step.press is None else step.press(it, group))


async def pass_time(it: House, step: Step) -> None:
    """The bot is alive in between."""
    if step.at > it.clock():
        async with it.app.store.begin() as tx:
            await outages.beat_at(tx, max(step.at - MINUTE, it.clock()))
        it.clock.move(step.at - it.clock())


async def told(migrated_file: Path, folder: Path) -> Told:
    file = folder / "told.sqlite3"
    shutil.copy(migrated_file, file)
    store = await Store.open(f"sqlite:///{file}")
    it = house(store, MONDAY)
    week = Told(await begun(it), [], [], [])
    for number, step in enumerate(STEPS):
        await pass_time(it, step)
        week.before.append(Outside.of(it, file, folder / f"before{number}.sqlite3"))
        fuse = Fuse()
        assert await live(do(it, week.group, step), fuse)
        week.awaits.append(fuse.passed)
        week.after.append(await sight(it))
    await store.close()
    return week


async def killed(week: Told, number: int, k: int, gap: timedelta, folder: Path) -> bool:
    """The process ends at the k-th await of that step, and another one goes on. Was it reached?

    A member whose press was not answered presses again. As soon as nothing differs, the rest is the week as told.
    """
    file = folder / f"{number}-{k}.sqlite3"
    shutil.copy(week.before[number].file, file)
    async with process(file) as store:
        it = week.before[number].restored(store)
        reached = not await live(do(it, week.group, STEPS[number]), Fuse(k))
        outlives = Outside.of(it, file, file.with_suffix(".outlives")).file
    it.clock.move(gap)
    async with process(outlives) as store:
        it.start(store)
        for step, after in list(zip(STEPS, week.after, strict=True))[number:]:
            await pass_time(it, step)
            await do(it, week.group, step)
            seen = await sight(it)
            if seen == after and step.press is None:
                return reached
    assert not (parts := difference(seen, week.after[-1])), f"killed at await {k} of step {number}:\n{parts}"
    return reached


@pytest.mark.parametrize("gap", [timedelta(), timedelta(minutes=10)], ids=["at-once", "ten-minutes-later"])
async def test_a_kill_at_every_await(
    gap: timedelta, migrated_file: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Whoever reads the channels afterwards finds what they would have found without it, each message once.

    What may differ is when something was said, and the numbers that Discord gives. gap: till the next process begins;
    after ten minutes Discord has forgotten which messages it knows already.
    """
    week = await told(migrated_file, tmp_path)
    assert kinds(week.after[-1]) == TOLD
    every = [(number, k) for number, awaits in enumerate(week.awaits) for k in range(1, awaits + 1)]
    chosen = every[:: size(len(every) // 12, 3 if gap else 1)]
    reached = 0
    for number, k in chosen:
        reached += await killed(week, number, k, gap, tmp_path)
    assert reached > 0.95 * len(chosen)  # how often a task waits may differ by a few from run to run
    after = f"{gap // MINUTE} minutes" if gap else "no time"
    record_property(
        "promise", f"A week of check-ins, killed at any await, is the same week; back after {after}"
    )
    record_property("figure", f"{reached} of {len(every)} awaits: 0 lost, 0 doubled, the same end each time")


def kinds(seen: Sight) -> Counter[str]:
    """How many messages of which kind stand anywhere."""
    return Counter(line.split()[0] for lines in seen.stands.values() for line in lines)
