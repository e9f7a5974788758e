"""How a server reads for each other: what moderators choose, and where threads open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypedDict, Unpack

from bot.app import App
from bot.moderation.rights import Person, bot_must_speak, moderators_only
from bot.people.zones import is_zone
from bot.refusals import Refusal
from bot.reviews.round import next_round_at
from bot.reviews.store import settings as store
from bot.reviews.values import Settings
from bot.storage import Tx

LIMITS = {
    "day": (0, 6),
    "minute": (0, 24 * 60 - 1),
    "preview_h": (0, 72),
    "patience_h": (0, 168),
    "least": (0, 1000),
    "keep_days": (1, 30),
}
_CLOCK = ("zone", "weekly", "day", "minute", "channel_id")


class Changes(TypedDict, total=False):
    """The fields of Settings that moderators change. Those left out stay."""

    zone: str
    weekly: bool
    day: int
    minute: int
    preview_h: int
    patience_h: int
    least: int
    keep_days: int


async def settings(app: App, guild_id: int) -> Settings:
    """As they are."""
    async with app.store.read() as tx:
        return await store.one(tx, guild_id)


async def change(app: App, who: Person, now: datetime, **chosen: Unpack[Changes]) -> Settings:
    """Write these fields and no others; another weekly rule moves the next round.

    Refuses "place_unknown" (text, near), "review_setting" (field, least, most).
    """
    moderators_only(who)
    _check(chosen)
    async with app.store.begin() as tx:
        before = await store.one(tx, who.guild_id)
        return await _kept(tx, before, replace(before, **chosen), who, now)


async def choose_channel(
    app: App, who: Person, channel_id: int | None, missing: Sequence[str] | None, now: datetime
) -> Settings:
    """Threads open in this channel from now on; None: reviews are off. missing: as in `bot_must_speak`.

    With reviews off nothing new is taken and nothing is drawn; what is being read goes on.
    """
    moderators_only(who)
    if channel_id is not None:
        bot_must_speak(channel_id, missing)
    async with app.store.begin() as tx:
        before = await store.one(tx, who.guild_id)
        return await _kept(tx, before, replace(before, channel_id=channel_id), who, now)


async def _kept(tx: Tx, before: Settings, after: Settings, who: Person, now: datetime) -> Settings:
    if any(getattr(before, name) != getattr(after, name) for name in _CLOCK):
        tick_at = None if after.channel_id is None else before.next_tick_at or now
        after = replace(after, next_round_at=next_round_at(after, now), next_tick_at=tick_at)
    await store.keep(tx, after, who.id, now)
    return after


def _check(chosen: Changes) -> None:
    if "zone" in chosen and not is_zone(chosen["zone"]):
        raise Refusal("place_unknown", text=chosen["zone"], near=())
    for name, value in chosen.items():
        least, most = LIMITS.get(name, (0, 1))
        if isinstance(value, int) and not least <= value <= most:
            raise Refusal("review_setting", field=name, least=least, most=most)
