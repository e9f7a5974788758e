"""A city, a country or a zone, in anybody's spelling, becomes an IANA zone; what is unknown is refused kindly."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.people import zones
from bot.refusals import Refusal


@pytest.mark.parametrize(
    ("text", "zone", "label"),
    [
        ("Munich", "Europe/Berlin", "Munich, Germany"),
        ("München", "Europe/Berlin", "Munich, Germany"),
        ("MÜNCHEN", "Europe/Berlin", "Munich, Germany"),
        ("muenchen", "Europe/Berlin", "Munich, Germany"),
        ("munchen", "Europe/Berlin", "Munich, Germany"),
        ("Мюнхен", "Europe/Berlin", "Munich, Germany"),
        ("ミュンヘン", "Europe/Berlin", "Munich, Germany"),
        ("慕尼黑", "Europe/Berlin", "Munich, Germany"),
        ("Łódź", "Europe/Warsaw", "Łódź, Poland"),
        ("lodz", "Europe/Warsaw", "Łódź, Poland"),
        ("São Paulo", "America/Sao_Paulo", "São Paulo, Brazil"),
        ("Tromso", "Europe/Oslo", "Tromsø, Norway"),
        ("القاهرة", "Africa/Cairo", "Cairo, Egypt"),
        ("東京", "Asia/Tokyo", "Tokyo, Japan"),
        ("Kiev", "Europe/Kyiv", "Kyiv, Ukraine"),
        ("Europe/Berlin", "Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin", "Europe/Berlin"),
        ("america/new york", "America/New_York", "America/New_York"),
        ("UTC", "UTC", "UTC"),
        ("Deutschland", "Europe/Berlin", "Berlin, Germany"),
        ("Portugal", "Europe/Lisbon", "Lisbon, Portugal"),
        ("USA", "America/New_York", "New York City, NY, United States"),
    ],
)
def test_what_people_type(text: str, zone: str, label: str) -> None:
    """Accents, case, transliterations, scripts, zones by name and countries all lead there."""
    assert (zone, label) in zones.hits(text)[:3]


def test_the_largest_of_a_name_comes_first() -> None:
    """London is in England before it is in Ontario."""
    found = [label for _, label in zones.hits("London")]
    assert found.index("London, United Kingdom") < found.index("London, Canada")


def test_towns_of_one_name_are_told_apart() -> None:
    """The United States have several Springfields; each is labelled with its state."""
    found = [label for _, label in zones.hits("Springfield")]
    assert {"Springfield, MO, United States", "Springfield, IL, United States"} <= set(found)
    assert len(set(found)) == len(found)


def test_a_country_of_many_zones_offers_each_by_its_largest_city() -> None:
    """Brazil has more than ten; the zone of its largest city comes first."""
    found = zones.of_country("BR")
    assert found[0] == ("America/Sao_Paulo", "São Paulo, Brazil")
    assert len({zone for zone, _ in found}) == len(found) > 10
    assert zones.of_country("XX") == []


@pytest.mark.parametrize(
    "text", ["", "a", "!!", "\u0301" * 100, "Xyzzyplugh", "../../etc/passwd", "/etc/localtime"]
)
def test_nothing_is_found_for_nothing(text: str) -> None:
    """An unknown place has no hits, and no file is touched by a path."""
    assert zones.hits(text) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [("Muncih", "Munich, Germany"), ("Berlni", "Berlin, Germany"), ("Budapset", "Budapest, Hungary")],
)
def test_an_unknown_city_is_refused_with_what_may_be_meant(text: str, meant: str) -> None:
    """At most three places that are spelled nearly so."""
    with pytest.raises(Refusal) as refused:
        zones.find(text)
    near = refused.value.facts["near"]
    assert refused.value.reason == "place_unknown"
    assert isinstance(near, tuple) and meant in near and len(near) <= 3


def test_a_city_that_is_like_none_is_refused_without_a_guess() -> None:
    """No random city is proposed."""
    with pytest.raises(Refusal) as refused:
        zones.find("Qxzjvkwq")
    assert refused.value.facts == {"text": "Qxzjvkwq", "near": ()}


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_every_hit_can_be_reckoned_with_and_fits_a_menu(text: str) -> None:
    """Any text: at most 25 different hits, labels of 1 to 100 characters, zones that exist here."""
    found = zones.hits(text)
    assert len(found) <= zones.MOST and len(set(found)) == len(found)
    assert all(1 <= len(label) <= 100 and ZoneInfo(zone).key == zone for zone, label in found)


@pytest.mark.parametrize(
    "name", ["", "America", "Factory", "localtime", "../x", "/etc/passwd", "Europe/Nowhere", "\0"]
)
def test_what_is_no_zone(name: str) -> None:
    """Folders, paths and the zone of unset clocks are none."""
    assert not zones.is_zone(name)
