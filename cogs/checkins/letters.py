"""Direct messages about check-ins, to those who asked for them. Pure, no flow, no Discord call.

Unless their reader opened that door (`named`) they tell nothing but that there is something. Each can be stopped
where it stands, and carries its delivery's nonce in a custom_id: our marker.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
from discord import ui

from bot.checkins.messages import Drift, HelpOffered, Reminder
from cogs.checkins.cards import GROUP, moment
from cogs.checkins.words import letters as words
from cogs.gate import escape
from cogs.layout import button, message, row

_SERVER, _IDEAS = 100, 600
_ALONE = timedelta(minutes=1)  # a week ends when the next one begins; people say 23:59
_LAST_SILENCE = 6  # weeks


def reminder(letter: Reminder, nonce: str) -> ui.LayoutView:
    """Their week is open. Its end may be one instant here: this goes to one person."""
    if not letter.named:
        return _discreet(letter.server, _check_in(words.SHOW, letter, nonce), _stop(letter, "remind", nonce))
    return message(
        words.open_now(escape(letter.group, GROUP)),
        words.due(moment(letter.due_at - _ALONE)),
        words.from_server(escape(letter.server, _SERVER)),
        rows=[
            row(
                _check_in(words.CHECK_IN, letter, nonce, discord.ButtonStyle.primary),
                button(words.SKIP, "checkin.skip", letter.cycle_id, nonce),
                _stop(letter, "remind", nonce),
            )
        ],
    )


def drift(letter: Drift, nonce: str) -> ui.LayoutView:
    """After some silence. It counts no weeks, and says whether it is the last one."""
    stop = _stop(letter, "drift", nonce)
    if not letter.named:
        return _discreet(letter.server, _check_in(words.SHOW, letter, nonce), stop)
    return message(
        words.FRESH_START,
        words.welcome_back(escape(letter.group, GROUP), escape(letter.server, _SERVER)),
        words.LAST_ONE if letter.weeks >= _LAST_SILENCE else words.MORE_IN_A_MONTH,
        rows=[row(_check_in(words.CHECK_IN, letter, nonce), stop)],
    )


def help_offered(letter: HelpOffered, nonce: str) -> ui.LayoutView:
    """Somebody can help with what they asked for; nobody else hears of it."""
    stop = _stop(letter, "help", nonce)
    if not letter.named:
        return _discreet(letter.server, button(words.SHOW, "checkin.helpers", letter.week_id, nonce), stop)
    return message(
        words.HELP_OFFERED,
        words.they_offer(f"<@{letter.helper_id}>", escape(letter.server, _SERVER)),
        words.quoted(escape(letter.ideas, _IDEAS)),
        words.WRITE_THEM,
        rows=[row(button(words.WHO_OFFERS, "checkin.helpers", letter.week_id, nonce), stop)],
    )


def _discreet(server: str, *buttons: ui.Button[Any]) -> ui.LayoutView:
    return message(words.discreet(escape(server, _SERVER)), rows=[row(*buttons)])


def _check_in(
    label: str,
    letter: Reminder | Drift,
    nonce: str,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
) -> ui.Button[Any]:
    return button(label, "checkin.now", letter.group_id, nonce, style=style)


def _stop(letter: Reminder | Drift | HelpOffered, what: str, nonce: str) -> ui.Button[Any]:
    """what: remind, drift or help."""
    return button(words.STOP, "checkin.stop", letter.guild_id, letter.group_id, what, nonce)
