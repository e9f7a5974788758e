"""One reading from the proposal to the rating, and what a request is by its readings. Pure.

proposed → accepted → submitted → rated; ways out: declined, timed_out, expired, ended. A reader who has read the
first version of a document is asked again for the second: such a reading never falls behind what it has delivered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.refusals import Refusal
from bot.reviews.values import DELIVERED, EARLY, LIVE, Reading, ReadingState, Request, RequestState

ACCEPT = timedelta(hours=36)
DUE_DAYS, DUE_MINUTE = 4, 20 * 60
GRACE = timedelta(hours=12)
"""A review is taken for so long after its time."""

LAST_BEFORE = timedelta(hours=5)
"""The last reminder comes so long before the end: 15:00 of the same day."""

OPEN: frozenset[RequestState] = frozenset({"waiting", "in_review"})


# -- times ---------------------------------------------------------------------------------------


def due_at(accepted_at: datetime, zone: str) -> datetime:
    """20:00 on the fourth day after, by the reader's own clock: aware UTC.

    A time in a gap moves forward by the gap, a doubled one means the first: both are what fold=0 says.
    """
    clock = ZoneInfo(zone)
    day = accepted_at.astimezone(clock).date() + timedelta(days=DUE_DAYS)
    return datetime.combine(day, time(*divmod(DUE_MINUTE, 60)), clock).astimezone(UTC)


def reminders(accepted_at: datetime, due: datetime) -> tuple[datetime, datetime]:
    """At half time, and on the last afternoon. Quiet hours are not looked at here: letters keep them."""
    return accepted_at + (due - accepted_at) / 2, due - LAST_BEFORE


def taken_until(one: Reading) -> datetime | None:
    """The end of being late, exclusive; None before it was accepted."""
    return None if one.due_at is None else one.due_at + GRACE


# -- what people do ------------------------------------------------------------------------------


def offered(one: Reading, now: datetime) -> Reading:
    """Its reader is asked now, for the first or the second version."""
    return replace(
        one,
        state="proposed",
        proposed_at=now,
        accept_by=now + ACCEPT,
        remind_at=None,
        reminded=0,
        next_at=now + ACCEPT,
        ended_at=None,
    )


def accepted(one: Reading, zone: str, now: datetime) -> Reading:
    """They read it. zone: IANA, of their own clock. Twice is once. Raises Refusal "reading_over".

    let_in_at is cleared: for a second version they are let in anew.
    """
    if one.state == "accepted":
        return one
    if one.state != "proposed" or one.accept_by is None or now >= one.accept_by:
        raise Refusal("reading_over")
    due = due_at(now, zone)
    half, _ = reminders(now, due)
    return replace(
        one,
        state="accepted",
        accepted_at=now,
        accept_by=None,
        due_at=due,
        remind_at=half,
        next_at=half,
        let_in_at=None,
    )


def declined(one: Reading, now: datetime) -> Reading:
    """They don't, or can't any more. Twice is once. Raises Refusal "reading_over"."""
    if one.state == "declined":
        return one
    if one.state not in LIVE:
        raise Refusal("reading_over")
    return _early(one, "declined", now)


def submitted(one: Reading, now: datetime) -> Reading:
    """Their review is sent. Raises Refusal "reading_over" for one that may not be sent (any more)."""
    must_take(one, now)
    return replace(one, state="submitted", submitted_at=now, remind_at=None, next_at=None)


def must_take(one: Reading, now: datetime) -> None:
    """Refuses a press on the sheet of a reading that is not accepted, or too late: "reading_over"."""
    end = taken_until(one)
    if one.state != "accepted" or end is None or now >= end:
        raise Refusal("reading_over")


def rated(one: Reading) -> Reading:
    """Its author has said what they think of it. While a second version is read, it stays what it is."""
    return replace(one, state="rated") if one.state == "submitted" else one


# -- what time and others do ---------------------------------------------------------------------


def advanced(one: Reading, now: datetime) -> Reading:
    """What it is by now. Several reminders that were missed are one."""
    if one.state == "proposed" and one.accept_by is not None and now >= one.accept_by:
        return _early(one, "timed_out", now)
    end = taken_until(one)
    if one.state != "accepted" or one.accepted_at is None or one.due_at is None or end is None:
        return one
    if now >= end:
        return _early(one, "expired", now)
    moments = reminders(one.accepted_at, one.due_at)
    ahead = [at for at in moments if at > now]
    remind_at = ahead[0] if ahead else None
    return replace(one, reminded=len(moments) - len(ahead), remind_at=remind_at, next_at=remind_at or end)


def ended(one: Reading, now: datetime) -> Reading:
    """Parted, withdrawn or gone. What has been delivered or is over stays as it is."""
    return _early(one, "ended", now) if one.state in LIVE else one


def _early(one: Reading, state: ReadingState, now: datetime) -> Reading:
    """It is over. next_at: both sides are told in the next beat, if it was accepted; a proposal ends in silence."""
    return replace(
        one,
        state="submitted" if one.submitted_at else state,
        accept_by=None,
        remind_at=None,
        next_at=now if one.state == "accepted" else None,
        ended_at=now,
    )


def is_untold(one: Reading) -> bool:
    """Is it over early, and have its two not heard of it?"""
    return one.next_at is not None and one.ended_at is not None and one.state not in LIVE


def told(one: Reading) -> Reading:
    """Both sides have heard that it is over."""
    return replace(one, next_at=None)


def postponed(one: Reading, at: datetime | None) -> Reading:
    """One that was delivered is looked at then, to be asked for a second version; None: not."""
    return replace(one, next_at=at, ended_at=None)


# -- the request ---------------------------------------------------------------------------------


def lacking(one: Request, readings: Iterable[Reading]) -> int:
    """How many readers it still needs. A newcomer who reads beside the others counts for none."""
    there = sum(1 for each in readings if not each.clarity and each.state in LIVE | DELIVERED)
    return max(0, one.needs - there)


def standing(one: Request, readings: Sequence[Reading], now: datetime, keep_days: int) -> Request:
    """What a request is by all its readings. keep_days: after its last review its document stays so long.

    Only of one that waits or is read; every other state is decided elsewhere.
    """
    if one.state not in OPEN:
        return one
    if lacking(one, readings):
        return replace(one, state="waiting", waiting_since=one.waiting_since or now)
    if any(each.state in LIVE for each in readings):
        return replace(one, state="in_review")
    return replace(
        one, state="delivered", first=None, delivered_at=now, expires_at=now + timedelta(days=keep_days)
    )


def put_first(one: Request, readings: Sequence[Reading], now: datetime) -> Request:
    """A reader did not deliver: while it lacks one, its author waits first of all, since that happened first."""
    if one.state != "waiting" or not lacking(one, readings):
        return one
    return replace(one, first=one.first or now)


def is_early(one: Reading) -> bool:
    """Is it over, and was nothing delivered?"""
    return one.state in EARLY
