"""Subscriptions: who may make one, what changes it, and what it means. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Literal

from bot.jobs.openings import Opening
from bot.jobs.query import Document, Filter, Truth
from bot.jobs.query.mirror import MOST_VARIANTS, outermost
from bot.jobs.query.tree import And, Node
from bot.moderation.rights import Person, bot_must_speak, moderators_only
from bot.refusals import Refusal

State = Literal["draft", "active", "paused", "stopped"]
Target = Literal["member", "text", "news", "thread", "forum"]
Follows = Literal["filter", "profile", "channel"]
Preset = Literal["calm", "normal", "all"]
Rhythm = Literal["now", "daily", "weekly"]

PER_TARGET = 25  # subscriptions of one channel or one member; one message lists them all
TRIED_DAYS = 7
TRIED_AT_MOST = 2_000  # the newest; a board of hundreds an hour would fill the memory
SAMPLES = 3
CAPS_OF_A_ROLE = (1, 3, 5, 10)  # mentions a day that can be chosen
UNTIL = "until "  # how the reason of a pause begins that ends by itself


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
    created_by: int = 0
    target: Target = "text"
    follows: Follows = (
        "filter"  # filter: this one's own; profile: the member's; channel: all of follows_channel_id's
    )
    follows_channel_id: int | None = None
    preset: Preset = "normal"
    rhythm: Rhythm = "now"
    weekday: int = 0  # of a weekly one, 0 is Monday
    at_minute: int = 9 * 60  # of a digest, after midnight in `zone`
    zone: str | None = None  # IANA; None: the member's own, for a channel UTC
    silent: bool = True
    publish: bool = False  # in an announcement channel
    role_id: int | None = None  # mentioned for what also passes role_filter, at most role_cap times a day
    role_filter: str = ""
    role_cap: int = 3
    fallback_tag: str = ""  # of a forum that requires one
    next_due_at: datetime | None = None  # of the next digest
    said_at: datetime | None = None  # up to when all was told
    tested_at: datetime | None = None  # a member's test message arrived


@dataclass(frozen=True, slots=True)
class Tried:
    """A filter tried on what was seen in the last days."""

    passed: int
    of: int
    unknown: int  # neither passed nor failed: the board doesn't say
    samples: tuple[Opening, ...]  # newest first
    without: tuple[int, ...] = ()  # how many each of `mirror.variants` lets through, in their order


NOTHING_TRIED = Tried(0, 0, 0, ())

FOREVER = "by hand"


def paused_until(when: datetime) -> str:
    """The reason of a pause that ends by itself: aware UTC."""
    return f"{UNTIL}{when.isoformat()}"


def ends_at(pause_reason: str | None) -> datetime | None:
    """When a pause ends by itself; None: when somebody ends it."""
    if pause_reason is None or not pause_reason.startswith(UNTIL):
        return None
    return datetime.fromisoformat(pause_reason.removeprefix(UNTIL))


def the_same(one: Subscription, other: Subscription) -> bool:
    """Do both stand in the same channel, or belong to the same member?"""
    return (one.guild_id, one.channel_id, one.member_id) == (
        other.guild_id,
        other.channel_id,
        other.member_id,
    )


def fitting(one: Subscription, target: Target) -> Subscription:
    """The same in another kind of channel: what it can't do there is left out."""
    return replace(
        one,
        target=target,
        publish=one.publish and target == "news",
        fallback_tag=one.fallback_tag if target == "forum" else "",
    )


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
    parts = outermost(query.root)
    without = list(before.without) or [0] * min(len(parts), MOST_VARIANTS)
    for opening, document in openings:
        of += 1
        truth = query.matches(document)
        if truth is Truth.TRUE:
            passed.append(opening)
        elif truth is Truth.UNKNOWN:
            unknown += 1
        if parts:
            for number in _passing_without(query.root, parts, document, truth):
                if number < len(without):
                    without[number] += 1
    samples = (*before.samples, *passed)[:SAMPLES]
    counts = before.passed + len(passed), before.of + of, before.unknown + unknown
    return Tried(*counts, samples, tuple(without))


def _passing_without(root: Node, parts: Sequence[Node], document: Document, truth: Truth) -> Collection[int]:
    """Without which of its parts would it pass? Asks the parts at most until two have decided.

    Of parts that must all hold, none may fail but the one left out; of those of which one must, another has to hold.
    """
    passes, everyone = truth is Truth.TRUE, range(len(parts))
    if isinstance(root, And) == passes:
        return everyone if passes else ()
    alike = (number for number in everyone if (parts[number].truth(document) is Truth.TRUE) == passes)
    deciding = list(islice(alike, 2))
    if len(deciding) == 2:
        return everyone if passes else ()
    return [number for number in everyone if (number in deciding) != passes]
