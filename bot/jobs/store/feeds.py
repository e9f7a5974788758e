"""The only SQL of feeds: what we know of each between two readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, func, select, update

from bot.jobs.openings import FeedState
from bot.ports import FeedSpec, Validators
from bot.storage import Tx, insert_new
from bot.storage.tables import feed


async def enrol(tx: Tx, book: Sequence[FeedSpec], first_reads: Mapping[str, datetime], now: datetime) -> None:
    """Give every feed of the book a row; a feed whose address changed starts anew with it.

    first_reads: when each new feed is read first, spread so that a start is no burst.
    """
    rows = [{"id": one.id, "url": one.url, "next_read_at": first_reads[one.id]} for one in book]
    await insert_new(tx, feed, rows, returning=feed.c.id)
    forgets = dict.fromkeys(
        ("etag", "last_modified", "body_hash", "trouble", "trouble_detail", "trouble_since"), None
    )
    for one in book:
        await tx.execute(
            update(feed)
            .where(feed.c.id == one.id, feed.c.url != one.url)
            .values(url=one.url, next_read_at=now, failures=0, **forgets)
        )


async def due(tx: Tx, ids: Iterable[str], now: datetime) -> list[FeedState]:
    """Feeds of the book whose time to be read has come, the longest overdue first."""
    chosen = select(feed).where(feed.c.id.in_(list(ids)), feed.c.next_read_at <= now)
    rows = await tx.execute(chosen.order_by(feed.c.next_read_at, feed.c.id))
    return [_state(row) for row in rows.mappings()]


def _state(row: RowMapping) -> FeedState:
    return FeedState(
        id=row["id"],
        url=row["url"],
        next_read_at=row["next_read_at"],
        first_read_at=row["first_read_at"],
        last_good_at=row["last_good_at"],
        validators=Validators(row["etag"], row["last_modified"], row["body_hash"]),
        failures=row["failures"],
        trouble_since=row["trouble_since"],
        last_changed_at=row["last_changed_at"],
        last_new_at=row["last_new_at"],
        usual_new_pct=row["usual_new_pct"],
    )


async def was_read(tx: Tx, learned: FeedState, now: datetime) -> None:
    """A good reading, with what it taught; in the transaction that keeps the last of its openings, never before."""
    await tx.execute(
        update(feed)
        .where(feed.c.id == learned.id)
        .values(
            next_read_at=learned.next_read_at,
            first_read_at=learned.first_read_at or now,
            last_read_at=now,
            last_good_at=now,
            etag=learned.validators.etag,
            last_modified=learned.validators.last_modified,
            body_hash=learned.validators.body_hash,
            last_changed_at=learned.last_changed_at,
            last_new_at=learned.last_new_at,
            usual_new_pct=learned.usual_new_pct,
            failures=0,
            trouble=None,
            trouble_detail=None,
            trouble_since=None,
        )
    )


async def failed(
    tx: Tx, feed_id: str, code: str, detail: str, next_read_at: datetime, now: datetime
) -> datetime:
    """A failed reading; gives since when it has been failing."""
    since = await tx.execute(
        update(feed)
        .where(feed.c.id == feed_id)
        .values(
            next_read_at=next_read_at,
            last_read_at=now,
            failures=feed.c.failures + 1,
            trouble=code,
            trouble_detail=detail,
            trouble_since=func.coalesce(
                feed.c.trouble_since, bindparam("now", now, feed.c.trouble_since.type)
            ),
        )
        .returning(feed.c.trouble_since)
    )
    moment: datetime = since.scalar_one()
    return moment


async def read_soon(tx: Tx, feed_id: str, now: datetime) -> None:
    """Let a feed be due now."""
    await tx.execute(update(feed).where(feed.c.id == feed_id).values(next_read_at=now))


async def accept_turnover(tx: Tx, feed_id: str, new_pct: int) -> None:
    """A moderator said that so much being new is usual for this feed."""
    await tx.execute(update(feed).where(feed.c.id == feed_id).values(usual_new_pct=new_pct))
