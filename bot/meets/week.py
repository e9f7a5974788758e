"""When a server draws, when two are asked whether they met, and when a match is over. Pure.

drawn ──▶ met | missed | lapsed        ended: before its time, by a block, a leaver or an erasure

A draw is a weekday and a minute on the server's clock, turned into an instant for each week anew (bot.checkins.week).
Three days later the two are asked, each in their own waking hours. A match is over when the next draw is due, one
with a partner or a mentor after four weeks. Until then it can be said that they met, and said otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from bot.checkins.week import WEEK, local, week_of
from bot.meets.kinds import KINDS
from bot.meets.values import Answer, DrawTime, Kind, Match, MatchState
from bot.people.members import Member, may_write_at
from bot.refusals import Refusal

Step = Literal["ask", "close"]

ASKED_AFTER = 3  # days after the draw, on the server's clock
_DAYS = 7


# -- draws ---------------------------------------------------------------------------------------


def draws_at(when: DrawTime, week: date) -> datetime:
    """That week's draw: aware UTC."""
    return local(week, when.day, when.minute, when.zone)


def next_draw(when: DrawTime, now: datetime) -> tuple[date, datetime]:
    """The first draw after now: its week and its moment. One that was missed is not made up for."""
    week = week_of(now, when.zone)
    while draws_at(when, week) <= now:
        week += WEEK
    return week, draws_at(when, week)


def drawn(
    match_id: int, guild_id: int, kind: Kind, week: date, members: tuple[int, ...], now: datetime
) -> Match:
    """A match as it is when it is drawn; its id is 0 until it is kept."""
    return Match(match_id, guild_id, kind, week, members, now, KINDS[kind].weeks)


def busy(matches: Iterable[Match], user_id: int, kind: Kind, week: date) -> int:
    """With how many they still are in that week, of matches of this kind; a mentor can take so many fewer."""
    return sum(
        one.kind == kind
        and one.state != "ended"
        and user_id in one.members
        and one.week <= week < one.week + one.weeks * WEEK
        for one in matches
    )


# -- one match -----------------------------------------------------------------------------------


def asks_at(when: DrawTime, match: Match, turn: int) -> datetime:
    """When "did you meet?" is due for that week of it, from 0; by the server's clock."""
    return local(match.week, when.day + ASKED_AFTER + _DAYS * turn, when.minute, when.zone)


def ask_at(member: Member, due: datetime) -> datetime:
    """When this member is asked: in their waking hours."""
    return may_write_at(member, due)


def ends_at(when: DrawTime, match: Match) -> datetime:
    """When it is over: at the draw that its members may be in again."""
    return draws_at(when, match.week + match.weeks * WEEK)


def turn_at(when: DrawTime, match: Match, now: datetime) -> int:
    """Which of its weeks it is, from 0; a week ends with the draw."""
    over = sum(draws_at(when, match.week + (turn + 1) * WEEK) <= now for turn in range(match.weeks))
    return min(over, match.weeks - 1)


def step(when: DrawTime, match: Match, now: datetime) -> Step | None:
    """What is to be done with it now; ask again when that is done. None: nothing yet, or no more.

    Of questions that were missed while the bot was away only the last one is asked.
    """
    if match.state != "drawn":
        return None
    if now >= ends_at(when, match):
        return "close"
    return "ask" if _due(when, match, now) > match.asked else None


def next_at(when: DrawTime, match: Match) -> datetime | None:
    """When `step` has something next; None: it is over."""
    if match.state != "drawn":
        return None
    return asks_at(when, match, match.asked) if match.asked < match.weeks else ends_at(when, match)


def _due(when: DrawTime, match: Match, now: datetime) -> int:
    return sum(asks_at(when, match, turn) <= now for turn in range(match.weeks))


def asked(when: DrawTime, match: Match, now: datetime) -> Match:
    """The match after its members were asked."""
    return replace(match, asked=_due(when, match, now))


def closed(match: Match, answers: Collection[Answer]) -> Match:
    """The match when its time is over."""
    return replace(match, state=outcome(answers)) if match.state == "drawn" else match


def ended(match: Match) -> Match:
    """The match after one of them left, or they were parted."""
    return replace(match, state="ended") if match.state == "drawn" else match


def said(when: DrawTime, match: Match, user_id: int, met: bool, now: datetime) -> Answer:
    """One of them says whether they met, of the week that it is. Refuses "not_in_meeting" and "meeting_over"."""
    if user_id not in match.members:
        raise Refusal("not_in_meeting")
    if match.state != "drawn" or now >= ends_at(when, match):
        raise Refusal("meeting_over")
    return Answer(match.id, user_id, turn_at(when, match, now), met, now)


def outcome(answers: Collection[Answer]) -> MatchState:
    """What they said, taken together: one "we met" is enough. None learns what the other one said."""
    if any(one.met for one in answers):
        return "met"
    return "missed" if answers else "lapsed"
