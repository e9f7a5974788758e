"""Who reads a case, and what becomes of it: the rules."""

from __future__ import annotations

import itertools
import secrets
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.moderation.rights import Person
from bot.people import cases
from bot.people.cases import Case, Concerns, Desk, Report, a_number, audience, may_read, readers_of, turned
from bot.refusals import Refusal
from tests.fakes import Clock

NOW = Clock().now
OWNER, SECOND, ROLE = 1, 2, 77
PEOPLE = [None, OWNER, SECOND, 3, 4]
DESKS = st.builds(
    Desk,
    owner_id=st.just(OWNER),
    role_id=st.sampled_from([None, ROLE]),
    second_id=st.sampled_from([None, OWNER, SECOND, 3]),
)


def person(number: int, *, manages: bool = False, safety: bool = False) -> Person:
    return Person(number, 1, manages, owner=number == OWNER, role_ids=frozenset({ROLE} if safety else {}))


def report(concerns: Concerns = "nobody", about_id: int | None = 3) -> Report:
    return Report("He wrote things.", concerns, "Remote together", about_id)


def case(readers: cases.Readers = "safety", about_id: int | None = 3, **given: object) -> Case:
    kept = Case(1, 1, 7, 9, about_id, "words", None, None, "", readers, "open", None, NOW, NOW)
    return replace(kept, **given)


@given(
    DESKS,
    st.sampled_from(get_args(Concerns)),
    st.sampled_from(PEOPLE),
    st.sampled_from([1, 2, 3, 4]),
    st.booleans(),
    st.booleans(),
)
def test_a_case_never_shows_to_whom_it_is_about(
    desk: Desk, concerns: Concerns, about_id: int | None, number: int, manages: bool, safety: bool
) -> None:
    """Whatever they hold; and what concerns the owner never shows to the owner, named or not."""
    about = None if about_id is None else person(about_id, manages=manages, safety=safety)
    kept = case(readers_of(report(concerns, about_id), about, desk), about_id)
    reader = person(number, manages=manages, safety=safety)
    if number == about_id or (concerns == "owner" and number == OWNER):
        assert not may_read(kept, reader, desk)


@given(DESKS, st.sampled_from(get_args(Concerns)), st.sampled_from(PEOPLE), st.booleans())
def test_what_is_about_a_moderator_has_one_reader(
    desk: Desk, concerns: Concerns, about_id: int | None, manages: bool
) -> None:
    """The owner alone, or the second contact alone; those who hold the role only where there is no second contact."""
    about = None if about_id is None else person(about_id, manages=manages)
    chosen = readers_of(report(concerns, about_id), about, desk)
    staff = about_id is not None and (manages or about_id in (OWNER, desk.second_id))
    if concerns == "nobody" and not staff:
        assert chosen == "safety"
        return
    around = audience(chosen, about_id, desk)
    if around.role_id is None:
        holders = [person(n, manages=True, safety=True) for n in (1, 2, 3, 4)]
        assert sum(may_read(case(chosen, about_id), one, desk) for one in holders) <= 1
    else:
        assert desk.second_id in (None, OWNER, about_id) and OWNER in around.never


@pytest.mark.parametrize(
    ("desk", "concerns", "about_id", "readers"),
    [
        (Desk(OWNER), "nobody", 3, {OWNER}),
        (Desk(OWNER, ROLE), "nobody", 3, {4}),
        (Desk(OWNER, ROLE, SECOND), "moderator", None, {OWNER}),
        (Desk(OWNER, ROLE, SECOND), "owner", None, {SECOND}),
        (Desk(OWNER, ROLE, SECOND), "nobody", OWNER, {SECOND}),
        (Desk(OWNER, ROLE, SECOND), "nobody", 4, {OWNER}),  # 4 holds the role
        (Desk(OWNER, ROLE, SECOND), "nobody", SECOND, {OWNER}),
        (Desk(OWNER, ROLE), "owner", OWNER, {4}),
        (Desk(OWNER, ROLE, OWNER), "owner", None, {4}),
        (Desk(OWNER), "owner", None, set()),
        (Desk(OWNER), "nobody", OWNER, set()),
    ],
)
def test_who_reads_it(desk: Desk, concerns: Concerns, about_id: int | None, readers: set[int]) -> None:
    """1 owns the server, 2 is the second contact, 3 a member, 4 holds the safety role."""
    everybody = {n: person(n, safety=n == 4) for n in (1, 2, 3, 4)}
    about = None if about_id is None else everybody[about_id]
    kept = case(readers_of(report(concerns, about_id), about, desk), about_id)
    assert {n for n, one in everybody.items() if may_read(kept, one, desk)} == readers


def test_a_server_that_changed_hands() -> None:
    """Who owns the server now can't read an older case about themselves; the second contact can."""
    kept = case("owner", about_id=3)
    now = Desk(3, ROLE, SECOND)
    assert not may_read(kept, replace(person(3), owner=True), now)
    assert may_read(kept, person(SECOND), now) and not may_read(kept, person(4, safety=True), now)


def test_its_states() -> None:
    """open → claimed → closed → open again; what was done already is refused."""
    states = {"open": case(), "claimed": case(state="claimed", claimed_by=4), "closed": case(state="closed")}
    allowed = {("open", "claimed"), ("open", "closed"), ("claimed", "closed"), ("closed", "reopened")}
    deeds: tuple[cases.Deed, ...] = ("claimed", "closed", "reopened")
    for (state, kept), deed in itertools.product(states.items(), deeds):
        if (state, deed) in allowed:
            after, claimed_by = turned(kept, deed, 5)
            assert after == {"claimed": "claimed", "closed": "closed", "reopened": "open"}[deed]
            assert claimed_by == {"claimed": 5, "closed": kept.claimed_by, "reopened": None}[deed]
        else:
            with pytest.raises(Refusal):
                turned(kept, deed, 5)


def test_a_quote_is_genuine_or_no_quote() -> None:
    """Its mark tells whether the reporter's form came back with it unchanged; else it stands among their words."""
    key = bytes(range(32))
    quote = cases.quoted("You  are\r\n\r\n\r\nnothing here. \u202e")
    assert cases.quoted(quote) == quote == "You are\n\nnothing here."
    assert cases.quote_mark(key, 5, quote) == cases.quote_mark(
        key, 5, cases.quoted(quote.replace("\n", "\r\n"))
    )
    assert (
        len(
            {
                cases.quote_mark(key, 5, quote),
                cases.quote_mark(key, 6, quote),
                cases.quote_mark(b"k", 5, quote),
            }
        )
        == 3
    )
    told = replace(report(), quote="You are everything")
    assert cases.cleaned(told) == ("He wrote things.", "You are everything")
    words, none = cases.cleaned(replace(told, genuine=False))
    assert none == "" and "as the reporter tells it:\nYou are everything" in words


def test_a_report_of_nothing() -> None:
    """White space and invisible characters are no words; a hundred marks on a letter are three."""
    for empty in ("", "  \n ", "\u200b\u2060\u00a0"):
        with pytest.raises(Refusal, match="report_empty"):
            cases.cleaned(replace(report(), words=empty))
        with pytest.raises(Refusal, match="note_empty"):
            cases.note_of(empty)
    words, _ = cases.cleaned(replace(report(), words="x" + "\u0335" * 100 + " مرحبا こんにちは"))
    assert len(words) < 30 and words.endswith("مرحبا こんにちは")


# -- numbers -------------------------------------------------------------------------------------


def test_a_number_tells_nothing_of_other_cases() -> None:
    """Four digits, none that is taken; five once half of the four are taken; and not one after the other."""
    half = set(range(1000, 1000 + 4500))
    for _ in range(200):
        assert 1000 <= a_number(set(), secrets.randbelow) <= 9999
        assert a_number(half - {1000}, secrets.randbelow) in {1000, *range(5500, 10_000)}
        assert 10_000 <= a_number(half, secrets.randbelow) <= 99_999
    drawn = [a_number(set(), secrets.randbelow) for _ in range(200)]
    assert drawn != sorted(drawn)
