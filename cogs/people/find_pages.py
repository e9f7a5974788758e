"""Private pages of /meet find and of introductions: values → messages, pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from discord import ui

from bot.people.find import Page, Wanted
from bot.people.flow.introductions import Met, Mine, Waiting
from bot.people.introductions import Introduction
from bot.people.members import FIELDS, OPEN_TO
from cogs.gate import escape
from cogs.layout import ACCENT, ago, button, message, row
from cogs.people.find_cards import answers, known, said, until

MOST_WAITING = 4  # asks on one page
_ANY = "any"


def found(page: Page, wanted: Wanted, mine: Mine, guild_id: int) -> ui.LayoutView:
    """People who want to be found, five a page, each with one button; what waits for me stands first."""
    view = ui.LayoutView(timeout=None)
    parts: list[ui.Item[Any]] = [ui.TextDisplay("### People who would like to meet")]
    if mine.waiting:
        parts += [
            ui.TextDisplay(_would_like(len(mine.waiting))),
            row(button("Show", "meet.waiting", guild_id)),
        ]
    for one in page.people:
        ask = button("Ask for an introduction", "meet.ask", one.mark)
        parts.append(ui.Section(ui.TextDisplay(known(one.shown)), accessory=ask))
    if not page.people:
        parts.append(ui.TextDisplay("I have nobody to show you now. Look again later, or choose less below."))
    parts += [
        row(_menu("meet.field", wanted.open_to, "Field", FIELDS, wanted.field)),
        row(_menu("meet.open_to", wanted.field, "Open to", OPEN_TO, wanted.open_to)),
    ]
    if lines := _mine(mine):
        parts.append(ui.TextDisplay(lines))
    parts.append(
        ui.TextDisplay("-# Names come with a yes from both. Whether you can be found: /me settings.")
    )
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    turns = [("Earlier", page.number - 1)] if page.number else []
    turns += [("More", page.number + 1)] if page.has_more else []
    if turns:
        state = wanted.field or _ANY, wanted.open_to or _ANY
        view.add_item(row(*(button(label, "meet.page", number, *state) for label, number in turns)))
    return view


def _would_like(number: int) -> str:
    return f"**{number} {'person' if number == 1 else 'people'} would like to meet you.**"


def _menu(name: str, other: str, label: str, choices: Mapping[str, str], now: str) -> ui.Select[Any]:
    """One filter; what the other one holds is in its id."""
    menu: ui.Select[Any] = ui.Select(custom_id=f"{name}/{other or _ANY}", placeholder=label)
    menu.add_option(label=f"{label}: any", value=_ANY, default=not now)
    for value, words in choices.items():
        menu.add_option(label=words, value=value, default=value == now)
    return menu


def wanted_of(field: str, open_to: str) -> Wanted:
    """The filters as the ids and menus spell them; what nobody knows is any."""
    return Wanted(field if field in FIELDS else "", open_to if open_to in OPEN_TO else "")


def _mine(mine: Mine) -> str:
    """My own asks, the same whatever became of them; and whom I met lately."""
    asked = [f"• You asked {ago(one.asked_at)}: “{escape(one.words, 100)}”" for one in mine.asked]
    came = [f"• You met <@{one.other_id}> {ago(one.at)}: “{escape(one.words, 100)}”" for one in mine.met[-5:]]
    return "\n".join([*asked, *came])


def waiting(asks: Sequence[Waiting]) -> ui.LayoutView:
    """Who would like to meet me, each with a yes and a not now."""
    if not asks:
        return message("Nothing waits for you here any more.")
    parts: list[ui.Item[Any]] = [ui.TextDisplay("### They would like to meet you")]
    for one in asks[:MOST_WAITING]:
        ask = one.introduction
        told = [known(one.shown), said(ask.words), until(int(ask.lapses_at.timestamp()))]
        parts += [ui.TextDisplay("\n".join(told)), answers(ask.guild_id, ask.id)]
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    return view


def asked(made: Introduction) -> ui.LayoutView:
    """The asker's answer: the same for everybody they may ask, and all there is until a yes."""
    end = f"<t:{int(made.lapses_at.timestamp())}:D>"
    return message(
        "### Asked",
        "If they would like to meet you too, both of you get the other's name.",
        f"If you hear nothing by {end}, it has lapsed. There is no other answer.",
    )


def accepted(met: Met, nonce: str = "") -> ui.LayoutView:
    return message(
        "### You are introduced",
        f"This is <@{met.other_id}>. They have your name too; say hello.",
        said(met.words),
        rows=_marker(nonce),
    )


def declined(nonce: str = "") -> ui.LayoutView:
    return message("Not now, then. They are not told; it lapses by itself.", rows=_marker(nonce))


def _marker(nonce: str) -> list[ui.ActionRow[Any]]:
    """A letter keeps its marker when it is replaced."""
    if not nonce:
        return []
    done = button("Done", "meet.done", nonce)
    done.disabled = True
    return [row(done)]
