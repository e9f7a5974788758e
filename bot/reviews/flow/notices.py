"""The direct messages about one reading: asked, reminded, here, over. Planned once for each cause."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.deliveries import store as outbox
from bot.deliveries.nonce import delivery_id
from bot.deliveries.planned import Planned
from bot.people.letters import letter
from bot.people.members import Member, may_write_at
from bot.reviews.life import DUE_DAYS
from bot.reviews.messages import (
    OVER,
    PROPOSED,
    READY,
    REMINDER,
    WORD,
    Over,
    Proposed,
    Ready,
    Reminder,
    Word,
)
from bot.reviews.values import Reading, Request
from bot.storage import Tx

ABOUT = 100  # characters
REMINDERS = 2


def about(request: Request) -> str:
    """What a reader calls it: the first line of its target, shortened; else its kind."""
    line = next((line.strip() for line in request.target.splitlines() if line.strip()), "")
    if not line:
        return request.kind
    return line if len(line) <= ABOUT else line[: ABOUT - 1].rstrip() + "…"


# -- why each is said ----------------------------------------------------------------------------


def _cause(what: str, one: Reading, request: Request) -> str:
    """One for each version of the document."""
    return f"review/reading/{one.id}/version/{request.revision}/{what}"


def proposed_cause(one: Reading, request: Request) -> str:
    return _cause("proposed", one, request)


def reminder_cause(one: Reading, request: Request, nth: int) -> str:
    return _cause(f"reminder/{nth}", one, request)


async def unsay(tx: Tx, one: Reading, request: Request) -> None:
    """What still waits to be said to its reader about this reading is not said any more."""
    causes = [proposed_cause(one, request)]
    causes += [reminder_cause(one, request, nth) for nth in range(1, REMINDERS + 1)]
    await outbox.discard(tx, [delivery_id(f"{cause}/member/{one.reader_id}", 1) for cause in causes])


# -- what is said --------------------------------------------------------------------------------


def proposed(
    one: Reading, request: Request, to: Member | None, server: str, reasons: tuple[str, ...], now: datetime
) -> list[Planned]:
    """To its reader: would they read this? Nothing for a proposal that ends before they may be written to."""
    if to is None or one.accept_by is None or may_write_at(to, now) >= one.accept_by:
        return []
    value = Proposed(
        one.guild_id,
        server,
        one.id,
        request.kind,
        about(request),
        one.accept_by,
        DUE_DAYS,
        reasons,
        one.clarity,
        to.opens("dm_names"),
    )
    return letter(PROPOSED, proposed_cause(one, request), value, to, now)


def reminder(
    one: Reading, request: Request, to: Member | None, server: str, filled: tuple[int, int], now: datetime
) -> list[Planned]:
    """To its reader. filled: how many of how many items. Nothing when it could not be said before the end."""
    if to is None or one.due_at is None or may_write_at(to, now) >= one.due_at:
        return []
    answered, items = filled
    value = Reminder(
        one.guild_id,
        server,
        one.id,
        request.kind,
        about(request),
        one.due_at,
        answered,
        items,
        last=one.reminded == REMINDERS,
        named=to.opens("dm_names"),
    )
    return letter(REMINDER, reminder_cause(one, request, one.reminded), value, to, now)


def ready(
    one: Reading, request: Request, to: Member | None, server: str, missing: int, now: datetime
) -> list[Planned]:
    """To the author, and in their thread: a review is here. missing: readers still to come."""
    cause, planned = _cause("ready", one, request), list[Planned]()
    if request.thread_id is not None:
        word = Word(request.guild_id, request.id, "review", 0 if request.mode == "blind" else one.reader_id)
        key = f"{cause}/channel/{request.thread_id}"
        planned.append(Planned(WORD, key, word, request.guild_id, request.thread_id, now))
    if to is not None:
        revised, named = request.revision > 1, to.opens("dm_names")
        value = Ready(one.guild_id, server, request.id, request.kind, missing, revised, named)
        planned += letter(READY, cause, value, to, now)
    return planned


def over(
    one: Reading,
    request: Request,
    to: Member | None,
    server: str,
    next_at: datetime | None,
    now: datetime,
) -> list[Planned]:
    """To one of its two sides; the same words whatever the cause. next_at: when its author may expect a reader."""
    if to is None:
        return []
    is_author = to.key.user_id == one.author_id
    value = Over(
        one.guild_id,
        server,
        request.id,
        request.kind,
        "author" if is_author else "reader",
        next_at if is_author else None,
        to.opens("dm_names"),
    )
    return letter(OVER, _cause("over", one, request), value, to, now)


def sides(readings: Collection[Reading]) -> set[int]:
    """Everybody in these."""
    return {user_id for one in readings for user_id in (one.author_id, one.reader_id)}
