"""What boards show now and then: one opening in many cities, an offer too good to be true; of ordinary postings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sandbox.boards.posting import Pay, Place, Posting

CITIES: Mapping[str, str] = {"Lisbon": "Portugal", "Kraków": "Poland", "Valencia": "Spain", "Brno": "Czechia"}
_APART = 1_000_000  # between the numbers of two cities


def in_cities(posting: Posting, cities: Mapping[str, str] = CITIES) -> list[Posting]:
    """The same opening once in each city, as employers post it to be found more often. cities: name → country."""
    return [
        replace(
            posting,
            id=posting.id + number * _APART,
            role=f"{posting.role} ({city})",
            place=Place(f"{city}, {country}", (country,), f"You live in {country}, in or near {city}."),
            paragraphs=(*posting.paragraphs[:3], f"You live in {country}, in or near {city}."),
            imported=False,
        )
        for number, (city, country) in enumerate(cities.items(), start=1)
    ]


def too_good(posting: Posting) -> Posting:
    """As a posting that nobody should answer reads: high pay for no experience, a fee first, a private chat."""
    return replace(
        posting,
        pay=Pay(70, 95, posting.pay.currency if posting.pay else "USD", "hour"),
        paragraphs=(
            f"{posting.company} hires at once. No experience required, we train you in two days.",
            "You earn $70 - $95/hr from the first week, wherever you live.",
            "A small training fee of $120 is refunded with your first pay.",
            "To apply, contact our manager via Telegram: @fast_hiring_desk.",
        ),
    )
