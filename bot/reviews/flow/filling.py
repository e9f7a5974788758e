"""A reader fills in their sheet, press by press, and sends it. Each press reads and writes in one unit of work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.app import App
from bot.deliveries import store as outbox
from bot.people.flow import members
from bot.people.members import Key
from bot.refusals import Refusal
from bot.reviews import answers, life
from bot.reviews.answers import Missing, Sheet
from bot.reviews.flow import notices
from bot.reviews.flow.readings import keep_standing
from bot.reviews.rubric import Rubric, Rubrics, Verdict
from bot.reviews.store import ledger, requests, sheets
from bot.reviews.store import readings as store
from bot.reviews.values import LIVE, Entry, Reading, Request
from bot.storage import Tx


@dataclass(frozen=True, slots=True)
class Board:
    """A sheet with what it is about. missing: before it may be sent. sent_at: it can't be changed any more."""

    reading: Reading
    request: Request
    sheet: Sheet
    missing: Missing
    sent_at: datetime | None = None


async def sheet(app: App, rubrics: Rubrics, key: Key, reading_id: int, now: datetime) -> Board:
    """The reader's own as it is now; begun by this when there is none. One that was sent can still be looked at.

    A second version's begins with what was answered on the first. Refuses "reading_gone" and "reading_over".
    """
    async with app.store.begin() as tx:
        one, request = await _theirs(tx, key, reading_id)
        if sent := await _sent(tx, one, request):
            return sent
        life.must_take(one, now)
        if await sheets.one(tx, one.id, request.revision) is None:
            new = await _begun(tx, one, request, rubrics)
            await sheets.begin(tx, one, request.revision, answers.dumped(new), now)
        return await _board(tx, one, request)


async def mark(app: App, key: Key, reading_id: int, item: str, verdict: Verdict, now: datetime) -> Board:
    """Yes, partly or no. Refuses also "rubric_item_unknown" (item)."""
    return await _fill(app, key, reading_id, now, lambda one: answers.marked(one, item, verdict, now))


async def quote(
    app: App, key: Key, reading_id: int, item: str, line: str, rewrite: str, now: datetime
) -> Board:
    """A line of the document and how they would write it. Refuses also as `answers.quoted` does."""
    return await _fill(app, key, reading_id, now, lambda one: answers.quoted(one, item, line, rewrite, now))


async def first(app: App, key: Key, reading_id: int, text: str, question: str, now: datetime) -> Board:
    """What to change first, and a question for an interview. Refuses also "review_too_long"."""
    return await _fill(app, key, reading_id, now, lambda one: answers.first(one, text, question, now))


async def _fill(
    app: App, key: Key, reading_id: int, now: datetime, change: Callable[[Sheet], Sheet]
) -> Board:
    async with app.store.begin() as tx:
        one, request = await _theirs(tx, key, reading_id)
        life.must_take(one, now)
        before = await _board(tx, one, request)
        await sheets.save(tx, one.id, request.revision, answers.dumped(change(before.sheet)), now)
        return await _board(tx, one, request)


async def submit(app: App, key: Key, reading_id: int, server: str, now: datetime) -> Board:
    """Their review goes to its author. Twice is once. server: its name, for the letter.

    Refuses "reading_gone", "reading_over", "review_not_ready" and "review_words_short".
    """
    async with app.store.begin() as tx:
        one, request = await _theirs(tx, key, reading_id)
        if sent := await _sent(tx, one, request):
            return sent
        after = life.submitted(one, now)
        answers.ready((await _board(tx, one, request)).sheet)
        await sheets.send(tx, one.id, request.revision, now)
        if await sheets.ratings(tx, [one.id]):
            after = life.rated(after)
        await store.keep(tx, [after])
        await ledger.add(tx, one.guild_id, _entries(after, now))
        (stands,) = await keep_standing(tx, [request], now)
        await _tell(tx, after, stands, server, now)
        return await _board(tx, after, stands)


def _entries(one: Reading, now: datetime) -> list[Entry]:
    """One for one. A newcomer's, read beside the others, is a present; a second version counts with its first."""
    given = Entry(one.reader_id, 1, "given", now, one.id)
    return [given] if one.clarity else [given, Entry(one.author_id, -1, "received", now, one.id)]


async def _tell(tx: Tx, one: Reading, request: Request, server: str, now: datetime) -> None:
    """The author hears that it is here; what waits to be said to the reader is not said any more."""
    await notices.unsay(tx, one, request)
    theirs = (await store.of_requests(tx, [request.id]))[request.id]
    coming = sum(each.state in LIVE and not each.clarity for each in theirs)
    missing = coming + life.lacking(request, theirs)
    known = await members.members_in(tx, one.guild_id, [one.author_id])
    to = known.get(one.author_id)
    await outbox.plan(tx, notices.ready(one, request, to, server, missing, now), now)


# -- what is kept --------------------------------------------------------------------------------


async def _theirs(tx: Tx, key: Key, reading_id: int) -> tuple[Reading, Request]:
    """Refuses "reading_gone": not theirs and not there read alike."""
    one = await store.one(tx, key.guild_id, reading_id)
    request = None if one is None else await requests.one(tx, key.guild_id, one.request_id)
    if one is None or request is None or one.reader_id != key.user_id:
        raise Refusal("reading_gone")
    return one, request


async def _sent(tx: Tx, one: Reading, request: Request) -> Board | None:
    """What they sent of this version, if they did."""
    kept = await sheets.one(tx, one.id, request.revision)
    return None if kept is None or kept.sent_at is None else await _board(tx, one, request)


async def _board(tx: Tx, one: Reading, request: Request) -> Board:
    """Refuses "reading_over" for a sheet that was never begun: an old board was pressed."""
    kept = await sheets.one(tx, one.id, request.revision)
    if kept is None:
        raise Refusal("reading_over")
    filled = answers.loaded(kept.sheet)
    return Board(one, request, filled, answers.missing(filled), kept.sent_at)


async def _begun(tx: Tx, one: Reading, request: Request, rubrics: Rubrics) -> Sheet:
    earlier = (await sheets.of_readings(tx, [one.id])).get(one.id, [])
    if earlier:
        return answers.loaded(earlier[-1].sheet)
    return answers.blank(_asked(rubrics, one, request))


def _asked(rubrics: Rubrics, one: Reading, request: Request) -> Rubric:
    """What this reader is asked: a newcomer only for clarity. Refuses "rubric_gone" (kind) for one without a file."""
    rubric = rubrics.get(request.kind)
    if rubric is None:
        raise Refusal("rubric_gone", kind=request.kind)
    return answers.clarity_only(rubric) if one.clarity else rubric
