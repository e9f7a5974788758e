"""What the moderators' channel hears of meetings, with what mends it. Pure, no flow, no Discord call.

It names no member, and carries its delivery's nonce in a custom_id: our marker.
"""

from __future__ import annotations

from discord import ui

from bot.meets.messages import Blocked
from bot.moderation.permissions import WHERE, named
from cogs.layout import ATTENTION, button, message, row
from cogs.meets.words import letters
from cogs.thread_settings_pages import NEEDED


def blocked(notice: Blocked, nonce: str) -> ui.LayoutView:
    """Threads can't be opened or entered in the channel for meetings: why, and what to do."""
    return message(
        letters.BLOCKED,
        letters.why(notice.code, f"<#{notice.channel_id}>", named(NEEDED), WHERE),
        letters.BLOCKED_SMALL,
        rows=[
            row(
                button(letters.TRY_AGAIN, "meets.settings.again", nonce),
                button(letters.SETTINGS, "meets.settings", nonce),
            )
        ],
        accent=ATTENTION,
    )
