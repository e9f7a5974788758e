"""Which channel hears an opening, and when: the whole decision, pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.deliveries.planned import Planned
from bot.jobs.messages import OpeningCard
from bot.jobs.openings import Opening
from bot.jobs.query import Filter, Truth
from bot.ports import FeedSpec

CARD = "opening"

_REMOTE = re.compile(r"\b(remote|anywhere|work from home|distributed|telecommut\w*)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Route:
    """An active subscription of a channel, its filter parsed once."""

    subscription_id: int
    guild_id: int
    channel_id: int
    text: str
    query: Filter


def announced(
    openings: Iterable[Opening], feed: FeedSpec, now: datetime, *, first_reading: bool
) -> list[Opening]:
    """Those of a reading's new openings that are told at all, oldest first; the others are remembered in silence.

    New to us is not new: an opening older than the feed's limit is none to announce (research/feeds.md 0.7).
    """
    days = feed.first_run.max_age_days if first_reading else feed.max_age_days
    told = [one for one in openings if one.age(now) <= timedelta(days=days) and may_be_remote(one, feed)]
    told.reverse()  # feeds list the newest first; sorting is stable, so undated ones keep that order turned round
    told.sort(key=lambda one: one.dated)
    return told[max(0, len(told) - feed.first_run.newest) :] if first_reading else told


def may_be_remote(opening: Opening, feed: FeedSpec) -> bool:
    """A board that also lists on-site jobs is heard only where an opening says so itself."""
    if feed.remote_only != "filter":
        return True
    return any(
        _REMOTE.search(text) for text in (opening.title, opening.place_claim, *opening.tags, opening.text)
    )


def choose(
    told: Iterable[tuple[int, Opening]], routes: Sequence[Route], feed: FeedSpec, now: datetime
) -> list[Planned]:
    """Every card these openings become. A channel hears an opening once, by its first route that passes it.

    told: each opening with its place in the line of what was announced.
    """
    planned = []
    for place, opening in told:
        document = opening.document()
        heard: set[int] = set()
        for route in routes:
            if route.channel_id in heard or (feed.require_filter and not route.text.strip()):
                continue
            if route.query.matches(document) is Truth.TRUE:
                heard.add(route.channel_id)
                planned.append(_card(opening, route, feed, _due(opening, place, feed, now)))
    return planned


def _due(opening: Opening, place: int, feed: FeedSpec, now: datetime) -> datetime:
    """Some boards ask that an opening isn't shown before their own readers had it for a while.

    A channel's cards go out in the order of their due moments: a microsecond a place keeps the line as it was
    announced, all of it within the second that has passed.
    """
    in_line = now - timedelta(seconds=1) + timedelta(microseconds=place)
    return max(in_line, opening.dated + timedelta(hours=feed.delay_h)) if feed.delay_h else in_line


def _card(opening: Opening, route: Route, feed: FeedSpec, due_at: datetime) -> Planned:
    return Planned(
        kind=CARD,
        key=f"opening/{opening.id}/channel/{route.channel_id}",
        value=OpeningCard(
            opening_id=opening.id,
            title=opening.title,
            company=opening.company,
            url=opening.url,
            attribution=opening.attribution,
            place_claim=opening.place_claim,
            pay_claim=opening.pay_claim,
            published_at=opening.published_at,
            first_seen_at=opening.first_seen_at,
            subscription_id=route.subscription_id,
            filter=route.text,
        ),
        guild_id=route.guild_id,
        channel_id=route.channel_id,
        due_at=due_at,
        subscription_id=route.subscription_id,
    )
