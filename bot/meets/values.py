"""Who wants to meet for what, what was drawn for them, and what they said of it. Only values.

A week is the `date` of its Monday on the server's clock. Moments are aware UTC; a local time is a weekday (0 Monday)
and minutes after midnight with an IANA zone. What was drawn is a match; members read "meeting".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Kind = Literal["coffee", "interview", "partner", "mentor"]
Role = Literal["", "mentor", "mentee"]
"""In the kind "mentor" alone; "" in all others."""

MatchState = Literal["drawn", "met", "missed", "lapsed", "ended"]
"""missed: they said that they did not meet. lapsed: nobody said anything. ended: before its time, for any cause."""


@dataclass(frozen=True, slots=True)
class DrawTime:
    """When a server draws, every week, on its own clock."""

    day: int
    minute: int
    zone: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody who wants meetings of one kind. topics: ids of the book; question sets for an interview.

    most: mentees that a mentor takes. skip_week: one week that they sit out. paused_until: the last week of a pause.
    """

    guild_id: int
    user_id: int
    kind: Kind
    joined_at: datetime
    role: Role = ""
    topics: tuple[str, ...] = ()
    most: int = 1
    skip_week: date | None = None
    paused_until: date | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Two who were drawn together, or three. members: ids, ascending; a mentor first.

    weeks: how many it lasts. asked: how often they were asked "did you meet?", once a week at most.
    """

    id: int
    guild_id: int
    kind: Kind
    week: date
    members: tuple[int, ...]
    drawn_at: datetime
    weeks: int = 1
    state: MatchState = "drawn"
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What one of them said of one of its weeks. turn: which one, from 0."""

    match_id: int
    user_id: int
    turn: int
    met: bool
    said_at: datetime


# -- meets.yaml ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to talk about; a word that members choose when they join."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a mock interview. shows: what a good answer lets one see."""

    asks: str
    shows: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """What one interviewer asks. minutes: how long it takes one way."""

    id: str
    name: str
    about: str
    minutes: int
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One yes or no of a debrief. step: what to do next after a "no"."""

    id: str
    asks: str
    step: str


@dataclass(frozen=True, slots=True)
class Debrief:
    """Six checks, the most urgent step first. done: what to do next when everything is a yes."""

    checks: tuple[Check, ...]
    done: str


@dataclass(frozen=True, slots=True)
class Meets:
    """meets.yaml. openers: first questions for two who don't know each other."""

    topics: tuple[Topic, ...] = ()
    sets: tuple[QuestionSet, ...] = ()
    openers: tuple[str, ...] = ()
    debriefs: Mapping[Kind, Debrief] = field(default_factory=dict)
