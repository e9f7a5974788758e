"""A server's settings: the moderators' channel, and where the bot lacks a permission."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.nonce import delivery_id, nonce
from bot.deliveries.planned import NOWHERE_YET, Planned, encode
from bot.moderation import store
from bot.moderation.messages import PANEL, Panel
from bot.moderation.panel import THERE, Posted
from bot.moderation.rights import Person, bot_must_speak, moderators_only, owner_only
from bot.moderation.server import Server, safety_role, second_contact
from bot.ports import Outgoing
from bot.storage import Tx

log = logging.getLogger(__name__)

PANELS_AT_ONCE = 20  # a beat
PASSING = frozenset(
    ("unclear", "rate_limited", "out_of_reach", "unauthorized")
)  # troubles of Discord, not of here


async def moderators_channels(tx: Tx, guild_ids: Iterable[int]) -> dict[int, int]:
    """Server → its moderators' channel; for other subjects, in their own transaction."""
    return await store.moderators_channels(tx, guild_ids)


async def moderators_channel(app: App, guild_id: int) -> int | None:
    """The channel where this server's moderators want to hear of troubles, if they chose one."""
    async with app.store.read() as tx:
        return (await store.moderators_channels(tx, [guild_id])).get(guild_id)


async def choose_moderators_channel(
    app: App, person: Person, channel_id: int, missing: Sequence[str] | None, now: datetime
) -> None:
    """Keep the choice of a moderator; refused where the bot may not speak. missing: as in `bot_must_speak`.

    Notices that were kept for it, or that the former channel never showed because it is gone or closed to the bot,
    go to this one.
    """
    moderators_only(person)
    bot_must_speak(channel_id, missing)
    async with app.store.begin() as tx:
        former = (await store.moderators_channels(tx, [person.guild_id])).get(person.guild_id, NOWHERE_YET)
        await outbox.redirect(tx, person.guild_id, former, channel_id, now)
        await store.change(tx, person.guild_id, person.id, now, moderators_channel_id=channel_id)


async def settings(app: App, guild_id: int) -> Server:
    """What is set in this server."""
    async with app.store.read() as tx:
        return await store.one(tx, guild_id)


async def settings_in(tx: Tx, guild_id: int) -> Server:
    """The same for other subjects, in their own transaction."""
    return await store.one(tx, guild_id)


async def choose_safety_role(
    app: App, person: Person, role_id: int | None, now: datetime, *, of_a_bot: bool = False
) -> None:
    """Whoever holds this role may see cases from now on; None: the owner alone. The owner's own choice."""
    owner_only(person)
    chosen = safety_role(person.guild_id, role_id, of_a_bot=of_a_bot)
    async with app.store.begin() as tx:
        await store.change(tx, person.guild_id, person.id, now, safety_role_id=chosen)


async def choose_second_contact(
    app: App, person: Person, user_id: int | None, owner_id: int | None, now: datetime, *, bot: bool = False
) -> None:
    """This member hears of reports about the owner, and of those the owner can't read; None: nobody.

    The owner's own choice, too.
    """
    owner_only(person)
    chosen = second_contact(user_id, owner_id, bot=bot)
    async with app.store.begin() as tx:
        await store.change(tx, person.guild_id, person.id, now, second_contact_id=chosen)


# -- the panel -----------------------------------------------------------------------------------


async def post_panel(
    app: App, person: Person, channel_id: int, missing: Sequence[str] | None, now: datetime
) -> None:
    """Promise the panel to this channel; the one that stands elsewhere goes. missing: as in `bot_must_speak`."""
    moderators_only(person)
    bot_must_speak(channel_id, missing)
    guild_id = person.guild_id
    key = f"panel/{guild_id}/{channel_id}/{now.isoformat()}"
    planned = Planned(PANEL, key, Panel(THERE), guild_id, channel_id, now)
    async with app.store.begin() as tx:
        former = (await store.one(tx, guild_id)).panel
        before = await outbox.by_nonce(tx, former.nonce) if former and former.nonce else None
        if before is not None:
            await outbox.discard(tx, [before.id])  # it may still wait
        if not await outbox.plan(tx, [planned], now):
            return  # pressed twice in one moment
        await store.change(
            tx,
            guild_id,
            person.id,
            now,
            panel_channel_id=channel_id,
            panel_nonce=nonce(PANEL, delivery_id(key, planned.version), planned.version),
            panel_message_id=None,
            panel_shown="\n".join(THERE),
        )
    stands = (former and former.message_id) or (before and before.message_id)
    if former and stands:
        await app.messenger.take_back(_outgoing(former, former.nonce or ""), stands)


async def mind_panels(app: App, now: datetime) -> int:
    """Duty: learn which message each panel became, and write those anew whose buttons changed; gives how many.

    A panel that somebody deleted is forgotten, not posted again.
    """
    async with app.store.read() as tx:
        panels = await store.panels_to_mind(tx, THERE, PANELS_AT_ONCE)
    minded = 0
    for panel in panels:
        if panel.nonce is not None:
            became = await (_learn(app, panel) if panel.message_id is None else _rewritten(app, panel))
            if became != panel:
                async with app.store.begin() as tx:
                    await store.keep_panel(tx, panel.nonce, became)
                minded += 1
    return minded


async def _learn(app: App, panel: Posted) -> Posted | None:
    """What the outbox says of a panel that was promised."""
    async with app.store.read() as tx:
        row = await outbox.by_nonce(tx, panel.nonce or "")
    if row is not None and row.state == "sent" and row.message_id is not None:
        return replace(panel, message_id=row.message_id, channel_id=row.channel_id)
    waits = row is not None and row.state in ("new", "retry", "sending", "held")
    return panel if waits else replace(panel, nonce=None)


async def _rewritten(app: App, panel: Posted) -> Posted | None:
    """The panel with the buttons of today, as far as Discord lets us."""
    at = time.monotonic()
    if app.pace.wait_for(panel.channel_id, at):
        return panel
    app.pace.take(panel.channel_id, at)
    trouble = await app.messenger.edit(_outgoing(panel, panel.nonce or ""), panel.message_id or 0)
    if trouble is None:
        return replace(panel, shown=THERE)
    if trouble.code in ("unknown_message", "unknown_channel"):
        return None
    log.info("the panel of server %d can't be changed now: %s", panel.guild_id, trouble.detail)
    return panel if trouble.code in PASSING else replace(panel, nonce=None)


def _outgoing(panel: Posted, nonce: str) -> Outgoing:
    return Outgoing(PANEL, encode(Panel(THERE)), panel.guild_id, panel.channel_id, nonce)


# -- servers come and go -------------------------------------------------------------------------


async def servers_are(app: App, guild_ids: Iterable[int], now: datetime) -> None:
    """Discord has told us all our servers, those in an outage too: from any other we were removed meanwhile."""
    here = set(guild_ids)
    async with app.store.begin() as tx:
        await store.joined(tx, here, now)
        await store.left(tx, set(await store.known(tx)) - here, now)


async def server_joined(app: App, guild_id: int, now: datetime) -> None:
    """The bot was invited, perhaps again."""
    async with app.store.begin() as tx:
        await store.joined(tx, [guild_id], now)


async def server_left(app: App, guild_id: int, now: datetime) -> None:
    """The bot was removed; what is kept of this server has its days from now on. An outage is not this."""
    async with app.store.begin() as tx:
        await store.meet(tx, [guild_id], now)
        await store.left(tx, [guild_id], now)


async def servers_left(tx: Tx) -> list[int]:
    """The servers from which the bot was removed; for other subjects, in their own transaction."""
    return await store.without_us(tx)
