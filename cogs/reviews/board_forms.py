"""The two forms of the board. Pure: values → forms. Each custom_id has a fresh part."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.reviews.answers import MAX_FIRST, MAX_QUESTION, MAX_QUOTE, MAX_REWRITE
from cogs.reviews.words import board as words
from cogs.router import custom_id, fresh


def quote(guild: str, reading: str, page: str, item: str, line: str, rewrite: str) -> ui.Modal:
    """A line of the document and how they would write it."""
    form_id = custom_id("review.quoted", guild, reading, page, item, fresh())
    form = ui.Modal(title=words.QUOTE_TITLE, custom_id=form_id)
    form.add_item(_long("line", words.LINE, words.LINE_HINT, line, MAX_QUOTE))
    form.add_item(_long("rewrite", words.REWRITE, words.REWRITE_HINT, rewrite, MAX_REWRITE))
    return form


def first(guild: str, reading: str, page: str, text: str, question: str) -> ui.Modal:
    """What to change first, and a question for an interview."""
    form_id = custom_id("review.firsted", guild, reading, page, fresh())
    form = ui.Modal(title=words.FIRST_TITLE, custom_id=form_id)
    form.add_item(_long("text", words.FIRST_FIELD, words.FIRST_HINT, text, MAX_FIRST))
    form.add_item(_long("question", words.QUESTION_FIELD, words.QUESTION_HINT, question, MAX_QUESTION))
    return form


def _long(name: str, label: str, hint: str, text: str, longest: int) -> ui.Label[Any]:
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.paragraph,
        default=text[:longest] or None,
        required=False,
        max_length=longest,
    )
    return ui.Label(text=label, description=hint, component=field)
