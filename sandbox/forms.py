"""A form on the screen: what stands in it, filling it in, and what a phone remembers of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sandbox import drafts, uploads
from sandbox.composer import Named, resolved_data
from sandbox.drafts import FILE_UPLOAD, LABEL, STRING_SELECT, TEXT, TEXT_INPUT
from sandbox.model import Interaction, InteractionKind, Json, Message
from sandbox.names import CannotDo
from sandbox.picking import CHECKBOXES, RADIO, check_number, picked

if TYPE_CHECKING:
    from sandbox.actors import Actor
    from sandbox.replies import Reply

CHECKBOX = 23
_TEXT_CHARACTERS = 4000


class Modal:
    """A form on the screen. Its parts go by their label or their custom_id.

    remembered: custom_id → what stood in a form of this custom_id before; None at the first sight of it. Phones show
    it instead of what the bot now sends (discord-api-docs #7554), and so does this form when `actor.phone` is set.
    """

    def __init__(self, actor: Actor, interaction: Interaction, source: Message | None) -> None:
        self._actor = actor
        self.interaction = interaction
        self._source = source
        self.form: Json = interaction.modal or {}
        self.remembered: Mapping[str, object] | None = actor.memory.get(self.custom_id)
        if self.remembered is None:
            actor.memory[self.custom_id] = self._now({})

    @property
    def title(self) -> str:
        return str(self.form["title"])

    @property
    def custom_id(self) -> str:
        return str(self.form["custom_id"])

    @property
    def labels(self) -> list[str]:
        return [label for label, _ in self._parts()]

    @property
    def values(self) -> dict[str, object]:
        """Label → what stands there before anything is typed."""
        return {label: self._shown(part) for label, part in self._parts()}

    @property
    def text(self) -> str:
        """The title, what is explained, and the labels."""
        shown = [c["content"] for c in drafts.walk(self.form["components"]) if c["type"] == TEXT]
        return "\n".join([self.title, *shown, *self.labels])

    def leave(self, values: Mapping[str, object] | None = None, /, **more: object) -> None:
        """Close the form unsent. What was typed is remembered."""
        self._actor.memory[self.custom_id] = self._now(self._by_id({**(values or {}), **more}))

    async def submit(self, values: Mapping[str, object] | None = None, /, **more: object) -> Reply | Modal:
        """Fill in and send: `submit({"Your goals": "…"})` or, by custom_id, `submit(goals="…")`.

        A text; a list for a menu, checkboxes or files; one value or None for a radio group; true or false for a
        checkbox. What is not named keeps what stood there. Raises CannotDo for what the client would refuse.
        """
        actor, world = self._actor, self._actor.world
        filled = self._now(self._by_id({**(values or {}), **more}))
        place = world.channel(self.interaction.channel_id)
        if place is None:
            raise CannotDo("That channel is gone.")
        named = Named()
        labels = {part["custom_id"]: label for label, part in self._parts()}

        def sent(component: Json) -> Json:
            """One component as the client sends it."""
            shown: Json = {"type": component["type"], "id": component["id"]}
            if component["type"] == LABEL:
                return shown | {"component": sent(component["component"])}
            if "components" in component:
                return shown | {"components": [sent(part) for part in component["components"]]}
            if "custom_id" not in component:
                return shown
            custom_id = component["custom_id"]
            value = filled[custom_id]
            if component["type"] == TEXT_INPUT:
                found: Json = {"value": _written(labels[custom_id], component, str(value))}
            elif component["type"] == CHECKBOX:
                found = {"value": bool(value)}
            elif component["type"] == FILE_UPLOAD:
                found = {"values": self._uploaded(component, value, named)}
            else:
                chosen = picked(world, actor.user, place, component, _as_list(value), named)
                found = (
                    {"value": next(iter(chosen), None)} if component["type"] == RADIO else {"values": chosen}
                )
            return {**shown, "custom_id": custom_id, **found}

        data: Json = {
            "custom_id": self.custom_id,
            "components": [sent(component) for component in self.form["components"]],
            **resolved_data(world, actor.user, place, named),
        }
        actor.memory[self.custom_id] = filled
        return await actor.send(
            InteractionKind.MODAL, data, source=self._source, parent=self.interaction, place=place
        )

    def _uploaded(self, part: Json, value: object, named: Named) -> list[str]:
        given = [value] if uploads.is_file(value) else _as_list(value)
        files = [file for file in given if uploads.is_file(file)]
        if len(files) != len(given):
            raise CannotDo(f"{part['custom_id']!r} takes files.")
        check_number(part, len(files))
        made = uploads.given(self._actor.world, files)
        named.files += made
        return [str(file.id) for file in made]

    def _parts(self) -> list[tuple[str, Json]]:
        """Every part that can be filled in, with its label."""
        found: list[tuple[str, Json]] = []
        for component in self.form["components"]:
            if component["type"] == LABEL:
                found.append((component["label"], component["component"]))
            found += [(part.get("label") or "", part) for part in component.get("components", ())]
        return found

    def _by_id(self, given: Mapping[str, object]) -> dict[str, object]:
        """custom_id → value. Raises CannotDo for a part that the form does not have."""
        ids = {part["custom_id"] for _, part in self._parts()}
        by_label = {label: part["custom_id"] for label, part in reversed(self._parts())}
        for key in given:
            if key not in ids and key not in by_label:
                raise CannotDo(f"The form has no part {key!r}; it has: {', '.join(self.labels)}.")
        return {key if key in ids else by_label[key]: value for key, value in given.items()}

    def _now(self, typed: Mapping[str, object]) -> dict[str, object]:
        """custom_id → what stands there, after this was typed."""
        return {part["custom_id"]: self._shown(part) for _, part in self._parts()} | dict(typed)

    def _shown(self, part: Json) -> object:
        if self._actor.phone and self.remembered is not None and part["type"] != FILE_UPLOAD:
            return self.remembered.get(part["custom_id"], _prefilled(part))
        return _prefilled(part)


def _prefilled(part: Json) -> object:
    """What the bot put into a form's part."""
    if part["type"] == TEXT_INPUT:
        return part.get("value", "")
    if part["type"] == CHECKBOX:
        return bool(part.get("default"))
    if part["type"] in (STRING_SELECT, RADIO, CHECKBOXES):
        return [option["value"] for option in part.get("options", ()) if option.get("default")]
    return [default["id"] for default in part.get("default_values", ())]


def _written(label: str, part: Json, text: str) -> str:
    """A text that the client would send. Raises CannotDo when it is missing, too short or too long."""
    if not text and not part.get("required", True):
        return text
    least = part.get("min_length") or (1 if part.get("required", True) else 0)
    most = part.get("max_length") or _TEXT_CHARACTERS
    if not least <= len(text) <= most:
        raise CannotDo(f"{label!r} takes {least} to {most} characters, not {len(text)}.")
    return text


def _as_list(value: object) -> list[object]:
    if isinstance(value, list | tuple):
        return list(value)
    return [value] if value else []
