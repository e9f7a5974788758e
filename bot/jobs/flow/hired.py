"""Hired: alerts stop, and what comes after: telling it, or not; staying as a reader; the last page.

Nothing here is public but what its owner posts by their own press, after they saw it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.app import App
from bot.checkins.flow import pods
from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.jobs import saved as rules
from bot.jobs import store
from bot.jobs.days import spoken
from bot.jobs.flow.saved import kept_in, known_in, move_in, zone_of
from bot.jobs.messages import HiredNews
from bot.jobs.saved import LastPage, Saved
from bot.moderation.rights import bot_must_speak
from bot.people.flow import introductions, members
from bot.people.members import Key, Member, Profile
from bot.ports import WorkerTrouble
from bot.refusals import Refusal
from bot.storage import Tx

HIRED_NEWS = "hired"
BY_HIRED = "hired"
"""The reason of a pause that came with it: [Keep alerts] ends these and no others."""

PICTURE_S = 20.0


@dataclass(frozen=True, slots=True)
class Hired:
    """What its owner sees. paused: alerts that stopped with it. met: whom they were introduced to meanwhile.

    reads: they have said already that they stay to help. day: when it was, on their own clock. pod: they have one to
    tell it to.
    """

    saved: Saved
    member: Member
    paused: int
    met: tuple[int, ...]
    reads: bool
    page: LastPage
    day: str
    pod: bool = False


async def hired(app: App, key: Key, saved_id: int, now: datetime) -> Hired:
    """They were hired: reminders end by themselves, their alerts pause."""
    async with app.store.begin() as tx:
        kept = await kept_in(tx, key, saved_id)
        if kept.stage != "hired":
            await move_in(tx, key, kept, "hired", now)
            await _pause(tx, key, now)
        return await _seen(tx, key, saved_id)


async def look(app: App, key: Key, saved_id: int) -> Hired:
    """The page again. Refuses an opening that is at another stage by now."""
    async with app.store.read() as tx:
        return await _seen(tx, key, saved_id)


async def _seen(tx: Tx, key: Key, saved_id: int) -> Hired:
    member, kept = await known_in(tx, key), await kept_in(tx, key, saved_id)
    if kept.stage != "hired":
        raise Refusal("saved_gone")
    every = await store.saved.of(tx, key.guild_id, key.user_id)
    steps = await store.saved.steps(tx, key.guild_id, key.user_id)
    first = min(one.saved_at for one in every)
    met = tuple(dict.fromkeys(one.other_id for one in await introductions.met_since(tx, key, first)))
    profile = (await members.profiles_in(tx, key.guild_id, [key.user_id])).get(key.user_id, Profile())
    return Hired(
        saved=kept,
        member=member,
        paused=len(await _paused(tx, key)),
        met=met,
        reads="help" in member.wishes and "review" in profile.open_to,
        page=rules.last_page(every, steps, len(met), kept.stage_at),
        day=spoken(kept.stage_at.astimezone(zone_of(member)).date()),
        pod=await pods.has_pod(tx, key),
    )


# -- alerts --------------------------------------------------------------------------------------


async def keep_alerts(app: App, key: Key, now: datetime) -> int:
    """The alerts that stopped go on; gives how many. Those paused by hand stay so."""
    async with app.store.begin() as tx:
        await known_in(tx, key)
        stopped = await _paused(tx, key)
        for number in stopped:
            await store.subscriptions.change(tx, number, key.user_id, now, state="active", next_due_at=now)
            await outbox.release(tx, number, now)
        return len(stopped)


async def _pause(tx: Tx, key: Key, now: datetime) -> None:
    for one in await store.subscriptions.of_member(tx, key.guild_id, key.user_id):
        if one.state == "active":
            await store.subscriptions.change(
                tx, one.id, key.user_id, now, state="paused", pause_reason=BY_HIRED
            )
            await outbox.hold(tx, one.id)


async def _paused(tx: Tx, key: Key) -> list[int]:
    mine = await store.subscriptions.of_member(tx, key.guild_id, key.user_id)
    return [one.id for one in mine if one.state == "paused" and one.pause_reason == BY_HIRED]


# -- telling it, staying -------------------------------------------------------------------------


async def tell_nobody(app: App, key: Key, saved_id: int, now: datetime) -> Hired:
    """It stays with them; they are not asked again."""
    async with app.store.begin() as tx:
        await kept_in(tx, key, saved_id)
        await store.saved.change(tx, saved_id, now, told="nowhere")
        return await _seen(tx, key, saved_id)


async def tell_pod(app: App, key: Key, saved_id: int, now: datetime) -> Hired:
    """Those few who check in with them hear it, in their own thread, without the company; pressed twice it is said
    once."""
    async with app.store.begin() as tx:
        seen = await _seen(tx, key, saved_id)
        told = await pods.tell_hired(tx, key, f"hired/{saved_id}", now)
        if told and seen.saved.told != "server":
            await store.saved.change(tx, saved_id, now, told="pod")
        return await _seen(tx, key, saved_id)


async def tell(
    app: App,
    key: Key,
    saved_id: int,
    channel_id: int,
    missing: Sequence[str],
    *,
    with_company: bool,
    now: datetime,
) -> Hired:
    """Post it in a channel, as `news` shows it beforehand; pressed twice it is posted once.

    missing: what the bot lacks there, as in `bot_must_speak`.
    """
    bot_must_speak(channel_id, missing)
    async with app.store.begin() as tx:
        seen = await _seen(tx, key, saved_id)
        about = f"hired/{saved_id}/by/{key.user_id}/channel/{channel_id}"
        value = news(seen.saved, with_company=with_company)
        if seen.saved.told != "server":
            await outbox.plan(tx, [Planned(HIRED_NEWS, about, value, key.guild_id, channel_id, now)], now)
            await store.saved.change(tx, saved_id, now, told="server")
        return await _seen(tx, key, saved_id)


def news(kept: Saved, *, with_company: bool) -> HiredNews:
    """What others would read."""
    return HiredNews(kept.guild_id, kept.user_id, kept.company if with_company else "")


async def stay_as_reader(app: App, key: Key, saved_id: int, now: datetime) -> Hired:
    """They help from now on: the wish, and that they read others' resumes. No door of theirs opens by it."""
    member, profile = await members.member(app, key), await members.profile(app, key)
    if member is None:
        raise Refusal("member_unknown")
    await members.change(app, key, now, wishes=tuple(dict.fromkeys((*member.wishes, "help"))))
    offers = tuple(dict.fromkeys((*profile.open_to, "review")))
    await members.change_profile(app, key, Profile(open_to=offers), now, only=["open_to"])
    return await look(app, key, saved_id)


# -- the last page -------------------------------------------------------------------------------


async def picture(app: App, seen: Hired) -> bytes | None:
    """The last page as PNG; None for who wants words alone, or where drawing failed: the words say the same."""
    if seen.member.plain:
        return None
    drawn = ("You made it", f"Hired on {seen.day}", seen.page.rows(), "Only you see this page.")
    try:
        png: bytes = await app.workers.call("bot.jobs.pictures:last_page", *drawn, timeout_s=PICTURE_S)
    except WorkerTrouble:
        return None
    return png
