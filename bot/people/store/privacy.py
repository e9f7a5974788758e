"""The only SQL that walks every table at once: what is about somebody, erasing it, and forgetting what is too old.

It knows no table by itself: `bot.people.kept` says whose a row is. Rows that belong to others are deleted by name and
not by the database's cascade, which sleeps while a backup is restored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    delete,
    func,
    select,
    true,
    update,
)

from bot.people.kept import BY_TABLE, KEPT
from bot.people.members import Key
from bot.people.privacy import Claim, Kept, Row
from bot.storage import Tx, insert_new
from bot.storage.tables import block, erased, guard, member, metadata, server

# -- whose a row is ------------------------------------------------------------------------------


def _table(kept: Kept) -> Table:
    return metadata.tables[kept.table]


def _of_parents(kept: Kept, which: Select[Any]) -> ColumnElement[bool]:
    assert kept.parent is not None  # noqa: S101 — only tables with one come here
    return _table(kept).c[kept.parent[0]].in_(which)


def _parent(kept: Kept) -> Kept:
    assert kept.parent is not None  # noqa: S101 — as above
    return BY_TABLE[kept.parent[1]]


def _in_server(kept: Kept, guild_id: int) -> ColumnElement[bool]:
    if kept.guild is not None:
        return _table(kept).c[kept.guild] == guild_id
    parent = _parent(kept)
    return _of_parents(kept, select(_table(parent).c.id).where(_in_server(parent, guild_id)))


def _named(claim: Claim, table: Table, user_id: int) -> ColumnElement[bool]:
    column = table.c[claim.column]
    if claim.how == "inside":
        return column.contains(str(user_id))
    return column == (str(user_id) if claim.how == "digits" else user_id)


def _when(table: Table, when: Mapping[str, str]) -> ColumnElement[bool]:
    return and_(true(), *(table.c[name] == value for name, value in when.items()))


def _theirs(kept: Kept, claim: Claim, user_id: int) -> ColumnElement[bool]:
    """Rows that this claim makes this person's, in every server."""
    if claim.of_parent:
        parent = _table(_parent(kept))
        return _of_parents(kept, select(parent.c.id).where(_named(claim, parent, user_id)))
    table = _table(kept)
    return and_(_named(claim, table, user_id), _when(table, claim.when))


async def _which(tx: Tx, kept: Kept, claim: Claim, key: Key) -> ColumnElement[bool]:
    """Rows that are theirs in one server. A longer number that holds their id's digits is somebody else's."""
    theirs = and_(_in_server(kept, key.guild_id), _theirs(kept, claim, key.user_id))
    if claim.how != "inside":
        return theirs
    table = _table(kept)
    found = await tx.execute(select(table.c.id, table.c[claim.column]).where(theirs))
    alone = re.compile(rf"(?<!\d){key.user_id}(?!\d)")
    return table.c.id.in_([number for number, text in found if alone.search(text)])


# -- to see, to erase ----------------------------------------------------------------------------


async def servers_of(tx: Tx, user_id: int) -> list[int]:
    """Every server where anything is about this person, also those they left."""
    found: set[int] = set()
    for kept in KEPT:
        home = kept if kept.guild is not None or kept.parent is None else _parent(kept)
        for claim in kept.claims:
            if home.guild is None or claim.how == "inside":
                continue
            column = _table(home).c[home.guild]
            chosen = select(column).distinct().where(_theirs(kept, claim, user_id))
            if home is not kept:
                here, _ = kept.parent or ("", "")
                chosen = chosen.join(_table(kept), _table(kept).c[here] == _table(home).c.id)
            found.update((await tx.execute(chosen)).scalars())
    return sorted(found)


async def everybody(tx: Tx) -> list[Key]:
    """Every (server, person) of whom a row says something."""
    found: set[tuple[int, int]] = set()
    for kept in KEPT:
        for claim in kept.claims:
            if kept.guild is None or claim.how == "inside" or claim.of_parent:
                continue
            table = _table(kept)
            pair = select(table.c[kept.guild], table.c[claim.column]).distinct()
            named = pair.where(table.c[claim.column].is_not(None), _when(table, claim.when))
            found.update((guild, int(who)) for guild, who in await tx.execute(named))
    return [Key(*pair) for pair in sorted(found)]


async def rows(tx: Tx, key: Key) -> list[tuple[Kept, Claim, Row]]:
    """What is about this person in one server and may be shown to them, table by table, in the rows' own order."""
    found: list[tuple[Kept, Claim, Row]] = []
    for kept in KEPT:
        for claim in kept.claims:
            if claim.shown == ():
                continue
            chosen = _whole(kept).where(await _which(tx, kept, claim, key))
            ordered = await tx.execute(chosen.order_by(*_order(kept)))
            theirs = [dict(row) for row in ordered.mappings()]
            found += [(kept, claim, row) for row in theirs if claim.known is None or claim.known(row)]
    return found


def _order(kept: Kept) -> list[ColumnElement[Any]]:
    """By number; deliveries by time: their number is a hash of why they exist, which may count what others do."""
    table = _table(kept)
    by_time = ("created_at", "due_at", "kind") if kept.table == "delivery" else ()
    return [*(table.c[name] for name in by_time), *table.primary_key]


def _whole(kept: Kept) -> Select[Any]:
    """A row with what an export tells beside it."""
    table = _table(kept)
    if kept.parent is None or not kept.beside:
        return select(table)
    above = _table(_parent(kept)).alias("above")  # conditions name it by its own name
    beside = (above.c[name] for name in kept.beside)
    return select(table, *beside).where(table.c[kept.parent[0]] == above.c.id)


async def count(tx: Tx, key: Key) -> dict[str, int]:
    """Table → how many claims on its rows erasing would settle; tables with none are left out."""
    found: dict[str, int] = {}
    for kept in KEPT:
        for claim in kept.claims:
            which = await _which(tx, kept, claim, key)
            number = (
                await tx.execute(select(func.count()).select_from(_table(kept)).where(which))
            ).scalar_one()
            if number:
                found[kept.table] = found.get(kept.table, 0) + number
    return found


async def erase(tx: Tx, key: Key) -> int:
    """Erase a person from one server as the table says; gives how many rows went or lost their name."""
    done = 0
    for kept in KEPT:
        for claim in kept.claims:
            done += await _settle(tx, kept, claim, key, claim.becomes)
    return done


async def forget_search(tx: Tx, key: Key) -> int:
    """Erase what somebody who left searched for; gives how many rows went or changed."""
    done = 0
    for kept in KEPT:
        own = [claim for claim in kept.claims if claim.becomes is None and claim.shown != ()]
        for claim in own if kept.search is not None else []:
            becomes = None if kept.search == "rows" else kept.search
            done += await _settle(tx, kept, claim, key, becomes)
    return done


async def _settle(
    tx: Tx, kept: Kept, claim: Claim, key: Key, becomes: Mapping[str, object] | str | None
) -> int:
    table, which = _table(kept), await _which(tx, kept, claim, key)
    if not isinstance(becomes, Mapping):
        return (await tx.execute(delete(table).where(which))).rowcount
    still = [table.c[name].is_distinct_from(value) for name, value in becomes.items()]
    changed = update(table).where(which, ~and_(*(~one for one in still)))
    return (await tx.execute(changed.values(dict(becomes)))).rowcount


async def guarded_against_by(tx: Tx, key: Key) -> list[int]:
    """Who guards against meeting this person."""
    against = and_(guard.c.kind == "member", guard.c.mark == str(key.user_id))
    theirs = select(guard.c.user_id).where(guard.c.guild_id == key.guild_id, against)
    return list((await tx.execute(theirs)).scalars())


async def keep_nameless_blocks(tx: Tx, guild_id: int, marks: Iterable[str], now: datetime) -> None:
    """Blocks that name nobody; those that are kept already stay."""
    nobody = {"guild_id": guild_id, "user_id": None, "blocked_id": None, "made_at": now}
    await insert_new(tx, block, [{"mark": mark, **nobody} for mark in marks], returning=block.c.mark)


# -- who was erased ------------------------------------------------------------------------------


async def erasures(tx: Tx) -> dict[str, datetime]:
    """Mark → when that person was erased last."""
    return {mark: at for mark, at in await tx.execute(select(erased.c.mark, erased.c.at))}


async def remember_erasures(tx: Tx, marks: Mapping[str, datetime]) -> None:
    """Keep these marks; an erasure that is known already gets its new moment."""
    known = set(
        await insert_new(tx, erased, [_erased(*one) for one in marks.items()], returning=erased.c.mark)
    )
    for mark in marks.keys() - known:
        await tx.execute(update(erased).where(erased.c.mark == mark).values(at=marks[mark]))


def _erased(mark: str, at: datetime) -> dict[str, Any]:
    return {"mark": mark, "at": at}


# -- what is too old -----------------------------------------------------------------------------


async def left_before(tx: Tx, moment: datetime) -> list[Key]:
    """Members who left by then, in servers that still have the bot."""
    gone = select(member.c.guild_id, member.c.user_id).where(member.c.left_at <= moment)
    return [Key(*row) for row in await tx.execute(gone.order_by(member.c.guild_id, member.c.user_id))]


async def servers_left_before(tx: Tx, moment: datetime) -> list[int]:
    gone = select(server.c.id).where(server.c.left_at <= moment).order_by(server.c.id)
    return list((await tx.execute(gone)).scalars())


async def forget_server(tx: Tx, guild_id: int) -> int:
    """Everything of one server; gives how many rows."""
    done = 0
    for kept in KEPT:
        if kept.guild is not None or (kept.parent is not None and _parent(kept).guild is not None):
            done += (await tx.execute(delete(_table(kept)).where(_in_server(kept, guild_id)))).rowcount
    return done


async def forget_aged(tx: Tx, now: datetime) -> int:
    """Every row that is older than its table allows, as far as this subject looks after it."""
    done = 0
    for kept in KEPT:
        for age in kept.ages:
            if age.elsewhere:
                continue
            table = _table(kept)
            old = and_(table.c[age.column] <= now - timedelta(days=age.days), _when(table, age.when))
            done += (await tx.execute(delete(table).where(old))).rowcount
    return done
