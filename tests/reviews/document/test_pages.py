"""Pictures of pages: what they show, what they no longer hold, and how large they are."""

from __future__ import annotations

import io
import random
from collections.abc import AsyncIterator

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image
from pypdf import PdfReader

from bot.reviews.document import pages, scan
from bot.reviews.document.values import Box
from bot.workers import Pool
from tests.reviews.document.papers import jpeg, paper, portrait

LINES = ("Anna Example", "anna@example.org", "Built queues for a port", "See my profile")
LINK = (
    b"/Annots [<< /Subtype /Link /Rect [60 724 160 744] /A << /S /URI /URI (https://example.org/anna) >> >>]"
)
DATA = paper(LINES, ("Second page", "anna@example.org"), page=LINK)
FOOTER = "For review only · Outpost"


def boxes_of(data: bytes) -> tuple[Box, ...]:
    return tuple(box for span in scan.found(data, ("Anna Example",)).spans for box in span.boxes)


def opened(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as picture:
        assert picture.format == "PNG" and not picture.info
        return picture.convert("RGB")


def noise() -> Image.Image:
    return Image.frombytes("RGB", (1300, 1800), random.Random(5).randbytes(1300 * 1800 * 3))


def test_one_picture_a_page() -> None:
    """As wide as asked for, as high as the page, and a footer beneath."""
    bare, signed = pages.render(DATA, 1000), pages.render(DATA, 1000, footer=FOOTER)
    assert [opened(one).size for one in bare] == [(1000, 1416)] * 2
    assert opened(signed[0]).crop((0, 0, 1000, 1416)).tobytes() == opened(bare[0]).tobytes()
    strip = opened(signed[0]).crop((0, 1416, 1000, opened(signed[0]).height))
    assert 8 < strip.height < 60 and sum(strip.convert("L").histogram()[:128]) > 100


def test_a_long_footer_fits() -> None:
    """Its letters become smaller; both edges stay white."""
    picture = opened(pages.render(DATA, 600, footer="Für die Durchsicht · " * 9)[0])
    for x in (0, 599):
        assert picture.crop((x, 860, x + 1, picture.height)).getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize("box", [(28346, 28346), (3, 14000), (14000, 3), (595, 842)])
def test_any_size_of_page_has_a_bounded_picture(box: tuple[float, float]) -> None:
    """Ten metres square, a thread, a ribbon: at most as wide as asked for and twice as high."""
    picture = opened(pages.render(paper(LINES, box=box))[0])
    assert 1 <= picture.width <= pages.WIDTH + 1 and 1 <= picture.height <= 2 * pages.WIDTH + 1


def test_heavy_pages_are_drawn_narrower() -> None:
    """Noise does not compress: each of four pages stays below two megabytes."""
    page = b"q 595 0 0 842 0 0 cm /P Do Q"
    data = paper(page, page, page, page, resources=b"/XObject << /P 4 0 R >>", more=[jpeg(noise())])
    drawn = pages.render(data, footer=FOOTER)
    assert len(drawn) == 4 and all(len(one) <= pages.MAX_PICTURE for one in drawn)
    assert 300 < opened(drawn[0]).width < pages.WIDTH
    assert len(pages.preview(data, ())) <= pages.MAX_PICTURE


def test_a_redacted_document_holds_pictures_and_nothing_else() -> None:
    """No letter, link or particular is left in it, hidden or not; its pages have the same width."""
    data = pages.redacted(DATA, boxes_of(DATA), FOOTER)
    reader = PdfReader(io.BytesIO(data))
    assert reader.metadata is None and "/Info" not in reader.trailer and "/ID" not in reader.trailer
    assert "/Metadata" not in reader.root_object
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 2
    for number, page in enumerate(reader.pages):
        assert page.extract_text() == "" and "/Annots" not in page
        assert float(page.mediabox.width) == pytest.approx(595, abs=0.5)
        assert document[number].get_textpage().count_chars() == 0
    document.close()
    for word in (b"anna", b"Anna", b"example", b"Pillow", b"pypdf"):
        assert word not in data


def test_what_lies_behind_a_box_is_gone() -> None:
    """A redacted page is the same whatever the hidden word was."""
    one, other = (paper(("Anna Example", line)) for line in ("aaa@example.org", "bbb@example.org"))
    box = (Box(0, 50, 760, 300, 776),)
    assert pages.redacted(one, box, FOOTER) == pages.redacted(other, box, FOOTER)
    assert pages.render(one, boxes=box) == pages.render(other, boxes=box)
    assert pages.redacted(one, (), FOOTER) != pages.redacted(other, (), FOOTER)


def test_boxes_belong_to_their_page() -> None:
    """A box of page two hides nothing on page one; sides may come the other way round."""
    box = Box(1, 300, 790, 50, 760)
    bare, boxed = pages.render(DATA), pages.render(DATA, boxes=(box,))
    assert bare[0] == boxed[0] and bare[1] != boxed[1]


def test_the_preview_lets_its_author_read() -> None:
    """Under the pane the letters are darker than the pane, the pane darker than paper, with a black outline."""
    data = paper(LINES)
    (box,) = scan.found(data).spans[0].boxes
    picture = opened(pages.preview(data, (box,)))
    scale = picture.width / 595
    pane = picture.crop(
        (
            round(box.left * scale),
            round((842 - box.top) * scale),
            round(box.right * scale),
            round((842 - box.bottom) * scale),
        )
    ).convert("L")
    low, high = pane.getextrema()
    assert isinstance(low, int) and isinstance(high, int) and low < 80 and 150 < high < 230
    middle = round((842 - (box.bottom + box.top) / 2) * scale)
    margin = picture.crop((0, middle, round(box.left * scale), middle + 1)).convert("L")
    assert (
        margin.getextrema() == (0, 255) and sum(margin.histogram()[:10]) == 2
    )  # the outline, two pixels wide


def test_wrong_arguments() -> None:
    """Widths, boxes beyond number, and what is no PDF are refused."""
    for width in (0, 199, 2481):
        with pytest.raises(ValueError, match="width_px"):
            pages.render(DATA, width)
    with pytest.raises(ValueError, match="boxes"):
        pages.redacted(DATA, [Box(0, 0, 0, 1, 1)] * 1001)
    for broken in (b"", b"%PDF-1.7 nothing", DATA[:300]):
        with pytest.raises(ValueError, match="not a PDF"):
            pages.preview(broken, ())


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    pool = Pool(size=1)
    yield pool
    await pool.close()


async def test_in_a_real_worker(pool: Pool) -> None:
    """A child with its limits draws the same, also a large photo."""
    boxes, module = boxes_of(DATA), "bot.reviews.document.pages:"
    assert await pool.call(module + "render", DATA, 1240, boxes, FOOTER, timeout_s=20.0) == pages.render(
        DATA, 1240, boxes, FOOTER
    )
    assert await pool.call(module + "redacted", DATA, boxes, FOOTER, timeout_s=20.0) == pages.redacted(
        DATA, boxes, FOOTER
    )
    assert await pool.call(module + "preview", DATA, boxes, timeout_s=20.0) == pages.preview(DATA, boxes)
    large = jpeg(portrait().resize((4500, 6000)))
    photo = paper(b"q 595 0 0 842 0 0 cm /P Do Q", resources=b"/XObject << /P 4 0 R >>", more=[large])
    (drawn,) = await pool.call(module + "render", photo, timeout_s=30.0)
    assert len(drawn) <= pages.MAX_PICTURE
