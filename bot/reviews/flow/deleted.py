"""A thread that somebody deletes by hand is noticed at once, and answered as when the next reader finds it gone.

We delete none ourselves. What is missed while we are away is found later, see `entering`; a message that goes alone,
too: to hear of that we would have to hear of every message that anybody writes.
"""

from __future__ import annotations

from datetime import datetime

from bot.app import App
from bot.reviews.flow import threads
from bot.reviews.store import places as store


async def thread_deleted(app: App, guild_id: int, thread_id: int, now: datetime) -> int:
    """A document's thread: it is over. A blind reader's own: the next beat opens another one, with its pages.

    Gives how much that changed; 0 for what is none of ours, or is over. Twice is once.
    """
    async with app.store.read() as tx:
        ours = await store.standing_in(tx, guild_id, thread_id) or await store.own_in(tx, guild_id, thread_id)
    if not ours:
        return 0
    async with app.store.begin() as tx:
        documents = await store.standing_in(tx, guild_id, thread_id)
        for request in documents:
            await threads.expire(tx, request, now)
        own = await store.own_in(tx, guild_id, thread_id)
        for entry in own:
            await threads.own_lost(tx, entry, now)
    return len(documents) + len(own)
