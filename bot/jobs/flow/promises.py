"""When a card could not be said: pause what can't go on, and tell the moderators once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.outcome import CHANNEL_CODES
from bot.deliveries.planned import Planned
from bot.jobs import routes, store
from bot.jobs.digests import DIGEST
from bot.jobs.flow.shares import ask_again
from bot.jobs.messages import ChannelTrouble
from bot.jobs.shares import SHARE
from bot.moderation import flow as moderation
from bot.storage import Tx

CHANNEL_TROUBLE = "channel_trouble"

PAUSING = CHANNEL_CODES  # these stop the whole channel; any other trouble is one card's alone
NOBODY = 0  # changed_by: the bot itself


async def mind_troubles(app: App, now: datetime) -> int:
    """Duty: deal with every card, digest or find that died or is uncertain; gives how many there were.

    A channel's cards with the same trouble are one notice, however many there are.
    """
    async with app.store.begin() as tx:
        rows = await outbox.unminded(tx, [routes.CARD, DIGEST, SHARE])
        alike: dict[tuple[int | None, str], list[outbox.Row]] = {}
        for row in rows:
            if row.kind == SHARE:
                await ask_again(tx, row, now)
                continue
            alike.setdefault((row.subscription_id, _code(row)), []).append(row)
        for (_, code), troubled in alike.items():
            await _mind(tx, troubled, code, now)
        await outbox.mind(tx, [row.id for row in rows], now)
    return len(rows)


def _code(row: outbox.Row) -> str:
    """What the notice is about: a channel that refuses us, else that nobody knows, else this card's own trouble."""
    trouble = row.trouble or row.state
    return "uncertain" if row.state == "uncertain" and trouble not in PAUSING else trouble


async def _mind(tx: Tx, troubled: Sequence[outbox.Row], code: str, now: datetime) -> None:
    row = troubled[0]
    if row.subscription_id is None:
        return
    kept = await store.subscriptions.one(tx, row.subscription_id)
    if kept is None or kept.state != "active" or kept.channel_id != row.channel_id:
        return  # told already, or nobody waits for it there any more
    if code in PAUSING:
        await store.subscriptions.change(tx, kept.id, NOBODY, now, state="paused", pause_reason=code)
        await outbox.hold(tx, kept.id)
    waiting = (await outbox.waiting(tx, [kept.id])).get(kept.id, 0)
    channel = (await moderation.moderators_channels(tx, [kept.guild_id])).get(kept.guild_id)
    if channel is not None:
        notice = ChannelTrouble(
            kept.id, kept.channel_id, kept.filter, code, row.trouble_detail or "", waiting, len(troubled)
        )
        key = f"channel-trouble/{kept.id}/{row.id}/{now.isoformat()}"  # it may go on, and fail again
        await outbox.plan(tx, [Planned(CHANNEL_TROUBLE, key, notice, kept.guild_id, channel, now)], now)
