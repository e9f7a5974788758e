"""What the moderators' channel hears of rounds, with what can be done about it. Pure, no flow, no Discord call.

Neither names a member. Each carries its delivery's nonce in a custom_id: our marker.
"""

from __future__ import annotations

from collections.abc import Mapping

import discord
from discord import ui

from bot.moderation.permissions import WHERE, named
from bot.reviews import messages
from bot.reviews.messages import Blocked, RoundDrawn
from cogs.layout import ATTENTION, button, message, row
from cogs.messenger import Kind
from cogs.reviews.rounds_pages import moment
from cogs.reviews.settings_pages import NEEDED
from cogs.reviews.words import rounds as words


def round_drawn(notice: RoundDrawn, nonce: str) -> ui.LayoutView:
    """A round waits for a look; the same message says what became of it."""
    settings = row(button(words.SETTINGS, "rounds.settings", nonce))
    if notice.state == "published":
        return message(words.NOTICE_PUBLISHED, words.published(notice.filled), rows=[settings])
    if notice.state == "cancelled":
        return message(words.NOTICE_CANCELLED, words.CANCEL_WHY, rows=[settings])
    publish = discord.ButtonStyle.primary
    return message(
        words.DRAWN,
        words.counts(notice.requests, notice.readers),
        words.coverage(notice.wanted, notice.filled),
        words.is_short(notice.short) if notice.short else "",
        words.publishes(moment(notice.publish_at)) if notice.publish_at else "",
        rows=[
            row(
                button(words.NOTICE_PREVIEW, "rounds.preview", nonce),
                button(words.PUBLISH, "rounds.publish", notice.round_id, nonce, style=publish),
            )
        ],
        accent=ATTENTION,
    )


def blocked(notice: Blocked, nonce: str) -> ui.LayoutView:
    """Threads can't be opened, or written to: what to grant."""
    return message(
        words.BLOCKED,
        words.blocked(notice.code, f"<#{notice.channel_id}>", named(NEEDED), WHERE),
        words.BLOCKED_SMALL,
        rows=[row(button(words.SETTINGS, "rounds.settings", nonce))],
        accent=ATTENTION,
    )


KINDS: Mapping[str, Kind] = {
    messages.ROUND: Kind(RoundDrawn, round_drawn),
    messages.BLOCKED: Kind(Blocked, blocked),
}
