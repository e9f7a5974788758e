"""What people get who press what is old, unknown or not theirs; and what the bot says in public; over the wire."""

from __future__ import annotations

import asyncio

import pytest

from bot.refusals import Refusal
from cogs import refusals
from sandbox import Reply
from sandbox.actors import Actor
from sandbox.model import InteractionKind
from tests.cogs.canned import KINDS
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
    """Discord offers a group of commands as a whole: those that need a server say so, and where to go instead."""
    for command in ("jobs alerts", "jobs subscribe", "jobs search", "jobs share"):
        answer = await page(town.ana.go_to_dm().slash(command))
        assert answer.text.startswith("This works in a server where I am: type it there")
        assert "</help:" in answer.text


@pytest.mark.wire
async def test_a_card_whose_opening_is_forgotten(town: Town) -> None:
    """Half a year after its board showed it last *More* says that it is no longer kept."""
    await town.beat(HOUR)
    await town.subscribe()
    await town.news("Python Engineer")
    (card,) = town.cards()
    told = await press(town.ana, card, "jobs.more/1/a")
    assert told.text.startswith("I no longer keep that opening. Ask </jobs check:")


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
    assert answer.ephemeral and answer.buttons == [
        "Save",
        "Change filter",
        "Form",
        "More settings",
        "Discard",
    ]


#: All that is ever said for a whole channel to see. The fixture `town` proves that nothing else is.
PUBLIC = {
    *("panel", "opening", "digest", "hired", "share"),
    *("checkin_opener", "checkin_card", "checkin_digest"),
}
IN_A_POD = {  # a private thread of two to five
    *("checkin_pod", "checkin_pod_card", "checkin_pod_word"),
    *("review_hello", "review_pages", "review_word", "meet_hello"),
}
TO_MODERATORS = {
    *("feed_trouble", "feed_recovered", "storm_held", "channel_trouble"),
    *("doubted", "looks_like_scam", "share_offered", "case_opened", "case_waits"),
    *("checkin_blocked", "checkin_season", "review_round", "review_blocked", "meet_blocked"),
}
TO_ONE_MEMBER = {
    *("alert", "alert_test", "test_message", "share_told"),
    *("asked", "introduced", "case_changed", "look_notice"),
    *("checkin_reminder", "checkin_drift", "checkin_help_offered"),
    *("review_proposed", "review_reminder", "review_ready", "review_over", "review_nobody"),
    *("meet_drawn", "meet_asked", "meet_nobody", "meet_over"),
}


def test_every_public_message() -> None:
    """Whatever the bot says by itself is for a channel, a pod, moderators or one member; a new kind has to be added
    here. No phone rings for what several see, unless moderators chose so for a card or a digest."""
    readers = (PUBLIC, IN_A_POD, TO_MODERATORS, TO_ONE_MEMBER)
    assert set(KINDS) == set().union(*readers)
    assert len(KINDS) == sum(map(len, readers))
    assert {name for name in PUBLIC | IN_A_POD if KINDS[name].rings} == set()
    assert {"alert", "alert_test"} <= {name for name in TO_ONE_MEMBER if KINDS[name].rings}


def test_every_refusal_has_plain_words() -> None:
    """Each reason that needs no facts is one or two short sentences that end well."""
    plain = [reason for reason, words in refusals.every().items() if words.__code__.co_argcount == 0]
    assert len(plain) >= 6
    for reason in plain:
        said = refusals.words(Refusal(reason))
        assert said.endswith(".") and all(len(one.split()) < 20 for one in said.split(". "))
