"""`/jobs market` as messages: the picture and the same in words; what is behind one line. Private, pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui

from bot.jobs import market as rules
from bot.jobs.flow.market import Behind, Seen
from bot.jobs.market import DAYS, ENOUGH, KINDS, Kind, Market, PayRow, Row
from bot.ports import Resource
from bot.resources.listed import Own
from cogs.gate import MAX_ALT_TEXT, MAX_OPTION, MAX_OPTIONS, code, escape, title_link
from cogs.jobs.card_lines import line
from cogs.layout import ACCENT, button, message, row
from cogs.router import custom_id

PICTURE = "market.png"
_FILTER, _WORDS, _NAME, _NOTE = 300, 300, 60, 240
_LABEL = 80


def market(guild: int, seen: Seen, text: str) -> ui.LayoutView:
    """text: the filter as it was typed."""
    found = seen.market
    asked = f"-# For {code(text, _FILTER)}" if text.strip() else "-# Every remote opening"
    view = ui.LayoutView(timeout=None)
    what = f"What {_openings(found.openings)} of the last {DAYS} days ask{'s' * (found.openings == 1)} for"
    heading = f"### {what if found.openings else f'Nothing in the last {DAYS} days'}"
    parts: list[ui.Item[Any]] = [ui.TextDisplay(f"{heading}\n{asked}")]
    if seen.picture is not None:
        words = rules.alt(found, seen.words or "every remote opening", MAX_ALT_TEXT)
        picture = discord.MediaGalleryItem(f"attachment://{PICTURE}", description=words)
        parts.append(ui.MediaGallery(picture))
    parts += [ui.TextDisplay(text) for text in _texts(found) if text]
    if options := _options(found):
        behind: ui.Select[Any] = ui.Select(
            custom_id=custom_id("jobs.market.behind", guild),
            placeholder="Show what is behind a line",
            options=options,
        )
        parts.append(row(behind))
    parts.append(row(button("Other filter", "jobs.market.ask", guild)))
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    return view


def _openings(number: int) -> str:
    return f"{number:,} opening{'' if number == 1 else 's'}"


def _texts(found: Market) -> Iterator[str]:
    if not found.openings:
        yield "None passed. Leave a word out, or wait for more boards to be read."
        return
    if not found.enough:
        yield f"That is too few for shares: from {ENOUGH} on I say per cent. So these are plain counts."
    yield _skills(found)
    yield "\n".join(
        filter(
            None,
            [
                _line("Level", found.levels, found),
                _line("Employment", found.types, found),
                _line(f"Who may apply, of {found.place_stated} that say it", found.places, found),
            ],
        )
    )
    yield _pay(found)


def _skills(found: Market) -> str:
    if not found.skills:
        return ""
    lines = [
        _line(name, [one for one in found.skills if one.mine is mine], found)
        for mine, name in _BESIDE.items()
    ]
    hint = "" if found.knows_skills else "-# Name your skills in /me profile, then they stand beside these."
    return "\n".join(filter(None, [*lines, hint]))


_BESIDE = {
    True: "Skills asked for, in your profile",
    False: "Asked for, not in your profile",
    None: "Skills asked for",
}


def _share(one: Row, found: Market) -> str:
    """A number stays with its sign at the end of a line."""
    return one.percent().replace(" ", "\N{NO-BREAK SPACE}") if found.enough else str(one.count)


def _line(name: str, rows: Sequence[Row], found: Market) -> str:
    values = " · ".join(f"{one.name} {_share(one, found)}" for one in rows)
    return f"**{name}:** {values}" if values else ""


def _pay(found: Market) -> str:
    """Never one number for all: each currency and period stands by itself, converted ones say so."""
    if not found.pay_stated:
        return "**Stated pay:** none of them says it."
    lines = [f"• {rules.pay_name(one)}: {rules.pay_words(one)}" for one in found.pay]
    few = "" if lines else " Too few of one kind for a middle."
    about = (
        "\n-# ≈ by rates of our own table, and 2,080 hours a year"
        if any(one.about for one in found.pay)
        else ""
    )
    return "\n".join([f"**Stated pay:** {found.pay_stated} of {found.openings} say it.{few}", *lines]) + about


# -- behind a line -------------------------------------------------------------------------------


def _options(found: Market) -> list[discord.SelectOption]:
    """A value holds all that the answer needs, so that nothing is counted again: kind, name, three openings."""
    rows = [*found.skills, *found.levels, *found.types, *found.places]
    options = [_option(one.kind, one.name, _share(one, found), one.proof) for one in rows]
    pay = [_option("pay", rules.pay_name(one), _middle(one), one.proof) for one in found.pay]
    room = MAX_OPTIONS - len(pay)
    chosen = [*options[:room], *pay]
    return list({option.value: option for option in chosen if option is not None}.values())


def _option(kind: Kind, name: str, what: str, proof: Sequence[int]) -> discord.SelectOption | None:
    value = "/".join([kind, *map(str, proof), name])
    if len(value) > MAX_OPTION:
        return None
    return discord.SelectOption(label=f"{name}: {what}"[:_LABEL], value=value, description=KINDS[kind])


def _middle(one: PayRow) -> str:
    return f"{'≈ ' if one.about else ''}{rules.amount(one.median, one.about)}"


def read_option(value: str) -> tuple[Kind, list[int], str]:
    """(kind, openings, name) of a chosen line."""
    kind, *rest = value.split("/")
    ids = []
    while rest and rest[0].isdigit() and len(rest) > 1:
        ids.append(int(rest.pop(0)))
    return next(one for one in KINDS if one == kind), ids, "/".join(rest)


def behind(found: Behind) -> ui.LayoutView:
    """Three openings that prove it, and one thing that helps."""
    return message(
        f"### {escape(found.name, _NAME)}",
        *map(line, found.lines),
        "" if found.lines else "The openings that proved it are gone by now. Ask for the market again.",
        _help(found.resource),
    )


def _help(one: Own | Resource | None) -> str:
    if one is None:
        return ""
    note = one.words if isinstance(one, Own) else one.note
    said = f"\n{escape(note, _NOTE)}" if note else ""
    return f"**What helps:** {title_link(one.name, one.url, 400)}{said}\n-# More with /resources"
