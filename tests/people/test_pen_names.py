"""A pen name is unique in its circle to every eye, and nobody's own name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.pen_names import LONGEST, chosen, skeleton
from bot.refusals import Refusal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Blue Fox", "blue-fox"),
        ("Blue Fox", "ВLUЕ FОХ"),  # Cyrillic В, Е, О, Х
        ("Anna", "Αnna"),  # Greek Α
        ("Anna", "Ánnä"),
        ("Anna", "A\u0301\u0316nna"),
        ("Anna", "Ａｎｎａ"),
        ("Anna", "an\u200bna"),
        ("Bill", "Bi11"),
        ("Bill", "BIlI"),
        ("Bob", "B0b"),
        ("Bob", "Ьob"),  # Cyrillic soft sign
        ("Corner", "Comer"),
        ("Wolf", "VVolf"),
        ("Strasse", "Straße"),
        ("Søren", "Soren"),
    ],
)
def test_what_looks_alike_is_one_name(one: str, other: str) -> None:
    """Case, marks, spaces, other scripts' letters and digits that look the same don't make another name."""
    assert skeleton(one) == skeleton(other)
    with pytest.raises(Refusal, match="pen_name_taken"):
        chosen(other, [one])


@pytest.mark.parametrize(
    ("one", "other"), [("Blue Fox", "Red Fox"), ("青い狐", "赤い狐"), ("ثعلب", "ذئب"), ("Ana", "Anna")]
)
def test_what_looks_different_is_another_name(one: str, other: str) -> None:
    """Other words are other names, in any script."""
    assert chosen(other, [one]) == (other, skeleton(other))


@pytest.mark.parametrize("name", ["", "A", " A ", "!!", "🎉🎉", "x" * 33, "\u200b\u200b\u200b", "\u0301" * 5])
def test_names_that_are_none_are_refused(name: str) -> None:
    """2 to 32 characters, one letter or digit at least."""
    with pytest.raises(Refusal, match="pen_name_length"):
        chosen(name, [])


def test_marks_are_tamed() -> None:
    """A name of 100 combining marks keeps three of them."""
    name, bare = chosen("Ab" + "\u0316" * 100, [])
    assert name == "Ab" + "\u0316" * 3 and bare == "ab"


@given(st.text(max_size=50), st.text(max_size=50))
def test_any_two_names(one: str, other: str) -> None:
    """Any text is accepted in its clean form or refused; a name that stands here already is always refused."""
    try:
        name, bare = chosen(one, [other])
    except Refusal as refused:
        assert refused.reason in {"pen_name_length", "pen_name_taken"}
        return
    assert 2 <= len(name) <= LONGEST and bare and bare != skeleton(other)
    with pytest.raises(Refusal, match="pen_name_taken"):
        chosen(name, [name.upper()])
