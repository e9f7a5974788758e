"""All that a digest or an alert was about, for its button: as lines, the best first.

Closed and taken-down openings are left out; facts are those of this moment.
"""

from __future__ import annotations

from datetime import datetime

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import decode
from bot.jobs import digests, store
from bot.jobs.flow.hearing import lines_of, scene_of
from bot.jobs.messages import Alert, Digest, Line
from bot.jobs.subscriptions import Subscription
from bot.refusals import Refusal
from bot.storage import Tx


async def all_of_digest(app: App, guild_id: int, nonce: str, now: datetime) -> tuple[Digest, list[Line]]:
    """A digest of this server and all it was about, the best first. Refuses one that is no longer remembered."""
    async with app.store.read() as tx:
        row = await outbox.by_nonce(tx, nonce)
        if row is None or row.guild_id != guild_id or row.kind != digests.DIGEST:
            raise Refusal("card_forgotten")
        value = decode(Digest, row.value)
        by = await store.subscriptions.one(tx, value.subscription_id)
        return value, await _behind(tx, app, value, by, now)


async def all_of_alert(app: App, user_id: int, nonce: str, now: datetime) -> tuple[Alert, list[Line]]:
    """An alert of this person, in whichever server, and all it was about. Refuses anybody else's."""
    async with app.store.read() as tx:
        row = await outbox.by_nonce(tx, nonce)
        if row is None or row.member_id != user_id or row.kind not in (digests.ALERT, digests.ALERT_TEST):
            raise Refusal("card_forgotten")
        value = decode(Alert, row.value)
        by = await store.subscriptions.one(tx, value.subscription_id)
        return value, await _behind(tx, app, value, by, now)


async def _behind(
    tx: Tx, app: App, value: Digest | Alert, by: Subscription | None, now: datetime
) -> list[Line]:
    if by is None:  # erased, or of a database that was restored
        return []
    ids = [*(line.opening_id for line in value.lines), *value.rest]
    openings = {one.id: one for one in await store.openings.by_ids(tx, ids, text=False)}
    scene = await scene_of(tx, openings.values(), [[by]])
    there = [openings[number] for number in ids if number in openings]
    told = [one for one in there if digests.still_told(one, now) and scene.deaf(by, one) is None]
    return await lines_of(tx, app, by.guild_id, told, scene, now)
