"""resources.yaml, checked: every mistake at once, each with the line and column that is meant (as the feed book).

    text → a tree of nodes that know their place → plain values → Resource

What each key is for: the comments of resources.yaml itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from bot.jobs.reading import marked
from bot.jobs.reading.book import BookError
from bot.jobs.reading.marked import Mistake, at, mark, shown
from bot.ports import Resource
from bot.resources.listed import MAX_NAME, MAX_URL, MAX_WHOM, MAX_WORDS, NEEDS
from bot.text import canonical_link, link

COSTS = ("free", "free, more is paid", "some free, most is paid", "paid")
SOURCES = ("page", "list", "memory")
_EXAMPLE = "write a list, each entry beginning with “- name: …”"


def open_list(path: Path) -> tuple[Resource, ...]:
    """Read the list from a file of UTF-8 text. Raises BookError, also when there is no such file."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        words = "there is no such file; name another with RESOURCES_FILE"
    except (OSError, UnicodeDecodeError):
        words = "this cannot be read as UTF-8 text; save it as that, or name another with RESOURCES_FILE"
    else:
        return read_list(text, str(path))
    raise BookError(str(path), [Mistake(1, 1, words)])


def read_list(text: str, file: str) -> tuple[Resource, ...]:
    """The entries in their order. Raises BookError with every mistake in the text."""
    tree = (
        marked.compose(text) if _without_comments(text) else Mistake(1, 1, f"the file is empty; {_EXAMPLE}")
    )
    if isinstance(tree, Mistake):
        raise BookError(file, [tree])
    plain = marked.Plain()
    values = plain.value(tree)
    if not isinstance(values, list):
        raise BookError(file, [at(tree.start_mark, f"this is no list; {_EXAMPLE}")])
    unread = {mistake[:2] for mistake in plain.mistakes}
    found = [*_mistakes(values, tree), *_taken_twice(values, tree)]
    mistakes = [*plain.mistakes, *(one for one in found if one[:2] not in unread)]
    if mistakes:
        raise BookError(file, mistakes)
    return tuple(_resource(entry) for entry in values)


def _without_comments(text: str) -> str:
    return "".join(line for line in text.splitlines() if not line.lstrip().startswith("#")).strip()


def _resource(entry: Mapping[str, Any]) -> Resource:
    named = {("whom" if key == "for" else key): value for key, value in entry.items()}
    return Resource(**{**named, "url": link(named["url"])})


# -- the shape: key → why this value is wrong, or nothing ----------------------------------------


def _line(longest: int) -> Callable[[Any], str]:
    def wrong(value: Any) -> str:
        if not isinstance(value, str):
            return f"must be text, not {shown(value)}; put it in quotes"
        if not value.strip() or not value.isprintable() or len(value) > longest:
            return f"must be one line of 1 to {longest} characters"
        return ""

    return wrong


def _one_of(known: tuple[str, ...]) -> Callable[[Any], str]:
    def wrong(value: Any) -> str:
        if value in known:
            return ""
        near = process.extractOne(str(value), known, scorer=fuzz.ratio, score_cutoff=60)
        return f"is not known: {shown(value)}; {f'did you mean {near[0]}?' if near else 'use ' + ' | '.join(known)}"

    return wrong


def _link(value: Any) -> str:
    if isinstance(value, str) and value.startswith("https://") and link(value, MAX_URL):
        return ""
    return f"is no link that can be shown: {shown(value)}; write https://host/path, in quotes"


def _date(value: Any) -> str:
    return "" if type(value) is datetime.date else f"must be a date such as 2026-10-06, not {shown(value)}"


def _truth(value: Any) -> str:
    return "" if isinstance(value, bool) else f"must be true or false, not {shown(value)}"


_KEYS: Mapping[str, Callable[[Any], str]] = {
    "name": _line(MAX_NAME),
    "url": _link,
    "need": _one_of(tuple(NEEDS)),
    "for": _line(MAX_WHOM),
    "cost": _one_of(COSTS),
    "checked": _date,
    "source": _one_of(SOURCES),
    "note": _line(MAX_WORDS),
    "closed": _truth,
}
_OPTIONAL = frozenset(("checked", "closed"))


def _mistakes(values: list[Any], tree: yaml.Node) -> Iterator[Mistake]:
    for number, entry in enumerate(values):
        here = mark(tree, [number])
        if not isinstance(entry, dict):
            yield at(here, f"an entry must be keys and values, not {shown(entry)}; {_EXAMPLE}")
            continue
        for key in _KEYS.keys() - entry.keys() - _OPTIONAL:
            yield at(here, f"{key} is missing in this entry; add {key}: …")
        if entry.get("source") in ("page", "list") and "checked" not in entry:
            yield at(here, "checked is missing in this entry; add checked: …, or write source: memory")
        if entry.get("source") == "memory" and "checked" in entry:
            yield at(
                mark(tree, [number, "checked"], key=True), "what is from memory is not checked; remove one"
            )
        for key, value in entry.items():
            if key not in _KEYS:
                near = process.extractOne(key, list(_KEYS), scorer=fuzz.ratio, score_cutoff=60)
                advice = f"did you mean {near[0]}?" if near else "remove it"
                yield at(mark(tree, [number, key], key=True), f"unknown key {shown(key)}; {advice}")
            elif why := _KEYS[key](value):
                yield at(mark(tree, [number, key]), f"{key} {why}")


def _taken_twice(values: list[Any], tree: yaml.Node) -> Iterator[Mistake]:
    """Names and links that an earlier entry has already."""
    lines: dict[tuple[str, str], int] = {}
    for number, entry in enumerate(values):
        for key, plain in (("name", str.casefold), ("url", canonical_link)):
            if not isinstance(entry, dict) or not isinstance(value := entry.get(key), str):
                continue
            place, taken = mark(tree, [number, key]), (key, plain(value))
            if taken in lines:
                yield at(place, f"{key} {shown(value)} stands in line {lines[taken]} already; remove one")
            lines.setdefault(taken, place.line + 1)
