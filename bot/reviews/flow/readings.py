"""One reading: taken on or not, reminded, over before its end. What becomes of its request follows at once.

Whatever ends one, its two are told in the same words, in the beat that follows: nobody can tell the cause by them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.moderation.server import ServerNames
from bot.people.cooldowns import account_made, may_read_others, reads_others_from
from bot.people.flow import meeting, members
from bot.people.may_meet import may_meet
from bot.people.members import Key, Member
from bot.refusals import Refusal
from bot.reviews import life
from bot.reviews.answers import loaded
from bot.reviews.flow import notices
from bot.reviews.store import readers, requests, settings, sheets
from bot.reviews.store import readings as store
from bot.reviews.values import DELIVERED, LIVE, Reading, Request, Settings
from bot.storage import Tx

AT_ONCE = 100  # a beat
SOON, LATER = timedelta(minutes=1), timedelta(hours=1)
"""When it is looked again whether a second version stands in its thread."""

PRESS = timedelta(minutes=15)  # the life of a press; after that a second version comes with another one

AGAIN = ("you read its first version",)


# -- a reader's presses --------------------------------------------------------------------------


async def accept(app: App, key: Key, reading_id: int, now: datetime) -> Reading:
    """They read it. Twice is once.

    Refuses "reading_gone", "reading_over", "reads_later" (at: from when they may read others' documents) and
    "reader_full" (capacity).
    """
    async with app.store.begin() as tx:
        one, request = await _theirs(tx, key, reading_id)
        if one.state == "accepted":
            return one
        may = await _may_go_on(tx, one, request)
        if may is None:
            await end_for(tx, [one], now)
        else:
            return await _accept(tx, one, request, may, now)
    raise Refusal("reading_over")


async def _accept(tx: Tx, one: Reading, request: Request, reader: Member, now: datetime) -> Reading:
    way = await settings.one(tx, one.guild_id)
    after = life.accepted(one, reader.zone or way.zone, now)
    _old_enough(reader, now)
    await _has_room(tx, one)
    await store.keep(tx, [after])
    await notices.unsay(tx, one, request)
    await keep_standing(tx, [request], now)
    return after


async def decline(app: App, key: Key, reading_id: int, now: datetime) -> Reading:
    """They don't, or can't any more; the author is first in the next draw. Twice is once.

    Refuses "reading_gone" and "reading_over".
    """
    async with app.store.begin() as tx:
        one, _ = await _theirs(tx, key, reading_id)
        if one.state == "declined":
            return one
        (after,) = await _over(tx, [life.declined(one, now)], now)
        return after


async def _theirs(tx: Tx, key: Key, reading_id: int) -> tuple[Reading, Request]:
    """A reader's own, with its request. Refuses "reading_gone": not theirs and not there read alike."""
    one = await store.one(tx, key.guild_id, reading_id)
    request = None if one is None else await requests.one(tx, key.guild_id, one.request_id)
    if one is None or request is None or one.reader_id != key.user_id:
        raise Refusal("reading_gone")
    return one, request


async def _may_go_on(tx: Tx, one: Reading, request: Request) -> Member | None:
    """Its reader, while these two may be brought together and the document is still to be read."""
    ids = [one.author_id, one.reader_id]
    known = await members.members_in(tx, one.guild_id, ids)
    meetings = await meeting.meetings(tx, one.guild_id, ids)
    here = [known[each] for each in ids if each in known and known[each].left_at is None]
    if request.state not in life.OPEN or len(here) < len(ids):
        return None
    return known[one.reader_id] if may_meet(meetings[one.author_id], meetings[one.reader_id]) else None


def _old_enough(reader: Member, now: datetime) -> None:
    made = account_made(reader.key.user_id)
    if not may_read_others(made, reader.joined_at, now):
        raise Refusal("reads_later", at=reads_others_from(made, reader.joined_at, now))


async def _has_room(tx: Tx, one: Reading) -> None:
    """Refuses "reader_full": proposals that they did not answer take no room."""
    reader = await readers.one(tx, one.guild_id, one.reader_id)
    capacity = 1 if reader is None else reader.capacity
    theirs = await store.of_reader(tx, one.guild_id, one.reader_id, live=True)
    if sum(each.state == "accepted" for each in theirs) >= capacity:
        raise Refusal("reader_full", capacity=capacity)


# -- over before its end -------------------------------------------------------------------------


async def end_for(tx: Tx, readings: Collection[Reading], now: datetime) -> list[Reading]:
    """These end: parted, withdrawn, erased, gone. For other flows, in their own transaction; gives those that did.

    Their two are told by `mind_readings`; a withdrawn request is to be kept before.
    """
    return await _over(tx, [life.ended(one, now) for one in readings if one.state in LIVE], now)


async def _over(tx: Tx, over: Sequence[Reading], now: datetime) -> list[Reading]:
    """Keep these, which are over early, and what their requests are by it."""
    if not over:
        return []
    rated = await sheets.ratings(tx, [one.id for one in over if one.state == "submitted"])
    after = [life.rated(one) if one.id in rated else one for one in over]
    await store.keep(tx, after)
    of = await requests.some(tx, {one.request_id for one in after})
    for one in after:
        await notices.unsay(tx, one, of[one.request_id])
    lost = {one.request_id for one in after if life.is_early(one) and not one.clarity}
    await keep_standing(tx, list(of.values()), now, lost)
    return after


async def keep_standing(
    tx: Tx, of: Sequence[Request], now: datetime, lost: Collection[int] = ()
) -> list[Request]:
    """Requests as they are by all their readings. lost: ids of those that have just lost a reader."""
    theirs = await store.of_requests(tx, [one.id for one in of])
    ways = await settings.some(tx, {one.guild_id for one in of})
    after = []
    for one in of:
        keep_days = ways.get(one.guild_id, Settings(one.guild_id)).keep_days
        stands = life.standing(one, theirs.get(one.id, []), now, keep_days)
        after.append(life.put_first(stands, theirs.get(one.id, []), now) if one.id in lost else stands)
    await requests.keep(tx, [one for one, before in zip(after, of, strict=True) if one != before])
    return after


# -- what time does ------------------------------------------------------------------------------


async def mind_readings(app: App, server_name: ServerNames, now: datetime) -> int:
    """Duty: time-outs, reminders, ends, second versions; gives how many readings were looked at."""
    async with app.store.read() as tx:
        if not await store.due(tx, now, 1):
            return 0
    async with app.store.begin() as tx:
        due = await store.due(tx, now, AT_ONCE)
        for guild_id, theirs in _by_guild(due).items():
            await _mind(tx, guild_id, theirs, server_name(guild_id), now)
    return len(due)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a beat needs to know about the readings of one server that are due."""

    server: str
    way: Settings
    requests: Mapping[int, Request]
    members: Mapping[int, Member]
    now: datetime


async def _mind(tx: Tx, guild_id: int, due: Sequence[Reading], server: str, now: datetime) -> None:
    again = [one for one in due if one.state in DELIVERED and not life.is_untold(one)]
    live = {one.id: one for one in due if one.state in LIVE}
    stepped = [life.advanced(one, now) for one in live.values()]
    await store.keep(tx, [one for one in stepped if one.state in LIVE])
    ended = await _over(tx, [one for one in stepped if one.state not in LIVE], now)
    scene = await _scene(tx, guild_id, due, server, now)
    nudged = [one for one in stepped if one.state in LIVE and one.reminded > live[one.id].reminded]
    planned = await _reminders(tx, scene, nudged)
    untold = [one for one in (*due, *ended) if one.id not in live or one in ended]
    planned += await _tell(tx, scene, [one for one in untold if life.is_untold(one)])
    planned += await _ask_again(tx, scene, again)
    await outbox.plan(tx, planned, now)


async def _scene(tx: Tx, guild_id: int, due: Sequence[Reading], server: str, now: datetime) -> _Scene:
    of = await requests.some(tx, {one.request_id for one in due})
    known = await members.members_in(tx, guild_id, notices.sides(due))
    return _Scene(server, await settings.one(tx, guild_id), of, known, now)


async def _reminders(tx: Tx, scene: _Scene, nudged: Sequence[Reading]) -> list[Planned]:
    kept = await sheets.of_readings(tx, [one.id for one in nudged])
    planned: list[Planned] = []
    for one in nudged:
        request, to = scene.requests[one.request_id], scene.members.get(one.reader_id)
        mine = [each for each in kept.get(one.id, []) if each.revision == request.revision]
        sheet = loaded(mine[0].sheet) if mine else None
        filled = (len(sheet.answers), len(sheet.labels)) if sheet else (0, 0)
        planned += notices.reminder(one, request, to, scene.server, filled, scene.now)
    return planned


async def _tell(tx: Tx, scene: _Scene, untold: Sequence[Reading]) -> list[Planned]:
    """Both sides hear that it is over, but not whoever ended it by a press on this very thing."""
    planned: list[Planned] = []
    for one in untold:
        request = scene.requests[one.request_id]
        who = {one.author_id, one.reader_id}
        who -= {one.reader_id} if one.state == "declined" else set()
        who -= {one.author_id} if request.state == "withdrawn" else set()
        for user_id in sorted(who):
            to = scene.members.get(user_id)
            planned += notices.over(one, request, to, scene.server, _next_at(scene, request), scene.now)
    await store.keep(tx, [life.told(one) for one in untold])
    return planned


def _next_at(scene: _Scene, request: Request) -> datetime | None:
    """When the next reader may be found; None: none is looked for."""
    if request.state != "waiting":
        return None
    at = scene.way.next_tick_at
    return at if at is not None and at > scene.now else scene.now + timedelta(hours=1)


async def _ask_again(tx: Tx, scene: _Scene, again: Sequence[Reading]) -> list[Planned]:
    """Those who read the first version are asked to read the second, as soon as it stands in its thread."""
    planned: list[Planned] = []
    after: list[Reading] = []
    for one in again:
        request = scene.requests[one.request_id]
        if request.state == "draft":
            after.append(life.postponed(one, scene.now + _pause(request, scene.now)))
        elif request.state == "waiting" and await _is_willing(tx, one, request, scene.now):
            offer = life.offered(one, scene.now)
            after.append(offer)
            to = scene.members.get(one.reader_id)
            planned += notices.proposed(offer, request, to, scene.server, AGAIN, scene.now)
        else:
            after.append(life.postponed(one, None))
    await store.keep(tx, after)
    ready = {one.request_id for one in after if scene.requests[one.request_id].state == "waiting"}
    await keep_standing(tx, [scene.requests[number] for number in sorted(ready)], scene.now)
    return planned


async def _is_willing(tx: Tx, one: Reading, request: Request, now: datetime) -> bool:
    """Do they still read here, not on a break, and may they read for this author?"""
    reader = await readers.one(tx, one.guild_id, one.reader_id)
    if reader is None or reader.left_at is not None or (reader.paused_until or now) > now:
        return False
    return await _may_go_on(tx, one, request) is not None


def _pause(request: Request, now: datetime) -> timedelta:
    since = request.waiting_since or request.made_at
    return SOON if now - since < PRESS else LATER


def _by_guild(due: Sequence[Reading]) -> dict[int, list[Reading]]:
    found: defaultdict[int, list[Reading]] = defaultdict(list)
    for one in due:
        found[one.guild_id].append(one)
    return found
