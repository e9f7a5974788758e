"""Hired: what ends, what may be told, who was met, the last page. Values → messages, pure, private."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
from discord import ui

from bot.jobs.flow.hired import Hired
from bot.jobs.messages import HiredNews
from cogs.gate import MAX_ALT_TEXT, escape
from cogs.jobs.hired_card import news_words
from cogs.layout import ACCENT, button, message, row

_NAME = 300
_MOST_MET = 25
PICTURE = "last-page.png"


def home(guild: int, one: Hired) -> ui.LayoutView:
    """Everything that comes with it, each with one press."""
    number = one.saved.id
    ways = [button("My last page", "jobs.hired.page", guild, number, style=discord.ButtonStyle.primary)]
    ways += [button("Keep alerts", "jobs.hired.alerts", guild, number)] if one.paused else []
    ways += [] if one.reads else [button("Stay as a reader", "jobs.hired.reader", guild, number)]
    telling = [button("Tell my pod", "jobs.hired.pod", guild, number)] if one.pod else []
    telling += [
        button("Tell this channel", "jobs.hired.ask", guild, number, "with"),
        button("Tell nobody", "jobs.hired.nobody", guild, number),
    ]
    return message(
        f"### You made it: {escape(one.saved.name, _NAME)}",
        "\n".join(_lines(one)),
        "-# Only you see this page. Was it a slip? Choose another stage in your list.",
        rows=[
            row(*ways),
            *([] if one.saved.told else [row(*telling)]),
            row(button("Back to it", "jobs.saved.one", guild, number)),
        ],
    )


_TOLD = {
    "": "Nobody knows. Tell it where you like, or nowhere.",
    "nowhere": "You keep it to yourself.",
    "pod": "Your pod knows.",
    "server": "You told it in this server.",
}


def _lines(one: Hired) -> Iterator[str]:
    alerts = (
        f" {one.paused} alert{'' if one.paused == 1 else 's'} of yours stopped, too." if one.paused else ""
    )
    yield f"**It is quiet now:** reminders of this search have ended.{alerts}"
    yield f"**Who knows:** {_TOLD[one.saved.told]}"
    if one.met:
        names = ", ".join(f"<@{user_id}>" for user_id in one.met[:_MOST_MET])
        more = f" and {len(one.met) - _MOST_MET} more" if len(one.met) > _MOST_MET else ""
        yield f"**They met you on the way:** {names}{more}. A word of thanks is yours to send."
    if one.reads:
        yield "**Staying:** you said that you read for others. Thank you."
    else:
        yield "**Stay?** As a reader you look at others' resumes, now and then."


# -- telling it ----------------------------------------------------------------------------------


def preview(guild: int, one: Hired, told: HiredNews, channel_id: int) -> ui.LayoutView:
    """What others would read, before they can."""
    number, named = one.saved.id, bool(told.company)
    how, other = ("with", "without") if named else ("without", "with")
    turn = button(
        "Leave the company out" if named else "Name the company", "jobs.hired.ask", guild, number, other
    )
    return message(
        f"Everybody in <#{channel_id}> would read this:",
        news_words(told),
        rows=[
            row(
                button("Post it", "jobs.hired.post", guild, number, how, style=discord.ButtonStyle.primary),
                *([turn] if one.saved.company else []),
                button("Not now", "jobs.hired", guild, number),
            )
        ],
    )


def only_in_a_channel(guild: int, one: Hired) -> ui.LayoutView:
    return message(
        "I post it where you press the button. Type /jobs saved in that channel, and come back here.",
        rows=[row(button("Back", "jobs.hired", guild, one.saved.id))],
    )


# -- the last page -------------------------------------------------------------------------------


def last_page(one: Hired, drawn: bool) -> ui.LayoutView:
    """drawn: a picture goes with it, which the words repeat for whoever can't see it."""
    words = f"Hired on {one.day}. {one.page.words()}."
    if not drawn:
        rows = "\n".join(f"• **{number}** {what}" for what, number in one.page.rows())
        return message("### My last page", f"Hired on {one.day}.", rows, "-# Only you see it.")
    view = ui.LayoutView(timeout=None)
    picture = discord.MediaGalleryItem(
        f"attachment://{PICTURE}", description=f"My last page. {words}"[:MAX_ALT_TEXT]
    )
    text: ui.TextDisplay[Any] = ui.TextDisplay(
        "### My last page\n-# Only you see it; save the picture to keep it."
    )
    view.add_item(ui.Container(text, ui.MediaGallery(picture), accent_colour=ACCENT))
    return view
