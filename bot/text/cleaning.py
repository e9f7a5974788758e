"""Characters: what nobody sees goes out, what looks alike becomes one, white space is folded, and it is cut.

The order is that of research/reliability.md section 10, step 5. `clean` unescapes entities once and is meant
for text as a board gave it; `tidy` does everything else and may be repeated: tidy(tidy(x)) == tidy(x).
All limits are counted in code points, all functions take linear time and none raises for any `str`.
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata

MAX_MARKS = 3  # combining marks in a row; Vietnamese needs two, "zalgo" uses dozens

# Characters that Unicode calls letters, marks or symbols, but that show nothing.
_BLANKS = frozenset(
    (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0),
        *(*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)),  # variation selectors
    )
)
# NFKC turns these into worse: a space with an accent on it, or a "TM" that sticks to a company's name.
_REPLACED = {0x00B4: "'", 0x2122: "", 0x2120: ""}
_LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
# Letters by category, which NFKC turns into combining marks.
_HALFWIDTH_MARKS = "\uff9e\uff9f"
_FLAG_HALVES = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_REMEMBERED = 0x20000  # characters above are classified each time, so that no text can fill the memory
# html.unescape calls int() on the digits, which raises for more than 4,300 of them.
_ENDLESS_NUMBER = re.compile(r"&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")


class _Visible(dict[int, str]):
    """A `str.translate` table that classifies each character when it is first met."""

    def __missing__(self, code: int) -> str:
        seen = _visible_form(code)
        if code < _REMEMBERED:
            self[code] = seen
        return seen


def _visible_form(code: int) -> str:
    character = chr(code)
    category = unicodedata.category(character)
    if character in _LINE_ENDS:
        return "\n"
    if category == "Zs" or character == "\t":
        return " "
    if category in ("Cc", "Cf", "Cs", "Co") or code in _BLANKS or _is_noncharacter(code):
        return ""
    return _REPLACED.get(code, character)


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


_VISIBLE = _Visible()


def clean(text: str, limit: int) -> str:
    """One line of a board's text: entities unescaped once, then as `tidy`; at most `limit` characters."""
    return tidy(unescape(text), limit)


def clean_lines(text: str, limit: int) -> str:
    """As `clean`, but line breaks stay; at most one empty line in a row."""
    return tidy_lines(unescape(text), limit)


def tidy(text: str, limit: int = sys.maxsize) -> str:
    """One line: NFKC; control, direction, zero-width, private characters out; marks capped, spaces folded, cut."""
    return cut(" ".join(_readable(text).split()), limit)


def tidy_lines(text: str, limit: int = sys.maxsize) -> str:
    """As `tidy`, line by line; at most one empty line in a row."""
    lines: list[str] = []
    for line in _readable(text).split("\n"):
        folded = " ".join(line.split())
        if folded or (lines and lines[-1]):
            lines.append(folded)
    return cut("\n".join(lines).rstrip(), limit)


def unescape(text: str) -> str:
    """HTML entities resolved exactly once; a number too long to be a character becomes U+FFFD."""
    return html.unescape(_ENDLESS_NUMBER.sub("\ufffd", text)) if "&" in text else text


def cut(text: str, limit: int) -> str:
    """At most `limit` characters; a cut text ends in "…", after a whole word if one ends near, or a whole glyph."""
    if len(text) <= limit:
        return text
    if limit <= 0:
        return ""
    end = limit - 1
    while end > 0 and _belongs_to_the_one_before(text, end):
        end -= 1
    near = end - min(20, end // 2)
    space = max(text.rfind(" ", near, end + 1), text.rfind("\n", near, end + 1))
    return text[: space if space > 0 else end].rstrip() + "…"


def _belongs_to_the_one_before(text: str, at: int) -> bool:
    """Would a cut before `at` part a mark from its letter, a skin tone from its hand, a flag's two halves?"""
    character = text[at]
    if unicodedata.category(character)[0] == "M" or "\U0001f3fb" <= character <= "\U0001f3ff":
        return True
    if character not in _FLAG_HALVES:
        return False
    before = text[max(0, at - 40) : at]
    return (len(before) - len(before.rstrip(_FLAG_HALVES))) % 2 == 1


def _readable(text: str) -> str:
    if text.isascii():
        return text.replace("\r\n", "\n").translate(_VISIBLE)
    seen = text.replace("\r\n", "\n").translate(_VISIBLE)
    # Capped before as well, since normalising sorts a run of marks in quadratic time.
    # "…" is what our own cut leaves; NFKC would make it "...".
    parts = (unicodedata.normalize("NFKC", part) for part in _capped(seen).split("…"))
    return _capped("…".join(parts))


def _capped(text: str) -> str:
    if text.isascii() or not (all_marks := {one for one in set(text) if _is_mark(one)}):
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if character in all_marks else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    return character in _HALFWIDTH_MARKS or unicodedata.category(character)[0] == "M"
