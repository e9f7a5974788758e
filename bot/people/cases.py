"""Cases: what somebody told the moderators, who may read it, and what becomes of it. Pure.

A case about somebody never shows to them, whatever they hold. A case about anybody with a say in the server goes to
one person alone: the owner, or the second contact where the owner is concerned.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.moderation.rights import Person
from bot.people.keyed import mark
from bot.refusals import Refusal
from bot.text import tidy_lines

Readers = Literal["safety", "owner", "second"]
"""safety: who holds the safety role, without one the owner. owner, second: that one person."""

Concerns = Literal["nobody", "moderator", "owner"]
"""The reporter's answer to "Is this about a moderator?"."""

State = Literal["open", "claimed", "closed"]
Deed = Literal["note", "claimed", "closed", "reopened", "pen_name_resolved"]

MAX_WORDS, MAX_QUOTE, MAX_NOTE = 1500, 700, 500  # a page shows the first two whole
_FIRST_NUMBER = 1000  # a case's has four digits, more once half of those are taken


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks after safety in a server. role_id: None leaves it to the owner."""

    owner_id: int | None
    role_id: int | None = None
    second_id: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody tells. server: its name, for the letters.

    quote: the message it is about, as Discord gave it; genuine: the reporter sent it back unchanged.
    """

    words: str
    concerns: Concerns
    server: str
    about_id: int | None = None
    channel_id: int | None = None
    message_id: int | None = None
    quote: str = ""
    genuine: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """A report that is kept. number: counts in its server. by_id, about_id: None once erased, or never known."""

    id: int
    guild_id: int
    number: int
    by_id: int | None
    about_id: int | None
    words: str
    channel_id: int | None
    message_id: int | None
    quote: str
    readers: Readers
    state: State
    claimed_by: int | None
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads one case: this person, or whoever holds the role; neither: nobody can. never: whatever they hold."""

    reader_id: int | None
    role_id: int | None
    never: frozenset[int | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what with a case, and when."""

    by_id: int | None
    kind: Deed
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked into a member's record. what: "record" or "pen_name". Never says who reported what."""

    by_id: int | None
    what: str
    case_number: int | None
    at: datetime


# -- who reads it --------------------------------------------------------------------------------


def a_number(taken: Set[int], draw: Callable[[int], int]) -> int:
    """A number that none of a server's cases has. Drawn: one that counts would tell a reporter of other reports.

    draw: gives one of 0 … n - 1 by chance.
    """
    first = _FIRST_NUMBER
    while len(taken) * 2 >= 9 * first:
        first *= 10
    while (number := first + draw(9 * first)) in taken:
        pass
    return number


def is_safety(person: Person, desk: Desk) -> bool:
    """Do they look after safety here at this moment?"""
    return person.id == desk.owner_id if desk.role_id is None else desk.role_id in person.role_ids


def is_staff(person: Person, desk: Desk) -> bool:
    """Have they a say here? A report about them is about a moderator, whatever the reporter answered."""
    named = person.id in (desk.owner_id, desk.second_id)
    return person.manages or named or is_safety(person, desk)


def readers_of(report: Report, about: Person | None, desk: Desk) -> Readers:
    """To whom a new report goes. about: whom it is about, when they are a member here."""
    if report.concerns == "owner" or (report.about_id is not None and report.about_id == desk.owner_id):
        return "second"
    return "owner" if report.concerns == "moderator" or (about and is_staff(about, desk)) else "safety"


def audience(readers: Readers, about_id: int | None, desk: Desk) -> Audience:
    """Who reads it as things stand now: roles and owners change, and it never shows to the one it is about."""
    about_owner = about_id is not None and about_id == desk.owner_id
    never = frozenset({about_id, desk.owner_id} if readers == "second" else {about_id}) - {None}
    if readers == "second" or about_owner:
        second = None if desk.second_id in never else desk.second_id
        return Audience(second, desk.role_id if second is None else None, never)
    if readers == "owner" or desk.role_id is None:
        return Audience(desk.owner_id, None, never)
    return Audience(None, desk.role_id, never)


def may_read(case: Case, person: Person, desk: Desk) -> bool:
    """Asked at each press."""
    around = audience(case.readers, case.about_id, desk)
    if person.id in around.never:
        return False
    return person.id == around.reader_id or around.role_id in person.role_ids


# -- what becomes of it --------------------------------------------------------------------------


def cleaned(report: Report) -> tuple[str, str]:
    """(words, quote) as they are kept. Refuses a report of nothing.

    A quote that the reporter changed is no quote: it stands among their words.
    """
    words, quote = tidy_lines(report.words, MAX_WORDS), quoted(report.quote)
    if not words:
        raise Refusal("report_empty")
    if report.genuine or not quote:
        return words, quote
    return f"{words}\n\nThe message, as the reporter tells it:\n{quote}", ""


def quoted(content: str) -> str:
    """A message's words as a case quotes them."""
    return tidy_lines(content, MAX_QUOTE)


def quote_mark(secret: bytes, message_id: int, quote: str) -> str:
    """Goes along with a quote through the reporter's form, and shows afterwards whether they changed it."""
    return mark(secret, "quote", message_id, quote)[:12]


def note_of(text: str) -> str:
    """A note as it is kept. Refuses an empty one."""
    if words := tidy_lines(text, MAX_NOTE):
        return words
    raise Refusal("note_empty")


def turned(case: Case, deed: Deed, by: int) -> tuple[State, int | None]:
    """(state, claimed by) after this deed. Refuses what was done already, so that two presses are one effect."""
    if deed == "claimed":
        if case.state != "open":
            raise Refusal("case_claimed" if case.state == "claimed" else "case_closed", number=case.number)
        return "claimed", by
    if deed == "closed":
        if case.state == "closed":
            raise Refusal("case_closed", number=case.number)
        return "closed", case.claimed_by
    if deed == "reopened":
        if case.state != "closed":
            raise Refusal("case_open_already", number=case.number)
        return "open", None
    return case.state, case.claimed_by
