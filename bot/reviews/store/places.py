"""The only SQL of where documents stand: threads, files and pages, who is inside, and what waits for Discord."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    or_,
    select,
    update,
)

from bot.reviews.values import DELIVERED, EARLY, LIVE, Reading, ReadingState, Request, RequestState
from bot.storage import Tx, insert_new
from bot.storage.tables import beat, member, review_reading, review_request
from bot.storage.types import EPOCH, Instant

_q, _r, _b = review_request.c, review_reading.c, beat.c
_REQUEST = [_q[field.name] for field in fields(Request)]
_READING = [_r[field.name] for field in fields(Reading)]

GOING: tuple[RequestState, ...] = ("withdrawn", "expired")
_KEPT_TILL_THEN: tuple[RequestState, ...] = ("waiting", "in_review", "delivered", "draft")
_READ: tuple[RequestState, ...] = ("waiting", "in_review", "delivered")
_NO_WORDS = {"target": "", "asks": "", "link": "", "text": ""}
_BEGUN = or_(_q.thread_id.is_not(None), _q.tried_at.is_not(None))
_NOW = bindparam("now", type_=Instant)
_STANDS = and_(_q.gone_at.is_(None), _BEGUN)
_NOT_GONE = _q.expires_at > EPOCH  # once it is gone it has none; so an index leads to what there is


# -- what a beat looks for -----------------------------------------------------------------------

_JOINED = review_reading.join(review_request, _q.id == _r.request_id)
_COMING = and_(
    _NOT_GONE, _r.state == "accepted", _r.let_in_at.is_(None), _q.state.in_(_READ), _q.thread_id.is_not(None)
)
_OVER = or_(
    _r.state.in_(sorted(EARLY)), _q.state.in_(GOING), and_(_q.state == "closed", _q.expires_at <= _NOW)
)
_LEAVING = and_(
    _NOT_GONE,
    _r.accepted_at.is_not(None),
    or_(_r.let_out_at.is_(None), _r.let_out_at < _r.accepted_at),
    _OVER,
)
_INSIDE = exists().where(_r.request_id == _q.id, _LEAVING).correlate(review_request)
_LAPSED = or_(_q.state.in_(GOING), and_(_q.state == "closed", _q.expires_at <= _NOW))
_GOING = and_(_NOT_GONE, _STANDS, _LAPSED)
_EXPIRING = and_(_NOT_GONE, _q.expires_at <= _NOW, _q.gone_at.is_(None), _q.state.in_(_KEPT_TILL_THEN))
_STALE = and_(
    _NOT_GONE, _q.state == "draft", _BEGUN, _q.revision == 1, _q.tried_at <= bindparam("stale", type_=Instant)
)


def _any(asked: Select[Any]) -> ColumnElement[bool]:
    return asked.exists()


_there = review_request.alias("there").c
_OF_THERE = _r.request_id.in_(select(_there.id).where(_there.expires_at > EPOCH))  # SQLite begins with these
_DUE = select(
    or_(
        _any(select(_r.id).select_from(_JOINED).where(_OF_THERE, or_(_COMING, _LEAVING))),
        _any(select(_q.id).where(or_(_GOING, _EXPIRING, _STALE))),
    )
)


async def anything_due(tx: Tx, now: datetime, stale: datetime) -> bool:
    """Is there anybody to let in or out, anything to delete, a draft that was left half done? One question a beat.

    stale: drafts that were begun before this moment are nobody's any more.
    """
    due: bool = (await tx.execute(_DUE, {"now": now, "stale": stale})).scalar_one()
    return due


@dataclass(frozen=True, slots=True)
class Entry:
    """A reader to be let into what they read, or out of it."""

    reading: Reading
    request: Request


_ENTRIES = select(*_READING, *_REQUEST).select_from(_JOINED)
_PASSING = (
    _r.guild_id.not_in(bindparam("apart", expanding=True)),
    _r.id.not_in(bindparam("later", expanding=True)),
)
_MOST: BindParameter[int] = bindparam("most", type_=Integer)
_TO_LET_IN = _ENTRIES.where(_COMING, *_PASSING).order_by(_r.id).limit(_MOST)
_TO_LET_OUT = _ENTRIES.where(_LEAVING, *_PASSING).order_by(_r.id).limit(_MOST)
_REQUESTS = select(*_REQUEST).order_by(_q.id).limit(_MOST)
_HERE = _q.guild_id.not_in(bindparam("apart", expanding=True))
_AT_REST = _q.id.not_in(bindparam("later", expanding=True))
_TO_GO = _REQUESTS.where(_GOING, ~_INSIDE, _HERE, _AT_REST)
_TO_EXPIRE = _REQUESTS.where(_EXPIRING)
_HALF_DONE = _REQUESTS.where(_STALE, _HERE, _AT_REST)


async def to_let_in(tx: Tx, apart: Collection[int], later: Collection[int], most: int) -> list[Entry]:
    """Who accepted and can't read yet, the oldest first. apart: not in these servers; later: not these readings."""
    return await _entries(tx, _TO_LET_IN, {"apart": list(apart), "later": list(later), "most": most})


async def to_let_out(
    tx: Tx, now: datetime, apart: Collection[int], later: Collection[int], most: int
) -> list[Entry]:
    """Whose reading is over, also where we don't know that they were let in: it may have been done, not noted."""
    given = {"now": now, "apart": list(apart), "later": list(later), "most": most}
    return await _entries(tx, _TO_LET_OUT, given)


async def to_go(
    tx: Tx, now: datetime, apart: Collection[int], later: Collection[int], most: int
) -> list[Request]:
    """Whose document has to go and whose readers are out of it. later: not these requests."""
    return await _requests(tx, _TO_GO, {"now": now, "apart": list(apart), "later": list(later), "most": most})


async def to_expire(tx: Tx, now: datetime, most: int) -> list[Request]:
    """Whose time is over and who don't say so yet."""
    return await _requests(tx, _TO_EXPIRE, {"now": now, "most": most})


async def half_done(
    tx: Tx, stale: datetime, apart: Collection[int], later: Collection[int], most: int
) -> list[Request]:
    """Drafts whose thread was begun before `stale`: the process ended, or Discord said no."""
    given = {"stale": stale, "apart": list(apart), "later": list(later), "most": most}
    return await _requests(tx, _HALF_DONE, given)


async def inside(tx: Tx, guild_id: int, user_id: int) -> list[Entry]:
    """What somebody reads or has read and was not let out of."""
    which = (_r.guild_id == guild_id, _r.reader_id == user_id, _r.accepted_at.is_not(None))
    return await _entries(tx, _ENTRIES.where(*which, _r.let_out_at.is_(None)).order_by(_r.id), {})


_STANDING = (_q.guild_id == bindparam("guild"), _q.state.in_(_READ), _q.gone_at.is_(None))
_IN_THREAD = select(*_REQUEST).where(*_STANDING, _q.thread_id == bindparam("thread"))
_OWN_IN_THREAD = _ENTRIES.where(*_STANDING, _r.state == "accepted", _r.thread_id == bindparam("thread"))


async def standing_in(tx: Tx, guild_id: int, thread_id: int) -> list[Request]:
    """Those whose document stands in this thread and is to be read."""
    return await _requests(tx, _IN_THREAD, {"guild": guild_id, "thread": thread_id})


async def own_in(tx: Tx, guild_id: int, thread_id: int) -> list[Entry]:
    """Who reads in this thread of their own, alone."""
    return await _entries(tx, _OWN_IN_THREAD, {"guild": guild_id, "thread": thread_id})


async def delivered_inside(tx: Tx, guild_id: int, user_ids: Collection[int]) -> list[Entry]:
    """Reviews that were delivered, with one of these on either side and the reader still in the thread."""
    ids = list(user_ids)
    between = or_(_r.author_id.in_(ids), _r.reader_id.in_(ids))
    which = (_r.guild_id == guild_id, between, _r.state.in_(sorted(DELIVERED)), _STANDS)
    return await _entries(tx, _ENTRIES.where(*which, _r.let_out_at.is_(None)).order_by(_r.id), {})


# Sorted here: to sort them itself, SQLite walks through everything there is.
_LEFT = member.c.left_at > EPOCH
_AUTHOR = and_(member.c.guild_id == _q.guild_id, member.c.user_id == _q.author_id)
_READER = and_(member.c.guild_id == _r.guild_id, member.c.user_id == _r.reader_id)
_ASKED_FOR = select(*_REQUEST).select_from(member.join(review_request, _AUTHOR)).where(_LEFT)
_ASKED_FOR = _ASKED_FOR.where(_q.state.in_(("draft", "waiting", "in_review"))).limit(_MOST)
_STILL_READ = select(*_READING).select_from(member.join(review_reading, _READER)).where(_LEFT)
_STILL_READ = _STILL_READ.where(_r.state.in_(sorted(LIVE))).limit(_MOST)


async def of_leavers(tx: Tx, most: int) -> list[Request]:
    """Requests that wait or are read whose authors left the server, the oldest first."""
    return sorted(await _requests(tx, _ASKED_FOR, {"most": most}), key=lambda one: one.id)


async def live_of_leavers(tx: Tx, most: int) -> list[Reading]:
    """What those read who left the server, the oldest first."""
    found = [Reading(*row) for row in (await tx.execute(_STILL_READ, {"most": most})).all()]
    return sorted(found, key=lambda one: one.id)


async def _entries(tx: Tx, asked: Select[Any], given: dict[str, Any]) -> list[Entry]:
    rows = (await tx.execute(asked, given)).all()
    cut = len(_READING)
    return [Entry(Reading(*row[:cut]), Request(*row[cut:])) for row in rows]


async def _requests(tx: Tx, asked: Select[Any], given: dict[str, Any]) -> list[Request]:
    return [Request(*row) for row in (await tx.execute(asked, given)).all()]


# -- requests ------------------------------------------------------------------------------------


async def one(tx: Tx, request_id: int) -> Request | None:
    found = await _requests(tx, select(*_REQUEST).where(_q.id == request_id), {})
    return found[0] if found else None


async def _change(tx: Tx, request_id: int, *which: ColumnElement[bool], **values: object) -> bool:
    done = await tx.execute(update(review_request).where(_q.id == request_id, *which).values(values))
    return bool(done.rowcount)


async def tried(tx: Tx, request_id: int, now: datetime, till: datetime) -> None:
    """Its thread may be there from now on. till: a draft goes then, unless it has stood once."""
    await _change(tx, request_id, _q.tried_at.is_(None), tried_at=now)
    await _change(tx, request_id, _q.expires_at.is_(None), expires_at=till)


async def opened(tx: Tx, request_id: int, thread_id: int, now: datetime) -> None:
    """Whatever became of the request meanwhile: what stands is to be closed again."""
    await _change(tx, request_id, _q.thread_id.is_(None), thread_id=thread_id)
    await not_gone(tx, request_id, now)


async def stands_no_more(tx: Tx, request_id: int) -> None:
    """The message that held its file was deleted, and another one takes its place."""
    await _change(tx, request_id, message_id=None)


async def not_gone(tx: Tx, request_id: int, now: datetime) -> None:
    """Something of it stands, whatever was done before."""
    await _change(tx, request_id, _q.gone_at.is_not(None), gone_at=None, expires_at=now)


async def begun_anew(tx: Tx, request_id: int) -> None:
    """Nothing of a draft stands any more."""
    await _change(tx, request_id, _q.state == "draft", thread_id=None, message_id=None, tried_at=None)


async def expire(tx: Tx, request_id: int, now: datetime) -> None:
    """Nobody came for it in time."""
    await _change(tx, request_id, state="expired", expires_at=now)


async def close(tx: Tx, request_id: int, now: datetime) -> None:
    """It was read: its document goes, the reviews stay."""
    await _change(tx, request_id, state="closed", expires_at=now)


async def withdraw(tx: Tx, request_id: int, now: datetime) -> None:
    await _change(tx, request_id, state="withdrawn", expires_at=now)


async def gone(tx: Tx, request_id: int, now: datetime) -> None:
    """Its file is deleted and its thread closed; every word of the request goes as well."""
    await _change(tx, request_id, gone_at=now, expires_at=None, **_NO_WORDS)


# -- readings ------------------------------------------------------------------------------------


async def _note(tx: Tx, reading_id: int, *which: ColumnElement[bool], **values: object) -> bool:
    done = await tx.execute(update(review_reading).where(_r.id == reading_id, *which).values(values))
    return bool(done.rowcount)


async def state_of(tx: Tx, reading_id: int) -> ReadingState | None:
    """None: it is not there any more."""
    state: ReadingState | None = (await tx.execute(select(_r.state).where(_r.id == reading_id))).scalar()
    return state


async def own_tried(tx: Tx, reading_id: int, now: datetime) -> None:
    """The reader's own thread may be there from now on."""
    await _note(tx, reading_id, _r.tried_at.is_(None), tried_at=now)


async def own_opened(tx: Tx, reading_id: int, thread_id: int) -> None:
    await _note(tx, reading_id, thread_id=thread_id)


async def own_lost(tx: Tx, reading_id: int) -> None:
    """Somebody deleted their thread: another one is opened."""
    await _note(tx, reading_id, thread_id=None, tried_at=None, message_id=None, let_in_at=None)


async def pages_stand(tx: Tx, one: Reading, message_id: int) -> None:
    """The message that holds the pages, unless their thread was deleted meanwhile."""
    await _note(tx, one.id, _own_is(one), message_id=message_id)


async def pages_stand_no_more(tx: Tx, reading_id: int) -> None:
    """They were deleted, and others are put there for the same reader."""
    await _note(tx, reading_id, message_id=None, let_in_at=None)


async def let_in(tx: Tx, one: Reading, now: datetime) -> None:
    """They are in, unless a thread of their own was deleted meanwhile."""
    await _note(tx, one.id, _own_is(one), let_in_at=now)


def _own_is(one: Reading) -> ColumnElement[bool]:
    return _r.thread_id.is_not_distinct_from(one.thread_id)


async def let_out(tx: Tx, reading_id: int, now: datetime) -> None:
    await _note(tx, reading_id, let_out_at=now)


# -- what waits ----------------------------------------------------------------------------------

_WAITS = "reviews/waits/"
_LOOKED = "reviews/looked"
_KEEP = update(beat).where(_b.name == bindparam("which")).values(at=bindparam("moment"))


async def waits(tx: Tx) -> dict[str, datetime]:
    """Name → till when it waits for Discord; those that don't are left out."""
    asked = select(_b.name, _b.at).where(_b.name.startswith(_WAITS))
    return {name.removeprefix(_WAITS): at for name, at in await tx.execute(asked)}


async def wait(tx: Tx, name: str, until: datetime) -> None:
    await _keep(tx, _WAITS + name, until)


async def wait_no_more(tx: Tx, *names: str) -> None:
    await tx.execute(delete(beat).where(_b.name.in_([_WAITS + name for name in names])))


async def looked_at(tx: Tx) -> datetime | None:
    """Until when new blocks and guards have parted readers and authors; None: never yet."""
    at: datetime | None = (await tx.execute(select(_b.at).where(_b.name == _LOOKED))).scalar()
    return at


async def look(tx: Tx, now: datetime) -> None:
    """Every block and guard until now has parted whom it parts."""
    await _keep(tx, _LOOKED, now)


async def _keep(tx: Tx, name: str, moment: datetime) -> None:
    if not (await tx.execute(_KEEP, {"which": name, "moment": moment})).rowcount:
        await insert_new(tx, beat, [{"name": name, "at": moment}], returning=_b.name)
