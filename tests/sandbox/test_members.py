"""Members, roles, bans and webhooks over HTTP: who may, and who stands too high."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from sandbox import CannotDo, Permission, Sandbox
from sandbox.events import Event
from sandbox.gateway_intents import Intents
from sandbox.members import outranks, rank
from sandbox.model import ChannelKind, Role, User
from tests.sandbox.rest_client import Rest

RIGHTS = (
    Permission.KICK_MEMBERS
    | Permission.BAN_MEMBERS
    | Permission.MANAGE_GUILD
    | Permission.MANAGE_ROLES
    | Permission.MANAGE_NICKNAMES
    | Permission.CHANGE_NICKNAME
    | Permission.MODERATE_MEMBERS
    | Permission.MANAGE_WEBHOOKS
)


class Community:
    """The community, a bot that may moderate it, and what the bot hears. `high`: a role above the bot's."""

    def __init__(self, sandbox: Sandbox, rest: Rest) -> None:
        self.sandbox, self.rest, self.guild = sandbox, rest, sandbox.guild
        self.role = next(role for role in self.guild.roles.values() if role.bot_id is not None)
        self.role.permissions |= RIGHTS
        self.high = sandbox.world.add_role(self.guild, "high", 0)
        self.low = next(role for role in self.guild.roles.values() if role.name == "moderators")
        self.guild.members[self.user("eve").id].roles.add(self.high.id)
        self.heard: list[Event] = []
        sandbox.world.listeners.append(self.heard.append)

    def user(self, name: str) -> User:
        return self.sandbox.member(name).user

    def member(self, name: str) -> str:
        return f"/guilds/{self.guild.id}/members/{self.user(name).id}"

    def path(self, rest: str) -> str:
        return f"/guilds/{self.guild.id}/{rest}"

    def names(self) -> list[str]:
        names = [event.name for event in self.heard]
        self.heard.clear()
        return names


@pytest.fixture
async def town(sandbox: Sandbox) -> AsyncIterator[Community]:
    async with aiohttp.ClientSession() as session:
        yield Community(sandbox, Rest(sandbox, session))


# -- who is here ---------------------------------------------------------------------------------


async def test_the_list_of_members_needs_the_intent(town: Community) -> None:
    """403 without it; with it by id, in pages. One member and the search need none."""
    path = town.path("members")
    assert await town.rest.refused("GET", path) == (403, 50001)
    town.sandbox.world.privileged = Intents.GUILD_MEMBERS
    _, everybody = await town.rest("GET", f"{path}?limit=1000")
    ids = [int(one["user"]["id"]) for one in everybody]
    assert ids == sorted(town.guild.members)
    assert len((await town.rest("GET", path))[1]) == 1
    _, rest = await town.rest("GET", f"{path}?limit=2&after={ids[2]}")
    assert [int(one["user"]["id"]) for one in rest] == ids[3:5]
    town.guild.members[town.user("bob").id].nick = "Anders"
    _, found = await town.rest("GET", f"{path}/search?query=AN&limit=10")
    assert sorted(one["user"]["username"] for one in found) == ["ana", "bob"]
    assert (await town.rest("GET", town.member("ana")))[1]["user"]["username"] == "ana"


# -- one member ----------------------------------------------------------------------------------


async def test_a_member_is_renamed_given_roles_and_silenced(town: Community) -> None:
    """Each is one event; a timeout leaves reading; null ends it."""
    until = town.sandbox.clock.now() + timedelta(hours=1)
    body = {"nick": "Ann", "roles": [str(town.low.id)], "communication_disabled_until": until.isoformat()}
    status, shown = await town.rest("PATCH", town.member("ana"), body)
    assert (status, shown["nick"], shown["roles"]) == (200, "Ann", [str(town.low.id)])
    assert shown["communication_disabled_until"] == until.isoformat(timespec="microseconds")
    assert town.names() == ["GUILD_MEMBER_UPDATE"]
    with pytest.raises(CannotDo, match="timed out and can only read"):
        town.sandbox.member("ana").say("x")
    await town.rest("PATCH", town.member("ana"), {"communication_disabled_until": None, "nick": ""})
    town.sandbox.member("ana").say("Back.")
    assert town.guild.members[town.user("ana").id].nick is None
    _, own = await town.rest("PATCH", town.path("members/@me"), {"nick": "Outpost of Lisbon"})
    assert own["nick"] == "Outpost of Lisbon"


async def test_a_role_is_given_and_taken(town: Community) -> None:
    """204 each, and no event when nothing changes."""
    role = f"{town.member('ana')}/roles/{town.low.id}"
    for method in ("PUT", "PUT", "DELETE", "DELETE"):
        assert (await town.rest(method, role))[0] == 204
    assert town.names() == ["GUILD_MEMBER_UPDATE"] * 2


@pytest.mark.parametrize(
    ("method", "path", "body", "refusal"),
    [
        ("PATCH", "members/{eve}", {"nick": "x"}, (403, 50013)),
        ("PATCH", "members/{eve}", {"communication_disabled_until": "{soon}"}, (403, 50013)),
        ("PATCH", "members/{owner}", {"communication_disabled_until": "{soon}"}, (403, 50013)),
        ("PATCH", "members/{ana}", {"communication_disabled_until": "{late}"}, (400, 50035)),
        ("PATCH", "members/{ana}", {"communication_disabled_until": "soon"}, (400, 50035)),
        ("PATCH", "members/{ana}", {"roles": ["{high}"]}, (403, 50013)),
        ("PATCH", "members/7", {"nick": "x"}, (404, 10007)),
        ("PUT", "members/{ana}/roles/{high}", None, (403, 50013)),
        ("PUT", "members/{ana}/roles/{bots}", None, (400, 50028)),
        ("PUT", "members/{ana}/roles/{everyone}", None, (400, 50028)),
        ("PUT", "members/{ana}/roles/7", None, (404, 10011)),
        ("DELETE", "members/{eve}", None, (403, 50013)),
        ("DELETE", "members/{owner}", None, (403, 50013)),
        ("PUT", "bans/{eve}", {}, (403, 50013)),
        ("PUT", "bans/7", {}, (404, 10013)),
        ("GET", "bans/{ana}", None, (404, 10026)),
        ("DELETE", "bans/{ana}", None, (404, 10026)),
        ("POST", "bulk-ban", {"user_ids": ["{eve}", "7"]}, (400, 500000)),
        ("PATCH", "roles/{high}", {"name": "x"}, (403, 50013)),
        ("PATCH", "roles/{low}", {"permissions": "{admin}"}, (403, 50013)),
        ("PATCH", "roles", [{"id": "{low}", "position": 9}], (403, 50013)),
        ("DELETE", "roles/{high}", None, (403, 50013)),
        ("DELETE", "roles/{everyone}", None, (400, 50028)),
        ("DELETE", "roles/7", None, (404, 10011)),
        ("POST", "roles", {"permissions": "{admin}"}, (403, 50013)),
    ],
)
async def test_who_stands_higher_and_what_is_not_here(
    town: Community, method: str, path: str, body: Any, refusal: tuple[int, int]
) -> None:
    """Nothing changes, and the bot hears of nothing."""
    now = town.sandbox.clock.now()
    names = {
        **{name: town.user(name).id for name in ("ana", "eve", "owner")},
        **{"high": town.high.id, "low": town.low.id, "bots": town.role.id, "everyone": town.guild.id},
        "soon": (now + timedelta(days=27)).isoformat(),
        "late": (now + timedelta(days=29)).isoformat(),
        "admin": int(Permission.ADMINISTRATOR),
    }
    assert await town.rest.refused(method, town.path(path.format(**names)), _filled(body, names)) == refusal
    assert town.names() == []


def _filled(body: Any, names: dict[str, Any]) -> Any:
    if isinstance(body, dict):
        return {key: _filled(value, names) for key, value in body.items()}
    if isinstance(body, list):
        return [_filled(one, names) for one in body]
    return body.format(**names) if isinstance(body, str) else body


@pytest.mark.parametrize(
    ("right", "method", "path", "body"),
    [
        (Permission.MANAGE_NICKNAMES, "PATCH", "members/{ana}", {"nick": "x"}),
        (Permission.CHANGE_NICKNAME, "PATCH", "members/@me", {"nick": "x"}),
        (Permission.MODERATE_MEMBERS, "PATCH", "members/{ana}", {"communication_disabled_until": None}),
        (Permission.MANAGE_ROLES, "PATCH", "members/{ana}", {"roles": []}),
        (Permission.MANAGE_ROLES, "PUT", "members/{ana}/roles/{low}", None),
        (Permission.MANAGE_ROLES, "POST", "roles", {"name": "x"}),
        (Permission.KICK_MEMBERS, "DELETE", "members/{ana}", None),
        (Permission.BAN_MEMBERS, "PUT", "bans/{ana}", {}),
        (Permission.BAN_MEMBERS, "GET", "bans", None),
        (Permission.MANAGE_GUILD, "POST", "bulk-ban", {"user_ids": ["{ana}"]}),
        (Permission.MANAGE_WEBHOOKS, "GET", "webhooks", None),
    ],
)
async def test_each_needs_its_permission(
    town: Community, right: Permission, method: str, path: str, body: Any
) -> None:
    """Without it 50013, with it not."""
    names = {"ana": town.user("ana").id, "low": town.low.id}
    path, body = town.path(path.format(**names)), _filled(body, names)
    town.role.permissions &= ~right
    assert await town.rest.refused(method, path, body) == (403, 50013)
    town.role.permissions |= right
    assert (await town.rest(method, path, body))[0] in (200, 204)


# -- going ---------------------------------------------------------------------------------------


async def test_who_is_kicked_sees_nothing_any_more(town: Community) -> None:
    """The bot hears of it; the person sees no channel."""
    tom = town.sandbox.member("tom")
    assert (await town.rest("DELETE", town.member("tom")))[0] == 204
    assert town.names() == ["GUILD_MEMBER_REMOVE"]
    with pytest.raises(CannotDo, match="tom sees no channel"):
        tom.say("x")


async def test_a_ban_has_a_reason_takes_messages_along_and_can_be_lifted(town: Community) -> None:
    """What was said in the last hours goes; who is not a member can be banned too; many at once."""
    tom, ana, bob = (town.sandbox.member(name) for name in ("tom", "ana", "bob"))
    old = tom.say("Old.")
    town.sandbox.clock.move(timedelta(hours=2))
    new = tom.say("New.")
    town.names()
    ban = town.path(f"bans/{tom.user.id}")
    headers = {"Authorization": f"Bot {town.sandbox.token}", "X-Audit-Log-Reason": "Spam%20again"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.put(town.sandbox.rest + ban, json={"delete_message_seconds": 3600}) as answer,
    ):
        assert answer.status == 204
    assert town.names() == ["GUILD_BAN_ADD", "GUILD_MEMBER_REMOVE", "MESSAGE_DELETE"]
    assert (old.deleted, new.deleted) == (False, True)
    assert (await town.rest("GET", ban))[1]["reason"] == "Spam again"
    both = [str(ana.user.id), str(bob.user.id), str(tom.user.id), str(town.user("eve").id)]
    _, done = await town.rest("POST", town.path("bulk-ban"), {"user_ids": both})
    assert (done["banned_users"], done["failed_users"]) == (both[:2], both[2:])
    _, bans = await town.rest("GET", town.path("bans?limit=2"))
    assert [one["user"]["username"] for one in bans] == ["ana", "bob"]
    _, after = await town.rest("GET", town.path(f"bans?after={bob.user.id}"))
    _, before = await town.rest("GET", town.path(f"bans?before={bob.user.id}"))
    assert [one["user"]["username"] for one in (*after, *before)] == ["tom", "ana"]
    assert (await town.rest("DELETE", ban))[0] == 204
    assert town.names()[-1] == "GUILD_BAN_REMOVE" and tom.user.id not in town.guild.bans


async def test_the_bot_can_leave(town: Community) -> None:
    """Afterwards the guild is out of its reach."""
    assert (await town.rest("DELETE", f"/users/@me/guilds/{town.guild.id}"))[0] == 204
    assert await town.rest.refused("GET", f"/guilds/{town.guild.id}") == (403, 50001)


# -- roles ---------------------------------------------------------------------------------------


async def test_a_role_is_made_changed_sorted_and_deleted(town: Community) -> None:
    """New ones stand lowest, and the others move up; a deleted one is gone from its members."""
    path = town.path("roles")
    _, made = await town.rest("POST", path, {"name": "readers", "permissions": "0", "mentionable": True})
    assert (made["name"], made["position"], made["permissions"], made["mentionable"]) == (
        "readers",
        1,
        "0",
        True,
    )
    assert town.low.position == 2
    one = f"{path}/{made['id']}"
    assert (await town.rest("PATCH", one, {"name": "writers"}))[1]["name"] == "writers"
    await town.rest("PUT", f"{town.member('ana')}/roles/{made['id']}")
    _, sorted_ = await town.rest("PATCH", path, [{"id": made["id"], "position": 2}])
    assert {role["name"]: role["position"] for role in sorted_}["writers"] == 2
    assert (await town.rest("DELETE", one))[0] == 204
    assert town.guild.members[town.user("ana").id].roles == set()
    events = town.names()
    assert events[:2] == ["GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE"] and events[-1] == "GUILD_ROLE_DELETE"


async def test_an_owner_is_above_all(town: Community) -> None:
    """A bot that owns its guild reaches every role and every member."""
    town.guild.owner_id = town.sandbox.world.bot.id
    assert (await town.rest("PATCH", town.path(f"roles/{town.high.id}"), {"name": "higher"}))[0] == 200
    assert (await town.rest("DELETE", town.member("eve")))[0] == 204


# -- webhooks ------------------------------------------------------------------------------------


async def test_a_webhook_is_made_listed_changed_and_deleted(town: Community) -> None:
    """With its token, the maker is not told; nobody needs to log in for that."""
    channel = town.sandbox.channel("reviews")
    status, hook = await town.rest("POST", f"/channels/{channel.id}/webhooks", {"name": "Feeds"})
    assert (status, hook["type"], hook["user"]["username"]) == (200, 1, "outpost")
    for path in (f"/channels/{channel.id}/webhooks", town.path("webhooks")):
        assert [one["id"] for one in (await town.rest("GET", path))[1]] == [hook["id"]]
    assert (await town.rest("GET", f"/webhooks/{hook['id']}"))[1] == hook
    other = str(town.sandbox.channel("check-ins").id)
    _, changed = await town.rest("PATCH", f"/webhooks/{hook['id']}", {"name": "News", "channel_id": other})
    assert (changed["name"], changed["channel_id"]) == ("News", other)
    by_token = f"/webhooks/{hook['id']}/{hook['token']}"
    async with (
        aiohttp.ClientSession() as session,
        session.get(town.sandbox.rest + by_token) as answer,
        session.patch(town.sandbox.rest + by_token, json={"name": "Later"}) as renamed,
    ):
        assert "user" not in await answer.json()
        assert (await renamed.json())["name"] == "Later"
    assert await town.rest.refused("GET", f"/webhooks/{hook['id']}/wrong") == (401, 50027)
    assert (await town.rest("DELETE", by_token))[0] == 204
    assert await town.rest.refused("GET", by_token) == (404, 10015)
    assert await town.rest.refused("DELETE", f"/webhooks/{hook['id']}") == (404, 10015)
    assert town.names() == ["WEBHOOKS_UPDATE"] * 2


async def test_a_webhook_speaks_edits_and_takes_back(town: Community) -> None:
    """204, or with `wait` the message; under another name for once; in a thread of its channel."""
    channel = town.sandbox.channel("reviews")
    _, hook = await town.rest("POST", f"/channels/{channel.id}/webhooks", {"name": "Feeds"})
    path = f"/webhooks/{hook['id']}/{hook['token']}"
    assert (await town.rest("POST", path, {"content": "One."}))[0] == 204
    _, sent = await town.rest("POST", f"{path}?wait=true", {"content": "Two.", "username": "Remote OK"})
    assert (sent["author"]["username"], sent["webhook_id"]) == ("Remote OK", hook["id"])
    assert [one.text for one in town.sandbox.member("ana").sees("reviews")] == ["One.", "Two."]
    one = f"{path}/messages/{sent['id']}"
    assert (await town.rest("PATCH", one, {"content": "Three."}))[1]["content"] == "Three."
    assert (await town.rest("GET", one))[1]["content"] == "Three."
    assert (await town.rest("DELETE", one))[0] == 204
    assert await town.rest.refused("GET", one) == (404, 10008)
    everyone = town.guild.roles[town.guild.id]
    everyone.permissions |= Permission.CREATE_PUBLIC_THREADS
    thread = town.sandbox.member("ana").go("reviews").start_thread("News")
    _, there = await town.rest("POST", f"{path}?wait=true&thread_id={thread.id}", {"content": "Here."})
    assert there["channel_id"] == str(thread.id)
    assert await town.rest.refused("POST", f"{path}?thread_id=7", {"content": "x"}) == (404, 10003)


async def test_a_webhook_of_a_forum_makes_posts(town: Community) -> None:
    """With a name for the thread; without one 220001."""
    forum = town.sandbox.world.add_channel(town.guild, "help", ChannelKind.FORUM)
    _, hook = await town.rest("POST", f"/channels/{forum.id}/webhooks", {"name": "Feeds"})
    path = f"/webhooks/{hook['id']}/{hook['token']}?wait=true"
    assert await town.rest.refused("POST", path, {"content": "x"}) == (400, 220001)
    _, post = await town.rest("POST", path, {"content": "First.", "thread_name": "A post"})
    assert town.guild.threads[int(post["channel_id"])].name == "A post"


def test_roles_decide_who_stands_above_whom(sandbox: Sandbox) -> None:
    """Equal rank is not above; a stranger has the lowest."""
    guild = sandbox.guild
    guild.roles[1] = Role(1, "a", 0, 5)
    ana, bob = (sandbox.member(name).user.id for name in ("ana", "bob"))
    guild.members[ana].roles = {1}
    assert (rank(guild, ana), rank(guild, bob), rank(guild, 7)) == (5, 0, 0)
    assert outranks(guild, ana, bob) and not outranks(guild, bob, ana) and not outranks(guild, bob, bob)
    assert outranks(guild, guild.owner_id, ana) and not outranks(guild, ana, guild.owner_id)
