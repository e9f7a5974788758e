"""What an author reads and says of it, and what a reader hears of that. A second version of the same document."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.app import App
from bot.people.members import Key
from bot.refusals import Refusal
from bot.reviews import answers, asking, life, ratings
from bot.reviews.answers import Change, Row, Sheet
from bot.reviews.asking import NO_DOCUMENT, Document, Draft
from bot.reviews.fit import Record
from bot.reviews.ratings import Event, Side, Thanks
from bot.reviews.rubric import Need
from bot.reviews.store import readings as store
from bot.reviews.store import requests, sheets
from bot.reviews.store.sheets import Event as KeptEvent
from bot.reviews.store.sheets import Kept
from bot.reviews.values import LIVE, Rating, Reading, Request
from bot.storage import Tx

REVISIONS = 2


# -- reading it ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Review:
    """One reader's newest sheet that was sent. changes: what it says otherwise than their first; () without one.

    reader_id: 0 where the author is not told who read it. rating: what the author said of it.
    """

    reading_id: int
    reader_id: int
    clarity: bool
    sheet: Sheet
    sent_at: datetime
    revision: int
    changes: tuple[Change, ...] = ()
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A request and its reviews, in their readers' order; rows: the same side by side. missing: still to come."""

    request: Request
    reviews: tuple[Review, ...]
    rows: tuple[Row, ...]
    missing: int


async def result(app: App, key: Key, request_id: int) -> Result:
    """All that was sent of it so far; its author's alone. Refuses "request_gone"."""
    async with app.store.read() as tx:
        request = await _own(tx, key, request_id)
        theirs = (await store.of_requests(tx, [request.id])).get(request.id, [])
        kept = await sheets.of_readings(tx, [one.id for one in theirs])
        said = await sheets.ratings(tx, [one.id for one in theirs])
    found = [_review(request, one, kept.get(one.id, []), said.get(one.id)) for one in theirs]
    reviews = tuple(one for one in found if one is not None)
    rows = answers.side_by_side([one.sheet for one in reviews])
    coming = sum(one.state in LIVE and not one.clarity for one in theirs)
    missing = coming + life.lacking(request, theirs) if request.state in life.OPEN else 0
    return Result(request, reviews, rows, missing)


def _review(request: Request, one: Reading, kept: Sequence[Kept], said: Rating | None) -> Review | None:
    """None: they have sent nothing."""
    sent = [(each.revision, each.sent_at, answers.loaded(each.sheet)) for each in kept if each.sent_at]
    if not sent:
        return None
    revision, sent_at, newest = sent[-1]
    changes = answers.since_first(sent[0][2], newest) if len(sent) > 1 else ()
    reader_id = 0 if request.mode == "blind" else one.reader_id
    return Review(one.id, reader_id, one.clarity, newest, sent_at, revision, changes, said)


async def _own(tx: Tx, key: Key, request_id: int) -> Request:
    """Refuses "request_gone": not theirs and not there read alike."""
    request = await requests.one(tx, key.guild_id, request_id)
    if request is None or request.author_id != key.user_id:
        raise Refusal("request_gone")
    return request


# -- rating it -----------------------------------------------------------------------------------


async def rate(
    app: App, key: Key, reading_id: int, helpful: bool, specific: bool, respectful: bool, now: datetime
) -> Rating:
    """What its author says of a review. It may be said anew till it shows.

    Refuses "reading_gone", "no_review_yet" and "rating_over".
    """
    async with app.store.begin() as tx:
        one = await store.one(tx, key.guild_id, reading_id)
        if one is None or one.author_id != key.user_id:
            raise Refusal("reading_gone")
        (side,) = await _sides(tx, [one])
        rating = ratings.rate(side, Rating(one.id, helpful, specific, respectful, now))
        await sheets.rate(tx, one, rating)
        await store.keep(tx, [life.rated(one)])
        return rating


async def ratings_of_me(app: App, key: Key, now: datetime) -> Thanks:
    """What somebody's reviews have brought; for themselves alone."""
    async with app.store.read() as tx:
        theirs = await store.of_reader(tx, key.guild_id, key.user_id, live=False)
        return ratings.thanks(await _sides(tx, theirs), now)


async def shown(app: App, key: Key, reading_id: int, now: datetime) -> Rating | None:
    """What was said of one review of theirs, once it shows. Refuses "reading_gone"."""
    async with app.store.read() as tx:
        one = await store.one(tx, key.guild_id, reading_id)
        if one is None or one.reader_id != key.user_id:
            raise Refusal("reading_gone")
        (side,) = await _sides(tx, [one])
    return side.rating if ratings.revealed(side, now) else None


async def _sides(tx: Tx, readings: Sequence[Reading]) -> list[Side]:
    """With what was said of each, and what else that depends on. All of one server."""
    beside = await store.of_requests(tx, {one.request_id for one in readings})
    back = await _back(tx, readings)
    every = [one for group in (*beside.values(), *back.values()) for one in group]
    said = await sheets.ratings(tx, {one.id for one in every})
    return [
        Side(
            one,
            beside[one.request_id],
            [each for each in back[one.reader_id] if each.reader_id == one.author_id],
            said.keys(),
            said.get(one.id),
        )
        for one in readings
    ]


async def _back(tx: Tx, readings: Sequence[Reading]) -> dict[int, list[Reading]]:
    """Reader → who reads for them."""
    readers = {(one.guild_id, one.reader_id) for one in readings}
    return {reader_id: await store.of_author(tx, guild_id, reader_id) for guild_id, reader_id in readers}


# -- what it counts ------------------------------------------------------------------------------


async def records(tx: Tx, guild_id: int, reader_ids: Collection[int], now: datetime) -> dict[int, Record]:
    """Reader → what their past counts when they are matched; those without one are left out. For the draw."""
    kept = await sheets.events(tx, guild_id, reader_ids, now - ratings.REMEMBERED)
    harsh = await _harsh(tx, [one.reading_id for one in kept if one.helpful is False])
    past: dict[int, list[Event]] = {}
    for one in kept:
        if event := _event(one, one.reading_id in harsh):
            past.setdefault(one.reader_id, []).append(event)
    return {reader_id: ratings.record(events, now) for reader_id, events in past.items()}


async def _harsh(tx: Tx, reading_ids: Collection[int]) -> set[int]:
    """Those in which the author was judged harshly; asked only where they were unhappy with it."""
    kept = await sheets.of_readings(tx, reading_ids)
    newest = {number: [each for each in theirs if each.sent_at] for number, theirs in kept.items()}
    return {
        number for number, sent in newest.items() if sent and ratings.is_harsh(answers.loaded(sent[-1].sheet))
    }


def _event(one: KeptEvent, harsh: bool) -> Event | None:
    at = one.submitted_at or one.ended_at
    if at is None or one.due_at is None:
        return None
    in_time = one.submitted_at is not None and one.submitted_at <= one.due_at
    return Event(in_time, at, one.helpful, one.rated_at, harsh)


# -- a second version ----------------------------------------------------------------------------


async def revise(
    app: App,
    key: Key,
    request_id: int,
    needs: Collection[Need],
    now: datetime,
    *,
    document: Document = NO_DOCUMENT,
    text: str = "",
    link: str = "",
) -> Request:
    """The second version is handed in: a draft again till its document stands in the thread. It costs nothing.

    needs: of its kind's rubric. link: "" stays what it was. Its readers are asked to read it as soon as it stands
    (`readings.mind_readings`). A second version that never stood may be handed in again. Refuses what
    `asking.checked` does, "request_gone", "not_read_yet", "revised_already", "request_over" and "nothing_changed".
    """
    async with app.store.begin() as tx:
        before = await _own(tx, key, request_id)
        _may_revise(before)
        after = _second(before, needs, document, text, link, now)
        await requests.keep(tx, [after])
        theirs = (await store.of_requests(tx, [after.id])).get(after.id, [])
        sent = [one for one in theirs if one.submitted_at is not None]
        await store.keep(tx, [life.postponed(one, now) for one in sent])
        return after


def _second(
    one: Request, needs: Collection[Need], document: Document, text: str, link: str, now: datetime
) -> Request:
    """What it is with another document. Refuses "nothing_changed" for the same one, but where it never stood.

    Its expiry stays: the first document goes in time, also where the second never comes to stand.
    """
    draft = Draft(one.kind, one.needs, one.language, one.mode, one.when, one.target, one.asks)
    draft = asking.checked(replace(draft, link=link or one.link, text=text), needs, document)
    sha256 = asking.fingerprint(draft, document)
    if sha256 == one.sha256 and one.state != "draft":
        raise Refusal("nothing_changed")
    return replace(
        one,
        state="draft",
        revision=REVISIONS,
        link=draft.link,
        text=draft.text,
        pages=document.pages,
        sha256=sha256,
        waiting_since=now,
        delivered_at=None,
    )


def _may_revise(one: Request) -> None:
    if one.state == "draft" and one.revision == REVISIONS:
        return
    if one.state in life.OPEN:
        raise Refusal("not_read_yet")
    if one.state != "delivered" or one.gone_at is not None:
        raise Refusal("request_over")
    if one.revision >= REVISIONS:
        raise Refusal("revised_already")
