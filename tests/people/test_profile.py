"""What somebody writes about themselves is cleaned and read, or refused with what to write instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people import countries, languages, profile
from bot.people.members import Profile
from bot.refusals import Refusal


def test_a_headline_of_a_hundred_marks_is_tamed() -> None:
    """At most three marks stay on a letter; control and direction marks go."""
    assert profile.headline("A" + "\u0316" * 100) == "A" + "\u0316" * 3
    assert profile.headline("\u202eSenior\u200b  engineer\n") == "Senior engineer"
    assert len(profile.headline("word " * 200)) <= profile.MAX_HEADLINE


@pytest.mark.parametrize(
    "text",
    ["مهندسة برمجيات أولى، أكتب بلغة بايثون", "シニアエンジニア（バックエンド）、東京在住。", "मराठी लेखिका"],
)
def test_other_scripts_stay_whole(text: str) -> None:
    """Arabic, Japanese and Marathi read as they were written, but for full-width punctuation."""
    assert profile.headline(text) == text.translate(str.maketrans("（）", "()"))


def test_skills_are_parted_and_told_once() -> None:
    """Commas, semicolons and lines part them; the first spelling counts."""
    assert profile.skills("Python, Go;SQL\n python ,, C++") == ("Python", "Go", "SQL", "C++")
    assert profile.skills("") == ()
    assert len(profile.skills("\n".join(map(str, range(20))))) == 20
    with pytest.raises(Refusal, match="too_many_skills"):
        profile.skills("\n".join(map(str, range(21))))


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("English, Deutsch", ("en", "de")),
        ("日本語; العربية", ("ja", "ar")),
        ("português do Brasil, Portuguese", ("pt-BR", "pt")),
        ("PT-BR, en, EN", ("pt-BR", "en")),
        ("francais\nespanol", ("fr", "es")),
        ("Farsi, Tagalog, Flemish", ("fa", "fil", "nl")),
        ("", ()),
    ],
)
def test_languages_by_any_of_their_names(text: str, tags: tuple[str, ...]) -> None:
    """English and own names, with or without accents, and tags."""
    assert languages.languages(text) == tags


def test_a_language_we_do_not_know_is_refused_with_near_ones() -> None:
    """ "Portugese" may mean Portuguese; nine languages are one too many."""
    with pytest.raises(Refusal) as refused:
        languages.languages("English, Portugese")
    assert refused.value.reason == "language_unknown" and "Portuguese" in str(refused.value.facts["near"])
    with pytest.raises(Refusal, match="too_many_languages"):
        languages.languages("en, de, fr, es, it, pt, nl, sv, da")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Portugal", "PT"),
        ("deutschland", "DE"),
        ("ÖSTERREICH", "AT"),
        ("UK", "GB"),
        ("U.S.A.", "US"),
        ("the Netherlands", "NL"),
        ("Cote d'Ivoire", "CI"),
        ("日本", "JP"),
        ("مصر", "EG"),
        ("pt", "PT"),
        ("PRT", "PT"),
        ("Türkiye", "TR"),
        ("", ""),
    ],
)
def test_countries_by_any_of_their_names(text: str, code: str) -> None:
    """English names, own names, short names and codes."""
    assert countries.country(text) == code


def test_a_country_that_is_none_is_refused_with_near_ones() -> None:
    """A misspelling is answered with the country it may mean."""
    with pytest.raises(Refusal) as refused:
        countries.country("Portugel")
    assert refused.value.facts == {"text": "Portugel", "near": ("Portugal",)}
    assert countries.countries("Portugal, Spain\nspain; ") == ("PT", "ES")


def test_every_country_is_found_by_the_name_we_show() -> None:
    """What a page shows can be typed again."""
    assert len(countries._names()) > 240
    assert [code for code, name in countries._names().items() if countries.find_country(name) != code] == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("60k EUR", (60_000, "EUR")),
        ("60,000 EUR", (60_000, "EUR")),
        ("60.000 €", (60_000, "EUR")),
        ("€60 000", (60_000, "EUR")),
        ("60'000 chf", (60_000, "CHF")),
        ("$85,500", (85_500, "USD")),
        ("72.5k usd", (72_500, "USD")),
        ("72,5k eur a year", (72_500, "EUR")),
        ("EUR 60000/year", (60_000, "EUR")),
        ("60000 euros", (60_000, "EUR")),
        ("1.2m INR", (1_200_000, "INR")),
        ("12,00,000 ₹", (1_200_000, "INR")),
        ("12,0000 INR", None),
        ("60,000.000 EUR", None),
        ("60.5 EUR", None),
        ("60,000k EUR", None),
        ("60.000,00 EUR", None),
        ("1,234,567 JPY", (1_234_567, "JPY")),
        ("60k", None),
        ("EUR", None),
        ("60k EUR USD", None),
        ("EUR 60k EUR", None),
        ("0 EUR", None),
        ("60k-80k EUR", None),
        ("60k XXX", None),
        ("a lot of EUR", None),
        ("9" * 40 + " EUR", None),
    ],
)
def test_pay_is_read_or_refused(text: str, read: tuple[int, str] | None) -> None:
    """An amount a year with its money; what could be misread is refused."""
    if read is not None:
        assert profile.pay(text) == read
        return
    with pytest.raises(Refusal, match="pay_unclear"):
        profile.pay(text)


def test_no_pay_is_no_pay() -> None:
    """An empty field clears it."""
    assert profile.pay("  ") is None


@given(st.text(max_size=80))
def test_any_text_for_pay_is_read_or_refused(text: str) -> None:
    """Nothing raises anything but a refusal, and what is read makes sense."""
    try:
        read = profile.pay(text)
    except Refusal as refused:
        assert refused.reason == "pay_unclear"
    else:
        assert read is None or (1 <= read[0] <= profile.MOST_PAY and read[1] in countries.currencies())


def test_a_link_is_shown_in_its_safe_spelling() -> None:
    """https is added where no scheme stands; tracking goes."""
    assert profile.links("github.com/ana https://ana.example/cv?utm_source=x") == (
        "https://github.com/ana",
        "https://ana.example/cv",
    )


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("http://127.0.0.1/cv", "link_not_public"),
        ("http://10.0.0.7/", "link_not_public"),
        ("192.168.1.1/admin", "link_not_public"),
        ("http://169.254.169.254/latest", "link_not_public"),
        ("http://localhost/cv", "link_not_public"),
        ("http://printer.local/", "link_not_public"),
        ("http://wiki.internal/ana", "link_not_public"),
        ("http://2130706433/", "link_not_public"),
        ("http://intranet/", "link_not_public"),
        ("https://example.org:8443/cv", "link_not_public"),
        ("http://[::1]/", "link_refused"),
        ("javascript://alert(1)", "link_refused"),
        ("ftp://example.org/cv", "link_refused"),
        ("https://ana:secret@example.org/", "link_refused"),
        ("https://discord.gg/abc", "link_refused"),
        ("file:///etc/passwd", "link_refused"),
    ],
)
def test_a_link_that_not_everybody_may_open_is_refused(link: str, reason: str) -> None:
    """Private addresses, local names, odd ports, other schemes and invites, each with its reason."""
    with pytest.raises(Refusal, match=reason):
        profile.links(link)


def test_six_links_are_one_too_many() -> None:
    """Five are shown on the card; the same one twice counts once."""
    five = " ".join(f"example.org/{n}" for n in range(5))
    assert len(profile.links(f"{five} example.org/0")) == 5
    with pytest.raises(Refusal, match="too_many_links"):
        profile.links(f"{five} example.org/5")


def test_what_is_kept_was_checked_whoever_filled_it_in() -> None:
    """The last door before the database: no field is taken as it comes."""
    kept = profile.checked(
        Profile(
            headline="\u202ex",
            field="juggling",
            level="senior",
            skills=("Go", "go"),
            languages=("en", "xx-klingon"),
            country="XX",
            may_work=("PT", "XX"),
            pay_floor=60_000,
            open_to=("coffee", "mischief"),
        )
    )
    assert kept == Profile(
        headline="x", level="senior", skills=("Go",), languages=("en",), may_work=("PT",), open_to=("coffee",)
    )
    with pytest.raises(Refusal, match="link_not_public"):
        profile.checked(Profile(links=("http://localhost/",)))
