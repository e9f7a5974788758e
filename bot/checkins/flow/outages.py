"""The bot was away, or Discord was: nobody's week gets shorter by that."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.app import App
from bot.checkins.cycle import NOTED_OUTAGE, extended
from bot.checkins.groups import opener, opener_key
from bot.checkins.store import cycles, groups
from bot.checkins.store import outages as store
from bot.checkins.values import Cycle, Outage
from bot.deliveries import store as outbox
from bot.storage import Tx

log = logging.getLogger(__name__)

BEATS = timedelta(minutes=1)  # between two; so old the last one may have been when the bot went
HELD_AFTER = timedelta(minutes=5)  # of silence nothing is settled: it may become an outage that moves the end


async def note_alive(app: App, now: datetime) -> Outage | None:
    """Duty, while connected: the bot lives. After more than an hour of silence the weeks that lost it get longer.

    Gives the outage that is over by this beat.
    """
    async with app.store.begin() as tx:
        last = await store.last_beat(tx)
        if last is not None and now <= last:
            return None
        await store.beat_at(tx, now)
        if last is None or now - last <= NOTED_OUTAGE + BEATS:
            return None
        outage = Outage(last, now)
        await store.add(tx, outage)
        longer = await _lengthen(tx, outage, now)
    log.warning("away for %s; %d weeks of groups are longer by it", outage.length, longer)
    return outage


async def away(tx: Tx, now: datetime) -> bool:
    """Is there a silence that no beat has ended yet? Until then nothing is settled: its end may have to move."""
    last = await store.last_beat(tx)
    return last is not None and now - last > HELD_AFTER


async def _lengthen(tx: Tx, outage: Outage, now: datetime) -> int:
    """Every week that the outage touched is longer, and the messages that tell its end say so."""
    changed = [after for one in await cycles.live(tx) if (after := extended(one, outage)) != one]
    await cycles.keep(tx, changed)
    await _retell(tx, [one for one in changed if one.state in ("open", "digested")], now)
    await cycles.freshen(tx, [one.id for one in changed], now)
    return len(changed)


async def _retell(tx: Tx, changed: Sequence[Cycle], now: datetime) -> None:
    kept = await groups.some(tx, {one.group_id for one in changed})
    await outbox.revise(
        tx,
        [
            (opener_key(one, kept[one.group_id].channel_id), opener(kept[one.group_id], one))
            for one in changed
        ],
        now,
    )
