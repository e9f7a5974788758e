"""Choosing in a menu, in a message or in a form: from what a person means to the values that the client sends."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.composer import Named
from sandbox.drafts import ENTITY_SELECTS, STRING_SELECT
from sandbox.model import Channel, Json, User
from sandbox.names import CannotDo, channel_named, mentionable_named, role_named, user_named
from sandbox.world import World

USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = ENTITY_SELECTS
RADIO, CHECKBOXES = 21, 22
CHOOSABLE = (RADIO, CHECKBOXES, STRING_SELECT)


def picked(
    world: World, user: User, place: Channel, menu: Json, wanted: Sequence[object], named: Named
) -> list[str]:
    """The values for labels, values, names or ids. What they point to is noted in `named`.

    Raises CannotDo for too few, too many and what is not offered.
    """
    check_number(menu, len(wanted))
    values = [_value_of(world, user, place, menu, one) for one in wanted]
    if menu["type"] in ENTITY_SELECTS:
        named.ids += map(int, values)
    return values


def check_number(menu: Json, count: int) -> None:
    """How many a person may choose or upload; none at all where nothing is required."""
    name = menu.get("placeholder") or menu["custom_id"]
    least = menu.get("min_values", 1)
    most = 1 if menu["type"] == RADIO else menu.get("max_values", len(menu.get("options", ())) or 1)
    if menu.get("required") is False and not count:
        return
    if not least <= count <= most:
        raise CannotDo(f"{name!r} takes {least} to {most} values, not {count}.")


def _value_of(world: World, user: User, place: Channel, menu: Json, wanted: object) -> str:
    kind = menu["type"]
    if kind in CHOOSABLE:
        return _option(menu, wanted)
    if str(wanted) in {default["id"] for default in menu.get("default_values", ())}:
        return str(wanted)
    if kind == CHANNEL_SELECT:
        return str(channel_named(world, user, place, wanted, menu.get("channel_types") or ()))
    if kind == ROLE_SELECT:
        return str(role_named(world, place, wanted))
    if kind == MENTIONABLE_SELECT:
        return str(mentionable_named(world, place, wanted))
    if kind == USER_SELECT:
        return str(user_named(world, place, wanted))
    raise CannotDo(f"A person here cannot fill a part of type {kind}.")


def _option(menu: Json, wanted: object) -> str:
    """The value of an option. Values go before labels: only they are unique, and the page names by them."""
    for key in ("value", "label"):
        for option in menu.get("options", ()):
            if option[key] == wanted:
                return str(option["value"])
    offered = ", ".join(option["label"] for option in menu.get("options", ()))
    raise CannotDo(f"{wanted!r} is not offered; there is: {offered}.")
