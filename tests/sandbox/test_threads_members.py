"""Who is in a thread, over REST: coming and going, the list, who may add and remove whom."""

from __future__ import annotations

import pytest

from sandbox import Permission, thread_rules, threads
from sandbox.gateway_intents import Intents
from sandbox.model import Member
from tests.sandbox.thread_town import Town, town_without_description


@pytest.mark.sandbox(privileged=Intents.GUILD_MEMBERS)
async def test_members_come_and_go(town: Town) -> None:
    """PUT and DELETE are 204 however often; the thread is told who added and removed whom."""
    thread, ana = await town.start(type=12), town.person("ana")
    path = f"/channels/{thread['id']}/thread-members"
    for _ in range(2):
        assert await town.rest("PUT", f"{path}/{ana.id}") == (204, None)
    _, members = await town.rest("GET", path)
    assert [one["user_id"] for one in members] == [str(one) for one in sorted([town.bot.id, ana.id])]
    assert all("member" not in one for one in members)
    _, one = await town.rest("GET", f"{path}/{ana.id}?with_member=true")
    assert (one["id"], one["member"]["user"]["username"]) == (thread["id"], "ana")
    for _ in range(2):
        assert await town.rest("DELETE", f"{path}/{ana.id}") == (204, None)
    assert await town.rest.refused("GET", f"{path}/{ana.id}") == (404, 10007)
    _, [removed, added] = await town.rest("GET", f"/channels/{thread['id']}/messages")
    assert [(one["type"], one["mentions"][0]["username"]) for one in (added, removed)] == [
        (1, "ana"),
        (2, "ana"),
    ]


async def test_the_list_of_members_needs_the_members_intent(town: Town) -> None:
    """The application must have been granted it: 50001."""
    thread = await town.start()
    assert await town.rest.refused("GET", f"/channels/{thread['id']}/thread-members") == (403, 50001)


@pytest.mark.sandbox(privileged=Intents.GUILD_MEMBERS)
async def test_members_come_in_pages_with_their_guild_members(town: Town) -> None:
    """with_member turns paging on: after and limit, by user id."""
    thread = town.thread((await town.start())["id"])
    for name in ("ana", "bob", "eve"):
        threads.join(town.world, thread, town.person(name).id)
    everybody = [str(one) for one in sorted(thread_rules.of(thread).members)]
    path = f"/channels/{thread.id}/thread-members?with_member=true"
    _, first = await town.rest("GET", f"{path}&limit=3")
    _, rest = await town.rest("GET", f"{path}&after={first[-1]['user_id']}")
    assert [one["user_id"] for one in first + rest] == everybody
    assert all(one["member"]["user"]["id"] == one["user_id"] for one in first + rest)


@pytest.mark.parametrize("below", ["thread-members?with_member=1", "threads/archived/public?"])
async def test_a_page_has_one_to_a_hundred(below: str) -> None:
    """Any other limit is 50035."""
    async with town_without_description() as town:
        town.world.privileged = Intents.GUILD_MEMBERS
        place = town.place.id if "archived" in below else (await town.start())["id"]
        for limit in (0, 101, "many"):
            refused = await town.rest.refused("GET", f"/channels/{place}/{below}&limit={limit}")
            assert refused == (400, 50035)


async def test_the_bot_joins_and_leaves(town: Town) -> None:
    """@me; GET channel shows the bot's own membership while it is in."""
    thread = threads.start(town.world, town.place, town.person("ana").id, "Theirs")
    path = f"/channels/{thread.id}/thread-members/@me"
    assert "member" not in (await town.rest("GET", f"/channels/{thread.id}"))[1]
    assert (await town.rest("PUT", path))[0] == 204
    _, shown = await town.rest("GET", f"/channels/{thread.id}")
    assert (shown["member"]["user_id"], shown["member_count"]) == (str(town.bot.id), 2)
    assert (await town.rest("DELETE", path))[0] == 204
    assert (await town.rest("GET", f"/channels/{thread.id}"))[1]["member_count"] == 1


async def test_who_can_be_added(town: Town) -> None:
    """Nobody unknown (10013), nobody from outside (10007), and nobody to a channel that is no thread (50024)."""
    thread = await town.start()
    stranger = town.world.add_user("stranger")
    path = f"/channels/{thread['id']}/thread-members"
    assert await town.rest.refused("PUT", f"{path}/1") == (404, 10013)
    assert await town.rest.refused("PUT", f"{path}/{stranger.id}") == (404, 10007)
    assert await town.rest.refused("GET", f"/channels/{town.place.id}/thread-members") == (400, 50024)
    assert await town.rest.refused("PUT", f"/channels/{town.place.id}/thread-members/@me") == (400, 50024)


async def test_who_may_add_and_remove(town: Town) -> None:
    """To add one must be able to speak; to remove one needs MANAGE_THREADS, or to own the private thread."""
    ana, bob = town.person("ana"), town.person("bob")
    public = threads.start(town.world, town.place, ana.id, "Public")
    path = f"/channels/{public.id}/thread-members/{bob.id}"
    town.deny(Permission.SEND_MESSAGES_IN_THREADS)
    assert await town.rest.refused("PUT", path) == (403, 50013)
    town.sandbox.allow("reviews", Permission.SEND_MESSAGES_IN_THREADS)
    assert (await town.rest("PUT", path))[0] == 204
    assert await town.rest.refused("DELETE", path) == (403, 50013)
    town.grant(Permission.MANAGE_THREADS)
    assert (await town.rest("DELETE", path))[0] == 204


async def test_where_only_moderators_invite(town: Town) -> None:
    """invitable false: 50013 even for who started it, not for MANAGE_THREADS."""
    thread = await town.start(type=12, invitable=False)
    path = f"/channels/{thread['id']}/thread-members/{town.person('bob').id}"
    assert await town.rest.refused("PUT", path) == (403, 50013)
    town.grant(Permission.MANAGE_THREADS)
    assert (await town.rest("PUT", path))[0] == 204


async def test_a_thread_is_full_at_a_thousand(town: Town) -> None:
    """The next one is 30033; member_count stops at 50; who speaks there all the same is not put in."""
    thread = town.thread((await town.start())["id"])
    now = town.world.clock.now()
    members = thread_rules.of(thread).members
    members |= dict.fromkeys(range(1, thread_rules.THREAD_MEMBERS), now)
    ana = town.person("ana")
    path = f"/channels/{thread.id}/thread-members/{ana.id}"
    assert await town.rest.refused("PUT", path) == (400, 30033)
    assert (await town.rest("GET", f"/channels/{thread.id}"))[1]["member_count"] == 50
    town.say("ana", channel=thread)
    assert ana.id not in members


async def test_a_member_who_left_the_guild_is_shown_without_it(town: Town) -> None:
    """with_member has nothing to say about somebody who is gone; adding them again is 10007."""
    thread, bob = town.thread((await town.start())["id"]), town.person("bob")
    threads.join(town.world, thread, bob.id)
    gone: Member = town.guild.members.pop(bob.id)
    path = f"/channels/{thread.id}/thread-members/{gone.user.id}?with_member=true"
    status, shown = await town.rest("GET", path)
    assert (status, "member" in shown) == (200, False)
