"""The doctor's only SQL: what the database tells of feeds, deliveries and servers. It reads and never writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.cli.checkup import LATELY, OVERDUE, FeedHealth, Kept, Outbox, Spoken
from bot.deliveries.outcome import CHANNEL_CODES, MEMBER_CODES
from bot.jobs.troubles import CODES
from bot.ports import Trouble
from bot.storage import Tx
from bot.storage.tables import delivery, feed, server, subscription

_MOST_DAMAGE = 3  # of SQLite's findings; one is enough to act upon


async def kept(tx: Tx, now: datetime) -> Kept:
    """Everything at once, in one view of the database."""
    return Kept(await _damage(tx), await _feeds(tx), await _outbox(tx, now), await _servers(tx))


async def _damage(tx: Tx) -> tuple[str, ...]:
    if tx.dialect.name != "sqlite":
        return ()  # PostgreSQL checks its pages itself
    found = (await tx.exec_driver_sql(f"PRAGMA quick_check({_MOST_DAMAGE})")).scalars().all()
    return () if found == ["ok"] else tuple(map(str, found))


async def _feeds(tx: Tx) -> Mapping[str, FeedHealth]:
    c = feed.c
    rows = await tx.execute(
        select(c.id, c.last_good_at, c.failures, c.trouble, c.trouble_detail, c.trouble_since)
    )
    return {
        one: FeedHealth(good, failures, Trouble(code, detail or "") if code in CODES else None, since)
        for one, good, failures, code, detail, since in rows
    }


async def _outbox(tx: Tx, now: datetime) -> Outbox:
    c = delivery.c
    lately = c.settled_at >= now - LATELY
    first = c.version == 1  # an edit that failed, or waits for its message, is nobody's trouble
    # What died with its channel waits, too: it is said when the subscription goes on (deliveries.store.release).
    died_along = and_(c.state == "dead", c.trouble.in_(sorted(CHANNEL_CODES)), first)
    waiting = or_(c.state == "held", died_along)
    given_up = await tx.execute(
        select(c.trouble, func.count())
        .where(c.state == "dead", first, lately, c.trouble.not_in(sorted(CHANNEL_CODES | MEMBER_CODES)))
        .group_by(c.trouble)
    )
    late = and_(first, c.state.in_(["new", "retry", "sending"]), c.due_at < now - OVERDUE)
    overdue, since = (await tx.execute(select(func.count(), func.min(c.due_at)).where(late))).one()
    return Outbox(
        given_up={trouble: number for trouble, number in given_up},
        uncertain=await _number(tx, and_(c.state == "uncertain", lately, c.member_id.is_(None))),
        held=await _number(tx, waiting),
        overdue=overdue,
        overdue_since=since,
    )


async def _number(tx: Tx, which: ColumnElement[bool]) -> int:
    return (await tx.execute(select(func.count()).select_from(delivery).where(which))).scalar_one()


async def _servers(tx: Tx) -> Mapping[int, Spoken]:
    """Servers with anything to say: a channel's or a member's subscription, or a moderators' channel."""
    living = subscription.c.state.in_(["active", "paused"])
    followed = (
        await tx.execute(select(subscription.c.guild_id, subscription.c.channel_id).where(living))
    ).all()
    chosen = select(server.c.id, server.c.moderators_channel_id)
    moderators = {one: channel for one, channel in await tx.execute(chosen) if channel is not None}
    return {
        one: Spoken(
            frozenset(channel for guild, channel in followed if guild == one and channel is not None),
            moderators.get(one),
        )
        for one in sorted({*moderators, *(guild for guild, _ in followed)})
    }
