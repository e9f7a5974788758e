"""Cards on a terminal: Discord's markdown as rich text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from rich.console import Console

from bot.cli import terminal

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def shown(text: str) -> str:
    return terminal.line(text, NOW, {7: "remote-python"}).plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("### [Data \\_Engineer\\_](https://a.example/1)", "Data _Engineer_"),
        ("**Acme \\*Ltd\\***", "Acme *Ltd*"),
        ("-# via Board · <t:1795258800:R>", "via Board · 1 hour ago"),
        ("Post in <#7>, not in <#8>", "Post in #remote-python, not in #gone"),
        ("C\\:\\\\folder and snake\\_case", "C:\\folder and snake_case"),
        ("plain words", "plain words"),
    ],
)
def test_a_line_reads_as_discord_shows_it(written: str, read: str) -> None:
    """No mark of the markdown is left, every word is."""
    assert shown(written) == read


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5, minutes=59), "5 hours ago"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(seconds=-5), "just now"),
    ],
)
def test_ages_are_rounded_down(age: timedelta, words: str) -> None:
    """As Discord's clients do."""
    assert terminal.ago(age) == words


def test_a_card_has_its_accent_on_every_line_and_its_buttons_last() -> None:
    """Only the accent is coloured by it, not the words."""
    console = Console(width=60, force_terminal=True, color_system="standard", record=True)
    with console.capture() as captured:
        console.print(terminal.card("### Title\nAcme", ["Open", "More"], NOW, {}))
    lines = [line.rstrip() for line in captured.get().splitlines() if line.strip()]
    assert all("┃" in line for line in lines)
    assert lines[-1].endswith("[Open]  [More]\x1b[0m") or "[Open]  [More]" in lines[-1]
    assert "\x1b[34m┃ \x1b[0mAcme" in lines[1]
