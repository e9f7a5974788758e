"""A town on a Monday in which people meet in twos; for what members press in it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.people.flow import members
from bot.people.members import Key
from sandbox import Actor, Permission, Reply, Sandbox
from sandbox.model import Channel, ChannelKind, InteractionKind, Overwrite
from tests.end_to_end.here import Here
from tests.end_to_end.town import Town, a_town, neighbours, page

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)  # of week 47
MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=7)


@asynccontextmanager
async def a_monday(
    migrated_file: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Town]:
    """The usual town on that day; the bot may open threads in #check-ins. At the end no mistake was logged."""
    place = Sandbox(seed=neighbours, first_answer=timedelta(seconds=20), start=MONDAY)
    async with a_town(migrated_file, folder, place=place, workers=Here()) as running:
        allow(running)
        yield running
        assert [one.getMessage() for one in caplog.get_records("call") if one.levelno >= logging.ERROR] == []


def allow(town: Town, *, threads: bool = True) -> None:
    """May the bot open private threads in #check-ins, and let people in?"""
    world, channel = town.sandbox.world, town.mo.go("check-ins").place
    some = Permission.CREATE_PRIVATE_THREADS | Permission.SEND_MESSAGES_IN_THREADS | Permission.MANAGE_THREADS
    given = Overwrite(world.bot.id, 1, allow=some) if threads else Overwrite(world.bot.id, 1, deny=some)
    world.set_overwrite(channel, given)


async def settings(town: Town, who: Actor | None = None) -> Reply:
    """The moderators' page, as its button elsewhere opens it."""
    actor = who or town.mo
    return await press(actor, await page(actor.slash("help")), "meets.settings")


async def press(actor: Actor, seen: Reply, custom_id: str) -> Reply:
    """A press on a button of an older or another page."""
    data = {"custom_id": custom_id, "component_type": 2, "id": 1}
    return await page(actor.send(InteractionKind.COMPONENT, data, source=seen.message))


async def switched_on(town: Town) -> Reply:
    """A moderator lets threads open in #check-ins; draws are on Mondays at nine, UTC. Gives the page."""
    return await page((await settings(town)).choose("In which channel do threads open?", ["check-ins"]))


async def joined(who: Actor, kind: str = "Coffee chat") -> Reply:
    """They join; gives the page of that kind."""
    return await page((await page(who.slash("meet join"))).choose("What would you like?", [kind]))


async def writes(town: Town, *names: str, named: bool = True) -> None:
    """These let the bot write to them; named: and let it say what about."""
    for name in names:
        mine = key(town, name)
        await members.consent(town.bot.app, mine, town.bot.app.now())
        await members.set_door(town.bot.app, mine, "dm_names", named, town.bot.app.now())


def key(town: Town, name: str) -> Key:
    actor = town.sandbox.member(name)
    return Key(actor.guild.id, actor.user.id)


async def until(town: Town, moment: datetime) -> None:
    """Time passes to that moment and some minutes more, till every letter has gone."""
    await town.beat(moment - town.bot.app.now())
    for _ in range(3):
        await town.beat(3 * MINUTE)


async def drawn(town: Town) -> None:
    """The next draw, next Monday at nine."""
    await until(town, MONDAY + WEEK)


def private_threads(town: Town) -> list[Channel]:
    """Those that are there, the oldest first."""
    every = town.sandbox.guild.threads.values()
    return [one for one in every if one.kind is ChannelKind.PRIVATE_THREAD and not one.deleted]


def inside(town: Town, thread: Channel) -> set[str]:
    """The names of the people in it, without the bot's."""
    about, world = thread.thread, town.sandbox.world
    assert about
    return {world.users[one].name for one in about.members if one != world.bot.id}
