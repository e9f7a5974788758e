"""What the bot must be allowed in a channel it speaks in, why, and where to grant it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

# Discord's name of the permission → its words in Discord's settings, and what it is for.
NEEDED: dict[str, tuple[str, str]] = {
    "view_channel": ("View Channel", "to see the channel at all"),
    "send_messages": ("Send Messages", "to post cards there"),
    "read_message_history": ("Read Message History", "to make sure that nothing is posted twice"),
}
WHERE = "Edit Channel → Permissions → the bot's role"


def missing(granted: Collection[str]) -> tuple[str, ...]:
    """Those that are needed and not granted, by Discord's name, in the order to grant them."""
    return tuple(name for name in NEEDED if name not in granted)


def named(names: Sequence[str]) -> str:
    """ "View Channel and Send Messages", as Discord's settings call them."""
    words = [NEEDED[name][0] if name in NEEDED else name.replace("_", " ").title() for name in names]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
