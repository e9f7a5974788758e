"""What tells who wrote a text: found in invented résumés, with the figures of how well."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reviews.document.marks import Mark, plain
from bot.reviews.document.words import address_kind, employer_forms, hidden, marks, name_forms
from tests import proofs
from tests.reviews.document.resumes import HIDE, RESUMES, unmarked


def found_in(text: str, *hide: str, head: bool = True) -> list[tuple[str, str]]:
    return [(mark.kind, text[mark.start : mark.end]) for mark in marks(text, hide, head)]


def covered(mark: Mark, by: list[Mark], text: str) -> bool:
    """Each letter and digit of it lies in one of the same kind."""
    places = {place for one in by if one.kind == mark.kind for place in range(one.start, one.end)}
    return all(place in places for place in range(mark.start, mark.end) if text[place].isalnum())


def overlaps(mark: Mark, others: list[Mark]) -> bool:
    return any(mark.kind == one.kind and mark.start < one.end and one.start < mark.end for one in others)


@pytest.mark.proof
def test_precision_and_recall(record_property: object) -> None:
    """In the marked résumés at least 98 of 100 marks are right, and 98 of 100 things are found."""
    right: Counter[str] = Counter()
    wrong: list[str] = []
    missed: list[str] = []
    for marked in RESUMES:
        text, wanted = unmarked(marked)
        got = marks(text, HIDE)
        missed += [
            f"{one.kind}: {text[one.start : one.end]}" for one in wanted if not covered(one, got, text)
        ]
        wrong += [f"{one.kind}: {text[one.start : one.end]}" for one in got if not overlaps(one, wanted)]
        right.update(one.kind for one in wanted if covered(one, got, text))
    total = right.total()
    assert len(missed) <= 0.02 * (total + len(missed)), missed
    assert len(wrong) <= 0.02 * (total + len(wrong)), wrong
    if callable(record_property):
        record_property("promise", "What tells who wrote a resume is found, and little else")
        record_property(
            "figure", f"{len(RESUMES)} resumes: {total} found, {len(missed)} missed, {len(wrong)} wrong"
        )


@pytest.mark.parametrize(
    "text",
    [
        *("2019–2023", "2019 - 2023, 2015 - 2018", "01.02.2019 – 03.04.2020", "2021-09-01 2022-10-02"),
        *("ISBN 3-16-148410-0", "978-3-16-148410-0", "version 10.15.7.1203", "192.168.100.200", "1 000 000 users"),
        *("$12 345 678", "port 54321", "PMID 31234567", "3.14159265", "v1.2.3.4567", "09/2016 - 06/2018"),
        *("order id 9876543210", "pages 1234-1250", "0000000", "1920x1080", "12345678 rows", "2020 2021 2022 2023"),
    ],
)  # fmt: skip
def test_what_is_no_phone(text: str) -> None:
    """Years, dates, versions, amounts and book numbers are no phones, at the head or below."""
    for head in (True, False):
        assert found_in(f"x\n{text}\ny", head=head) == []


@pytest.mark.parametrize(
    "text",
    [
        *("+49 171 1234567", "+1-555-010-0199", "+1 (555) 010-0199", "0049 30 23125123", "(+44) 7700 900123"),
        *("020 7946 0958", "(020) 7946 0958", "212-555-0123", "212.555.0123", "98765 43210", "06.39.98.12.34"),
        *("03-1234-5678", "+351912345678", "+55 (11) 98765-4321", "＋48 601 234 567", "+971 50 123 4567"),
    ],
)  # fmt: skip
def test_what_is_a_phone_anywhere(text: str) -> None:
    """A number written as only phones are is one, also far below the head."""
    seen = found_in(f"{'line of work' * 3}\n" * 20 + f"call {text} now", head=False)
    assert [kind for kind, _ in seen] == ["phone"]
    assert re.sub(r"\D", "", seen[0][1]) == re.sub(r"\D", "", plain(text))


def test_a_bare_number_is_a_phone_only_at_the_head() -> None:
    """Nine digits are a phone beside a name, and an amount further down."""
    assert found_in("Ana\n612 345 678") == [("phone", "612 345 678")]
    assert found_in("work\n" * 20 + "612 345 678") == []


def test_mail_in_each_spelling() -> None:
    """Hidden at-signs, plus signs, two lines and a divided name: all of the address is marked."""
    for text in (
        "a.b+c@example.org",
        "a (at) example (dot) org",
        "a.b@\nexample.org",
        "a.b@example.\norg",
        "anna-\nb@example.org",
    ):
        assert found_in(text) == [("email", text)]
    assert found_in("scope@2x, @media, user@host") == []


def test_links_to_profiles() -> None:
    """A profile is marked wherever it stands, a project's page only at the head, a library never."""
    below = "x\n" * 20
    assert found_in(below + "https://www.linkedin.com/in/jane-d/ and github.com/jane") == [
        ("link", "https://www.linkedin.com/in/jane-d/"),
        ("link", "github.com/jane"),
    ]
    assert found_in(below + "https://example.com/product, Node.js, ASP.NET") == []
    assert found_in("me\njane.dev") == [("link", "jane.dev")]
    assert found_in("GitHub: jane-d | Skype: live:jane") == [("link", "jane-d"), ("link", "live:jane")]
    assert found_in("GitHub: Actions, Pages") == []


@pytest.mark.parametrize(
    "text", ["5 years experience", "children aged 12", "ages 18 to 65", "page 34", "aged 18 and over"]
)
def test_what_is_no_age(text: str) -> None:
    """Years of work and the age of others are nobody's age."""
    assert found_in(text) == []


def test_words_to_hide_in_any_spelling() -> None:
    """Case, accents, ligatures, letter-spacing and broken lines don't save a name; another word does."""
    for text in (
        "ZOË FIELDS",
        "Zoe\nFields",
        "zoe-fields",
        "Z O E  F I E L D S",
        "Zoe Fi-\nelds",
        "Zoe ﬁelds",
    ):
        assert found_in(text, "Zoë Fields") == [("word", text)], text
    assert found_in("Zoe Fieldson", "Zoë Fields") == []
    assert found_in("acme.example and Acme's, but academe", "Acme") == [("word", "acme"), ("word", "Acme")]
    assert found_in("C++ and .NET and C", "C++") == [("word", "C++")]
    assert found_in("anything", "", " ", "!!", "x") == []


def test_forms_of_a_name() -> None:
    """A name is looked for in parts and turned round, an employer without its legal form."""
    assert {"Anna Kowalska", "Kowalska", "Anna", "Kowalska Anna", "AnnaKowalska", "AKowalska"} <= set(
        name_forms("Anna Kowalska")
    )
    assert set(employer_forms("Acme Labs GmbH")) == {"Acme Labs GmbH", "acme labs", "acmelabs"}
    assert name_forms("") == employer_forms(" ") == ()


def test_what_an_address_behind_a_link_tells() -> None:
    """A mailbox, a number, a profile; anything else tells nothing."""
    kinds = [
        address_kind(one)
        for one in ("mailto:a@example.org", "tel:+1555", "https://github.com/a", "https://a.example")
    ]
    assert [one and one.kind for one in kinds] == ["email", "phone", "link", None]


pieces = st.sampled_from(
    [
        *"aA1.-/@\n(+ #年区",
        "Calle ",
        "12 ",
        "rue de ",
        "born ",
        "+49 ",
        "Anna ",
        "www.",
        "2019",
        "\u00ad",
        "ﬁ",
        "٣",
        "Abc-",
    ]
)


@pytest.mark.proof
@given(st.lists(pieces, max_size=200).map("".join) | st.text(max_size=300))
@settings(max_examples=proofs.size(60, 2000), deadline=None)
def test_marks_are_in_order_and_apart(text: str) -> None:
    """Whatever the text: marks lie inside of it, in order, none within another, and it keeps its length."""
    seen = marks(text, ("Anna", "a1"))
    assert len(plain(text)) == len(text)
    assert all(0 <= one.start < one.end <= len(text) for one in seen)
    assert all(one.start <= two.start and one.end < two.end for one, two in pairwise(seen))


@given(
    st.text("abcde ", min_size=0, max_size=30),
    st.text("xyz", min_size=2, max_size=6),
    st.text("abcde ", max_size=30),
)
def test_a_hidden_word_is_always_found(before: str, word: str, after: str) -> None:
    """Standing alone, it is found where it stands."""
    text = f"{before} {word.upper()} {after}"
    assert Mark("word", len(before) + 1, len(before) + 1 + len(word)) in list(hidden(text, [word]))


@pytest.mark.parametrize(
    "piece",
    ["a", "a.", "1 ", "12-34 ", "Abc ", "1 Abc ", "a@", "\n", "(1", "Calle de la ", "Abc-", "born ", "区市"],
)
def test_a_hostile_text_costs_no_more_than_it_is_long(piece: str) -> None:
    """Patterns look at each place a bounded number of times: all of a page's worth ends within the test's time."""
    text = piece * (20_000 // len(piece))
    assert all(mark.end <= len(text) for mark in marks(text, ("Anna Kowalska",)))
