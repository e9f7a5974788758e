"""Who may read for whom in one round, and what is said of those for whom there are too few. Pure.

What is said of somebody who is short comes from what was asked and offered alone. Blocks, guards, employers, vetoes
and earlier rounds decide who is short and never a word of it, so that no word can tell of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bot.people.languages import language_name
from bot.people.may_meet import Meeting, may_meet
from bot.people.members import Profile
from bot.reviews.fit import MOST, Reading, fit, moved, primary
from bot.reviews.matching.instance import Instance, Pair, Person

EVERYBODY_READS = "en"  # who told no language is taken to read this one and the server's


@dataclass(frozen=True, slots=True)
class Wanting:
    """A request that waits for readers. kind: a rubric's. language: a BCP 47 tag.

    least: the score that a pair must have; for an hourly tick, which waits for very good ones first.
    """

    request_id: int
    author_id: int
    kind: str
    language: str
    needs: int
    waited_days: int
    least: int = 0

    def __post_init__(self) -> None:
        if min(self.needs, self.waited_days) < 0 or not 0 <= self.least <= MOST:
            raise ValueError(f"out of range: {self}")


@dataclass(frozen=True, slots=True)
class Offering:
    """What somebody would read. languages: BCP 47 tags; none: English and the server's language.

    may_read: account and membership are old enough. clarity_only: a newcomer, who reads beside another and never
    instead of one.
    """

    reader_id: int
    capacity: int
    kinds: frozenset[str]
    languages: tuple[str, ...] = ()
    may_read: bool = True
    clarity_only: bool = False

    def __post_init__(self) -> None:
        if self.capacity < 0:
            raise ValueError(f"out of range: {self}")


@dataclass(frozen=True, slots=True)
class Table:
    """A round. meetings: of everybody who is still here; who is missing neither gets nor gives. language: the
    server's. apart: (author, reader) who are not brought together again, or not this time: history, declines, vetoes.
    """

    wanting: tuple[Wanting, ...]
    offering: tuple[Offering, ...]
    readings: Mapping[int, Reading]
    meetings: Mapping[int, Meeting]
    apart: frozenset[tuple[int, int]] = frozenset()
    language: str = EVERYBODY_READS

    def reading(self, user_id: int) -> Reading:
        """Of somebody who told nothing: an empty one."""
        return self.readings.get(user_id) or Reading(user_id, Profile())


def askers(table: Table) -> tuple[Wanting, ...]:
    """One request of each author who is still here, by id; of several the first."""
    mine: dict[int, Wanting] = {}
    for one in sorted(table.wanting, key=lambda one: (one.author_id, one.request_id)):
        if one.author_id in table.meetings and one.needs:
            mine.setdefault(one.author_id, one)
    return tuple(mine.values())


def readers(table: Table) -> tuple[Offering, ...]:
    """Who can fill a slot, by id."""
    return tuple(one for one in _offers(table) if not one.clarity_only)


def _offers(table: Table) -> Iterable[Offering]:
    """One offer of each who may read and is still here, by id; of several the most careful."""
    mine: dict[int, Offering] = {}
    for one in sorted(table.offering, key=_careful):
        if one.reader_id in table.meetings:
            mine.setdefault(one.reader_id, one)
    return [one for one in mine.values() if one.may_read and one.capacity]


def _careful(one: Offering) -> tuple[object, ...]:
    return one.reader_id, one.may_read, not one.clarity_only, one.capacity, sorted(one.kinds), one.languages


def reads(table: Table, offer: Offering) -> frozenset[str]:
    """Primary languages."""
    return frozenset(map(primary, offer.languages or (EVERYBODY_READS, table.language)))


# -- pairs ---------------------------------------------------------------------------------------


def pairs(table: Table) -> Iterator[Pair]:
    """Every pair that is allowed, with its score: (author, reader, score), by ids."""
    offers = [(one, reads(table, one)) for one in readers(table)]
    for want in askers(table):
        language, author = primary(want.language), table.reading(want.author_id)
        may = together(table, want.author_id)
        for offer, languages in offers:
            if language in languages and want.kind in offer.kinds and may(offer.reader_id):
                reader = table.reading(offer.reader_id)
                score = moved(fit(author, reader, want.language).score, reader.record)
                if score >= want.least:
                    yield want.author_id, offer.reader_id, score


def together(table: Table, author_id: int) -> Callable[[int], bool]:
    """May this reader be brought together with this author, in this round? False for oneself."""
    me, meetings, apart = table.meetings[author_id], table.meetings, table.apart

    def may(reader_id: int) -> bool:
        return (author_id, reader_id) not in apart and may_meet(me, meetings[reader_id])

    return may


def people(table: Table) -> tuple[Person, ...]:
    """Everybody who asks or reads, by id."""
    wants = {one.author_id: one for one in askers(table)}
    gives = {one.reader_id: one.capacity for one in readers(table)}
    return tuple(
        Person(one, want.needs if want else 0, gives.get(one, 0), want.waited_days if want else 0)
        for one in sorted(wants.keys() | gives.keys())
        for want in (wants.get(one),)
    )


def instance(table: Table, seed: str | int) -> Instance:
    """All of it, for the solver."""
    return Instance(seed, people(table), tuple(pairs(table)))


def beside(table: Table, served: Collection[int]) -> Table:
    """The round of those who read for clarity only: one of them at most for each author who has a reader already."""
    return replace(
        table,
        wanting=tuple(replace(one, needs=1) for one in askers(table) if one.author_id in served),
        offering=tuple(replace(one, clarity_only=False) for one in _offers(table) if one.clarity_only),
    )


# -- who is short --------------------------------------------------------------------------------

CauseKind = Literal["language", "kind", "both", "few", "scarce", "room"]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why there are too few readers, as far as anybody may be told. language, about, needs: of the request; about is
    its kind."""

    kind: CauseKind
    language: str
    about: str
    needs: int


@dataclass(frozen=True, slots=True)
class Lack:
    """Somebody who gets fewer reviews than they need; missing: how many, at least 1. For a moderator.

    To the author there is one answer, whatever the cause: nobody fits this week.
    """

    author_id: int
    missing: int
    cause: Cause


def lacks(table: Table, got: Mapping[int, int]) -> tuple[Lack, ...]:
    """Everybody who got too few, by id. got: author → readers."""
    wants = askers(table)
    short = [one for one in wants if got.get(one.author_id, 0) < one.needs]
    if not short:
        return ()
    offers = {one.reader_id: (one, reads(table, one)) for one in readers(table)}
    scarce = sum(one.needs for one in wants) > sum(one.capacity for one, _ in offers.values())
    known = _Offered(offers)
    return tuple(
        Lack(one.author_id, one.needs - got.get(one.author_id, 0), known.cause(one, scarce)) for one in short
    )


class _Offered:
    """What is offered to everybody, as if all might meet."""

    def __init__(self, offers: Mapping[int, tuple[Offering, frozenset[str]]]) -> None:
        self._offers = offers
        all_offers = list(offers.values())
        self._kinds = Counter(kind for one, _ in all_offers for kind in one.kinds)
        self._languages = Counter(language for _, some in all_offers for language in some)
        self._both = Counter(
            (kind, language) for one, some in all_offers for kind in one.kinds for language in some
        )

    def cause(self, want: Wanting, scarce: bool) -> Cause:
        return Cause(self._why(want, scarce), want.language, want.kind, want.needs)

    def _why(self, want: Wanting, scarce: bool) -> CauseKind:
        """The first that is true; each is, whoever may not meet: that only ever leaves fewer readers."""
        language = primary(want.language)
        mine, my_languages = self._offers.get(want.author_id, (None, frozenset[str]()))
        my_kind = mine is not None and want.kind in mine.kinds
        my_language = language in my_languages
        others = self._both[want.kind, language] - (my_kind and my_language)
        if not self._languages[language] - my_language:
            return "language"
        if not self._kinds[want.kind] - my_kind:
            return "kind"
        if not others:
            return "both"
        if others < want.needs:
            return "few"
        return "scarce" if scarce else "room"


def said(cause: Cause) -> str:
    """In plain English."""
    language = language_name(cause.language)
    match cause.kind:
        case "language":
            return f"nobody else in this round reads {language}"
        case "kind":
            return f"nobody else in this round reads this kind: {cause.about}"
        case "both":
            return f"nobody else in this round reads this kind in {language}: {cause.about}"
        case "few":
            return (
                f"fewer than {cause.needs} others in this round read this kind in {language}: {cause.about}"
            )
        case "scarce":
            return "more reviews are asked for than offered in this round"
        case "room":
            return "nobody else who fits has room in this round"
