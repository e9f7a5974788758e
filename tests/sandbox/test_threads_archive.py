"""Archived and locked threads: what puts them away and takes them out, what is refused, where they are listed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sandbox import CannotDo, Permission, composer, thread_rules, threads
from sandbox.model import Channel
from tests.sandbox.thread_town import Town


@pytest.fixture
async def thread(town: Town) -> Channel:
    """ana's public thread with a message of hers and one of the bot's."""
    ana = town.person("ana")
    made = threads.start(town.world, town.place, ana.id, "Theirs", auto_archive=60)
    town.say("ana", channel=made)
    status, _ = await town.rest("POST", f"/channels/{made.id}/messages", {"content": "Mine"})
    assert status == 200
    return made


def about(thread: Channel) -> Any:
    """The thread as the world has it."""
    return thread_rules.of(thread)


# -- silence -------------------------------------------------------------------------------------


async def test_silence_archives_on_the_sandboxes_clock(town: Town, thread: Channel) -> None:
    """At the moment when the minutes were over, told by one THREAD_UPDATE as the clock is moved."""
    silent = town.world.messages[thread.message_ids[-1]].sent_at
    town.names()
    town.sandbox.clock.move(timedelta(minutes=59))
    assert (about(thread).archived, town.names()) == (False, [])
    town.sandbox.clock.move(timedelta(hours=5))
    assert (about(thread).archived, about(thread).archived_at) == (True, silent + timedelta(minutes=60))
    assert town.last("THREAD_UPDATE")["thread_metadata"]["archived"] is True
    assert town.names() == ["THREAD_UPDATE"]


async def test_time_that_passes_by_itself_is_noticed_when_somebody_looks(town: Town, thread: Channel) -> None:
    """Nobody moved the clock: asking for the thread, or for the active ones, is enough."""
    hours = timedelta(hours=2)
    about(thread).archived_at -= hours
    for one in thread.message_ids:
        town.world.messages[one].sent_at -= hours
    _, shown = await town.rest("GET", f"/channels/{thread.id}")
    assert shown["thread_metadata"]["archived"] is True
    other = threads.start(town.world, town.place, town.person("ana").id, "Other", auto_archive=60)
    about(other).archived_at -= hours
    assert threads.visible(town.world, town.person("ana").id) == []
    assert town.names().count("THREAD_UPDATE") == 2


async def test_talk_and_a_new_time_keep_it_alive(town: Town, thread: Channel) -> None:
    """Activity is a message, or changing the time itself."""
    town.grant(Permission.MANAGE_THREADS)
    town.sandbox.clock.move(timedelta(minutes=40))
    town.say("bob", channel=thread)
    town.sandbox.clock.move(timedelta(minutes=40))
    assert not about(thread).archived
    await town.patch(thread.id, auto_archive_duration=1440)
    town.sandbox.clock.move(timedelta(hours=23))
    assert not about(thread).archived
    town.sandbox.clock.move(timedelta(hours=2))
    assert about(thread).archived


# -- what an archived thread refuses -------------------------------------------------------------


async def test_an_archived_thread_refuses_all_but_deleting(town: Town, thread: Channel) -> None:
    """50083 for edits, joining, leaving, adding, removing and changing; a message can still be deleted."""
    town.grant(Permission.MANAGE_THREADS)
    threads.archive(town.world, thread, archived=True)
    mine, path = thread.message_ids[-1], f"/channels/{thread.id}"
    bob = town.person("bob").id
    for method, below, body in (
        ("PATCH", f"/messages/{mine}", {"content": "Changed"}),
        ("PUT", "/thread-members/@me", None),
        ("DELETE", "/thread-members/@me", None),
        ("PUT", f"/thread-members/{bob}", None),
        ("DELETE", f"/thread-members/{bob}", None),
        ("PATCH", "", {"name": "Changed"}),
    ):
        assert await town.rest.refused(method, path + below, body) == (400, 50083), (method, below)
    assert (await town.rest("DELETE", f"{path}/messages/{mine}"))[0] == 204
    assert (await town.patch(thread.id, archived=False, name="Changed"))["name"] == "Changed"


async def test_a_message_takes_it_out_again(town: Town, thread: Channel) -> None:
    """THREAD_UPDATE comes before the message; the bot, who is in it, is told of its membership."""
    threads.archive(town.world, thread, archived=True)
    town.names()
    status, _ = await town.rest("POST", f"/channels/{thread.id}/messages", {"content": "Again"})
    assert (status, about(thread).archived) == (200, False)
    assert town.names() == ["THREAD_UPDATE", "THREAD_MEMBER_UPDATE", "MESSAGE_CREATE"]


async def test_no_command_is_used_in_an_archived_thread(town: Town, thread: Channel) -> None:
    """The client offers none until somebody writes."""
    body = {"name": "hello", "description": "Says hello"}
    assert (await town.rest("POST", f"/applications/{town.world.application_id}/commands", body))[0] == 201
    ana = town.person("ana")
    threads.archive(town.world, thread, archived=True)
    with pytest.raises(CannotDo, match="archived"):
        composer.command_named(town.world, ana, thread, "hello")
    town.say("bob", channel=thread)
    assert composer.command_named(town.world, ana, thread, "hello").body["name"] == "hello"


async def test_taking_it_out_needs_no_more_than_to_speak(town: Town, thread: Channel) -> None:
    """Anybody who may write there; nobody else."""
    threads.archive(town.world, thread, archived=True)
    town.deny(Permission.SEND_MESSAGES_IN_THREADS)
    assert await town.refused_patch(thread.id, archived=False) == (403, 50013)
    town.sandbox.allow("reviews", Permission.SEND_MESSAGES_IN_THREADS)
    shown = await town.patch(thread.id, archived=False)
    assert shown["thread_metadata"]["archived"] is False


async def test_a_locked_thread_is_for_moderators(town: Town, thread: Channel) -> None:
    """160005 for sending, editing, and taking it out; deleting one's own only while it is active."""
    mine, path = thread.message_ids[-1], f"/channels/{thread.id}"
    threads.archive(town.world, thread, archived=False, locked=True)
    assert await town.rest.refused("POST", f"{path}/messages", {"content": "x"}) == (400, 160005)
    assert await town.rest.refused("PATCH", f"{path}/messages/{mine}", {"content": "x"}) == (400, 160005)
    threads.archive(town.world, thread, archived=True)
    assert await town.refused_patch(thread.id, archived=False) == (400, 160005)
    assert await town.rest.refused("POST", f"{path}/messages", {"content": "x"}) == (400, 160005)
    assert await town.rest.refused("DELETE", f"{path}/messages/{mine}") == (400, 160005)
    threads.archive(town.world, thread, archived=False)
    assert (await town.rest("DELETE", f"{path}/messages/{mine}"))[0] == 204
    town.grant(Permission.MANAGE_THREADS)
    threads.archive(town.world, thread, archived=True)
    assert (await town.rest("POST", f"{path}/messages", {"content": "x"}))[0] == 200
    assert (about(thread).archived, about(thread).locked) == (False, True)


# -- lists ---------------------------------------------------------------------------------------


async def test_the_active_threads_of_a_guild(town: Town, thread: Channel) -> None:
    """Newest first, those that the bot sees, with its memberships."""
    threads.start(town.world, town.place, town.person("bob").id, "Hidden", private=True)
    mine = await town.start(type=12)
    other = threads.start(town.world, town.place, town.person("bob").id, "Public")
    _, listed = await town.rest("GET", f"/guilds/{town.guild.id}/threads/active")
    assert [one["id"] for one in listed["threads"]] == [str(other.id), mine["id"], str(thread.id)]
    assert [one["id"] for one in listed["members"]] == [mine["id"], str(thread.id)]
    assert listed["has_more"] is False
    town.deny(Permission.VIEW_CHANNEL)
    assert (await town.rest("GET", f"/guilds/{town.guild.id}/threads/active"))[1]["threads"] == []


async def test_the_archives_come_in_pages(town: Town) -> None:
    """Public ones by the moment of archiving, the latest first; before, limit and has_more."""
    town.grant(Permission.MANAGE_THREADS)
    made = [await town.start(name=f"t{n}") for n in range(5)]
    for one in made:
        town.sandbox.clock.move(timedelta(seconds=1))
        await town.patch(one["id"], archived=True)
    path = f"/channels/{town.place.id}/threads/archived/public"
    _, first = await town.rest("GET", f"{path}?limit=3")
    assert [one["name"] for one in first["threads"]] == ["t4", "t3", "t2"]
    assert (first["has_more"], len(first["members"])) == (True, 3)
    before = first["threads"][-1]["thread_metadata"]["archive_timestamp"].replace("+", "%2B")
    _, rest = await town.rest("GET", f"{path}?before={before}&limit=3")
    assert ([one["name"] for one in rest["threads"]], rest["has_more"]) == (["t1", "t0"], False)
    assert await town.rest.refused("GET", f"{path}?before=then") == (400, 50035)
    naive = before.removesuffix("%2B00:00")
    assert (await town.rest("GET", f"{path}?before={naive}"))[1]["threads"] == rest["threads"]


async def test_private_archives_are_for_moderators_and_members(town: Town) -> None:
    """All of them need MANAGE_THREADS (50013); the bot's own come by id, also before an id."""
    made = [await town.start(name=f"t{n}", type=12) for n in range(3)]
    theirs = threads.start(town.world, town.place, town.person("ana").id, "Theirs", private=True)
    for one in (*(town.thread(one["id"]) for one in made), theirs):
        threads.archive(town.world, one, archived=True)
    path = f"/channels/{town.place.id}"
    mine = f"{path}/users/@me/threads/archived/private"
    _, listed = await town.rest("GET", f"{mine}?limit=2")
    assert ([one["name"] for one in listed["threads"]], listed["has_more"]) == (["t2", "t1"], True)
    _, rest = await town.rest("GET", f"{mine}?before={made[1]['id']}")
    assert [one["name"] for one in rest["threads"]] == ["t0"]
    assert await town.rest.refused("GET", f"{path}/threads/archived/private") == (403, 50013)
    town.grant(Permission.MANAGE_THREADS)
    _, everything = await town.rest("GET", f"{path}/threads/archived/private")
    assert [one["name"] for one in everything["threads"]] == ["Theirs", "t2", "t1", "t0"]


@pytest.mark.parametrize(
    "below", ["threads/archived/public", "threads/archived/private", "users/@me/threads/archived/private"]
)
async def test_archives_are_history(town: Town, below: str) -> None:
    """Without READ_MESSAGE_HISTORY: 50013."""
    town.grant(Permission.MANAGE_THREADS)
    town.deny(Permission.READ_MESSAGE_HISTORY)
    assert await town.rest.refused("GET", f"/channels/{town.place.id}/{below}") == (403, 50013)
