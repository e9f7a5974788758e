"""What members changed about their weeks is kept, and what others see of it follows: cards, digests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.checkins import cards
from bot.checkins.flow import reminders
from bot.checkins.store import cycles, saying
from bot.checkins.values import Cycle, MemberWeek
from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.storage import Tx


@dataclass(frozen=True, slots=True)
class Change:
    """A week before and after. name: its author's pen name, "" none."""

    before: MemberWeek
    after: MemberWeek
    cycle: Cycle
    name: str = ""


async def keep(tx: Tx, changes: Sequence[Change], now: datetime) -> None:
    """Write these, and promise what is to be said or said anew. Each week at most once."""
    pods = [(one.after.group_id, one.after.user_id) for one in changes if one.after.circle == "pod"]
    threads = await saying.pod_threads(tx, pods) if pods else {}
    placed = [_placed(one, threads.get((one.after.group_id, one.after.user_id))) for one in changes]
    await saying.keep(tx, [one.after for one in placed])
    await reminders.unneeded(
        tx, [one.before for one in placed if one.before.remind_at and not one.after.remind_at]
    )
    await outbox.plan(tx, [card for one in placed for card in _new_cards(one, now)], now)
    revised = [card for one in placed for card in _other_cards(one)]
    await outbox.revise(tx, revised, now)
    await outbox.forget(tx, revised)
    seen = {one.cycle.id for one in placed if _seen(one.before) or _seen(one.after)}
    await cycles.freshen(tx, sorted(seen), now)


def _placed(one: Change, thread_id: int | None) -> Change:
    """The change with where its card is to stand. One whose circle stays, stays: in the pod that it was told to."""
    former = one.before.card_place_id
    stays = former is not None and (one.after.circle == one.before.circle or not one.after.speaks)
    place = former if stays else cards.place_of(one.after, one.cycle, thread_id)
    return (
        one
        if place == one.after.card_place_id
        else replace(one, after=replace(one.after, card_place_id=place))
    )


def _new_cards(one: Change, now: datetime) -> list[Planned]:
    place = one.after.card_place_id
    if place is None or not one.after.speaks or place == one.before.card_place_id:
        return []
    return [cards.planned(one.after, one.cycle, one.name, place, now)]


def _other_cards(one: Change) -> list[tuple[str, object]]:
    """Cards that stand, with what is in them now; one that was posted again has several keys."""
    former, place = one.before.card_place_id, one.after.card_place_id
    revised: list[tuple[str, object]] = []
    if former is not None and former != place:
        empty = cards.gone(one.after)
        revised += [(key, empty) for key in cards.keys_of(one.after.id, former)]
    if place is not None and (one.before.submitted_at or one.before.withdrawn_at):  # it may have stood there
        shown = cards.card(one.after, one.cycle, one.name)
        revised += [(key, shown) for key in cards.keys_of(one.after.id, place)]
    return revised


def _seen(one: MemberWeek) -> bool:
    """May everybody in the group see it, and so the digest tell of it?"""
    return one.speaks and one.circle == "group"
