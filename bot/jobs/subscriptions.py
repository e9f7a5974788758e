"""Subscriptions: who may make one, what changes it, and what it means. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.jobs.openings import Opening
from bot.jobs.query import Document, Filter, Truth
from bot.moderation.rights import Person, bot_must_speak, moderators_only
from bot.refusals import Refusal

State = Literal["draft", "active", "paused", "stopped"]

PER_TARGET = 25  # subscriptions of one channel or one member; one message lists them all
TRIED_DAYS = 7
TRIED_AT_MOST = 2_000  # the newest; a board of hundreds an hour would fill the memory
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Subscription:
    id: int
    guild_id: int
    channel_id: int | None
    member_id: int | None
    filter: str
    state: State
    pause_reason: str | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Tried:
    """A filter tried on what was seen in the last days."""

    passed: int
    of: int
    unknown: int  # neither passed nor failed: the board doesn't say
    samples: tuple[Opening, ...]  # newest first


NOTHING_TRIED = Tried(0, 0, 0, ())


def may_change(subscription: Subscription | None, person: Person) -> Subscription:
    """The subscription, if this person may change it: their own, or their server's channel as a moderator."""
    if subscription is None or subscription.guild_id != person.guild_id or subscription.state == "stopped":
        raise Refusal("subscription_gone")
    if subscription.channel_id is None and subscription.member_id != person.id:
        raise Refusal("subscription_gone")
    if subscription.channel_id is not None:
        moderators_only(person)
    return subscription


def may_turn(subscription: Subscription | None, person: Person) -> Subscription:
    """The subscription, if this person may pause it or let it go on: what was never saved can't be either."""
    kept = may_change(subscription, person)
    if kept.state == "draft":
        raise Refusal("subscription_gone")
    return kept


def may_add(
    person: Person, channel_id: int | None, missing: Sequence[str] | None, existing: Sequence[Subscription]
) -> None:
    """May this person subscribe this channel, or themselves (channel_id None)? missing: as in `bot_must_speak`."""
    if channel_id is not None:
        if not person.manages:
            raise Refusal("channel_is_moderators")
        bot_must_speak(channel_id, missing)
    if len(existing) >= PER_TARGET:
        raise Refusal("too_many_subscriptions", limit=PER_TARGET)


def try_on(
    query: Filter, openings: Iterable[tuple[Opening, Document]], before: Tried = NOTHING_TRIED
) -> Tried:
    """What this filter would have let through, added to what was tried before; `openings` newest first."""
    passed, unknown, of = [], 0, 0
    for opening, document in openings:
        of += 1
        match query.matches(document):
            case Truth.TRUE:
                passed.append(opening)
            case Truth.UNKNOWN:
                unknown += 1
    samples = (*before.samples, *passed)[:SAMPLES]
    return Tried(before.passed + len(passed), before.of + of, before.unknown + unknown, samples)
