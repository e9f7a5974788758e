"""`outpost backup`, `outpost restore` and `outpost erase` on the command line, on both databases."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from bot.cli.verbs import app
from bot.people.members import Key
from bot.storage import Store
from bot.storage.key import keep_key
from bot.storage.sole import sole_bot
from bot.storage.tables import erased
from tests.people.planting import ELSEWHERE, ME, OTHER, bytes_of, dump, naming, plant

pytestmark = pytest.mark.store


@pytest.fixture(autouse=True)
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With PostgreSQL key and log lie in the working directory: a folder of this test's own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def file_url(migrated_file: Path, tmp_path: Path) -> str:
    """A migrated SQLite database, for what has nothing to do with which of the two it is."""
    (tmp_path / "outpost.sqlite3").write_bytes(migrated_file.read_bytes())
    return f"sqlite:///{tmp_path / 'outpost.sqlite3'}"


def outpost(url: str, *arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(app, [*arguments], env={"DATABASE_URL": url}, input=answer)


def doing(url: str, do: Any) -> Any:
    """Run a coroutine function on the open store."""

    async def run() -> Any:
        store = await Store.open(url)
        try:
            return await do(store)
        finally:
            await store.close()

    return asyncio.run(run())


def test_backup_erase_restore_and_the_member_stays_erased(store_url: str) -> None:
    """An older backup brings back everything but whoever was erased since; in the other server they are back."""
    doing(store_url, lambda store: plant(store, ME, ELSEWHERE, Key(ME.guild_id, OTHER)))
    assert outpost(store_url, "backup", "old.zip").exit_code == 0
    said = outpost(store_url, "erase", str(ME.user_id), "--server", str(ME.guild_id), "--yes")
    assert said.exit_code == 0 and "No older backup brings" in said.output, said.output
    elsewhere = doing(store_url, lambda store: dump(store, ELSEWHERE.guild_id))
    restored = outpost(store_url, "restore", "old.zip", "--replace")
    assert restored.exit_code == 0 and "Erased again, as they had asked since: 1." in restored.output
    here = doing(store_url, lambda store: dump(store, ME.guild_id))
    assert naming(here, ME.user_id) == [] and naming(here, OTHER) != []
    assert doing(store_url, lambda store: dump(store, ELSEWHERE.guild_id)) == elsewhere
    if store_url.startswith("sqlite"):
        assert ME.guild_id.to_bytes(8, "big") + ME.user_id.to_bytes(8, "big") not in bytes_of(store_url)


def test_a_younger_backup_keeps_what_they_told_anew(file_url: str) -> None:
    """Erased, come back, backed up, restored: what they told since is theirs and stays."""
    doing(file_url, lambda store: plant(store, ME))
    assert outpost(file_url, "erase", str(ME.user_id), "--yes").exit_code == 0
    doing(file_url, lambda store: plant(store, ME, seed=8))
    before = doing(file_url, dump)
    assert outpost(file_url, "backup", "young.zip").exit_code == 0
    assert outpost(file_url, "restore", "young.zip", "--replace").exit_code == 0
    assert doing(file_url, dump) == before


@pytest.mark.parametrize(
    ("store_url", "empty_url"), [("sqlite", "postgresql"), ("postgresql", "sqlite")], indirect=True
)
def test_a_lost_database_and_an_old_backup_on_a_new_machine(store_url: str, empty_url: str) -> None:
    """With key and erasures.log put beside it, an old backup is restored without the erased."""
    doing(store_url, lambda store: plant(store, ME))
    outpost(store_url, "backup", "old.zip")
    outpost(store_url, "erase", str(ME.user_id), "--yes")
    said = outpost(empty_url, "restore", "old.zip")
    assert said.exit_code == 0, said.output
    assert naming(doing(empty_url, dump), ME.user_id) == []


def test_erase_asks_first(file_url: str) -> None:
    """It says how much there is; a no changes nothing."""
    doing(file_url, lambda store: plant(store, ME))
    before = doing(file_url, dump)
    said = outpost(file_url, "erase", str(ME.user_id), answer="n\n")
    assert said.exit_code == 1 and "in 1 server:" in said.output and "Nothing was erased." in said.output
    assert doing(file_url, dump) == before


def test_erase_of_nobody_keeps_a_mark_all_the_same(file_url: str) -> None:
    """Somebody unknown now may stand in an older backup."""
    said = outpost(file_url, "erase", str(ME.user_id), "--yes")
    assert said.exit_code == 0 and "in 0 servers: 0 rows" in said.output

    async def marks(store: Store) -> int:
        async with store.read() as tx:
            return len((await tx.execute(select(erased))).all())

    assert doing(file_url, marks) == 1


async def test_not_under_a_running_bot_but_a_backup_may(store_url: str) -> None:
    """Erase and restore are refused in words; a backup only reads."""
    async with sole_bot(store_url):
        backed = await asyncio.to_thread(outpost, store_url, "backup", "b.zip")
        refused = [
            await asyncio.to_thread(outpost, store_url, *verb)
            for verb in (["erase", "1", "--yes"], ["restore", "b.zip"])
        ]
    assert backed.exit_code == 0, backed.output
    for said in refused:
        assert said.exit_code == 1 and "Stop it first" in said.output


def test_restore_without_the_key_says_what_is_missing(file_url: str, tmp_path: Path) -> None:
    """The key is not in the backup: without it nothing is touched, and none is made up."""
    outpost(file_url, "backup", "b.zip")
    (tmp_path / "outpost.key").unlink()
    said = outpost(file_url, "restore", "b.zip", "--replace")
    assert said.exit_code == 1 and "Put outpost.key of the backed-up bot" in said.output
    assert not (tmp_path / "outpost.key").exists()
    assert outpost(file_url, "restore", "b.zip", "--replace", "--other-key").exit_code == 0


def test_what_is_wrong_is_told_in_words(file_url: str, tmp_path: Path) -> None:
    """A cut off file, a full database, a file that is there: exit 1 and one sentence each, no traceback."""
    doing(file_url, lambda store: plant(store, ME))
    assert outpost(file_url, "backup", "b.zip").exit_code == 0
    again, full = outpost(file_url, "backup", "b.zip"), outpost(file_url, "restore", "b.zip")
    (tmp_path / "half.zip").write_bytes((tmp_path / "b.zip").read_bytes()[:500])
    half = outpost(file_url, "restore", "half.zip", "--replace")
    wrong = outpost(file_url, "erase", "ana")
    assert [said.exit_code for said in (again, full, half, wrong)] == [1, 1, 1, 2]
    assert (
        "is there already" in again.output and "--replace" in full.output and "no whole backup" in half.output
    )


def test_a_backup_tells_rows_and_the_key(file_url: str, tmp_path: Path) -> None:
    """What it holds, that it was checked, and where the key is that it doesn't hold."""
    doing(file_url, lambda store: plant(store, ME))
    said = outpost(file_url, "backup", "b.zip")
    assert "it was read again and is whole" in said.output and "outpost.key" in said.output
    assert len(keep_key(tmp_path / "outpost.key")) == 32


def test_the_real_program_shows_a_bar(file_url: str, tmp_path: Path) -> None:
    """As a process: exit 0, the bar on standard error, one line for a person on standard output."""
    doing(file_url, lambda store: plant(store, ME))
    environment = {"DATABASE_URL": file_url, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, "-m", "bot", "backup", "b.zip"]
    ran = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "backup" in ran.stderr and "rows at revision" in ran.stdout
