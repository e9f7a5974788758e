"""Webhooks of channels: made with MANAGE_WEBHOOKS, then used by whoever knows the token.

Interactions use the same addresses with a token of their own: see `sandbox.rest.webhooks`.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from sandbox import drafts, errors, limits, thread_rules, threads, wire, wire_messages
from sandbox.drafts import Author
from sandbox.events import Event
from sandbox.limits_common import check_length
from sandbox.model import Channel, ChannelKind, Json, Message, User, Webhook
from sandbox.permissions import Permission
from sandbox.rest.call import Answer, Call, Route
from sandbox.rest.messages import apply_edit, check_supported

MOST = 15  # of one channel; docs: JSON error code 30007
NAME_CHARACTERS = 80
INCOMING = 1
_BARRED = ("clyde", "discord")  # docs: Create Webhook
_HOMES = (ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT, ChannelKind.FORUM)


def create(call: Call) -> Answer:
    """Raises 30007 for the webhook after the fifteenth, 50024 where there are none, 50035 for a barred name."""
    world, channel = call.world, call.channel(Permission.MANAGE_WEBHOOKS)
    if channel.kind not in _HOMES:
        raise errors.wrong_channel_type()
    name = _name(call.body.get("name"))
    if len(_of(call, channel)) >= MOST:
        raise errors.too_many_webhooks()
    hook = Webhook(world.ids.next(), secrets.token_urlsafe(51), channel.id, name, world.bot.id)
    world.webhooks[hook.id] = hook
    world.users[hook.id] = User(hook.id, name, bot=True)
    _tell(call, channel)
    return 200, _shown(call, hook)


def of_channel(call: Call) -> Answer:
    channel = call.channel(Permission.MANAGE_WEBHOOKS)
    return 200, [_shown(call, hook) for hook in _of(call, channel)]


def of_guild(call: Call) -> Answer:
    guild = call.guild()
    call.needs(guild, Permission.MANAGE_WEBHOOKS)
    return 200, [_shown(call, hook) for one in guild.channels.values() for hook in _of(call, one)]


def get(call: Call) -> Answer:
    return 200, _shown(call, _managed(call))


def change(call: Call) -> Answer:
    hook = _managed(call)
    hook.name = _name(call.body["name"]) if call.body.get("name") else hook.name
    if call.body.get("channel_id"):
        hook.channel_id = _home(call, int(call.body["channel_id"])).id
    call.world.users[hook.id].name = hook.name
    return 200, _shown(call, hook)


def delete(call: Call) -> Answer:
    return _removed(call, _managed(call))


# -- by token: nobody logs in here ---------------------------------------------------------------


def by_token(call: Call) -> Webhook | None:
    """The webhook of the path; None when its id is none of a channel's. Raises 50027 for a wrong token."""
    hook = call.world.webhooks.get(call.id("webhook_id"))
    if hook is not None and not secrets.compare_digest(hook.token, call.path["webhook_token"]):
        raise errors.invalid_webhook_token()
    return hook


def get_by_token(call: Call) -> Answer:
    """The same without its maker."""
    shown = _shown(call, _known(call))
    del shown["user"]
    return 200, shown


def change_by_token(call: Call) -> Answer:
    hook = _known(call)
    hook.name = _name(call.body["name"]) if call.body.get("name") else hook.name
    call.world.users[hook.id].name = hook.name
    shown = _shown(call, hook)
    del shown["user"]
    return 200, shown


def delete_by_token(call: Call) -> Answer:
    return _removed(call, _known(call))


def execute(call: Call, hook: Webhook) -> Answer:
    """Say something as the webhook; 204, or with `wait` the message. In a thread by `thread_id` or `thread_name`."""
    check_supported(call)
    limits.check_message(call.body, files=len(call.files))
    place = _home(call, hook.channel_id)
    name = None if call.body.get("username") is None else _name(call.body["username"])
    draft = drafts.new(call.body, call.files, _author(call, place), call.world.ids.next)
    draft = replace(draft, author_name=name)
    if place.kind is ChannelKind.FORUM and "thread_id" not in call.query:
        if not call.body.get("thread_name"):
            raise errors.forum_webhook()
        thread = threads.start(call.world, place, hook.id, call.body["thread_name"], first=draft)
        message = call.world.messages[thread.id]
    else:
        message = call.world.post(_within(call, place), hook.id, draft)
    if not call.flag("wait"):
        return 204, None
    return 200, wire_messages.message(call.world, message)


def message_of(call: Call, hook: Webhook) -> Message:
    message = call.world.messages.get(call.id("message_id") if "message_id" in call.path else 0)
    if message is None or message.deleted or message.author_id != hook.id:
        raise errors.unknown_message()
    return message


def edit_message(call: Call, hook: Webhook) -> Answer:
    message = message_of(call, hook)
    apply_edit(call, message, _author(call, _home(call, hook.channel_id)))
    return 200, wire_messages.message(call.world, message)


def _author(call: Call, place: Channel) -> Author:
    """docs: a webhook may call everyone where @everyone may be called at all; here it always may."""
    return Author(call.world.guild_of(place), int(Permission.MENTION_EVERYONE), calls=drafts.ANSWERS_CALL)


def _within(call: Call, place: Channel) -> Channel:
    if "thread_id" not in call.query:
        return place
    thread = call.world.channel(int(call.query["thread_id"]))
    if thread is None or thread.parent_id != place.id:
        raise errors.unknown_channel()
    if thread_rules.of(thread).locked:
        raise errors.thread_locked()
    return thread


# -- what both have in common --------------------------------------------------------------------


def _name(name: object) -> str:
    check_length(name, "name", 1, NAME_CHARACTERS)
    for word in _BARRED:
        if word in str(name).lower():
            raise errors.barred_name("name", word)
    return str(name)


def _of(call: Call, channel: Channel) -> list[Webhook]:
    return [hook for hook in call.world.webhooks.values() if hook.channel_id == channel.id]


def _home(call: Call, channel_id: int) -> Channel:
    channel = call.world.channel(channel_id)
    if channel is None:
        raise errors.unknown_channel()
    return channel


def _managed(call: Call) -> Webhook:
    """The webhook of the path for the bot that manages them. Raises 10015, 50013."""
    world = call.world
    hook = world.webhooks.get(call.id("webhook_id"))
    if hook is None:
        raise errors.unknown_webhook()
    if not world.may(world.bot.id, _home(call, hook.channel_id)) & Permission.MANAGE_WEBHOOKS:
        raise errors.missing_permissions()
    return hook


def _known(call: Call) -> Webhook:
    hook = by_token(call)
    if hook is None:
        raise errors.unknown_webhook()
    return hook


def _removed(call: Call, hook: Webhook) -> Answer:
    del call.world.webhooks[hook.id]
    _tell(call, _home(call, hook.channel_id))
    return 204, None


def _tell(call: Call, channel: Channel) -> None:
    data = {"guild_id": str(channel.guild_id), "channel_id": str(channel.id)}
    call.world.emit(Event("WEBHOOKS_UPDATE", data, channel.guild_id, channel.id))


def _shown(call: Call, hook: Webhook) -> Json:
    """GuildIncomingWebhookResponse."""
    place = call.world.channel(hook.channel_id)
    return {
        "id": str(hook.id),
        "type": INCOMING,
        "guild_id": str(place.guild_id) if place is not None else None,
        "channel_id": str(hook.channel_id),
        "name": hook.name,
        "avatar": None,
        "token": hook.token,
        "application_id": str(call.world.application_id),
        "user": wire.user(call.world.users[hook.maker_id]),
    }


_HOOK = "/webhooks/{webhook_id}/{webhook_token}"

ROUTES: list[Route] = [
    ("POST", "/channels/{channel_id}/webhooks", create),
    ("GET", "/channels/{channel_id}/webhooks", of_channel),
    ("GET", "/guilds/{guild_id}/webhooks", of_guild),
    ("GET", "/webhooks/{webhook_id}", get),
    ("PATCH", "/webhooks/{webhook_id}", change),
    ("DELETE", "/webhooks/{webhook_id}", delete),
    ("GET", _HOOK, get_by_token),
    ("PATCH", _HOOK, change_by_token),
    ("DELETE", _HOOK, delete_by_token),
]
