"""The only SQL of who might put in a word where they work."""

from __future__ import annotations

from sqlalchemy import and_, select

from bot.storage import Tx
from bot.storage.tables import guard, member, profile


async def perhaps_at(tx: Tx, guild_id: int, mark: str) -> list[int]:
    """Members here who told that they work at this company and ticked referrals; `bot.people.find` decides."""
    works = and_(guard.c.guild_id == guild_id, guard.c.kind == "employer", guard.c.mark == mark)
    told = and_(profile.c.guild_id == guild_id, profile.c.user_id == guard.c.user_id)
    here = and_(member.c.guild_id == guild_id, member.c.user_id == guard.c.user_id)
    asked = select(guard.c.user_id).join(profile, told).join(member, here)
    asked = asked.where(works, profile.c.open_to.contains("referral"), member.c.left_at.is_(None))
    return list((await tx.execute(asked.order_by(guard.c.user_id))).scalars())
