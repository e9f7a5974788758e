"""`/jobs search`: what was found, five a page. Private, pure."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.jobs.flow.search import Found
from bot.jobs.search import PER_PAGE
from bot.refusals import Refusal
from cogs import refusals
from cogs.gate import escape
from cogs.jobs.card_lines import line
from cogs.layout import button, message, row
from cogs.router import custom_id

_WORDS, _HINT, _LABEL = 300, 300, 120
_OPTION = 100

_FIRST = discord.ButtonStyle.primary


def found(page: Found) -> ui.LayoutView:
    """The newest first; from each line to saving it, and to all that is known of it."""
    if not page.lines:
        return _nothing(page)
    first = page.page * PER_PAGE + 1
    last = first + len(page.lines) - 1
    count = f"{page.total:,} opening{'' if page.total == 1 else 's'}"
    which = f"-# {first} to {last} of {page.total:,}, the newest first" if page.total > PER_PAGE else ""
    return message(
        f"### {count}",
        _asked(page),
        *(line(one, page.countries) for one in page.lines),
        _hints(page),
        which,
        rows=[
            row(_menu(page, "jobs.search.save", "Save one of these")),
            row(_menu(page, "jobs.search.more", "More about one of these")),
            *([row(*turns)] if (turns := _turns(page, last)) else []),
            row(
                button("Follow this search", "jobs.search.follow", page.draft),
                button("Change", "jobs.search.change", page.draft),
            ),
        ],
    )


def _turns(page: Found, last: int) -> list[ui.Button[Any]]:
    """To the pages beside this one. last: the number of its last opening."""
    turns = []
    if page.page:
        turns.append(button("Earlier", "jobs.search.page", page.draft, page.page - 1))
    if last < page.total:
        turns.append(button("More", "jobs.search.page", page.draft, page.page + 1))
    return turns


def _asked(page: Found) -> str:
    own = escape(page.words, _WORDS)
    if not page.mine:
        return f"**For:** {own or 'everything'}"
    return "**For:** what your profile says" + (f", and {own}" if own else "")


def _hints(page: Found) -> str:
    return "\n".join(f"-# {escape(hint, _HINT)}" for hint in page.hints)


def _menu(page: Found, name: str, placeholder: str) -> ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=one.title[:_OPTION] or "An opening",
            value=str(one.opening_id),
            description=one.company[:_OPTION] or None,
        )
        for one in page.lines
    ]
    return ui.Select(
        custom_id=custom_id(name, page.draft, page.page), placeholder=placeholder, options=options
    )


def _nothing(page: Found) -> ui.LayoutView:
    """What would bring some."""
    if page.of == 0:
        brings = "I have read no openings yet. Come back in a few hours, or let them come to you."
    elif page.near:
        near = "\n".join(f"• {escape(label, _LABEL)}: {count}" for label, count in page.near)
        brings = f"It would find:\n{near}"
    elif page.mine:
        brings = "Leave `for:` out to see what isn't proven to be open to you."
    else:
        brings = "Try fewer or other words, or follow it: I tell you when something comes."
    among = (
        f"Nothing among {page.of:,} opening{'' if page.of == 1 else 's'}" if page.of else "No openings yet"
    )
    return message(
        f"### {among}",
        _asked(page),
        _hints(page),
        brings,
        rows=[
            row(
                button("Change", "jobs.search.change", page.draft, style=_FIRST),
                button("Follow this search", "jobs.search.follow", page.draft),
            )
        ],
    )


def mistake(refusal: Refusal) -> ui.LayoutView:
    """A filter with a mistake: where it is, and a press that reopens it with its text."""
    fix = button("Fix it", "jobs.search.change", refusal.facts["draft_id"], style=_FIRST)
    return message(refusals.words(refusal), rows=[row(fix)])


def no_country(guild_id: int) -> ui.LayoutView:
    """They asked for what is open to them, and never told where they may work."""
    return message(
        refusals.words(Refusal("profile_no_country")),
        rows=[row(button("Where I may work", "me.open", "profile", guild_id, style=_FIRST))],
    )
