"""One opening from feed to channel: typed, pressed, read, decided, kept, said; over the wire."""

from __future__ import annotations

import pytest

from sandbox.model import MessageFlag, Pinged
from tests.end_to_end.town import HOUR, NEXT_READING, Town, page

pytestmark = pytest.mark.wire


async def test_from_feed_to_channel(town: Town) -> None:
    """A moderator subscribes a channel in two presses, a board says something new, and its card stands there."""
    await town.beat(HOUR)
    asked = await page(town.mo.slash("jobs subscribe", filter="python", channel="remote-python"))
    assert asked.ephemeral and asked.buttons == ["Save", "Change filter", "Form", "More settings", "Discard"]
    saved = await page(asked.click("Save"))
    assert saved.ephemeral and saved.text.startswith("Saved.")
    assert town.mo.presses <= 4

    (posting,) = town.publish("Python Engineer")
    await town.beat(NEXT_READING)
    (card,) = town.cards(who="ana")
    assert card.text.splitlines()[0].startswith("### [Python Engineer")
    assert posting.company in card.text
    assert "**Open to:**" in card.text and "**Pay:**" in card.text
    assert "-# via Plain JSON Feed · <t:" in card.text
    assert card.buttons == ["Open", "Save", "More"]
    assert posting.slug in card.links["Open"]


async def test_more_tells_why(town: Town) -> None:
    """Anybody may ask why a card is here; the answer is theirs alone and names each part of the filter."""
    await town.beat(HOUR)
    await town.subscribe("python NOT senior")
    await town.news("Python Engineer")
    (card,) = town.cards(who="ana")
    more = await page(town.ana.click(card, "More"))
    why = await page(more.click("Why is it here?"))
    assert more.ephemeral and why.ephemeral
    assert why.text.startswith("### Why is it here, or not?\n[Python Engineer")
    assert "python: yes" in why.text and "not senior: yes" in why.text
    assert len(town.cards()) == 1


async def test_nothing_is_said_twice(town: Town) -> None:
    """Beats without news post nothing, whether the feed answers 304 or shows the same again."""
    await town.beat(HOUR)
    await town.subscribe()
    await town.news("Python Engineer")
    town.boards.validators("jsonfeed", etag=False, last_modified=False)
    for _ in range(3):
        await town.beat(NEXT_READING)
    assert len(town.titles()) == 1
    await town.news("Cook")
    assert len(town.titles()) == 1


async def test_the_first_reading_is_announced_sparingly(town: Town) -> None:
    """A channel that listens from the start hears three of a backlog at most; the rest is only remembered."""
    await town.subscribe("")
    await town.beat(HOUR)
    assert 1 <= len(town.titles()) <= 3
    await town.beat(NEXT_READING)
    assert 1 <= len(town.titles()) <= 3


async def test_a_board_renumbers_everything(town: Town) -> None:
    """All GUIDs change and the links stay: every opening is known again, nothing is posted."""
    await town.beat(HOUR)
    await town.subscribe("")
    town.boards.behave("jsonfeed", "change_all_guids")
    await town.beat(NEXT_READING)
    assert town.titles() == []
    town.boards.mend("jsonfeed")
    await town.news("Python Engineer")
    assert len(town.titles()) == 1


async def test_two_channels_hear_their_own(town: Town) -> None:
    """Each channel gets what its own filter lets through; an opening that passes both stands in both."""
    await town.beat(HOUR)
    await town.subscribe("python", "remote-python")
    await town.subscribe("designer OR lead", "remote-design")
    await town.news("Python Engineer", "Product Designer", "Python Lead")
    assert [title.split(" at ")[0] for title in town.titles("remote-python")] == [
        "Python Engineer",
        "Python Lead",
    ]
    assert [title.split(" at ")[0] for title in town.titles("remote-design")] == [
        "Product Designer",
        "Python Lead",
    ]
    assert town.cards("check-ins") == []


async def test_cards_ring_nobody(town: Town) -> None:
    """A card goes out silent and may mention nobody, whatever a board writes."""
    await town.beat(HOUR)
    await town.subscribe("python")
    await town.news("Python @everyone <@&1> [click](https://evil.example) Engineer")
    (card,) = town.cards()
    assert card.message.flags & MessageFlag.SUPPRESS_NOTIFICATIONS
    assert card.message.pinged == Pinged()
    assert "evil.example" not in str(card.links)


async def test_a_bot_that_was_off_says_what_it_missed(town: Town) -> None:
    """What a board published while the bot was off is posted after it starts again, once."""
    await town.beat(HOUR)
    await town.subscribe()
    await town.stop()
    town.publish("Python Engineer")
    town.sandbox.clock.move(NEXT_READING)
    await town.start()
    await town.beat()
    assert len(town.titles()) == 1
    await town.restart()
    await town.beat(NEXT_READING)
    assert len(town.titles()) == 1
