"""What others would see, before they do: what is found in a document, and what of it is hidden. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import discord
from discord import ui

from bot.reviews.document.values import Span
from cogs.gate import MAX_ALT_TEXT, code
from cogs.layout import ACCENT, button, message, row
from cogs.reviews.held import LETTERS, Group, Paper
from cogs.reviews.words import ask as words
from cogs.router import custom_id

PICTURE = "page-1.png"
_MOST_SHOWN, _SHOWN = 4, 50  # of one group; characters of each
_YES = discord.ButtonStyle.primary


def written(hide: Iterable[Group]) -> str:
    """Which groups are hidden, as a custom_id writes it."""
    there = set(hide)
    return "".join(letter for group, letter in LETTERS.items() if group in there) or "-"


def read_hidden(text: str) -> tuple[Group, ...]:
    return tuple(group for group, letter in LETTERS.items() if letter in text)


def proposed(paper: Paper) -> tuple[Group, ...]:
    """All that was found; where they work now only without names, since a resume says less without it."""
    blind = paper.draft.mode == "blind"
    return tuple(group for group in LETTERS if paper.found.get(group) and (group != "employer" or blind))


def look(guild: int, paper: Paper, hide: Sequence[Group], drawn: bool) -> ui.LayoutView:
    """drawn: a picture of page one goes with it."""
    view = ui.LayoutView(timeout=None)
    texts = [words.LOOK, *_texts(paper, hide, drawn)]
    parts: list[ui.Item[Any]] = [ui.TextDisplay(text) for text in texts if text]
    if drawn:
        alt = words.picture(paper.pages)[:MAX_ALT_TEXT]
        parts.append(ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{PICTURE}", description=alt)))
    rows = [row(_menu(guild, paper, hide))] if paper.found else []
    view.add_item(ui.Container(*parts, *rows, _buttons(guild, paper, hide), accent_colour=ACCENT))
    return view


def _texts(paper: Paper, hide: Sequence[Group], drawn: bool) -> Iterator[str]:
    some = [group for group in LETTERS if group in paper.found]
    if not any(paper.found.values()):
        yield words.FOUND_NOTHING
    if some:
        yield words.hidden([_line(paper, group) for group in some if group in hide])
        yield words.shown([_line(paper, group) for group in some if group not in hide])
    if paper.scanned:
        yield words.SCANNED
    elif paper.unread:
        yield words.unread([page + 1 for page in paper.unread])
    if paper.data:
        yield words.LOOK_YOURSELF if drawn else words.NO_PICTURE
        yield words.NEEDLE
    yield words.KEPT


def _line(paper: Paper, group: Group) -> str:
    spans = paper.found[group]
    said = [_example(span, paper.pages) for span in spans[:_MOST_SHOWN] if span.shown]
    return words.found(group, len(spans), said)


def _example(span: Span, pages: int) -> str:
    shown = code(span.shown, _SHOWN)
    return words.on_page(shown, span.page + 1) if pages > 1 else shown


def _menu(guild: int, paper: Paper, hide: Sequence[Group]) -> ui.Select[Any]:
    some = [group for group in LETTERS if group in paper.found]
    return ui.Select(
        custom_id=custom_id("review.hide", guild, paper.token),
        placeholder=words.HIDE_MENU,
        min_values=0,
        max_values=len(some),
        options=[
            discord.SelectOption(
                label=words.GROUPS[group],
                value=group,
                description=words.places(len(paper.found[group])),
                default=group in hide,
            )
            for group in some
        ],
    )


def _buttons(guild: int, paper: Paper, hide: Sequence[Group]) -> ui.ActionRow[Any]:
    about = guild, paper.token
    covers = any(paper.found.get(group) for group in hide)
    shown = [button(words.SEND_SHOWN, "review.hand", *about, written(hide), style=_YES)] if covers else []
    plain = discord.ButtonStyle.secondary if covers else _YES
    return row(
        *shown,
        button(words.SEND_AS_IS, "review.hand", *about, "-", style=plain),
        button(words.HIDE_MORE, "review.words", *about, written(hide)),
        button(words.CANCEL, "review.drop", *about),
    )


def cancelled(guild: int) -> ui.LayoutView:
    """Nothing was kept."""
    return message(words.CANCELLED, rows=[row(button(words.HAVE_READ, "review.request", guild))])
