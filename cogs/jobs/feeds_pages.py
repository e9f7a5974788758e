"""Private pages of `/feeds`, for moderators: values → messages, pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.jobs import troubles
from bot.jobs.added import MOST_HERE, Added, Health
from bot.jobs.facts import Facts
from bot.jobs.flow.added import Choice, Failed, Heard, Line, Looked, Sample, Trial
from bot.jobs.flow.feed_lists import MOST, Imported
from bot.people.countries import country_name
from bot.ports import Trouble
from bot.text import cut
from cogs.gate import escape, title_link
from cogs.layout import ACCENT, ago, button, message, row
from cogs.router import custom_id

PER_PAGE = 5
_NAME, _TITLE, _COMPANY, _URL, _WORDS = 80, 200, 80, 200, 350
_COUNTRIES = 4  # named; the others are counted
_NAMES = 5  # of a list's feeds that are named
_ADD = discord.ButtonStyle.success


def looked(found: Looked) -> ui.LayoutView:
    """What an address turned out to be."""
    match found:
        case Trial():
            return trial(found)
        case Choice():
            return choice(found)
        case Heard():
            return heard(found)
        case Failed():
            return failed(found)


# -- adding --------------------------------------------------------------------------------------


def trial(found: Trial) -> ui.LayoutView:
    """A feed that works: how much is in it, three openings with what I read out of them, and one press to add it."""
    return message(
        f"### {escape(found.feed.name, _NAME)} can be read",
        _counted(found),
        *(_sample(one) for one in found.samples),
        "-# Its openings go to this server's subscriptions alone. Of those in it now only the newest are posted.",
        rows=[
            row(
                button("Add", "feeds.add", found.feed.id, style=_ADD),
                button("Cancel", "feeds.cancel"),
            )
        ],
    )


def _counted(found: Trial) -> str:
    if not found.count:
        return "There is no opening in it today. It is a feed all the same."
    newest = f", the newest {ago(found.newest)}" if found.newest else ""
    undated = (
        f" {found.undated} have no date: they count from when I first see them." if found.undated else ""
    )
    return f"{found.count} opening{'' if found.count == 1 else 's'}{newest}.{undated}"


def _sample(one: Sample) -> str:
    company = f" · {escape(one.company, _COMPANY)}" if one.company else ""
    when = f" · {ago(one.published)}" if one.published else ""
    return f"**{title_link(one.title, one.url, _TITLE)}**{company}{when}\n-# I read: {_facts(one.facts)}"


def _facts(facts: Facts) -> str:
    read = [_place(facts)]
    if facts.pay:
        read.append(f"pay {escape(facts.pay.words, _COMPANY)}")
    read += [one.value for one in facts.level[:2]]
    read += [one.value.replace("_", " ") for one in facts.employment[:2]]
    return " · ".join(read)


def _place(facts: Facts) -> str:
    where = facts.place
    if where.scope == "unknown":
        return "place not stated"
    if where.scope == "worldwide":
        return "open worldwide"
    names = [escape(country_name(code), _NAME) for code in where.countries_in[:_COUNTRIES]]
    more = len(where.countries_in) - len(names)
    return f"only in {', '.join(names)}{f' and {more} more' if more else ''}" if names else "not open to all"


def choice(found: Choice) -> ui.LayoutView:
    """A page for people, and the feeds in it to choose from."""
    options = [
        discord.SelectOption(label=cut(one.name, 100), value=one.id, description=cut(one.url, 100))
        for one in found.found
    ]
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id("feeds.choose"), placeholder="Choose a feed; I test it first", options=options
    )
    count = len(options)
    return message(
        "### That is a page for people",
        f"I found {'a feed' if count == 1 else f'{count} feeds'} in it. Choose one below, and I test it.",
        rows=[row(menu)],
    )


_HEARD = {
    "book": "Every server hears {name}, so this one does, too. Nothing is left to do.",
    "already": "This server hears {name} already. See /feeds list.",
    "joined": "Another server had added {name}, so I know that it works. This server hears it from now on.",
}


def heard(found: Heard) -> ui.LayoutView:
    return message(_HEARD[found.how].format(name=f"**{escape(found.name, _NAME)}**"))


def failed(found: Failed) -> ui.LayoutView:
    """Why it can't be added and what to do; short forms are told, since few know them."""
    return message(
        "### That can't be added",
        escape(found.words, _WORDS),
        f"-# {escape(found.url, _URL)}\n"
        "-# An employer's own board has a short form, such as greenhouse:gitlab, lever:, ashby: or workable:.",
    )


def added(one: Added) -> ui.LayoutView:
    name = escape(one.name, _NAME)
    return message(f"**{name}** is added. I read it within seconds. Pause or remove it with /feeds list.")


def cancelled() -> ui.LayoutView:
    return message("Nothing was added.")


def replaced(one: Added) -> ui.LayoutView:
    return message(f"**{escape(one.name, _NAME)}** takes its place. I read it within seconds.")


# -- the list ------------------------------------------------------------------------------------


def feeds(lines: Sequence[Line], page: int) -> ui.LayoutView:
    """Every feed that this server hears, five a page, each with its health and its buttons."""
    last = max(0, len(lines) - 1) // PER_PAGE
    page = min(max(page, 0), last)
    parts: list[ui.Item[Any]] = [ui.TextDisplay(_heading(lines))]
    for one in lines[page * PER_PAGE : (page + 1) * PER_PAGE]:
        parts.append(ui.TextDisplay(_line(one)))
        if buttons := _buttons(one, page):
            parts.append(row(*buttons))
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    nav = [button("Earlier", "feeds.page", page - 1)] if page else []
    nav += [button("More", "feeds.page", page + 1)] if page < last else []
    view.add_item(row(*nav, button("Blocked companies", "jobs.unwanted")))
    return view


def _heading(lines: Sequence[Line]) -> str:
    own = sum(line.added for line in lines)
    counts = f"{own} of {MOST_HERE} added here, {len(lines) - own} read for every server"
    return f"### Feeds that this server hears\n-# {counts}"


def _line(one: Line) -> str:
    paused = " · **paused**" if one.paused else ""
    whose = " · added here" if one.added else ""
    return f"**{escape(one.name, _NAME)}**{whose}{paused}\n{_health(one)}"


def _health(one: Line) -> str:
    health = one.health
    if health is None or (health.last_read_at is None and not health.trouble):
        return "Not read yet."
    if health.trouble:
        happened = troubles.happened(Trouble(health.trouble, health.detail), "It")
        since = f" Since {ago(health.trouble_since)}." if health.trouble_since else ""
        return f"**In trouble:** {escape(happened, _WORDS)}{since} I try again {ago(health.next_read_at)}."
    read = f"Read {ago(health.last_good_at)}" if health.last_good_at else "Read"
    again = "" if one.paused else f" · next {ago(health.next_read_at)}"
    return f"{read} · {_new(health)}{again}"


def _new(health: Health) -> str:
    a_day = health.new / health.days
    if not health.new:
        return "nothing new lately"
    return f"about {a_day:.0f} new a day" if a_day >= 1 else f"{health.new} new in {health.days} days"


def _buttons(one: Line, page: int) -> list[ui.Button[Any]]:
    found = []
    if one.health is not None and one.health.trouble and not one.paused:
        found.append(button("Try again now", "feeds.again", one.id, page))
    if one.added:
        turn = ("Resume", "feeds.resume") if one.paused else ("Pause", "feeds.pause")
        found += [button(turn[0], turn[1], one.id, page), button("Remove", "feeds.remove", one.id, page)]
    return found


# -- lists in and out ----------------------------------------------------------------------------


def under_way(told: Imported) -> ui.LayoutView:
    """While a list is taken in."""
    return message(f"### Testing the feeds of the list: {told.done} of {told.of}", _sums(told))


def imported(told: Imported) -> ui.LayoutView:
    """What became of a list; each of its feeds is counted in one place."""
    wrong = [f"• **{escape(name, _NAME)}**: {escape(words, 150)}" for name, words in told.failed[:_NAMES]]
    if more := len(told.failed) - len(wrong):
        wrong.append(f"• and {more} more that can't be read")
    left = (
        f"**Left out: {_some(told.left)}.** A server hears {MOST_HERE} added feeds at most, and I test {MOST} of a "
        "list. Remove some in /feeds list and import the list again: nothing is added twice."
        if told.left
        else ""
    )
    return message("### The list is taken in", _sums(told), "\n".join(wrong), left)


def _sums(told: Imported) -> str:
    counts = [
        (len(told.added), "added"),
        (len(told.heard), "heard already"),
        (len(told.failed), "can't be read"),
    ]
    said = [f"{number} {words}" for number, words in counts if number]
    if told.left:
        said.append(f"{len(told.left)} left out")
    return " · ".join(said) or "None yet."


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(escape(name, 60) for name in names[:_NAMES])
    more = len(names) - _NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def exported(name: str) -> ui.LayoutView:
    """name: of the file that goes with this message."""
    view = ui.LayoutView(timeout=None)
    words: ui.TextDisplay[Any] = ui.TextDisplay(
        "### The feeds of this server\nAn OPML file, which every feed reader and /feeds import can take in."
    )
    view.add_item(ui.Container(words, ui.File(f"attachment://{name}"), accent_colour=ACCENT))
    return view
