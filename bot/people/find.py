"""Finding people: who wants to be found, and what a page of them shows. Pure.

A page names nobody and counts nobody. Its buttons carry a mark instead of an id: the same person has another one on
each viewer's page, and pages are ordered by it, so that their order tells nothing either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.people.introductions import Shown, shown
from bot.people.keyed import mark
from bot.people.may_meet import Meeting, may_meet
from bot.people.members import FIELDS, OPEN_TO, Key, Member, Profile

PER_PAGE = 5
_MARK = 20  # hexadecimal characters of a mark; two people of one server never share them


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the viewer looks for. field, open_to: as in `bot.people.members`, "" for any."""

    field: str = ""
    open_to: str = ""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One line of a page."""

    mark: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Page:
    """People on one page. number: counts from 0."""

    people: tuple[Somebody, ...]
    number: int
    has_more: bool


def wants_to_be_found(member: Member, profile: Profile) -> bool:
    """They opened this door or don't search in private, and they said what for."""
    if member.left_at is not None or not member.opens("found"):
        return False
    return "meet" in member.wishes or bool(profile.open_to)


def would_refer(member: Member, profile: Profile) -> bool:
    """They want to be found, and tell everybody here that they refer people where they work.

    A closed field counts for nothing: it must not be found out by counting either.
    """
    told = "referral" in profile.open_to and "open_to" in profile.seen_by("server")
    return told and wants_to_be_found(member, profile)


def person_mark(secret: bytes, viewer: Key, user_id: int) -> str:
    """What stands for somebody on one viewer's pages."""
    return mark(secret, "found", viewer.guild_id, viewer.user_id, user_id)[:_MARK]


def behind(secret: bytes, viewer: Key, wanted: str, known: Iterable[int]) -> int | None:
    """Whom a mark on this viewer's page means; None for one who is known no more."""
    return next((one for one in known if person_mark(secret, viewer, one) == wanted), None)


def listed(
    secret: bytes,
    viewer: Key,
    wanted: Wanted,
    candidates: Mapping[int, tuple[Member, Profile]],
    meetings: Mapping[int, Meeting],
) -> list[Somebody]:
    """Everybody whom this viewer may find, in the order of their pages. meetings: of viewer and candidates."""
    me = meetings[viewer.user_id]
    found = [
        Somebody(person_mark(secret, viewer, user_id), shown(profile))
        for user_id, (member, profile) in candidates.items()
        if wants_to_be_found(member, profile) and may_meet(me, meetings[user_id])
    ]
    return sorted((one for one in found if _fits(one.shown, wanted)), key=lambda one: one.mark)


def _fits(seen: Shown, wanted: Wanted) -> bool:
    """By what they opened alone: a closed field must not be found out by searching for it."""
    fits_field = not wanted.field or seen.field == FIELDS.get(wanted.field)
    return fits_field and (not wanted.open_to or OPEN_TO.get(wanted.open_to) in seen.open_to)


def page_of(people: Sequence[Somebody], number: int) -> Page:
    """The page with this number, or the nearest there is."""
    number = max(0, min(number, (len(people) - 1) // PER_PAGE))
    first = number * PER_PAGE
    return Page(tuple(people[first : first + PER_PAGE]), number, first + PER_PAGE < len(people))
