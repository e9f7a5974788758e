"""One bot on one database, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage import Store, StoreError
from bot.storage.sole import sole_bot

pytestmark = pytest.mark.store


async def test_a_second_bot_is_refused_until_the_first_is_gone(store_url: str) -> None:
    """Refused in words that tell what to do; afterwards the database is free."""
    async with sole_bot(store_url):
        with pytest.raises(StoreError, match=r"Another bot already runs on .* Stop it first"):
            async with sole_bot(store_url):
                pass
    async with sole_bot(store_url):
        pass


async def test_others_may_read_and_write_meanwhile(store_url: str) -> None:
    """The lock keeps out bots, not the doctor."""
    async with sole_bot(store_url):
        store = await Store.open(store_url)
        async with store.begin(), store.read():
            pass
        await store.close()


async def test_a_folder_that_cannot_be_written_is_told() -> None:
    """No traceback for a database in a folder that isn't there."""
    with pytest.raises(StoreError, match="can't be written to"):
        async with sole_bot("sqlite:////nowhere/at/all/outpost.sqlite3"):
            pass


async def test_a_link_to_the_database_is_the_same_database(migrated_file: Path, tmp_path: Path) -> None:
    """Two names of one file are one database."""
    link = tmp_path / "link.sqlite3"
    link.symlink_to(migrated_file)
    async with sole_bot(f"sqlite:///{migrated_file}"):
        with pytest.raises(StoreError, match="Another bot"):
            async with sole_bot(f"sqlite:///{link}"):
                pass


async def test_no_server_there_is_told() -> None:
    """The lock is the first that `outpost run` asks a PostgreSQL for, so it says when there is none."""
    with pytest.raises(StoreError, match="cannot be reached"):
        async with sole_bot("postgresql://outpost:hunter2@127.0.0.1:1/outpost"):
            pass
