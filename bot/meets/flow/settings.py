"""How a server draws: what moderators choose, and where threads open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypedDict, Unpack

from bot.app import App
from bot.checkins.week import WEEK, week_of
from bot.meets.store import draws, threads
from bot.meets.store import settings as store
from bot.meets.values import Settings
from bot.meets.week import draws_at, next_draw
from bot.moderation.rights import Person, bot_must_speak, moderators_only
from bot.people.zones import is_zone
from bot.refusals import Refusal
from bot.storage import Tx

LIMITS = {"day": (0, 6), "minute": (0, 24 * 60 - 1)}


class Changes(TypedDict, total=False):
    """The fields of Settings that moderators change. Those left out stay."""

    zone: str
    day: int
    minute: int


async def settings(app: App, guild_id: int) -> Settings:
    """As they are."""
    async with app.store.read() as tx:
        return await store.one(tx, guild_id)


async def change(app: App, who: Person, now: datetime, **chosen: Unpack[Changes]) -> Settings:
    """Write these fields and no others; the next draw moves along, but no week is drawn twice.

    Refuses "place_unknown" (text, near), "meet_setting" (field, least, most).
    """
    moderators_only(who)
    _check(chosen)
    async with app.store.begin() as tx:
        before = await store.one(tx, who.guild_id)
        return await _kept(tx, replace(before, **chosen), who, now)


async def choose_channel(
    app: App, who: Person, channel_id: int | None, missing: Sequence[str] | None, now: datetime
) -> Settings:
    """Threads open in this channel from now on; None: meetings are off. missing: as in `bot_must_speak`.

    With meetings off nobody joins and nothing is drawn; what is drawn already goes on. What could not be opened is
    tried again at once.
    """
    moderators_only(who)
    if channel_id is not None:
        bot_must_speak(channel_id, missing)
    async with app.store.begin() as tx:
        before = await store.one(tx, who.guild_id)
        await threads.wake(tx, who.guild_id, now)
        return await _kept(tx, replace(before, channel_id=channel_id, blocked_at=None), who, now)


async def try_again(app: App, who: Person, now: datetime) -> None:
    """A moderator has mended it: the next beat tries."""
    moderators_only(who)
    async with app.store.begin() as tx:
        await store.block(tx, who.guild_id, None)
        await threads.wake(tx, who.guild_id, now)


async def _kept(tx: Tx, after: Settings, who: Person, now: datetime) -> Settings:
    at = None
    if after.channel_id is not None:
        at = await next_draw_at(tx, after, now)
    after = replace(after, next_draw_at=at)
    await store.keep(tx, after, who.id, now)
    return after


async def next_draw_at(tx: Tx, way: Settings, now: datetime) -> datetime:
    """The first draw after now, of a week that was not drawn yet."""
    week, at = next_draw(way.when, now)
    last = await draws.last_week(tx, way.guild_id)
    return at if last is None or week > last else draws_at(way.when, last + WEEK)


def week_ahead(way: Settings, now: datetime) -> date:
    """The week of the next draw; with meetings off, this one."""
    return week_of(way.next_draw_at or now, way.zone)


def _check(chosen: Changes) -> None:
    if "zone" in chosen and not is_zone(chosen["zone"]):
        raise Refusal("place_unknown", text=chosen["zone"], near=())
    for name, value in chosen.items():
        if isinstance(value, int):
            least, most = LIMITS[name]
            if not least <= value <= most:
                raise Refusal("meet_setting", field=name, least=least, most=most)
