"""Records → Discord's JSON: people, places, READY and GUILD_CREATE. Pure.

Shapes follow the response schemas of Discord's OpenAPI description; the gateway has none, so its events take
the same shapes plus what the documentation's Gateway Events page adds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from sandbox import permissions
from sandbox.model import Channel, ChannelKind, Guild, Json, Member, Role, Thread, User
from sandbox.thread_rules import is_first, of, parent_of, sees

if TYPE_CHECKING:
    from sandbox.world import World

_APPLICATION_FLAGS = 1 << 23  # APPLICATION_COMMAND_BADGE
PINNED, REQUIRE_TAG = 1 << 1, 1 << 4  # docs: Channel Flags
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
        "avatar": one.avatar,
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
        "communication_disabled_until": when(one.timed_out_until) if one.timed_out_until else None,
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
    last = _last_message(one)
    if one.kind is ChannelKind.DM:
        people = [user(world.users[user_id]) for user_id in one.recipients]
        return {"id": str(one.id), "type": 1, "flags": 0, "last_message_id": last, "recipients": people}
    if one.thread is not None:
        return _thread(world, one, one.thread)
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
        **(_of_threads(one) if one.kind in (ChannelKind.TEXT, ChannelKind.FORUM) else {}),
        **(_forum(world, one) if one.kind is ChannelKind.FORUM else {}),
    }


def _of_threads(one: Channel) -> Json:
    """What threads started here begin with."""
    minutes = one.default_auto_archive
    return {
        "default_thread_rate_limit_per_user": one.default_thread_slowmode,
        **({} if minutes is None else {"default_auto_archive_duration": minutes}),
    }


def _forum(world: World, one: Channel) -> Json:
    """docs, Forums: `last_message_id` is the most recently created thread."""
    posts = [post.id for post in world.guilds[one.guild_id or 0].threads.values() if post.parent_id == one.id]
    emoji = one.default_reaction
    return {
        "last_message_id": str(max(posts)) if posts else None,
        "flags": REQUIRE_TAG if one.require_tag else 0,
        "available_tags": [
            {
                "id": str(tag.id),
                "name": tag.name,
                "moderated": tag.moderated,
                "emoji_id": None,
                "emoji_name": tag.emoji,
            }
            for tag in one.tags
        ],
        "default_reaction_emoji": None if emoji is None else {"emoji_id": None, "emoji_name": emoji},
        "default_sort_order": one.default_sort,
        "default_forum_layout": one.default_layout,
    }


def _last_message(one: Channel) -> str | None:
    """Clients tell by it what is unread, so a private answer to one person isn't counted for all."""
    return None if one.last_public_id is None else str(one.last_public_id)


def _thread(world: World, one: Channel, about: Thread) -> Json:
    """A thread without its members."""
    parent = parent_of(world, one)
    in_forum = parent is not None and parent.kind is ChannelKind.FORUM
    said = [world.messages[message_id] for message_id in one.message_ids]
    return {
        "id": str(one.id),
        "type": int(one.kind),
        "guild_id": str(one.guild_id),
        "parent_id": str(one.parent_id),
        "owner_id": str(about.owner_id),
        "name": one.name,
        "last_message_id": _last_message(one),
        "rate_limit_per_user": one.slowmode,
        "flags": PINNED if about.pinned else 0,
        "message_count": sum(not (m.deleted or m.only_for or is_first(one, m)) for m in said),
        "total_message_sent": about.posted,
        "member_count": thread_member_count(about),
        "thread_metadata": {
            "archived": about.archived,
            "archive_timestamp": when(about.archived_at),
            "auto_archive_duration": about.auto_archive,
            "locked": about.locked,
            "create_timestamp": when(about.made_at),
            **({"invitable": about.invitable} if one.kind is ChannelKind.PRIVATE_THREAD else {}),
        },
        **({"applied_tags": [str(tag) for tag in about.tags]} if in_forum else {}),
    }


def thread_member_count(about: Thread) -> int:
    """docs: "an approximate member count, but it stops counting at 50"."""
    return min(50, len(about.members))


def thread_member(thread: Channel, user_id: int) -> Json:
    """Somebody in a thread; a KeyError for anybody else."""
    joined = of(thread).members[user_id]
    return {"id": str(thread.id), "user_id": str(user_id), "join_timestamp": when(joined), "flags": 0}


def joined_thread(world: World, one: Channel) -> Json:
    """A thread, with the bot's membership if it is in it: GET /channels/{id} and a message's `thread`."""
    mine = world.bot.id in of(one).members
    return channel(world, one) | ({"member": thread_member(one, world.bot.id)} if mine else {})


def thread_list(world: World, threads: Iterable[Channel]) -> Json:
    """Threads, and the bot's membership for those that it is in."""
    found = list(threads)
    return {
        "threads": [channel(world, one) for one in found],
        "members": [thread_member(one, world.bot.id) for one in found if world.bot.id in of(one).members],
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
    """GUILD_CREATE with everybody; the gateway leaves out the members that a session may not know."""
    bot = one.members[world.bot.id]
    return {
        **guild(one),
        "joined_at": when(bot.joined_at),
        "large": False,
        "member_count": len(one.members),
        "members": [member(one_of_them) for one_of_them in one.members.values()],
        "channels": [channel(world, c) for c in one.channels.values()],
        "threads": [_at_start(world, thread) for thread in _active_threads(world, one)],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def _active_threads(world: World, one: Guild) -> list[Channel]:
    return [t for t in one.threads.values() if not of(t).archived and sees(world, world.bot.id, t)]


def _at_start(world: World, thread: Channel) -> Json:
    """A thread in GUILD_CREATE, whose member object lacks both ids (docs: Thread Member Structure)."""
    shown = joined_thread(world, thread)
    if "member" in shown:
        shown["member"] = {key: shown["member"][key] for key in ("join_timestamp", "flags")}
    return shown


def ready(world: World, session_id: str, resume_url: str) -> Json:
    """READY's data; the gateway adds what concerns the shard."""
    return {
        "v": 10,
        "user": own_user(world.bot),
        "session_id": session_id,
        "session_type": "normal",
        "resume_gateway_url": resume_url,
        "application": {"id": str(world.application_id), "flags": _APPLICATION_FLAGS},
        "private_channels": [],
        "presences": [],
        "relationships": [],
    }
