"""Pages as pdfium sees them: their letters with boxes, their links, their pictures. The only module that asks it.

pdfium counts one code unit of text a call, so a page's letters are read once and kept as one value.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from bot.reviews.document.values import MAX_PAGES, Box

raw: Any = pypdfium2.raw

UNKNOWN = "\ufffd"  # a letter whose font does not say what it is
_HYPHEN = 2  # pdfium's sign for a word divided at the end of a line
_MAX_LETTERS = 60_000  # of a page; a page of small print has 8,000
_MAX_LINKS = 200  # of a page
_MAX_OBJECTS = 5_000  # of a page, in which pictures are looked for

Sides = tuple[float, float, float, float]  # left, bottom, right, top


class Locked(Exception):
    """It can't be opened without a password."""


class Empty(Exception):
    """It has no page."""


@dataclass(frozen=True, slots=True)
class Letters:
    """boxes: one for each character of the text, None for what is not drawn, as a break."""

    text: str
    boxes: tuple[Sides | None, ...]

    @property
    def readable(self) -> bool:
        """Are there words, and does their font say which? A scan has none; a broken font gives none of use."""
        known = sum(letter.isalnum() for letter in self.text)
        return known >= 20 and self.text.count(UNKNOWN) <= known


@contextlib.contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The document while it is open. Raises Locked, Empty, and ValueError for what is no PDF that can be read."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise _why_not(data) from None
    try:
        yield document
    finally:
        document.close()


def _why_not(data: bytes) -> Exception:
    """Asked again, since pypdfium2 tells a document without pages by the error of the one before."""
    handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if handle:
        raw.FPDF_CloseDocument(handle)
        return Empty()
    if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
        return Locked()
    return ValueError("not a PDF that can be read")


def encrypted(document: Any) -> bool:
    """Also where no password is asked for, but one forbids to copy or print."""
    return cast(int, raw.FPDF_GetSecurityHandlerRevision(document)) != -1


def pages(document: Any) -> Iterator[Any]:
    """Each page, at most MAX_PAGES, with its notes and form fields made part of it.

    So what is drawn and what is searched are the same. Raises ValueError for a page that can't be loaded.
    """
    for number in range(min(len(document), MAX_PAGES)):
        page = page_of(document, number)
        page.numbered = number
        yield page


def page_of(document: Any, number: int) -> Any:
    try:
        first = document[number]
        changed = raw.FPDFPage_Flatten(first, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS
        if changed:
            first.close()
            return document[number]
    except pypdfium2.PdfiumError:
        raise ValueError(f"page {number + 1} can't be loaded") from None
    return first


def letters(page: Any) -> Letters:
    """The text in reading order, as pdfium has it. Lines end in "\\n"."""
    try:
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Letters("", ())
    text: list[str] = []
    boxes: list[Sides | None] = []
    area = page.get_width() * page.get_height()
    for place in range(min(text_page.count_chars(), _MAX_LETTERS)):
        shown = _letter(text_page, place)
        drawn = None if shown.isspace() else _letter_box(text_page, place, area)
        text.append(shown)
        boxes.extend([drawn] * len(shown))
    text_page.close()
    return Letters("".join(text), tuple(boxes))


def _letter(text_page: Any, place: int) -> str:
    code = raw.FPDFText_GetUnicode(text_page, place)
    if code == _HYPHEN:
        return "-\n"
    if raw.FPDFText_HasUnicodeMapError(text_page, place) == 1 or code == 0 or 0xD800 <= code <= 0xDFFF:
        return UNKNOWN
    if code == 0x0D:
        return " "
    return chr(code) if code <= 0x10FFFF else UNKNOWN


def _letter_box(text_page: Any, place: int, area: float) -> Sides | None:
    """The letter with its font's full height, unless the font claims a height beyond reason."""
    left, bottom, right, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(text_page, place, left, right, bottom, top):
        return None
    tight = (left.value, bottom.value, right.value, top.value)
    around = raw.FS_RECTF()
    if raw.FPDFText_GetLooseCharBox(text_page, place, around):
        loose = union(tight, (around.left, around.bottom, around.right, around.top))
        if (loose[2] - loose[0]) * (loose[3] - loose[1]) <= area / 20:
            return loose
    return tight if tight[2] > tight[0] or tight[3] > tight[1] else None


def union(one: Sides, other: Sides) -> Sides:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def boxes_of(found: Letters, start: int, end: int, number: int) -> tuple[Box, ...]:
    """The letters from start to end as boxes, one a line, whichever way the line runs."""
    lines: list[Sides] = []
    broken = True
    for place in range(start, end):
        sides = found.boxes[place]
        if sides is None:
            broken = broken or found.text[place] == "\n"
        elif broken or not _in_line(lines[-1], sides):
            lines.append(sides)
            broken = False
        else:
            lines[-1] = union(lines[-1], sides)
    return tuple(Box(number, *sides) for sides in lines)


def _in_line(line: Sides, letter: Sides) -> bool:
    """Do they overlap by a third of the smaller one, in height or, where text runs upwards, in width?"""
    for low, high in ((1, 3), (0, 2)):
        shared = min(line[high], letter[high]) - max(line[low], letter[low])
        if shared > min(line[high] - line[low], letter[high] - letter[low]) / 3:
            return True
    return False


def links(document: Any, number: int) -> list[tuple[str, Sides]]:
    """What can be pressed and leads out: address and place. Of the page as it was before `pages` changed it."""
    found: list[tuple[str, Sides]] = []
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return found
    at, link, sides = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while len(found) < _MAX_LINKS and raw.FPDFLink_Enumerate(page, at, link):
        address = _address(document, link)
        if address and raw.FPDFLink_GetAnnotRect(link, sides):
            found.append((address, (sides.left, sides.bottom, sides.right, sides.top)))
    page.close()
    return found


def _address(document: Any, link: Any) -> str:
    action = raw.FPDFLink_GetAction(link)
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return ""
    needed = raw.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < needed <= 4096:
        return ""
    room = ctypes.create_string_buffer(needed)
    raw.FPDFAction_GetURIPath(document, action, room, needed)
    return room.value.decode("utf-8", "replace")


def pictures(page: Any) -> list[Sides]:
    """Where a picture is drawn, in order; also inside of forms, as many programs place them."""
    found: list[Sides] = []
    for seen, one in enumerate(page.get_objects(max_depth=4)):
        if seen >= _MAX_OBJECTS:
            break
        if one.type == raw.FPDF_PAGEOBJ_IMAGE:
            found.append(_placed(one))
    return found


def _placed(picture: Any) -> Sides:
    """The unit square of a picture, through its own matrix and that of each form around it."""
    corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
    one = picture
    while one is not None:
        matrix = one.get_matrix()
        corners = [matrix.on_point(x, y) for x, y in corners]
        one = one.container
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def drawn(page: Any, scale: float) -> tuple[Image.Image, Any]:
    """The page as an RGB picture, `scale` pixels a point, and what turns its points into pixels."""
    bitmap = page.render(scale=scale, rev_byteorder=True, limit_image_cache=True)
    place = bitmap.get_posconv(page)
    return bitmap.to_pil().convert("RGB"), place


def size(page: Any) -> tuple[float, float]:
    """Width and height in points, as the page is shown."""
    return page.get_width(), page.get_height()


def sideways(page: Any) -> bool:
    """Is it shown turned by a quarter?"""
    return page.get_rotation() in (90, 270)


def pixels(place: Any, sides: Sides) -> tuple[int, int, int, int]:
    """Left, upper, right and lower pixel of a box on a drawn page, whichever way the page is turned."""
    one, other = place.to_bitmap(sides[0], sides[1]), place.to_bitmap(sides[2], sides[3])
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[0], other[0]),
        max(one[1], other[1]),
    )


def number(page: Any) -> int:
    """From 0."""
    return cast(int, page.numbered)
