"""Who meets whom this week. Pure and deterministic.

Two meet only if they may: that is never broken. Then, in this order: as many as possible have a meeting, those who
had none lately come first, few meet somebody again, those again whom they met longest ago, they fit well. What is
equal after that is decided by a hash under the draw's seed, never by ids or their order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from bot.checkins.week import WEEK
from bot.meets.matching import Pairs, divide, paired
from bot.meets.values import Match
from bot.people.keyed import mark

MOST_SCORE = 1000
REMEMBERED = 52  # weeks, after which two count as new to each other
AT_ONCE = 1000  # more are divided before they are drawn: every pair is looked at
ALONE_FOR = 8 * WEEK  # so long, who had no meeting goes before others

May = Callable[[int, int], bool]
"""May these two meet, by their ids? The same both ways."""

Weight = Callable[[int, int], int]
"""How well these two fit: 0 to 1000, the same both ways, or of (mentor, mentee). Asked only of those who may meet."""

# One whole number says how good a pair is. Each unit outweighs what stands below it, summed over a thousand pairs.
_PAIRS = 10  # bits
_TIE = 32
_SCORE = _TIE + _PAIRS
_AGE = _SCORE + 10 + _PAIRS
_NEW = _AGE + 6 + _PAIRS
_FEW = _NEW + 1 + _PAIRS  # a mentor's first mentee before another one's second
_PRIME = (1 << 61) - 1


@dataclass(frozen=True, slots=True)
class Past:
    """What counts of earlier draws. met: two ids, ascending → the week in which they were last drawn together.

    trio: who was in a three at the draw before. alone: who had no meeting in the last eight weeks.
    """

    met: Mapping[tuple[int, int], date] = field(default_factory=dict)
    trio: frozenset[int] = frozenset()
    alone: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Drawn:
    """matches: ids, ascending; a mentor first. left: for whom there is no meeting."""

    matches: tuple[tuple[int, ...], ...] = ()
    left: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """How good a draw is, without a name. ages: weeks since they met, summed over repeats. sum: of scores."""

    placed: int
    trios: int
    repeats: int
    ages: int
    sum: int


# -- drawing -------------------------------------------------------------------------------------


def draw(
    people: Collection[int], may: May, weight: Weight, week: date, seed: bytes, past: Past | None = None
) -> Drawn:
    """Meetings of these people; whoever is left over joins two who both fit, but nobody twice in a row."""
    drawing = _Drawing(may, weight, week, seed, past or Past())
    order = drawing.in_order(people)
    groups = [group for some in _parts(order) for group in drawing.divided(some)]
    if len(order) > AT_ONCE:
        groups += drawing.divided(_missing(order, groups)[:AT_ONCE])
    return Drawn(
        tuple(sorted(tuple(sorted(group)) for group in groups)), tuple(sorted(_missing(order, groups)))
    )


def draw_mentors(
    mentors: Mapping[int, int],
    mentees: Collection[int],
    may: May,
    weight: Weight,
    week: date,
    seed: bytes,
    past: Past | None = None,
) -> Drawn:
    """Each mentee has one mentor. mentors: id → how many they take; as many as possible have one at least.

    left: mentees, and mentors without any. Whoever is both is a mentor.
    """
    drawing = _Drawing(may, weight, week, seed, past or Past())
    seats = [(one, number) for one in drawing.in_order(mentors) for number in range(mentors[one])]
    wanting = drawing.in_order(set(mentees) - set(mentors))
    count = max(1, -(-(len(seats) + len(wanting)) // (2 * AT_ONCE)))
    groups: list[tuple[int, int]] = []
    for part in range(count):
        groups += drawing.seated(seats[part::count], wanting[part::count])
    if count > 1:  # who is left over, with the mentors who have room
        room = dict(mentors) | {one: mentors[one] - n for one, n in Counter(one for one, _ in groups).items()}
        seats = [(one, number) for one, number in seats if number < room[one]]
        groups += drawing.seated(seats[:AT_ONCE], _missing(wanting, groups)[:AT_ONCE])
    return Drawn(tuple(sorted(groups)), tuple(sorted(_missing([*mentors, *wanting], groups))))


def _parts(order: Sequence[int]) -> list[Sequence[int]]:
    """As few as possible, equally large but for one."""
    count = -(-len(order) // AT_ONCE)
    return [order[number::count] for number in range(count)]


def _missing(order: Sequence[int], groups: Iterable[Iterable[int]]) -> list[int]:
    there = {one for group in groups for one in group}
    return [one for one in order if one not in there]


class _Drawing:
    """The rules and the seed of one draw."""

    def __init__(self, may: May, weight: Weight, week: date, seed: bytes, past: Past) -> None:
        self.may, self.weight, self.week, self.seed, self.past = may, weight, week, seed, past
        self.ties: dict[int, int] = {}

    def in_order(self, people: Iterable[int]) -> list[int]:
        """Each once, by a hash of the draw."""
        marks = {one: mark(self.seed, "meet", one) for one in people}
        self.ties |= {one: int(said, 16) % _PRIME for one, said in marks.items()}
        return sorted(marks, key=lambda one: (marks[one], one))

    def divided(self, some: Sequence[int]) -> list[tuple[int, ...]]:
        fits = [0] * len(some)
        for here, there in combinations(range(len(some)), 2):
            if self.may(some[here], some[there]):
                fits[here] |= 1 << there
                fits[there] |= 1 << here
        pairs = Pairs(
            fits,
            lambda here, there: self.worth(some[here], some[there]),
            [one in self.past.alone for one in some],
            sum(1 << at for at, one in enumerate(some) if one in self.past.trio),
        )
        return [tuple(some[at] for at in group) for group in divide(pairs)]

    def seated(self, seats: Sequence[tuple[int, int]], wanting: Sequence[int]) -> list[tuple[int, int]]:
        """(mentor, mentee). seats: (mentor, the how-manieth mentee, from 0)."""
        fits = [0] * (len(seats) + len(wanting))
        allowed: dict[int, int] = {}
        for at, (mentor, _) in enumerate(seats):
            if mentor not in allowed:
                allowed[mentor] = sum(
                    1 << len(seats) + n for n, one in enumerate(wanting) if self.may(mentor, one)
                )
            fits[at] = allowed[mentor]
        for n in range(len(wanting)):
            fits[len(seats) + n] = sum(1 << at for at in range(len(seats)) if fits[at] >> len(seats) + n & 1)

        def worth(at: int, to: int) -> int:
            (mentor, number), mentee = seats[min(at, to)], wanting[max(at, to) - len(seats)]
            return self.worth(mentor, mentee) + (max(0, 3 - number) << _FEW)

        alone = (
            self.past.alone
        )  # of a mentor the first seat alone: nobody's second goes before another one's first
        urgent = [not number and one in alone for one, number in [*seats, *((one, 0) for one in wanting)]]
        pairs = paired(Pairs(fits, worth, urgent))
        return [(seats[at][0], wanting[to - len(seats)]) for at, to in pairs]

    def worth(self, one: int, other: int) -> int:
        """Of two who may meet: new to each other, or met long ago; how well they fit; the hash."""
        score = self.weight(one, other)
        if not 0 <= score <= MOST_SCORE:
            raise ValueError(f"a score of {score}; it goes from 0 to {MOST_SCORE}")
        weeks = _weeks_since(one, other, self.week, self.past)
        tie = self.ties[one] * self.ties[other] % _PRIME >> 61 - _TIE
        return ((weeks is None) << _NEW) + ((weeks or 0) << _AGE) + (score << _SCORE) + tie


def _weeks_since(one: int, other: int, week: date, past: Past) -> int | None:
    """None: they are new to each other."""
    last = past.met.get((min(one, other), max(one, other)))
    weeks = None if last is None else max(0, (week - last) // WEEK)
    return None if weeks is None or weeks >= REMEMBERED else weeks


# -- before and after ----------------------------------------------------------------------------


def past_of(matches: Iterable[Match], week: date, alone: Iterable[int] = ()) -> Past:
    """What counts of these, of which none is of that week or later. alone: who was left, in `ALONE_FOR`.

    That two did not really meet changes nothing: they are rather drawn with others all the same.
    """
    met: dict[tuple[int, int], date] = {}
    trio: set[int] = set()
    for match in matches:
        if match.week >= week:
            continue
        for one, other in combinations(sorted(match.members), 2):
            met[one, other] = max(match.week, met.get((one, other), match.week))
        if len(match.members) > 2 and match.week == week - WEEK:
            trio.update(match.members)
    return Past(met, frozenset(trio), frozenset(alone))


def figures(found: Drawn, weight: Weight, week: date, past: Past | None = None) -> Figures:
    """What was reached. A three counts as three pairs; nobody counts twice."""
    pairs = [pair for match in found.matches for pair in combinations(match, 2)]
    weeks = [_weeks_since(one, other, week, past or Past()) for one, other in pairs]
    again = [one for one in weeks if one is not None]
    return Figures(
        len({one for match in found.matches for one in match}),
        sum(len(match) > 2 for match in found.matches),
        len(again),
        sum(again),
        sum(weight(one, other) for one, other in pairs),
    )


def season(
    people: Collection[int], may: May, weight: Weight, start: date, weeks: int, seed: bytes
) -> list[Drawn]:
    """The draws of so many weeks, if everybody takes part in each; every draw knows those before it."""
    found: list[Drawn] = []
    past = Past()
    alone: dict[int, date] = {}
    for week in (start + n * WEEK for n in range(weeks)):
        lately = frozenset(one for one, when in alone.items() if week - when <= ALONE_FOR)
        past = Past(past.met, past.trio, lately)
        found.append(draw(people, may, weight, week, mark(seed, "week", week.isoformat()).encode(), past))
        pairs = [pair for match in found[-1].matches for pair in combinations(match, 2)]
        trio = frozenset(one for match in found[-1].matches if len(match) > 2 for one in match)
        past = Past({**past.met, **dict.fromkeys(pairs, week)}, trio)
        alone |= dict.fromkeys(found[-1].left, week)
    return found
