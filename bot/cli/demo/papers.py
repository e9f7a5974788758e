"""An invented document as a PDF of one page: text that can be selected, in a font that every reader has. Pure."""

from __future__ import annotations

from collections.abc import Sequence

_SIZE, _LEADING, _LEFT, _TOP = 12, 17, 60, 780  # points
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def paper(lines: Sequence[str]) -> bytes:
    """These lines beneath each other on A4. Raises UnicodeEncodeError for what Windows-1252 lacks."""
    text = b" ".join(b"(%s) Tj T*" % _escaped(line) for line in lines)
    content = b"BT /F1 %d Tf %d TL %d %d Td %s ET" % (_SIZE, _LEADING, _LEFT, _TOP, text)
    return _whole(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        _FONT,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 3 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    )


def _escaped(line: str) -> bytes:
    """As a literal string: ISO 32000-1, 7.3.4.2."""
    said = line.encode("cp1252")
    for sign in (b"\\", b"(", b")"):
        said = said.replace(sign, b"\\" + sign)
    return said


def _whole(*objects: bytes) -> bytes:
    """Objects 1, 2, 3 … and the table of where they are: ISO 32000-1, 7.5."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
