"""The verbs of the command line, each from its own file, which is imported when the verb is called.

`outpost facts` thus starts without discord.py, and `outpost run` without matplotlib.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from bot import __version__

VERBS = ("run", "demo", "check", "read", "facts", "match", "migrate", "doctor", "backup", "restore", "erase")


@contextmanager
def _a_ctrl_c_ends_it() -> Iterator[None]:
    """As in `bot.__main__`: a verb's parts take a second to come in, and nothing is to be tidied up until then."""
    if threading.current_thread() is not threading.main_thread():  # only that one hears of Ctrl-C
        yield
        return
    usual = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


class Verbs(TyperGroup):
    """The verb NAME is the function NAME of bot/cli/NAME. Any: the types of Typer's own click are private to it."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in VERBS:
            return None
        alone = typer.Typer(
            add_completion=False, pretty_exceptions_show_locals=False, rich_markup_mode="rich"
        )
        with _a_ctrl_c_ends_it():
            part = import_module(f"bot.cli.{cmd_name}")
        alone.command(cmd_name)(getattr(part, cmd_name))
        return get_command(alone)


app = typer.Typer(
    name="outpost",
    cls=Verbs,
    help="A Discord bot for communities of remote-job seekers. Start with `outpost demo`: it needs no account.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # they could hold a token
    rich_markup_mode="rich",
)


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"outpost {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version and end."),
    ] = False,
) -> None:
    """What holds for every verb."""
