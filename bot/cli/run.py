"""`outpost run`: the bot itself."""

from __future__ import annotations

import asyncio
import logging
import os
import signal

import typer

from bot.cli import logs
from bot.cli.wiring import assembled, serve
from bot.jobs.reading.book import BookError
from bot.settings import Settings, SettingsError
from bot.storage import StoreError
from cogs.client import CannotConnect

log = logging.getLogger(__name__)

WITHOUT = "No token: put your bot's token into DISCORD_TOKEN, or try `outpost demo`, which needs none."


def run() -> None:
    """Connect to Discord and post jobs until stopped.

    The settings come from the environment; DISCORD_TOKEN must be among them. Check them with `outpost check`.

    The database is brought up to date first. SIGTERM or Ctrl-C ends it cleanly.

    Exit 2: a setting is missing or wrong. Exit 1: feed book, database or Discord keep it from starting.
    """
    settings = settings_or_exit()
    if settings.discord_token is None:
        typer.echo(WITHOUT, err=True)
        raise typer.Exit(2)
    logs.set_up(settings)
    raise typer.Exit(asyncio.run(_run(settings)))


def settings_or_exit() -> Settings:
    """The settings of this process; exit 2 with every problem when they are wrong."""
    try:
        return Settings.from_env(os.environ)
    except SettingsError as error:
        for problem in error.problems:
            typer.echo(problem, err=True)
        raise typer.Exit(2) from None


async def _run(settings: Settings) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        async with assembled(settings) as bot:
            await serve(bot, stop)
    except (BookError, StoreError, CannotConnect) as error:
        typer.echo(str(error), err=True)
        return 1
    log.info("stopped; nothing is left half-said")
    return 0
