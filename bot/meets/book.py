"""meets.yaml, checked: every mistake at once, each with the line and column that is meant.

What each key is for: the comments of meets.yaml itself. How a file becomes values: `bot.jobs.reading.shapes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict  # pydantic cannot use typing's own below Python 3.12

from bot.jobs.reading import shapes
from bot.jobs.reading.marked import Mistake
from bot.jobs.reading.shapes import CONFIG, Shape, Steps, line, sentence, word
from bot.meets.debrief import CHECKS
from bot.meets.values import Check, Debrief, Meets, Question, QuestionSet, Topic

MAX_NAME, MAX_ABOUT = 60, 100  # Discord: 100 for a menu's option and for what stands below it
MAX_SENTENCE = 180
MOST_CHOICES = 25  # Discord: options of a menu
FEWEST_QUESTIONS, MOST_QUESTIONS = 5, 8
MOST_OPENERS = 200
LONGEST = 60  # minutes one way

_OTHERWISE = "name another with MEETS_FILE"


def open_meets(path: Path) -> Meets:
    """Read the words from a file of UTF-8 text. Raises BookError, also when there is no such file."""
    return read_meets(shapes.text_of(path, _OTHERWISE), str(path))


def read_meets(text: str, file: str) -> Meets:
    """Everything in its order. Raises BookError with every mistake in the text."""
    book = _SHAPE.read(text, file, [_no_twins])
    return Meets(
        topics=tuple(Topic(one["id"], one["name"]) for one in book["topics"]),
        sets=tuple(map(_set, book["sets"])),
        openers=tuple(book["openers"]),
        debriefs={
            "coffee": _debrief(book["debriefs"]["coffee"]),
            "interview": _debrief(book["debriefs"]["interview"]),
            "partner": _debrief(book["debriefs"]["partner"]),
            "mentor": _debrief(book["debriefs"]["mentor"]),
        },
    )


# -- the shape -----------------------------------------------------------------------------------


class _Topic(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    id: Annotated[str, word("interviews")]
    name: Annotated[str, line(MAX_NAME)]


class _Question(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    asks: Annotated[str, sentence(MAX_SENTENCE)]
    shows: Annotated[str, sentence(MAX_SENTENCE)]


class _Set(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    id: Annotated[str, word("first-call")]
    name: Annotated[str, line(MAX_NAME)]
    about: Annotated[str, line(MAX_ABOUT)]
    minutes: Annotated[int, Field(ge=5, le=LONGEST)]
    questions: Annotated[list[_Question], Field(min_length=FEWEST_QUESTIONS, max_length=MOST_QUESTIONS)]


class _Check(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    id: Annotated[str, word("in-time")]
    asks: Annotated[str, sentence(MAX_ABOUT)]
    step: Annotated[str, sentence(MAX_SENTENCE)]


class _Debrief(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    checks: Annotated[list[_Check], Field(min_length=CHECKS, max_length=CHECKS)]
    done: Annotated[str, sentence(MAX_SENTENCE)]


class _Debriefs(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    coffee: _Debrief
    interview: _Debrief
    partner: _Debrief
    mentor: _Debrief


class _Book(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    topics: Annotated[list[_Topic], Field(min_length=1, max_length=MOST_CHOICES)]
    sets: Annotated[list[_Set], Field(min_length=1, max_length=MOST_CHOICES)]
    openers: Annotated[
        list[Annotated[str, sentence(MAX_SENTENCE)]], Field(min_length=1, max_length=MOST_OPENERS)
    ]
    debriefs: _Debriefs


_SHAPE = Shape(
    TypeAdapter(_Book),
    keys=frozenset(
        key
        for one in (_Book, _Topic, _Question, _Set, _Check, _Debrief, _Debriefs)
        for key in one.__annotations__
    ),
    begins="write topics:, sets:, openers: and debriefs:",
    things={
        "topics": "a topic",
        "sets": "a set",
        "questions": "a question",
        "openers": "an opener",
        "checks": "a check",
    },
)


def _set(entry: _Set) -> QuestionSet:
    questions = tuple(Question(one["asks"], one["shows"]) for one in entry["questions"])
    return QuestionSet(entry["id"], entry["name"], entry["about"], entry["minutes"], questions)


def _debrief(entry: _Debrief) -> Debrief:
    checks = tuple(Check(one["id"], one["asks"], one["step"]) for one in entry["checks"])
    return Debrief(checks, entry["done"])


# -- what the shape alone cannot say; values may have any shape ----------------------------------


def _no_twins(values: Any, tree: yaml.Node) -> Iterator[Mistake]:
    return shapes.taken_twice(_named(values), tree)


def _named(values: Any) -> Iterator[tuple[Steps, str, str]]:
    """Topics, sets and openers differ from each other; so do questions of one set, and checks of one debrief."""
    for key, thing in (("topics", "topic"), ("sets", "set")):
        yield from _words((key,), _get(values, key), "id", f"id of a {thing}")
        yield from _words((key,), _get(values, key), "name", f"name of a {thing}")
    for number, one in enumerate(_list(_get(values, "openers"))):
        if isinstance(one, str):
            yield ("openers", number), "opener", one
    for number, one in enumerate(_list(_get(values, "sets"))):
        yield from _words(
            ("sets", number, "questions"), _get(one, "questions"), "asks", f"question of set {number + 1}"
        )
    debriefs = _get(values, "debriefs")
    for kind in debriefs if isinstance(debriefs, dict) else ():
        checks = _get(debriefs[kind], "checks")
        yield from _words(("debriefs", kind, "checks"), checks, "id", f"id of a check of {kind}")


def _words(steps: Steps, entries: Any, key: str, what: str) -> Iterator[tuple[Steps, str, str]]:
    for number, entry in enumerate(_list(entries)):
        if isinstance(found := _get(entry, key), str):
            yield (*steps, number, key), what, found


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
