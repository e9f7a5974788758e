"""May this file come in? Told by its bytes, never by its name. For workers.

The closed list of reasons, with their facts, is `REASONS`. Limits are those of design/reviews.md.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.reviews.document import objects, sheets
from bot.reviews.document.values import MAX_BYTES, MAX_PAGES
from bot.text import tidy_lines

MAX_TEXT = 20_000  # characters
_HEADER = 1024  # bytes in which "%PDF-" has to begin: what readers accept (ISO 32000-1, annex H, note 13)

REASONS: Mapping[str, tuple[str, ...]] = {
    "not_pdf": ("kind",),  # empty, png, jpeg, gif, webp, zip, docx, rtf, text or unknown
    "too_large": ("bytes", "most"),
    "no_pages": (),
    "too_many_pages": ("pages", "most"),
    "has_script": (),
    "has_files": (),
    "has_password": ("opens",),  # True: it opens for everybody, but a password limits copying or printing
    "damaged": (),
}

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"{\\rtf", "rtf"),
    (b"PK\x03\x04", "zip"),
)


@dataclass(frozen=True, slots=True)
class Examined:
    """reason: "" if ok, else a key of REASONS, whose names `facts` holds. name: of the file, for showing.

    pages: 0 where they could not be counted. text: what can be selected, at most MAX_TEXT characters, line by
    line. scanned: no text can be selected, so nothing can be found in it. Without ok only `facts` and `pages` say
    anything. sha256: of the bytes, always.
    """

    ok: bool
    reason: str
    name: str
    sha256: str
    facts: Mapping[str, int | str | bool] = field(default_factory=dict)
    pages: int = 0
    text: str = ""
    scanned: bool = False


class _No(Exception):
    def __init__(self, reason: str, counted: int = 0, /, **facts: int | str | bool) -> None:
        super().__init__(reason)
        self.reason, self.pages, self.facts = reason, counted, facts


def examine(data: bytes, name: str) -> Examined:
    """Look into a file. Never raises, whatever the bytes are; what they need is bounded.

    A file may still be too much for the worker (`WorkerTrouble`): then it counts as damaged.
    """
    shown, digest = tidy_lines(name, 100).replace("\n", " "), hashlib.sha256(data).hexdigest()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the libraries warn of what is judged here
            pages, text, scanned = _read(data)
    except _No as no:
        return Examined(False, no.reason, shown, digest, no.facts, no.pages)
    except (
        Exception
    ):  # two parsers read bytes from outside; what they trip over can't be read by a person either
        return Examined(False, "damaged", shown, digest)
    return Examined(True, "", shown, digest, {}, pages, text, scanned)


def _read(data: bytes) -> tuple[int, str, bool]:
    if (kind := kind_of(data)) != "pdf":
        raise _No("not_pdf", kind=kind)
    if len(data) > MAX_BYTES:
        raise _No("too_large", bytes=len(data), most=MAX_BYTES)
    try:
        with sheets.opened(data) as document:
            if sheets.encrypted(document):
                raise _No("has_password", opens=True)
            if (count := len(document)) > MAX_PAGES:
                raise _No("too_many_pages", count, pages=count, most=MAX_PAGES)
            inside = objects.look(data)
            if inside.script:
                raise _No("has_script", count)
            if inside.files:
                raise _No("has_files", count)
            read = [sheets.letters(page) for page in sheets.pages(document)]
    except sheets.Locked:
        raise _No("has_password", opens=False) from None
    except sheets.Empty:
        raise _No("no_pages") from None
    text = tidy_lines("\n".join(page.text for page in read), MAX_TEXT)
    scanned = not any(page.readable for page in read)
    return count, "" if scanned else text, scanned


def kind_of(data: bytes) -> str:
    """ "pdf", or what it is instead. A file that begins as another kind is that kind, whatever follows."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return "docx" if kind == "zip" and b"word/" in data else kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if re.search(rb"%PDF-\d", data[:_HEADER]):
        return "pdf"
    if not data.strip(b"\0 \t\r\n"):
        return "empty"
    try:
        data[:4096].decode("utf-8")
    except UnicodeDecodeError as error:
        return "text" if error.start >= 4090 and b"\0" not in data[:4096] else "unknown"
    return "unknown" if b"\0" in data[:4096] else "text"
