"""What members press in a town, by the flows that their buttons call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.checkins.flow import joining, saying
from bot.checkins.joining import Mine
from bot.checkins.messages import Card
from bot.checkins.plan import Typed
from bot.checkins.values import Circle, Group, MemberWeek
from bot.deliveries.flow import send_due
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Key
from tests.checkins.parts import GUILD, MONDAY, Town

ANA, BOB, CLEO, DAN = (Key(GUILD, number) for number in range(101, 105))
LISBON, HONOLULU, AUCKLAND = "Europe/Lisbon", "Pacific/Honolulu", "Pacific/Auckland"
FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY, NEXT_TUESDAY, NEXT_WEDNESDAY, NEXT_FRIDAY = (*range(4, 10), 11)


async def meet(it: Town, *keys: Key, zone: str | None = LISBON) -> None:
    """These press something, and tell their zone."""
    for key in keys:
        await members.met(it.app, person(key), it.clock())
        if zone:
            await members.change(it.app, key, it.clock(), zone=zone)


async def join(it: Town, group: Group, *keys: Key, zone: str | None = LISBON) -> None:
    """These come into a group, now."""
    await meet(it, *keys, zone=zone)
    for key in keys:
        await joining.join(it.app, person(key), group.id, it.clock())


async def opened(it: Town, *keys: Key, **given: Any) -> Group:
    """A group that these joined on Monday; it is Friday, 9:00, and its first week has just opened."""
    group = await it.group(**given)
    await join(it, group, *keys)
    await it.until(it.at(FRIDAY, 9))
    return group


async def say(
    it: Town,
    group: Group,
    key: Key,
    circle: Circle = "group",
    *,
    at: datetime | None = None,
    opened_at: datetime | None = None,
    cycle_id: int = 0,
    **typed: Any,
) -> Mine:
    """They fill in the form of the week that waits for them; at: when they send it, by default now."""
    given = Typed(**({"learned": "Short notes work.", "goals_text": "Portfolio\nTwo letters"} | typed))
    sent = at or it.clock()
    number = cycle_id or await cycle_of(it, group, key)
    return await saying.submit(it.app, key, number, given, circle, opened_at or sent, sent, it.clock())


async def cycle_of(it: Town, group: Group, key: Key) -> int:
    """The cycle of the newest of their weeks."""
    return (await it.weeks(group, key.user_id))[-1].cycle_id


async def mine(it: Town, group: Group, key: Key) -> Mine:
    return await joining.one(it.app, key, group.id, it.clock())


async def week(it: Town, group: Group, key: Key) -> MemberWeek:
    """The newest of their weeks."""
    return (await it.weeks(group, key.user_id))[-1]


async def cards(it: Town, group: Group) -> list[Card]:
    """What stands in the place of a group's newest week that has one, once everything is said."""
    await send_due(it.app, it.sender)
    places = [one.place_id for one in await it.cycles(group) if one.place_id]
    return it.cards(places[-1])


def person(key: Key) -> Person:
    return Person(key.user_id, key.guild_id, manages=False, joined_at=MONDAY)
