"""Who asks, and what they may. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a server at the moment of one press; `manages`: holds Manage Server there."""

    id: int
    guild_id: int
    manages: bool


def moderators_only(person: Person) -> None:
    """Refuses everybody else. Checked at each press: a command's default permissions can be overridden."""
    if not person.manages:
        raise Refusal("moderators_only")


def bot_must_speak(channel_id: int, missing: Sequence[str] | None) -> None:
    """Refuses a channel where the bot can't do its part.

    missing: the permissions it lacks there, by Discord's name; None: there is no such channel any more.
    """
    if missing is None:
        raise Refusal("channel_gone")
    if missing:
        raise Refusal("bot_may_not", channel_id=channel_id, missing=tuple(missing))
