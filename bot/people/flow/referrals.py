"""Who would put in a word where they work; for *Who knows this company?* of jobs, in its transactions."""

from __future__ import annotations

from collections.abc import Sequence

from bot.people.find import would_refer
from bot.people.flow.meeting import meetings
from bot.people.may_meet import may_meet
from bot.people.members import Key, Profile
from bot.people.store import members
from bot.people.store import referrals as store
from bot.storage import Tx


async def willing_at(tx: Tx, guild_id: int, mark: str) -> list[int]:
    """Members who work at this company, want to be found and say to everybody here that they refer people."""
    ids = await store.perhaps_at(tx, guild_id, mark)
    known = await members.some(tx, guild_id, ids)
    profiles = await members.profiles_of(tx, guild_id, ids)
    return [one for one in ids if one in known and would_refer(known[one], profiles.get(one, Profile()))]


async def minds_company(tx: Tx, key: Key, mark: str) -> bool:
    """Does this member work there, or guard against its people?"""
    mine = (await meetings(tx, key.guild_id, [key.user_id]))[key.user_id]
    return mark in mine.works_at | mine.avoids


async def may_meet_of(tx: Tx, key: Key, candidates: Sequence[int]) -> list[int]:
    """Those whom this member may meet, in their order; in silence about the others."""
    found = await meetings(tx, key.guild_id, [key.user_id, *candidates])
    return [one for one in candidates if may_meet(found[key.user_id], found[one])]
