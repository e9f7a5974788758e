"""What somebody sees, takes away and erases of what is about them; and that an older backup can't bring them back."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.app import App
from bot.checkins.flow import joining
from bot.meets.flow import erasing as meets
from bot.people.keyed import block_mark
from bot.people.members import Key
from bot.people.privacy import EVERYWHERE, FORMAT, erased_mark, told
from bot.people.store import privacy as store
from bot.reviews.flow import erasing as reviews
from bot.settings import Settings
from bot.storage import Store, StoreError, Tx
from bot.storage import erasures as erasures_log

log = logging.getLogger(__name__)


class Holder(Protocol):
    """What these need of an App; `outpost erase` has no more than this."""

    @property
    def store(self) -> Store: ...
    @property
    def key(self) -> bytes: ...
    @property
    def settings(self) -> Settings: ...


@dataclass(frozen=True, slots=True)
class Erased:
    """rows: that went or lost a name. clean: their bytes went, too; a long reader puts that off to the daily duty."""

    rows: int
    clean: bool


# -- to see and to take away ---------------------------------------------------------------------


async def servers_of(app: Holder, user_id: int) -> list[int]:
    """Every server where anything is about this person, also those they left."""
    async with app.store.read() as tx:
        return await store.servers_of(tx, user_id)


async def held(app: Holder, key: Key) -> dict[str, int]:
    """Table → how many of its rows are theirs and shown to them; tables with none are left out."""
    async with app.store.read() as tx:
        found = await store.rows(tx, key)
    numbers: dict[str, int] = {}
    for kept, _, _ in found:
        numbers[kept.table] = numbers.get(kept.table, 0) + 1
    return numbers


async def to_erase(app: Holder, key: Key) -> dict[str, int]:
    """Table → how many of its rows erasing would take away or take their name from."""
    async with app.store.read() as tx:
        return await store.count(tx, key)


async def export(app: Holder, key: Key, now: datetime) -> bytes:
    """Everything about somebody in one server that they may know, as JSON; one view of the database."""
    async with app.store.read() as tx:
        return _written([await _export(tx, key, now)], key.user_id, now)


async def export_everywhere(app: Holder, user_id: int, now: datetime) -> bytes:
    """The same for every server there is anything in; one view of the database."""
    async with app.store.read() as tx:
        servers = [
            await _export(tx, Key(guild_id, user_id), now) for guild_id in await store.servers_of(tx, user_id)
        ]
        return _written(servers, user_id, now)


async def _export(tx: Tx, key: Key, now: datetime) -> dict[str, Any]:
    tables: dict[str, list[dict[str, Any]]] = {}
    for kept, claim, row in await store.rows(tx, key):
        line = told(kept, claim, row, now)
        if claim.becomes is not None:  # the row is somebody else's: say what makes it theirs, too
            line = {"your_part": claim.column, **line}
        tables.setdefault(kept.table, []).append(line)
    return {"server": str(key.guild_id), "tables": tables}


def _written(servers: list[dict[str, Any]], user_id: int, now: datetime) -> bytes:
    whole = {"format": FORMAT, "made_at": now.isoformat(), "member": str(user_id), "servers": servers}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


# -- to erase ------------------------------------------------------------------------------------


async def erase(app: Holder, key: Key, now: datetime) -> Erased:
    """Erase somebody from one server: every row in one transaction, then every byte. Twice is once."""
    return await _erase(app, [key], {erased_mark(app.key, key.guild_id, key.user_id): now}, now)


async def erase_everywhere(app: Holder, user_id: int, now: datetime) -> Erased:
    """The same in every server, in one transaction; an older backup of a server that is unknown now counts, too."""
    keys = [Key(guild_id, user_id) for guild_id in await servers_of(app, user_id)]
    return await _erase(app, keys, {erased_mark(app.key, EVERYWHERE, user_id): now}, now)


async def _erase(app: Holder, keys: list[Key], marks: Mapping[str, datetime], now: datetime) -> Erased:
    if isinstance(app, App):  # `outpost erase` has no Discord: the bot closes their threads in time
        for key in keys:
            await reviews.step_out(app, key)
            await meets.step_out(app, key)
    async with app.store.begin() as tx:
        rows = sum([await erase_in(tx, app.key, key, now) for key in keys])
        await store.remember_erasures(tx, marks)
    try:
        await asyncio.to_thread(erasures_log.append, erasures_log.erasures_file(_url(app)), marks)
    except StoreError:
        log.exception("an erasure is done but not in the log; `keep_erased` adds it")
    return Erased(rows, await app.store.scrub() if rows else True)


async def erase_in(tx: Tx, secret: bytes, key: Key, now: datetime) -> int:
    """Erase somebody from one server in the caller's transaction. Whoever guarded against them never meets them."""
    guarding = await store.guarded_against_by(tx, key)
    marks = [block_mark(secret, key.guild_id, who, key.user_id) for who in guarding]
    await store.keep_nameless_blocks(tx, key.guild_id, marks, now)
    await joining.forget(tx, key, now)
    rows = await reviews.erase(tx, key, now) + await meets.forget(tx, key, now)
    return rows + await store.erase(tx, key)


# -- erased stays erased -------------------------------------------------------------------------


async def keep_erased(app: Holder, now: datetime) -> int:
    """At each start: when the database is older than erasures.log, erase again; when the log lacks some, add them.

    Gives how many people were erased again.
    """
    file = erasures_log.erasures_file(_url(app))
    noted = await asyncio.to_thread(erasures_log.read, file)
    async with app.store.begin() as tx:
        again = await erase_again(tx, app.key, noted, now)
        known = await store.erasures(tx)
    missing = {mark: at for mark, at in known.items() if mark not in noted or noted[mark] < at}
    await asyncio.to_thread(erasures_log.append, file, missing)
    if again:
        log.warning("erased %d people again: the database was older than %s", again, file)
        await app.store.scrub()
    return again


async def erase_again(tx: Tx, secret: bytes, noted: Mapping[str, datetime], now: datetime) -> int:
    """Erase whoever was erased after this database was kept; gives how many people.

    What somebody told anew after their erasure is theirs to keep: a database that knows of the erasure is younger.
    """
    known = await store.erasures(tx)
    newer = {mark: at for mark, at in noted.items() if mark not in known or known[mark] < at}
    if not newer:
        return 0
    gone = [
        key
        for key in await store.everybody(tx)
        if not newer.keys().isdisjoint(
            erased_mark(secret, at, key.user_id) for at in (key.guild_id, EVERYWHERE)
        )
    ]
    for key in gone:
        await erase_in(tx, secret, key, now)
    await store.remember_erasures(tx, newer)
    return len(gone)


def _url(app: Holder) -> str:
    return app.settings.database_url
