"""What this subject says: finished values, kept as JSON in the outbox, drawn by the cards of `cogs.people`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

TEST_MESSAGE = "test_message"


@dataclass(frozen=True, slots=True)
class TestMessage:
    """The first direct message to a member, who has just allowed them: it shows that one arrives."""

    __test__ = False  # no test class, whatever pytest thinks of its name

    guild_id: int


# -- safety: none of these says what happened or to whom -----------------------------------------

CASE_OPENED = "case_opened"
CASE_WAITS = "case_waits"
CASE_CHANGED = "case_changed"
LOOK_NOTICE = "look_notice"


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """To each of its readers: a case waits. server: its name."""

    guild_id: int
    server: str
    number: int


@dataclass(frozen=True, slots=True)
class CaseWaits:
    """To the moderators' channel: nobody could be told of a case, or nobody took it. closed: their messages are."""

    guild_id: int
    number: int
    closed: bool


@dataclass(frozen=True, slots=True)
class CaseChanged:
    """To its reporter: something changed; what, only /report tells."""

    guild_id: int
    server: str


@dataclass(frozen=True, slots=True)
class LookNotice:
    """To a member: somebody looked into their record; who and what, only /me privacy tells."""

    guild_id: int
    server: str


# -- introductions -------------------------------------------------------------------------------

ASKED = "asked"
INTRODUCED = "introduced"


@dataclass(frozen=True, slots=True)
class Asked:
    """To the asked one: somebody without a name yet would like to meet them. discreet: say not even that.

    field, level, open_to: what the asker shows to everybody here, in words. lapses_at: how long it can be answered.
    """

    introduction_id: int
    guild_id: int
    server: str
    words: str
    field: str
    level: str
    open_to: tuple[str, ...]
    lapses_at: datetime
    discreet: bool


@dataclass(frozen=True, slots=True)
class Introduced:
    """To both: who the other one is, and the words of the ask. discreet: only that there is something."""

    guild_id: int
    server: str
    other_id: int
    words: str
    discreet: bool
