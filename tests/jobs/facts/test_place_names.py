"""Names of places, and the groups that countries make."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from bot.jobs.facts import groups
from bot.jobs.facts.place import names, spot

SCORE = Path(__file__).resolve().parents[3] / "../shared/gold/score.py"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            ("Germany", "DE"),
            ("deutschland", "DE"),
            ("Alemania", "DE"),
            ("DE", "DE"),
            ("u.s.", "US"),
            ("USA", "US"),
        ),
        *(
            ("The Netherlands", "NL"),
            ("Türkiye", "TR"),
            ("UK", "GB"),
            ("Scotland", "GB"),
            ("Korea, Republic of", "KR"),
        ),
        *(("Côte d'Ivoire", "CI"), ("georgia", "GE"), ("Brasil", "BR"), ("Bosnia & Herzegovina", "BA")),
        *(("Paris", None), ("LATAM", None), ("nowhere", None), ("", None), ("🙂", None)),
    ],
)
def test_a_country_by_any_name(text: str, code: str | None) -> None:
    """A country is known by its name in many languages, its short names and its code; nothing else is one."""
    assert names.country_of(text) == code


def test_saying_a_country() -> None:
    """A code has its English name; what is no code stays as it is."""
    assert names.say("DE") == "Germany"
    assert names.say("ZZ") == "ZZ"


def found(text: str, *, loose: bool = False) -> list[tuple[str, list[str]]]:
    return [(text[run.start : run.end], sorted(run.countries)) for run in spot.runs(text, loose=loose)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        *(("Georgia", ["GE"]), ("Atlanta, Georgia", ["US"]), ("Georgia, Armenia", ["AM", "GE"])),
        *(("Paris, TX", ["US"]), ("London, Ontario", ["CA"]), ("London, New York", ["GB", "US"])),
        *(("Berlin, DE", ["DE"]), ("Wilmington, DE", ["US"]), ("Toronto, Ontario, Canada", ["CA"])),
        *(("Vienna, Virginia", ["US"]), ("US, CA, GB", ["CA", "GB", "US"]), ("Troy, MI", ["US"])),
        *(("Asia (Japan, Singapore)", ["JP", "SG"]), ("munich", ["DE"]), ("Kaneohe, Hawaii", ["US"])),
        *(
            ("New Mexico", ["US"]),
            ("Mexico", ["MX"]),
            ("Papua New Guinea", ["PG"]),
            ("Berlin OR Remote", ["DE"]),
        ),
    ],
)
def test_a_place_is_read_by_its_neighbours(text: str, codes: list[str]) -> None:
    """What a name alone leaves open, the place beside it settles."""
    assert sorted({code for _, all_ in found(text, loose=True) for code in all_}) == codes


def test_words_are_no_places() -> None:
    """In a text a place is capitalised, and a town whose name is a word needs its state beside it."""
    assert found("The nice reading room; Mobile apps in us and me, or Reading lists.") == []
    assert found("Our home is Mobile, AL.") == [("Mobile, AL", ["US"])]


def test_groups_are_those_of_the_score() -> None:
    """The groups of countries that the score knows are ours, country by country."""
    if not SCORE.exists():
        pytest.skip("../shared absent: the groups can't be compared with the score's")
    spec = importlib.util.spec_from_file_location("score", SCORE)
    assert spec is not None and spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    theirs = json.loads(json.dumps(score.GROUPS))
    assert {name: sorted(groups.GROUPS[name]) for name in theirs} == {
        name: sorted(set(codes)) for name, codes in theirs.items()
    }


def test_a_label_is_the_largest_groups_and_the_rest() -> None:
    """Countries are said as groups that are whole, the largest first, and what is left over."""
    eu = groups.expand("EU27")
    assert groups.label(eu | {"GB"}) == (("EU27",), frozenset(("GB",)))
    assert groups.label(["DE", "AT", "CH", "US"]) == (("DACH",), frozenset(("US",)))
    assert groups.label([]) == ((), frozenset())
    assert groups.expand("southeast asia") == groups.expand("SE_ASIA") != frozenset()
    assert groups.expand("pt") == frozenset(("PT",))
    assert groups.expand("nowhere") == frozenset()
