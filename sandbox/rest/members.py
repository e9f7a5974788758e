"""Members of a guild: list, change, roles, kick and ban. Who stands higher cannot be touched (50013)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sandbox import errors, guilds, members, wire
from sandbox.gateway_intents import Intents
from sandbox.limits_common import check_length
from sandbox.model import Guild, Json, Member
from sandbox.permissions import Permission
from sandbox.rest.call import Answer, Call, Route, number

NICK_CHARACTERS = 32
BULK_BANS = 200
PURGE_S = 604_800  # seven days


def listed(call: Call) -> Answer:
    """By id: `limit` of them (1) after `after`. 403 unless the application was granted the members intent."""
    guild = call.guild()
    if not call.world.privileged & Intents.GUILD_MEMBERS:
        raise errors.missing_access()
    after = number(call.query, "after")
    found = [guild.members[one] for one in sorted(guild.members) if one > after]
    return 200, [wire.member(one) for one in found[: _limit(call)]]


def search(call: Call) -> Answer:
    """Those whose username or nick begins with `query`."""
    guild, start = call.guild(), call.query.get("query", "").lower()
    if not start:
        raise errors.required("query")
    names = ((one, (one.user.name, one.nick or "")) for one in guild.members.values())
    found = [one for one, known in names if any(name.lower().startswith(start) for name in known)]
    return 200, [wire.member(one) for one in found[: _limit(call)]]


def get(call: Call) -> Answer:
    return 200, wire.member(_member(call, call.guild()))


def change(call: Call) -> Answer:
    """Nick, roles, timeout: each with its permission, and only of who stands lower."""
    guild = call.guild()
    member = _member(call, guild)
    if "nick" in call.body:
        _check_above(call, guild, member, Permission.MANAGE_NICKNAMES)
        member.nick = _nick(call)
    if call.body.get("roles") is not None:
        member.roles = _roles(call, guild, member, call.body["roles"])
    if "communication_disabled_until" in call.body:
        _check_above(call, guild, member, Permission.MODERATE_MEMBERS)
        member.timed_out_until = _timeout(call, guild, member)
    members.changed(call.world, guild, member)
    return 200, wire.member(member)


def change_own(call: Call) -> Answer:
    """The bot's own nick. Needs CHANGE_NICKNAME."""
    guild = call.guild()
    call.needs(guild, Permission.CHANGE_NICKNAME)
    member = guild.members[call.world.bot.id]
    member.nick = _nick(call) if "nick" in call.body else member.nick
    members.changed(call.world, guild, member)
    return 200, wire.member(member)


def give_role(call: Call) -> Answer:
    guild, member, role_id = _role_of(call)
    if role_id not in member.roles:
        member.roles.add(role_id)
        members.changed(call.world, guild, member)
    return 204, None


def take_role(call: Call) -> Answer:
    guild, member, role_id = _role_of(call)
    if role_id in member.roles:
        member.roles.discard(role_id)
        members.changed(call.world, guild, member)
    return 204, None


def kick(call: Call) -> Answer:
    """Needs KICK_MEMBERS."""
    guild = call.guild()
    member = _member(call, guild)
    _check_above(call, guild, member, Permission.KICK_MEMBERS)
    members.remove(call.world, guild, member.user.id)
    return 204, None


def leave(call: Call) -> Answer:
    """The bot goes."""
    guilds.remove_bot(call.world, call.guild())
    return 204, None


# -- bans ----------------------------------------------------------------------------------------


def bans(call: Call) -> Answer:
    """By user id: `limit` of them (1000) before `before` or after `after`. Needs BAN_MEMBERS."""
    guild = _banning(call)
    found = sorted(guild.bans)
    if "before" in call.query:
        found = [one for one in found if one < number(call.query, "before")]
    elif "after" in call.query:
        found = [one for one in found if one > number(call.query, "after")]
    return 200, [_ban(call, guild, one) for one in found[: _limit(call, 1000)]]


def get_ban(call: Call) -> Answer:
    guild = _banning(call)
    return 200, _ban(call, guild, _banned(call, guild))


def ban(call: Call) -> Answer:
    guild, user_id = _banning(call), call.id("user_id")
    _check_bannable(call, guild, user_id)
    members.ban(call.world, guild, user_id, reason=call.reason, purge=_purge(call))
    return 204, None


def unban(call: Call) -> Answer:
    guild = _banning(call)
    members.unban(call.world, guild, _banned(call, guild))
    return 204, None


def bulk_ban(call: Call) -> Answer:
    """Up to 200. Needs MANAGE_GUILD too. Raises 500000 when none could be banned."""
    guild = _banning(call)
    call.needs(guild, Permission.MANAGE_GUILD)
    wanted = [int(one) for one in call.body.get("user_ids") or ()]
    if not 1 <= len(wanted) <= BULK_BANS:
        raise errors.bad_length("user_ids", 1, BULK_BANS)
    failed = [one for one in wanted if one in guild.bans or not _is_bannable(call, guild, one)]
    banned = [one for one in wanted if one not in failed]
    if not banned:
        raise errors.nobody_banned()
    for user_id in banned:
        members.ban(call.world, guild, user_id, reason=call.reason, purge=_purge(call))
    return 200, {"banned_users": [str(one) for one in banned], "failed_users": [str(one) for one in failed]}


def _banning(call: Call) -> Guild:
    guild = call.guild()
    call.needs(guild, Permission.BAN_MEMBERS)
    return guild


def _banned(call: Call, guild: Guild) -> int:
    if call.id("user_id") not in guild.bans:
        raise errors.unknown_ban()
    return call.id("user_id")


def _ban(call: Call, guild: Guild, user_id: int) -> Json:
    return {"user": wire.user(call.world.users[user_id]), "reason": guild.bans[user_id]}


def _is_bannable(call: Call, guild: Guild, user_id: int) -> bool:
    bot_id = call.world.bot.id
    known = user_id in call.world.users and user_id != bot_id
    return known and (user_id not in guild.members or members.outranks(guild, bot_id, user_id))


def _check_bannable(call: Call, guild: Guild, user_id: int) -> None:
    if user_id not in call.world.users:
        raise errors.unknown_user()
    if not _is_bannable(call, guild, user_id):
        raise errors.missing_permissions()


def _purge(call: Call) -> timedelta:
    seconds = call.body.get("delete_message_seconds")
    if seconds is None:
        days = (call.body.get("delete_message_days") or 0) * 86_400
        seconds = number(call.query, "delete_message_seconds", days)  # where discord.py puts it
    if not 0 <= seconds <= PURGE_S:
        raise errors.out_of_range("delete_message_seconds", 0, PURGE_S, seconds)
    return timedelta(seconds=seconds)


# -- one member ----------------------------------------------------------------------------------


def _limit(call: Call, otherwise: int = 1) -> int:
    limit = number(call.query, "limit", otherwise)
    if not 1 <= limit <= 1000:
        raise errors.out_of_range("limit", 1, 1000, limit)
    return limit


def _member(call: Call, guild: Guild) -> Member:
    found = guild.members.get(call.id("user_id"))
    if found is None:
        raise errors.unknown_member()
    return found


def _check_above(call: Call, guild: Guild, member: Member, needed: Permission) -> None:
    call.needs(guild, needed)
    if not members.outranks(guild, call.world.bot.id, member.user.id):
        raise errors.missing_permissions()


def _nick(call: Call) -> str | None:
    nick = call.body["nick"] or None
    if nick is not None:
        check_length(nick, "nick", 1, NICK_CHARACTERS)
    return nick


def _role_of(call: Call) -> tuple[Guild, Member, int]:
    """The member and role of the path, once the bot may give and take it."""
    guild = call.guild()
    call.needs(guild, Permission.MANAGE_ROLES)
    member = _member(call, guild)
    _check_roles(call, guild, [call.id("role_id")])
    return guild, member, call.id("role_id")


def _roles(call: Call, guild: Guild, member: Member, wanted: Sequence[object]) -> set[int]:
    call.needs(guild, Permission.MANAGE_ROLES)
    roles = {int(str(one)) for one in wanted if one is not None}
    _check_roles(call, guild, sorted(roles ^ member.roles))
    return roles


def _check_roles(call: Call, guild: Guild, changing: Sequence[int]) -> None:
    """Raises 10011 for none of this guild, 50028 for @everyone and managed ones, 50013 for those too high."""
    for role_id in changing:
        role = guild.roles.get(role_id)
        if role is None:
            raise errors.unknown_role()
        if role.id == guild.id or role.bot_id is not None:
            raise errors.invalid_role()
        if not members.manages(guild, call.world.bot.id, role):
            raise errors.missing_permissions()


def _timeout(call: Call, guild: Guild, member: Member) -> datetime | None:
    """Until when. Raises 50013 for owners and administrators, 50035 for more than 28 days."""
    path, text = "communication_disabled_until", call.body["communication_disabled_until"]
    if text is None:
        return None
    if members.is_exempt(guild, member.user.id):
        raise errors.missing_permissions()
    try:
        until = datetime.fromisoformat(text)
    except ValueError:
        raise errors.not_a_moment(path, text) from None
    if until.tzinfo is None or until > call.world.clock.now() + members.TIMEOUT:
        raise errors.not_a_moment(path, text)
    return until


_ALL, _ONE = "/guilds/{guild_id}/members", "/guilds/{guild_id}/members/{user_id}"
_BANS = "/guilds/{guild_id}/bans"

ROUTES: list[Route] = [
    ("GET", _ALL, listed),
    ("GET", f"{_ALL}/search", search),
    ("PATCH", f"{_ALL}/@me", change_own),
    ("GET", _ONE, get),
    ("PATCH", _ONE, change),
    ("DELETE", _ONE, kick),
    ("PUT", f"{_ONE}/roles/{{role_id}}", give_role),
    ("DELETE", f"{_ONE}/roles/{{role_id}}", take_role),
    ("GET", _BANS, bans),
    ("GET", f"{_BANS}/{{user_id}}", get_ban),
    ("PUT", f"{_BANS}/{{user_id}}", ban),
    ("DELETE", f"{_BANS}/{{user_id}}", unban),
    ("POST", "/guilds/{guild_id}/bulk-ban", bulk_ban),
    ("DELETE", "/users/@me/guilds/{guild_id}", leave),
]
