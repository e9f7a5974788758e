"""The verbs of the command line, each from its own file."""

from __future__ import annotations

from typing import Annotated

import typer

from bot import __version__
from bot.cli.backup import backup
from bot.cli.check import check
from bot.cli.demo import demo
from bot.cli.doctor import doctor
from bot.cli.erase import erase
from bot.cli.migrate import migrate
from bot.cli.read import read
from bot.cli.restore import restore
from bot.cli.run import run

app = typer.Typer(
    name="outpost",
    help="A Discord bot for communities of remote-job seekers. Start with `outpost demo`: it needs no account.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # they could hold a token
    rich_markup_mode="rich",
)
for verb in (run, demo, check, read, migrate, doctor, backup, restore, erase):
    app.command()(verb)


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
