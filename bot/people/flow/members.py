"""Meeting a member, and what they change about themselves. Each press writes its own columns and no others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, TypedDict, Unpack

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.moderation.rights import Person
from bot.people import keyed
from bot.people import profile as rules
from bot.people.members import PROFILE_FIELDS, Door, Key, Member, Profile, Shown, Wish
from bot.people.messages import TEST_MESSAGE, TestMessage
from bot.people.store import meeting as meeting_store
from bot.people.store import members as store
from bot.refusals import Refusal
from bot.storage import Tx

SEEN_EVERY = timedelta(hours=1)
"""So exactly it is known when somebody pressed something last."""


class Changes(TypedDict, total=False):
    """The fields of a Member that people change. Those left out stay."""

    wishes: tuple[Wish, ...]
    private: bool
    opened: frozenset[Door]
    zone: str | None
    quiet: tuple[int, int]
    locale: str | None
    plain: bool
    started_at: datetime


async def met(
    app: App, who: Person, now: datetime, *, joined_at: datetime | None = None, locale: str | None = None
) -> Member:
    """At each press of anything about people. The first time they become known: in private search, all doors shut.

    joined_at, locale: what Discord tells with the press; by default as `who` has them. A press that tells nothing new
    writes nothing, and waits for nobody who does.
    """
    key, joined_at, locale = Key(who.guild_id, who.id), joined_at or who.joined_at, locale or who.locale
    known = await member(app, key)
    if known is not None and not _news(known, now, joined_at, locale):
        return known
    async with app.store.begin() as tx:
        if await store.add(tx, key, now):
            await _recognise(app, tx, key)
        await store.see(tx, key, now, joined_at, locale)
        return await _kept(tx, key)


def _news(known: Member, now: datetime, joined_at: datetime | None, locale: str | None) -> bool:
    """Does a press tell what `store.see` would write?"""
    came = joined_at is not None and (known.left_at is not None or known.joined_at != joined_at)
    speaks = locale is not None and known.locale is None
    return came or speaks or now - known.seen_at >= SEEN_EVERY


async def _recognise(app: App, tx: Tx, key: Key) -> None:
    """Somebody new may have been here before and erased themselves: blocks between them and others hold again."""
    if not (marks := await meeting_store.nameless_blocks(tx, key.guild_id)):
        return
    others = await store.everybody(tx, key.guild_id)
    pairs = [pair for other in others for pair in ((key.user_id, other), (other, key.user_id))]
    mine = {keyed.block_mark(app.key, key.guild_id, *pair): pair for pair in pairs}
    await meeting_store.name_blocks(
        tx, key.guild_id, {mark: pair for mark, pair in mine.items() if mark in marks}
    )


async def member(app: App, key: Key) -> Member | None:
    """What we know of them; None when they never pressed anything here, or were erased."""
    async with app.store.read() as tx:
        return await store.one(tx, key)


async def profile(app: App, key: Key) -> Profile:
    """What they told of themselves; an empty profile when nothing."""
    async with app.store.read() as tx:
        return await store.profile_of(tx, key)


async def members_in(tx: Tx, guild_id: int, user_ids: Collection[int]) -> dict[int, Member]:
    """Those of these people whom we know in a server; for other subjects, in their own transaction."""
    return await store.some(tx, guild_id, user_ids)


async def zones_in(tx: Tx, guild_id: int, user_ids: Collection[int]) -> dict[int, str | None]:
    """On which clocks those of these live whom we know in a server; a check-in needs no more of them."""
    return await store.zones(tx, guild_id, user_ids)


async def profiles_in(tx: Tx, guild_id: int, user_ids: Collection[int]) -> dict[int, Profile]:
    """What they told of themselves, as far as they did; for other subjects as well."""
    return await store.profiles_of(tx, guild_id, user_ids)


async def servers_of(app: App, user_id: int) -> list[int]:
    """The servers where we know them and they have not left."""
    async with app.store.read() as tx:
        return await store.servers_of(tx, user_id)


async def change(app: App, key: Key, now: datetime, **fields: Unpack[Changes]) -> Member:
    """Write these fields and no others. Refuses a zone that isn't one, and a member who is no longer known."""
    rules.check_changes(fields.get("zone"), fields.get("quiet"))
    async with app.store.begin() as tx:
        return await _changed(tx, key, now, fields)


async def set_door(app: App, key: Key, door: Door, is_open: bool, now: datetime) -> Member:
    """Open or shut one door; no other moves, also when two are pressed at once."""
    async with app.store.begin() as tx:
        before = (await _kept(tx, key)).opened
        opened = before | {door} if is_open else before - {door}
        return await _changed(tx, key, now, {"opened": opened})


async def consent(app: App, key: Key, now: datetime) -> Member:
    """They let us write to them, by their own press: a test message is on its way.

    Pressed again it is one consent; unless Discord has refused a message since: then it is tried anew.
    """
    async with app.store.begin() as tx:
        before = await _kept(tx, key)
        if before.dm_since is not None and before.dm_closed_at is None:
            return before
        after = await _changed(tx, key, now, {"dm_since": now, "dm_closed_at": None})
        await outbox.plan(tx, [_test_message(after, now)], now)
        return after


def _test_message(to: Member, now: datetime) -> Planned:
    guild_id, user_id = to.key.guild_id, to.key.user_id
    return Planned(
        TEST_MESSAGE,
        f"test_message/{guild_id}/{now.isoformat()}/member/{user_id}",
        TestMessage(guild_id),
        guild_id,
        user_id,
        now,  # they have just asked for it: quiet hours don't count
        member_id=user_id,
    )


async def withdraw_consent(app: App, key: Key, now: datetime) -> Member:
    """No direct message goes to them from now on, a planned one neither."""
    async with app.store.begin() as tx:
        return await _changed(tx, key, now, {"dm_since": None})


async def change_profile(
    app: App, key: Key, profile: Profile, now: datetime, *, only: Collection[str] = PROFILE_FIELDS
) -> Profile:
    """Keep what they wrote, cleaned once more. `only` these fields are written, so that two forms sent at once both
    count; who sees what and the checklist have presses of their own."""
    clean = rules.checked(profile)
    fields = {name: getattr(clean, name) for name in only}
    if "pay_floor" in fields:
        fields["pay_currency"] = clean.pay_currency
    async with app.store.begin() as tx:
        await _kept(tx, key)
        await store.change_profile(tx, key, fields, now)
        return await store.profile_of(tx, key)


async def show_field(app: App, key: Key, field: str, shown: Shown, now: datetime) -> Profile:
    """Choose who sees one field of the profile."""
    async with app.store.begin() as tx:
        await _kept(tx, key)
        before = await store.profile_of(tx, key)
        await store.change_profile(tx, key, {"shown": {**before.shown, field: shown}}, now)
        return await store.profile_of(tx, key)


async def tick(app: App, key: Key, item: str, done: bool, now: datetime) -> Profile:
    """They say yes or no to one item of the checklist."""
    async with app.store.begin() as tx:
        await _kept(tx, key)
        before = (await store.profile_of(tx, key)).done
        await store.change_profile(tx, key, {"done": before | {item} if done else before - {item}}, now)
        return await store.profile_of(tx, key)


async def _kept(tx: Tx, key: Key) -> Member:
    """The member. Refused when they were erased since the page was shown."""
    kept = await store.one(tx, key)
    if kept is None:
        raise Refusal("member_unknown")
    return kept


async def _changed(tx: Tx, key: Key, now: datetime, fields: Mapping[str, Any]) -> Member:
    await store.change(tx, key, {**fields, "seen_at": now})
    return await _kept(tx, key)
