"""What members of a group are called by what everybody in it may read."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.checkins.digest import Name, name_of
from bot.people.flow import meeting, members
from bot.storage import Tx


def circle_of(group_id: int) -> str:
    """The circle of the pen names of a group."""
    return f"group/{group_id}"


async def pen_names(tx: Tx, guild_id: int, group_id: int, user_ids: Collection[int]) -> dict[int, str]:
    """Those who chose one, here or for every group."""
    return await meeting.pen_names_in(tx, guild_id, circle_of(group_id), user_ids) if user_ids else {}


async def pen_names_each(
    tx: Tx, guild_id: int, groups: Mapping[int, Collection[int]]
) -> dict[tuple[int, int], str]:
    """(group, member) → the same for these groups of a server. groups: whom in each."""
    circles = {circle_of(group_id): group_id for group_id in groups}
    found = await meeting.pen_names_each(tx, guild_id, {circle_of(one): groups[one] for one in groups})
    return {(circles[circle], one): name for circle, names in found.items() for one, name in names.items()}


async def in_digests(
    tx: Tx, guilds: Mapping[int, Mapping[int, Collection[int]]]
) -> dict[int, dict[int, Name]]:
    """Group → member → as a digest may call them. guilds: server → group → whom in each."""
    called: dict[int, dict[int, Name]] = {}
    for guild_id, groups in guilds.items():
        everybody = {user_id for user_ids in groups.values() for user_id in user_ids}
        if not everybody:
            continue
        chosen = await pen_names_each(tx, guild_id, groups)
        known = await members.members_in(tx, guild_id, everybody)
        for group_id, user_ids in groups.items():
            called[group_id] = {
                one: name_of(one, chosen.get((group_id, one), ""), known.get(one)) for one in user_ids
            }
    return called
