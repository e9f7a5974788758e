"""The form of a check-in: its parts, what came back in them, and the small forms beside it. Pure but for `ask`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import discord
from discord import ui

from bot.checkins.plan import MAX_IF_THEN, MAX_LEARNED, Ask, Typed
from bot.checkins.values import Circle, Goal, Going
from bot.checkins.week import number
from bot.ports import Part, Template
from bot.text import cut, tidy
from cogs import gate
from cogs.checkins.words import form as words
from cogs.gate import MAX_OPTION
from cogs.layout import message
from cogs.people import again
from cogs.presses import picked, typed

Press = discord.Interaction[Any]

_MAX_LABEL, _MAX_HINT, _MOST_TICKED = 45, 100, 10  # docs: Label, Checkbox Group
_MAX_GOALS = 900  # characters of all: bullets and one goal too many fit, and are told of


# -- the check-in --------------------------------------------------------------------------------


def filled_in(asked: Ask) -> Typed:
    """What stands in the form when it opens."""
    said = asked.prefill
    return Typed(
        done=tuple(nth for nth, goal in enumerate(asked.goals) if goal.done),
        learned=said.learned,
        goals_text="\n".join(goal.text for goal in said.goals),
        if_then=said.if_then,
        going=said.going,
    )


def check_in(asked: Ask, week: date, circle: Circle, form_id: str, filled: Typed) -> ui.Modal:
    """Five parts, four where no goal was planned. The title says who will read it."""
    form = ui.Modal(title=words.title(number(week), circle), custom_id=form_id)
    if asked.goals:
        form.add_item(_ticks(asked.goals[:_MOST_TICKED], filled.done))
    template = asked.template
    form.add_item(_long("learned", template.learned, filled.learned, MAX_LEARNED))
    form.add_item(_long("goals", template.goals, filled.goals_text, _MAX_GOALS))
    form.add_item(_field("if_then", template.if_then, filled.if_then, MAX_IF_THEN))
    form.add_item(_going(filled.going))
    return form


def _ticks(goals: Sequence[Goal], done: Sequence[int]) -> ui.Label[Any]:
    boxes: ui.CheckboxGroup[Any] = ui.CheckboxGroup(
        custom_id="done", required=False, min_values=0, max_values=len(goals)
    )
    for nth, goal in enumerate(goals):
        boxes.add_option(label=cut(tidy(goal.text), MAX_OPTION), value=str(nth), default=nth in done)
    return ui.Label(text=words.FINISHED, description=words.FINISHED_HINT, component=boxes)


def _going(now: Going) -> ui.Label[Any]:
    choices: ui.RadioGroup[Any] = ui.RadioGroup(custom_id="going", required=False)
    for value, label in words.GOINGS.items():
        choices.add_option(label=label, value=value, default=value == now)
    return ui.Label(text=words.GOING, description=words.GOING_HINT, component=choices)


def _long(name: str, part: Part, text: str, longest: int) -> ui.Label[Any]:
    return _field(name, part, text, longest, discord.TextStyle.paragraph)


def _field(
    name: str,
    part: Part,
    text: str,
    longest: int,
    style: discord.TextStyle = discord.TextStyle.short,
    *,
    required: bool = False,
) -> ui.Label[Any]:
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=name, style=style, default=text[:longest] or None, required=required, max_length=longest
    )
    hint = cut(part.hint, _MAX_HINT) or None
    return ui.Label(text=cut(part.label, _MAX_LABEL), description=hint, component=field)


def read(press: Press) -> Typed:
    """What came back."""
    return Typed(
        done=tuple(int(one) for one in picked(press, "done")),
        learned=typed(press, "learned"),
        goals_text=typed(press, "goals"),
        if_then=typed(press, "if_then"),
        going=_going_of(typed(press, "going")),
    )


def _going_of(value: str) -> Going:
    return next((one for one in words.GOINGS if one == value), "unsaid")


# -- a form that was refused ---------------------------------------------------------------------


def texts(back: Typed) -> dict[str, str]:
    """Label → text, as `again.mistake` shows it."""
    return {words.LEARNED: back.learned, words.NEXT: back.goals_text, words.WHEN: back.if_then}


def marks(back: Typed) -> tuple[str, str]:
    """What was ticked and chosen, for the custom_id of [Fix it]; the texts stand in its message."""
    return "".join(map(str, back.done)) or "-", back.going


def typed_again(press: Press, done: str, going: str) -> Typed:
    """What stood in the form that was refused."""
    before = again.typed_before(press)
    return Typed(
        done=tuple(int(one) for one in done if one.isdecimal()),
        learned=before.get(words.LEARNED, ""),
        goals_text=before.get(words.NEXT, ""),
        if_then=before.get(words.WHEN, ""),
        going=_going_of(going),
    )


# -- the small ones ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Small:
    """A form of one field."""

    title: str
    part: Part
    longest: int
    is_long: bool = False
    required: bool = False

    def about(self, question: str) -> Small:
        """The same with this question for a label."""
        return replace(self, part=replace(self.part, label=question))


def small(which: Small, form_id: str, text: str) -> ui.Modal:
    form = ui.Modal(title=which.title, custom_id=form_id)
    style = discord.TextStyle.paragraph if which.is_long else discord.TextStyle.short
    form.add_item(_field("text", which.part, text, which.longest, style, required=which.required))
    return form


def planning(template: Template, form_id: str, goals_text: str, if_then: str) -> ui.Modal:
    """A plan without a check-in."""
    form = ui.Modal(title=words.PLAN_TITLE, custom_id=form_id)
    form.add_item(_long("goals", template.goals, goals_text, _MAX_GOALS))
    form.add_item(_field("if_then", template.if_then, if_then, MAX_IF_THEN))
    return form


async def ask(press: Press, form: ui.Modal) -> None:
    await gate.ask(press, form, message(words.TOO_LATE))
