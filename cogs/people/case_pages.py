"""Private pages of /report and of cases: values → messages, pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.people.cases import Audience, Case, Entry
from bot.people.flow.cases import Filed, Opened, Record, Reports
from bot.people.members import FIELDS, LEVELS, OPEN_TO
from cogs.gate import escape
from cogs.layout import ATTENTION, ago, button, message, row

MOST_ENTRIES = 8
_WHOLE, _QUOTE, _NOTE = 2250, 700, 90  # characters as Discord counts them: a message holds 4,000

_STATES = {"open": "nobody has taken it yet", "claimed": "somebody looks after it", "closed": "closed"}
_DEEDS = {
    "note": "noted",
    "claimed": "claimed it",
    "closed": "closed it",
    "reopened": "opened it again",
    "pen_name_resolved": "resolved the pen name",
}
_TOLD = {
    "letter": "I have written to them.",
    "channel": "They take no direct messages from me. The moderators' channel hears that a case waits, and no more.",
    "later": (
        "They take no direct messages from me. They see it when they next open /report. "
        "If it can't wait, tell them to."
    ),
}
_ELSEWHERE = (
    "If it can't wait: press and hold the message or profile, then *Report*. That goes to Discord itself."
)


# -- telling -------------------------------------------------------------------------------------


def reports(listed: Reports, guild_id: int) -> ui.LayoutView:
    """Behind /report: tell something new, what became of mine, and for its readers what waits."""
    mine = "\n".join(f"• Case {one.number}, {ago(one.made_at)}: {_STATES[one.state]}" for one in listed.mine)
    menu = [row(_to_read(listed.to_read, guild_id))] if listed.to_read else []
    return message(
        "### Tell the moderators",
        "Something is wrong, or somebody makes you uneasy? A few words are enough.",
        f"**What you told**\n{mine}" if mine else "",
        f"**For you to read:** {len(listed.to_read)}" if listed.to_read else "",
        rows=[row(button("Tell them", "report.tell", guild_id, style=discord.ButtonStyle.primary)), *menu],
    )


def _to_read(cases: Sequence[Case], guild_id: int) -> ui.Select[Any]:
    menu: ui.Select[Any] = ui.Select(custom_id=f"case.chosen/{guild_id}", placeholder="Open a case")
    for one in cases[:25]:
        menu.add_option(label=f"Case {one.number}", value=str(one.number), description=_STATES[one.state])
    return menu


def filed(told: Filed) -> ui.LayoutView:
    """What the reporter learns: the number, who reads it, how they hear of it, and what holds from now on."""
    if told.told == "nobody":
        heard = (
            "**But nobody here can read it now.** It is about the owner, and the server has no second contact. "
            "I keep it until there is one. Leaving the server is always open to you."
        )
    else:
        heard = f"{_read_by(told.audience)} {_TOLD[told.told]}"
    separated = (
        "I never bring the two of you together again. They don't learn of it." if told.separated else ""
    )
    return message(
        f"### Case {told.number} is kept",
        heard,
        separated,
        _ELSEWHERE if told.told in ("later", "nobody") else "",
        "-# /report shows what becomes of it.",
    )


def _read_by(audience: Audience) -> str:
    if audience.reader_id is not None:
        return f"Only <@{audience.reader_id}> reads it."
    return f"Those with the role <@&{audience.role_id}> read it, except whom it is about."


# -- reading -------------------------------------------------------------------------------------


def case(opened: Opened) -> ui.LayoutView:
    """A case for its readers: what was told, what was done, what can be done."""
    one = opened.case
    about = one.guild_id, one.number
    taken = f" by <@{one.claimed_by}>" if one.state == "claimed" and one.claimed_by else ""
    quote = f"**The message**\n{escape(one.quote, _QUOTE)}" if one.quote else ""
    words = escape(one.words, _WHOLE - _QUOTE if quote else _WHOLE)
    turns = {
        "open": [button("Claim", "case.claim", *about), button("Close", "case.close", *about)],
        "claimed": [button("Close", "case.close", *about)],
        "closed": [button("Open again", "case.reopen", *about)],
    }
    asks = [button("What is kept of them", "case.record", *about)] if one.about_id else []
    asks += [button("Resolve a pen name", "case.pen", *about)] if one.state != "closed" else []
    return message(
        f"### Case {one.number} · {one.state}{taken}",
        f"Told by {_who(one.by_id)} {ago(one.made_at)}\nAbout {_who(one.about_id)}{_where(one)}",
        f"**What happened**\n{words}" if words else "The words are gone.",
        quote,
        _done(opened.entries),
        rows=[row(*turns[one.state], button("Note", "case.note", *about)), *([row(*asks)] if asks else [])],
        accent=ATTENTION,
    )


def _who(user_id: int | None) -> str:
    return f"<@{user_id}>" if user_id else "nobody I know by name"


def _where(one: Case) -> str:
    if not (one.channel_id and one.message_id):
        return ""
    return f" · [the message](https://discord.com/channels/{one.guild_id}/{one.channel_id}/{one.message_id})"


def _done(entries: Sequence[Entry]) -> str:
    """The newest deeds, oldest first."""
    lines = [
        f"• {_who(one.by_id)} {_DEEDS[one.kind]} {ago(one.at)}"
        + (f": {escape(one.words, _NOTE)}" if one.words else "")
        for one in entries[-MOST_ENTRIES:]
    ]
    hidden = len(entries) - MOST_ENTRIES
    more = [f"-# {hidden} earlier ones are left out."] if hidden > 0 else []
    return "\n".join(["**What was done**", *more, *lines]) if lines else ""


def record(found: Record) -> ui.LayoutView:
    """What is kept of the one a case is about: it was logged before it is shown."""
    member, profile = found.member, found.profile
    told = (FIELDS.get(profile.field, ""), LEVELS.get(profile.level, ""), escape(profile.headline, 300))
    about = found.case.guild_id, found.case.number
    others = ", ".join(map(str, found.others[:25])) or "none that you may read"
    return message(
        f"### What is kept of <@{found.member_id}>",
        f"First seen here {ago(member.met_at)}"
        if member
        else "They never used me here, or erased themselves.",
        f"Joined the server {ago(member.joined_at)}" if member and member.joined_at else "",
        " · ".join(part for part in told if part),
        "Open to: " + ", ".join(OPEN_TO.get(one, one) for one in profile.open_to) if profile.open_to else "",
        f"**Other cases about them:** {others}",
        "-# This look is logged. They can read that you looked, when, and for which case; not who told it.",
        rows=[row(button("Back to the case", "case.open", *about))],
    )


def resolved(number: int, guild_id: int, pen_name: str, user_id: int) -> ui.LayoutView:
    return message(
        f"**{escape(pen_name, 100)}** is <@{user_id}>.",
        "-# This is written down in the case. They are told that somebody looked.",
        rows=[row(button("Back to the case", "case.open", guild_id, number))],
    )
