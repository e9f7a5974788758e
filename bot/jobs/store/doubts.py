"""The only SQL of members' doubts, and of what moderators took back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, select, update

from bot.jobs.doubts import Kind, State
from bot.storage import Tx, insert_new
from bot.storage.tables import doubt, withdrawn

_c, _w = doubt.c, withdrawn.c


async def add(
    tx: Tx,
    guild_id: int,
    user_id: int,
    opening_id: int,
    kind: Kind,
    fact: str,
    words: str,
    state: State,
    now: datetime,
) -> bool:
    """Keep what a member told; False when they told the same before."""
    row = {
        "guild_id": guild_id,
        "user_id": user_id,
        "opening_id": opening_id,
        "kind": kind,
        "fact": fact,
        "words": words,
        "state": state,
        "made_at": now,
    }
    return bool(await insert_new(tx, doubt, [row], returning=_c.id))


async def made_since(tx: Tx, guild_id: int, user_id: int, kind: Kind, since: datetime) -> int:
    """How many of this kind a member told since then."""
    mine = and_(_c.guild_id == guild_id, _c.user_id == user_id, _c.kind == kind, _c.made_at > since)
    return int((await tx.execute(select(func.count()).where(mine))).scalar_one())


async def waiting(tx: Tx, guild_id: int, opening_id: int, kind: Kind, fact: str) -> list[tuple[int, str]]:
    """(number, words) of the doubts about this that nobody decided yet, the oldest first."""
    which = and_(_about(guild_id, opening_id, kind, fact), _c.state == "open")
    return [
        (number, words)
        for number, words in await tx.execute(select(_c.id, _c.words).where(which).order_by(_c.id))
    ]


async def decided_last(tx: Tx, guild_id: int, opening_id: int, kind: Kind, fact: str) -> datetime | None:
    """When moderators last decided about this; None: never."""
    which = _about(guild_id, opening_id, kind, fact)
    found: datetime | None = (await tx.execute(select(func.max(_c.decided_at)).where(which))).scalar_one()
    return found


async def settle(
    tx: Tx, guild_id: int, opening_id: int, kind: Kind, fact: str, state: State, by: int, now: datetime
) -> int:
    """Decide all that wait about this; gives how many."""
    which = and_(_about(guild_id, opening_id, kind, fact), _c.state == "open")
    values = {"state": state, "decided_by": by, "decided_at": now}
    return (await tx.execute(update(doubt).where(which).values(values))).rowcount


def _about(guild_id: int, opening_id: int, kind: Kind, fact: str) -> ColumnElement[bool]:
    return and_(_c.guild_id == guild_id, _c.opening_id == opening_id, _c.kind == kind, _c.fact == fact)


# -- taken back ----------------------------------------------------------------------------------


async def withdraw(tx: Tx, guild_id: int, opening_id: int, fact: str, by: int, now: datetime) -> None:
    """This server shows the fact no more; "scam": not the opening itself. Twice is once."""
    row = {"guild_id": guild_id, "opening_id": opening_id, "fact": fact, "by_id": by, "at": now}
    await insert_new(tx, withdrawn, [row], returning=_w.fact)


async def restore(tx: Tx, guild_id: int, opening_id: int, fact: str) -> bool:
    """It is shown again; False when it was all the time."""
    which = and_(_w.guild_id == guild_id, _w.opening_id == opening_id, _w.fact == fact)
    return (await tx.execute(delete(withdrawn).where(which))).rowcount == 1


async def withdrawn_of(
    tx: Tx, guild_id: int, opening_ids: Collection[int] | None = None
) -> dict[int, frozenset[str]]:
    """Opening → what this server's moderators took back; of these openings, or of all."""
    asked = select(_w.opening_id, _w.fact).where(_w.guild_id == guild_id)
    if opening_ids is not None:
        asked = asked.where(_w.opening_id.in_(list(opening_ids)))
    found: dict[int, frozenset[str]] = {}
    for opening_id, fact in await tx.execute(asked):
        found[opening_id] = found.get(opening_id, frozenset()) | {fact}
    return found
