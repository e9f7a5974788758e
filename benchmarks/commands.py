"""From a slash command to its answer, over the wire, beside a bot that only says "pong"."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.parts import NO_FEEDS, Tell, bot_in, bot_process, database_in, folder_with
from benchmarks.tables import Outcome, Row, Target, percentile
from bot.jobs.flow import subscriptions
from bot.moderation.rights import Person
from sandbox import Actor, Modal, Sandbox
from sandbox.boards import Boards
from sandbox.composer import slash_data
from sandbox.model import Callback, InteractionKind

ROUNDS, WARM_UP = 300, 30
PATIENCE = timedelta(seconds=3)
READS, COMMITS = 2.5, 4.0  # times the pong's p50
BOARDS = ("wwr", "remotive", "remoteok", "jobicy", "himalayas", "workingnomads", "rwfa", "hn")
FOLLOWED = ("python OR data", 'company:"Bramblewick Labs"', "design NOT senior")


@dataclass
class Command:
    """One command that is measured. seconds: from the event that is sent until its answer stands there."""

    name: str
    sandbox: Sandbox
    line: str
    options: dict[str, Any] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    async def run(self) -> None:
        """Type it once, without a person's delay, and wait for the first answer, which must be the message itself."""
        world, person = self.sandbox.world, self.sandbox.member("mo")
        data = slash_data(world, person.user, person.place, self.line, self.options)
        began = time.perf_counter()
        interaction = world.open_interaction(InteractionKind.COMMAND, person.user.id, person.place, data)
        await world.until(lambda: interaction.answer is not None, PATIENCE)
        self.seconds.append(time.perf_counter() - began)
        if interaction.answer is not Callback.MESSAGE:
            raise RuntimeError(f"{self.name} answered with {interaction.answer!r}, not with a message")


async def measure(tell: Tell) -> Outcome:
    """This process is Discord for three bots, each a process of its own; one command each, in turns."""
    async with AsyncExitStack() as stack:
        bare, fresh, grown = [await stack.enter_async_context(Sandbox(spec=None)) for _ in range(3)]
        await stack.enter_async_context(bot_process(bare, "benchmarks.bots", "pong"))
        await _start_ours(stack, fresh, stack.enter_context(folder_with(NO_FEEDS)))
        folder = stack.enter_context(folder_with(NO_FEEDS))
        tell("ours reads eight invented boards")
        openings = await _read_boards(folder)
        await _start_ours(stack, grown, folder)
        await asyncio.gather(*(sandbox.bot_ready() for sandbox in (bare, fresh, grown)))
        await _follow(grown.member("mo"))
        wish = {"filter": "python AND NOT senior", "channel": "remote-design"}
        commands = [
            Command("bare discord.py, “pong”", bare, "ping"),
            Command("Outpost, /jobs alerts (reads)", grown, "jobs alerts"),
            Command("Outpost, /jobs subscribe (commits)", fresh, "jobs subscribe", wish),
            Command(f"the same, tried on {openings} openings", grown, "jobs subscribe", wish),
        ]
        await _rounds(commands, tell)
    return _outcome(commands)


async def _start_ours(stack: AsyncExitStack, sandbox: Sandbox, folder: Path) -> None:
    files = {"DATABASE_URL": database_in(folder), "FEEDS_FILE": str(folder / "feeds.yaml")}
    await stack.enter_async_context(bot_process(sandbox, "bot", "run", **files))


async def _rounds(commands: Sequence[Command], tell: Tell) -> None:
    for number in range(WARM_UP + ROUNDS):
        if number == WARM_UP:
            for command in commands:
                command.seconds.clear()
        if number % 50 == 0:
            tell(f"slash commands, round {number} of {WARM_UP + ROUNDS}")
        for turn in range(len(commands)):  # nobody is always the first
            await commands[(number + turn) % len(commands)].run()


async def _read_boards(folder: Path) -> int:
    """Fill the database with what eight boards list and give how many openings of the last week that makes.

    Here, because `outpost run` may not read from this machine.
    """
    async with Sandbox(spec=None) as sandbox, Boards(sandbox.clock.now) as boards:
        book = folder / "feeds.yaml"
        book.write_text(boards.feeds_yaml(BOARDS), "utf-8")
        async with bot_in(folder, sandbox, boards.address) as bot:
            sandbox.clock.move(timedelta(minutes=1))
            await bot.heartbeat.beat()
            person = Person(sandbox.guild.owner_id, sandbox.guild.id, manages=True)
            proposed = await subscriptions.propose(bot.app, person, "", None, (), sandbox.clock.now())
        book.write_text(NO_FEEDS, "utf-8")
    return proposed.tried.of


async def _follow(moderator: Actor) -> None:
    """Three subscriptions, so that there is something to list."""
    for text in FOLLOWED:
        reply = await moderator.slash("jobs subscribe", filter=text, channel="remote-python")
        if isinstance(reply, Modal):
            raise TypeError("a form where an answer was expected")
        await reply.click("Save")


def _outcome(commands: Sequence[Command]) -> Outcome:
    pong, reads, commits, tries = (percentile(command.seconds, 50) for command in commands)

    def row(command: Command) -> Row:
        p50, p99 = percentile(command.seconds, 50), percentile(command.seconds, 99)
        return Row(command.name, (f"{p50 * 1000:.1f}", f"{p99 * 1000:.1f}", f"{p50 / pong:.2f}"))

    return Outcome(
        title="Slash command → answer",
        setup=f"{ROUNDS} times each, in turns, from the event that leaves the sandbox until the answer stands there. "
        "The sandbox and each bot are processes of their own on one machine; rate limits and the check against "
        f"Discord's description are off for all. /jobs alerts lists {len(FOLLOWED)} subscriptions. /jobs subscribe "
        "keeps a draft (SQLite, synchronous FULL) and tries it on the last week: once in a bot that has read "
        "nothing yet, once in one that has read eight boards.",
        columns=("p50, ms", "p99, ms", "p50 ÷ pong's"),
        rows=[row(command) for command in commands],
        targets=[
            Target("p50 of a command that reads ÷ pong's", reads / pong, READS),
            Target("p50 of a command that commits ÷ pong's", commits / pong, COMMITS),
            Target("the same, tried on a week of openings", tries / pong, COMMITS),
        ],
    )
