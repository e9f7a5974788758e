"""A round from its beginning to its end, and when the next one is due. Pure.

open → locked → previewed → published → closed, or cancelled before it is published. open: it is there. locked: what
is asked is kept. previewed: so is the answer, and moderators may look. published: everybody is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.people.keyed import mark
from bot.refusals import Refusal
from bot.reviews.values import Drawn, Request, Round, RoundState, Settings

WEEK, HOUR = timedelta(days=7), timedelta(hours=1)

STANDING: frozenset[RoundState] = frozenset({"open", "locked", "previewed"})
"""One of these at a time in a server."""

KEPT_FOR = timedelta(days=30)
"""What a round was asked and answered is kept so long after it was published."""

FIRST_OF_ALL = 1_000_000  # days waited, more than anybody can

Step = Literal["lock", "draw", "publish", "close"]


# -- when ----------------------------------------------------------------------------------------


def next_round_at(way: Settings, now: datetime) -> datetime | None:
    """The first weekly moment after now: aware UTC; None without weekly rounds, or with reviews off.

    A time in a gap moves forward by the gap, a doubled one means the first: both are what fold=0 says.
    """
    if not way.weekly or way.channel_id is None:
        return None
    clock = ZoneInfo(way.zone)
    today = now.astimezone(clock).date()
    monday = today - timedelta(days=today.weekday())
    moments = (
        datetime.combine(
            monday + n * WEEK + timedelta(days=way.day), time(*divmod(way.minute, 60)), clock
        ).astimezone(UTC)
        for n in range(3)
    )
    return next(moment for moment in moments if moment > now)


def next_tick_at(way: Settings, now: datetime) -> datetime | None:
    """An hour after this one; None with reviews off. Ticks that were missed are one."""
    return None if way.channel_id is None else now + HOUR


def seed(key: bytes, guild_id: int, what: int | str) -> str:
    """Of everything that is drawn: the same for the same server and round, and of no use to who sees it."""
    return mark(key, "review round", guild_id, what)


# -- how it goes on ------------------------------------------------------------------------------


def step(one: Round, now: datetime) -> Step | None:
    """What is to be done by now; None: nothing. publish_at is when a round goes on by itself, in every state."""
    if one.publish_at is None or now < one.publish_at:
        return None
    return _STEPS.get(one.state)


_STEPS: Mapping[RoundState, Step] = {
    "open": "lock",
    "locked": "draw",
    "previewed": "publish",
    "published": "close",
}


def begun(guild_id: int, drawn: Drawn, by: int | None, now: datetime) -> Round:
    """A new one, without an id and a seed."""
    return Round(0, guild_id, drawn, "open", "", now, opened_by=by, publish_at=now)


def locked(one: Round, given: str, now: datetime) -> Round:
    """What is asked is kept; again after a veto, which makes the former answer void. Raises Refusal "round_over"."""
    if one.state not in STANDING:
        raise Refusal("round_over")
    return replace(one, state="locked", given=given, result="", locked_at=now, publish_at=now)


def previewed(one: Round, result: str, preview_h: int, now: datetime) -> Round:
    """So is the answer. It publishes itself so many hours after it was opened, and never unseen."""
    look = timedelta(hours=preview_h)
    ends = one.opened_at + look
    return replace(one, state="previewed", result=result, publish_at=ends if ends > now else now + look)


def published(one: Round, now: datetime) -> Round:
    """Everybody is told. Raises Refusal "round_not_previewed", or "round_over"."""
    if one.state not in STANDING:
        raise Refusal("round_over")
    if one.state != "previewed":
        raise Refusal("round_not_previewed")
    return replace(one, state="published", published_at=now, publish_at=now + KEPT_FOR)


def closed(one: Round, now: datetime) -> Round:
    """Its papers go: they name who wanted what."""
    return replace(one, state="closed", given="", result="", publish_at=None, closed_at=now)


def cancelled(one: Round, now: datetime) -> Round:
    """Nobody was told and nobody will be. Twice is once. Raises Refusal "round_over" for one that was published."""
    if one.state == "cancelled":
        return one
    if one.state not in STANDING:
        raise Refusal("round_over")
    return replace(one, state="cancelled", given="", result="", publish_at=None, closed_at=now)


# -- who waits -----------------------------------------------------------------------------------


def waited_days(one: Request, now: datetime) -> int:
    """By which they are ranked; whoever's reader did not deliver waits first of all."""
    since = one.waiting_since or one.made_at
    days = max(0, (now - since).days)
    return FIRST_OF_ALL + days if one.first is not None else days


def least(one: Request, way: Settings, now: datetime) -> int:
    """The score that a pair must have between rounds: for some hours only very good ones count, then any."""
    patient = one.first is None and now < (one.waiting_since or one.made_at) + timedelta(hours=way.patience_h)
    return way.least if patient else 0


def in_ticks(one: Request) -> bool:
    """Does it find readers between rounds?"""
    return one.when == "soon" or one.first is not None
