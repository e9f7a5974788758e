"""Behind a card's *More*: all its facts with their words, and what a member can do with it. Private, pure."""

from __future__ import annotations

from typing import Any

from discord import ui

from bot.jobs.flow.finding import Seen
from bot.jobs.openings import Hidden, Opening
from bot.text import company_key
from cogs.gate import escape, title_link
from cogs.jobs.fact_sheet import must_haves, sheet
from cogs.jobs.opening_card import COMPANY, TITLE, also_on
from cogs.layout import ago, button, message, row


def heading(one: Opening) -> str:
    linked = title_link(one.title, one.url, TITLE + len(one.url))
    return f"**Closed** · ~~{linked}~~" if one.closed_at else linked


def source(seen: Seen) -> str:
    """Whose word it is, how old, where else it stands."""
    one, line = seen.opening, seen.line
    also = also_on(line.also)
    parts = [
        escape(one.attribution, COMPANY),
        ago(one.dated),
        f"also on {also}" if also else "",
        f"closed {ago(one.closed_at)}" if one.closed_at else "",
    ]
    return f"-# {' · '.join(filter(None, parts))}"


def more(seen: Seen) -> ui.LayoutView:
    """Everything that was read, quoted; then what to do with it."""
    one, line = seen.opening, seen.line
    if "scam" in seen.withheld:
        return message(
            f"### **Taken down** by the moderators here\n{escape(one.title, TITLE)}",
            "It looked like a scam to them. Don't send it money or documents.",
            rows=[row(button("Why is it here?", "jobs.why", one.id))],
        )
    whole = sheet(line.facts, line.place_claim, line.pay_claim, seen.withheld, seen.me.countries)
    return message(
        f"### {heading(one)}\n{escape(one.company, COMPANY)}".rstrip(),
        whole,
        must_haves(seen.musts, seen.me),
        source(seen),
        rows=_rows(one),
    )


def _rows(one: Opening) -> list[ui.ActionRow[Any]]:
    """A company that isn't named can't be hidden, nor known by anybody."""
    named = bool(company_key(one.company))
    mine = [
        button("Am I eligible?", "jobs.eligible", one.id),
        button("Applied", "jobs.applied", one.id),
        button("Not for me", "jobs.hide", "opening", one.id),
        *([button("Hide company", "jobs.hide", "company", one.id)] if named else []),
    ]
    others = [
        *([button("Who knows this company?", "jobs.knows", one.id)] if named else []),
        button("Wrong facts", "jobs.wrong", one.id),
        button("Looks like a scam", "jobs.scam", one.id),
        button("Why is it here?", "jobs.why", one.id),
    ]
    return [row(*mine), row(*others)]


def hidden(one: Opening, kind: Hidden) -> ui.LayoutView:
    """It is hidden, what that means, and the way back."""
    what = escape(one.title, TITLE) if kind == "opening" else f"everything of {escape(one.company, COMPANY)}"
    return message(
        f"Hidden from you: {what}. No alert, search or market shows it to you; cards in channels stay.",
        rows=[row(button("Undo", "jobs.unhide", kind, one.id))],
    )


def shown_again(one: Opening, kind: Hidden) -> ui.LayoutView:
    what = escape(one.title, TITLE) if kind == "opening" else escape(one.company, COMPANY)
    return message(f"Shown to you again: {what}.", rows=[row(button("Back to it", "jobs.more.back", one.id))])
