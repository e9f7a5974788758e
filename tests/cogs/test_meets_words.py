"""What is said about meetings: every sentence is in one catalogue, short and without blame, and none tells why."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

import cogs.meets
from bot.meets import messages
from cogs.meets import words
from cogs.meets.words.refusals import REFUSALS
from tests.cogs import canned_meets
from tests.cogs.canned import KINDS, delivered
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
from tests.cogs.test_checkins_words import NEVER
from tests.cogs.test_refusals import PUBLIC
from tests.end_to_end.town import Town

ROOT = Path(__file__).resolve().parents[2]
HERE, CATALOGUE = Path(cogs.meets.__file__).parent, Path(words.__file__).parent
_BOOK = ROOT / "meets.yaml"

WHY: dict[str, str] = {
    r"\b(block\w*|guard\w*)\b": "it tells of a block",
    r"\b(employer|colleagues?|same company)\b": "it tells where somebody works",
    r"\b(left the server|erased|deleted)\b": "it tells what somebody did",
    r"\b(nobody speaks|no language|never awake)\b": "it tells what does not fit",
}
ALLOWED = {
    "Once a week I bring two people together. Whom you block or guard against, you never meet.": "how it works",
}
_LETTERS = (messages.DRAWN, messages.ASKED, messages.NOBODY, messages.OVER)


def every_sentence() -> list[Said]:
    return [said for file in sorted(CATALOGUE.glob("*.py")) for said in strings(file)]


def test_nothing_of_the_never_list_is_said() -> None:
    """No sentence shames, ranks, hurries or counts who was away; none tells why two are not together."""
    every = every_sentence()
    assert len(every) > 150
    bitten = [
        (said, why)
        for said in every
        for pattern, why in {**NEVER, **WHY}.items()
        if re.search(pattern, said.text, re.IGNORECASE | re.DOTALL) and said.text not in ALLOWED
    ]
    assert bitten == []
    assert set(ALLOWED) <= {said.text for said in every}


def test_sentences_are_short() -> None:
    """Fewer than 20 words each."""
    assert too_long(every_sentence()) == []


def test_every_sentence_is_in_the_catalogue() -> None:
    """No other file of this subject holds a string of two words or more."""
    files = list(HERE.glob("*.py"))
    assert len(files) > 5
    assert [said for file in files for said in strings(file) if TWO_WORDS.search(said.text)] == []


def test_nothing_of_it_is_public() -> None:
    """No message about meetings goes to a channel that everybody reads."""
    assert {kind for kind in PUBLIC if kind.startswith("meet_")} == set()
    assert set(cogs.meets.KINDS) <= set(KINDS)


def test_an_early_end_knows_no_cause() -> None:
    """What is told then, and when nobody fits, has no field that could hold one, and names nobody."""
    for value in (messages.Over, messages.Nobody):
        assert {one.name for one in fields(value)} == {"guild_id", "server", "kind", "next_at", "named"}


@pytest.mark.parametrize("kind", _LETTERS)
async def test_a_discreet_letter_says_nothing(kind: str) -> None:
    """Without the open door a direct message names neither people nor subject, on its buttons neither."""
    view = delivered(kind, canned_meets.DELIVERIES[kind]["discreet"])
    labels = {getattr(item, "label", "") for item in view.walk_children()} - {""}
    assert list(texts(view)) == ["Something waits for you in Remote Work Hub."]
    assert labels == {"Show it"}


# -- refusals and buttons ------------------------------------------------------------------------


def every_refusal() -> list[Raised]:
    return raised(ROOT / "bot" / "meets", HERE)


def test_every_refusal_has_words() -> None:
    """Each reason that is raised has a sentence, which takes exactly the facts that come with it."""
    every = every_refusal()
    assert len(every) > 10
    assert without_words(every) == []


def test_every_refusal_with_words_is_raised() -> None:
    """The catalogue has no refusal that nothing raises."""
    assert set(REFUSALS) - {one.reason for one in every_refusal()} == set()


@pytest.mark.wire
async def test_every_button_is_answered(town: Town) -> None:
    """Whatever stands on a page, in a letter or in a thread has a handler, which takes what its id carries."""
    views = [
        delivered(kind, value)
        for kind, variants in canned_meets.DELIVERIES.items()
        for value in variants.values()
    ]
    views += [page(*given) for page, variants in canned_meets.PAGES.items() for given in variants.values()]
    ids = custom_ids(views)
    assert len(ids) > 40
    must_answer(town, ids)
