"""Members' alerts: when they come, what stands in them, and what waits; on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.deliveries.planned import decode
from bot.jobs import store
from bot.jobs.flow import alerts_out, digests, saved
from bot.jobs.messages import Alert
from bot.people.flow import members
from bot.people.members import Profile
from bot.ports import Trouble
from tests.jobs.listening import (
    ANA,
    BOB,
    CLOSED,
    DAY,
    HOUR,
    MINUTE,
    alerts_of,
    beat,
    job,
    known,
    numbers,
    only,
    posted,
    say,
    settled,
    subscribed,
    tell,
    waiting,
)
from tests.jobs.parts import GUILD, Town

pytestmark = pytest.mark.store

# -- at once -------------------------------------------------------------------------------------


async def test_what_one_reading_brings_is_one_alert(it: Town) -> None:
    """However many openings, batches and subscriptions: one message, each opening once."""
    await known(it, zone="UTC")
    await subscribed(it, "engineer", member_id=ANA)
    await subscribed(it, "rust", member_id=ANA)
    await tell(it, job(1, it), job(2, it, title="Rust Designer"))
    await tell(it, job(3, it, title="Rust Engineer"))
    await beat(it, 2 * MINUTE)
    await beat(it, 2 * MINUTE)
    (alert,) = alerts_of(it)
    assert sorted(numbers(alert)) == [1, 2, 3]
    assert (alert.words, alert.rhythm) == ("engineer; rust", "now")


async def test_an_alert_is_discreet_until_its_member_opens_that_door(it: Town) -> None:
    """The value says so; the card shows the number alone (tests/cogs/golden)."""
    key = await known(it, zone="UTC")
    await subscribed(it, "", member_id=ANA)
    await tell(it, job(1, it))
    await beat(it, 2 * MINUTE)
    await members.set_door(it.app, key, "dm_names", True, it.clock())
    await tell(it, job(2, it))
    await beat(it, 2 * MINUTE)
    assert [one.discreet for one in alerts_of(it)] == [True, False]


async def test_what_comes_at_night_is_one_message_in_the_morning(it: Town) -> None:
    """Quiet from 22:00 to 8:00 in their own zone."""
    await known(it, zone="Europe/Lisbon")
    one = await subscribed(it, "", member_id=ANA)
    it.clock.now = datetime(2026, 9, 7, 22, 30, tzinfo=UTC)  # 23:30 there
    for number in (1, 2, 3):
        await tell(it, job(number, it))
        await beat(it, HOUR)
    assert alerts_of(it) == []
    it.clock.now = datetime(2026, 9, 8, 6, 59, tzinfo=UTC)
    await beat(it)
    assert (alerts_of(it), len(await waiting(it, one))) == ([], 3)
    await beat(it, MINUTE)
    assert [sorted(numbers(alert)) for alert in alerts_of(it)] == [[1, 2, 3]]


async def test_while_one_alert_is_on_its_way_the_next_gathers(it: Town) -> None:
    """No second message is promised until the first has arrived: then all that came meanwhile is one."""
    await known(it, zone="UTC")
    await subscribed(it, "", member_id=ANA)
    await beat(it, 2 * MINUTE)
    it.discord.refusing[ANA] = Trouble("rate_limited", "slow down", timedelta(minutes=5))
    await tell(it, job(1, it))
    await beat(it)
    for number in (2, 3):
        await tell(it, job(number, it))
        await beat(it, MINUTE)
    it.discord.refusing.clear()
    for _ in range(15):
        await beat(it, MINUTE)
    assert [sorted(numbers(alert)) for alert in alerts_of(it)] == [[1], [2, 3]]


async def test_no_more_than_ten_lines_and_the_rest_is_counted(it: Town) -> None:
    """One a company first; nothing of them waits any more."""
    await known(it, zone="UTC")
    one = await subscribed(it, "", member_id=ANA)
    await tell(it, *(job(number, it) for number in range(1, 15)))
    await beat(it, 2 * MINUTE)
    await beat(it)
    (alert,) = alerts_of(it)
    assert (len(alert.lines), alert.more, await waiting(it, one)) == (10, 4, [])


# -- daily and weekly ----------------------------------------------------------------------------


async def test_daily_and_weekly_come_at_their_hour_in_their_zone(it: Town) -> None:
    """At 9:00 in Lisbon, which is 8:00 in UTC in summer; a weekly one on its weekday."""
    await known(it, zone="Europe/Lisbon")
    await known(it, BOB, zone="Europe/Lisbon")
    await subscribed(it, "", member_id=ANA, rhythm="daily")
    await subscribed(it, "", member_id=BOB, rhythm="weekly", weekday=3, at_minute=10 * 60)
    await tell(it, job(1, it))
    came: dict[int, list[datetime]] = {ANA: [], BOB: []}
    for _ in range(24 * 8):
        now = await beat(it, HOUR)
        for member, times in came.items():
            if len(alerts_of(it, member)) > len(times):
                times.append(now)
    assert came == {
        ANA: [datetime(2026, 9, 8, 8, tzinfo=UTC)],
        BOB: [datetime(2026, 9, 10, 9, tzinfo=UTC)],
    }


async def test_an_hour_in_the_quiet_ones_moves_to_their_end(it: Town) -> None:
    """Daily at 7:00, quiet until 8:00."""
    await known(it, zone="UTC")
    await subscribed(it, "", member_id=ANA, rhythm="daily", at_minute=7 * 60)
    await tell(it, job(1, it))
    it.clock.now = datetime(2026, 9, 8, 7, 59, tzinfo=UTC)
    await beat(it)
    assert alerts_of(it) == []
    await beat(it, MINUTE)
    assert len(alerts_of(it)) == 1


# -- when messages don't arrive ------------------------------------------------------------------


async def test_without_consent_openings_wait_in_the_list(it: Town) -> None:
    """No message; after fourteen days they are forgotten, and no more than a hundred are kept."""
    await known(it, consents=False)
    one = await subscribed(it, "", member_id=ANA)
    await tell(it, *(job(number, it) for number in range(1, 103)))
    await beat(it)
    assert (alerts_of(it), len(await waiting(it, one))) == ([], 102)
    assert {why for _, why in await waiting(it, one)} == {"dm_closed"}
    assert await digests.forget_waiting(it.app, it.clock()) == 2
    assert await digests.forget_waiting(it.app, it.clock.move(timedelta(days=13))) == 0
    assert await digests.forget_waiting(it.app, it.clock.move(timedelta(days=2))) == 100
    assert await waiting(it, one) == []


async def test_an_alert_that_does_not_arrive_goes_back_to_the_list(it: Town) -> None:
    """Discord refused it: its openings wait in /jobs alerts, and those that come later, too."""
    await known(it, zone="UTC")
    one = await subscribed(it, "", member_id=ANA)
    await beat(it, 2 * MINUTE)
    it.discord.refusing[ANA] = CLOSED
    await tell(it, job(1, it))
    await beat(it, 2 * MINUTE)
    await tell(it, job(2, it))
    await beat(it, 2 * MINUTE)
    await beat(it, 2 * MINUTE)
    assert (alerts_of(it), await waiting(it, one)) == ([], [(1, "dm_closed"), (2, "dm_closed")])


async def test_consent_taken_back_takes_the_alert_back_and_not_its_openings(it: Town) -> None:
    """What was on its way waits in the list instead."""
    key = await known(it, zone="UTC")
    one = await subscribed(it, "", member_id=ANA)
    await beat(it, 2 * MINUTE)
    await tell(it, job(1, it))
    await digests.say_digests(it.app, it.clock())
    await members.withdraw_consent(it.app, key, it.clock())
    for _ in range(3):
        await beat(it, MINUTE)
    assert (alerts_of(it), await waiting(it, one)) == ([], [(1, "dm_closed")])


async def test_who_left_the_server_is_not_written_to(it: Town) -> None:
    """Nothing is said and nothing waits for them."""
    await known(it, zone="UTC")
    one = await subscribed(it, "", member_id=ANA)
    await members.change(it.app, await known(it), it.clock())
    it.discord.elsewhere.add(ANA)
    await beat(it, timedelta(days=8))  # asked once a week
    await tell(it, job(1, it))
    await beat(it)
    assert (alerts_of(it), await waiting(it, one)) == ([], [])


# -- the test message ----------------------------------------------------------------------------


async def _tested(it: Town, number: int) -> datetime | None:
    async with it.app.store.read() as tx:
        kept = await store.subscriptions.one(tx, number)
    assert kept is not None
    return kept.tested_at


async def _send_test(it: Town, number: int) -> bool:
    async with it.app.store.begin() as tx:
        kept = await store.subscriptions.one(tx, number)
        assert kept is not None
        return await alerts_out.send_test(tx, kept, it.clock())


async def test_a_test_that_arrived_is_remembered(it: Town) -> None:
    """It is sent in quiet hours too: they have just asked for it."""
    it.clock.now = datetime(2026, 9, 7, 23, 0, tzinfo=UTC)
    await known(it, zone="UTC")
    one = await subscribed(it, "python", member_id=ANA)
    await beat(it, 2 * MINUTE)
    assert await _send_test(it, one)
    assert await _tested(it, one) is None
    now = await beat(it, MINUTE)
    (test,) = [decode(Alert, value) for value in posted(it, ANA, "alert_test")]
    assert (test.test, test.discreet, await _tested(it, one)) == (True, True, now)


async def test_a_test_is_not_sent_to_who_allowed_none_and_says_nothing_when_it_does_not_arrive(
    it: Town,
) -> None:
    """The page can say so at once in the first case; in the second it stays untested."""
    await known(it, BOB, consents=False)
    assert not await _send_test(it, await subscribed(it, "", member_id=BOB))
    await known(it, zone="UTC")
    one = await subscribed(it, "", member_id=ANA)
    await beat(it, 2 * MINUTE)
    it.discord.refusing[ANA] = CLOSED
    assert await _send_test(it, one)
    await beat(it, MINUTE)
    assert await _tested(it, one) is None


# -- dead ends spared ----------------------------------------------------------------------------


async def test_a_daily_alert_ends_with_the_dead_ends_it_spared(it: Town) -> None:
    """The board says anywhere, the posting names countries without mine; counted, three shown with their words."""
    key = await known(it, zone="UTC")
    await members.change_profile(it.app, key, Profile(country="PT"), it.clock(), only=["country"])
    await subscribed(it, "engineer open-to:PT", member_id=ANA, rhythm="daily")
    us = say(place=only("US", board_says="Anywhere in the World", quote="must live in the US"))
    mine = say(place=only("PT", "US", board_says="Anywhere", quote="PT or US"))
    closed = say(place=only("US"))
    await tell(
        it,
        job(1, it, facts_json=say(place=only("PT"))),
        *(job(number, it, facts_json=us) for number in range(2, 7)),
        job(7, it, facts_json=us, title="Designer"),
        job(8, it, facts_json=mine),
        job(9, it, facts_json=closed),
    )
    await beat(it, DAY)
    (alert,) = alerts_of(it)
    assert (sorted(numbers(alert)), alert.spared_of, alert.country) == ([1, 8], 5, "PT")
    assert {one.quote for one in alert.spared} == {"must live in the US"}
    assert len(alert.spared) == 3
    await tell(it, job(10, it, facts_json=say(place=only("PT"))))
    await settled(it, 1)
    assert alerts_of(it)[1].spared_of == 0  # they were counted the day before


# -- nobody else sees it -------------------------------------------------------------------------


async def test_an_alert_is_between_the_bot_and_one_member(it: Town) -> None:
    """Nothing of it stands in a channel, and it never names a role."""
    await known(it, zone="UTC")
    await subscribed(it, "", member_id=ANA)
    await tell(it, job(1, it))
    await beat(it, 2 * MINUTE)
    assert {channel for channel, said in it.discord.channels.items() if said} == {ANA}
    async with it.app.store.read() as tx:
        heard = await store.subscriptions.seen_by(tx, GUILD, BOB, channels=True)
    assert heard == []


# -- beside them ---------------------------------------------------------------------------------


async def test_an_alert_carries_one_line_of_what_needs_its_member_today(it: Town) -> None:
    """They applied a week ago: the line of their own list stands in it, and nobody else's does."""
    key = await known(it, zone="UTC")
    await known(it, BOB, zone="UTC")
    await tell(it, job(1, it))
    await saved.applied(it.app, key, 1, it.clock())
    for member_id in (ANA, BOB):
        await subscribed(it, "", member_id=member_id, rhythm="daily")
    it.clock.move(7 * DAY)
    await tell(it, job(2, it))
    await beat(it, DAY)
    assert ["Company 1" in alerts_of(it, member)[0].today for member in (ANA, BOB)] == [True, False]
