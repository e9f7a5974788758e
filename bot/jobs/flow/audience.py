"""Everybody's filters in one index, kept between readings: 100,000 are not parsed each time a feed speaks.

What changed since is asked for in the transaction that hears; the whole is read anew only when a row is missing, as
after an erasure. A profile that is followed is a filter like any other; a channel that is followed has no filter of
its own: whoever follows it hears what it hears.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakKeyDictionary

from bot.app import App
from bot.jobs import store
from bot.jobs.hearing import all_of, understood
from bot.jobs.query import Document, Filter
from bot.jobs.query.choices import of_profile
from bot.jobs.query.index import Index
from bot.jobs.subscriptions import Subscription
from bot.people.flow import members
from bot.people.members import Profile
from bot.storage import Store, Tx

log = logging.getLogger(__name__)

A_FEW = 200  # filters that are taken in without making the loop wait; parsing one takes 30 µs

Channel = tuple[int, int]
"""(server, channel)"""


@dataclass(frozen=True, slots=True)
class _Ear:
    """What of a subscription the index must know. texts: its filters, all must pass; None: it hears nothing."""

    channel: Channel | None
    follows: Channel | None
    texts: tuple[str, ...] | None


@dataclass
class Audience:
    """upto, profiles_upto: when the newest subscription and profile taken in were changed."""

    upto: datetime | None = None
    profiles_upto: datetime | None = None
    index: Index[int] = field(default_factory=Index)
    indexed: set[int] = field(default_factory=set)
    ears: dict[int, _Ear] = field(default_factory=dict)
    followers: dict[Channel, dict[int, Filter]] = field(default_factory=lambda: defaultdict(dict))
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def refresh(self, tx: Tx) -> None:
        """Take in what changed since."""
        async with self.one_at_a_time:
            await self._take_in(tx)
            if len(self.ears) != await store.hearing.count(tx):
                self._forget_all()
                await self._take_in(tx)

    def passing(self, document: Document) -> list[int]:
        """The subscriptions whose filter this opening passes, in no order."""
        passed = self.index.matching(document)
        channels = {channel for number in passed if (channel := self.ears[number].channel) is not None}
        for channel in channels & self.followers.keys():
            passed += [number for number, extra in self.followers[channel].items() if extra.matches(document)]
        return passed

    async def _take_in(self, tx: Tx) -> None:
        new: dict[int, _Ear | None] = {}
        upto = self.upto
        async for some in store.hearing.changed(tx, self.upto):
            new |= await self._otherwise(tx, some)
            upto = max([one.changed_at for one in some] + ([upto] if upto else []), default=None)
        profiled, self.profiles_upto = await store.hearing.changed_profiles(tx, self.profiles_upto)
        new |= await self._otherwise(tx, profiled)
        if len(new) <= A_FEW:
            self._place(new)
        else:
            await asyncio.to_thread(self._place, new)
        self.upto = upto

    async def _otherwise(self, tx: Tx, some: Sequence[Subscription]) -> dict[int, _Ear | None]:
        """Those of these that are otherwise than they were taken in; None: it hears nothing any more."""
        profiles = await _profiles(tx, some)
        ears = {one.id: _ear(one, profiles.get((one.guild_id, one.member_id or 0))) for one in some}
        return {number: ear for number, ear in ears.items() if ear != self.ears.get(number)}

    def _place(self, new: Mapping[int, _Ear | None]) -> None:
        """Put these where they belong; the index counts words before it places, so they come all at once."""
        filters = []
        for number, ear in new.items():
            self._forget(number)
            if ear is None:
                continue
            self.ears[number] = ear
            query = _parsed(number, ear.texts)
            if query is not None and ear.follows is not None:
                self.followers[ear.follows][number] = query
            elif query is not None:
                filters.append((number, query))
        self.indexed.update(number for number, _ in filters)
        if len(self.index):
            for number, query in filters:
                self.index.add(number, query)
        else:
            self.index = Index(filters)

    def _forget(self, number: int) -> None:
        ear = self.ears.pop(number, None)
        if ear is None:
            return
        if ear.follows is not None:
            self.followers[ear.follows].pop(number, None)
        elif number in self.indexed:
            self.indexed.discard(number)
            self.index.remove(number)

    def _forget_all(self) -> None:
        self.upto = self.profiles_upto = None
        self.index, self.indexed, self.ears = Index(), set(), {}
        self.followers.clear()


_audiences: WeakKeyDictionary[Store, Audience] = WeakKeyDictionary()


async def audience_of(app: App, tx: Tx) -> Audience:
    """The audience of this database as this transaction sees it."""
    known = _audiences.setdefault(app.store, Audience())
    await known.refresh(tx)
    return known


async def prepare(app: App) -> None:
    """Read all filters before anybody waits for them: at start-up, outside any unit of work."""
    async with app.store.read() as tx:
        await audience_of(app, tx)


async def filters_of(tx: Tx, one: Subscription) -> list[Filter]:
    """What one subscription hears: an opening that passes any of these. Of a channel that is followed, several."""
    if one.follows == "channel" and one.follows_channel_id is not None:
        theirs = await store.subscriptions.of_channel(tx, one.guild_id, one.follows_channel_id)
        followed = [
            _parsed(other.id, (other.filter, one.filter)) for other in theirs if other.state == "active"
        ]
        return [query for query in followed if query is not None]
    profiles = await _profiles(tx, [one])
    query = _parsed(one.id, _texts(one, profiles.get((one.guild_id, one.member_id or 0))))
    return [] if query is None else [query]


async def _profiles(tx: Tx, subscriptions: Iterable[Subscription]) -> dict[tuple[int, int], Profile]:
    """(server, member) → the profile, of those that follow theirs."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for one in subscriptions:
        if one.follows == "profile" and one.member_id is not None:
            wanted[one.guild_id].add(one.member_id)
    found = {}
    for guild_id, user_ids in wanted.items():
        theirs = await members.profiles_in(tx, guild_id, user_ids)
        found.update({(guild_id, user_id): profile for user_id, profile in theirs.items()})
    return found


def _ear(one: Subscription, profile: Profile | None) -> _Ear | None:
    """None: it is not active."""
    if one.state != "active":
        return None
    channel = None if one.channel_id is None else (one.guild_id, one.channel_id)
    if one.follows == "channel" and one.follows_channel_id is not None:
        return _Ear(channel, (one.guild_id, one.follows_channel_id), (one.filter,))
    return _Ear(channel, None, _texts(one, profile))


def _texts(one: Subscription, profile: Profile | None) -> tuple[str, ...] | None:
    """Who follows a profile that says nothing hears nothing, instead of everything."""
    if one.follows != "profile":
        return (one.filter,)
    told = profile and of_profile(
        countries=profile.may_work or ((profile.country,) if profile.country else ()),
        level=profile.level,
        skills=profile.skills,
        pay_floor=profile.pay_floor,
        currency=profile.pay_currency,
    )
    return (told, one.filter) if told else None


def _parsed(number: int, texts: tuple[str, ...] | None) -> Filter | None:
    """None as well for a filter that is understood no more: one of them must not stop all others."""
    filters = [understood(text) for text in texts or () if text.strip()]
    known = [one for one in filters if one is not None]
    if len(known) < len(filters):
        log.error("the filter of subscription %d can't be read any more", number)
    return all_of(known) if texts is not None and len(known) == len(filters) else None
