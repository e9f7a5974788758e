"""The keys of an opening: equal for the same one on different boards, different for every other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.facts import keys
from bot.jobs.facts.keys import title_key, without_place
from bot.jobs.facts.values import NO_PLACE, Evidence, Place, Posting

US = Place("restricted", ("US",), evidence=(Evidence("place", 0, 3, "field", "USA"),))
CANADA = Place("restricted", ("CA",))


def in_city(country: str, quote: str) -> Place:
    return Place("restricted", (country,), evidence=(Evidence("place", 0, len(quote), "field", quote),))


def key(title: str, place: Place = US, company: str = "Acme", **fields: str) -> str:
    return keys.opening(Posting(title, company, **fields), place)


def variant(title: str, place: Place = US, company: str = "Acme") -> str:
    return keys.variant(Posting(title, company), place)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Senior Engineer, Data - Core", "senior engineer,  data – core "),
        ("Senior Engineer (m/w/d)", "Senior Engineer"),
        ("Senior Engineer (f|m|x)", "Sr. Engineer"),
        ("Senior Back-end Engineer", "Senior Backend Engineer"),
        ("Engineer, R&D", "Engineer, R and D"),
        ("Engineer (Remote)", "Engineer - fully remote"),
        ("Développeur", "Developpeur"),
    ],
)
def test_spelling_does_not_matter(one: str, other: str) -> None:
    """Case, marks, spaces, accents, gender marks, "remote" and usual short forms tell nothing apart."""
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Engineer", "Senior Engineer"),
        ("Engineer II", "Engineer III"),
        ("Engineer, Backend (Card)", "Engineer, Backend (Card Acquisition)"),
        ("Engineer (543)", "Engineer (555)"),
        ("C Developer", "C++ Developer"),
        ("C# Developer", "C Developer"),
        ("Engineer - Trading", "Engineer"),
    ],
)
def test_levels_teams_and_numbers_matter(one: str, other: str) -> None:
    """Another level, team or number is another opening, also as a variant."""
    assert key(one) != key(other)
    assert variant(one) != variant(other)


def test_the_company_is_known_by_any_spelling() -> None:
    """A board's slug and the full name with its legal form are one company; another company is another opening."""
    assert key("Engineer", company="acme") == key("Engineer", company="Acme, Inc.")
    assert key("Engineer", company="Acme") != key("Engineer", company="Globex")


def test_who_may_apply_matters() -> None:
    """The same title for another country is a variant and no more."""
    assert key("Engineer", US) != key("Engineer", CANADA)
    assert variant("Engineer", US) == variant("Engineer", CANADA)


def test_two_cities_of_a_country_are_two_variants() -> None:
    """Their country alone would make them one."""
    porto, lisbon = in_city("PT", "Porto, Portugal"), in_city("PT", "Lisbon, Portugal")
    assert key("Engineer", porto) != key("Engineer", lisbon)
    assert variant("Engineer", porto) == variant("Engineer", lisbon)


def test_a_claim_narrower_than_the_facts_makes_a_variant() -> None:
    """One opening for Latin America that a board lists under each of a hundred cities."""
    everywhere = Place("restricted", ("AR", "CO", "MX"))
    claims = ("Bogotá, Colombia", "Medellín, Colombia", "Mexico", "Argentina", "")
    found = {key("Engineer, Latin America", everywhere, place_claim=claim) for claim in claims}
    assert len(found) == len(claims)
    assert key("Engineer", US, place_claim="Anywhere in the World") == key(
        "Engineer", US, place_claim="Remote - USA"
    )


def test_an_unknown_place_is_the_boards_word_for_it() -> None:
    """ "Remote", "Anywhere" and nothing at all say the same."""
    assert key("Engineer", NO_PLACE, place_claim="Remote") == key(
        "Engineer", NO_PLACE, place_claim="Anywhere"
    )
    assert key("Engineer", NO_PLACE, place_claim="Remote") == key("Engineer", NO_PLACE)
    assert key("Engineer", NO_PLACE, place_claim="Atlantis") != key("Engineer", NO_PLACE)
    assert key("Engineer", Place("worldwide")) != key("Engineer", NO_PLACE)


def test_what_is_out_and_which_hours_tell_places_apart() -> None:
    """A restriction without a country is known by the rest of it."""
    assert key("Engineer", Place("restricted", tz_min=-5, tz_max=1)) != key(
        "Engineer", Place("restricted", countries_out=("US",))
    )


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Engineer - UK", "engineer"),
        ("Engineer (France)", "engineer"),
        ("Engineer, Brazil", "engineer"),
        ("Engineer - Remote, Latin America", "engineer"),
        ("Engineer | Spain | Remote", "engineer"),
        ("Engineer - New York, NY", "engineer"),
        ("Engineer (Mexico City) - Payments", "engineer payments"),
        ("Engineer, Mobile", "engineer mobile"),
        ("Engineer, UK Growth", "engineer uk growth"),
        ("Senior Engineer, Platform", "senior engineer platform"),
        ("Lisbon", "lisbon"),
        ("Account Executive - Germany", "account executive germany"),
        ("Enterprise Sales Engineer - UK", "enterprise sales engineer uk"),
    ],
)
def test_a_title_without_its_place(title: str, kept: str) -> None:
    """Places at the end and in parentheses go; a sales territory is the job itself, and stays."""
    assert title_key(without_place(title)) == kept


@pytest.mark.parametrize(
    ("title", "company"), [("", "Acme"), ("Engineer", ""), ("…", "Acme"), ("Remote", "Acme")]
)
def test_without_title_or_company_there_is_no_key(title: str, company: str) -> None:
    """Nothing would be the same as everything."""
    assert key(title, company=company) == variant(title, company=company) == ""


@given(st.text(max_size=300), st.text(max_size=50))
def test_any_title_has_a_stable_key(title: str, company: str) -> None:
    """Nothing raises; the same posting has the same key; spaces around don't count."""
    assert key(title, company=company) == key(
        f" {title[:200]} " if len(title) <= 200 else title, company=company
    )
