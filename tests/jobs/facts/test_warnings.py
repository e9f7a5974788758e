"""Reasons to look twice at an opening."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.jobs.facts import NO_FACTS, warnings
from bot.jobs.facts.values import Evidence, Facts, Pay, Place, Posting

FINE = (
    "We are a bakery of twelve people. You look after our ovens, write small tools and talk with our bakers. "
    "We offer good pay, fresh bread and four weeks of holiday. Send us a letter through the form on our page. "
)


def codes(more: str, facts: Facts = NO_FACTS, **other: str) -> list[str]:
    posting = Posting(
        **{"title": "Oven Engineer", "company": "Ovenly", "board": "remoteok", "text": FINE + more, **other}
    )
    found = warnings.read(posting, facts)
    assert all(
        posting.source(one.evidence.source)[one.evidence.start : one.evidence.end] == one.evidence.quote
        for one in found
    )
    return [one.code for one in found]


def test_every_code_has_a_sentence_under_twenty_words() -> None:
    """The words are for people, and those of the database have a place for their number."""
    assert all(sentence.endswith(".") and len(sentence.split()) < 20 for sentence in warnings.WORDS.values())
    assert "{n}" in warnings.WORDS["repost_n"] and "{n}" in warnings.WORDS["fan_out_n"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The role is commission only.", "commission_only"),
        ("Pay: 100% commission.", "commission_only"),
        ("You pay a refundable training fee before you begin.", "asks_fee"),
        ("We mail you a cheque for your home office equipment.", "asks_fee"),
        ("Please buy gift cards for the first week.", "asks_fee"),
        ("To apply, message our manager on Telegram.", "chat_only"),
        ("Contact us via WhatsApp for an interview.", "chat_only"),
        ("Apply: https://t.me/ovenly_hr", "chat_only"),
        ("Send your CV to ovenly.hr@gmail.com.", "free_mail"),
        ("Apply at https://bit.ly/ovenly", "link_shortener"),
    ],
)
def test_words_that_ask_for_a_second_look(text: str, code: str) -> None:
    """Each of them is a reason, and its own words are the proof."""
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "We never ask for a training fee or gift cards.",
        "Beware: nobody of us will contact you on Telegram.",
        "We don't interview via WhatsApp.",
        "You answer customers via WhatsApp and by phone.",
        "We pay for your own training.",
        "Salary and commission, uncapped.",
        "Send your CV to jobs@ovenly.example.",
        "Redeem points for gift cards.",
    ],
)
def test_honest_words_give_no_reason(text: str) -> None:
    """An employer's own warning, a tool of the job and a perk are nothing to warn of."""
    assert codes(text) == []


def test_what_is_missing_is_named() -> None:
    """A title that names no job, an employer without a name, a text of a line."""
    assert codes("", title="Break free today") == ["not_a_role_word"]
    assert codes("", title="") == ["no_role"]
    assert codes("", company="N/A") == ["company_missing"]
    assert codes("", text="Apply now.") == ["text_too_short"]
    assert codes("", title="Ovens of tomorrow", board="wwr") == []


def test_no_experience_for_high_pay_needs_both() -> None:
    """Entry pay for beginners is honest, and so is high pay for the experienced."""
    proof = Evidence("pay", 0, 0, "test", "")
    high = replace(NO_FACTS, pay=Pay(6_000, 9_000, "USD", "month", "base", "$9,000", (proof,)))
    low = replace(NO_FACTS, pay=Pay(12, 15, "USD", "hour", "base", "$15", (proof,)))
    assert codes("No experience required.", high) == ["no_experience_high_pay"]
    assert codes("No experience required.", low) == []
    assert codes("Five years of ovens.", high) == []
    assert codes("No experience required.") == []


def test_what_other_rooms_found_at_odds_is_said_with_their_evidence() -> None:
    """A board that says another place or pay, and a desk behind the word remote."""
    office = Evidence("text", 0, 2, "remote.onsite3", "We")
    facts = replace(
        NO_FACTS,
        place=Place("restricted", ("PT",), evidence=(office,), board_says="Anywhere"),
        pay=Pay(1, 2, "EUR", "hour", "base", "€1", (office,), conflict=True),
        remote_type="onsite",
        remote_evidence=(office,),
    )
    assert codes("", facts) == ["board_region_conflict", "pay_conflict", "on_site"]
    assert "on_site" not in codes("", facts, place_claim="Porto (on-site)")
    assert "on_site" not in codes("", facts, board="greenhouse")


def test_what_is_no_job_is_not_warned_of() -> None:
    """It isn't shown at all."""
    assert codes("Commission only.", replace(NO_FACTS, is_job=False)) == []
