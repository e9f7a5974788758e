"""Limits that Discord's OpenAPI description lacks. Pure checks: they return None or raise ApiError.

Each figure stands in Discord's documentation; the codes inside 50035 are those that Discord answers with. `under`
is where the payload lies in the request's body, so that the tree of a 50035 starts at the body's root.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sandbox import errors
from sandbox.errors import form_error
from sandbox.limits_commands import check_command, check_commands, check_number
from sandbox.limits_common import Json, at, check_choices, check_length

__all__ = [
    "check_autocomplete",
    "check_channel",
    "check_command",
    "check_commands",
    "check_files",
    "check_message",
    "check_modal",
    "check_number",
]

CONTENT_CHARACTERS = 2000  # 4000 in the description: that is what a Nitro user may write
EMBEDS_CHARACTERS = 6000  # of all embeds of a message together, white space at the ends not counted
ACTION_ROWS = 5
ROW_WIDTH = 5  # a button is 1 wide, a menu takes the whole row
COMPONENTS_V2 = 40  # nested ones included
TEXT_CHARACTERS_V2 = 4000  # of all text displays together
NONCE_CHARACTERS = 25
ATTACHMENTS = 10
FILE_BYTES = 10 * 1024 * 1024  # what INTERACTION_CREATE says as attachment_size_limit
REQUEST_BYTES = 25 * 1024 * 1024
MODAL_COMPONENTS = 5  # 40 in the description
MODAL_TITLE = LABEL_CHARACTERS = 45
CUSTOM_ID_CHARACTERS = 100
CHANNEL_NAME = 100
CHANNEL_TOPIC = 1024
SLOWMODE_S = 21_600
ARCHIVE_MINUTES = (60, 1440, 4320, 10080)

IS_COMPONENTS_V2 = 1 << 15
FORWARD = 1

ACTION_ROW, BUTTON, TEXT_DISPLAY, LABEL = 1, 2, 10, 18
LINK, PREMIUM = 5, 6  # styles of a button
SCHEMES = ("http", "https", "discord")

_VISIBLE_IN_EMBED = frozenset(
    {"title", "description", "url", "timestamp", "footer", "image", "thumbnail", "author", "fields", "video"}
)


# -- messages ------------------------------------------------------------------------------------


def check_message(payload: Json, *, edit: bool = False, files: int = 0, under: str = "") -> None:
    """A message as it is sent; an edit may leave anything out. files: how many are uploaded with it."""
    content = payload.get("content") or ""
    if len(content) > CONTENT_CHARACTERS:
        raise errors.too_long(at(under, "content"), CONTENT_CHARACTERS)
    _check_nonce(payload.get("nonce"), under)
    _check_calls(payload.get("allowed_mentions") or {}, under)
    if len(payload.get("attachments") or ()) > ATTACHMENTS or files > ATTACHMENTS:
        raise errors.too_long(at(under, "attachments"), ATTACHMENTS)
    embeds = payload.get("embeds") or ()
    if sum(map(embed_characters, embeds)) > EMBEDS_CHARACTERS:
        message = f"Embed size exceeds maximum size of {EMBEDS_CHARACTERS}"
        raise form_error({at(under, "embeds"): ("MAX_EMBED_SIZE_EXCEEDED", message)})
    components = payload.get("components") or ()
    if (payload.get("flags") or 0) & IS_COMPONENTS_V2:
        _check_v2(payload, components, under)
    else:
        _check_v1(components, under)
    _check_custom_ids(components, under)
    _check_options(components, under)
    if not edit and not files and is_empty(payload):
        raise errors.empty_message()


def is_empty(payload: Json) -> bool:
    """Is there nothing to see in this message, uploaded files aside?"""
    if (payload.get("content") or "").strip() or payload.get("components") or payload.get("sticker_ids"):
        return False
    if payload.get("poll") or (payload.get("message_reference") or {}).get("type") == FORWARD:
        return False
    return not any(any(map(embed.get, _VISIBLE_IN_EMBED)) for embed in payload.get("embeds") or ())


def embed_characters(embed: Json) -> int:
    """What one embed counts towards the limit of all."""
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for one in embed.get("fields") or ():
        texts += [one.get("name"), one.get("value")]
    return sum(len(text.strip()) for text in texts if text)


def check_files(sizes: Sequence[int]) -> None:
    """Uploaded files, each with its size in bytes."""
    if sum(sizes) > REQUEST_BYTES:
        raise errors.request_too_large()
    if any(size > FILE_BYTES for size in sizes):
        raise errors.file_too_large()
    if len(sizes) > ATTACHMENTS:
        raise errors.too_long("attachments", ATTACHMENTS)


def _check_nonce(nonce: object, under: str) -> None:
    if isinstance(nonce, str) and len(nonce) > NONCE_CHARACTERS:
        message = f"The nonce is too long (>{NONCE_CHARACTERS})."
        raise form_error({at(under, "nonce"): ("NONCE_TYPE_TOO_LONG", message)})


def _check_calls(allowed: Json, under: str) -> None:
    """docs, Allowed Mentions Object: all of a kind, or those of a list; an empty list is none."""
    for kind in ("users", "roles"):
        if kind in (allowed.get("parse") or ()) and allowed.get(kind):
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            raise form_error(
                {at(under, "allowed_mentions"): ("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)}
            )


# -- components ----------------------------------------------------------------------------------


def walk(components: Sequence[Json], path: str) -> Iterator[tuple[str, Json]]:
    """Every component with its path, parents first."""
    for index, component in enumerate(components):
        here = at(path, index)
        yield here, component
        yield from walk(component.get("components") or (), at(here, "components"))
        for key in ("accessory", "component"):
            if component.get(key):
                yield at(here, key), component[key]


def _check_v1(rows: Sequence[Json], under: str) -> None:
    path = at(under, "components")
    if len(rows) > ACTION_ROWS:
        raise errors.bad_length(path, 1, ACTION_ROWS)
    for index, row in enumerate(rows):
        if row.get("type") != ACTION_ROW:
            message = 'Value of field "type" must be one of (1,).'
            raise form_error({at(path, f"{index}.type"): ("UNION_TYPE_CHOICES", message)})
        _check_row(row, at(path, index))


def _check_row(row: Json, path: str) -> None:
    width = 0
    for index, component in enumerate(row.get("components") or ()):
        if component.get("type") == BUTTON:
            _check_button(component, at(path, f"components.{index}"))
        width += 1 if component.get("type") == BUTTON else ROW_WIDTH
        if width > ROW_WIDTH:
            message = "The specified component exceeds the maximum width"
            where = at(path, f"components.{index}")
            raise form_error({where: ("COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)})
    if width == 0:
        raise errors.bad_length(at(path, "components"), 1, ROW_WIDTH)


def _check_button(button: Json, path: str) -> None:
    """docs, Button: a link has a url and no custom_id, any other but premium a custom_id and no url."""
    needed, barred = ("url", "custom_id") if button.get("style") == LINK else ("custom_id", "url")
    if button.get("style") == PREMIUM:
        return
    if not button.get(needed):
        raise errors.required(at(path, needed))
    if button.get(barred):
        message = "A custom id and url cannot both be specified"
        code = "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE"
        raise form_error({at(path, barred): (code, message)})
    scheme = (button.get("url") or "https:").partition(":")[0].lower()
    if scheme not in SCHEMES:
        message = f'Scheme "{scheme}" is not supported. Scheme must be one of {SCHEMES}.'
        raise form_error({at(path, "url"): ("URL_TYPE_INVALID_SCHEME", message)})


def _check_v2(payload: Json, components: Sequence[Json], under: str) -> None:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if payload.get(key):
            message = f'The "{key}" field cannot be used when using MessageFlags.IS_COMPONENTS_V2'
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            raise form_error({at(under, key): (code, message)})
    path = at(under, "components")
    everything = list(walk(components, path))
    if len(everything) > COMPONENTS_V2:
        raise errors.bad_length(path, 1, COMPONENTS_V2)
    shown = (one.get("content") or "" for _, one in everything if one.get("type") == TEXT_DISPLAY)
    if sum(map(len, shown)) > TEXT_CHARACTERS_V2:
        message = f"The total displayable text exceeds {TEXT_CHARACTERS_V2} characters"
        raise form_error({path: ("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)})
    for where, component in everything:
        if component.get("type") == ACTION_ROW:
            _check_row(component, where)
        elif component.get("type") == BUTTON and where.endswith("accessory"):
            _check_button(component, where)


def _check_custom_ids(components: Sequence[Json], under: str) -> None:
    seen: set[str] = set()
    for path, component in walk(components, at(under, "components")):
        custom_id = component.get("custom_id")
        if custom_id in seen:
            message = "Component custom id cannot be duplicated"
            raise form_error({at(path, "custom_id"): ("COMPONENT_CUSTOM_ID_DUPLICATED", message)})
        if custom_id is not None:
            seen.add(custom_id)


def _check_options(components: Sequence[Json], under: str) -> None:
    """What is chosen must be told apart: no value twice in one menu."""
    for path, component in walk(components, at(under, "components")):
        seen: set[object] = set()
        for index, option in enumerate(component.get("options") or ()):
            if option.get("value") in seen:
                message = "The specified option value is already used"
                where = at(path, f"options.{index}.value")
                raise form_error({where: ("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)})
            seen.add(option.get("value"))


# -- forms, choices, channels --------------------------------------------------------------------


def check_modal(data: Json, *, under: str = "data") -> None:
    """A form: the `data` of a callback of type 9."""
    check_length(data.get("title"), at(under, "title"), 1, MODAL_TITLE)
    check_length(data.get("custom_id"), at(under, "custom_id"), 1, CUSTOM_ID_CHARACTERS)
    components = data.get("components") or ()
    if not 1 <= len(components) <= MODAL_COMPONENTS:
        raise errors.bad_length(at(under, "components"), 1, MODAL_COMPONENTS)
    for path, component in walk(components, at(under, "components")):
        if component.get("type") == LABEL:
            check_length(component.get("label"), at(path, "label"), 1, LABEL_CHARACTERS)
        elif component.get("label") is not None:
            check_length(component["label"], at(path, "label"), 1, LABEL_CHARACTERS)
    _check_custom_ids(components, under)
    _check_options(components, under)


def check_autocomplete(choices: Sequence[Json], *, under: str = "data.choices") -> None:
    """The choices of a callback of type 8."""
    check_choices(choices, under)


def check_channel(payload: Json) -> None:
    """A channel or thread as it is made or changed; what is absent is not checked."""
    if "name" in payload:
        check_length(payload["name"], "name", 1, CHANNEL_NAME)
    if len(payload.get("topic") or "") > CHANNEL_TOPIC:
        raise errors.too_long("topic", CHANNEL_TOPIC)
    slowmode = payload.get("rate_limit_per_user") or 0
    if not 0 <= slowmode <= SLOWMODE_S:
        message = f"int value should be between 0 and {SLOWMODE_S}."
        raise form_error({"rate_limit_per_user": ("NUMBER_TYPE_MAX", message)})
    for key in ("auto_archive_duration", "default_auto_archive_duration"):
        if payload.get(key) is not None and payload[key] not in ARCHIVE_MINUTES:
            message = f"Value must be one of {{{', '.join(map(str, ARCHIVE_MINUTES))}}}."
            raise form_error({key: ("BASE_TYPE_CHOICES", message)})
