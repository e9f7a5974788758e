"""Who can be found, and what a page of them tells."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.people import find
from bot.people.find import Wanted, behind, listed, page_of, person_mark, wants_to_be_found
from bot.people.introductions import Shown, shown
from bot.people.may_meet import Meeting
from bot.people.members import Key, Member, Profile
from tests.fakes import KEY, Clock

NOW = Clock().now
ME = Key(1, 100)
OPEN = Profile(
    field="data", level="senior", open_to=("coffee",), shown={"field": "server", "open_to": "server"}
)


def member(user_id: int, **more: object) -> Member:
    return replace(Member(Key(1, user_id), NOW, NOW, opened=frozenset({"found"})), **more)


def found(wanted: Wanted, *people: tuple[Member, Profile], blocked: int = 0) -> list[Shown]:
    ids = [one.key.user_id for one, _ in people]
    meetings = {one: Meeting(one) for one in (ME.user_id, *ids)}
    meetings[ME.user_id] = Meeting(ME.user_id, blocked=frozenset({blocked}))
    candidates = {one.key.user_id: (one, profile) for one, profile in people}
    return [one.shown for one in listed(KEY, ME, wanted, candidates, meetings)]


def test_who_wants_to_be_found() -> None:
    """The door is open or they don't search in private, they are here, and they said what for."""
    assert wants_to_be_found(member(1), OPEN)
    assert wants_to_be_found(member(1, private=False, opened=frozenset()), OPEN)
    assert wants_to_be_found(member(1, wishes=("meet",)), Profile())
    assert not wants_to_be_found(member(1, opened=frozenset({"card", "digest", "role", "dm_names"})), OPEN)
    assert not wants_to_be_found(member(1, wishes=("jobs", "help")), Profile())
    assert not wants_to_be_found(member(1, left_at=NOW), OPEN)


def test_only_what_they_opened_is_shown() -> None:
    """Field, level and open to, each only where everybody may see it."""
    assert shown(OPEN) == Shown("Data and machine learning", "", ("A coffee chat",))
    assert shown(replace(OPEN, shown={"field": "pairs", "level": "me"})) == Shown()


def test_a_closed_field_is_not_found_by_searching_for_it() -> None:
    """Filters look at what is shown and at nothing else."""
    closed = member(1), replace(OPEN, shown={})
    assert found(Wanted("data", "coffee"), (member(1), OPEN)) == [shown(OPEN)]
    assert found(Wanted("data"), closed) == [] == found(Wanted(open_to="coffee"), closed)
    assert found(Wanted(), closed) == [Shown()]


def test_whom_they_must_not_meet_is_not_there() -> None:
    """A block leaves no gap and no count."""
    people = (member(1), OPEN), (member(2), OPEN)
    assert len(found(Wanted(), *people)) == 2 and len(found(Wanted(), *people, blocked=2)) == 1


@given(st.lists(st.integers(1, 2**63 - 1), unique=True, max_size=30), st.integers(-3, 12))
def test_pages_hold_everybody_once(ids: list[int], number: int) -> None:
    """Five a page; a page that isn't there is the nearest one; all pages together are everybody."""
    people = [find.Somebody(person_mark(KEY, ME, one), Shown()) for one in ids]
    page = page_of(people, number)
    assert len(page.people) <= find.PER_PAGE and page.number >= 0 and (page.people or not people)
    seen, at = list(page_of(people, 0).people), 0
    while page_of(people, at).has_more:
        at += 1
        seen += page_of(people, at).people
    assert seen == people


def test_a_mark_names_somebody_to_one_viewer_only() -> None:
    """Two viewers can't compare what they see, and another server's marks mean nobody here."""
    mark = person_mark(KEY, ME, 5)
    assert behind(KEY, ME, mark, [4, 5, 6]) == 5
    assert behind(KEY, Key(1, 101), mark, [4, 5, 6]) is None
    assert behind(KEY, Key(2, 100), mark, [4, 5, 6]) is None and behind(KEY, ME, mark, [4]) is None
