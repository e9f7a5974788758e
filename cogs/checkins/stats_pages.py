"""`/cohort stats` as a message: the picture, and the same in words. Pure.

What may be said is decided in `bot.checkins.stats`: a number that isn't there is one of fewer than five.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.checkins.pictures import GroupWords, alt_of_group
from bot.checkins.stats import GroupStats, WeekStats
from bot.checkins.values import Group
from cogs.checkins.cohort_pages import NAME
from cogs.checkins.words import stats as words
from cogs.gate import escape
from cogs.layout import ACCENT, button, row

PICTURE = "group.png"


def stats(group: Group, found: GroupStats, picture: bool = False) -> ui.LayoutView:
    """picture: one goes with the message as PICTURE."""
    lines = [_line(week) for week in found.weeks]
    parts: list[ui.Item[Any]] = [ui.TextDisplay(words.heading(escape(group.name, NAME)))]
    if picture:
        alt = alt_of_group(picture_words(group), found.weeks)
        item = discord.MediaGalleryItem(f"attachment://{PICTURE}", description=alt)
        parts.append(ui.MediaGallery(item))
    if lines:
        members, pods, thanks = (_said(one) for one in (found.members, found.pods, found.thanks))
        parts.append(ui.TextDisplay(words.now(members, pods, thanks, len(lines))))
    parts.append(ui.TextDisplay("\n".join(reversed(lines)) or words.NOTHING_YET))
    parts.append(ui.TextDisplay(words.AFTER_FIVE))
    parts.append(
        row(
            button(words.REFRESH, "cohort.stats", group.id),
            button(words.OPEN_GROUP, "cohort.group", group.id),
        )
    )
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    return view


def picture_words(group: Group) -> GroupWords:
    """What the picture says beside its figures."""
    return GroupWords(
        title=words.picture_title(group.name),
        under=words.PICTURE_UNDER,
        checkins=words.CHECKINS,
        planned=words.PLANNED,
        finished=words.FINISHED,
        few=words.TOO_FEW,
        hidden=words.HIDDEN,
        off=words.OFF,
        note=words.NOTE,
        week=words.ALT_WEEK,
        week_off=words.ALT_WEEK_OFF,
    )


def _line(week: WeekStats) -> str:
    if week.off:
        return words.week_off(week.number)
    checkins = words.FEWER if week.checkins is None else str(week.checkins)
    return words.week(week.number, checkins, _goals(week))


def _goals(week: WeekStats) -> str:
    if week.finished is not None and week.planned is not None:
        return words.finished(week.finished, week.planned)
    if week.finished is not None:
        return words.only_finished(week.finished)
    return "" if week.planned is None else words.only_planned(week.planned)


def _said(count: int | None) -> str:
    return words.UNSAID if count is None else str(count)
