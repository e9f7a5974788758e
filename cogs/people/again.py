"""A form that was refused: why, what was typed, and one press that reopens it with that text.

A form can't follow a form, and nothing is kept between presses: what was typed stands in the answer itself, where
[Fix it] finds it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from cogs import gate
from cogs.layout import button, message, row
from cogs.presses import texts_of

MOST_SHOWN = 3000  # characters of all that was typed; a message holds 4,000
_FENCE = "```"


def mistake(words: str, typed: Mapping[str, str], name: str, *arguments: object) -> ui.LayoutView:
    """words: the refusal's. typed: the label of each field → its text. name, arguments: of [Fix it]."""
    room = MOST_SHOWN // max(1, len(typed))
    shown = [f"**{label}**\n{gate.code_block(text, room)}" for label, text in typed.items() if text.strip()]
    fix = button("Fix it", name, *arguments, style=discord.ButtonStyle.primary)
    return message(words, *shown, rows=[row(fix)])


def typed_before(press: discord.Interaction[Any]) -> dict[str, str]:
    """Label → text, when this press is a [Fix it]; {} for every other press."""
    found: dict[str, str] = {}
    for text in texts_of(press.message):
        label, _, block = text.partition("\n")
        if label.startswith("**") and block.startswith(f"{_FENCE}\n") and block.endswith(f"\n{_FENCE}"):
            found[label.strip("*")] = block[len(_FENCE) + 1 : -len(_FENCE) - 1].replace("\u200b", "")
    return found
