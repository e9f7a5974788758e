"""The few shapes that every message of ours has: one container, paragraphs, then rows of buttons or menus."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import discord
from discord import ui

from cogs.router import custom_id

ACCENT = discord.Colour(0x2F6F8F)  # one calm accent for everything …
ATTENTION = discord.Colour(0xB8860B)  # … and one for what waits for a moderator; never the only sign of it


def message(
    *texts: str, rows: Sequence[ui.ActionRow[Any]] = (), accent: discord.Colour = ACCENT
) -> ui.LayoutView:
    """Paragraphs, empty ones left out, then rows."""
    view = ui.LayoutView(timeout=None)
    paragraphs: list[ui.Item[Any]] = [ui.TextDisplay(text) for text in texts if text]
    view.add_item(ui.Container(*paragraphs, *rows, accent_colour=accent))
    return view


def row(*items: ui.Item[Any]) -> ui.ActionRow[Any]:
    return ui.ActionRow(*items)


def button(
    label: str, name: str, *arguments: object, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> ui.Button[Any]:
    """A button whose state is in its custom_id."""
    return ui.Button(label=label, custom_id=custom_id(name, *arguments), style=style)


def cards_wait(number: int) -> str:
    """ " · 2 cards wait", or nothing."""
    return f" · {number} card{' waits' if number == 1 else 's wait'}" if number else ""


def ago(moment: datetime) -> str:
    """Discord renders it in each reader's own language: "3 hours ago"."""
    return f"<t:{int(moment.timestamp())}:R>"
