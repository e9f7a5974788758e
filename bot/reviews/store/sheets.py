"""The only SQL of what readers fill in, and of what authors say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select, update

from bot.reviews.values import Rating, Reading, ReadingState
from bot.storage import Tx, insert_new
from bot.storage.tables import review_rating, review_reading, review_sheet

_s, _r, _c = review_sheet.c, review_rating.c, review_reading.c


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet as it is kept. revision: of the document. sheet: JSON, see `bot.reviews.answers`."""

    reading_id: int
    revision: int
    sheet: str
    saved_at: datetime
    sent_at: datetime | None = None


_WHOLE = select(_s.reading_id, _s.revision, _s.sheet, _s.saved_at, _s.sent_at)
_ONE = _WHOLE.where(_s.reading_id == bindparam("reading"), _s.revision == bindparam("revision_"))
_THIS = (_s.reading_id == bindparam("row_id"), _s.revision == bindparam("row_revision"))
_SAVE = (
    update(review_sheet)
    .where(*_THIS, _s.sent_at.is_(None))
    .values(sheet=bindparam("row_sheet"), saved_at=bindparam("row_at"))
)
_SEND = update(review_sheet).where(*_THIS, _s.sent_at.is_(None)).values(sent_at=bindparam("row_at"))


# -- sheets --------------------------------------------------------------------------------------


async def one(tx: Tx, reading_id: int, revision: int) -> Kept | None:
    row = (await tx.execute(_ONE, {"reading": reading_id, "revision_": revision})).first()
    return None if row is None else Kept(*row)


async def of_readings(tx: Tx, reading_ids: Collection[int]) -> dict[int, list[Kept]]:
    """Reading → its sheets, the first version's first; those without any are left out."""
    found: defaultdict[int, list[Kept]] = defaultdict(list)
    if reading_ids:
        asked = _WHOLE.where(_s.reading_id.in_(list(reading_ids))).order_by(_s.reading_id, _s.revision)
        for row in await tx.execute(asked):
            found[row.reading_id].append(Kept(*row))
    return dict(found)


async def begin(tx: Tx, reading: Reading, revision: int, sheet: str, now: datetime) -> None:
    """Keep a new one; one that is there stays."""
    row = {
        "reading_id": reading.id,
        "revision": revision,
        "guild_id": reading.guild_id,
        "reader_id": reading.reader_id,
        "sheet": sheet,
        "saved_at": now,
    }
    await insert_new(tx, review_sheet, [row], returning=_s.reading_id)


async def save(tx: Tx, reading_id: int, revision: int, sheet: str, now: datetime) -> None:
    """It reads like this now. One that was sent stays as it was sent."""
    values = {"row_id": reading_id, "row_revision": revision, "row_sheet": sheet, "row_at": now}
    await tx.execute(_SAVE, values)


async def send(tx: Tx, reading_id: int, revision: int, now: datetime) -> bool:
    """It is sent; False when it was already."""
    values = {"row_id": reading_id, "row_revision": revision, "row_at": now}
    return bool((await tx.execute(_SEND, values)).rowcount)


# -- ratings -------------------------------------------------------------------------------------


_RATING = select(_r.reading_id, _r.helpful, _r.specific, _r.respectful, _r.rated_at)


async def rate(tx: Tx, reading: Reading, rating: Rating) -> None:
    """What the author says of it from now on."""
    said = {
        "helpful": rating.helpful,
        "specific": rating.specific,
        "respectful": rating.respectful,
        "rated_at": rating.rated_at,
    }
    row = {"reading_id": reading.id, "guild_id": reading.guild_id, "author_id": reading.author_id} | said
    if not await insert_new(tx, review_rating, [row], returning=_r.reading_id):
        await tx.execute(update(review_rating).where(_r.reading_id == reading.id).values(said))


async def ratings(tx: Tx, reading_ids: Collection[int]) -> dict[int, Rating]:
    """Reading → what was said of it; those of which nothing was are left out."""
    if not reading_ids:
        return {}
    found = await tx.execute(_RATING.where(_r.reading_id.in_(list(reading_ids))))
    return {row.reading_id: Rating(*row) for row in found}


@dataclass(frozen=True, slots=True)
class Event:
    """One reading as it counts for its reader's reputation. helpful: as its author said, None: not (yet).

    due_at, submitted_at, state: whether it came in time. ended_at, rated_at: when that was.
    """

    reading_id: int
    reader_id: int
    state: ReadingState
    due_at: datetime | None
    submitted_at: datetime | None
    ended_at: datetime | None
    helpful: bool | None
    rated_at: datetime | None


def _events() -> Select[Any]:
    rated = review_reading.outerjoin(review_rating, _r.reading_id == _c.id)
    columns = (_c.id, _c.reader_id, _c.state, _c.due_at, _c.submitted_at, _c.ended_at)
    over = _c.state.in_(["submitted", "rated", "expired"])
    asked = select(*columns, _r.helpful, _r.rated_at).select_from(rated)
    return asked.where(
        _c.guild_id == bindparam("guild"),
        _c.reader_id.in_(bindparam("readers", expanding=True)),
        _c.accepted_at >= bindparam("since"),
        over,
    ).order_by(_c.id)


_EVENTS = _events()


async def events(tx: Tx, guild_id: int, reader_ids: Collection[int], since: datetime) -> list[Event]:
    """What became of what these accepted since then, the oldest first; what goes on is left out."""
    if not reader_ids:
        return []
    given = {"guild": guild_id, "readers": list(reader_ids), "since": since}
    return [Event(*row) for row in await tx.execute(_EVENTS, given)]
