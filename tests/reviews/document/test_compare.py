"""What changed between two versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.reviews.document.compare import MAX_LINE, MAX_SHOWN, changed

FIRST = "Anna Example\nEngineer\n• Built queues\n• Wrote tests"


def test_lines_added_and_removed() -> None:
    """A rewritten line stands in both; the others are kept."""
    changes = changed(
        FIRST,
        "Anna Example\nEngineer\n• Built queues that carry 40 ships a day\n• Wrote tests\nRemote since 2019",
    )
    assert changes.removed == ("• Built queues",)
    assert changes.added == ("• Built queues that carry 40 ships a day", "Remote since 2019")
    assert (changes.added_count, changes.removed_count, changes.kept_count, changes.same) == (2, 1, 3, False)


def test_what_is_no_change() -> None:
    """Another bullet, case, space or order."""
    assert changed(FIRST, "\n- built  queues\nAnna example\n\n- WROTE tests\nEngineer\n***").same
    assert not changed("Knows C", "Knows C++").same
    assert not changed("a\na", "a").same


def test_long_versions_are_told_in_short() -> None:
    """Numbers count all, lists show the first, each line cut."""
    changes = changed("", "\n".join(f"line {number} " + "x" * 300 for number in range(100)))
    assert changes.added_count == 100 and len(changes.added) == MAX_SHOWN
    assert all(len(line) <= MAX_LINE for line in changes.added)


lines = st.lists(st.text("abc1 ", max_size=4), max_size=12).map("\n".join)


@given(lines, lines)
def test_both_ways(before: str, after: str) -> None:
    """Turned round, what was added is removed; with itself, nothing changed."""
    there, back = changed(before, after), changed(after, before)
    assert (there.added_count, there.removed_count, there.kept_count) == (
        back.removed_count,
        back.added_count,
        back.kept_count,
    )
    assert there.added == back.removed
    assert changed(before, before).same
