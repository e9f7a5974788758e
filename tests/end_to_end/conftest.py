"""A running town for each test; `sandbox.testing` prints what was said over the wire below a failure."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ports import Workers
from tests.end_to_end.town import Town, a_town


@pytest.fixture
def workers() -> Workers | None:
    """Others than the bot's own: none here."""
    return None


@pytest.fixture
async def town(
    migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, workers: Workers | None
) -> AsyncIterator[Town]:
    """A town whose bot is connected and has read nothing yet.

    At the end of each test: all that went over the wire was Discord's own, no duty and no press failed by a mistake
    of ours, and whatever stands in a channel for all to see was promised in the outbox.
    """
    async with a_town(migrated_file, tmp_path, workers=workers) as running:
        yield running
        assert [one.getMessage() for one in caplog.get_records("call") if one.levelno >= logging.ERROR] == []
        posts = {
            one.channel_id for one in running.public()
        }  # a forum's post begins with its id, without a nonce
        assert [one for one in running.public() if one.nonce is None and one.id not in posts] == []
