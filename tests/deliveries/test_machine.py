"""The outbox as a whole against a Discord that loses answers and a machine that is killed at any step.

Hypothesis chooses what happens in which order; the channels themselves are asked what was said. A word is "7"; once
it is to read otherwise it is "7.1", "7.2" …, and still the same word.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.deliveries.flow import send_due
from bot.deliveries.planned import Row, decode
from bot.ports import Trouble
from bot.storage import Store
from tests.deliveries.mortal import Killed, Life, MortalMessenger, MortalStore
from tests.deliveries.parts import Word, app_of, hasty_sender, plan, planned, revise, versions
from tests.fakes import LOST_ANSWER, NEVER_ARRIVED, TOO_FAST, Clock, FakeMessenger
from tests.proofs import size

CHANNELS = 10, 11, 12
UNREADABLE = Trouble("unreadable", "Read Message History is missing")

channels = st.sampled_from(CHANNELS)
rests = st.sampled_from([1, 30, 115, 125, 290, 310, 3600]).map(lambda seconds: timedelta(seconds=seconds))


class Outbox(RuleBasedStateMachine):
    """Words are promised, said, changed, lost and found again; `migrated` is a database file to begin with."""

    migrated: Path

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(mkdtemp(prefix="outpost-outbox-"))
        file = Path(shutil.copy(self.migrated, self.folder / "outpost.sqlite3"))
        self.store: Store = self.runner.run(Store.open(f"sqlite:///{file}"))
        self.clock = Clock(datetime.fromisoformat("2026-09-07T12:01:00+00:00"))
        self.discord = FakeMessenger(self.clock)
        self.sender = hasty_sender()
        self.promised: dict[str, int] = {}
        self.wanted: dict[str, str] = {}  # how each word is to read
        self.was_unreadable: set[int] = set()

    def run(self, doing: Any) -> Any:
        return self.runner.run(doing)

    @rule(channel=channels, number=st.integers(1, 5))
    def promise(self, channel: int, number: int) -> None:
        words = {f"{len(self.promised) + n}": channel for n in range(number)}
        self.promised |= words
        what = [planned(text, channel, guild_id=channel % 2, due_at=self.clock()) for text in words]
        assert self.run(plan(self.store, *what, *what, now=self.clock())) == number
        self.wanted |= {text: text for text in words}

    @precondition(lambda self: self.promised)
    @rule(data=st.data(), number=st.integers(1, 3))
    def change_their_minds(self, data: st.DataObject, number: int) -> None:
        for text in data.draw(st.lists(st.sampled_from(sorted(self.promised)), min_size=1, max_size=number)):
            word, _, times = self.wanted[text].partition(".")
            self.wanted[text] = f"{word}.{int(times or 0) + 1}"
            anew = (text, self.wanted[text])
            self.run(revise(self.store, anew, channel_id=self.promised[text], now=self.clock()))

    @rule()
    def beat(self) -> None:
        self.run(send_due(app_of(self.store, self.discord, self.clock), self.sender))

    @rule(steps=st.integers(0, 40))
    def beat_and_be_killed(self, steps: int) -> None:
        """The process dies at this step, or lives through the beat; another takes its place."""
        life = Life(steps)
        mortal = app_of(
            MortalStore(self.store, life).as_store(), MortalMessenger(self.discord, life), self.clock
        )

        async def live() -> None:
            try:
                await send_due(mortal, self.sender)
            except Killed:
                self.sender = hasty_sender()

        self.run(live())

    @rule(fault=st.sampled_from([LOST_ANSWER, NEVER_ARRIVED, TOO_FAST]), times=st.integers(1, 4))
    def discord_will_fail(self, fault: Any, times: int) -> None:
        self.discord.faults.extend([fault] * times)

    @rule(channel=channels)
    def history_becomes_unreadable(self, channel: int) -> None:
        self.discord.unreadable[channel] = UNREADABLE
        self.was_unreadable.add(channel)

    @precondition(lambda self: self.discord.unreadable)
    @rule()
    def histories_become_readable(self) -> None:
        self.discord.unreadable.clear()

    @rule(rest=rests)
    def time_passes(self, rest: timedelta) -> None:
        self.clock.move(rest)

    def shown(self) -> list[tuple[int, str]]:
        """Every channel and how each of its words reads."""
        return [
            (channel, decode(Word, message.value).text)
            for channel, messages in self.discord.channels.items()
            for message in messages
        ]

    def said(self) -> Counter[tuple[int, str]]:
        return Counter((channel, text.split(".")[0]) for channel, text in self.shown())

    @invariant()
    def nothing_is_said_twice(self) -> None:
        said = self.said()
        assert max(said.values(), default=0) <= 1
        assert set(said) <= {(channel, text) for text, channel in self.promised.items()}

    def kept(self) -> dict[str, Row]:
        """The first version of each word."""
        every = self.run(versions(self.store))
        return {key.split("/")[-1]: row for (key, version), row in every.items() if version == 1}

    def teardown(self) -> None:
        try:
            self.everything_ends_well()
        finally:
            self.run(self.store.close())
            self.runner.close()
            shutil.rmtree(self.folder)

    def everything_ends_well(self) -> None:
        """When Discord answers again, every word is said once and reads as it should, or nobody could look."""
        self.discord.faults.clear()
        for _ in range(4):
            self.clock.move(timedelta(minutes=11))
            self.beat()
        self.nothing_is_said_twice()
        said, kept, shown = self.said(), self.kept(), self.shown()
        assert set(kept) == set(self.promised)
        for text, channel in self.promised.items():
            row = kept[text]
            if row.state == "uncertain":
                assert channel in self.was_unreadable
            else:
                assert (row.state, said[channel, text]) == ("sent", 1)
                assert (channel, self.wanted[text]) in shown


@pytest.mark.proof
def test_never_lost_never_doubled(migrated_file: Path, record_property: Any) -> None:
    """Whatever happens in whatever order: said once, or uncertain where history is unreadable."""
    examples = size(25, 1000)
    machine = type("FreshOutbox", (Outbox,), {"migrated": migrated_file})
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
    record_property("promise", "A delivery is said once, whatever fails in whatever order")
    record_property("figure", f"{examples} histories of 25 steps: 0 lost, 0 doubled, 0 with an old value")
