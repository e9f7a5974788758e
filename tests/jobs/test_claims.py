"""What a board's own words of the place are taken to say; whatever isn't understood says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.claims import NOTHING, Place, place


@pytest.mark.parametrize(
    ("claim", "countries"),
    [
        ("USA Only", {"US"}),
        ("Remote - US", {"US"}),
        ("U.S.", {"US"}),
        ("['United States']", {"US"}),
        ("Portugal, Spain or the UK", {"PT", "ES", "GB"}),
        ("Remote (Germany, Österreich)", {"DE", "AT"}),
        ("Remoto, Brasil", {"BR"}),
        ("North America Only", {"US", "CA", "MX"}),
        ("Papua New Guinea", {"PG"}),
        ("Dominican Republic", {"DO"}),
        ("Atlanta, Georgia, USA", {"US"}),
        ("Georgia", {"GE"}),
        ("Northern Ireland", {"GB"}),
        ("EEA", {"IS"}),
        ("EU / UK", {"PT", "GB"}),
        ("Latin America Only", {"BR", "MX", "CR"}),
        ("Anywhere in Europe", {"PT", "GB", "UA"}),
        ("EMEA", {"PT", "NG", "AE"}),
    ],
)
def test_places_that_are_named(claim: str, countries: set[str]) -> None:
    """Countries in their own spelling, the usual short forms, regions; "anywhere in" a place is that place."""
    said = place(claim)
    assert not said.anywhere and countries <= said.countries
    assert len(countries) > 2 or "E" in claim or said.countries == countries


@pytest.mark.parametrize("claim", ["Anywhere in the World", "anywhere", "Worldwide", "100% Global"])
def test_anywhere(claim: str) -> None:
    """No limit is named, so everybody may apply, also who has not told where they are."""
    assert place(claim) == Place(anywhere=True)
    assert place(claim).open_to(["PT"]) and place(claim).open_to([])


@pytest.mark.parametrize(
    "claim",
    [
        *("", "Remote", "San Francisco, CA", "New Mexico", "Bloomington, IN", "Dover, DE", "New Jersey"),
        *("Hybrid - London, UK", "Berlin, Germany (on-site)", "In-Office, USA", "Other (don’t specify)"),
        *("UTC-3 to UTC+2", "join us", "Rhode Island", "Virginia", "ALL"),
    ],
)
def test_what_says_nothing(claim: str) -> None:
    """States whose letters are a country's, cities, desks: nobody is sent there by us."""
    assert place(claim) == NOTHING and not place(claim).says_something
    assert not place(claim).open_to(["US", "CA", "DE", "IN", "GB", "MX"])


@pytest.mark.parametrize(
    ("claim", "yes", "no"),
    [
        ("Worldwide except the US", "PT", "US"),
        ("Outside the US", "PT", "US"),
        ("Anywhere, but not in India", "PT", "IN"),
        ("Europe (excluding UK)", "PT", "GB"),
        ("Americas Only", "AR", "PT"),
    ],
)
def test_exceptions(claim: str, yes: str, no: str) -> None:
    """Who is left out by name is left out; somebody who may work in both is not."""
    said = place(claim)
    assert said.open_to([yes]) and not said.open_to([no]) and said.open_to([yes, no])


def test_nobody_knows_where_they_may_work() -> None:
    """Then only openings that name no limit are open to them."""
    assert not place("Portugal").open_to([]) and not place("Worldwide except the US").open_to([])


@given(st.text(max_size=200))
def test_any_text(claim: str) -> None:
    """Never an error; nowhere is open that is excluded."""
    said = place(claim)
    assert not said.countries & said.never and not (said.anywhere and said.countries)
