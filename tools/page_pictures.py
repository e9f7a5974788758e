"""Pictures of the demo's page: the demo is lived through and looked at in Chromium.

    .venv/bin/python tools/page_pictures.py    # a part of `make pictures`

The town is the demo's, with its own seed, on the coming Friday morning. Chromium is found, or installed when this is
root, as for the tests. docs/pictures/: page-desktop.png, page-phone.png, picker.png, form.png.
"""

from __future__ import annotations

import asyncio
import io
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Page, async_playwright
from rich.console import Console

from bot.app import system_now
from bot.cli.demo import guide
from bot.cli.demo.stage import lived
from bot.cli.demo.story import PYTHON
from bot.cli.demo.told import Told
from sandbox import Sandbox
from sandbox.page.doing import next_friday
from tools import services

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"

LATE_MORNING = timedelta(minutes=72)  # after nine
DESKTOP, PHONE, DETAIL = (1280, 820), (390, 844), (820, 560)

Scheme = Literal["light", "dark"]


async def make() -> list[Path]:
    """Every picture, made anew. Raises tools.services.Unavailable where there is no Chromium."""
    program = services.chromium()
    FOLDER.mkdir(parents=True, exist_ok=True)
    nowhere = Told(Console(file=io.StringIO()))
    now = next_friday(system_now()) + LATE_MORNING
    async with lived(nowhere, 0, now) as town, async_playwright() as playwright:
        # Nothing was tried yet in the picture, although its clock is ahead of this machine's.
        town.sandbox.guide = [replace(one, done=_not_yet) for one in guide.tasks(town.sandbox.clock.now())]
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = await playwright.chromium.launch(executable_path=program, args=root)
        made = [await picture(browser, town.sandbox) for picture in (_desktop, _phone, _picker, _form)]
        await browser.close()
    return made


def _not_yet(sandbox: Sandbox, user_id: int) -> bool:
    return False


async def _desktop(browser: Browser, sandbox: Sandbox) -> Path:
    async with _page(browser, sandbox, DESKTOP) as page:
        return await _kept(page, "page-desktop")


async def _phone(browser: Browser, sandbox: Sandbox) -> Path:
    async with _page(browser, sandbox, PHONE, "dark") as page:
        return await _kept(page, "page-phone")


async def _picker(browser: Browser, sandbox: Sandbox) -> Path:
    async with _page(browser, sandbox, DETAIL) as page:
        await page.locator("#writer-area").fill("/")
        await page.get_by_role("listbox", name="Commands").wait_for()
        return await _kept(page, "picker")


async def _form(browser: Browser, sandbox: Sandbox) -> Path:
    async with _page(browser, sandbox, DETAIL) as page:
        await page.locator("#writer-area").fill("/jobs subscribe filter: python -senior ")
        await page.locator("#writer-send").click()
        await page.get_by_role("button", name="Change filter").last.click()
        await page.get_by_role("dialog").get_by_label("Filter").fill('(python OR data) -senior -"on site"')
        return await _kept(page, "form")


@asynccontextmanager
async def _page(
    browser: Browser, sandbox: Sandbox, size: tuple[int, int], scheme: Scheme = "light"
) -> AsyncIterator[Page]:
    """ana looks at #remote-python, in a browser whose clock is the town's."""
    narrow = size == PHONE
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        reduced_motion="reduce",
        timezone_id="UTC",
        is_mobile=narrow,
        has_touch=narrow,
    )
    page = await context.new_page()
    await page.clock.install(time=sandbox.clock.now())
    await page.goto(f"{sandbox.page}#/ana/{PYTHON}")
    cards = page.locator("article.message")
    await cards.last.wait_for()
    with_pay = cards.filter(has_text=re.compile(r"Pay: .*\d")).filter(has_text="Save").last
    await with_pay.evaluate("card => card.scrollIntoView({block: 'center'})")
    yield page
    await context.close()


async def _kept(page: Page, name: str) -> Path:
    file = FOLDER / f"{name}.png"
    await page.screenshot(path=file, caret="hide")
    return file


def main() -> int:
    """Make them and say so. Raises tools.services.Unavailable."""
    for file in asyncio.run(make()):
        print(f"made {file.relative_to(ROOT)}, {file.stat().st_size // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
