"""What is forgotten by itself, and when."""

from __future__ import annotations

from datetime import datetime

from bot.people.flow.privacy import Holder, erase_in
from bot.people.retention import REMOVED, REST, SEARCH
from bot.people.store import privacy as store


async def forget(app: Holder, now: datetime) -> int:
    """Duty, once a day: forget everything whose days are over, then make its bytes go; gives how many rows."""
    async with app.store.begin() as tx:
        done = 0
        for guild_id in await store.servers_left_before(tx, now - REMOVED):
            done += await store.forget_server(tx, guild_id)
        for key in await store.left_before(tx, now - REST):
            done += await erase_in(tx, app.key, key, now)
        for key in await store.left_before(tx, now - SEARCH):
            done += await store.forget_search(tx, key)
        done += await store.forget_aged(tx, now)
    await app.store.scrub()
    return done
