"""The panel: which buttons it has, and where it stands. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

BUTTONS: Mapping[str, str] = {
    "jobs": "Find jobs",
    "checkin": "Weekly check-in",
    "review": "Get something read",
    "start": "Set me up",
}
#: Those whose subject is there. A panel that stands already is edited when this grows.
THERE = ("jobs", "checkin", "review", "start")

State = Literal["none", "coming", "stands", "failed"]


@dataclass(frozen=True, slots=True)
class Posted:
    """A server's panel as we know it. nonce: of its delivery; None once that could not be said or can't be changed.

    message_id: None until it is known to stand. shown: its buttons when it was last written.
    """

    guild_id: int
    channel_id: int
    nonce: str | None
    message_id: int | None
    shown: tuple[str, ...]

    @property
    def state(self) -> State:
        if self.nonce is None:
            return "failed"
        return "coming" if self.message_id is None else "stands"
