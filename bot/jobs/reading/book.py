"""The feed book: feeds.yaml checked, every mistake at once, each with the line and column that is meant.

    text → compose (PyYAML: a tree of nodes that know their place) → plain values → pydantic → FeedSpec

pydantic says which value is wrong, the tree says where it stands; duplicate keys, which both YAML and pydantic let
pass, are found on the way. The keys and what they are for: the comments of feeds.yaml itself.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Required
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError
from rapidfuzz import fuzz, process
from typing_extensions import TypedDict  # pydantic cannot use typing's own below Python 3.12

from bot.jobs.reading import marked
from bot.jobs.reading.marked import Mistake, at, mark, shown
from bot.ports import FeedSpec, FirstRun

#: The modules of `bot.jobs.reading.boards`, by the word that `parser:` uses.
PARSERS = (
    "arbeitnow",
    "ashby",
    "cryptocurrencyjobs",
    "fourdayweek",
    "generic",
    "greenhouse",
    "himalayas",
    "himalayas_api",
    "hn",
    "jobicy",
    "jobspresso",
    "landingjobs",
    "larajobs",
    "lever",
    "nofluffjobs",
    "pythonorg",
    "remotejobsorg",
    "remoteok",
    "remotive",
    "remotive_rss",
    "title_at_company",
    "workable",
    "workingnomads",
    "wpjobmanager",
    "wwr",
)

#: What `assume_region:` may say, besides an ISO 3166-1 country of two letters.
REGIONS = (
    *("WORLD", "EU27", "EEA", "EUROPE", "UK&I", "DACH", "NORDICS", "CEE", "EMEA", "MENA", "AFRICA", "SSA"),
    *("NORTHERN_AMERICA", "LATAM", "AMERICAS", "APAC", "ASIA", "SE_ASIA", "OCEANIA"),
)


#: The `user_agent:` that means our own: the reader makes it from the settings, so FeedSpec keeps its default.
OWN_AGENT = "{bot_name}/{version} (+{contact_url})"


class BookError(Exception):
    """Every mistake of a feed book, in the order of the file."""

    def __init__(self, file: str, mistakes: Iterable[Mistake]) -> None:
        self.file = file
        self.mistakes = sorted(mistakes)
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """One line a mistake: `FILE:LINE:COLUMN: what is wrong, and a suggestion`."""
        return [f"{self.file}:{line}:{column}: {words}" for line, column, words in self.mistakes]


def open_book(path: Path) -> tuple[FeedSpec, ...]:
    """Read the feed book from a file of UTF-8 text. Raises BookError, also when there is no such file."""
    try:
        body = path.read_bytes()
    except FileNotFoundError:
        missing = Mistake(1, 1, "there is no such file; name another with FEEDS_FILE")
        raise BookError(str(path), [missing]) from None
    except OSError as error:
        words = f"this cannot be read ({error.strerror}); name another file with FEEDS_FILE"
        raise BookError(str(path), [Mistake(1, 1, words)]) from None
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        words = "this is not UTF-8 text; save the file as UTF-8"
        raise BookError(str(path), [marked.place_after(before, words)]) from None
    return read_book(text, str(path))


def read_book(text: str, file: str) -> tuple[FeedSpec, ...]:
    """The feeds of a feed book in its order, defaults filled in. Raises BookError with every mistake in it."""
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
    defaults = book.get("defaults", {})
    return tuple(_spec(feed, defaults) for feed in book["feeds"])


# -- the shape -----------------------------------------------------------------------------------


def _is_address(url: str) -> str:
    """http or https, a host, nobody's password. Which addresses may be dialled is fetch's decision."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or not re.fullmatch(r"[!-~\u00a1-\uffff]{1,2048}", url):
        raise ValueError("is not a web address; write https://host/path, in quotes")
    if parts.username is not None:
        raise ValueError("holds a user or a password, which would be shown; use an address without them")
    return url


def _is_parser(name: str) -> str:
    if name not in PARSERS:
        raise ValueError(f"is not known: {shown(name)}; {_nearest(name, PARSERS)}")
    return name


def _is_region(code: str) -> str:
    if code not in REGIONS and not re.fullmatch("[A-Z]{2}", code):
        raise ValueError(f"is not known: {shown(code)}; {_nearest(code, REGIONS)}")
    return code


def _is_id(word: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", word):
        raise ValueError("must be 1 to 40 small letters, digits or -, for example my-board")
    return word


def _is_line(text: str) -> str:
    if not text.strip() or len(text) > 80 or not text.isprintable():
        raise ValueError("must be one line of 1 to 80 characters")
    return text


def _is_agent(text: str) -> str:
    if not re.fullmatch(r"[ -~]{1,200}", text):  # it becomes an HTTP header
        raise ValueError("must be 1 to 200 plain ASCII characters, for example Outpost")
    if re.search("[{}]", text.replace(OWN_AGENT, "")):
        raise ValueError(f"holds a brace; write {OWN_AGENT} as it stands here, or plain words")
    return text


_Address = Annotated[str, AfterValidator(_is_address)]
_Line = Annotated[str, AfterValidator(_is_line)]
_CONFIG = ConfigDict(strict=True, extra="forbid")


class _FirstRun(TypedDict, total=False):
    __pydantic_config__ = _CONFIG  # type: ignore[misc]
    newest: Annotated[int, Field(ge=0, le=100)]
    max_age_days: Annotated[int, Field(ge=0, le=365)]


class _Defaults(TypedDict, total=False):
    """What may stand under `defaults:` and, for one feed, in its entry."""

    __pydantic_config__ = _CONFIG  # type: ignore[misc]
    poll_minutes: Annotated[int, Field(ge=1, le=10_080)]
    jitter_pct: Annotated[int, Field(ge=0, le=50)]
    timeout_s: Annotated[float, Field(ge=1, le=120)]
    max_bytes: Annotated[int, Field(ge=1_000, le=20_000_000)]
    max_age_days: Annotated[int, Field(ge=1, le=365)]
    first_run: _FirstRun
    user_agent: Annotated[str, AfterValidator(_is_agent)]
    respect_retry_after: bool
    max_new_per_poll: Annotated[int, Field(ge=1, le=1_000)]
    max_per_company_per_day: Annotated[int, Field(ge=1, le=1_000)]


class _Feed(_Defaults, total=False):
    __pydantic_config__ = _CONFIG  # type: ignore[misc]
    id: Required[Annotated[str, AfterValidator(_is_id)]]
    name: Required[_Line]
    url: Required[_Address]
    parser: Annotated[str, AfterValidator(_is_parser)]
    enabled: bool
    attribution: _Line
    list: Literal["full", "window"]
    delay_h: Annotated[float, Field(ge=0, le=168)]
    require_filter: bool
    assume_region: Annotated[str, AfterValidator(_is_region)]
    remote_only: Literal["filter"]
    date: Literal["published", "first_seen"]
    strip: Annotated[tuple[Literal["remoteok_antispam", "mojibake"], ...], Field(strict=False)]
    # Facts for the person who keeps the file; the program needs none of them.
    kind: Literal["rss", "json"]
    link: Literal["board_page"]
    use_logo: bool
    terms_url: _Address
    checked: datetime.date
    note: _Line


class _Book(TypedDict, total=False):
    __pydantic_config__ = _CONFIG  # type: ignore[misc]
    version: Literal[1]
    defaults: _Defaults
    feeds: Required[list[_Feed]]


_BOOK = TypeAdapter(_Book)


def _spec(feed: _Feed, defaults: _Defaults) -> FeedSpec:
    """An entry over the defaults over FeedSpec's own; keys that are only for people are left behind."""
    given: dict[str, Any] = {"attribution": f"via {feed['name']}", **defaults, **feed}
    first_run: dict[str, Any] = {**defaults.get("first_run", {}), **feed.get("first_run", {})}
    given["first_run"] = FirstRun(**first_run)
    if given.get("user_agent") == OWN_AGENT:
        del given["user_agent"]
    wanted = (field.name for field in dataclasses.fields(FeedSpec))
    return FeedSpec(**{name: given[name] for name in wanted if name in given})


# -- the words -----------------------------------------------------------------------------------

_DEFAULTS = {field.name: field.default for field in dataclasses.fields(FeedSpec)}
_EXAMPLES = {"id": "my-board", "name": "My Board", "url": '"https://example.org/jobs.rss"'}
_WANTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a number",
    "bool_type": "true or false",
    "date_type": "a date such as 2026-10-06",
    "tuple_type": "a list such as [mojibake]",
    "list_type": "a list, each entry beginning with “- ”",
    "dict_type": "a group of keys and values",
}


def _taken_twice(values: Any, tree: yaml.Node) -> Iterator[Mistake]:
    """Ids and addresses that an earlier feed has already."""
    feeds = values.get("feeds") if isinstance(values, dict) else None
    lines: dict[tuple[str, str], int] = {}
    for number, feed in enumerate(feeds if isinstance(feeds, list) else ()):
        for key, advice in (("id", "choose another"), ("url", "remove one of the two")):
            if not isinstance(feed, dict) or not isinstance(word := feed.get(key), str):
                continue
            place = mark(tree, ("feeds", number, key))
            taken = (key, same_address(word) if key == "url" else word)
            if taken in lines:
                yield at(place, f"{key} {shown(word)} is taken by the feed in line {lines[taken]}; {advice}")
            lines.setdefault(taken, place.line + 1)


def same_address(url: str) -> str:
    """The part of an address before its path in small letters: how addresses that are one address are told."""
    site, slashes, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{site}{slashes}{host}".lower() + (f"{slash}{path}".partition("#")[0] or "/")


def _mistake(error: dict[str, Any], tree: yaml.Node) -> Mistake:
    """One of pydantic's errors, in our words, at its place in the tree."""
    path: tuple[str | int, ...] = error["loc"]
    place = mark(tree, path, key=error["type"] == "extra_forbidden")
    return at(place, _words(error["type"], path, error["input"], error.get("ctx", {})))


def _words(kind: str, path: tuple[str | int, ...], value: Any, context: Mapping[str, Any]) -> str:
    key = next((step for step in reversed(path) if isinstance(step, str)), "the file")
    if kind == "extra_forbidden":
        return _unknown_key(key, path)
    if kind == "missing":
        example = f" {_EXAMPLES[key]}" if key in _EXAMPLES else " and a list below it"
        return f"{key} is missing here; add {key}:{example}"
    if value is None:
        return f"{key} is empty; write a value, or remove the key"
    if kind == "value_error":
        return f"{key} {context['error']}"
    if kind == "literal_error":
        choices = context["expected"].replace("'", "")
        nearest = _nearest(str(value), re.split(", | or ", choices), otherwise=f"write {key}: {choices}")
        return f"{key} must be {choices}, not {shown(value)}; {nearest}"
    if kind == "string_type":
        return f"{key} must be text, not {shown(value)}; put it in quotes"
    default = _DEFAULTS.get(key)
    example = (
        f"for example {shown(default)}" if isinstance(default, bool | int | float | str) else "see feeds.yaml"
    )
    if kind in _WANTED:
        thing = "a feed" if path and isinstance(path[-1], int) else key
        return f"{thing} must be {_WANTED[kind]}, not {shown(value)}; {example}"
    return f"{key} must be {_limit(context)}, not {shown(value)}; {example}"


def _limit(context: Mapping[str, Any]) -> str:
    """pydantic's {"ge": 1} in words."""
    name, bound = next(iter(context.items()), ("", "another value"))
    side = {"g": "at least ", "l": "at most "}.get(name[:1], "")
    return side + (f"{bound:,}".removesuffix(".0") if side else bound)


def _unknown_key(key: str, path: tuple[str | int, ...]) -> str:
    if path[0] == "defaults" and key in _Feed.__annotations__:
        return f"{key} cannot be a default; write it in the entries of the feeds that need it"
    if "first_run" in path[:-1]:
        shape: Any = _FirstRun
    elif path[0] == "feeds":
        shape = _Feed
    else:
        shape = _Defaults if len(path) > 1 else _Book
    return f"unknown key {shown(key)}; {_nearest(key, shape.__annotations__, otherwise='remove it')}"


def _nearest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The known words most like this one; when none is like it, `otherwise` or the whole choice."""
    near = process.extract(word, [*known], scorer=fuzz.ratio, limit=2, score_cutoff=60)
    if near:
        return f"did you mean {' or '.join(match[0] for match in near)}?"
    return otherwise or f"use {', '.join(known)}"
