"""One person in two servers of one bot: nothing that they tell in the one shows in the other, whatever is pressed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox import Actor, Upload
from sandbox.sight import Sight
from tests.end_to_end import days
from tests.end_to_end.boss import still_town
from tests.end_to_end.boss_presses import Curious
from tests.end_to_end.town import HOUR, Town, page

pytestmark = pytest.mark.wire

# Whatever ana tells in the first server: none of it may stand in a frame of the second.
TOLD = (
    "payments calm",
    days.EMPLOYER,
    "Harbour & Sons",
    "Heron",
    "moved to data",
    "NOT junior",
    "keeps writing",
)
HABITS = replace(
    days.ANAS,
    typed={
        **{"jobs subscribe filter": "falconer", "jobs check link_or_text": "https://jobs.example/43"},
        **{"feeds add address": "no address", "feeds import file": Upload("feeds.opml", b"no list of feeds")},
        **{"Company": "Elsewhere", "Pen name": "Kite", "City": "Porto"},
    },
    people=("pat",),
    chosen={
        **days.ANAS.chosen,
        **{"me.guard.member": ["pat"], "setup.contact": ["ana"], "setup.panel": ["remote-python"]},
        **{one: ["remote-python"] for one in ("jobs.notice.move", "jobs.copy", "jobs.share.post")},
        **{one: ["remote-python"] for one in ("rounds.channel", "meets.settings.channel")},
        "rounds.member": ["ana"],
    },
)


@pytest.fixture
async def town(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    async with still_town(migrated_file, tmp_path) as running:
        yield running


def next_door(town: Town) -> tuple[Actor, Actor]:
    """ana as a member of the other server, and pat, who moderates it."""
    pat, ana, world = town.neighbour(), town.ana, town.sandbox.world
    world.add_member(pat.guild, ana.user)
    return Actor(world, pat.guild, ana.user), pat


async def test_nothing_shows_next_door(town: Town) -> None:
    """Everything of the first server's days is done; then ana and pat press everything in the second."""
    ana, pat = next_door(town)
    await town.beat(HOUR)
    await days.prepares(town.mo, town.sandbox.member("owner"))
    await days.is_there(town.sandbox.member("eve"))
    for deed in days.ANA:
        if deed.do is not days.erases and "Bob" not in deed.what:
            await deed.do(town.ana.go("start-here"))
            await town.beat(HOUR)
    sight = Sight(town.sandbox.world, kept=1_000_000)
    for who in (ana, pat):
        who.go("remote-python")
        await Curious(who, HABITS).press_everything()
        await town.beat(HOUR)
    frames = [one for who in (ana, pat) for one in sight.frames(who.user.id)]
    there = [str(one.body) for one in frames if f"'guild_id': '{pat.guild.id}'" in str(one.body)]
    assert len(there) > 100
    for words in (*TOLD, str(town.sandbox.guild.id)):
        assert [frame[:2000] for frame in there if words in frame] == []


async def test_erased_here_kept_there(town: Town) -> None:
    """In the DM both are listed; each can be seen, taken away and erased alone, and the other stays whole."""
    ana, _ = next_door(town)
    for who in (town.ana, ana):
        who.go("remote-python")
        await days.fill((await page(who.slash("me blocks"))).click("A company"), {"Company": who.guild.name})
    listed = await page(town.ana.go_to_dm().slash("me privacy"))
    assert {"Remote together", "Next door"} <= set(listed.buttons)
    here = await page(listed.click("Remote together"))
    file = await page(here.click("Take it away"))
    assert b"Next door" not in file.message.attachments[0].data
    await page((await page(here.click("Erase it"))).click("Yes, erase it"))
    kept = await page(town.ana.slash("me privacy"))
    assert "What I keep about you in Next door" in kept.text
    assert "Next door" in (await page(ana.slash("me blocks"))).text
