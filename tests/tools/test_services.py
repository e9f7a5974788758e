"""A PostgreSQL for the tests alone: it comes, it goes, or the reason is said."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest

from tools.services import Unavailable, chromium, postgresql, postgresql_binaries


def test_without_postgresql_and_apt_the_reason_is_said(tmp_path: Path) -> None:
    """Where there is neither, the words name what is missing."""
    with pytest.raises(Unavailable, match=r"^PostgreSQL not installable: no initdb .* no apt-get"):
        postgresql_binaries(places=[str(tmp_path)], path=str(tmp_path))


def test_a_half_installed_postgresql_does_not_count(tmp_path: Path) -> None:
    """A folder with initdb alone is not taken for a server."""
    (tmp_path / "initdb").touch(mode=0o755)
    with pytest.raises(Unavailable):
        postgresql_binaries(places=[str(tmp_path)], path=str(tmp_path))


def test_without_a_browser_and_apt_the_reason_is_said(tmp_path: Path) -> None:
    """Where there is neither, the words name what is missing; an agreed skip (tools/checks.py)."""
    with pytest.raises(Unavailable, match=r"^Chromium not installable: no browser .* no apt-get"):
        chromium(path=str(tmp_path))


def test_a_browser_on_the_path_is_taken_as_it_is(tmp_path: Path) -> None:
    """Whatever it is called by its maker, nothing is installed beside it."""
    program = tmp_path / "google-chrome"
    program.touch(mode=0o755)
    assert chromium(path=str(tmp_path)) == program


@pytest.mark.store
async def test_it_answers_and_leaves_nothing_behind(postgres: str) -> None:
    """Inside the block it answers; afterwards its port is closed and its folder gone. (Skips with `postgres`.)"""
    with postgresql() as address:
        connection = await asyncpg.connect(f"{address}/postgres")
        folder = Path(await connection.fetchval("SHOW data_directory"))
        await connection.close()
        assert address != postgres and folder.is_dir()  # noqa: ASYNC240
    assert not folder.parent.exists()
    with pytest.raises(OSError):
        await asyncpg.connect(f"{address}/postgres")
