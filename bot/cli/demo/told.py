"""What the terminal tells: one calm line each, with the sandbox's time."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from dataclasses import dataclass, field
from datetime import date

from rich.console import Console
from rich.text import Text

from bot.cli.demo import lines
from sandbox import Sandbox
from sandbox.world import Event


class Terminal(Console):
    """rich's console, which would end the whole process where nobody reads its lines any more."""

    def on_broken_pipe(self) -> None:
        """Called by rich while it handles the error."""
        raise


@dataclass(slots=True)
class Told:
    """Lines on a console. gone: set when nobody reads any more: a closed terminal, a broken pipe."""

    console: Console
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    _day: date | None = None

    def say(self, words: str = "", style: str = "") -> None:
        """One line, as it is."""
        if self.gone.is_set():
            return
        try:
            self.console.print(Text(words, style=style), soft_wrap=True)
        except OSError:
            self.gone.set()

    def follow(self, sandbox: Sandbox) -> None:
        """From now on a line for each thing that the bot does or hears of."""

        def hear(event: Event) -> None:
            if words := lines.line(sandbox.world, event):
                self.at(sandbox, words)

        self._day = sandbox.clock.now().date()
        sandbox.world.listeners.append(hear)

    def at(self, sandbox: Sandbox, words: str) -> None:
        """A line with the sandbox's time (UTC); a new day is told first."""
        now = sandbox.clock.now()
        if now.date() != self._day:
            self._day = now.date()
            self.say(f"{now:%A, %d %B}", "bold")
        self.say(f"{now:%H:%M}  {words}")


def leave_quietly() -> None:
    """Nothing is written to a terminal that is gone, also not by Python's own last flush."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
