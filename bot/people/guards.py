"""Guards: companies and members that somebody must not meet here; who counts as what when two may meet. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from bot.people.may_meet import Meeting
from bot.refusals import Refusal
from bot.text import company_key, tidy

Guarded = Literal["employer", "company", "member"]
"""employer: where they work now, which is a guard by itself."""

MOST_GUARDS = 50  # of one member; a list that somebody can still read
MAX_COMPANY = 80


@dataclass(frozen=True, slots=True)
class Guard:
    """mark: the company's comparable name, or the member's id in digits. name: as it was written."""

    id: int
    kind: Guarded
    mark: str
    name: str


def company(name: str) -> tuple[str, str]:
    """(mark, name) of a company as somebody wrote it. Refuses a name without a letter or digit."""
    name = tidy(name, MAX_COMPANY)
    mark = company_key(name)
    if not any(c.isalnum() for c in mark):
        raise Refusal("company_without_name")
    return mark, name


def room_for_one(guards: Collection[Guard]) -> None:
    """Refuses one more than fits a page."""
    if len(guards) >= MOST_GUARDS:
        raise Refusal("too_many_guards", limit=MOST_GUARDS)


def meetings_of(
    user_ids: Iterable[int], guards: Iterable[tuple[int, Guard]], blocks: Iterable[tuple[int, int]]
) -> dict[int, Meeting]:
    """What counts for each of these people. guards: (whose, guard); blocks: (who, whom)."""
    marks: dict[tuple[int, Guarded], set[str]] = defaultdict(set)
    for user_id, guard in guards:
        marks[user_id, guard.kind].add(guard.mark)
    blocked: dict[int, set[int]] = defaultdict(set)
    for user_id, blocked_id in blocks:
        blocked[user_id].add(blocked_id)
    return {
        user_id: Meeting(
            user_id,
            works_at=frozenset(marks[user_id, "employer"]),
            avoids=frozenset(marks[user_id, "company"]),
            avoided=frozenset(map(int, marks[user_id, "member"])),
            blocked=frozenset(blocked[user_id]),
        )
        for user_id in user_ids
    }


def member_name(name: str) -> str:
    """What a guarded member is called, as their owner's list shows it."""
    return tidy(name, MAX_COMPANY)
