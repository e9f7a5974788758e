"""Who is there, as one member sees it. Pure."""

from __future__ import annotations

from sandbox import permissions, wire
from sandbox.model import Guild, Json, Member, User
from sandbox.permissions import Permission
from sandbox.world import World

_MODERATES = Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES | Permission.BAN_MEMBERS


def label(guild: Guild, user: User) -> str:
    """The name that is shown: a nick, else the display name, else the username."""
    member = guild.members.get(user.id)
    nick = member.nick if member else None
    return nick or wire.user(user)["global_name"] or user.name


def moderates(guild: Guild, user_id: int) -> bool:
    return bool(permissions.in_guild(guild, user_id) & _MODERATES)


def me(guild: Guild, user: User) -> Json:
    return {
        "id": str(user.id),
        "name": user.name,
        "label": label(guild, user),
        "moderator": moderates(guild, user.id),
        "dms_open": user.dms_open,
        "locale": user.locale,
    }


def server(world: World, guild: Guild) -> Json:
    bot = world.bot
    return {
        "id": str(guild.id),
        "name": guild.name,
        "app": {"id": str(bot.id), "name": bot.name, "label": label(guild, bot)},
    }


def people(guild: Guild) -> list[Json]:
    return [_person(guild, member) for member in guild.members.values()]


def _person(guild: Guild, member: Member) -> Json:
    user = member.user
    held = [role.name for role in guild.roles.values() if role.id in member.roles]
    role = "bot" if user.bot else "moderator" if moderates(guild, user.id) else "member"
    return {
        "id": str(user.id),
        "name": user.name,
        "label": label(guild, user),
        "bot": user.bot,
        "role": role,
        "roles": held,
    }


def roles(guild: Guild) -> list[Json]:
    """All roles but @everyone."""
    return [
        {"id": str(role.id), "name": role.name, "mentionable": role.mentionable}
        for role in guild.roles.values()
        if role.id != guild.id
    ]
