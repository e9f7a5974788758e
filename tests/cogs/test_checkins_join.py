"""`/checkin join`, `settings` and `pause`; over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.people.flow import members
from bot.people.members import Key
from sandbox import Actor, Reply
from tests.cogs.checkins_town import DAY, NAME, WEEK, a_group, a_thursday, cards, checked_in, joined, mind
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire


@pytest.fixture
async def town(migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Town]:
    async with a_thursday(migrated_file, tmp_path, caplog) as running:
        yield running


async def zone(town: Town, who: Actor) -> str | None:
    member = await members.member(town.bot.app, Key(town.sandbox.guild.id, who.user.id))
    assert member is not None
    return member.zone


async def settings(town: Town, who: Actor | None = None) -> Reply:
    return await page((who or town.ana).slash("checkin settings"))


# -- joining -------------------------------------------------------------------------------------


async def test_joining(town: Town) -> None:
    """One question at a time: my clock, who sees me; nobody else learns of it."""
    await a_group(town)
    before = len(town.public())
    listed = await page(town.ana.slash("checkin join"))
    assert NAME in listed.text and "opens on Wednesdays at 09:00, Europe/Lisbon" in listed.text
    clock = await page(listed.click("Join"))
    assert "Does your clock say **12:0" in clock.text
    which = await page(clock.click("Yes, it does"))
    assert await zone(town, town.ana) == "Europe/Lisbon"
    assert which.buttons == ["My pod", "Only me", "My group"]
    ready = await page(which.click("My pod"))
    assert "You are set in" in ready.text and "place in a pod" in ready.text
    assert ready.buttons == ["Check in", "Reminder", "Pen name", "All settings"]
    assert (await form(ready.click("Check in"))).title == "Week 47 · your pod sees it"
    assert "you are in" in (await page(town.ana.slash("checkin join"))).text
    assert len(town.public()) == before


async def test_another_clock(town: Town) -> None:
    """The city is chosen as in /me settings; the week then ends by it."""
    await a_group(town)
    clock = await page((await page(town.ana.slash("checkin join"))).click("Join"))
    zones = await page(clock.click("No, choose my city"))
    cities = await page((await form(zones.click(zones.buttons[0]))).submit(city="Auckland"))
    await page(cities.choose(0, [cities.options(0)[0]]))
    assert await zone(town, town.ana) == "Pacific/Auckland"
    (opener,) = [one for one in town.cards("check-ins") if "Check in" in one.buttons]
    due = await page(town.ana.click(opener, "When is that for me?"))
    lisbon = 1795391940  # Sunday 22 November 2026, 23:59 in Lisbon: no week gets shorter by another clock
    assert due.ephemeral and f"<t:{lisbon}:F>" in due.text


async def test_a_group_without_pods(town: Town) -> None:
    """What isn't there is not offered."""
    await a_group(town, pods=False)
    asked = await page((await page(town.ana.slash("checkin join"))).click("Join"))
    which = await page(asked.click("Later"))
    assert which.buttons == ["Only me", "My group"]
    await page(which.click("Only me"))
    assert not any("pod" in label for label in (await settings(town)).buttons)


# -- settings ------------------------------------------------------------------------------------


async def test_what_is_set(town: Town) -> None:
    """Each change is kept at once and shown."""
    await a_group(town)
    await joined(town, town.ana)
    shown = await settings(town)
    assert "**Who sees it.** My group." in shown.text and "**Reminder.** None." in shown.text
    shown = await page((await page(shown.click("Who sees it"))).click("Only me"))
    assert "**Who sees it.** Only me." in shown.text
    shown = await page(shown.click("I'd like a pod"))
    assert "You get a place when a week opens" in shown.text
    shown = await page(shown.click("No pod for me"))
    assert "**Pod.** None." in shown.text
    shown = await page(shown.click("Write after silent weeks"))
    assert "One kind message after two" in shown.text
    assert "I write nothing" in (await page(shown.click("Don't write then"))).text


async def test_a_reminder(town: Town) -> None:
    """It needs a press that lets me write; then it comes once, on their clock, and can be stopped where it stands."""
    await a_group(town)
    await joined(town, town.ana)
    reminder = await page((await settings(town)).click("Reminder"))
    assert "I may not write to you yet" in reminder.text
    reminder = await page(reminder.click("Write to me"))
    assert "Write to me" not in reminder.buttons
    reminder = await page(reminder.choose("On which day?", ["Saturday"]))
    reminder = await page(reminder.choose("At what time?", ["11:00"]))
    assert "**Reminder.** Saturday, 11:00, on your clock." in reminder.text
    await mind(town)
    before = len(town.ana.sees_in_dm())
    await mind(town, WEEK + 2 * DAY)  # this one was too late to count
    (letter,) = town.ana.sees_in_dm()[before:]
    stopped = await page(letter.click("Stop these messages"))
    assert "No more of these messages" in stopped.text
    assert "**Reminder.** None." in (await settings(town)).text
    mine = await page((await form(letter.click("Show it"))).submit(learned="Something"))
    assert "Saved." in mine.text and not letter.gone


async def test_a_pen_name(town: Town) -> None:
    """In this group alone; a name that a member has is refused, and the form keeps it."""
    await a_group(town)
    await joined(town, town.ana)
    pen = await page((await settings(town)).click("Pen name"))
    refused = await page((await form(pen.click("Choose one"))).submit(text="bob"))
    assert "That name is taken here" in refused.text
    again = await form(refused.click("Fix it"))
    assert again.values == {"Pen name": "bob"}
    pen = await page(again.submit(text="Quiet Heron"))
    assert "You write as **Quiet Heron**" in pen.text
    mine = await checked_in(town.ana)
    assert "### Quiet Heron · week 47" in mine.text
    await mind(town)
    (card,) = cards(town)
    assert "Quiet Heron" in card.text and str(town.ana.user.id) not in card.text


@pytest.mark.parametrize(("press", "kept"), [("Leave", True), ("Leave and erase", False)])
async def test_leaving(town: Town, press: str, kept: bool) -> None:
    """It is asked once, and told to nobody. Who comes back finds their words, unless they erased them."""
    await a_group(town)
    await joined(town, town.ana)
    await checked_in(town.ana)
    await mind(town)
    before = len(town.public())
    asked = await page((await settings(town)).click("Leave"))
    left = await page(asked.click(press))
    assert "You have left" in left.text
    assert "You are in no group here yet" in (await settings(town)).text
    await mind(town)
    assert len(town.public()) == before and len(cards(town)) == kept
    await page((await page(town.ana.slash("checkin join"))).click("Join"))
    history = await page(town.ana.slash("checkin history"))
    assert ("1 check-in so far" in history.text) is kept


async def test_a_page_of_a_group_that_was_left(town: Town) -> None:
    """An old button says so."""
    await a_group(town)
    await joined(town, town.ana)
    old = await settings(town)
    world, guild = town.sandbox.world, town.sandbox.guild
    elsewhere = Actor(world, guild, town.ana.user)
    await page((await page((await settings(town, elsewhere)).click("Leave"))).click("Leave"))
    assert "/checkin join" in (await page(old.click("Reminder"))).text.replace(
        "</checkin join", "/checkin join"
    )


# -- time off ------------------------------------------------------------------------------------


async def test_time_off(town: Town) -> None:
    """This week, several, back again; nobody sees it."""
    await a_group(town)
    await joined(town, town.ana)
    before = len(town.public())
    off = await page(town.ana.slash("checkin pause"))
    assert "You are not on a break" in off.text
    off = await page(off.click("Skip this week"))
    assert "You are off until Sun 22 November 2026" in off.text
    off = await page(off.choose("How many weeks off?", ["3 weeks"]))
    assert "You are off until Sun 6 December 2026" in off.text
    assert "You take time off" in (await page(off.click("My week"))).text
    off = await page((await page(town.ana.slash("checkin pause"))).click("I'm back"))
    assert "You are not on a break" in off.text
    assert len(town.public()) == before


async def test_ill(town: Town) -> None:
    """Also once the week is due; the second time within eight weeks there is another way."""
    await a_group(town)
    await joined(town, town.ana)
    await mind(town, 4 * DAY)
    off = await page((await page(town.ana.slash("checkin pause"))).click("I am ill"))
    assert "ill" not in " ".join(one.text for one in town.cards("check-ins")).split()
    assert off.ephemeral
    await mind(town, WEEK)
    off = await page(town.ana.slash("checkin pause"))
    again = await page(off.click("I am ill"))
    assert "skip a week or take a pause" in again.text
