"""`/resources`: by need, in pages, with what a server's moderators add; over the wire."""

from __future__ import annotations

import pytest

from bot.resources.listed import NEEDS
from sandbox import Reply
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire

MENU = "What do you need?"
OURS = {
    "Name": "Our reading club",
    "Link": "club.example/remote",
    "What it is good for": "It meets on *Mondays*.",
}


async def listed(town: Town, who: str = "ana", **given: str) -> Reply:
    return await page(town.sandbox.member(who).slash("resources", **given))


async def add(town: Town, need: str = "Be among others") -> Reply:
    asked = await form((await listed(town, "mo")).click("Add one for this server"))
    return await page(asked.submit({**OURS, "What is it for?": need}))


async def test_a_menu_of_needs(town: Town) -> None:
    """Every need with its number; choosing one shows who each entry is for, what it costs, when it was checked."""
    home = await listed(town)
    assert home.ephemeral and home.options(MENU) == list(NEEDS.values()) and home.buttons == []
    shown = await page(home.choose(MENU, ["Prepare for an interview"]))
    assert "**[Spark Hire](https://support.sparkhire.com" in shown.text and "-# For people who" in shown.text
    assert " · free · checked 21 Nov 2026" in shown.text
    assert (await page(shown.click("All needs"))).options(MENU) == list(NEEDS.values())


async def test_pages(town: Town) -> None:
    """Five at a time, forth and back; a closed one is the last and has no link."""
    shown = await listed(town, need="openings")
    assert "Earlier" not in shown.buttons and shown.text.count("-# ") == 5
    second = await page(shown.click("More"))
    assert "**Closed** · Moonlight" in second.text and "moonlightwork.com" not in second.text
    assert (await page(second.click("Earlier"))).text == shown.text


async def test_a_need_is_typed(town: Town) -> None:
    """The needs are offered while typing; what is none of them is refused with the way to the menu."""
    offered = await town.ana.autocomplete("resources", "need", "inter")
    assert offered[0] == ("Prepare for an interview", "interviews")
    assert "### Talk about pay" in (await listed(town, need="salary talk about pay")).text
    refused = await listed(town, need="**qqq**")
    assert r"I have no list for “\*\*qqq\*\*”." in refused.text


async def test_moderators_add_their_own(town: Town) -> None:
    """It stands first for everybody here, its words are words, and the neighbours don't see it."""
    shown = await add(town)
    assert "**[Our reading club](https://club.example/remote)**\nIt meets on \\*Mondays\\*." in shown.text
    assert shown.buttons[-2:] == ["Remove Our reading club", "Add one for this server"]
    seen = await listed(town, need="communities")
    assert seen.text.splitlines()[1].startswith("**[Our reading club]")
    assert not any("Remove" in label or "Add" in label for label in seen.buttons)
    neighbour = await page(town.neighbour().slash("resources", need="communities"))
    assert "Our reading club" not in neighbour.text
    await page(shown.click("Remove Our reading club"))
    assert "Our reading club" not in (await listed(town, need="communities")).text


async def test_a_link_that_may_not_be_shown(town: Town) -> None:
    """A private address is refused with the reason, and [Fix it] opens the form with what was typed."""
    asked = await form((await listed(town, "mo", need="tools")).click("Add one for this server"))
    refused = await page(asked.submit({**OURS, "Link": "http://192.168.0.1/"}))
    assert "private" in refused.text
    again = await form(refused.click("Fix it"))
    assert {name: again.values[name] for name in OURS} == {**OURS, "Link": "http://192.168.0.1/"}
    kept = await page(again.submit({"Link": "club.example/remote"}))
    assert "### Tools for every day" in kept.text and "Our reading club" in kept.text
    assert "in this server's list already" in (await add(town)).text


async def test_a_former_moderator_at_an_open_page(town: Town) -> None:
    """Rights are asked for at each press."""
    home = await listed(town, "mo")
    shown = await add(town)
    town.sandbox.guild.members[town.mo.user.id].roles.clear()
    for press in (home.click("Add one for this server"), shown.click("Remove Our reading club")):
        assert "Only moderators" in (await page(press)).text
    assert "Our reading club" in (await listed(town, need="communities")).text


async def test_in_the_bots_own_messages(town: Town) -> None:
    """The common list is there; a server's own is not."""
    await add(town)
    town.mo.go_to_dm()
    shown = await listed(town, "mo")
    assert shown.options(MENU) == list(NEEDS.values()) and shown.buttons == []
