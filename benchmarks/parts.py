"""What the benchmarks share: processes that speak Discord, and the assembled bot on the sandbox's clock."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.cli.wiring import Bot, assembled
from bot.jobs.flow import subscriptions
from bot.jobs.subscriptions import Preset
from bot.moderation.rights import Person
from bot.settings import Settings
from sandbox import Sandbox

Tell = Callable[[str], None]
"""Shows one line of progress in place of the line before."""

ROOT = Path(__file__).resolve().parents[1]
GRACE_S = 15  # from SIGTERM to SIGKILL
NO_FEEDS = "version: 1\nfeeds: []\n"


@asynccontextmanager
async def bot_process(
    sandbox: Sandbox, *command: str, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m command…` pointed at the sandbox; ended afterwards. Its standard output is a pipe.

    settings: further variables of its environment. An error in the block is given the process's last words.
    """
    environment = os.environ | settings
    environment |= {"DISCORD_TOKEN": sandbox.token, "DISCORD_API_BASE": sandbox.rest, "LOG_LEVEL": "ERROR"}
    environment |= {"DISCORD_GATEWAY_URL": sandbox.gateway}
    with tempfile.TemporaryFile() as words:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *command),
            env=environment,
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=words,
        )
        try:
            yield process
        except BaseException as error:
            words.seek(0)
            error.add_note(f"{' '.join(command)} said: {words.read()[-2000:].decode(errors='replace')}")
            raise
        finally:
            await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), GRACE_S)
    except TimeoutError:
        process.kill()
        await process.wait()


@contextlib.contextmanager
def one_processor() -> Iterator[None]:
    """Keeps this thread, and those that it begins, on one processor, where the system can do that.

    Python lets one of them work at a time. To wake one on another processor takes 0.1 ms, or 0.2, as the machine's
    other guests please: it is what made the same year of check-ins last 61 or 73 seconds.
    """
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


@contextlib.contextmanager
def folder_with(book: str) -> Iterator[Path]:
    """A temporary folder with this feeds.yaml in it."""
    with tempfile.TemporaryDirectory(prefix="outpost-bench-") as name:
        (Path(name) / "feeds.yaml").write_text(book, "utf-8")
        yield Path(name)


def settings_in(folder: Path, sandbox: Sandbox) -> Settings:
    """Settings of a bot that keeps everything in this folder and speaks to the sandbox."""
    return Settings(
        discord_token=SecretStr(sandbox.token),
        api_base=sandbox.rest,
        gateway_url=sandbox.gateway,
        database_url=database_in(folder),
        feeds_file=folder / "feeds.yaml",
    )


def database_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'outpost.sqlite3'}"


@asynccontextmanager
async def bot_in(folder: Path, sandbox: Sandbox, boards: tuple[str, int]) -> AsyncIterator[Bot]:
    """The bot in this process, on the sandbox's clock, not connected; it may read from `boards` (host, port)."""
    settings = settings_in(folder, sandbox)
    async with assembled(settings, now=sandbox.clock.now, allow=frozenset({boards})) as bot:
        yield bot


def moderator(sandbox: Sandbox) -> Person:
    """Mo, as flows see them."""
    return Person(sandbox.member("mo").user.id, sandbox.guild.id, manages=True)


async def follow(bot: Bot, sandbox: Sandbox, wishes: Iterable[str], preset: Preset = "all") -> list[int]:
    """A new channel for each of these filters, which hears it; gives the subscriptions' ids."""
    mo, now = moderator(sandbox), sandbox.clock.now()
    ids = []
    for number, wish in enumerate(wishes):
        channel = sandbox.add_channel(f"jobs-{number}")
        proposed = await subscriptions.propose(bot.app, mo, wish, channel.id, (), now)
        ids.append(proposed.subscription.id)
        await subscriptions.arrange(bot.app, mo, ids[-1], now, preset=preset)
        await subscriptions.save(bot.app, mo, ids[-1], (), now)
    return ids
