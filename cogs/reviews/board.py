"""A reader's presses: accept or not, fill in the board, send it. Each press is kept at once.

Buttons elsewhere lead here: `review.accept`, `review.decline` and `review.board`, each with the server, the reading
and, in a letter, its nonce.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from bot.app import App
from bot.people.members import Key
from bot.refusals import Refusal
from bot.reviews.flow import asking, filling, readings
from bot.reviews.flow.asking import Task
from bot.reviews.flow.filling import Board
from bot.reviews.rubric import VERDICTS
from cogs import gate, refusals
from cogs.layout import message
from cogs.people import again, here
from cogs.people.here import key_of, server_name
from cogs.presses import chosen, typed
from cogs.reviews import board_forms as forms
from cogs.reviews import board_pages as pages
from cogs.reviews.own import answer
from cogs.reviews.words import board as words
from cogs.router import Handler

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of the board and the function that answers it."""
    presses = Presses(app)
    return {
        "review.accept": presses.accept,
        "review.decline": presses.decline,
        "review.return": presses.give_back,
        "review.task": presses.task,
        "review.board": presses.board,
        "review.items": presses.items,
        "review.mark": presses.mark,
        "review.why": presses.why,
        "review.quote": presses.ask_quote,
        "review.quoted": presses.quoted,
        "review.first": presses.ask_first,
        "review.firsted": presses.first,
        "review.send": presses.send,
    }


class Presses(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    async def accept(self, press: Press, guild: str, reading: str, *_nonce: str) -> None:
        """They read it: when it is due, and where it stands."""
        app, key = self._app, await self._who(press, guild)
        await readings.accept(app, key, int(reading), app.now())
        await self.task(press, guild, reading)

    async def task(self, press: Press, guild: str, reading: str) -> None:
        """What they have accepted."""
        key = key_of(press, guild)
        found = await self._task(key, reading)
        if found is None:
            raise Refusal("reading_over")
        await answer(press, pages.task(key.guild_id, found))

    async def decline(self, press: Press, guild: str, reading: str, *_nonce: str) -> None:
        """At once while they are only asked. What they accepted is given back by a second press."""
        key = await self._who(press, guild)
        found = await self._task(key, reading)
        if found is not None and found.reading.state == "accepted":
            await answer(press, pages.giving_back(key.guild_id, int(reading)))
        else:
            await self.give_back(press, guild, reading)

    async def give_back(self, press: Press, guild: str, reading: str) -> None:
        app = self._app
        await readings.decline(app, await self._who(press, guild), int(reading), app.now())
        await answer(press, message(words.DECLINED))

    async def _who(self, press: Press, guild: str) -> Key:
        """The one who presses, met in their server. Refuses "member_unknown"."""
        return await self._key(press, guild)

    async def _task(self, key: Key, reading: str) -> Task | None:
        """None: it is over, or was never theirs."""
        tasks = (await asking.mine(self._app, key, self._app.now())).tasks
        return next((one for one in tasks if one.reading.id == int(reading)), None)

    # -- the board -------------------------------------------------------------------------------

    async def board(self, press: Press, guild: str, reading: str, *_nonce: str) -> None:
        """Where the next open item is."""
        key, seen = await self._board(press, guild, reading)
        await self._show(press, key, seen, pages.first_open(seen.sheet))

    async def items(self, press: Press, guild: str, reading: str, page: str) -> None:
        key, seen = await self._board(press, guild, reading)
        await self._show(press, key, seen, int(page))

    async def mark(self, press: Press, guild: str, reading: str, page: str, item: str) -> None:
        app, key = self._app, await self._who(press, guild)
        verdict = next(one for one in VERDICTS if one == chosen(press)[0])
        seen = await filling.mark(app, key, int(reading), item, verdict, app.now())
        await self._show(press, key, seen, int(page))

    async def why(self, press: Press, guild: str, reading: str, page: str, item: str) -> None:
        """The evidence of one item."""
        key, seen = await self._board(press, guild, reading)
        rubric = self._app.rubrics.get(seen.sheet.kind)
        label = seen.sheet.labels.get(item, item)
        found = rubric.item(item) if rubric else None
        await answer(press, pages.evidence(key.guild_id, int(reading), int(page), label, found))

    async def _board(self, press: Press, guild: str, reading: str) -> tuple[Key, Board]:
        app, key = self._app, await self._who(press, guild)
        return key, await filling.sheet(app, app.rubrics, key, int(reading), app.now())

    async def _show(self, press: Press, key: Key, seen: Board, page: int) -> None:
        if seen.sent_at is not None:
            await self._sent(press, key, seen)
            return
        rubric = self._app.rubrics.get(seen.sheet.kind)
        await answer(press, pages.board(key.guild_id, seen, rubric, page))

    # -- the forms -------------------------------------------------------------------------------

    async def ask_quote(self, press: Press, guild: str, reading: str, page: str, item: str) -> None:
        """Opens with what stands there; with what was typed, where this is a [Fix it]."""
        _, seen = await self._board(press, guild, reading)
        said = seen.sheet.answers.get(item)
        if said is None:
            raise Refusal("item_not_marked", label=seen.sheet.labels.get(item, item))
        was = again.typed_before(press)
        line, rewrite = was.get(words.LINE, said.quote), was.get(words.REWRITE, said.rewrite)
        form = forms.quote(guild, reading, page, item, line, rewrite)
        await gate.ask(press, form, message(words.TOO_LATE))

    async def quoted(self, press: Press, guild: str, reading: str, page: str, item: str, _fresh: str) -> None:
        app, key = self._app, await self._who(press, guild)
        line, rewrite = typed(press, "line"), typed(press, "rewrite")
        try:
            seen = await filling.quote(app, key, int(reading), item, line, rewrite, app.now())
        except Refusal as refusal:
            said = {words.LINE: line, words.REWRITE: rewrite}
            about = guild, reading, page, item
            await answer(press, again.mistake(refusals.words(refusal), said, "review.quote", *about))
        else:
            await self._show(press, key, seen, int(page))

    async def ask_first(self, press: Press, guild: str, reading: str, page: str) -> None:
        _, seen = await self._board(press, guild, reading)
        was = again.typed_before(press)
        text = was.get(words.FIRST_FIELD, seen.sheet.change_first)
        question = was.get(words.QUESTION_FIELD, seen.sheet.question)
        form = forms.first(guild, reading, page, text, question)
        await gate.ask(press, form, message(words.TOO_LATE))

    async def first(self, press: Press, guild: str, reading: str, page: str, _fresh: str) -> None:
        app, key = self._app, await self._who(press, guild)
        text, question = typed(press, "text"), typed(press, "question")
        try:
            seen = await filling.first(app, key, int(reading), text, question, app.now())
        except Refusal as refusal:
            said = {words.FIRST_FIELD: text, words.QUESTION_FIELD: question}
            about = guild, reading, page
            await answer(press, again.mistake(refusals.words(refusal), said, "review.first", *about))
        else:
            await self._show(press, key, seen, int(page))

    # -- sending ---------------------------------------------------------------------------------

    async def send(self, press: Press, guild: str, reading: str) -> None:
        app, key = self._app, await self._who(press, guild)
        server = server_name(press, key.guild_id)
        seen = await filling.submit(app, key, int(reading), server, app.now())
        await self._sent(press, key, seen)

    async def _sent(self, press: Press, key: Key, seen: Board) -> None:
        mine = await asking.mine(self._app, key, self._app.now())
        await answer(press, pages.sent(seen, mine.account))
