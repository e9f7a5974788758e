"""The pages of `/resources`: values → messages, pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.ports import Resource
from bot.resources.listed import NEEDS, Listed, Own
from cogs.gate import escape, title_link
from cogs.layout import button, message, row
from cogs.router import custom_id

PER_PAGE = 5
_TITLE, _NOTE, _WHOM = 400, 200, 120


def overview(counts: Mapping[str, int], moderator: bool) -> ui.LayoutView:
    """A menu of needs. counts: need → how many entries."""
    if not counts:
        add = [row(button("Add one for this server", "resources.add", "tools"))] if moderator else []
        return message("Nothing is listed here yet. Ask a moderator to add what helped you.", rows=add)
    return message(
        "### What do you need?",
        "Communities, courses and guides, each with who it is for and what it costs. I earn nothing by them.",
        rows=[row(_menu(counts)), *_for_moderators("tools", moderator)],
    )


def listed(found: Listed, page: int, moderator: bool) -> ui.LayoutView:
    """One need, five a page, the server's own first."""
    every: list[Own | Resource] = [*found.own, *found.common]
    last = max(0, (len(every) - 1) // PER_PAGE)
    page = min(max(page, 0), last)
    shown = every[page * PER_PAGE : (page + 1) * PER_PAGE]
    nav = [button("All needs", "resources.all")]
    nav += [button("Earlier", "resources.page", found.need, page - 1)] if page else []
    nav += [button("More", "resources.page", found.need, page + 1)] if page < last else []
    mine = [one for one in shown if isinstance(one, Own)] if moderator else []
    removing = [button(f"Remove {_short(one.name)}", "resources.remove", one.id, found.need) for one in mine]
    return message(
        f"### {NEEDS[found.need]}",
        *(_own(one) if isinstance(one, Own) else _common(one) for one in shown),
        "" if shown else "Nothing is listed for this yet.",
        rows=[
            row(*nav),
            *([row(*removing)] if removing else []),
            *_for_moderators(found.need, moderator),
        ],
    )


def _menu(counts: Mapping[str, int]) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id("resources.need"),
        placeholder="What do you need?",
        options=[
            discord.SelectOption(
                label=NEEDS[need], value=need, description="1 entry" if number == 1 else f"{number} entries"
            )
            for need, number in counts.items()
        ],
    )


def _for_moderators(need: str, moderator: bool) -> list[ui.ActionRow[Any]]:
    return [row(button("Add one for this server", "resources.add", need))] if moderator else []


def _common(one: Resource) -> str:
    if one.closed:
        name, note = escape(one.name, _TITLE), escape(one.note, _NOTE)
        return f"**Closed** · {name}\n{note}\n-# {_checked(one)}"
    return (
        f"**{title_link(one.name, one.url, _TITLE)}**\n{escape(one.note, _NOTE)}\n"
        f"-# For {escape(one.whom, _WHOM)} · {one.cost} · {_checked(one)}"
    )


def _checked(one: Resource) -> str:
    if one.checked is None:
        return "not checked yet: tell us if it moved"
    day = f"{one.checked.day} {one.checked:%b %Y}"
    return f"checked {day}" if one.source == "page" else f"found in a public list, {day}"


def _own(one: Own) -> str:
    words = f"\n{escape(one.words, _NOTE)}" if one.words else ""
    return f"**{title_link(one.name, one.url, _TITLE)}**{words}\n-# Added by this server's moderators"


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39]}…"
