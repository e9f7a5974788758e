"""Forums: making and changing them, posts with their tags, the pinned post, and what a forum refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sandbox import Permission, thread_rules, threads
from sandbox.drafts import Draft
from sandbox.model import ChannelKind
from tests.sandbox.thread_town import BUG, OFFICIAL, WISH, Town, town_without_description

# -- the forum itself ----------------------------------------------------------------------------


async def test_a_forum_is_made_with_all_its_fields(town: Town) -> None:
    """What is given comes back, and the tags have ids."""
    role = town.world.add_role(town.guild, "builders", Permission.MANAGE_CHANNELS)
    town.guild.members[town.bot.id].roles.add(role.id)
    body = {
        "name": "Help Wanted",
        "type": 15,
        "topic": "Ask here",
        "available_tags": [{"name": "python"}, {"name": "solved", "moderated": True, "emoji_name": "✅"}],
        "default_reaction_emoji": {"emoji_name": "👍"},
        "default_sort_order": 1,
        "default_forum_layout": 2,
        "default_auto_archive_duration": 4320,
        "default_thread_rate_limit_per_user": 30,
        "rate_limit_per_user": 60,
    }
    status, forum = await town.rest("POST", f"/guilds/{town.guild.id}/channels", body)
    assert (status, forum["name"], forum["flags"], forum["last_message_id"]) == (201, "help-wanted", 0, None)
    same = ("topic", "default_sort_order", "default_forum_layout", "default_auto_archive_duration")
    assert {key: forum[key] for key in same} == {key: body[key] for key in same}
    assert forum["default_reaction_emoji"] == {"emoji_id": None, "emoji_name": "👍"}
    assert [(tag["name"], tag["moderated"], tag["emoji_name"]) for tag in forum["available_tags"]] == [
        ("python", False, None),
        ("solved", True, "✅"),
    ]
    assert len({tag["id"] for tag in forum["available_tags"]}) == 2


async def test_a_forum_is_changed(town: Town) -> None:
    """A tag keeps its id when it is named, is new without one, and is taken off the posts when it goes."""
    town.grant(Permission.MANAGE_CHANNELS, channel=town.forum)
    post = await town.post(applied_tags=[str(BUG.id), str(WISH.id)])
    tags = [{"id": str(BUG.id), "name": "defect"}, {"name": "new"}]
    forum = await town.patch(
        town.forum.id, available_tags=tags, flags=16, default_reaction_emoji=None, default_sort_order=None
    )
    assert [tag["name"] for tag in forum["available_tags"]] == ["defect", "new"]
    assert forum["available_tags"][0]["id"] == str(BUG.id)
    assert (forum["flags"], forum["default_reaction_emoji"], forum["default_sort_order"]) == (16, None, None)
    assert (await town.rest("GET", f"/channels/{post['id']}"))[1]["applied_tags"] == [str(BUG.id)]
    assert (await town.patch(town.forum.id, flags=0))["flags"] == 0


@pytest.mark.parametrize(
    ("tags", "status", "code"),
    [
        ([{"name": ""}], 400, 50035),
        ([{"name": "x" * 21}], 400, 50035),
        ([{"name": str(n)} for n in range(21)], 400, 50035),
        ([{"name": "x", "emoji_id": "1", "emoji_name": "👍"}], 400, 50035),
        ([{"name": "x", "emoji_id": "1"}], 404, 10014),
        ([{"name": "x"}, {"name": "x"}], 400, 40061),
    ],
)
async def test_what_tags_a_forum_may_have(tags: list[Any], status: int, code: int) -> None:
    """At most 20, of 1 to 20 characters, no name twice, no emoji that isn't there; when changed and when made."""
    async with town_without_description() as town:
        role = town.world.add_role(town.guild, "builders", Permission.MANAGE_CHANNELS)
        town.guild.members[town.bot.id].roles.add(role.id)
        assert await town.refused_patch(town.forum.id, available_tags=tags) == (status, code)
        body = {"name": "more", "type": 15, "available_tags": tags}
        made = await town.rest.refused("POST", f"/guilds/{town.guild.id}/channels", body)
        assert made == (status, code) and len(town.guild.channels) == 7


# -- posts ---------------------------------------------------------------------------------------


async def test_a_post_is_a_thread_with_its_first_message(town: Town) -> None:
    """Both have one id; the answer holds the message; the forum's last_message_id is the post."""
    post = await town.post(
        name="It Breaks",
        applied_tags=[str(BUG.id)],
        message={"content": "Look", "embeds": [{"title": "Trace"}]},
    )
    assert (post["type"], post["name"], post["applied_tags"]) == (11, "It Breaks", [str(BUG.id)])
    assert post["message"]["id"] == post["id"] == post["last_message_id"]
    assert (post["message"]["content"], post["message"]["channel_id"]) == ("Look", post["id"])
    assert (post["message_count"], post["total_message_sent"], post["member"]["user_id"]) == (
        0,
        0,
        str(town.bot.id),
    )
    assert (await town.rest("GET", f"/channels/{town.forum.id}"))[1]["last_message_id"] == post["id"]
    town.say("ana", channel=town.thread(post["id"]))
    assert (await town.rest("GET", f"/channels/{post['id']}"))[1]["message_count"] == 1


async def test_a_post_needs_send_messages_alone(town: Town) -> None:
    """CREATE_PUBLIC_THREADS is ignored; embeds and files have their permissions as everywhere."""
    town.deny(Permission.CREATE_PUBLIC_THREADS, channel=town.forum)
    await town.post()
    town.deny(Permission.EMBED_LINKS, channel=town.forum)
    embeds = {"message": {"embeds": [{"title": "x"}]}}
    assert await town.refused_start(town.forum, **embeds) == (403, 50013)
    town.deny(Permission.SEND_MESSAGES, channel=town.forum)
    assert await town.refused_start(town.forum, message={"content": "x"}) == (403, 50013)


async def test_a_forum_takes_no_plain_message_and_no_private_thread(town: Town) -> None:
    """40058 for the one, 50024 for the other."""
    assert await town.rest.refused("POST", f"/channels/{town.forum.id}/messages", {"content": "x"}) == (
        400,
        40058,
    )
    private = {"message": {"content": "x"}, "type": 12}
    assert await town.refused_start(town.forum, **private) == (400, 50024)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, 50035),
        ({"message": {}}, 50006),
        ({"message": {"content": "x" * 2001}}, 50035),
        ({"message": {"content": "x"}, "name": "x" * 101}, 50035),
        ({"message": {"content": "x"}, "applied_tags": ["11"] * 6}, 50035),
    ],
)
async def test_a_post_has_the_limits_of_thread_and_message(body: dict[str, Any], code: int) -> None:
    """The first message is needed and must say something; at most five tags."""
    async with town_without_description() as town:
        sent = {"name": "A post", **body}
        path = f"/channels/{town.forum.id}/threads"
        assert await town.rest.refused("POST", path, sent) == (400, code)
        assert town.guild.threads == {}


async def test_which_tags_a_post_may_have(town: Town) -> None:
    """Known ones (10087); moderated ones by MANAGE_THREADS alone (50013), to add and to take off."""
    first = {"message": {"content": "x"}}
    assert await town.refused_start(town.forum, **first, applied_tags=["99"]) == (404, 10087)
    assert await town.refused_start(town.forum, **first, applied_tags=[str(OFFICIAL.id)]) == (403, 50013)
    post = await town.post(applied_tags=[str(BUG.id)])
    assert await town.refused_patch(post["id"], applied_tags=["99"]) == (404, 10087)
    assert await town.refused_patch(post["id"], applied_tags=[str(OFFICIAL.id)]) == (403, 50013)
    assert (await town.patch(post["id"], applied_tags=[str(WISH.id)]))["applied_tags"] == [str(WISH.id)]
    town.grant(Permission.MANAGE_THREADS, channel=town.forum)
    await town.patch(post["id"], applied_tags=[str(OFFICIAL.id)])
    town.forum.overwrites.clear()
    assert await town.refused_patch(post["id"], applied_tags=[]) == (403, 50013)


async def test_a_forum_that_asks_for_a_tag(town: Town) -> None:
    """None given is 40067; 40066 where all its tags are for moderators."""
    town.forum.require_tag = True
    first = {"message": {"content": "x"}}
    assert await town.refused_start(town.forum, **first) == (400, 40067)
    await town.post(applied_tags=[str(BUG.id)])
    town.forum.tags = (OFFICIAL,)
    assert await town.refused_start(town.forum, **first) == (400, 40066)
    town.grant(Permission.MANAGE_THREADS, channel=town.forum)
    assert await town.refused_start(town.forum, **first) == (400, 40067)


async def test_the_pinned_post(town: Town) -> None:
    """One a forum (30047), by MANAGE_THREADS; silence doesn't archive it, and archiving takes the pin off."""
    one, two = await town.post(), await town.post()
    assert await town.refused_patch(one["id"], flags=2) == (403, 50013)
    town.grant(Permission.MANAGE_THREADS, channel=town.forum)
    assert (await town.patch(one["id"], flags=2))["flags"] == 2
    assert await town.refused_patch(two["id"], flags=2) == (400, 30047)
    town.sandbox.clock.move(timedelta(days=2))
    assert not thread_rules.of(town.thread(one["id"])).archived
    assert thread_rules.of(town.thread(two["id"])).archived
    assert (await town.patch(one["id"], archived=True))["flags"] == 0
    thread = await town.start()
    town.grant(Permission.MANAGE_THREADS)
    assert await town.refused_patch(thread["id"], flags=2) == (400, 50024)


async def test_a_person_posts_as_the_page_does(town: Town) -> None:
    """The Python way in: the bot hears of the thread, its owner's membership and the message, in that order."""
    ana, bob = town.person("ana"), town.person("bob")
    town.names()
    post = threads.start(town.world, town.forum, ana.id, "Hello", tags=[WISH.id], first=Draft("Hi all"))
    assert town.names() == ["THREAD_CREATE", "THREAD_MEMBERS_UPDATE", "MESSAGE_CREATE"]
    assert (post.kind, thread_rules.of(post).tags) == (ChannelKind.PUBLIC_THREAD, (WISH.id,))
    assert threads.visible(town.world, bob.id) == [post]
    assert town.world.messages[post.id].content == "Hi all"
