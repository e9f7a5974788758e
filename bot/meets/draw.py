"""One draw of one kind from plain values, for a worker: `workers.call("bot.meets.draw:draw", table)`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations

from bot.meets import pairing
from bot.meets.pairing import Drawn, Past
from bot.meets.score import Candidate, Why, can_talk, score, why
from bot.meets.values import Kind
from bot.people.may_meet import Meeting, may_meet


@dataclass(frozen=True, slots=True)
class Table:
    """All that a draw knows. meetings: of every candidate. The same table gives the same draw."""

    kind: Kind
    week: date
    seed: bytes
    candidates: tuple[Candidate, ...]
    meetings: Mapping[int, Meeting]
    past: Past = field(default_factory=Past)


@dataclass(frozen=True, slots=True)
class Outcome:
    """whys: (who reads it, about whom) → why these two."""

    drawn: Drawn
    whys: Mapping[tuple[int, int], Why]


def draw(table: Table) -> Outcome:
    """Who meets whom. A candidate without a meeting among `meetings` is an error: nobody is drawn unasked."""
    sides = {one.user_id: one for one in table.candidates}
    missing = sides.keys() - table.meetings.keys()
    if missing:
        raise ValueError(f"no word of whom {len(missing)} candidates may meet")

    def may(one: int, other: int) -> bool:
        return can_talk(sides[one], sides[other]) and may_meet(table.meetings[one], table.meetings[other])

    def weight(one: int, other: int) -> int:
        return score(table.kind, sides[one], sides[other])

    if table.kind == "mentor":
        mentors = {one.user_id: one.most for one in table.candidates if one.role == "mentor"}
        mentees = sides.keys() - mentors.keys()
        found = pairing.draw_mentors(mentors, mentees, may, weight, table.week, table.seed, table.past)
    else:
        found = pairing.draw(sides.keys(), may, weight, table.week, table.seed, table.past)
    whys = {
        (one, other): why(sides[one], sides[other])
        for match in found.matches
        for one, other in permutations(match, 2)
    }
    return Outcome(found, whys)


def seconds_for(count: int) -> float:
    """How long a worker may take for so many candidates: some ten times what was measured (docs/decisions/0029)."""
    return 10 + 30 * (min(count, pairing.AT_ONCE) / 1000) ** 2 * max(1, count / pairing.AT_ONCE)
