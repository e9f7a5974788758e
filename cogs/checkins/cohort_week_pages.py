"""What moderators see of single weeks: weeks off, the digest, cards that the group can see. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

import discord
from discord import ui

from bot.checkins import week as weeks
from bot.checkins.flow.groups import CARDS, Shown
from bot.checkins.messages import Digest
from bot.checkins.values import Group
from bot.text import cut
from cogs.checkins import cards
from cogs.checkins import cohort_times as times
from cogs.checkins.cohort_pages import back
from cogs.checkins.words import cohort as words
from cogs.gate import escape
from cogs.layout import ACCENT, button, message, row
from cogs.router import custom_id

AHEAD = 12  # weeks that can be chosen
_SAMPLE = "preview"  # in the place of a nonce
_WORDS = 150


# -- weeks off -----------------------------------------------------------------------------------


def weeks_off(one: Group | None, this: date, off: Collection[date], said: str = "") -> ui.LayoutView:
    """one: the group, None for all of them. this: the week that it is. off: those off, from this one on.

    For all groups at once no week is known to be off: each may have its own.
    """
    group_id = one.id if one else 0
    ahead = [this + timedelta(weeks=number) for number in range(AHEAD)]
    on = [week for week in ahead if week not in off]
    again = [week for week in ahead if week in off] if one else ahead
    rows = [row(*_quick(group_id, ahead[:2], off))]
    rows += [row(_menu(group_id, on, words.TAKE_OFF, "off"))] if on else []
    rows += [row(_menu(group_id, again, words.TAKE_BACK, "on"))] if again else []
    rows += [row(button(words.FOR_ALL_GROUPS, "cohort.weeks", 0), back(one))] if one else []
    listed = words.off_list([week_name(week) for week in sorted(off)]) or words.NO_WEEKS_OFF
    return message(
        words.WEEKS_OFF_PAGE if one else words.WEEKS_OFF_ALL,
        words.WEEKS_OFF_WHY,
        listed if one else "",
        said,
        rows=rows,
    )


def _quick(group_id: int, two: Sequence[date], off: Collection[date]) -> list[ui.Button[Any]]:
    labels = [(words.THIS_WEEK, words.THIS_WEEK_ON), (words.NEXT_WEEK, words.NEXT_WEEK_ON)]
    return [
        button(label[week in off], "cohort.weeks.turn", group_id, week, "on" if week in off else "off")
        for week, label in zip(two, labels, strict=True)
    ]


def _menu(group_id: int, every: Sequence[date], ask: str, turn: str) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id("cohort.weeks.menu", group_id, turn),
        placeholder=ask,
        options=[discord.SelectOption(label=week_name(week), value=week.isoformat()) for week in every],
    )


def week_name(week: date) -> str:
    """ "Week 52, from 21 December"."""
    return words.week_from(weeks.number(week), times.the_day(week))


# -- the digest ----------------------------------------------------------------------------------


def digest(one: Group, said: str = "") -> ui.LayoutView:
    """said: what has just been done."""
    return message(
        words.DIGEST_PAGE,
        words.DIGEST_WHY,
        said,
        rows=[
            row(
                button(words.PREVIEW, "cohort.digest.preview", one.id),
                button(words.POST_NOW, "cohort.digest.again", one.id),
                back(one),
            )
        ],
    )


def preview(one: Group, value: Digest) -> ui.LayoutView:
    """The digest's own words, without its buttons."""
    drawn = cards.digest(value, _SAMPLE).walk_children()
    texts = [item.content for item in drawn if isinstance(item, ui.TextDisplay)]
    return message(*texts, words.PREVIEWED, rows=[row(button(words.BACK, "cohort.digest", one.id))])


# -- hiding a card -------------------------------------------------------------------------------


def shown_cards(one: Group, every: Sequence[Shown], page: int, said: str = "") -> ui.LayoutView:
    """Cards that the group can see, or could until they were hidden, the newest first. said: what has been done."""
    parts: list[ui.Item[Any]] = [ui.TextDisplay(f"{words.CARDS_PAGE}\n{words.CARDS_WHY}")]
    parts += [ui.TextDisplay(said)] if said else []
    parts += [ui.Section(_card(each), accessory=_turn(one, each, page)) for each in every[:CARDS]]
    parts += [] if every else [ui.TextDisplay(words.NO_CARDS)]
    nav = [button(words.EARLIER, "cohort.cards", one.id, page - 1)] if page else []
    nav += [button(words.MORE, "cohort.cards", one.id, page + 1)] if len(every) > CARDS else []
    parts.append(row(*nav, back(one)))
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    return view


def _turn(one: Group, each: Shown, page: int) -> ui.Button[Any]:
    label, turn = (words.SHOW_AGAIN, "show") if each.week.hidden_at else (words.HIDE_IT, "hide")
    return button(label, "cohort.hide", one.id, each.week.id, page, turn)


def _card(each: Shown) -> str:
    said = each.week.said
    first = said.learned or ", ".join(goal.text for goal in said.goals) or said.if_then
    name = cards.who(each.author_id, each.name)
    hidden = each.week.hidden_at is not None
    return words.card_of(name, weeks.number(each.week.week), escape(cut(first, _WORDS), 2 * _WORDS), hidden)
