"""From what a bot sends to what Discord keeps: defaults filled in, ids given, pings decided. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.model import NOBODY, Attachment, Guild, Json, Message, MessageFlag, Pinged
from sandbox.permissions import Permission

NewId = Callable[[], int]

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
ENTITY_SELECTS = (5, 6, 7, 8)  # user, role, mentionable, channel
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 9, 10, 11, 12, 13, 14, 17, 18
FILE_UPLOAD = 19

_SETTABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.COMPONENTS_V2
_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it has an id."""

    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    nonce: str | int | None = None
    mentions: Pinged = NOBODY
    reference_id: int | None = None
    author_name: str | None = None  # a webhook's, for this message


@dataclass(frozen=True, slots=True)
class Author:
    """Where something is said and what its author may do there; decides who can be pinged.

    replied: who wrote the message that is answered; None for what is no reply. calls: what is called where the
    request says nothing of allowed_mentions; see ANSWERS_CALL.
    """

    guild: Guild | None
    may: int
    replied: int | None = None
    calls: tuple[str, ...] = ("users", "roles", "everyone")


ANSWERS_CALL = ("users",)
"""docs, Default Settings for Allowed Mentions: "In interactions and webhooks, only user mentions are parsed"."""


def clean_filename(name: str) -> str:
    """A file's name as it stands in addresses: Discord keeps letters, digits, dot, dash and underscore."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("_") or "file"


def new(body: Mapping[str, Any], files: Sequence[Attachment], author: Author, new_id: NewId) -> Draft:
    """A new message. body: the request as Discord's description has it; files: what was uploaded with it."""
    content = body.get("content") or ""
    components = kept_components(body.get("components") or [], new_id)
    flags = (body.get("flags") or 0) & int(_SETTABLE | MessageFlag.EPHEMERAL)
    return Draft(
        content,
        [_embed(embed) for embed in body.get("embeds") or []],
        components,
        list(files),
        flags,
        body.get("nonce"),
        mentions(all_text(content, components), body.get("allowed_mentions"), author),
        int(reference["message_id"]) if (reference := body.get("message_reference")) else None,
    )


def edited(
    message: Message, body: Mapping[str, Any], files: Sequence[Attachment], author: Author, new_id: NewId
) -> Draft:
    """The message after a PATCH: a key that is absent keeps what was there, null empties it."""
    content = body["content"] or "" if "content" in body else message.content
    embeds = [_embed(e) for e in body["embeds"] or []] if "embeds" in body else message.embeds
    components = message.components
    if "components" in body:
        components = kept_components(body["components"] or [], new_id)
    kept = message.attachments
    if "attachments" in body:
        wanted = {int(entry["id"]) for entry in body["attachments"] or []}
        kept = [attachment for attachment in kept if attachment.id in wanted]
    pinged = mentions(all_text(content, components), body.get("allowed_mentions"), author)
    flags = edited_flags(message, body)
    return Draft(content, embeds, components, [*kept, *files], flags, None, pinged)


def edited_flags(message: Message, body: Mapping[str, Any]) -> int:
    """Flags after a PATCH. The waiting ends; embeds may be hidden or shown; "v2" can be set, never taken back."""
    sent = body.get("flags")
    flags = message.flags & ~MessageFlag.LOADING
    if sent is not None:
        flags = flags & ~MessageFlag.SUPPRESS_EMBEDS | sent & MessageFlag.SUPPRESS_EMBEDS
        flags |= sent & MessageFlag.COMPONENTS_V2
    return int(flags)


def mentions(text: str, allowed: Mapping[str, Any] | None, author: Author) -> Pinged:
    """Who is called: named in the text, allowed by allowed_mentions, permitted in this place.

    Absent or null allowed_mentions allow what is usual there, the author of an answered message too (docs: Allowed
    Mentions Object, where `replied_user` "defaults to false" once the object is there).
    """
    named = tuple(dict.fromkeys(int(user) for user in _USER.findall(text)))
    roles = tuple(dict.fromkeys(int(role) for role in _ROLE.findall(text)))
    parse = author.calls if allowed is None else allowed.get("parse") or ()
    if "users" not in parse:
        named = tuple(user for user in named if str(user) in _ids(allowed, "users"))
    if "roles" not in parse:
        roles = tuple(role for role in roles if str(role) in _ids(allowed, "roles"))
    replied = author.replied if allowed is None or allowed.get("replied_user") else None
    if replied is not None and replied not in named:
        named = (*named, replied)
    loud = bool(author.may & Permission.MENTION_EVERYONE)
    return Pinged(
        named,
        tuple(role for role in roles if _can_be_called(role, author.guild, loud)),
        "everyone" in parse and loud and author.guild is not None and _EVERYONE.search(text) is not None,
    )


def _ids(allowed: Mapping[str, Any] | None, key: str) -> set[str]:
    return {str(one) for one in (allowed or {}).get(key) or ()}


def _can_be_called(role_id: int, guild: Guild | None, loud: bool) -> bool:
    if guild is None or role_id not in guild.roles:
        return False
    return loud or guild.roles[role_id].mentionable


# -- components ----------------------------------------------------------------------------------


def walk(components: Sequence[Json]) -> Iterator[Json]:
    """Every component in reading order, parents before children; a section's or label's own part too."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        for part in ("accessory", "component"):
            if component.get(part):
                yield from walk([component[part]])


def all_text(content: str, components: Sequence[Json]) -> str:
    """What is read aloud: the content, then every text display."""
    shown = [c["content"] for c in walk(components) if c["type"] == TEXT]
    return "\n".join([content, *shown] if content else shown)


def kept_components(components: Sequence[Json], new_id: NewId) -> list[Json]:
    """The components as the response shows them: defaults filled in, nulls dropped, each with an id.

    Ids that the bot did not give count up from 1 (docs: Component Reference, Anatomy).
    """
    kept = [_component(component, new_id) for component in components]
    taken = {c["id"] for c in walk(kept) if c.get("id")}
    free = (n for n in range(1, 10_000) if n not in taken)
    for component in walk(kept):
        if not component.get("id"):
            component["id"] = next(free)
    return kept


def _component(sent: Json, new_id: NewId) -> Json:
    kept = {**_DEFAULTS.get(sent["type"], {}), **{k: v for k, v in sent.items() if v is not None}}
    kept.setdefault("id", 0)
    for key in ("media", "file"):
        if key in kept:
            kept[key] = _media(kept[key], new_id)
    if "items" in kept:
        kept["items"] = [
            {
                "description": item.get("description"),
                "spoiler": item.get("spoiler") or False,
                "media": _media(item["media"], new_id),
            }
            for item in kept["items"]
        ]
    if "components" in kept:
        kept["components"] = [_component(child, new_id) for child in kept["components"]]
    for part in ("accessory", "component"):
        if part in kept:
            kept[part] = _component(kept[part], new_id)
    if "default_values" in kept:
        kept["default_values"] = [{**default, "id": str(default["id"])} for default in kept["default_values"]]
    if "options" in kept:
        kept["options"] = [_option(option) for option in kept["options"]]
    if "emoji" in kept:
        kept["emoji"] = _emoji(kept["emoji"])
    return kept


def _option(sent: Json) -> Json:
    kept = {key: value for key, value in sent.items() if value is not None}
    return {**kept, "emoji": _emoji(kept["emoji"])} if "emoji" in kept else kept


def _emoji(sent: Json) -> Json:
    """Ids may come as numbers and are shown as text; a plain emoji has none."""
    kept = {key: value for key, value in sent.items() if value is not None}
    return {**kept, "id": str(kept["id"])} if "id" in kept else kept


_SELECT: Json = {"min_values": 1, "max_values": 1}
_DEFAULTS: dict[int, Json] = {
    STRING_SELECT: _SELECT,
    TEXT_INPUT: {"label": None, "min_length": None, "max_length": None, "required": True},
    **dict.fromkeys(ENTITY_SELECTS, _SELECT),
    THUMBNAIL: {"description": None, "spoiler": False},
    FILE: {"spoiler": False, "name": None, "size": None},
    FILE_UPLOAD: {**_SELECT, "required": True},
    SEPARATOR: {"spacing": 1, "divider": True},
    CONTAINER: {"accent_color": None, "spoiler": False},
}


def _media(sent: Json, new_id: NewId) -> Json:
    return {"id": str(new_id()), "url": sent["url"], "proxy_url": sent["url"]}


# -- embeds --------------------------------------------------------------------------------------


def _embed(sent: Json) -> Json:
    kept = {key: value for key, value in sent.items() if value is not None}
    kept["type"] = kept.get("type") or "rich"
    if "fields" in kept:
        kept["fields"] = [{**entry, "inline": bool(entry.get("inline"))} for entry in kept["fields"]]
    return kept
