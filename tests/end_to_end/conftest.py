"""A running town for each test; what was said over the wire is printed below a failure."""

from __future__ import annotations

import logging
import shutil
from collections.abc import AsyncIterator, Generator
from datetime import timedelta
from pathlib import Path

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from sandbox import Sandbox
from sandbox.boards import Boards
from tests.end_to_end.town import BOARD, Town, neighbours


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Prints the last frames of the sandbox below every failed test that had a town."""
    report = yield
    town = getattr(item, "funcargs", {}).get("town")
    if report.failed and isinstance(town, Town):
        report.sections.append(("sandbox: the last frames", town.sandbox.log.tail()))
    return report


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
        assert sandbox.gaps == []
        assert [str(one) for one in sandbox.spec.violations] == []
        assert [one.getMessage() for one in caplog.get_records("call") if one.levelno >= logging.ERROR] == []
        assert [one for one in running.public() if one.nonce is None] == []
