"""A guild that comes and goes: outage, kicked, invited; and who is in its GUILD_CREATE."""

from __future__ import annotations

import aiohttp
import pytest

from sandbox import CannotDo, Permission, Sandbox
from sandbox.composer import command_named
from sandbox.gateway_intents import PRIVILEGED, Intents
from sandbox.model import Command
from tests.sandbox.gateway_client import GUILDS, Client, happen


async def status(sandbox: Sandbox, path: str) -> tuple[int, int]:
    """Status and Discord's code of a GET."""
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with aiohttp.ClientSession(headers=headers) as http, http.get(sandbox.rest + path) as answer:
        body = await answer.json()
        return answer.status, body.get("code", 0) if isinstance(body, dict) else 0


async def test_an_outage_takes_the_guild_away_and_gives_it_back(sandbox: Sandbox) -> None:
    """GUILD_DELETE says unavailable, nothing of it is heard meanwhile, GUILD_CREATE brings it as it is now."""
    async with Client(sandbox) as client:
        await client.identify()
        sandbox.outage()
        gone = await client.next()
        assert (gone["t"], gone["d"]) == ("GUILD_DELETE", {"id": str(sandbox.guild.id), "unavailable": True})
        sandbox.add_channel("made-meanwhile")
        sandbox.back()
        there = await client.next()
        assert there["t"] == "GUILD_CREATE"
        assert "made-meanwhile" in [channel["name"] for channel in there["d"]["channels"]]


async def test_whoever_comes_during_an_outage_hears_of_it(sandbox: Sandbox) -> None:
    """READY names the guild, and GUILD_DELETE stands where GUILD_CREATE would."""
    sandbox.outage()
    async with Client(sandbox) as client:
        assert (await client.next())["op"] == 10
        await client.say(2, {"token": sandbox.token, "intents": GUILDS, "properties": {}})
        ready, gone = await client.next(), await client.next()
        assert ready["d"]["guilds"] == [{"id": str(sandbox.guild.id), "unavailable": True}]
        assert (gone["t"], gone["d"]["unavailable"]) == ("GUILD_DELETE", True)


async def test_rest_does_not_reach_a_guild_in_an_outage(sandbox: Sandbox) -> None:
    """502 for the guild and its channels; what has nothing to do with it is answered."""
    sandbox.outage()
    channel = f"/channels/{sandbox.channel('reviews').id}/messages"
    paths = (f"/guilds/{sandbox.guild.id}", channel, "/users/@me")
    assert [await status(sandbox, path) for path in paths] == [(502, 0), (502, 0), (200, 0)]
    sandbox.back()
    assert await status(sandbox, channel) == (200, 0)


async def test_a_kick_is_a_guild_delete_without_unavailable(sandbox: Sandbox) -> None:
    """The bot hears nothing of the guild any more, and REST keeps it out."""
    async with Client(sandbox) as client:
        await client.identify()
        sandbox.kick_bot()
        gone = await client.next()
        assert (gone["t"], gone["d"]) == ("GUILD_DELETE", {"id": str(sandbox.guild.id)})
        happen(sandbox)
        await client.say(1, client.seq)
        assert (await client.next())["op"] == 11
    assert await status(sandbox, f"/guilds/{sandbox.guild.id}") == (403, 50001)
    assert await status(sandbox, f"/channels/{sandbox.channel('reviews').id}") == (403, 50001)


async def test_an_invitation_is_a_guild_create(sandbox: Sandbox) -> None:
    """The bot has a role of its own with what the link asked for, and nothing else."""
    sandbox.kick_bot()
    async with Client(sandbox) as client:
        await client.say(2, {"token": sandbox.token, "intents": GUILDS, "properties": {}})
        assert [(await client.next())["op"], (await client.next())["d"]["guilds"]] == [10, []]
        sandbox.invite_bot(Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES)
        assert (await client.until("GUILD_CREATE"))[-1]["d"]["id"] == str(sandbox.guild.id)
    (role,) = [role for role in sandbox.guild.roles.values() if role.bot_id == sandbox.world.bot.id]
    assert role.permissions == Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES
    assert sandbox.guild.members[sandbox.world.bot.id].roles == {role.id}


async def test_commands_go_with_the_bot(sandbox: Sandbox) -> None:
    """Nobody is offered a command of a bot that was kicked; after the invitation it is there again."""
    body = {"type": 1, "name": "ping", "description": "Pong", "default_member_permissions": None}
    sandbox.world.commands[1] = Command(1, 1, None, {**body, "dm_permission": True})
    place, ana = sandbox.channel("reviews"), sandbox.member("ana").user
    sandbox.kick_bot()
    with pytest.raises(CannotDo, match="not in this server"):
        command_named(sandbox.world, ana, place, "ping")
    sandbox.invite_bot()
    assert command_named(sandbox.world, ana, place, "ping").id == 1


@pytest.mark.parametrize("intents", [Intents.GUILDS, Intents.GUILDS | Intents.GUILD_MEMBERS])
async def test_a_guild_create_holds_the_bot_alone(sandbox: Sandbox, intents: Intents) -> None:
    """Also with GUILD_MEMBERS; Discord gives the members to GUILD_PRESENCES. The count is always right."""
    sandbox.sockets.privileged = PRIVILEGED
    async with Client(sandbox) as client:
        created = (await client.identify(int(intents)))[-1]["d"]
        assert [one["user"]["username"] for one in created["members"]] == [sandbox.world.bot.name]
        assert created["member_count"] == len(sandbox.guild.members)


async def test_a_guild_create_holds_everybody_with_guild_presences(sandbox: Sandbox) -> None:
    """The intent is privileged; once granted, READY is followed by all members."""
    sandbox.sockets.privileged = PRIVILEGED
    async with Client(sandbox) as client:
        created = (await client.identify(int(Intents.GUILDS | Intents.GUILD_PRESENCES)))[-1]["d"]
        assert {int(one["user"]["id"]) for one in created["members"]} == set(sandbox.guild.members)


async def test_members_come_and_go_with_their_intent(sandbox: Sandbox) -> None:
    """GUILD_MEMBER_ADD needs GUILD_MEMBERS."""
    sandbox.sockets.privileged = Intents.GUILD_MEMBERS
    async with Client(sandbox) as client:
        await client.identify(int(Intents.GUILDS | Intents.GUILD_MEMBERS))
        sandbox.add_member("zoe")
        joined = await client.next()
        assert (joined["t"], joined["d"]["user"]["username"]) == ("GUILD_MEMBER_ADD", "zoe")
