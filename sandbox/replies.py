"""What a person looks at: a message with its buttons and menus, or a form."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sandbox import composer, drafts
from sandbox.composer import CannotDo
from sandbox.drafts import BUTTON, ENTITY_SELECTS, LABEL, STRING_SELECT, TEXT, TEXT_INPUT
from sandbox.model import Interaction, InteractionKind, Json, Message
from sandbox.wire_interactions import resolved

if TYPE_CHECKING:
    from sandbox.actors import Actor

_LINK_STYLE = 5
_USER_SELECT, _ROLE_SELECT, _MENTIONABLE_SELECT, _CHANNEL_SELECT = ENTITY_SELECTS
_RADIO, _CHECKBOXES, _CHECKBOX = 21, 22, 23
_CHOOSABLE = (_RADIO, _CHECKBOXES, STRING_SELECT)


class Reply:
    """A message as one person sees it, as it stood when it was looked at; `refresh` looks again."""

    def __init__(self, actor: Actor, message: Message, interaction: Interaction | None = None) -> None:
        self._actor = actor
        self._interaction = interaction
        self._id = message.id
        self.message = _snapshot(message)

    def refresh(self) -> Reply:
        """Look at the message as it is now."""
        self.message = _snapshot(self._actor.world.messages[self._id])
        return self

    # -- what is there ---------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """Everything that is written: content, text displays, then embeds, one a line."""
        lines = [drafts.all_text(self.message.content, self.message.components)]
        for embed in self.message.embeds:
            lines += _embed_lines(embed)
        return "\n".join(line for line in lines if line)

    @property
    def ephemeral(self) -> bool:
        return self.message.ephemeral

    @property
    def gone(self) -> bool:
        """True once the message is deleted."""
        return self._actor.world.messages[self._id].deleted

    @property
    def buttons(self) -> list[str]:
        """The labels of all buttons in reading order, links and disabled ones too."""
        return [_label(button) for button in self._all(BUTTON)]

    @property
    def links(self) -> dict[str, str]:
        """Label → address of the buttons that open a page."""
        return {_label(b): b["url"] for b in self._all(BUTTON) if b["style"] == _LINK_STYLE}

    @property
    def selects(self) -> list[str]:
        """The placeholders of all menus in reading order, "" where there is none."""
        return [menu.get("placeholder", "") for menu in self._menus()]

    @property
    def followups(self) -> list[Reply]:
        """What the bot added after this answer, as far as the person can still see it."""
        ids = self._interaction.followup_ids if self._interaction else []
        found = [self._actor.world.messages[message_id] for message_id in ids]
        return [Reply(self._actor, message, self._interaction) for message in found if not message.deleted]

    # -- what can be done ------------------------------------------------------------------------

    async def click(self, label: str, *, nth: int = 1) -> Reply | Modal:
        """Press a button as it stands now. Returns what the person then looks at: a message or a form."""
        message = self._visible()
        buttons = [button for button in self._all(BUTTON) if _label(button) == label]
        if len(buttons) < nth:
            raise CannotDo(f"There is no button {label!r}; there is: {', '.join(self.buttons) or 'none'}.")
        button = buttons[nth - 1]
        if button["style"] == _LINK_STYLE:
            raise CannotDo(f"{label!r} opens {button['url']}; the bot hears nothing of it.")
        _check_enabled(button, label)
        return await self._actor.send(InteractionKind.COMPONENT, _pressed(button), source=message)

    async def choose(self, select: str | int, values: Sequence[str] | str) -> Reply | Modal:
        """Choose in a menu, named by placeholder, custom_id or number from 0.

        values: labels or values of a text menu; names of members, roles or channels of the others.
        """
        message = self._visible()
        menu = self._menu(select)
        _check_enabled(menu, str(select))
        picked = _picked(self._actor, menu, [values] if isinstance(values, str) else values)
        data = {**_pressed(menu), "values": picked}
        if menu["type"] in ENTITY_SELECTS:
            guild_id = self._actor.guild.id
            data["resolved"] = resolved(self._actor.world, guild_id, self._actor.user.id, map(int, picked))
        return await self._actor.send(InteractionKind.COMPONENT, data, source=message)

    def options(self, select: str | int) -> list[str]:
        """The labels that a text menu offers."""
        return [option["label"] for option in self._menu(select).get("options", ())]

    def _visible(self) -> Message:
        """The living message behind this view, looked at again. Raises CannotDo if it is out of sight."""
        message = self.refresh()._actor.world.messages[self._id]
        if not self._actor.can_see(message):
            raise CannotDo(f"{self._actor.user.name} does not see that message.")
        return message

    def _all(self, *kinds: int) -> list[Json]:
        return [c for c in drafts.walk(self.message.components) if c["type"] in kinds]

    def _menus(self) -> list[Json]:
        return self._all(STRING_SELECT, *ENTITY_SELECTS)

    def _menu(self, select: str | int) -> Json:
        menus = self._menus()
        if isinstance(select, int) and select < len(menus):
            return menus[select]
        for menu in menus:
            if select in (menu.get("placeholder"), menu["custom_id"]):
                return menu
        raise CannotDo(f"There is no menu {select!r}; there is: {', '.join(self.selects) or 'none'}.")


class Modal:
    """A form on the screen. Its parts go by their label or their custom_id."""

    def __init__(self, actor: Actor, interaction: Interaction, source: Message | None) -> None:
        self._actor = actor
        self._interaction = interaction
        self._source = source
        self._form: Json = interaction.modal or {}

    @property
    def title(self) -> str:
        return str(self._form["title"])

    @property
    def custom_id(self) -> str:
        return str(self._form["custom_id"])

    @property
    def labels(self) -> list[str]:
        return [label for label, _ in self._fields()]

    @property
    def values(self) -> dict[str, object]:
        """Label → what stands there before anything is typed."""
        return {label: _prefilled(part) for label, part in self._fields()}

    @property
    def text(self) -> str:
        """The title, what is explained, and the labels."""
        shown = [c["content"] for c in drafts.walk(self._form["components"]) if c["type"] == TEXT]
        return "\n".join([self.title, *shown, *self.labels])

    async def submit(self, values: Mapping[str, object] | None = None, /, **more: object) -> Reply | Modal:
        """Fill in and send: `submit({"Your goals": "…"})` or, by custom_id, `submit(goals="…")`.

        What is not named keeps what stood there. Raises CannotDo for what the client would refuse.
        """
        given = {**(values or {}), **more}
        named: list[int] = []
        parts = [self._sent(component, given, named) for component in self._form["components"]]
        if given:
            raise CannotDo(f"The form has no part {next(iter(given))!r}; it has: {', '.join(self.labels)}.")
        data: Json = {"custom_id": self.custom_id, "components": parts}
        if named:
            actor = self._actor
            data["resolved"] = resolved(actor.world, actor.guild.id, actor.user.id, named)
        return await self._actor.send(
            InteractionKind.MODAL, data, source=self._source, parent=self._interaction
        )

    def _fields(self) -> list[tuple[str, Json]]:
        found = []
        for component in self._form["components"]:
            if component["type"] == LABEL:
                found.append((component["label"], component["component"]))
            found += [(part.get("label") or "", part) for part in component.get("components", ())]
        return found

    def _sent(self, component: Json, given: dict[str, object], named: list[int]) -> Json:
        """One part of the form as the client sends it; takes its value out of `given`."""
        shown: Json = {"type": component["type"], "id": component["id"]}
        if component["type"] == LABEL:
            return {
                **shown,
                "component": self._filled(component["label"], component["component"], given, named),
            }
        if "components" in component:
            inner = [self._filled(p.get("label") or "", p, given, named) for p in component["components"]]
            return {**shown, "components": inner}
        return shown

    def _filled(self, label: str, part: Json, given: dict[str, object], named: list[int]) -> Json:
        value = _prefilled(part)
        for key in (label, part["custom_id"]):
            if key in given:
                value = given.pop(key)
        sent: Json = {"type": part["type"], "id": part["id"], "custom_id": part["custom_id"]}
        if part["type"] == TEXT_INPUT:
            return {**sent, "value": _written(label, part, str(value))}
        if part["type"] == _CHECKBOX:
            return {**sent, "value": bool(value)}
        picked = _picked(self._actor, part, _as_list(value))
        if part["type"] == _RADIO:
            return {**sent, "value": picked[0] if picked else None}
        if part["type"] in ENTITY_SELECTS:
            named += map(int, picked)
        return {**sent, "values": picked}


def _snapshot(message: Message) -> Message:
    """A copy that later edits do not reach; edits replace lists, they never change them in place."""
    return copy.copy(message)


def _embed_lines(embed: Json) -> Iterable[str]:
    yield embed.get("author", {}).get("name", "")
    yield embed.get("title", "")
    yield embed.get("description", "")
    for entry in embed.get("fields", ()):
        yield entry["name"]
        yield entry["value"]
    yield embed.get("footer", {}).get("text", "")


def _label(button: Json) -> str:
    return str(button.get("label") or button.get("emoji", {}).get("name") or "")


def _check_enabled(component: Json, name: str) -> None:
    if component.get("disabled"):
        raise CannotDo(f"{name!r} is disabled.")


def _pressed(component: Json) -> Json:
    return {
        "custom_id": component["custom_id"],
        "component_type": component["type"],
        "id": component["id"],
    }


def _as_list(value: object) -> list[str]:
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return [str(value)] if value else []


def _prefilled(part: Json) -> object:
    """What stands in a form's part before the person touches it."""
    if part["type"] == TEXT_INPUT:
        return part.get("value", "")
    if part["type"] == _CHECKBOX:
        return bool(part.get("default"))
    if part["type"] in _CHOOSABLE:
        return [option["value"] for option in part.get("options", ()) if option.get("default")]
    return [default["id"] for default in part.get("default_values", ())]


def _written(label: str, part: Json, text: str) -> str:
    """A text that the client would send. Raises CannotDo when it is missing, too short or too long."""
    if not text and not part.get("required", True):
        return text
    least = part.get("min_length") or (1 if part.get("required", True) else 0)
    most = part.get("max_length") or 4000
    if not least <= len(text) <= most:
        raise CannotDo(f"{label!r} takes {least} to {most} characters, not {len(text)}.")
    return text


def _picked(actor: Actor, menu: Json, wanted: Sequence[str]) -> list[str]:
    """The values that are sent for labels, values or names; refuses too few, too many and what is not offered."""
    name = menu.get("placeholder") or menu["custom_id"]
    optional = menu.get("required") is False and not wanted
    most = 1 if menu["type"] == _RADIO else menu.get("max_values", len(menu.get("options", ())) or 1)
    if not optional and not menu.get("min_values", 1) <= len(wanted) <= most:
        raise CannotDo(f"{name!r} takes {menu.get('min_values', 1)} to {most} values, not {len(wanted)}.")
    return [_value_of(actor, menu, one) for one in wanted]


def _value_of(actor: Actor, menu: Json, wanted: str) -> str:
    place = actor.place
    if menu["type"] in _CHOOSABLE:
        for option in menu.get("options", ()):
            if wanted in (option["label"], option["value"]):
                return str(option["value"])
        offered = ", ".join(option["label"] for option in menu.get("options", ()))
        raise CannotDo(f"{wanted!r} is not offered; there is: {offered}.")
    if wanted in {default["id"] for default in menu.get("default_values", ())}:
        return wanted
    if menu["type"] == _CHANNEL_SELECT:
        kinds = menu.get("channel_types") or ()
        return str(composer.channel_named(actor.world, actor.user, place, wanted, kinds))
    if menu["type"] == _ROLE_SELECT:
        return str(composer.role_named(actor.world, place, wanted))
    if menu["type"] == _MENTIONABLE_SELECT:
        return str(composer.mentionable_named(actor.world, place, wanted))
    if menu["type"] == _USER_SELECT:
        return str(composer.user_named(actor.world, place, wanted))
    raise CannotDo(f"A person here cannot fill a part of type {menu['type']}.")
