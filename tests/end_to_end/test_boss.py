"""The boss test: whatever Ana does in private, her boss's client is told the same, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.storage.tables import block, guard
from tests.end_to_end.boss import Story, live
from tests.end_to_end.boss_frames import first_difference
from tests.end_to_end.days import LAST, PROMOTED
from tests.end_to_end.days_jobs import KNOWN
from tests.end_to_end.town import Town
from tests.proofs import size

pytestmark = pytest.mark.wire

EVERY_DAY = range(1, LAST + 1)
IN_FULL = size(small=0, full=1)
HER_CARD = "**Data and machine learning · Senior**"  # as others find her


async def told(migrated_file: Path, folder: Path, story: Story) -> dict[str, list[str]]:
    folder.mkdir()  # noqa: ASYNC240
    return (await live(story, migrated_file, folder)).told


async def test_the_boss_learns_nothing(migrated_file: Path, tmp_path: Path) -> None:
    """Weeks with and without everything that Ana does: all frames that reach Bob are the same.

    What moderators hear of, Tom does where she does nothing: Bob learns that somebody did it, never who.

    Small: twenty days; Bob opens everything on one, and on another, as a moderator, he presses everything. In full:
    four weeks; he opens everything every day, presses everything as a member and twice as a moderator, and so does
    Ana.
    """
    last = LAST if IN_FULL else PROMOTED + 5
    looks = EVERY_DAY if IN_FULL else (6,)
    thorough = (8, PROMOTED + 1, 24) if IN_FULL else (PROMOTED + 1,)
    curious = (24, 26) if IN_FULL else ()  # earlier, it would cut her story short
    without, with_her = [
        await told(
            migrated_file, tmp_path / str(ana), Story(ana, last, looks, thorough, curious, erased=last)
        )
        for ana in (False, True)
    ]
    assert first_difference(without["bob"], with_her["bob"]) == ""
    assert any(HER_CARD in frame for frame in with_her["eve"])  # there was something to see
    assert any(f"About {KNOWN}: Is the team" in frame for frame in with_her["eve"])
    assert not any(HER_CARD in frame for frame in without["eve"])


async def test_without_the_guard_he_would(migrated_file: Path, tmp_path: Path) -> None:
    """When all that `may_meet` asks is lost each night, the same days betray her to him."""

    async def lose(town: Town) -> None:
        async with town.bot.app.store.begin() as tx:
            for table in (guard, block):
                await tx.execute(delete(table))

    without, betrayed = [
        await told(migrated_file, tmp_path / str(ana), Story(ana, last=2, looks=(2,), each_night=lose))
        for ana in (False, True)
    ]
    assert HER_CARD in first_difference(without["bob"], betrayed["bob"])
