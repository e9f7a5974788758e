"""Backup and restore: one view, checked, wholly or not at all, from each database into each."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from bot.people.keyed import mark
from bot.storage import Store, StoreError, Tx, archive, backup, erasures, migrate, restore
from bot.storage.revisions import head
from bot.storage.tables import erased, feed, guard, metadata, opening
from tests.fakes import KEY
from tests.people.planting import ELSEWHERE, ME, bytes_of, dump, plant

pytestmark = pytest.mark.store
ROOT = Path(__file__).resolve().parents[2]
MADE = datetime(2026, 9, 8, tzinfo=UTC)
SEAL: archive.Seal = partial(mark, KEY, "backup")
EMPTY_URL = "sqlite:///{}"
# All four ways are gone once, by test_what_is_restored_is_what_was_kept; the others cross over.
ACROSS = [("sqlite", "postgresql"), ("postgresql", "sqlite")]


@pytest.fixture(autouse=True)
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With PostgreSQL the log of erasures lies in the working directory: a folder of this test's own."""
    monkeypatch.chdir(tmp_path)


def deaf(_: int) -> None:
    """Nobody looks at the bar."""


async def nothing_more(tx: Tx, noted: Mapping[str, datetime]) -> None:
    """A restore without anybody to erase again."""


async def back_up(url: str, file: Path, tell: archive.Tell = deaf) -> archive.Manifest:
    async with backup.source(url) as source:
        return await backup.write(source, file, url, SEAL, MADE, tell)


async def bring_back(
    url: str, file: Path, *, replace: bool = False, seal: archive.Seal | None = SEAL
) -> None:
    with archive.opened(file, seal) as opened:
        await restore.restore(url, opened, nothing_more, deaf, replace=replace)


async def test_what_is_restored_is_what_was_kept(
    store: Store, store_url: str, empty_url: str, tmp_path: Path
) -> None:
    """Every row of every table, from each database into each; the store opens, and its bar reached the end."""
    await plant(store, ME, ELSEWHERE)
    before, done = await dump(store), []
    manifest = await back_up(store_url, tmp_path / "b.zip", done.append)
    await store.close()
    assert manifest.rows == sum(done) == sum(map(len, before.values()))
    assert (manifest.revision, manifest.made_at) == (head(), MADE)
    await bring_back(empty_url, tmp_path / "b.zip")
    restored = await Store.open(empty_url)
    assert await dump(restored) == before
    await restored.close()


@pytest.mark.parametrize(("store_url", "empty_url"), ACROSS, indirect=True)
async def test_a_number_is_never_given_twice(
    store: Store, store_url: str, empty_url: str, tmp_path: Path
) -> None:
    """The highest number was of a row that is gone: after a restore the next one is higher still."""
    row = {"guild_id": 1, "user_id": 2, "kind": "company", "name": "n", "made_at": MADE}
    async with store.begin() as tx:
        for number in range(3):
            await tx.execute(insert(guard), row | {"mark": str(number)})
        await tx.execute(guard.delete().where(guard.c.mark != "0"))
    await back_up(store_url, tmp_path / "b.zip")
    await bring_back(empty_url, tmp_path / "b.zip")
    restored = await Store.open(empty_url)
    async with restored.begin() as tx:
        new = (await tx.execute(insert(guard).returning(guard.c.id), row | {"mark": "3"})).scalar_one()
    await restored.close()
    assert new == 4


async def test_it_is_one_view_while_the_bot_writes(store: Store, store_url: str, tmp_path: Path) -> None:
    """What is committed after the backup began is not in it, in whatever table; nobody had to wait."""
    await plant(store, ME)
    before = await dump(store)
    async with backup.source(store_url) as source:
        await plant(store, ELSEWHERE, seed=9)
        await backup.write(source, tmp_path / "b.zip", store_url, SEAL, MADE, deaf)
    with archive.opened(tmp_path / "b.zip", SEAL) as opened:
        assert {name: sheet.rows for name, sheet in opened.manifest.tables.items()} == {
            name: len(rows) for name, rows in before.items()
        }


async def test_a_full_database_is_left_alone(store: Store, store_url: str, tmp_path: Path) -> None:
    """Without --replace a database with rows is refused; with it, only what the backup holds is there."""
    await plant(store, ME)
    await back_up(store_url, tmp_path / "b.zip")
    then = await dump(store)
    await plant(store, ELSEWHERE, seed=9)
    later = await dump(store)
    await store.close()
    with pytest.raises(StoreError, match=r"holds data already .* --replace"):
        await bring_back(store_url, tmp_path / "b.zip")
    opened = await Store.open(store_url)
    assert await dump(opened) == later
    await opened.close()
    await bring_back(store_url, tmp_path / "b.zip", replace=True)
    opened = await Store.open(store_url)
    assert await dump(opened) == then
    await opened.close()


async def test_an_older_backup_is_brought_up_to_date(empty_url: str, tmp_path: Path) -> None:
    """Made at the first revision, it is loaded into that revision's tables and then migrated."""
    async with migrate.changing(empty_url) as connection:
        await migrate.upgrade_on(connection, "0001")
        await connection.execute(
            text("INSERT INTO server (id, moderators_channel_id, changed_by, changed_at) VALUES (1, 2, 3, 4)")
        )
    manifest = await back_up(empty_url, tmp_path / "b.zip")
    assert manifest.revision == "0001" and "member" not in manifest.tables
    await bring_back(empty_url, tmp_path / "b.zip", replace=True)
    store = await Store.open(empty_url)
    async with store.read() as tx:
        row = (await tx.execute(select(metadata.tables["server"]))).mappings().one()
    await store.close()
    assert (row["id"], row["moderators_channel_id"], row["safety_role_id"]) == (1, 2, None)


@pytest.mark.parametrize(("store_url", "empty_url"), ACROSS, indirect=True)
async def test_the_log_goes_along(store: Store, store_url: str, empty_url: str, tmp_path: Path) -> None:
    """Who was erased is told to `finish` from the log, the backup and the replaced database, the newest counts."""
    later = datetime(2026, 9, 9, tzinfo=UTC)
    erasures.append(erasures.erasures_file(store_url), {"a" * 32: MADE})
    await back_up(store_url, tmp_path / "b.zip")
    erasures.erasures_file(store_url).unlink()
    erasures.append(erasures.erasures_file(store_url), {"b" * 32: MADE})
    async with store.begin() as tx:
        await tx.execute(insert(erased), [{"mark": "c" * 32, "at": MADE}, {"mark": "b" * 32, "at": later}])
    await store.close()
    told: dict[str, datetime] = {}

    async def listen(tx: Tx, noted: Mapping[str, datetime]) -> None:
        told.update(noted)

    with archive.opened(tmp_path / "b.zip", SEAL) as opened:
        await restore.restore(store_url, opened, listen, deaf, replace=True)
    assert told == {"a" * 32: MADE, "b" * 32: later, "c" * 32: MADE}


@dataclass(frozen=True)
class Harm:
    """Something that befalls a backup file, and what is said of it."""

    do: Callable[[Path], None]
    said: str


def rewritten(file: Path, name: str, change: Callable[[bytes], bytes | None]) -> None:
    """The same zip with one member changed, or left out."""
    with zipfile.ZipFile(file) as zipped:
        members = {one: zipped.read(one) for one in zipped.namelist()}
    with zipfile.ZipFile(file, "w") as zipped:
        for one, content in members.items():
            new = change(content) if one == name else content
            if new is not None:
                zipped.writestr(one, new)


def more_rows(manifest: bytes) -> bytes:
    """A manifest that agrees with a changed table: only the seal can tell."""
    said = json.loads(manifest)
    said["tables"]["member"]["rows"] += 1
    return json.dumps(said).encode()


HARMS = {
    "cut off": Harm(lambda f: os.truncate(f, f.stat().st_size // 2), "is no whole backup"),
    "empty": Harm(lambda f: os.truncate(f, 0), "is no whole backup"),
    "gone": Harm(Path.unlink, "There is no file"),
    "another text": Harm(
        lambda f: rewritten(f, "tables/member.jsonl", lambda b: b[::-1]), "was changed.*member"
    ),
    "a row less": Harm(
        lambda f: rewritten(f, "tables/member.jsonl", lambda b: b.partition(b"\n")[2]), "was changed.*member"
    ),
    "a table less": Harm(lambda f: rewritten(f, "tables/look.jsonl", lambda b: None), "is no whole backup"),
    "no manifest": Harm(lambda f: rewritten(f, "manifest.json", lambda b: None), "is no whole backup"),
    "a manifest that is none": Harm(
        lambda f: rewritten(f, "manifest.json", lambda b: b"[]"), "is no whole backup"
    ),
    "a manifest that agrees": Harm(lambda f: rewritten(f, "manifest.json", more_rows), "was changed after"),
    "another log": Harm(lambda f: rewritten(f, "erasures.log", lambda b: b"x\n"), "was changed.*erasures"),
    "newer": Harm(
        lambda f: rewritten(f, "manifest.json", lambda b: b.replace(b'"format": 1', b'"format": 2')),
        "newer Outpost",
    ),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
async def test_a_harmed_file_is_refused_before_anything_is_touched(
    sqlite_store: Store, tmp_path: Path, harm: Harm
) -> None:
    """Refused in words; the database is byte for byte what it was."""
    url = f"sqlite:///{tmp_path / 'outpost0.sqlite3'}"
    await plant(sqlite_store, ME)
    await back_up(url, tmp_path / "b.zip")
    await sqlite_store.close()
    before = bytes_of(url)
    harm.do(tmp_path / "b.zip")
    with pytest.raises(StoreError, match=f"(?s){harm.said}"):
        await bring_back(url, tmp_path / "b.zip", replace=True)
    assert bytes_of(url) == before


async def test_a_bit_that_flips_anywhere_is_seen(sqlite_store: Store, tmp_path: Path) -> None:
    """One wrong byte at many places of the file: never restored. (What only pads the zip's own tables is no harm.)"""
    url = f"sqlite:///{tmp_path / 'outpost0.sqlite3'}"
    await plant(sqlite_store, ME)
    await back_up(url, tmp_path / "b.zip")
    whole = (tmp_path / "b.zip").read_bytes()
    with archive.opened(tmp_path / "b.zip", SEAL) as opened:
        rows = {name: list(opened.batches(name, 100)) for name in opened.manifest.tables}
    seen = 0
    for at in range(0, len(whole), 211):
        (tmp_path / "c.zip").write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            with archive.opened(tmp_path / "c.zip", SEAL) as opened:
                assert {name: list(opened.batches(name, 100)) for name in opened.manifest.tables} == rows
        except StoreError:
            seen += 1
    assert seen > len(whole) // 211 // 2


async def test_another_key_is_told(sqlite_store: Store, tmp_path: Path) -> None:
    """Its hashes would mean nobody: refused, unless the operator says that the key is lost."""
    url, other = f"sqlite:///{tmp_path / 'outpost0.sqlite3'}", partial(mark, b"another", "backup")
    await back_up(url, tmp_path / "b.zip")
    with pytest.raises(StoreError, match=r"another key.*--other-key"):
        await bring_back(EMPTY_URL.format(tmp_path / "new.sqlite3"), tmp_path / "b.zip", seal=other)
    await bring_back(EMPTY_URL.format(tmp_path / "new.sqlite3"), tmp_path / "b.zip", seal=None)


async def test_no_key_is_inside_and_nobody_else_may_read_it(sqlite_store: Store, tmp_path: Path) -> None:
    """A lost backup doesn't tell whom a hash means; the file is its owner's alone."""
    await back_up(f"sqlite:///{tmp_path / 'outpost0.sqlite3'}", tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as zipped:
        inside = b"".join(map(zipped.read, zipped.namelist()))
    assert KEY not in inside and KEY.hex().encode() not in inside
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600


async def test_a_backup_never_overwrites(sqlite_store: Store, tmp_path: Path) -> None:
    """A file of that name stays what it is; nothing half-made is left anywhere."""
    url = f"sqlite:///{tmp_path / 'outpost0.sqlite3'}"
    (tmp_path / "b.zip").write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        await back_up(url, tmp_path / "b.zip")
    with pytest.raises(StoreError, match="can't be written"):
        await back_up(url, tmp_path / "nowhere" / "b.zip")
    assert (tmp_path / "b.zip").read_text() == "mine" and "b.zip.part" not in os.listdir(tmp_path)


async def test_nothing_to_back_up(tmp_path: Path, empty_url: str) -> None:
    """No database, or one without tables, is told in words, and no file is made."""
    with pytest.raises(StoreError, match=r"There is no database|not set up yet"):
        await back_up(empty_url, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


KILLED = """
import asyncio, sys
from functools import partial
from pathlib import Path
from bot.people.keyed import mark
from bot.storage import archive, restore
from bot.storage.errors import StoreError

async def main(url, file, stop_at):
    done = 0
    def tell(rows):
        nonlocal done
        done += rows
        if done >= stop_at:
            print("loading", flush=True)
            sys.stdin.read()
    async def finish(tx, noted):
        print("loaded", flush=True)
        sys.stdin.read()
    with archive.opened(Path(file), partial(mark, bytes(range(32)), "backup")) as opened:
        await restore.restore(url, opened, finish, tell, replace=True)

asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
"""


@pytest.mark.parametrize("stop_at", [1, 10**9], ids=["at the first rows", "before the last word"])
async def test_a_killed_restore_leaves_the_old_database(
    store: Store, store_url: str, tmp_path: Path, stop_at: int
) -> None:
    """kill -9 in the middle: every row is as before, and the database opens."""
    await plant(store, ME)
    await back_up(store_url, tmp_path / "b.zip")
    await plant(store, ELSEWHERE, seed=9)
    before = await dump(store)
    await store.close()
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", KILLED, store_url, str(tmp_path / "b.zip"), str(stop_at)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert (await child.stdout.readline()).strip() in (b"loading", b"loaded")
    child.send_signal(signal.SIGKILL)
    await child.wait()
    opened = await Store.open(store_url)
    assert await dump(opened) == before
    await opened.close()


async def test_many_rows_come_back_in_order(sqlite_store: Store, tmp_path: Path) -> None:
    """More than one batch, texts in every script, and what lies on a batch's edge."""
    url = f"sqlite:///{tmp_path / 'outpost0.sqlite3'}"
    rows = [
        {"id": f"f{number:05}", "url": f'https://x.example/ぃ\n"{number}"', "next_read_at": MADE}
        for number in range(2001)
    ]
    async with sqlite_store.begin() as tx:
        await tx.execute(insert(feed), rows)
    await back_up(url, tmp_path / "b.zip")
    new = EMPTY_URL.format(tmp_path / "new.sqlite3")
    await bring_back(new, tmp_path / "b.zip")
    restored = await Store.open(new)
    async with restored.read() as tx:
        found = [tuple(row) for row in await tx.execute(select(feed.c.id, feed.c.url).order_by(feed.c.id))]
        assert (await tx.execute(select(opening))).all() == []
    await restored.close()
    assert found == [(row["id"], row["url"]) for row in rows]
