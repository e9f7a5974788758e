"""The only SQL of a server's settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import RowMapping, or_, select, update

from bot.moderation.panel import Posted
from bot.moderation.server import Server
from bot.storage import Tx, insert_new
from bot.storage.tables import server

NOBODY = 0  # changed_by: the bot itself


async def moderators_channels(tx: Tx, guild_ids: Iterable[int]) -> dict[int, int]:
    """Server → its moderators' channel, for those that have chosen one."""
    chosen = select(server.c.id, server.c.moderators_channel_id).where(
        server.c.id.in_(list(guild_ids)), server.c.moderators_channel_id.is_not(None)
    )
    rows = await tx.execute(chosen.order_by(server.c.id))
    return {guild_id: channel_id for guild_id, channel_id in rows}


async def one(tx: Tx, guild_id: int) -> Server:
    """A server's settings; without any when nothing is kept of it."""
    row = (await tx.execute(select(server).where(server.c.id == guild_id))).mappings().first()
    if row is None:
        return Server(guild_id)
    copied = ("moderators_channel_id", "safety_role_id", "second_contact_id")
    return Server(guild_id, **{name: row[name] for name in copied}, panel=_panel(row))


async def change(tx: Tx, guild_id: int, by: int, now: datetime, **values: int | str | None) -> None:
    """Write these columns and no others; who did it and when go along."""
    row = {**values, "changed_by": by, "changed_at": now}
    if not await insert_new(tx, server, [{"id": guild_id, **row}], returning=server.c.id):
        await tx.execute(update(server).where(server.c.id == guild_id).values(row))


# -- the panel -----------------------------------------------------------------------------------


async def panels_to_mind(tx: Tx, shown: Sequence[str], limit: int) -> list[Posted]:
    """Panels that are on their way, as far as we know, or were written with other buttons than these."""
    outdated = server.c.panel_shown != "\n".join(shown)
    asked = select(server).where(
        server.c.left_at.is_(None),
        server.c.panel_nonce.is_not(None),
        or_(server.c.panel_message_id.is_(None), outdated),
    )
    rows = (await tx.execute(asked.order_by(server.c.id).limit(limit))).mappings()
    return [panel for row in rows if (panel := _panel(row)) is not None]


async def keep_panel(tx: Tx, nonce: str, panel: Posted | None) -> None:
    """What became of the panel that was posted under this nonce; nothing happens when another took its place."""
    values = {
        "panel_channel_id": panel.channel_id if panel else None,
        "panel_nonce": panel.nonce if panel else None,
        "panel_message_id": panel.message_id if panel else None,
        "panel_shown": "\n".join(panel.shown) if panel else None,
    }
    await tx.execute(update(server).where(server.c.panel_nonce == nonce).values(values))


def _panel(row: RowMapping) -> Posted | None:
    if row["panel_channel_id"] is None:
        return None
    shown = tuple((row["panel_shown"] or "").split("\n"))
    return Posted(row["id"], row["panel_channel_id"], row["panel_nonce"], row["panel_message_id"], shown)


# -- servers come and go -------------------------------------------------------------------------


async def meet(tx: Tx, guild_ids: Iterable[int], now: datetime) -> None:
    """Keep those of these servers that are not known yet."""
    new = [{"id": guild_id, "changed_by": NOBODY, "changed_at": now} for guild_id in guild_ids]
    await insert_new(tx, server, new, returning=server.c.id)


async def joined(tx: Tx, guild_ids: Iterable[int], now: datetime) -> None:
    """The bot is in these servers (again)."""
    ids = list(guild_ids)
    await meet(tx, ids, now)
    back = update(server).where(server.c.id.in_(ids), server.c.left_at.is_not(None))
    await tx.execute(back.values(left_at=None))


async def known(tx: Tx) -> list[int]:
    """The servers that the bot is in, as far as we know."""
    return list((await tx.execute(select(server.c.id).where(server.c.left_at.is_(None)))).scalars())


async def left(tx: Tx, guild_ids: Iterable[int], now: datetime) -> None:
    """The bot was removed from these servers."""
    gone = update(server).where(server.c.id.in_(list(guild_ids)), server.c.left_at.is_(None))
    await tx.execute(gone.values(left_at=now))


_WITHOUT_US = select(server.c.id).where(server.c.left_at.is_not(None))  # built once: asked in each beat


async def without_us(tx: Tx) -> list[int]:
    """The servers from which the bot was removed."""
    return list((await tx.execute(_WITHOUT_US)).scalars())
