"""What this subject says: finished values, kept as JSON in the outbox, drawn by the cards of `cogs.moderation`."""

from __future__ import annotations

from dataclasses import dataclass

PANEL = "panel"


@dataclass(frozen=True, slots=True)
class Panel:
    """The one message with which members begin. buttons: keys of `bot.moderation.panel.BUTTONS`, in their order."""

    buttons: tuple[str, ...]
