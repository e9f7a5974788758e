"""Time zones as postings write them."""

from __future__ import annotations

import pytest

from bot.jobs.facts.place import zones


@pytest.mark.parametrize(
    ("text", "low", "high", "use"),
    [
        ("Time zone: CET (+/- 3 hours)", -2, 4, "be"),
        ("Fully remote within CET±2.", -1, 3, "be"),
        ("within +/- 4 hours of Central European Standard Time", -3, 5, "be"),
        ("anywhere within ±3 hours of Eastern Time", -8, -2, "be"),
        ("Timezone: UTC+0 to UTC+9", 0, 9, "be"),
        ("between UTC-1 and UTC+3", -1, 3, "be"),
        ("in the GMT-5 to GMT+3 range", -5, 3, "be"),
        ("Remote (US time zones)", -8, -5, "be"),
        ("Must be located in a European time zone", 0, 2, "be"),
        ("Monday 12pm ET", -5, -5, "work"),
        ("You work EST hours.", -5, -5, "work"),
        ("aligned to UK business hours", 0, 0, "work"),
        ("some overlap with US daytime", -8, -5, "work"),
        ("the team meets at 9:00 UTC+5:30", 5.5, 5.5, "work"),
    ],
)
def test_a_zone_is_where_one_is_or_when_one_works(text: str, low: float, high: float, use: str) -> None:
    """Hours from UTC, and what they are for."""
    assert [(zone.low, zone.high, zone.use) for zone in zones.find(text)] == [(low, high, use)]


def test_in_a_place_field_a_zone_limits() -> None:
    """A board's place field says where one is, so a zone in it does too."""
    assert [zone.use for zone in zones.find("European timezones", field=True)] == ["be"]


@pytest.mark.parametrize(
    "text", ["The zone of proximal development", "ET phone home", "An estimate is best", ""]
)
def test_no_zone(text: str) -> None:
    """Words that look like zones restrict nobody."""
    assert [zone for zone in zones.find(text) if zone.use == "be"] == []


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("4-hour overlap with CET required", 4),
        ("at least 5 hours of daily overlap with us", 5),
        ("overlap of at least 3 hours with Berlin", 3),
        ("some overlap is fine", None),
        ("we overlap", None),
    ],
)
def test_overlap(text: str, hours: float | None) -> None:
    """The hours that are asked for, if a number is given."""
    found = zones.overlap(text)
    assert (found and found[0]) == hours
