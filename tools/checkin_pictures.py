"""A week of check-ins in the demo, as somebody tries it in a browser; and the pictures of it.

    .venv/bin/python tools/checkin_pictures.py    # a part of `make pictures`

The clock goes to Friday, the opener stands there; you check in; to Monday, the digest; to Wednesday, it settles.
`tests/cli/test_demo_checkins.py` does the same. docs/pictures/, as on a phone: checkin-opener.png, checkin-form.png,
checkin-card.png, checkin-digest.png, checkin-history.png.
"""

from __future__ import annotations

import asyncio
import io
import os
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from playwright.async_api import Locator, Page, ViewportSize, async_playwright, expect
from rich.console import Console

from bot.app import system_now
from bot.cli.demo import guide
from bot.cli.demo.stage import Lived, lived
from bot.cli.demo.told import Told
from bot.cli.demo.weeks import GROUP, PLACE, YOU
from sandbox import Sandbox
from sandbox.page.doing import next_friday
from tools import services

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
WIDE, PHONE = ViewportSize(width=1280, height=820), ViewportSize(width=390, height=844)
BEFORE_FRIDAY = timedelta(hours=12)
WALKED_MS = 120_000.0  # for days that are lived through, hour by hour
WITHIN_MS = 20_000.0

Keep = Callable[[Page, Locator, str], Awaitable[None]]
"""(page, what is looked at, name)"""


def thursday_evening(now: datetime) -> datetime:
    """Twelve hours before the coming Friday's opening, which is later than `now`."""
    return next_friday(now + BEFORE_FRIDAY) - BEFORE_FRIDAY


@asynccontextmanager
async def town() -> AsyncIterator[Lived]:
    """The demo on a Thursday evening, with the guide of one that was just opened."""
    async with lived(Told(Console(file=io.StringIO())), 0, thursday_evening(system_now())) as there:
        there.sandbox.guide = guide.tasks(there.sandbox.clock.now())
        yield there


class Hands:
    """What one person presses on the page. presses: how often, typing aside.

    The clock stands beside the conversation in a wide window; all else is done at the width of a phone.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    async def press(self, button: Locator) -> None:
        self.presses += 1
        await button.click()

    async def walk(self, label: str) -> None:
        """Press this at the clock, and wait till it has arrived."""
        await self.page.set_viewport_size(WIDE)
        await self.press(self.page.get_by_role("button", name=label, exact=True))
        walk = self.page.locator(".clock-walk")
        await walk.wait_for(timeout=WITHIN_MS)
        await expect(walk).to_be_hidden(timeout=WALKED_MS)
        await self.page.set_viewport_size(PHONE)

    def message(self, text: str | re.Pattern[str]) -> Locator:
        """The newest one with this text."""
        return self.page.locator("article.message").filter(has_text=text).last


async def week(page: Page, sandbox: Sandbox, keep: Keep) -> int:
    """Friday, Monday and Wednesday; gives how often something was pressed."""
    hands = Hands(page)
    await page.clock.install(time=sandbox.clock.now())
    await page.goto(f"{sandbox.page}#/{YOU}/{PLACE}")
    await page.locator("#writer-area").wait_for(timeout=WITHIN_MS)

    await hands.walk("To Friday 09:00")
    opener = hands.message("Open now.")
    await keep(page, opener, "opener")
    await hands.press(opener.get_by_role("button", name="Check in", exact=True))
    form = page.locator("dialog[open]").last
    await hands.press(form.get_by_role("checkbox").first)
    await form.get_by_label("What worked, and what did you learn?").fill(
        "Three short letters beat one long one."
    )
    await form.get_by_label("Next week, up to 5 goals").fill(
        "Two letters to teams I know\nAsk Kofi for his story"
    )
    await form.get_by_label("One plan").fill("if it is Tuesday at 9:00, then I write at the kitchen table")
    await form.evaluate("each => each.querySelectorAll('*').forEach((part) => { part.scrollTop = 0; })")
    await keep(page, form, "form")
    await hands.press(form.get_by_role("button", name="Submit", exact=True))
    await expect(hands.message("Saved.")).to_be_visible(timeout=WITHIN_MS)

    await hands.walk("To Monday 18:00")
    digest = hands.message("A new week has begun.")
    await expect(digest).to_contain_text("5 check-ins")
    await keep(page, digest, "digest")
    await _card(page, sandbox, hands, keep)

    await hands.walk("To Wednesday 12:00")
    await page.locator("#writer-area").fill("/checkin history ")
    await hands.press(page.locator("#writer-send"))
    history = hands.message("You checked in 2 of the last 2 weeks.")
    await expect(history.locator("img")).to_be_visible(timeout=WITHIN_MS)
    await keep(page, history, "history")
    return hands.presses


async def _card(page: Page, sandbox: Sandbox, hands: Hands, keep: Keep) -> None:
    """A look into the thread, where the check-in stands as the others see it."""
    thread = [one for one in sandbox.guild.threads.values() if GROUP in one.name][-1]
    await page.goto(f"{sandbox.page}#/{YOU}/{thread.id}")
    await page.locator(".head-title").get_by_text(thread.name, exact=True).wait_for(timeout=WITHIN_MS)
    card = hands.message("Three short letters")
    await expect(card).to_be_visible(timeout=WITHIN_MS)
    await keep(page, card, "card")
    await page.goto(f"{sandbox.page}#/{YOU}/{PLACE}")
    await expect(hands.message("A new week has begun.")).to_be_visible(timeout=WITHIN_MS)


async def make() -> list[Path]:
    """Every picture, made anew. Raises tools.services.Unavailable where there is no Chromium."""
    program = services.chromium()
    FOLDER.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []

    async def keep(page: Page, shown: Locator, name: str) -> None:
        block = "start" if name == "card" else "center"
        await shown.evaluate(f"each => each.scrollIntoView({{block: '{block}'}})")
        made.append(FOLDER / f"checkin-{name}.png")
        await page.screenshot(path=made[-1], caret="hide")

    async with town() as there, async_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = await playwright.chromium.launch(executable_path=program, args=root)
        context = await browser.new_context(viewport=PHONE, reduced_motion="reduce", timezone_id="UTC")
        await week(await context.new_page(), there.sandbox, keep)
        await browser.close()
    return made


def main() -> int:
    """Make them and say so. Raises tools.services.Unavailable."""
    for file in asyncio.run(make()):
        print(f"made {file.relative_to(ROOT)}, {file.stat().st_size // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
