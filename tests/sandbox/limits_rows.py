"""The rows of the table of limits: what is asked, and how Discord refuses it. See test_limits_table.py."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from tests.sandbox.limits_scene import V2, Row, Scene
from tests.sandbox.test_limits import button, buttons, command, container, many, menu, option, row, text

SAY = "POST {messages}"
PUT_COMMANDS, CREATE = "PUT {commands}", "POST {commands}"
ANSWER = "POST {callback}"
FORM = (400, 50035)


def said(area: str, leaf: str, code: str, by: str = "hand", /, **body: Any) -> Row:
    """A message that is refused with 50035."""
    return Row(area, SAY, body, FORM, (leaf, code), by=by)


def embed(area: str, leaf: str, code: str = "BASE_TYPE_MAX_LENGTH", /, **one: Any) -> Row:
    return said(area, f"embeds.0.{leaf}", code, "spec", embeds=[{"title": "x", **one}])


def part(area: str, leaf: str, component: dict[str, Any], code: str = "BASE_TYPE_MAX_LENGTH") -> Row:
    return said(area, f"components.0.components.0.{leaf}", code, "spec", components=[row(component)])


def form(area: str, leaf: str, code: str, by: str = "hand", /, **changed: Any) -> Row:
    """A form that answers a command."""
    data = {"custom_id": "form", "title": "Form", "components": [label()], **changed}
    return Row(area, ANSWER, {"type": 9, "data": data}, FORM, (f"data.{leaf}", code), Scene.interact, by)


def label(component: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    inner = component or {"type": 4, "style": 1, "custom_id": "goal"}
    return {"type": 18, "label": "Goal", "component": inner, **more}


def in_form(area: str, leaf: str, component: dict[str, Any], code: str = "BASE_TYPE_MAX_LENGTH") -> Row:
    parts = [label({"custom_id": "x", **component})]
    return form(area, f"components.0.component.{leaf}", code, "spec", components=parts)


def commands(area: str, body: list[dict[str, Any]], leaf: str, code: str, by: str = "hand") -> Row:
    return Row(area, PUT_COMMANDS, body, FORM, (leaf, code), by=by)


def choices(count: int, of: str = "option") -> list[dict[str, Any]]:
    return [{"name": f"n{n}", "value": f"{of}{n}"} for n in range(count)]


def options(count: int) -> list[dict[str, Any]]:
    return [{"label": f"o{n}", "value": str(n)} for n in range(count)]


TEXT_INPUT = {"type": 4, "style": 1}
SECOND = {"messages": ["{message}", "{second}"]}
TWO_ROWS = [row(button("same")), row(button("same"))]
FULL_COMMAND = command(options=[option(f"o{n}", choices=choices(25, "v" * 90)) for n in range(4)])
LONG, MIN_LONG, BAD, TOO_MANY = (
    "BASE_TYPE_MAX_LENGTH",
    "BASE_TYPE_MIN_LENGTH",
    "BASE_TYPE_BAD_LENGTH",
    "NUMBER_TYPE_MAX",
)

MESSAGES = [
    said("content 2001", "content", LONG, content="x" * 2001),
    said("6001 in embeds", "embeds", "MAX_EMBED_SIZE_EXCEEDED", embeds=[{"description": "x" * 3001}] * 2),
    said("11 embeds", "embeds", LONG, "spec", embeds=[{"title": "x"}] * 11),
    embed("embed title 257", "title", title="x" * 257),
    embed("embed description 4097", "description", description="x" * 4097),
    embed("26 embed fields", "fields", fields=[{"name": "n", "value": "v"}] * 26),
    embed("field name 257", "fields.0.name", fields=[{"name": "n" * 257, "value": "v"}]),
    embed("field value 1025", "fields.0.value", fields=[{"name": "n", "value": "v" * 1025}]),
    embed("footer 2049", "footer.text", footer={"text": "x" * 2049}),
    embed("author 257", "author.name", author={"name": "x" * 257}),
    Row("empty message", SAY, {"content": " \n"}, (400, 50006)),
    said("nonce of 26", "nonce", "NONCE_TYPE_TOO_LONG", content="x", nonce="n" * 26),
    said(
        "all users and some users",
        "allowed_mentions",
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        content="x",
        allowed_mentions={"parse": ["users"], "users": ["1"]},
    ),
    said(
        "an option's value twice",
        "components.0.components.0.options.1.value",
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        components=[row({**menu(), "options": options(1) * 2})],
    ),
    said("6 action rows", "components", BAD, components=[row(button(str(n))) for n in range(6)]),
    said(
        "6 buttons in a row",
        "components.0.components.5",
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
        components=[row(*buttons(6))],
    ),
    said(
        "a menu beside a button",
        "components.0.components.1",
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
        components=[row(button("b"), menu())],
    ),
    said("41 components", "components", BAD, flags=V2, components=[container(*[text("x")] * 40)]),
    said(
        "v2 beside content",
        "content",
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        flags=V2,
        content="x",
        components=[text("x")],
    ),
    said(
        "v2 text of 4001",
        "components",
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
        flags=V2,
        components=[text("x" * 2001), text("x" * 2000)],
    ),
    said(
        "custom_id twice",
        "components.1.components.0.custom_id",
        "COMPONENT_CUSTOM_ID_DUPLICATED",
        components=TWO_ROWS,
    ),
    part("custom_id of 101", "custom_id", button("c" * 101)),
    part("button label 81", "label", {**button("b"), "label": "l" * 81}),
    part("url 513", "url", {"type": 2, "style": 5, "label": "l", "url": "https://e.org/" + "u" * 499}),
    part(
        "a link's scheme",
        "url",
        {"type": 2, "style": 5, "label": "l", "url": "javascript:1"},
        "URL_TYPE_INVALID_SCHEME",
    ),
    part("26 options", "options", {**menu(), "options": options(26)}),
    part("no options", "options", {**menu(), "options": []}, MIN_LONG),
    part("option label 101", "options.0.label", {**menu(), "options": [{"label": "l" * 101, "value": "v"}]}),
    part("option value 101", "options.0.value", {**menu(), "options": [{"label": "l", "value": "v" * 101}]}),
    part(
        "option description 101",
        "options.0.description",
        {**menu(), "options": [{"label": "l", "value": "v", "description": "d" * 101}]},
    ),
    part("placeholder 151", "placeholder", {**menu(), "placeholder": "p" * 151}),
    part("min_values 26", "min_values", {**menu(), "min_values": 26}, TOO_MANY),
    part("max_values 26", "max_values", {**menu(), "max_values": 26}, TOO_MANY),
]

FORMS = [
    form("form title 46", "title", BAD, title="t" * 46),
    form("6 parts in a form", "components", BAD, components=[label()] * 6),
    form("label 46", "components.0.label", BAD, components=[label(label="l" * 46)]),
    form(
        "label description 101",
        "components.0.description",
        LONG,
        "spec",
        components=[label(description="d" * 101)],
    ),
    in_form("prefilled text 4001", "value", {**TEXT_INPUT, "value": "v" * 4001}),
    in_form("min_length 4001", "min_length", {**TEXT_INPUT, "min_length": 4001}, TOO_MANY),
    in_form("max_length 4001", "max_length", {**TEXT_INPUT, "max_length": 4001}, TOO_MANY),
    in_form("input placeholder 101", "placeholder", {**TEXT_INPUT, "placeholder": "p" * 101}),
    in_form("radio of 1", "options", {"type": 21, "options": options(1)}, MIN_LONG),
    in_form("radio of 11", "options", {"type": 21, "options": options(11)}),
    in_form("no checkboxes", "options", {"type": 22, "options": []}, MIN_LONG),
    in_form("11 checkboxes", "options", {"type": 22, "options": options(11)}),
    in_form("11 uploads", "max_values", {"type": 19, "max_values": 11}, TOO_MANY),
]

COMMANDS = [
    Row("101 commands", PUT_COMMANDS, many(101), (400, 30032)),
    Row("16 user commands", PUT_COMMANDS, many(16, type=2, description=""), (400, 30032)),
    Row("16 message commands", PUT_COMMANDS, many(16, type=3, description=""), (400, 30032)),
    Row("201 creates a day", CREATE, command(), (400, 30034), before=Scene.commands_of_a_day),
    commands("8001 characters", [FULL_COMMAND], "0", "APPLICATION_COMMAND_TOO_LARGE"),
    commands("a name twice", [command(), command()], "1", "APPLICATION_COMMANDS_DUPLICATE_NAME"),
    commands("a name with a space", [command("my jobs")], "0.name", "APPLICATION_COMMAND_INVALID_NAME"),
    commands("an upper-case name", [command("Jobs")], "0.name", "APPLICATION_COMMAND_INVALID_NAME"),
    commands("a name of 33", [command("j" * 33)], "0.name", BAD),
    commands("no description", [{"name": "jobs"}], "0.description", "BASE_TYPE_REQUIRED"),
    commands("a description of 101", [command(description="d" * 101)], "0.description", BAD),
    commands("26 options", [command(options=[option(f"o{n}") for n in range(26)])], "0.options", LONG),
    commands(
        "a required option last",
        [command(options=[option("a"), option("b", required=True)])],
        "0.options.1",
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    commands(
        "a subcommand beside an option",
        [command(options=[option("a", type=1), option("b")])],
        "0.options",
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
    ),
    commands(
        "26 choices", [command(options=[option("a", choices=choices(26))])], "0.options.0.choices", LONG
    ),
    commands(
        "a choice of 101",
        [command(options=[option("a", choices=[{"name": "n" * 101, "value": "v"}])])],
        "0.options.0.choices.0.name",
        BAD,
    ),
    commands(
        "max_length 6001",
        [command(options=[option("a", max_length=6001)])],
        "0.options.0.max_length",
        TOO_MANY,
        "spec",
    ),
    Row(
        "26 choices while typing",
        ANSWER,
        {"type": 8, "data": {"choices": choices(26)}},
        FORM,
        ("data.choices", LONG),
        Scene.typing,
    ),
]

PONG = {"type": 4, "data": {"content": "x"}}
INTERACTIONS = [
    Row("answered after 3 s", ANSWER, PONG, (404, 10062), before=Scene.too_late),
    Row("answered twice", ANSWER, PONG, (400, 40060), before=Scene.answered),
    Row("an unknown interaction", "POST /interactions/1/none/callback", PONG, (404, 10062)),
    Row("an answer of the wrong type", ANSWER, {"type": 7, "data": {}}, FORM, None, Scene.interact),
    Row("follow-up after 15 min", "POST {hook}", {"content": "x"}, (401, 50027), before=Scene.token_is_old),
    Row("follow-up before the answer", "POST {hook}", {"content": "x"}, (404, 10015), before=Scene.interact),
    Row("an unknown webhook", "POST /webhooks/1/none", {"content": "x"}, (404, 10015)),
]

GUILD = [
    Row("251 roles", "POST /guilds/{guild}/roles", {}, (400, 30005), before=Scene.full_of_roles),
    Row(
        "501 channels",
        "POST /guilds/{guild}/channels",
        {"name": "x"},
        (400, 30013),
        None,
        Scene.full_of_channels,
    ),
    Row(
        "16 webhooks",
        "POST /channels/{channel}/webhooks",
        {"name": "x"},
        (400, 30007),
        None,
        Scene.full_of_webhooks,
    ),
    Row(
        "21 reactions",
        "PUT {messages}/{message}/reactions/" + quote("👍") + "/@me",
        None,
        (400, 30010),
        before=Scene.full_of_reactions,
    ),
    Row("251 pins", "PUT {messages}/pins/{message}", None, (400, 30003), before=Scene.full_of_pins),
    Row("channel name of 101", "PATCH /channels/{channel}", {"name": "n" * 101}, FORM, ("name", BAD)),
    Row("topic of 1025", "PATCH /channels/{channel}", {"topic": "t" * 1025}, FORM, ("topic", LONG)),
    Row(
        "slowmode over 6 h",
        "PATCH /channels/{channel}",
        {"rate_limit_per_user": 21_601},
        FORM,
        ("rate_limit_per_user", TOO_MANY),
    ),
    Row(
        "webhook called Discord",
        "POST /channels/{channel}/webhooks",
        {"name": "My Discord"},
        FORM,
        ("name", "USERNAME_INVALID_CONTAINS"),
    ),
    Row("role name of 101", "POST /guilds/{guild}/roles", {"name": "n" * 101}, FORM, ("name", BAD)),
    Row("nick of 33", "PATCH /guilds/{guild}/members/{ana}", {"nick": "n" * 33}, FORM, ("nick", BAD)),
    Row(
        "bulk ban of 201",
        "POST /guilds/{guild}/bulk-ban",
        {"user_ids": [str(n) for n in range(201)]},
        FORM,
        ("user_ids", BAD),
    ),
    Row(
        "ban that takes 8 days along",
        "PUT /guilds/{guild}/bans/{ana}",
        {"delete_message_seconds": 691_200},
        FORM,
        ("delete_message_seconds", TOO_MANY),
    ),
]

LISTS = [
    Row(
        "1 message in bulk",
        "POST {messages}/bulk-delete",
        {"messages": ["{message}"]},
        FORM,
        ("messages", BAD),
    ),
    Row(
        "101 in bulk",
        "POST {messages}/bulk-delete",
        {"messages": [str(n) for n in range(101)]},
        FORM,
        ("messages", BAD),
    ),
    Row(
        "one twice in bulk", "POST {messages}/bulk-delete", {"messages": ["7", "7"]}, FORM, ("messages", BAD)
    ),
    Row(
        "15 days old in bulk", "POST {messages}/bulk-delete", SECOND, (400, 50034), before=Scene.old_messages
    ),
    Row("history of 0", "GET {messages}?limit=0", None, FORM, ("limit", "NUMBER_TYPE_MIN")),
    Row("history of 101", "GET {messages}?limit=101", None, FORM, ("limit", TOO_MANY)),
    Row(
        "1001 members",
        "GET /guilds/{guild}/members/search?query=a&limit=1001",
        None,
        FORM,
        ("limit", TOO_MANY),
    ),
    Row("51 pins in a page", "GET {messages}/pins?limit=51", None, FORM, ("limit", TOO_MANY)),
    Row(
        "101 who reacted",
        "GET {messages}/{message}/reactions/" + quote("👍") + "?limit=101",
        None,
        FORM,
        ("limit", TOO_MANY),
    ),
]

PERMISSIONS = [
    Row("missing access", SAY, {"content": "x"}, (403, 50001), before=Scene.hidden),
    Row("missing permission", SAY, {"content": "x"}, (403, 50013), before=Scene.silenced),
    Row("somebody else's message", "PATCH {messages}/{message}", {"content": "x"}, (403, 50005)),
    Row("a role that cannot be given", "PUT /guilds/{guild}/members/{ana}/roles/{bots}", None, (400, 50028)),
    Row("wrong kind of channel", "POST {messages}/{message}/crosspost", None, (400, 50024)),
    Row("no place for text", SAY, {"content": "x"}, (400, 50008), before=Scene.a_category),
    Row(
        "a reply without history",
        SAY,
        {"content": "x", "message_reference": {"message_id": "{message}"}},
        (400, 160002),
        before=Scene.without_history,
    ),
    Row("another's application", "GET /applications/7/commands", None, (403, 20012)),
    Row("the list without the intent", "GET /guilds/{guild}/members", None, (403, 50001)),
    Row("closed DMs", SAY, {"content": "x"}, (403, 50007), before=Scene.closed_dm),
    Row("no guild in common", SAY, {"content": "x"}, (403, 50278), before=Scene.strangers_dm),
]

UNKNOWN = [
    Row("channel", "GET /channels/7", None, (404, 10003)),
    Row("guild", "GET /guilds/7", None, (404, 10004)),
    Row("member", "GET /guilds/{guild}/members/7", None, (404, 10007)),
    Row("message", "GET {messages}/7", None, (404, 10008)),
    Row("role", "GET /guilds/{guild}/roles/7", None, (404, 10011)),
    Row("user", "GET /users/7", None, (404, 10013)),
    Row("emoji", "PUT {messages}/{message}/reactions/nothing/@me", None, (404, 10014)),
    Row("custom emoji", "PUT {messages}/{message}/reactions/wave:77/@me", None, (404, 10014)),
    Row("webhook", "GET /webhooks/7", None, (404, 10015)),
    Row("ban", "GET /guilds/{guild}/bans/{ana}", None, (404, 10026)),
    Row("command", "GET {commands}/7", None, (404, 10063)),
    Row("an id that is none", "GET /channels/seven", None, FORM, ("channel_id", "NUMBER_TYPE_COERCE")),
]

TABLE = [*MESSAGES, *FORMS, *COMMANDS, *INTERACTIONS, *GUILD, *LISTS, *PERMISSIONS, *UNKNOWN]
