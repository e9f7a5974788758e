"""A draw is told: each pair is looked at once more, kept, and its reader asked; whoever gets nobody hears that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.deliveries import store as outbox
from bot.deliveries.nonce import delivery_id
from bot.deliveries.planned import NOWHERE_YET, Planned
from bot.deliveries.revisions import revise
from bot.moderation import flow as moderation
from bot.people.flow import meeting, members
from bot.people.letters import letter
from bot.people.may_meet import Meeting, may_meet
from bot.people.members import Member
from bot.reviews import life
from bot.reviews.draw import Chosen, Drawn
from bot.reviews.fit import Reason, dumped, loaded, said
from bot.reviews.flow import notices
from bot.reviews.flow.asking import reads_now
from bot.reviews.flow.readings import keep_standing
from bot.reviews.messages import NOBODY, ROUND, Nobody, RoundDrawn
from bot.reviews.round import in_ticks, next_round_at, next_tick_at
from bot.reviews.store import readers, readings, requests
from bot.reviews.values import DELIVERED, LIVE, Reader, Reading, Request, Round, Settings
from bot.storage import Tx

WEEKLY, USUAL = 7, 8
"""Days, the first one with it, in which it is said once that nobody fits: by rounds of the clock, by all others."""


def reasons_of(one: Reading) -> tuple[Reason, ...]:
    """Why these two, as it was kept."""
    return loaded(one.reasons)


# -- who is still there --------------------------------------------------------------------------


@dataclass(slots=True)
class _Now:
    """How everything is at this moment. There is a mark for each slot and each room that a pair has taken by now."""

    requests: Mapping[int, Request]
    readings: Mapping[int, Sequence[Reading]]
    readers: Mapping[int, Reader]
    load: Counter[int]
    members: Mapping[int, Member]
    meetings: Mapping[int, Meeting]
    lacking: dict[int, int]
    at: datetime

    def takes(self, one: Chosen) -> bool:
        """May this pair be still, and is there a slot and room for it? Then it has them."""
        if not self.lacking.get(one.request_id) or not self._may(one):
            return False
        self.lacking[one.request_id] -= 1
        self.load[one.reader_id] += 1
        return True

    def takes_beside(self, one: Chosen, taken: Collection[int]) -> bool:
        """The same for who reads for clarity beside others. taken: requests that have just found a reader."""
        there = [each for each in self.readings.get(one.request_id, ()) if each.state in LIVE | DELIVERED]
        alone = one.request_id not in taken and not there
        if alone or any(each.clarity for each in there) or not self._may(one):
            return False
        self.load[one.reader_id] += 1
        return True

    def _may(self, one: Chosen) -> bool:
        request, reader = self.requests.get(one.request_id), self.readers.get(one.reader_id)
        if request is None or request.author_id != one.author_id or request.state not in life.OPEN:
            return False
        if reader is None or not reads_now(reader, self.at) or self.load[one.reader_id] >= reader.capacity:
            return False
        if any(each.reader_id == one.reader_id for each in self.readings.get(one.request_id, ())):
            return False
        both = [self.members.get(one.author_id), self.members.get(one.reader_id)]
        if any(each is None or each.left_at is not None for each in both):
            return False
        return may_meet(self.meetings[one.author_id], self.meetings[one.reader_id])


async def _now(tx: Tx, guild_id: int, drawn: Drawn, now: datetime) -> _Now:
    rows = (*drawn.chosen, *drawn.beside)
    of = await requests.some(tx, {one.request_id for one in rows})
    theirs = await readings.of_requests(tx, list(of))
    everybody = {user_id for one in rows for user_id in (one.author_id, one.reader_id)}
    ids = {one.reader_id for one in rows}
    return _Now(
        requests=of,
        readings=theirs,
        readers={one.user_id: one for one in await readers.reading(tx, guild_id)},
        load=Counter(await readings.load(tx, guild_id, ids)),
        members=await members.members_in(tx, guild_id, everybody),
        meetings=await meeting.meetings(tx, guild_id, everybody),
        lacking={
            one.id: life.lacking(one, theirs.get(one.id, [])) for one in of.values() if one.state == "waiting"
        },
        at=now,
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """What of a draw may still be, with everything that is needed to tell it."""

    chosen: tuple[Chosen, ...]
    beside: tuple[Chosen, ...]
    requests: Mapping[int, Request]
    members: Mapping[int, Member]


async def still(tx: Tx, guild_id: int, drawn: Drawn, now: datetime) -> Kept:
    """Each pair is looked at anew: may they meet, is the request still waiting, has the reader room?"""
    scene = await _now(tx, guild_id, drawn, now)
    chosen = tuple(one for one in drawn.chosen if scene.takes(one))
    taken = {one.request_id for one in chosen}
    beside = tuple(one for one in drawn.beside if scene.takes_beside(one, taken))
    return Kept(chosen, beside, scene.requests, scene.members)


# -- told ----------------------------------------------------------------------------------------


async def tell(tx: Tx, round_id: int, kept: Kept, server: str, now: datetime) -> list[Reading]:
    """Keep these pairs and ask their readers; gives what is new. Twice is once."""
    drafts = [_reading(one, round_id, kept.requests[one.request_id], False, now) for one in kept.chosen]
    drafts += [_reading(one, round_id, kept.requests[one.request_id], True, now) for one in kept.beside]
    new = await readings.add(tx, drafts)
    planned: list[Planned] = []
    for one in new:
        words = tuple(said(reason, to_reader=True) for reason in reasons_of(one))
        request, to = kept.requests[one.request_id], kept.members.get(one.reader_id)
        planned += notices.proposed(one, request, to, server, words, now)
    await keep_standing(tx, [kept.requests[number] for number in {one.request_id for one in new}], now)
    await outbox.plan(tx, planned, now)
    return new


def _reading(one: Chosen, round_id: int, request: Request, clarity: bool, now: datetime) -> Reading:
    new = Reading(
        id=0,
        guild_id=request.guild_id,
        round_id=round_id,
        request_id=one.request_id,
        author_id=one.author_id,
        reader_id=one.reader_id,
        state="proposed",
        score=one.score,
        reasons=dumped(one.reasons),
        proposed_at=now,
        clarity=clarity,
    )
    return life.offered(new, now)


# -- nobody fits ---------------------------------------------------------------------------------


async def tell_nobody(
    tx: Tx, way: Settings, request_ids: Iterable[int], server: str, now: datetime, days: int = USUAL
) -> None:
    """Nobody fits this week: to the authors of those of these that wait and have no reader, once in so many days."""
    waiting = [one for one in (await requests.some(tx, list(request_ids))).values() if one.state == "waiting"]
    theirs = await readings.of_requests(tx, [one.id for one in waiting])
    alone = [one for one in waiting if not _has_any(theirs.get(one.id, []))]
    if not alone:
        return
    told = await _told_lately(tx, alone, days, now)
    known = await members.members_in(tx, way.guild_id, {one.author_id for one in alone})
    round_at, tick_at = next_round_at(way, now), next_tick_at(way, now)
    planned: list[Planned] = []
    for one in alone:
        if one.id not in told and (to := known.get(one.author_id)) is not None:
            next_at = round_at or (tick_at if in_ticks(one) else None)
            value = Nobody(way.guild_id, server, one.id, one.kind, next_at, to.opens("dm_names"))
            planned += letter(NOBODY, _nobody_cause(one, now.toordinal()), value, to, now)
    await outbox.plan(tx, planned, now)


def _has_any(every: Iterable[Reading]) -> bool:
    return any(one.state in LIVE | DELIVERED and not one.clarity for one in every)


def _nobody_cause(one: Request, day: int) -> str:
    return f"review/request/{one.id}/nobody/day/{day}"


async def _told_lately(tx: Tx, alone: Sequence[Request], days: int, now: datetime) -> set[int]:
    """Those whose author has heard it within the last days: what is said is remembered for longer than that."""
    said_as = {
        delivery_id(f"{_nobody_cause(one, day)}/member/{one.author_id}", 1): one.id
        for one in alone
        for day in range(now.toordinal() - days + 1, now.toordinal() + 1)
    }
    unsaid = await outbox.forgotten(tx, said_as)
    return {request_id for number, request_id in said_as.items() if number not in unsaid}


# -- moderators ----------------------------------------------------------------------------------


async def tell_moderators(tx: Tx, one: Round, value: RoundDrawn, now: datetime) -> None:
    """A line in their channel, the same one in all that becomes of a round."""
    channels = await moderation.moderators_channels(tx, [one.guild_id])
    key = f"review/round/{one.id}"
    planned = Planned(ROUND, key, value, one.guild_id, channels.get(one.guild_id, NOWHERE_YET), now)
    if not await outbox.plan(tx, [planned], now):
        await revise(tx, [(key, value)], now)
