"""The buttons on openers, cards, digests and letters: whoever presses hears the answer alone; over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox import Reply
from tests.cogs.checkins_town import DAY, WEEK, a_group, a_thursday, cards, checked_in, joined, mind
from tests.end_to_end.town import MINUTE, Town, form, page

pytestmark = pytest.mark.wire


@pytest.fixture
async def town(migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Town]:
    async with a_thursday(migrated_file, tmp_path, caplog) as running:
        yield running


def opener(town: Town) -> Reply:
    return next(one for one in town.cards("check-ins") if "Skip this week" in one.buttons)


async def a_card(town: Town, ideas: str = "") -> Reply:
    """Bob's card, seen by Ana, who is in the group as well."""
    bob = town.sandbox.member("bob")
    await a_group(town)
    await joined(town, bob)
    await joined(town, town.ana)
    mine = await checked_in(bob)
    if ideas:
        more = await page(mine.click("More…"))
        await page((await form(more.click("Ask for ideas"))).submit(text=ideas))
    await mind(town)
    (card,) = cards(town)
    return town.ana.message(card)


# -- the opener ----------------------------------------------------------------------------------


async def test_checking_in_from_the_opener(town: Town) -> None:
    """The form at once; the opener stays as it was."""
    await a_group(town)
    await joined(town, town.ana)
    before = opener(town).text
    mine = await page((await form(town.ana.click(opener(town), "Check in"))).submit(learned="Something"))
    assert mine.ephemeral and "Saved." in mine.text
    assert opener(town).text == before
    again = await page(town.ana.click(opener(town), "Check in"))
    assert again.ephemeral and "**Learned:** Something" in again.text


async def test_the_opener_for_somebody_else(town: Town) -> None:
    """Who is not in the group is offered to join it; the form follows."""
    await a_group(town)
    bob = town.sandbox.member("bob")
    for label in ("Check in", "When is that for me?", "Skip this week"):
        asked = await page(bob.click(opener(town), label))
        assert asked.ephemeral and "Groups" in asked.buttons
    asked = await page((await page(bob.click(opener(town), "Check in"))).click("Join"))
    assert "Does your clock say" in asked.text and "Skip this week" in opener(town).buttons


async def test_skipping_from_the_opener(town: Town) -> None:
    """One press; another takes it back. An old opener's week is over."""
    await a_group(town)
    await joined(town, town.ana)
    old = opener(town)
    off = await page(town.ana.click(old, "Skip this week"))
    assert off.ephemeral and "until Sun 22 November 2026" in off.text
    assert "You are not on a break" in (await page(off.click("I'm back"))).text
    due = await page(town.ana.click(old, "When is that for me?"))
    assert "For you it is due <t:" in due.text
    await mind(town, WEEK)
    assert "No week of this group is open" in (await page(town.ana.click(old, "Skip this week"))).text


# -- a card --------------------------------------------------------------------------------------


async def test_thanks(town: Town) -> None:
    """Counted for its author alone; nothing public changes. Not for oneself."""
    card = await a_card(town)
    before = card.text
    for _ in range(2):
        said = await page(card.click("Thank"))
        assert said.ephemeral and said.text == "Thanked. Only they see how often."
    await mind(town)
    assert cards(town)[0].text == before
    bob = town.sandbox.member("bob")
    assert "1 person thanked you." in (await page(bob.slash("checkin now"))).text
    assert "own card" in (await page(bob.click(card, "Thank"))).text


async def test_help(town: Town) -> None:
    """Its author sees who offers; nobody else does."""
    card = await a_card(town, "How to price?")
    said = await page(card.click("I can help"))
    assert said.ephemeral and "They hear of your offer" in said.text
    bob = town.sandbox.member("bob")
    assert f"They offer to help: <@{town.ana.user.id}>" in (await page(bob.slash("checkin now"))).text
    await mind(town)
    assert str(town.ana.user.id) not in cards(town)[0].text


async def test_help_between_two_who_must_not_meet(town: Town) -> None:
    """The same answer, and nothing happens."""
    card = await a_card(town, "How to price?")
    blocked = await page((await page(town.ana.slash("me blocks"))).choose(0, ["bob"]))
    assert "**Not to meet:** Bob" in blocked.text
    assert "They hear of your offer" in (await page(card.click("I can help"))).text
    assert "offer to help" not in (await page(town.sandbox.member("bob").slash("checkin now"))).text


async def test_who_offers_from_a_letter(town: Town) -> None:
    """The letter leads to them; its messages can be stopped where they stand."""
    card = await a_card(town, "How to price?")
    bob = town.sandbox.member("bob")
    reminder = await page((await page(bob.slash("checkin settings"))).click("Reminder"))
    await page(reminder.click("Write to me"))
    await mind(town)
    before = len(bob.sees_in_dm())
    await page(card.click("I can help"))
    await mind(town, 2 * MINUTE)  # one message a minute
    (letter,) = bob.sees_in_dm()[before:]
    assert f"<@{town.ana.user.id}>" in (await page(letter.click("Show it"))).text
    stop = await page(letter.click("Stop these messages"))
    assert "Direct messages are off" in (await page(stop.click("Stop direct messages"))).text


async def test_help_from_the_digest(town: Town) -> None:
    """Whoever asks stands there; one press offers."""
    await a_card(town, "How to price?")
    await mind(town, 5 * DAY)
    digest = next(one for one in town.cards("check-ins") if "Offer help" in one.buttons)
    said = await page(town.ana.click(digest, "Offer help"))
    assert said.ephemeral and "They hear of your offer" in said.text
