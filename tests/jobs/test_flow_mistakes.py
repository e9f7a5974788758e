"""A mistake of ours in one feed stays that feed's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import Store
from tests.jobs.parts import town
from tests.jobs.values import entry, feed


async def test_one_feed_meets_a_mistake_of_ours(
    sqlite_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """The others are read and kept, the log names the feed, and it waits before it is fetched again."""
    it = await town(sqlite_store, feed(id="broken"), feed(id="well"))
    it.feeds.shows([entry(1)], of="well")  # the other has no answer at all: asking for it raises KeyError
    await it.subscribe()
    await it.beat(timedelta(minutes=1))
    assert it.titles() == ["Engineer 1"]
    assert "feed broken met a mistake of ours" in caplog.text
    await it.beat(timedelta(seconds=5))
    assert [asked for asked, _ in it.feeds.asked] == ["broken", "well"]


async def test_moderators_hear_of_it(sqlite_store: Store) -> None:
    """A feed that meets our mistake again and again is told of like any other trouble."""
    it = await town(sqlite_store)
    await it.subscribe()
    await it.choose_moderators_channel()
    for _ in range(3):
        await it.beat(timedelta(days=1))
    (told,) = it.discord.said(19)
    assert "a mistake of mine, which is in the log" in told
