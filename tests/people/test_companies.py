"""Companies have one comparable name, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.guards import MAX_COMPANY, company
from bot.refusals import Refusal
from bot.text import company_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("Acme", "ACME", "Acme GmbH", "acme, inc.", "A.C.M.E. Inc", "Acme GmbH & Co. KG", "Acme S.r.l. "),
        ("Allegro", "Allegro sp. z o.o.", "ALLEGRO Sp. z o. o."),
        ("Škoda Auto", "Skoda Auto a.s.", "SKODA AUTO, a. s."),
        ("L'Oréal", "L’Oreal S.A.", "loreal"),
        ("メルカリ", "株式会社メルカリ", "㈱メルカリ", "ﾒﾙｶﾘ"),
        ("Яндекс", "ООО Яндекс", "яндекс"),
        ("H&M", "H & M AB", "h and m"),
        ("Ørsted", "Orsted A/S", "ØRSTED"),
        ("Booking.com", "Booking.com B.V."),
    ],
)  # fmt: skip
def test_spellings_of_one_company_are_one(spellings: tuple[str, ...]) -> None:
    """Case, accents, punctuation and legal form tell no company apart."""
    assert len({company_key(spelling) for spelling in spellings}) == 1


def test_other_companies_stay_others() -> None:
    """What stands in a name beside its legal form counts; a name of a legal form alone is a name."""
    names = ("Acme", "Acme Labs", "Acme Health", "Limited", "Inc", "The Co", "A", "AB", "SE", "🎉")
    assert len({company_key(name) for name in names}) == len(names)


@given(st.text(max_size=60))
def test_any_text_has_a_comparable_name_and_case_never_counts(text: str) -> None:
    """No text raises; a name of something is never nothing."""
    assert company_key(text.upper().lower()) == company_key(text.upper().lower().casefold())
    if any(c.isascii() and c.isalnum() for c in text):
        assert company_key(text)


@pytest.mark.parametrize("name", ["", "   ", "!!!", "\u200b\u202e", "- – —"])
def test_a_company_without_a_name_is_refused(name: str) -> None:
    """A guard against nothing would look like one against something."""
    with pytest.raises(Refusal, match="company_without_name"):
        company(name)


def test_a_company_is_kept_as_it_was_written() -> None:
    """The owner of the list reads their own words again, cleaned and cut."""
    assert company(" Acme\u202e   GmbH ") == ("acme", "Acme GmbH")
    mark, name = company("x" * 500)
    assert len(name) == MAX_COMPANY and mark
