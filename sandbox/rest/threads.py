"""Threads: starting, who is in them, changing, and the lists of active and archived ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sandbox import errors, limits, thread_rules, threads, wire
from sandbox.gateway_intents import Intents
from sandbox.model import Channel, ChannelKind, Json, Message
from sandbox.permissions import Permission
from sandbox.rest import forums
from sandbox.rest.call import Answer, Call, Route, number
from sandbox.thread_rules import Change, of

_PAGE = 50  # threads of an archive, when no limit is given


# -- starting ------------------------------------------------------------------------------------


def start_from_message(call: Call) -> Answer:
    """A public thread below a message. Raises 160004 for the second one."""
    channel = call.channel()
    message = call.message(channel)
    if channel.kind is ChannelKind.FORUM:
        raise errors.wrong_channel_type()
    return _started(call, channel, source=message)


def start(call: Call) -> Answer:
    """A post in a forum; elsewhere a thread of its own, private when no type is said (docs, footnote on `type`)."""
    channel = call.channel()
    if channel.kind is ChannelKind.FORUM:
        return forums.post(call, channel)
    kind = call.body.get("type") or ChannelKind.PRIVATE_THREAD
    if kind not in (ChannelKind.PUBLIC_THREAD, ChannelKind.PRIVATE_THREAD):
        raise errors.wrong_channel_type()
    invitable = call.body.get("invitable") is not False
    return _started(call, channel, private=kind == ChannelKind.PRIVATE_THREAD, invitable=invitable)


def _started(
    call: Call,
    parent: Channel,
    *,
    source: Message | None = None,
    private: bool = False,
    invitable: bool = True,
) -> Answer:
    """The bot's new thread, from a message or of its own."""
    thread_rules.check_start(call.world, call.world.bot.id, parent, private=private)
    limits.check_channel(call.body)
    thread = threads.start(
        call.world,
        parent,
        call.world.bot.id,
        call.body["name"],
        source=source,
        private=private,
        auto_archive=call.body.get("auto_archive_duration"),
        invitable=invitable,
        slowmode=call.body.get("rate_limit_per_user"),
    )
    return 201, wire.joined_thread(call.world, thread)


# -- who is in it --------------------------------------------------------------------------------


def join(call: Call) -> Answer:
    thread = _thread(call)
    thread_rules.check_active(thread)
    threads.join(call.world, thread, call.world.bot.id)
    return 204, None


def leave(call: Call) -> Answer:
    thread = _thread(call)
    thread_rules.check_active(thread)
    threads.leave(call.world, thread, call.world.bot.id)
    return 204, None


def add(call: Call) -> Answer:
    """Needs the permission to speak; where only moderators may invite, MANAGE_THREADS."""
    thread, user_id = _thread(call), call.id("user_id")
    thread_rules.check_add(call.world, call.world.bot.id, thread)
    if user_id not in call.world.users:
        raise errors.unknown_user()
    if user_id not in call.world.guilds[thread.guild_id or 0].members:
        raise errors.unknown_member()
    threads.join(call.world, thread, user_id, by=call.world.bot.id)
    return 204, None


def remove(call: Call) -> Answer:
    """Needs MANAGE_THREADS, or in a private thread to have started it."""
    thread = _thread(call)
    thread_rules.check_remove(call.world, call.world.bot.id, thread)
    threads.leave(call.world, thread, call.id("user_id"), by=call.world.bot.id)
    return 204, None


def member(call: Call) -> Answer:
    thread, user_id = _thread(call), call.id("user_id")
    if user_id not in of(thread).members:
        raise errors.unknown_member()
    return 200, _member(call, thread, user_id)


def members(call: Call) -> Answer:
    """All at once; pages of 100 when the guild members are asked for too (docs: List Thread Members).

    403 unless the application was granted the members intent.
    """
    thread = _thread(call)
    if not call.world.privileged & Intents.GUILD_MEMBERS:
        raise errors.missing_access()
    found = sorted(of(thread).members)
    if call.flag("with_member"):
        after = number(call.query, "after")
        found = [one for one in found if one > after][: _limit(call, 100)]
    return 200, [_member(call, thread, one) for one in found]


def _member(call: Call, thread: Channel, user_id: int) -> Json:
    shown = wire.thread_member(thread, user_id)
    known = call.world.guilds[thread.guild_id or 0].members.get(user_id)
    if call.flag("with_member") and known is not None:
        shown["member"] = wire.member(known)
    return shown


def _thread(call: Call) -> Channel:
    """The thread of the path. Raises 50024 for a channel that is none."""
    thread = call.channel()
    of(thread)
    return thread


# -- changing ------------------------------------------------------------------------------------


def change(call: Call, thread: Channel) -> Answer:
    """PATCH of a channel that is a thread."""
    world = call.world
    limits.check_channel({key: value for key, value in call.body.items() if value is not None})
    wanted = _wanted(call, of(thread).pinned)
    thread_rules.check_change(world, world.bot.id, thread, wanted)
    forum = thread_rules.parent_of(world, thread)
    if wanted.tags is not None and forum is not None:
        thread_rules.check_tags(world, world.bot.id, forum, wanted.tags, before=of(thread).tags)
    threads.change(world, thread, wanted, by=world.bot.id)
    return 200, wire.joined_thread(world, thread)


def _wanted(call: Call, pinned: bool) -> Change:
    """What the body asks for; null and what is there already are no wish, but a null slowmode means none."""
    body = call.body
    flagged = None if body.get("flags") is None else bool(body["flags"] & wire.PINNED)
    return Change(
        name=body.get("name"),
        archived=body.get("archived"),
        locked=body.get("locked"),
        auto_archive=body.get("auto_archive_duration"),
        invitable=body.get("invitable"),
        slowmode=body["rate_limit_per_user"] or 0 if "rate_limit_per_user" in body else None,
        tags=None if body.get("applied_tags") is None else tuple(map(int, body["applied_tags"])),
        pinned=None if flagged == pinned else flagged,
    )


# -- lists ---------------------------------------------------------------------------------------


def active(call: Call) -> Answer:
    world, guild = call.world, call.guild()
    found = threads.active(world, guild, world.bot.id)
    return 200, {**wire.thread_list(world, found), "has_more": False}


def archived_public(call: Call) -> Answer:
    return _archive(call, call.channel(Permission.READ_MESSAGE_HISTORY), ChannelKind.PUBLIC_THREAD)


def archived_private(call: Call) -> Answer:
    """Needs MANAGE_THREADS as well."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY, Permission.MANAGE_THREADS)
    return _archive(call, channel, ChannelKind.PRIVATE_THREAD)


def archived_mine(call: Call) -> Answer:
    """The private ones that the bot is in, by id."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    before = number(call.query, "before") if "before" in call.query else None
    found = [
        one
        for one in _archived(call, channel, ChannelKind.PRIVATE_THREAD)
        if call.world.bot.id in of(one).members and (before is None or one.id < before)
    ]
    return _page(call, sorted(found, key=lambda one: one.id, reverse=True))


def _archive(call: Call, channel: Channel, kind: ChannelKind) -> Answer:
    """By the moment of archiving, the latest first."""
    before = _moment(call, "before")
    found = [one for one in _archived(call, channel, kind) if before is None or of(one).archived_at < before]
    return _page(call, sorted(found, key=lambda one: of(one).archived_at, reverse=True))


def _archived(call: Call, channel: Channel, kind: ChannelKind) -> Iterable[Channel]:
    threads.sweep(call.world)
    return (one for one in threads.in_parent(call.world, channel) if of(one).archived and one.kind is kind)


def _page(call: Call, found: list[Channel]) -> Answer:
    most = _limit(call, _PAGE)
    return 200, {**wire.thread_list(call.world, found[:most]), "has_more": len(found) > most}


def _limit(call: Call, otherwise: int) -> int:
    most = number(call.query, "limit", otherwise)
    if not 1 <= most <= 100:
        message = "int value should be between 1 and 100."
        raise errors.form_error({"limit": ("NUMBER_TYPE_MIN" if most < 1 else "NUMBER_TYPE_MAX", message)})
    return most


def _moment(call: Call, name: str) -> datetime | None:
    """An ISO 8601 moment of the query; one without an offset is taken for UTC."""
    if name not in call.query:
        return None
    try:
        moment = datetime.fromisoformat(call.query[name])
    except ValueError:
        message = f'Value "{call.query[name]}" is not a valid ISO8601 timestamp.'
        raise errors.form_error({name: ("DATETIME_TYPE_PARSE", message)}) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_MEMBERS = "/channels/{channel_id}/thread-members"

ROUTES: list[Route] = [
    ("POST", "/channels/{channel_id}/messages/{message_id}/threads", start_from_message),
    ("POST", "/channels/{channel_id}/threads", start),
    ("GET", _MEMBERS, members),
    ("PUT", f"{_MEMBERS}/@me", join),
    ("DELETE", f"{_MEMBERS}/@me", leave),
    ("GET", f"{_MEMBERS}/{{user_id}}", member),
    ("PUT", f"{_MEMBERS}/{{user_id}}", add),
    ("DELETE", f"{_MEMBERS}/{{user_id}}", remove),
    ("GET", "/guilds/{guild_id}/threads/active", active),
    ("GET", "/channels/{channel_id}/threads/archived/public", archived_public),
    ("GET", "/channels/{channel_id}/threads/archived/private", archived_private),
    ("GET", "/channels/{channel_id}/users/@me/threads/archived/private", archived_mine),
]
