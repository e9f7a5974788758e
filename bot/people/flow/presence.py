"""Who is still here, and what reaches them: direct messages as they allow them, members who left.

Without the members intent nobody tells us that somebody left: Discord is asked before each direct message, and about
everybody once in a while (design/reliability.md, Without privileged intents).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.direct import Listener
from bot.deliveries.planned import Row
from bot.jobs.digests import ALERT_TEST
from bot.moderation import flow as moderation
from bot.people.letters import reachable
from bot.people.members import Key, may_write_at
from bot.people.messages import TEST_MESSAGE
from bot.people.store import members
from bot.people.store import presence as store
from bot.ports import Trouble
from bot.storage import Tx

log = logging.getLogger(__name__)

ASKED_FOR = frozenset({TEST_MESSAGE, ALERT_TEST})  # somebody asked for these a moment ago: no quiet hours
ASK_EVERY = timedelta(days=7)
ASK_AGAIN_IN = timedelta(hours=1)  # after Discord gave no answer about somebody
ASK_AT_ONCE = 2  # a beat; with a beat every five seconds 240,000 members a week


# -- writing to a member -------------------------------------------------------------------------


async def listening(tx: Tx, rows: Sequence[Row], now: datetime) -> dict[int, Listener]:
    """What counts for the members of these deliveries at the moment they are sent; for `bot.deliveries.flow`."""
    found: dict[int, Listener] = {}
    for row in rows:
        to = await members.one(tx, Key(row.guild_id, row.channel_id))
        if to is not None:
            from_then = now if row.kind in ASKED_FOR else may_write_at(to, now)
            found[row.id] = Listener(reachable(to), from_then)
    return found


async def closed_untold(app: App, key: Key) -> bool:
    """Did Discord refuse a message to this member, and have they not heard of it? The next private answer says so."""
    async with app.store.read() as tx:
        return await store.closed_untold(tx, key)


async def tell_closed(app: App, key: Key, now: datetime) -> bool:
    """They are about to be told that we can't reach them; False when another answer does that."""
    async with app.store.begin() as tx:
        return await store.tell_closed(tx, key, now)


# -- who is here ---------------------------------------------------------------------------------


async def mind_members(app: App, now: datetime) -> int:
    """Duty: learn from messages that could not be said, and ask about a few members; gives how many were asked."""
    await _mind_letters(app, now)
    async with app.store.read() as tx:
        without_us = await moderation.servers_left(tx)
        keys = await store.to_ask(tx, now - ASK_EVERY, without_us, ASK_AT_ONCE)
    asked = 0
    for key in keys:
        at = time.monotonic()
        if app.pace.wait_for(key.guild_id, at):
            break
        app.pace.take(key.guild_id, at)
        await _heard(app, key, await app.messenger.is_member(key.guild_id, key.user_id), now)
        asked += 1
    return asked


async def _mind_letters(app: App, now: datetime) -> None:
    """Direct messages that died or are uncertain concern their member alone: no moderator hears of them."""
    async with app.store.read() as tx:
        if not await outbox.unminded_direct(tx):
            return
    async with app.store.begin() as tx:
        rows = await outbox.unminded_direct(tx)
        for row in rows:
            key, at = Key(row.guild_id, row.channel_id), row.settled_at or now
            if row.trouble == "dm_closed":
                await store.closed(tx, key, at)
            elif row.trouble == "member_left":
                await store.left(tx, key, at)
        await outbox.mind(tx, [row.id for row in rows], now)


async def _heard(app: App, key: Key, answer: bool | Trouble, now: datetime) -> None:
    """Keep what Discord said about one member. No answer is kept as an older one, so that others come first."""
    async with app.store.begin() as tx:
        if isinstance(answer, Trouble):
            log.info("whether a member is still in server %d: %s", key.guild_id, answer.detail)
            await store.asked(tx, key, now - ASK_EVERY + ASK_AGAIN_IN)
            return
        await store.asked(tx, key, now)
        if answer:
            await store.here(tx, key)
        else:
            await store.left(tx, key, now)


async def member_left(app: App, key: Key, now: datetime) -> None:
    """Discord tells that somebody left; known at once with the members intent only."""
    async with app.store.begin() as tx:
        await store.left(tx, key, now)


async def member_is_here(app: App, key: Key, now: datetime) -> None:
    """Discord tells that somebody joined."""
    async with app.store.begin() as tx:
        await store.here(tx, key)
        await store.asked(tx, key, now)
