"""The page and its connection: a tab that slept, a sandbox that stopped and came back, the clock."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from sandbox import Sandbox
from tests.page.browser_window import Windows
from tests.page.showcase import Showcase

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOUR = timedelta(hours=1)
CUT = "WebSocket connection to"  # what Chromium's console says when nobody listens


async def test_a_tab_that_slept_for_an_hour(house: Sandbox, windows: Windows, bot: Showcase) -> None:
    """Frozen while an hour passes and the connection is cut; awake again it shows everything, private answers too."""
    ana = await windows.open("ana", "reviews", fresh=True)
    ana.forgiven = (CUT,)
    await ana.slash("show private")
    await expect(ana.message("And this.")).to_be_visible()
    devices = await ana.page.context.new_cdp_session(ana.page)
    await devices.send("Page.setWebLifecycleState", {"state": "frozen"})
    await house.stop()
    house.clock.move(HOUR)
    for number in range(70):
        house.member("bob").go("reviews").say(f"While you slept {number}")
    house.member("bob").go("check-ins").say(f"<@{house.member('ana').user.id}>, are you there?")
    await house.start()
    await devices.send("Page.setWebLifecycleState", {"state": "active"})
    await expect(ana.message("While you slept 69")).to_be_visible()
    await expect(ana.page.locator(".place .badge")).to_have_text("1 for you")
    await expect(ana.page.locator(".clock-face")).to_contain_text(f"{house.clock.now():%H:%M} UTC")
    await ana.page.locator("#timeline-earlier").click()
    await expect(ana.message("And this.")).to_have_count(1)


async def test_a_sandbox_that_stops_and_comes_back(house: Sandbox, windows: Windows) -> None:
    """The banner says so, after ten seconds what to do; what is typed meanwhile is kept and sent then."""
    ana = await windows.open("ana", "reviews", fresh=True)
    ana.forgiven = (CUT,)
    await ana.page.clock.install()
    await ana.say("Before")
    await expect(ana.message("Before")).to_be_visible()
    await house.stop()
    banner = ana.page.locator("#banner")
    await expect(banner).to_have_text("Connection lost. Trying again…")
    await ana.say("In between")
    await expect(ana.note).to_contain_text("Not connected.")
    await expect(ana.composer).to_have_value("In between")
    await ana.page.clock.fast_forward(11_000)
    await expect(banner).to_contain_text("The sandbox has stopped. Start it again with")
    await house.start()
    await ana.page.clock.fast_forward(6_000)
    await expect(banner).to_have_text("")
    await ana.send()
    await expect(ana.message("In between")).to_be_visible()


async def test_the_clock_goes_forward(house: Sandbox, windows: Windows) -> None:
    """An hour and a day by a press; every window shows the new moment; relative times go along."""
    house.member("bob").go("reviews").say(f"It was <t:{int(house.clock.now().timestamp())}:R>")
    ana, bob = [await windows.open(who, "reviews") for who in ("ana", "bob")]
    before = house.clock.now()
    await ana.page.get_by_role("button", name="+1 hour").click()
    await expect(bob.page.locator("#clock")).to_contain_text(
        re.compile("(1 h|59 min) ahead of your own clock")
    )
    await expect(bob.message("It was")).to_contain_text("1 hour ago")
    await ana.page.get_by_role("button", name="+1 day").click()
    await expect(bob.page.locator("#clock")).to_contain_text(re.compile("1 d 1 h|1 d 59 min"))
    assert timedelta(hours=25) <= house.clock.now() - before < timedelta(hours=26)
    await ana.page.get_by_role("button", name="To Friday 09:00").click()
    await expect(bob.page.locator(".clock-face")).to_contain_text("Friday")
    await expect(bob.page.locator(".clock-face")).to_contain_text("09:0")
