"""`outpost demo`: everything on this machine: a sandbox for Discord, invented boards, the real bot, a moderator.

Sandbox, boards and bot share one process and one clock, which is walked forward an hour a step with one beat of every
duty each (design/architecture.md, Time), so that a day of openings passes while you watch.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.text import Text

from bot.cli import terminal
from bot.cli.wiring import Bot, assembled, connected
from bot.settings import Settings
from sandbox import Actor, Modal, Sandbox
from sandbox.boards import Boards

CHANNEL = "remote-python"
FILTER = "python OR data"
BOARDS = ("wwr", "remotive", "remoteok", "jobicy", "himalayas", "workingnomads", "rwfa", "hn")
ENOUGH = 3  # cards, for --once
STEP = timedelta(hours=1)
PAUSE_S = 1.5  # between two steps, so that a person can read
MOST_STEPS = 200  # of --once; an invented day brings about ten openings that pass


@dataclass
class Stage:
    """What the terminal shows: what was done, line by line, and the channel as it stands."""

    sandbox: Sandbox
    watcher: Actor
    console: Console
    told: list[Text] = field(default_factory=list)
    live: Live | None = None

    def say(self, words: str, style: str = "") -> None:
        """One calm line of what happens."""
        self.told.append(Text(words, style=style))
        if self.live is None:
            self.console.print(self.told[-1])
        else:
            self.live.update(self.picture(), refresh=True)

    def cards(self) -> list[RenderableType]:
        now, names = self.sandbox.clock.now(), {c.id: c.name for c in self.sandbox.guild.channels.values()}
        return [terminal.card(m.text, m.buttons, now, names) for m in self.watcher.sees(CHANNEL)]

    def picture(self) -> RenderableType:
        """The whole screen: doings above, the newest cards below, as many as fit."""
        height = max(self.console.height, 24)
        doings = self.told[-7:]
        fitting = max(1, (height - len(doings) - 6) // 7)
        clock = self.sandbox.clock.now().strftime("%A %H:%M UTC")
        title = f"# {CHANNEL} follows {FILTER} · {clock}"
        cards = Panel(Group(*self.cards()[-fitting:]), title=title, title_align="left")
        return Group(Panel(Group(*doings), title="Outpost, on this machine alone", title_align="left"), cards)


def demo(
    once: Annotated[bool, typer.Option("--once", help="End by itself after the third card.")] = False,
) -> None:
    """Try Outpost without a Discord account: a channel fills with cards from invented boards.

    Everything runs on this machine, in a temporary folder; nothing is sent anywhere. Ctrl-C ends it.
    """
    raise typer.Exit(asyncio.run(show(Console(), once)))


async def show(console: Console, once: bool) -> int:
    """The demo on this console; exit status 0 unless `once` ended without its three cards."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with _running() as (sandbox, boards, bot):
        stage = Stage(sandbox, sandbox.member("mo"), console)
        screen = (
            Live(console=console, auto_refresh=False) if console.is_terminal else contextlib.nullcontext()
        )
        with screen as live:
            stage.live = live
            await _subscribe(stage, bot)
            shown = await _watch(stage, boards, bot, stop, once)
    console.print("That was the demo. Nothing of it is left. Next: README, “Run it for real”.")
    return 0 if shown >= ENOUGH or not once else 1


@contextlib.asynccontextmanager
async def _running() -> AsyncIterator[tuple[Sandbox, Boards, Bot]]:
    """Sandbox, boards and the connected bot; all of it gone afterwards."""
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="outpost-demo-")))
        sandbox = await stack.enter_async_context(Sandbox(profile="realistic"))
        boards = await stack.enter_async_context(Boards(sandbox.clock.now, seed=random.randrange(1_000_000)))
        (folder / "feeds.yaml").write_text(boards.feeds_yaml(BOARDS, poll_minutes=60, delay_h=0), "utf-8")
        settings = Settings(
            discord_token=SecretStr(sandbox.token),
            api_base=sandbox.rest,
            gateway_url=sandbox.gateway,
            database_url=f"sqlite:///{folder / 'outpost.sqlite3'}",
            feeds_file=folder / "feeds.yaml",
        )
        allow = frozenset({boards.address})
        bot = await stack.enter_async_context(assembled(settings, now=sandbox.clock.now, allow=allow))
        await stack.enter_async_context(connected(bot))
        yield sandbox, boards, bot


async def _subscribe(stage: Stage, bot: Bot) -> None:
    """The moderator's part: what a person would type and press."""
    stage.say(
        "The bot reads eight invented boards for the first time; the backlog is remembered, not posted.",
        "dim",
    )
    stage.sandbox.clock.move(STEP)
    await bot.heartbeat.beat()
    moderator = stage.watcher
    stage.say(f"mo types  /jobs subscribe filter: {FILTER} channel: #{CHANNEL}", "bold")
    reply = await moderator.slash("jobs subscribe", filter=FILTER, channel=CHANNEL)
    if isinstance(reply, Modal):
        raise RuntimeError("the bot opened a form where it should have answered")
    found = next((line for line in reply.text.splitlines() if line.startswith("Of ")), "")
    stage.say(f"Outpost answers, for mo alone: {found}")
    stage.say("mo presses  Save", "bold")
    await reply.click("Save")
    stage.say("From now on an hour passes every other second. Ctrl-C ends it.", "dim")


async def _watch(stage: Stage, boards: Boards, bot: Bot, stop: asyncio.Event, once: bool) -> int:
    """Hours pass and boards publish until somebody stops it; gives how many cards the channel holds."""
    dice = random.Random()
    for _ in range(MOST_STEPS) if once else iter(int, 1):
        before = len(stage.watcher.sees(CHANNEL))
        for board in dice.sample(BOARDS, 2):
            posting = boards.publish(board)[0]
            stage.say(f"{board} publishes “{posting.role}” ({', '.join(posting.tags)})", "dim")
        stage.sandbox.clock.move(STEP)
        await bot.heartbeat.beat()
        cards = stage.watcher.sees(CHANNEL)
        if len(cards) > before:
            stage.say(f"{len(cards) - before} new in #{CHANNEL}, {len(cards)} so far")
        if stage.live is None:
            for card in stage.cards()[before:]:
                stage.console.print(card)
        if once and len(cards) >= ENOUGH:
            return len(cards)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PAUSE_S if stage.live else 0.01)
        if stop.is_set():
            break
    return len(stage.watcher.sees(CHANNEL))
