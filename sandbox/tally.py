"""What all sandboxes of this process answered, counted: the last line of a test run is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """answers: how many were held against Discord's description; misfits: those that do not fit, in words."""

    answers: int = 0
    misfits: list[str] = field(default_factory=list)


ALL = Tally()
"""Every `Sandbox` counts here, whoever started it."""
