"""Pictures of a document's pages, with boxes over what is to be hidden. For workers.

A picture holds no letters, no links and nothing about its author: what a box covers is gone. Nothing is written.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from functools import cache, partial
from importlib.util import find_spec
from math import sqrt
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, StreamObject

from bot.reviews.document import sheets
from bot.reviews.document.sheets import Sides
from bot.reviews.document.values import Box
from bot.text import tidy

WIDTH = 1240  # pixels: A4 at 150 dots an inch
MAX_PICTURE = 2_000_000  # bytes of one page, so four have 8 MB at most
_NARROWEST, _WIDEST = 200, 2480
_TALLEST = 2  # heights of a page by WIDTH: a longer one is drawn narrower
_GROWN = 1.5  # points a box reaches beyond its letters, since ink does
_MAX_BOXES = 1000
_BLACK, _WHITE, _INK = (0, 0, 0), (255, 255, 255), (60, 60, 60)


def render(data: bytes, width_px: int = WIDTH, boxes: Sequence[Box] = (), footer: str = "") -> list[bytes]:
    """One PNG a page, each at most MAX_PICTURE bytes; a page that has more is drawn narrower.

    footer: one line beneath each page. Raises ValueError for a width outside of 200 to 2480, for more than 1000
    boxes and for what is no PDF that can be read.
    """
    return [
        _small_png(partial(_boxed, page, boxes=boxes, footer=footer), width_px)
        for page in _sheets(data, width_px, boxes)
    ]


def redacted(data: bytes, boxes: Sequence[Box], footer: str = "") -> bytes:
    """A PDF of pictures alone, no letters, links or particulars, in the pages' size. Raises as `render`."""
    written = PdfWriter()
    for page in _sheets(data, WIDTH, boxes):
        picture = _boxed(page, WIDTH, boxes, footer)
        _add_picture(written, picture, sheets.size(page)[0] or 1.0)
    written.metadata = None
    out = io.BytesIO()
    written.write(out)
    return out.getvalue()


def preview(data: bytes, boxes: Sequence[Box]) -> bytes:
    """Page one as a PNG, with a grey pane over what would be hidden, for its author to read. Raises as `render`."""
    with closing(_sheets(data, WIDTH, boxes)) as all_pages:  # the document stays open while its page is used
        return _small_png(partial(_paned, next(all_pages), boxes=boxes), WIDTH)


def _sheets(data: bytes, width_px: int, boxes: Sequence[Box]) -> Generator[Any, None, None]:
    if not _NARROWEST <= width_px <= _WIDEST:
        raise ValueError(f"width_px: {width_px} is not in {_NARROWEST} to {_WIDEST}")
    if len(boxes) > _MAX_BOXES:
        raise ValueError(f"boxes: {len(boxes)} are more than {_MAX_BOXES}")
    try:
        with sheets.opened(data) as document:
            yield from sheets.pages(document)
    except (sheets.Locked, sheets.Empty):
        raise ValueError("not a PDF that can be read") from None


def _drawn(page: Any, width_px: int) -> tuple[Image.Image, Any]:
    width, height = sheets.size(page)
    scale = min(width_px / max(width, 1e-3), _TALLEST * width_px / max(height, 1e-3))
    return sheets.drawn(page, scale)


def _boxed(page: Any, width_px: int, boxes: Sequence[Box], footer: str) -> Image.Image:
    picture, place = _drawn(page, width_px)
    pen = ImageDraw.Draw(picture)
    for sides in _own(page, boxes):
        pen.rectangle(sheets.pixels(place, sides), fill=_BLACK)
    return _with_footer(picture, footer)


def _paned(page: Any, width_px: int, boxes: Sequence[Box]) -> Image.Image:
    picture, place = _drawn(page, width_px)
    panes = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(panes)
    for sides in _own(page, boxes):
        pen.rectangle(sheets.pixels(place, sides), fill=(90, 90, 90, 95), outline=(0, 0, 0, 255), width=2)
    return Image.alpha_composite(picture.convert("RGBA"), panes).convert("RGB")


def _own(page: Any, boxes: Sequence[Box]) -> Iterator[Sides]:
    """Those of this page, a little larger."""
    number = sheets.number(page)
    for box in boxes:
        if box.page == number:
            left, right = sorted((box.left, box.right))
            bottom, top = sorted((box.bottom, box.top))
            yield left - _GROWN, bottom - _GROWN, right + _GROWN, top + _GROWN


# -- pictures ------------------------------------------------------------------------------------


def _small_png(drawn_at: Callable[[int], Image.Image], width_px: int) -> bytes:
    """As wide as asked for, or narrower until it has MAX_PICTURE bytes at most."""
    while len(png := _png(drawn_at(width_px))) > MAX_PICTURE and width_px > _NARROWEST:
        fitting = sqrt(MAX_PICTURE / len(png))  # bytes grow with the area
        width_px = max(_NARROWEST, int(width_px * min(0.9, 0.95 * fitting)))
    return png


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _with_footer(picture: Image.Image, footer: str) -> Image.Image:
    """A white strip beneath the page, so that nothing of the page is covered."""
    words = tidy(footer, 200)
    if not words:
        return picture
    size = max(8, picture.width // 60)
    whole = Image.new("RGB", (picture.width, picture.height + 2 * size), _WHITE)
    whole.paste(picture, (0, 0))
    font = _font(size)
    while size > 4 and font.getlength(words) > picture.width - 8:
        size -= 1
        font = _font(size)
    pen = ImageDraw.Draw(whole)
    middle = picture.height + max(8, picture.width // 60)
    pen.text((picture.width / 2, middle), words, fill=_INK, font=font, anchor="mm")
    return whole


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """The font of our other pictures, where matplotlib keeps it; matplotlib itself would take a second to import."""
    home = find_spec("matplotlib")
    if home is None or home.origin is None:
        raise ValueError("matplotlib, which brings the font, is not installed")
    return ImageFont.truetype(str(Path(home.origin).parent / "mpl-data/fonts/ttf/DejaVuSans.ttf"), size)


def _add_picture(written: PdfWriter, picture: Image.Image, width: float) -> None:
    """One page with one JPEG, drawn over all of it."""
    height = width * picture.height / picture.width
    page = written.add_blank_page(width, height)
    content = DecodedStreamObject()
    content.set_data(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /P Do Q".encode())
    page[NameObject("/Contents")] = written._add_object(content)
    forms = DictionaryObject({NameObject("/P"): written._add_object(_jpeg(picture))})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})


def _jpeg(picture: Image.Image) -> StreamObject:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    stream = DecodedStreamObject()
    stream.set_data(out.getvalue())
    for key, value in (
        ("Type", "XObject"),
        ("Subtype", "Image"),
        ("ColorSpace", "DeviceRGB"),
        ("Filter", "DCTDecode"),
    ):
        stream[NameObject(f"/{key}")] = NameObject(f"/{value}")
    for key, number in (("Width", picture.width), ("Height", picture.height), ("BitsPerComponent", 8)):
        stream[NameObject(f"/{key}")] = NumberObject(number)
    return stream
