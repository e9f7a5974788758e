"""HTML of a board's description → plain text.

Own scanner, because `html.parser` reads the same page differently in each patch release since 2025, raises
for `<![x` and was quadratic for unclosed comments; and because the ready converters keep `javascript:` links or
the text of scripts (research/stack.md section 5).
"""

from __future__ import annotations

import re

from bot.text.cleaning import tidy_lines, unescape

# Possessive (`*+`) and "or the end" everywhere: what was scanned is consumed, so the whole scan is linear.
_MARKUP = re.compile(
    r"""
      <!--(?:-?>|.*?(?:--!?>|\Z))                    # a comment
    | <(?:[!?]|/(?![a-zA-Z]))[^>]*+(?:>|\Z)          # doctype, CDATA mark: a browser's comments
    | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)        # a tag, with attributes whose quotes may hold a ">"
      (?:=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+|[^>=])*+(?:>|\Z)
    """,
    re.VERBOSE | re.DOTALL,
)

# Left out whole: what they hold is not for reading.
_UNREADABLE = frozenset(
    (
        *("script", "style", "title", "textarea", "iframe", "noembed", "noframes", "template"),
        *("svg", "math", "audio", "video", "object", "canvas"),
    )
)
_PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table"))
_LINES = frozenset(
    (
        *("br", "hr", "div", "ul", "ol", "dl", "dt", "dd", "tr", "section", "article", "header", "footer"),
        *("main", "aside", "nav", "address", "figure", "figcaption", "form", "fieldset", "legend", "option"),
        *("details", "summary", "caption", "center"),
    )
)
_CELLS = frozenset(("td", "th"))
_BULLET = "• "


def html_to_text(html: str, limit: int) -> str:
    """The words of a page: blocks become lines, list items begin with "• ", links keep their text only.

    Entities are resolved exactly once. A text without any tag keeps its own line breaks. At most `limit`
    characters; linear time; never raises.
    """
    text = _Text()
    keeps_lines = not _MARKUP.search(html)
    at = 0
    while found := _MARKUP.search(html, at):
        text.add(html[at : found.start()], keeps_lines)
        at = found.end()
        name = (found["name"] or "").lower()
        opens = not found["end"]
        if name == "pre":
            keeps_lines = opens
        if name in _UNREADABLE and opens:
            at = _after_the_end_of(name, html, at)
        text.pass_tag(name, opens)
    text.add(html[at:], keeps_lines)
    return tidy_lines("".join(text.parts), limit)


class _Text:
    """Words as they come; breaks and bullets wait for the next word, so that empty blocks leave nothing."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._breaks = 0
        self._bullet = False

    def add(self, escaped: str, keeps_lines: bool) -> None:
        words = unescape(escaped)
        if not keeps_lines:
            words = words.replace("\n", " ").replace("\r", " ")
        if words.strip():
            self.parts.append("\n" * self._breaks + _BULLET * self._bullet)
            self._breaks, self._bullet = 0, False
        self.parts.append(words)

    def pass_tag(self, name: str, opens: bool) -> None:
        if name == "li":
            self._breaks, self._bullet = max(self._breaks, 1) if opens else 1, opens
        elif self._bullet:
            return  # a block at the start of an item stands beside its bullet
        elif name == "br":
            self._breaks = min(self._breaks + 1, 2)
        elif name in _PARAGRAPHS:
            self._breaks = 2
        elif name in _LINES:
            self._breaks = max(self._breaks, 1)
        elif name in _CELLS:
            self.parts.append(" ")


def _after_the_end_of(name: str, html: str, at: int) -> int:
    end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, at)
    return end.start() if end else len(html)
