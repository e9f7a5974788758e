"""The ten hard cases of weekly check-ins, each by the front door (docs/comparison.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sandbox import Sandbox
from sandbox.model import NOBODY
from tests.end_to_end.group_weeks import (
    GROUP,
    beat,
    checks_in,
    digests,
    down,
    founded,
    history,
    in_a_row,
    is_reminded,
    joins,
    letters,
    openers,
    posted,
    states,
    walk,
)
from tests.end_to_end.here import Here
from tests.end_to_end.town import HOUR, Town, a_town, neighbours, page

pytestmark = pytest.mark.wire

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)  # of week 47; no clock changes near it
FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY, NEXT_TUESDAY, NEXT_WEDNESDAY, NEXT_FRIDAY = (*range(4, 10), 11)
POST_MESSAGE = "POST", "/channels/{channel_id}/messages"


@pytest.fixture
async def town(request: pytest.FixtureRequest, migrated_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """The usual town; its first day is the parameter, else that Monday."""
    start: datetime = getattr(request, "param", MONDAY)
    place = Sandbox(seed=neighbours, first_answer=timedelta(seconds=20), start=start)
    async with a_town(migrated_file, tmp_path, place=place, workers=Here()) as running:
        yield running


def at(day: int, hour: int, minute: int = 0, *, start: datetime = MONDAY) -> datetime:
    """That time in UTC, so many days after the Monday."""
    return start.replace(hour=hour, minute=minute) + day * DAY


async def test_h1_far_west_has_a_full_window(town: Town) -> None:
    """A group of Kolkata, members in Honolulu: Sunday night of their own is on time, Tuesday night is taken still."""
    await founded(town, "Kolkata")
    ana, tom = town.ana, town.sandbox.member("tom")
    for who in (ana, tom):
        await joins(who, "Honolulu")
    await walk(town, at(NEXT_MONDAY, 9, 30))  # Sunday, 23:30
    mine = await checks_in(ana, "The last half hour counts.")
    assert "Saved." in mine.text
    await walk(town, at(NEXT_WEDNESDAY, 9, 30))  # Tuesday, 23:30; in Kolkata it is Wednesday afternoon
    await checks_in(tom, "Late is as good.")
    await walk(town, at(NEXT_WEDNESDAY, 10, 30))
    assert await states(ana) == await states(tom) == ["done"]


async def test_h2_far_east_is_reminded_at_their_own_hour(town: Town) -> None:
    """A group of Lisbon, a member in Auckland: Saturday 10:00 there is Friday night here; one message."""
    await founded(town)
    await joins(town.ana, "Auckland")
    await is_reminded(town.ana, "Saturday", "10:00")
    await walk(town, at(NEXT_WEDNESDAY, 12))
    there = [one.astimezone(ZoneInfo("Pacific/Auckland")) for one in letters(town.ana)]
    assert [(one.weekday(), one.hour, one.minute) for one in there] == [(SATURDAY, 10, 0)]


@pytest.mark.parametrize("drop", [False, True], ids=["503", "answer-lost"])
async def test_h3_the_digest_survives_failed_sends(town: Town, drop: bool) -> None:
    """Three sends fail, or arrive without an answer: it stands there, once."""
    await founded(town)
    await joins(town.ana, "Lisbon")
    await walk(town, at(NEXT_MONDAY, 17))
    method, route = POST_MESSAGE
    faults = town.sandbox.faults
    if drop:
        fault = faults.add(when="after", method=method, route=route, drop=True, times=3)
    else:
        fault = faults.add(method=method, route=route, status=503, times=3)
    await walk(town, at(NEXT_MONDAY, 19))
    assert (fault.hits, len(digests(town))) == (3, 1)


async def test_h4_down_over_everything(town: Town) -> None:
    """From Saturday to Wednesday night the bot is away: reminder, due, digest and the end all fall into it.

    The digest comes once, no reminder comes too late, whoever wants to can still check in, and nobody lost a week.
    """
    await founded(town)
    ana, tom = town.ana, town.sandbox.member("tom")
    for who in (ana, tom):
        await joins(who, "Lisbon")
        await is_reminded(who, "Saturday", "10:00")
    await walk(town, at(SATURDAY, 8))
    assert len(openers(town)) == 1
    await down(town, at(NEXT_WEDNESDAY, 20))
    await walk(town, at(NEXT_WEDNESDAY, 21))
    assert len(digests(town)) == 1 and "everybody has longer" in str(openers(town)[0].components)
    assert "Saved." in (await checks_in(ana, "Late, and taken.")).text
    await walk(town, at(NEXT_MONDAY, 20) + WEEK)
    assert (len(openers(town)), len(digests(town))) == (2, 2)
    assert await states(ana) == ["done", "open"]
    assert await states(tom) == ["off", "open"]
    assert all(len(letters(who)) <= 1 for who in (ana, tom))


CLOCKS_CHANGE = [datetime(2026, 10, 19, 9, tzinfo=UTC), datetime(2027, 3, 8, 9, tzinfo=UTC)]


@pytest.mark.parametrize("town", CLOCKS_CHANGE, indirect=True, ids=["autumn", "spring"])
async def test_h5_eighteen_stays_eighteen(town: Town) -> None:
    """Four weeks in which the clocks change in London and, on another day, in New York: reminders come at 18:00 of
    each, the digest at 18:00 of the group's."""
    start = town.sandbox.clock.now().replace(minute=0, second=0, microsecond=0)
    await founded(town, "London")
    cities = {"ana": ("London", "Europe/London"), "tom": ("New York City", "America/New_York")}
    for name, (city, _) in cities.items():
        await joins(town.sandbox.member(name), city)
        await is_reminded(town.sandbox.member(name), "Saturday", "18:00")
    await walk(town, start + 4 * WEEK + 12 * HOUR)
    for name, (_, zone) in cities.items():
        there = [one.astimezone(ZoneInfo(zone)) for one in letters(town.sandbox.member(name))]
        assert [(one.weekday(), one.hour, one.minute) for one in there] == 4 * [(SATURDAY, 18, 0)]
        assert len({one.utcoffset() for one in there}) == 2
    told = [one.sent_at.astimezone(ZoneInfo("Europe/London")) for one in digests(town)]
    assert [(one.weekday(), one.hour, one.minute) for one in told] == 4 * [(0, 18, 0)]


async def test_h6_a_freeze_protects(town: Town) -> None:
    """Done, done, nothing, done: three in a row; the spare week is gone, and the quiet one counts for nothing."""
    await founded(town)
    ana = town.ana
    await joins(ana, "Lisbon")
    for week in range(4):
        await walk(town, at(SATURDAY, 12) + week * WEEK)
        if week != 2:
            await checks_in(ana, f"Week {week}.")
    await walk(town, at(NEXT_WEDNESDAY, 13) + 3 * WEEK)
    assert await states(ana) == ["done", "done", "off", "done"]
    assert await in_a_row(ana) == 3
    said = (await page(ana.slash("checkin history"))).text
    assert "You checked in 3 of the last 3 weeks, 3 in a row." in said and "spare week" not in said


@pytest.mark.parametrize("town", [datetime(2026, 12, 14, 9, tzinfo=UTC)], indirect=True)
async def test_h7_the_row_is_right_over_every_boundary(town: Town) -> None:
    """Over the end of a month, of a year, of ISO week 53; in the last minutes of each Sunday: five in a row."""
    start = town.sandbox.clock.now().replace(minute=0)
    await founded(town)
    ana = town.ana
    await joins(ana, "Auckland")
    for week in range(5):
        await walk(town, at(SUNDAY, 10, 50, start=start) + week * WEEK)  # 23:50 of her Sunday
        await checks_in(ana, f"Week {week}.")
        assert await in_a_row(ana) == week + 1
    weeks = [date.fromisoformat(one["week"]) for one in (await history(ana))["weeks"]]
    assert [one.isocalendar().week for one in weeks] == [51, 52, 53, 1, 2]
    assert (
        "You checked in 5 of the last 5 weeks, 5 in a row." in (await page(ana.slash("checkin history"))).text
    )


async def test_h8_an_outage_punishes_nobody(town: Town) -> None:
    """Done, then the bot is away from Saturday to Wednesday, then done: two in a row, and no spare week was taken."""
    await founded(town)
    ana = town.ana
    await joins(ana, "Lisbon")
    await walk(town, at(SATURDAY, 12))
    await checks_in(ana, "Before it.")
    await walk(town, at(SATURDAY, 8) + WEEK)
    await down(town, at(NEXT_WEDNESDAY, 8) + WEEK)
    await walk(town, at(SATURDAY, 13) + 2 * WEEK)  # the week before has 72 hours more, and ends
    assert await states(ana) == ["done", "off", "open"]
    await checks_in(ana, "After it.")
    assert await in_a_row(ana) == 2
    said = (await page(ana.slash("checkin history"))).text
    assert "You checked in 2 of the last 2 weeks." in said and "1 spare week is yours" in said
    assert len(posted(town, "I was away for a while")) == 1  # in the opener, and nowhere else


async def test_h9_nothing_twice_and_a_digest_by_hand(town: Town) -> None:
    """A digest by hand on Sunday: the one of Monday comes in its time, and restarts repeat nothing."""
    await founded(town)
    ana, mo = town.ana, town.mo
    await joins(ana, "Lisbon")
    await is_reminded(ana, "Saturday", "10:00")
    await walk(town, at(SUNDAY, 12))
    await checks_in(ana, "Nothing is said twice.")
    for _ in range(2):
        digest = await page((await page(mo.slash("cohort edit"))).click("Digest"))
        await page(digest.click("Post now"))
    await beat(town)
    assert len(digests(town)) == 1
    await walk(town, at(NEXT_MONDAY, 17, 50))
    await town.restart()
    await walk(town, at(NEXT_MONDAY, 18))
    for _ in range(2):
        await town.restart()
        await beat(town)
    assert [one.sent_at.replace(second=0, microsecond=0) for one in digests(town)][1:] == [
        at(NEXT_MONDAY, 18)
    ]
    await walk(town, at(NEXT_FRIDAY, 10))
    await town.restart()
    await beat(town)
    weeks = [str(one.components).split(f" · {GROUP}")[0][-2:] for one in openers(town)]
    assert (weeks, len(posted(town, "Nothing is said twice.")), len(letters(ana))) == (["47", "48"], 1, 1)


async def test_h10_nobody_missing_is_named_or_pinged(town: Town) -> None:
    """Tom is silent for two weeks: no message for others has his name or his number in it, and none rings anybody."""
    await founded(town)
    ana, tom, eve = town.ana, town.sandbox.member("tom"), town.sandbox.member("eve")
    for who in (ana, tom):
        await joins(who, "Lisbon")
    for week in range(2):
        await walk(town, at(SATURDAY, 12) + week * WEEK)
        await checks_in(ana, "One of two is here.")
    await walk(town, at(NEXT_WEDNESDAY, 13) + WEEK)
    public = town.public()
    assert len(openers(town)) == 2 and len(digests(town)) == 2 and str(ana.user.id) in str(public)
    for one in public:
        assert str(tom.user.id) not in str(one)
        assert one.pinged == NOBODY and "@everyone" not in str(one.components)
    ours = [frame for frame in town.sandbox.frames(eve.user.name) if frame.what.startswith("MESSAGE_")]
    by_bot = [frame for frame in ours if str(town.sandbox.world.bot.id) in str(frame.body)]
    assert by_bot and all(str(tom.user.id) not in str(frame.body) for frame in by_bot)
    assert tom.sees_in_dm() == []
