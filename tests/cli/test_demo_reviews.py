"""The demo's round of reviews: what its guide asks for is done in a browser, at the width of a phone."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from playwright.async_api import Locator, Page
from pypdf import PdfReader

from bot.cli.demo import reviews
from bot.cli.demo.papers import paper
from bot.cli.demo.reading import PLACE, HandsIn
from bot.cli.demo.script import moments
from bot.cli.demo.weeks import YOU
from sandbox import Actor
from sandbox.model import Channel
from tests.end_to_end.town import page as answer
from tests.page.browser_window import DESKTOP, Spares
from tools.review_pictures import sunday_evening, the_round, town

MOST_TO_ASK, MOST_TO_PUBLISH = 5, 2
DAYS = range(9, 16)  # of March 2026, a Monday and the six days after it


@pytest.mark.wire
@pytest.mark.asyncio(loop_scope="session")
async def test_a_round_from_its_documents_to_what_readers_say(spares: Spares) -> None:
    """Asking takes five presses at most. A no-show is replaced, and the author reads two reviews side by side.

    Each look fits the screen, and the guide notices what was done. Who joined meetings before has met somebody.
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
            sandbox = there.sandbox
            before = [one.id for one in sandbox.guide if one.done(sandbox, sandbox.member(YOU).user.id)]
            await joins_meetings(sandbox.member(YOU))
            page = await spares.fresh(DESKTOP)
            presses = await the_round(page, sandbox, keep)
            await page.context.close()
            done = [one.id for one in sandbox.guide if one.done(sandbox, sandbox.member(YOU).user.id)]
            notices = [one.text for one in sandbox.member("mo").sees("moderators")]
            met = [one for one in sandbox.guild.threads.values() if "offee" in one.name]
            debrief = await says_they_met(sandbox.member(YOU), met)
            assert sandbox.gaps == []
            assert [str(one) for one in sandbox.spec.violations] == []
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = addresses
    assert before == ["clock"]  # it is Sunday already
    assert looks == ["request", "look", "preview", "asked", "board", "result"]
    assert presses.ask <= MOST_TO_ASK and presses.publish <= MOST_TO_PUBLISH
    assert done == [*before, "round", "review", "author", "again", "meet"]
    assert len([text for text in notices if text.startswith("### The round is published")]) == 1
    assert len(met) == 2 and "### 1 of 6" in debrief


async def joins_meetings(you: Actor) -> None:
    """As the last task of the guide asks for."""
    offered = await answer(you.go(PLACE).slash("meet join"))
    await answer(offered.choose("What would you like?", ["Coffee chat"]))


async def says_they_met(you: Actor, threads: Sequence[Channel]) -> str:
    """In the thread that Monday's draw opened for you and somebody else; gives the first of the six questions."""
    (mine,) = [one for one in threads if one.thread and you.user.id in one.thread.members]
    assert mine.thread and len(mine.thread.members) > 2  # the bot is in it, too
    hello = you.sees(mine)[-1]
    good = await answer(hello.click("We met"))
    return (await answer(good.click("Six questions for me"))).text


# -- pure parts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
def test_the_round_is_ahead_on_any_day(day: int) -> None:
    """It was switched on yesterday; five hand something in on the coming Monday before nine; you do nothing alone."""
    midnight = datetime(2026, 3, day, tzinfo=UTC)
    last = midnight + timedelta(hours=23, minutes=59)
    assert all(one.at < midnight for one in moments(reviews.SWITCHED_ON, midnight))
    ahead = moments(reviews.ROUND, last)
    handed = [one for one in ahead if isinstance(one.act, HandsIn)]
    assert ahead[0].at > last and len({one.who for one in handed}) == len(handed) == 5
    assert all(one.at.weekday() == 0 and one.at.hour < 9 for one in handed)
    assert YOU not in {one.who for one in ahead}


@pytest.mark.parametrize("day", DAYS)
def test_the_pictures_begin_on_the_evening_before_a_monday(day: int) -> None:
    """Later than now, and by a week at most."""
    for hour in (0, 20, 23):
        now = datetime(2026, 3, day, hour, 30, tzinfo=UTC)
        evening = sunday_evening(now)
        assert evening.weekday() == 6 and timedelta() < evening - now <= timedelta(days=7)


def test_a_paper_can_be_read() -> None:
    """Its lines can be selected, signs that PDF gives a meaning too; what its font lacks is refused."""
    lines = ("Designer (lead) \\ tests", "Résumé of 2025: 40 % fewer questions")
    (page,) = PdfReader(io.BytesIO(paper(lines)), strict=True).pages
    assert page.extract_text().splitlines() == list(lines)
    with pytest.raises(UnicodeEncodeError):
        paper(["履歴書"])
