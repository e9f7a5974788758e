"""Weeks that a member takes off: which ones, and when one may be ill. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.checkins.values import Pause
from bot.checkins.week import WEEK
from bot.refusals import Refusal

MOST_WEEKS = 8
ILL_EVERY = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of pauses that are kept. last: pause id → the week it now ends with; over: never begun."""

    last: dict[int, date]
    over: tuple[int, ...]


def weeks_off(first: date, weeks: int) -> tuple[date, date]:
    """The first and the last of so many weeks. Refuses "pause_weeks"."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise Refusal("pause_weeks", least=1, most=MOST_WEEKS)
    return first, first + (weeks - 1) * WEEK


def covers(pauses: Iterable[Pause], week: date) -> bool:
    """Is this a week off?"""
    return any(one.first_week <= week <= one.last_week for one in pauses)


def until(pauses: Iterable[Pause], week: date) -> date | None:
    """The last week off from this week on; None when there is none."""
    return max((one.last_week for one in pauses if one.last_week >= week), default=None)


def ended(pauses: Sequence[Pause], week: date) -> Change:
    """From this week on there is none any more. Weeks before it stay off; one week ill stays what it was."""
    open_ended = [one for one in pauses if one.last_week >= week and not one.ill]
    last = {one.id: week - WEEK for one in open_ended if one.first_week < week}
    return Change(last, tuple(one.id for one in open_ended if one.first_week >= week))


def may_be_ill(pauses: Iterable[Pause], week: date) -> None:
    """Refuses "ill_lately": once in eight weeks."""
    lately = [one.first_week for one in pauses if one.ill and abs(one.first_week - week) < ILL_EVERY]
    if lately:
        raise Refusal("ill_lately", again=max(lately) + ILL_EVERY)
