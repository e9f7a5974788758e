"""rubrics/*.yaml, checked: every mistake of every file at once, each with the line and column that is meant.

What each key is for: the comments of rubrics/resume.yaml. How a file becomes values: `bot.jobs.reading.shapes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NotRequired

import yaml
from pydantic import BeforeValidator, Field, TypeAdapter
from typing_extensions import TypedDict  # pydantic cannot use typing's own below Python 3.12

from bot.jobs.reading import shapes
from bot.jobs.reading.book import BookError
from bot.jobs.reading.marked import Mistake, at, mark, shown
from bot.jobs.reading.shapes import CONFIG, BooksError, Rule, Shape, Steps, line, lines, sentence, word
from bot.reviews.answers import MAX_QUOTE
from bot.reviews.rubric import (
    DOCUMENTS,
    Evidence,
    Item,
    Need,
    Reference,
    Rubric,
    Rubrics,
    Sample,
    Strength,
    Verdict,
)
from bot.reviews.values import KINDS, Kind

MAX_NAME, MAX_ABOUT, MAX_HINT = 40, 100, 100  # Discord: 100 for a menu's option and for what stands below it
MAX_LABEL = 40  # Discord: 45 for a form's label; a sign beside it has room
MAX_ASKS = 100  # Discord: what stands below a form's label
MAX_SAYS, MAX_SOURCE, MAX_WARNING = 160, 80, 200
FEWEST_ITEMS, MOST_ITEMS = 3, 8  # a menu each, in one message of 40 parts
MOST_EVIDENCE = 3
FEWEST_CLEAR = 2  # whoever reads for clarity only must find two items to quote
MAX_SAMPLE, MAX_POSTING, MAX_WHY = 1_200, 160, 160

_OTHERWISE = "name another folder with RUBRICS_FOLDER"


def open_rubrics(folder: Path) -> Rubrics:
    """Every rubric of a folder, one file a kind. Raises BookError with every mistake in all of its files."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        nothing = f"there is no such folder, or no .yaml file in it; {_OTHERWISE}"
        raise BookError(str(folder), [Mistake(1, 1, nothing)])
    found: dict[Kind, Rubric] = {}
    errors: list[BookError] = []
    for file in files:
        try:
            rubric = read_rubric(shapes.text_of(file, _OTHERWISE), str(file))
        except BookError as error:
            errors.append(error)
        else:
            found[rubric.kind] = rubric
    if errors:
        raise BooksError(str(folder), errors)
    return {kind: found[kind] for kind in KINDS if kind in found}


def read_rubric(text: str, file: str) -> Rubric:
    """The rubric of one file, which is named after its kind. Raises BookError with every mistake in the text."""
    return _rubric(_SHAPE.read(text, file, (_named(Path(file).stem), *_RULES)))


# -- the shape -----------------------------------------------------------------------------------


def _verdict(value: Any) -> Any:
    """YAML reads a bare yes as true, and no as false."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


class _Evidence(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    says: Annotated[str, sentence(MAX_SAYS)]
    source: Annotated[str, line(MAX_SOURCE)]
    strength: Strength


class _Hints(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    yes: Annotated[str, line(MAX_HINT)]
    partly: Annotated[str, line(MAX_HINT)]
    no: Annotated[str, line(MAX_HINT)]


class _Item(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    id: Annotated[str, word("top-third")]
    label: Annotated[str, line(MAX_LABEL)]
    asks: Annotated[str, sentence(MAX_ASKS)]
    hints: _Hints
    evidence: Annotated[list[_Evidence], Field(min_length=1, max_length=MOST_EVIDENCE)]
    clarity: NotRequired[bool]


class _Reference(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    verdict: Annotated[Verdict, BeforeValidator(_verdict)]
    why: Annotated[str, sentence(MAX_WHY)]
    quote: NotRequired[Annotated[str, line(MAX_QUOTE)]]


class _Sample(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    posting: Annotated[str, line(MAX_POSTING)]
    text: Annotated[str, lines(MAX_SAMPLE)]
    answers: dict[str, _Reference]


class _Book(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    kind: Kind
    version: Annotated[int, Field(ge=1)]
    name: Annotated[str, line(MAX_NAME)]
    about: Annotated[str, line(MAX_ABOUT)]
    needs: list[Need]
    warning: NotRequired[Annotated[str, line(MAX_WARNING)]]
    items: Annotated[list[_Item], Field(min_length=FEWEST_ITEMS, max_length=MOST_ITEMS)]
    sample: NotRequired[_Sample]


_SHAPE = Shape(
    TypeAdapter(_Book),
    keys=frozenset(
        key for one in (_Book, _Item, _Hints, _Evidence, _Sample, _Reference) for key in one.__annotations__
    ),
    begins="write kind:, version:, name:, about:, needs: and items:",
    things={"items": "an item", "needs": "a need", "evidence": "a piece of evidence"},
)


def _rubric(book: _Book) -> Rubric:
    return Rubric(
        kind=book["kind"],
        version=book["version"],
        name=book["name"],
        about=book["about"],
        needs=tuple(book["needs"]),
        items=tuple(map(_item, book["items"])),
        warning=book.get("warning", ""),
        sample=_sample(book["sample"]) if "sample" in book else None,
    )


def _item(entry: _Item) -> Item:
    hints = entry["hints"]
    return Item(
        id=entry["id"],
        label=entry["label"],
        asks=entry["asks"],
        hints={"yes": hints["yes"], "partly": hints["partly"], "no": hints["no"]},
        evidence=tuple(Evidence(one["says"], one["source"], one["strength"]) for one in entry["evidence"]),
        clarity=entry.get("clarity", False),
    )


def _sample(entry: _Sample) -> Sample:
    answers = {
        item: Reference(one["verdict"], one["why"], one.get("quote", ""))
        for item, one in entry["answers"].items()
    }
    return Sample(entry["posting"], entry["text"].rstrip(), answers)


# -- what the shape alone cannot say; values may have any shape ----------------------------------


def _named(stem: str) -> Rule:
    """A file is found by the name of its kind, and two files are never of one."""

    def rule(values: Any, tree: yaml.Node) -> Iterator[Mistake]:
        kind = _dict(values).get("kind")
        if kind in KINDS and kind != stem:
            words = f"kind {shown(kind)} stands in a file called {shown(stem)}; name it {kind}.yaml"
            yield at(mark(tree, ["kind"]), words)

    return rule


def _no_twins(values: Any, tree: yaml.Node) -> Iterator[Mistake]:
    named: list[tuple[Steps, str, str]] = [
        (("items", number, key), key, item[key])
        for number, item in _items(values)
        for key in ("id", "label")
        if isinstance(item.get(key), str)
    ]
    return shapes.taken_twice(named, tree)


def _one_document(values: Any, tree: yaml.Node) -> Iterator[Mistake]:
    """An author gives the document in one way."""
    needs = _dict(values).get("needs")
    if not isinstance(needs, list) or sum(isinstance(need, str) and need in DOCUMENTS for need in needs) == 1:
        return
    yield at(mark(tree, ["needs"]), f"needs must name one of {', '.join(sorted(DOCUMENTS))}, and only one")


def _some_clear(values: Any, tree: yaml.Node) -> Iterator[Mistake]:
    """A newcomer must have something to answer, and to quote."""
    entries = [item for _, item in _items(values)]
    if entries and sum(item.get("clarity") is True for item in entries) < FEWEST_CLEAR:
        words = f"at least {FEWEST_CLEAR} items must say clarity: true, so that newcomers can read it"
        yield at(mark(tree, ["items"], key=True), words)


def _answered(values: Any, tree: yaml.Node) -> Iterator[Mistake]:
    """The sample answers each item, nothing else, and quotes what stands in it."""
    sample = _dict(_dict(values).get("sample"))
    answers = sample.get("answers")
    if not isinstance(answers, dict):
        return
    ids = [item["id"] for _, item in _items(values) if isinstance(item.get("id"), str)]
    for item_id in ids:
        if item_id not in answers:
            place = mark(tree, ["sample", "answers"], key=True)
            yield at(place, f"the sample has no answer for {shown(item_id)}; add {item_id}: …")
    for item_id, answer in answers.items():
        if item_id not in ids:
            place = mark(tree, ["sample", "answers", item_id], key=True)
            yield at(place, f"no item is called {shown(item_id)}; {shapes.nearest(item_id, ids)}")
        quote, text = _dict(answer).get("quote"), sample.get("text")
        if isinstance(quote, str) and isinstance(text, str) and quote not in text:
            place = mark(tree, ["sample", "answers", item_id, "quote"])
            yield at(place, f"{shown(quote)} does not stand in the sample; quote a part of one line")


_RULES: tuple[Rule, ...] = (_no_twins, _one_document, _some_clear, _answered)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(values: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    entries = _dict(values).get("items")
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield number, entry
