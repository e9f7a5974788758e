"""What the filter option offers while somebody types."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.jobs.query.parsing import FIELDS
from bot.jobs.query.words import fold

MAX_CHOICES = 25  # Discord: application-commands, autocomplete choices, and 100 characters of a value
MAX_CHOICE = 100

_EXAMPLES = (
    "python",
    "python -senior",
    "python OR golang",
    '"data engineer" OR "analytics engineer"',
    "(design OR ux) -intern",
    "support company:acme",
)
_UNFINISHED_BOARD = re.compile(r'(?P<head>.*?)board: ?"?(?P<typed>[^"():]*)$', re.IGNORECASE)
_UNFINISHED_WORD = re.compile(r"(?P<head>(?:.*[\s(-])?)(?P<typed>[A-Za-z]*)$")


def complete(prefix: str, boards: Sequence[str]) -> list[str]:
    """Whole filters that go on from `prefix`, its own text first; at most 25, each at most 100 characters.

    Nothing typed: examples. After `board:` the boards, by any part of their name. A quote or bracket is closed.
    """
    typed = prefix.strip()
    offers = _offers(typed, boards) if typed else iter((*_EXAMPLES, *_boards("", "", boards)))
    distinct = dict.fromkeys(offer for offer in offers if len(offer) <= MAX_CHOICE)
    return list(islice(distinct, MAX_CHOICES))


def _offers(typed: str, boards: Sequence[str]) -> Iterator[str]:
    yield typed
    if found := _UNFINISHED_BOARD.match(typed):
        yield from _boards(found["head"], found["typed"], boards)
        return
    quoted = typed.count('"') % 2 == 1
    if quoted or typed.count("(") > typed.count(")"):
        yield typed + '"' * quoted + ")" * max(0, typed.count("(") - typed.count(")"))
    if not quoted and (found := _UNFINISHED_WORD.match(typed)) and found["typed"]:
        for name in FIELDS:
            if name.startswith(found["typed"].lower()):
                yield f"{found['head']}{name}:"


def _boards(head: str, typed: str, boards: Sequence[str]) -> Iterator[str]:
    for board in boards:
        if fold(typed.strip()) in fold(board):
            yield f'{head}board:"{board}"'
