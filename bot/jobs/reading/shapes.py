"""What books of words share: opening a file, the simplest shapes, and pydantic's errors as mistakes with a place.

    text → a tree of nodes that know their place → plain values → pydantic → what the book is made of

A book names its shape, its keys and what an entry of each list is called; its own rules find further mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import AfterValidator, ConfigDict, TypeAdapter, ValidationError
from rapidfuzz import fuzz, process

from bot.jobs.reading import marked
from bot.jobs.reading.book import BookError
from bot.jobs.reading.marked import Mistake, at, mark, shown

T = TypeVar("T")
Steps = tuple[str | int, ...]
"""The way to a value: keys and places in lists."""

Rule = Callable[[Any, yaml.Node], Iterable[Mistake]]
"""Further mistakes in the plain values, which may have any shape, of this tree."""

CONFIG = ConfigDict(strict=True, extra="forbid")
MOST_WORDS = 19
"""What is to be read on the way has sentences of fewer than 20 words."""

_WANTED = {
    "bool_type": "true or false",
    "dict_type": "a group of keys and values",
    "int_from_float": "a whole number",
    "int_type": "a whole number",
    "list_type": "a list, each entry beginning with “- ”",
    "string_type": "text",
}


class BooksError(BookError):
    """The mistakes of several files that are read as one; each line names its own file."""

    def __init__(self, folder: str, errors: Sequence[BookError]) -> None:
        self.errors = tuple(errors)
        super().__init__(folder, (mistake for error in errors for mistake in error.mistakes))

    def lines(self) -> list[str]:
        """One line a mistake: `FILE:LINE:COLUMN: what is wrong, and a suggestion`, file by file."""
        return [line for error in self.errors for line in error.lines()]


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """The shape of a book. keys: every key in it. begins: what an empty file should hold.

    things: what an entry of a list is called, by the list's key.
    """

    adapter: TypeAdapter[T]
    keys: frozenset[str]
    begins: str
    things: Mapping[str, str] = field(default_factory=dict)

    def read(self, text: str, file: str, rules: Sequence[Rule] = ()) -> T:
        """The values of a book. Raises BookError with every mistake in the text, the rules' ones too."""
        tree = (
            marked.compose(text)
            if _holds_something(text)
            else Mistake(1, 1, f"the file is empty; {self.begins}")
        )
        if isinstance(tree, Mistake):
            raise BookError(file, [tree])
        plain = marked.Plain()
        values = plain.value(tree)
        unread = {mistake[:2] for mistake in plain.mistakes}
        found = [mistake for rule in rules for mistake in rule(values, tree)]
        try:
            book = self.adapter.validate_python(values)
        except ValidationError as error:
            found += [self._mistake(dict(one), tree) for one in error.errors(include_url=False)]
        mistakes = [*plain.mistakes, *(one for one in found if one[:2] not in unread)]
        if mistakes:
            raise BookError(file, mistakes)
        return book

    def _mistake(self, error: dict[str, Any], tree: yaml.Node) -> Mistake:
        """One of pydantic's errors, in our words, at its place in the tree."""
        kind, steps = error["type"], error["loc"]
        place = mark(tree, steps, key=kind == "extra_forbidden")
        return at(place, self._words(kind, steps, error["input"], error.get("ctx", {})))

    def _words(self, kind: str, steps: Steps, value: Any, context: Mapping[str, Any]) -> str:
        key = next((step for step in reversed(steps) if isinstance(step, str)), "the file")
        in_list = bool(steps) and isinstance(steps[-1], int)
        thing = self.things.get(key, key) if in_list else key
        if kind == "extra_forbidden":
            return f"unknown key {shown(key)}; {nearest(key, self.keys)}"
        if kind == "missing":
            return f"{key} is missing here; add {key}: …"
        if value is None:
            return f"{thing} is empty; write a value, or remove it"
        if kind == "value_error":
            return f"{thing} {context['error']}"
        if kind == "literal_error":
            choices = context["expected"].replace("'", "")
            return f"{thing} must be {choices}, not {shown(value)}"
        if kind in ("too_short", "too_long"):
            entries = "entry" if context.get("min_length", context.get("max_length")) == 1 else "entries"
            return f"{thing} must be a list of {_bound(context)} {entries}, not {len(value)}"
        wanted = _WANTED.get(kind) or _bound(context)
        return f"{thing} must be {wanted}, not {shown(value)}; see the comments of this file"


def text_of(path: Path, otherwise: str) -> str:
    """The words of a UTF-8 file. otherwise: what else one may do. Raises BookError, also without a file."""
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        words = f"there is no such file; {otherwise}"
    except (OSError, UnicodeDecodeError):
        words = f"this cannot be read as UTF-8 text; save it as that, or {otherwise}"
    raise BookError(str(path), [Mistake(1, 1, words)])


def nearest(word: str, known: Iterable[str]) -> str:
    """What to write instead of a word that is not known."""
    near = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=60)
    return f"did you mean {near[0]}?" if near else "remove it"


# -- the simplest shapes -------------------------------------------------------------------------


def line(longest: int) -> AfterValidator:
    """One line that shows something."""

    def checked(text: str) -> str:
        if not text.strip() or not text.isprintable() or len(text) > longest:
            raise ValueError(f"must be one line of 1 to {longest} characters")
        return text

    return AfterValidator(checked)


def lines(longest: int) -> AfterValidator:
    """A text of one line or more, without what a card cannot show."""

    def checked(text: str) -> str:
        if not text.strip() or not text.replace("\n", "").isprintable() or len(text) > longest:
            raise ValueError(f"must be text of 1 to {longest} characters")
        return text

    return AfterValidator(checked)


def sentence(longest: int) -> AfterValidator:
    """One sentence that is read at a glance."""

    def checked(text: str) -> str:
        ends = re.findall(r"[.?!](?=\s|$)", text)
        if len(ends) != 1 or text[-1:] not in ".?!" or len(re.findall(r"[\w’'-]+", text)) > MOST_WORDS:
            raise ValueError(f"must be one sentence of at most {MOST_WORDS} words, with its full stop")
        if not text.isprintable() or len(text) > longest:
            raise ValueError(f"must be one line of 1 to {longest} characters")
        return text

    return AfterValidator(checked)


def word(example: str) -> AfterValidator:
    """An id: what stands in the database, so that it outlives other words."""

    def checked(text: str) -> str:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", text):
            raise ValueError(f"must be 1 to 40 small letters, digits or -, for example {example}")
        return text

    return AfterValidator(checked)


def taken_twice(named: Iterable[tuple[Steps, str, str]], tree: yaml.Node) -> Iterator[Mistake]:
    """Words that stand in the tree already. named: (where, what it is, its words) of all that must differ."""
    first: dict[tuple[str, str], int] = {}
    for steps, what, words in named:
        place, taken = mark(tree, steps), (what, words.casefold())
        if taken in first:
            yield at(place, f"{what} {shown(words)} stands in line {first[taken]} already; remove one")
        first.setdefault(taken, place.line + 1)


def _holds_something(text: str) -> bool:
    return any(row.strip() and not row.lstrip().startswith("#") for row in text.splitlines())


def _bound(context: Mapping[str, Any]) -> str:
    """pydantic's {"ge": 1} or {"max_length": 8} in words."""
    sides = {"ge": "at least", "min_length": "at least", "le": "at most", "max_length": "at most"}
    return next(
        (f"{sides[name]} {bound}" for name, bound in context.items() if name in sides), "another value"
    )
