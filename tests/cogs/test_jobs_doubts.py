"""Wrong facts, likely scams, blocked companies: what members press and what moderators do with it; over the wire."""

from __future__ import annotations

import pytest

from sandbox import CannotDo, Reply
from tests.cogs.openings import COMPANY, appears
from tests.end_to_end.town import NEXT_READING, Town, form, page

pytestmark = pytest.mark.wire

ROLE = "Senior Python Engineer"
FACT, RIGHT = "Which one is wrong?", "What is right?"


async def a_card(town: Town, role: str = ROLE) -> Reply:
    """An opening stands in a channel that moderators let follow."""
    await town.settle_in()
    await town.subscribe("python")
    await town.news(role)
    return town.cards()[-1]


async def more(town: Town, card: Reply, who: str = "ana") -> Reply:
    return await page(town.sandbox.member(who).message(card).click("More"))


async def doubt(town: Town, card: Reply, who: str = "ana", words: str = "") -> Reply:
    asked = await form((await more(town, card, who)).click("Wrong facts"))
    thanked = await page(asked.submit({FACT: ["level"], RIGHT: words}))
    await town.beat()
    return thanked


async def test_a_wrong_fact_is_taken_back(town: Town) -> None:
    """Two members, one notice without their names; taken back, the card doesn't state it; Undo brings it back."""
    card = await a_card(town)
    assert "Senior" in card.text.splitlines()[1]
    thanked = await doubt(town, card, words="It is a **junior** one @everyone")
    assert thanked.ephemeral and "they don't see who told" in thanked.text
    await doubt(town, card, "bob")
    (notice,) = town.notices()
    assert "2 members say it is wrong" in notice.text and "**Level:** Senior" in notice.text
    assert "junior" not in notice.text and str(town.ana.user.id) not in notice.text
    told = await page(town.mo.message(notice).click("What they wrote"))
    assert told.ephemeral and "It is a \\*\\*junior\\*\\* one @\u200beveryone" in told.text
    await page(town.mo.message(notice).click("Take it back here"))
    await town.beat()
    (notice,) = town.notices()
    assert "**Taken back here** · <@" in notice.text and notice.buttons == ["Undo"]
    assert "Corrected by moderators: level" in town.cards()[-1].text
    await page(town.mo.message(notice).click("Undo"))
    await town.beat()
    assert "Corrected by moderators" not in town.cards()[-1].text


async def test_it_is_right(town: Town) -> None:
    """The card stays; whoever doubts it later hears that moderators decided."""
    card = await a_card(town)
    await doubt(town, card)
    await page(town.mo.message(town.notices()[0]).click("It is right"))
    await town.beat()
    assert "**It is right**" in town.notices()[0].text
    assert "Moderators looked at this before" in (await doubt(town, card, "bob")).text
    assert len(town.notices()) == 1


async def test_a_member_cannot_decide(town: Town) -> None:
    """The moderators' channel is theirs, and so are the buttons in it."""
    card = await a_card(town)
    await doubt(town, card)
    (notice,) = town.notices()
    with pytest.raises(CannotDo):
        await town.ana.message(notice).click("Take it back here")


async def test_nobody_can_look_yet(town: Town) -> None:
    """Without a moderators' channel the answer says so."""
    await town.beat(NEXT_READING)
    await town.subscribe("python")
    await town.news(ROLE)
    assert "Nobody can look yet" in (await doubt(town, town.cards()[-1])).text


async def report(town: Town, card: Reply, who: str = "ana") -> Reply:
    asked = await form((await more(town, card, who)).click("Looks like a scam"))
    thanked = await page(asked.submit({"What looks wrong?": "They want my passport"}))
    await town.beat()
    return thanked


async def test_a_scam_is_taken_down(town: Town) -> None:
    """The card says so and offers nothing but More; its company, blocked along, is heard no more until unblocked."""
    await town.settle_in()
    await town.subscribe("python")
    await appears(town, 1, ROLE)
    card = town.cards()[-1]
    assert "Thank you" in (await report(town, card)).text
    (notice,) = town.notices()
    assert notice.buttons == ["Take down here", "Block the company", "It is fine", "What they wrote"]
    await page(town.mo.message(notice).click("Block the company"))
    await town.beat()
    shown = town.cards()[-1]
    assert "**Taken down** by the moderators here" in shown.text and shown.buttons == ["More"]
    assert "Taken down" in (await more(town, shown)).text
    assert await appears(town, 2, "Python Archivist", "QUILLHAVEN LABS Ltd.") == 0
    blocked = await page((await page(town.mo.slash("feeds list"))).click("Blocked companies"))
    assert blocked.ephemeral and COMPANY in blocked.text
    assert "None yet" in (await page(blocked.choose("Hear of a company again", COMPANY))).text
    assert await appears(town, 3, "Python Librarian") == 1


async def test_companies_are_blocked_by_name(town: Town) -> None:
    """Typed by a moderator, as its openings name it or nearly so."""
    await a_card(town)
    listed = await page((await page(town.mo.slash("feeds list"))).click("Blocked companies"))
    asked = await form(listed.click("Block a company"))
    assert "Ember" in (await page(asked.submit({"Company": "Ember & Co"}))).text
    assert await appears(town, 2, "Python Smith", "EMBER and Company") == 0
    assert await appears(town, 3, "Python Baker", "Emberly") == 1
    asked = await form(listed.click("Block a company"))
    assert "needs a name" in (await page(asked.submit({"Company": "…"}))).text
