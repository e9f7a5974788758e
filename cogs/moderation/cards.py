"""The page behind `/setup`: values → message, pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord
from discord import ui

from bot.moderation import permissions
from cogs.layout import message, row
from cogs.router import custom_id

MOST_LINES = 20  # of channels where something is missing; a message holds about forty


def home(
    moderators_channel: int | None, lacking: Mapping[int, Sequence[str] | None], paused: int
) -> ui.LayoutView:
    """What is set, what is missing where, and what to do next.

    lacking: channel → the permissions missing there, by Discord's name; None: that channel is gone.
    paused: subscriptions of channels that don't go on by themselves.
    """
    if moderators_channel is None:
        where = "Choose the channel where I tell moderators of troubles."
    elif lacking.get(moderators_channel, ()) is None:
        where = "The channel where I told troubles is gone. Choose another one."
    else:
        where = f"I tell troubles in <#{moderators_channel}>."
    menu: ui.ChannelSelect[ui.LayoutView] = ui.ChannelSelect(
        custom_id=custom_id("setup.channel"),
        placeholder="Moderators' channel",
        channel_types=[discord.ChannelType.text],
    )
    return message(
        "### Outpost in this server",
        f"**Moderators' channel.** {where}",
        _permissions(lacking),
        _paused(paused),
        "-# Next: /jobs subscribe with `channel:` lets a channel follow remote jobs.",
        rows=[row(menu)],
    )


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
