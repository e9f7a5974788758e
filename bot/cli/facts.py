"""`outpost facts`: the facts of postings that come on standard input, each with its evidence."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

import typer

from bot.jobs.facts import read
from bot.jobs.reading.neutral import NotAPosting, posting_of, printed

MAX_LINE = 32_000_000  # bytes; a longer line is passed over unread
MAX_REASON = 200  # characters


def facts() -> None:
    """Read neutral entries (JSON, one a line) from standard input, print their facts; exit 1 if a line was none."""
    wrong = 0
    for number, line in enumerate(_lines(sys.stdin.buffer), start=1):
        if not line.strip():
            continue
        try:
            answer = _answer(line)
        except NotAPosting as error:
            wrong += 1
            print(f"line {number}: skipped, {error}", file=sys.stderr)
            continue
        sys.stdout.write(answer + "\n")
    if wrong:
        raise typer.Exit(1)


def _answer(line: bytes) -> str:
    """The facts of one line as JSON in ASCII: right whatever the terminal's encoding is. Raises NotAPosting."""
    if len(line) > MAX_LINE:
        raise NotAPosting(f"it is longer than {MAX_LINE:,} bytes")
    try:
        row = json.loads(line, parse_constant=_no_number)
    except RecursionError:
        raise NotAPosting("it is nested too deeply") from None
    except ValueError as error:  # UnicodeDecodeError too
        raise NotAPosting(f"it is no JSON ({str(error)[:MAX_REASON]})") from None
    return json.dumps(printed(row, read(posting_of(row))))


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Line by line; of one that is too long, only so much that this can be seen."""
    while line := stream.readline(MAX_LINE + 1):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE)
        yield line


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")
