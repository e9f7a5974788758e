"""A server's settings as one value, and what may be chosen for them. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.moderation.panel import Posted
from bot.refusals import Refusal

ServerNames = Callable[[int], str]
"""What a server is called, by its id."""


@dataclass(frozen=True, slots=True)
class Server:
    """What moderators have set. safety_role_id: who may see cases; None: the owner alone.

    second_contact_id: who hears of reports about moderators, beside the owner.
    """

    id: int
    moderators_channel_id: int | None = None
    safety_role_id: int | None = None
    second_contact_id: int | None = None
    panel: Posted | None = None


def safety_role(guild_id: int, role_id: int | None, *, of_a_bot: bool) -> int | None:
    """The role as it may be kept; None for the owner alone. Refuses everybody's role and a bot's own."""
    if role_id == guild_id:
        raise Refusal("role_of_everybody")
    if of_a_bot:
        raise Refusal("role_of_a_bot")
    return role_id


def second_contact(user_id: int | None, owner_id: int | None, *, bot: bool) -> int | None:
    """The member as they may be kept; None for nobody. Refuses bots, and the owner, who hears of these anyway."""
    if bot:
        raise Refusal("contact_is_a_bot")
    if user_id is not None and user_id == owner_id:
        raise Refusal("contact_is_the_owner")
    return user_id
