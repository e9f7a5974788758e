"""`/jobs subscribe channel:`: every kind of channel, what the bot needs there, and how it speaks; over the wire."""

from __future__ import annotations

import asyncio

import pytest

from sandbox import CannotDo, Permission, Reply, members, threads
from sandbox.model import Channel, ChannelKind, MessageFlag, Role, Tag
from tests.end_to_end.town import HOUR, Town, form, lacks, page

pytestmark = pytest.mark.wire


def add(town: Town, name: str, kind: ChannelKind, *tags: str, required: bool = False) -> Channel:
    """A channel of this kind, which the bot is told of."""
    made = town.sandbox.world.add_channel(town.sandbox.guild, name, kind)
    made.tags = tuple(Tag(town.sandbox.world.ids.next(), tag) for tag in tags)
    made.require_tag = required
    town.sandbox.world.changed_channel(made)
    return made


def role(town: Town, name: str, *, mentionable: bool) -> Role:
    """A role that stands above the bot's own: it is the last one that was made."""
    world, guild = town.sandbox.world, town.sandbox.guild
    made = world.add_role(guild, name, 0)
    made.mentionable = mentionable
    members.changed_role(world, guild, made)
    return made


async def ask(town: Town, channel: str, text: str = "falconry") -> Reply:
    return await page(town.mo.slash("jobs subscribe", filter=text, channel=channel))


async def settings(town: Town, channel: str = "remote-python") -> Reply:
    return await page((await ask(town, channel)).click("More settings"))


@pytest.mark.parametrize(
    ("kind", "denied", "named"),
    [
        (ChannelKind.ANNOUNCEMENT, Permission.SEND_MESSAGES, "Send Messages"),
        (ChannelKind.FORUM, Permission.SEND_MESSAGES, "Create Posts"),
        (ChannelKind.FORUM, Permission.VIEW_CHANNEL, "View Channel"),
        (ChannelKind.FORUM, Permission.READ_MESSAGE_HISTORY, "Read Message History"),
    ],
)
async def test_what_is_missing_in_each_kind(
    town: Town, kind: ChannelKind, denied: Permission, named: str
) -> None:
    """Named as Discord's settings of that channel call it; nothing is saved before it is granted."""
    add(town, "jobs", kind)
    town.sandbox.deny("jobs", denied)
    refused = await ask(town, "jobs")
    assert lacks(refused, named) and refused.buttons == []
    town.sandbox.allow("jobs", denied)
    assert (await page((await ask(town, "jobs")).click("Save"))).text.startswith("Saved.")


async def test_a_thread(town: Town) -> None:
    """It needs Send Messages in Threads, which its channel's settings grant; then cards stand in it."""
    await town.beat(HOUR)
    thread = town.mo.go("remote-python").start_thread("falcons")
    town.sandbox.deny("remote-python", Permission.SEND_MESSAGES_IN_THREADS)
    assert lacks(await ask(town, str(thread.id)), "Send Messages In Threads")
    town.sandbox.allow("remote-python", Permission.SEND_MESSAGES_IN_THREADS)
    await page((await ask(town, str(thread.id))).click("Save"))
    await town.news("Falconry Engineer")
    assert "Falconry Engineer" in town.mo.sees(thread)[-1].text


async def test_a_locked_thread(town: Town) -> None:
    """Only whoever manages threads may write there; that is said before anything is saved."""
    thread = town.mo.go("remote-python").start_thread("falcons")
    threads.archive(town.sandbox.world, thread, False, locked=True)
    assert lacks(await ask(town, str(thread.id)), "Manage Threads")


async def test_a_forum(town: Town) -> None:
    """Each card is a post of its own."""
    await town.beat(HOUR)
    forum = add(town, "openings", ChannelKind.FORUM)
    await page((await ask(town, "openings")).click("Save"))
    await town.news("Falconry Engineer")
    posts = [post.name for post in town.sandbox.guild.threads.values() if post.parent_id == forum.id]
    assert len(posts) == 1 and posts[0].startswith("Falconry Engineer")


async def test_a_forum_that_wants_tags(town: Town) -> None:
    """The page asks for the tag that always fits, and Save waits for it; posts without another tag get that one."""
    await town.beat(HOUR)
    forum = add(town, "openings", ChannelKind.FORUM, "Elsewhere", "Other", required=True)
    asked = await ask(town, "openings")
    assert "Every post there needs one" in asked.text
    with pytest.raises(CannotDo):
        await asked.click("Save")
    chosen = await page(asked.choose("The tag when no other fits", "Other"))
    assert "Every post there needs one" not in chosen.text
    await page(chosen.click("Save"))
    await town.news("Falconry Engineer")
    (post,) = [one for one in town.sandbox.guild.threads.values() if one.parent_id == forum.id]
    assert post.thread and list(post.thread.tags) == [forum.tags[1].id]


async def test_a_forum_that_wants_tags_later(town: Town) -> None:
    """A moderator of the forum turns it on: it pauses, and in /jobs alerts the tag is chosen and it goes on."""
    await town.settle_in()
    forum = add(town, "openings", ChannelKind.FORUM, "Other")
    await page((await ask(town, "openings")).click("Save"))
    forum.require_tag = True
    town.sandbox.world.changed_channel(forum)
    await town.news("Falconry Engineer")
    await town.beat()
    assert "needs a tag" in town.notices()[-1].text
    near = await page((await page(town.mo.slash("jobs alerts"))).click("Open"))
    assert "the forum wants a tag" in near.text
    going = await page(near.choose("The tag when no other fits", "Other"))
    assert "paused" not in going.text
    await town.beat(HOUR)
    assert [one.parent_id for one in town.sandbox.guild.threads.values()] == [forum.id]


async def test_three_presets(town: Town) -> None:
    """Calm, normal, all; the page says what each means."""
    asked = await ask(town, "remote-python")
    assert asked.options("How many?") == [
        "Calm: 3 cards a day",
        "Normal: 10 cards a day",
        "All: every card at once",
    ]
    calm = await page(asked.choose("How many?", "Calm: 3 cards a day"))
    assert "at most 3 cards a day. The rest comes in one digest at 09:00 (UTC)" in calm.text
    every = await page(calm.choose("How many?", "All: every card at once"))
    assert "**When:** At once, all of them." in every.text and every.selects == ["How often?", "How many?"]
    daily = await page(every.choose("How often?", "Once a day"))
    assert "One digest a day, at 09:00 (UTC)" in daily.text


async def test_the_sound(town: Town) -> None:
    """Quiet unless a moderator chose otherwise."""
    await town.beat(HOUR)
    shown = await settings(town)
    assert "quiet, no phone rings" in shown.text
    loud = await page(shown.click("Let phones ring"))
    assert "phones may ring" in loud.text
    await page((await page(loud.click("Back"))).click("Save"))
    await town.news("Falconry Engineer")
    here = town.sandbox.channel("remote-python").id
    (said,) = [one for one in town.public() if one.channel_id == here]
    assert not said.flags & MessageFlag.SUPPRESS_NOTIFICATIONS


async def test_a_role_above_the_bots_own(town: Town) -> None:
    """What counts is whether it may be mentioned: where it is, its place in the list is no hindrance."""
    await town.beat(HOUR)
    falconers = role(town, "falconers", mentionable=True)
    shown = await page((await settings(town)).choose("Mention a role", "falconers"))
    assert f"<@&{falconers.id}>" in shown.text and "at most 3 times a day" in shown.text
    once = await page(shown.choose("How often at most?", "Mention it once a day at most"))
    await page((await page(once.click("Back"))).click("Save"))
    await town.news("Falconry Engineer", "Falconry Lead")
    mentions = [f"<@&{falconers.id}>" in card.text for card in town.cards()]
    assert sorted(mentions) == [False, True]


async def test_a_role_that_may_not_be_mentioned(town: Town) -> None:
    """The answer says what to grant and where, and nothing is chosen."""
    role(town, "falconers", mentionable=False)
    refused = await page((await settings(town)).choose("Mention a role", "falconers"))
    assert "Server Settings → Roles" in refused.text and "Mention @everyone" in refused.text


async def test_the_role_of_everybody_and_a_bots(town: Town) -> None:
    """Neither is a choice."""
    shown = await settings(town)
    everyone = await page(shown.choose("Mention a role", [town.sandbox.guild.id]))
    assert "everybody's" in everyone.text
    bots = next(one for one in town.sandbox.guild.roles.values() if one.bot_id)
    assert (
        "belongs to a bot"
        in (await page((await settings(town, "remote-design")).choose("Mention a role", [bots.id]))).text
    )


async def test_what_the_role_is_mentioned_for(town: Town) -> None:
    """A filter of its own; a mistake in it is pointed at and mended like any other."""
    role(town, "falconers", mentionable=True)
    chosen = await page((await settings(town)).choose("Mention a role", "falconers"))
    typed = await form(chosen.click("What to mention it for"))
    wrong = await page(typed.submit(filter="level:senior AND"))
    assert wrong.buttons == ["Fix it"]
    right = await page((await form(wrong.click("Fix it"))).submit(filter="level:senior"))
    assert "for what also passes `level:senior`" in right.text


async def test_publishing_in_an_announcement_channel(town: Town) -> None:
    """A switch that only such a channel has."""
    assert "Publish it" not in (await settings(town)).buttons
    add(town, "news", ChannelKind.ANNOUNCEMENT)
    published = await page((await settings(town, "news")).click("Publish it"))
    assert "follow the channel: yes" in published.text and "Don't publish" in published.buttons


async def test_the_clock_of_a_channel(town: Town) -> None:
    """A city is typed, and its zone is kept."""
    typed = await form((await settings(town)).click("Time zone"))
    cities = await page(typed.submit(city="Lisbon"))
    zone = await page(cities.choose(0, [cities.options(0)[0]]))
    assert "Europe/Lisbon" in zone.text
    assert "09:00 (Europe/Lisbon)" in (await page(zone.click("Back"))).text


async def test_two_people_press_at_once(town: Town) -> None:
    """Two menus of one page, chosen at the same moment, both count."""
    asked = await ask(town, "remote-python")
    await asyncio.gather(
        page(asked.choose("How many?", "Calm: 3 cards a day")),
        page(asked.choose("At what time?", "Digest at 18:00")),
    )
    kept = await page(asked.click("Save"))
    assert kept.text.startswith("Saved.")
    near = await page((await page(town.mo.slash("jobs alerts"))).click("Open"))
    assert "at most 3 cards a day. The rest comes in one digest at 18:00" in near.text
