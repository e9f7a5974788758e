"""Somebody curious: opens every command and menu that Discord offers them, and presses everything they find there.

What is offered is asked from the synced commands, so a new command joins by itself. One that can't be used without
being told what to type stops the test and says so.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox import Actor, Modal, Reply, drafts
from sandbox.composer import CHAT, GROUP, MESSAGE_MENU, SUBCOMMAND, USER_MENU, offered
from sandbox.model import Json

Shown = Reply | Modal
Opening = Callable[[], Awaitable[Shown]]
# What tells two presses of one button apart and doesn't matter here: ids, row numbers, marks and random parts.
_CHANGING = re.compile(r"(?<=/)(\d+|[0-9a-f]{8,}|[0-9A-Za-z]{22})(?=/|$)")


@dataclass(frozen=True)
class Habits:
    """What somebody types and whom they choose.

    typed: a form's label, or a command's line and option → text, or a file. chosen: custom_id up to the first "/" →
    values of a menu; others take the first of a text menu. menus: an entry of a person's menu → on whom; others on
    everybody in `people`. never: names of buttons and menus that they leave alone.
    """

    typed: Mapping[str, object]
    chosen: Mapping[str, list[str]]
    people: Collection[str]
    menus: Mapping[str, Collection[str]] = field(default_factory=dict)
    never: frozenset[str] = frozenset()


def lines(actor: Actor) -> Iterator[tuple[str, list[Json]]]:
    """("jobs subscribe", its options) of every command that Discord offers this person where they are."""
    for command in offered(actor.world, actor.user, actor.place):
        if command.body["type"] == CHAT:
            yield from _leaves(command.body["name"], command.body["options"])


def _leaves(line: str, options: list[Json]) -> Iterator[tuple[str, list[Json]]]:
    if not any(option["type"] in (SUBCOMMAND, GROUP) for option in options):
        yield line, options
        return
    for option in options:
        yield from _leaves(f"{line} {option['name']}", option.get("options", []))


def menus(actor: Actor, kind: int) -> list[str]:
    return [
        one.body["name"] for one in offered(actor.world, actor.user, actor.place) if one.body["type"] == kind
    ]


@dataclass
class Curious:
    """One person and their habits."""

    who: Actor
    habits: Habits

    def openings(self) -> Iterator[tuple[str, Opening]]:
        """Every command, menu and newest message, as Discord offers it here: (what it is, how to open it)."""
        yield from self.of_commands()
        if self.who.place.guild_id is None:
            return
        for name in menus(self.who, USER_MENU):
            for whom in self.habits.menus.get(name, self.habits.people):
                yield f"{name} on {whom}", self._menu(name, whom)
        yield from self.of_messages()

    def of_commands(self) -> Iterator[tuple[str, Opening]]:
        for line, options in lines(self.who):
            if not any(one.get("required") for one in options):
                yield f"/{line}", self._command(line, {})
            told = {one["name"]: self.habits.typed.get(f"{line} {one['name']}") for one in options}
            for one in options:
                if one.get("required") and told[one["name"]] is None:
                    raise AssertionError(f"Say in days.py what to type as {one['name']!r} of /{line}.")
            if given := {name: text for name, text in told.items() if text is not None}:
                yield f"/{line} {given}", self._command(line, given)

    def of_messages(self) -> Iterator[tuple[str, Opening]]:
        """What is pressed on the newest messages where they are, and chosen from their menus."""
        for message in self._of_bot():
            yield "the newest message of the bot", self._look_at(message)
        for name in menus(self.who, MESSAGE_MENU):
            for message in self._messages():
                yield f"{name} on a message", self._menu(name, message)

    def _command(self, line: str, given: Mapping[str, object]) -> Opening:
        return lambda: self.who.slash(line, **given)

    def _menu(self, name: str, on: Reply | str) -> Opening:
        return lambda: self.who.menu(name, on)

    def _look_at(self, message: Reply) -> Opening:
        async def shown() -> Shown:
            return message

        return shown

    def _of_bot(self) -> list[Reply]:
        return [one for one in self._public() if one.message.author_id == self.who.world.bot.id][-1:]

    def _messages(self) -> list[Reply]:
        """The newest of the bot and the newest of somebody else, where they are."""
        ours = (self.who.world.bot.id, self.who.user.id)
        return self._of_bot() + [one for one in self._public() if one.message.author_id not in ours][-1:]

    def _public(self) -> list[Reply]:
        return [one for one in self.who.sees(self.who.place) if not one.ephemeral]

    async def complete(self) -> None:
        """Type a little into every option that offers choices."""
        for line, options in lines(self.who):
            for option in options:
                for text in ("", "p", "an") if option.get("autocomplete") else ():
                    await self.who.autocomplete(line, option["name"], text)

    async def look(self) -> None:
        """Open everything, press nothing further."""
        await self.complete()
        for _, opening in self.openings():
            await opening()

    async def press_everything(self) -> None:
        """Open everything, and press whatever is found there, once each, however deep it lies."""
        await self.complete()
        await self._press_all(self.openings())

    async def press_messages(self) -> None:
        """The same with the newest messages alone, where the commands are those of everywhere."""
        await self._press_all(self.of_messages())

    async def _press_all(self, openings: Iterator[tuple[str, Opening]]) -> None:
        met: set[str] = set()
        for _, opening in openings:
            await self._through(opening, met)

    async def _through(self, opening: Opening, met: set[str]) -> None:
        """Breadth first; every way begins at the opening, since a press may turn its page into another."""
        ways: deque[tuple[str, ...]] = deque([()])
        while ways:
            way = ways.popleft()
            shown = await self._reached(opening, way)
            for name in self._names(shown) if shown else ():
                if name not in met:
                    met.add(name)
                    ways.append((*way, name))

    async def _reached(self, opening: Opening, way: tuple[str, ...]) -> Reply | None:
        """Open it again and press the same way; None when the way is not there any more."""
        shown = await self._answered(await opening())
        for name in way:
            found = self._names(shown).get(name)
            if found is None:
                return None
            shown = await self._answered(await self._press(shown, found))
        return shown

    def _names(self, shown: Reply) -> dict[str, Json]:
        """What can be pressed, by its custom_id without what changes; the first of each."""
        shown.refresh()
        found: dict[str, Json] = {}
        if shown.gone:
            return found
        alone = (
            self.who.place.guild_id is None
        )  # there Discord offers nobody, no role and no channel to choose
        for part in drafts.walk(shown.message.components):
            custom_id = part.get("custom_id")
            if custom_id is None or part.get("disabled"):
                continue
            if alone and part["type"] in drafts.ENTITY_SELECTS:
                continue
            if custom_id.split("/")[0] not in self.habits.never:
                found.setdefault(_CHANGING.sub("*", custom_id), part)
        return found

    async def _press(self, shown: Reply, part: Json) -> Shown:
        custom_id = str(part["custom_id"])
        if part["type"] == drafts.BUTTON:
            return await shown.press(custom_id)
        chosen = self.habits.chosen.get(custom_id.split("/")[0])
        if chosen is None and part["type"] == drafts.STRING_SELECT:
            chosen = [part["options"][0]["value"]]
        if chosen is None:
            raise AssertionError(f"Say in days.py what to choose in the menu {custom_id!r}.")
        return await shown.press(custom_id, chosen)

    async def _answered(self, shown: Shown) -> Reply:
        """A form is filled in as they would, and sent."""
        if isinstance(shown, Reply):
            return shown
        typed: dict[str, Any] = {
            label: self.habits.typed.get(label, value or "Something")
            for label, value in shown.values.items()
            if isinstance(value, str)
        }
        return await self._answered(await shown.submit(typed | _first_of_each_menu(shown)))


def _first_of_each_menu(form: Modal) -> dict[str, Any]:
    """custom_id → the first option, of the text menus in which something must be chosen."""
    return {
        part["custom_id"]: [part["options"][0]["value"]]
        for part in drafts.walk(form.form["components"])
        if part["type"] == drafts.STRING_SELECT and part.get("required", True) and not _preset(part)
    }


def _preset(menu: Json) -> bool:
    return any(option.get("default") for option in menu["options"])
