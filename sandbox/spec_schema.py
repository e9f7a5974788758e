"""Discord's OpenAPI description as validators, made when first needed; and its complaints as 50035 leaves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jsonschema_rs

Schema = dict[str, Any]

_HOME = "urn:discord"


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Where Discord does more than its description says. reason: Discord's own sentence, and where it stands."""

    reason: str
    of_answers: bool  # else of requests
    apply: Callable[[Schema], None]


def _ids_as_integers(described: Schema) -> None:
    schemas = described["components"]["schemas"]
    text = schemas["SnowflakeType"]
    schemas["SnowflakeType"] = {"anyOf": [text, {"type": "integer", "minimum": 0}]}


def _bit_sets_as_strings(described: Schema) -> None:
    for properties in _all_properties(described):
        for name in ("allow", "deny", "permissions", "default_member_permissions"):
            field = properties.get(name, {})
            if "integer" in field.get("type", ()):
                field["type"] = ["integer", "null", "string"]
                field["pattern"] = "^[0-9]+$"


def _words_as_error_codes(described: Schema) -> None:
    leaf = described["components"]["schemas"]["InnerErrors"]["properties"]["_errors"]
    text = {"type": "string"}
    leaf["items"] = {
        "type": "object",
        "properties": {"code": text, "message": text},
        "required": ["code", "message"],
    }


def _parameter_of_posts(described: Schema) -> None:
    operation = described["paths"]["/channels/{channel_id}/threads"]["post"]
    parameter = {"name": "use_nested_fields", "in": "query", "schema": {"type": "boolean"}}
    operation["parameters"] = [*operation.get("parameters", ()), parameter]


def _bans_without_body(described: Schema) -> None:
    one = described["paths"]["/guilds/{guild_id}/bans/{user_id}"]
    for method in ("put", "delete"):
        one[method]["requestBody"]["required"] = False
    seconds = {"name": "delete_message_seconds", "in": "query", "schema": {"type": "integer"}}
    one["put"].setdefault("parameters", []).append(seconds)


def _all_properties(node: object) -> Iterator[Schema]:
    """The properties of every object schema, wherever it stands."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            yield node["properties"]
        for part in node.values():
            yield from _all_properties(part)
    elif isinstance(node, list):
        for part in node:
            yield from _all_properties(part)


# Six at the most.
RELAXATIONS = (
    Relaxation(
        '"Internally, Discord stores IDs as integer snowflakes." (API Reference, ID Serialization)',
        of_answers=False,
        apply=_ids_as_integers,
    ),
    Relaxation(
        '"Our API accepts strings for int fields if they are parseable as ints." (discord-api-spec, README)',
        of_answers=False,
        apply=_bit_sets_as_strings,
    ),
    Relaxation(
        '"… follow the docs, not the spec." (discord-api-spec, README; in the docs, API Reference, '
        "Error Messages, the inner codes are words such as BASE_TYPE_CHOICES)",
        of_answers=True,
        apply=_words_as_error_codes,
    ),
    Relaxation(
        '"Returns a channel, with a nested message object, on success" (Channel, Start Thread in Forum or Media '
        "Channel; discord.py asks for the nested shape by `use_nested_fields`, as Discord's own client does)",
        of_answers=False,
        apply=_parameter_of_posts,
    ),
    Relaxation(
        '"Create a guild ban, and optionally delete previous messages sent by the banned user." (Guild, Create Guild '
        "Ban; Remove Guild Ban documents no body. discord.py sends none, and the seconds as a query)",
        of_answers=False,
        apply=_bans_without_body,
    ),
)


class Schemas:
    """The description's schemas. Validators are compiled at their first use and kept."""

    def __init__(self, text: str) -> None:
        import jsonschema_rs

        text = text.replace('"#/components/', f'"{_HOME}#/components/')
        answered, asked = json.loads(text), json.loads(text)
        for relaxation in RELAXATIONS:
            relaxation.apply(answered if relaxation.of_answers else asked)
        self.requests: dict[str, Schema] = asked["paths"]
        self.answers: dict[str, Schema] = answered["paths"]
        self._responses: Schema = answered["components"]["responses"]
        self._make = jsonschema_rs.Draft202012Validator
        self._of_requests = jsonschema_rs.Registry([(_HOME, {"components": asked["components"]})])
        self._of_answers = jsonschema_rs.Registry([(_HOME, {"components": answered["components"]})])
        self._made: dict[tuple[str, ...], jsonschema_rs.Draft202012Validator] = {}

    def errors(
        self, key: tuple[str, ...], schema: Schema, value: object, *, request: bool
    ) -> dict[str, tuple[str, str]]:
        """What is wrong with a value: dotted path → (Discord's code, sentence). Empty when it fits.

        key: names the schema for ever, so that it is compiled once.
        """
        if self.fits(key, schema, value, request=request):
            return {}
        leaves = [leaf for error in self._made[key].iter_errors(value) for leaf in _leaves(error)]
        return {_path_of(leaf): _in_discords_words(leaf) for leaf in leaves}

    def fits(self, key: tuple[str, ...], schema: Schema, value: object, *, request: bool) -> bool:
        """Is nothing wrong with it? Far cheaper than to ask what."""
        validator = self._made.get(key)
        if validator is None:
            registry = self._of_requests if request else self._of_answers
            # Formats are left to Discord's own words: "snowflake" and "nonce" are none that the world knows.
            validator = self._make(schema, registry=registry, validate_formats=False)
            self._made[key] = validator
        return validator.is_valid(value)

    def response(self, template: str, method: str, status: int) -> Schema | None:
        """What the description says about this status: its response object; None for a status it lacks."""
        responses = self.answers[template][method]["responses"]
        found = responses.get(str(status)) or responses.get(f"{status // 100}XX")
        if found is not None and "$ref" in found:
            found = self._responses[found["$ref"].rpartition("/")[2]]
        return found  # type: ignore[no-any-return]


def _leaves(error: jsonschema_rs.ValidationError) -> Iterator[jsonschema_rs.ValidationError]:
    """The errors of the alternative that was meant: the one of the right "type", and with the fewest errors."""
    branches = getattr(error.kind, "context", None)
    if not branches:
        yield error
        return
    here = list(error.instance_path)

    def strangeness(branch: list[jsonschema_rs.ValidationError]) -> tuple[bool, int]:
        other = any(
            (list(one.instance_path) == [*here, "type"] and one.kind.name in ("enum", "const"))
            or (list(one.instance_path) == here and one.kind.name == "type")
            for one in branch
        )
        return other, len(branch)

    for one in min(branches, key=strangeness):
        yield from _leaves(one)


# JSON Schema's keywords → the codes that Discord answers with.
_CODES = {
    "maxLength": "BASE_TYPE_MAX_LENGTH",
    "maxItems": "BASE_TYPE_MAX_LENGTH",
    "minLength": "BASE_TYPE_MIN_LENGTH",
    "minItems": "BASE_TYPE_MIN_LENGTH",
    "maximum": "NUMBER_TYPE_MAX",
    "minimum": "NUMBER_TYPE_MIN",
    "required": "BASE_TYPE_REQUIRED",
    "enum": "BASE_TYPE_CHOICES",
    "const": "BASE_TYPE_CHOICES",
    "pattern": "STRING_TYPE_REGEX",
    "type": "BASE_TYPE_BAD_TYPE",
}


def _path_of(error: jsonschema_rs.ValidationError) -> str:
    """Where the fault is. A field that is missing is named itself, not what should have held it."""
    missing = [error.kind.value] if error.kind.name == "required" else []
    return ".".join(map(str, [*error.instance_path, *missing]))


def _in_discords_words(error: jsonschema_rs.ValidationError) -> tuple[str, str]:
    name = error.kind.name
    code = _CODES.get(name, "BASE_TYPE_BAD_TYPE")
    if name in ("maxLength", "maxItems"):
        return code, f"Must be {error.kind.value} or fewer in length."
    if name == "required":
        return code, "This field is required"
    return code, _cut(error.message)


def _cut(text: str, most: int = 200) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
