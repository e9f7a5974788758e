"""What a PDF is made of, without trusting its own index: every object that stands in the bytes is looked at.

A reader follows the cross-reference table, and readers disagree about a broken one. So nothing is followed here: not
the table, not a reference. Each "obj" in the bytes begins an object, also in an older revision, and each object
stream is unpacked. Names are read outside of strings and streams, so "TypeScript/JavaScript" in a text is only text.
Sources: ISO 32000-1, 7.3 (objects), 7.5.7 (object streams), 12.6.4 (actions), 7.11.4 (embedded files).
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from PIL import Image
from pypdf.filters import ASCII85Decode, ASCIIHexDecode, LZWDecode, RunLengthDecode
from pypdf.generic import DictionaryObject, NumberObject, StreamObject

MAX_OBJECTS = 60_000
MAX_STREAMS = 10_000
MAX_STREAM = 128 << 20  # bytes unpacked; a page scanned in colour at 600 dots an inch has 104 MB
MAX_ALL = 384 << 20  # bytes unpacked in all
MAX_READ = 64 << 20  # bytes of objects read, each as often as it is begun
_MAX_TEXT = 48 << 20  # bytes of an object stream
_MAX_FILTERS = 8
_CHUNK = 1 << 20

SCRIPTS = frozenset(
    ("JavaScript", "JS", "Launch", "ImportData", "SubmitForm", "RichMediaExecute", "XFA", "Rendition")
)
FILES = frozenset(
    ("EmbeddedFile", "EmbeddedFiles", "EF", "FileAttachment", "AF", "RichMedia", "Collection", "3D", "GoToE")
)

_BEGIN = re.compile(rb"(?<![A-Za-z])obj(?![A-Za-z])")
_TOKEN = re.compile(
    rb"%[^\r\n]*|/[^\s\x00()<>\[\]{}/%]*|\(|(?<![A-Za-z])(?:stream|endobj)(?![A-Za-z])|<<|<[^<>]*>"
)
_STRING = re.compile(rb"[()\\]")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_SIZED = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+obj\s+(\d{1,9})\s+endobj")
_JAVASCRIPT_LINK = re.compile(rb"/URI\s*\(\s*javascript:", re.IGNORECASE)


class Oversized(Exception):
    """More of it than a document of four pages can need."""


@dataclass(slots=True)
class Inside:
    """names: those of SCRIPTS and FILES that were met. Numbers: what was unpacked, in bytes."""

    names: set[str] = field(default_factory=set)
    unpacked: int = 0

    @property
    def script(self) -> bool:
        return not SCRIPTS.isdisjoint(self.names)

    @property
    def files(self) -> bool:
        return not FILES.isdisjoint(self.names)


def look(data: bytes) -> Inside:
    """Raises Oversized. Stops at the first script or file, since one is enough."""
    inside, lengths, reading, streams = Inside(), _Lengths(data), 0, 0
    for number, begin in enumerate(_BEGIN.finditer(data)):
        if number >= MAX_OBJECTS:
            raise Oversized("objects")
        names, stop, streamed = names_in(data, begin.end())
        reading += stop - begin.end()
        _note(inside, names, data[begin.end() : stop])
        if inside.names:
            return inside
        if reading > MAX_READ:
            raise Oversized("reading")
        if streamed:
            streams += 1
            if streams > MAX_STREAMS:
                raise Oversized("streams")
            _look_into(inside, data, begin.end(), names, lengths)
    trailers = data.count(b"trailer")
    if trailers and trailers < 100:
        for begin in re.finditer(rb"trailer", data):
            _note(inside, names_in(data, begin.end())[0], b"")
    return inside


def _note(inside: Inside, names: set[str], written: bytes) -> None:
    inside.names |= names & (SCRIPTS | FILES)
    if "URI" in names and _JAVASCRIPT_LINK.search(written):
        inside.names.add("JavaScript")


def names_in(data: bytes, start: int) -> tuple[set[str], int, bool]:
    """The names from there to the end of the object, where that is, and whether a stream begins there."""
    names: set[str] = set()
    place = start
    while token := _TOKEN.search(data, place):
        word, place = token[0], token.end()
        if word == b"(":
            place = _after_string(data, place)
        elif word in (b"stream", b"endobj"):
            return names, place, word == b"stream"
        elif word[:1] == b"/":
            names.add(_ESCAPED.sub(lambda code: bytes((int(code[1], 16),)), word[1:]).decode("latin-1"))
    return names, len(data), False


def _after_string(data: bytes, place: int) -> int:
    depth = 1
    while depth and (sign := _STRING.search(data, place)):
        place = sign.end() + (sign[0] == b"\\")
        depth += {b"(": 1, b")": -1}.get(sign[0], 0)
    return place if not depth else len(data)


# -- streams -------------------------------------------------------------------------------------


class _Lengths:
    """Stands for the document where pypdf asks for a length that is an object of its own."""

    strict = False

    def __init__(self, data: bytes) -> None:
        self._known = {int(found[1]): int(found[2]) for found in _SIZED.finditer(data)}

    def get_object(self, reference: Any) -> NumberObject | None:
        length = self._known.get(reference.idnum)
        return None if length is None else NumberObject(length)


def _look_into(inside: Inside, data: bytes, start: int, names: set[str], lengths: _Lengths) -> None:
    stream = _stream(data, start, lengths)
    if stream is None:
        return
    if "Image" in names:
        _weigh_picture(stream)
    unpacked = _unpacked(stream, inside)
    if "ObjStm" in names and unpacked is not None:
        # One stretch of objects without "endobj". Names are what counts, so it is read as one.
        predicted = stream.get_data() if "Predictor" in names else unpacked
        packed_names, _, _ = names_in(predicted.replace(b"endobj", b"").replace(b"stream", b""), 0)
        _note(inside, packed_names, predicted)


def _stream(data: bytes, start: int, lengths: _Lengths) -> StreamObject | None:
    begin = data.find(b"<<", start, start + 4096)
    if begin < 0:
        return None
    source = io.BytesIO(data)
    source.seek(begin)
    try:
        found = DictionaryObject.read_from_stream(source, lengths)  # type: ignore[arg-type]
    except Exception:  # pypdf raises many kinds; pdfium decides whether the file can be read
        return None
    return found if isinstance(found, StreamObject) else None


def _filters(stream: StreamObject) -> list[str]:
    named = stream.get("/Filter", stream.get("/F"))
    return [str(one) for one in (named if isinstance(named, list) else [named]) if one is not None]


def _unpacked(stream: StreamObject, inside: Inside) -> bytes | None:
    """The bytes behind all filters that can swell; None behind one for pictures, or where they make no sense.

    A large result is counted and not kept: then it is b"". Raises Oversized.
    """
    content: bytes = stream._data
    filters = _filters(stream)
    if len(filters) > _MAX_FILTERS:
        raise Oversized("filters")
    for name in filters:
        if name in ("/FlateDecode", "/Fl"):
            content = b"".join(_inflated(content, inside))
        elif name in _PLAIN:
            try:
                content = _PLAIN[name](content)
            except Exception as error:  # pypdf raises LimitReachedError and many others
                if type(error).__name__ == "LimitReachedError":
                    raise Oversized("stream") from None
                return None
            _count(inside, len(content))
        else:
            return None
    return content


def _count(inside: Inside, length: int) -> None:
    inside.unpacked += length
    if inside.unpacked > MAX_ALL:
        raise Oversized("bytes")


def _inflated(content: bytes, inside: Inside) -> Iterator[bytes]:
    """Piece by piece; past what an object stream may have, they are counted and no longer given."""
    unpack = zlib.decompressobj()
    rest, length = content.lstrip(b"\r\n"), 0
    while rest and not unpack.eof:
        try:
            piece = unpack.decompress(rest, _CHUNK)
        except zlib.error:
            return
        rest = unpack.unconsumed_tail
        length += len(piece)
        _count(inside, len(piece))
        if length > MAX_STREAM:
            raise Oversized("stream")
        if length <= _MAX_TEXT:
            yield piece
        if not piece and not rest:
            return


def _text(decoded: bytes | str) -> bytes:
    return decoded.encode("latin-1") if isinstance(decoded, str) else decoded


_PLAIN = {
    "/ASCII85Decode": lambda content: _text(ASCII85Decode.decode(content)),
    "/A85": lambda content: _text(ASCII85Decode.decode(content)),
    "/ASCIIHexDecode": lambda content: _text(ASCIIHexDecode.decode(content)),
    "/AHx": lambda content: _text(ASCIIHexDecode.decode(content)),
    "/LZWDecode": lambda content: _text(LZWDecode.decode(content)),
    "/LZW": lambda content: _text(LZWDecode.decode(content)),
    "/RunLengthDecode": lambda content: _text(RunLengthDecode.decode(content)),
    "/RL": lambda content: _text(RunLengthDecode.decode(content)),
}


def _weigh_picture(stream: StreamObject) -> None:
    """By what its dictionary says, and by what the picture itself says: pdfium believes the latter."""
    width, height = stream.get("/Width", stream.get("/W")), stream.get("/Height", stream.get("/H"))
    if isinstance(width, int) and isinstance(height, int):
        bits = 1 if stream.get("/BitsPerComponent") == 1 else 24
        if width * height * bits > MAX_STREAM * 8:
            raise Oversized("picture")
    if not {"/DCTDecode", "/DCT", "/JPXDecode"}.isdisjoint(_filters(stream)):
        try:
            with Image.open(io.BytesIO(stream._data)) as picture:
                width, height = picture.size
        except Image.DecompressionBombError:
            raise Oversized("picture") from None
        except Exception:  # no picture that Pillow knows; Pillow raises many kinds
            return
        if width * height * 3 > MAX_STREAM:
            raise Oversized("picture")
