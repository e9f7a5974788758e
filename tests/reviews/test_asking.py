"""What may be handed in, and when: every field checked, one request at a time, no document twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.refusals import Refusal
from bot.reviews.asking import (
    MAX_ASKS,
    MAX_LINK,
    MAX_TARGET,
    MAX_TEXT,
    SAME_FOR,
    Document,
    Draft,
    checked,
    current,
    default_mode,
    fingerprint,
    is_void,
    must_be_free,
    supply,
)
from bot.reviews.values import Request, RequestState
from tests.reviews.parts import MONDAY

POSTING = "Data engineer at a company that hires in all of Europe"
FILE = Document("a" * 64, 2)
RESUME = Draft("resume", target=POSTING)
LETTER = Draft("letter", target=POSTING, text="Dear team, " + "I write what others read and understand. " * 3)
PROFILE = Draft("profile", link="https://example.org/ana")


def refused(draft: Draft, *needs: Any, document: Document = FILE) -> Refusal:
    with pytest.raises(Refusal) as no:
        checked(draft, needs, document)
    return no.value


def request(state: RequestState = "waiting", sha256: str = "", made_at: datetime = MONDAY) -> Request:
    return Request(1, 1, 101, "resume", "open", "soon", 2, "en", state, made_at, sha256=sha256)


# -- the form ------------------------------------------------------------------------------------


def test_texts_are_tidied() -> None:
    """Spaces at the ends and what nobody sees go; line breaks stay."""
    draft = replace(RESUME, target=f"  {POSTING}\u200b \n\n\n remote ", asks=" Is it\tclear? ")
    found = checked(draft, ("file", "posting"), FILE)
    assert (found.target, found.asks) == (f"{POSTING}\n\nremote", "Is it clear?")


@pytest.mark.parametrize(
    ("draft", "needs"),
    [(RESUME, ("file", "posting")), (LETTER, ("text", "posting")), (PROFILE, ("link",))],
)
def test_what_is_whole(draft: Draft, needs: tuple[Any, ...]) -> None:
    """Each kind with what it needs is taken as it is."""
    found = checked(draft, needs, FILE if "file" in needs else Document())
    assert (found.kind, found.needs, found.language) == (draft.kind, 2, "en")


@pytest.mark.parametrize(
    ("draft", "need", "reason"),
    [
        (replace(RESUME, target=""), "posting", "posting_missing"),
        (replace(RESUME, target="x" * 29), "posting", "posting_missing"),
        (replace(RESUME, target=" " * 60), "posting", "posting_missing"),
        (replace(LETTER, target=""), "question", "question_missing"),
        (replace(LETTER, text="Too short."), "text", "words_missing"),
        (replace(PROFILE, link=""), "link", "link_missing"),
        (replace(PROFILE, link="http://example.org/ana"), "link", "link_wrong"),
        (replace(PROFILE, link="https://localhost/ana"), "link", "link_wrong"),
        (replace(PROFILE, link="https://127.0.0.1/ana"), "link", "link_wrong"),
        (replace(PROFILE, link="https://[::1]/ana"), "link", "link_wrong"),
        (replace(PROFILE, link="https://10.1.2.3/ana"), "link", "link_wrong"),
        (replace(PROFILE, link="javascript:alert(1)"), "link", "link_wrong"),
        (replace(PROFILE, link="https://ana:secret@example.org/"), "link", "link_wrong"),
        (replace(PROFILE, link="https://example.org/" + "a" * MAX_LINK), "link", "link_wrong"),
    ],
)
def test_what_is_missing_or_wrong(draft: Draft, need: Any, reason: str) -> None:
    """The first that is wrong is said."""
    assert refused(draft, need).reason == reason


def test_a_link_is_checked_wherever_it_stands() -> None:
    """Also beside a resume, where nobody asked for one."""
    assert refused(replace(RESUME, link="https://localhost/"), "file").reason == "link_wrong"


def test_a_file_that_is_missing() -> None:
    """A kind that needs one is refused without."""
    assert refused(RESUME, "file", document=Document()).reason == "file_missing"


@pytest.mark.parametrize(("part", "limit"), [("target", MAX_TARGET), ("asks", MAX_ASKS), ("text", MAX_TEXT)])
def test_no_words_are_cut(part: str, limit: int) -> None:
    """At the limit it is taken; one more is refused, with both lengths."""
    assert getattr(checked(replace(LETTER, **{part: "x" * limit}), ()), part) == "x" * limit  # type: ignore[arg-type]
    no = refused(replace(LETTER, **{part: "x" * (limit + 1)}))  # type: ignore[arg-type]
    assert (no.reason, no.facts) == ("review_text_long", {"part": part, "limit": limit, "length": limit + 1})


def test_the_first_message_holds_it_all() -> None:
    """Everything at its longest leaves 500 characters of the 4,000 for our own words."""
    assert MAX_TARGET + MAX_ASKS + MAX_LINK + MAX_TEXT <= 3_500


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "novel"}, "review_kind"),
        ({"needs": 0}, "review_choice"),
        ({"needs": 3}, "review_choice"),
        ({"mode": "public"}, "review_choice"),
        ({"when": "never"}, "review_choice"),
        ({"language": "xx"}, "language_unknown"),
    ],
)
def test_choices_that_no_form_offers(change: dict[str, Any], reason: str) -> None:
    """A press can be made up; nothing but what is offered is taken."""
    assert refused(replace(RESUME, **change)).reason == reason


def test_the_usual_mode() -> None:
    """Without a name for who searches in private."""
    assert (default_mode(True), default_mode(False)) == ("blind", "open")


# -- when ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["waiting", "in_review"])
def test_one_open_request(state: RequestState) -> None:
    """While it is open nothing else is taken."""
    with pytest.raises(Refusal, match="request_open"):
        must_be_free([request(state)], "b", MONDAY)


@pytest.mark.parametrize("state", ["delivered", "closed", "withdrawn", "expired", "draft"])
def test_what_is_over_stops_nothing(state: RequestState) -> None:
    """Another document is taken, also after a draft whose document never stood anywhere."""
    must_be_free([request(state, "a")], "b", MONDAY)
    assert current([request(state)]) is None


def test_a_draft_of_a_second_version_is_open() -> None:
    """Its first version stands somewhere, so it is neither void nor over."""
    second = replace(request("draft"), revision=2)
    assert not is_void(second)
    assert current([second]) == second
    assert is_void(request("draft"))


@pytest.mark.parametrize("state", ["delivered", "closed"])
def test_the_same_document_again(state: RequestState) -> None:
    """Not within thirty days; then it is taken."""
    before = [request(state, "a")]
    with pytest.raises(Refusal) as no:
        must_be_free(before, "a", MONDAY + SAME_FOR - timedelta(seconds=1))
    assert no.value.facts == {"since": MONDAY, "until": MONDAY + SAME_FOR}
    must_be_free(before, "a", MONDAY + SAME_FOR)


@pytest.mark.parametrize("state", ["withdrawn", "expired", "draft"])
def test_the_same_document_after_it_was_taken_back(state: RequestState) -> None:
    """Whoever took it back, or for whom nobody was found, may hand it in at once."""
    must_be_free([request(state, "a")], "a", MONDAY)


def test_how_a_document_is_known_again() -> None:
    """By its file; without one by its link and words, of which each counts."""
    assert fingerprint(RESUME, FILE) == FILE.sha256
    assert fingerprint(LETTER, Document()) == fingerprint(replace(LETTER, asks="Other"), Document())
    assert fingerprint(LETTER, Document()) != fingerprint(replace(LETTER, text="Other"), Document())
    assert len(fingerprint(PROFILE, Document())) == 64


@pytest.mark.parametrize(
    ("readers", "word"),
    [(0, "nobody"), (1, "one"), (2, "a few"), (3, "a few"), (4, "enough"), (400, "enough")],
)
def test_supply_in_words(readers: int, word: str) -> None:
    """No number is told."""
    assert supply(readers) == word
