"""`/setup`: the moderators' channel, and what is missing where; over the wire."""

from __future__ import annotations

import pytest

from bot.jobs.flow import subscriptions
from bot.moderation.rights import Person
from sandbox import CannotDo, Permission
from tests.end_to_end.town import HOUR, Town, lacks, page

pytestmark = pytest.mark.wire


async def test_hidden_from_members(town: Town) -> None:
    """Discord doesn't even offer it to those who don't manage the server."""
    with pytest.raises(CannotDo, match="hidden from ana"):
        await town.ana.slash("setup")


async def test_a_server_is_set_up_in_two_presses(town: Town) -> None:
    """The command, one choice; the page then says where troubles are told and that nothing is missing."""
    home = await page(town.mo.slash("setup"))
    assert home.ephemeral and "Choose the channel where I tell moderators" in home.text
    assert "View Channel" in home.text and "Send Messages" in home.text
    chosen = await page(home.choose("Moderators' channel", "moderators"))
    there = f"<#{town.sandbox.channel('moderators').id}>"
    assert f"I tell troubles in {there}" in chosen.text and f"{there}: nothing is missing" in chosen.text
    assert town.mo.presses == 2
    assert f"I tell troubles in {there}" in (await page(town.mo.slash("setup"))).text


async def test_missing_permissions_are_named_per_channel(town: Town) -> None:
    """Every channel that the bot speaks in has its line; the missing ones are named with the place to grant them."""
    await town.settle_in()
    await town.subscribe("python", "remote-python")
    await town.subscribe("design", "remote-design")
    town.sandbox.deny("remote-design", Permission.SEND_MESSAGES, Permission.READ_MESSAGE_HISTORY)
    lines = (await page(town.mo.slash("setup"))).text.splitlines()
    python, design, moderators = (
        next(line for line in lines if f"• <#{town.sandbox.channel(name).id}>" in line)
        for name in ("remote-python", "remote-design", "moderators")
    )
    assert python.endswith("nothing is missing.") and moderators.endswith("nothing is missing.")
    assert "I lack **Send Messages and Read Message History**" in design and "Edit Channel" in design


async def test_a_channel_where_the_bot_may_not_speak(town: Town) -> None:
    """It can't become the moderators' channel until the permission is granted."""
    town.sandbox.deny("moderators", Permission.SEND_MESSAGES)
    home = await page(town.mo.slash("setup"))
    assert lacks(await page(home.choose("Moderators' channel", "moderators")), "Send Messages")
    assert "Choose the channel" in (await page(town.mo.slash("setup"))).text


async def test_the_other_channel_hears_from_then_on(town: Town) -> None:
    """Choosing again moves the notices; what stands in the first channel stays there."""
    await town.settle_in()
    await town.subscribe()
    home = await page(town.mo.slash("setup"))
    await page(home.choose("Moderators' channel", "reviews"))
    town.sandbox.delete_channel("remote-python")
    await town.news("Python Engineer")
    await town.beat(HOUR)
    assert town.notices() == [] and len(town.cards("reviews")) == 1


async def test_a_former_moderator_at_an_open_page(town: Town) -> None:
    """Rights are asked for at each press, not when the page was opened."""
    home = await page(town.mo.slash("setup"))
    town.sandbox.guild.members[town.mo.user.id].roles.clear()
    refused = await page(home.choose("Moderators' channel", "reviews"))
    assert "Only moderators" in refused.text


async def test_the_moderators_channel_is_deleted(town: Town) -> None:
    """The page says so; notices that had nowhere to go come in the channel that is chosen next, once."""
    await town.settle_in()
    await town.subscribe("falconer")
    town.sandbox.delete_channel("moderators")
    town.sandbox.delete_channel("remote-python")
    await town.news("Falconer 1")
    await town.beat(HOUR)
    home = await page(town.mo.slash("setup"))
    assert "The channel where I told troubles is gone. Choose another one." in home.text
    assert "I lack" not in home.text and "is gone. Stop what was posted there in </jobs alerts:" in home.text
    chosen = await page(home.choose("Moderators' channel", "reviews"))
    assert f"I tell troubles in <#{town.sandbox.channel('reviews').id}>" in chosen.text
    await town.beat(HOUR)
    await town.beat(HOUR)
    (notice,) = town.cards("reviews")
    assert "The channel is gone" in notice.text and notice.buttons == ["Stop it"]
    assert "**It is stopped**" in (await page(notice.click("Stop it"))).text


async def test_the_moderators_channel_was_closed_to_the_bot(town: Town) -> None:
    """Granted again and chosen again, it hears what it missed."""
    await town.settle_in()
    await town.subscribe("falconer")
    town.sandbox.deny("moderators", Permission.SEND_MESSAGES)
    town.sandbox.delete_channel("remote-python")
    await town.news("Falconer 1")
    await town.beat(HOUR)
    town.sandbox.allow("moderators", Permission.SEND_MESSAGES)
    home = await page(town.mo.slash("setup"))
    await page(home.choose("Moderators' channel", "moderators"))
    await town.beat(HOUR)
    assert len(town.notices()) == 1


async def test_a_server_with_a_hundred_channels(town: Town) -> None:
    """The page stays within Discord's limits: channels where something is missing first, the rest counted."""
    app, mo = town.bot.app, Person(town.mo.user.id, town.sandbox.guild.id, manages=True)
    for number in range(100):  # by the flow: four answers over the wire for each would say nothing more
        channel = town.sandbox.add_channel(f"jobs-{number}")
        proposed = await subscriptions.propose(app, mo, "python", channel.id, (), app.now())
        await subscriptions.save(app, mo, proposed.subscription.id, (), app.now())
    town.sandbox.deny("jobs-99", Permission.SEND_MESSAGES)
    lines = (await page(town.mo.slash("setup"))).text.splitlines()
    troubled = next(line for line in lines if line.startswith("• "))
    assert f"<#{town.sandbox.channel('jobs-99').id}>: I lack **Send Messages**" in troubled
    assert "• In 80 of 80 more channels nothing is missing." in lines
