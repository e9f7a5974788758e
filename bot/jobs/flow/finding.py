"""The openings that a person may see: one by its id or link, many at once; and what counts of them beside one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.jobs import identity, routes, store
from bot.jobs.check import Eligible, Me, Must, eligible, musts
from bot.jobs.digests import corrected
from bot.jobs.flow.added import delays_of
from bot.jobs.flow.hearing import ears_of, lines_of, scene_of
from bot.jobs.messages import Line
from bot.jobs.openings import Opening
from bot.jobs.subscriptions import Subscription
from bot.people.flow import members
from bot.people.members import Key, Member, Profile
from bot.people.welcome import may_work_in
from bot.refusals import Refusal
from bot.storage import Tx


@dataclass(frozen=True, slots=True)
class Seen:
    """An opening as one person sees it. line: with the facts that their server shows; withheld: those it doesn't."""

    opening: Opening
    line: Line
    withheld: frozenset[str]
    me: Me
    eligible: Eligible
    musts: tuple[Must, ...]


async def find(tx: Tx, which: int | str, guild_id: int | None) -> Opening | None:
    """An opening by its id, or by any link that was ever its own; None for one that this server can't know of."""
    number = which
    if isinstance(which, str):
        mark = identity.link_mark(which)
        known = (await store.openings.known_aliases(tx, [mark])).get(mark)
        if known is None:
            return None
        number = known.opening_id
    found = await store.openings.by_ids(tx, [int(number)])
    ears = await ears_of(tx, found)
    for one in found:
        if here := ears.here(guild_id, one):
            return here
        if await _stands_in(tx, guild_id, one):
            return one
    return None


async def _stands_in(tx: Tx, guild_id: int | None, one: Opening) -> bool:
    """Was it told in this server? Then its buttons work on, though its feed was paused or removed there since."""
    cards = await outbox.said(tx, routes.cards_of(one.folded_into or one.id))
    return any(said.guild_id == guild_id for said in cards)


async def seen(app: App, key: Key, which: int | str, now: datetime) -> Seen:
    """Refuses an opening that is no longer kept, or was never known here."""
    async with app.store.read() as tx:
        one = await find(tx, which, key.guild_id)
        if one is None:
            raise Refusal("opening_forgotten")
        return await seen_by(tx, app, one, key, now)


async def seen_by(tx: Tx, app: App, one: Opening, key: Key, now: datetime) -> Seen:
    scene = await scene_of(tx, [one], [])
    (line,) = await lines_of(tx, app, key.guild_id, [one], scene, now)
    me = await me_of(tx, key)
    return Seen(
        one,
        line,
        scene.withheld(key.guild_id, one.id),
        me,
        eligible(line.facts, line.place_claim, me, now),
        musts(line.facts, me),
    )


async def me_of(tx: Tx, key: Key) -> Me:
    """Nobody in particular for whoever told nothing here."""
    member = (await members.members_in(tx, key.guild_id, [key.user_id])).get(key.user_id)
    profile = (await members.profiles_in(tx, key.guild_id, [key.user_id])).get(key.user_id)
    return as_me(member, profile or Profile())


def as_me(member: Member | None, profile: Profile) -> Me:
    zone = member.zone if member else None
    return Me(may_work_in(profile), zone, profile.skills, f"{profile.headline} {profile.field}")


# -- many at once --------------------------------------------------------------------------------


def reader(guild_id: int, user_id: int, now: datetime) -> Subscription:
    """A member as the rules for hearing see one."""
    return Subscription(0, guild_id, None, user_id, "", "draft", None, now, target="member")


async def visible(
    tx: Tx, app: App, by: Subscription, ids: Sequence[int], now: datetime, *, text: bool = True
) -> list[Opening]:
    """Those of these openings that somebody may see, in this order.

    Left out: what their server doesn't want or has taken down, what they have hidden, what stands in feeds of other
    servers, and what its board wants nobody to show yet. A fact that moderators took back is as if it had never been
    read. text=False: without the long texts.
    """
    by_id = {one.id: one for one in await store.openings.by_ids(tx, ids, text=text)}
    every = [by_id[number] for number in ids if number in by_id]
    delays = await delays_of(app, tx)
    scene = await scene_of(tx, every, [[by]])
    return [
        corrected(one, scene.withheld(by.guild_id, one.id))
        for one in every
        if one.dated + delays.get(one.feed_id, timedelta()) <= now and scene.deaf(by, one) is None
    ]
