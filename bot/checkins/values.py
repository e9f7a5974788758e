"""A group, its week, a member of it and their week, as every rule and page of this subject sees them. Only values.

A week is the `date` of its Monday. Moments are aware UTC; a local time is a weekday (0 Monday) and minutes after
midnight with an IANA zone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

Circle = Literal["group", "pod", "me"]
"""Who sees a check-in: everybody in the group, my pod, only me."""

Going = Literal["steady", "stretched", "stuck", "unsaid"]
"""How it is going. Shown to nobody but its owner."""

GroupState = Literal["active", "paused", "ended"]
CycleState = Literal["scheduled", "open", "digested", "final", "skipped"]
WeekState = Literal["pending", "on_time", "late", "excused", "amnesty", "frozen", "missed", "repaired"]

DONE: frozenset[WeekState] = frozenset({"on_time", "late"})
NEITHER: frozenset[WeekState] = frozenset({"excused", "amnesty", "frozen", "repaired"})
"""These neither add to a streak nor break it."""


@dataclass(frozen=True, slots=True)
class Group:
    """People who check in together. open_day, open_minute, digest_minute: by its zone; digests are Mondays'.

    template: the id of one in prompts.yaml. question: the group's own, "" none. season_week: where its season began.
    blocked_at: since when its channel can't be written to.
    """

    id: int
    guild_id: int
    name: str
    channel_id: int
    zone: str
    open_day: int
    open_minute: int
    digest_minute: int
    template: str
    question: str
    starters: bool
    pods: bool
    state: GroupState
    season_week: date
    made_at: datetime
    season_asked_at: datetime | None = None
    blocked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody in a group. circle: who sees their check-ins; None: not asked yet.

    remind_day, remind_minute: on their own clock; no day: no reminder. drift: may be written to in silence.
    drift_told: the number of silent weeks that the last such message was about, 0 for none.
    """

    group_id: int
    guild_id: int
    user_id: int
    joined_at: datetime
    left_at: datetime | None = None
    circle: Circle | None = None
    wants_pod: bool = False
    remind_day: int | None = None
    remind_minute: int = 10 * 60
    drift: bool = False
    drift_told: int = 0


@dataclass(frozen=True, slots=True)
class Cycle:
    """One week of one group. template, question, starter: as they were when it opened.

    final_at: with `extra`. extra: how much longer outages made it. amnesty: the bot was away too long. blocked: for
    how long its channel could not be written to. next_at: when it goes on by itself; None: it is over.
    place_id: where its cards go, None: not known yet. reopened: its opener was deleted and said again.
    """

    id: int
    group_id: int
    guild_id: int
    week: date
    state: CycleState
    template: str
    question: str
    starter: str
    opens_at: datetime
    digest_at: datetime
    final_at: datetime
    extra: timedelta = timedelta()
    amnesty: bool = False
    blocked: timedelta = timedelta()
    next_at: datetime | None = None
    place_id: int | None = None
    reopened: bool = False


Pair = tuple[Group, Cycle]
"""A group with one of its weeks."""


@dataclass(frozen=True, slots=True)
class Goal:
    text: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What a member says in one check-in. reviewed: the goals planned for this week; goals: for the next one.

    ideas: what they ask the group for, win: one line for the digest; both "" unless they pressed for it.
    """

    reviewed: tuple[Goal, ...] = ()
    learned: str = ""
    goals: tuple[Goal, ...] = ()
    if_then: str = ""
    going: Going = "unsaid"
    answer: str = ""
    ideas: str = ""
    win: str = ""


@dataclass(frozen=True, slots=True)
class MemberWeek:
    """One week of one member. due_at, late_until: on their clock, without what an outage adds.

    first: nothing can go wrong in it. circle: of what was said; None: nothing was. card_place_id: where the
    card was promised to stand.
    """

    id: int
    cycle_id: int
    group_id: int
    guild_id: int
    user_id: int
    week: date
    state: WeekState
    due_at: datetime
    late_until: datetime
    first: bool = False
    remind_at: datetime | None = None
    submitted_at: datetime | None = None
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    hidden_at: datetime | None = None
    circle: Circle | None = None
    said: Said = field(default_factory=Said)
    card_place_id: int | None = None

    @property
    def speaks(self) -> bool:
        """Are there words that somebody may see? Taken back or hidden ones are not."""
        return self.submitted_at is not None and self.withdrawn_at is None and self.hidden_at is None


@dataclass(frozen=True, slots=True)
class Pause:
    """Weeks that a member takes off, both ends included. ill: said late, inside the week it is about."""

    id: int
    group_id: int
    user_id: int
    first_week: date
    last_week: date
    ill: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Outage:
    """The bot was away, or Discord was, from one moment to the other."""

    from_at: datetime
    until_at: datetime

    @property
    def length(self) -> timedelta:
        return self.until_at - self.from_at


@dataclass(frozen=True, slots=True)
class Standing:
    """What the fold makes of a member's weeks. counted: of the last eight weeks that count; done: those of them done.

    repairable: the week before was missed, and a check-in now mends it.
    """

    streak: int = 0
    best: int = 0
    done: int = 0
    counted: int = 0
    freezes: int = 1
    repairable: bool = False


@dataclass(frozen=True, slots=True)
class Pod:
    """A few members of a group with a private thread. tried_at: when opening it was tried first."""

    id: int
    group_id: int
    guild_id: int
    name: str
    made_at: datetime
    thread_id: int | None = None
    tried_at: datetime | None = None
    ended_at: datetime | None = None
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One line of a member's own list of what they achieved."""

    id: int
    text: str
    week: date
    made_at: datetime
