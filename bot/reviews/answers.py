"""What a reader has filled in, when it may be sent, and how two of them read side by side. Pure.

A sheet keeps the labels it was begun under: it reads the same when its rubric has another version, or is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter

from bot.refusals import Refusal
from bot.reviews.rubric import VERDICTS, Reference, Rubric, Verdict
from bot.reviews.values import Kind
from bot.text import tidy, tidy_lines

LEAST_QUOTES, LEAST_FIRST, LEAST_WORDS = 2, 20, 300
MAX_QUOTE, MAX_REWRITE, MAX_FIRST, MAX_QUESTION = 200, 400, 500, 300

Part = Literal["rewrite", "change_first", "question"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict on one item. quote: a line of the document. rewrite: how the reader would write it."""

    item: str
    verdict: Verdict
    quote: str = ""
    rewrite: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rubric as one reader has filled it in so far. labels: item id → its label when the sheet was begun, in order.

    answers: by item id. change_first: what to change first. question: what the reader would ask in an interview.
    """

    kind: Kind
    version: int
    labels: Mapping[str, str]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    change_first: str = ""
    question: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """What a sheet lacks before it may be sent; without any of it, it is ready.

    open: ids of items without a verdict. quotes: how many more; of_yes: that many of them may be of what is good.
    first, words: characters that lack in *change this first*, and in all words together.
    """

    open: tuple[str, ...]
    quotes: int
    of_yes: int
    first: int
    words: int

    @property
    def nothing(self) -> bool:
        return not (self.open or self.quotes or self.first or self.words)


# -- filling in ----------------------------------------------------------------------------------


def clarity_only(rubric: Rubric) -> Rubric:
    """The rubric for a newcomer: the items on clear writing alone."""
    return replace(rubric, items=tuple(item for item in rubric.items if item.clarity))


def blank(rubric: Rubric) -> Sheet:
    """Nothing is filled in yet."""
    return Sheet(rubric.kind, rubric.version, {item.id: item.label for item in rubric.items})


def marked(sheet: Sheet, item: str, verdict: Verdict, now: datetime) -> Sheet:
    """With this verdict; what was quoted stays. Refuses "rubric_item_unknown"; ValueError for another verdict."""
    _known(sheet, item)
    if verdict not in VERDICTS:
        raise ValueError(f"no verdict: {verdict!r}")
    before = sheet.answers.get(item, Answer(item, verdict))
    return _with(sheet, replace(before, verdict=verdict), now)


def quoted(sheet: Sheet, item: str, quote: str, rewrite: str, now: datetime) -> Sheet:
    """With this line and this rewrite; "" takes them out again.

    Refuses "rubric_item_unknown", "item_not_marked", "quote_too_long" and "review_too_long": no words are cut.
    """
    _known(sheet, item)
    before = sheet.answers.get(item)
    if before is None:
        raise Refusal("item_not_marked", label=sheet.labels[item])
    line = tidy(quote)
    if len(line) > MAX_QUOTE:
        raise Refusal("quote_too_long", limit=MAX_QUOTE, length=len(line))
    words = _within(rewrite, MAX_REWRITE, "rewrite")
    return _with(sheet, replace(before, quote=line, rewrite=words), now)


def first(sheet: Sheet, text: str, question: str, now: datetime) -> Sheet:
    """With what to change first, and a question for an interview. Refuses "review_too_long"."""
    return replace(
        sheet,
        change_first=_within(text, MAX_FIRST, "change_first"),
        question=_within(question, MAX_QUESTION, "question"),
        saved_at=now,
    )


def _known(sheet: Sheet, item: str) -> None:
    if item not in sheet.labels:
        raise Refusal("rubric_item_unknown", item=item)


def _with(sheet: Sheet, answer: Answer, now: datetime) -> Sheet:
    return replace(sheet, answers={**sheet.answers, answer.item: answer}, saved_at=now)


def _within(text: str, limit: int, part: Part) -> str:
    tidied = tidy_lines(text)
    if len(tidied) > limit:
        raise Refusal("review_too_long", part=part, limit=limit, length=len(tidied))
    return tidied


# -- sending -------------------------------------------------------------------------------------


def missing(sheet: Sheet) -> Missing:
    """What it lacks. Each item that is *partly* or *no* takes one of the two quotes; the rest may be of a yes."""
    weak = [answer for answer in sheet.answers.values() if answer.verdict != "yes"]
    good = [answer for answer in sheet.answers.values() if answer.verdict == "yes"]
    room = max(0, LEAST_QUOTES - len(weak))
    of_weak, of_good = min(LEAST_QUOTES, _quotes(weak)), min(room, _quotes(good))
    return Missing(
        open=tuple(item for item in sheet.labels if item not in sheet.answers),
        quotes=LEAST_QUOTES - of_weak - of_good,
        of_yes=room - of_good,
        first=max(0, LEAST_FIRST - len(sheet.change_first)),
        words=max(0, LEAST_WORDS - words(sheet)),
    )


def ready(sheet: Sheet) -> None:
    """Refuses "review_not_ready" with what is open; then "review_words_short": somebody waits for more than that."""
    lacks = missing(sheet)
    if lacks.open or lacks.quotes or lacks.first:
        labels = tuple(sheet.labels[item] for item in lacks.open)
        raise Refusal(
            "review_not_ready", open=labels, quotes=lacks.quotes, of_yes=lacks.of_yes, first=lacks.first
        )
    if lacks.words:
        raise Refusal("review_words_short", missing=lacks.words, least=LEAST_WORDS)


def words(sheet: Sheet) -> int:
    """Characters in all that was written: quotes, rewrites, what to change first, the question."""
    answers = (len(answer.quote) + len(answer.rewrite) for answer in sheet.answers.values())
    return sum(answers) + len(sheet.change_first) + len(sheet.question)


def _quotes(answers: Sequence[Answer]) -> int:
    return sum(bool(answer.quote) for answer in answers)


# -- reading -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One item as each reader answered it, in their order; None: not asked, or open. Never averaged."""

    item: str
    label: str
    answers: tuple[Answer | None, ...]

    @property
    def agreement(self) -> Literal["agree", "differ", "alone"]:
        """alone: fewer than two readers answered it."""
        verdicts = [answer.verdict for answer in self.answers if answer]
        if len(verdicts) < 2:
            return "alone"
        return "agree" if len(set(verdicts)) == 1 else "differ"


@dataclass(frozen=True, slots=True)
class Change:
    """One item before and after a revision."""

    item: str
    label: str
    before: Answer | None
    after: Answer | None

    @property
    def way(self) -> Literal["better", "same", "worse", "new", "gone"]:
        """new, gone: only one of the two has an answer."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        by = VERDICTS.index(self.before.verdict) - VERDICTS.index(self.after.verdict)
        return "better" if by > 0 else "worse" if by < 0 else "same"


@dataclass(frozen=True, slots=True)
class Compared:
    """One item of the sample: a newcomer's answer beside the reference. yours None: open."""

    item: str
    label: str
    yours: Answer | None
    reference: Reference

    @property
    def same(self) -> bool:
        return self.yours is not None and self.yours.verdict == self.reference.verdict


def side_by_side(sheets: Sequence[Sheet]) -> tuple[Row, ...]:
    """Item by item what each reader says; there is no score of the whole."""
    return tuple(
        Row(item, label, tuple(sheet.answers.get(item) for sheet in sheets))
        for item, label in _labels(sheets)
    )


def since_first(before: Sheet, after: Sheet) -> tuple[Change, ...]:
    """What a revision changed, item by item; an item that neither has answered is left out."""
    changes = (
        Change(item, label, before.answers.get(item), after.answers.get(item))
        for item, label in _labels((before, after))
    )
    return tuple(change for change in changes if change.before or change.after)


def compare_sample(sheet: Sheet, rubric: Rubric) -> tuple[Compared, ...]:
    """A newcomer's answers on the rubric's sample beside the reference; nothing where it has no sample."""
    references = rubric.sample.answers if rubric.sample else {}
    return tuple(
        Compared(item.id, item.label, sheet.answers.get(item.id), references[item.id])
        for item in rubric.items
        if item.id in references
    )


def _labels(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """Each item once, by the label of the newest version that has it, in the order of the newest whole rubric."""
    seen: set[str] = set()
    for sheet in sorted(sheets, key=lambda one: (-one.version, -len(one.labels))):
        for item, label in sheet.labels.items():
            if item not in seen:
                seen.add(item)
                yield item, label


# -- keeping -------------------------------------------------------------------------------------

_SHEET = TypeAdapter(Sheet)


def dumped(sheet: Sheet) -> str:
    """As JSON for one column."""
    return _SHEET.dump_json(sheet).decode()


def loaded(text: str) -> Sheet:
    """As it was dumped, whatever its rubric is by now. ValueError for anything else."""
    sheet = _SHEET.validate_json(text)
    strange = [key for key, one in sheet.answers.items() if key != one.item or key not in sheet.labels]
    if strange:
        raise ValueError(f"answers without an item: {', '.join(strange)}")
    return sheet
