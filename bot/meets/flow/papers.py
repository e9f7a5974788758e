"""What a draw is asked, gathered from what is kept now; question and answer as they are kept. Written as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.checkins.pods import awake
from bot.checkins.week import WEEK
from bot.deliveries.planned import decode, encode
from bot.meets.draw import Outcome, Table
from bot.meets.kinds import in_draw
from bot.meets.pairing import ALONE_FOR, REMEMBERED, Past, past_of
from bot.meets.score import Candidate, Why
from bot.meets.store import joined, matches
from bot.meets.values import Draw, Joined, Kind, Match, Settings
from bot.meets.week import busy
from bot.people.flow import meeting, members
from bot.people.may_meet import Meeting
from bot.people.members import Member, Profile
from bot.reviews.fit import Reading, minutes_ahead
from bot.storage import Tx

_NO_PROFILE = Profile()


@dataclass(frozen=True, slots=True)
class Question:
    """A draw's table as JSON takes it. met: two ids, ascending, and the week in which they last had each other."""

    candidates: tuple[Candidate, ...]
    meetings: tuple[Meeting, ...]
    met: tuple[tuple[int, int, date], ...] = ()
    trio: tuple[int, ...] = ()
    alone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A draw's outcome as JSON takes it. whys: who reads it, about whom, why."""

    matches: tuple[tuple[int, ...], ...] = ()
    left: tuple[int, ...] = ()
    whys: tuple[tuple[int, int, Why], ...] = ()


# -- the question --------------------------------------------------------------------------------


async def question(tx: Tx, way: Settings, kind: Kind, week: date, now: datetime) -> Question | None:
    """Everybody who takes part, and all that counts. None: nobody does."""
    known = await matches.since(tx, way.guild_id, kind, week - REMEMBERED * WEEK)
    wanting = [one for one in await joined.in_kind(tx, way.guild_id, kind) if in_draw(one, week)]
    free = [with_room for one in wanting if (with_room := _with_room(one, known, week)) is not None]
    people = await members.members_in(tx, way.guild_id, [one.user_id for one in free])
    here = [one for one in free if one.user_id in people and people[one.user_id].left_at is None]
    if not here:
        return None
    ids = [one.user_id for one in here]
    told = await members.profiles_in(tx, way.guild_id, ids)
    lately = await joined.alone_since(tx, way.guild_id, kind, week - ALONE_FOR)
    past = past_of(known, week, [one for one in lately if one in set(ids)])
    return _question(
        [_candidate(one, people[one.user_id], told.get(one.user_id, _NO_PROFILE), way, now) for one in here],
        (await meeting.meetings(tx, way.guild_id, ids)).values(),
        past,
    )


def _with_room(one: Joined, known: Collection[Match], week: date) -> Joined | None:
    """Whoever is still with somebody sits out; a mentor takes so many fewer."""
    room = one.most - busy(known, one.user_id, one.kind, week)
    return replace(one, most=room) if room > 0 else None


def _candidate(one: Joined, person: Member, told: Profile, way: Settings, now: datetime) -> Candidate:
    return Candidate(
        Reading(one.user_id, told, minutes_ahead(person.zone, now)),
        awake(person.zone or way.zone, person.quiet, now),
        one.topics,
        one.role,
        one.most,
    )


def _question(candidates: Iterable[Candidate], meetings: Iterable[Meeting], past: Past) -> Question:
    some = tuple(candidates)
    ids = {one.user_id for one in some}
    met = tuple((one, other, week) for (one, other), week in past.met.items() if {one, other} <= ids)
    return Question(
        some, tuple(meetings), met, tuple(sorted(past.trio & ids)), tuple(sorted(past.alone & ids))
    )


def table(draw: Draw) -> Table:
    """What a draw is asked, as `bot.meets.draw` takes it."""
    asked = decode(Question, draw.given)
    past = Past(
        {(one, other): week for one, other, week in asked.met}, frozenset(asked.trio), frozenset(asked.alone)
    )
    meetings = {one.user_id: one for one in asked.meetings}
    return Table(draw.kind, draw.week, draw.seed.encode(), asked.candidates, meetings, past)


def asked(draw: Draw) -> tuple[int, ...]:
    """Who is in it."""
    return tuple(one.user_id for one in decode(Question, draw.given).candidates) if draw.given else ()


def without(draw: Draw, user_id: int) -> Draw:
    """The same question, but nothing of this person is in it; it is asked anew."""
    was = decode(Question, draw.given)
    kept = Question(
        tuple(one for one in was.candidates if one.user_id != user_id),
        tuple(_forgetting(one, user_id) for one in was.meetings if one.user_id != user_id),
        tuple(one for one in was.met if user_id not in one[:2]),
        tuple(one for one in was.trio if one != user_id),
        tuple(one for one in was.alone if one != user_id),
    )
    return replace(draw, state="asked", given=encode(kept), result="")


def _forgetting(one: Meeting, user_id: int) -> Meeting:
    return replace(one, avoided=one.avoided - {user_id}, blocked=one.blocked - {user_id})


# -- the answer ----------------------------------------------------------------------------------


def found(outcome: Outcome) -> str:
    """As it is kept with its draw."""
    whys = tuple((one, other, why) for (one, other), why in outcome.whys.items())
    return encode(Found(outcome.drawn.matches, outcome.drawn.left, whys))


def nobody(draw: Draw) -> str:
    """The answer of a draw that can't be made: there is nobody for anybody."""
    return encode(Found(left=asked(draw)))
