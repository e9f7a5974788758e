"""prompts.yaml, checked: every mistake at once, each with the line and column that is meant (as the feed book).

    text → a tree of nodes that know their place → plain values → pydantic → Prompts

What each key is for: the comments of prompts.yaml itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Required

import yaml
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError
from rapidfuzz import fuzz, process
from typing_extensions import TypedDict  # pydantic cannot use typing's own below Python 3.12

from bot.jobs.reading import marked
from bot.jobs.reading.book import BookError
from bot.jobs.reading.marked import Mistake, at, mark, shown
from bot.ports import Part, Prompts, Template

MAX_NAME = 60
MAX_ABOUT = 100  # Discord: the description of a menu's option
MAX_LABEL, MAX_HINT = 45, 100  # Discord: a form's label and what stands below it
MAX_STARTER = 150
MOST_TEMPLATES, MOST_STARTERS = 10, 500


def open_prompts(path: Path) -> Prompts:
    """Read the words from a file of UTF-8 text. Raises BookError, also when there is no such file."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        words = "there is no such file; name another with PROMPTS_FILE"
    except (OSError, UnicodeDecodeError):
        words = "this cannot be read as UTF-8 text; save it as that, or name another with PROMPTS_FILE"
    else:
        return read_prompts(text, str(path))
    raise BookError(str(path), [Mistake(1, 1, words)])


def read_prompts(text: str, file: str) -> Prompts:
    """Templates and starters in their order. Raises BookError with every mistake in the text."""
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        raise BookError(file, [Mistake(1, 1, "the file is empty; write templates: and a list")])
    tree = marked.compose(text)
    if isinstance(tree, Mistake):
        raise BookError(file, [tree])
    plain = marked.Plain()
    values = plain.value(tree)
    unread = {mistake[:2] for mistake in plain.mistakes}
    mistakes = [*plain.mistakes, *_taken_twice(values, tree)]
    try:
        book = _BOOK.validate_python(values)
    except ValidationError as error:
        wrong = (_mistake(dict(e), tree) for e in error.errors(include_url=False))
        mistakes += [mistake for mistake in wrong if mistake[:2] not in unread]
    if mistakes:
        raise BookError(file, mistakes)
    return Prompts(tuple(map(_template, book["templates"])), tuple(book.get("starters", ())))


# -- the shape -----------------------------------------------------------------------------------


def _line(longest: int) -> AfterValidator:
    def checked(text: str) -> str:
        if not text.strip() or not text.isprintable() or len(text) > longest:
            raise ValueError(f"must be one line of 1 to {longest} characters")
        return text

    return AfterValidator(checked)


def _is_id(word: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", word):
        raise ValueError("must be 1 to 40 small letters, digits or -, for example search")
    return word


_CONFIG = ConfigDict(strict=True, extra="forbid")


class _Part(TypedDict):
    __pydantic_config__ = _CONFIG  # type: ignore[misc]
    label: Annotated[str, _line(MAX_LABEL)]
    hint: Annotated[str, _line(MAX_HINT)]


class _Template(TypedDict):
    __pydantic_config__ = _CONFIG  # type: ignore[misc]
    id: Annotated[str, AfterValidator(_is_id)]
    name: Annotated[str, _line(MAX_NAME)]
    about: Annotated[str, _line(MAX_ABOUT)]
    learned: _Part
    goals: _Part
    if_then: _Part


class _Book(TypedDict, total=False):
    __pydantic_config__ = _CONFIG  # type: ignore[misc]
    templates: Required[Annotated[list[_Template], Field(min_length=1, max_length=MOST_TEMPLATES)]]
    starters: Annotated[list[Annotated[str, _line(MAX_STARTER)]], Field(max_length=MOST_STARTERS)]


_BOOK = TypeAdapter(_Book)
_KEYS = {*_Book.__annotations__, *_Template.__annotations__, *_Part.__annotations__}


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


# -- the words -----------------------------------------------------------------------------------

_WANTED = {
    "string_type": "text",
    "list_type": "a list, each entry beginning with “- ”",
    "dict_type": "a group of keys and values",
}


def _taken_twice(values: Any, tree: yaml.Node) -> Iterator[Mistake]:
    """Ids and questions that stand in the file already."""
    lines: dict[tuple[str, str], int] = {}
    for path, what, word in _names(values):
        place, taken = mark(tree, path), (what, word.casefold())
        if taken in lines:
            yield at(place, f"{what} {shown(word)} stands in line {lines[taken]} already; remove one")
        lines.setdefault(taken, place.line + 1)


def _names(values: Any) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """(where, what it is, its words) of all that must differ from each other; wrong shapes are passed over."""
    if not isinstance(values, dict):
        return
    for number, entry in enumerate(_list(values.get("templates"))):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield ("templates", number, "id"), "id", entry["id"]
    for number, words in enumerate(_list(values.get("starters"))):
        if isinstance(words, str):
            yield ("starters", number), "starter", words


def _list(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else ()


def _mistake(error: dict[str, Any], tree: yaml.Node) -> Mistake:
    """One of pydantic's errors, in our words, at its place in the tree."""
    path: tuple[str | int, ...] = error["loc"]
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    key = next((step for step in reversed(path) if isinstance(step, str)), "the file")
    thing = {"templates": "a template", "starters": "a starter"}.get(key, key) if _in_list(path) else key
    place = mark(tree, path, key=kind == "extra_forbidden")
    if kind == "extra_forbidden":
        return at(place, f"unknown key {shown(key)}; {_nearest(key)}")
    if kind == "missing":
        return at(place, f"{key} is missing here; add {key}: …")
    if value is None:
        return at(place, f"{thing} is empty; write a value, or remove it")
    if kind == "value_error":
        return at(place, f"{thing} {context['error']}")
    if kind in ("too_short", "too_long"):
        most = context.get("max_length", MOST_TEMPLATES)
        return at(place, f"{key} must be a list of {'0' if key == 'starters' else '1'} to {most} entries")
    wanted = _WANTED.get(kind, "another value")
    return at(place, f"{thing} must be {wanted}, not {shown(value)}; see the comments of prompts.yaml")


def _in_list(path: tuple[str | int, ...]) -> bool:
    return bool(path) and isinstance(path[-1], int)


def _nearest(word: str) -> str:
    near = process.extractOne(word, sorted(_KEYS), scorer=fuzz.ratio, score_cutoff=60)
    return f"did you mean {near[0]}?" if near else "remove it"
