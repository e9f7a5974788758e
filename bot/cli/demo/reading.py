"""What people of a story do when they read for each other: single things, each as somebody presses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cli.demo.papers import paper
from bot.cli.demo.script import Scene
from sandbox import Actor, Modal, Reply
from sandbox.drafts import walk

PLACE = "reviews"


@dataclass(frozen=True, slots=True)
class ShowsTheirName:
    """Doesn't search in private: a round's preview may name them."""

    async def by(self, who: Actor, scene: Scene) -> None:
        shown = _page(await who.go(PLACE).slash("me settings"))
        for label in ("Private search", "Turn private search off", "Yes, turn it off"):
            shown = _page(await shown.click(label))
        scene.looks[who.user.name] = shown


@dataclass(frozen=True, slots=True)
class Tells:
    """Field and level, to those they are brought together with: why two fit is told from that alone."""

    field: str
    level: str

    async def by(self, who: Actor, scene: Scene) -> None:
        shown = _page(await who.go(PLACE).slash("me profile"))
        shown = _page(await shown.click("Edit"))
        shown = _page(await shown.choose("Field", self.field))
        shown = _page(await shown.choose("Level", self.level))
        shown = _page(await shown.click("Back"))
        shown = _page(await shown.click("Who sees what"))
        for name in ("Field", "Level"):
            shown = _page(await shown.choose(name, f"{name}: people I meet here"))
        scene.looks[who.user.name] = shown


@dataclass(frozen=True, slots=True)
class Reads:
    """Joins as a reader of these kinds, and reads the sample that comes first."""

    kinds: Sequence[str]
    at_a_time: str = "2 at a time"

    async def by(self, who: Actor, scene: Scene) -> None:
        shown = _page(await who.go(PLACE).slash("review give"))
        shown = _page(await shown.choose("How many at a time?", self.at_a_time))
        shown = _page(await shown.choose("Which kinds?", self.kinds))
        shown = _page(await shown.click("Read the sample"))
        for number, _ in enumerate(shown.selects):
            shown = _page(await shown.choose(number, "Partly" if number % 3 else "Yes"))
        scene.looks[who.user.name] = await shown.click("Compare")


@dataclass(frozen=True, slots=True)
class HandsIn:
    """Has something read in the next round. form: label → text; lines: of the PDF that is uploaded, () for none."""

    kind: str
    form: Mapping[str, str]
    lines: Sequence[str] = ()
    readers: int = 1

    async def by(self, who: Actor, scene: Scene) -> None:
        shown = _page(await who.go(PLACE).slash("review request"))
        shown = _page(await shown.choose("What is to be read?", self.kind))
        shown = _page(await shown.choose("With your name, or without?", "With names"))
        if self.readers == 1:
            shown = _page(await shown.click("One reader is enough"))
        shown = _page(await shown.click("Wait for the round"))
        form = await shown.click(next(one for one in shown.buttons if one.startswith("Hand in")))
        if not isinstance(form, Modal):
            raise LookupError(f"{who.user.name} has no form to fill.")
        file = {"file": (f"{who.user.name}.pdf", paper(self.lines))} if self.lines else {}
        shown = _page(await form.submit({**self.form, **file}))
        if "Cancel" in shown.buttons:  # a look before others see it
            shown = _page(await shown.click(shown.buttons[0]))
        scene.looks[who.user.name] = shown


@dataclass(frozen=True, slots=True)
class Accepts:
    """Says yes to everything they are asked to read."""

    async def by(self, who: Actor, scene: Scene) -> None:
        shown = _page(await who.go(PLACE).slash("review status"))
        for _ in range(shown.buttons.count("Accept")):
            await shown.click("Accept")
            shown = _page(await who.slash("review status"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A review. verdicts: "y", "p" or "n" an item, in turn. quotes: line and rewrite, for items that aren't "y"."""

    verdicts: str
    quotes: Sequence[tuple[str, str]]
    first: str
    question: str = ""


_VERDICTS = {"y": "yes", "p": "partly", "n": "no"}


@dataclass(frozen=True, slots=True)
class Sends:
    """Fills in the board of everything that they read, and sends it."""

    sheet: Sheet

    async def by(self, who: Actor, scene: Scene) -> None:
        shown = _page(await who.go(PLACE).slash("review status"))
        for _ in range(shown.buttons.count("Go on")):
            board = await self._filled(_page(await shown.click("Go on")))
            scene.looks[who.user.name] = await board.click("Send")
            shown = _page(await who.slash("review status"))

    async def _filled(self, board: Reply) -> Reply:
        board, done = await self._marked(board, 0)
        board = await self._quoted(board)
        while "Next items" in board.buttons:
            board, done = await self._marked(_page(await board.click("Next items")), done)
        form = _form(await board.click("Change this first"))
        return _page(await form.submit(text=self.sheet.first, question=self.sheet.question))

    async def _marked(self, board: Reply, done: int) -> tuple[Reply, int]:
        """One page of items. done: how many are answered before it, and after it."""
        for menu in _ids(board, "review.mark"):
            verdict = _VERDICTS[self.sheet.verdicts[done % len(self.sheet.verdicts)]]
            board, done = _page(await board.press(menu, [verdict])), done + 1
        return board, done

    async def _quoted(self, board: Reply) -> Reply:
        """Quotes are asked for below what isn't simply yes."""
        buttons = zip(_ids(board, "review.quote"), self.sheet.verdicts, strict=False)
        weak = [button for button, verdict in buttons if verdict != "y"]
        for button, (line, rewrite) in zip(weak, self.sheet.quotes, strict=False):
            form = _form(await board.press(button))
            board = _page(await form.submit(line=line, rewrite=rewrite))
        return board


def _ids(shown: Reply, name: str) -> list[str]:
    """The custom_ids of a page that begin so, from top to bottom."""
    every = [str(part.get("custom_id", "")) for part in walk(shown.message.components)]
    return [one for one in every if one.split("/")[0] == name]


def _page(answer: Reply | Modal) -> Reply:
    if not isinstance(answer, Reply):
        raise LookupError("There is a form where a page was expected.")
    return answer


def _form(answer: Reply | Modal) -> Modal:
    if not isinstance(answer, Modal):
        raise LookupError("There is a page where a form was expected.")
    return answer
