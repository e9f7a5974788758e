"""Records → Discord's JSON: people, places, READY and GUILD_CREATE. Pure.

Shapes follow the response schemas of Discord's OpenAPI description; the gateway has none, so its events take
the same shapes plus what the documentation's Gateway Events page adds.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sandbox import permissions
from sandbox.model import Channel, ChannelKind, Guild, Json, Member, Role, User

if TYPE_CHECKING:
    from sandbox.world import World

_APPLICATION_FLAGS = 1 << 23  # APPLICATION_COMMAND_BADGE
_NOT_SET: Json = {"icon": None, "banner": None, "splash": None, "description": None}


def when(moment: datetime) -> str:
    """ISO 8601 with microseconds and offset, as Discord writes it."""
    return moment.isoformat(timespec="microseconds")


# -- people --------------------------------------------------------------------------------------


def user(one: User) -> Json:
    return {
        "id": str(one.id),
        "username": one.name,
        "global_name": None if one.bot else one.name.capitalize(),
        "discriminator": "0000" if one.bot else "0",
        "avatar": None,
        "bot": one.bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def own_user(one: User) -> Json:
    """The bot about itself: GET /users/@me and READY."""
    extra = {"mfa_enabled": True, "locale": one.locale, "premium_type": 0, "email": None, "verified": True}
    return {**user(one), **extra}


def member(one: Member) -> Json:
    return {"user": user(one.user), **member_only(one)}


def member_only(one: Member) -> Json:
    """A member without the user, as MESSAGE_CREATE and resolved data carry it."""
    return {
        "nick": one.nick,
        "avatar": None,
        "banner": None,
        "roles": [str(role_id) for role_id in sorted(one.roles)],
        "joined_at": when(one.joined_at),
        "premium_since": None,
        "communication_disabled_until": None,
        "flags": 0,
        "pending": False,
        "mute": False,
        "deaf": False,
    }


def role(one: Role) -> Json:
    return {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(one.permissions),
        "position": one.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": one.bot_id is not None,
        "mentionable": one.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
        **({"tags": {"bot_id": str(one.bot_id)}} if one.bot_id is not None else {}),
    }


def application(world: World) -> Json:
    """The application about itself, as its bot may read it."""
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user(world.bot),
        "bot_public": False,
        "bot_require_code_grant": False,
        "integration_types_config": {"0": {}, "1": {}},
        "verify_key": "0" * 64,
        "flags": _APPLICATION_FLAGS,
        "flags_new": str(_APPLICATION_FLAGS),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user(world.owner),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": ["bot", "applications.commands"],
    }


# -- places --------------------------------------------------------------------------------------


def channel(world: World, one: Channel) -> Json:
    """A channel of a guild, or a DM, as GET /channels/{id} answers and CHANNEL_* events carry it."""
    last = str(one.message_ids[-1]) if one.message_ids else None
    if one.kind is ChannelKind.DM:
        people = [user(world.users[user_id]) for user_id in one.recipients]
        return {"id": str(one.id), "type": 1, "flags": 0, "last_message_id": last, "recipients": people}
    return {
        "id": str(one.id),
        "type": int(one.kind),
        "guild_id": str(one.guild_id),
        "name": one.name,
        "position": one.position,
        "topic": one.topic,
        "parent_id": str(one.parent_id) if one.parent_id else None,
        "last_message_id": last,
        "rate_limit_per_user": one.slowmode,
        "nsfw": one.nsfw,
        "flags": 0,
        "permission_overwrites": [
            {"id": str(o.id), "type": o.kind, "allow": str(o.allow), "deny": str(o.deny)}
            for o in one.overwrites.values()
        ],
    }


def guild(one: Guild) -> Json:
    """The 40 required fields of GuildResponse."""
    return {
        **_NOT_SET,
        "id": str(one.id),
        "name": one.name,
        "home_header": None,
        "discovery_splash": None,
        "features": [],
        "owner_id": str(one.owner_id),
        "application_id": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 1,
        "roles": [role(r) for r in one.roles.values()],
        "default_message_notifications": 1,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": one.locale,
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }


def my_guild(world: World, one: Guild) -> Json:
    """A guild in GET /users/@me/guilds."""
    return {
        "id": str(one.id),
        "name": one.name,
        "icon": None,
        "banner": None,
        "owner": False,
        "permissions": str(permissions.in_guild(one, world.bot.id)),
        "features": [],
    }


def guild_create(world: World, one: Guild) -> Json:
    """GUILD_CREATE; without the members intent Discord sends the bot as the only member."""
    bot = one.members[world.bot.id]
    return {
        **guild(one),
        "joined_at": when(bot.joined_at),
        "large": False,
        "member_count": len(one.members),
        "members": [member(bot)],
        "channels": [channel(world, c) for c in one.channels.values()],
        "threads": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def ready(world: World, session_id: str, resume_url: str) -> Json:
    """READY's data; the gateway adds `shard`."""
    return {
        "v": 10,
        "user": own_user(world.bot),
        "session_id": session_id,
        "session_type": "normal",
        "resume_gateway_url": resume_url,
        "guilds": [{"id": str(guild_id), "unavailable": True} for guild_id in world.guilds],
        "application": {"id": str(world.application_id), "flags": _APPLICATION_FLAGS},
        "private_channels": [],
        "presences": [],
        "relationships": [],
    }
