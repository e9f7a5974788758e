"""A tiny reader of Discord's markdown, written apart from the gate: what in a text is alive?

Rules after Discord's client (simple-markdown with Discord's additions) where it renders, and after its server's
plain searches of the raw text, where it notifies and resolves invites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# At the start of a line.
BLOCKS = {
    "heading": re.compile(r"#{1,3}\s"),
    "small print": re.compile(r"-#\s"),
    "list": re.compile(r"\s*(?:[-*+]|\d+[.)])(?:\s|$)"),
    "quote": re.compile(r"(?:>>>|>)\s"),
}
# Anywhere that no backslash has eaten.
INLINES = {
    "code": re.compile(r"(`+)[\s\S]*?[^`]\1(?!`)"),
    "spoiler": re.compile(r"\|\|[\s\S]+?\|\|"),
    "strike": re.compile(r"~~[\s\S]+?~~"),
    "bold": re.compile(r"\*\*[\s\S]+?\*\*|__[\s\S]+?__"),
    "italics": re.compile(r"\*(?=\S)[\s\S]+?\*|_[\s\S]+?_\b"),
    "masked link": re.compile(r"\[(?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*\]\([^)]+\)"),
    "mention": re.compile(r"<(?:@[!&]?|#)\d+>|<id:\w+>"),
    "command": re.compile(r"</[^:>\n]+:\d+>"),
    "emoji": re.compile(r"<a?:\w+:\d+>|:[A-Za-z0-9_+-]+:"),
    "time": re.compile(r"<t:-?\d+(?::\w)?>"),
    "angle link": re.compile(r"<[a-z][a-z0-9+.-]*:[^\s>]+>|<[^\s@>]+@[^\s>]+>"),
    "link": re.compile(r"[a-z][a-z0-9+.-]*://\S", re.IGNORECASE),
}
# In the raw text: backslashes don't help.
RAW = {
    "everyone": re.compile(r"@(?:everyone|here)"),
    "raw mention": re.compile(r"<@[!&]?\d+>"),
    "invite": re.compile(r"(?:discord\.gg|discord(?:app)?\.com/invite)/\w", re.IGNORECASE),
}
_ESCAPE = re.compile(r"\\[^0-9A-Za-z\s]")
# The link rule is tried wherever the text rule stops, which is before any word that is followed by a colon.
_TEXT = re.compile(r"[0-9A-Za-z\s\u00c0-\uffff]+?(?=\w+:\S|[^0-9A-Za-z\s\u00c0-\uffff]|\n|$)")


def live(text: str) -> list[str]:
    """The names of everything in `text` that Discord would not show as plain words."""
    return [*(name for name, rule in RAW.items() if rule.search(text)), *_rendered(text)]


def _rendered(text: str) -> Iterator[str]:
    at, line_starts = 0, True
    while at < len(text):
        if line_starts:
            yield from (name for name, rule in BLOCKS.items() if rule.match(text, at))
        if _ESCAPE.match(text, at):
            at, line_starts = at + 2, False
            continue
        yield from (name for name, rule in INLINES.items() if rule.match(text, at))
        plain = _TEXT.match(text, at)
        step = max(1, plain.end() - at) if plain else 1
        newline = text.find("\n", at, at + step)
        at = newline + 1 if newline >= 0 else at + step
        line_starts = newline >= 0
