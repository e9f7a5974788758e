"""Where a place is scrolled to: at its end it stays there, further up it stays where it is."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from sandbox import Sandbox
from sandbox.model import ChannelKind
from tests.page.browser_window import Window, Windows
from tests.page.showcase import Showcase

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT_END = """() => {
  const { scrollHeight, scrollTop, clientHeight } = document.querySelector(".timeline-scroll");
  return scrollHeight - scrollTop - clientHeight < 2;
}"""
# The next message grows right after it was scrolled to and before the browser tells of that, as a picture does
# that comes in at once.
NEXT_GROWS = """() => new MutationObserver(([{ addedNodes }], self) => {
  self.disconnect();
  addedNodes[0].style.setProperty("min-height", "900px");
}).observe(document.querySelector(".timeline-list"), { childList: true })"""


def says(house: Sandbox, *texts: str) -> None:
    for text in texts:
        house.member("bob").go("reviews").say(text)


async def long_place(house: Sandbox, windows: Windows) -> Window:
    """A window at the end of a place that does not fit into it."""
    says(house, *(f"line {number}" for number in range(40)))
    window = await windows.open("ana", "reviews")
    await window.page.wait_for_function(AT_END)
    return window


async def test_what_grows_at_the_end_is_followed(house: Sandbox, windows: Windows) -> None:
    """A message that becomes taller after it came is seen to its end, and so is the next."""
    ana = await long_place(house, windows)
    await ana.page.evaluate(NEXT_GROWS)
    says(house, "tall")
    await expect(ana.message("tall")).to_have_css("min-height", "900px")
    await ana.page.wait_for_function(AT_END)
    says(house, "after it")
    await expect(ana.message("after it")).to_be_in_viewport()
    await ana.page.wait_for_function(AT_END)


async def test_who_reads_further_up_stays_there(house: Sandbox, windows: Windows, bot: Showcase) -> None:
    """Others' messages are counted; the answer to one's own command is gone to."""
    ana = await long_place(house, windows)
    await ana.message("line 39").hover()
    await ana.page.mouse.wheel(0, -600)
    newest = ana.page.locator("#timeline-newest")
    await expect(newest).to_be_visible()
    says(house, "one", "two")
    await expect(newest).to_have_text("2 new")
    await expect(ana.message("two")).not_to_be_in_viewport()
    await ana.slash("show private")
    await ana.page.wait_for_function(AT_END)
    await expect(newest).to_be_hidden()


async def test_the_page_itself_never_scrolls(house: Sandbox, windows: Windows) -> None:
    """What is hidden in a column that is longer than the window stays in the column: places with something new."""
    for number in range(12):
        house.world.add_channel(house.guild, f"room-{number}", ChannelKind.TEXT)
    ana = await windows.open("ana", "reviews")
    for number in range(12):
        house.member("bob").go(f"room-{number}").say("news")
    await expect(ana.page.locator(".places .visually-hidden").first).to_be_attached()
    before = ana.page.viewport_size
    assert before is not None
    await ana.page.set_viewport_size({"width": before["width"], "height": 220})
    try:
        sizes = "() => [document.documentElement.scrollHeight, innerHeight]"
        tall, window = await ana.page.evaluate(sizes)
        assert tall == window
    finally:
        await ana.page.set_viewport_size(before)
