"""The duty that says what was promised: draw → pace → claim → send → settle, in rounds.

A claim is committed before its request, a settlement after its answer, many of both in one transaction a round;
none is open while Discord is awaited. What a killed process leaves is a row in `sending`: the next beat sends it
again under the same nonce, or looks into the channel's history first when the nonce may be forgotten.

An edit is drawn once the message it changes is settled; it is idempotent, so it is simply made again.

A direct message is drawn like any other; whether its member wants it still, and at this hour, is asked in the
transaction that claims it. One whose row was erased while it was in flight is taken back.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.app import App
from bot.deliveries import direct, outcome, store
from bot.deliveries.direct import Doorbell, Listener
from bot.deliveries.outcome import Settlement
from bot.deliveries.pace import Breaker
from bot.deliveries.planned import Row
from bot.ports import Outgoing, Receipt, Trouble
from bot.storage import Tx

log = logging.getLogger(__name__)

IN_FLIGHT = 100  # requests at once; at 45 a second enough for answers that take two seconds
DRAW = 200  # channels looked at together …
DRAW_FOR_S = 1.0  # … and for how long before asking the database again
TAKE_BACK_S = 3.0  # a beat waits so long while a message to somebody who was erased is taken back

Answer = Receipt | Trouble | None
Listening = Callable[[Tx, Sequence[Row], datetime], Awaitable[Mapping[int, Listener]]]
"""What counts for the members of these deliveries, by the deliveries' ids; those left out nobody knows."""


async def nobody(tx: Tx, rows: Sequence[Row], now: datetime) -> Mapping[int, Listener]:
    """As long as nothing else is asked, no member has allowed a direct message."""
    return {}


@dataclass(slots=True)
class Sender:
    """What the one sending process remembers from beat to beat; all of it may be lost.

    round_s: no more than one commit in so many seconds, so that many deliveries share it.
    stop_within_s: how long what is in flight at SIGTERM may take to be answered.
    quiet: channel → when it may be asked again, after a 429. listening: knows what members allow.
    """

    listening: Listening = nobody
    doorbell: Doorbell = field(default_factory=Doorbell)
    breaker: Breaker = field(default_factory=Breaker)
    jitter: Callable[[], float] = random.random
    round_s: float = 0.05
    stop_within_s: float = 8.0
    quiet: dict[int, datetime] = field(default_factory=dict)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    one_beat: asyncio.Lock = field(default_factory=asyncio.Lock)

    def stop(self) -> None:
        """Claim nothing any more; a running beat ends within `stop_within_s`."""
        self.stopping.set()

    def may_speak(self) -> bool:
        """Has nothing stopped everything that is sent, such as a token that is not valid any more?"""
        return self.breaker.stopped(time.monotonic()) is None

    def heard(self, answer: Answer, channel_id: int, at: float, now: datetime) -> None:
        """Learn from an answer how careful to be. `at` is monotonic, for the breaker."""
        self.quiet.pop(channel_id, None)
        if not isinstance(answer, Trouble):
            return
        was = self.breaker.stopped(at)
        self.breaker.note(answer.code, at)
        if answer.code == "rate_limited" and answer.retry_after:
            self.quiet[channel_id] = now + answer.retry_after
        if answer.code == "dm_too_fast":
            self.doorbell.refused(now)
        if (reason := self.breaker.stopped(at)) and reason != was:
            log.error("nothing is sent any more: %s. %s", reason, answer.detail)

    def quiet_at(self, now: datetime) -> set[int]:
        """The channels that Discord asked us to leave alone for now."""
        return {channel_id for channel_id, until in self.quiet.items() if until > now}


@dataclass(frozen=True, slots=True)
class Sent:
    """What one beat did. stopped: why it claimed nothing more ("stopping", or a reason of the breaker)."""

    sent: int = 0
    retry: int = 0
    dead: int = 0
    uncertain: int = 0
    stopped: str | None = None


async def send_due(app: App, sender: Sender) -> Sent:
    """Duty: say everything that is due or falls due meanwhile, as fast as `app.pace` allows.

    Takes no `now`: a beat may last minutes, so each of its rounds asks `app.now()`.
    """
    async with sender.one_beat:
        if stopped := _why_stopped(sender):
            return Sent(stopped=stopped)
        await _take_up(app, sender)
        beat = _Beat(app, sender)
        try:
            await beat.run()
        finally:
            await beat.abandon()
        return Sent(**beat.counts, stopped=_why_stopped(sender))


async def next_due(app: App, now: datetime) -> datetime | None:
    """When the outbox has something to say next, after `now`: where a clock that is walked must not pass by."""
    async with app.store.read() as tx:
        return await store.next_due(tx, now)


def _why_stopped(sender: Sender) -> str | None:
    return "stopping" if sender.stopping.is_set() else sender.breaker.stopped(time.monotonic())


async def _take_up(app: App, sender: Sender) -> None:
    """As a beat begins nothing is in flight: what is `sending` was left by a killed process or a failed commit."""
    async with app.store.read() as tx:
        stuck = await store.stuck(tx)
        if not sender.doorbell.remembers:
            sender.doorbell.remember(await store.written_since(tx, app.now() - direct.OPENINGS_IN))
    if stuck:
        log.warning("taking up %d deliveries that were being sent when we stopped", len(stuck))
        async with app.store.begin() as tx:
            await store.take_up(tx, stuck)


class _Beat:
    """One run of the duty: what is drawn, what is in flight, what waits to be settled."""

    def __init__(self, app: App, sender: Sender) -> None:
        self.counts: Counter[str] = Counter()
        self._app = app
        self._sender = sender
        self._drawn: list[Row] = []
        self._drawn_until = 0.0
        self._reached: set[int] = set()  # members of what is drawn whom a message has reached before
        self._later: dict[int, datetime] = {}  # delivery → when it may be said, where that is not now
        self._flying: dict[asyncio.Task[Answer], tuple[Row, datetime]] = {}
        self._settlements: list[tuple[Row, Settlement]] = []

    async def run(self) -> None:
        stopping = asyncio.ensure_future(self._sender.stopping.wait())
        try:
            while not stopping.done():
                round_began = time.monotonic()
                chosen, pause = await self._choose()
                if not (chosen or self._later or self._settlements or self._flying) and pause is None:
                    return
                await self._keep(chosen)
                if self._flying or pause is not None:
                    awaited, limit = {stopping, *self._flying}, min(pause or DRAW_FOR_S, DRAW_FOR_S)
                    await asyncio.wait(awaited, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
                await asyncio.sleep(max(0.0, round_began + self._sender.round_s - time.monotonic()))
                self._collect()
            await self._finish()
        finally:
            stopping.cancel()

    async def _choose(self) -> tuple[list[Row], float | None]:
        """Who may be sent to at once, a token spent for each; and if nobody, in how many seconds somebody may."""
        if _why_stopped(self._sender):
            return [], None
        await self._draw()
        at, now = time.monotonic(), self._app.now()
        chosen: list[Row] = []
        waits: list[float] = []
        busy = {row.channel_id for row, _ in self._flying.values()} | self._sender.quiet_at(now)
        for row in self._drawn:
            if len(self._flying) + len(chosen) >= IN_FLIGHT:
                break
            if row.channel_id in busy or self._too_soon(row, now):
                continue
            requests = direct.REQUESTS if row.letter else 1
            if wait := self._app.pace.wait_for(row.channel_id, at, requests):
                waits.append(wait)
                continue
            self._app.pace.take(row.channel_id, at, requests)
            if row.member_id is not None and row.letter:
                self._sender.doorbell.ring(row.member_id, row.member_id in self._reached, now)
            busy.add(row.channel_id)
            chosen.append(row)
        taken = {row.id for row in chosen} | self._later.keys()
        self._drawn = [row for row in self._drawn if row.id not in taken]
        return chosen, min(waits, default=None)

    def _too_soon(self, row: Row, now: datetime) -> bool:
        """A direct message that must wait longer than a beat should: it gets another due moment."""
        if row.member_id is None or not row.letter:
            return False
        ready = self._sender.doorbell.ready_at(row.member_id, row.member_id in self._reached, now)
        if ready > now:
            self._later[row.id] = ready
        return ready > now

    async def _draw(self) -> None:
        """Ask the database what is due; its answer serves for a second, or until it is used up."""
        if self._drawn and time.monotonic() < self._drawn_until:
            return
        async with self._app.store.read() as tx:
            self._drawn = await store.due(tx, self._app.now(), DRAW + len(self._flying))
            members = {row.member_id for row in self._drawn if row.member_id is not None}
            self._reached = await store.reached(tx, members) if members else set()
        self._drawn_until = time.monotonic() + DRAW_FOR_S

    async def _keep(self, chosen: Sequence[Row]) -> None:
        """Commit what was answered and what is about to be sent; then send it."""
        if not (chosen or self._later or self._settlements):
            return
        now = self._app.now()
        async with self._app.store.begin() as tx:
            await store.settle(tx, [settled for _, settled in self._settlements])
            erased = await store.forgotten(
                tx, [row.id for row in _direct(row for row, _ in self._settlements)]
            )
            wanted = await self._still_wanted(tx, chosen, now)
            await store.defer(tx, self._later)
            claimed = await store.claim(tx, [row.id for row in wanted], now)
        going = {row.id for row in claimed}
        for member_id in [row.channel_id for row in _direct(chosen) if row.id not in going]:
            self._sender.doorbell.spare(member_id, member_id in self._reached)
        settlements, self._settlements, self._later = self._settlements, [], {}
        self.counts.update(settled.state for _, settled in settlements)
        for row in claimed:
            self._flying[asyncio.create_task(_attempt(self._app, row, now))] = row, now
        for row, settled in settlements:
            if row.id in erased:
                await _take_back(self._app, row, settled)

    async def _still_wanted(self, tx: Tx, chosen: Sequence[Row], now: datetime) -> list[Row]:
        """Those that may be said now: a member may have changed their mind, or their hours, since it was planned."""
        if not (letters := _direct(chosen)):
            return list(chosen)
        listeners = await self._sender.listening(tx, letters, now)
        moments = {row.id: direct.when(listeners.get(row.id), now) for row in letters}
        self._later |= {number: moment for number, moment in moments.items() if moment and moment > now}
        await store.discard(tx, [number for number, moment in moments.items() if moment is None])
        return [row for row in chosen if moments.get(row.id, now) == now]

    def _collect(self) -> None:
        """Turn every answer that has come into a settlement."""
        for task in [task for task in self._flying if task.done()]:
            row, began = self._flying.pop(task)
            answer, now, jitter = task.result(), self._app.now(), self._sender.jitter()
            self._sender.heard(answer, row.channel_id, time.monotonic(), now)
            self._settlements.append((row, _settled(row, began, answer, now, jitter)))

    async def _finish(self) -> None:
        """Stopping: wait a little for what is in flight, cut off the rest, keep what became of each."""
        if self._flying:
            await asyncio.wait(self._flying, timeout=self._sender.stop_within_s)
        self._collect()
        cut_off = list(self._flying.values())
        await self.abandon()
        self._settlements += [(row, outcome.interrupted(row, began)) for row, began in cut_off]
        await self._keep([])

    async def abandon(self) -> None:
        """End what is still in flight; after `run` ended well that is nothing."""
        for task in self._flying:
            task.cancel()
        await asyncio.gather(*self._flying, return_exceptions=True)
        self._flying.clear()


def _settled(row: Row, began: datetime, answer: Answer, now: datetime, jitter: float) -> Settlement:
    if row.edits and answer is not None:
        return outcome.after_edit(row, answer, now, jitter)
    if answer is None or outcome.must_look(row, began):
        return outcome.after_look(row, answer, now, jitter)
    return outcome.after_send(row, began, answer, now, jitter)


async def _attempt(app: App, row: Row, now: datetime) -> Answer:
    """One request, or one look into the channel's history when an earlier one may have arrived long ago."""
    outgoing = _outgoing(row)
    try:
        if row.edits:
            return await _edit(app, outgoing, row.message_id)
        if row.started_at is not None and outcome.must_look(row, now):
            return await app.messenger.look_back(outgoing, row.started_at)
        return await app.messenger.send(outgoing)
    except Exception:
        log.exception("delivery %d of kind %s failed by a mistake of ours", row.id, row.kind)
        return Trouble("bug", f"A mistake of ours; the log names delivery {row.id}.")


async def _edit(app: App, outgoing: Outgoing, message_id: int | None) -> Receipt | Trouble:
    if message_id is None:
        return Trouble("unknown_message", "It never stood there, or somebody deleted it at once.")
    return await app.messenger.edit(outgoing, message_id) or Receipt(message_id)


def _direct(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.letter]


def _outgoing(row: Row) -> Outgoing:
    began = row.started_at
    return Outgoing(row.kind, row.value, row.guild_id, row.channel_id, row.nonce, row.member_id, began)


async def _take_back(app: App, row: Row, settled: Settlement) -> None:
    """Delete a message whose member was erased while it was in flight; where it may be there unseen, look for it."""
    outgoing, message_id = _outgoing(row), settled.message_id
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(TAKE_BACK_S):
            if message_id is None and settled.started_at is not None:
                found = await app.messenger.look_back(outgoing, settled.started_at)
                message_id = found.message_id if isinstance(found, Receipt) else None
            if message_id is not None:
                await app.messenger.take_back(outgoing, message_id)
