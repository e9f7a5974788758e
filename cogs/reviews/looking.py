"""Looking into a file before others see it: what it is, and what in it tells who wrote it. In workers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.app import App
from bot.people.flow import meeting
from bot.people.members import Key
from bot.ports import WorkerTrouble
from bot.refusals import Refusal
from bot.reviews.document.intake import Examined
from bot.reviews.document.values import Box, Scan, Span
from bot.reviews.document.words import employer_forms, marks, name_forms
from bot.reviews.values import Mode
from bot.text import tidy
from cogs.reviews.held import Group, Paper

_LOOK_S, _DRAW_S = 20.0, 30.0
_SHOWN = 60  # characters of what was found
MOST_BOXES = 1000  # what `bot.reviews.document.pages` draws
HIDDEN = "▇▇▇"


async def examine(app: App, data: bytes, name: str) -> Examined:
    """May it come in? What is too much for a worker counts as damaged."""
    try:
        seen: Examined = await app.workers.call(
            "bot.reviews.document.intake:examine", data, name, timeout_s=_LOOK_S
        )
    except WorkerTrouble:
        return Examined(False, "damaged", name, "")
    return seen


async def hidden_words(app: App, key: Key, mode: Mode, names: Iterable[str]) -> dict[Group, tuple[str, ...]]:
    """What this author may want hidden beside what is found: where they work now, and in a blind one their name."""
    works = [one.name for one in await meeting.guards(app, key) if one.kind == "employer"]
    found: dict[Group, tuple[str, ...]] = {}
    if works:
        found["employer"] = tuple(form for name in works for form in employer_forms(name))
    if mode == "blind":
        found["name"] = tuple(dict.fromkeys(form for name in names for form in name_forms(name)))
    return found


async def looked(app: App, paper: Paper, hide: Mapping[Group, tuple[str, ...]]) -> Paper:
    """With what is found in it of each group; those of words are offered also where nothing is."""
    parts = await asyncio.gather(_scan(app, paper, ()), *(_scan(app, paper, some) for some in hide.values()))
    found: dict[Group, tuple[Span, ...]] = {}
    for span in parts[0].spans:
        if span.kind != "word":
            found[span.kind] = (*found.get(span.kind, ()), span)
    for group, one in zip(hide, parts[1:], strict=True):
        found[group] = _words(one)
    return replace(paper, found=found, unread=parts[0].unread, hide=hide)


async def with_words(app: App, paper: Paper, typed: tuple[str, ...]) -> Paper:
    """These words are looked for in place of those that were typed before; () takes them out."""
    found, hide = dict(paper.found), dict(paper.hide)
    found.pop("words", None)
    hide.pop("words", None)
    if typed:
        found["words"], hide["words"] = _words(await _scan(app, paper, typed)), typed
    return replace(paper, found=found, hide=hide, typed=typed)


async def covered(app: App, paper: Paper, hide: Sequence[Group]) -> Paper:
    """Without what is to be hidden. Refuses "review_undrawn": it can't be drawn anew."""
    if not any(paper.found.get(group) for group in hide):
        return paper
    if not paper.data:
        text = without(paper.draft.text, hide, [word for group in hide for word in paper.hide.get(group, ())])
        return replace(paper, draft=replace(paper.draft, text=text))
    over = boxes(paper.found, hide)
    data = None if len(over) > MOST_BOXES else await _drawn(app, "redacted", paper.data, over)
    if data is None:
        raise Refusal("review_undrawn")
    return replace(paper, data=data)


def without(text: str, hide: Sequence[Group], hidden: Sequence[str]) -> str:
    """The same words with a sign in place of what is to be hidden. hidden: words."""
    for mark in reversed(marks(text, hidden)):
        if mark.kind == "word" or mark.kind in hide:
            text = f"{text[: mark.start]}{HIDDEN}{text[mark.end :]}"
    return text


async def _scan(app: App, paper: Paper, hide: Sequence[str]) -> Scan:
    """Of a file in a worker; pasted words are short enough to be looked at here."""
    if not paper.data:
        text = paper.draft.text
        every = marks(text, hide) if text else []
        return Scan(
            tuple(Span(one.kind, 0, tidy(text[one.start : one.end], _SHOWN), ()) for one in every), ()
        )
    try:
        found: Scan = await app.workers.call(
            "bot.reviews.document.scan:found", paper.data, tuple(hide), timeout_s=_LOOK_S
        )
    except (WorkerTrouble, ValueError):
        return Scan((), tuple(range(paper.pages)))
    return found


def _words(one: Scan) -> tuple[Span, ...]:
    return tuple(span for span in one.spans if span.kind == "word")


def boxes(found: Mapping[Group, tuple[Span, ...]], hide: Iterable[Group]) -> tuple[Box, ...]:
    """All of what is to be hidden."""
    return tuple(box for group in hide for span in found.get(group, ()) for box in span.boxes)


async def preview(app: App, data: bytes, over: Sequence[Box]) -> bytes | None:
    """Page one as a PNG; None where it can't be drawn."""
    return await _drawn(app, "preview", data, over[:MOST_BOXES])


async def _drawn(app: App, function: str, *arguments: Any) -> bytes | None:
    try:
        drawn: bytes = await app.workers.call(
            f"bot.reviews.document.pages:{function}", *arguments, timeout_s=_DRAW_S
        )
    except (WorkerTrouble, ValueError):
        return None
    return drawn
