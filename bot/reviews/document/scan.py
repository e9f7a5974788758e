"""Who wrote this? What a document tells of that, with where it stands. For workers.

Only an offer: the author sees the boxes and decides. A picture of text holds no text, so those pages are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PIL import Image

from bot.reviews.document import sheets
from bot.reviews.document.marks import Mark
from bot.reviews.document.sheets import Letters, Sides
from bot.reviews.document.values import MAX_PAGES, Box, Scan, Span
from bot.reviews.document.words import address_kind, marks
from bot.text import tidy

MAX_SPANS = 200
_SHOWN = 60  # characters
_MAX_HIDE = 50
# A portrait, in points (1/72 inch) and shares of the page's sides.
_SHORTEST, _LARGEST_SHARE = 36.0, 0.55
_SLIMMEST, _WIDEST = 0.5, 1.35  # width by height
_COLOURS = 60  # a logo has fewer, drawn this small and in steps of 16


def found(data: bytes, hide: Sequence[str] = ()) -> Scan:
    """hide: words as they are written, at most 50 are looked for; see `words.name_forms`, `words.employer_forms`.

    Raises ValueError for what is no PDF that can be read: `intake.examine` comes first.
    """
    spans: list[Span] = []
    unread: list[int] = []
    try:
        with sheets.opened(data) as document:
            outside = [sheets.links(document, number) for number in range(min(len(document), MAX_PAGES))]
            for number, page in enumerate(sheets.pages(document)):
                read = sheets.letters(page)
                if not read.readable:
                    unread.append(number)
                spans += _in_text(read, number, tuple(hide)[:_MAX_HIDE])
                spans += _in_links(outside[number], number, spans)
                if number == 0:
                    spans += _photos(page)
    except (sheets.Locked, sheets.Empty):
        raise ValueError("not a PDF that can be read") from None
    return Scan(tuple(spans[:MAX_SPANS]), tuple(unread))


def _in_text(read: Letters, number: int, hide: Sequence[str]) -> Iterator[Span]:
    for mark in marks(read.text, hide, head=number == 0):
        boxes = sheets.boxes_of(read, mark.start, mark.end, number)
        if boxes:
            yield Span(mark.kind, number, _short(read.text[mark.start : mark.end]), boxes)


def _short(words: str) -> str:
    return tidy(words.replace("-\n", "-"), _SHOWN)


def _in_links(links: Sequence[tuple[str, Sides]], number: int, spans: Sequence[Span]) -> list[Span]:
    """A word that leads to a profile or a mailbox, where its own letters do not say so."""
    there = [box for span in spans for box in span.boxes if box.page == number]
    found: list[Span] = []
    for address, sides in links:
        mark: Mark | None = address_kind(address)
        box = Box(number, *sides)
        if mark and not any(_covered(box, known) for known in there):
            found.append(Span(mark.kind, number, _short(address), (box,)))
    return found


def _covered(box: Box, known: Box) -> bool:
    """By half, as a link is often drawn larger than its words."""
    wide = min(box.right, known.right) - max(box.left, known.left)
    high = min(box.top, known.top) - max(box.bottom, known.bottom)
    area = (box.right - box.left) * (box.top - box.bottom)
    return wide > 0 and high > 0 and wide * high >= area / 2


def _photos(page: object) -> Iterator[Span]:
    """Pictures of a portrait's size and shape that have a photo's many colours, as the page shows them."""
    likely = [sides for sides in dict.fromkeys(sheets.pictures(page)) if _portrait(sides, page)]
    if not likely:
        return
    drawn, place = sheets.drawn(page, _scale(page))
    for sides in likely[:20]:
        if _many_colours(drawn.crop(sheets.pixels(place, sides))):
            yield Span("photo", 0, "", (Box(0, *sides),))


def _scale(page: object) -> float:
    width, height = sheets.size(page)
    return min(1.5, 1200 / max(width, height, 1.0))


def _portrait(sides: Sides, page: object) -> bool:
    wide, high = sides[2] - sides[0], sides[3] - sides[1]
    if min(wide, high) < _SHORTEST:
        return False
    shape = wide / high
    if sheets.sideways(page):
        shape = 1 / shape
    width, height = sheets.size(page)
    share = max(wide, high) / max(width, height, 1.0)
    return _SLIMMEST <= shape <= _WIDEST and share <= _LARGEST_SHARE


def _many_colours(picture: Image.Image) -> bool:
    if picture.width < 2 or picture.height < 2:
        return False
    small = picture.resize((32, 32), Image.Resampling.BOX).point(lambda value: value & 0xF0)
    colours = small.getcolors(32 * 32) or []
    return len(colours) >= _COLOURS or _grey_photo(small)


def _grey_photo(small: Image.Image) -> bool:
    """A photo in black and white has few colours, but most of its greys."""
    greys = small.convert("L").point(lambda value: value & 0xF0).getcolors(256) or []
    return sum(count >= 12 for count, _ in greys) >= 7
