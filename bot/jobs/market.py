"""What the openings of the last days ask for, beside one member's profile: shares, stated pay, who may apply. Pure.

Shares are of the openings that say something of the kind; each row keeps three openings that prove it. Of fewer than
`ENOUGH` openings nothing is said in per cent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import quantiles
from typing import Literal

from bot.jobs.facts import Evidence, Facts, Pay, Place, Stated
from bot.jobs.facts.groups import GROUPS, SAY
from bot.jobs.facts.rates import comparable
from bot.jobs.facts.skills import say
from bot.jobs.facts.values import Period
from bot.jobs.place_words import EMPLOYMENT, LEVELS, country, plain
from bot.jobs.query.skills import find_skill
from bot.jobs.query.terms import each
from bot.people.members import Profile
from bot.people.welcome import may_work_in
from bot.ports import Resource
from bot.resources.listed import Listed, Own
from bot.text import cut

DAYS = 30
ENOUGH = 30  # openings, for per cent; and …
ENOUGH_PAY = 5  # … stated amounts of one kind, for a median
PROOFS = 3
MOST_SKILLS, MOST_VALUES, MOST_PAY = 10, 5, 3
_MOST_MINE, _MOST_COUNTRIES, _MOST_GROUPS = 2, 3, 3
_REGIONS = ("EU27", "EUROPE", "LATAM", "APAC", "AFRICA", "MENA")

Kind = Literal["skill", "level", "type", "pay", "place"]
KINDS: Mapping[Kind, str] = {
    "skill": "Skills",
    "level": "Level",
    "type": "Employment",
    "pay": "Stated pay",
    "place": "Who may apply",
}
NEEDS: Mapping[Kind, str] = {
    "skill": "learning",
    "level": "interviews",
    "type": "applying",
    "pay": "negotiation",
    "place": "openings",
}
"""What helps with a row, by the needs of `bot.resources`."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One opening as the market counts it, as its server may see it."""

    id: int
    title: str
    company: str
    facts: Facts


_NOTHING = Evidence("title", 0, 0, "", "")


def slim(facts: Facts) -> Facts:
    """Without what proves it: 20,000 openings with every quote would hold the loop while garbage is looked for."""
    return replace(
        facts,
        place=replace(facts.place, evidence=()),
        pay=facts.pay and replace(facts.pay, evidence=()),
        level=tuple(Stated(one.value, _NOTHING) for one in facts.level),
        employment=tuple(Stated(one.value, _NOTHING) for one in facts.employment),
        skills=tuple(replace(one, evidence=_NOTHING) for one in facts.skills),
        remote_evidence=(),
        warnings=(),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One line: so many of so many. mine: it stands in their profile, too; None where that says nothing."""

    kind: Kind
    name: str
    count: int
    of: int
    proof: tuple[int, ...]
    mine: bool | None = None

    @property
    def share(self) -> float:
        return self.count / self.of

    def percent(self) -> str:
        """41 %; never 0 for something, nor 100 for not all."""
        whole = round(100 * self.share)
        if whole == 0:
            return "< 1 %"
        return "> 99 %" if whole == 100 and self.count < self.of else f"{whole} %"


@dataclass(frozen=True, slots=True)
class PayRow:
    """Stated base pay of one currency and period: the middle of each range. low, high: the quartiles.

    about: others were converted to it by the dated table and 2,080 h a year, so it is shown with ≈.
    """

    currency: str
    period: Period
    count: int
    low: float
    median: float
    high: float
    proof: tuple[int, ...]
    about: bool = False


@dataclass(frozen=True, slots=True)
class Market:
    """openings: all that were counted. pay_stated, place_stated: how many of them say it.

    knows_skills: the profile names some of which we know the name.
    """

    openings: int
    skills: tuple[Row, ...] = ()
    levels: tuple[Row, ...] = ()
    types: tuple[Row, ...] = ()
    places: tuple[Row, ...] = ()
    pay: tuple[PayRow, ...] = ()
    pay_stated: int = 0
    place_stated: int = 0
    knows_skills: bool = False

    @property
    def enough(self) -> bool:
        return self.openings >= ENOUGH


def of(openings: Sequence[Counted], profile: Profile) -> Market:
    """openings: each once, the newest first: those prove a row first."""
    mine = frozenset(found for one in profile.skills if (found := find_skill(one)))
    placed = [one for one in openings if one.facts.place.scope != "unknown"]
    return Market(
        openings=len(openings),
        skills=_rows("skill", openings, _skills, say, MOST_SKILLS, mine or None),
        levels=_rows("level", openings, _levels, LEVELS.__getitem__, MOST_VALUES),
        types=_rows("type", openings, _types, EMPLOYMENT.__getitem__, MOST_VALUES),
        places=tuple(_places(placed, may_work_in(profile))),
        pay=tuple(_pay(openings, profile.pay_currency)),
        pay_stated=sum(one.facts.pay is not None for one in openings),
        place_stated=len(placed),
        knows_skills=bool(mine),
    )


# -- shares --------------------------------------------------------------------------------------


def _skills(facts: Facts) -> Iterable[str]:
    return (one.id for one in facts.skills)


def _levels(facts: Facts) -> Iterable[str]:
    return (one.value for one in facts.level)


def _types(facts: Facts) -> Iterable[str]:
    return (one.value for one in facts.employment)


def _rows(
    kind: Kind,
    openings: Sequence[Counted],
    values: Callable[[Facts], Iterable[str]],
    label: Callable[[str], str],
    most: int,
    mine: Collection[str] | None = None,
) -> tuple[Row, ...]:
    """The most frequent values. A skill's share is of all: not to name one is an answer, too; else of who says it."""
    said = [(one, frozenset(values(one.facts))) for one in openings]
    of = len(said) if kind == "skill" else sum(bool(found) for _, found in said)
    count = Counter(value for _, found in said for value in found)
    best = sorted(count, key=lambda value: (-count[value], value))[:most]
    return tuple(
        Row(
            kind,
            label(value),
            count[value],
            of,
            _proof(one for one, found in said if value in found),
            None if mine is None else value in mine,
        )
        for value in best
    )


def _proof(openings: Iterable[Counted]) -> tuple[int, ...]:
    """The newest three, of three companies if there are so many."""
    every = list(openings)
    first = {one.company: one.id for one in reversed(every)}
    several = [one.id for one in every if first[one.company] == one.id]
    return tuple(dict.fromkeys([*several, *(one.id for one in every)]))[:PROOFS]


# -- who may apply -------------------------------------------------------------------------------


def _places(placed: Sequence[Counted], mine: Iterable[str]) -> Iterable[Row]:
    """Worldwide; my countries; those named most; groups all of whose countries may. Each counts what admits it."""

    def row(name: str, countries: Collection[str], is_mine: bool | None = None) -> Row | None:
        found = [one for one in placed if _admits_all(one.facts.place, countries)]
        return Row("place", name, len(found), len(placed), _proof(found), is_mine) if found else None

    named = Counter(code for one in placed for code in one.facts.place.countries_in)
    own = sorted(mine, key=lambda code: -named[code])[:_MOST_MINE]
    alone = _alone(placed)
    codes = [*own, *sorted(named, key=lambda code: (-alone[code], -named[code], code))]
    countries = [row(country(code), {code}, code in own or None) for code in _first(codes, own)]
    regions = {name: one for name in _REGIONS if (one := row(SAY[name], GROUPS[name]))}
    groups = sorted(_widest(regions), key=lambda one: -one.count)[:_MOST_GROUPS]
    everywhere = [one for one in placed if one.facts.place.scope == "worldwide"]
    if everywhere:
        yield Row("place", "Worldwide", len(everywhere), len(placed), _proof(everywhere))
    yield from filter(None, countries)
    yield from (one for one in groups if one.count > len(everywhere))


def _widest(regions: Mapping[str, Row]) -> Iterable[Row]:
    """A group whose share a larger one around it has as well says nothing more."""
    for name, one in regions.items():
        around = (other for other in regions if GROUPS[name] < GROUPS[other])
        if all(regions[other].count < one.count for other in around):
            yield one


def _first(codes: Sequence[str], own: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(codes))[: len(own) + _MOST_COUNTRIES]


def _alone(placed: Iterable[Counted]) -> Counter[str]:
    """Country → how many are for a few with it among them: 27 that are always named together say nothing each."""
    few = (one.facts.place.countries_in for one in placed if len(one.facts.place.countries_in) <= 3)
    return Counter(code for countries in few for code in frozenset(countries))


def _admits_all(place: Place, countries: Collection[str]) -> bool:
    """As `Place.admits` of each of them, for many openings."""
    if not frozenset(place.countries_out).isdisjoint(countries):
        return False
    if place.countries_in:
        return frozenset(place.countries_in).issuperset(countries)
    return place.scope == "worldwide" or bool(place.countries_out)


# -- pay -----------------------------------------------------------------------------------------


def _pay(openings: Sequence[Counted], wanted: str) -> Iterable[PayRow]:
    """Each currency and period by itself, those stated most first; then all together, approximately."""
    stated = [(one, pay) for one in openings if (pay := one.facts.pay) and pay.kind == "base"]
    groups: dict[tuple[str, Period], list[tuple[Counted, float]]] = {}
    for one, pay in stated:
        if pay.currency and pay.period and (amount := _middle(pay.low, pay.high)):
            groups.setdefault((pay.currency, pay.period), []).append((one, amount))
    most = sorted(groups, key=lambda kind: (-len(groups[kind]), kind))
    yield from (_pay_row(*kind, groups[kind]) for kind in most[:MOST_PAY] if len(groups[kind]) >= ENOUGH_PAY)
    if len(groups) > 1:
        together = _together(stated, wanted or most[0][0])
        if len(together) >= ENOUGH_PAY:
            yield _pay_row(wanted or most[0][0], "year", together, about=True)


def _together(stated: Iterable[tuple[Counted, Pay]], currency: str) -> list[tuple[Counted, float]]:
    found = []
    for one, pay in stated:
        converted = comparable(pay, currency, "year")
        if converted is not None and (amount := _middle(*converted[:2])):
            found.append((one, amount))
    return found


def _pay_row(
    currency: str, period: Period, stated: Sequence[tuple[Counted, float]], about: bool = False
) -> PayRow:
    low, median, high = quantiles([amount for _, amount in stated], n=4, method="inclusive")
    return PayRow(currency, period, len(stated), low, median, high, _proof(one for one, _ in stated), about)


def _middle(low: float | None, high: float | None) -> float | None:
    bounds = [bound for bound in (low, high) if bound is not None]
    return sum(bounds) / len(bounds) if bounds else None


# -- help ----------------------------------------------------------------------------------------


def resource(name: str, listed: Listed) -> Own | Resource | None:
    """The one entry of a need that helps with a row: one that names it, else the first that is still there."""
    every: list[Own | Resource] = [*listed.own, *(one for one in listed.common if not one.closed)]
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    naming = [
        one for one in every if word.search(f"{one.name} {one.words if isinstance(one, Own) else one.note}")
    ]
    return next(iter([*naming, *every]), None)


# -- words ---------------------------------------------------------------------------------------


def pay_name(one: PayRow) -> str:
    return f"{'≈ all in ' if one.about else ''}{one.currency} {each(one.period)}"


def amount(number: float, about: bool = False) -> str:
    """82 k, 82.5 k, 45, 45.50: converted ones with two figures, since the table has no more."""
    if about:
        number = float(f"{number:.2g}")
    if number >= 10_000:
        return f"{number / 1000:,.1f}".rstrip("0").rstrip(".") + " k"
    return plain(number)


def pay_words(one: PayRow) -> str:
    """ "middle 82 k, half of them 70 k to 95 k; 120 postings"."""
    low, median, high = (amount(number, one.about) for number in (one.low, one.median, one.high))
    about = "≈ " if one.about else ""
    return f"middle {about}{median}, half of them {about}{low} to {high}; {one.count} postings"


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the picture. share: 0 to 1, None where there is no bar. strong: it stands in their profile."""

    name: str
    value: str
    share: float | None
    strong: bool = False


def chapters(market: Market) -> list[tuple[str, list[Bar]]]:
    """What the picture shows, and its words hold."""
    bars: list[tuple[str, list[Bar]]] = [
        ("Skills asked for", [_bar(one) for one in market.skills[:8]]),
        ("Level", [_bar(one) for one in market.levels[:4]]),
        ("Who may apply", [_bar(one) for one in market.places[:5]]),
        ("Stated pay", [Bar(pay_name(one), _pay_short(one), None) for one in market.pay[:3]]),
    ]
    return [(name, rows) for name, rows in bars if rows]


def _bar(one: Row) -> Bar:
    return Bar(f"{one.name} ✓" if one.mine else one.name, one.percent(), one.share, bool(one.mine))


def _pay_short(one: PayRow) -> str:
    low, median, high = (amount(number, one.about) for number in (one.low, one.median, one.high))
    return f"{'≈ ' if one.about else ''}{median} ({low} to {high})"


def alt(market: Market, about: str, limit: int) -> str:
    """The picture in words: what it shows, in the same order."""
    parts = [f"What {market.openings} openings of the last {DAYS} days ask for ({about})."]
    for name, bars in chapters(market):
        rows = "; ".join(f"{bar.name.replace(' ✓', ', in your profile')} {bar.value}" for bar in bars)
        parts.append(f"{name}: {rows}.")
    return cut(" ".join(parts), limit)
