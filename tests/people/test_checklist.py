"""The checklist of the online identity: four items, a yes or one next step, no score."""

from __future__ import annotations

from bot.people.checklist import ITEMS, checklist
from bot.people.members import Profile


def test_an_empty_profile_has_four_next_steps() -> None:
    """Communication, work, stack, trust: each with one step that can be done."""
    lines = checklist(Profile())
    assert [line.item.id for line in lines] == ["communication", "work", "stack", "trust"]
    assert not any(line.done for line in lines)
    assert all(item.next_step.endswith(".") and len(item.next_step.split()) < 20 for item in ITEMS)


def test_what_the_profile_shows_needs_no_tick() -> None:
    """Links show work, three skills name a stack; the rest is as they say."""
    told = checklist(
        Profile(skills=("a", "b", "c"), links=("https://example.org/",), done=frozenset(("trust", "gone")))
    )
    assert [(line.item.id, line.done, line.seen) for line in told] == [
        ("communication", False, False),
        ("work", True, True),
        ("stack", True, True),
        ("trust", True, False),
    ]
