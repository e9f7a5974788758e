"""Threads over REST: starting them, who is in them, what may be said and changed there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sandbox import Permission, thread_rules, threads
from sandbox.errors import ApiError
from sandbox.model import Channel, ChannelKind, Thread
from tests.sandbox.thread_town import Town, town_without_description

# -- starting ------------------------------------------------------------------------------------


async def test_a_thread_from_a_message_has_its_id(town: Town) -> None:
    """They share the id; the message carries the thread and its flag; the thread begins with a message of type 21."""
    source = town.say("ana")
    path = f"/channels/{town.place.id}/messages/{source.id}"
    status, thread = await town.rest("POST", f"{path}/threads", {"name": "About it"})
    assert (status, thread["id"], thread["type"], thread["name"]) == (201, str(source.id), 11, "About it")
    assert (thread["owner_id"], thread["parent_id"]) == (str(town.bot.id), str(town.place.id))
    assert thread["thread_metadata"]["auto_archive_duration"] == 1440
    assert "invitable" not in thread["thread_metadata"] and "applied_tags" not in thread
    _, shown = await town.rest("GET", path)
    assert shown["flags"] & 32 and shown["thread"]["id"] == thread["id"] and "member" in shown["thread"]
    _, [starter] = await town.rest("GET", f"/channels/{thread['id']}/messages")
    assert (starter["type"], starter["content"], starter["referenced_message"]["id"]) == (
        21,
        "",
        str(source.id),
    )
    assert starter["message_reference"]["channel_id"] == str(town.place.id)


async def test_a_message_has_one_thread_only(town: Town) -> None:
    """The second one is 160004; once the first is deleted there is room again."""
    source = town.say("ana")
    path = f"/channels/{town.place.id}/messages/{source.id}/threads"
    assert (await town.rest("POST", path, {"name": "One"}))[0] == 201
    assert await town.rest.refused("POST", path, {"name": "Two"}) == (400, 160004)
    town.grant(Permission.MANAGE_THREADS)
    assert (await town.rest("DELETE", f"/channels/{source.id}"))[0] == 200
    assert not source.flags and (await town.rest("POST", path, {"name": "Two"}))[0] == 201


async def test_a_thread_without_a_message_is_private_unless_said(town: Town) -> None:
    """`type` defaults to 12; a public one is announced in the channel by a message of type 18."""
    path = f"/channels/{town.place.id}/threads"
    status, private = await town.rest("POST", path, {"name": "Quiet", "invitable": False})
    assert (status, private["type"], private["thread_metadata"]["invitable"]) == (201, 12, False)
    public = await town.start(name="Loud", rate_limit_per_user=10, auto_archive_duration=60)
    assert (public["rate_limit_per_user"], public["thread_metadata"]["auto_archive_duration"]) == (10, 60)
    _, [told] = await town.rest("GET", f"/channels/{town.place.id}/messages")
    assert (told["type"], told["content"]) == (18, "Loud")
    assert told["message_reference"] == {
        "type": 0,
        "channel_id": public["id"],
        "guild_id": str(town.guild.id),
    }


async def test_only_an_older_message_brings_the_announcement(town: Town) -> None:
    """The thread of a message that was just written is seen below it; that of an older one is announced."""
    fresh, old = town.say("ana"), town.say("bob")
    threads.start(town.world, town.place, town.person("ana").id, "Fresh", source=fresh)
    assert [town.world.messages[one].kind for one in town.place.message_ids] == [0, 0]
    town.sandbox.clock.move(threads.OLD + timedelta(seconds=1))
    threads.start(town.world, town.place, town.person("ana").id, "Old", source=old)
    assert [town.world.messages[one].kind for one in town.place.message_ids] == [0, 0, 18]


async def test_a_thread_takes_its_parents_defaults(town: Town) -> None:
    """Minutes and slowmode are copied at creation, and do not follow later changes."""
    town.grant(Permission.MANAGE_CHANNELS)
    defaults = {"default_auto_archive_duration": 4320, "default_thread_rate_limit_per_user": 5}
    shown = await town.patch(town.place.id, **defaults)
    assert {key: shown[key] for key in defaults} == defaults
    thread = await town.start()
    await town.patch(town.place.id, default_auto_archive_duration=60)
    _, shown = await town.rest("GET", f"/channels/{thread['id']}")
    assert (shown["thread_metadata"]["auto_archive_duration"], shown["rate_limit_per_user"]) == (4320, 5)


@pytest.mark.parametrize(
    ("permission", "kind"),
    [(Permission.CREATE_PUBLIC_THREADS, 11), (Permission.CREATE_PRIVATE_THREADS, 12)],
)
async def test_each_kind_has_a_permission_of_its_own(town: Town, permission: Permission, kind: int) -> None:
    """Without it: 50013. The other kind is still allowed."""
    town.deny(permission)
    assert await town.refused_start(type=kind) == (403, 50013)
    assert (await town.start(type=23 - kind))["type"] == 23 - kind


async def test_threads_are_started_in_text_channels_only(town: Town) -> None:
    """Not in a category, in a thread, from a forum's message, nor with an announcement's type: 50024."""
    category = town.world.add_channel(town.guild, "Work", ChannelKind.CATEGORY)
    thread = await town.start()
    assert await town.refused_start(category, type=11) == (400, 50024)
    assert await town.refused_start(town.thread(thread["id"]), type=11) == (400, 50024)
    assert await town.refused_start(type=10) == (400, 50024)
    post = await town.post()
    path = f"/channels/{post['id']}/messages/{post['id']}/threads"
    assert await town.rest.refused("POST", path, {"name": "Below"}) == (400, 50024)


@pytest.mark.parametrize(
    "body",
    [{"name": ""}, {"name": "x" * 101}, {"auto_archive_duration": 61}, {"rate_limit_per_user": 21601}],
)
async def test_a_thread_has_the_limits_of_a_channel(body: dict[str, Any]) -> None:
    """Name 1–100, the four times, slowmode up to six hours: 50035, for starting and for changing."""
    async with town_without_description() as town:
        thread = await town.start()
        assert await town.refused_start(**{"name": "A thread", "type": 11, **body}) == (400, 50035)
        town.grant(Permission.MANAGE_THREADS)
        assert await town.refused_patch(thread["id"], **body) == (400, 50035)


async def test_a_guild_has_room_for_so_many_active_threads(town: Town) -> None:
    """One more is 160006, also when it is only taken out again; archived ones do not count."""
    town.grant(Permission.MANAGE_THREADS)
    first = await town.start()
    now = town.world.clock.now()
    for n in range(1, thread_rules.ACTIVE_THREADS):
        about = Thread(town.bot.id, now, now)
        kind = ChannelKind.PUBLIC_THREAD
        town.guild.threads[n] = Channel(n, kind, "t", town.guild.id, parent_id=town.place.id, thread=about)
    assert await town.refused_start(type=11) == (400, 160006)
    await town.patch(first["id"], archived=True)
    await town.start()
    assert await town.refused_patch(first["id"], archived=False) == (400, 160006)
    path = f"/channels/{first['id']}/messages"
    assert await town.rest.refused("POST", path, {"content": "Hello?"}) == (400, 160006)
    assert town.thread(first["id"]).message_ids == []


# -- who sees and speaks -------------------------------------------------------------------------


async def test_a_private_thread_is_for_those_who_were_let_in(town: Town) -> None:
    """Its members find it, and who holds MANAGE_THREADS; for all others it is 50001."""
    ana, bob = town.person("ana"), town.person("bob")
    thread = threads.start(town.world, town.place, ana.id, "Quiet", private=True)
    assert await town.rest.refused("GET", f"/channels/{thread.id}") == (403, 50001)
    assert [threads.visible(town.world, one.id) for one in (ana, bob)] == [[thread], []]
    town.grant(Permission.MANAGE_THREADS)
    assert (await town.rest("GET", f"/channels/{thread.id}"))[0] == 200
    assert threads.visible(town.world, town.bot.id) == []
    town.deny(Permission.VIEW_CHANNEL)
    threads.join(town.world, thread, town.bot.id)
    assert await town.rest.refused("GET", f"/channels/{thread.id}") == (403, 50001)


async def test_threads_have_their_parents_overwrites_and_a_permission_to_speak_of_their_own(
    town: Town,
) -> None:
    """SEND_MESSAGES has no effect in a thread; without SEND_MESSAGES_IN_THREADS nothing is said there."""
    thread = await town.start()
    path = f"/channels/{thread['id']}"
    town.deny(Permission.SEND_MESSAGES)
    status, said = await town.rest("POST", f"{path}/messages", {"content": "x", "embeds": [{"title": "y"}]})
    assert (status, said["channel_id"]) == (200, thread["id"])
    assert (await town.rest("POST", f"{path}/typing"))[0] == 204
    town.sandbox.allow("reviews", Permission.SEND_MESSAGES)
    town.deny(Permission.SEND_MESSAGES_IN_THREADS)
    assert await town.rest.refused("POST", f"{path}/messages", {"content": "x"}) == (403, 50013)
    assert await town.rest.refused("POST", f"{path}/typing") == (403, 50013)
    assert not town.world.may(town.bot.id, town.thread(thread["id"])) & Permission.EMBED_LINKS
    town.deny(Permission.VIEW_CHANNEL)
    assert await town.rest.refused("GET", path) == (403, 50001)


async def test_overwrites_are_the_parents_matter(town: Town) -> None:
    """A thread has none of its own: 50024."""
    town.grant(Permission.MANAGE_ROLES)
    thread = await town.start()
    path = f"/channels/{thread['id']}/permissions/{town.person('ana').id}"
    assert await town.rest.refused("PUT", path, {"type": 1, "allow": "0", "deny": "0"}) == (400, 50024)


async def test_who_speaks_and_who_is_called_is_in_the_thread(town: Town) -> None:
    """Sending adds the sender, a mention adds whoever can see the channel; a role's holders too."""
    thread = town.thread((await town.start())["id"])
    ana, bob, eve, mo = (town.person(name) for name in ("ana", "bob", "eve", "mo"))
    town.say("ana", channel=thread)
    assert set(thread_rules.of(thread).members) == {town.bot.id, ana.id}
    town.sandbox.deny("reviews", Permission.VIEW_CHANNEL, name="eve")
    role = next(role for role in town.guild.roles.values() if role.name == "moderators")
    role.mentionable = True
    text = f"<@{bob.id}> <@{eve.id}> <@&{role.id}>"
    await town.rest("POST", f"/channels/{thread.id}/messages", {"content": text})
    assert set(thread_rules.of(thread).members) == {town.bot.id, ana.id, bob.id, mo.id}
    assert {town.world.messages[one].kind for one in thread.message_ids} == {0}


async def test_a_mention_lets_nobody_into_a_thread_for_invited_people(town: Town) -> None:
    """invitable false: only moderators add others."""
    thread = town.thread((await town.start(type=12, invitable=False))["id"])
    bob = town.person("bob")
    path, body = f"/channels/{thread.id}/messages", {"content": f"<@{bob.id}>"}
    await town.rest("POST", path, body)
    assert bob.id not in thread_rules.of(thread).members
    town.grant(Permission.MANAGE_THREADS)
    await town.rest("POST", path, body)
    assert bob.id in thread_rules.of(thread).members


# -- changing ------------------------------------------------------------------------------------


async def test_its_owner_renames_it_and_the_thread_is_told(town: Town) -> None:
    """A message of type 4 holds the new name."""
    thread = await town.start()
    assert (await town.patch(thread["id"], name="Better"))["name"] == "Better"
    _, [told] = await town.rest("GET", f"/channels/{thread['id']}/messages")
    assert (told["type"], told["content"]) == (4, "Better")


@pytest.mark.parametrize(
    "body",
    [
        {"name": "Mine"},
        {"auto_archive_duration": 60},
        {"archived": True},
        {"locked": True},
        {"rate_limit_per_user": 5},
        {"invitable": False},
    ],
)
async def test_a_strangers_thread_is_changed_with_manage_threads_only(
    town: Town, body: dict[str, object]
) -> None:
    """Else 50013."""
    thread = threads.start(town.world, town.place, town.person("ana").id, "Theirs")
    assert await town.refused_patch(thread.id, **body) == (403, 50013)
    town.grant(Permission.MANAGE_THREADS)
    await town.patch(thread.id, **body)


@pytest.mark.parametrize("body", [{"locked": True}, {"rate_limit_per_user": 5}, {"invitable": False}])
async def test_some_changes_are_not_the_owners(town: Town, body: dict[str, object]) -> None:
    """Locking, slowmode and who invites need MANAGE_THREADS; a null slowmode means none."""
    thread = await town.start(type=12)
    assert await town.refused_patch(thread["id"], **body) == (403, 50013)
    town.grant(Permission.MANAGE_THREADS)
    await town.patch(thread["id"], **body)
    assert (await town.patch(thread["id"], rate_limit_per_user=None))["rate_limit_per_user"] == 0


async def test_a_thread_is_deleted_with_manage_threads(town: Town) -> None:
    """Not with MANAGE_CHANNELS; afterwards it is 10003."""
    town.grant(Permission.MANAGE_CHANNELS)
    thread = await town.start()
    path = f"/channels/{thread['id']}"
    assert await town.rest.refused("DELETE", path) == (403, 50013)
    town.grant(Permission.MANAGE_THREADS)
    status, gone = await town.rest("DELETE", path)
    assert (status, gone["id"]) == (200, thread["id"])
    assert await town.rest.refused("GET", path) == (404, 10003)


async def test_a_deleted_channel_takes_its_threads_along(town: Town) -> None:
    """They are 10003 too; a deleted category's channels stay, without it."""
    town.grant(Permission.MANAGE_CHANNELS)
    thread = await town.start()
    category = town.world.add_channel(town.guild, "Work", ChannelKind.CATEGORY)
    other = town.sandbox.channel("check-ins")
    other.parent_id = category.id
    town.world.remove_channel(category)
    assert other.parent_id is None
    assert (await town.rest("DELETE", f"/channels/{town.place.id}"))[0] == 200
    assert await town.rest.refused("GET", f"/channels/{thread['id']}") == (404, 10003)
    assert town.guild.threads == {}


async def test_what_is_counted(town: Town) -> None:
    """message_count falls when a message is deleted, total_message_sent does not; the starter is in neither."""
    source = town.say("ana")
    thread = threads.start(town.world, town.place, town.person("ana").id, "Counted", source=source)
    said = [town.say("bob", channel=thread) for _ in range(3)]
    town.world.delete(said[0])
    _, shown = await town.rest("GET", f"/channels/{thread.id}")
    assert (shown["message_count"], shown["total_message_sent"]) == (2, 3)
    assert shown["last_message_id"] == str(said[-1].id)


def test_no_rule_of_threads_holds_elsewhere() -> None:
    """What is no thread is never archived, locked or joined."""
    place = Channel(1, ChannelKind.TEXT, "place", 2)
    thread_rules.check_active(place)
    with pytest.raises(ApiError) as refused:
        thread_rules.of(place)
    assert refused.value.code == 50024
