"""A whole round: what holds of every one, through a real worker too, and as large as it may become."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given

from benchmarks import people as invented
from bot.people.may_meet import Meeting, may_meet
from bot.people.members import FIELDS, LEVELS, PROFILE_FIELDS, Profile
from bot.reviews.candidates import matched
from bot.reviews.draw import ALL_PAIRS, Chosen, Drawn, draw, seconds_for
from bot.reviews.fit import Reading
from bot.reviews.pool import Offering, Table, Wanting, askers, readers
from bot.workers import Pool
from tests import proofs
from tests.reviews.test_pool import offer, table, tables, want

LANGUAGES = ("en", "es", "pt-BR", "fr")  # of benchmarks/people.py's four


def invented_round(count: int, seed: int = invented.SEED, *, scarce: bool = False) -> Table:
    """Members of benchmarks/people.py, each of whom wants two reviews and gives two, with blocks and history."""
    dice = Random(f"draw/{count}/{seed}/{scarce}")
    members = dict(enumerate(invented.members(count, dice), start=1))
    blocked: dict[int, set[int]] = {one: set() for one in members}
    for _ in range(count // 2):
        blocked[dice.randint(1, count)].add(dice.randint(1, count))
    return Table(
        wanting=tuple(
            Wanting(one, one, "resume", LANGUAGES[member.writes], 2, dice.randint(0, 30) if scarce else 0)
            for one, member in members.items()
        ),
        offering=tuple(
            Offering(one, 1 if scarce and dice.random() < 1 / 3 else 2, frozenset({"resume"}), _reads(member))
            for one, member in members.items()
        ),
        readings={one: Reading(one, _profile(member), member.zone * 30) for one, member in members.items()},
        meetings={one: Meeting(one, blocked=frozenset(some)) for one, some in blocked.items()},
        apart=frozenset(
            (one, other) for one in members for other in dice.sample(range(1, count + 1), min(6, count // 4))
        ),
    )


def _reads(member: invented.Member) -> tuple[str, ...]:
    return tuple(tag for number, tag in enumerate(LANGUAGES) if member.reads >> number & 1)


def _profile(member: invented.Member) -> Profile:
    return Profile(
        field=list(FIELDS)[member.field],
        level=list(LEVELS)[member.level],
        skills=tuple(f"skill {number}" for number in range(200) if member.skills >> number & 1),
        languages=(LANGUAGES[member.first],),
        shown=dict.fromkeys(PROFILE_FIELDS, "pairs"),
    )


# -- what always holds ---------------------------------------------------------------------------


def never_wrong(some: Table, drawn: Drawn) -> None:
    """Of every round: nobody reads for themselves, for whom they may not meet, twice, too much, or by mistake."""
    asked = {one.author_id: one for one in askers(some)}
    room = {one.reader_id: one.capacity for one in readers(some)}
    gets, gives = (
        Counter(one.author_id for one in drawn.chosen),
        Counter(one.reader_id for one in drawn.chosen),
    )
    assert all(count <= asked[author].needs for author, count in gets.items())
    assert all(count <= room[reader] for reader, count in gives.items())
    both = [*drawn.chosen, *drawn.beside]
    assert len({(one.author_id, one.reader_id) for one in both}) == len(both)
    for one in both:
        assert may_meet(some.meetings[one.author_id], some.meetings[one.reader_id])
        assert (one.author_id, one.reader_id) not in some.apart
        assert one.request_id == asked[one.author_id].request_id
        assert asked[one.author_id].least <= one.score <= 1000
        assert 2 <= len(one.reasons) <= 3
    missing = {one.author_id: one.needs - gets[one.author_id] for one in asked.values()}
    assert {one.author_id: one.missing for one in drawn.short} == {a: n for a, n in missing.items() if n}
    figures = drawn.figures
    assert (figures.filled, figures.served) == (len(drawn.chosen), len(gets))
    assert (figures.wanted, figures.offered) == (sum(one.needs for one in asked.values()), sum(room.values()))
    assert figures.sum == sum(one.score for one in drawn.chosen)
    assert figures.worst == min((one.score for one in drawn.chosen), default=0)


@given(tables())
def test_a_round_breaks_no_rule(some: Table) -> None:
    """By all pairs and by candidates; the same each time."""
    for all_pairs in (ALL_PAIRS, 0):
        drawn = draw(some, "seed", all_pairs)
        never_wrong(some, drawn)
        assert draw(some, "seed", all_pairs) == drawn


@given(tables())
def test_a_newcomer_reads_beside_somebody(some: Table) -> None:
    """Each author has one of them at most, and only together with a reader who is none."""
    drawn = draw(some, "seed")
    served = {one.author_id for one in drawn.chosen}
    authors = [one.author_id for one in drawn.beside]
    assert len(set(authors)) == len(authors)
    assert set(authors) <= served
    assert {one.reader_id for one in drawn.beside}.isdisjoint({one.reader_id for one in drawn.chosen})


@given(tables())
def test_a_word_never_tells_of_a_wall(some: Table) -> None:
    """With all walls down, whoever is short all the same is told of in the same words."""
    open_table = replace(some, meetings={one: Meeting(one) for one in some.meetings}, apart=frozenset())
    causes = {one.author_id: one.cause for one in draw(some, 1).short}
    others = {one.author_id: one.cause for one in draw(open_table, 1).short}
    assert all(causes[one] == others[one] for one in causes.keys() & others.keys())


def test_an_hourly_tick_waits_for_very_good_pairs() -> None:
    """Who asked a moment ago gets pairs of at least that score, who waited a day gets any."""
    some = table([replace(want(1), least=700), want(2)], [offer(3), offer(4)])
    assert [(one.author_id, one.reader_id) for one in draw(some, 1).chosen] == [(2, 3), (2, 4)]


def test_nobody() -> None:
    """An empty round is an empty answer."""
    drawn = draw(table([], []), 1)
    assert (drawn.chosen, drawn.beside, drawn.short, drawn.figures.filled) == ((), (), (), 0)


# -- in a worker ---------------------------------------------------------------------------------


async def test_a_worker_draws_the_same() -> None:
    """Through a real child, with its limits: values go in, the same values come out."""
    pool = Pool(size=1)
    try:
        for some, all_pairs in ((invented_round(60), ALL_PAIRS), (invented_round(60, scarce=True), 0)):
            call = ("bot.reviews.draw:draw", some, "seed", all_pairs)
            drawn = await pool.call(*call, timeout_s=seconds_for(60))
            assert drawn == draw(some, "seed", all_pairs)
            assert isinstance(drawn.chosen[0], Chosen)
    finally:
        await pool.close()


def test_the_limit_grows_with_the_round() -> None:
    """Some seconds for anybody, minutes for thousands."""
    limits = [seconds_for(members) for members in (0, 400, 1_000, 5_000)]
    assert limits == sorted(limits)
    assert limits[0] >= 10
    assert limits[-1] <= 600


# -- large rounds --------------------------------------------------------------------------------


@pytest.mark.proof
@pytest.mark.parametrize("scarce", [False, True])
def test_a_large_round(scarce: bool, record_property: Callable[[str, object], None]) -> None:
    """By candidates: every goal but the sum as on all pairs, the sum nearly."""
    count = proofs.size(150, 1_000)
    some = invented_round(count, scarce=scarce)
    started = time.process_time()
    drawn = draw(some, "seed", 0)
    seconds = time.process_time() - started
    never_wrong(some, drawn)
    whole = matched(some, "seed", count * count)
    figures = drawn.figures
    assert (figures.filled, figures.served) == (whole.filled, whole.served)
    assert (figures.waited, figures.worst) == (whole.waited, whole.worst)
    assert figures.sum * 1000 >= whole.sum * 999
    record_property("promise", "A large round is as good as with all pairs")
    share = 100 * figures.sum / whole.sum
    words = f"{count:,} members: {share:.2f} % of the best sum, all else equal, {seconds:.1f} s"
    record_property("figure", words)
