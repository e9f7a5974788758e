"""What is said in a pod's own thread, beside its members' check-ins. Pure, no flow, no Discord call.

Who left is never told. Every card carries its delivery's nonce in a custom_id: our marker.
"""

from __future__ import annotations

from discord import ui

from bot.checkins.messages import PodHello, PodWord
from cogs.checkins.cards import GROUP, NAME, who
from cogs.checkins.words import cards as words
from cogs.gate import escape
from cogs.layout import button, message, row


def pod_hello(value: PodHello, nonce: str) -> ui.LayoutView:
    """The first words in the thread."""
    return message(
        words.pod(escape(value.name, NAME), escape(value.group, GROUP)),
        words.pod_members([f"<@{one}>" for one in value.members]),
        words.POD_HOW,
        words.POD_WHO_SEES,
        rows=[row(button(words.CHECK_IN, "checkin.now", value.group_id, nonce))],
    )


def pod_word(value: PodWord, nonce: str) -> ui.LayoutView:
    """Somebody came, or was hired and chose to tell it."""
    hired = value.what == "hired"
    sign = button(words.GOOD_NEWS if hired else words.WELCOME, "checkin.said", value.pod_id, nonce)
    sign.disabled = True
    say = words.pod_hired if hired else words.pod_joined
    return message(say(who(value.member_id, value.name)), rows=[row(sign)])
