"""Somebody goes for good: the real bot met them, the operator erases them, and an older backup is restored."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.moderation.rights import Person
from bot.people.flow import members, privacy
from bot.people.members import Key
from bot.ports import Now
from tests.end_to_end.town import Town

pytestmark = pytest.mark.wire

ROOT = Path(__file__).resolve().parents[2]


async def outpost(town: Town, *arguments: str) -> str:
    """A verb of the real program on this town's database; gives what it said, once it has ended well."""
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{town.folder / 'outpost.sqlite3'}",
        "PYTHONPATH": str(ROOT),
    }
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=town.folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await running.communicate()
    assert running.returncode == 0, said.decode()
    return said.decode()


async def arrive(town: Town, name: str) -> Key:
    """They press something about people for the first time, and tell a wish."""
    who, now = town.sandbox.member(name), now_of(town)
    key = Key(who.guild.id, who.user.id)
    await members.met(town.bot.app, Person(key.user_id, key.guild_id, manages=False), now())
    await members.change(town.bot.app, key, now(), wishes=("jobs",))
    return key


def now_of(town: Town) -> Now:
    return town.sandbox.clock.now


async def test_an_older_backup_does_not_bring_them_back(town: Town) -> None:
    """Backed up beside the running bot, erased while it is stopped, restored: ana is nobody, mo is still known."""
    ana, mo = await arrive(town, "ana"), await arrive(town, "mo")
    assert "is whole" in await outpost(town, "backup", "old.zip")
    await town.stop()
    await outpost(town, "erase", str(ana.user_id), "--yes")
    assert "Erased again" in await outpost(town, "restore", "old.zip", "--replace")
    await town.start()
    assert await members.member(town.bot.app, ana) is None
    kept = await members.member(town.bot.app, mo)
    assert kept is not None and kept.wishes == ("jobs",)
    assert await privacy.servers_of(town.bot.app, ana.user_id) == []


async def test_erased_under_the_running_bot_no_byte_stays(town: Town) -> None:
    """As /me privacy does it, with the bot's own readers open: file and WAL hold nothing of ana, and all of mo."""
    ana, mo = await arrive(town, "ana"), await arrive(town, "mo")
    done = await privacy.erase(town.bot.app, ana, now_of(town)())
    assert done.rows > 0 and done.clean
    files = [file for file in town.folder.iterdir() if file.name.startswith("outpost.sqlite3")]
    there = b"".join(file.read_bytes() for file in files)
    assert ana.user_id.to_bytes(8, "big").lstrip(b"\0") not in there
    assert mo.user_id.to_bytes(8, "big").lstrip(b"\0") in there
