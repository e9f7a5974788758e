"""Roles of a guild: read, make, change, sort, delete. The bot reaches only those below its own highest one."""

from __future__ import annotations

from sandbox import errors, members, wire
from sandbox.limits_common import check_length
from sandbox.model import Guild, Role
from sandbox.permissions import ALL, Permission, in_guild
from sandbox.rest.call import Answer, Call, Route

NAME_CHARACTERS = 100


def listed(call: Call) -> Answer:
    return 200, [wire.role(role) for role in call.guild().roles.values()]


def get(call: Call) -> Answer:
    return 200, wire.role(_role(call, call.guild(), call.id("role_id")))


def create(call: Call) -> Answer:
    """Stands just above @everyone. Needs MANAGE_ROLES. Raises 30005 for the role after the 250th."""
    guild = _managing(call)
    if len(guild.roles) >= members.ROLES:
        raise errors.too_many_roles()
    role = Role(call.world.ids.next(), "new role", guild.roles[guild.id].permissions, 1)
    _set(call, guild, role)
    members.insert_role(call.world, guild, role)
    return 200, wire.role(role)


def change(call: Call) -> Answer:
    guild = _managing(call)
    role = _within_reach(call, guild, call.id("role_id"))
    _set(call, guild, role)
    members.changed_role(call.world, guild, role)
    return 200, wire.role(role)


def delete(call: Call) -> Answer:
    """Raises 50028 for @everyone and for a bot's own."""
    guild = _managing(call)
    role = _within_reach(call, guild, call.id("role_id"))
    if role.id == guild.id or role.bot_id is not None:
        raise errors.invalid_role()
    members.remove_role(call.world, guild, role)
    return 204, None


def sort(call: Call) -> Answer:
    """New positions, all below the bot's highest role."""
    guild = _managing(call)
    moved = [(_within_reach(call, guild, int(one["id"])), one.get("position")) for one in call.body]
    highest = members.rank(guild, call.world.bot.id)
    for role, position in moved:
        if position is not None and guild.owner_id != call.world.bot.id and position >= highest:
            raise errors.missing_permissions()
        role.position = role.position if position is None else position
        members.changed_role(call.world, guild, role)
    return 200, [wire.role(role) for role in guild.roles.values()]


def _managing(call: Call) -> Guild:
    guild = call.guild()
    call.needs(guild, Permission.MANAGE_ROLES)
    return guild


def _role(call: Call, guild: Guild, role_id: int) -> Role:
    found = guild.roles.get(role_id)
    if found is None:
        raise errors.unknown_role()
    return found


def _within_reach(call: Call, guild: Guild, role_id: int) -> Role:
    role = _role(call, guild, role_id)
    if not members.manages(guild, call.world.bot.id, role):
        raise errors.missing_permissions()
    return role


def _set(call: Call, guild: Guild, role: Role) -> None:
    """Copy what is given. Raises 50013 for permissions that the bot does not hold itself."""
    if call.body.get("name"):
        check_length(call.body["name"], "name", 1, NAME_CHARACTERS)
        role.name = call.body["name"]
    if call.body.get("permissions") is not None:
        wanted, held = int(call.body["permissions"]), in_guild(guild, call.world.bot.id)
        if held != ALL and wanted & ~held & ~role.permissions:
            raise errors.missing_permissions()
        role.permissions = wanted
    if call.body.get("mentionable") is not None:
        role.mentionable = bool(call.body["mentionable"])


_ALL, _ONE = "/guilds/{guild_id}/roles", "/guilds/{guild_id}/roles/{role_id}"

ROUTES: list[Route] = [
    ("GET", _ALL, listed),
    ("POST", _ALL, create),
    ("PATCH", _ALL, sort),
    ("GET", _ONE, get),
    ("PATCH", _ONE, change),
    ("DELETE", _ONE, delete),
]
