"""A guild and its channels, as the bot may read them; making a channel."""

from __future__ import annotations

from sandbox import errors, wire
from sandbox.model import ChannelKind
from sandbox.permissions import Permission
from sandbox.rest.call import Answer, Call, Route
from sandbox.rest.channels import check_fields, check_overwrites, set_fields

CHANNELS = 500  # of one guild; docs: JSON error code 30013


def get(call: Call) -> Answer:
    found = call.guild()
    counts = {"approximate_member_count": len(found.members), "approximate_presence_count": 1}
    return 200, {**wire.guild(found), **(counts if call.query.get("with_counts") in ("true", "1") else {})}


def channels(call: Call) -> Answer:
    return 200, [wire.channel(call.world, channel) for channel in call.guild().channels.values()]


def create_channel(call: Call) -> Answer:
    """A text channel, category or forum. Needs MANAGE_CHANNELS."""
    guild = call.guild()
    call.needs(guild, Permission.MANAGE_CHANNELS)
    kind = call.body.get("type") or 0
    if kind not in (ChannelKind.TEXT, ChannelKind.CATEGORY, ChannelKind.FORUM):
        raise errors.form_error({"type": ("BASE_TYPE_CHOICES", "Value must be one of {0, 4, 15}.")})
    check_fields(ChannelKind(kind), call.body)
    check_overwrites(call, guild, call.body.get("permission_overwrites") or ())
    if len(guild.channels) >= CHANNELS:
        raise errors.too_many_guild_channels()
    channel = call.world.add_channel(guild, call.body["name"], ChannelKind(kind))
    set_fields(call, channel)
    call.world.changed_channel(channel)
    return 201, wire.channel(call.world, channel)


ROUTES: list[Route] = [
    ("GET", "/guilds/{guild_id}", get),
    ("GET", "/guilds/{guild_id}/channels", channels),
    ("POST", "/guilds/{guild_id}/channels", create_channel),
]
