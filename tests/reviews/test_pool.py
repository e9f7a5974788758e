"""Who may read for whom: every rule, every kind of bad input, and words that tell of nobody's blocks."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.may_meet import Meeting, may_meet
from bot.people.members import FIELDS, LEVELS, Profile
from bot.reviews.fit import Reading, Record, fit, moved
from bot.reviews.matching.solve import solve
from bot.reviews.pool import (
    CauseKind,
    Lack,
    Offering,
    Table,
    Wanting,
    askers,
    beside,
    instance,
    lacks,
    pairs,
    people,
    readers,
    reads,
    said,
)

ALL = frozenset({"resume", "letter"})
LANGUAGES = ("en", "pt", "pt-BR", "de")


def want(author_id: int, *, kind: str = "resume", language: str = "en", needs: int = 2) -> Wanting:
    return Wanting(author_id * 10, author_id, kind, language, needs, waited_days=0)


def offer(reader_id: int, *, capacity: int = 2, languages: tuple[str, ...] = ("en",)) -> Offering:
    return Offering(reader_id, capacity, ALL, languages)


def table(
    wanting: list[Wanting],
    offering: list[Offering],
    meetings: list[Meeting] | None = None,
    apart: set[tuple[int, int]] | None = None,
) -> Table:
    """A round of people who told nothing of themselves, and of whom nobody blocks anybody but by `meetings`."""
    ids = {one.author_id for one in wanting} | {one.reader_id for one in offering}
    plain = {one: Meeting(one) for one in ids} | {one.user_id: one for one in meetings or ()}
    return Table(tuple(wanting), tuple(offering), {}, plain, frozenset(apart or ()))


def two_of(some: Table) -> set[tuple[object, object]]:
    return {(author, reader) for author, reader, _ in pairs(some)}


@st.composite
def tables(draw: st.DrawFn, most: int = 12, least: int = 0) -> Table:
    """Rounds in which everything happens that can: blocks, guards, employers, vetoes, newcomers, who is too young,
    who left, who told nothing, duplicates, plenty and scarcity."""
    random = Random(draw(st.integers(0, 2**32)))
    ids = random.sample(range(1, 10_000), draw(st.integers(least, most)))
    blocked, apart = random.choice([0.0, 0.1, 0.5]), random.choice([0.0, 0.2])
    pick = random.choice([LANGUAGES, ("en",)])
    return Table(
        wanting=tuple(_want(one, random, pick) for one in _some(ids, random, 0.8)),
        offering=tuple(_offer(one, random, pick) for one in _some(ids, random, 0.8)),
        readings={one: reading(one, random) for one in _some(ids, random, 0.9)},
        meetings=meetings_of(ids, random, blocked),
        apart=frozenset((a, b) for a in ids for b in ids if random.random() < apart),
        language=random.choice(["en", "de"]),
    )


def _some(ids: list[int], random: Random, share: float) -> list[int]:
    """Some of them, and now and then one twice."""
    some = [one for one in ids if random.random() < share]
    return some + [one for one in some if random.random() < 0.05]


def _want(author_id: int, random: Random, languages: tuple[str, ...]) -> Wanting:
    return Wanting(
        request_id=random.randrange(1000),
        author_id=author_id,
        kind=random.choice(["resume", "resume", "letter"]),
        language=random.choice(languages),
        needs=random.choice([0, 1, 2, 2, 3]),
        waited_days=random.choice([0, 0, 1, 7]),
        least=random.choice([0, 0, 0, 300]),
    )


def _offer(reader_id: int, random: Random, languages: tuple[str, ...]) -> Offering:
    return Offering(
        reader_id=reader_id,
        capacity=random.choice([0, 1, 2, 2, 4]),
        kinds=frozenset(random.sample(["resume", "letter"], random.choice([0, 1, 2, 2]))),
        languages=tuple(random.sample(languages, random.randint(0, min(2, len(languages))))),
        may_read=random.random() < 0.9,
        clarity_only=random.random() < 0.15,
    )


def reading(user_id: int, random: Random) -> Reading:
    profile = Profile(
        field=random.choice(["", *FIELDS]),
        level=random.choice(["", *LEVELS]),
        skills=tuple(random.sample("ABCDEFGHIJ", random.randint(0, 6))),
        languages=tuple(random.sample(LANGUAGES, random.randint(0, 2))),
    )
    record = Record((random.randint(0, 3000), 3000), (random.randint(0, 500), 500))
    return Reading(user_id, profile, random.choice([None, 0, 90, -480, 780]), record)


def meetings_of(ids: list[int], random: Random, blocked: float) -> dict[int, Meeting]:
    """Of nearly all; some are not here any more."""
    companies = ["acme", "globex", "initech"]

    def some_ids() -> frozenset[int]:
        return frozenset(one for one in ids if random.random() < blocked / 4)

    def some_companies() -> frozenset[str]:
        return frozenset(one for one in companies if random.random() < blocked)

    return {
        one: Meeting(one, some_companies(), some_companies(), some_ids(), some_ids())
        for one in ids
        if random.random() < 0.95
    }


# -- pairs ---------------------------------------------------------------------------------------


@given(tables())
def test_every_pair_is_allowed_and_none_is_missing(some: Table) -> None:
    """By the rules' own words: two different people who may meet, the language, the kind, room, age, history."""
    found = {(author, reader): score for author, reader, score in pairs(some)}
    given = {one.author_id: one for one in askers(some)}
    offers = {one.reader_id: one for one in readers(some)}
    for author_id, asked in given.items():
        for reader_id, offered in offers.items():
            known = offered.languages or ("en", some.language)
            one, other = some.reading(author_id), some.reading(reader_id)
            score = moved(fit(one, other, asked.language).score, other.record)
            allowed = (
                author_id != reader_id
                and may_meet(some.meetings[author_id], some.meetings[reader_id])
                and any(tag.split("-")[0] == asked.language.split("-")[0] for tag in known)
                and asked.kind in offered.kinds
                and (author_id, reader_id) not in some.apart
                and score >= asked.least
            )
            assert found.get((author_id, reader_id)) == (score if allowed else None)
    assert len(list(pairs(some))) == len(found)


@given(tables())
def test_who_takes_part(some: Table) -> None:
    """One row a person; nobody who left, is too young, has no room or reads for clarity only can fill a slot."""
    everybody = [one.id for one in people(some)]
    assert everybody == sorted(set(everybody))
    assert set(everybody) <= some.meetings.keys()
    by_id = {one.reader_id for one in some.offering if one.may_read and one.capacity and not one.clarity_only}
    assert {one.reader_id for one in readers(some)} <= by_id
    assert all(one.needs for one in askers(some))


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_tells_nothing(some: Table, random: Random) -> None:
    """However the rows are listed, also those that stand there twice."""
    wanting, offering = list(some.wanting), list(some.offering)
    random.shuffle(wanting)
    random.shuffle(offering)
    other = replace(some, wanting=tuple(wanting), offering=tuple(offering))
    assert instance(other, 1) == instance(some, 1)


def test_languages_of_who_told_none() -> None:
    """English and the server's; who told some reads those alone."""
    some = replace(table([], []), language="pt-BR")
    assert reads(some, offer(1, languages=())) == {"en", "pt"}
    assert reads(some, offer(1, languages=("de",))) == {"de"}


def test_two_requests_of_one_author() -> None:
    """The first counts; a second one must wait for its turn."""
    first, second = want(1), replace(want(1), request_id=99, kind="letter")
    assert askers(table([second, first], [])) == (first,)


def test_history_is_of_author_and_reader() -> None:
    """Who read for me is not asked again; I may still read for them."""
    some = table([want(1), want(2)], [offer(1), offer(2)], apart={(1, 2)})
    assert two_of(some) == {(2, 1)}


@pytest.mark.parametrize("count", range(4))
def test_small_pools(count: int) -> None:
    """None, one, two or three people: who can be served is, and nothing fails."""
    ids = range(1, count + 1)
    found = solve(instance(table([want(one) for one in ids], [offer(one) for one in ids]), 1))
    assert found.filled == count * (count - 1)


def test_everybody_blocked() -> None:
    """No pair at all, and each is told of as anybody without readers."""
    ids = range(1, 5)
    walls = [Meeting(one, blocked=frozenset(ids)) for one in ids]
    some = table([want(one) for one in ids], [offer(one) for one in ids], walls)
    assert not two_of(some)
    assert [(one.missing, said(one.cause)) for one in lacks(some, {})] == [
        (2, "nobody else who fits has room in this round")
    ] * 4


@pytest.mark.parametrize("wrong", [(-1, 0, 0), (1, -1, 0), (1, 0, -1), (1, 0, 1001)])
def test_impossible_requests_are_refused(wrong: tuple[int, int, int]) -> None:
    """Fewer than no reviews or days, a score that no pair can have."""
    with pytest.raises(ValueError, match="out of range"):
        Wanting(1, 1, "resume", "en", *wrong)


def test_an_impossible_offer_is_refused() -> None:
    """Less than no room."""
    with pytest.raises(ValueError, match="out of range"):
        offer(1, capacity=-1)


# -- who reads for clarity only ------------------------------------------------------------------


@given(tables())
def test_a_newcomer_never_fills_a_slot(some: Table) -> None:
    """They are in no pair of the round; beside it each author who has a reader gets one of them at most."""
    newcomers = {one.reader_id for one in some.offering if one.clarity_only}
    full = {one.reader_id for one in some.offering if not one.clarity_only}
    assert not {reader for _, reader in two_of(some)} & (newcomers - full)
    served = {author for author, _, _ in solve(instance(some, 1)).assignments}
    extra = beside(some, {int(one) for one in served})
    rows = solve(instance(extra, 1)).assignments
    assert {author for author, _, _ in rows} <= served
    assert {reader for _, reader, _ in rows} <= newcomers
    assert len({author for author, _, _ in rows}) == len(rows)
    assert {reader for _, reader in two_of(extra)}.isdisjoint({reader for _, reader in two_of(some)})


# -- who is short --------------------------------------------------------------------------------


def why(some: Table, author_id: int = 1) -> tuple[CauseKind, str]:
    found = {one.author_id: one.cause for one in lacks(some, {})}
    return found[author_id].kind, said(found[author_id])


PT, DE = ("pt",), ("de",)
CASES: dict[CauseKind, tuple[str, list[Offering]]] = {
    "language": ("nobody else in this round reads Portuguese", [offer(2), offer(1, languages=PT)]),
    "kind": (
        "nobody else in this round reads this kind: resume",
        [replace(offer(2, languages=PT), kinds=frozenset({"letter"}))],
    ),
    "both": (
        "nobody else in this round reads this kind in Portuguese: resume",
        [replace(offer(2, languages=PT), kinds=frozenset({"letter"})), offer(3)],
    ),
    "few": (
        "fewer than 2 others in this round read this kind in Portuguese: resume",
        [offer(2, languages=PT), offer(3, languages=DE), offer(1, languages=PT)],
    ),
    "scarce": (
        "more reviews are asked for than offered in this round",
        [offer(2, capacity=1, languages=PT), offer(3, capacity=1, languages=PT)],
    ),
    "room": (
        "nobody else who fits has room in this round",
        [offer(2, languages=PT), offer(3, languages=PT)],
    ),
}


@pytest.mark.parametrize("kind", CASES)
def test_each_cause(kind: CauseKind) -> None:
    """A round in which it is the cause for somebody whose resume is in Portuguese."""
    words, offers = CASES[kind]
    asked = [want(1, language="pt"), want(9, language="de", needs=1)]
    assert why(table(asked, offers)) == (kind, words)


@given(tables())
def test_causes_are_true(some: Table) -> None:
    """Whatever is said of somebody holds in the best answer, with all blocks there are."""
    found = solve(instance(some, 1))
    got = {one.author_id: 0 for one in askers(some)}
    gives = {one.reader_id: one.capacity for one in readers(some)}
    for author, reader, _ in found.assignments:
        got[int(author)] += 1
        gives[int(reader)] -= 1
    short = lacks(some, got)
    by_id = {one.author_id: one for one in askers(some)}
    assert {one.author_id: one.missing for one in short} == {int(one.id): one.missing for one in found.short}
    allowed, given = two_of(some), {row[:2] for row in found.assignments}
    for one in short:
        mine = {reader for author, reader in allowed if author == one.author_id}
        if one.cause.kind in ("language", "kind", "both"):
            assert not mine
        elif one.cause.kind == "few":
            assert len(mine) < by_id[one.author_id].needs
        elif one.cause.kind == "room":
            assert not any(gives[int(str(who))] for who in mine if (one.author_id, who) not in given)
        else:
            assert sum(row.needs for row in by_id.values()) > sum(row.capacity for row in readers(some))


@given(tables(), st.randoms(use_true_random=False))
def test_causes_tell_nothing_of_who_may_not_meet(some: Table, random: Random) -> None:
    """Whatever people block, guard, work at, whatever moderators veto and rounds went before: with the same asked and
    offered, each has the same words whenever they are short. Only who is short may differ."""
    walls = meetings_of(list(some.meetings), random, random.choice([0.0, 0.3, 1.0]))
    walls = {one: walls.get(one, Meeting(one)) for one in some.meetings}
    other = replace(some, meetings=walls, apart=frozenset(), readings={})
    assert _causes(some, _got(some)).items() <= _causes(other, {}).items()
    assert _causes(other, _got(other)).items() <= _causes(some, {}).items()


def _got(some: Table) -> dict[int, int]:
    got: dict[int, int] = {}
    for author, _, _ in solve(instance(some, 1)).assignments:
        got[int(author)] = got.get(int(author), 0) + 1
    return got


def _causes(some: Table, got: dict[int, int]) -> dict[int, tuple[object, str]]:
    found: tuple[Lack, ...] = lacks(some, got)
    return {one.author_id: (one.cause, said(one.cause)) for one in found}


def test_one_block_more() -> None:
    """The same words for who is short because somebody blocked them and for who is short because all are busy."""
    offers = [offer(3, capacity=2), offer(4, capacity=2)]
    busy = table([want(1), want(2)], [*offers])
    walled = replace(busy, meetings={**busy.meetings, 3: Meeting(3, blocked=frozenset({1}))})
    assert _causes(busy, {1: 1, 2: 2}) == _causes(walled, {1: 1, 2: 2})
    assert len(_causes(busy, {1: 1, 2: 2})) == 1
