"""What stands in the private threads of reviews: the first words of a document, of pages, and short lines. Pure.

A blind one names nobody. Each carries its delivery's nonce in a custom_id: our marker.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
from discord import ui

from bot.reviews.messages import Hello, Pages, Word
from bot.text import link
from cogs.gate import code, code_block, escape
from cogs.layout import button, message, row
from cogs.reviews.words import ask
from cogs.reviews.words import letters as words

# Together with our own words they fit into the 4,000 characters of a message.
TARGET, ASKS, LINK, TEXT = 500, 300, 300, 2_430
_ROLE = 36


def hello(value: Hello, nonce: str) -> ui.LayoutView:
    """The first words in a document's thread."""
    if value.gone:
        return _gone(value.request_id, nonce)
    keepers = [escape(name, _ROLE) for name in value.keepers]
    return message(
        words.hello(ask.KINDS[value.kind], value.needs),
        *_given(value),
        words.comes_in(value.mode == "blind"),
        words.who_opens(keepers, value.keep_days),
        rows=[row(button(words.MY_REVIEWS, "review.status", value.guild_id, nonce), *_page(value.link))],
    )


def pages(value: Pages, nonce: str) -> ui.LayoutView:
    """The first words in a blind reader's own thread; the pages stand below."""
    if value.gone:
        return _gone(value.reading_id, nonce)
    about = value.guild_id, value.reading_id, nonce
    board = button(words.OPEN_BOARD, "review.board", *about, style=discord.ButtonStyle.primary)
    return message(
        words.pages(ask.KINDS[value.kind]),
        *_given(value),
        words.pages_due(f"<t:{int(value.due_at.timestamp())}:F>"),
        words.KEEP_IT_HERE,
        rows=[row(board, *_page(value.link))],
    )


def _given(value: Hello | Pages) -> Iterator[str]:
    """What its author wrote; pasted words stand as they are, without being read as markdown."""
    if value.target:
        yield words.target(escape(value.target, TARGET))
    if value.asks:
        yield words.asks(escape(value.asks, ASKS))
    if value.text:
        yield words.words(code_block(value.text, TEXT))
    elif value.link:
        yield words.link(code(value.link, LINK))


def _page(url: str) -> list[ui.Button[Any]]:
    """A button that opens it, for an address that may be shown as one."""
    target = link(url) if url else None
    return [ui.Button(label=words.OPEN_PAGE, url=target)] if target else []


def word(value: Word, nonce: str) -> ui.LayoutView:
    """One line, and a button that leads on."""
    who = f"<@{value.user_id}>" if value.user_id else ""
    mine = button(words.MY_REVIEWS, "review.status", value.guild_id, nonce)
    match value.what:
        case "reader":
            return message(words.reader(who), rows=[row(mine)])
        case "review":
            read = button(words.READ_IT, "review.read", value.guild_id, value.request_id, nonce)
            return message(words.review(who), rows=[row(read)])
        case "revised":
            return message(words.REVISED, rows=[row(mine)])
        case "over":
            return message(words.OVER, rows=[row(mine)])


def _gone(number: int, nonce: str) -> ui.LayoutView:
    done = button(words.GONE_BUTTON, "review.gone", number, nonce)
    done.disabled = True
    return message(words.GONE, rows=[row(done)])
