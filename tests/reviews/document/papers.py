"""PDFs written by hand, so that a test holds exactly what it says. Invented people only."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageDraw

A4 = (595, 842)


def pdf(objects: Sequence[bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """Objects 1, 2, 3 … with a table of where they are."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        *(len(objects) + 1, root, trailer, table),
    )
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def written(lines: Sequence[str], size: int = 12, top: int = 780, left: int = 60) -> bytes:
    """The content of a page: lines of text beneath each other."""
    shown = [
        b"(%s) Tj T*"
        % line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        for line in lines
    ]
    return b"BT /F1 %d Tf %d TL %d %d Td %s ET" % (size, size + 4, left, top, b" ".join(shown))


def paper(
    *pages: Sequence[str] | bytes,
    box: tuple[float, float] = A4,
    page: bytes = b"",
    catalog: bytes = b"",
    resources: bytes = b"",
    more: Sequence[bytes] = (),
    font: bytes = FONT,
    trailer: bytes = b"",
) -> bytes:
    """A document of pages: lines, or content as it is. page, catalog, resources: further entries. more: further
    objects, which have the numbers from 4 on.
    """
    first = 4 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        font,
        *more,
    ]
    for number, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %s >> %s >>"
            % (*box, first + 2 * number + 1, resources, page)
        )
        objects.append(stream(content if isinstance(content, bytes) else written(content)))
    return pdf(objects, trailer=trailer)


def packed(*bodies: bytes) -> bytes:
    """An object stream of objects 100, 101 …"""
    head, body = b"", b""
    for number, one in enumerate(bodies, 100):
        head += b"%d %d " % (number, len(body))
        body += one + b" "
    entries = b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (len(bodies), len(head))
    return stream(zlib.compress(head + body), entries)


def jpeg(picture: Image.Image) -> bytes:
    """As an image object of a PDF."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    entries = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
    return stream(out.getvalue(), entries + b" /Width %d /Height %d" % picture.size)


def portrait(width: int = 240, height: int = 320) -> Image.Image:
    """Like a photo: a face of many shades before a wall with grain."""
    random, picture = Random(7), Image.new("RGB", (width, height))
    for x in range(width):
        for y in range(height):
            picture.putpixel(
                (x, y), (90 + y * 120 // height, 120 + x * 90 // width, 60 + random.randrange(90))
            )
    pen = ImageDraw.Draw(picture)
    for step in range(min(40, width // 5, height // 5)):
        shade = (200 - step * 2, 160 - step, 120 + step)
        pen.ellipse(
            (width * 0.25 + step, height * 0.2 + step, width * 0.75 - step, height * 0.7 - step), fill=shade
        )
    return picture


def logo() -> Image.Image:
    picture = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(picture).ellipse((20, 20, 180, 180), fill=(200, 30, 40))
    return picture
