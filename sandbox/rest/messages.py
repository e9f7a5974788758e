"""Messages of a channel or DM: history, sending once, editing, deleting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from sandbox import drafts, errors, limits
from sandbox.drafts import Author
from sandbox.model import Channel, ChannelKind, Json, Message, MessageFlag
from sandbox.permissions import Permission, speaking
from sandbox.rest.call import Answer, Call, Route
from sandbox.thread_rules import check_active, check_unlocked

_REPLY = 19  # message type of an answer to a message
_TALK = (
    ChannelKind.TEXT,
    ChannelKind.ANNOUNCEMENT,
    ChannelKind.DM,
    ChannelKind.PUBLIC_THREAD,
    ChannelKind.PRIVATE_THREAD,
)


def history(call: Call) -> Answer:
    """Newest first. Without READ_MESSAGE_HISTORY: an empty list, no error (docs: Get Channel Messages)."""
    world, channel = call.world, call.channel()
    if not world.may(world.bot.id, channel) & Permission.READ_MESSAGE_HISTORY:
        return 200, []
    page = _page(list(world.history(channel, world.bot.id)), call.query)
    return 200, [call.shown(message) for message in page]


def _page(newest_first: list[Message], query: Mapping[str, str]) -> list[Message]:
    limit = _number(query, "limit", 50)
    if not 1 <= limit <= 100:
        message = "int value should be between 1 and 100."
        raise errors.form_error({"limit": ("NUMBER_TYPE_MIN" if limit < 1 else "NUMBER_TYPE_MAX", message)})
    if "after" in query:
        oldest = _number(query, "after")
        after = [message for message in newest_first if message.id > oldest]
        return after[-limit:]
    if "around" in query:
        middle = _number(query, "around")
        newer = [message for message in newest_first if message.id > middle]
        rest = [message for message in newest_first if message.id <= middle]
        return newer[-(limit // 2) :] + rest[: limit - limit // 2] if limit > 1 else rest[:1]
    before = _number(query, "before") if "before" in query else None
    return list(islice((m for m in newest_first if before is None or m.id < before), limit))


def _number(query: Mapping[str, str], name: str, otherwise: int = 0) -> int:
    value = query.get(name, str(otherwise))
    if not value.isdecimal():
        raise errors.form_error({name: ("NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')})
    return int(value)


def send(call: Call) -> Answer:
    """One message. With enforce_nonce a nonce that was used already gives that message back, as 200.

    Raises 10008 when that earlier message has been deleted since.
    """
    channel = call.channel()
    call.channel(speaking(channel))
    check_supported(call)
    call = replace(call, body=_sendable(call))
    _check_place(call, channel)
    limits.check_message(call.body, files=len(call.files))
    earlier = call.world.same_nonce(call.world.bot.id, nonce) if (nonce := call.body.get("nonce")) else None
    if earlier is not None and call.body.get("enforce_nonce"):
        if earlier.deleted:
            raise errors.unknown_message()
        return 200, call.shown(earlier)
    author = replace(call.author(channel), replied=_replied(call))
    draft = drafts.new(call.body, call.files, author, call.world.ids.next)
    kind = 0 if draft.reference_id is None else _REPLY
    message = call.world.post(channel, call.world.bot.id, draft, kind=kind)
    return 200, call.shown(message)


def _sendable(call: Call) -> Json:
    """What is kept of a body: in a channel nothing is ephemeral, and a reply may ask to be none if need be.

    docs, Message Reference: `fail_if_not_exists` false sends a plain message when the other one is gone.
    """
    body = {**call.body, "flags": (call.body.get("flags") or 0) & ~MessageFlag.EPHEMERAL}
    reference = body.get("message_reference") or {}
    original = call.world.messages.get(int(reference.get("message_id") or 0))
    if reference.get("fail_if_not_exists") is False and (original is None or original.deleted):
        del body["message_reference"]
    return body


def _replied(call: Call) -> int | None:
    """Who wrote the message that this one answers."""
    reference = call.body.get("message_reference") or {}
    original = call.world.messages.get(int(reference.get("message_id") or 0))
    return None if original is None else original.author_id


def check_supported(call: Call) -> None:
    """Raises 501 for what Discord could send and the sandbox cannot: never a message with a part left out."""
    if call.body.get("poll"):
        raise errors.unsupported("polls")
    if call.body.get("sticker_ids"):
        raise errors.unsupported("stickers")
    if (call.body.get("message_reference") or {}).get("type") == limits.FORWARD:
        raise errors.unsupported("forwarded messages")


def _check_place(call: Call, channel: Channel) -> None:
    """May the bot say this here? A DM must be open, a channel must be for talk, each part has its permission."""
    if channel.kind is ChannelKind.FORUM:
        raise errors.forum_message()
    check_unlocked(call.world, call.world.bot.id, channel)
    if channel.kind not in _TALK:
        raise errors.not_a_text_channel()
    if channel.kind is ChannelKind.DM:
        _check_dm(call, channel)
    if call.body.get("embeds"):
        call.channel(Permission.EMBED_LINKS)
    if call.files:
        call.channel(Permission.ATTACH_FILES)
    reference = call.body.get("message_reference")
    if reference is not None:
        _check_reference(call, channel, int(reference.get("message_id") or 0))


def _check_dm(call: Call, channel: Channel) -> None:
    for user_id in channel.recipients:
        if not any(user_id in guild.members for guild in call.world.guilds.values()):
            raise errors.no_mutual_guild()
        if not call.world.users[user_id].dms_open:
            raise errors.closed_dms()


def _check_reference(call: Call, channel: Channel, message_id: int) -> None:
    if not call.world.may(call.world.bot.id, channel) & Permission.READ_MESSAGE_HISTORY:
        raise errors.reply_without_history()
    original = call.world.messages.get(message_id)
    if original is None or original.deleted or original.channel_id != channel.id:
        raise errors.form_error({"message_reference": ("REPLIES_UNKNOWN_MESSAGE", "Unknown message")})


def get(call: Call) -> Answer:
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    return 200, call.shown(call.message(channel))


def edit(call: Call) -> Answer:
    """The bot's own message; somebody else's is 50005. In an archived thread it is 50083, in a locked one 160005."""
    channel = call.channel()
    message = call.message(channel)
    check_active(channel)
    check_unlocked(call.world, call.world.bot.id, channel)
    if message.author_id != call.world.bot.id:
        return _hide_embeds(call, message)
    apply_edit(call, message, call.author(channel))
    return 200, call.shown(message)


def _hide_embeds(call: Call, message: Message) -> Answer:
    """Others "can only edit `flags`", and only with MANAGE_MESSAGES (docs: Edit Message). Raises 50005, 50013."""
    if call.body.keys() != {"flags"}:
        raise errors.not_your_message()
    call.channel(Permission.MANAGE_MESSAGES)
    message.flags = drafts.edited_flags(message, call.body) & ~MessageFlag.COMPONENTS_V2
    call.world.changed_message(message)
    return 200, call.shown(message)


def apply_edit(call: Call, message: Message, author: Author, *, under: str = "") -> None:
    """Check and make an edit, on channel, webhook and callback routes alike."""
    kept = {"content": message.content, "embeds": message.embeds, "components": message.components}
    body = {**kept, **call.body, "flags": drafts.edited_flags(message, call.body)}
    limits.check_message(body, edit=True, files=len(call.files), under=under)
    draft = drafts.edited(message, call.body, call.files, author, call.world.ids.next)
    if not (draft.content or draft.embeds or draft.components or draft.attachments):
        raise errors.empty_message()
    call.world.edit(message, draft)


def delete(call: Call) -> Answer:
    """One's own, or with MANAGE_MESSAGES anybody's; in an archived thread too, unless it is locked."""
    channel = call.channel()
    if channel.thread is not None and channel.thread.archived:
        check_unlocked(call.world, call.world.bot.id, channel)
    message = call.message(channel)
    if message.author_id != call.world.bot.id:
        call.channel(Permission.MANAGE_MESSAGES)
    call.world.delete(message)
    return 204, None


ROUTES: list[Route] = [
    ("GET", "/channels/{channel_id}/messages", history),
    ("POST", "/channels/{channel_id}/messages", send),
    ("GET", "/channels/{channel_id}/messages/{message_id}", get),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}", edit),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}", delete),
]
