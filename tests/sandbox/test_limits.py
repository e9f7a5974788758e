"""A row for each limit that Discord's description lacks: what fits, what does not, how it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox import limits
from sandbox.errors import ApiError

Check = Callable[[], None]
V2 = 1 << 15


def message(**payload: Any) -> Check:
    return lambda: limits.check_message(payload)


def edit(**payload: Any) -> Check:
    return lambda: limits.check_message(payload, edit=True)


def modal(count: int = 1, **changed: Any) -> Check:
    labels = [
        {"type": 18, "label": "Goal", "component": {"type": 4, "style": 1, "custom_id": f"g{n}"}}
        for n in range(count)
    ]
    data = {"custom_id": "form", "title": "Check in", "components": labels, **changed}
    return lambda: limits.check_modal(data)


def commands(*bodies: dict[str, Any]) -> Check:
    return lambda: limits.check_commands(bodies)


def command(name: str = "jobs", **more: Any) -> dict[str, Any]:
    return {"name": name, "description": "What it does", **more}


def option(name: str, **more: Any) -> dict[str, Any]:
    return {"type": 3, "name": name, "description": "What it means", **more}


def many(count: int, **more: Any) -> list[dict[str, Any]]:
    return [command(f"c{n}", **more) for n in range(count)]


def button(custom_id: str) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": custom_id}


def menu(custom_id: str = "m") -> dict[str, Any]:
    return {"type": 3, "custom_id": custom_id, "options": [{"label": "a", "value": "a"}]}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def buttons(count: int, start: int = 0) -> list[dict[str, Any]]:
    return [button(f"b{n}") for n in range(start, start + count)]


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def container(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 17, "components": list(components)}


def section(content: str) -> dict[str, Any]:
    return {"type": 9, "components": [text(content)], "accessory": button(content)}


def embeds(*lengths: int) -> list[dict[str, Any]]:
    return [{"description": "x" * length} for length in lengths]


FITS = {
    "2000 characters": message(content="x" * 2000),
    "6000 in embeds, white space not counted": message(
        embeds=[*embeds(4096, 1903), {"description": "  x  "}]
    ),
    "ten attachments": message(content="x", attachments=[{"id": n} for n in range(10)]),
    "a file and no word": lambda: limits.check_message({}, files=1),
    "only a menu": message(components=[row(menu())]),
    "an embed with nothing but an image": message(embeds=[{"image": {"url": "attachment://a.png"}}]),
    "a poll": message(poll={"question": {"text": "?"}}),
    "a forward": message(message_reference={"type": 1, "message_id": "1"}),
    "an edit that says nothing": edit(flags=4),
    "a link": message(components=[row({"type": 2, "style": 5, "label": "Go", "url": "https://example.org"})]),
    "five rows of five buttons": message(components=[row(*buttons(5, 5 * n)) for n in range(5)]),
    "v2: forty in all": message(
        flags=V2, components=[container(*(text("x") for _ in range(19))) for _ in range(2)]
    ),
    "v2: 4000 characters": message(flags=V2, components=[text("x" * 2000), container(text("x" * 2000))]),
    "a nonce of 25": message(content="x", nonce="n" * 25),
    "a number as nonce": message(content="x", nonce=2**62),
    "a form of five": modal(5),
    "names with letters of any script": commands(
        command("arbeit-suchen_2"), command("été"), command("ищу"), command("नौकरी"), command("หางาน")
    ),
    "100 + 15 + 15": commands(*many(100), *many(15, type=2), *many(15, type=3)),
    "one name in each type": commands(command("report"), command("report", type=2)),
    "a user command with a space": commands({"type": 2, "name": "Report User"}),
    "required options first": commands(
        command(options=[option("a", required=True), option("b"), option("c")])
    ),
    "25 options": commands(command(options=[option(f"o{n}") for n in range(25)])),
    "25 choices": lambda: limits.check_autocomplete([{"name": "n", "value": "v"}] * 25),
    "a channel": lambda: limits.check_channel({"name": "x" * 100, "rate_limit_per_user": 21_600}),
    "10 MiB twice": lambda: limits.check_files([10 * 1024 * 1024] * 2),
}


@pytest.mark.parametrize("check", FITS.values(), ids=FITS.keys())
def test_what_lies_within_the_limits_is_accepted(check: Check) -> None:
    """No check refuses the most that Discord allows."""
    check()


# name → (what is sent, Discord's code, for 50035 the path of the leaf, its code)
REFUSED: dict[str, tuple[Check, int, str, str]] = {
    "content over 2000": (message(content="x" * 2001), 50035, "content", "BASE_TYPE_MAX_LENGTH"),
    "edited content over 2000": (edit(content="x" * 2001), 50035, "content", "BASE_TYPE_MAX_LENGTH"),
    "embeds over 6000 together": (
        message(embeds=embeds(4096, 1905)),
        50035,
        "embeds",
        "MAX_EMBED_SIZE_EXCEEDED",
    ),
    "embed parts all count": (
        message(
            embeds=[
                {
                    "title": "t" * 256,
                    "description": "d" * 4096,
                    "footer": {"text": "f" * 600},
                    "author": {"name": "a" * 256},
                    "fields": [{"name": "n" * 256, "value": "v" * 537}],
                }
            ]
        ),
        50035,
        "embeds",
        "MAX_EMBED_SIZE_EXCEEDED",
    ),
    "empty message": (message(), 50006, "", ""),
    "only white space": (message(content=" \n"), 50006, "", ""),
    "an embed without anything to see": (message(embeds=[{"color": 1}]), 50006, "", ""),
    "eleven attachments": (
        message(content="x", attachments=[{"id": n} for n in range(11)]),
        50035,
        "attachments",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "eleven files": (
        lambda: limits.check_message({"content": "x"}, files=11),
        50035,
        "attachments",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "six rows": (
        message(components=[row(button(f"b{n}")) for n in range(6)]),
        50035,
        "components",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "six buttons in a row": (
        message(components=[row(*buttons(6))]),
        50035,
        "components.0.components.5",
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    "a menu beside a button": (
        message(components=[row(button("b"), menu())]),
        50035,
        "components.0.components.1",
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    "two menus in a row": (
        message(components=[row(menu("a"), menu("b"))]),
        50035,
        "components.0.components.1",
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    "a button that does nothing": (
        message(components=[row({"type": 2, "style": 1, "label": "Go"})]),
        50035,
        "components.0.components.0.custom_id",
        "BASE_TYPE_REQUIRED",
    ),
    "a link to nowhere": (
        message(components=[row({"type": 2, "style": 5, "label": "Go"})]),
        50035,
        "components.0.components.0.url",
        "BASE_TYPE_REQUIRED",
    ),
    "a link that is also a button": (
        message(components=[row({**button("b"), "style": 5, "url": "https://example.org"})]),
        50035,
        "components.0.components.0.custom_id",
        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
    ),
    "an empty row": (
        message(components=[row()]),
        50035,
        "components.0.components",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a container without the flag": (
        message(components=[container(text("x"))]),
        50035,
        "components.0.type",
        "UNION_TYPE_CHOICES",
    ),
    "duplicate custom_id": (
        message(components=[row(button("same")), row(button("same"))]),
        50035,
        "components.1.components.0.custom_id",
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    "v2: forty-one in all": (
        message(flags=V2, components=[container(*(text("x") for _ in range(40)))]),
        50035,
        "components",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "v2: accessories count": (
        message(flags=V2, components=[section(str(n)) for n in range(14)]),
        50035,
        "components",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "v2: content beside it": (
        message(flags=V2, content="x", components=[text("x")]),
        50035,
        "content",
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "v2: embeds beside it": (
        message(flags=V2, embeds=embeds(1), components=[text("x")]),
        50035,
        "embeds",
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "v2: 4001 characters": (
        message(flags=V2, components=[text("x" * 2000), container(text("x" * 2001))]),
        50035,
        "components",
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    "v2: a wide row inside": (
        message(flags=V2, components=[container(row(*buttons(6)))]),
        50035,
        "components.0.components.0.components.5",
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    "a nonce of 26": (message(content="x", nonce="n" * 26), 50035, "nonce", "NONCE_TYPE_TOO_LONG"),
    "a form of six": (modal(6), 50035, "data.components", "BASE_TYPE_BAD_LENGTH"),
    "a form of none": (modal(0), 50035, "data.components", "BASE_TYPE_BAD_LENGTH"),
    "a form's title over 45": (modal(title="t" * 46), 50035, "data.title", "BASE_TYPE_BAD_LENGTH"),
    "a form without custom_id": (modal(custom_id=None), 50035, "data.custom_id", "BASE_TYPE_REQUIRED"),
    "a label over 45": (
        modal(components=[{"type": 18, "label": "l" * 46, "component": {"type": 4, "custom_id": "a"}}]),
        50035,
        "data.components.0.label",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a label of the older kind over 45": (
        modal(components=[row({"type": 4, "custom_id": "a", "label": "l" * 46})]),
        50035,
        "data.components.0.components.0.label",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a custom_id twice in a form": (
        modal(components=[row({"type": 4, "custom_id": "a", "label": "A"})] * 2),
        50035,
        "data.components.1.components.0.custom_id",
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    "101 commands": (commands(*many(101)), 30032, "", ""),
    "16 user commands": (commands(*many(16, type=2)), 30032, "", ""),
    "16 message commands": (commands(*many(16, type=3)), 30032, "", ""),
    "a name twice": (
        commands(command(), command()),
        50035,
        "1",
        "APPLICATION_COMMANDS_DUPLICATE_NAME",
    ),
    "upper case": (commands(command("Jobs")), 50035, "0.name", "APPLICATION_COMMAND_INVALID_NAME"),
    "a space": (commands(command("my jobs")), 50035, "0.name", "APPLICATION_COMMAND_INVALID_NAME"),
    "33 characters": (commands(command("j" * 33)), 50035, "0.name", "BASE_TYPE_BAD_LENGTH"),
    "no description": (
        commands({"name": "jobs"}),
        50035,
        "0.description",
        "BASE_TYPE_REQUIRED",
    ),
    "a description of 101": (
        commands(command(description="d" * 101)),
        50035,
        "0.description",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "26 options": (
        commands(command(options=[option(f"o{n}") for n in range(26)])),
        50035,
        "0.options",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "a required option last": (
        commands(command(options=[option("a"), option("b", required=True)])),
        50035,
        "0.options.1",
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    "a required option last, in a subcommand": (
        commands(command(options=[option("go", type=1, options=[option("a"), option("b", required=True)])])),
        50035,
        "0.options.0.options.1",
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    "an option's name": (
        commands(command(options=[option("Feed Id")])),
        50035,
        "0.options.0.name",
        "APPLICATION_COMMAND_INVALID_NAME",
    ),
    "an option twice": (
        commands(command(options=[option("a"), option("a")])),
        50035,
        "0.options.1",
        "APPLICATION_COMMAND_OPTIONS_DUPLICATE_NAME",
    ),
    "26 fixed choices": (
        commands(command(options=[option("a", choices=[{"name": "n", "value": "v"}] * 26)])),
        50035,
        "0.options.0.choices",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "over 8000 characters": (
        commands(
            command(
                options=[
                    option(f"o{n}", choices=[{"name": "n" * 100, "value": "v" * 100}] * 21) for n in range(2)
                ]
            )
        ),
        50035,
        "0",
        "APPLICATION_COMMAND_TOO_LARGE",
    ),
    "26 choices while typing": (
        lambda: limits.check_autocomplete([{"name": "n", "value": "v"}] * 26),
        50035,
        "data.choices",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "a choice's name of 101": (
        lambda: limits.check_autocomplete([{"name": "n" * 101, "value": "v"}]),
        50035,
        "data.choices.0.name",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a channel without a name": (
        lambda: limits.check_channel({"name": ""}),
        50035,
        "name",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a topic over 1024": (
        lambda: limits.check_channel({"topic": "t" * 1025}),
        50035,
        "topic",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "slowmode over six hours": (
        lambda: limits.check_channel({"rate_limit_per_user": 21_601}),
        50035,
        "rate_limit_per_user",
        "NUMBER_TYPE_MAX",
    ),
    "a thread kept for a minute": (
        lambda: limits.check_channel({"auto_archive_duration": 1}),
        50035,
        "auto_archive_duration",
        "BASE_TYPE_CHOICES",
    ),
    "a file over 10 MiB": (lambda: limits.check_files([10 * 1024 * 1024 + 1]), 50045, "", ""),
    "files over 25 MiB": (lambda: limits.check_files([9 * 1024 * 1024] * 3), 40005, "", ""),
}


@pytest.mark.parametrize(("check", "code", "path", "leaf"), REFUSED.values(), ids=REFUSED.keys())
def test_what_lies_beyond_is_refused_as_discord_does(check: Check, code: int, path: str, leaf: str) -> None:
    """The code is Discord's; a 50035 names the one field that is wrong."""
    with pytest.raises(ApiError) as caught:
        check()
    assert caught.value.code == code
    node: Any = caught.value.errors
    for part in filter(None, path.split(".")):
        assert list(node) == [part]
        node = node[part]
    assert [one["code"] for one in node["_errors"]] == [leaf] if leaf else node is None


def test_a_message_inside_a_body_is_refused_at_its_place() -> None:
    """An interaction's answer holds its message under `data`, and so does the tree of its refusal."""
    with pytest.raises(ApiError) as caught:
        limits.check_message({"content": "x" * 2001}, under="data")
    assert caught.value.errors is not None and list(caught.value.errors["data"]) == ["content"]
