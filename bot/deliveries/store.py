"""The outbox in the database; the only SQL about deliveries but for `revisions`.

new → sending → sent | retry | dead | uncertain; held is a promise of a paused subscription. A version above 1 changes
the message that the first one became (`revisions.revise`); pausing, moving and stopping is about first ones alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from bot.deliveries.nonce import delivery_id, nonce
from bot.deliveries.outcome import CHANNEL_CODES, Settlement
from bot.deliveries.planned import NOWHERE_YET, Planned, encode, key_elsewhere
from bot.deliveries.planned import Row as Row
from bot.deliveries.revisions import Said as Said
from bot.deliveries.revisions import count_since as count_since
from bot.deliveries.revisions import forget as forget
from bot.deliveries.revisions import promised_since as promised_since
from bot.deliveries.revisions import revise as revise
from bot.deliveries.revisions import said as said
from bot.deliveries.revisions import said_each as said_each
from bot.storage import Each, Tx, insert_new
from bot.storage.tables import delivery
from bot.storage.types import Instant

_AT_ONCE = 100  # promises prepared before others have their turn: one takes a tenth of a millisecond
_c = delivery.c
_ROW = [_c[name] for name in Row.__dataclass_fields__]
_FIRST = _c.version == 1
_WAITING = _c.state.in_(["new", "retry"])
_DIED_WITH_CHANNEL = and_(_c.state == "dead", _c.trouble.in_(sorted(CHANNEL_CODES)))
_ALL_REFUSED = CHANNEL_CODES | {"dm_closed"}  # no other message to this place fares better
_PAUSED = and_(_FIRST, or_(_c.state == "held", _DIED_WITH_CHANNEL))
_UNSAID = and_(_FIRST, or_(_c.state.in_(["new", "retry", "held", "sending"]), _DIED_WITH_CHANNEL))

_f = delivery.alias("former").c
_FORMER = and_(_f.key == _c.key, _f.version < _c.version)
_NOT_YET = or_(  # a version that may still be said …
    _f.state.in_(["new", "retry", "held", "sending"]),
    and_(_f.version == 1, _f.state == "dead", _f.trouble.in_(sorted(CHANNEL_CODES))),
)
_IN_TURN = or_(_FIRST, ~exists().where(_FORMER, _NOT_YET))  # … is never overtaken by a later one
_STANDS = select(func.max(_f.message_id)).where(_FORMER, _f.state == "sent").scalar_subquery()
_ONCE_CLAIMED = {
    "state": literal("sending", String),
    "attempts": _c.attempts + 1,
    "message_id": _STANDS,
}
_TO_CLAIM = [_ONCE_CLAIMED.get(name, _c[name]).label(name) for name in Row.__dataclass_fields__]

_AGAIN = {  # what is settled is forgotten, and it waits once more
    _c.state: "retry",
    _c.attempts: 0,
    **dict.fromkeys((_c.settled_at, _c.trouble, _c.trouble_detail, _c.minded_at)),
}

_COUNT_UNSAID = (  # built once: /jobs alerts asks it each time
    select(_c.subscription_id, func.count())
    .where(_c.subscription_id.in_(bindparam("subscriptions", expanding=True)), _UNSAID)
    .group_by(_c.subscription_id)
)


# -- promising -----------------------------------------------------------------------------------


async def plan(tx: Tx, planned: Sequence[Planned], now: datetime) -> int:
    """Promise to say these; gives how many are new. What is promised already stays as it is."""
    new = 0
    for start in range(0, len(planned), _AT_ONCE):
        rows = [_new_row(one, now) for one in planned[start : start + _AT_ONCE]]
        new += len(await insert_new(tx, delivery, rows, returning=_c.id))
    return new


def _new_row(planned: Planned, now: datetime) -> dict[str, Any]:
    number = delivery_id(planned.key, planned.version)
    return {
        "id": number,
        "key": planned.key,
        "version": planned.version,
        "kind": planned.kind,
        "guild_id": planned.guild_id,
        "channel_id": planned.channel_id,
        "member_id": planned.member_id,
        "subscription_id": planned.subscription_id,
        "value": encode(planned.value),
        "nonce": nonce(planned.kind, number, planned.version),
        "state": "held" if planned.channel_id == NOWHERE_YET else "new",
        "attempts": 0,
        "due_at": planned.due_at,
        "created_at": now,
    }


async def hold(tx: Tx, subscription_id: int) -> int:
    """What a paused subscription had promised waits; gives how many."""
    which = update(delivery).where(_c.subscription_id == subscription_id, _FIRST, _WAITING)
    return (await tx.execute(which.values(state="held"))).rowcount


async def release(tx: Tx, subscription_id: int, now: datetime, *, channel_id: int | None = None) -> int:
    """A subscription goes on: what was held or died with its channel is due again; gives how many.

    channel_id: go on there. A delivery that may have arrived stays with its old channel, else it could be read
    twice; unless that channel is gone with everything in it. One that was never tried keeps its due moment: a board
    may have asked for it.
    """
    mine = and_(_c.subscription_id == subscription_id, _PAUSED)
    if channel_id is not None:
        unread = or_(_c.started_at.is_(None), _c.trouble == "unknown_channel")
        await _move(tx, and_(mine, unread), channel_id)
    tried_later = and_(_c.due_at > now, _c.attempts > 0)
    due_at = case((tried_later, literal(now, Instant)), else_=_c.due_at)
    return (await tx.execute(update(delivery).where(mine).values(_AGAIN | {_c.due_at: due_at}))).rowcount


async def _move(tx: Tx, which: ColumnElement[bool], channel_id: int) -> None:
    """Say these in another channel, except what that channel has heard or is to hear by itself."""
    found = (await tx.execute(select(_c.id, _c.key).where(which))).all()
    elsewhere = {number: key_elsewhere(key, channel_id) for number, key in found}
    new_keys = [elsewhere[number] for number, key in found if elsewhere[number] != key]
    taken = set((await tx.execute(select(_c.key).where(_c.key.in_(new_keys)))).scalars())
    repeated = [number for number, key in elsewhere.items() if key in taken]
    await tx.execute(delete(delivery).where(_c.id.in_(repeated)))
    moving = [{"row": number, "new_key": key} for number, key in elsewhere.items() if key not in taken]
    if moving:
        moved = update(delivery).where(_c.id == bindparam("row"))
        values: dict[str, Any] = {"channel_id": channel_id, "started_at": None, "key": bindparam("new_key")}
        await tx.execute(moved.values(values), moving)


async def redirect(tx: Tx, guild_id: int, former: int, channel_id: int, now: datetime) -> int:
    """What is no subscription's and never stood in `former` is said in another channel at once; gives how many.

    The two may be the same: a channel that was closed to the bot and is open again. former may be NOWHERE_YET.
    """
    kept_back = and_(_c.state == "held", _c.channel_id == NOWHERE_YET)
    unsaid = and_(
        or_(_WAITING, kept_back, _DIED_WITH_CHANNEL), or_(_c.started_at.is_(None), _c.state == "dead")
    )
    whose = and_(_c.guild_id == guild_id, _c.channel_id == former, _c.subscription_id.is_(None), _FIRST)
    moved = _AGAIN | {_c.channel_id: channel_id, _c.started_at: None, _c.due_at: now}
    return (await tx.execute(update(delivery).where(whose, unsaid).values(moved))).rowcount


async def again(tx: Tx, ids: Sequence[int], due_at: datetime) -> None:
    """Those of these that died with their channel wait once more, till then."""
    died = update(delivery).where(_c.id.in_(ids), _FIRST, _DIED_WITH_CHANNEL)
    await tx.execute(died.values(_AGAIN | {_c.due_at: due_at}))


async def drop(tx: Tx, subscription_id: int) -> int:
    """A subscription ended: forget what it had promised and not yet said; gives how many."""
    return (await tx.execute(delete(delivery).where(_c.subscription_id == subscription_id, _UNSAID))).rowcount


# -- saying --------------------------------------------------------------------------------------


def _due() -> Select[Any]:
    news = case((_FIRST, 0), else_=1)
    in_channel = func.row_number().over(partition_by=_c.channel_id, order_by=(news, _c.due_at, _c.id))
    ready = select(*_ROW, news.label("news"), in_channel.label("turn"))
    w = ready.where(_WAITING, _c.due_at <= bindparam("now"), _IN_TURN).subquery().c
    in_server = func.row_number().over(partition_by=w.guild_id, order_by=(w.news, w.due_at, w.id))
    first = select(*(w[column.name] for column in _ROW)).where(w.turn == 1)
    return first.order_by(in_server, w.news, w.due_at, w.id).limit(bindparam("most", type_=Integer))


_DUE = _due()  # built once: it is asked in each round of a beat


async def due(tx: Tx, now: datetime, limit: int) -> list[Row]:
    """The next delivery of each channel, fair between servers: every server's first comes before any second.

    What is new comes before what only changes.
    """
    found = await tx.execute(_DUE, {"now": now, "most": limit})
    return [Row(*row) for row in found]


async def next_due(tx: Tx, now: datetime) -> datetime | None:
    """The first moment after `now` at which something that waits is due; None when nothing is."""
    first = select(func.min(_c.due_at)).where(_WAITING, _c.due_at > now)
    found: datetime | None = (await tx.execute(first)).scalar_one()
    return found


_THESE_WAIT = and_(_c.id.in_(bindparam("ids", expanding=True)), _WAITING)
_CLAIMED = select(*_TO_CLAIM).where(_THESE_WAIT)
_CLAIM = (
    update(delivery)
    .where(_THESE_WAIT)
    .values(
        state="sending",
        attempts=_c.attempts + 1,
        started_at=func.coalesce(_c.started_at, bindparam("now", type_=Instant)),
    )
)


async def claim(tx: Tx, ids: Sequence[int], now: datetime) -> list[Row]:
    """Mark as `sending` those that still wait; gives them in the given order with this attempt counted.

    In the database `started_at` becomes `now` unless an earlier attempt may have arrived. The rows given back have
    it as it was before: it tells whether to look first. An edit comes with the message that it is to change.
    """
    if not ids:
        return []
    waiting = {row[0]: Row(*row) for row in (await tx.execute(_CLAIMED, {"ids": ids})).all()}
    await tx.execute(_CLAIM, {"ids": ids, "now": now})
    return [waiting[number] for number in ids if number in waiting]


_SETTLED = ("state", "due_at", "started_at", "settled_at", "message_id", "trouble", "trouble_detail")
_SETTLE = Each(
    update(delivery)
    .where(_c.id == bindparam("row"), _c.state == "sending")
    .values({name: bindparam(f"new_{name}") for name in _SETTLED}),
    ("row", *(f"new_{name}" for name in _SETTLED)),
)
_settled = attrgetter("id", *_SETTLED)


async def settle(tx: Tx, settlements: Sequence[Settlement]) -> None:
    """Keep what became of claimed deliveries. When a channel refuses us, what waits for it dies along, untried; and
    when a member can't be written to, what waits for them. An edit that is refused takes other edits along."""
    await _SETTLE.run(tx, [_settled(one) for one in settlements])
    refused = {s.channel_id: s for s in settlements if s.state == "dead" and s.trouble in _ALL_REFUSED}
    for channel_id, first in refused.items():
        died = {"state": "dead", "trouble": first.trouble, "trouble_detail": first.trouble_detail}
        waiting = update(delivery).where(_c.channel_id == channel_id, _WAITING)
        dying = waiting.values(**died, settled_at=first.settled_at)
        await tx.execute(dying.where(~_FIRST, _IN_TURN))
        if not first.of_edit:
            await tx.execute(dying.where(_FIRST))


_DEFER = (
    update(delivery)
    .where(_c.id == bindparam("row"), or_(_c.state == "new", _c.state == "retry"))
    .values(due_at=bindparam("until"))
)


async def defer(tx: Tx, until: Mapping[int, datetime]) -> None:
    """These, which wait, may be said later than was thought."""
    if until:
        await tx.execute(_DEFER, [{"row": number, "until": moment} for number, moment in until.items()])


async def discard(tx: Tx, ids: Sequence[int]) -> None:
    """Forget these, which wait: their member doesn't want them any more."""
    await tx.execute(delete(delivery).where(_c.id.in_(ids), _WAITING))


_STUCK = select(_c.id).where(_c.state == "sending")


async def stuck(tx: Tx) -> list[int]:
    """Deliveries left `sending`: by a former process, when this one has nothing in flight."""
    return list((await tx.execute(_STUCK)).scalars())


async def take_up(tx: Tx, ids: Sequence[int]) -> None:
    """Let stuck deliveries wait again. They may have arrived: their `started_at` stays."""
    await tx.execute(update(delivery).where(_c.id.in_(ids), _c.state == "sending").values(state="retry"))


# -- looking after -------------------------------------------------------------------------------


_TROUBLED = select(*_ROW, _c.settled_at).where(
    _c.state.in_(["dead", "uncertain"]), _c.minded_at.is_(None), _FIRST
)
_TROUBLED_OF = _TROUBLED.where(_c.kind.in_(bindparam("kinds", expanding=True)))


async def unminded(tx: Tx, kinds: Iterable[str]) -> list[Row]:
    """Deliveries of these kinds to channels that died or are uncertain, not dealt with by their subject yet.

    Edits that failed are nobody's trouble: somebody deleted the message, or the channel is known to refuse us.
    """
    found = (await tx.execute(_TROUBLED_OF, {"kinds": list(kinds)})).all()
    return [row for row in _in_order(found) if row.member_id is None]


async def unminded_direct(tx: Tx) -> list[Row]:
    """Direct messages of whatever kind that died or are uncertain, not dealt with yet."""
    return [row for row in _in_order((await tx.execute(_TROUBLED)).all()) if row.member_id is not None]


def _in_order(found: Iterable[Any]) -> list[Row]:
    """Whose they are and in which order is told from the few that are found: asked for it, SQLite walks through all
    that are no member's, or through everything that was ever settled."""
    ordered = sorted(found, key=lambda one: (one.settled_at is not None, one.settled_at, one.id))
    return [Row(*row) for *row, _ in ordered]


async def last_said(tx: Tx, channel_ids: Iterable[int], since: datetime) -> dict[int, datetime]:
    """Channel → when it took something new from us last, of what was due from `since` on."""
    sent = and_(_c.channel_id.in_(list(channel_ids)), _c.state == "sent", _c.due_at >= since, _FIRST)
    last = func.max(_c.settled_at, type_=Instant)
    found = await tx.execute(select(_c.channel_id, last).where(sent).group_by(_c.channel_id))
    return {channel_id: at for channel_id, at in found}


async def mind(tx: Tx, ids: Sequence[int], now: datetime) -> None:
    """The subject has dealt with these troubles."""
    await tx.execute(update(delivery).where(_c.id.in_(ids)).values(minded_at=now))


async def waiting(tx: Tx, subscription_ids: Sequence[int]) -> dict[int, int]:
    """Subscription → how many cards it has still to say, held ones too. Those with none are left out."""
    found = await tx.execute(_COUNT_UNSAID, {"subscriptions": list(subscription_ids)})
    return {subscription: number for subscription, number in found if subscription is not None}


async def by_nonce(tx: Tx, nonce: str) -> Row | None:
    """The delivery behind a message, as long as it is remembered."""
    found = (await tx.execute(select(*_ROW).where(_c.nonce == nonce))).first()
    return Row(*found) if found else None


async def prune(tx: Tx, before: datetime) -> int:
    """Forget what was settled before this moment; gives how many."""
    return (await tx.execute(delete(delivery).where(_c.settled_at < before))).rowcount


# -- members -------------------------------------------------------------------------------------


async def reached(tx: Tx, member_ids: Iterable[int]) -> set[int]:
    """Those of these members whom a direct message has reached before, as long as that is remembered."""
    sent = and_(_c.member_id.in_(list(member_ids)), _c.state == "sent")
    return set((await tx.execute(select(_c.member_id).where(sent))).scalars())


async def written_since(tx: Tx, since: datetime) -> list[tuple[int, datetime]]:
    """The members who were or may have been written to after this moment, each with when that was last."""
    at = func.max(func.coalesce(_c.settled_at, _c.started_at), type_=Instant)
    tried = and_(_c.member_id.is_not(None), func.coalesce(_c.settled_at, _c.started_at) > since)
    found = await tx.execute(select(_c.member_id, at).where(tried).group_by(_c.member_id))
    return [(member_id, moment) for member_id, moment in found]


async def forgotten(tx: Tx, ids: Iterable[int]) -> set[int]:
    """Those of these deliveries that are not there any more: their member was erased while they were in flight."""
    if not (asked := set(ids)):
        return asked
    return asked - set((await tx.execute(select(_c.id).where(_c.id.in_(asked)))).scalars())
