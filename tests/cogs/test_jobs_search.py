"""`/jobs search`: find, turn the page, save, follow, mend a mistake; over the wire."""

from __future__ import annotations

import pytest

from tests.end_to_end.town import HOUR, Town, form, page

pytestmark = pytest.mark.wire


async def filled(town: Town, *roles: str) -> None:
    """A board that shows these, the last one as its newest; nobody follows anything."""
    town.publish(*roles)
    await town.beat(HOUR)


async def test_first_useful_opening(town: Town) -> None:
    """One command: openings with place, pay, board and age, for the person alone, newest first."""
    await filled(town, "Cook", "Falconry Engineer", "Falconry Lead")
    found = await page(town.ana.slash("jobs search", words="falconry"))
    assert found.ephemeral and found.text.startswith("### 2 openings\n**For:** falconry")
    assert (
        found.text.index("Falconry Lead") < found.text.index("Falconry Engineer") and "Cook" not in found.text
    )
    assert "Open to:" in found.text and "via Plain JSON Feed" in found.text and town.ana.presses == 1
    assert town.cards() == []


async def test_pages(town: Town) -> None:
    """Five a page, there and back, in the same message."""
    await filled(town, *(f"Falconry Engineer {number}" for number in range(7)))
    first = await page(town.ana.slash("jobs search", words="falconry"))
    assert "1 to 5 of 7" in first.text and "Earlier" not in first.buttons
    second = await page(first.click("More"))
    assert "6 to 7 of 7" in second.text and "More" not in second.buttons
    assert "1 to 5 of 7" in (await page(second.click("Earlier"))).text


async def test_save_and_look_closer(town: Town) -> None:
    """From the list straight to my list, or to everything that is known of one."""
    await filled(town, "Falconry Engineer")
    found = await page(town.ana.slash("jobs search", words="falconry"))
    saved = await page(found.choose("Save one of these", "Falconry Engineer at Quillhaven Labs"))
    assert saved.ephemeral and saved.text.startswith("On your list: Falconry Engineer")
    assert (
        "Wrong facts"
        in (
            await page(found.choose("More about one of these", "Falconry Engineer at Quillhaven Labs"))
        ).buttons
    )


async def test_follow_this_search(town: Town) -> None:
    """The same filter becomes an alert, tried before it is saved."""
    await filled(town, "Falconry Engineer")
    found = await page(town.ana.slash("jobs search", words="falconry NOT senior"))
    asked = await page(found.click("Follow this search"))
    assert asked.text.startswith("### An alert for you?") and "falconry and not senior" in asked.text


async def test_a_mistake_is_pointed_at_and_mended(town: Town) -> None:
    """[Fix it] reopens the form with the text."""
    await filled(town, "Falconry Engineer")
    wrong = await page(town.ana.slash("jobs search", words="falconry AND ("))
    assert wrong.ephemeral and wrong.buttons == ["Fix it"] and "^" in wrong.text
    typed = await form(wrong.click("Fix it"))
    assert list(typed.values.values()) == ["falconry AND ("]
    right = await page(typed.submit(words="falconry"))
    assert right.text.startswith("### 1 opening")


async def test_what_no_filter_is(town: Town) -> None:
    """4,000 characters, brackets, an amount that is none: our words answer."""
    for text in ("word " * 800, "(" * 300, "pay>=abc"):
        assert (await page(town.ana.slash("jobs search", words=text))).buttons == ["Fix it"]


async def test_nothing_found(town: Town) -> None:
    """It says what would bring some."""
    await filled(town, "Falconry Engineer")
    found = await page(town.ana.slash("jobs search", words="falconry cobol"))
    assert found.text.startswith("### Nothing among ")
    assert "without cobol: 1" in found.text and found.buttons == ["Change", "Follow this search"]


async def test_for_me(town: Town) -> None:
    """Without a country in the profile it asks for one, with the way there."""
    await filled(town, "Falconry Engineer")
    asked = await page(town.ana.slash("jobs search", words="falconry", **{"for": "me"}))
    assert asked.buttons == ["Where I may work"] and "I don't know where you may work" in asked.text


async def test_words_are_completed(town: Town) -> None:
    """As in /jobs subscribe."""
    offered = await town.ana.autocomplete("jobs search", "words", "python level:se")
    assert "python level:senior" in [str(value).strip() for _, value in offered]
