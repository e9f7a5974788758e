"""`outpost run` as a process: without a token, and stopped in the middle of its day."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from sandbox import Sandbox

OUTPOST = Path(sys.executable).parent / "outpost"


def without_settings() -> dict[str, str]:
    ours = ("DISCORD_", "DATABASE_URL", "FEEDS_FILE", "LOG_", "MEMBERS_", "BOT_NAME", "CONTACT_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def test_without_a_token_it_says_in_one_line_what_to_do(tmp_path: Path) -> None:
    """Exit 2, one line, and no database is made."""
    ran = subprocess.run(
        [OUTPOST, "run"], capture_output=True, text=True, timeout=60, env=without_settings(), cwd=tmp_path
    )
    assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (2, "", 1)
    assert "DISCORD_TOKEN" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_wrong_settings_are_all_told(tmp_path: Path) -> None:
    """Exit 2, a line each, before anything is opened."""
    wrong = {
        "DISCORD_API_BASE": "https://evil.example/api/v10",
        "LOG_LEVEL": "LOUD",
        "DISCORD_TOKEN": "a.b.c",
    }
    ran = subprocess.run(
        [OUTPOST, "run"],
        capture_output=True,
        text=True,
        timeout=60,
        env=without_settings() | wrong,
        cwd=tmp_path,
    )
    assert (ran.returncode, len(ran.stderr.splitlines())) == (2, 2)


async def test_sigterm_ends_it_with_zero_and_no_secret_in_its_log(tmp_path: Path) -> None:
    """Connected by the real discord.py over the wire; its log is JSON, and holds the token nowhere."""
    (tmp_path / "feeds.yaml").write_text("version: 1\nfeeds: []\n", "utf-8")
    async with Sandbox() as sandbox:
        given = {
            "DISCORD_TOKEN": sandbox.token,
            "DISCORD_API_BASE": sandbox.rest,
            "DISCORD_GATEWAY_URL": sandbox.gateway,
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "DEBUG",
        }
        bot = await asyncio.create_subprocess_exec(
            *(OUTPOST, "run"), env=without_settings() | given, cwd=tmp_path, stderr=asyncio.subprocess.PIPE
        )
        await sandbox.bot_ready()
        bot.send_signal(signal.SIGTERM)
        _, written = await bot.communicate()
    log = written.decode()
    assert bot.returncode == 0, log
    assert all(json.loads(line)["level"] for line in log.splitlines())
    assert sandbox.token not in log
    assert "nothing is left half-said" in log


async def test_sigterm_while_it_connects_ends_it_too(tmp_path: Path) -> None:
    """Logged in, but the gateway cuts it off each time: it would try for ever, and ends when told to."""
    (tmp_path / "feeds.yaml").write_text("version: 1\nfeeds: []\n", "utf-8")
    async with Sandbox() as sandbox:
        sandbox.faults.add(when="before", method="GATEWAY", route="^READY$", drop=True, times=99)
        given = {
            "DISCORD_TOKEN": sandbox.token,
            "DISCORD_API_BASE": sandbox.rest,
            "DISCORD_GATEWAY_URL": sandbox.gateway,
        }
        bot = await asyncio.create_subprocess_exec(
            *(OUTPOST, "run"), env=without_settings() | given, cwd=tmp_path, stderr=asyncio.subprocess.PIPE
        )
        await sandbox.until(lambda: sandbox.sockets.identifies >= 1)
        bot.send_signal(signal.SIGTERM)
        _, written = await bot.communicate()
    assert bot.returncode == 0, written.decode()
