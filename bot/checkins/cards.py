"""One member's check-in as others see it, and under which keys it stands where. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.checkins.messages import CARD, POD_CARD, Card
from bot.checkins.values import Cycle, MemberWeek
from bot.deliveries.planned import Planned

MOST_REPOSTS = 3
"""How often a card that was deleted is posted again."""


def card(one: MemberWeek, cycle: Cycle, name: str) -> Card:
    """What others see of it. name: a pen name, "" none. Nothing of one that was taken back or hidden."""
    if not one.speaks:
        return gone(one)
    said = one.said
    return Card(
        one.guild_id,
        one.group_id,
        one.cycle_id,
        one.id,
        one.user_id,
        name,
        one.week,
        reviewed=said.reviewed,
        learned=said.learned,
        goals=said.goals,
        if_then=said.if_then,
        question=cycle.question if said.answer else "",
        answer=said.answer,
        ideas=said.ideas,
    )


def gone(one: MemberWeek) -> Card:
    """What is left of a card that may not be seen any more: not even whose it was."""
    return Card(one.guild_id, one.group_id, one.cycle_id, one.id, 0, "", one.week, gone=True)


def kind_of(one: MemberWeek) -> str:
    """Of its delivery: in the group's place, or in the thread of its author's pod."""
    return POD_CARD if one.circle == "pod" else CARD


def key_of(week_id: int, place_id: int, repost: int = 0) -> str:
    """Why a card stands in a place. repost: how often it was posted again there."""
    return f"checkin/{week_id}/card{repost + 1 if repost else ''}/channel/{place_id}"


def reposts(week_id: int, key: str) -> int:
    """How often a card had been posted again when it got this key."""
    return next(n for n in range(MOST_REPOSTS + 1) if key.startswith(key_of(week_id, 0, n)[: -len("0")]))


def keys_of(week_id: int, place_id: int) -> Sequence[str]:
    """Every key under which it may stand in a place, the first one first."""
    return [key_of(week_id, place_id, repost) for repost in range(MOST_REPOSTS + 1)]


def place_of(one: MemberWeek, cycle: Cycle, pod_thread_id: int | None) -> int | None:
    """Where its card is to stand; None: nowhere, or nowhere yet."""
    return {"group": cycle.place_id, "pod": pod_thread_id}.get(one.circle or "me")


def planned(
    one: MemberWeek, cycle: Cycle, name: str, place_id: int, now: datetime, repost: int = 0
) -> Planned:
    """The card to post there: in the group's place, or in the thread of its author's pod."""
    key = key_of(one.id, place_id, repost)
    return Planned(kind_of(one), key, card(one, cycle, name), one.guild_id, place_id, now)
