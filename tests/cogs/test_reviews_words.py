"""What is said about reviews: every sentence is in one catalogue, shames nobody, tells no cause, and leads on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cogs.reviews
from bot.reviews import messages
from bot.reviews.document.intake import REASONS
from cogs.reviews import letters, words
from cogs.reviews.words import ask
from cogs.reviews.words.refusals import REFUSALS
from tests.cogs.canned import delivered
from tests.cogs.canned_review_letters import DELIVERIES, LETTERS, NOT_TAKEN
from tests.cogs.said import (
    TWO_WORDS,
    Raised,
    Said,
    custom_ids,
    must_answer,
    raised,
    strings,
    too_long,
    without_words,
)
from tests.cogs.test_cards import texts
from tests.end_to_end.town import Town

ROOT = Path(__file__).resolve().parents[2]
HERE, CATALOGUE = Path(cogs.reviews.__file__).parent, Path(words.__file__).parent

# What no sentence may say → why (design/reviews.md: no lateness shame, no ranking, no cause of an early end).
NEVER: dict[str, str] = {
    r"\b(late|lateness|overdue|too slow|behind)\b": "nobody is shamed for time",
    r"\b(fail|fails|failed|failing|failure|no-shows?)\b": "nobody fails at reading",
    r"\b(forgot|forgotten to|you should have|shame|sham\w+|lazy|excuses?)\b": "it shames",
    r"\b(declin\w*|refused by|rejected by|turned (you|it) down|did(n['’]t| not) want)\b": "it tells who said no",
    r"\b(blocked you|blocks you|because of a block|same (company|employer) as)\b": "it tells why two are apart",
    r"\b(rank|ranks|ranked|ranking|leader ?boards?|top \d+|winners?|losers?)\b": "it ranks",
    r"\b(guarantee\w*|get hired|dream job)\b": "it promises a job",
    r"@(everyone|here)\b": "it pings everybody",
    r"!": "it shouts",
}
BITES = (
    "Your review is late.",
    "You failed to send it.",
    "You forgot this one.",
    "Your reader declined.",
    "Tom blocked you.",
    "Your rank is 3.",
    "We guarantee interviews.",
    "@everyone, read this.",
    "Well done!",
)


def every_sentence() -> list[Said]:
    return [said for file in sorted(CATALOGUE.glob("*.py")) for said in strings(file)]


def bitten(text: str) -> list[str]:
    return [why for pattern, why in NEVER.items() if re.search(pattern, text, re.IGNORECASE | re.DOTALL)]


# -- tone ----------------------------------------------------------------------------------------


def test_nothing_of_the_never_list_is_said() -> None:
    """No sentence shames, ranks, promises, or tells why something ended or why two are not brought together."""
    every = every_sentence()
    assert len(every) > 250
    assert [(said, why) for said in every if (why := bitten(said.text))] == []


def test_the_never_list_bites() -> None:
    """Each bad sample is refused, and each pattern refuses one or stands for a cause."""
    assert [sample for sample in BITES if not bitten(sample)] == []


def test_sentences_are_short() -> None:
    """Fewer than 20 words each."""
    assert too_long(every_sentence()) == []


def test_every_sentence_is_in_the_catalogue() -> None:
    """No other file of this subject holds a string of two words or more."""
    files = list(HERE.glob("*.py"))
    assert len(files) > 10
    assert [said for file in files for said in strings(file) if TWO_WORDS.search(said.text)] == []


def test_every_file_that_is_not_taken_has_a_sentence() -> None:
    """Each reason of the intake says what happened and what to do; no two read alike."""
    said = {reason: ask.not_taken(reason, **NOT_TAKEN[reason]) for reason in REASONS}
    assert len(set(said.values())) == len(REASONS)
    assert all(re.search(r"(Save|Print|Leave)", text) for text in said.values())
    assert ask.not_taken("has_password", opens=True) != said["has_password"]


# -- what tells nothing --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", LETTERS)
async def test_a_discreet_letter_says_nothing(kind: str) -> None:
    """Without the open door it names no subject, on its button neither."""
    view = delivered(kind, DELIVERIES[kind]["discreet"])
    assert list(texts(view)) == ["Something waits for you in Remote Work Hub."]
    assert {getattr(item, "label", "") for item in view.walk_children()} - {""} == {"Show it"}


async def test_early_ends_read_alike() -> None:
    """The value has no cause, so no word can tell one; only an author hears when the next reader may come."""
    assert set(messages.Over.__dataclass_fields__) == {
        *("guild_id", "server", "request_id", "kind", "to", "next_at", "named")
    }
    said = {name: "\n".join(texts(letters.over(one, "n"))) for name, one in DELIVERIES[messages.OVER].items()}  # type: ignore[arg-type]
    assert said["author"].replace("You are first", "") != said["author"]
    assert said["author_done"] == said["author"].replace(
        "\nYou are first when I look for a reader again, <t:1795093200:R>.", ""
    )


async def test_a_blind_thread_names_nobody() -> None:
    """Neither its first words nor the lines below hold a mention."""
    shown = [delivered(messages.HELLO, DELIVERIES[messages.HELLO]["without_names"])]
    shown += [
        delivered(messages.PAGES, one)
        for name, one in DELIVERIES[messages.PAGES].items()
        if name != "hostile"
    ]
    shown += [
        delivered(messages.WORD, DELIVERIES[messages.WORD][name]) for name in ("somebody", "blind_review")
    ]
    assert [text for view in shown for text in texts(view) if "<@" in text] == []


def test_only_a_direct_promise_rings() -> None:
    """A review that is here; nothing else about reviews makes a phone ring."""
    assert {name for name, kind in cogs.reviews.KINDS.items() if kind.rings} == {messages.READY}


# -- refusals and buttons ------------------------------------------------------------------------


def every_refusal() -> list[Raised]:
    return raised(ROOT / "bot" / "reviews", HERE)


def test_every_refusal_has_words() -> None:
    """Each reason that is raised has a sentence, which takes exactly the facts that come with it."""
    every = every_refusal()
    assert len(every) > 40
    assert without_words(every) == []


def test_every_refusal_with_words_is_raised() -> None:
    """The catalogue has no refusal that nothing raises."""
    assert set(REFUSALS) - {one.reason for one in every_refusal()} == set()


@pytest.mark.wire
async def test_every_button_is_answered(town: Town) -> None:
    """Whatever stands under a message about reviews has a handler, which takes what its id carries."""
    every = DELIVERIES.items()
    ids = custom_ids(delivered(kind, value) for kind, variants in every for value in variants.values())
    assert len(ids) > 5
    must_answer(town, ids)
