"""`outpost check`: every file of words and the settings, every mistake at once, before anything starts.

Each mistake is a line `FILE:LINE:COLUMN: what is wrong, and a suggestion`, so that editors can jump to it.
A setting has no file: its line begins `environment:1:1: VARIABLE: …`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.checkins.book import open_prompts
from bot.jobs.reading.book import BookError, open_book
from bot.meets.book import open_meets
from bot.resources.book import open_list
from bot.reviews.book import open_rubrics
from bot.settings import Settings, SettingsError, expected


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the mistakes as lines; without any, the one line that says so. A note is no mistake."""

    mistakes: tuple[str, ...]
    summary: str = ""
    note: str = ""


def check(
    file: Annotated[
        Path | None, typer.Argument(help="The feed book. Default: FEEDS_FILE, else feeds.yaml.")
    ] = None,
) -> None:
    """Check feeds.yaml, resources.yaml, prompts.yaml, rubrics/, meets.yaml, the settings; exit 1 on a mistake.

    Every mistake is a line FILE:LINE:COLUMN: what is wrong, and a suggestion. Nothing is read from the network.
    """
    found = checked(file, os.environ)
    for line in found.mistakes or (found.summary,):
        typer.echo(line)
    if found.note:
        typer.echo(found.note, err=True)
    if found.mistakes:
        raise typer.Exit(1)


def checked(file: Path | None, environ: Mapping[str, str]) -> Checked:
    """Everything that is wrong with `file` (None: the one that the environment names) and with the environment."""
    file = file or Path(environ.get("FEEDS_FILE", "").strip() or "feeds.yaml")
    mistakes: list[str] = []
    fine: list[str] = []
    note = ""
    others = (_resources, _prompts, _rubrics, _meets)
    for count in (partial(_feeds, file), *(partial(one, environ) for one in others)):
        try:
            fine.append(count())
        except BookError as error:
            mistakes += error.lines()
    try:
        if Settings.from_env(environ).discord_token is None:
            note = "Note: DISCORD_TOKEN is not set. `outpost run` needs it; `outpost demo` does not."
    except SettingsError as error:
        mistakes += [f"environment:1:1: {problem}" for problem in error.problems]
    return Checked(tuple(mistakes), " ".join(filter(None, [*fine, "Settings are fine."])), note)


def _feeds(file: Path) -> str:
    feeds = open_book(file)
    count = f"{len(feeds)} feed{'' if len(feeds) == 1 else 's'}"
    return f"{file}: {count}, {sum(feed.enabled for feed in feeds)} on."


def _resources(environ: Mapping[str, str]) -> str:
    """How many there are; "" where nobody keeps such a list."""
    file = _file(environ, "RESOURCES_FILE", "resources.yaml")
    if file is None:
        return ""
    number = len(open_list(file))
    return f"{file}: {number} entr{'y' if number == 1 else 'ies'}."


def _prompts(environ: Mapping[str, str]) -> str:
    file = _file(environ, "PROMPTS_FILE", "prompts.yaml")
    if file is None:
        return ""
    found = open_prompts(file)
    templates, starters = len(found.templates), len(found.starters)
    return (
        f"{file}: {templates} template{'' if templates == 1 else 's'}, "
        f"{starters} starter{'' if starters == 1 else 's'}."
    )


def _rubrics(environ: Mapping[str, str]) -> str:
    folder = _file(environ, "RUBRICS_FOLDER", "rubrics")
    if folder is None:
        return ""
    number = len(open_rubrics(folder))
    return f"{folder}: {number} rubric{'' if number == 1 else 's'}."


def _meets(environ: Mapping[str, str]) -> str:
    file = _file(environ, "MEETS_FILE", "meets.yaml")
    if file is None:
        return ""
    number = len(open_meets(file).sets)
    return f"{file}: {number} question set{'' if number == 1 else 's'}."


def _file(environ: Mapping[str, str], name: str, default: str) -> Path | None:
    """The file to check; None where the default is not there."""
    named = environ.get(name, "").strip()
    return expected(Path(named or default), named=bool(named))
