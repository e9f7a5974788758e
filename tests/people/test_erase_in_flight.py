"""Erasing somebody while a message to them is on its way."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from bot.deliveries.flow import send_due
from bot.people.flow import privacy
from bot.people.members import Key
from bot.ports import Outgoing, Receipt, Trouble
from bot.storage import Store
from tests.deliveries.parts import NOON, app_of, hasty_sender, plan, planned, rows
from tests.fakes import FakeMessenger
from tests.people.planting import parts

ME = Key(1, 777_777_777_777_777_777)


@dataclass
class SlowMessenger(FakeMessenger):
    """Discord that has the message and holds its answer until it is let go."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, outgoing: Outgoing) -> Receipt | Trouble:
        said = await super().send(outgoing)
        self.reached.set()
        await self.answer.wait()
        return said


async def test_no_row_comes_back_after_the_answer(sqlite_store: Store, tmp_path: Path) -> None:
    """The erasure doesn't wait for Discord; the late answer finds no row and makes none, and others' stay."""
    messenger = SlowMessenger(lambda: NOON)
    await plan(sqlite_store, planned("to a channel"))
    await plan(sqlite_store, planned("about me", channel_id=11, guild_id=1))
    await plan(sqlite_store, planned(f"from {ME.user_id}", channel_id=12))
    sending = asyncio.ensure_future(send_due(app_of(sqlite_store, messenger, lambda: NOON), hasty_sender()))
    await messenger.reached.wait()
    app = parts(sqlite_store, f"sqlite:///{tmp_path / 'outpost0.sqlite3'}")
    assert (await privacy.erase(app, ME, NOON)).rows == 1
    messenger.answer.set()
    await sending
    left = await rows(sqlite_store)
    assert {value: row.state for value, row in left.items()} == {
        '{"text":"to a channel"}': "sent",
        '{"text":"about me"}': "sent",
    }
