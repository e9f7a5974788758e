"""People on the page: a profile in scripts that run the other way, or have no spaces, in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from sandbox import Sandbox
from tests.end_to_end.boss import still_town
from tests.end_to_end.days import fill
from tests.end_to_end.town import Town, page
from tests.page.browser_window import Windows

pytestmark = [pytest.mark.wire, pytest.mark.asyncio(loop_scope="session")]

HEADLINE = "مهندسة برمجيات أحب الأنظمة الهادئة · 静かな決済システムを作るエンジニア"
SKILLS = "日本語で考える決済基盤の設計と運用, العربية, Python"


@pytest_asyncio.fixture(loop_scope="session")
async def town(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    folder = tmp_path / "town"
    folder.mkdir()
    async with still_town(migrated_file, folder) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def house(town: Town) -> Sandbox:
    """What the windows look into."""
    return town.sandbox


@pytest.mark.parametrize("who", ["ana", "mo"])
async def test_a_card_in_arabic_and_japanese(
    town: Town, windows: Windows, size: dict[str, Any], tmp_path: Path, who: str
) -> None:
    """A member's and a moderator's card is whole: every word is there, and nothing is wider than the window."""
    actor = town.sandbox.member(who).go("start-here")
    edit = await page((await page(actor.slash("me profile"))).click("Edit"))
    await fill(edit.click("Headline, skills"), {"Headline": HEADLINE, "Skills": SKILLS})
    window = await windows.open(who, "start-here", size)
    await window.slash("me profile")
    first = window.message("Nobody sees this card")
    await first.get_by_role("button", name="Only me", exact=True).click()
    card = window.message("As only you see it")
    for words in (HEADLINE, *SKILLS.split(", ")):
        await expect(card).to_contain_text(words)
    await card.scroll_into_view_if_needed()
    await window.page.screenshot(path=tmp_path / "card.png")
    width = window.page.viewport_size["width"] if window.page.viewport_size else 0
    assert await window.page.evaluate("document.documentElement.scrollWidth") <= width
    cut = """(card) => [...card.querySelectorAll("*")].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width > 1 && (box.left < 0 || box.right > innerWidth + 1);
    }).map((one) => one.className)"""
    assert await card.evaluate(cut) == []
