"""Files on the page: sent and fetched whole, refused in words, and nothing in them ever runs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from sandbox import Sandbox
from sandbox.uploads import Upload
from tests.page.browser_window import Window, Windows
from tests.page.showcase_parts import picture

pytestmark = pytest.mark.asyncio(loop_scope="session")

LIMIT = 10 * 1024 * 1024  # bytes, Discord's without a subscription
SCRIPT = b"""<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=1"><script>document.title=1</script>
<image href="https://evil.example/pixel.png"/></svg>"""


async def attach(window: Window, *files: Path) -> None:
    """By the + button of the composer."""
    await window.page.locator("#writer-plus").click()
    async with window.page.expect_file_chooser() as asked:
        await window.choose("Upload files")
    await (await asked.value).set_files([str(file) for file in files])


async def fetched(window: Window, link: Locator) -> bytes:
    """What a download link brings."""
    async with window.page.expect_download() as began:
        await link.click()
    file = await (await began.value).path()
    return await asyncio.to_thread(file.read_bytes)


async def test_a_file_arrives_as_it_was_sent(windows: Windows, tmp_path: Path, size: dict[str, Any]) -> None:
    """Two files with a text; somebody else sees the picture and downloads the same bytes."""
    data = bytes(range(256)) * 300
    (tmp_path / "notes.bin").write_bytes(data)
    (tmp_path / "field.png").write_bytes(picture())
    ana = await windows.open("ana", "reviews", size)
    bob = await windows.open("bob", "reviews")
    await attach(ana, tmp_path / "notes.bin", tmp_path / "field.png")
    await expect(ana.page.locator(".upload-chip progress")).to_have_count(0)
    await expect(ana.page.locator(".upload-chip")).to_have_count(2)
    await ana.say("Both of them")
    message = bob.message("Both of them")
    await expect(message.locator("img.file-image")).to_have_js_property("naturalWidth", 320)
    assert await fetched(bob, message.locator("a.file")) == data
    await expect(ana.page.locator(".upload-chip")).to_have_count(0)


async def test_a_file_over_the_limit_is_told(house: Sandbox, windows: Windows, tmp_path: Path) -> None:
    """One byte too many is refused in words before it is sent; the limit itself fits; the text stays."""
    for name, length in (("large.bin", LIMIT + 1), ("fits.bin", LIMIT)):
        (tmp_path / name).write_bytes(b"\0" * length)
    ana = await windows.open("ana", "reviews")
    await ana.composer.fill("Here it is")
    await attach(ana, tmp_path / "large.bin")
    await expect(ana.note).to_have_text(
        "large.bin is over 10 MiB, the limit. Make it smaller, or share a link."
    )
    await expect(ana.composer).to_have_value("Here it is")
    await attach(ana, tmp_path / "fits.bin")
    await expect(ana.page.locator(".upload-chip", has_text="fits.bin").locator("progress")).to_have_count(0)
    await ana.send()
    await expect(ana.message("fits.bin")).to_be_visible()
    (message,) = house.messages("reviews")
    assert [len(file.data) for file in message.attachments] == [LIMIT]


@pytest.mark.usefixtures("bot")
async def test_a_file_as_a_commands_option(windows: Windows, tmp_path: Path) -> None:
    """It is chosen in its field and its name reaches the bot."""
    (tmp_path / "cv.txt").write_text("words")
    ana = await windows.open("ana", "reviews")
    await ana.composer.fill("/show options text: abc number: 3 size: small ")
    await ana.page.get_by_role("button", name="Add file:").click()
    await ana.give(ana.page.locator("#slash-file"), tmp_path / "cv.txt")
    await expect(ana.page.locator(".upload-chip")).to_contain_text("cv.txt")
    await ana.send()
    await expect(ana.message("file: cv.txt")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("drawing.svg", SCRIPT),
        ("page.html", b"<script>document.title = 'ran'</script>"),
        ("<img src=x onerror=alert(1)>.txt", b"text"),
        ("picture.png", SCRIPT),
    ],
)
async def test_nothing_in_a_file_runs(house: Sandbox, windows: Windows, name: str, data: bytes) -> None:
    """Drawings and pages are only downloads; markup in a name is a name; what is no picture says so."""
    house.member("bob").go("reviews").say("A file", [Upload(name, data)])
    ana = await windows.open("ana", "reviews")
    message = ana.message("A file")
    if name == "picture.png":
        await expect(message.get_by_text("This picture can't be shown.")).to_be_visible()
        return
    await expect(message.locator("a.file")).to_be_visible()
    await expect(message.locator("img, svg:not(button svg), iframe, script")).to_have_count(0)
    assert await fetched(ana, message.locator("a.file")) == data
    assert await ana.page.title() == "#reviews · Ana · Remote together"
