"""*Who knows this company?*: from a card to an introduction; over the wire."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.people.flow import meeting, members
from bot.people.members import Profile
from sandbox import Reply
from tests.cogs.openings import COMPANY, appears
from tests.cogs.test_people_introductions import key, settles
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire

KNOWS, LINE = "Who knows this company?", "A line to them"


async def works(town: Town, name: str) -> None:
    """They told where they work and refer people, and show that to everybody here."""
    app, who = town.bot.app, town.sandbox.member(name)
    mine, now = key(town, who), app.now()
    await settles(town, who, opened=frozenset({"found", "dm_names"}))
    await meeting.guard_company(app, mine, f"{COMPANY} Ltd", now, employer=True)
    await members.change_profile(app, mine, Profile(open_to=("referral",)), now)
    await members.show_field(app, mine, "open_to", "server", now)


async def knows(town: Town) -> Reply:
    more = await page(town.ana.message(town.cards()[-1]).click("More"))
    return await page(more.click(KNOWS))


async def test_from_a_card_to_a_name(town: Town) -> None:
    """Nobody, then a few; one is asked without my name; "asked" until the yes, which gives both the other's name."""
    await town.settle_in()
    await town.subscribe("python")
    await appears(town, 1, "Python Engineer")
    assert "Nobody here said so." in (await knows(town)).text
    await works(town, "bob")
    await settles(town, town.ana, opened=frozenset({"dm_names"}))
    found = await knows(town)
    assert found.ephemeral and "A few people here said that they work there" in found.text
    asked = await page((await form(found.click("Ask one of them"))).submit({LINE: "How is it there?"}))
    assert "**Asked.**" in asked.text and asked.buttons == []
    await town.beat()
    bob = town.sandbox.member("bob")
    letter = bob.sees_in_dm()[-1]
    assert "About Quillhaven Labs: How is it there?" in letter.text
    assert str(town.ana.user.id) not in letter.text
    assert "**Asked.**" in (await knows(town)).text
    await page(letter.click("Accept"))
    await town.beat(timedelta(minutes=2))
    assert f"This is <@{bob.user.id}>." in town.ana.sees_in_dm()[-1].text
    assert "Somebody said yes" in (await knows(town)).text


async def test_the_next_one_is_asked_by_the_beat(town: Town) -> None:
    """After a week of silence another one gets the same line, under the server's name; the page stays as it was."""
    await town.settle_in()
    await town.subscribe("python")
    await appears(town, 1, "Python Engineer")
    for name in ("bob", "mo"):
        await works(town, name)
    await settles(town, town.ana)
    await page((await form((await knows(town)).click("Ask one of them"))).submit({LINE: "How is it there?"}))
    before = (await knows(town)).text
    await town.beat(timedelta(minutes=2))
    await town.beat(timedelta(days=7))
    await town.beat(timedelta(minutes=2))
    letters = [
        one.text
        for name in ("bob", "mo")
        for one in town.sandbox.member(name).sees_in_dm()
        if "How is it there?" in one.text
    ]
    assert len(letters) == 2 and all("Somebody in Remote together" in text for text in letters)
    assert (await knows(town)).text == before
