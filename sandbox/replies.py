"""What a person looks at: a message with its buttons and menus."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sandbox import drafts
from sandbox.composer import Named, resolved_data
from sandbox.drafts import BUTTON, ENTITY_SELECTS, STRING_SELECT
from sandbox.forms import Modal
from sandbox.model import Interaction, InteractionKind, Json, Message
from sandbox.names import CannotDo
from sandbox.picking import picked

if TYPE_CHECKING:
    from sandbox.actors import Actor

_LINK_STYLE = 5


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
    def reactions(self) -> dict[str, int]:
        """Emoji → how many people."""
        return {emoji: len(users) for emoji, users in self.message.reactions.items()}

    @property
    def followups(self) -> list[Reply]:
        """What the bot added after this answer, as far as the person can still see it."""
        ids = self._interaction.followup_ids if self._interaction else []
        found = [self._actor.world.messages[message_id] for message_id in ids]
        return [Reply(self._actor, message, self._interaction) for message in found if not message.deleted]

    # -- what can be done ------------------------------------------------------------------------

    async def click(self, label: str, *, nth: int = 1) -> Reply | Modal:
        """Press a button as it stands now, by label or custom_id. Returns what is then there: a message or a form."""
        self.look()
        buttons = [
            button for button in self._all(BUTTON) if label in (_label(button), button.get("custom_id"))
        ]
        if len(buttons) < nth:
            raise CannotDo(f"There is no button {label!r}; there is: {', '.join(self.buttons) or 'none'}.")
        return await self._press(buttons[nth - 1], label)

    async def choose(self, select: str | int, values: Sequence[object] | str) -> Reply | Modal:
        """Choose in a menu, named by placeholder, custom_id or number from 0.

        values: values or labels of a text menu; names or ids of members, roles or channels of the others.
        """
        self.look()
        return await self._choose(self._menu(select), [values] if isinstance(values, str) else values)

    async def press(self, custom_id: str, values: Sequence[object] | None = None) -> Reply | Modal:
        """The button or menu of exactly this custom_id. values: what was chosen, for a menu."""
        self.look()
        for component in self._all(BUTTON, STRING_SELECT, *ENTITY_SELECTS):
            if component.get("custom_id") == custom_id:
                button = component["type"] == BUTTON
                return await (
                    self._press(component, _label(component))
                    if button
                    else self._choose(component, values or ())
                )
        raise CannotDo("That button or menu is no longer there.")

    def options(self, select: str | int) -> list[str]:
        """The labels that a text menu offers."""
        return [option["label"] for option in self._menu(select).get("options", ())]

    def look(self) -> Message:
        """The living message behind this view, looked at again. Raises CannotDo if it is out of sight."""
        message = self.refresh()._actor.world.messages[self._id]
        if not self._actor.can_see(message):
            raise CannotDo(f"{self._actor.user.name} does not see that message.")
        return message

    async def _press(self, button: Json, label: str) -> Reply | Modal:
        if button["style"] == _LINK_STYLE:
            raise CannotDo(f"{label!r} opens {button['url']}; the bot hears nothing of it.")
        _check_enabled(button, label)
        return await self._actor.send(InteractionKind.COMPONENT, _pressed(button), source=self.look())

    async def _choose(self, menu: Json, values: Sequence[object]) -> Reply | Modal:
        actor, message = self._actor, self.look()
        _check_enabled(menu, menu.get("placeholder") or menu["custom_id"])
        place = actor.world.channel(message.channel_id)
        if place is None:
            raise CannotDo("That channel is gone.")
        named = Named()
        data = _pressed(menu)
        data["values"] = picked(actor.world, actor.user, place, menu, values, named)
        data |= resolved_data(actor.world, actor.user, place, named)
        return await actor.send(InteractionKind.COMPONENT, data, source=message)

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


def _snapshot(message: Message) -> Message:
    """A copy that later changes do not reach; edits replace lists, only reactions change in place."""
    seen = copy.copy(message)
    seen.reactions = {emoji: list(users) for emoji, users in message.reactions.items()}
    return seen


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
