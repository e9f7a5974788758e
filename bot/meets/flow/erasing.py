"""What somebody's erasure means for meetings; called by `bot.people`, which looks after the rows themselves."""

from __future__ import annotations

from datetime import datetime

from bot.app import App
from bot.meets.flow import meetings, papers
from bot.meets.store import draws, matches
from bot.people.members import Key
from bot.storage import Tx


async def step_out(app: App, key: Key) -> int:
    """Before `forget`, outside of any transaction: they leave the threads they are in; gives how many.

    Afterwards nobody knows whom to take out.
    """
    async with app.store.read() as tx:
        rooms = await matches.of_members(tx, key.guild_id, [key.user_id])
    left = 0
    for room in rooms:
        if room.thread_id is not None and not room.parted:
            trouble = await app.messenger.let_out(key.guild_id, room.thread_id, key.user_id)
            left += trouble is None
    return left


async def forget(tx: Tx, key: Key, now: datetime) -> int:
    """Before their rows go, in the caller's transaction: what they are in ends, as any early end does.

    A draw of which nobody was told yet is asked anew, without them. Gives how many matches ended. Twice is once.
    """
    for draw in await draws.standing(tx, key.guild_id):
        if str(key.user_id) in draw.given:
            await draws.keep(tx, papers.without(draw, key.user_id))
    rooms = await matches.of_members(tx, key.guild_id, [key.user_id])
    return await meetings.end(tx, [one for one in rooms if not one.parted], now)
