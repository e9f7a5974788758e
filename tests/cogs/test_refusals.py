"""What people get who press what is old, unknown or not theirs; and what the bot says in public; over the wire."""

from __future__ import annotations

import asyncio

import pytest

from bot.refusals import Refusal
from cogs import jobs, refusals
from sandbox import CannotDo, Reply
from sandbox.actors import Actor
from sandbox.model import InteractionKind
from tests.end_to_end.town import HOUR, Town, page


async def press(actor: Actor, seen: Reply, custom_id: str) -> Reply:
    """A press that no client of today would send: an id of another time or another place."""
    data = {"custom_id": custom_id, "component_type": 2, "id": 1}
    return await page(actor.send(InteractionKind.COMPONENT, data, source=seen.message))


@pytest.mark.wire
@pytest.mark.parametrize("custom_id", ["nobody.knows/1", "jobs", "", "jobs.save.twice/1/2/3"])
async def test_an_unknown_button(town: Town, custom_id: str) -> None:
    """What nobody knows any more gets a polite, private answer that says what to do."""
    seen = await page(town.mo.slash("jobs alerts"))
    answer = await press(town.mo, seen, custom_id)
    assert answer.ephemeral and answer.text == "I don't know this button any more. Run the command again."


@pytest.mark.wire
async def test_another_members_subscription(town: Town) -> None:
    """An id of somebody else's subscription opens nothing: for its stranger it is gone, and it stays as it was."""
    await page((await page(town.ana.slash("jobs subscribe", filter="python"))).click("Save"))
    seen = await page(town.sandbox.member("bob").slash("jobs alerts"))
    for custom_id in ("jobs.stop/1/0", "jobs.pause/1/0", "jobs.try/1", "jobs.filter/1", "jobs.save/1"):
        answer = await press(town.sandbox.member("bob"), seen, custom_id)
        assert "That subscription is gone" in answer.text
    assert "**For you alone**\npython" in (await page(town.ana.slash("jobs alerts"))).text


@pytest.mark.wire
async def test_in_direct_messages(town: Town) -> None:
    """The commands belong to servers; Discord doesn't offer them elsewhere."""
    with pytest.raises(CannotDo, match="direct messages"):
        await town.ana.go_to_dm().slash("jobs alerts")


@pytest.mark.wire
async def test_a_card_whose_reasons_are_forgotten(town: Town) -> None:
    """After 30 days *More* says that the reasons are no longer kept."""
    await town.beat(HOUR)
    await town.subscribe()
    await town.news("Python Engineer")
    (card,) = town.cards()
    await town.beat(31 * 24 * HOUR)
    assert "no longer keep the reasons" in (await page(town.ana.click(card, "More"))).text


@pytest.mark.wire
async def test_a_slow_answer_comes_all_the_same(town: Town) -> None:
    """While the database is busy for longer than Discord waits the press is acknowledged, then answered."""
    store = town.bot.app.store
    async with store.begin():
        asked = town.mo.slash("jobs subscribe", filter="python", channel="remote-python")
        waiting = asyncio.ensure_future(asked)
        await town.sandbox.until(
            lambda: any(message.loading for message in town.sandbox.world.messages.values())
        )
    answer = await page(waiting)
    assert answer.ephemeral and answer.buttons == ["Save", "Change filter", "Discard"]


def test_every_public_message() -> None:
    """All that the bot says in a channel for all to see; the fixture `town` proves that there is nothing else."""
    assert set(jobs.KINDS) == {
        "opening",
        "feed_trouble",
        "feed_recovered",
        "storm_held",
        "channel_trouble",
    }


def test_every_refusal_has_plain_words() -> None:
    """Each reason that needs no facts is one or two short sentences that end well."""
    plain = [reason for reason, words in refusals.WORDS.items() if words.__code__.co_argcount == 0]
    assert len(plain) >= 6
    for reason in plain:
        said = refusals.words(Refusal(reason))
        assert said.endswith(".") and all(len(one.split()) < 20 for one in said.split(". "))
