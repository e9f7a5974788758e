"""What happens to a guild as a whole: an outage at Discord, the bot thrown out, the bot invited."""

from __future__ import annotations

import re

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox import wire
from sandbox.errors import ApiError
from sandbox.model import Guild, Member
from sandbox.paths import api_path
from sandbox.world import Event, World

_GUILD = re.compile(r"/guilds/(\d+)")
_CHANNEL = re.compile(r"^/channels/(\d+)")
_TOKEN = re.compile(r"^/(?:interactions|webhooks)/\d+/([^/]+)")


def begin_outage(world: World, guild: Guild) -> None:
    """Discord loses sight of the guild: until `end_outage` the bot hears nothing of it and REST answers 502."""
    guild.unavailable = True
    world.emit(Event("GUILD_DELETE", {"id": str(guild.id), "unavailable": True}, guild.id))


def end_outage(world: World, guild: Guild) -> None:
    """It is there again, as it is now; what happened meanwhile is not told."""
    guild.unavailable = False
    world.emit(Event("GUILD_CREATE", wire.guild_create(world, guild), guild.id, only_user=world.bot.id))


def remove_bot(world: World, guild: Guild) -> None:
    """The bot was kicked or banned; its own role goes with it."""
    guild.members.pop(world.bot.id, None)
    for role in [one for one in guild.roles.values() if one.bot_id == world.bot.id]:
        del guild.roles[role.id]
    world.emit(Event("GUILD_DELETE", {"id": str(guild.id)}, guild.id, only_user=world.bot.id))


def invite_bot(world: World, guild: Guild, granted: int) -> None:
    """Somebody with MANAGE_GUILD used the invite link; `granted` is the permissions integer in it."""
    if world.bot.id in guild.members:
        return
    role = world.add_role(guild, world.bot.name, granted, bot_id=world.bot.id)
    guild.members[world.bot.id] = Member(world.bot, world.clock.now(), {role.id})
    world.emit(Event("GUILD_CREATE", wire.guild_create(world, guild), guild.id, only_user=world.bot.id))


def reach(world: World) -> Middleware:
    """502 for requests about a guild during an outage: "There was not a gateway available to process your request.

    Wait a bit and retry" (docs: HTTP Response Codes). Which code an outage really brings is not documented.
    """

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        guild = world.guilds.get(_guild_of(world, api_path(request.path) or "") or 0)
        if guild is not None and guild.unavailable:
            raise ApiError(502, 0, "502: Bad Gateway")
        return await handler(request)

    return middleware


def _guild_of(world: World, path: str) -> int | None:
    if found := _GUILD.search(path):
        return int(found[1])
    if found := _CHANNEL.match(path):
        channel = world.channel(int(found[1]))
        return channel.guild_id if channel else None
    if found := _TOKEN.match(path):
        interaction = world.interactions.get(found[1])
        return interaction.guild_id if interaction else None
    return None
