"""The panel as a message: pure, no flow, no Discord call.

It carries its delivery's nonce in a custom_id: our marker, should we ever have to look whether it arrived.
"""

from __future__ import annotations

from discord import ui

from bot.moderation.messages import Panel
from bot.moderation.panel import BUTTONS
from cogs.layout import button, message, row


def panel(value: Panel, nonce: str) -> ui.LayoutView:
    """The public message with which members begin; all that its buttons answer is private."""
    return message(
        "### Looking for remote work? Begin here",
        "What you press here, and what I answer, only you see.",
        "-# Everything I can do for you: /help. What I keep about you: /me privacy.",
        rows=[row(*(button(BUTTONS[name], f"panel.{name}", nonce) for name in value.buttons))],
    )
