"""A card, its buttons and what stands behind them; over the wire."""

from __future__ import annotations

import pytest

from sandbox import Reply
from tests.end_to_end.town import HOUR, Town, page

pytestmark = pytest.mark.wire


async def card_of(town: Town, title: str = "Python Engineer") -> Reply:
    """A channel follows everything with python, and a card stands there."""
    await town.beat(HOUR)
    await town.subscribe("python")
    await town.news(title)
    (card,) = town.cards(who="ana")
    return card


async def more_of(town: Town) -> Reply:
    return await page(town.ana.click(await card_of(town), "More"))


async def test_three_buttons_and_the_facts_in_order(town: Town) -> None:
    """Place before pay before the buttons, for eyes and for screen readers; a phone has room for three."""
    card = await card_of(town)
    assert card.buttons == ["Open", "Save", "More"]
    lines = card.text.splitlines()
    assert lines[0].startswith("### [Python Engineer")
    assert lines[1].startswith("**Open to:**") and lines[2].startswith("**Pay:**")


async def test_save_and_applied(town: Town) -> None:
    """Both put it on my list, privately; to press them twice changes nothing."""
    card = await card_of(town)
    for _ in range(2):
        kept = await page(town.ana.click(card, "Save"))
        assert kept.ephemeral and kept.text.startswith("On your list: Python Engineer")
    applied = await page(kept.click("Applied"))
    assert applied.ephemeral and "as applied" in applied.text
    assert (await page(town.ana.click(card, "Save"))).buttons == []
    assert len(town.cards()) == 1


async def test_more_shows_everything(town: Town) -> None:
    """All facts, and what can be done with them, which needs a company's name for some; nobody else sees it."""
    shown = await more_of(town)
    assert shown.ephemeral and shown.text.startswith("### [Python Engineer")
    assert shown.buttons == [
        *("Am I eligible?", "Applied", "Not for me"),
        *("Wrong facts", "Looks like a scam", "Why is it here?"),
    ]


async def test_hide_and_undo(town: Town) -> None:
    """What I hide is gone from my search, and nobody else's, until I undo it."""
    shown = await page(town.ana.click(await card_of(town, "Python Falconry Engineer"), "More"))
    hidden = await page(shown.click("Not for me"))
    assert hidden.text.startswith("Hidden from you") and hidden.buttons == ["Undo"]
    assert "### Nothing" in (await page(town.ana.slash("jobs search", words="falconry"))).text
    assert "### 1 opening" in (await page(town.mo.slash("jobs search", words="falconry"))).text
    again = await page(hidden.click("Undo"))
    assert "### 1 opening" in (await page(town.ana.slash("jobs search", words="falconry"))).text
    assert "Wrong facts" in (await page(again.click("Back to it"))).buttons


async def test_am_i_eligible(town: Town) -> None:
    """Who never told where they may work is asked for that."""
    told = await page((await more_of(town)).click("Am I eligible?"))
    assert told.ephemeral and "Posted in <#" in told.text
    assert {"Save", "More", "Why (not) here?"} <= set(told.buttons)


async def test_why_is_it_here(town: Town) -> None:
    """Each stage from the board to the channel, and each part of the filter."""
    told = await page((await more_of(town)).click("Why is it here?"))
    assert told.ephemeral and "I read it first on Plain JSON Feed" in told.text
    assert "The filter lets it through" in told.text and "python: yes" in told.text


async def test_buttons_outlive_a_restart(town: Town) -> None:
    """A card and its private page work in the next process."""
    shown = await more_of(town)
    await town.restart()
    assert "Hidden from you" in (await page(shown.click("Not for me"))).text
    (card,) = town.cards(who="ana")
    assert "Wrong facts" in (await page(town.ana.click(card, "More"))).buttons
