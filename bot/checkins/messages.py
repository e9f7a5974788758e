"""What is said about check-ins, as finished values. None of them knows attendance, streak or mood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.checkins.values import Goal

OPENER, CARD, DIGEST = "checkin_opener", "checkin_card", "checkin_digest"  # kinds of delivery; public ones
POD_HELLO, POD_CARD, POD_WORD = "checkin_pod", "checkin_pod_card", "checkin_pod_word"  # in a pod's own thread
REMINDER, DRIFT, HELP_OFFERED = "checkin_reminder", "checkin_drift", "checkin_help_offered"  # letters
GROUP_BLOCKED, SEASON_OVER = "checkin_blocked", "checkin_season"  # to moderators


@dataclass(frozen=True, slots=True)
class Opener:
    """A week is open. starter: one question to talk about, "" none. longer: an outage gave more time.

    holiday: it was called off after it had opened.
    """

    guild_id: int
    group_id: int
    cycle_id: int
    group: str
    week: date
    digest_at: datetime
    final_at: datetime
    starter: str = ""
    longer: bool = False
    holiday: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One member's check-in. name: a pen name; "": author_id is shown. question: the group's own, with its answer.

    gone: taken back by its author, or hidden by a moderator: nothing of it is shown any more.
    ideas: what they ask for; with it stands the button to help.
    """

    guild_id: int
    group_id: int
    cycle_id: int
    week_id: int
    author_id: int
    name: str
    week: date
    reviewed: tuple[Goal, ...] = ()
    learned: str = ""
    goals: tuple[Goal, ...] = ()
    if_then: str = ""
    question: str = ""
    answer: str = ""
    ideas: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A win, or what somebody asks for. name: a pen name; author_id 0 and name "": "a member"."""

    week_id: int
    author_id: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A week of a group, of what its members let the group see. checkins, finished, goes_on: 0 when fewer than five.

    still_open: late ones are still taken, so this message changes.
    """

    guild_id: int
    group_id: int
    cycle_id: int
    group: str
    week: date
    checkins: int
    finished: int
    goes_on: int
    wins: tuple[Line, ...]
    wanted: tuple[Line, ...]
    still_open: bool
    final_at: datetime


@dataclass(frozen=True, slots=True)
class Reminder:
    """Their week is open; due_at on their clock."""

    guild_id: int
    server: str
    group_id: int
    cycle_id: int
    group: str
    due_at: datetime
    named: bool = True  # may it say what it is about? (the door dm_names)


@dataclass(frozen=True, slots=True)
class Drift:
    """After 2 or 6 silent weeks, to those who asked for it."""

    guild_id: int
    server: str
    group_id: int
    group: str
    weeks: int
    named: bool = True


@dataclass(frozen=True, slots=True)
class HelpOffered:
    """Somebody offers to help with what was asked for."""

    guild_id: int
    server: str
    group_id: int
    week_id: int
    helper_id: int
    ideas: str
    named: bool = True


@dataclass(frozen=True, slots=True)
class GroupBlocked:
    """A group's channel can't be written to; nobody loses a week."""

    guild_id: int
    group_id: int
    group: str
    channel_id: int
    code: str


@dataclass(frozen=True, slots=True)
class SeasonOver:
    """Eight weeks are over: how does it go on? counts: check-ins and members of the last week, 0 under five."""

    guild_id: int
    group_id: int
    group: str
    weeks: int


@dataclass(frozen=True, slots=True)
class PodHello:
    """The first words in a pod's thread. members: those who may see it."""

    guild_id: int
    group_id: int
    pod_id: int
    name: str
    group: str
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PodWord:
    """One line for a pod. what: a member came, left in silence is never told; hired: they chose to tell it."""

    guild_id: int
    pod_id: int
    what: Literal["joined", "hired"]
    member_id: int
    name: str
