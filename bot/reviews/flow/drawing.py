"""What a round is asked, gathered from what is kept now; and the draw itself, in a worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries.planned import decode, encode
from bot.people import cooldowns, counted
from bot.people.flow import meeting, members
from bot.people.may_meet import may_meet
from bot.people.members import Member, Profile
from bot.reviews import fit, life
from bot.reviews.draw import Chosen, Drawn, seconds_for
from bot.reviews.flow import results
from bot.reviews.flow.asking import accounts, reads_now
from bot.reviews.flow.giving import is_newcomer
from bot.reviews.pool import Offering, Table, Wanting, said
from bot.reviews.round import in_ticks, least, waited_days
from bot.reviews.store import readers, readings, requests
from bot.reviews.values import Reader, Request, Round, Settings
from bot.storage import Tx

NOT_AGAIN = timedelta(days=90)
NOT_AGAIN_ROUNDS = 6
WORST = 5  # shown of a preview

NO_PROFILE = Profile()

DRAW = "bot.reviews.draw:draw"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a round that is not published yet has for itself. requests: ids. readers: reader → documents."""

    requests: frozenset[int] = frozenset()
    readers: Mapping[int, int] = field(default_factory=dict)


NOTHING_SPOKEN = Spoken()


@dataclass(frozen=True, slots=True)
class Short:
    """An author who gets fewer readers than they asked for. reason: for moderators alone."""

    author_id: int
    missing: int
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A draw before it is published, for a moderator. round_id: None for a dry run. publish_at: by itself.

    Everybody is in the numbers, so they are told as `bot.people.counted` rounds them. requests, readers: who is in
    it; wanted, offered, filled: reviews; served: authors with at least one. worst, short, pairs and beside name only
    those who don't search in private and whom the moderator may meet; and never the moderator's own: who is read
    without a name must not learn by whom. hidden: are there others?
    """

    round_id: int | None
    publish_at: datetime | None
    requests: int
    readers: int
    wanted: int
    offered: int
    filled: int
    served: int
    worst: tuple[Chosen, ...]
    short: tuple[Short, ...]
    pairs: tuple[Chosen, ...]
    beside: tuple[Chosen, ...]
    hidden: bool


# -- what is asked -------------------------------------------------------------------------------


async def for_round(tx: Tx, way: Settings, now: datetime) -> Table | None:
    """Everybody who waits and everybody who reads. None: nobody waits."""
    waiting = await requests.in_state(tx, way.guild_id, "waiting")
    return await _table(tx, way, waiting, {}, NOTHING_SPOKEN, now)


async def for_tick(tx: Tx, way: Settings, spoken: Spoken, now: datetime) -> Table | None:
    """Those who want it soon and those whose reader did not deliver, with who has room. None: nobody waits.

    spoken: what a round that waits for a look has. Whoever was asked and has not answered is not asked for less:
    proposals take their reader's room and their author's slot till they time out.
    """
    waiting = await requests.in_state(tx, way.guild_id, "waiting")
    asking = [one for one in waiting if in_ticks(one) and one.id not in spoken.requests]
    return await _table(tx, way, asking, {one.id: least(one, way, now) for one in asking}, spoken, now)


def spoken_for(standing: Round | None) -> Spoken:
    """What a round in its preview has."""
    if standing is None or standing.state != "previewed":
        return NOTHING_SPOKEN
    drawn = decode(Drawn, standing.result)
    taken = Counter(one.reader_id for one in (*drawn.chosen, *drawn.beside))
    asked = decode(Table, standing.given).wanting
    return Spoken(frozenset(one.request_id for one in asked), taken)


async def _table(
    tx: Tx, way: Settings, asking: Sequence[Request], least: Mapping[int, int], spoken: Spoken, now: datetime
) -> Table | None:
    if not asking:
        return None
    guild_id = way.guild_id
    here = [one for one in await readers.reading(tx, guild_id) if reads_now(one, now)]
    everybody = {one.author_id for one in asking} | {one.user_id for one in here}
    known = await members.members_in(tx, guild_id, everybody)
    present = {user_id: one for user_id, one in known.items() if one.left_at is None}
    wanting = await _wanting(tx, [one for one in asking if one.author_id in present], least, now)
    if not wanting:
        return None
    reading = [one for one in here if one.user_id in present]
    return Table(
        wanting=wanting,
        offering=await _offering(tx, reading, present, spoken, now),
        readings=await _readings(tx, guild_id, present, [one.user_id for one in reading], now),
        meetings=await meeting.meetings(tx, guild_id, present),
        apart=frozenset(await readings.pairs_since(tx, guild_id, now - NOT_AGAIN, NOT_AGAIN_ROUNDS)),
    )


async def _wanting(
    tx: Tx, asking: Sequence[Request], least: Mapping[int, int], now: datetime
) -> tuple[Wanting, ...]:
    theirs = await readings.of_requests(tx, [one.id for one in asking])
    lacks = {one.id: life.lacking(one, theirs.get(one.id, [])) for one in asking}
    return tuple(
        Wanting(
            one.id,
            one.author_id,
            one.kind,
            one.language,
            lacks[one.id],
            waited_days(one, now),
            least.get(one.id, 0),
        )
        for one in asking
        if lacks[one.id]
    )


async def _offering(
    tx: Tx, here: Sequence[Reader], present: Mapping[int, Member], spoken: Spoken, now: datetime
) -> tuple[Offering, ...]:
    if not here:
        return ()
    guild_id, ids = here[0].guild_id, [one.user_id for one in here]
    load = await readings.load(tx, guild_id, ids)
    stand = await accounts(tx, guild_id, ids)
    return tuple(
        Offering(
            one.user_id,
            max(0, one.capacity - load.get(one.user_id, 0) - spoken.readers.get(one.user_id, 0)),
            frozenset(one.kinds),
            one.languages,
            may_read=cooldowns.may_read_others(
                cooldowns.account_made(one.user_id), present[one.user_id].joined_at, now
            ),
            clarity_only=is_newcomer(one, stand[one.user_id]),
        )
        for one in here
    )


async def _readings(
    tx: Tx, guild_id: int, present: Mapping[int, Member], reader_ids: Collection[int], now: datetime
) -> dict[int, fit.Reading]:
    told = await members.profiles_in(tx, guild_id, present)
    past = await results.records(tx, guild_id, reader_ids, now)
    return {
        user_id: fit.Reading(
            user_id,
            told.get(user_id, NO_PROFILE),
            fit.minutes_ahead(one.zone, now),
            past.get(user_id, fit.NO_RECORD),
        )
        for user_id, one in present.items()
    }


# -- the draw ------------------------------------------------------------------------------------


async def draw(app: App, table: Table, seed: str) -> Drawn:
    """Who reads for whom. Raises WorkerTrouble."""
    seconds = seconds_for(len(table.meetings))
    drawn: Drawn = await app.workers.call(DRAW, table, seed, timeout_s=seconds)
    return drawn


def papers(value: Table | Drawn) -> str:
    """As it is kept with its round."""
    return encode(value)


def without(table: Table, apart: Collection[tuple[int, int]]) -> Table:
    """The same question, but these (author, reader) are not brought together."""
    return replace(table, apart=table.apart | frozenset(apart))


# -- what moderators see -------------------------------------------------------------------------


async def named_to(tx: Tx, guild_id: int, looker_id: int, table: Table) -> frozenset[int]:
    """Who of a round may be named to this moderator."""
    known = await members.members_in(tx, guild_id, table.meetings)
    minds = await meeting.meetings(tx, guild_id, {looker_id, *known})
    return frozenset(
        user_id
        for user_id, one in known.items()
        if not one.private and may_meet(minds[looker_id], minds[user_id])
    )


def preview(
    table: Table, drawn: Drawn, named: Collection[int], round_id: int | None, publish_at: datetime | None
) -> Preview:
    """For one moderator; see Preview. named: who may be named to them."""
    pairs = _between(drawn.chosen, named)
    beside = _between(drawn.beside, named)
    short = tuple(
        Short(one.author_id, one.missing, said(one.cause)) for one in drawn.short if one.author_id in named
    )
    figures = drawn.figures
    return Preview(
        round_id,
        publish_at,
        requests=counted.told(len(table.wanting)),
        readers=counted.told(reading(table)),
        wanted=counted.told(figures.wanted),
        offered=counted.told(figures.offered),
        filled=counted.told(figures.filled),
        served=counted.told(figures.served),
        worst=tuple(sorted(pairs, key=lambda one: (one.score, one.author_id, one.reader_id))[:WORST]),
        short=short,
        pairs=pairs,
        beside=beside,
        hidden=(len(pairs), len(beside), len(short))
        != (len(drawn.chosen), len(drawn.beside), len(drawn.short)),
    )


def reading(table: Table) -> int:
    """How many have room for a document, and may read one."""
    return sum(bool(one.capacity) and one.may_read for one in table.offering)


def _between(chosen: Iterable[Chosen], named: Collection[int]) -> tuple[Chosen, ...]:
    return tuple(one for one in chosen if one.author_id in named and one.reader_id in named)
