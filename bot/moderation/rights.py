"""Who asks, and what they may. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a server at the moment of one press; `manages`: holds Manage Server there.

    joined_at: the server, as Discord tells with each press. locale: Discord's own for this person. owner: of the
    server. safety: may see cases; Discord can't tell that, a flow that knows the server's safety role fills it in.
    """

    id: int
    guild_id: int
    manages: bool
    joined_at: datetime | None = None
    locale: str | None = None
    owner: bool = False
    role_ids: frozenset[int] = frozenset()
    safety: bool = False


def moderators_only(person: Person) -> None:
    """Refuses everybody else. Checked at each press: a command's default permissions can be overridden."""
    if not person.manages:
        raise Refusal("moderators_only")


def owner_only(person: Person) -> None:
    """Refuses everybody but the server's owner: what decides who reads members' reports is theirs alone."""
    if not person.owner:
        raise Refusal("owner_only")


def bot_must_speak(channel_id: int, missing: Sequence[str] | None) -> None:
    """Refuses a channel where the bot can't do its part.

    missing: the permissions it lacks there, by Discord's name; None: there is no such channel any more.
    """
    if missing is None:
        raise Refusal("channel_gone")
    if missing:
        raise Refusal("bot_may_not", channel_id=channel_id, missing=tuple(missing))
