"""What is said about meetings: every sentence is in one catalogue, short and without blame, and none tells why."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import cogs.meets
from bot.meets import messages
from cogs import refusals
from cogs.meets import words
from cogs.meets.words.refusals import REFUSALS
from tests.cogs import canned_meets
from tests.cogs.canned import KINDS, delivered
from tests.cogs.test_cards import texts
from tests.cogs.test_checkins_words import NEVER, Pressed, Said, strings
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
_TWO_WORDS = re.compile(r"[^\W\d_]{2,}\W*\s\W*[^\W\d_]{2,}")
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
    long = [
        (said.where, sentence)
        for said in every_sentence()
        for sentence in re.split(r"(?<=[.!?:])\**\s+|\n", said.text)
        if len(re.findall(r"[\w{<][^\s]*", sentence)) >= 20
    ]
    assert long == []


def test_every_sentence_is_in_the_catalogue() -> None:
    """No other file of this subject holds a string of two words or more."""
    files = list(HERE.glob("*.py"))
    assert len(files) > 5
    assert [said for file in files for said in strings(file) if _TWO_WORDS.search(said.text)] == []


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


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """(where, reason, names of its facts) of every Refusal of this subject."""
    for file in sorted([*(ROOT / "bot" / "meets").rglob("*.py"), *HERE.rglob("*.py")]):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                (reason,) = node.args
                if isinstance(reason, ast.Constant):
                    facts = {keyword.arg or "**" for keyword in node.keywords}
                    yield f"{file.name}:{node.lineno}", str(reason.value), facts


def test_every_refusal_has_words() -> None:
    """Each reason that is raised has a sentence, which takes exactly the facts that come with it."""
    every = list(raised())
    assert len(every) > 10
    assert [one for one in every if one[1] not in refusals.every()] == []
    for where, reason, facts in every:
        assert facts == set(inspect.signature(refusals.every()[reason]).parameters), where


def test_every_refusal_with_words_is_raised() -> None:
    """The catalogue has no refusal that nothing raises."""
    assert set(REFUSALS) - {reason for _, reason, _ in raised()} == set()


@pytest.mark.wire
async def test_every_button_is_answered(town: Town) -> None:
    """Whatever stands on a page, in a letter or in a thread has a handler, which takes what its id carries."""
    views = [
        delivered(kind, value)
        for kind, variants in canned_meets.DELIVERIES.items()
        for value in variants.values()
    ]
    views += [page(*given) for page, variants in canned_meets.PAGES.items() for given in variants.values()]
    every = [getattr(item, "custom_id", "") for view in views for item in view.walk_children()]
    ids: set[str] = set(filter(None, every))
    assert len(ids) > 40
    for custom_id in ids:
        found = town.bot.client.router.find(Pressed({"custom_id": custom_id}))  # type: ignore[arg-type]
        assert found is not None, custom_id
        handler, arguments = found
        inspect.signature(handler).bind(object(), *arguments)
