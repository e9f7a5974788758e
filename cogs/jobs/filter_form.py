"""The filter as a form: words, where, level, kind of employment, pay. What it can't show stays as it was. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.jobs.place_words import EMPLOYMENT, LEVELS
from bot.jobs.query import FilterError
from bot.jobs.query.areas import find_area
from bot.jobs.query.choices import Choices, read, write
from cogs.presses import picked, typed

MOST_OPTIONS = 25
UNSTATED = "unstated"

# The places that are asked for most; what a filter names beside them is added.
_PLACES = (
    "EU", "Europe", "EMEA", "LATAM", "Americas", "APAC", "Africa",
    "US", "CA", "GB", "DE", "FR", "ES", "PT", "NL", "PL", "BR", "AR", "MX", "IN", "PH", "NG", "KE", "AU",
)  # fmt: skip


def choices_form(form_id: str, text: str) -> ui.Modal:
    """Five questions, each may stay empty. text: a filter that is one of choices."""
    now = read(text) or Choices()
    form = ui.Modal(title="What to hear", custom_id=form_id)
    form.add_item(
        ui.Label(
            text="Words",
            description="All of them must be there; -senior leaves senior out",
            component=ui.TextInput(
                custom_id="words", default=now.words or None, required=False, max_length=300
            ),
        )
    )
    where = [*now.countries, *([UNSTATED] if now.or_place_unstated else [])]
    form.add_item(
        ui.Label(
            text="Open to",
            description="Any of these is enough",
            component=_menu("places", _places(now), where),
        )
    )
    form.add_item(ui.Label(text="Level", component=_menu("levels", list(LEVELS.items()), now.levels)))
    form.add_item(ui.Label(text="Employment", component=_menu("types", list(EMPLOYMENT.items()), now.types)))
    form.add_item(
        ui.Label(
            text="Pay from",
            description="Such as 60k EUR, or 50/h USD; pay that isn't stated passes too",
            component=ui.TextInput(
                custom_id="pay", default=now.pay_floor or None, required=False, max_length=40
            ),
        )
    )
    return form


def read_choices(press: discord.Interaction[Any], before: Choices) -> str:
    """The filter's text. What can't be understood stands in it as it was typed, so that it can be pointed at.

    before: what the form showed; skills, which it doesn't ask for, stay.
    """
    where, floor = picked(press, "places"), typed(press, "pay").strip()
    countries = tuple(one for one in where if one != UNSTATED)
    made = replace(
        before,
        countries=countries,
        or_place_unstated=bool(countries) and UNSTATED in where,
        levels=tuple(picked(press, "levels")),
        types=tuple(picked(press, "types")),
    )
    or_unstated = bool(floor) and (before.or_pay_unstated or not before.pay_floor)
    words = typed(press, "words").strip()
    try:
        return write(replace(made, words=words, pay_floor=floor, or_pay_unstated=or_unstated))
    except FilterError:
        rest = write(replace(made, words="", pay_floor="", or_pay_unstated=False))
        return " ".join(filter(None, [words, rest, floor and f"pay>={floor}"]))


def _places(now: Choices) -> list[tuple[str, str]]:
    """Those that the filter names, then the usual ones, then: where none is stated."""
    areas = [area for one in (*now.countries, *_PLACES) if (area := find_area(one))]
    every = {area.name: area.spoken() for area in areas}
    shown = list(every.items())[: MOST_OPTIONS - 1]
    return [*shown, (UNSTATED, "or where no place is stated")]


def _menu(name: str, options: Sequence[tuple[str, str]], chosen: Iterable[str]) -> ui.Select[Any]:
    wanted = set(chosen)
    return ui.Select(
        custom_id=name,
        min_values=0,
        max_values=len(options),
        required=False,
        options=[
            discord.SelectOption(label=words, value=value, default=value in wanted)
            for value, words in options
        ],
    )
