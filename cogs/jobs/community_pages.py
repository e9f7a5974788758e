"""Private pages about doubts, finds, companies that are blocked or known: values → messages, pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.jobs.flow.doubts import Became
from bot.jobs.flow.shares import Kept
from bot.jobs.flow.unwanted import MOST, Unwanted
from bot.jobs.inquiries import Knows
from bot.jobs.shares import MOST_A_DAY, Share
from bot.text import cut, tidy
from cogs.gate import MAX_OPTION, escape
from cogs.layout import ago, button, message, row

PER_PAGE = 20  # companies; a menu holds 25
_NAME, _TITLE, _WORDS = 80, 120, 200
_MOST_TOLD = 15

_NOBODY_LOOKS = "Kept. Nobody can look yet: moderators here have chosen no channel for it."
_BECAME: dict[Became, str] = {
    "told": "Thank you. Moderators look at it; they don't see who told.",
    "kept": f"Thank you. {_NOBODY_LOOKS}",
    "looked_at": "Thank you. Moderators looked at this before, and decided. The posting is the same since.",
    "again": "You told this before. Thank you; nothing is left to do.",
}


def thanks(became: Became) -> ui.LayoutView:
    """A doubt was told."""
    return message(_BECAME[became])


def told_words(words: Sequence[str]) -> ui.LayoutView:
    """For a moderator: what members wrote along, without names."""
    if not words:
        return message("They wrote nothing along, or took it back.")
    return message(
        "### What they wrote", "\n".join(f"• “{escape(one, _WORDS)}”" for one in words[:_MOST_TOLD])
    )


# -- companies that a server doesn't want ------------------------------------------------------------


def unwanted(listed: Sequence[Unwanted], page: int) -> ui.LayoutView:
    """The companies whose openings this server doesn't show."""
    last = max(0, (len(listed) - 1) // PER_PAGE)
    page = min(max(page, 0), last)
    shown = listed[page * PER_PAGE : (page + 1) * PER_PAGE]
    lines = "\n".join(f"• {escape(one.name, _NAME)} · since {ago(one.since)}" for one in shown)
    rows: list[ui.ActionRow[Any]] = [row(button("Block a company", "jobs.unwanted.add"))]
    if shown:
        again: ui.Select[Any] = ui.Select(
            custom_id=f"jobs.unwanted.remove/{page}", placeholder="Hear of a company again"
        )
        for one in shown:
            again.add_option(label=cut(tidy(one.name), MAX_OPTION) or one.tag, value=one.tag)
        rows.append(row(again))
    turns = [button("Earlier", "jobs.unwanted.page", page - 1)] if page else []
    turns += [button("More", "jobs.unwanted.page", page + 1)] if page < last else []
    rows += [row(*turns)] if turns else []
    return message(
        "### Blocked companies",
        "Their openings are neither posted nor found in this server. What stands in channels stays.",
        lines or "None yet.",
        f"-# {len(listed)} of {MOST}. Ltd, Inc. or GmbH behind a name don't count.",
        rows=rows,
    )


# -- finds -----------------------------------------------------------------------------------------


def kept(one: Kept) -> ui.LayoutView:
    """A find was offered."""
    said = _NOBODY_LOOKS if one.became == "kept" else "A moderator looks first; they don't see who offers it."
    return message(
        f"### Offered: {escape(one.title, _TITLE)}",
        said,
        "-# What becomes of it: /jobs share without a link.",
    )


def mine(shares: Sequence[Share]) -> ui.LayoutView:
    """My last finds, and what became of each."""
    how = f"-# Type /jobs share with a link to offer one; {MOST_A_DAY} a day at most."
    if not shares:
        return message("### Your finds", "You have offered none here yet.", how)
    lines = [f"• {escape(one.title, _TITLE)} · {_became(one)}" for one in shares]
    return message("### Your last finds", "\n".join(lines), how)


def _became(one: Share) -> str:
    when = ago(one.decided_at or one.made_at)
    if one.state == "waiting":
        return f"offered {when}, waits for a moderator"
    return f"posted in <#{one.channel_id}> {when}" if one.state == "posted" else f"not posted, decided {when}"


# -- who knows this company? -------------------------------------------------------------------------


def knows(found: Knows, opening_id: int) -> ui.LayoutView:
    """How many said so, what asking means, and how my own question stands."""
    heading = f"### Who knows {escape(found.company, _NAME)}?"
    end = "" if found.until is None else f"<t:{int(found.until.timestamp())}:D>"
    match found.standing:
        case "asked":
            return message(
                heading,
                f"**Asked.** I ask one person after the other, until {end} at the latest.",
                "If somebody says yes, both of you get the other's name. There is no other answer.",
            )
        case "found":
            return message(heading, "Somebody said yes. Their name stands in /meet find.")
        case "over":
            return message(heading, f"You asked, and it ended {end}. Nobody said yes.")
        case _:
            return _free(heading, found, opening_id)


def _free(heading: str, found: Knows, opening_id: int) -> ui.LayoutView:
    counted = (
        "-# Counted are people who can be found, refer people, and name that employer.\n"
        "-# /me profile says the first two, /me blocks the last."
    )
    if not found.number:
        return message(heading, "Nobody here said so.", counted)
    number = "A few people here said" if found.number < 5 else f"{found.number} or more people here said"
    return message(
        heading,
        f"{number} that they work there and refer people.",
        "I ask one of them at a time. They read your line, and what you show to everybody here; not your name.",
        "If one says yes, both of you get the other's name. Nobody learns who was asked.",
        counted,
        rows=[row(button("Ask one of them", "jobs.knows.ask", opening_id))],
    )
