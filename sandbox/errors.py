"""Discord's refusals as values: status, code, message and, for 50035, the tree that names each wrong field.

Codes and messages: Discord's "Opcodes and Status Codes" page; the tree's shape: its "Reference", Error Messages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

FieldErrors = Mapping[str, tuple[str, str]]
"""A dotted path into the body, "" for the body itself → (Discord's code, sentence)."""


class ApiError(Exception):
    """A request that Discord would refuse.

    status: the HTTP status; code: Discord's own number, 0 where it has none; errors: the tree of a 50035.
    headers: what the answer must carry besides its body; the rate limits fill it in on the way out.
    """

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(f"{status} ({code}) {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
        self.headers: dict[str, str] = {}

    def body(self) -> dict[str, Any]:
        """The JSON body of the answer."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors is not None:
            body["errors"] = self.errors
        return body

    def response(self) -> web.Response:
        return json_response(self.body(), status=self.status, headers=self.headers)


def json_response(
    body: object, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """A JSON answer whose Content-Type is exactly `application/json`.

    aiohttp's own json_response adds a charset, and discord.py then takes the body for plain text.
    """
    return web.Response(
        body=json.dumps(body, separators=(",", ":")).encode(),
        status=status,
        headers={**(headers or {}), "Content-Type": "application/json"},
    )


@web.middleware
async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns a raised ApiError into its answer."""
    try:
        return await handler(request)
    except ApiError as error:
        return error.response()


def form_error(fields: FieldErrors) -> ApiError:
    """400 "Invalid Form Body" (50035) with one leaf for each field."""
    tree: dict[str, Any] = {}
    for path, (code, message) in fields.items():
        node = tree
        for part in filter(None, path.split(".")):
            node = node.setdefault(part, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})
    return ApiError(400, 50035, "Invalid Form Body", tree)


def too_long(path: str, most: int) -> ApiError:
    """50035 for one text that is longer than `most` characters."""
    return form_error({path: ("BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")})


def bad_length(path: str, least: int, most: int) -> ApiError:
    """50035 for a text or a list whose length is not between `least` and `most`."""
    return form_error({path: ("BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")})


def required(path: str) -> ApiError:
    """50035 for a field that is missing."""
    return form_error({path: ("BASE_TYPE_REQUIRED", "This field is required")})


def out_of_range(path: str, least: int, most: int, value: int) -> ApiError:
    """50035 for a number that is not between `least` and `most`."""
    code = "NUMBER_TYPE_MIN" if value < least else "NUMBER_TYPE_MAX"
    return form_error({path: (code, f"int value should be between {least} and {most}.")})


def not_a_moment(path: str, text: str) -> ApiError:
    """50035 for a text that is no moment that can be used here."""
    return form_error({path: ("DATETIME_TYPE_PARSE", f"Could not parse {text}. Should be ISO8601.")})


def barred_name(path: str, word: str) -> ApiError:
    """50035 for a name that Discord keeps for itself."""
    return form_error({path: ("USERNAME_INVALID_CONTAINS", f'Username cannot contain "{word}"')})


def unsupported(what: str) -> ApiError:
    """501: Discord could, the sandbox cannot. No description has that status, so that no test overlooks it."""
    return ApiError(501, 0, f"The sandbox has no {what}.")


def _named(status: int, code: int, message: str) -> Callable[[], ApiError]:
    def make() -> ApiError:
        return ApiError(status, code, message)

    return make


unauthorized = _named(401, 0, "401: Unauthorized")
not_found = _named(404, 0, "404: Not Found")
method_not_allowed = _named(405, 0, "405: Method Not Allowed")

unknown_channel = _named(404, 10003, "Unknown Channel")
unknown_guild = _named(404, 10004, "Unknown Guild")
unknown_member = _named(404, 10007, "Unknown Member")
unknown_message = _named(404, 10008, "Unknown Message")
unknown_role = _named(404, 10011, "Unknown Role")
unknown_user = _named(404, 10013, "Unknown User")
unknown_emoji = _named(404, 10014, "Unknown Emoji")
unknown_ban = _named(404, 10026, "Unknown Ban")
unknown_webhook = _named(404, 10015, "Unknown Webhook")
unknown_interaction = _named(404, 10062, "Unknown interaction")
unknown_command = _named(404, 10063, "Unknown application command")
unknown_tag = _named(404, 10087, "Unknown Tag")

too_many_pins = _named(400, 30003, "Maximum number of pins reached for the channel (250)")
too_many_roles = _named(400, 30005, "Maximum number of guild roles reached (250)")
too_many_webhooks = _named(400, 30007, "Maximum number of webhooks reached (15)")
too_many_reactions = _named(400, 30010, "Maximum number of reactions reached (20)")
too_many_guild_channels = _named(400, 30013, "Maximum number of guild channels reached (500)")
too_many_thread_members = _named(400, 30033, "Maximum number of thread participants has been reached (1000)")
too_many_pinned_posts = _named(
    400, 30047, "Maximum number of pinned threads in a forum channel has been reached"
)
too_many_commands = _named(400, 30032, "Maximum number of application commands reached (100)")
too_many_command_creates = _named(
    400, 30034, "Maximum number of daily application command creates has been reached (200)"
)

opening_dms_too_fast = _named(400, 40003, "You are opening direct messages too fast")
request_too_large = _named(413, 40005, "Request entity too large")
already_crossposted = _named(400, 40033, "This message has already been crossposted")
forum_message = _named(400, 40058, "Cannot send a message in a forum channel")
already_acknowledged = _named(400, 40060, "Interaction has already been acknowledged.")

tag_names_repeat = _named(400, 40061, "Tag names must be unique")
no_tag_for_members = _named(400, 40066, "There are no tags available that can be set by non-moderators")
tag_required = _named(400, 40067, "A tag is required to create a forum post in this channel")

missing_access = _named(403, 50001, "Missing Access")
not_in_a_dm = _named(400, 50003, "Cannot execute action on a DM channel")
not_your_message = _named(403, 50005, "Cannot edit a message authored by another user")
empty_message = _named(400, 50006, "Cannot send an empty message")
closed_dms = _named(403, 50007, "Cannot send messages to this user")
not_a_text_channel = _named(400, 50008, "Cannot send messages in a non-text channel")
missing_permissions = _named(403, 50013, "Missing Permissions")
system_message = _named(400, 50021, "Cannot execute action on a system message")
message_too_old = _named(400, 50034, "A message provided was too old to bulk delete")
wrong_channel_type = _named(400, 50024, "Cannot execute action on this channel type")
invalid_webhook_token = _named(401, 50027, "Invalid Webhook Token")
invalid_role = _named(400, 50028, "Invalid Role")
file_too_large = _named(400, 50045, "File uploaded exceeds the maximum size")
thread_archived = _named(400, 50083, "Thread is archived")
invalid_json = _named(400, 50109, "The request body contains invalid JSON.")
no_mutual_guild = _named(403, 50278, "Cannot send messages to this user due to having no mutual guilds")

reply_without_history = _named(400, 160002, "You cannot reply without permission to read message history")
thread_exists = _named(400, 160004, "A thread has already been created for this message")
thread_locked = _named(400, 160005, "Thread is locked")
too_many_active_threads = _named(400, 160006, "Maximum number of active threads reached")
forum_webhook = _named(400, 220001, "Webhooks posted to forum channels must have a thread_name or thread_id")
nobody_banned = _named(400, 500000, "Failed to ban users")
