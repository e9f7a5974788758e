"""Values of `bot.people` as messages: pure, no flow, no Discord call.

Every card carries its delivery's nonce in a custom_id: our marker, should we ever have to look whether it arrived.
"""

from __future__ import annotations

from discord import ui

from bot.people.messages import TestMessage
from cogs.layout import button, message, row


def test_message(letter: TestMessage, nonce: str) -> ui.LayoutView:
    """The first direct message. It says nothing that a glance over a shoulder could use."""
    return message(
        "### Messages arrive",
        "This is the test that you asked for. What I write here stays short and discreet.",
        rows=[row(button("Settings", "me.open", "settings", letter.guild_id, nonce))],
    )


test_message.__test__ = False  # type: ignore[attr-defined]  # no test, whatever pytest thinks of its name
