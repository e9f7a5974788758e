"""What fields of facts answer: place, open-to, pay, level, type, skill, language, age, unknown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.facts.values import NO_FACTS, Facts, Pay, Place, Skill
from bot.jobs.query import Document, Truth, parse
from bot.jobs.query.areas import WORLD, area_names, find_area
from bot.jobs.query.vocabulary import UNKNOWNS
from tests.jobs.queries import COUNTRIES, pay, places, proof, stated

YES, NO, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def truth(words: str, facts: Facts = NO_FACTS, age: timedelta | None = None) -> Truth:
    return parse(words).matches(Document.of(title="Cook", facts=facts, age=age))


def at(**given: object) -> Facts:
    return Facts(place=Place(evidence=(proof("Remote (US only)", "place"),), **given))  # type: ignore[arg-type]


WORLDWIDE = at(scope="worldwide")
ALL_BUT = at(scope="worldwide", countries_out=("US",))
US = at(scope="restricted", countries_in=("US",))
TEXAS = at(scope="restricted", countries_in=("US",), subdivisions=("US-TX",))
IBERIA = at(scope="restricted", countries_in=("ES", "PT"))
NOT_US = at(scope="restricted", countries_out=("US",))
ZONES = at(scope="restricted", tz_min=-8, tz_max=-5)
NOWHERE = Facts(language="en")


@pytest.mark.parametrize(
    ("words", "facts", "answer"),
    [
        ("place:PT", IBERIA, YES),
        ("place:Portugal", IBERIA, YES),
        ("place:EU", IBERIA, YES),
        ("place:latam", IBERIA, NO),
        ("place:PT", US, NO),
        ("place:PT", WORLDWIDE, NO),
        ("place:PT", NOWHERE, UNKNOWN),
        ("place:PT", ZONES, UNKNOWN),
        ("place:US", NOT_US, NO),
        ("place:worldwide", WORLDWIDE, YES),
        ("place:worldwide", ALL_BUT, NO),
        ("place:worldwide", US, NO),
        ("place:worldwide", NOWHERE, UNKNOWN),
        ("place:Texas", US, YES),
        ("place:Texas", TEXAS, YES),
        ("place:US-NY", TEXAS, NO),
        ("place:us", TEXAS, YES),
        ('place:"New York"', TEXAS, NO),
        ("place:New York", US, YES),
        ("open-to:PT", IBERIA, YES),
        ("open-to:EU", IBERIA, YES),
        ("open-to:PT", WORLDWIDE, YES),
        ("open-to:US", ALL_BUT, NO),
        ("open-to:PT", NOT_US, YES),
        ("open-to:US", NOT_US, NO),
        ("open-to:PT", US, NO),
        ("open-to:PT", NOWHERE, UNKNOWN),
        ("open-to:PT", ZONES, UNKNOWN),
        ("open-to:New York", TEXAS, NO),
        ("open-to:anywhere", WORLDWIDE, YES),
    ],
)
def test_places(words: str, facts: Facts, answer: Truth) -> None:
    """place: asks what the posting names, open-to: who may apply; what isn't stated is unknown to both."""
    assert truth(words, facts) is answer


def test_an_unknown_place_is_not_let_through_by_not() -> None:
    """Nobody knows whether it is in the US, so it isn't "not in the US"; unknown:place finds it."""
    assert truth("-place:US", NOWHERE) is UNKNOWN
    assert truth("-place:US", IBERIA) is YES
    assert truth("-place:US OR unknown:place", NOWHERE) is YES
    assert truth("-open-to:US", WORLDWIDE) is NO


@given(places(), st.sampled_from(COUNTRIES))
def test_open_to_is_what_the_facts_admit(place: Place, country: str) -> None:
    """For a country the filter answers as `Place.admits` does."""
    admits = place.admits(frozenset((country,)))
    expected = UNKNOWN if admits is None else YES if admits else NO
    assert truth(f"open-to:{country}", Facts(place=place)) is expected


def test_places_are_known_by_many_names() -> None:
    """Names in any spelling, codes, groups and states; what is written out is understood again."""
    same = [
        ("PT", "Portugal", "portugal", "pt"),
        ("GB", "UK", "United Kingdom", "england"),
        ("EU", "eu27", "European Union"),
        ("LATAM", "latin america", "latam"),
        ("US-TX", "texas", "TX"),
        ("worldwide", "anywhere", "World"),
    ]
    for written, *spellings in same:
        for spelling in spellings:
            area = find_area(spelling)
            assert area is not None and area.name == written and find_area(area.name) == area
    assert find_area("Atlantis") is None and find_area("anywhere") == WORLD


def test_every_area_is_found_by_its_name_and_its_code() -> None:
    """What is offered and what is written out are both understood; a name that two areas share means the country."""
    names = list(area_names(""))
    assert len(names) > 300
    for name in names:
        area = find_area(name)
        assert area is not None and find_area(area.name) == area
        assert area.spoken() == name


YEAR = Facts(pay=pay(80_000, 100_000))
HOUR = Facts(pay=pay(40, 50, "USD", "hour"))
FROM = Facts(pay=pay(60_000, None))
UP_TO = Facts(pay=pay(None, 70_000))
NO_PERIOD = Facts(pay=pay(80_000, 100_000, "USD", None))
NO_CURRENCY = Facts(pay=pay(80_000, 100_000, None))


@pytest.mark.parametrize(
    ("words", "facts", "answer"),
    [
        ("pay>=100k EUR", YEAR, YES),
        ("pay>=100000", YEAR, YES),
        ("pay>=100,001 EUR", YEAR, NO),
        ("pay>100k EUR", YEAR, NO),
        ("pay<=80k EUR", YEAR, YES),
        ("pay<80k EUR", YEAR, NO),
        ("pay<=79k", YEAR, NO),
        ("pay>=50/h USD", HOUR, YES),
        ("pay>=51 USD/h", HOUR, NO),
        ("pay>=100k", HOUR, YES),  # 50 × 2,080 = 104,000
        ("pay>=105k", HOUR, NO),
        ("pay>=100k USD", HOUR, YES),
        ("pay>=90k", FROM, UNKNOWN),
        ("pay>=60k", FROM, YES),
        ("pay<=50k", FROM, NO),
        ("pay>=71k", UP_TO, NO),
        ("pay>=70k", UP_TO, YES),
        ("pay<=60k", UP_TO, UNKNOWN),
        ("pay>=1", NOWHERE, UNKNOWN),
        ("pay>=1", NO_FACTS, UNKNOWN),
        ("pay>=90k USD", NO_PERIOD, UNKNOWN),
        ("pay>=90k USD", NO_CURRENCY, UNKNOWN),
        ("pay>=90k", NO_CURRENCY, YES),
        ("pay>=1", Facts(pay=Pay(None, None, "EUR", "year", "base", "", ())), UNKNOWN),
        ("pay:stated", YEAR, YES),
        ("pay:stated", NOWHERE, NO),
        ("-pay:stated", NO_FACTS, YES),
        ("unknown:pay", NOWHERE, YES),
        ("unknown:pay", YEAR, NO),
    ],
)
def test_pay(words: str, facts: Facts, answer: Truth) -> None:
    """The top of a range must reach a floor, its bottom stay under a ceiling; what isn't stated is unknown."""
    assert truth(words, facts) is answer


FACTS = Facts(
    level=stated("senior", "lead"),
    employment=stated("full_time", "contract"),
    skills=(Skill("python", proof("Python", "title")),),
    language="de",
)


@pytest.mark.parametrize(
    ("words", "facts", "answer"),
    [
        ("level:senior", FACTS, YES),
        ("level:lead", FACTS, YES),
        ("level:junior", FACTS, NO),
        ("level:senior", NOWHERE, UNKNOWN),
        ("-level:senior", NOWHERE, UNKNOWN),
        ("type:contract", FACTS, YES),
        ("type:full-time", FACTS, YES),
        ("type:freelance", FACTS, NO),
        ("type:freelance", NOWHERE, UNKNOWN),
        ("skill:python", FACTS, YES),
        ("skill:react", FACTS, NO),
        ("-skill:react", FACTS, YES),
        ("skill:python", NOWHERE, NO),
        ("skill:python", NO_FACTS, UNKNOWN),
        ("language:de", FACTS, YES),
        ("language:english", FACTS, NO),
        ("language:en", NO_FACTS, UNKNOWN),
        ("unknown:level", FACTS, NO),
        ("unknown:level", NOWHERE, YES),
        ("unknown:skill", NOWHERE, YES),
        ("unknown:company", FACTS, YES),
        ("unknown:place", WORLDWIDE, NO),
        ("unknown:place", ZONES, NO),
    ],
)
def test_lists(words: str, facts: Facts, answer: Truth) -> None:
    """One of the stated values is enough; a posting that was read and doesn't name a skill doesn't ask for it."""
    assert truth(words, facts) is answer


@pytest.mark.parametrize(
    ("words", "hours", "answer"),
    [
        ("age<7d", 24 * 7 - 1, YES),
        ("age<7d", 24 * 7, NO),
        ("age<=7d", 24 * 7, YES),
        ("age>1d", 25, YES),
        ("age>=1d", 24, YES),
        ("age<12h", 13, NO),
        ("age<2w", 300, YES),
        ("age<2w", None, UNKNOWN),
        ("unknown:age", None, YES),
    ],
)
def test_age(words: str, hours: int | None, answer: Truth) -> None:
    """Counted from when it was published."""
    assert truth(words, age=None if hours is None else timedelta(hours=hours)) is answer


@pytest.mark.parametrize("what", UNKNOWNS)
def test_unknown_is_never_unknown(what: str) -> None:
    """Whether something is stated can always be told, and with no facts nothing is."""
    assert truth(f"unknown:{what}") is YES
    assert truth(f"-unknown:{what}") is NO
