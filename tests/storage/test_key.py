"""The key of keyed hashes: made once, readable by its owner alone, never silently another one."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.storage import StoreError
from bot.storage.key import keep_key, key_file


def test_it_lies_beside_the_database_unless_chosen_otherwise() -> None:
    """With PostgreSQL, which has no folder here, it lies where the bot was started."""
    assert key_file("sqlite:////data/outpost.sqlite3", None) == Path("/data/outpost.key")
    assert key_file("sqlite:///outpost.sqlite3", None) == Path("outpost.key")
    assert key_file("postgresql://me@host/outpost", None) == Path("outpost.key")
    assert key_file("sqlite:////data/outpost.sqlite3", Path("/safe/key")) == Path("/safe/key")


def test_it_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    """32 random bytes, mode 0600 whatever the umask, nothing else left in the folder; then it stays."""
    before = os.umask(0)
    try:
        key = keep_key(tmp_path / "outpost.key")
    finally:
        os.umask(before)
    assert len(key) == 32 and keep_key(tmp_path / "outpost.key") == key
    assert stat.S_IMODE((tmp_path / "outpost.key").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["outpost.key"]
    assert keep_key(tmp_path / "another.key") != key


def test_two_who_make_it_at_once_have_the_same(tmp_path: Path) -> None:
    """Whoever comes second reads the first one's."""
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(keep_key, [tmp_path / "outpost.key"] * 8))
    assert len(keys) == 1


@pytest.mark.parametrize("text", ["", "\n", "short", "zz" * 32, "00" * 31, "00" * 33, "ключ"])
def test_what_is_no_key_is_refused_and_left_alone(tmp_path: Path, text: str) -> None:
    """A damaged key is never replaced: every mark in the database would mean nothing."""
    file = tmp_path / "outpost.key"
    file.write_text(text, "utf-8")
    with pytest.raises(StoreError, match="is not a key of Outpost"):
        keep_key(file)
    assert file.read_text("utf-8") == text


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    """The message names the file and the setting."""
    with pytest.raises(StoreError, match=r"nowhere/outpost\.key can't be used: .*KEY_FILE"):
        keep_key(tmp_path / "nowhere" / "outpost.key")
