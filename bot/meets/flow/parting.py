"""Who may not meet any more, or has left, meets no more from the next beat on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import combinations

from bot.app import App
from bot.meets.flow import meetings
from bot.meets.store import matches as store
from bot.meets.values import Match, Room
from bot.people.flow import meeting
from bot.people.may_meet import Meeting, may_meet
from bot.people.members import Key
from bot.storage import Tx

LOOK_BACK = timedelta(days=1)  # for blocks and guards that part two, the first time
IN_FLIGHT = timedelta(minutes=5)  # a press may be kept so long after its moment
AT_ONCE = 100  # a beat


async def mind_parting(app: App, now: datetime) -> int:
    """Duty: what two have who may not meet any more ends, and what somebody has who left; gives how much.

    A three ends as a whole: nobody in it can tell who is meant. Of what was over already the thread is closed.
    """
    async with app.store.read() as tx:
        looked = await store.looked_at(tx)
        pressed = await meeting.pressed_since(tx, looked - IN_FLIGHT if looked else now - LOOK_BACK)
        left = await store.of_leavers(tx, AT_ONCE)
        if not (pressed or left):
            return 0
    async with app.store.begin() as tx:
        over = [*await store.of_leavers(tx, AT_ONCE), *await _apart(tx, pressed)]
        fresh = {one.match.id: one for one in over}
        await meetings.end(tx, fresh.values(), now)
        if pressed:
            await store.look(tx, now)
    return len(fresh)


async def _apart(tx: Tx, pressed: Mapping[Key, datetime]) -> list[Room]:
    """With whom those are together who pressed something, and may not be any more."""
    by_server: dict[int, set[int]] = {}
    for key in pressed:
        by_server.setdefault(key.guild_id, set()).add(key.user_id)
    found: list[Room] = []
    for guild_id, user_ids in by_server.items():
        theirs = [one for one in await store.of_members(tx, guild_id, user_ids) if not one.parted]
        ids = {user_id for one in theirs for user_id in one.match.members}
        known = await meeting.meetings(tx, guild_id, ids)
        found += [one for one in theirs if not _may(one.match, known)]
    return found


def _may(match: Match, known: Mapping[int, Meeting]) -> bool:
    return all(may_meet(known[one], known[other]) for one, other in combinations(match.members, 2))
