"""Moderators delete a thread in Discord: noticed at once, by real discord.py over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.model import Channel
from tests.cogs import meets_town as meets
from tests.cogs import reviews_town as reviews
from tests.cogs.test_reviews_mine import read_by
from tests.end_to_end.town import Town, page

pytestmark = pytest.mark.wire


@pytest.fixture
async def town(migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Town]:
    async with reviews.a_monday(migrated_file, tmp_path, caplog) as running:
        yield running


async def readers(town: Town) -> str:
    """How Ana's page says it stands."""
    return (await page(town.ana.slash("review status"))).text


async def being_read(town: Town) -> Channel:
    """Bob reads what Ana handed in; the thread that holds it."""
    await read_by(town, "bob")
    await page((await page(town.sandbox.member("bob").slash("review status"))).click("Accept"))
    await reviews.mind(town, times=2)
    (thread,) = reviews.threads(town)
    assert "Readers: 1 of 2 (reading)." in await readers(town)
    return thread


async def it_ended(town: Town) -> None:
    """Without a beat the page says so; with the next ones Bob is told, in the words of any early end."""
    for _ in range(50):  # Discord's word may come a moment after this question
        if "You have handed in nothing" in await readers(town):
            break
    else:
        raise AssertionError("nobody noticed")
    await reviews.mind(town, times=4)
    bob = town.sandbox.member("bob")
    assert "You have handed in nothing, and read nothing" in (await page(bob.slash("review status"))).text
    assert reviews.files_of(town) == []


async def test_the_thread(town: Town) -> None:
    """The whole thread goes; nothing of it is tried for ever."""
    thread = await being_read(town)
    town.mo.remove_thread(thread)
    await it_ended(town)
    assert reviews.threads(town) == []


async def test_the_channel(town: Town) -> None:
    """Its threads go with it, without a word of their own from Discord."""
    await being_read(town)
    town.sandbox.delete_channel("reviews")
    await it_ended(town)


async def test_a_meetings_thread(
    migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Both are in another one a beat later, which begins like the first."""
    async with meets.a_monday(migrated_file, tmp_path, caplog) as town:
        await meets.switched_on(town)
        for name in ("ana", "bob"):
            await meets.joined(town.sandbox.member(name))
        await meets.drawn(town)
        (first,) = meets.private_threads(town)
        town.mo.remove_thread(first)
        for _ in range(3):
            await town.beat(meets.MINUTE)
        (second,) = meets.private_threads(town)
        assert second.id != first.id and meets.inside(town, second) == {"ana", "bob"}
        assert town.ana.sees(second)[-1].buttons == ["We met", "Not this time"]
        assert (
            f"<#{second.id}>" in (await page((await page(town.ana.slash("meet status"))).click("Open"))).text
        )
