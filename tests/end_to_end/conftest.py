"""A running town for each test; `sandbox.testing` prints what was said over the wire below a failure."""

from __future__ import annotations

import logging
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from sandbox import Sandbox
from sandbox.boards import Boards
from sandbox.testing import complaints
from tests.end_to_end.town import BOARD, Town, neighbours


@pytest.fixture
async def town(migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Town]:
    """A town whose bot is connected and has read nothing yet.

    At the end of each test: all that went over the wire was Discord's own, no duty and no press failed by a mistake
    of ours, and whatever stands in a channel for all to see was promised in the outbox.
    """
    addresses = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    shutil.copy(migrated_file, tmp_path / "outpost.sqlite3")
    patient = Sandbox(seed=neighbours, first_answer=timedelta(seconds=20))  # a busy machine is no fault
    async with patient as sandbox, Boards(sandbox.clock.now, seed=7) as boards:
        (tmp_path / "feeds.yaml").write_text(boards.feeds_yaml([BOARD]), "utf-8")
        running = Town(sandbox, boards, tmp_path)
        try:
            await running.start()
            yield running
        finally:
            await running.stop()
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = addresses
        assert complaints(sandbox) == []
        assert [one.getMessage() for one in caplog.get_records("call") if one.levelno >= logging.ERROR] == []
        assert [one for one in running.public() if one.nonce is None] == []
