"""`/me blocks` and the menu *Block in Outpost*; over the wire."""

from __future__ import annotations

import re

import pytest

from sandbox import Reply
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire


async def blocks(town: Town) -> Reply:
    return await page(town.ana.slash("me blocks"))


async def test_the_menu_on_a_person(town: Town) -> None:
    """One press blocks, in private; the list shows it; undo takes it back."""
    done = await page(town.ana.menu("Block in Outpost", "bob"))
    assert done.ephemeral and done.text.startswith("Blocked: <@") and done.buttons == ["Undo"]
    assert "**Blocked:** <@" in (await blocks(town)).text
    undone = await page(done.click("Undo"))
    assert undone.text.startswith("Taken back")
    assert "Nobody is on your list yet" in (await blocks(town)).text


async def test_unblock_from_the_list(town: Town) -> None:
    """Each entry has its own way back."""
    await page(town.ana.menu("Block in Outpost", "bob"))
    listed = await blocks(town)
    assert "Nobody is on your list" in (await page(listed.click("Unblock"))).text


async def test_oneself_and_bots(town: Town) -> None:
    """Neither can be blocked, and both say so."""
    assert "That is you" in (await page(town.ana.menu("Block in Outpost", "ana"))).text
    assert "That is a bot" in (await page(town.ana.menu("Block in Outpost", "outpost"))).text


async def test_guards(town: Town) -> None:
    """The employer, another company and a member; the same company twice is once; each can go."""
    listed = await page(
        (await form((await blocks(town)).click("Where I work"))).submit({"Company": "Acme GmbH"})
    )
    assert "**Where I work:** Acme GmbH" in listed.text
    listed = await page((await form(listed.click("A company"))).submit({"Company": "Globex"}))
    listed = await page((await form(listed.click("A company"))).submit({"Company": "GLOBEX Ltd."}))
    listed = await page(listed.choose("A member you must not meet here", ["bob"]))
    assert listed.text.count("**Company:**") == 1 and "**Not to meet:** Bob" in listed.text
    for _ in range(3):
        listed = await page(listed.click("Remove"))
    assert "Nobody is on your list yet" in listed.text


async def test_a_company_without_a_name(town: Town) -> None:
    """It is refused, and its text stands in the form again."""
    refused = await page((await form((await blocks(town)).click("A company"))).submit({"Company": "???"}))
    assert "letters or digits" in refused.text
    again = await form(refused.click("Fix it"))
    assert again.values == {"Company": "???"} and again.title == "Which company?"


async def test_a_long_list_has_pages(town: Town) -> None:
    """Eight a page, within Discord's limit of components."""
    listed = await blocks(town)
    for number in range(9):
        listed = await page((await form(listed.click("A company"))).submit({"Company": f"Company {number}"}))
    assert listed.buttons.count("Remove") == 8 and listed.buttons[-1] == "More"
    second = await page(listed.click("More"))
    assert "Company 8" in second.text and second.buttons[-1] == "Earlier"


async def test_in_the_direct_message(town: Town) -> None:
    """Discord's menu of members would offer only the two who talk there; the page says where to find it."""
    assert (await blocks(town)).selects == ["A member you must not meet here"]
    town.ana.go_to_dm()
    there = await blocks(town)
    assert there.selects == [] and re.search(
        "To add a member, type </me blocks:\\d+> in the server.", there.text
    )
    listed = await page((await form(there.click("A company"))).submit({"Company": "Globex"}))
    assert "**Company:** Globex" in listed.text and listed.selects == []


async def test_the_other_one_learns_nothing(town: Town) -> None:
    """No message reaches whoever is blocked, and their own list stays empty."""
    await page(town.ana.menu("Block in Outpost", "bob"))
    await page((await blocks(town)).choose("A member you must not meet here", ["bob"]))
    await town.beat()
    bob = town.sandbox.member("bob")
    assert bob.sees_in_dm() == []
    assert "Nobody is on your list yet" in (await page(bob.slash("me blocks"))).text
