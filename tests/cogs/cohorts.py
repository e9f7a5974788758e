"""A group in a town: made by its moderator over the wire, filled with members by the flows."""

from __future__ import annotations

from datetime import timedelta

from bot.checkins.flow import joining, saying
from bot.checkins.flow.saying import Typed
from bot.checkins.values import Circle
from bot.moderation.rights import Person
from bot.people.members import Key
from sandbox import Reply
from tests.end_to_end.town import Town, form, page

GROUP = "Remote job seekers"


async def made(town: Town, name: str = GROUP) -> Reply:
    """A group of #check-ins in Berlin with everything else as it is offered; its page."""
    asks = await form(town.mo.go("check-ins").slash("cohort create"))
    return await page(asks.submit({"Name": name, "Time zone": "Europe/Berlin"}))


def channel(town: Town, channel: str) -> int:
    """The id of a channel."""
    return next(one.id for one in town.mo.guild.channels.values() if one.name == channel)


def who(town: Town, name: str, *, manages: bool = False) -> Person:
    actor = town.sandbox.member(name)
    return Person(actor.user.id, actor.guild.id, manages=manages, locale="en-US")


def key(town: Town, name: str) -> Key:
    person = who(town, name)
    return Key(person.guild_id, person.id)


async def joined(town: Town, name: str, group_id: int, circle: Circle = "group") -> None:
    app = town.bot.app
    await joining.join(app, who(town, name), group_id, app.now())
    await joining.choose_circle(app, key(town, name), group_id, circle, app.now())


async def says(town: Town, name: str, group_id: int, learned: str, circle: Circle = "group") -> None:
    """They check in in the week that is open."""
    app, now = town.bot.app, town.bot.app.now()
    mine = await joining.one(app, key(town, name), group_id, now)
    assert mine.cycle is not None
    typed = Typed(done=(), learned=learned, goals_text="One letter\nA walk", if_then="", going="stuck")
    await saying.submit(app, key(town, name), mine.cycle.id, typed, circle, now, now, now)


async def it_is_tuesday(town: Town) -> None:
    """Time goes on to the next Tuesday noon (UTC): whatever day the machine has, the first week opens on Friday."""
    await _noon_of(town, 1)


async def week_opens(town: Town) -> None:
    """Time goes on to Friday noon: the week of a group of Berlin is open, and its cards have a place."""
    await _noon_of(town, 4)


async def _noon_of(town: Town, day: int) -> None:
    now = town.sandbox.clock.now()
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=(day - now.weekday()) % 7)
    await town.beat((noon if noon > now else noon + timedelta(days=7)) - now)
    for _ in range(3):
        await town.beat(timedelta(seconds=10))
