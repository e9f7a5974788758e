"""The pages of `/jobs saved`: values → messages, pure. Every button names the server that it is about.

Facts stand as they were when the posting was saved, each with its words: boards delete them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui

from bot.jobs.days import spoken
from bot.jobs.facts.skills import say
from bot.jobs.flow.saved import Mine, Opened
from bot.jobs.saved import STAGES, Saved, Stage
from cogs.gate import escape, title_link
from cogs.jobs.fact_sheet import sheet
from cogs.layout import ACCENT, ago, button, message, row
from cogs.router import custom_id

PER_PAGE = 5
_MOST_SKILLS = 8
_TITLE, _COMPANY, _STEP, _TODAY, _NOTE, _BOARD = 220, 80, 200, 400, 820, 60
_LONG_TITLE = 260

_ADVICE: dict[Stage, str] = {
    "saved": "On my list, nothing sent yet",
    "applied": "Sent. After five working days I suggest to follow up",
    "interview": "Choose it on the day you talk. The day after I suggest to say thanks",
    "offer": "They want you. It waits for your decision",
    "hired": "You start there. Reminders and alerts stop",
    "closed": "Over: declined, withdrawn or never answered",
}


# -- the list ------------------------------------------------------------------------------------


def home(guild: int, mine: Mine, number: int = 0) -> ui.LayoutView:
    """Five a page, what is nearest to a job first."""
    add = button("Write one down", "jobs.saved.add", guild)
    if not mine.saved:
        return message(
            "### My list",
            "Nothing is on it yet. Press *Save* on an opening, or write one down that you found yourself.",
            "-# Only you see this list.",
            rows=[row(add)],
        )
    last = (len(mine.saved) - 1) // PER_PAGE
    number = min(max(number, 0), last)
    shown = mine.saved[number * PER_PAGE : (number + 1) * PER_PAGE]
    today = f"**Today:** {escape(mine.today, _TODAY)}" if mine.today else ""
    parts: list[ui.Item[Any]] = [
        ui.TextDisplay("\n".join(filter(None, ["### My list", today, f"-# {_counts(mine.saved)}"])))
    ]
    parts += _groups(guild, shown)
    turns = [button("Earlier", "jobs.saved", guild, number - 1)] if number else []
    turns += [button("More", "jobs.saved", guild, number + 1)] if number < last else []
    parts.append(row(*turns, add, button("As a table", "jobs.saved.table", guild)))
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    return view


def _counts(every: Sequence[Saved]) -> str:
    counted = {stage: sum(one.stage == stage for one in every) for stage in STAGES}
    return " · ".join(f"{STAGES[stage]} {many}" for stage, many in counted.items() if many)


def _groups(guild: int, shown: Sequence[Saved]) -> Iterator[ui.Item[Any]]:
    before: Stage | None = None
    for one in shown:
        if one.stage != before:
            yield ui.TextDisplay(f"**{STAGES[one.stage]}**")
        before = one.stage
        opens = button("Open", "jobs.saved.one", guild, one.id)
        yield ui.Section(ui.TextDisplay(_entry(one)), accessory=opens)


def _entry(one: Saved) -> str:
    company = f" · {escape(one.company, _COMPANY)}" if one.company else ""
    facts = [_marked(one), _next(one), "with a note" if one.note else ""]
    small = " · ".join(filter(None, facts)) or f"since {ago(one.stage_at)}"
    return f"{title_link(one.title, one.url, _TITLE)}{company}\n-# {small}"


def _marked(one: Saved) -> str:
    """Closed says more than changed."""
    if one.gone_at:
        return "**Closed** by its board"
    return "its posting changed" if one.other_at else ""


def _next(one: Saved) -> str:
    words = escape(one.next_step, _STEP)
    if one.next_on is None:
        return f"next: {words}" if words else ""
    return f"{spoken(one.next_on)}: {words}"


# -- one of them ---------------------------------------------------------------------------------


def entry(guild: int, opened: Opened) -> ui.LayoutView:
    """Everything of one: how far, what next, the note, and what the posting said."""
    one = opened.saved
    company = [escape(one.company, _COMPANY), f"via {escape(one.board, _BOARD)}" if one.board else ""]
    return message(
        f"### {title_link(one.title, one.url, _LONG_TITLE)}",
        "\n".join(filter(None, [" · ".join(filter(None, company)), *_state(opened)])),
        f"**Note:** {escape(one.note, _NOTE)}" if one.note else "",
        _facts(one),
        f"-# {_small(one)}",
        rows=[row(_stages(guild, one)), row(*_changes(guild, one)), row(*_ways(guild, opened))],
    )


def _state(opened: Opened) -> Iterator[str]:
    one = opened.saved
    yield f"**{STAGES[one.stage]}** since {ago(one.stage_at)}"
    if one.gone_at:
        yield f"**Closed** by its board {ago(one.gone_at)}"
    if one.other_at:
        yield f"**Changed** {ago(one.other_at)}: look at the page before you go on"
    if one.next_step or one.next_on:
        day = f"{spoken(one.next_on)}: " if one.next_on else ""
        late = " (was due)" if one.next_on and one.next_on < opened.today else ""
        yield f"**Next:** {day}{escape(one.next_step, _STEP)}{late}"


def _facts(one: Saved) -> str:
    """Nothing of what somebody wrote down by hand: no posting was read."""
    if not one.facts_json and not one.place_claim and not one.pay_claim:
        return ""
    facts = one.facts
    skills = " · ".join(say(skill.id) for skill in facts.skills[:_MOST_SKILLS])
    return "\n".join(filter(None, [sheet(facts, one.place_claim, one.pay_claim), skills]))


def _small(one: Saved) -> str:
    as_then = ", with the facts as they were then" if one.facts_json else ", by your own hand"
    if one.opening_id is not None and not one.facts_json:
        as_then = ""
    return f"Saved {ago(one.saved_at)}{as_then}. Only you see this."


def _stages(guild: int, one: Saved) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id("jobs.saved.stage", guild, one.id),
        placeholder="How far is it?",
        options=[
            discord.SelectOption(
                label=STAGES[stage], value=stage, description=advice, default=stage == one.stage
            )
            for stage, advice in _ADVICE.items()
        ],
    )


def _changes(guild: int, one: Saved) -> list[ui.Button[Any]]:
    planned = bool(one.next_step or one.next_on)
    return [
        button("Note", "jobs.saved.note", guild, one.id),
        button("Next step", "jobs.saved.next", guild, one.id),
        *([button("Next step is done", "jobs.saved.done", guild, one.id)] if planned else []),
        ui.Button(label="Open", url=one.url),
    ]


def _ways(guild: int, opened: Opened) -> list[ui.Button[Any]]:
    one, undo = opened.saved, opened.undo
    ways = [button("Back to my list", "jobs.saved", guild, 0)]
    if undo is not None:
        ways.append(button(f"Undo: {STAGES[undo]}", "jobs.saved.undo", guild, one.id, undo))
    if one.stage == "hired":
        ways.append(button("What now?", "jobs.hired", guild, one.id))
    return [*ways, button("Remove", "jobs.saved.remove", guild, one.id)]


def asks_to_remove(guild: int, one: Saved) -> ui.LayoutView:
    return message(
        f"### Remove {escape(one.title, _TITLE)}?",
        "Its note, its next step and its stages go with it. That can't be undone.",
        rows=[
            row(
                button(
                    "Remove it",
                    "jobs.saved.remove.yes",
                    guild,
                    one.id,
                    style=discord.ButtonStyle.danger,
                ),
                button("Keep it", "jobs.saved.one", guild, one.id),
            )
        ],
    )


def table(name: str) -> ui.LayoutView:
    """name: of the file that goes with this message."""
    view = ui.LayoutView(timeout=None)
    words: ui.TextDisplay[Any] = ui.TextDisplay(
        "### My list as a table\nFor any spreadsheet: one row an opening. Only you see this message; save the file."
    )
    view.add_item(ui.Container(words, ui.File(f"attachment://{name}"), accent_colour=ACCENT))
    return view
