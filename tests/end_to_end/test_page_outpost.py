"""Outpost on the page: what a newcomer does in the demo, in a real browser, against the real bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from sandbox import Sandbox
from tests.end_to_end.town import HOUR, Town, a_town
from tests.page.browser_window import Window, Windows

pytestmark = [pytest.mark.wire, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def town(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose bot has read its board once and beats after each step of the clock."""
    async with a_town(migrated_file, tmp_path) as running:

        async def beat(now: object) -> None:
            await running.bot.heartbeat.beat()

        running.sandbox.after_step = beat
        await running.beat(HOUR)
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def house(town: Town) -> Sandbox:
    """What the windows look into."""
    return town.sandbox


async def hours(window: Window, many: int) -> None:
    """Press +1 hour; the clock has arrived when it may be pressed again."""
    await window.aside()
    for _ in range(many):
        await window.page.get_by_role("button", name="+1 hour").click()
        await expect(window.page.locator(".clock-walk")).to_be_hidden()
    if window.narrow:
        await window.page.locator(".drawer-right .drawer-close").click()


def button(message: Locator, name: str) -> Locator:
    return message.get_by_role("button", name=name, exact=True)


async def test_a_newcomers_first_minutes(town: Town, windows: Windows, size: dict[str, Any]) -> None:
    """mo lets a channel follow jobs, ana mends her filter in a form, hours pass, a card comes and tells why."""
    window = await windows.open("mo", "remote-python", size)
    await window.slash("jobs subscribe filter: python channel: remote-python")
    await button(window.message("Only you can see this"), "Save").click()
    await expect(window.message("Saved. New openings that pass are posted in")).to_be_visible()
    assert town.mo.presses == 0  # nobody but the page pressed

    await window.become("ana")
    await expect(window.messages).to_have_count(0)  # mo's answers are mo's alone
    await window.slash("jobs subscribe filter: python")
    await button(window.message("Only you can see this"), "Change filter").click()
    await expect(window.form.get_by_label("Filter")).to_have_value("python")
    await window.form.get_by_label("Filter").fill("python AND (")
    await window.submit()
    await expect(window.message("This bracket is never closed.")).to_be_visible()
    await button(window.messages.last, "Fix it").click()
    await expect(window.form.get_by_label("Filter")).to_have_value("python AND (")
    await window.form.get_by_label("Filter").fill("python -senior")
    await window.submit()
    await button(window.message("python and not senior"), "Save").click()
    await expect(window.message("Saved, for you alone.")).to_be_visible()

    town.publish("Python Engineer", "Cook")
    await hours(window, 2)
    card = window.message("Python Engineer at Quillhaven Labs")
    await expect(card).to_be_visible()
    await expect(card.get_by_role("link", name="Open")).to_have_attribute("target", "_blank")
    await expect(window.page.get_by_text("Cook at")).to_have_count(0)
    await button(card, "More").first.click()
    await expect(window.message("Why is it here?")).to_contain_text("Only you can see this")


async def test_a_form_that_is_sent_after_the_bot_was_restarted(town: Town, windows: Windows) -> None:
    """Outpost's forms outlive it: what was typed before the restart is read after it, and Save works."""
    mo = await windows.open("mo", "remote-python")
    await mo.slash("jobs subscribe filter: python channel: remote-python")
    await button(mo.messages.last, "Change filter").click()
    await mo.form.get_by_label("Filter").fill("python OR data")
    await town.restart()
    await mo.submit()
    await button(mo.message("python OR data"), "Save").click()
    await expect(mo.message("Saved. New openings")).to_be_visible()


async def test_one_answer_pressed_in_two_tabs(town: Town, windows: Windows) -> None:
    """Save, pressed in both at once, saves once; the other press is told so."""
    one = await windows.open("mo", "remote-python")
    other = await windows.beside(one, "mo", "remote-python")
    await one.slash("jobs subscribe filter: python channel: remote-python")
    for tab in (one, other):
        await expect(button(tab.messages.last, "Save")).to_be_visible()
    for tab in (one, other):  # neither waits for the other's answer
        await tab.page.evaluate(
            """() => setTimeout(() => [...document.querySelectorAll(".component-button")]
                 .find((each) => each.textContent === "Save").click())"""
        )
    for tab in (one, other):
        await expect(tab.message("Saved")).to_be_visible()
    await one.slash("jobs alerts")
    await expect(one.message("python")).to_be_visible()
    town.publish("Python Engineer")
    await hours(one, 2)
    await expect(one.messages.filter(has_text="Python Engineer at")).to_have_count(1)
