"""What changed between two versions of a text, line by line. Pure.

Lines are compared by their words, so that a moved break or another bullet is no change. A line that was rewritten
stands in both lists. At most 2,000 lines of each version are compared.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bot.text import cut, folded

MAX_LINES = 2000
MAX_SHOWN = 40  # lines of each list
MAX_LINE = 200  # characters


@dataclass(frozen=True, slots=True)
class Changes:
    """added, removed: the first MAX_SHOWN lines each, in order, cut to MAX_LINE. Numbers count all of them."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    added_count: int
    removed_count: int
    kept_count: int

    @property
    def same(self) -> bool:
        return not self.added_count and not self.removed_count


def changed(before: str, after: str) -> Changes:
    """A line that only moved is kept."""
    old, new = _lines(before), _lines(after)
    left = Counter(key for key, _ in old)
    right = Counter(key for key, _ in new)
    removed, added = _beyond(old, right), _beyond(new, left)
    return Changes(
        tuple(cut(line, MAX_LINE) for line in added[:MAX_SHOWN]),
        tuple(cut(line, MAX_LINE) for line in removed[:MAX_SHOWN]),
        len(added),
        len(removed),
        (left & right).total(),
    )


def _lines(text: str) -> list[tuple[str, str]]:
    """Each line that holds words, with what it is compared by."""
    found: list[tuple[str, str]] = []
    for line in text.split("\n"):
        key = " ".join(re.findall(r"[\w+#%€$£]+", folded(line)))
        if key:
            found.append((key, line.strip()))
            if len(found) == MAX_LINES:
                break
    return found


def _beyond(lines: list[tuple[str, str]], others: Counter[str]) -> list[str]:
    """The lines that the others do not have, or not so often."""
    seen: Counter[str] = Counter()
    beyond: list[str] = []
    for key, line in lines:
        seen[key] += 1
        if seen[key] > others[key]:
            beyond.append(line)
    return beyond
