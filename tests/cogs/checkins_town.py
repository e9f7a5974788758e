"""A town on a Thursday, with a group whose week is open; for what members press in it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.checkins.flow import groups, outages, places, pods, reminders, weeks
from bot.checkins.groups import Draft
from bot.checkins.store import outages as beats
from bot.checkins.values import Group
from bot.deliveries.flow import send_due
from bot.moderation.rights import Person
from sandbox import Actor, Reply, Sandbox
from tests.checkins.parts import due_moments
from tests.end_to_end.here import Here
from tests.end_to_end.town import Town, a_town, form, neighbours, page

THURSDAY = datetime(2026, 11, 19, 12, tzinfo=UTC)  # of week 47
DAY, WEEK = timedelta(days=1), timedelta(days=7)
MINUTE = timedelta(minutes=1)
NAME = "Remote job seekers"
LEARNED = "What worked, and what did you learn?"
GOALS = "Next week, up to 5 goals, one per line"
IF_THEN = "One plan: if it is …, then I will …"
FINISHED, GOING = "Which goals did you finish?", "How is it going?"
SAID = {
    LEARNED: "Short notes are answered.",
    GOALS: "Portfolio page\nTwo letters",
    IF_THEN: "If it is 9, then I write.",
}


@asynccontextmanager
async def a_thursday(
    migrated_file: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Town]:
    """The usual town on that day. At the end nothing was logged as a mistake of ours."""
    place = Sandbox(seed=neighbours, first_answer=timedelta(seconds=20), start=THURSDAY)
    async with a_town(migrated_file, folder, place=place, workers=Here()) as running:
        yield running
        assert [one.getMessage() for one in caplog.get_records("call") if one.levelno >= logging.ERROR] == []


async def a_group(town: Town, name: str = NAME, **given: Any) -> Group:
    """It opens on Wednesdays at 9:00 in Lisbon, so its week is open now, and told in #check-ins."""
    values: dict[str, Any] = {"zone": "Europe/Lisbon", "open_day": 2, "pods": True, **given}
    guild = town.sandbox.guild
    channel = next(one for one in guild.channels.values() if one.name == "check-ins")
    mo = Person(id=town.mo.user.id, guild_id=guild.id, manages=True)
    draft = Draft(name, channel.id, **values)
    made = await groups.create(town.bot.app, mo, draft, (), town.sandbox.clock.now())
    await mind(town)
    return made


async def mind(town: Town, after: timedelta = timedelta()) -> None:
    """Let time pass, the bot alive all the while, and do and say what is due."""
    app, clock = town.bot.app, town.sandbox.clock
    until = clock.now() + after
    while (now := clock.now()) < until:
        to = min([until, *await due_moments(app, now)])
        async with app.store.begin() as tx:
            await beats.beat_at(tx, max(to - MINUTE, now))
        clock.move(max(to - clock.now(), timedelta()))
        await weeks.mind_weeks(app, town.bot.client.server_name, clock.now())
    await outages.note_alive(app, clock.now())
    await weeks.mind_weeks(app, town.bot.client.server_name, clock.now())
    await pods.mind_pods(app, clock.now())
    await reminders.remind(app, town.bot.client.server_name, clock.now())
    await send_due(app, town.bot.sender)
    await places.mind_places(app, clock.now())
    await town.beat()


async def joined(town: Town, who: Actor, circle: str = "My group") -> Reply:
    """They join the only group there is, on its clock; gives the page that says so."""
    asked = await page((await page(who.slash("checkin join"))).click("Join"))
    if "Yes, it does" in asked.buttons:
        asked = await page(asked.click("Yes, it does"))
    return await page(asked.click(circle))


async def checked_in(who: Actor, **said: object) -> Reply:
    """They fill in the form; gives their page of this week."""
    asked = await form(who.slash("checkin now"))
    return await page(asked.submit({**SAID, **said}))


def cards(town: Town) -> list[Reply]:
    """The cards in the thread of week 47, oldest first; what was taken back is none."""
    return [one for one in town.mo.sees(f"{NAME} · 47") if "Thank" in one.buttons]
