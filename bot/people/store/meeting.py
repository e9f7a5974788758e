"""The only SQL of guards, blocks and pen names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, func, select, union_all, update

from bot.people.guards import Guard, Guarded
from bot.people.members import Key
from bot.people.pen_names import PenName
from bot.storage import Tx, insert_new
from bot.storage.tables import block, guard, pen_name
from bot.storage.types import Instant

# -- guards --------------------------------------------------------------------------------------


async def guards(tx: Tx, guild_id: int, user_ids: Iterable[int]) -> list[tuple[int, Guard]]:
    """(whose, guard) of these people, the oldest first."""
    theirs = select(guard).where(guard.c.guild_id == guild_id, guard.c.user_id.in_(list(user_ids)))
    rows = (await tx.execute(theirs.order_by(guard.c.id))).mappings()
    return [(row["user_id"], Guard(row["id"], row["kind"], row["mark"], row["name"])) for row in rows]


async def add_guard(tx: Tx, key: Key, kind: Guarded, mark: str, name: str, now: datetime) -> None:
    """Keep it; one that is kept already stays."""
    row = {"guild_id": key.guild_id, "user_id": key.user_id, "kind": kind, "mark": mark, "name": name}
    await insert_new(tx, guard, [row | {"made_at": now}], returning=guard.c.id)


async def remove_guard(tx: Tx, key: Key, guard_id: int) -> None:
    mine = and_(guard.c.guild_id == key.guild_id, guard.c.user_id == key.user_id)
    await tx.execute(delete(guard).where(mine, guard.c.id == guard_id))


# -- blocks --------------------------------------------------------------------------------------


async def add_block(tx: Tx, key: Key, other_id: int, mark: str, now: datetime) -> None:
    row = {"mark": mark, "guild_id": key.guild_id, "user_id": key.user_id, "blocked_id": other_id}
    if not await insert_new(tx, block, [row | {"made_at": now}], returning=block.c.mark):
        await name_blocks(tx, key.guild_id, {mark: (key.user_id, other_id)})


async def remove_block(tx: Tx, guild_id: int, mark: str) -> None:
    await tx.execute(delete(block).where(block.c.guild_id == guild_id, block.c.mark == mark))


async def blocks(tx: Tx, guild_id: int, user_ids: Iterable[int]) -> list[tuple[int, int]]:
    """(who, whom) for all that these people blocked, the oldest first."""
    theirs = select(block.c.user_id, block.c.blocked_id).where(
        block.c.guild_id == guild_id, block.c.user_id.in_(list(user_ids))
    )
    rows = await tx.execute(theirs.order_by(block.c.made_at, block.c.mark))
    return [(user_id, blocked_id) for user_id, blocked_id in rows]


async def nameless_blocks(tx: Tx, guild_id: int) -> set[str]:
    """Marks of blocks of which one side was erased."""
    lone = select(block.c.mark).where(block.c.guild_id == guild_id, block.c.user_id.is_(None))
    return set((await tx.execute(lone)).scalars())


async def name_blocks(tx: Tx, guild_id: int, pairs: dict[str, tuple[int, int]]) -> None:
    """Write again who these marks mean: mark → (who, whom)."""
    for mark, (user_id, blocked_id) in pairs.items():
        which = update(block).where(block.c.guild_id == guild_id, block.c.mark == mark)
        await tx.execute(which.values(user_id=user_id, blocked_id=blocked_id))


async def pressed_since(tx: Tx, since: datetime, guild_id: int | None) -> dict[Key, datetime]:
    """Whose newest guard or block is not older, and when they made it; in one server or in all."""
    if guild_id is None:
        found = await tx.execute(_PRESSED, {"since": since})
    else:
        found = await tx.execute(_PRESSED_HERE, {"since": since, "guild": guild_id})
    return {Key(server_id, user_id): made_at for server_id, user_id, made_at in found}


def _pressed(*, here: bool) -> Select[Any]:
    made = [
        select(c.guild_id, c.user_id, c.made_at).where(
            c.made_at >= bindparam("since"),
            c.user_id.is_not(None),
            *([c.guild_id == bindparam("guild")] if here else ()),
        )
        for c in (guard.c, block.c)
    ]
    pressed = union_all(*made).subquery().c
    last = func.max(pressed.made_at, type_=Instant)
    return select(pressed.guild_id, pressed.user_id, last).group_by(pressed.guild_id, pressed.user_id)


_PRESSED, _PRESSED_HERE = _pressed(here=False), _pressed(here=True)  # built once: each beat asks


# -- pen names -----------------------------------------------------------------------------------


async def pen_names(tx: Tx, key: Key) -> list[PenName]:
    """A member's own, by circle."""
    mine = select(pen_name.c.circle, pen_name.c.name, pen_name.c.user_id).where(
        pen_name.c.guild_id == key.guild_id, pen_name.c.user_id == key.user_id
    )
    return [PenName(*row) for row in await tx.execute(mine.order_by(pen_name.c.circle))]


async def pen_names_in(
    tx: Tx, guild_id: int, circles: Iterable[str], user_ids: Iterable[int]
) -> list[PenName]:
    """What these people are called in these circles."""
    theirs = select(pen_name.c.circle, pen_name.c.name, pen_name.c.user_id).where(
        pen_name.c.guild_id == guild_id,
        pen_name.c.circle.in_(list(circles)),
        pen_name.c.user_id.in_(list(user_ids)),
    )
    return [PenName(*row) for row in await tx.execute(theirs)]


async def pen_name_holder(tx: Tx, guild_id: int, circle: str, folded: str) -> PenName | None:
    which = select(pen_name.c.circle, pen_name.c.name, pen_name.c.user_id).where(
        pen_name.c.guild_id == guild_id, pen_name.c.circle == circle, pen_name.c.folded == folded
    )
    row = (await tx.execute(which)).first()
    return PenName(*row) if row else None


async def set_pen_name(tx: Tx, key: Key, circle: str, name: str, folded: str, now: datetime) -> bool:
    """Keep it instead of the one they had in this circle; False when somebody else has it."""
    mine = and_(pen_name.c.guild_id == key.guild_id, pen_name.c.circle == circle)
    holder = await pen_name_holder(tx, key.guild_id, circle, folded)
    if holder and holder.user_id != key.user_id:
        return False
    await tx.execute(delete(pen_name).where(mine, pen_name.c.user_id == key.user_id))
    row = {"guild_id": key.guild_id, "circle": circle, "folded": folded, "user_id": key.user_id}
    return bool(
        await insert_new(tx, pen_name, [row | {"name": name, "made_at": now}], returning=pen_name.c.user_id)
    )
