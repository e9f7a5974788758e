"""The sample that a newcomer reads with us: an invented document, their answers, then the reference beside them.

Nothing of it is kept between presses: the answers stand in each custom_id, a letter an item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.refusals import Refusal
from bot.reviews import answers
from bot.reviews.answers import Compared, Sheet
from bot.reviews.flow import giving
from bot.reviews.rubric import VERDICTS, Rubric, Sample, Verdict
from bot.reviews.values import Kind
from cogs.gate import escape
from cogs.layout import ACCENT, button, message, row
from cogs.people import here
from cogs.presses import chosen
from cogs.reviews.own import answer
from cogs.reviews.words import board as board_words
from cogs.reviews.words import give as words
from cogs.router import Handler, custom_id

Press = discord.Interaction[Any]

LETTERS: Mapping[str, Verdict] = {verdict[0]: verdict for verdict in VERDICTS}
OPEN = "-"
_TEXT, _POSTING, _LABEL, _ASKS, _WHY = 1_500, 250, 80, 150, 260


def handlers(app: App) -> Mapping[str, Handler]:
    forms = Forms(app)
    return {
        "review.sample": forms.opened,
        "review.sample.mark": forms.marked,
        "review.sample.done": forms.done,
    }


class Forms(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    async def opened(self, press: Press, guild: str) -> None:
        """That of the first of their kinds that has one; else any: clear writing is the same everywhere."""
        key = await self._key(press, guild)
        joined = await giving.giving(self._app, key, self._app.now())
        if joined is None:
            raise Refusal("no_reader")
        every, mine = self._app.rubrics, joined.reader.kinds
        with_one = sorted((one for one in every.values() if one.sample), key=lambda one: one.kind not in mine)
        rubric = next(iter(with_one), None)
        if rubric is None:
            await answer(press, message(words.NO_SAMPLE, rows=[row(back(guild))]))
        else:
            await self._show(press, guild, rubric, OPEN * len(rubric.items))

    async def marked(self, press: Press, guild: str, kind: str, said: str, nth: str) -> None:
        rubric = self._rubric(kind)
        at, verdict = int(nth), next(one for one in VERDICTS if one == chosen(press)[0])
        await self._show(press, guild, rubric, f"{said[:at]}{verdict[0]}{said[at + 1 :]}")

    async def done(self, press: Press, guild: str, kind: str, said: str) -> None:
        app, key, rubric = self._app, await self._key(press, guild), self._rubric(kind)
        sheet = self._sheet(rubric, said)
        await giving.sample_done(app, key, sheet, rubric, app.now())
        await answer(press, compared(guild, answers.compare_sample(sheet, rubric)))

    async def _show(self, press: Press, guild: str, rubric: Rubric, said: str) -> None:
        if rubric.sample is None:
            raise Refusal("no_sample")
        await answer(press, sample(guild, rubric, rubric.sample, said))

    def _rubric(self, kind: str) -> Rubric:
        """Refuses "no_sample" for one that is gone."""
        found = next((one for name, one in self._app.rubrics.items() if name == kind), None)
        if found is None:
            raise Refusal("no_sample")
        return found

    def _sheet(self, rubric: Rubric, said: str) -> Sheet:
        sheet = answers.blank(rubric)
        for item, letter in zip(rubric.items, said, strict=False):
            if letter in LETTERS:
                sheet = answers.marked(sheet, item.id, LETTERS[letter], self._app.now())
        return sheet


# -- pages ---------------------------------------------------------------------------------------


def back(guild: str) -> ui.Button[Any]:
    return button(words.BACK, "review.give", guild)


def sample(guild: str, rubric: Rubric, example: Sample, said: str) -> ui.LayoutView:
    """The invented document and every item with its menu. said: a letter an item, as far as it is answered."""
    said = said[: len(rubric.items)].ljust(len(rubric.items), OPEN)
    head = [words.SAMPLE_HEADING, words.SAMPLE_WHY, words.sample_for(escape(example.posting, _POSTING))]
    parts: list[ui.Item[Any]] = [
        ui.TextDisplay("\n".join(head)),
        ui.TextDisplay(escape(example.text, _TEXT)),
    ]
    for nth, item in enumerate(rubric.items):
        asked = board_words.item(escape(item.label, _LABEL), escape(item.asks, _ASKS))
        parts += [ui.TextDisplay(asked), row(_menu(guild, rubric.kind, said, nth))]
    answered = len(said) - said.count(OPEN)
    parts.append(ui.TextDisplay(words.sample_progress(answered, len(said))))
    done = button(
        words.SAMPLE_COMPARE,
        "review.sample.done",
        guild,
        rubric.kind,
        said,
        style=discord.ButtonStyle.primary,
    )
    done.disabled = OPEN in said
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, row(done, back(guild)), accent_colour=ACCENT))
    return view


def _menu(guild: str, kind: Kind, said: str, nth: int) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id("review.sample.mark", guild, kind, said, nth),
        placeholder=board_words.ANSWER,
        options=[
            discord.SelectOption(
                label=board_words.VERDICTS[verdict], value=verdict, default=verdict[0] == said[nth]
            )
            for verdict in VERDICTS
        ],
    )


def compared(guild: str, found: Sequence[Compared]) -> ui.LayoutView:
    """Each item as they answered it beside the reference, and why."""
    lines = [
        words.compared(
            escape(one.label, _LABEL),
            words.verdict(one.yours.verdict if one.yours else None),
            one.reference.verdict,
            escape(one.reference.why, _WHY),
        )
        for one in found
    ]
    return message(
        words.SAMPLE_DONE,
        words.SAMPLE_SAME,
        "\n".join(lines),
        words.SAMPLE_READY,
        rows=[row(back(guild))],
    )
