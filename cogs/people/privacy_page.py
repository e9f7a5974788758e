"""The pages of `/me privacy`: values → messages, pure. What is kept is told in words; the file tells every value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.people.cases import Look
from bot.people.kept import BY_TABLE, KEPT
from bot.people.privacy import Age, Kept
from bot.people.retention import REST, SEARCH
from cogs.gate import escape
from cogs.layout import ACCENT, ago, button, message, row

MOST_LOOKS = 5  # the newest; the file has all
_MAX_SERVER = 100

# Table → what of it is somebody's, in words.
WORDS: Mapping[str, str] = {
    "member": "Your settings, with your wishes and when you were here",
    "profile": "Your profile",
    "guard": "Companies and people you must not meet",
    "block": "People you blocked",
    "pen_name": "Pen names",
    "introduction": "Introductions you asked for",
    "case_file": "What you told the moderators, and cases you look after",
    "case_entry": "What you did in cases",
    "look": "Looks into members' records, into yours or by you",
    "delivery": "Messages to you",
    "subscription": "Alerts, and channels' subscriptions you made or changed",
    "resource": "Resources you added",
    "storm_decision": "Decisions about a feed that looked new",
    "server": "Changes to this server's settings, or that you are its second contact",
    "waiting": "Openings that wait for your next alert",
    "saved": "Your list of openings",
    "saved_step": "How far you came with openings",
    "hidden": "Openings and companies that you hid",
    "doubt": "Facts that you doubted, or decided on",
    "share": "Finds that you offered, or decided on",
    "inquiry": "Companies that you asked about",
    "withdrawn": "Facts of openings that you took back",
    "unwanted": "Companies that you blocked here",
    "feed_listener": "Feeds that you added here",
    "member_week": "Your weekly check-ins",
    "group_member": "Groups you check in with",
    "group_pause": "Weeks that you took off",
    "thank": "Thanks for check-ins, from you or for you",
    "help_offer": "Offers to help, from you or for you",
    "result": "Results that you pinned",
    "pod_member": "Pods you are or were in",
    "holiday": "Weeks off that you gave a group",
    "checkin_group": "Groups that you changed",
    "review_request": "What you asked others to read",
    "review_reading": "What you read, and who reads for you",
    "review_sheet": "Reviews that you wrote or got",
    "review_rating": "What you said of reviews",
    "review_credit": "Reviews that you gave and got, counted",
    "review_reader": "How much you read for others",
    "review_veto": "Pairs that you took out of a round",
    "review_round": "Rounds that you opened",
    "review_setting": "Changes to how reviews work here",
    "meet_joined": "What you want to meet for",
    "meet_member": "Meetings that were drawn for you",
    "meet_answer": "Whether you met",
    "meet_debrief": "How you look back at meetings",
    "meet_setting": "Changes to how meetings are drawn here",
}
_LOOKED = {
    "record": "looked at your record",
    "pen_name": "learned who writes under your pen name",
}


def home(guild: int, server: str, held: Mapping[str, int], looks: Sequence[Look]) -> ui.LayoutView:
    """What is kept, who looked, and the two things to do about it. held: table → how many rows."""
    if not held:
        return message(f"I keep nothing about you in {escape(server, _MAX_SERVER)}.")
    return message(
        f"### What I keep about you in {escape(server, _MAX_SERVER)}",
        _by_end(held),
        _looks(looks),
        "-# I read no messages. Whoever runs this bot can read its database. No other server learns any of this.",
        rows=[
            row(
                button("Take it away", "me.export", guild),
                button("Erase it", "me.erase", guild, style=discord.ButtonStyle.danger),
            )
        ],
    )


def _by_end(held: Mapping[str, int]) -> str:
    """What goes at the same time stands together, with how many where there are several."""
    found: dict[str, list[str]] = {}
    for one in KEPT:
        if rows := held.get(one.table):
            number = f" ({rows})" if rows > 1 else ""
            found.setdefault(_end(one), []).append(f"• {WORDS[one.table]}{number}")
    return "\n".join("\n".join([f"**{end}**", *lines]) for end, lines in found.items())


def _end(kept: Kept) -> str:
    """When it goes by itself."""
    ends = [f"{one.days} {'day' if one.days == 1 else 'days'} after {one.what}" for one in _ages(kept)]
    if any(claim.becomes is None and claim.shown != () for claim in kept.claims):
        days = (SEARCH if kept.search == "rows" else REST).days
        return f"Until {' or '.join([*ends, f'{days} days after you leave'])}"
    ended = f"Until {' or '.join(ends)}; your" if ends else "Your"
    return f"{ended} id goes {REST.days} days after you leave"


def _ages(kept: Kept) -> Iterator[Age]:
    """Its own, and those of the row it belongs to."""
    yield from kept.ages
    if kept.parent is not None:
        yield from _ages(BY_TABLE[kept.parent[1]])


def _looks(looks: Sequence[Look]) -> str:
    if not looks:
        return "**Who looked.** Nobody has looked into your record."
    lines = [_look(one) for one in looks[:MOST_LOOKS]]
    if more := len(looks) - MOST_LOOKS:
        lines += [f"• {more} earlier; the file has them all."] if more > 0 else []
    return "\n".join(["**Who looked.**", *lines])


def _look(look: Look) -> str:
    who = f"<@{look.by_id}>" if look.by_id else "Somebody who was erased since"
    case = f" for case {look.case_number}" if look.case_number else ""
    return f"• {who} {_LOOKED.get(look.what, 'looked at something of yours')}{case}, {ago(look.at)}"


def taken(name: str) -> ui.LayoutView:
    """name: of the file that goes with this message."""
    view = ui.LayoutView(timeout=None)
    words: ui.TextDisplay[Any] = ui.TextDisplay(
        "### Here is everything\nA JSON file: moments in UTC, ids as text. Only you see this message; save the file."
    )
    view.add_item(ui.Container(words, ui.File(f"attachment://{name}"), accent_colour=ACCENT))
    return view


# -- erasing -------------------------------------------------------------------------------------


def erase(guild: int | None, server: str) -> ui.LayoutView:
    """Asked once: what goes, what stays. guild: None means every server."""
    where = "in every server" if guild is None else f"in {escape(server, _MAX_SERVER)}"
    yes = (
        button("Yes, erase it", "me.erase.yes", guild, style=discord.ButtonStyle.danger)
        if guild is not None
        else button("Yes, erase it all", "me.erase.all.yes", style=discord.ButtonStyle.danger)
    )
    return message(
        f"### Erase everything about you {where}?",
        "It goes at once and can't come back: settings, profile, alerts, lists, messages that wait, "
        "documents to be read.",
        "**What stays.** Blocks, as hashes that name nobody; so they hold if you come back. "
        "What you told the moderators and reviews that you sent, without your name. "
        "The mark that you were erased, as a hash.",
        rows=[row(yes, button("Keep it", "me.erase.no"))],
    )


def kept() -> ui.LayoutView:
    return message("Nothing was erased. What I keep about you: /me privacy.")


def erased(rows: int, clean: bool) -> ui.LayoutView:
    """rows: that went. clean: False when their last bytes go with the daily clearing."""
    if not rows:
        return message("There was nothing about you to erase.")
    later = "" if clean else "Their last bytes go with the clearing of the next day."
    return message(
        "### Erased",
        f"Everything about you is gone. {later}".strip(),
        "-# If you come back, we begin anew.",
    )


def everywhere() -> ui.ActionRow[Any]:
    """Under the list of servers: the same for all of them."""
    return row(
        button("Take all away", "me.export.all"),
        button("Erase it all", "me.erase.all", style=discord.ButtonStyle.danger),
    )
