"""What is said about meetings, as finished values. No public message is among them; early ends all read alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.meets.values import Kind, Role
from bot.reviews.fit import Reason

DRAWN, ASKED = "meet_drawn", "meet_asked"  # letters
NOBODY, OVER = "meet_nobody", "meet_over"  # letters
HELLO = "meet_hello"  # in a private thread
BLOCKED = "meet_blocked"  # to moderators


@dataclass(frozen=True, slots=True)
class Drawn:
    """To each of them: whom they meet. topic: what both chose, or the question set; "" none. role: the reader's own.

    reasons: why the other one, as they may read it; none in a three.
    """

    guild_id: int
    server: str
    match_id: int
    kind: Kind
    others: tuple[int, ...]
    thread_id: int
    weeks: int = 1
    topic: str = ""
    role: Role = ""
    reasons: tuple[Reason, ...] = ()
    named: bool = True  # may it say what it is about? (the door dm_names)


@dataclass(frozen=True, slots=True)
class Asked:
    """To each of them: did you meet? weeks: how many it lasts; it is asked in each."""

    guild_id: int
    server: str
    match_id: int
    kind: Kind
    others: tuple[int, ...]
    weeks: int = 1
    named: bool = True


@dataclass(frozen=True, slots=True)
class Nobody:
    """To somebody in a draw: nobody fits this week. next_at: the next draw; None: none is planned."""

    guild_id: int
    server: str
    kind: Kind
    next_at: datetime | None = None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Over:
    """To everybody in it: a meeting is over before its end. The same for each cause and to each side."""

    guild_id: int
    server: str
    kind: Kind
    next_at: datetime | None = None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Hello:
    """The first words in their thread. members: a mentor first. about, minutes: of a question set, "" and 0 else.

    openers: first questions, none where there is a question set.
    """

    guild_id: int
    match_id: int
    kind: Kind
    members: tuple[int, ...]
    weeks: int = 1
    topic: str = ""
    about: str = ""
    minutes: int = 0
    openers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocked:
    """To moderators: threads can't be opened, or written to, in the channel for meetings."""

    guild_id: int
    channel_id: int
    code: str
