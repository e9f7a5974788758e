"""Weeks of a group by the front door: who lives where, what they press, and a clock that is walked."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from bot.checkins.store import outages
from bot.cli.wiring import duties
from sandbox import Actor, Reply
from sandbox.model import Message
from tests.checkins.house import OURS
from tests.checkins.parts import due_moments
from tests.end_to_end.town import MINUTE, Town, form, page

GROUP, PLACE = "Remote job seekers", "check-ins"
LEARNED, GOALS = "What worked, and what did you learn?", "Next week, up to 5 goals, one per line"


# -- time ------------------------------------------------------------------------------------------


async def beat(town: Town) -> None:
    """Every duty of check-ins twice: what the later ones plan, the earlier ones do."""
    for _ in range(2):
        now = town.sandbox.clock.now()
        for duty in duties(town.bot.app, town.bot.sender, town.bot.client):
            if duty.name in OURS:
                await duty.do(now)


async def walk(town: Town, until: datetime) -> None:
    """Time passes, the bot is alive all the while, and each thing is done when it is due."""
    clock, app = town.sandbox.clock, town.bot.app
    while (now := clock.now()) < until:
        to = min([until, *await due_moments(app, now)])
        async with app.store.begin() as tx:
            await outages.beat_at(tx, max(to - MINUTE, now))
        clock.move(max(to - clock.now(), timedelta()))
        await beat(town)


async def down(town: Town, until: datetime) -> None:
    """The process ends, and another one begins at that moment."""
    await town.stop()
    town.sandbox.clock.move(until - town.sandbox.clock.now())
    await town.start()
    await beat(town)


# -- people ----------------------------------------------------------------------------------------


async def founded(town: Town, city: str = "Lisbon", opens: str = "Fri 09:00") -> Reply:
    """A moderator makes a group in that city; its page."""
    asked = await form(town.mo.go(PLACE).slash("cohort create"))
    shown = await page(asked.submit({"Name": GROUP, "Time zone": city, "It opens": opens}))
    return await page(shown.choose(0, [shown.options(0)[0]])) if "is there" not in shown.text else shown


async def joins(who: Actor, city: str, circle: str = "My group") -> None:
    """They tell where they live, and join."""
    settings = await page(who.slash("me settings"))
    typed = await form((await page(settings.click("Time zone"))).click("Type a city"))
    shown = await page(typed.submit({"City": city}))
    if shown.selects:
        await page(shown.choose(0, [shown.options(0)[0]]))
    asked = await page((await page(who.slash("checkin join"))).click("Join"))
    await page(asked.click(circle))


async def is_reminded(who: Actor, day: str, hour: str) -> None:
    """They want a direct message on that day at that hour of their own clock."""
    settings = await page(who.slash("checkin settings"))
    reminder = await page(settings.click("Reminder"))
    reminder = await page(reminder.choose("On which day?", [day]))
    reminder = await page(reminder.choose("At what time?", [hour]))
    if "Write to me" in reminder.buttons:
        await page(reminder.click("Write to me"))


async def checks_in(who: Actor, learned: str, goals: str = "One letter") -> Reply:
    """They send the form; gives the page of their week."""
    asked = await form(who.slash("checkin now"))
    return await page(asked.submit({LEARNED: learned, GOALS: goals}))


async def in_a_row(who: Actor) -> int:
    """As their history has it."""
    (group,) = (await history(who))["groups"]
    return int(group["in_a_row"])


async def states(who: Actor) -> list[str]:
    """done, off, open or quiet: each of their weeks, the oldest first."""
    return [one["state"] for one in (await history(who))["weeks"]]


async def history(who: Actor) -> dict[str, Any]:
    """Their weeks, as the file that they take away has them."""
    shown = await page((await page(who.slash("checkin history"))).click("JSON"))
    (file,) = shown.message.attachments
    document: dict[str, Any] = json.loads(file.data)
    return document


# -- what stands -----------------------------------------------------------------------------------


def posted(town: Town, words: str) -> list[Message]:
    """Every message for all to see that was ever posted and has these words in it, deleted ones too."""
    return [one for one in town.public() if words in str(one.components)]


def openers(town: Town) -> list[Message]:
    return posted(town, "When is that for me?")


def digests(town: Town) -> list[Message]:
    """A digest alone says that a new week has begun, or that late ones join."""
    return posted(town, "A new week has begun")


def letters(who: Actor) -> list[datetime]:
    """When each reminder reached them."""
    return [one.message.sent_at for one in who.sees_in_dm() if "is waiting for you" in one.text]
