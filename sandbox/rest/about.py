"""Gateway addresses, the bot, its application, users and DMs."""

from __future__ import annotations

from sandbox import errors, wire
from sandbox.rest.call import Answer, Call, Route


def gateway(call: Call) -> Answer:
    return 200, {"url": call.world.gateway_url}


def gateway_bot(call: Call) -> Answer:
    limit = call.world.starts.as_json()
    return 200, {"url": call.world.gateway_url, "shards": 1, "session_start_limit": limit}


def my_user(call: Call) -> Answer:
    return 200, wire.own_user(call.world.bot)


def user(call: Call) -> Answer:
    found = call.world.users.get(call.id("user_id"))
    if found is None:
        raise errors.unknown_user()
    return 200, wire.user(found)


def application(call: Call) -> Answer:
    return 200, wire.application(call.world)


def my_guilds(call: Call) -> Answer:
    """Guilds that the bot is in, by id."""
    world = call.world
    mine = [guild for guild in world.guilds.values() if world.bot.id in guild.members]
    return 200, [wire.my_guild(world, guild) for guild in mine]


def open_dm(call: Call) -> Answer:
    """The DM with somebody. Opening it never fails for closed DMs; sending there does."""
    found = call.world.users.get(int(call.body.get("recipient_id") or 0))
    if found is None or found.bot:
        raise errors.unknown_user() if found is None else errors.closed_dms()
    return 200, wire.channel(call.world, call.world.open_dm(found))


ROUTES: list[Route] = [
    ("GET", "/gateway", gateway),
    ("GET", "/gateway/bot", gateway_bot),
    ("GET", "/users/@me", my_user),
    ("GET", "/users/@me/guilds", my_guilds),
    ("POST", "/users/@me/channels", open_dm),
    ("GET", "/users/{user_id}", user),
    ("GET", "/oauth2/applications/@me", application),
    ("GET", "/applications/@me", application),
]
