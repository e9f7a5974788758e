"""What an answer of Discord makes of a delivery: sent, again later, dead, or uncertain. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.deliveries.planned import Row, State
from bot.ports import Receipt, Trouble

#: Every code a messenger may answer with, and what it means.
CODES: Mapping[str, str] = {
    "unknown_channel": "the channel is gone (404, 10003)",
    "missing_access": "the bot cannot see the channel (403, 50001)",
    "missing_permission": "the bot lacks a permission in the channel (403, 50013)",
    "thread_locked": "the thread is locked, so only moderators may write in it (400, 160005, 50083)",
    "too_many_threads": "the server has no room for another thread (400, 160006)",
    "tag_required": "the forum wants a tag on each post, and none of its tags fits (400, 40067, 40066)",
    "unknown_message": "the message that was to be changed was deleted, or its post closed (404, 10008)",
    "bad_request": "Discord does not take this message as it is (400)",
    "unauthorized": "the token is not valid any more (401): nothing can be sent",
    "rate_limited": "too fast, it was not taken (429)",
    "unclear": "no answer, or a 5xx: it may have arrived",
    "unreadable": "looking back: the channel's history cannot be read",
    "bug": "our own mistake, see the log: it may have arrived",
    "dm_closed": "the member lets nobody, or not us, write to them (403, 50007, 50278; 404, 10013)",
    "dm_too_fast": "we open direct messages too fast, it was not taken (400, 40003)",
    "member_left": "the member is not in the server any more (404, 10007)",
    "server_left": "the bot is not in the server any more (404, 10004; 403, 50001)",
    "out_of_reach": "what must be asked before a direct message got no answer: it was not sent",
}

CHANNEL_CODES = frozenset(  # the whole channel's trouble
    {"unknown_channel", "missing_access", "missing_permission", "thread_locked", "tag_required"}
)
MEMBER_CODES = frozenset({"dm_closed", "member_left", "server_left"})  # why somebody can't be written to
_GIVEN_UP = CHANNEL_CODES | MEMBER_CODES | {"bad_request", "unknown_message"}
_NOT_TAKEN = _GIVEN_UP | {"unauthorized", "rate_limited", "dm_too_fast", "out_of_reach"}  # surely not arrived
_LOOK_AGAIN = frozenset({"unclear", "rate_limited", "unauthorized", "bug", "dm_too_fast", "out_of_reach"})

SAME_NONCE_FOR = timedelta(
    minutes=2
)  # Discord knows a nonce for "the past few minutes"; afterwards look first
LONGEST_WAIT = timedelta(minutes=10)
TRIES = 150  # 2 + 4 + … + 512 s, then 600 s each: 24 hours
TRIES_OF_A_BUG = 5


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is kept of a delivery after an attempt; the columns of its row that change.

    of_edit: what refused it refuses other edits there, and says nothing about new messages.
    """

    id: int
    channel_id: int
    state: State
    due_at: datetime
    started_at: datetime | None
    settled_at: datetime | None = None
    message_id: int | None = None
    trouble: str | None = None
    trouble_detail: str | None = None
    of_edit: bool = False


def must_look(row: Row, now: datetime) -> bool:
    """An earlier attempt may have arrived, too long ago for its nonce to be known still."""
    return row.started_at is not None and now - row.started_at >= SAME_NONCE_FOR


def after_send(
    row: Row, began: datetime, answer: Receipt | Trouble, now: datetime, jitter: float
) -> Settlement:
    """Settle an attempt that began at `began`. `row` is as it was before, but with this attempt counted."""
    if isinstance(answer, Receipt):
        started = row.started_at or began
        return Settlement(row.id, row.channel_id, "sent", row.due_at, started, now, answer.message_id)
    may_have_arrived = answer.code not in _NOT_TAKEN
    started_at = row.started_at or (began if may_have_arrived else None)
    if answer.code in _GIVEN_UP:
        return _troubled(row, "dead", started_at, answer, now)
    return _again(row, started_at, answer, now, jitter)


def after_look(row: Row, answer: Receipt | Trouble | None, now: datetime, jitter: float) -> Settlement:
    """Settle a look into the channel's history: found is sent, not there is to be sent anew, at once."""
    if isinstance(answer, Receipt):
        return Settlement(row.id, row.channel_id, "sent", row.due_at, row.started_at, now, answer.message_id)
    if answer is None:
        return Settlement(row.id, row.channel_id, "retry", row.due_at, None)
    if answer.code == "unknown_channel":
        return _troubled(row, "dead", row.started_at, answer, now)
    if answer.code in _LOOK_AGAIN:
        return _again(row, row.started_at, answer, now, jitter)
    return _troubled(row, "uncertain", row.started_at, answer, now)


def after_edit(row: Row, answer: Receipt | Trouble, now: datetime, jitter: float) -> Settlement:
    """Settle an attempt to change a message. To do it twice is to do it once: nothing is ever uncertain."""
    if isinstance(answer, Receipt):
        done = Settlement(row.id, row.channel_id, "sent", row.due_at, None, now, answer.message_id)
    elif answer.code in _GIVEN_UP:
        done = _troubled(row, "dead", None, answer, now)
    else:
        done = _again(row, None, answer, now, jitter)
    return replace(done, of_edit=True)


def interrupted(row: Row, began: datetime) -> Settlement:
    """An attempt that was cut off as the program stopped: it may have arrived."""
    return Settlement(row.id, row.channel_id, "retry", row.due_at, row.started_at or began)


def _again(row: Row, started: datetime | None, trouble: Trouble, now: datetime, jitter: float) -> Settlement:
    if trouble.code == "unauthorized":  # not this delivery's fault: it keeps its turn
        return Settlement(row.id, row.channel_id, "retry", row.due_at, started)
    if row.attempts >= (TRIES_OF_A_BUG if trouble.code == "bug" else TRIES):
        return _troubled(row, "dead" if started is None else "uncertain", started, trouble, now)
    at = now + max(_wait(row.attempts, jitter), trouble.retry_after or timedelta())
    return Settlement(
        row.id, row.channel_id, "retry", at, started, trouble=trouble.code, trouble_detail=trouble.detail
    )


def _troubled(
    row: Row, state: State, started: datetime | None, trouble: Trouble, now: datetime
) -> Settlement:
    return Settlement(
        row.id,
        row.channel_id,
        state,
        row.due_at,
        started,
        now,
        trouble=trouble.code,
        trouble_detail=trouble.detail,
    )


def _wait(attempts: int, jitter: float) -> timedelta:
    """2, 4, 8 … seconds and at most ten minutes, less up to a fifth by `jitter` (0 to 1)."""
    seconds = min(LONGEST_WAIT.total_seconds(), 2.0 ** min(attempts, 30))
    return timedelta(seconds=seconds * (1 - jitter / 5))
