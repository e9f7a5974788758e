"""`/feeds`: add, list, import, export, and the buttons of a dead feed's notice; over the wire."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.jobs.reading import opml
from bot.ports import FoundFeed
from sandbox import CannotDo, Reply
from tests.end_to_end.town import BOARD_NAME, HOUR, NEXT_READING, Town, form, page

pytestmark = pytest.mark.wire

HOST = "127.0.0.1"


async def add(town: Town, board: str = "atom", who: str = "mo") -> Reply:
    """A moderator types an address and presses Add."""
    tested = await page(town.sandbox.member(who).slash("feeds add", address=town.boards.url(board)))
    return await page(tested.click("Add"))


async def listed(town: Town) -> Reply:
    return await page(town.mo.slash("feeds list"))


async def test_add(town: Town) -> None:
    """The feed is tested, three of its openings shown; once added, what is new in it reaches the channels."""
    await town.beat(HOUR)
    await town.subscribe("")
    tested = await page(town.mo.slash("feeds add", address=town.boards.url("atom")))
    assert tested.ephemeral
    assert "20 openings" in tested.text and tested.text.count("I read:") == 3
    newest = town.boards.postings("atom")[0]
    assert f"[{newest.role} at {newest.company}]" in tested.text
    assert "is added" in (await page(tested.click("Add"))).text
    await town.beat(HOUR)
    (posting,) = town.boards.publish("atom")
    await town.beat(NEXT_READING)
    assert any(posting.role in title for title in town.titles())


async def test_cancel(town: Town) -> None:
    """Nothing is kept for this server."""
    tested = await page(town.mo.slash("feeds add", address=town.boards.url("atom")))
    assert "Nothing was added" in (await page(tested.click("Cancel"))).text
    assert "0 of 25" in (await listed(town)).text


async def test_a_page_for_people(town: Town) -> None:
    """Its feeds stand in a menu; the one that is chosen is tested and can be added."""
    host, port = town.boards.address
    shown = await page(town.mo.slash("feeds add", address=f"http://{host}:{port}/"))
    assert "I found 2 feeds in it" in shown.text
    tested = await page(shown.choose("Choose a feed; I test it first", "Plain Atom"))
    assert "### Plain Atom can be read" in tested.text
    assert "is added" in (await page(tested.click("Add"))).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("http://127.0.0.1:1/feed", "uses a port other than 80 and 443"),
        ("http://10.0.0.1/feed", "leads to an address that is not public"),
        ("http://169.254.169.254/latest/", "Give an address that everybody can open"),
        ("what is this", "holds a space"),
        ("file:///etc/passwd", "does not begin with http"),
        ("x" * 500, "Give an address that everybody can open"),
    ],
)
async def test_addresses_that_are_none(town: Town, typed: str, said: str) -> None:
    """Whatever somebody types: words that say what to do, and nothing inside is asked."""
    shown = await page(town.mo.slash("feeds add", address=typed))
    assert shown.ephemeral and said in shown.text


async def test_a_feed_of_the_book(town: Town) -> None:
    """It needs no adding; a feed in trouble can't be added and says why."""
    (book,) = town.bot.app.feeds.book
    assert "Every server hears" in (await page(town.mo.slash("feeds add", address=book.url))).text
    town.boards.behave("atom", "status", status=503)
    shown = await page(town.mo.slash("feeds add", address=town.boards.url("atom")))
    assert "is out of order" in shown.text and "Try again in some minutes" in shown.text


async def test_hidden_from_members(town: Town) -> None:
    """A member has no such command; a button of somebody else's page refuses them."""
    with pytest.raises(CannotDo):
        await town.ana.slash("feeds list")


async def test_the_list(town: Town) -> None:
    """Pause, resume, remove; a feed in trouble stands first, and is tried again once a minute at most."""
    await town.beat(HOUR)
    await add(town)
    await town.beat()
    shown = await listed(town)
    assert f"**{BOARD_NAME}**" in shown.text and "1 of 25 added here" in shown.text
    assert "**paused**" in (await page(shown.click("Pause"))).text
    assert "**paused**" not in (await page((await listed(town)).click("Resume"))).text
    town.boards.behave("atom", "status", status=404)
    await town.beat(NEXT_READING)
    shown = await listed(town)
    assert shown.text.index("**In trouble:**") < shown.text.index(BOARD_NAME)
    assert "I read it just now" in (await page(shown.click("Try again now"))).text
    town.boards.mend("atom")
    town.sandbox.clock.move(timedelta(minutes=1))
    await page((await listed(town)).click("Try again now"))
    await town.beat()
    assert "**In trouble:**" not in (await listed(town)).text
    assert "0 of 25" in (await page((await listed(town)).click("Remove"))).text


async def _dead(town: Town) -> Reply:
    """The notice that an added feed is gone."""
    await town.settle_in()
    await add(town)
    await town.beat()
    town.boards.behave("atom", "status", status=404)
    for _ in range(4):
        await town.beat(timedelta(hours=6))
    (notice,) = town.notices()
    assert notice.buttons == ["Try again now", "Replace", "Remove"]
    assert "Replace its address, or remove it." in notice.text
    return notice


async def test_a_dead_feed_is_replaced_from_its_notice(town: Town) -> None:
    """A wrong address leaves it; one that works takes its place, and the notice says who did it."""
    notice = await _dead(town)
    asked = await form(town.mo.message(notice).click("Replace"))
    assert "That can't be added" in (await page(asked.submit({"Address": "http://10.0.0.1/"}))).text
    asked = await form(town.mo.message(notice).click("Replace"))
    await page(asked.submit({"Address": town.boards.url("nodesk")}))
    assert f"Replaced by {HOST}" in town.notices()[0].text.replace("\\", "")
    assert "1 of 25" in (await listed(town)).text


async def test_a_dead_feed_is_removed_from_its_notice(town: Town) -> None:
    """It is off the list, and a second press finds nothing left to do."""
    await page(town.mo.message(await _dead(town)).click("Remove"))
    assert "Removed" in town.notices()[0].text
    assert "0 of 25" in (await listed(town)).text


async def test_a_list_goes_in(town: Town) -> None:
    """Each feed is tested; those that work are added, the others told; what is no list is refused."""
    town.boards.behave("nodesk", "status", status=404)
    feeds = [FoundFeed(town.boards.url(one), one) for one in ("atom", "nodesk", "larajobs")]
    body = opml.document("Mine", feeds, town.sandbox.clock.now())
    shown = await page(town.mo.slash("feeds import", file=("mine.opml", body)))
    assert shown.ephemeral
    await town.sandbox.until(lambda: "Testing the feeds" not in shown.refresh().text)
    assert "2 added · 1 can't be read" in shown.text and "**nodesk**" in shown.text
    assert "2 of 25" in (await listed(town)).text
    refused = await page(town.mo.slash("feeds import", file=("mine.opml", b"<html>")))
    assert "Give an OPML file" in refused.text


async def test_a_list_goes_out(town: Town) -> None:
    """The file holds the book's feeds and the server's own."""
    await add(town)
    shown = await page(town.mo.slash("feeds export"))
    (file,) = shown.message.attachments
    assert shown.ephemeral and file.filename == "outpost-feeds.opml"
    names = [one.title for one in opml.feeds_in(file.data)]
    assert names == [BOARD_NAME, HOST]
