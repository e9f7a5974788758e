"""Direct messages about meetings, to those who allowed them. Pure, no flow, no Discord call.

Unless their reader opened that door (`named`) they tell nothing but that there is something. Each carries its
delivery's nonce in a custom_id: our marker.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.meets.messages import Asked, Drawn, Nobody, Over
from cogs.gate import escape
from cogs.layout import button, message, row
from cogs.meets.words import kinds, letters

_SERVER, _TOPIC = 100, 80


def drawn(letter: Drawn, nonce: str) -> ui.LayoutView:
    """Whom they meet, and where."""
    more = ("meets.meeting", letter.guild_id, letter.match_id, nonce)
    if not letter.named:
        return _discreet(letter.server, button(letters.SHOW, *more))
    return message(
        letters.drawn(letter.kind, letter.others, letter.weeks),
        letters.role(letter.role),
        kinds.topic_line(letter.kind, escape(letter.topic, _TOPIC)),
        kinds.why(letter.reasons),
        letters.find(letter.thread_id),
        letters.from_server(escape(letter.server, _SERVER)),
        rows=[row(button(letters.MORE, *more))],
    )


def asked(letter: Asked, nonce: str) -> ui.LayoutView:
    """Did you meet? Only their reader sees what they say."""
    about = letter.guild_id, letter.match_id
    if not letter.named:
        return _discreet(letter.server, button(letters.SHOW, "meets.meeting", *about, nonce))
    yes = discord.ButtonStyle.primary
    return message(
        letters.asked(letter.kind, letter.others),
        letters.ASKED_SMALL,
        letters.from_server(escape(letter.server, _SERVER)),
        rows=[
            row(
                button(letters.WE_MET, "meets.met", *about, "yes", nonce, style=yes),
                button(letters.NOT_THIS_TIME, "meets.met", *about, "no", nonce),
            )
        ],
    )


def over(letter: Over, nonce: str) -> ui.LayoutView:
    """An end before its time; the same words whatever the cause."""
    if not letter.named:
        return _discreet(letter.server, button(letters.SHOW, "meets.home", letter.guild_id, nonce))
    return message(
        letters.over(letter.kind),
        letters.next_draw(_at(letter.next_at)),
        letters.from_server(escape(letter.server, _SERVER)),
        rows=[row(_status(letter, nonce))],
    )


def nobody(letter: Nobody, nonce: str) -> ui.LayoutView:
    """Nobody fits this week; the same words whatever the cause."""
    if not letter.named:
        return _discreet(letter.server, button(letters.SHOW, "meets.home", letter.guild_id, nonce))
    return message(
        letters.nobody(letter.kind),
        letters.NOBODY_TEXT,
        letters.next_draw(_at(letter.next_at)),
        letters.from_server(escape(letter.server, _SERVER)),
        rows=[row(_status(letter, nonce))],
    )


def _status(letter: Over | Nobody, nonce: str) -> ui.Button[Any]:
    return button(letters.STATUS, "meets.home", letter.guild_id, nonce)


def _discreet(server: str, show: ui.Button[Any]) -> ui.LayoutView:
    return message(letters.discreet(escape(server, _SERVER)), rows=[row(show)])


def _at(moment: datetime | None) -> str:
    return f"<t:{int(moment.timestamp())}:F>" if moment else ""
