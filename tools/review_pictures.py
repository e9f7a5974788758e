"""A round of reviews in the demo, as somebody tries it in a browser; and the pictures of it.

    .venv/bin/python tools/review_pictures.py    # a part of `make pictures`

You ask for a review; the clock goes to Monday, and a moderator publishes the round; you read a letter, and its author
reads what you wrote; on Wednesday somebody steps in for a reader who never answered. `tests/cli/test_demo_reviews.py`
does the same. docs/pictures/, as on a phone: reviews-request.png, reviews-look.png, reviews-preview.png,
reviews-asked.png, reviews-board.png, reviews-result.png.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from playwright.async_api import FilePayload, Locator, Page, async_playwright, expect
from rich.console import Console

from bot.app import system_now
from bot.cli.demo import guide
from bot.cli.demo.papers import paper
from bot.cli.demo.reading import PLACE
from bot.cli.demo.reviews import AUTHOR, LET_DOWN
from bot.cli.demo.stage import Lived, lived
from bot.cli.demo.told import Told
from bot.cli.demo.weeks import YOU
from sandbox import Sandbox
from tools import services
from tools.checkin_pictures import PHONE, WIDE, WITHIN_MS, Hands, Keep

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
EVENING = 20  # o'clock, UTC

RESUME = (
    "Back-end developer",
    "Developer, Orchard Pay, 2016 to 2025",
    "Moved 14 services to a new platform without a night on call",
    "Responsible for code reviews",
    "ana@example.org, +351 912 345 678",
)
POSTING = "Senior back-end developer, remote in Europe: Python, PostgreSQL, written English"
VERDICTS = "ypyp" + "yy"
QUOTES = (
    (
        "Two juniors who sat in on it now do such work alone.",
        "Two juniors learned it beside me, and have moved eleven pages alone since.",
    ),
    (
        "I live at UTC+1 and can start in March. Shall we talk next week?",
        "I live at UTC+1, share your mornings, and can start in March.",
    ),
)
FIRST = "Let the number of the ticket shop open the letter: 30,000 people who kept buying."
QUESTION = "What would you have done if one page had broken on a Friday evening?"


@dataclass(frozen=True, slots=True)
class Presses:
    """How often something was pressed, typing aside."""

    ask: int
    publish: int
    read: int


def sunday_evening(now: datetime) -> datetime:
    """The evening before the coming Monday, which is later than `now`."""
    sunday = now + timedelta(days=6 - now.weekday())
    evening = sunday.replace(hour=EVENING, minute=0, second=0, microsecond=0)
    return evening if evening > now else evening + timedelta(days=7)


@asynccontextmanager
async def town() -> AsyncIterator[Lived]:
    """The demo on a Sunday evening, beating each second, with the guide of one that was just opened."""
    async with lived(Told(Console(file=io.StringIO())), 0, sunday_evening(system_now())) as there:
        there.sandbox.guide = guide.tasks(there.sandbox.clock.now())
        beats = asyncio.create_task(there.beating.by_itself())
        try:
            yield there
        finally:
            beats.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await beats


class Visitor(Hands):
    """One person at the page, as any member."""

    def __init__(self, page: Page, sandbox: Sandbox) -> None:
        super().__init__(page)
        self.sandbox = sandbox

    async def be(self, who: str, place: str = PLACE) -> None:
        await self.page.goto(f"{self.sandbox.page}#/{who}/{place}")
        await self.page.reload()
        title = self.page.locator(".head-title").get_by_text(place, exact=True)
        await title.wait_for(timeout=WITHIN_MS)
        await self.page.locator("#writer-area").wait_for(timeout=WITHIN_MS)

    async def type(self, command: str) -> None:
        await self.page.locator("#writer-area").fill(f"{command} ")
        await self.press(self.page.locator("#writer-send"))

    async def click(self, shown: Locator, label: str) -> None:
        await self.press(shown.get_by_role("button", name=label, exact=True))

    async def choose(self, menu: Locator, number: int) -> None:
        """An entry of a menu, which is one press on Discord's phones and one here."""
        await self.press(menu)
        await self.page.locator(".select-option").nth(number).click()

    async def form(self, **texts: str) -> Locator:
        """The form that has just opened, with these texts: label with _ for a blank → text."""
        shown = self.page.locator("dialog[open]").last
        for label, text in texts.items():
            await shown.get_by_label(label.replace("_", " ")).fill(text)
        return shown


async def the_round(page: Page, sandbox: Sandbox, keep: Keep) -> Presses:
    """From a Sunday evening to Wednesday noon."""
    you = Visitor(page, sandbox)
    await page.clock.install(time=sandbox.clock.now())
    await page.goto(f"{sandbox.page}#/{YOU}/{PLACE}")
    await page.set_viewport_size(PHONE)
    await page.locator("#writer-area").wait_for(timeout=WITHIN_MS)
    ask = await _asked(you, keep)
    await you.walk("To Monday 18:00")
    publish = await _published(you, keep)
    read = await _read(you, keep)
    await you.be(YOU)
    await you.walk("To Wednesday 12:00")
    await _told(you, keep)
    return Presses(ask, publish, read)


async def _asked(you: Visitor, keep: Keep) -> int:
    """A resume is handed in, its addresses hidden."""
    before = you.presses
    await you.type("/review request")
    shown = you.message("Who can see it")
    await expect(shown).to_be_visible(timeout=WITHIN_MS)
    await keep(you.page, shown, "request")
    await you.click(shown, "Hand in")
    form = await you.form(The_posting_that_it_is_for=POSTING)
    async with you.page.expect_file_chooser() as chooser:
        await you.click(form, "Choose a file")
    file = FilePayload(name="resume.pdf", mimeType="application/pdf", buffer=paper(RESUME))
    await (await chooser.value).set_files(file)
    await expect(form.get_by_text("resume.pdf")).to_be_visible(timeout=WITHIN_MS)
    await you.click(form, "Submit")
    look = you.message("Before others see it")
    await expect(look.locator("img").last).to_be_visible(timeout=WITHIN_MS)
    await keep(you.page, look, "look")
    await you.click(look, "Send as shown")
    await expect(you.message("It is handed in")).to_be_visible(timeout=WITHIN_MS)
    return you.presses - before


async def _published(you: Visitor, keep: Keep) -> int:
    """A moderator looks at the round, then publishes it."""
    await you.be("mo", "moderators")
    before = you.presses
    await you.click(you.message("A round waits for your look"), "Preview")
    preview = you.message("The round, before anybody is told")
    await expect(preview).to_contain_text("is read by", timeout=WITHIN_MS)
    await keep(you.page, preview, "preview")
    await you.click(preview, "Publish")
    await expect(you.message("Its readers are asked now")).to_be_visible(timeout=WITHIN_MS)
    return you.presses - before


async def _read(you: Visitor, keep: Keep) -> int:
    """The letter that you are asked to read: accepted, answered, sent."""
    await you.be(YOU)
    before = you.presses
    await you.type("/review status")
    asked = you.message("Would you read this?")
    await expect(asked).to_be_visible(timeout=WITHIN_MS)
    await keep(you.page, asked, "asked")
    await you.click(asked, "Accept")
    await you.click(you.message("You read:"), "Open the board")
    board = you.message("You read for:")
    await expect(board).to_be_visible(timeout=WITHIN_MS)
    await _filled(you, board, keep)
    await you.click(board, "Send")
    await expect(you.message("Sent")).to_be_visible(timeout=WITHIN_MS)
    return you.presses - before


async def _filled(you: Visitor, board: Locator, keep: Keep) -> None:
    items, per_page = len(VERDICTS), 4
    for number, verdict in enumerate(VERDICTS):
        if number == per_page:
            await _quoted(you, board)
            await keep(you.page, board, "board")
            await you.click(board, "Next items")
            await expect(board.get_by_role("button", name="Earlier items")).to_be_visible(timeout=WITHIN_MS)
        await you.choose(board.locator("button.select").nth(number % per_page), "ypn".index(verdict))
        await expect(board).to_contain_text(f"{number + 1} of {items} answered", timeout=WITHIN_MS)
    await you.click(board, "Change this first")
    form = await you.form(What_would_you_change_first=FIRST, What_would_you_ask_in_an_interview=QUESTION)
    await you.click(form, "Submit")
    await expect(board).to_contain_text("Everything is there", timeout=WITHIN_MS)


async def _quoted(you: Visitor, board: Locator) -> None:
    """A line and a rewrite for each item that is partly met."""
    weak = [number for number, verdict in enumerate(VERDICTS[:4]) if verdict != "y"]
    for done, (number, (line, rewrite)) in enumerate(zip(weak, QUOTES, strict=True)):
        await you.press(board.get_by_role("button", name="Quote", exact=True).nth(number - done))
        form = await you.form(The_line=line, How_you_would_write_it=rewrite)
        await you.click(form, "Submit")
        await expect(board).to_contain_text(rewrite[:40], timeout=WITHIN_MS)


async def _told(you: Visitor, keep: Keep) -> None:
    """The author reads both reviews side by side; whom a reader let down has another one."""
    await you.be(AUTHOR)
    await you.type("/review status")
    await you.click(you.message("All reviews are here"), "Read it")
    result = you.message("what readers say")
    await expect(result).to_contain_text("they differ", timeout=WITHIN_MS)
    await keep(you.page, result, "result")
    await you.be(LET_DOWN)
    await you.type("/review status")
    await expect(you.message("Readers: 1 of 1 (reading)")).to_be_visible(timeout=WITHIN_MS)


async def make() -> list[Path]:
    """Every picture, made anew. Raises tools.services.Unavailable where there is no Chromium."""
    program = services.chromium()
    FOLDER.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []

    async def keep(page: Page, shown: Locator, name: str) -> None:
        await shown.evaluate("each => each.scrollIntoView({block: 'start'})")
        made.append(FOLDER / f"reviews-{name}.png")
        await page.screenshot(path=made[-1], caret="hide")

    async with town() as there, async_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = await playwright.chromium.launch(executable_path=program, args=root)
        context = await browser.new_context(viewport=WIDE, reduced_motion="reduce", timezone_id="UTC")
        await the_round(await context.new_page(), there.sandbox, keep)
        await browser.close()
    return made


def main() -> int:
    """Make them and say so. Raises tools.services.Unavailable."""
    for file in asyncio.run(make()):
        print(f"made {file.relative_to(ROOT)}, {file.stat().st_size // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
