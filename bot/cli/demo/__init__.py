"""`outpost demo`: everything on this machine: a sandbox for Discord with its page, job boards, the real bot.

Sandbox, boards and bot share one process and one clock. Three weeks are lived through at the start; then the clock
goes with the real one, or is walked by whoever presses it (design/architecture.md, Time).
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Annotated, Any

import typer

from bot.cli.demo import once as short
from bot.cli.demo.place import PORT, PortTakenError
from bot.cli.demo.stage import show, show_live
from bot.cli.demo.told import Terminal, Told, leave_quietly
from bot.cli.run import settings_or_exit
from bot.jobs.reading.book import BookError

Show = Callable[[], Coroutine[Any, Any, int]]

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def demo(
    once: Annotated[
        bool, typer.Option("--once", help="No page: end by itself after the third card.")
    ] = False,
    live: Annotated[bool, typer.Option("--live", help="Read the real boards of feeds.yaml.")] = False,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help=f"The page's port. Without it {PORT}, or a free one.")
    ] = None,
) -> None:
    """Try Outpost without a Discord account: in a browser, be any member of an invented community.

    Everything runs on this machine, in a temporary folder. Only --live reads from the internet. Ctrl-C ends it.
    """
    if once and live:
        typer.echo("Choose one: --once shows invented boards and ends, --live reads the real ones.", err=True)
        raise typer.Exit(2)
    told = Told(Terminal())
    if once:
        what: Show = partial(short.show, told.console)
    elif live:
        what = partial(show_live, told, port, settings_or_exit())
    else:
        what = partial(show, told, port)
    raise typer.Exit(_run(told, what))


def _run(told: Told, what: Show) -> int:
    """Exit status. Raises nothing that a person would have to read a traceback for."""
    try:
        status = asyncio.run(_until_stopped(told, what))
    except PortTakenError as taken:
        typer.echo(f"Port {taken} is taken. Choose another with --port, or leave it out.", err=True)
        return 1
    except BookError as error:
        typer.echo(str(error), err=True)
        return 1
    finally:
        for number in _ENDING:  # all is gone; a second Ctrl-C has nothing left to end
            signal.signal(number, signal.SIG_IGN)
        if told.gone.is_set():
            leave_quietly()
    return status


async def _until_stopped(told: Told, what: Show) -> int:
    """Let it run until it ends, a signal comes, or nobody reads its lines any more; then take it apart in order."""
    stop, loop = told.gone, asyncio.get_running_loop()
    asked = asyncio.Event()
    for number in _ENDING:
        loop.add_signal_handler(number, asked.set)
    doing = asyncio.create_task(what())
    ends = [asyncio.ensure_future(event.wait()) for event in (asked, stop)]
    await asyncio.wait({doing, *ends}, return_when=asyncio.FIRST_COMPLETED)
    for waiting in ends:
        waiting.cancel()
    if doing.done():
        return await doing
    doing.cancel()
    await asyncio.wait({doing})
    if not doing.cancelled():
        return doing.result()
    told.say("That was the demo. Nothing of it is left. Next: README, “Run it for real”.")
    return 0
