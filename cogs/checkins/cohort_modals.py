"""The forms that moderators fill in, and what they typed. Pure: values → forms, submitted forms → values.

What a [Fix it] needs is kept in two places: texts stand in the answer itself, choices in the button's custom_id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.checkins.groups import LONGEST, LONGEST_QUESTION
from bot.checkins.values import Group
from bot.people import zones
from bot.ports import Template
from bot.text import cut
from cogs.checkins import cohort_times as times
from cogs.checkins.cohort_places import KINDS
from cogs.checkins.words import cohort as words
from cogs.gate import MAX_OPTION
from cogs.presses import picked, typed
from cogs.router import custom_id, fresh

_MOST_TIME = 30  # characters of a typed time
NONE_YET = 0  # in the place of a channel's id
OPENS, DIGEST = (4, 9 * 60), 18 * 60  # Friday 09:00; Monday 18:00


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form that makes a group. channel_id: NONE_YET for none."""

    name: str = ""
    channel_id: int = NONE_YET
    zone: str = ""
    opens: str = times.typed_opening(*OPENS)
    template: str = ""

    @property
    def texts(self) -> dict[str, str]:
        """Label → text, as a [Fix it] finds them again."""
        return {words.NAME: self.name, words.ZONE: self.zone, words.OPENS: self.opens}


def new_group(start: Typed, templates: Sequence[Template]) -> ui.Modal:
    """Five questions, all but the name answered already."""
    form = ui.Modal(title=words.NEW_TITLE, custom_id=custom_id("cohort.create.typed", fresh()))
    form.add_item(_text(words.NAME, words.NAME_HINT, "name", start.name, LONGEST))
    channel: ui.ChannelSelect[Any] = ui.ChannelSelect(
        custom_id="channel",
        channel_types=KINDS,
        required=True,
        default_values=_channel(start.channel_id) if start.channel_id else [],
    )
    form.add_item(ui.Label(text=words.CHANNEL, description=words.CHANNEL_HINT, component=channel))
    form.add_item(_text(words.ZONE, words.ZONE_HINT, "zone", start.zone, zones.MAX_QUERY))
    form.add_item(_text(words.OPENS, words.OPENS_HINT, "opens", start.opens, _MOST_TIME))
    chosen = start.template or templates[0].id
    menu: ui.Select[Any] = ui.Select(
        custom_id="template",
        required=True,
        options=[
            discord.SelectOption(
                label=cut(one.name, MAX_OPTION),
                value=one.id,
                description=cut(one.about, MAX_OPTION),
                default=one.id == chosen,
            )
            for one in templates
        ],
    )
    form.add_item(ui.Label(text=words.TEMPLATE, component=menu))
    return form


def read_new(press: discord.Interaction[Any]) -> Typed:
    return Typed(
        typed(press, "name"),
        int(next(iter(picked(press, "channel")), NONE_YET)),
        typed(press, "zone"),
        typed(press, "opens"),
        next(iter(picked(press, "template")), ""),
    )


@dataclass(frozen=True, slots=True)
class Times:
    """What stands in the form that changes when a group opens and closes."""

    opens: str
    digest: str
    zone: str

    @property
    def texts(self) -> dict[str, str]:
        return {words.OPENS: self.opens, words.DIGEST: self.digest, words.ZONE: self.zone}


def times_of(group: Group) -> Times:
    return Times(
        times.typed_opening(group.open_day, group.open_minute), times.clock(group.digest_minute), group.zone
    )


def change_times(group_id: int, stamp: str, start: Times) -> ui.Modal:
    form = ui.Modal(
        title=words.TIMES_TITLE, custom_id=custom_id("cohort.times.typed", group_id, stamp, fresh())
    )
    form.add_item(_text(words.OPENS, words.OPENS_HINT, "opens", start.opens, _MOST_TIME))
    form.add_item(_text(words.DIGEST, words.DIGEST_HINT, "digest", start.digest, _MOST_TIME))
    form.add_item(_text(words.ZONE, words.ZONE_HINT, "zone", start.zone, zones.MAX_QUERY))
    return form


def read_times(press: discord.Interaction[Any]) -> Times:
    return Times(typed(press, "opens"), typed(press, "digest"), typed(press, "zone"))


def own_question(group_id: int, stamp: str, text: str) -> ui.Modal:
    form = ui.Modal(
        title=words.OWN_QUESTION_TITLE, custom_id=custom_id("cohort.question.typed", group_id, stamp, fresh())
    )
    form.add_item(
        _text(
            words.OWN_QUESTION_FIELD,
            words.OWN_QUESTION_HINT,
            "question",
            text,
            LONGEST_QUESTION,
            required=False,
        )
    )
    return form


def before(typed: Mapping[str, str], label: str, otherwise: str) -> str:
    """What was typed there, where this is a [Fix it]."""
    return typed.get(label, "") if typed else otherwise


def _text(label: str, hint: str, name: str, value: str, most: int, *, required: bool = True) -> ui.Label[Any]:
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=name, default=value[:most] or None, required=required, max_length=most
    )
    return ui.Label(text=label, description=hint, component=field)


def _channel(channel_id: int) -> list[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=channel_id, type=discord.SelectDefaultValueType.channel)]
