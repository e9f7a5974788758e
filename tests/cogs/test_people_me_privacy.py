"""`/me privacy`, and everything about me in the bot's own DM; over the wire."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.people.flow import members as flow
from bot.people.kept import KEPT
from bot.people.members import Key
from cogs.people.privacy_page import WORDS
from sandbox import Actor, Reply, members
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire


async def privacy(who: Actor) -> Reply:
    return await page(who.slash("me privacy"))


def file_of(town: Town, reply: Reply) -> dict[str, Any]:
    """The one file of an answer, read as JSON."""
    (attached,) = reply.message.attachments
    return dict(json.loads(attached.data))


async def told_something(who: Actor) -> None:
    """A headline, and a company not to meet."""
    shown = await page((await page(who.slash("me profile"))).click("Edit"))
    await page((await form(shown.click("Headline, skills"))).submit({"Headline": "Designer", "Skills": ""}))
    listed = await page(who.slash("me blocks"))
    await page((await form(listed.click("A company"))).submit({"Company": "Globex"}))


def next_door(town: Town, who: Actor) -> Actor:
    """The same person in the other server, which they join."""
    other = town.neighbour().guild
    if who.user.id not in other.members:
        who.world.add_member(other, who.user)
    return Actor(who.world, other, who.user)


async def test_nothing_is_kept_of_a_stranger(town: Town) -> None:
    """Looking is no reason to keep anything: the page says so twice, and nobody becomes known."""
    for _ in range(2):
        shown = await privacy(town.ana)
        assert shown.ephemeral and shown.text.startswith("I keep nothing about you in") and not shown.buttons
    assert await flow.member(town.bot.app, Key(town.sandbox.guild.id, town.ana.user.id)) is None


async def test_what_is_kept_in_words(town: Town) -> None:
    """Each kind with how many there are and when it goes by itself; nobody has looked."""
    await told_something(town.ana)
    shown = await privacy(town.ana)
    goes_first = (
        "**Until 7 days after you leave**\n• Your profile\n• Companies and people you must not meet\n"
    )
    assert goes_first in shown.text
    assert "Nobody has looked into your record." in shown.text


async def test_the_file(town: Town) -> None:
    """Everything, as JSON, for her eyes only; the page stays as it was."""
    await told_something(town.ana)
    shown = await privacy(town.ana)
    given = await page(shown.click("Take it away"))
    assert given.ephemeral and "Here is everything" in given.text
    whole = file_of(town, given)
    (server,) = whole["servers"]
    assert server["tables"]["profile"][0]["headline"] == "Designer"
    assert server["tables"]["guard"][0]["name"] == "Globex"
    assert shown.refresh().text.startswith("### What I keep about you")


async def test_erasing(town: Town) -> None:
    """It is asked once; three presses in all; afterwards nothing is left, and twice is the same as once."""
    ana = town.ana
    await told_something(ana)
    pressed = ana.presses
    shown = await privacy(ana)
    kept = await page((await page(shown.click("Erase it"))).click("Keep it"))
    assert "Nothing was erased" in kept.text
    ana.presses = pressed
    asked = await page((await privacy(ana)).click("Erase it"))
    assert "Blocks, as hashes that name nobody" in asked.text
    erased = await page(asked.click("Yes, erase it"))
    assert "Everything about you is gone." in erased.text and ana.presses - pressed <= 4
    assert "I keep nothing about you" in (await privacy(ana)).text


async def test_an_old_page_after_erasing(town: Town) -> None:
    """Buttons of pages from before find nothing, and bring nothing back."""
    ana = town.ana
    await told_something(ana)
    old = await privacy(ana)
    asked = await page((await privacy(ana)).click("Erase it"))
    await page(asked.click("Yes, erase it"))
    given = await page(old.click("Take it away"))
    assert file_of(town, given)["servers"][0]["tables"] == {}
    again = await page((await page(old.click("Erase it"))).click("Yes, erase it"))
    assert "There was nothing about you to erase." in again.text


# -- in the bot's own DM -------------------------------------------------------------------------


async def test_a_stranger_in_the_dm(town: Town) -> None:
    """Somebody whom the bot knows in no server is told where to begin."""
    town.ana.go_to_dm()
    for name in ("profile", "settings", "blocks", "privacy"):
        shown = await page(
            Actor(town.sandbox.world, town.sandbox.guild, town.ana.user).go_to_dm().slash(f"me {name}")
        )
        assert shown.text.startswith("I keep nothing about you. Type this in a server")


async def test_one_server_in_the_dm(town: Town) -> None:
    """With one server only its page comes at once, and its buttons work there."""
    await told_something(town.ana)
    ana = Actor(town.sandbox.world, town.sandbox.guild, town.ana.user).go_to_dm()
    shown = await page(ana.slash("me profile"))
    words = await form((await page(shown.click("Edit"))).click("Headline, skills"))
    assert words.values["Headline"] == "Designer"
    assert "**Lead designer**" in (await page(words.submit({"Headline": "Lead designer"}))).text
    assert "Globex" in (await page(ana.slash("me blocks"))).text
    settings = await page(ana.slash("me settings"))
    assert "Private search is on" in (await page(settings.click("Private search"))).text


async def test_two_servers_in_the_dm(town: Town) -> None:
    """A list of both; what was told in one is not in the other."""
    await told_something(town.ana)
    other = next_door(town, town.ana)
    await page(other.slash("me profile"))
    ana = Actor(town.sandbox.world, town.sandbox.guild, town.ana.user).go_to_dm()
    listed = await page(ana.slash("me blocks"))
    assert listed.buttons == ["Remote together", "Next door"]
    assert "Nobody is on your list yet" in (await page(listed.click("Next door"))).text
    listed = await page(ana.slash("me blocks"))
    assert "Globex" in (await page(listed.click("Remote together"))).text


async def test_everything_everywhere(town: Town) -> None:
    """Under the list: one file of all servers, and all erased in three presses."""
    await told_something(town.ana)
    await page(next_door(town, town.ana).slash("me profile"))
    ana = Actor(town.sandbox.world, town.sandbox.guild, town.ana.user).go_to_dm()
    listed = await page(ana.slash("me privacy"))
    whole = file_of(town, await page(listed.click("Take all away")))
    assert len(whole["servers"]) == 2
    await page((await page(listed.click("Erase it all"))).click("Yes, erase it all"))
    assert "I keep nothing about you." in (await page(ana.slash("me privacy"))).text


async def test_after_leaving(town: Town) -> None:
    """Whoever left sees, takes away and erases in the DM what is still kept."""
    ana = town.ana
    await told_something(ana)
    members.remove(town.sandbox.world, town.sandbox.guild, ana.user.id)
    ana.go_to_dm()
    shown = await privacy(ana)
    assert "What I keep about you in Remote together" in shown.text
    assert file_of(town, await page(shown.click("Take it away")))["servers"]
    erased = await page((await page(shown.click("Erase it"))).click("Yes, erase it"))
    assert "Everything about you is gone." in erased.text
    assert "I keep nothing about you." in (await privacy(ana)).text


def test_every_table_has_words() -> None:
    """Whatever a member can be shown of has words on the page, and no others have."""
    shown = {kept.table for kept in KEPT if any(claim.shown != () for claim in kept.claims)}
    assert set(WORDS) == shown
