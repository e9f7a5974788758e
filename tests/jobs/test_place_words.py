"""Facts in plain words: who may apply, what it pays; nothing that isn't stated."""

from __future__ import annotations

import pytest

from bot.jobs.facts import Evidence, Pay, Place
from bot.jobs.facts.groups import GROUPS
from bot.jobs.place_words import EMPLOYMENT, LEVELS, boards_word, pay_line, place_line, values_line

TEXT = Evidence("text", 0, 9, "rule", "We hire anywhere")
BOARD = Evidence("place", 0, 8, "rule", "Anywhere")


def only(*countries: str, **given: object) -> Place:
    return Place("restricted", countries_in=tuple(sorted(countries)), evidence=(TEXT,), **given)  # type: ignore[arg-type]


EU = GROUPS["EU27"]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place(), "not stated"),
        (only("US"), "US only"),
        (only("NL"), "Netherlands only"),
        (only("PT", "ES", "GB"), "Portugal, Spain, UK"),
        (only("PT", "ES", "GB", "US"), "Portugal, Spain, UK, US"),
        (only("PT", "ES", "GB", "US", "CA"), "Canada, Portugal, Spain and 2 more"),
        (only(*EU), "EU27 (27 countries)"),
        (only(*EU, "GB"), "EU27, UK (28 countries)"),
        (only(*GROUPS["LATAM"], "US", labels=("LATAM",)), "Latin America, US (29 countries)"),
        (only("US", subdivisions=("US-TX", "US-UT")), "US: Texas, Utah"),
        (only("US", subdivisions=("US-DC", "US-GA")), "US: Washington DC, Georgia"),
        (only("US", "CA", subdivisions=("US-TX",)), "Canada, US (Texas)"),
        (Place("restricted", tz_min=-5, tz_max=2), "UTC−5 to UTC+2"),
        (Place("restricted", tz_min=0, tz_max=5.5), "UTC to UTC+5:30"),
        (Place("restricted", tz_min=-8, tz_max=-8), "UTC−8"),
        (Place("restricted", tz_min=1), "UTC+1 or later"),
        (Place("restricted", tz_overlap=4), "4 h of overlap asked for"),
        (only("US", tz_min=-8, tz_max=-8), "US only, UTC−8"),
        (Place("restricted", countries_out=("IN",)), "not: India"),
        (only("US", board_says="Anywhere in the World"), "Says anywhere, text names: US"),
        (
            only("US", subdivisions=("US-TX",), board_says="Worldwide"),
            "Says anywhere, text names: US – Texas",
        ),
    ],
)
def test_who_may_apply(place: Place, said: str) -> None:
    """Groups before countries, what is stated before what is counted; a group counts only when it is whole."""
    assert place_line(place).said == said and place_line(place).quote == ""


def test_worldwide_is_quoted() -> None:
    """The words that say so follow, and whose they are."""
    line = place_line(Place("worldwide", evidence=(TEXT,)))
    assert (line.said, line.quote) == ("Worldwide; it says", "We hire anywhere")
    board = Place("worldwide", countries_out=("IN",), evidence=(BOARD,))
    line = place_line(board)
    assert (line.said, line.quote) == ("Worldwide but not India; the board says", "Anywhere")
    assert boards_word(board) and not boards_word(Place("worldwide", evidence=(TEXT, BOARD)))


def test_a_claim_stays_the_boards() -> None:
    """What the board says is said to be its word; so is one that the text contradicts in another way."""
    line = place_line(Place(), "Remote")
    assert (line.said, line.quote) == ("unclear; the board says", "Remote")
    line = place_line(only("PL", board_says="Europe Only"), "Europe Only")
    assert (line.said, line.quote) == ("Poland only; the board says", "Europe Only")


def test_my_country_comes_first() -> None:
    """Of many countries the one where the reader may work is named, the first of theirs."""
    assert place_line(only(*EU, "GB"), "", ("US", "PT", "ES")).said == "Portugal and 27 more (EU27, UK)"
    assert place_line(only("AR", "BR", "CL", "MX", "PE"), "", ("MX",)).said == "Mexico and 4 more"
    assert place_line(only("US"), "", ("US",)).said == "US only"
    assert place_line(only(*EU), "", ("US",)).said == "EU27 (27 countries)"


def pay(low: float | None, high: float | None, **given: object) -> Pay:
    usual = {"currency": "EUR", "period": "year", "kind": "base", "words": "", "evidence": ()}
    return Pay(low, high, **{**usual, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (None, "not stated"),
        (pay(90_000, 110_000), "90–110 k EUR a year"),
        (pay(92_500, 110_000), "92.5–110 k EUR a year"),
        (pay(92_543, 110_000), "92,543–110,000 EUR a year"),
        (pay(100_000, 100_000), "100 k EUR a year"),
        (pay(None, 110_000), "up to 110 k EUR a year"),
        (pay(90_000, None), "from 90 k EUR a year"),
        (pay(45, 60.5, currency="USD", period="hour"), "45–60.5 USD an hour"),
        (pay(4_000, 5_000, period="month"), "4,000–5,000 EUR a month"),
        (pay(9_000, 11_000), "9,000–11,000 EUR a year"),
        (pay(90_000, 110_000, currency=None), "90–110 k a year, currency not stated"),
        (pay(90_000, 110_000, period=None), "90–110 k EUR, period not stated"),
        (pay(90, 110, period=None, currency=None), "90–110, currency and period not stated"),
        (pay(90_000, None, kind="ote"), "from 90 k EUR a year with bonus or commission (OTE)"),
        (pay(90_000, None, kind="commission"), "from 90 k EUR a year in commission"),
        (pay(90_000, 95_000, conflict=True), "90–95 k EUR a year, its text says otherwise"),
    ],
)
def test_what_it_pays(stated: Pay | None, said: str) -> None:
    """In its own currency and period, to the cent; what is missing is said to be missing."""
    assert pay_line(stated, "").said == said


def test_pay_that_could_not_be_read() -> None:
    """The board's words stay the board's."""
    line = pay_line(None, "competitive")
    assert (line.said, line.quote) == ("unclear; the board says", "competitive")


def test_values() -> None:
    """Each once, in words."""
    assert values_line([], LEVELS) == ""
    assert values_line(["senior"], LEVELS) == "Senior"
    assert values_line(["mid", "senior", "mid", "lead"], LEVELS) == "Mid, Senior or Lead"
    assert values_line(["full_time", "contract"], EMPLOYMENT) == "Full-time or Contract"
