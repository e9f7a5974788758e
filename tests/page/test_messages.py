"""Messages on the page, in a real browser: presses, menus, forms, failures, focus, scroll."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import FilePayload, Locator, Page, expect

from sandbox import Sandbox
from tests.page.browser_window import DESKTOP, PHONE, Windows
from tests.page.showcase import running

pytestmark = pytest.mark.asyncio(loop_scope="session")

FOCUSED = "document.activeElement.textContent"
FROM_END = "(e => e.scrollHeight - e.scrollTop - e.clientHeight)(document.querySelector('.timeline-scroll'))"
TOP = "each => each.getBoundingClientRect().top"
WIDER = """[...document.querySelectorAll("#timeline *")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1).length"""


@asynccontextmanager
async def shown(
    windows: Windows, *lines: str, size: dict[str, Any] = DESKTOP
) -> AsyncIterator[tuple[Sandbox, Page]]:
    """The page of ana in #remote-python, where she has used these commands."""
    sandbox = windows.sandbox
    async with running(sandbox):
        await sandbox.until(lambda: len(sandbox.world.commands) >= 4)
        ana = sandbox.member("ana").go("remote-python")
        for line in lines:
            await ana.slash(line)
        window = await windows.open("ana", "remote-python", size)
        yield sandbox, window.page


def said(page: Page, words: str) -> Locator:
    return page.locator("#timeline .message-body").get_by_text(words)


def button(page: Page, name: str) -> Locator:
    return page.locator("#timeline").get_by_role("button", name=name, exact=True)


async def test_a_press_is_answered_and_the_focus_stays(windows: Windows) -> None:
    """A button that changes its own message keeps the focus; a private answer can be taken off the screen."""
    async with shown(windows, "show components-v1") as (_, page):
        await button(page, "Count").press("Enter")
        await button(page, "Pressed 1×").wait_for()
        assert await page.evaluate(FOCUSED) == "Pressed 1×"
        await button(page, "Primary").click()
        await said(page, "You pressed Primary.").wait_for()
        await button(page, "Dismiss").click()
        await expect(said(page, "You pressed Primary.")).to_have_count(0)


async def test_an_app_that_is_silent_is_told_in_place(windows: Windows) -> None:
    """A press waits visibly, is not sent twice, and fails in words at its message; the next press clears them."""
    async with shown(windows, "show components-v1") as (sandbox, page):
        silent = button(page, "Never answers")
        before = len(sandbox.world.interactions)
        await silent.click()
        await expect(silent).to_have_attribute("aria-busy", "true")
        await silent.click()
        await expect(page.locator(".message-refusal")).to_have_text("This interaction failed")
        assert len(sandbox.world.interactions) == before + 1
        await button(page, "Primary").click()
        await expect(page.locator(".message-refusal").first).to_be_empty()


async def test_menus_by_keyboard(windows: Windows) -> None:
    """A menu of many is filtered and closed with Done; single ones close at once; the bot hears what was chosen."""
    async with shown(windows, "show selects") as (_, page):
        await button(page, "Cities: City 2").press("Enter")
        await page.keyboard.type("23")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Done").press("Enter")
        await said(page, "Chosen: city 2, city 23.").wait_for()
        for menu, choice, words in (
            ("When?: Morning", "Evening", "Chosen: pm."),
            ("Which role?", "@moderators", "Chosen: @moderators."),
            ("Where?", "reviews", "Chosen: #reviews."),
        ):
            await button(page, menu).press("Enter")
            await page.get_by_role("option", name=choice).press("Enter")
            await said(page, words).wait_for()
        await button(page, "Who?").press("Enter")
        await page.keyboard.type("bo")
        await page.keyboard.press("Enter")
        await page.keyboard.press("Escape")
        assert await page.evaluate(FOCUSED) == "Who?"  # nothing was chosen


async def test_a_form_loses_nothing(windows: Windows) -> None:
    """What is wrong is told at the field, which gets the focus; a form that was left comes back with its text."""
    async with shown(windows, "show components-v1") as (_, page):
        await button(page, "Form").click()
        form = page.get_by_role("dialog", name="Texts")
        await form.get_by_role("button", name="Submit").click()
        name = form.get_by_label("Name")
        await expect(name).to_be_focused()
        await expect(name).to_have_attribute("aria-invalid", "true")
        await expect(form.get_by_text("Fill this in.")).to_be_visible()
        await name.fill("Ana")
        await page.keyboard.press("Escape")
        assert await page.evaluate(FOCUSED) == "Form"
        await button(page, "Form").click()
        await expect(name).to_have_value("Ana")
        await form.get_by_role("button", name="Submit").click()
        await said(page, "Name: Ana").wait_for()


async def test_a_form_that_fails_keeps_its_text(windows: Windows) -> None:
    """An app that does not answer a form is told inside it, and everything typed is still there."""
    async with shown(windows, "show v2") as (_, page):
        await page.locator("#writer-area").fill("/odd unheard")
        await page.keyboard.press("Enter")
        await page.keyboard.press("Enter")
        form = page.get_by_role("dialog", name="Never answered")
        await form.get_by_label("Words").fill("precious")
        await form.get_by_role("button", name="Submit").click()
        await form.get_by_text("Something went wrong. Try again.").wait_for()
        await expect(form.get_by_label("Words")).to_have_value("precious")


async def test_every_kind_of_field_is_sent(windows: Windows) -> None:
    """Select, radio, checkboxes, checkbox and a file reach the bot, on a phone's width too."""
    async with shown(windows, "show v2", size=PHONE) as (_, page):
        await button(page, "More").locator("visible=true").and_(page.locator(".component-button")).click()
        form = page.get_by_role("dialog", name="Choices")
        await form.get_by_label("Senior").check()
        for tool in ("SQL", "Kafka"):
            await form.get_by_label(tool).check()
        await form.get_by_label("Share it").check()
        async with page.expect_file_chooser() as chooser:
            await form.get_by_role("button", name="Choose files").click()
        cv = FilePayload(name="cv.txt", mimeType="text/plain", buffer=b"words")
        await (await chooser.value).set_files([cv])
        await form.get_by_text("cv.txt").wait_for()
        await form.get_by_role("button", name="Submit").click()
        await form.get_by_text("Too many: at most 2.").wait_for()
        await form.get_by_label("Kafka").uncheck()
        await form.get_by_role("button", name="Submit").click()
        answer = page.locator("#timeline .message-body").last
        for words in ("When: am", "Level: 2", "Tools: py, sql", "Share it: True", "Your CV: cv.txt"):
            await expect(answer).to_contain_text(words)


async def test_everything_fits_a_phone(windows: Windows) -> None:
    """No message is wider than the screen."""
    async with shown(windows, "show v2", "show embeds", "show selects", "show markdown", size=PHONE) as (
        _,
        page,
    ):
        await said(page, "print(").wait_for()
        assert await page.evaluate(WIDER) == 0


async def test_the_fields_of_a_command_fit_a_phone(windows: Windows) -> None:
    """However long what is said of a command and its options, nothing is beyond the screen."""
    async with shown(windows, size=PHONE) as (_, page):
        await page.locator("#writer-area").fill("/show options ")
        await page.locator(".slash-field").first.wait_for()
        await page.locator(".slash-about").evaluate(
            "each => { each.textContent = 'Long words. '.repeat(20) }"
        )
        assert await page.evaluate(WIDER.replace("#timeline", ".slash")) == 0


async def test_thinking_is_shown_until_it_ends(windows: Windows) -> None:
    """A deferred answer says who is thinking, and is then replaced where it stands."""
    async with shown(windows) as (sandbox, page):
        thinking = asyncio.create_task(sandbox.member("ana").slash("odd think"))
        await said(page, "outpost is thinking…").wait_for()
        await button(page, "Finish thinking").click()
        await said(page, "Thought.").wait_for()
        await thinking
        await expect(said(page, "is thinking")).to_have_count(0)


async def test_reading_further_up_is_not_disturbed(windows: Windows) -> None:
    """New messages wait below what is read; earlier ones come above it; what came unread stands under a line."""
    async with shown(windows) as (sandbox, page):
        bob = sandbox.member("bob").go("remote-python")
        for number in range(120):
            bob.say(f"Message {number}")
        await said(page, "Message 119").wait_for()
        assert await page.evaluate(FROM_END) < 2
        await page.locator("#timeline-earlier").click()
        await said(page, "Message 21").wait_for()
        top = await said(page, "Message 75").evaluate(TOP)
        bob.say("And one more")
        await expect(page.locator("#timeline-newest")).to_contain_text("1 new")
        assert abs(await said(page, "Message 75").evaluate(TOP) - top) < 1  # less than a pixel: rounding
        await page.locator("#timeline-newest").click()
        assert await page.evaluate(FROM_END) < 2
        await page.locator("#places").get_by_text("reviews").click()
        await page.get_by_role("heading", name="reviews").wait_for()
        bob.say("While you were away")
        await page.locator("#places").get_by_text("remote-python").click()
        unread = page.locator(".timeline-unread + article")
        await expect(unread).to_contain_text("While you were away")
