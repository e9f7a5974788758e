"""The page behind `/setup`: values → message, pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.moderation import permissions
from bot.moderation.panel import Posted
from bot.moderation.server import Server
from cogs.layout import message, row
from cogs.router import custom_id

MOST_LINES = 20  # of channels where something is missing; a message holds about forty


def home(
    server: Server, owner_id: int | None, lacking: Mapping[int, Sequence[str] | None], paused: int
) -> ui.LayoutView:
    """What is set, what is missing where, and what to do next.

    lacking: channel → the permissions missing there, by Discord's name; None: that channel is gone.
    paused: subscriptions of channels that don't go on by themselves.
    """
    return message(
        "### Outpost in this server",
        f"**Moderators' channel.** {_where(server.moderators_channel_id, lacking)}",
        f"**Safety role.** {_cases(server.safety_role_id, owner_id)}",
        f"**Second contact.** {_second(server)}",
        f"**Panel.** {_panel(server.panel, lacking)}",
        _permissions(lacking),
        _paused(paused),
        "-# Next: /jobs subscribe with `channel:` lets a channel follow remote jobs.",
        rows=_menus(server),
    )


def _menus(server: Server) -> list[ui.ActionRow[Any]]:
    """Each choice is kept at once. Choosing nothing takes a role or a member away again."""
    text = [discord.ChannelType.text]
    channel: ui.ChannelSelect[Any] = ui.ChannelSelect(
        custom_id=custom_id("setup.channel"), placeholder="Moderators' channel", channel_types=text
    )
    role: ui.RoleSelect[Any] = ui.RoleSelect(
        custom_id=custom_id("setup.safety"),
        placeholder="Safety role: who may see cases",
        min_values=0,
        default_values=_known(server.safety_role_id, discord.SelectDefaultValueType.role),
    )
    contact: ui.UserSelect[Any] = ui.UserSelect(
        custom_id=custom_id("setup.contact"),
        placeholder="Second contact, for reports about the owner",
        min_values=0,
        default_values=_known(server.second_contact_id, discord.SelectDefaultValueType.user),
    )
    place: ui.ChannelSelect[Any] = ui.ChannelSelect(
        custom_id=custom_id("setup.panel"), placeholder="Post the panel in …", channel_types=text
    )
    return [row(channel), row(role), row(contact), row(place)]


def _known(number: int | None, kind: discord.SelectDefaultValueType) -> list[discord.SelectDefaultValue]:
    return [] if number is None else [discord.SelectDefaultValue(id=number, type=kind)]


def _where(channel_id: int | None, lacking: Mapping[int, Sequence[str] | None]) -> str:
    if channel_id is None:
        return "Choose the channel where I tell moderators of troubles."
    if lacking.get(channel_id, ()) is None:
        return "The channel where I told troubles is gone. Choose another one."
    return f"I tell troubles in <#{channel_id}>."


def _cases(role_id: int | None, owner_id: int | None) -> str:
    owner = f"<@{owner_id}>" if owner_id else "the owner"
    if role_id is None:
        return f"Reports go to {owner} alone. A role of its own lets others help."
    return f"Reports go to whoever holds <@&{role_id}>. Those about a moderator go to {owner}."


def _second(server: Server) -> str:
    if server.second_contact_id is not None:
        return f"<@{server.second_contact_id}> hears of reports about the owner."
    if server.safety_role_id is not None:
        return "Nobody. Reports about the owner go to the safety role."
    return "Nobody. Without one, a report about the owner reaches nobody."


def _panel(posted: Posted | None, lacking: Mapping[int, Sequence[str] | None]) -> str:
    if posted is None:
        return "Its buttons are how members begin. Choose a channel that everybody sees, and I post it there."
    if lacking.get(posted.channel_id, ()) is None:
        return "The channel where it stood is gone. Choose another one."
    if posted.state == "failed":
        return f"I could not post or change it in <#{posted.channel_id}>. Choose the channel again."
    if posted.state == "coming":
        return f"It is on its way to <#{posted.channel_id}>. You may pin it there."
    return f"It stands in <#{posted.channel_id}>. Choosing another channel moves it."


def _paused(number: int) -> str:
    if not number:
        return ""
    which = "1 subscription is paused" if number == 1 else f"{number} subscriptions are paused"
    return f"**Paused.** {which}. Let them go on in /jobs alerts."


def _permissions(lacking: Mapping[int, Sequence[str] | None]) -> str:
    if not lacking:
        needed = "; ".join(f"{words}, {reason}" for words, reason in permissions.NEEDED.values())
        return f"**What I may do.** I speak nowhere yet. In each channel I need: {needed}."
    troubled_first = sorted(lacking.items(), key=lambda one: one[1] == ())
    lines = [f"• {_channel(channel_id, missing)}" for channel_id, missing in troubled_first[:MOST_LINES]]
    if hidden := troubled_first[MOST_LINES:]:
        fine = sum(missing == () for _, missing in hidden)
        lines.append(f"• In {fine} of {len(hidden)} more channels nothing is missing.")
    return "\n".join(["**What I may do.**", *lines])


def _channel(channel_id: int, missing: Sequence[str] | None) -> str:
    if missing is None:
        return (
            f"<#{channel_id}> is gone. Stop what was posted there in /jobs alerts, or choose another channel."
        )
    if not missing:
        return f"<#{channel_id}>: nothing is missing."
    return f"<#{channel_id}>: I lack **{permissions.named(missing)}**. Grant it under {permissions.WHERE}."
