"""What Discord says of our token and our places: a few GET requests, no gateway, nothing said or changed."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import aiohttp
import discord

from bot.ports import Trouble
from cogs.person import lacking
from cogs.troubles import trouble_of

TIME_LIMIT_S = 15.0  # for the login, and again for each server


@dataclass(frozen=True, slots=True)
class Place:
    """A channel as the bot finds it; `missing`: the permissions it lacks there, by Discord's name."""

    name: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Server:
    """A server that the bot is in; a channel that is gone is not among its places."""

    name: str
    places: Mapping[int, Place]


@dataclass(frozen=True, slots=True)
class Seen:
    """The bot's own name, and each server asked for by id; None: the bot is not in it."""

    bot: str
    servers: Mapping[int, Server | None]


async def look(token: str, wanted: Mapping[int, Collection[int]]) -> Seen | Trouble:
    """Log in over REST alone and look at the wanted channels, given as server → channels.

    Trouble: "unauthorized" when Discord refuses the token, "unclear" when it can't be reached or fails.
    """
    try:
        async with discord.Client(intents=discord.Intents(guilds=True), max_ratelimit_timeout=30.0) as client:
            async with asyncio.timeout(TIME_LIMIT_S):
                await client.login(token)
            me = client.user
            assert me is not None  # noqa: S101 — set by login
            servers = {server: await _server(client, me.id, server, wanted[server]) for server in wanted}
            return Seen(me.name, servers)
    except discord.LoginFailure:
        return Trouble("unauthorized", "Discord refused the token.")
    except discord.HTTPException as error:
        return trouble_of(error)
    except (TimeoutError, aiohttp.ClientError, OSError, discord.RateLimited) as error:
        return Trouble("unclear", f"No answer from Discord ({type(error).__name__}).")


async def _server(
    client: discord.Client, my_id: int, server_id: int, channels: Collection[int]
) -> Server | None:
    async with asyncio.timeout(TIME_LIMIT_S):
        try:
            guild = await client.fetch_guild(server_id, with_counts=False)
            me = await guild.fetch_member(my_id)
        except (discord.NotFound, discord.Forbidden):
            return None
        there = [channel for channel in await guild.fetch_channels() if channel.id in channels]
    return Server(guild.name, {one.id: Place(one.name, lacking(one.permissions_for(me))) for one in there})
