"""`/jobs market`: what openings ask for, beside my profile; over the wire."""

from __future__ import annotations

import pytest

from sandbox import Actor
from tests.end_to_end.town import HOUR, Town, form, page

pytestmark = pytest.mark.wire


async def test_nothing_read_yet(town: Town) -> None:
    """It says so, privately, and says no per cent."""
    empty = await page(town.ana.slash("jobs market"))
    assert empty.ephemeral and "None passed" in empty.text and "%" not in empty.text


async def test_too_few(town: Town) -> None:
    """Fewer than 30 are plain counts."""
    town.publish("Python Engineer", "Designer", company="Zephyrine Works")
    await town.beat(HOUR)
    few = await page(town.ana.slash("jobs market", filter="zephyrine"))
    assert "What 2 openings of the last 30 days ask for" in few.text and "For `zephyrine`" in few.text
    assert "too few for shares" in few.text and " %" not in few.text


async def _many(town: Town) -> None:
    for round_ in range(4):
        town.publish(*(f"Python Engineer {round_ * 10 + number}" for number in range(10)))
    await town.beat(HOUR)


async def test_a_picture_and_the_same_in_words(town: Town) -> None:
    """Shares, a picture with words beside it, three openings behind a line; text alone for who wants it."""
    await _many(town)
    edit = await page((await page(town.ana.slash("me profile"))).click("Edit"))
    await page((await form(edit.click("Headline, skills"))).submit({"Headline": "", "Skills": "Python"}))
    full = await page(town.ana.slash("jobs market", filter="python"))
    (picture,) = full.message.attachments
    assert full.ephemeral and picture.filename == "market.png"
    assert "**Skills asked for, in your profile:** Python" in full.text
    assert "Skills asked for: Python, in your profile" in str(full.message.components)
    label = next(one for one in full.options(0) if one.startswith("Python:"))
    behind = await page(full.choose(0, [label]))
    assert (
        behind.ephemeral and behind.text.count("[Python Engineer") == 3 and "**What helps:**" in behind.text
    )
    await page((await page(town.ana.slash("me settings"))).click("Text instead of pictures"))
    words = await page(town.ana.slash("jobs market", filter="python"))
    assert words.message.attachments == [] and "**Skills asked for, in your profile:** Python" in words.text


@pytest.mark.parametrize("wrong", ["(python", "pay>=abc", "x" * 4_000])
async def test_a_filter_with_a_mistake(town: Town, wrong: str) -> None:
    """The place is shown; [Fix it] opens the form with the text, as far as a filter may go."""
    refused = await page(town.ana.slash("jobs market", filter=wrong))
    assert refused.buttons == ["Fix it"]
    asked = await form(refused.click("Fix it"))
    assert asked.values["What to count"].startswith(wrong[:200])
    mended = await page(asked.submit({"What to count": "python"}))
    assert "For `python`" in mended.text


async def test_another_filter(town: Town) -> None:
    """The same page counts anew."""
    town.publish("Python Engineer", company="Zephyrine Works")
    await town.beat(HOUR)
    every = await page(town.ana.slash("jobs market"))
    other = await page((await form(every.click("Other filter"))).submit({"What to count": "zephyrine"}))
    assert "What 1 opening of the last 30 days asks for" in other.text


async def test_in_our_dm(town: Town) -> None:
    """Of the only server we share; of several it is asked, and the filter goes along, whatever signs it holds."""
    town.publish("Python Engineer")
    await town.beat(HOUR)
    await page(town.ana.slash("jobs saved"))
    town.ana.go_to_dm()
    assert "For `pay>=10/h`" in (await page(town.ana.slash("jobs market", filter="pay>=10/h"))).text
    pat = town.neighbour()
    await page(pat.slash("jobs saved"))
    world, guild = town.sandbox.world, town.sandbox.guild
    world.add_member(guild, pat.user)
    await page(Actor(world, guild, pat.user).slash("jobs saved"))
    pat.go_to_dm()
    which = await page(pat.slash("jobs market", filter="pay>=10/h"))
    assert "For `pay>=10/h`" in (await page(which.click("Next door"))).text
    assert "type it there" in (await page(pat.slash("jobs market", filter="x" * 60))).text
