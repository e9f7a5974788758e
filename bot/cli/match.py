"""`outpost match`: who would read for whom in a round that comes on standard input. Nothing is kept or sent."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

import typer
from rich.console import Console

from bot.reviews.matching.instance import Instance, Matching, NotAnInstance, instance_of
from bot.reviews.matching.solve import solve
from bot.reviews.matching.weigh import Progress

MAX_BYTES = 100_000_000  # about 6 million pairs, which take some gigabytes of memory
_MAX_REASON = 200  # characters


def match() -> None:
    """Read a round (JSON) from standard input, print the best matching; exit 1 if it is none."""
    try:
        given = question(sys.stdin.buffer)
    except NotAnInstance as error:
        print(f"outpost match: {error}", file=sys.stderr)
        raise typer.Exit(1) from None
    started = time.perf_counter()
    with _shown(Console(stderr=True)) as progress:
        found = solve(given, progress=progress)
    print(json.dumps(answer(found, time.perf_counter() - started)))


def question(stream: BinaryIO, most: int = MAX_BYTES) -> Instance:
    """The round of a JSON document. most: bytes that are read. Raises NotAnInstance."""
    document = stream.read(most + 1)
    if len(document) > most:
        raise NotAnInstance(f"the input is longer than {most:,} bytes")
    if not document.strip():
        raise NotAnInstance("the input is empty; give it a round as JSON, as docs/matching.md shows")
    try:
        row = json.loads(document, parse_constant=_no_number)
    except RecursionError:
        raise NotAnInstance("the input is nested too deeply") from None
    except ValueError as error:  # UnicodeDecodeError too
        raise NotAnInstance(f"the input is no JSON ({str(error)[:_MAX_REASON]})") from None
    return instance_of(row)


def answer(found: Matching, seconds: float) -> dict[str, object]:
    """As it is printed; in ASCII it is right whatever the terminal's encoding is."""
    return {
        "assignments": found.assignments,
        "short": [{"id": one.id, "missing": one.missing, "reason": one.reason} for one in found.short],
        "filled": found.filled,
        "served": found.served,
        "waited": found.waited,
        "worst": found.worst,
        "sum": found.sum,
        "seconds": round(seconds, 3),
    }


@contextlib.contextmanager
def _shown(errors: Console) -> Iterator[Progress | None]:
    """A line that moves, on a terminal; nothing elsewhere."""
    if not errors.is_terminal:
        yield None
        return
    with errors.status("Matching …") as status:
        yield lambda done, total: status.update(f"Matching … {done:,} of {total:,} reviews")


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")
