"""What `/cohort` shows: the groups of a server, and one of them from near. Values → messages, pure.

A button that changes something carries the `stamp` of the page it stands on, so that a page on which somebody else
has acted meanwhile can be told from a fresh one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zlib import crc32

import discord
from discord import ui

from bot.checkins import week as weeks
from bot.checkins.flow.groups import GroupPage, Listed
from bot.checkins.values import Cycle, Group
from bot.moderation.permissions import WHERE, named
from bot.ports import Template
from bot.text import cut
from cogs.checkins import cohort_times as times
from cogs.checkins.cohort_places import KINDS, Place
from cogs.checkins.words import cohort as words
from cogs.city_menu import city_menu
from cogs.gate import MAX_OPTION, code_block, escape
from cogs.layout import ACCENT, ago, button, message, row
from cogs.router import custom_id

PER_PAGE = 8  # a group takes three of Discord's forty components
NAME, QUESTION = 100, 300  # characters, escapes included
_TEMPLATE, _ABOUT = 60, 200
_WEEKS_OFF = 4  # that are named; the others are counted
_ALIVE = ("scheduled", "open", "digested")
_MAIN, _DANGER = discord.ButtonStyle.primary, discord.ButtonStyle.danger


def stamp(group: Group) -> str:
    """What moderators have set, as eight characters: another set has others."""
    said = (
        group.name,
        group.channel_id,
        group.zone,
        group.open_day,
        group.open_minute,
        group.digest_minute,
        group.template,
        group.question,
        group.starters,
        group.pods,
        group.state,
        group.season_week,
    )
    return f"{crc32(repr(said).encode()):08x}"


# -- the list ------------------------------------------------------------------------------------


def groups(every: Sequence[Listed], page: int, now: datetime) -> ui.LayoutView:
    """All groups, each with its state, what happens next, how many are in it, and a button that opens it."""
    if not every:
        return message(words.ALL_GROUPS, words.NO_GROUP)
    last = (len(every) - 1) // PER_PAGE
    page = min(max(page, 0), last)
    parts: list[ui.Item[Any]] = [ui.TextDisplay(words.ALL_GROUPS)]
    for one in every[page * PER_PAGE : (page + 1) * PER_PAGE]:
        parts.append(
            ui.Section(_listed(one, now), accessory=button(words.OPEN, "cohort.group", one.group.id))
        )
    nav = [button(words.EARLIER, "cohort.list", page - 1)] if page else []
    nav += [button(words.MORE, "cohort.list", page + 1)] if page < last else []
    parts.append(row(*nav, button(words.EVERY_WEEK_OFF, "cohort.weeks", 0)))
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    return view


def _listed(one: Listed, now: datetime) -> str:
    group = one.group
    cycles = [one.cycle] if one.cycle else []
    line = words.line_of(_channel(group), words.count_of(one.seen))
    return "\n".join([words.listed(escape(group.name, NAME)), _short_state(group, cycles, now), line])


def _short_state(group: Group, cycles: Sequence[Cycle], now: datetime) -> str:
    if group.state != "active":
        return words.LIST_PAUSED if group.state == "paused" else words.LIST_ENDED
    return words.LIST_BLOCKED if group.blocked_at else _next(group, cycles, now)


# -- one of them ---------------------------------------------------------------------------------


def group(
    seen: GroupPage,
    where: Place,
    templates: Sequence[Template],
    now: datetime,
    note: str = "",
    new: bool = False,
) -> ui.LayoutView:
    """A group's page: what it is, what happens next, and a button for each thing that can be changed.

    note: what has just been done. new: it has just been made.
    """
    one = seen.group
    name = escape(one.name, NAME)
    return message(
        words.made(name) if new else words.heading(name),
        _state(seen, now),
        "\n".join(_facts(seen, templates)),
        "\n".join(_lacking(one, where)),
        words.JOINING if one.state == "active" else "",
        note or words.ONLY_HERE,
        rows=_buttons(one),
    )


def _facts(seen: GroupPage, templates: Sequence[Template]) -> Iterable[str]:
    one = seen.group
    yield words.where(_channel(one))
    opens = times.opening(one.open_day, one.open_minute)
    yield words.times(opens, times.clock(one.digest_minute), times.zone_name(one.zone))
    yield words.seen(seen.seen)
    asks = next((each.name for each in templates if each.id == one.template), one.template)
    yield words.questions(escape(asks, _TEMPLATE), escape(one.question, QUESTION))
    yield words.extras(
        words.pods_on(seen.pods) if one.pods else words.OFF, words.ON if one.starters else words.OFF
    )
    if seen.holidays:
        first = [times.the_day(day) for day in seen.holidays[:_WEEKS_OFF]]
        yield words.weeks_off(first, len(seen.holidays) - len(first))


def _state(seen: GroupPage, now: datetime) -> str:
    one = seen.group
    if one.state == "ended":
        return words.ENDED
    said = [words.PAUSED] if one.state == "paused" else []
    said += [words.blocked(ago(one.blocked_at))] if one.blocked_at else []
    running = [cycle for cycle in seen.cycles if cycle.state in ("open", "digested")]
    if one.state == "active" or running:
        said.append(_next(one, seen.cycles, now))
    return "\n".join(said)


def _next(one: Group, cycles: Sequence[Cycle], now: datetime) -> str:
    """What happens next with each week that is not over, the oldest first."""
    alive = sorted((cycle for cycle in cycles if cycle.state in _ALIVE), key=lambda cycle: cycle.week)
    return "\n".join(_moment(one, cycle, now) for cycle in alive) or words.NOTHING_NEXT


def _moment(one: Group, cycle: Cycle, now: datetime) -> str:
    if cycle.state == "scheduled" and cycle.opens_at <= now:
        return words.opens_now(weeks.number(cycle.week))
    say, at = {
        "scheduled": (words.opens, cycle.opens_at),
        "open": (words.is_open, cycle.digest_at),
        "digested": (words.digested, cycle.final_at),
    }[cycle.state]
    return say(weeks.number(cycle.week), times.moment(at, one.zone), ago(at))


def _lacking(one: Group, where: Place) -> Iterable[str]:
    """What can't be done in its channel as it is; told before anybody waits for it."""
    if one.state == "ended":
        return
    if where.missing is None:
        yield words.CHANNEL_GONE
    elif where.missing:
        yield words.may_not_post(_channel(one), named(where.missing), WHERE)
    else:
        if not where.cards:
            yield words.no_public_threads(_channel(one), WHERE)
        yield from _pods_wait(one, where)


def _pods_wait(one: Group, where: Place) -> Iterable[str]:
    if one.pods and not where.pods and where.missing == ():
        say = words.no_pods_in_news(_channel(one)) if where.news else None
        yield say or words.no_private_threads(_channel(one), WHERE)


def _channel(one: Group) -> str:
    return f"<#{one.channel_id}>"


def _buttons(one: Group) -> list[ui.ActionRow[Any]]:
    rest = button(words.THE_REST, "cohort.rest", one.id)
    resume = button(words.RESUME, "cohort.turn", one.id, stamp(one), "active", style=_MAIN)
    if one.state == "ended":
        return [row(resume, rest)]
    invite = button(words.INVITE, "cohort.invite", one.id, style=_MAIN)
    return [
        row(
            button(words.CHANGE_TIMES, "cohort.times", one.id),
            button(words.CHANGE_QUESTIONS, "cohort.questions", one.id),
            button(words.CHANGE_CHANNEL, "cohort.channel", one.id),
        ),
        row(
            button(words.PODS, "cohort.pods", one.id),
            button(words.WEEK_OFF, "cohort.weeks", one.id),
            button(words.DIGESTS, "cohort.digest", one.id),
        ),
        row(
            resume if one.state == "paused" else invite,
            button(words.HIDE, "cohort.cards", one.id, 0),
            rest,
        ),
    ]


def back(one: Group) -> ui.Button[Any]:
    return button(words.BACK, "cohort.group", one.id)


# -- making one ----------------------------------------------------------------------------------


def cities(
    hits: Sequence[tuple[str, str]], now: datetime, typed: Sequence[tuple[str, str]], name: str, *ids: object
) -> ui.LayoutView:
    """What a typed city may mean. typed: label → text of what the menu's id can't carry; name, ids: of the menu."""
    return message(
        words.WHICH_CITY,
        words.WHICH_CITY_WHY,
        *(f"**{label}**\n{code_block(text, NAME * 2)}" for label, text in typed),
        rows=[row(city_menu(hits, now, name, *ids))],
    )


# -- channel and questions -----------------------------------------------------------------------


def channel(one: Group) -> ui.LayoutView:
    menu: ui.ChannelSelect[Any] = ui.ChannelSelect(
        custom_id=custom_id("cohort.channel.set", one.id, stamp(one)),
        channel_types=KINDS,
        placeholder=words.CHANNEL_MENU,
        default_values=[
            discord.SelectDefaultValue(id=one.channel_id, type=discord.SelectDefaultValueType.channel)
        ],
    )
    return message(words.CHANNEL_PAGE, words.CHANNEL_WHY, rows=[row(menu), row(back(one))])


def questions(one: Group, templates: Sequence[Template]) -> ui.LayoutView:
    """The templates to choose from, and the group's own question."""
    said = [
        words.template(escape(each.name, _TEMPLATE), escape(each.about, _ABOUT), each.id == one.template)
        for each in templates
    ]
    menus = [row(_template_menu(one, templates))] if templates else []
    return message(
        words.QUESTIONS_PAGE,
        "\n".join(said),
        words.own_question(escape(one.question, QUESTION)) if one.question else words.NO_OWN_QUESTION,
        words.QUESTIONS_WHEN,
        rows=[*menus, row(button(words.OWN_QUESTION, "cohort.question", one.id), back(one))],
    )


def _template_menu(one: Group, templates: Sequence[Template]) -> ui.Select[Any]:
    options = [
        discord.SelectOption(label=cut(each.name, MAX_OPTION), value=each.id, default=each.id == one.template)
        for each in templates
    ]
    menu_id = custom_id("cohort.template", one.id, stamp(one))
    return ui.Select(custom_id=menu_id, placeholder=words.QUESTIONS_MENU, options=options)


# -- pods ----------------------------------------------------------------------------------------


def pods(seen: GroupPage, where: Place, said: str = "") -> ui.LayoutView:
    """said: what has just been done."""
    one = seen.group
    turn = (words.PODS_OFF, "off") if one.pods else (words.PODS_ON, "on")
    form = button(words.FORM_PODS, "cohort.pods.form", one.id)
    form.disabled = not one.pods or one.state != "active"
    return message(
        words.PODS_PAGE,
        words.PODS_WHY,
        words.pods_are(one.pods, seen.pods),
        "\n".join(_pods_wait(one, where)),
        said,
        rows=[row(button(turn[0], "cohort.pods.turn", one.id, stamp(one), turn[1]), form, back(one))],
    )


# -- inviting ------------------------------------------------------------------------------------


def invite(one: Group, command: str) -> ui.LayoutView:
    """A text to paste. command: as Discord shows one that can be tapped."""
    text = words.invitation(one.name, words.DAYS[one.open_day], command)
    return message(
        words.heading(escape(one.name, NAME)),
        words.INVITE_WHY,
        code_block(text, 1_000),
        words.ONLY_HERE,
        rows=[row(back(one))],
    )


# -- the rest ------------------------------------------------------------------------------------


def rest(one: Group, note: str = "") -> ui.LayoutView:
    """What is needed seldom."""
    ids = one.id, stamp(one)
    starters = (words.STARTERS_OFF, "off") if one.starters else (words.STARTERS_ON, "on")
    state = (words.PAUSE, "paused") if one.state == "active" else (words.RESUME, "active")
    end = button(words.END, "cohort.end", one.id, style=_DANGER)
    season = button(words.SEASON, "cohort.season.page", one.id)
    end.disabled = season.disabled = one.state == "ended"
    return message(
        words.heading(escape(one.name, NAME)),
        f"{words.STARTERS_WHY}\n{words.EXPORT_WHY}",
        note,
        rows=[
            row(
                button(words.STATS, "cohort.stats", one.id),
                button(words.EXPORT_CSV, "cohort.export", one.id, "csv"),
                button(words.EXPORT_JSON, "cohort.export", one.id, "json"),
            ),
            row(
                button(starters[0], "cohort.starters", *ids, starters[1]),
                season,
            ),
            row(button(state[0], "cohort.turn", *ids, state[1]), end, back(one)),
        ],
    )


def exported(one: Group, name: str) -> ui.LayoutView:
    """name: of the file that goes with this message."""
    view = ui.LayoutView(timeout=None)
    said: ui.TextDisplay[Any] = ui.TextDisplay(words.exported(escape(one.name, NAME)))
    view.add_item(ui.Container(said, ui.File(f"attachment://{name}"), accent_colour=ACCENT))
    return view


def season(one: Group, now: datetime) -> ui.LayoutView:
    """How its eight weeks stand, and how it may go on. now: for the week that it is."""
    lasted = (weeks.week_of(now, one.zone) - one.season_week).days // 7 + 1
    choices = [
        button(label, "cohort.season.choose", one.id, choice)
        for choice, label in words.SEASON_CHOICES.items()
    ]
    return message(words.season(lasted), words.SEASON_WHY, rows=[row(*choices), row(back(one))])


def ending(one: Group) -> ui.LayoutView:
    return message(
        words.ending(escape(one.name, NAME)),
        words.ENDING_WHY,
        rows=[
            row(button(words.END_IT, "cohort.turn", one.id, stamp(one), "ended", style=_DANGER), back(one))
        ],
    )
