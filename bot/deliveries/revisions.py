"""What was said already, and saying it anew: a message changes by a delivery with the next version of its key.

Part of the outbox's store; flows call it as `store.revise`, `store.said` and `store.count_since`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import Select, and_, bindparam, func, or_, select, update

from bot.deliveries.nonce import delivery_id, nonce
from bot.deliveries.outcome import CHANNEL_CODES
from bot.deliveries.planned import State, encode
from bot.storage import Tx, insert_new
from bot.storage.tables import delivery

_c = delivery.c
_AT_ONCE = 500  # keys in one question; databases have limits
_RANGES = 50  # beginnings of keys in one question
_COPIED = ("key", "kind", "guild_id", "channel_id", "member_id", "subscription_id")
_KEPT = [
    _c[name] for name in (*_COPIED, "id", "version", "value", "state", "started_at", "trouble", "message_id")
]
_FORGET = update(delivery).where(_c.key == bindparam("row_key")).values(value=bindparam("new_value"))
_ANEW = update(delivery).where(_c.id == bindparam("row")).values(value=bindparam("new_value"))


@dataclass(frozen=True, slots=True)
class Said:
    """The newest version of one key. message_id: the message that shows it or an earlier version; None for none.

    `value` is JSON still; state and trouble are those of the newest version, be it the message or its last edit.
    """

    key: str
    guild_id: int
    channel_id: int
    member_id: int | None
    message_id: int | None
    state: State
    value: str
    subscription_id: int | None
    trouble: str | None = None


async def revise(tx: Tx, revisions: Sequence[tuple[str, object]], now: datetime) -> int:
    """Say these with another value, key by key; gives how many that changes.

    What can't have been said yet gets the value in place; a message that stands, or may stand, is edited by the next
    version, once it is settled. What died for good, is uncertain, or is not remembered stays as it is.
    """
    values = {key: encode(value) for key, value in revisions}
    newest = await _newest(tx, list(values))
    changes = [(row, _how(row)) for row in newest if row["value"] != values[row["key"]]]
    in_place = [
        {"row": row["id"], "new_value": values[row["key"]]} for row, how in changes if how == "in place"
    ]
    edits = [_edit(row, values, now) for row, how in changes if how == "edit"]
    if in_place:
        await tx.execute(_ANEW, in_place)
    return len(in_place) + len(await insert_new(tx, delivery, edits, returning=_c.id))


async def forget(tx: Tx, revisions: Sequence[tuple[str, object]]) -> None:
    """Every version of these keys holds this value from now on: words that were taken back are kept nowhere.

    After `revise`, which shows it: this changes only what is remembered, and what is being tried again.
    """
    every = [{"row_key": key, "new_value": encode(value)} for key, value in revisions]
    if every:
        await tx.execute(_FORGET, every)


async def _newest(tx: Tx, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The newest version of each of these keys that is remembered."""
    newest: dict[str, dict[str, Any]] = {}
    for start in range(0, len(keys), _AT_ONCE):
        among = _c.key.in_(keys[start : start + _AT_ONCE])
        found = await tx.execute(select(*_KEPT).where(among).order_by(_c.version))
        newest |= {row["key"]: dict(row) for row in found.mappings()}
    return list(newest.values())


def _how(row: dict[str, Any]) -> Literal["in place", "edit", "not"]:
    """What another value does to this newest version. An attempt that may have arrived counts as said."""
    comes_back = row["state"] == "dead" and row["trouble"] in CHANNEL_CODES and row["version"] == 1
    if row["state"] in ("new", "retry", "held") or comes_back:
        nowhere = row["started_at"] is None or row["trouble"] == "unknown_channel"
        return "in place" if nowhere or row["version"] > 1 else "edit"
    stands = row["state"] == "sent" and row["message_id"] is not None
    failed = row["state"] == "dead" and row["version"] > 1 and row["trouble"] != "unknown_message"
    return "edit" if stands or failed or row["state"] == "sending" else "not"


def _edit(row: dict[str, Any], values: dict[str, str], now: datetime) -> dict[str, Any]:
    version = row["version"] + 1
    number = delivery_id(row["key"], version)
    return {name: row[name] for name in _COPIED} | {
        "id": number,
        "version": version,
        "value": values[row["key"]],
        "nonce": nonce(row["kind"], number, version),
        "state": "new",
        "attempts": 0,
        "due_at": now,
        "created_at": now,
    }


async def said(tx: Tx, prefix: str) -> list[Said]:
    """What was promised or said under each key that begins so ("opening/17/"), by key."""
    return (await said_each(tx, [prefix]))[prefix]


async def said_each(tx: Tx, prefixes: Collection[str]) -> dict[str, list[Said]]:
    """The same for many beginnings, of which none begins another; also those under which nothing was said."""
    every = list(prefixes)
    found: dict[str, list[Said]] = {prefix: [] for prefix in every}
    for start in range(0, len(every), _RANGES):
        some = every[start : start + _RANGES]
        rows = (await tx.execute(_in_ranges(len(some)), _ranges(some))).all()
        rows = sorted(rows, key=lambda row: (row.key, row.version))
        for key, versions in groupby(rows, key=lambda row: str(row.key)):
            of = next(prefix for prefix in some if key.startswith(prefix))
            found[of].append(_summed(list(versions)))
    return found


@cache
def _in_ranges(number: int) -> Select[Any]:
    """Whatever lies in one of so many ranges of keys, which an index serves.

    In no order: to sort as well, SQLite walks through every key there is.
    """
    among = [and_(_c.key >= bindparam(f"from_{at}"), _c.key < bindparam(f"to_{at}")) for at in range(number)]
    return select(*_KEPT).where(or_(*among))


def _ranges(prefixes: Sequence[str]) -> dict[str, str]:
    """Where the keys that begin so lie."""
    starts = {f"from_{at}": prefix for at, prefix in enumerate(prefixes)}
    return starts | {f"to_{at}": one[:-1] + chr(ord(one[-1]) + 1) for at, one in enumerate(prefixes)}


def _summed(versions: Sequence[Any]) -> Said:
    newest = versions[-1]
    stands = [row.message_id for row in versions if row.message_id is not None]
    return Said(
        newest.key,
        newest.guild_id,
        newest.channel_id,
        newest.member_id,
        stands[-1] if stands else None,
        newest.state,
        newest.value,
        newest.subscription_id,
        newest.trouble,
    )


async def count_since(tx: Tx, subscription_id: int, since: datetime, *, kind: str | None = None) -> int:
    """How many messages of a subscription were promised since then and not given up; edits don't count.

    kind: only those of this kind, so that a digest takes no card's place.
    """
    mine = and_(_c.subscription_id == subscription_id, _c.version == 1, _c.state != "dead")
    asked = select(func.count()).where(mine, _c.created_at >= since)
    return (await tx.execute(asked if kind is None else asked.where(_c.kind == kind))).scalar_one()


async def promised_since(
    tx: Tx, subscription_ids: Collection[int], since: datetime, *, kind: str
) -> list[tuple[int, datetime, str]]:
    """(subscription, when, value as JSON) of what these promised since then and didn't give up; edits don't count."""
    theirs = and_(_c.subscription_id.in_(list(subscription_ids)), _c.version == 1, _c.state != "dead")
    asked = select(_c.subscription_id, _c.created_at, _c.value).where(theirs, _c.kind == kind)
    found = await tx.execute(asked.where(_c.created_at >= since).order_by(_c.created_at, _c.id))
    return [(number, at, value) for number, at, value in found if number is not None]
