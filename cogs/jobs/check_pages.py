"""`/jobs check` and *Am I eligible?*: may I apply, with the words that say so. Private, pure."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.jobs.check import Eligible, Me
from bot.jobs.flow.check import Known, Pasted
from cogs.gate import escape
from cogs.jobs.fact_sheet import ANSWERS, answer, must_haves, sheet
from cogs.jobs.more_pages import heading, source
from cogs.jobs.opening_card import COMPANY
from cogs.layout import button, message, row

_LINK = 200


def known(found: Known, guild_id: int | None) -> ui.LayoutView:
    """An opening that we know. guild_id: where they ask; None in a direct message, and where the bot isn't."""
    seen = found.seen
    one, line = seen.opening, seen.line
    where = ", ".join(f"<#{channel}>" for channel in found.posted[:5])
    posted = f"Posted in {where}" if where else "Not posted in a channel that you can see"
    titled = heading(one) if one.closed_at else f"**{heading(one)}**"
    buttons: list[ui.Item[Any]] = [ui.Button(label="Open", url=one.url)]
    if guild_id is not None:
        buttons += [
            button("Save", "jobs.keep", one.id),
            button("More", "jobs.more.open", one.id),
            button("Why (not) here?", "jobs.why", one.id),
        ]
    return message(
        f"### {ANSWERS[seen.eligible.verdict] if one.closed_at is None else 'It is closed'}",
        answer(seen.eligible),
        f"{titled}\n{escape(one.company, COMPANY)}".rstrip(),
        sheet(line.facts, line.place_claim, line.pay_claim, seen.withheld, seen.me.countries, answered=True),
        must_haves(seen.musts, seen.me),
        source(seen) + (f"\n-# {posted}" if guild_id is not None else ""),
        rows=[row(*buttons, *_profile(seen.eligible, seen.me, guild_id))],
    )


def pasted(found: Pasted, guild_id: int | None) -> ui.LayoutView:
    """A text from anywhere: nobody vouches for it."""
    profile = _profile(found.eligible, found.me, guild_id)
    if not found.facts.is_job:
        return message(
            "### That doesn't look like a posting", "Paste the posting's own text, with its title first."
        )
    return message(
        f"### {ANSWERS[found.eligible.verdict]}",
        answer(found.eligible),
        sheet(found.facts, mine=found.me.countries, answered=True),
        must_haves(found.musts, found.me),
        "-# Read from the text you gave; I fetched nothing.",
        rows=[row(*profile)] if profile else [],
    )


def unknown_link(link: str) -> ui.LayoutView:
    return message(
        "### I don't know that link",
        f"{escape(link, _LINK)}\nNone of the boards I read has shown me this opening, and I fetch nothing.",
        "Paste the posting's text instead: then I read that.",
        rows=[row(button("Paste the text", "jobs.check.paste", style=discord.ButtonStyle.primary))],
    )


def nothing_there() -> ui.LayoutView:
    """A message with neither a link nor words."""
    return message(
        "There is no posting in that message. Copy the posting's text, then give it to me.",
        rows=[row(button("Paste the text", "jobs.check.paste", style=discord.ButtonStyle.primary))],
    )


def _profile(one: Eligible, me: Me, guild_id: int | None) -> list[ui.Item[Any]]:
    """Where they may work isn't known yet: the way to tell."""
    if me.countries or guild_id is None or one.verdict != "unclear":
        return []
    return [button("Where I may work", "me.open", "profile", guild_id)]
