"""A member's own weeks: to look at, as a picture, as files, as a calendar. For nobody but them."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import date, datetime

from bot.app import App
from bot.checkins import calendar as dates
from bot.checkins import exports, pauses
from bot.checkins import history as rules
from bot.checkins import week as weeks
from bot.checkins.flow import seats
from bot.checkins.history import History as History
from bot.checkins.joining import Seat
from bot.checkins.pictures import HistoryWords
from bot.checkins.store import cycles, groups
from bot.checkins.store import thanks as store
from bot.checkins.store import weeks as week_store
from bot.people.members import Key
from bot.ports import WorkerTrouble
from bot.storage import Tx

log = logging.getLogger(__name__)

PICTURE_S = 20.0


async def history(app: App, key: Key, group_id: int | None, now: datetime) -> History:
    """All my weeks here, of groups that I left or that ended too; or those of one group."""
    async with app.store.read() as tx:
        wanted = None if group_id is None else [group_id]
        every = await week_store.of_member(tx, key.guild_id, key.user_id, wanted)
        results = await store.results(tx, key.guild_id, key.user_id)
        kept = await groups.some(tx, {one.group_id for one in every})
        answered = {one.cycle_id for one in every if one.said.answer}
        questions = {number: one.question for number, one in (await cycles.some(tx, answered)).items()}
        thanks = await store.counts(tx, [one.id for one in every if one.submitted_at])
    names = {number: group.name for number, group in kept.items()}
    return rules.history(every, names, results, questions=questions, thanks=thanks)


async def picture(app: App, seen: History, words: HistoryWords) -> bytes | None:
    """As a PNG, drawn in a worker; None when there is nothing to draw, or it can't be drawn now: words stay."""
    cells = rules.cells(seen)
    if not cells:
        return None
    try:
        drawn: bytes = await app.workers.call(
            "bot.checkins.pictures:history", words, cells, timeout_s=PICTURE_S
        )
    except WorkerTrouble as trouble:
        log.warning("a history could not be drawn: %s", trouble)
        return None
    return drawn


def table(seen: History) -> bytes:
    """As CSV."""
    return exports.own_csv(seen)


def document(seen: History, now: datetime) -> bytes:
    """As JSON."""
    return exports.own_json(seen, now)


def bullets(seen: History) -> bytes:
    """The results alone, a line each, for a resume."""
    return exports.bullets(seen.results)


async def calendar(app: App, key: Key, title: str, now: datetime) -> bytes:
    """When my next twelve weeks are due, as a calendar file; weeks that all my groups or I take off are left out.

    title: of each event; calendars are shared, so it tells nothing.
    """
    async with app.store.read() as tx:
        mine = [seat for seat in await seats.of_member(tx, key) if seat.group.state == "active"]
        zone = mine[0].zone if mine else "UTC"
        coming = [one.week for one in dates.coming(zone, now)] if mine else []
        off = await _off(tx, mine, coming)
    known: dict[date, datetime] = {}
    for seat in mine:
        for cycle in seat.cycles:
            if row := seat.row_of(cycle.id):
                known[row.week] = max(weeks.due_of(row, cycle), known.get(row.week, row.due_at))
    dues = dates.coming(zone, now, off=off, known=known) if mine else ()
    return dates.calendar(dues, title, (key.guild_id, key.user_id), now)


async def _off(tx: Tx, mine: Collection[Seat], coming: Collection[date]) -> set[date]:
    """Those of these weeks in which nothing is due in any of these groups."""
    if not coming:
        return set()
    holidays = await groups.holidays(tx, [seat.group.id for seat in mine], min(coming))
    return {
        week
        for week in coming
        if all((seat.group.id, week) in holidays or pauses.covers(seat.pauses, week) for seat in mine)
    }
