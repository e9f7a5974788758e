"""`make bench`: our figures, each beside a peer or a limit, measured in the same run or called published.

    python -m benchmarks [pace commands stall keeping latency politeness filters waits speed facts openings page
        weeks minute cases matching scarce noshows meets] [--write]

All of it runs on this machine and ends by itself. --write keeps the figures in docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime

from rich.console import Console

from benchmarks import (
    commands,
    facts,
    filters,
    hard_cases,
    latency,
    match_noshows,
    matching,
    meets,
    million,
    pace,
    page,
    politeness,
    stall,
    waits,
    weeks,
)
from benchmarks.parts import ROOT, Tell
from benchmarks.tables import Outcome

PAGE = ROOT / "docs" / "benchmarks.md"
LIMIT_S = 15 * 60
ALL: Mapping[str, Callable[[Tell], Awaitable[Outcome]]] = {
    "pace": pace.measure,
    "commands": commands.measure,
    "stall": stall.measure,
    "keeping": stall.measure_keeping,
    "latency": latency.measure,
    "politeness": politeness.measure,
    "filters": filters.measure,
    "waits": waits.measure,
    "speed": facts.measure_speed,
    "facts": facts.measure,
    "openings": facts.measure_openings,
    "page": page.measure,
    "weeks": weeks.measure,
    "minute": million.measure,
    "cases": hard_cases.measure,
    "matching": matching.measure,
    "scarce": matching.measure_scarce,
    "noshows": match_noshows.measure,
    "meets": meets.measure,
}
HEAD = """# Figures

`make bench` measures them again; `make bench ARGS="pace stall"` only some; `ARGS=--write` writes this page.

How to read a table:

- *this run* was measured in the same run, on the same machine, against the same sandbox.
- *published* was measured by somebody else, or at another time. It gives an order of magnitude, not a race.
- *limit* is what the rules allow, or what the task needs at least.
- *of the processor* counts the seconds that a core worked on it, so other work on the machine changes it little.
- p50, p95 and p99 are what half, 95 and 99 of a hundred don't exceed. Every seed is fixed: two runs do the same work.
- Below each table stands every target, met or missed. A busy machine may miss one; run it again when it is idle.

The sandbox is no Discord: its limits are those that bots have observed, and it is as near as your own machine.
Times to Discord itself are longer, for every bot.
"""


def main() -> int:
    """Run what is named, show the tables; 0 also when a target was missed: the table says so."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Figures beside peers and limits."
    )
    parser.add_argument("names", nargs="*", metavar="name", help=f"some of: {' '.join(ALL)}; all by default")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md; only for a whole run")
    given = parser.parse_args()
    if unknown := set(given.names) - set(ALL):
        parser.error(f"there is no {' '.join(sorted(unknown))}; there is: {' '.join(ALL)}")
    if given.write and given.names:
        parser.error("--write is for a whole run")
    console = Console()
    began = time.monotonic()
    outcomes = asyncio.run(_run(given.names or list(ALL), console))
    missed = sum(not outcome.met for outcome in outcomes)
    console.print(
        f"{len(outcomes)} tables in {time.monotonic() - began:.0f} s, {missed} with a target missed."
    )
    if given.write:
        PAGE.write_text(written(outcomes, machine()), "utf-8")
        console.print(f"Written to {PAGE.relative_to(ROOT)}.")
    return 0


async def _run(names: Sequence[str], console: Console) -> list[Outcome]:
    """One after the other, so that they don't disturb each other."""
    outcomes = []
    async with asyncio.timeout(LIMIT_S):
        with console.status("starting") as status:
            for name in names:

                def tell(words: str, name: str = name) -> None:
                    status.update(f"{name}: {words}")
                    if not console.is_terminal:
                        console.print(f"{name}: {words}", style="dim")

                outcomes.append(await ALL[name](tell))
                console.print(outcomes[-1].picture())
    return outcomes


def machine() -> str:
    """What the figures were measured on, without naming anybody's machine."""
    today = datetime.now(UTC).date()
    python = platform.python_version()
    return f"{today}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {python}"


def written(outcomes: Sequence[Outcome], where: str) -> str:
    """docs/benchmarks.md."""
    return "\n".join([HEAD, f"Measured on {where}.", "", *(outcome.markdown() for outcome in outcomes)])


if __name__ == "__main__":
    raise SystemExit(main())
