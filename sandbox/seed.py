"""The small community that a sandbox starts with."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.model import Guild, Overwrite
from sandbox.permissions import Permission
from sandbox.world import World

Seed = Callable[[World], Guild]
"""Fills an empty world and says which guild tests and the demo are about."""

EVERYONE = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.ADD_REACTIONS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
MODERATOR = (
    Permission.MANAGE_GUILD
    | Permission.MANAGE_MESSAGES
    | Permission.MANAGE_CHANNELS
    | Permission.MANAGE_THREADS
    | Permission.PIN_MESSAGES
)
BOT = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
)

CHANNELS = ("start-here", "remote-python", "remote-design", "check-ins", "reviews")
MEMBERS = ("ana", "bob", "eve", "tom")


def community(world: World) -> Guild:
    """One guild: mo moderates it, a handful of members, channels for all and one for moderators, and the bot."""
    guild = world.add_guild("Remote together", world.owner, EVERYONE)
    moderators = world.add_role(guild, "moderators", MODERATOR)
    bots = world.add_role(guild, world.bot.name, BOT, bot_id=world.bot.id)
    world.add_member(guild, world.bot, bots)
    world.add_member(guild, world.add_user("mo"), moderators)
    for name in MEMBERS:
        world.add_member(guild, world.add_user(name))
    for name in CHANNELS:
        world.add_channel(guild, name)
    private = world.add_channel(guild, "moderators")
    world.set_overwrite(private, Overwrite(guild.id, 0, deny=Permission.VIEW_CHANNEL))
    for role in (moderators, bots):
        world.set_overwrite(private, Overwrite(role.id, 0, allow=Permission.VIEW_CHANNEL))
    return guild
