"""What is found on a page, and that its box lies over it."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator

import pytest
from PIL import Image, ImageOps

from bot.reviews.document import sheets
from bot.reviews.document.pages import render
from bot.reviews.document.scan import found
from bot.reviews.document.values import Box, Scan
from bot.workers import Pool
from tests.reviews.document.papers import A4, jpeg, logo, paper, portrait, stream, written

LINES = (
    "Anna Example",
    "anna@example.org",
    "Warehouse of Northwind",
    "Freight, Rotterdam",
    "2019-2023, 120 people",
)
PICTURES = b"/Resources << /XObject << /P 4 0 R >> >>"
FONTS = b"/Resources << /Font << /F1 3 0 R >> >>"
HIDE = ("Northwind Freight", "Anna Example")
WANTED = {("word", "Anna Example"), ("email", "anna@example.org"), ("word", "Northwind Freight")}


def told(scan: Scan) -> set[tuple[str, str]]:
    return {(span.kind, span.shown) for span in scan.spans}


def ink(data: bytes, boxes: tuple[Box, ...]) -> tuple[int, int]:
    """Dark pixels of page one, before and after what is in the boxes is painted white."""
    with sheets.opened(data) as document:
        page = next(sheets.pages(document))
        picture, place = sheets.drawn(page, 2.0)
        whole = dark(picture)
        for box in boxes:
            left, top, right, bottom = sheets.pixels(place, (box.left, box.bottom, box.right, box.top))
            picture.paste((255, 255, 255), (left - 2, top - 2, right + 2, bottom + 2))
        return whole, dark(picture)


def dark(picture: Image.Image) -> int:
    return sum(picture.convert("L").histogram()[:128])


def test_what_is_found_has_its_words_and_boxes() -> None:
    """Mail, name, and an employer over two lines, which has a box a line."""
    scan = found(paper(LINES), HIDE)
    assert told(scan) == WANTED and scan.unread == ()
    assert [len(span.boxes) for span in scan.spans] == [1, 1, 2]


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"/CropBox [30 40 560 800]",
        b"/Rotate 90",
        b"/Rotate 180",
        b"/Rotate 270 /CropBox [50 500 590 830]",
    ],
)
def test_boxes_lie_over_the_letters(page: bytes) -> None:
    """However the page is turned or cut: where all words tell who wrote it, nothing black is left."""
    data = paper(("anna@example.org", "+1 555 010 0199", "linkedin.com/in/anna"), page=page)
    scan = found(data)
    assert {span.kind for span in scan.spans} == {"email", "phone", "link"}
    before, after = ink(data, tuple(box for span in scan.spans for box in span.boxes))
    assert before > 1000 and after == 0


def test_text_that_runs_upwards() -> None:
    """A name along the margin has one tall box."""
    turned = b"0 1 -1 0 400 0 cm " + written(("anna@example.org",), top=100)
    (span,) = found(paper(turned)).spans
    (box,) = span.boxes
    assert box.top - box.bottom > 3 * (box.right - box.left)


def test_ligatures_and_letters_apart() -> None:
    """A name set with a ligature or letter by letter is still that name."""
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding << /Type /Encoding "
        b"/BaseEncoding /WinAnsiEncoding /Differences [65 /fi] >> >>"
    )
    assert told(found(paper(("Zoe Aelds",), font=font), ("Zoe Fields",))) in (
        {("word", "Zoe fields")},
        {("word", "Zoe ﬁelds")},
    )
    assert told(found(paper(("Z O E   F I E L D S",)), ("Zoe Fields",))) == {("word", "Z O E F I E L D S")}


def test_words_in_a_note_are_found_as_they_are_drawn() -> None:
    """A note laid over the page is part of it."""
    look = stream(
        b"BT /F1 12 Tf 5 5 Td (anna@example.org) Tj ET",
        b"/Subtype /Form /BBox [0 0 200 20] " + FONTS,
    )
    note = b"/Annots [<< /Type /Annot /Subtype /FreeText /F 4 /Rect [60 600 260 620] /AP << /N 4 0 R >> >>]"
    data = paper(("Nothing else here, only a few words",), page=note, more=[look])
    scan = found(data)
    assert told(scan) == {("email", "anna@example.org")}
    assert 600 <= scan.spans[0].boxes[0].bottom <= 610


def test_links_that_show_another_word() -> None:
    """A word that leads to a profile or a mailbox is found by where it leads, and no twice."""

    def link(rect: bytes, address: bytes) -> bytes:
        return b"<< /Subtype /Link /Rect [%s] /A << /S /URI /URI (%s) >> >>" % (rect, address)

    links = (
        link(b"60 776 120 792", b"https://www.linkedin.com/in/anna-x"),
        link(b"60 760 170 776", b"mailto:anna@example.org"),
        link(b"60 744 120 760", b"https://example.com/docs"),
    )
    scan = found(
        paper(("My profile", "anna@example.org", "Docs of mine"), page=b"/Annots [" + b" ".join(links) + b"]")
    )
    assert sorted(told(scan)) == [
        ("email", "anna@example.org"),
        ("link", "https://www.linkedin.com/in/anna-x"),
    ]


def with_picture(picture: Image.Image, place: bytes, page: bytes = b"") -> bytes:
    content = b"q " + place + b" cm /P Do Q " + written(LINES)
    return paper(content, resources=b"/XObject << /P 4 0 R >>", more=[jpeg(picture)], page=page)


def test_a_portrait_is_found() -> None:
    """In colour or grey, upright or on a turned page, directly or inside of a form; on page one."""
    photo = portrait()
    for data in (
        with_picture(photo, b"90 0 0 120 440 680"),
        with_picture(ImageOps.autocontrast(photo.convert("L")).convert("RGB"), b"90 0 0 120 440 680"),
        with_picture(photo, b"0 90 -120 0 560 600", b"/Rotate 90"),
    ):
        (span,) = [one for one in found(data).spans if one.kind == "photo"]
        assert span.shown == "" and span.page == 0
    form = stream(
        b"q 1 0 0 1 0 0 cm /P Do Q",
        b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] " + PICTURES,
    )
    data = paper(
        b"q 90 0 0 120 440 680 cm /X Do Q", resources=b"/XObject << /X 5 0 R >>", more=[jpeg(photo), form]
    )
    (span,) = found(data).spans
    box = span.boxes[0]
    assert [round(side) for side in (box.left, box.bottom, box.right, box.top)] == [440, 680, 530, 800]


@pytest.mark.parametrize(
    ("picture", "place"),
    [
        (logo(), b"90 0 0 90 440 680"),
        (portrait(), b"12 0 0 16 440 680"),
        (portrait(), b"595 0 0 842 0 0"),
        (portrait(320, 60), b"320 0 0 60 60 600"),
    ],
)
def test_what_is_no_portrait(picture: Image.Image, place: bytes) -> None:
    """A logo, an icon, a page-wide picture and a banner are none."""
    assert "photo" not in {span.kind for span in found(with_picture(picture, place)).spans}


def test_pages_without_text_are_named() -> None:
    """Page two is a picture: nothing can be found there, and the answer says so."""
    picture = b"q 500 0 0 700 40 60 cm /P Do Q"
    scan = found(paper(LINES, picture, resources=b"/XObject << /P 4 0 R >>", more=[jpeg(portrait())]))
    assert scan.unread == (1,) and scan.spans[0].page == 0


def test_what_cannot_be_read() -> None:
    """The intake comes first; without it there is one plain error."""
    for data in (b"", b"%PDF-1.4", paper()):
        with pytest.raises(ValueError, match="not a PDF"):
            found(data)


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    pool = Pool(size=1)
    yield pool
    await pool.close()


async def test_in_a_real_worker(pool: Pool) -> None:
    """A child finds the same."""
    data = with_picture(portrait(), b"90 0 0 120 440 680")
    assert await pool.call("bot.reviews.document.scan:found", data, list(HIDE), timeout_s=20.0) == found(
        data, HIDE
    )


def test_boxes_hide_in_the_picture() -> None:
    """Where a word stood, the page is black."""
    data = paper(("anna@example.org",))
    (box,) = found(data).spans[0].boxes
    with Image.open(io.BytesIO(render(data, boxes=(box,))[0])) as picture:
        scale = picture.width / A4[0]
        sides = (box.left, A4[1] - box.top, box.right, A4[1] - box.bottom)
        left, top, right, bottom = (round(side * scale) for side in sides)
        inside = picture.crop((left, top, right, bottom))
        assert inside.getextrema() == ((0, 0), (0, 0), (0, 0))
