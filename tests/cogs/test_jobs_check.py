"""`/jobs check` and the menus on a message: where the bot is, where it isn't, and in its direct messages."""

from __future__ import annotations

import pytest

from sandbox import Reply
from tests.end_to_end.town import HOUR, Town, form, page

pytestmark = pytest.mark.wire

POSTING = "Data Engineer\nThis job is remote. You must be based in the United States.\nPython is a must."


async def card_of(town: Town) -> Reply:
    await town.beat(HOUR)
    await town.subscribe("python")
    await town.news("Python Engineer")
    (card,) = town.cards(who="ana")
    return card


async def test_a_link_that_we_know(town: Town) -> None:
    """The link of a card is its opening."""
    card = await card_of(town)
    told = await page(town.ana.slash("jobs check", link_or_text=card.links["Open"]))
    assert told.ephemeral and "Python Engineer" in told.text and "Posted in <#" in told.text


async def test_a_link_that_we_do_not_know(town: Town) -> None:
    """Nothing is fetched; the text can be pasted instead, and is read."""
    told = await page(town.ana.slash("jobs check", link_or_text="https://elsewhere.example/jobs/1"))
    assert told.text.startswith("### I don't know that link") and told.buttons == ["Paste the text"]
    pasted = await page((await form(told.click("Paste the text"))).submit(text=POSTING))
    assert pasted.text.startswith("### Unclear") and "US only" in pasted.text
    assert "I don't know where you may work" in pasted.text and "Python" in pasted.text


async def test_in_a_direct_message(town: Town) -> None:
    """It needs no server; what needs one is not offered."""
    card = await card_of(town)
    direct = town.ana.go_to_dm()
    told = await page(direct.slash("jobs check", link_or_text=card.links["Open"]))
    assert "Python Engineer" in told.text and told.buttons == ["Open"]
    assert "server" in (await page(direct.slash("jobs search", words="python"))).text
    assert "server" in (await page(direct.slash("jobs alerts"))).text


async def test_am_i_eligible_on_a_card(town: Town) -> None:
    """The menu on a card of ours is about its opening."""
    card = await card_of(town)
    told = await page(town.ana.menu("Am I eligible?", card))
    assert told.ephemeral and "Python Engineer" in told.text and "More" in told.buttons


async def test_am_i_eligible_on_any_message(town: Town) -> None:
    """A posting that somebody wrote is read; chatter has no posting in it."""
    bob = town.sandbox.member("bob").go("start-here")
    told = await page(town.ana.go("start-here").menu("Am I eligible?", bob.say(POSTING)))
    assert "US only" in told.text and "I fetched nothing" in told.text


async def test_save_a_card_and_a_link(town: Town) -> None:
    """Our card with its facts; somebody's link under the words beside it; chatter is refused."""
    card = await card_of(town)
    assert (await page(town.ana.menu("Save this job", card))).text.startswith("On your list: Python Engineer")
    bob, ana = town.sandbox.member("bob").go("start-here"), town.ana.go("start-here")
    find = bob.say("**Baker** at Crumbs https://elsewhere.example/jobs/7")
    saved = await page(ana.menu("Save this job", find))
    assert saved.ephemeral and saved.text.startswith("On your list: Baker at Crumbs")
    assert "no link" in (await page(ana.menu("Save this job", bob.say("good morning")))).text
