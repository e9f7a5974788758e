"""Two people are brought together only when nothing on either side speaks against it."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.people.guards import Guard, meetings_of
from bot.people.may_meet import Meeting, may_meet
from bot.text import company_key

PEOPLE = range(1, 6)
COMPANIES = ("Acme GmbH", "ACME", "Umbrella, Inc.", "umbrella", "Globex")
people = st.sampled_from(PEOPLE)
guards = st.lists(
    st.one_of(
        st.tuples(people, st.sampled_from(("employer", "company")), st.sampled_from(COMPANIES)),
        st.tuples(people, st.just("member"), people.map(str)),
    ),
    max_size=8,
)
blocks = st.lists(st.tuples(people, people), max_size=4)
Written = list[tuple[int, str, str]]


def meetings(written: Written, blocked: list[tuple[int, int]]) -> dict[int, Meeting]:
    """As the flow gathers them: companies by their comparable names."""
    kept = []
    for number, (whose, kind, name) in enumerate(written):
        mark = name if kind == "member" else company_key(name)
        kept.append((whose, Guard(number, kind, mark, name)))  # type: ignore[arg-type]
    return meetings_of(PEOPLE, kept, blocked)


def speaks_against(one: int, other: int, written: Written, blocked: list[tuple[int, int]]) -> bool:
    """The oracle, written out case by case and by hand: acme and umbrella have two spellings each."""
    alike = {"Acme GmbH": "a", "ACME": "a", "Umbrella, Inc.": "u", "umbrella": "u", "Globex": "g"}

    def companies(whose: int, kind: str) -> list[str]:
        return [alike[name] for who, of, name in written if who == whose and of == kind]

    for me, you in ((one, other), (other, one)):
        if (me, you) in blocked or (me, "member", str(you)) in written:
            return True
        for employer in companies(you, "employer"):
            if employer in companies(me, "company") or employer in companies(me, "employer"):
                return True
    return one == other


@given(guards, blocks)
def test_it_is_what_a_naive_reader_of_all_lists_says(
    written: Written, blocked: list[tuple[int, int]]
) -> None:
    """For any lists and any two people: blocks, guarded members, guarded and shared employers, both ways."""
    found = meetings(written, blocked)
    for one, other in product(PEOPLE, PEOPLE):
        expected = not speaks_against(one, other, written, blocked)
        assert may_meet(found[one], found[other]) is expected


@given(guards, blocks)
def test_it_is_symmetric_and_never_oneself(written: Written, blocked: list[tuple[int, int]]) -> None:
    """Whoever is asked first, the answer is the same; nobody meets themselves."""
    found = meetings(written, blocked)
    for one, other in product(PEOPLE, PEOPLE):
        assert may_meet(found[one], found[other]) == may_meet(found[other], found[one])
    assert not any(may_meet(found[one], found[one]) for one in PEOPLE)


def test_nobody_who_wrote_nothing_is_kept_apart() -> None:
    """Without lists everybody may meet everybody else."""
    found = meetings([], [])
    assert all(may_meet(found[a], found[b]) for a, b in product(PEOPLE, PEOPLE) if a != b)


def test_a_guard_against_a_company_keeps_its_people_away_and_no_others() -> None:
    """One guards against Acme, another works there, a third guards against it as well."""
    found = meetings([(1, "company", "ACME"), (2, "employer", "Acme GmbH"), (3, "company", "ACME")], [])
    assert not may_meet(found[1], found[2])
    assert may_meet(found[1], found[3]) and may_meet(found[2], found[4])
