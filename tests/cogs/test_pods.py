"""Pods over the wire: a real private thread with the right people in it, what is said there, and telling it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.checkins.flow import pods
from bot.checkins.values import Group
from bot.moderation.rights import Person
from bot.people.flow import meeting
from bot.people.members import Key
from sandbox import Permission
from sandbox.model import Channel, ChannelKind, Overwrite
from tests.cogs.checkins_town import LEARNED, a_group, a_thursday, checked_in, joined, mind
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire

NAMES = ("ana", "bob", "eve", "tom")


@pytest.fixture
async def town(migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Town]:
    async with a_thursday(migrated_file, tmp_path, caplog) as running:
        world, channel = running.sandbox.world, running.mo.go("check-ins").place
        world.set_overwrite(channel, Overwrite(world.bot.id, 1, allow=Permission.MANAGE_THREADS))
        yield running


async def four(town: Town) -> Group:
    """Four people join a group, choose their pod, and a moderator has pods drawn."""
    group = await a_group(town)
    for name in NAMES:
        await joined(town, town.sandbox.member(name), "My pod")
    who = Person(town.mo.user.id, group.guild_id, manages=True)
    assert await pods.shuffle(town.bot.app, who, group.id, town.bot.app.now()) == 1
    await mind(town)
    return group


def thread(town: Town) -> Channel:
    every = town.sandbox.guild.threads.values()
    (found,) = [one for one in every if one.kind is ChannelKind.PRIVATE_THREAD and not one.deleted]
    return found


def inside(town: Town) -> set[str]:
    """The names of the people in it, without the bot's."""
    about, world = thread(town).thread, town.sandbox.world
    assert about
    return {world.users[one].name for one in about.members if one != world.bot.id}


async def test_a_pod_has_its_own_thread(town: Town) -> None:
    """Its name tells nothing, only its members and who manages threads see it, and it begins with who is in it."""
    await four(town)
    assert (thread(town).name, inside(town)) == ("Pod 1", set(NAMES))
    hello = town.ana.sees("Pod 1")[-1]
    assert all(f"<@{town.sandbox.member(name).user.id}>" in hello.text for name in NAMES)
    assert hello.message.pinged.users == ()


async def test_a_check_in_for_the_pod_stands_there_alone(town: Town) -> None:
    """In the pod's thread, and neither in the channel nor in the week's thread."""
    await four(town)
    await checked_in(town.ana, **{LEARNED: "Herons are patient."})
    await mind(town)
    said = [one.text for one in town.sandbox.member("bob").sees("Pod 1")]
    assert any("Herons are patient" in text for text in said)
    everywhere = [one for one in town.public() if "Herons" in str(one.components)]
    assert [one.channel_id for one in everywhere] == [thread(town).id]


async def test_a_block_takes_the_one_who_pressed_out(town: Town) -> None:
    """They are out of the thread a minute later; the bot says nothing about it."""
    group = await four(town)
    before = len(town.public())
    key = Key(group.guild_id, town.ana.user.id)
    await meeting.block(town.bot.app, key, town.sandbox.member("bob").user.id, town.bot.app.now())
    await mind(town, timedelta(minutes=1))
    assert inside(town) == set(NAMES) - {"ana"}
    assert len(town.public()) == before


async def test_telling_the_pod_that_one_was_hired(town: Town) -> None:
    """A press on the page of *Hired*, and those three hear it; nothing stands anywhere else."""
    await four(town)
    written = await form((await page(town.ana.slash("jobs saved"))).click("Write one down"))
    values = {"Link": "jobs.example/1", "Job": "Python Engineer", "Company": "Quillhaven"}
    one = await page(written.submit(values))
    hired = await page(one.choose("How far is it?", "Hired"))
    before = len(town.public())
    told = await page(hired.click("Tell my pod"))
    assert "Your pod knows" in told.text and "Tell my pod" not in told.buttons
    await mind(town)
    assert "hired" in town.sandbox.member("bob").sees("Pod 1")[-1].text
    assert len(town.public()) == before + 1


async def test_without_a_pod_there_is_nobody_to_tell(town: Town) -> None:
    """The press is not even shown."""
    written = await form((await page(town.ana.slash("jobs saved"))).click("Write one down"))
    one = await page(written.submit({"Link": "jobs.example/1", "Job": "Engineer", "Company": "Acme"}))
    assert "Tell my pod" not in (await page(one.choose("How far is it?", "Hired"))).buttons
