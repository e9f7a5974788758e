"""Messages → Discord's JSON, with their files and where they came from. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox import wire
from sandbox.model import Attachment, ChannelKind, Interaction, InteractionKind, Json, Message

if TYPE_CHECKING:
    from sandbox.world import World


def message(world: World, one: Message) -> Json:
    """MessageResponse."""
    files = [_attachment(world, one, file) for file in one.attachments]
    urls = {f"attachment://{file['filename']}": file["url"] for file in files}
    shown: Json = {
        "id": str(one.id),
        "channel_id": str(one.channel_id),
        "type": one.kind,
        "author": wire.user(world.users[one.author_id]),
        "content": one.content,
        "timestamp": wire.when(one.sent_at),
        "edited_timestamp": wire.when(one.edited_at) if one.edited_at else None,
        "tts": False,
        "pinned": False,
        "flags": one.flags,
        "mention_everyone": one.pinged.everyone,
        "mentions": [wire.user(world.users[u]) for u in one.pinged.users if u in world.users],
        "mention_roles": [str(role_id) for role_id in one.pinged.roles],
        "attachments": files,
        "embeds": _with_urls(one.embeds, urls),
        "components": _with_urls(one.components, urls),
    }
    if one.nonce is not None:
        shown["nonce"] = one.nonce
    if one.reference_id is not None:
        shown |= _reference(world, one, one.reference_id)
    if one.interaction is not None:
        shown["webhook_id"] = shown["application_id"] = str(world.application_id)
        shown["interaction_metadata"] = metadata(world, one.interaction, one)
    return shown


def event(world: World, one: Message) -> Json:
    """MESSAGE_CREATE and MESSAGE_UPDATE: the message and, in a guild, who its author is there."""
    place = world.channel(one.channel_id)
    if place is None or place.guild_id is None:
        return {**message(world, one), "channel_type": int(ChannelKind.DM)}
    where: Json = {"guild_id": str(place.guild_id), "channel_type": int(place.kind)}
    author = world.guilds[place.guild_id].members.get(one.author_id)
    if author is not None:
        where["member"] = wire.member_only(author)
    return {**message(world, one), **where}


def metadata(world: World, one: Interaction, answer: Message | None = None) -> Json:
    """`interaction_metadata` of an answer; a follow-up names the first answer too."""
    shown: Json = {
        "id": str(one.id),
        "type": int(one.kind),
        "user": wire.user(world.users[one.user_id]),
        "authorizing_integration_owners": owners(one),
    }
    if answer is not None and one.original_id not in (None, answer.id):
        shown["original_response_message_id"] = str(one.original_id)
    if one.kind is InteractionKind.COMMAND:
        shown |= {"name": one.data["name"], "command_type": one.data["type"]}
    if one.kind is InteractionKind.COMPONENT:
        shown["interacted_message_id"] = str(one.source_id)
    if one.kind is InteractionKind.MODAL and one.parent is not None:
        shown["triggering_interaction_metadata"] = metadata(world, one.parent)
    return shown


def owners(one: Interaction) -> Json:
    """Who installed the application: the guild, or "0" in the bot's own DM (docs: Authorizing Integration Owners)."""
    return {"0": "0" if one.guild_id is None else str(one.guild_id)}


def _reference(world: World, one: Message, original_id: int) -> Json:
    """A reply: which message it answers, and that message while it is still there."""
    place = world.channel(one.channel_id)
    reference = {"type": 0, "channel_id": str(one.channel_id), "message_id": str(original_id)}
    if place is not None and place.guild_id is not None:
        reference["guild_id"] = str(place.guild_id)
    original = world.messages[original_id]
    shown = None if original.deleted else message(world, original)
    if shown is not None:
        shown.pop("referenced_message", None)  # one level deep, as Discord answers
    return {"message_reference": reference, "referenced_message": shown}


def _attachment(world: World, one: Message, file: Attachment) -> Json:
    url = f"{world.files_url}/{one.channel_id}/{file.id}/{file.filename}"
    shown: Json = {
        "id": str(file.id),
        "filename": file.filename,
        "size": len(file.data),
        "url": url,
        "proxy_url": url,
        "content_type": file.content_type,
        "ephemeral": one.ephemeral,
        "flags": 0,
    }
    return shown | ({"description": file.description} if file.description else {})


def _with_urls(value: Any, urls: dict[str, str]) -> Any:
    """The same JSON with attachment:// addresses replaced by where the file really is."""
    if not urls:
        return value
    if isinstance(value, dict):
        return {key: _with_urls(inner, urls) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_urls(inner, urls) for inner in value]
    return urls.get(value, value) if isinstance(value, str) else value
