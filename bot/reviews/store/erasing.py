"""The only SQL that takes somebody out of reviews: their rows go, and what is others' loses their name."""

from __future__ import annotations

from sqlalchemy import Table, and_, delete, or_, select, update

from bot.people.members import Key
from bot.reviews.values import DELIVERED
from bot.storage import Tx
from bot.storage.tables import (
    review_credit,
    review_rating,
    review_reader,
    review_reading,
    review_request,
    review_round,
    review_setting,
    review_sheet,
    review_veto,
)

NOBODY = 0
_q, _r, _s = review_request.c, review_reading.c, review_sheet.c
_NO_WORDS = {"target": "", "asks": "", "link": "", "text": "", "sha256": ""}


async def sheets_about(tx: Tx, key: Key) -> int:
    """What readers wrote about their documents quotes them: it goes, with how its author rated it."""
    of = select(_r.id).where(_r.guild_id == key.guild_id, _r.author_id == key.user_id)
    gone = await tx.execute(delete(review_sheet).where(_s.reading_id.in_(of)))
    rated = await tx.execute(delete(review_rating).where(review_rating.c.reading_id.in_(of)))
    return gone.rowcount + rated.rowcount


async def requests_nameless(tx: Tx, key: Key) -> int:
    """Their requests are nobody's, without a word of theirs; where the document stood is kept until it is gone."""
    theirs = and_(_q.guild_id == key.guild_id, _q.author_id == key.user_id)
    changed = await tx.execute(update(review_request).where(theirs).values(author_id=NOBODY, **_NO_WORDS))
    of = and_(_r.guild_id == key.guild_id, _r.author_id == key.user_id)
    await tx.execute(update(review_reading).where(of).values(author_id=NOBODY, reasons="[]"))
    return changed.rowcount


async def readings_nameless(tx: Tx, key: Key) -> int:
    """What they read is nobody's. A review that was delivered stays with its author; an unsent sheet goes.

    reader_id becomes the reading's own number below zero: two erased readers of one request stay two.
    """
    theirs = and_(_r.guild_id == key.guild_id, _r.reader_id == key.user_id)
    unsent = select(_r.id).where(theirs, _r.state.not_in(sorted(DELIVERED)))
    drafts = or_(_s.reading_id.in_(unsent), _s.sent_at.is_(None))
    await tx.execute(
        delete(review_sheet).where(_s.guild_id == key.guild_id, _s.reader_id == key.user_id, drafts)
    )
    mine = and_(_s.guild_id == key.guild_id, _s.reader_id == key.user_id)
    await tx.execute(update(review_sheet).where(mine).values(reader_id=NOBODY))
    changed = await tx.execute(update(review_reading).where(theirs).values(reader_id=-_r.id, reasons="[]"))
    return changed.rowcount


async def rows_of(tx: Tx, key: Key) -> int:
    """That they read, what they gave and received, how they rated."""
    done = 0
    for table, column in (
        (review_reader, "user_id"),
        (review_credit, "user_id"),
        (review_rating, "author_id"),
    ):
        mine = and_(table.c.guild_id == key.guild_id, table.c[column] == key.user_id)
        done += (await tx.execute(delete(table).where(mine))).rowcount
    return done


async def choices_nameless(tx: Tx, key: Key) -> int:
    """What they decided as a moderator stays, without their name."""
    done = 0
    named: tuple[tuple[Table, str], ...] = (
        (review_setting, "changed_by"),
        (review_round, "opened_by"),
        (review_veto, "made_by"),
    )
    for table, column in named:
        mine = and_(table.c.guild_id == key.guild_id, table.c[column] == key.user_id)
        done += (await tx.execute(update(table).where(mine).values({column: None}))).rowcount
    return done
