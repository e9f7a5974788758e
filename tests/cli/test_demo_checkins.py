"""The demo's week of check-ins: what its guide asks for is done in a browser, at the width of a phone."""

from __future__ import annotations

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from playwright.async_api import Locator, Page

from sandbox import Reply
from tests.page.browser_window import DESKTOP, Spares
from tools.checkin_pictures import town, week

pytestmark = [pytest.mark.wire, pytest.mark.asyncio(loop_scope="session")]
MOST_PRESSES = 7


async def test_a_week_from_friday_to_wednesday(spares: Spares) -> None:
    """The opener stands there, you check in, the digest comes, the week settles: at most seven presses.

    Each look fits the screen, and the guide notices what was done. No feed looks new at once in these days.
    """
    addresses = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    looks: list[str] = []

    async def keep(page: Page, shown: Locator, name: str) -> None:
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, f"{name} is {wide} px wide"
        assert await shown.is_visible()
        looks.append(name)

    try:
        async with town() as there:
            page = await spares.fresh(DESKTOP)
            presses = await week(page, there.sandbox, keep)
            await page.context.close()
            you = there.sandbox.member("ana")
            done = [one.id for one in there.sandbox.guide if one.done(there.sandbox, you.user.id)]
            notices = [one.text for one in there.sandbox.member("mo").sees("moderators")]
            history = await you.go("check-ins").slash("checkin history")
            assert isinstance(history, Reply)
            assert there.sandbox.gaps == []
            assert [str(one) for one in there.sandbox.spec.violations] == []
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = addresses
    assert [text for text in notices if "suddenly looks new" in text or "can't be read" in text] == []
    assert looks == ["opener", "form", "digest", "card", "history"]
    assert presses <= MOST_PRESSES
    assert {"friday", "monday", "wednesday"} <= set(done)
    assert "You checked in" in history.text
