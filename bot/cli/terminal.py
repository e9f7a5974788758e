"""A card of ours on a terminal: Discord's markdown, as far as our cards use it, as rich text. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

_TOKEN = re.compile(
    r"""
      \\(?P<plain>[^0-9A-Za-z\s])
    | \[(?P<words>(?:\\.|[^\]])+)\]\((?P<link>[^)]+)\)
    | \*\*(?P<bold>(?:\\.|[^*])+)\*\*
    | <t:(?P<moment>\d+):R>
    | <\#(?P<channel>\d+)>
    """,
    re.VERBOSE,
)
_STEPS = ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute"))


def card(text: str, buttons: list[str], now: datetime, channels: dict[int, str]) -> RenderableType:
    """What a message looks like: an accent line, its lines, its buttons."""
    lines = [line(one, now, channels) for one in text.splitlines()]
    if buttons:
        lines.append(Text("  ".join(f"[{label}]" for label in buttons), style="cyan"))
    body = Text("\n").join(lines)
    return Group(Padding(_with_accent(body), (0, 0, 1, 0)))


def _with_accent(body: Text) -> Text:
    rows = [Text.assemble(("┃ ", "blue"), one) for one in body.split("\n", allow_blank=True)]
    return Text("\n").join(rows)


def line(text: str, now: datetime, channels: dict[int, str]) -> Text:
    """One line: headings bold, small print dim, links and mentions in words."""
    style = ""
    for prefix, its_style in (("### ", "bold"), ("-# ", "dim")):
        if text.startswith(prefix):
            text, style = text.removeprefix(prefix), its_style
    shown, end = Text(style=style), 0
    for token in _TOKEN.finditer(text):
        shown.append(text[end : token.start()])
        shown.append_text(_token(token, now, channels))
        end = token.end()
    shown.append(text[end:].replace("\u200b", ""))
    return shown


def _token(token: re.Match[str], now: datetime, channels: dict[int, str]) -> Text:
    if token["plain"]:
        return Text(token["plain"])
    if token["words"]:
        return Text(_unescaped(token["words"]), style=f"underline link {token['link']}")
    if token["bold"]:
        return Text(_unescaped(token["bold"]), style="bold")
    if token["moment"]:
        return Text(ago(now - datetime.fromtimestamp(int(token["moment"]), UTC)))
    return Text("#" + channels.get(int(token["channel"]), "gone"), style="cyan")


def _unescaped(text: str) -> str:
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


def ago(age: timedelta) -> str:
    """ "3 hours ago", as Discord's clients render a relative moment."""
    for step, word in _STEPS:
        if age >= step:
            number = age // step
            return f"{number} {word}{'s' if number > 1 else ''} ago"
    return "just now"
