"""Members, roles and bans of a guild: plain functions over the world, and who stands above whom.

Source: Discord's "Permissions", Permission Hierarchy, and its Guild resource.
"""

from __future__ import annotations

from datetime import timedelta

from sandbox import threads, wire
from sandbox.events import Event
from sandbox.model import Guild, Json, Member, Role
from sandbox.permissions import Permission, in_guild
from sandbox.world import World

ROLES = 250  # of one guild; docs: JSON error code 30005
TIMEOUT = timedelta(days=28)  # the longest; docs: Modify Guild Member


def rank(guild: Guild, user_id: int) -> int:
    """The position of somebody's highest role; 0 for @everyone alone and for who is no member."""
    member = guild.members.get(user_id)
    return max((guild.roles[one].position for one in member.roles), default=0) if member else 0


def outranks(guild: Guild, user_id: int, other_id: int) -> bool:
    """May this user kick, ban, time out or rename the other one? Nobody may the owner; the owner may everybody."""
    if guild.owner_id in (user_id, other_id):
        return other_id != guild.owner_id
    return rank(guild, user_id) > rank(guild, other_id)


def manages(guild: Guild, user_id: int, role: Role) -> bool:
    """May this user give, take, edit or delete this role?"""
    return guild.owner_id == user_id or role.position < rank(guild, user_id)


def changed(world: World, guild: Guild, member: Member) -> None:
    """To be called after a member's nick, roles or timeout were set."""
    data = {"guild_id": str(guild.id), **wire.member(member)}
    world.emit(Event("GUILD_MEMBER_UPDATE", data, guild.id))


def remove(world: World, guild: Guild, user_id: int) -> None:
    """Somebody leaves or is thrown out; the bot hears of it, and their place in threads is free."""
    member = guild.members.get(user_id)
    if member is None:
        return
    for thread in guild.threads.values():
        threads.leave(world, thread, user_id)
    del guild.members[user_id]
    data = {"guild_id": str(guild.id), "user": wire.user(member.user)}
    world.emit(Event("GUILD_MEMBER_REMOVE", data, guild.id))


def ban(
    world: World, guild: Guild, user_id: int, *, reason: str | None = None, purge: timedelta = timedelta()
) -> None:
    """Throw somebody out for good, also who is not here. purge: how far back what they said goes with them."""
    guild.bans[user_id] = reason
    world.emit(Event("GUILD_BAN_ADD", _about(world, guild, user_id), guild.id))
    remove(world, guild, user_id)
    since = world.clock.now() - purge
    for channel in (*guild.channels.values(), *guild.threads.values()):
        for message_id in channel.message_ids if purge else ():
            message = world.messages[message_id]
            if message.author_id == user_id and message.sent_at >= since and not message.deleted:
                world.delete(message)


def unban(world: World, guild: Guild, user_id: int) -> None:
    del guild.bans[user_id]
    world.emit(Event("GUILD_BAN_REMOVE", _about(world, guild, user_id), guild.id))


def _about(world: World, guild: Guild, user_id: int) -> Json:
    return {"guild_id": str(guild.id), "user": wire.user(world.users[user_id])}


# -- roles ---------------------------------------------------------------------------------------


def insert_role(world: World, guild: Guild, role: Role) -> None:
    """A new role stands just above @everyone; those above it move up."""
    for other in guild.roles.values():
        other.position += other.position >= 1
    role.position = 1
    guild.roles[role.id] = role
    _tell_of_role(world, "GUILD_ROLE_CREATE", guild, role)


def changed_role(world: World, guild: Guild, role: Role) -> None:
    _tell_of_role(world, "GUILD_ROLE_UPDATE", guild, role)


def remove_role(world: World, guild: Guild, role: Role) -> None:
    """The role goes, from its members and from every channel's overwrites."""
    del guild.roles[role.id]
    for other in guild.roles.values():
        other.position -= other.position > role.position
    for member in guild.members.values():
        member.roles.discard(role.id)
    for channel in guild.channels.values():
        channel.overwrites.pop(role.id, None)
    data = {"guild_id": str(guild.id), "role_id": str(role.id)}
    world.emit(Event("GUILD_ROLE_DELETE", data, guild.id))


def is_exempt(guild: Guild, user_id: int) -> bool:
    """Owners and administrators cannot be timed out."""
    return bool(in_guild(guild, user_id) & Permission.ADMINISTRATOR)


def _tell_of_role(world: World, name: str, guild: Guild, role: Role) -> None:
    world.emit(Event(name, {"guild_id": str(guild.id), "role": wire.role(role)}, guild.id))
