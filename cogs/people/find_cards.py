"""Letters about introductions: pure. A discreet one says only that there is something."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.people.introductions import Shown
from bot.people.messages import Asked, Introduced
from cogs.gate import escape
from cogs.layout import button, message, row

MAX_SERVER, MAX_WORDS = 100, 600


def asked(letter: Asked, nonce: str) -> ui.LayoutView:
    """Somebody without a name yet would like to meet its reader."""
    about = letter.guild_id, letter.introduction_id
    if letter.discreet:
        return message(
            f"There is something for you in {escape(letter.server, MAX_SERVER)}: open /meet find there.",
            rows=[row(button("Show it", "meet.show", *about, nonce))],
        )
    return message(
        f"### Somebody in {escape(letter.server, MAX_SERVER)} would like to meet you",
        known(Shown(letter.field, letter.level, letter.open_to)),
        said(letter.words),
        until(int(letter.lapses_at.timestamp())),
        rows=[answers(*about, nonce)],
    )


def introduced(letter: Introduced, nonce: str) -> ui.LayoutView:
    """Both have said yes."""
    marker = button("Done", "meet.done", nonce)
    marker.disabled = True
    if letter.discreet:
        return message(
            f"There is something for you in {escape(letter.server, MAX_SERVER)}: open /meet find there.",
            rows=[row(marker)],
        )
    return message(
        f"### You are introduced, in {escape(letter.server, MAX_SERVER)}",
        f"This is <@{letter.other_id}>. They have your name too; say hello.",
        said(letter.words),
        rows=[row(marker)],
    )


def known(shown: Shown) -> str:
    """What somebody opened to the server."""
    facts = [part for part in (shown.field, shown.level) if part]
    opened = [f"Open to: {', '.join(shown.open_to)}"] if shown.open_to else []
    return (
        "\n".join([*([f"**{' · '.join(facts)}**"] if facts else []), *opened])
        or "They show nothing of themselves."
    )


def said(words: str) -> str:
    return f"They say: “{escape(words, MAX_WORDS)}”"


def until(moment: int) -> str:
    return f"-# It ends <t:{moment}:R>. They can't tell *Not now* from silence."


def answers(guild_id: int, introduction_id: int, nonce: str = "") -> ui.ActionRow[Any]:
    about = (guild_id, introduction_id, nonce) if nonce else (guild_id, introduction_id)
    yes = button("Accept", "meet.accept", *about, style=discord.ButtonStyle.primary)
    return row(yes, button("Not now", "meet.decline", *about))
