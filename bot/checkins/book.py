"""prompts.yaml, checked: every mistake at once, each with the line and column that is meant.

What each key is for: the comments of prompts.yaml itself. How a file becomes values: `bot.jobs.reading.shapes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Required

import yaml
from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict  # pydantic cannot use typing's own below Python 3.12

from bot.jobs.reading import shapes
from bot.jobs.reading.marked import Mistake
from bot.jobs.reading.shapes import CONFIG, Shape, Steps, line, word
from bot.ports import Part, Prompts, Template

MAX_NAME = 60
MAX_ABOUT = 100  # Discord: the description of a menu's option
MAX_LABEL, MAX_HINT = 45, 100  # Discord: a form's label and what stands below it
MAX_STARTER = 150
MOST_TEMPLATES, MOST_STARTERS = 10, 500

_OTHERWISE = "name another with PROMPTS_FILE"


def open_prompts(path: Path) -> Prompts:
    """Read the words from a file of UTF-8 text. Raises BookError, also when there is no such file."""
    return read_prompts(shapes.text_of(path, _OTHERWISE), str(path))


def read_prompts(text: str, file: str) -> Prompts:
    """Templates and starters in their order. Raises BookError with every mistake in the text."""
    book = _SHAPE.read(text, file, [_no_twins])
    return Prompts(tuple(map(_template, book["templates"])), tuple(book.get("starters", ())))


# -- the shape -----------------------------------------------------------------------------------


class _Part(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    label: Annotated[str, line(MAX_LABEL)]
    hint: Annotated[str, line(MAX_HINT)]


class _Template(TypedDict):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    id: Annotated[str, word("search")]
    name: Annotated[str, line(MAX_NAME)]
    about: Annotated[str, line(MAX_ABOUT)]
    learned: _Part
    goals: _Part
    if_then: _Part


class _Book(TypedDict, total=False):
    __pydantic_config__ = CONFIG  # type: ignore[misc]
    templates: Required[Annotated[list[_Template], Field(min_length=1, max_length=MOST_TEMPLATES)]]
    starters: Annotated[list[Annotated[str, line(MAX_STARTER)]], Field(max_length=MOST_STARTERS)]


_SHAPE = Shape(
    TypeAdapter(_Book),
    keys=frozenset(key for one in (_Book, _Template, _Part) for key in one.__annotations__),
    begins="write templates: and a list",
    things={"templates": "a template", "starters": "a starter"},
)


def _template(entry: _Template) -> Template:
    return Template(
        id=entry["id"],
        name=entry["name"],
        about=entry["about"],
        learned=_part(entry["learned"]),
        goals=_part(entry["goals"]),
        if_then=_part(entry["if_then"]),
    )


def _part(entry: _Part) -> Part:
    return Part(entry["label"], entry["hint"])


# -- what the shape alone cannot say; values may have any shape ----------------------------------


def _no_twins(values: Any, tree: yaml.Node) -> Iterator[Mistake]:
    return shapes.taken_twice(_named(values), tree)


def _named(values: Any) -> Iterator[tuple[Steps, str, str]]:
    """Ids of templates differ from each other, and so do starters."""
    if not isinstance(values, dict):
        return
    for number, entry in enumerate(_list(values.get("templates"))):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield ("templates", number, "id"), "id", entry["id"]
    for number, words in enumerate(_list(values.get("starters"))):
        if isinstance(words, str):
            yield ("starters", number), "starter", words


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
