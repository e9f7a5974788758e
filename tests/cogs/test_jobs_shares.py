"""`/jobs share`: offered, posted, declined, refused; over the wire."""

from __future__ import annotations

import pytest

from sandbox import Reply
from sandbox.model import NOBODY
from tests.cogs.test_people_introductions import settles
from tests.end_to_end.town import BOARD, Town, form, page

pytestmark = pytest.mark.wire

URL = "https://elsewhere.example/jobs/9"
FIND = {
    "Title": "Keeper of lamps",
    "Company": "Lamps Ltd",
    "Why share it?": "They answer [fast](https://x.example)",
}


async def offer(town: Town, who: str = "ana", link: str = URL, **more: object) -> Reply:
    asked = await form(town.sandbox.member(who).slash("jobs share", link=link))
    kept = await page(asked.submit({**FIND, **more}))
    await town.beat()
    return kept


async def test_offered_and_posted(town: Town) -> None:
    """A form, a notice without a name, a public card "shared by a member"; my page tells what became of it."""
    await town.settle_in()
    kept = await offer(town)
    assert kept.ephemeral and "A moderator looks first" in kept.text
    (notice,) = town.notices()
    assert "### A member offers a find" in notice.text and str(town.ana.user.id) not in notice.text
    done = await page(town.mo.message(notice).choose("Post it in …", "remote-python"))
    assert "**Posted**" in done.text
    await town.beat()
    (card,) = town.cards()
    assert "Keeper of lamps" in card.text and "shared by a member" in card.text
    assert "answer \\[fast\\](https\\://x.example)" in card.text
    assert card.buttons == ["Open", "Share a find"]
    assert "posted in <#" in (await page(town.ana.message(card).click("Share a find"))).text
    assert "posted in <#" in (await page(town.ana.slash("jobs share"))).text
    assert (
        "You have offered none here yet" in (await page(town.sandbox.member("bob").slash("jobs share"))).text
    )


async def test_with_my_name(town: Town) -> None:
    """Chosen in the form; the name stands there and pings nobody."""
    await town.settle_in()
    await offer(town, **{"Your name": ["yes"]})
    await page(town.mo.message(town.notices()[0]).choose("Post it in …", "remote-python"))
    await town.beat()
    assert f"shared by <@{town.ana.user.id}>" in town.cards()[0].text
    assert {one.pinged for one in town.public()} == {NOBODY}


async def test_an_opening_we_know(town: Town) -> None:
    """The form asks for no title; the card has its facts and its buttons, and stands here once."""
    await town.settle_in()
    await town.news("Lamp Keeper", company="Lamps Ltd")
    slug = next(one.slug for one in town.boards.postings(BOARD) if one.role == "Lamp Keeper")
    link = f"https://{BOARD}.example/jobs/{slug}"
    asked = await form(town.ana.slash("jobs share", link=link))
    assert asked.labels == ["Why share it?", "Your name"]
    await page(asked.submit({"Why share it?": ""}))
    await town.beat()
    await page(town.mo.message(town.notices()[0]).choose("Post it in …", "remote-python"))
    await town.beat()
    (card,) = town.cards()
    assert "**Open to:**" in card.text and card.buttons == ["Open", "Save", "More"]
    refused = await page(town.sandbox.member("bob").slash("jobs share", link=link))
    assert "It stands here already: https://discord.com/channels/" in refused.text


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("https://discord.gg/abc", "not an invite"),
        ("ftp://example.org/x", "Give an https"),
        ("http://169.254.169.254/latest", "Give a link that everybody can open"),
        ("x" * 900, "Give a"),
    ],
)
async def test_links_that_are_refused(town: Town, link: str, said: str) -> None:
    """No form opens; the words say what to do."""
    refused = await page(town.ana.slash("jobs share", link=link))
    assert refused.ephemeral and said in refused.text


async def test_declined(town: Town) -> None:
    """Who allows messages is told, discreetly; my page says it plainly."""
    await town.settle_in()
    await settles(town, town.ana)
    await offer(town)
    await page(town.mo.message(town.notices()[-1]).click("Decline"))
    assert "**Declined**" in town.notices()[-1].text
    await town.beat()
    assert "A moderator looked at what you offered" in town.ana.sees_in_dm()[-1].text
    assert "not posted" in (await page(town.ana.slash("jobs share"))).text
    assert town.cards() == []
