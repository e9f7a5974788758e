"""Six yes or no that end in one step."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meets.debrief import CHECKS, answered, next_check, next_step
from bot.meets.values import Check, Debrief
from bot.refusals import Refusal

IDS = [f"c{number}" for number in range(CHECKS)]
DEBRIEF = Debrief(tuple(Check(one, f"{one}?", f"do {one}") for one in IDS), "go on")


@given(st.fixed_dictionaries(dict.fromkeys(IDS, st.booleans())), st.permutations(IDS))
def test_one_step(answers: Mapping[str, bool], order: list[str]) -> None:
    """That of the first "no" in the book's order, in whatever order they were answered; all yes: what is next."""
    said: dict[str, bool] = {}
    for one in order:
        said = answered(DEBRIEF, said, one, answers[one])
    noes = [one for one in IDS if not answers[one]]
    assert next_step(DEBRIEF, said) == (f"do {noes[0]}" if noes else "go on")
    assert next_check(DEBRIEF, said) is None


def test_one_after_the_other() -> None:
    """The first that is open is asked; a second answer replaces the first; before the end there is no step."""
    said = answered(DEBRIEF, {}, "c0", False)
    assert next_check(DEBRIEF, said) == DEBRIEF.checks[1]
    assert answered(DEBRIEF, said, "c0", True) == {"c0": True}
    assert said == {"c0": False}
    with pytest.raises(Refusal) as refused:
        next_step(DEBRIEF, said)
    assert (refused.value.reason, refused.value.facts) == ("debrief_open", {"missing": 5})


def test_the_book_was_changed() -> None:
    """An answer to a check that is gone is refused, and an old one counts for nothing."""
    with pytest.raises(Refusal, match="debrief_changed"):
        answered(DEBRIEF, {}, "old", True)
    assert next_step(DEBRIEF, dict.fromkeys(IDS, True) | {"old": False}) == "go on"
