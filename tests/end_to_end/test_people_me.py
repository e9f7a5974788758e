"""Somebody on a phone sets themselves up, is written to, changes their mind, leaves and erases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox import Actor, members
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire


@pytest.fixture
def ana(town: Town) -> Actor:
    """On a phone, which shows a form as it was left before wherever its custom_id repeats."""
    actor = town.sandbox.member("ana")
    actor.phone = True
    return actor


async def test_a_member_on_a_phone(town: Town, ana: Actor) -> None:
    """Zone, messages, profile and one door; each kept at once, across a restart; nobody else hears of any of it."""
    settings = await page(ana.slash("me settings"))
    city = await form((await page(settings.click("Time zone"))).click("Type a city"))
    refused = await page(city.submit({"City": "Lsibon"}))
    again = await form(refused.click("Fix it"))
    assert again.values == {"City": "Lsibon"}
    offered = await page(again.submit({"City": "Lisbon"}))
    zone = await page(offered.choose(0, [offered.options(0)[0]]))
    assert "Europe/Lisbon" in zone.text
    letters = await page((await page(zone.click("Back"))).click("Direct messages"))
    letters = await page(letters.click("Let Outpost write to me"))
    await town.beat(timedelta(minutes=2))
    assert len(ana.sees_in_dm()) == 1

    await town.restart()
    private = await page((await page(letters.click("Back"))).click("Private search"))
    opened = await page(private.click("Open"))
    edit = await page((await page(ana.slash("me profile"))).click("Edit"))
    words = await form(edit.click("Headline, skills"))
    edit = await page(words.submit({"Headline": "I keep payments calm", "Skills": "Python, SQL"}))
    once_more = await form(edit.click("Headline, skills"))
    assert once_more.values["Headline"] == "I keep payments calm"
    shown = await page((await page(edit.click("Back"))).click("Who sees what"))
    shown = await page(shown.choose("Headline", ["Headline: everybody here"]))
    home = await page(shown.click("Back"))
    assert "**This card may be shown here.**" in home.text and "I keep payments calm" in home.text
    assert opened.text.count("**Open.**") == 1
    assert [one for one in town.public() if one.channel_id in town.sandbox.guild.channels] == []


async def test_leave_and_erase_in_four_presses(town: Town, ana: Actor) -> None:
    """After leaving, in the bot's own DM, three presses erase everything; messages that waited never come."""
    settings = await page(ana.slash("me settings"))
    await page((await page(settings.click("Direct messages"))).click("Let Outpost write to me"))
    members.remove(town.sandbox.world, town.sandbox.guild, ana.user.id)
    ana.go_to_dm()
    ana.presses = 0
    asked = await page((await page(ana.slash("me privacy"))).click("Erase it"))
    erased = await page(asked.click("Yes, erase it"))
    assert ana.presses <= 4 and "Everything about you is gone." in erased.text
    await town.beat(timedelta(minutes=2))
    assert [one for one in ana.sees_in_dm() if not one.ephemeral] == []
    assert "I keep nothing about you." in (await page(ana.slash("me privacy"))).text


async def test_an_old_page_in_the_dm(town: Town, ana: Actor) -> None:
    """After erasing, a page of before says how to begin again, and brings nothing back."""
    await page(ana.slash("me settings"))
    ana.go_to_dm()
    settings = await page(ana.slash("me settings"))
    asked = await page((await page(ana.slash("me privacy"))).click("Erase it"))
    await page(asked.click("Yes, erase it"))
    assert "I know nothing of you here any more." in (await page(settings.click("Quiet hours"))).text
    assert "I keep nothing about you." in (await page(ana.slash("me privacy"))).text
