"""Filling in a rubric: saved at each press, sent when it helps, read side by side, kept as it was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.refusals import Refusal
from bot.reviews import answers
from bot.reviews.answers import (
    LEAST_FIRST,
    LEAST_QUOTES,
    LEAST_WORDS,
    MAX_FIRST,
    MAX_QUESTION,
    MAX_QUOTE,
    MAX_REWRITE,
    Answer,
    Sheet,
    blank,
    clarity_only,
    compare_sample,
    dumped,
    first,
    loaded,
    marked,
    missing,
    quoted,
    ready,
    side_by_side,
    since_first,
)
from bot.reviews.book import open_rubrics
from bot.reviews.rubric import VERDICTS, Rubric, Verdict

RUBRICS = open_rubrics(Path(__file__).resolve().parents[2] / "rubrics")
RESUME = RUBRICS["resume"]
IDS = [item.id for item in RESUME.items]
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(minutes=3)
QUOTE = "Responsible for the payment service, and for various other things."  # 66 characters
REWRITE = "Cut failed payments by a third, with three people in two countries."  # 67 characters


def verdicts(*given: Verdict, rubric: Rubric = RESUME) -> Sheet:
    """These verdicts on the first items, in their order."""
    sheet = blank(rubric)
    for item, verdict in zip(rubric.items, given, strict=False):
        sheet = marked(sheet, item.id, verdict, NOW)
    return sheet


def whole(sheet: Sheet, *items: str) -> Sheet:
    """With a quote and a rewrite for these items, and what to change first."""
    for item in items:
        sheet = quoted(sheet, item, QUOTE, REWRITE, NOW)
    return first(sheet, "Begin with the payment work of today, then the rest.", "Why payments?", NOW)


def refusal(act: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value


TWO_WEAK = verdicts("partly", "no", *("yes",) * 6)


# -- filling in ----------------------------------------------------------------------------------


def test_a_blank_sheet() -> None:
    """It keeps kind, version and labels, and everything is open."""
    sheet = blank(RESUME)
    assert (sheet.kind, sheet.version, sheet.saved_at) == ("resume", RESUME.version, None)
    assert list(sheet.labels) == IDS and sheet.labels["top-third"] == "Clear first third"
    lacks = missing(sheet)
    assert lacks.open == tuple(IDS) and not lacks.nothing
    assert (lacks.quotes, lacks.of_yes, lacks.first, lacks.words) == (2, 2, LEAST_FIRST, LEAST_WORDS)


def test_each_press_is_saved() -> None:
    """A verdict, another one on the same item, a line with a rewrite: each gives a new sheet with its moment."""
    sheet = blank(RESUME)
    one = marked(sheet, "remote", "no", NOW)
    two = quoted(one, "remote", "  Worked   in an\noffice ", "Line one\n\n\nline two", LATER)
    three = marked(two, "remote", "partly", LATER)
    assert sheet.answers == {} and sheet.saved_at is None
    assert one.answers == {"remote": Answer("remote", "no")} and one.saved_at == NOW
    assert two.answers["remote"] == Answer("remote", "no", "Worked in an office", "Line one\n\nline two")
    assert three.answers["remote"] == replace(two.answers["remote"], verdict="partly")
    assert three.saved_at == LATER
    assert quoted(three, "remote", "", " ", NOW).answers["remote"] == Answer("remote", "partly")


def test_what_is_refused_while_filling_in() -> None:
    """An item that isn't there, a line before its verdict, and words that are too long; never are they cut."""
    sheet = verdicts("no")
    assert refusal(lambda: marked(sheet, "charm", "yes", NOW)).reason == "rubric_item_unknown"
    assert refusal(lambda: quoted(sheet, "charm", "a", "b", NOW)).facts == {"item": "charm"}
    unmarked = refusal(lambda: quoted(sheet, IDS[1], "a", "b", NOW))
    assert (unmarked.reason, unmarked.facts) == ("item_not_marked", {"label": "Meets the must-haves"})
    long = refusal(lambda: quoted(sheet, IDS[0], "x" * (MAX_QUOTE + 1), "", NOW))
    assert (long.reason, long.facts) == ("quote_too_long", {"limit": MAX_QUOTE, "length": MAX_QUOTE + 1})
    with pytest.raises(ValueError, match="no verdict"):
        marked(sheet, IDS[0], "perhaps", NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("part", "limit", "fill"),
    [
        ("rewrite", MAX_REWRITE, lambda words: quoted(verdicts("no"), IDS[0], "", words, NOW)),
        ("change_first", MAX_FIRST, lambda words: first(blank(RESUME), words, "", NOW)),
        ("question", MAX_QUESTION, lambda words: first(blank(RESUME), "", words, NOW)),
    ],
)
def test_limits_of_other_parts(part: str, limit: int, fill: Callable[[str], Sheet]) -> None:
    """To the limit it is taken, one character beyond is told with its part."""
    fill("x" * limit)
    long = refusal(lambda: fill("x" * (limit + 1)))
    assert (long.reason, long.facts) == (
        "review_too_long",
        {"part": part, "limit": limit, "length": limit + 1},
    )


def test_a_newcomers_sheet_has_the_clear_items_alone() -> None:
    """What asks for experience is unknown there; two quotes and the rest are asked as of everybody."""
    rubric = clarity_only(RESUME)
    sheet = verdicts("yes", "no", "yes", rubric=rubric)
    assert list(sheet.labels) == ["top-third", "clean-writing", "length-order"]
    assert refusal(lambda: marked(sheet, "must-haves", "yes", NOW)).reason == "rubric_item_unknown"
    ready(whole(sheet, "top-third", "clean-writing"))


# -- sending -------------------------------------------------------------------------------------


def test_ready() -> None:
    """Eight answers, two quotes and what to change first are enough; a question is not asked for."""
    sheet = whole(TWO_WEAK, IDS[0], IDS[1])
    assert missing(sheet).nothing
    ready(sheet)
    ready(replace(sheet, question=""))


def test_what_is_not_ready_is_said_at_once() -> None:
    """Open items by their labels, quotes, and what to change first, in one refusal."""
    no = refusal(lambda: ready(verdicts("no", "yes", "yes", "yes", "yes", "partly")))
    assert no.reason == "review_not_ready"
    labels = (RESUME.items[6].label, RESUME.items[7].label)
    assert no.facts == {"open": labels, "quotes": 2, "of_yes": 0, "first": LEAST_FIRST}


@pytest.mark.parametrize("length", [0, 1, LEAST_FIRST - 1])
def test_change_this_first_says_something(length: int) -> None:
    """20 characters at least; how many lack is told."""
    sheet = replace(whole(TWO_WEAK, IDS[0], IDS[1]), change_first="x" * length)
    no = refusal(lambda: ready(sheet))
    assert (no.reason, no.facts["first"]) == ("review_not_ready", LEAST_FIRST - length)
    ready(replace(sheet, change_first="x" * LEAST_FIRST, question="x" * 60))


def test_words_are_counted_together() -> None:
    """300 characters in quotes, rewrites, advice and question; one fewer is refused with what lacks."""
    sheet = replace(whole(TWO_WEAK, IDS[0], IDS[1]), question="")
    lacks = LEAST_WORDS - (answers.words(sheet) - len(sheet.change_first))
    assert lacks > LEAST_FIRST
    short = refusal(lambda: ready(replace(sheet, change_first="x" * (lacks - 1))))
    assert (short.reason, short.facts) == ("review_words_short", {"missing": 1, "least": LEAST_WORDS})
    ready(replace(sheet, change_first="x" * (lacks - 1), question="?"))


@pytest.mark.parametrize(
    ("weak", "quoted_weak", "quoted_good", "lacking", "of_yes"),
    [
        (0, 0, 0, 2, 2),
        (0, 0, 2, 0, 0),
        (1, 0, 0, 2, 1),
        (1, 1, 0, 1, 1),
        (1, 1, 1, 0, 0),
        (1, 0, 2, 1, 0),
        (2, 0, 2, 2, 0),
        (2, 1, 1, 1, 0),
        (2, 2, 0, 0, 0),
        (6, 2, 0, 0, 0),
    ],
)
def test_which_quotes_count(weak: int, quoted_weak: int, quoted_good: int, lacking: int, of_yes: int) -> None:
    """Where something is to be better, that is quoted; praise counts only where there are fewer than two of those."""
    given: list[Verdict] = ["no" if number < weak else "yes" for number in range(8)]
    sheet = verdicts(*given)
    for item in (*IDS[:quoted_weak], *IDS[weak : weak + quoted_good]):
        sheet = quoted(sheet, item, QUOTE, "", NOW)
    assert (missing(sheet).quotes, missing(sheet).of_yes) == (lacking, of_yes)


@st.composite
def sheets(draw: st.DrawFn, rubric: Rubric = RESUME) -> Sheet:
    """A sheet as presses in any order leave it."""
    sheet = blank(rubric)
    for item in draw(st.lists(st.sampled_from(rubric.items), max_size=12)):
        sheet = marked(sheet, item.id, draw(st.sampled_from(VERDICTS)), NOW)
        if draw(st.booleans()):
            words = st.text(max_size=60)
            sheet = quoted(sheet, item.id, draw(words), draw(words), LATER)
    if draw(st.booleans()):
        sheet = first(sheet, draw(st.text(max_size=80)), draw(st.text(max_size=80)), LATER)
    return sheet


@given(sheets())
def test_ready_is_what_lacks_nothing(sheet: Sheet) -> None:
    """`ready` refuses exactly where `missing` finds something."""
    if missing(sheet).nothing:
        ready(sheet)
    else:
        assert refusal(lambda: ready(sheet)).reason in ("review_not_ready", "review_words_short")


@given(sheets(), st.integers(0, 7), st.sampled_from(VERDICTS))
def test_writing_more_never_makes_more_missing(sheet: Sheet, position: int, verdict: Verdict) -> None:
    """A verdict on an open item closes it; a quote on any item never raises what lacks."""
    item = IDS[position]
    before = missing(sheet)
    assert 0 <= before.of_yes <= before.quotes <= LEAST_QUOTES
    if item not in sheet.answers:
        sheet = marked(sheet, item, verdict, NOW)
        assert len(missing(sheet).open) == len(before.open) - 1
    before = missing(sheet)
    assume(not sheet.answers[item].quote)
    after = missing(quoted(sheet, item, QUOTE, sheet.answers[item].rewrite, NOW))
    assert after.quotes in (before.quotes, before.quotes - 1)
    assert after.words <= before.words and after.open == before.open and after.first == before.first


@given(sheets(), st.integers(0, 2**32))
def test_every_sheet_can_be_finished(sheet: Sheet, seed: int) -> None:
    """Whatever was answered: what `missing` names is enough to send it, and nothing else is needed."""
    random = Random(seed)
    for item in missing(sheet).open:
        sheet = marked(sheet, item, random.choice(VERDICTS), NOW)
    lacks = missing(sheet)
    weak = [one.item for one in sheet.answers.values() if one.verdict != "yes" and not one.quote]
    good = [one.item for one in sheet.answers.values() if one.verdict == "yes" and not one.quote]
    for item in (good[: lacks.of_yes] + weak)[: lacks.quotes]:
        sheet = quoted(sheet, item, QUOTE, "", NOW)
    assert missing(sheet).quotes == 0
    ready(first(sheet, "x" * max(LEAST_FIRST, LEAST_WORDS), "", NOW))


# -- reading -------------------------------------------------------------------------------------


def test_two_readers_side_by_side() -> None:
    """Where they differ both verdicts stand there, and nothing is averaged into one."""
    one = quoted(verdicts("yes", "no", "partly"), IDS[1], QUOTE, REWRITE, NOW)
    other = verdicts("yes", "yes")
    rows = side_by_side([one, other])
    assert [row.item for row in rows] == IDS
    assert [row.agreement for row in rows] == ["agree", "differ", *("alone",) * 6]
    assert rows[1].answers == (Answer(IDS[1], "no", QUOTE, REWRITE), Answer(IDS[1], "yes"))
    assert rows[2].answers == (Answer(IDS[2], "partly"), None) and rows[7].answers == (None, None)
    assert side_by_side([]) == ()


def test_a_newcomer_beside_two_readers() -> None:
    """Three columns; the items that a newcomer isn't asked stay empty in theirs."""
    newcomer = verdicts("no", "yes", "yes", rubric=clarity_only(RESUME))
    rows = side_by_side([newcomer, TWO_WEAK, TWO_WEAK])
    assert [row.item for row in rows] == IDS
    assert all((row.answers[0] is None) == (row.item not in newcomer.labels) for row in rows)
    assert next(row for row in rows if row.item == "top-third").agreement == "differ"


@given(sheets(), sheets())
def test_side_by_side_loses_and_invents_nothing(one: Sheet, other: Sheet) -> None:
    """Every answer of both stands in its column, under its own item; turning them round turns the columns round."""
    rows = side_by_side([one, other])
    assert {row.item: row.answers[0] for row in rows if row.answers[0]} == one.answers
    assert {row.item: row.answers[1] for row in rows if row.answers[1]} == other.answers
    turned = side_by_side([other, one])
    assert [(row.item, row.answers[::-1], row.agreement) for row in turned] == [
        (row.item, row.answers, row.agreement) for row in rows
    ]


def test_since_the_first_version() -> None:
    """Item by item what a revision changed; what neither answered is left out."""
    before = verdicts("no", "yes", "partly", "partly")
    after = blank(RESUME)
    later: tuple[Verdict, ...] = ("partly", "no", "partly", "yes")
    for item, verdict in zip([*IDS[:3], IDS[4]], later, strict=True):
        after = marked(after, item, verdict, LATER)
    changes = since_first(before, after)
    assert [(change.item, change.way) for change in changes] == [
        (IDS[0], "better"),
        (IDS[1], "worse"),
        (IDS[2], "same"),
        (IDS[3], "gone"),
        (IDS[4], "new"),
    ]
    assert changes[0].before == Answer(IDS[0], "no") and changes[0].after == Answer(IDS[0], "partly")


def test_an_older_rubric_reads_by_its_own_labels() -> None:
    """Items that are gone keep their labels; of one that both have, the newer label is shown."""
    older = replace(
        RESUME,
        version=1,
        items=(
            replace(RESUME.items[0], label="Old words"),
            replace(RESUME.items[1], id="was", label="Was asked"),
        ),
    )
    newer = replace(RESUME, version=2, items=RESUME.items[:1])
    old = loaded(dumped(verdicts("no", "yes", rubric=older)))
    new = verdicts("yes", rubric=newer)
    assert [row.label for row in side_by_side([old])] == ["Old words", "Was asked"]
    assert [row.label for row in side_by_side([old, new])] == ["Clear first third", "Was asked"]
    assert [(one.label, one.way) for one in since_first(old, new)] == [
        ("Clear first third", "better"),
        ("Was asked", "gone"),
    ]
    assert missing(verdicts("no", rubric=older)).open == ("was",)


def test_the_sample_read_together() -> None:
    """A newcomer's answers beside the reference, with its reason; a rubric without a sample compares nothing."""
    sheet = verdicts("partly", "yes")
    rows = compare_sample(sheet, RESUME)
    assert [row.item for row in rows] == IDS
    assert [row.same for row in rows] == [True, *(False,) * 7]
    assert (rows[1].yours, rows[2].yours) == (Answer(IDS[1], "yes"), None)
    assert RESUME.sample and rows[1].reference is RESUME.sample.answers[IDS[1]]
    assert [row.item for row in compare_sample(sheet, clarity_only(RESUME))] == [
        item.id for item in clarity_only(RESUME).items
    ]
    assert compare_sample(blank(RUBRICS["pitch"]), RUBRICS["pitch"]) == ()


# -- keeping -------------------------------------------------------------------------------------


@given(sheets() | sheets(rubric=RUBRICS["pitch"]) | sheets(rubric=clarity_only(RESUME)))
def test_a_sheet_is_kept_as_it_is(sheet: Sheet) -> None:
    """Dumped and loaded it is the same, in the same order, to the second."""
    again = loaded(dumped(sheet))
    assert again == sheet
    assert (list(again.labels), list(again.answers)) == (list(sheet.labels), list(sheet.answers))
    assert dumped(again) == dumped(sheet)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"kind": "essay", "version": 1, "labels": {}}',
        '{"kind": "resume", "version": 1, "labels": {}, "answers": {"a": {"item": "a", "verdict": "yes"}}}',
        '{"kind": "resume", "version": 1, "labels": {"a": "A"}, "answers": {"a": {"item": "b", "verdict": "yes"}}}',
        '{"kind": "resume", "version": 1, "labels": {"a": "A"}, "answers": {"a": {"item": "a", "verdict": "so"}}}',
    ],
)
def test_what_is_no_sheet(text: str) -> None:
    """It is a fault, not an empty review."""
    with pytest.raises(ValueError):
        loaded(text)


def test_what_an_older_program_kept() -> None:
    """A sheet without what came later, or with more than we know, is read with the rest empty."""
    text = '{"kind": "resume", "version": 1, "labels": {"a": "A"}, "mood": "fine"}'
    assert loaded(text) == Sheet("resume", 1, {"a": "A"})
