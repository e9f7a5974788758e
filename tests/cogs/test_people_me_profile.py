"""`/me profile`: the card, four forms, menus, who sees what, the checklist; over the wire."""

from __future__ import annotations

import asyncio

import pytest

from sandbox import Reply
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire


async def profile(town: Town) -> Reply:
    return await page(town.ana.slash("me profile"))


async def edit(town: Town) -> Reply:
    return await page((await profile(town)).click("Edit"))


async def test_an_empty_card_that_nobody_sees(town: Town) -> None:
    """The first look says plainly that nobody sees it, and where to begin."""
    home = await profile(town)
    assert home.ephemeral and home.text.startswith("**Nobody sees this card.** You search in private")
    assert "### Ana\nNothing is shown here yet." in home.text
    assert home.buttons == ["Everybody", "People I meet", "Only me", "Edit", "Who sees what", "Checklist"]


async def test_a_card_to_be_proud_of(town: Town) -> None:
    """What is typed and chosen is kept at once, and stands on the card for those who may see it."""
    page_ = await edit(town)
    words = await form(page_.click("Headline, skills"))
    page_ = await page(words.submit({"Headline": "Calm payment systems", "Skills": "Python, SQL, python"}))
    places = await form(page_.click("Places"))
    page_ = await page(
        places.submit({"Where you live": "Deutschland", "Where you may work": "Germany, Portugal"})
    )
    terms = await form(page_.click("Languages, pay"))
    page_ = await page(
        terms.submit({"Languages you could work in": "English, العربية", "The least pay a year": "60k EUR"})
    )
    page_ = await page((await form(page_.click("Links"))).submit({"Links": "example.org/ana"}))
    page_ = await page(page_.choose("Field", ["Software engineering"]))
    page_ = await page(page_.choose("Level", ["Senior"]))
    page_ = await page(page_.choose("Open to", ["A coffee chat", "Mock interviews"]))
    lines = [
        "**Calm payment systems**",
        "Software engineering · Senior",
        "Python · SQL",
        "**Lives in:** Germany",
        "**May work in:** Germany, Portugal",
        "**Speaks:** English, Arabic",
        "**Pay:** from 60,000 EUR a year",
        "**Open to:** mock interviews, a coffee chat",
        "• [example.org/ana](https://example.org/ana)",
    ]
    assert "\n".join(lines) in page_.text
    home = await page(page_.click("Back"))
    assert "Nothing is shown here yet" in home.text and "Not on it: Headline, Field" in home.text
    mine = await page(home.click("Only me"))
    assert "\n".join(lines) in mine.text and "Not on it" not in mine.text


async def test_a_form_shows_what_is_kept(town: Town) -> None:
    """It opens with what was told before; emptied fields are emptied."""
    words = await form((await edit(town)).click("Headline, skills"))
    page_ = await page(words.submit({"Headline": "Designer", "Skills": "Figma"}))
    again = await form(page_.click("Headline, skills"))
    assert again.values == {"Headline": "Designer", "Skills": "Figma"}
    emptied = await page(again.submit({"Headline": "", "Skills": ""}))
    assert "It is empty" in emptied.text


@pytest.mark.parametrize(
    ("button", "typed", "why"),
    [
        ("Links", {"Links": "http://192.168.1.1/cv\nexample.org"}, "http://192.168.1.1/cv"),
        ("Links", {"Links": "https://discord.gg/abc"}, "not an invite"),
        (
            "Places",
            {"Where you live": "Atlantis", "Where you may work": "Spain"},
            "no country called “Atlantis”",
        ),
        ("Languages, pay", {"Languages you could work in": "", "The least pay a year": "much"}, "as pay"),
    ],
)
async def test_a_refused_form_keeps_its_text(
    town: Town, button: str, typed: dict[str, str], why: str
) -> None:
    """Nothing of it is kept; [Fix it] opens the same form with everything that was typed."""
    refused = await page((await form((await edit(town)).click(button))).submit(typed))
    assert why in refused.text
    again = await form(refused.click("Fix it"))
    if "discord.gg" not in str(typed):  # an invite isn't repeated, not even to its author
        assert again.values == typed
    assert "It is empty" in (await edit(town)).text


async def test_other_scripts_and_hostile_words(town: Town) -> None:
    """Arabic and Japanese stay whole, a heap of marks is capped, and nobody's words become alive."""
    words = await form((await edit(town)).click("Headline, skills"))
    page_ = await page(words.submit({"Headline": "مهندس برمجيات 日本語", "Skills": "e" + "\u0301" * 100}))
    assert "**مهندس برمجيات 日本語**" in page_.text and page_.text.count("\u0301") <= 3
    again = await form(page_.click("Headline, skills"))
    page_ = await page(again.submit({"Headline": "# @everyone **x**", "Skills": "<@1>"}))
    assert "\\*\\*x" in page_.text and "\\<@1\\>" in page_.text


async def test_who_sees_what(town: Town) -> None:
    """One menu a field; the card as others see it follows."""
    words = await form((await edit(town)).click("Headline, skills"))
    await page(words.submit({"Headline": "Designer", "Skills": "Figma"}))
    shown = await page((await profile(town)).click("Who sees what"))
    assert len(shown.selects) == 10 and "Nobody sees any of it" in shown.text
    shown = await page(shown.choose("Headline", ["Headline: everybody here"]))
    shown = await page(shown.choose("Skills", ["Skills: people I meet here"]))
    home = await page(shown.click("Back"))
    assert "Designer" in home.text and "Figma" not in home.text and "Not on it: Skills." in home.text
    pairs = await page(home.click("People I meet"))
    assert "Designer" in pairs.text and "Figma" in pairs.text


async def test_the_checklist(town: Town) -> None:
    """Four items, each a yes or one next step; what the profile shows needs no tick; there is no score."""
    check = await page((await profile(town)).click("Checklist"))
    assert check.text.count("**Not yet.**") == 4
    ticked = await page(check.click("Yes, done"))
    assert ticked.text.count("**Yes.**") == 1 and "You said so" in ticked.text
    assert (await page(ticked.click("Not yet"))).text.count("**Not yet.**") == 4
    words = await form((await edit(town)).click("Headline, skills"))
    await page(words.submit({"Headline": "", "Skills": "Python, SQL, Go"}))
    check = await page((await profile(town)).click("Checklist"))
    assert "Your profile shows it" in check.text and check.buttons.count("Yes, done") == 3


async def test_two_forms_at_once(town: Town) -> None:
    """Two open forms of one profile both count, whichever comes first."""
    page_ = await edit(town)
    words, links = await form(page_.click("Headline, skills")), await form(page_.click("Links"))
    await asyncio.gather(
        words.submit({"Headline": "Designer", "Skills": "Figma"}), links.submit({"Links": "example.org"})
    )
    both = await edit(town)
    assert "Designer" in both.text and "example.org" in both.text


async def test_text_instead_of_pictures(town: Town) -> None:
    """The card carries the picture she chose with words beside it, unless she wants none."""
    assert "The picture of Ana" not in str((await profile(town)).message.components)
    town.ana.user.avatar = "0123456789abcdef" * 2
    assert "The picture of Ana" in str((await profile(town)).message.components)
    await page((await page(town.ana.slash("me settings"))).click("Text instead of pictures"))
    assert "The picture of Ana" not in str((await profile(town)).message.components)
