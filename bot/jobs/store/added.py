"""The only SQL of added feeds: which there are, which servers hear them, and how all feeds have been of late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, RowMapping, and_, delete, exists, func, not_, select, update

from bot.jobs.added import COUNTED_DAYS, Added, Health
from bot.storage import Tx, insert_new
from bot.storage.tables import added_feed, feed, feed_listener, opening

_HEARD = exists().where(feed_listener.c.feed_id == added_feed.c.id, feed_listener.c.paused.is_(False))
_LISTENED_TO = exists().where(feed_listener.c.feed_id == added_feed.c.id)


async def keep(tx: Tx, one: Added) -> Added:
    """Keep a feed that was tested, heard by nobody yet; gives it, or the one that has its address already."""
    row = {"id": one.id, "url": one.url, "name": one.name, "parser": one.parser, "added_at": one.added_at}
    await insert_new(tx, added_feed, [row], returning=added_feed.c.id)
    kept = await by_url(tx, one.url)
    return kept or one


async def by_url(tx: Tx, url: str) -> Added | None:
    row = (await tx.execute(select(added_feed).where(added_feed.c.url == url))).mappings().first()
    return None if row is None else _added(row)


async def by_id(tx: Tx, feed_id: str) -> Added | None:
    row = (await tx.execute(select(added_feed).where(added_feed.c.id == feed_id))).mappings().first()
    return None if row is None else _added(row)


async def heard(tx: Tx) -> list[Added]:
    """Every added feed that some server hears, paused ones left out."""
    rows = await tx.execute(select(added_feed).where(_HEARD).order_by(added_feed.c.id))
    return [_added(row) for row in rows.mappings()]


async def of_server(tx: Tx, guild_id: int) -> list[tuple[Added, bool]]:
    """The feeds that a server added, and whether each is paused there; the oldest first."""
    rows = await tx.execute(
        select(added_feed, feed_listener.c.paused)
        .join(feed_listener, feed_listener.c.feed_id == added_feed.c.id)
        .where(feed_listener.c.guild_id == guild_id)
        .order_by(feed_listener.c.added_at, added_feed.c.name, added_feed.c.id)
    )
    return [(_added(row), bool(row["paused"])) for row in rows.mappings()]


async def listeners(tx: Tx) -> dict[str, frozenset[int]]:
    """Added feed → the servers that hear it now; every added feed has an entry."""
    rows = await tx.execute(
        select(added_feed.c.id, feed_listener.c.guild_id).outerjoin(
            feed_listener, and_(feed_listener.c.feed_id == added_feed.c.id, feed_listener.c.paused.is_(False))
        )
    )
    found: dict[str, set[int]] = {}
    for feed_id, guild_id in rows:
        found.setdefault(feed_id, set()).update([guild_id] if guild_id is not None else [])
    return {feed_id: frozenset(guilds) for feed_id, guilds in found.items()}


async def counts(tx: Tx, guild_id: int) -> tuple[int, int]:
    """How many feeds this server added, and how many some server hears."""
    here = select(func.count()).select_from(feed_listener).where(feed_listener.c.guild_id == guild_id)
    everywhere = select(func.count()).select_from(added_feed).where(_LISTENED_TO)
    return int((await tx.execute(here)).scalar_one()), int((await tx.execute(everywhere)).scalar_one())


async def listen(tx: Tx, guild_id: int, feed_id: str, by: int, now: datetime) -> bool:
    """Let a server hear an added feed; False when it does already."""
    row = {"guild_id": guild_id, "feed_id": feed_id, "added_by": by, "added_at": now}
    return bool(await insert_new(tx, feed_listener, [row], returning=feed_listener.c.feed_id))


async def turn(tx: Tx, guild_id: int, feed_id: str, *, paused: bool) -> bool:
    """Pause or resume a feed for one server; False when it doesn't hear it."""
    done = await tx.execute(update(feed_listener).where(_of(guild_id, feed_id)).values(paused=paused))
    return done.rowcount > 0


async def leave(tx: Tx, guild_id: int, feed_id: str) -> bool:
    """A server hears a feed no more; False when it didn't. What nobody hears is forgotten with its state."""
    done = await tx.execute(delete(feed_listener).where(_of(guild_id, feed_id)))
    await _forget(tx, and_(added_feed.c.id == feed_id, not_(_LISTENED_TO)))
    return done.rowcount > 0


async def forget_tested(tx: Tx, before: datetime) -> int:
    """Feeds that were tested and that nobody added, or that nobody hears any more."""
    return await _forget(tx, and_(added_feed.c.added_at < before, not_(_LISTENED_TO)))


async def _forget(tx: Tx, which: ColumnElement[bool]) -> int:
    gone = list((await tx.execute(delete(added_feed).where(which).returning(added_feed.c.id))).scalars())
    if gone:
        await tx.execute(delete(feed).where(feed.c.id.in_(gone)))
    return len(gone)


async def health(tx: Tx, ids: Iterable[str], now: datetime) -> Mapping[str, Health]:
    """How these feeds have been; a feed that has no row yet is left out."""
    wanted = list(ids)
    since = now - timedelta(days=COUNTED_DAYS)
    new = (
        select(opening.c.feed_id, func.count().label("new"))
        .join(feed, feed.c.id == opening.c.feed_id)
        .where(
            opening.c.feed_id.in_(wanted),
            opening.c.first_seen_at >= since,
            opening.c.first_seen_at > feed.c.first_read_at,
        )
        .group_by(opening.c.feed_id)
        .subquery()
    )
    rows = await tx.execute(
        select(feed, new.c.new).outerjoin(new, new.c.feed_id == feed.c.id).where(feed.c.id.in_(wanted))
    )
    return {row["id"]: _health(row, now) for row in rows.mappings()}


def _health(row: RowMapping, now: datetime) -> Health:
    days = (now - row["first_read_at"]).days if row["first_read_at"] else 0
    return Health(
        next_read_at=row["next_read_at"],
        last_read_at=row["last_read_at"],
        last_good_at=row["last_good_at"],
        trouble=row["trouble"] or "",
        detail=row["trouble_detail"] or "",
        trouble_since=row["trouble_since"],
        new=row["new"] or 0,
        days=min(max(days, 1), COUNTED_DAYS),
    )


def _of(guild_id: int, feed_id: str) -> ColumnElement[bool]:
    return and_(feed_listener.c.guild_id == guild_id, feed_listener.c.feed_id == feed_id)


def _added(row: RowMapping) -> Added:
    return Added(row["id"], row["url"], row["name"], row["parser"], row["added_at"])
