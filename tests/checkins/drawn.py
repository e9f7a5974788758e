"""Weeks of groups drawn from a seed: who does what when, and when the bot is away; and how they are lived."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bot.checkins.values import Group
from bot.deliveries.flow import send_due
from bot.people.flow import members
from bot.people.members import Key
from bot.refusals import Refusal
from bot.storage import Store
from tests.checkins.house import MINUTE, house
from tests.checkins.parts import DAY, GUILD, HOUR, WEEK
from tests.checkins.presses import person
from tests.checkins.story import CHANNELS, USERS, ZONES, Story

MONDAYS = (  # clocks change within six weeks of most; of the last one, the year does
    datetime(2026, 3, 2, tzinfo=UTC),
    datetime(2026, 9, 21, tzinfo=UTC),
    datetime(2026, 10, 19, tzinfo=UTC),
    datetime(2027, 3, 15, tzinfo=UTC),
    datetime(2026, 11, 30, tzinfo=UTC),
)
SILENCES = tuple(timedelta(minutes=m) for m in (4, 30, 59, 90, 6 * 60, 25 * 60, 50 * 60, 71 * 60, 80 * 60))
ONE_IN_TWENTY = 0.05

Deed = Callable[[Group, int], Awaitable[None]]


@dataclass(frozen=True, order=True)
class Moment:
    """When somebody does something; verb: of `Story`."""

    at: datetime
    number: int
    verb: str
    group: int
    user_id: int


async def lived(seed: int, weeks: int, store: Store) -> Story:
    """So many weeks of groups, and some calm days after them, so that all that was promised is said."""
    dice = random.Random(seed)
    begin = dice.choice(MONDAYS)
    story = Story(house(store, begin, seed), dice)
    await _found(story)
    moments = sorted(_moments(story, begin, weeks))
    silences = _silences(dice, begin, weeks)
    story.it.weather.share = ONE_IN_TWENTY
    for moment in moments:
        while silences and silences[0][0] <= moment.at:
            start, end = silences.pop(0)
            await story.it.until(start)
            cut_off = end - start < 2 * DAY and dice.random() < 0.4
            await (story.it.cut_off_until(end) if cut_off else story.it.down_until(end))
        await story.it.until(moment.at)
        await _do(story, moment)
    await story.it.until(begin + (weeks + 1) * WEEK)
    story.it.weather.share = 0.0
    await story.it.until(begin + (weeks + 2) * WEEK + 5 * DAY)
    return story


async def _found(story: Story) -> None:
    """Two groups, the first with pods, and ten people who are in one or both."""
    dice, it = story.dice, story.it
    for number in range(2):
        given: dict[str, Any] = {
            "name": f"Group {number}",
            "channel_id": CHANNELS + number,
            "zone": dice.choice(ZONES),
            "open_day": dice.choice((2, 3, 4, 4, 5)),
            "open_minute": dice.randrange(0, 22 * 60, 15),
            "digest_minute": dice.randrange(0, 24 * 60, 15),
            "pods": number == 0,
        }
        story.groups.append(await it.group(**given))
    for user_id in range(USERS, USERS + 10):
        key, zone = Key(GUILD, user_id), dice.choice(ZONES)
        await members.met(it.app, person(key), it.clock())
        await members.change(it.app, key, it.clock(), zone=zone)
        await members.consent(it.app, key, it.clock())
        story.zones[user_id] = zone


def _moments(story: Story, begin: datetime, weeks: int) -> list[Moment]:
    """Most join in the first days, check in each week and now and then do something else."""
    dice, numbers = story.dice, count()
    found: list[Moment] = []

    def add(verb: str, group: int, user_id: int, at: datetime) -> None:
        found.append(Moment(at, next(numbers), verb, group, user_id))

    for group, most in ((0, 9), (1, 6)):
        for user_id in dice.sample(sorted(story.zones), most):
            joins = begin + dice.uniform(0.1, 3 if dice.random() < 0.8 else 7 * weeks) * DAY
            add("join", group, user_id, joins)
            if dice.random() < 0.6:
                add("remind", group, user_id, joins + HOUR)
            if group == 0 and dice.random() < 0.8:
                add("swap", group, user_id, joins + HOUR)
            for week in range(weeks):
                monday = begin + week * WEEK
                said = monday + _when(dice, story.groups[group].open_day) * DAY
                if dice.random() < 0.85:
                    add("form", group, user_id, said)
                for verb, share in OTHER.items():
                    if dice.random() < share:
                        add(verb, group, user_id, said + dice.uniform(-0.5, 3) * DAY)
    return found


OTHER = {
    "edit": 0.2, "win": 0.3, "ideas": 0.2, "other_circle": 0.12, "withdraw": 0.06, "hide": 0.03, "thank": 0.3,
    "help": 0.15, "pause": 0.05, "ill": 0.04, "resume": 0.05, "zone": 0.05, "remind": 0.05, "leave": 0.02,
    "join": 0.05, "form": 0.1,
}  # fmt: skip


def _when(dice: random.Random, opens: int) -> float:
    """Days after a Monday: on time, late, or too early or too late."""
    kind = dice.random()
    if kind < 0.7:
        return dice.uniform(opens + 0.9, 6.8)
    return dice.uniform(6.5, 9.2) if kind < 0.9 else dice.choice((opens, 9.2)) + dice.uniform(-0.5, 1)


def _silences(dice: random.Random, begin: datetime, weeks: int) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    for week in range(weeks):
        for _ in range(dice.choice((0, 1, 1, 2))):
            around = dice.choice(((0, 7), (0, 7), (5, 6.5), (2.3, 2.5)))  # any time, a weekend, an end
            start = begin + week * WEEK + int(dice.uniform(*around) * 24 * 60) * MINUTE
            if not found or start > found[-1][1] + HOUR:
                found.append((start, start + dice.choice(SILENCES)))
    return found


async def _do(story: Story, moment: Moment) -> None:
    deed: Deed = getattr(story, moment.verb)
    story.deeds += 1
    try:
        await deed(story.groups[moment.group], moment.user_id)
    except Refusal:
        return
    if story.dice.random() < 0.5:  # else it is said with the next beat, and may have changed by then
        await send_due(story.it.app, story.it.sender)
