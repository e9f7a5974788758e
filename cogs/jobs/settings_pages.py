"""How a subscription speaks in its channel: loudness, a role, publishing, a forum's tag, the clock. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.jobs.subscriptions import CAPS_OF_A_ROLE, Subscription
from cogs.city_menu import city_menu
from cogs.gate import code, escape
from cogs.jobs.places import Place
from cogs.jobs.rhythm_menus import tag_menu, zone_words
from cogs.layout import button, message, row
from cogs.router import custom_id


def settings(kept: Subscription, editing: int, where: Place) -> ui.LayoutView:
    """Each line with what changes it; every press is kept in the draft."""
    ids = kept.id, editing
    rows = [row(_role_menu(kept, editing))]
    if kept.role_id is not None:
        rows.append(row(_cap_menu(kept, editing)))
    if kept.target == "forum" and where.tags:
        rows.append(row(tag_menu(where, "jobs.tag.later", *ids)))
    loud = button("Let phones ring" if kept.silent else "Ring no phone", "jobs.silent", *ids)
    publish = button("Don't publish" if kept.publish else "Publish it", "jobs.publish", *ids)
    what_for = button("What to mention it for", "jobs.role.for", *ids)
    rows.append(
        row(
            loud,
            *([publish] if kept.target == "news" else []),
            *([what_for] if kept.role_id is not None else []),
            button("Time zone", "jobs.zone", *ids),
            button("Back", "jobs.draft", *ids, style=discord.ButtonStyle.primary),
        )
    )
    return message(f"### How it posts in <#{kept.channel_id}>", "\n".join(_lines(kept, where)), rows=rows)


def _lines(kept: Subscription, where: Place) -> list[str]:
    lines = [
        f"**Sound:** {'quiet, no phone rings' if kept.silent else 'as the channel is set, phones may ring'}.",
        f"**Mention:** {_mention(kept)}",
    ]
    if kept.target == "news":
        lines.append(f"**Published** to servers that follow the channel: {'yes' if kept.publish else 'no'}.")
    if kept.target == "forum":
        tag = escape(kept.fallback_tag, 60) or (
            "none yet, and each post needs one" if where.tag_required else "none"
        )
        lines.append(f"**Tag when no other fits:** {tag}.")
    return [*lines, f"**Time zone** of digests and of the day's cards: {zone_words(kept.zone)[1:-1]}."]


def _mention(kept: Subscription) -> str:
    if kept.role_id is None:
        return "nobody."
    what = f"what also passes {code(kept.role_filter, 200)}" if kept.role_filter else "all that is posted"
    times = "once a day" if kept.role_cap == 1 else f"{kept.role_cap} times a day"
    return f"<@&{kept.role_id}>, for {what}, at most {times}."


def _role_menu(kept: Subscription, editing: int) -> ui.RoleSelect[Any]:
    number = kept.role_id
    role = discord.SelectDefaultValueType.role
    chosen = [] if number is None else [discord.SelectDefaultValue(id=number, type=role)]
    return ui.RoleSelect(
        custom_id=custom_id("jobs.role", kept.id, editing),
        placeholder="Mention a role",
        min_values=0,
        default_values=chosen,
    )


def _cap_menu(kept: Subscription, editing: int) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id("jobs.role.cap", kept.id, editing),
        placeholder="How often at most?",
        options=[
            discord.SelectOption(
                label="Mention it once a day at most"
                if most == 1
                else f"Mention it {most} times a day at most",
                value=str(most),
                default=most == kept.role_cap,
            )
            for most in CAPS_OF_A_ROLE
        ],
    )


def zones(kept: Subscription, editing: int, hits: Sequence[tuple[str, str]], now: datetime) -> ui.LayoutView:
    """What a typed city may mean."""
    ids = kept.id, editing
    return message(
        "### Whose clock?",
        "Choose where it is the same time as with your members.",
        rows=[
            row(city_menu(hits, now, "jobs.zone.choose", *ids)),
            row(button("Another city", "jobs.zone", *ids), button("Back", "jobs.settings", *ids)),
        ],
    )
