"""What kind of value each field of a request holds, at whatever depth. Pure: returns None or raises ApiError.

Discord's description says the same and more; this holds where it is absent, so that no handler meets a list where it
wants a text. A field's name means one kind of value everywhere, but for `value` and `id`.
"""

from __future__ import annotations

from sandbox import errors
from sandbox.errors import form_error
from sandbox.limits_common import at

_OBJECTS = """embeds components fields attachments options choices items permission_overwrites available_tags
    default_values"""
_LISTS = "roles users parse user_ids messages applied_tags sticker_ids channel_types"
_IDS = "message_id channel_id parent_id recipient_id guild_id"
_BIT_SETS = "permissions allow deny default_member_permissions"
_NAMES: dict[tuple[type, ...], str] = {
    (str,): """content name description title text url label placeholder custom_id username topic filename
        thread_name communication_disabled_until nick timestamp icon_url""",
    (int,): """flags color style min_values max_values min_length max_length rate_limit_per_user position
        spacing auto_archive_duration default_auto_archive_duration default_thread_rate_limit_per_user accent_color
        delete_message_seconds delete_message_days""",
    (bool,): """inline required disabled tts divider spoiler nsfw mentionable hoist archived locked invitable
        enforce_nonce fail_if_not_exists replied_user autocomplete moderated default""",
    (
        dict,
    ): """data message allowed_mentions message_reference footer author image thumbnail video provider emoji
        media component accessory""",
    (list,): f"{_OBJECTS} {_LISTS}",
    (str, int): f"{_IDS} {_BIT_SETS} nonce id type",
}
_KINDS = {name: kinds for kinds, names in _NAMES.items() for name in names.split()}
_DECIMAL = frozenset(f"{_IDS} {_BIT_SETS}".split(" "))
_OF_OBJECTS = frozenset(name for name in _OBJECTS.split())
_OF_IDS = frozenset(name for name in _LISTS.split() if name != "parse")


def check_shapes(body: object, path: str = "") -> None:
    """Raises 50035 at the first field whose value is of another kind than its name promises; null is none."""
    if isinstance(body, list):
        for index, entry in enumerate(body):
            check_shapes(entry, at(path, index))
    elif isinstance(body, dict):
        for name, value in body.items():
            if value is not None:
                _check_field(name, value, at(path, name))


def _check_field(name: str, value: object, path: str) -> None:
    kinds = _KINDS.get(name, (object,))
    truth_as_number = isinstance(value, bool) and int in kinds
    if not isinstance(value, kinds) or truth_as_number:
        wanted = " or ".join(kind.__name__ for kind in kinds)
        raise form_error({path: ("BASE_TYPE_BAD_TYPE", f'Value "{_cut(value)}" is not {wanted}.')})
    if name in _DECIMAL and not str(value).isdecimal():
        raise _no_id(value, path)
    if isinstance(value, list):
        _check_entries(name, value, path)
    check_shapes(value, path)


def _check_entries(name: str, entries: list[object], path: str) -> None:
    for index, entry in enumerate(entries):
        here = at(path, index)
        if name in _OF_OBJECTS and not isinstance(entry, dict):
            message = "Only dictionaries may be used in a ModelType"
            raise form_error({here: ("MODEL_TYPE_CONVERT", message)})
        if name == "components" and isinstance(entry, dict) and not isinstance(entry.get("type"), int):
            raise errors.required(at(here, "type"))
        if name in _OF_IDS and entry is not None and not str(entry).isdecimal():
            raise _no_id(entry, here)


def _no_id(value: object, path: str) -> errors.ApiError:
    return form_error({path: ("NUMBER_TYPE_COERCE", f'Value "{_cut(value)}" is not snowflake.')})


def _cut(value: object) -> str:
    return str(value)[:100]
