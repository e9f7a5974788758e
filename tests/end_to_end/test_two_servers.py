"""Two servers share one bot and nothing else; over the wire."""

from __future__ import annotations

import pytest

from sandbox import Actor, Reply
from sandbox.model import InteractionKind
from tests.end_to_end.town import BOARD, HOUR, Town, page
from tests.people.planting import dump

pytestmark = pytest.mark.wire


def standing(actor: Actor, channel: str) -> list[Reply]:
    return [message for message in actor.sees(channel) if not message.ephemeral]


async def follow(actor: Actor, text: str) -> None:
    asked = await page(actor.slash("jobs subscribe", filter=text, channel="remote-python"))
    await page(asked.click("Save"))


async def choose_moderators(actor: Actor) -> None:
    await page((await page(actor.slash("setup"))).choose("Moderators' channel", "moderators"))


async def test_each_hears_its_own(town: Town) -> None:
    """Channels of the same name get what their own server asked for; one fetch serves both."""
    pat = town.neighbour()
    await town.beat(HOUR)
    await follow(town.mo, "falconer")
    await follow(pat, "glassblower")
    before = len(town.boards.requests(BOARD))
    await town.news("Falconer", "Glassblower")
    assert "Falconer" in standing(town.mo, "remote-python")[0].text
    assert "Glassblower" in standing(pat, "remote-python")[0].text
    assert len(standing(town.mo, "remote-python")) == len(standing(pat, "remote-python")) == 1
    assert len(town.boards.requests(BOARD)) == before + 1


async def test_neither_sees_nor_touches_the_others(town: Town) -> None:
    """Lists hold one server's subscriptions, and an id of the other's is unknown there. An opening is everybody's:
    the buttons of the other's card work, on the list of whoever presses, in their own server."""
    pat = town.neighbour()
    await town.beat(HOUR)
    await follow(town.mo, "falconer")
    await town.news("Falconer")
    listed = await page(pat.slash("jobs alerts"))
    assert "You follow nothing yet" in listed.text
    (card,) = town.cards()
    ids = [part["custom_id"] for part in _buttons(card) if "custom_id" in part]
    before = await dump(town.bot.app.store, town.sandbox.guild.id)
    answers = {}
    for custom_id in ("jobs.stop/1/0", "jobs.notice.resume/1/x", *ids):
        data = {"custom_id": custom_id, "component_type": 2, "id": 1}
        answer = await page(pat.send(InteractionKind.COMPONENT, data, source=listed.message))
        assert answer.ephemeral
        answers[str(custom_id).split("/")[0]] = answer.text
    for stopping in ("jobs.stop", "jobs.notice.resume"):
        assert answers[stopping].startswith("That subscription is gone")
    assert answers["jobs.keep"].startswith("On your list: Falconer")
    assert "Falconer" in (await page(pat.slash("jobs saved"))).text
    assert await dump(town.bot.app.store, town.sandbox.guild.id) == before
    assert "falconer" in (await page(town.mo.slash("jobs alerts"))).text


def _buttons(card: Reply) -> list[dict[str, object]]:
    rows = [part for box in card.message.components for part in box["components"] if "components" in part]
    return [button for row in rows for button in row["components"]]


async def test_each_decides_for_itself(town: Town) -> None:
    """A storm is held for both; what one approves and the other skips is posted in the one alone."""
    pat = town.neighbour()
    await town.beat(HOUR)
    for actor in (town.mo, pat):
        await choose_moderators(actor)
        await follow(actor, "falconer")
    await town.news(*(f"Cook {number}" for number in range(29)), "Falconer")
    (mine,), (theirs,) = standing(town.mo, "moderators"), standing(pat, "moderators")
    await page(mine.click("Approve: post them"))
    await page(theirs.click("Skip them"))
    await town.beat()
    assert len(standing(town.mo, "remote-python")) == 1
    assert standing(pat, "remote-python") == []


async def test_a_feed_in_trouble_is_told_where_feeds_are_heard(town: Town) -> None:
    """A server that follows nothing is left in peace."""
    pat = town.neighbour()
    await town.beat(HOUR)
    for actor in (town.mo, pat):
        await choose_moderators(actor)
    await follow(town.mo, "falconer")
    town.boards.behave(BOARD, "empty")
    for _ in range(3):
        await town.beat(3 * HOUR)
    assert len(standing(town.mo, "moderators")) == 1
    assert standing(pat, "moderators") == []
