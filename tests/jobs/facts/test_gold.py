"""The facts of real postings that others have labelled: floors that hold, over both halves."""

import re

import pytest

from benchmarks import gold
from benchmarks.gold import SHARES, Keyed, Rows, entries, facts_of, field_alone, labels, pairs, tally

needs_shared = pytest.mark.skipif(not gold.is_there(), reason="../shared absent: no labelled postings")

# In per cent, a little below what was measured: so much is right, or at most so much is wrong.
AT_LEAST = {"scope": 95, "W": 97, "F1": 94, "proof": 100, "pay": 96, "level": 94, "type": 94, "remote": 94}
AT_MOST = {"R→W": 2, "invented": 0}


@pytest.fixture(scope="module")
def posted() -> Rows:
    return entries()


@pytest.fixture(scope="module")
def found(posted: Rows) -> Keyed:
    return facts_of(posted)


def share(name: str, found: Keyed) -> float:
    counts = tally(labels(), found)["all"]
    right, of = SHARES[name]
    return 100 * counts[right] / counts[of]


@needs_shared
@pytest.mark.parametrize("name", AT_LEAST)
def test_facts_are_right(name: str, found: Keyed) -> None:
    """So much of what a reader found is found, board's claims or not."""
    assert share(name, found) >= AT_LEAST[name]


@needs_shared
@pytest.mark.parametrize("name", AT_MOST)
def test_facts_are_not_made_up(name: str, found: Keyed) -> None:
    """Hardly a restricted opening is called worldwide, and no pay is invented."""
    assert share(name, found) <= AT_MOST[name]


@needs_shared
def test_we_know_more_than_the_boards_fields(posted: Rows, found: Keyed) -> None:
    """With title and text taken away, fewer scopes are right and more restricted openings pass as worldwide."""
    alone = facts_of(field_alone(posted))
    assert share("scope", alone) < share("scope", found)
    assert share("R→W", alone) > share("R→W", found)


@needs_shared
def test_every_quote_stands_in_its_posting(posted: Rows, found: Keyed) -> None:
    """What is quoted from a text was in the description that was given, letter by letter."""
    given = {(row["file"], str(row["id"])): row for row in posted}
    letters = re.compile(r"[a-z]+")
    for key, fact in found.items():
        for proof in (*fact["place"]["evidence"], *((fact["pay"] or {}).get("evidence") or ())):
            if proof["source"] == "title":
                assert set(letters.findall(proof["quote"])) <= set(letters.findall(given[key]["title"]))
            assert proof["quote"]
            assert proof["end"] > proof["start"]


@needs_shared
def test_the_same_opening_is_known() -> None:
    """Of the labelled pairs none is wrongly called the same; most of the same and of the fanned out are found."""
    judged = pairs(facts_of(_of_pairs()))
    assert judged.same["wrong"] == 0
    assert judged.same["missed"] <= 3
    assert judged.folded["wrong"] <= 1
    assert judged.folded["missed"] <= 3


def _of_pairs() -> Rows:
    wanted = gold.pair_names()
    return [row for row in entries(every=True) if (row["file"], str(row["id"])) in wanted]
