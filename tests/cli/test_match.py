"""`outpost match` as a moderator's script calls it: a round in, who reads for whom out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli.match import question
from bot.reviews.matching.instance import NotAnInstance

ROOT = Path(__file__).resolve().parents[2]
PEOPLE: list[dict[str, Any]] = [
    {"id": "ana", "needs": 2, "capacity": 2, "waited_days": 3},
    {"id": "ben", "needs": 1, "capacity": 1, "waited_days": 0},
    {"id": 5, "needs": 1, "capacity": 2, "waited_days": 5},
]
PAIRS: list[list[Any]] = [
    ["ana", 5, 820],
    ["ben", "ana", 640],
    ["ben", 5, 300],
    [5, "ana", 710],
    [5, "ben", 450],
]
ROUND = {"seed": 7, "people": PEOPLE, "pairs": PAIRS}


def run(given: object) -> tuple[int, str, str]:
    """Exit code, standard output, standard error. Bytes go in as they are. No settings of a bot are there."""
    environment = {
        name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "SYSTEMROOT")
    }
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "match"],
        cwd=ROOT,
        env=environment,
        input=given if isinstance(given, bytes) else json.dumps(given).encode(),
        capture_output=True,
    )
    assert ran.stdout.isascii()
    return ran.returncode, ran.stdout.decode(), ran.stderr.decode()


def test_a_round_is_answered() -> None:
    """One document with all figures, without a token or a database."""
    code, out, err = run(ROUND)
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    assert found.pop("seconds") >= 0
    assert found == {
        "assignments": [[5, "ana", 710], ["ana", 5, 820], ["ben", "ana", 640]],
        "short": [{"id": "ana", "missing": 1, "reason": "only 1 in this round fits"}],
        **{"filled": 3, "served": 3, "waited": 8, "worst": 640, "sum": 2170},
    }


def test_the_page_shows_what_it_answers() -> None:
    """The example of docs/matching.md gives the answer that stands below it."""
    page = (ROOT / "docs" / "matching.md").read_text()
    given, shown = (part.split("```")[0] for part in page.split("```json\n")[1:3])
    code, out, _ = run(given.encode())
    assert code == 0
    assert {**json.loads(out), "seconds": 0} == {**json.loads(shown), "seconds": 0}


def test_halves_of_characters_are_ids() -> None:
    """Lone surrogates, which JSON allows, neither stop it nor break the output."""
    people = [{**PEOPLE[0], "id": "\ud800"}, {**PEOPLE[0], "id": "é\udfff"}]
    code, out, _ = run({"seed": "\ud83d", "people": people, "pairs": [["\ud800", "é\udfff", 1]]})
    assert code == 0
    assert json.loads(out)["assignments"] == [["\ud800", "é\udfff", 1]]


BAD: list[tuple[object, str]] = [
    (b"", "the input is empty"),
    (b" \n", "the input is empty"),
    (b"{", "the input is no JSON"),
    (b'{"seed": "\xff"}', "the input is no JSON"),
    (b'{"seed": NaN}', "NaN is no number of JSON"),
    (b"[" * 200_000, "the input is nested too deeply"),
    (b'{"seed": ' + b"9" * 5_000 + b"}", "the input is no JSON"),
    ([ROUND], "the document is no object"),
    ({**ROUND, "pairs": [["ana", "bob", 1]]}, "pairs[0]: 'bob' is not among the people"),
    ({**ROUND, "people": [{**PEOPLE[0], "id": "\ud800", "needs": -1}]}, "people[0]: “needs”: -1"),
]


@pytest.mark.parametrize(("given", "words"), BAD)
def test_bad_input_is_told_in_a_line(given: object, words: str) -> None:
    """Exit 1, nothing on standard output, and one line that says what and where."""
    code, out, err = run(given)
    assert (code, out) == (1, "")
    assert err.startswith("outpost match: ")
    assert words in err
    assert len(err.splitlines()) == 1
    assert len(err) < 400


def test_too_much_is_refused() -> None:
    """It is not even read to its end."""
    stream = io.BytesIO(json.dumps(ROUND).encode())
    with pytest.raises(NotAnInstance, match="longer than 50 bytes"):
        question(stream, most=50)
    assert stream.tell() == 51
