"""The outside by hand: a clock, a Discord that keeps channels, a pace that never waits."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.ports import Files, NewThread, Outgoing, Receipt, Trouble

KEY = bytes(range(32))  # of keyed hashes


class Clock:
    """Aware UTC time that stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> datetime:
        self.now += by
        return self.now


@dataclass
class Posted:
    """A message as it stands in a channel."""

    id: int
    nonce: str
    kind: str
    value: str
    at: datetime
    deleted: bool = False


@dataclass(frozen=True)
class Stored:
    """Files as they stand in a thread."""

    files: Files
    at: datetime

    @property
    def names(self) -> list[str]:
        return [file.name for file in self.files.files]


@dataclass(frozen=True)
class Fault:
    """What befalls one send: the message arrives or not; the sender hears the answer, or this trouble instead."""

    arrives: bool
    answer: Trouble | None


LOST_ANSWER = Fault(True, Trouble("unclear", "the connection ended before the answer"))
NEVER_ARRIVED = Fault(False, Trouble("unclear", "the connection ended before the answer"))
TOO_FAST = Fault(False, Trouble("rate_limited", "slow down", timedelta(seconds=3)))


@dataclass
class FakeMessenger:
    """bot.ports.Messenger over channels in memory, with Discord's nonce window.

    `faults` are used up one a send or edit, in order; `refusing` answers every send to a channel with a trouble;
    `unreadable` answers every look into a channel with one. `elsewhere` are people who are in no server; `silent`
    answers every question about a member.
    """

    clock: Callable[[], datetime]
    nonce_window: timedelta = timedelta(minutes=5)
    channels: dict[int, list[Posted]] = field(default_factory=lambda: defaultdict(list))
    faults: deque[Fault] = field(default_factory=deque)
    refusing: dict[int, Trouble] = field(default_factory=dict)
    unreadable: dict[int, Trouble] = field(default_factory=dict)
    elsewhere: set[int] = field(default_factory=set)
    silent: Trouble | None = None
    sends: int = 0
    edits: int = 0
    puts: int = 0
    looks: int = 0
    asked: list[tuple[int, int]] = field(default_factory=list)  # (server, member), each time
    threads: dict[int, NewThread] = field(default_factory=dict)  # by id; one on a message has that message's
    inside: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # thread → who was let in
    no_threads: dict[int, Trouble] = field(default_factory=dict)  # channel → why none can be opened there
    files: dict[int, Stored] = field(default_factory=dict)  # by message; deleted ones are not there
    closed: set[int] = field(default_factory=set)  # threads that were put away, locked
    no_files: dict[int, Trouble] = field(default_factory=dict)  # thread → why none can be put or read there
    deleted_messages: set[int] = field(default_factory=set)

    async def send(self, outgoing: Outgoing) -> Receipt | Trouble:
        self.sends += 1
        await asyncio.sleep(0)
        if refused := self.refusing.get(outgoing.channel_id):
            return refused
        if outgoing.member_id in self.elsewhere:
            return Trouble("member_left", "not here any more")
        fault = self.faults.popleft() if self.faults else Fault(True, None)
        receipt = self._post(outgoing) if fault.arrives else Receipt(None)
        return fault.answer or receipt

    async def look_back(self, outgoing: Outgoing, since: datetime) -> Receipt | Trouble | None:
        self.looks += 1
        await asyncio.sleep(0)
        if trouble := self.unreadable.get(outgoing.channel_id):
            return trouble
        history = self.channels[outgoing.channel_id]
        found = [m for m in history if m.nonce == outgoing.nonce and m.at >= since and not m.deleted]
        return Receipt(found[-1].id) if found else None

    async def take_back(self, outgoing: Outgoing, message_id: int) -> None:
        for message in self.channels[outgoing.channel_id]:
            message.deleted |= message.id == message_id

    async def edit(self, outgoing: Outgoing, message_id: int) -> Trouble | None:
        self.edits += 1
        await asyncio.sleep(0)
        if refused := self.refusing.get(outgoing.channel_id):
            return refused
        found = [
            one for one in self.channels[outgoing.channel_id] if one.id == message_id and not one.deleted
        ]
        if not found:
            return Trouble("unknown_message", "it is not there")
        fault = self.faults.popleft() if self.faults else Fault(True, None)
        if fault.arrives:
            found[0].value = outgoing.value
        return fault.answer

    async def is_member(self, guild_id: int, user_id: int) -> bool | Trouble:
        await asyncio.sleep(0)
        self.asked.append((guild_id, user_id))
        return self.silent or user_id not in self.elsewhere

    async def open_thread(self, thread: NewThread) -> int | Trouble:
        await asyncio.sleep(0)
        if refused := self.no_threads.get(thread.channel_id) or self.refusing.get(thread.channel_id):
            return refused
        if thread.on_message in self.deleted_messages:
            return Trouble("unknown_message", "it is not there")
        if thread.tried_at is not None:
            for number, there in self.threads.items():
                same = (there.channel_id, there.name) == (thread.channel_id, thread.name)
                if same and number not in self.closed:
                    return number
        fault = self.faults.popleft() if self.faults else Fault(True, None)
        number = thread.on_message or 1_000_000 + len(self.threads)
        if fault.arrives:
            self.threads[number] = thread
        return fault.answer or number

    async def let_in(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        await asyncio.sleep(0)
        if user_id in self.elsewhere:
            return Trouble("member_left", "not here any more")
        self.inside[thread_id].add(user_id)
        return None

    async def let_out(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        await asyncio.sleep(0)
        self.inside[thread_id].discard(user_id)
        return None

    async def find_thread(self, thread: NewThread) -> int | Trouble | None:
        await asyncio.sleep(0)
        if refused := self.refusing.get(thread.channel_id):
            return refused
        return next(
            (
                number
                for number, there in self.threads.items()
                if (there.channel_id, there.name) == (thread.channel_id, thread.name)
                and number not in self.closed
            ),
            None,
        )

    async def close_thread(self, guild_id: int, thread_id: int) -> Trouble | None:
        await asyncio.sleep(0)
        if refused := self.refusing.get(thread_id):
            return refused
        self.closed.add(thread_id)
        return None

    async def put(self, files: Files) -> int | Trouble:
        await asyncio.sleep(0)
        if refused := self.no_files.get(files.thread_id):
            return refused
        if files.tried_at is not None:
            name = files.files[0].name
            if found := await self.find_put(files.guild_id, files.thread_id, name, files.tried_at):
                return found
        fault = self.faults.popleft() if self.faults else Fault(True, None)
        number = 5_000_000 + self.puts
        if fault.arrives:
            self.puts += 1
            self.files[number] = Stored(files, self.clock())
        return fault.answer or number

    async def find_put(
        self, guild_id: int, thread_id: int, name: str, since: datetime
    ) -> int | Trouble | None:
        await asyncio.sleep(0)
        for number, there in self.files.items():
            if there.files.thread_id == thread_id and there.names[0] == name and there.at >= since:
                return number
        return None

    async def fetch(self, guild_id: int, thread_id: int, message_id: int, most: int) -> bytes | Trouble:
        await asyncio.sleep(0)
        if refused := self.no_files.get(thread_id):
            return refused
        there = self.files.get(message_id)
        if there is None:
            return Trouble("unknown_message", "it is not there")
        data = there.files.files[0].data
        return data if len(data) <= most else Trouble("bad_request", "too large")

    async def delete(self, guild_id: int, thread_id: int, message_id: int) -> Trouble | None:
        await asyncio.sleep(0)
        if refused := self.refusing.get(thread_id):
            return refused
        self.files.pop(message_id, None)
        return None

    def _post(self, outgoing: Outgoing) -> Receipt:
        history = self.channels[outgoing.channel_id]
        for earlier in history:
            if earlier.nonce == outgoing.nonce and self.clock() - earlier.at <= self.nonce_window:
                return Receipt(None if earlier.deleted else earlier.id)
        number = 1 + sum(len(messages) for messages in self.channels.values())
        history.append(Posted(number, outgoing.nonce, outgoing.kind, outgoing.value, self.clock()))
        return Receipt(number)

    def said(self, channel_id: int) -> list[str]:
        """The values that stand in a channel, in order."""
        return [message.value for message in self.channels[channel_id] if not message.deleted]


class FakePace:
    """bot.ports.Pace that lets everything go at once and counts."""

    def __init__(self) -> None:
        self.taken = 0

    def wait_for(self, channel_id: int, at: float, requests: int = 1) -> float:
        return 0.0

    def take(self, channel_id: int, at: float, requests: int = 1) -> None:
        self.taken += requests
