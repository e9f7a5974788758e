"""`/me settings`: zone, quiet hours, direct messages, private search, pen name; over the wire."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from sandbox import Reply
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire


async def settings(town: Town) -> Reply:
    return await page(town.ana.slash("me settings"))


def local(town: Town) -> str:
    """What a clock in Berlin shows."""
    return f"{town.sandbox.clock.now().astimezone(ZoneInfo('Europe/Berlin')):%H:%M}"


async def test_everything_has_a_line_and_a_button(town: Town) -> None:
    """Somebody new searches in private, hears nothing from the bot, and sees that in one look."""
    home = await settings(town)
    assert home.ephemeral and home.text.startswith("### Your settings in ")
    for line in (
        "**Time zone.** Not set. I reckon in UTC.",
        "**Quiet hours.** 22:00 to 08:00.",
        "**Direct messages.** Off. I never write first.",
        "**Private search.** On.",
        "**Must not meet.** Nobody on your list.",
        "**Pen name.** None. A group asks for one first.",
    ):
        assert line in home.text
    assert len(home.buttons) == 8


async def test_a_zone_by_its_city(town: Town) -> None:
    """A city typed in its own spelling gives a menu with the time there; the choice is kept."""
    asked = await form((await page((await settings(town)).click("Time zone"))).click("Type a city"))
    offered = await page(asked.submit({"City": "München"}))
    menu = "Where is it the same time as with you?"
    assert "Munich, Germany" in offered.options(menu)[0]
    before = local(town)
    kept = await page(offered.choose(menu, [offered.options(menu)[0]]))
    shown = kept.text.partition("Europe/Berlin, where it is ")[2][:5]
    assert shown in {before, local(town)}
    assert "Europe/Berlin" in (await page(kept.click("Back"))).text


async def test_a_city_that_does_not_exist(town: Town) -> None:
    """It is refused with what is near, and [Fix it] opens the form again with what was typed."""
    asked = await form((await page((await settings(town)).click("Time zone"))).click("Type a city"))
    refused = await page(asked.submit({"City": "Muncih"}))
    assert "I know no city called “Muncih”. Did you mean" in refused.text and "Munich" in refused.text
    again = await form(refused.click("Fix it"))
    assert again.values == {"City": "Muncih"}
    fixed = await page(again.submit({"City": "Munich"}))
    assert "Which one is it?" in fixed.text


async def test_a_place_of_25_hits_fits_the_menu(town: Town) -> None:
    """A name that many places have gives at most 25 choices, each its own."""
    asked = await form((await page((await settings(town)).click("Time zone"))).click("Type a city"))
    offered = await page(asked.submit({"City": "San"}))
    options = offered.options(0)
    assert 10 < len(options) <= 25 and len(set(options)) == len(options)


async def test_quiet_hours(town: Town) -> None:
    """Both ends are chosen from menus; none at all is one press."""
    shown = await page((await settings(town)).click("Quiet hours"))
    shown = await page(shown.choose("They begin at", ["They begin at 20:00"]))
    shown = await page(shown.choose("They end at", ["They end at 07:00"]))
    assert "20:00 to 07:00." in shown.text
    none = await page(shown.click("No quiet hours"))
    assert "None." in none.text
    assert "**Quiet hours.** None." in (await page(none.click("Back"))).text


async def test_direct_messages_open_only_by_her_own_press(town: Town) -> None:
    """The press plans a test message, which arrives and opens the settings; then she stops them."""
    shown = await page((await settings(town)).click("Direct messages"))
    assert "Direct messages are off" in shown.text
    await town.beat(timedelta(minutes=2))
    assert town.ana.sees_in_dm() == []
    opened = await page(shown.click("Let Outpost write to me"))
    assert "Direct messages are on" in opened.text
    await town.beat(timedelta(minutes=2))
    (letter,) = town.ana.sees_in_dm()
    assert letter.text.startswith("### Messages arrive")
    assert "### Your settings in" in (await page(letter.click("Settings"))).text
    assert letter.refresh().text.startswith("### Messages arrive")
    stopped = await page(opened.click("Write no more"))
    assert "Direct messages are off" in stopped.text


async def test_closed_direct_messages(town: Town) -> None:
    """When Discord refuses the test message, the page says how to open them and tries again."""
    ana = town.ana
    ana.dms(open=False)
    shown = await page((await settings(town)).click("Direct messages"))
    await page(shown.click("Let Outpost write to me"))
    await town.beat(timedelta(minutes=2))
    shown = await page((await settings(town)).click("Direct messages"))
    assert "Discord refused my message" in shown.text and "Privacy Settings" in shown.text
    ana.dms(open=True)
    await page(shown.click("Try again"))
    await town.beat(timedelta(minutes=2))
    assert [one.text.splitlines()[0] for one in ana.sees_in_dm()] == ["### Messages arrive"]


async def test_each_door_opens_alone(town: Town) -> None:
    """Opening one leaves the others shut; turning private search off is asked once more."""
    shown = await page((await settings(town)).click("Private search"))
    assert shown.text.count("**Shut.**") == 5
    one = await page(shown.click("Open", nth=2))
    assert one.text.count("**Shut.**") == 4 and "**Open.** I can be found in" in one.text
    asked = await page(one.click("Turn private search off"))
    assert "your boss, a colleague or a client" in asked.text
    kept = await page(asked.click("Keep it on"))
    assert "Private search is on" in kept.text
    off = await page((await page(kept.click("Turn private search off"))).click("Yes, turn it off"))
    assert "Private search is off" in off.text and "Every door is open" in off.text
    on = await page(off.click("Turn private search on"))
    assert on.text.count("**Open.**") == 1


async def test_a_pen_name(town: Town) -> None:
    """No member's name, however it is spelled; what was refused stands in the form again."""
    shown = await page((await settings(town)).click("Pen name"))
    for name in ("bob", "B0b", "вob"):
        refused = await page((await form(shown.click("Choose one"))).submit({"Pen name": name}))
        assert "That name is taken here" in refused.text
        shown = await page((await settings(town)).click("Pen name"))
    again = await form(refused.click("Fix it"))
    assert again.values == {"Pen name": "вob"}
    kept = await page(again.submit({"Pen name": "Quiet Heron"}))
    assert "Groups will call you **Quiet Heron**" in kept.text
    assert "**Pen name.** Quiet Heron" in (await page(kept.click("Back"))).text


async def test_language_and_pictures(town: Town) -> None:
    """The page says honestly that all words are English for now; text instead of pictures is one press."""
    shown = await page((await settings(town)).click("Language"))
    assert "My words are English for now" in shown.text
    english = await page(shown.choose("Language", ["English"]))
    home = await page(english.click("Back"))
    assert "**Language.** English." in home.text
    plain = await page(home.click("Text instead of pictures"))
    assert "**Pictures.** Text instead of them." in plain.text
    assert "**Pictures.** Shown." in (await page(plain.click("Pictures again"))).text
