"""A person planted in every table, each text and number of theirs one that is found nowhere else."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Boolean, Integer, Table, Text, insert, select

from bot.people.kept import BY_TABLE, KEPT
from bot.people.members import Key
from bot.people.privacy import Claim, Kept
from bot.settings import Settings
from bot.storage import Store, Tx
from bot.storage.tables import metadata
from bot.storage.types import Instant
from tests.fakes import KEY

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
ME, OTHER = Key(1_111_111_111_111_111_111, 777_777_777_777_777_777), 888_888_888_888_888_888
ELSEWHERE = Key(2_222_222_222_222_222_222, ME.user_id)  # the same person in another server
ONE_A_SERVER = {"server": "id", "review_setting": "guild_id", "meet_setting": "guild_id"}  # table → its key
PEOPLE = {  # columns that name somebody
    *(claim.column for kept in KEPT for claim in kept.claims if claim.how == "id"),
}
NOT_ANY: Mapping[tuple[str, str], object] = {  # what a flow reads that is asked before rows go
    ("meet_draw", "week"): "2026-08-31",
    ("meet_draw", "next_at"): None,  # everybody was told
    ("meet_match", "week"): "2026-08-31",
}

Row = dict[str, Any]


@dataclass
class Planter:
    """Invents rows. `marks`: every text it planted, with (table, claim, column) it stands in."""

    seed: int = 7
    marks: dict[str, tuple[str, Claim | None, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)

    async def everything(self, tx: Tx, key: Key) -> None:
        """One row for each way in which a row can be about somebody, and one where nobody is named."""
        for kept in (one for one in KEPT if one.table != "erased"):
            for claim in kept.claims or (None,):
                await self.row(tx, kept, claim, key)

    async def row(
        self, tx: Tx, kept: Kept, claim: Claim | None, key: Key, given: Mapping[str, object] | None = None
    ) -> Row:
        """A row that this claim makes theirs; `given` overrides what is invented."""
        table = metadata.tables[kept.table]
        row = {column.name: self._value(table, column.name) for column in table.c}
        for name in row:
            if name in PEOPLE:
                row[name] = OTHER + self._dice.randrange(1 << 40)
        if kept.guild is not None:
            row[kept.guild] = key.guild_id
        row |= {} if claim is None else dict(claim.when)
        for link in table.foreign_keys:
            row[link.parent.name] = await self._above(tx, link.column.table.name, claim, key)
        if claim is not None and not claim.of_parent:
            row[claim.column] = self._name(claim, key)
        row |= given or {}
        if kept.table in ONE_A_SERVER:  # the second claim joins the first
            own = ONE_A_SERVER[kept.table]
            gone = table.delete().where(table.c[own] == row[own]).returning(table)
            before = dict((await tx.execute(gone)).mappings().first() or {})
            row |= before | {
                name: row[name] for name in (claim.column if claim else "", *(given or ())) if name
            }
        await tx.execute(insert(table), row)
        for name, value in row.items():
            if isinstance(value, str) and len(value) >= 16:
                self.marks[value] = kept.table, claim, name
        return row

    async def _above(self, tx: Tx, name: str, claim: Claim | None, key: Key) -> int:
        """A row for another to belong to, theirs if that is what the claim says; gives its id."""
        above = BY_TABLE[name]
        theirs = next(
            (one for one in above.claims if claim and claim.of_parent and one.column == claim.column), None
        )
        number: int = (await self.row(tx, above, theirs, key))["id"]
        return number

    def _name(self, claim: Claim, key: Key) -> object:
        if claim.how == "id":
            return key.user_id
        return str(key.user_id) if claim.how == "digits" else f'"{self.word()} {key.user_id} {self.word()}"'

    def _value(self, table: Table, name: str) -> Any:
        if (table.name, name) in NOT_ANY:
            return NOT_ANY[table.name, name]
        kind = table.c[name].type
        if isinstance(kind, Boolean):
            return False
        if isinstance(kind, Instant):
            return NOON - timedelta(minutes=self._dice.randrange(1, 60))
        if isinstance(kind, Integer | BigInteger):
            small = isinstance(kind, Integer) and not isinstance(kind, BigInteger)
            return self._dice.randrange(1, 1 << 30 if small else 1 << 62)
        assert isinstance(kind, Text), (table.name, name)
        if name in BY_TABLE[table.name].json:
            return f'"{self.word()}"'
        return self.word()

    def word(self) -> str:
        """A text of 16 letters that stands nowhere else."""
        return "".join(self._dice.choices("abcdefghijklmnopqrstuvwxyz", k=16))


async def plant(store: Store, *keys: Key, seed: int = 7) -> Planter:
    planter = Planter(seed)
    async with store.begin() as tx:
        for key in keys:
            await planter.everything(tx, key)
    return planter


async def dump(store: Store, guild_id: int | None = None) -> dict[str, list[Row]]:
    """Every row of every table, or those of one server (and what belongs to them)."""
    found: dict[str, list[Row]] = {}
    async with store.read() as tx:
        for kept in KEPT:
            table = metadata.tables[kept.table]
            rows = (await tx.execute(select(table).order_by(*table.primary_key))).mappings()
            mine = [dict(row) for row in rows]
            if guild_id is not None and kept.guild is not None:
                mine = [row for row in mine if row[kept.guild] == guild_id]
            found[kept.table] = mine
        if guild_id is not None:
            del found["erased"]
            cases = {row["id"] for row in found["case_file"]}
            found["case_entry"] = [row for row in found["case_entry"] if row["case_id"] in cases]
    return found


def naming(rows: dict[str, list[Row]], user_id: int) -> list[tuple[str, str]]:
    """(table, column) of everything that holds this person's id, as a number or inside a text."""
    return [
        (table, name)
        for table, theirs in rows.items()
        for row in theirs
        for name, value in row.items()
        if value == user_id or (isinstance(value, str) and str(user_id) in value)
    ]


def claims() -> Iterator[tuple[Kept, Claim]]:
    """Every way in which a row can be about somebody."""
    yield from ((kept, claim) for kept in KEPT for claim in kept.claims)


@dataclass(frozen=True)
class Parts:
    """What privacy and retention need of an App (bot.people.flow.privacy.Holder)."""

    store: Store
    settings: Settings
    key: bytes = KEY


def parts(store: Store, url: str) -> Parts:
    return Parts(store, Settings(database_url=url))


def bytes_of(url: str) -> bytes:
    """Everything SQLite keeps on the disk: the file, its WAL and its index."""
    file = url.removeprefix("sqlite:///")
    return b"".join(
        Path(f"{file}{end}").read_bytes() for end in ("", "-wal", "-shm") if Path(f"{file}{end}").exists()
    )
