"""A guild, its roles, members and channels, as the bot may read them; making a channel."""

from __future__ import annotations

from sandbox import errors, limits, wire
from sandbox.model import ChannelKind
from sandbox.permissions import Permission, in_guild
from sandbox.rest.call import Answer, Call, Route
from sandbox.rest.channels import set_fields


def get(call: Call) -> Answer:
    found = call.guild()
    counts = {"approximate_member_count": len(found.members), "approximate_presence_count": 1}
    return 200, {**wire.guild(found), **(counts if call.query.get("with_counts") in ("true", "1") else {})}


def channels(call: Call) -> Answer:
    return 200, [wire.channel(call.world, channel) for channel in call.guild().channels.values()]


def create_channel(call: Call) -> Answer:
    """A text channel, category or forum. Needs MANAGE_CHANNELS."""
    guild = call.guild()
    if not in_guild(guild, call.world.bot.id) & Permission.MANAGE_CHANNELS:
        raise errors.missing_permissions()
    limits.check_channel(call.body)
    kind = call.body.get("type") or 0
    if kind not in (ChannelKind.TEXT, ChannelKind.CATEGORY, ChannelKind.FORUM):
        raise errors.form_error({"type": ("BASE_TYPE_CHOICES", "Value must be one of {0, 4, 15}.")})
    channel = call.world.add_channel(guild, call.body["name"], ChannelKind(kind))
    set_fields(channel, call.body)
    call.world.changed_channel(channel)
    return 201, wire.channel(call.world, channel)


def roles(call: Call) -> Answer:
    return 200, [wire.role(role) for role in call.guild().roles.values()]


def role(call: Call) -> Answer:
    found = call.guild().roles.get(call.id("role_id"))
    if found is None:
        raise errors.unknown_role()
    return 200, wire.role(found)


def member(call: Call) -> Answer:
    found = call.guild().members.get(call.id("user_id"))
    if found is None:
        raise errors.unknown_member()
    return 200, wire.member(found)


ROUTES: list[Route] = [
    ("GET", "/guilds/{guild_id}", get),
    ("GET", "/guilds/{guild_id}/channels", channels),
    ("POST", "/guilds/{guild_id}/channels", create_channel),
    ("GET", "/guilds/{guild_id}/roles", roles),
    ("GET", "/guilds/{guild_id}/roles/{role_id}", role),
    ("GET", "/guilds/{guild_id}/members/{user_id}", member),
]
