"""The pages of `/me blocks`: whom and which companies I must not meet here. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.people.guards import Guard
from cogs.gate import escape
from cogs.layout import ACCENT, button, message, row
from cogs.router import custom_id

PER_PAGE = 8  # an entry takes three of Discord's forty components
_MAX_NAME = 100
_ELSEWHERE = "To add a member, type /me blocks in the server."


def home(
    guild: int, blocked: Sequence[int], guards: Sequence[Guard], page: int, in_server: bool = True
) -> ui.LayoutView:
    """Blocks, then guards, each with its way back; and three ways to add one, in a direct message two.

    There Discord's menu of members offers only the bot and oneself.
    """
    entries = [
        *(_entry(f"**Blocked:** <@{one}>", "Unblock", "me.unblock", guild, one) for one in blocked),
        *(_entry(_guarded(one), "Remove", "me.unguard", guild, one.id) for one in guards),
    ]
    last = max(0, (len(entries) - 1) // PER_PAGE)
    page = min(max(page, 0), last)
    view = ui.LayoutView(timeout=None)
    parts: list[ui.Item[Any]] = [
        ui.TextDisplay("### Whom you must not meet"),
        ui.TextDisplay(
            "I never bring you together with them, and they never learn of it. "
            "To block somebody, open the menu on their name, *Apps*, *Block in Outpost*."
        ),
        *entries[page * PER_PAGE : (page + 1) * PER_PAGE],
    ]
    if not entries:
        parts.append(ui.TextDisplay("Nobody is on your list yet. Begin with where you work now."))
    parts.append(row(*_add(guild)))
    parts.append(row(_members(guild)) if in_server else ui.TextDisplay(_ELSEWHERE))
    turns = [button("Earlier", "me.blocks", guild, page - 1)] if page else []
    turns += [button("More", "me.blocks", guild, page + 1)] if page < last else []
    parts += [row(*turns)] if turns else []
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    return view


def _entry(words: str, label: str, name: str, guild: int, which: int) -> ui.Section[Any]:
    return ui.Section(ui.TextDisplay(words), accessory=button(label, name, guild, which))


def _guarded(guard: Guard) -> str:
    name = escape(guard.name, _MAX_NAME)
    return {
        "employer": f"**Where I work:** {name}",
        "company": f"**Company:** {name}",
        "member": f"**Not to meet:** {name}",
    }[guard.kind]


def _add(guild: int) -> list[ui.Button[Any]]:
    return [
        button("Where I work", "me.guard.ask", guild, "employer"),
        button("A company", "me.guard.ask", guild, "company"),
        button("Settings", "me.settings", guild),
    ]


def _members(guild: int) -> ui.UserSelect[Any]:
    return ui.UserSelect(
        custom_id=custom_id("me.guard.member", guild), placeholder="A member you must not meet here"
    )


def blocked(guild: int, user_id: int) -> ui.LayoutView:
    """Done, and the way back."""
    return message(
        f"Blocked: <@{user_id}>. I never bring you two together, and they don't learn of it.",
        "-# Your list: /me blocks. Discord's own block is another thing; you may want both.",
        rows=[row(button("Undo", "me.block.undo", guild, user_id))],
    )


def unblocked(user_id: int) -> ui.LayoutView:
    return message(f"Taken back: <@{user_id}> is not blocked by you. Your list: /me blocks.")
