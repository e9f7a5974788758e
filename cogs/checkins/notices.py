"""What the moderators' channel hears of a group, with what mends it. Pure, no flow, no Discord call.

Neither names a member. Each carries its delivery's nonce in a custom_id: our marker.
"""

from __future__ import annotations

from discord import ui

from bot.checkins.messages import GroupBlocked, SeasonOver
from bot.moderation import permissions
from cogs.checkins.cards import GROUP
from cogs.checkins.words import notices as words
from cogs.gate import escape
from cogs.layout import ATTENTION, button, message, row

_CHOICES = {"continue": words.CONTINUE, "pods": words.NEW_PODS, "stop": words.STOP}


def group_blocked(notice: GroupBlocked, nonce: str) -> ui.LayoutView:
    """Its channel can't be written to: why, and what to do."""
    again = button(words.TRY_AGAIN, "cohort.retry", notice.group_id, nonce)
    opened = button(words.OPEN_GROUP, "cohort.open", notice.group_id, nonce)
    return message(
        words.blocked(escape(notice.group, GROUP)),
        words.why(notice.code, f"<#{notice.channel_id}>", permissions.WHERE),
        words.NOBODY_LOSES,
        rows=[row(opened) if notice.code == "unknown_channel" else row(again, opened)],
        accent=ATTENTION,
    )


def season_over(notice: SeasonOver, nonce: str) -> ui.LayoutView:
    """Its season is over: three ways to go on."""
    buttons = [
        button(label, "cohort.season", notice.group_id, choice, nonce) for choice, label in _CHOICES.items()
    ]
    return message(
        words.season_over(escape(notice.group, GROUP), notice.weeks),
        words.SEASON_CHOICES,
        words.UNTIL_THEN,
        rows=[row(*buttons)],
        accent=ATTENTION,
    )
