"""The command line: `outpost`, or `python -m bot`."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from bot import __version__
from bot.cli.check import check
from bot.cli.demo import demo
from bot.cli.doctor import doctor
from bot.cli.migrate import migrate
from bot.cli.read import read
from bot.cli.run import run

app = typer.Typer(
    name="outpost",
    help="A Discord bot for communities of remote-job seekers. Start with `outpost demo`: it needs no account.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # they could hold a token
    rich_markup_mode="rich",
)
for verb in (run, demo, check, read, migrate, doctor):
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


def main() -> None:
    """Run the verb that was typed. What a terminal can't show is shown as an escape; a full disk is told in words."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except OSError as error:
        sys.stderr.write(f"outpost could not write: {error.strerror}.\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
