"""Messages → Discord's JSON, with their files and where they came from. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox import wire
from sandbox.model import Attachment, ChannelKind, Interaction, InteractionKind, Json, Message
from sandbox.thread_rules import THREAD_CREATED, THREAD_STARTER

if TYPE_CHECKING:
    from sandbox.world import World

_STEPS = (1, 2)  # the option types of a subcommand and of a group of them


# docs, Message: `referenced_message` comes with these alone, whatever else refers to a message.
REFERRING = (19, THREAD_STARTER)  # a reply is 19


def message(world: World, one: Message, viewer_id: int | None = None) -> Json:
    """MessageResponse. viewer_id: whose own reactions are marked; the bot's when it is left out."""
    files = [attachment(world, one.channel_id, file, ephemeral=one.ephemeral) for file in one.attachments]
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
        "pinned": one.pinned_at is not None,
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
    if one.reactions:
        viewer = viewer_id or world.bot.id
        shown["reactions"] = [_reaction(emoji, who, viewer) for emoji, who in one.reactions.items()]
    if one.reference_id is not None:
        shown |= _reference(world, one, one.reference_id)
    if one.thread_id is not None:
        shown |= _of_thread(world, one, one.thread_id)
    if one.author_name is not None:
        shown["author"]["username"] = one.author_name
    if one.webhook_id is not None:
        shown |= {"webhook_id": str(one.webhook_id), "application_id": str(world.application_id)}
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
        shown |= {"name": _full_name(one.data), "command_type": one.data["type"]}
    if one.kind is InteractionKind.COMPONENT:
        shown["interacted_message_id"] = str(one.source_id)
    if one.kind is InteractionKind.MODAL and one.parent is not None:
        shown["triggering_interaction_metadata"] = metadata(world, one.parent)
    return shown


def _full_name(data: Json) -> str:
    """The command's name with its groups and subcommand (docs: Message Interaction Structure, name)."""
    steps = [option for option in data.get("options") or () if option["type"] in _STEPS]
    return " ".join([data["name"], *map(_full_name, steps)])


def owners(one: Interaction) -> Json:
    """Who installed the application: the guild, or "0" in the bot's own DM (docs: Authorizing Integration Owners)."""
    return {"0": "0" if one.guild_id is None else str(one.guild_id)}


def _of_thread(world: World, one: Message, thread_id: int) -> Json:
    """The thread that was started from a message; or, in a line that tells of one, where it is."""
    thread = world.channel(thread_id)
    if one.kind == THREAD_CREATED:
        reference = {"type": 0, "channel_id": str(thread_id)}
        home = world.channel(one.channel_id)
        return {"message_reference": reference | ({"guild_id": str(home.guild_id)} if home else {})}
    return {} if thread is None else {"thread": wire.joined_thread(world, thread)}


def _reference(world: World, one: Message, original_id: int) -> Json:
    """A reply or a thread's start: which message it is about, and that message while it is still there."""
    place, original = world.channel(one.channel_id), world.messages[original_id]
    reference = {"type": 0, "channel_id": str(original.channel_id), "message_id": str(original_id)}
    if place is not None and place.guild_id is not None:
        reference["guild_id"] = str(place.guild_id)
    if one.kind not in REFERRING:
        return {"message_reference": reference}
    shown = None if original.deleted else message(world, original)
    if shown is not None:
        shown.pop("referenced_message", None)  # one level deep, as Discord answers
    return {"message_reference": reference, "referenced_message": shown}


def _reaction(emoji: str, users: list[int], viewer_id: int) -> Json:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(users),
        "count_details": {"burst": 0, "normal": len(users)},
        "burst_colors": [],
        "me": viewer_id in users,
        "me_burst": False,
    }


def attachment(world: World, home_id: int, file: Attachment, *, ephemeral: bool) -> Json:
    """A file with its address. home_id: the channel, or the application for what came with an interaction."""
    url = f"{world.files_url}/{home_id}/{file.id}/{file.filename}"
    shown: Json = {
        "id": str(file.id),
        "filename": file.filename,
        "size": len(file.data),
        "url": url,
        "proxy_url": url,
        "content_type": file.content_type,
        "ephemeral": ephemeral,
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
