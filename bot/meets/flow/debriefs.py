"""Six yes or no after a meeting, for one member's eyes alone, and the one next step they end in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.app import App
from bot.meets import debrief as rules
from bot.meets.flow.meetings import room_of
from bot.meets.store import matches as store
from bot.meets.values import Check, Debrief, Match
from bot.people.members import Key
from bot.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Progress:
    """check: what is asked next, with its number from 1; None: all is answered, and `step` comes next."""

    match: Match
    number: int
    check: Check | None
    step: str


async def debrief(app: App, key: Key, match_id: int) -> Progress:
    """How far they are. Refuses "not_in_meeting", "no_questions"."""
    async with app.store.read() as tx:
        room = await room_of(tx, key, match_id)
        answers = await store.debrief(tx, match_id, key.user_id)
    return _progress(room.match, _book(app, room.match), answers)


async def answer(app: App, key: Key, match_id: int, check_id: str, yes: bool, now: datetime) -> Progress:
    """One of the six. Refuses "not_in_meeting", "debrief_changed", "no_questions"."""
    async with app.store.begin() as tx:
        room = await room_of(tx, key, match_id)
        book = _book(app, room.match)
        before = await store.debrief(tx, match_id, key.user_id)
        answers = rules.answered(book, before, check_id, yes)
        await store.keep_debrief(tx, key.guild_id, match_id, key.user_id, answers, now)
    return _progress(room.match, book, answers)


async def again(app: App, key: Key, match_id: int, now: datetime) -> Progress:
    """From the first one on, as if nothing had been answered. Refuses "not_in_meeting", "no_questions"."""
    async with app.store.begin() as tx:
        room = await room_of(tx, key, match_id)
        book = _book(app, room.match)
        await store.keep_debrief(tx, key.guild_id, match_id, key.user_id, {}, now)
    return _progress(room.match, book, {})


def _book(app: App, match: Match) -> Debrief:
    found = app.meets.debriefs.get(match.kind)
    if found is None:
        raise Refusal("no_questions")
    return found


def _progress(match: Match, book: Debrief, answers: dict[str, bool]) -> Progress:
    check = rules.next_check(book, answers)
    if check is None:
        return Progress(match, len(book.checks), None, rules.next_step(book, answers))
    return Progress(match, book.checks.index(check) + 1, check, "")
