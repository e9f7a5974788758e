"""Who may thank whom and offer help for which card. Pure."""

from __future__ import annotations

from datetime import timedelta

from bot.checkins.values import MemberWeek
from bot.refusals import Refusal

MOST_THANKS = 10
THANKS_IN = timedelta(days=7)
"""So many thanks by one member in any so long a time."""


def sees(one: MemberWeek, *, in_group: bool, in_pod: bool) -> bool:
    """Does another member see the card? in_pod: they are in the pod in whose thread it stands."""
    return one.speaks and in_group and (one.circle == "group" or (one.circle == "pod" and in_pod))


def for_another(one: MemberWeek, user_id: int) -> None:
    """Refuses one's own card."""
    if one.user_id == user_id:
        raise Refusal("own_card")


def room_for_one(given: int) -> None:
    """Refuses "thanks_limit". given: how many lately."""
    if given >= MOST_THANKS:
        raise Refusal("thanks_limit", limit=MOST_THANKS)
