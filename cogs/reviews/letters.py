"""Direct messages about reviews, to those who allowed them. Pure, no flow, no Discord call.

Unless their reader opened that door (`named`) they tell nothing but that there is something. Whatever ended a reading
early, its words are the same. Each carries its delivery's nonce in a custom_id: our marker.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.reviews.messages import Nobody, Over, Proposed, Ready, Reminder
from cogs.gate import escape
from cogs.layout import button, message, row
from cogs.reviews.words import ask, letters

MINUTES = 12  # a review, at a bus stop, in pieces (design/reviews.md, Rubric)
SERVER = 100
_ABOUT, _REASON = 300, 100
_YES = discord.ButtonStyle.primary


def proposed(letter: Proposed, nonce: str) -> ui.LayoutView:
    """Would they read this?"""
    if not letter.named:
        return _discreet(letter, nonce)
    about = letter.guild_id, letter.reading_id, nonce
    return message(
        letters.proposed(ask.KINDS[letter.kind]),
        letters.about(_about(letter.about)),
        letters.why([escape(one, _REASON) for one in letter.reasons]),
        letters.answer_by(_soon(letter.accept_by), letter.due_days, MINUTES),
        letters.CLARITY if letter.clarity else "",
        letters.from_server(escape(letter.server, SERVER)),
        letters.SMALL_READER,
        rows=[
            row(
                button(letters.ACCEPT, "review.accept", *about, style=_YES),
                button(letters.NOT_THIS_ONE, "review.decline", *about),
            )
        ],
    )


def reminder(letter: Reminder, nonce: str) -> ui.LayoutView:
    """What they accepted is due."""
    if not letter.named:
        return _discreet(letter, nonce)
    board = button(letters.GO_ON, "review.board", letter.guild_id, letter.reading_id, nonce, style=_YES)
    return message(
        letters.reminder(ask.KINDS[letter.kind], letter.last),
        letters.about(_about(letter.about)),
        letters.due(f"<t:{int(letter.due_at.timestamp())}:F>", letter.answered, letter.items),
        letters.from_server(escape(letter.server, SERVER)),
        letters.CANNOT,
        rows=[row(board)],
    )


def ready(letter: Ready, nonce: str) -> ui.LayoutView:
    """A review of theirs is here: the one direct promise, which may ring."""
    if not letter.named:
        return _discreet(letter, nonce)
    read = button(letters.READ_IT, "review.read", letter.guild_id, letter.request_id, nonce, style=_YES)
    return message(
        letters.ready(ask.KINDS[letter.kind], letter.revised),
        letters.missing(letter.missing),
        letters.RATE,
        letters.from_server(escape(letter.server, SERVER)),
        rows=[row(read)],
    )


def over(letter: Over, nonce: str) -> ui.LayoutView:
    """One reading is over early; nothing says why."""
    if not letter.named:
        return _discreet(letter, nonce)
    to_author = letter.to == "author"
    return message(
        letters.over(ask.KINDS[letter.kind]),
        letters.OVER_AUTHOR if to_author else letters.OVER_READER,
        letters.first_next(_soon(letter.next_at)) if to_author else "",
        letters.from_server(escape(letter.server, SERVER)),
        rows=[row(_mine(letter, nonce))],
    )


def nobody(letter: Nobody, nonce: str) -> ui.LayoutView:
    """Nobody fits this week, whatever the cause."""
    if not letter.named:
        return _discreet(letter, nonce)
    return message(
        letters.nobody(ask.KINDS[letter.kind]),
        letters.next_draw(_soon(letter.next_at)),
        letters.from_server(escape(letter.server, SERVER)),
        letters.NOBODY_SMALL,
        rows=[row(_mine(letter, nonce))],
    )


Letter = Proposed | Reminder | Ready | Over | Nobody


def _discreet(letter: Letter, nonce: str) -> ui.LayoutView:
    show = button(letters.SHOW, "review.status", letter.guild_id, nonce)
    return message(letters.discreet(escape(letter.server, SERVER)), rows=[row(show)])


def _mine(letter: Letter, nonce: str) -> ui.Button[Any]:
    return button(letters.MY_REVIEWS, "review.status", letter.guild_id, nonce)


def _about(text: str) -> str:
    """Its target, or its kind in words."""
    return escape(next((name for kind, name in ask.KINDS.items() if kind == text), text), _ABOUT)


def _soon(at: datetime | None) -> str:
    return f"<t:{int(at.timestamp())}:R>" if at else ""
