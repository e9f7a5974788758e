"""The card that an opening becomes in one channel, and the key that makes it one for ever. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.deliveries.planned import NOWHERE_YET, Planned
from bot.jobs.messages import OpeningCard
from bot.jobs.openings import Opening
from bot.jobs.subscriptions import Subscription

CARD = "opening"


def card(
    opening: Opening,
    one: Subscription,
    due_at: datetime,
    *,
    role_id: int | None = None,
    withheld: frozenset[str] = frozenset(),
) -> Planned:
    """An opening in the channel of a subscription. role_id: mentioned; withheld: facts taken back in its server."""
    channel_id = one.channel_id or NOWHERE_YET
    value = replace(
        plain_card(opening, withheld),
        subscription_id=one.id,
        filter=one.filter,
        target=one.target,
        silent=one.silent,
        publish=one.publish,
        role_id=role_id,
        fallback_tag=one.fallback_tag,
    )
    key = card_key(opening.id, channel_id)
    return Planned(CARD, key, value, one.guild_id, channel_id, due_at, subscription_id=one.id)


def plain_card(opening: Opening, withheld: frozenset[str]) -> OpeningCard:
    """An opening as a card shows it, of no subscription."""
    return OpeningCard(
        opening_id=opening.id,
        title=opening.title,
        company=opening.company,
        url=opening.url,
        attribution=opening.attribution,
        place_claim=opening.place_claim,
        pay_claim=opening.pay_claim,
        published_at=opening.published_at,
        first_seen_at=opening.first_seen_at,
        subscription_id=0,
        filter="",
        board=opening.board,
        facts=opening.facts,
        reposts=opening.reposts,
        withheld=withheld,
    )


def card_key(opening_id: int, channel_id: int) -> str:
    """One opening is one message in one channel."""
    return f"{cards_of(opening_id)}channel/{channel_id}"


def cards_of(opening_id: int) -> str:
    """How the keys of all its cards begin."""
    return f"opening/{opening_id}/"
