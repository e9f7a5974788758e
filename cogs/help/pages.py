"""What `/help` says: at most ten lines, the next best step first. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from discord import ui

from bot.people.members import Wish
from cogs.gate import escape
from cogs.layout import message

MOST_LINES = 10
_ELIGIBLE = "May I apply for it: /jobs check. What postings ask for and pay: /jobs market."
_SLASH = re.compile(r"(?<!\S)/(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Standing:
    """Who asks, and where. server: its name; None: in the bot's direct messages, where only `started` counts."""

    server: str | None
    moderator: bool = False
    reads_cases: bool = False  # looks after safety, or is the second contact
    told_of_troubles: bool = False  # the moderators' channel is chosen
    has_panel: bool = False
    started: bool = False
    wishes: tuple[Wish, ...] = ()
    has_place: bool = False
    has_profile: bool = False
    follows: int = 0  # subscriptions of their own
    in_group: bool = False  # checks in with others


def help(standing: Standing, known: Collection[str]) -> ui.LayoutView:
    """known: the commands there are, such as "jobs alerts"; no other is named."""
    there = list(_lines(standing, known))
    where = f"in {escape(standing.server, 100)}" if standing.server else "in our direct messages"
    return message(
        f"### What you can do {where}",
        f"**Next:** {there[0]}" if there else "",
        "\n".join(f"• {line}" for line in there[1:MOST_LINES]),
    )


def _lines(standing: Standing, known: Collection[str]) -> Iterator[str]:
    """The best step, then everything else by use; a line whose commands the first one names already is left out."""
    first = _next(standing)
    told = _named(first, known)
    yield first
    for line in _in_messages() if standing.server is None else _in_server(standing):
        names = _named(line, known)
        if len(names) == len(_SLASH.findall(line)) and not names <= told:
            yield line


def _named(line: str, known: Collection[str]) -> set[str]:
    return {name for name in known if re.search(rf"(?<!\S)/{name}(?!\w)", line)}


def _next(standing: Standing) -> str:
    if standing.server is None:
        if standing.started:
            return "See what I keep about you: /me privacy."
        return "Type /start in a server where I am."
    if standing.moderator and not standing.told_of_troubles:
        return "Choose where I tell moderators of troubles: /setup."
    if standing.moderator and not standing.has_panel:
        return "Post the panel with which members begin: /setup."
    if not standing.started:
        return "Set yourself up in a minute: /start."
    if not standing.has_place:
        return "Tell me where you may work, and I show what is open to you: /start."
    if "checkin" in standing.wishes and not standing.in_group:
        return "Choose a group for your weekly check-in: /checkin join."
    if "jobs" in standing.wishes and not standing.follows:
        return "Follow what you look for: /jobs subscribe."
    if {"meet", "help"} & set(standing.wishes) and not standing.has_profile:
        return "Write a few words about yourself: /me profile."
    return "See openings that are open to you: /start."


def _in_server(standing: Standing) -> Iterator[str]:
    if standing.moderator:
        yield "Channels, safety, the panel: /setup. Let a channel follow jobs: /jobs subscribe with `channel:`."
    yield "Find openings: /jobs search. What you kept of them, and what is next: /jobs saved."
    yield _ELIGIBLE
    if standing.moderator:
        yield f"Try, pause or stop what is followed: /jobs alerts.{_count(standing.follows)}"
    else:
        follows = _count(standing.follows)
        yield f"Follow what you look for: /jobs subscribe. Try, pause or stop it: /jobs alerts.{follows}"
    yield "Your week, with a group or alone: /checkin now. Meet somebody in twos, or search: /meet join, /meet find."
    yield "Have your resume read: /review request. Read for others: /review give. Both: /review status."
    yield "Wishes, where you may work: /start. What others see of you: /me profile. Must not meet: /me blocks."
    guides = "Communities, courses and guides" + ("; add what is good here" if standing.moderator else "")
    told = "Tell the moderators what is wrong"
    told += "; read the cases that wait for you" if standing.reads_cases else ""
    yield f"{guides}: /resources. {told}: /report."
    yield "Your clock and messages: /me settings. What I keep about you, and erase it: /me privacy."


def _in_messages() -> Iterator[str]:
    yield "What you kept of openings, and what is next: /jobs saved."
    yield "Your week, what you planned and what you finished: /checkin now. As a picture: /checkin history."
    yield _ELIGIBLE
    yield "Wishes, where you may work, how private: /start."
    yield "What others see of you: /me profile."
    yield "Your clock, messages and private search: /me settings."
    yield "Whom you must not meet: /me blocks."
    yield "What I keep about you, and erase it: /me privacy."
    yield "Communities, courses and guides: /resources."
    yield "Search, alerts, people and reports are in the server: type /help there."


def _count(number: int) -> str:
    return f" You follow {number}." if number else ""
