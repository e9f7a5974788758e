"""Direct messages to members: planned only for those who allowed them, and outside their quiet hours. Pure."""

from __future__ import annotations

from datetime import datetime

from bot.deliveries.planned import Planned
from bot.people.members import Member, may_write_at


def reachable(member: Member | None) -> bool:
    """May we write to them, as far as we know? Their consent, and Discord has not refused one since."""
    return (
        member is not None
        and member.left_at is None
        and member.dm_since is not None
        and member.dm_closed_at is None
    )


def letter(kind: str, about: str, value: object, to: Member | None, now: datetime) -> list[Planned]:
    """The message to plan, none when it may not be sent. about: why it exists, such as "case/1/7/opened"."""
    if to is None or not reachable(to):
        return []
    guild_id, user_id = to.key.guild_id, to.key.user_id
    key = f"{about}/member/{user_id}"
    return [Planned(kind, key, value, guild_id, user_id, may_write_at(to, now), member_id=user_id)]
