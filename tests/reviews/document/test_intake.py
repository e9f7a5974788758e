"""Which files come in, and what the others are told."""

from __future__ import annotations

import io
import zlib
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter

from bot.reviews.document import objects
from bot.reviews.document.intake import REASONS, Examined, examine
from bot.workers import Pool
from tests import proofs
from tests.reviews.document.papers import jpeg, packed, paper, pdf, stream

LINES = (
    "Anna Example",
    "TypeScript/JavaScript developer, /Launch of /EmbeddedFiles",
    "Five years of careful work",
)
GOOD = paper(LINES)


def told(data: bytes, name: str = "resume.pdf") -> Examined:
    """Every answer is of the closed list, with its facts."""
    answer = examine(data, name)
    assert answer.ok == (answer.reason == "")
    if not answer.ok:
        assert set(answer.facts) == set(REASONS[answer.reason])
        assert (answer.text, answer.scanned) == ("", False)
    return answer


def test_a_plain_document_comes_in() -> None:
    """Its text line by line, its pages, its digest; words like JavaScript in a text are only text."""
    answer = told(GOOD)
    assert answer.ok and answer.pages == 1 and not answer.scanned
    assert answer.text == "\n".join(LINES)
    assert len(answer.sha256) == 64 and answer.sha256 != told(paper(("other",))).sha256


def pictured(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        *((pictured(kind), kind.lower()) for kind in ("PNG", "JPEG", "GIF", "WEBP")),
        *((b"", "empty"), (b"\0" * 50, "empty"), (b" \n", "empty"), (b"just words", "text")),
        (b"\xffwhat\0", "unknown"),
        *((b"PK\x03\x04" + b"x" * 30, "zip"), (b"PK\x03\x04..word/document.xml", "docx")),
        (b"{\\rtf1 a}", "rtf"),
        *((pictured("PNG") + GOOD, "png"), (b"x" * 1100 + GOOD, "text"), ("Straße ".encode() * 800, "text")),
    ],
)  # fmt: skip
def test_what_is_no_pdf_is_told_by_its_bytes(data: bytes, kind: str) -> None:
    """The name counts for nothing, and a file that begins as a picture is one, whatever follows."""
    answer = told(data, "resume.pdf")
    assert (answer.reason, answer.facts) == ("not_pdf", {"kind": kind})


def test_a_header_may_begin_a_little_later() -> None:
    """As readers accept it: within the first 1024 bytes."""
    shift = b"%" + b"x" * 500 + b"\n"
    assert told(shift + GOOD).ok


def test_too_large_and_too_many() -> None:
    """Six megabytes; 400 pages; no page."""
    assert told(GOOD + b"%" * 6_000_000).facts == {"bytes": len(GOOD) + 6_000_000, "most": 5_000_000}
    many = told(paper(*[("a page",)] * 400))
    assert (many.reason, many.facts, many.pages) == ("too_many_pages", {"pages": 400, "most": 4}, 400)
    assert told(paper(*[LINES] * 4)).pages == 4
    assert told(paper(*[LINES] * 5)).reason == "too_many_pages"
    assert told(paper()).reason == "no_pages"


JS = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


@pytest.mark.parametrize(
    "data",
    [
        paper(LINES, catalog=b"/OpenAction " + JS),
        paper(LINES, catalog=b"/OpenAction 4 0 R", more=[JS]),
        paper(LINES, page=b"/AA << /O " + JS + b" >>"),
        paper(LINES, catalog=b"/Names << /JavaScript << /Names [(a) 4 0 R] >> >>", more=[JS]),
        paper(LINES, page=b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A " + JS + b" >>]"),
        paper(LINES, catalog=b"/OpenAction << /S /Launch /F (calc.exe) >>"),
        paper(LINES, catalog=b"/OpenAction << /S /J#61vaScript /#4a#53 (a) >>"),
        paper(LINES, catalog=b"/AcroForm << /Fields [] /XFA 4 0 R >>", more=[stream(b"<xdp/>")]),
        paper(LINES, more=[packed(b"<< /Type /Other >>", JS)]),
        paper(LINES, more=[packed(JS).replace(b"/FlateDecode", b"[/FlateDecode]")]),
        paper(LINES, more=[stream(b"9 0 obj " + JS + b" endobj")]),
        paper(
            LINES,
            page=b"/Annots [<< /Subtype /Link /A << /S /URI /URI ( javascript:x) >> >>]".replace(b"( ", b"("),
        ),
        paper(LINES) + b"9 0 obj\n" + JS + b"\nendobj\ntrailer << /Size 10 /Root 1 0 R >>\n%%EOF",
    ],
)
def test_scripts_are_refused(data: bytes) -> None:
    """At the opening, of a page, of a note, of a form, spelt in codes, packed, inside a stream, or added later."""
    assert told(data).reason == "has_script"


@pytest.mark.parametrize(
    "data",
    [
        paper(
            LINES,
            catalog=b"/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>",
            more=[b"<< /EF << /F 5 0 R >> >>"],
        ),
        paper(
            LINES,
            page=b"/Annots [<< /Type /Annot /Subtype /FileAttachment /FS 4 0 R /Rect [0 0 9 9] >>]",
            more=[b"null"],
        ),
        paper(LINES, catalog=b"/AF [4 0 R]", more=[b"<< /Type /Filespec >>"]),
        paper(LINES, more=[stream(b"abc", b"/Type /EmbeddedFile")]),
        paper(LINES, more=[packed(b"<< /Type /Filespec /EF << /F 4 0 R >> >>")]),
    ],
)
def test_files_inside_are_refused(data: bytes) -> None:
    """By the tree of names, a note, a relation, or only lying there."""
    assert told(data).reason == "has_files"


def locked(user: str, owner: str) -> bytes:
    out = io.BytesIO()
    writer = PdfWriter(PdfReader(io.BytesIO(GOOD)))
    writer.encrypt(user, owner, algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


def test_passwords() -> None:
    """One that is asked for, and one that only forbids copying; the answer says which."""
    assert told(locked("secret", "other")).facts == {"opens": False}
    assert told(locked("", "other")).facts == {"opens": True}


def test_links_and_plain_actions_are_no_scripts() -> None:
    """A link, a page to open at and an outline come in, as every word processor writes them."""
    link = (
        b"/Annots [<< /Subtype /Link /Rect [60 770 200 790] /A << /S /URI /URI (https://example.org) >> >>]"
    )
    assert told(paper(LINES, page=link, catalog=b"/OpenAction << /S /GoTo /D [6 0 R /Fit] >>")).ok


@pytest.mark.parametrize("cut", [9, 60, 200, 400])
def test_cut_short(cut: int) -> None:
    """Half a file is damaged, or what is left of it is read; nothing is raised."""
    answer = told(GOOD[:cut])
    assert answer.reason == "damaged"


def test_swelling_streams_are_damaged() -> None:
    """A few kilobytes that unpack to more than a page can need, at once, in steps or together."""
    bomb = zlib.compress(b"\0" * (objects.MAX_STREAM + 1), 1)
    flate = b"/Filter /FlateDecode"
    assert told(paper(LINES, more=[stream(bomb, flate)])).reason == "damaged"
    twice = stream(zlib.compress(bomb), b"/Filter [/FlateDecode /FlateDecode]")
    assert told(paper(LINES, more=[twice])).reason == "damaged"
    deep = stream(b"a", b"/Filter [" + b"/ASCIIHexDecode " * 9 + b"]")
    assert told(paper(LINES, more=[deep])).reason == "damaged"
    part = stream(zlib.compress(b"\0" * (50 << 20), 1), flate)
    assert told(paper(LINES, more=[part] * 8)).reason == "damaged"


def test_huge_pictures_are_damaged() -> None:
    """By what the picture's own header says, whatever its dictionary claims, and the other way round."""
    small = jpeg(Image.new("RGB", (16, 16)))
    size = small.index(b"\xff\xc0") + 5
    huge = small[:size] + b"\xff\x00\xff\x00" + small[size + 4 :]
    assert told(paper(LINES, more=[small])).ok
    assert told(paper(LINES, more=[huge])).reason == "damaged"
    claimed = small.replace(b"/Width 16 /Height 16", b"/Width 90000 /Height 90000")
    assert told(paper(LINES, more=[claimed])).reason == "damaged"


def test_loops_end() -> None:
    """A page tree, a form and a length that refer to themselves: an answer comes."""
    tree = pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"])
    assert told(tree).reason == "damaged"
    form = stream(
        b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>"
    )
    assert told(paper(b"/X Do", resources=b"/XObject << /X 4 0 R >>", more=[form])).ok
    loop = b"<< /Length 4 0 R >>\nstream\nabc\nendstream"
    assert told(paper(LINES, more=[loop])).ok
    nested = b"[" * 100_000
    assert told(paper(LINES, more=[nested])).ok


def test_more_objects_than_a_resume_needs() -> None:
    """They are not all read."""
    assert told(GOOD + b"1 0 obj null endobj\n" * (objects.MAX_OBJECTS + 1)).reason == "damaged"


def test_a_scan_and_a_font_without_a_map_are_scanned() -> None:
    """A picture of a page has no text; letters that do not say what they are count as none."""
    page = b"q 595 0 0 842 0 0 cm /I Do Q"
    scan = told(paper(page, resources=b"/XObject << /I 4 0 R >>", more=[jpeg(Image.new("RGB", (200, 280)))]))
    assert scan.ok and scan.scanned and scan.text == ""
    glyphs = b"<< " + b" ".join(b"/g%d 4 0 R" % code for code in range(40, 90)) + b" >>"
    codes = b"[40 " + b" ".join(b"/g%d" % code for code in range(40, 90)) + b"]"
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 800] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 40 "
        b"/LastChar 89 /Widths ["
        + b"600 " * 50
        + b"] /CharProcs "
        + glyphs
        + b" /Encoding << /Differences "
        + codes
        + b" >> >>"
    )
    drawn = stream(b"600 0 0 0 600 800 d1 0 0 500 700 re f")
    unmapped = told(
        paper(("EXAMPLE OF A PAGE IN A FONT WITHOUT A MAP OF ITS LETTERS",) * 3, font=font, more=[drawn])
    )
    assert unmapped.ok and unmapped.scanned


def test_odd_pages() -> None:
    """Ten metres square, turned, without content: they come in."""
    assert told(paper(LINES, box=(28346, 28346))).ok
    assert told(paper(LINES, page=b"/Rotate 90")).text.count("Anna Example") == 1
    assert told(paper(b"")).scanned


def test_text_is_bounded_and_clean() -> None:
    """At most 20,000 characters, without what nobody sees."""
    long = told(paper(*[["word " * 15] * 60] * 4, page=b""))
    assert 10_000 < len(long.text) <= 20_000
    assert (
        told(GOOD, "a\u202e\x00" + "n" * 300).name.startswith("an") and len(told(GOOD, "n" * 300).name) <= 100
    )


@pytest.mark.proof
@given(st.binary(max_size=400), st.integers(0, len(GOOD)), st.integers(0, 60))
@settings(max_examples=proofs.size(40, 3000), deadline=None)
def test_nothing_is_ever_raised(noise: bytes, place: int, gone: int) -> None:
    """Any bytes, and a good file with any of its bytes replaced, have an answer of the list."""
    told(GOOD[:place] + noise + GOOD[place + gone :])
    told(b"%PDF-1.4\n" + noise)


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    pool = Pool(size=1)
    yield pool
    await pool.close()


async def test_in_a_real_worker(pool: Pool) -> None:
    """A child with its limits gives the same answers, also for a bomb."""
    function = "bot.reviews.document.intake:examine"
    assert await pool.call(function, GOOD, "resume.pdf", timeout_s=20.0) == told(GOOD)
    bomb = paper(LINES, more=[stream(zlib.compress(b"\0" * (200 << 20), 1), b"/Filter /FlateDecode")])
    assert (await pool.call(function, bomb, "resume.pdf", timeout_s=20.0)).reason == "damaged"


def test_names_are_read_outside_of_strings() -> None:
    """A string that is never closed, one in another, a comment and an escape hide nothing that counts."""
    assert objects.names_in(b"<< /A (\\)( /JS ) /JS) /B % /Launch\n/C#20D >> endobj /JS", 0)[0] == {
        "A",
        "B",
        "C D",
    }
    assert objects.names_in(b"<< /A (never closed /JS", 0)[0] == {"A"}
