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
class Settings:
    """How a server draws. channel_id: in which threads open; None: meetings are off. blocked_at: none can open there.

    next_draw_at: None while they are off.
    """

    guild_id: int
    channel_id: int | None = None
    zone: str = "UTC"
    day: int = 0
    minute: int = 9 * 60
    next_draw_at: datetime | None = None
    blocked_at: datetime | None = None

    @property
    def when(self) -> DrawTime:
        return DrawTime(self.day, self.minute, self.zone)


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


DrawState = Literal["asked", "drawn", "told"]


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw of one kind. given, result: JSON, "" for none. tries: how often it was begun. next_at: it goes on."""

    id: int
    guild_id: int
    kind: Kind
    week: date
    seed: str
    state: DrawState
    asked_at: datetime
    tries: int = 0
    given: str = ""
    result: str = ""
    next_at: datetime | None = None


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
class Room:
    """The private thread of a match. about: id of the topic or question set. parted: it is emptied and closed.

    thread_at: when something is to be done with it. tried_at: since when it may be there.
    """

    match: Match
    about: str = ""
    thread_id: int | None = None
    thread_at: datetime | None = None
    tried_at: datetime | None = None
    parted: bool = False


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
