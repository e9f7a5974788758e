"""What came while a subscription was paused, or its member could not be reached; what an edit lets go."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.jobs.flow import market, meanwhile, more, subscriptions, turning
from bot.jobs.subscriptions import Subscription
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.ports import Trouble
from bot.storage import Store
from tests.jobs.listening import (
    ANA,
    DAY,
    HOUR,
    alerts_of,
    beat,
    cards,
    digests_in,
    job,
    known,
    numbers,
    subscribed,
    tell,
    waiting,
)
from tests.jobs.parts import CHANNEL, GUILD, MO, Town, town
from tests.jobs.values import feed

pytestmark = pytest.mark.store

SOON = timedelta(minutes=2)
ME = Person(ANA, GUILD, manages=False)


@pytest.fixture
async def it(store: Store) -> Town:
    return await town(store, feed(), feed(id="late", delay_h=24), feed(id="crowd", require_filter=True))


async def resumed(it: Town, number: int, who: Person = ME) -> list[int]:
    """It goes on; gives the openings that are offered."""
    before = await subscriptions.kept(it.app, who, number)
    after = await turning.resume(it.app, who, number, (), it.clock())
    return [row.opening_id for row in await meanwhile.missed(it.app, after, before.changed_at, it.clock())]


async def edited(it: Town, number: int, text: str, who: Person = ME) -> Subscription:
    """The same with another filter, saved."""
    draft = (await subscriptions.rewrite(it.app, who, number, it.clock())).subscription.id
    await subscriptions.retype(it.app, who, draft, text, it.clock(), editing_id=number)
    return (await subscriptions.save(it.app, who, draft, (), it.clock(), editing_id=number)).subscription


async def told(it: Town) -> list[int]:
    """All that Ana was told, in order."""
    return [number for alert in alerts_of(it) for number in numbers(alert)]


async def some_beats(it: Town, count: int = 4, apart: timedelta = SOON) -> datetime:
    for _ in range(count):
        now = await beat(it, apart)
    return now


# -- paused --------------------------------------------------------------------------------------


async def test_it_is_paused_since_the_first_time(it: Town) -> None:
    """Edited, or paused again for another time: what came since the pause began is offered all the same."""
    await known(it, zone="UTC")
    one = await subscribed(it, "engineer", member_id=ANA)
    await turning.pause(it.app, ME, one, it.clock())
    it.clock.move(HOUR)
    await tell(it, job(1, it))
    it.clock.move(HOUR)
    await turning.pause(it.app, ME, one, it.clock(), it.clock() + DAY)
    await tell(it, job(2, it))
    it.clock.move(HOUR)
    assert (await edited(it, one, "engineer OR rust")).state == "paused"
    await tell(it, job(3, it))
    it.clock.move(HOUR)
    assert await resumed(it, one) == [1, 2, 3]


async def test_a_pause_that_ends_by_itself_brings_what_came(it: Town) -> None:
    """Nobody is there to be asked: a member's next message has it, a channel's next digest."""
    await known(it, zone="UTC")
    mine, theirs = await subscribed(it, "engineer", member_id=ANA), await subscribed(it, "engineer")
    for who, number in ((ME, mine), (MO, theirs)):
        await turning.pause(it.app, who, number, it.clock(), it.clock() + DAY)
    it.clock.move(HOUR)
    await tell(it, job(1, it), job(2, it, title="Cook"))
    assert await turning.end_pauses(it.app, it.clock.move(DAY)) == 2
    await some_beats(it)
    assert (await told(it), cards(it)) == ([1], [])
    await beat(it, DAY)
    assert [numbers(one) for one in digests_in(it)] == [[1]]


async def test_what_another_one_told_is_not_offered(it: Town) -> None:
    """The same member, or channel, is told an opening once, whichever of their subscriptions does it."""
    await known(it, zone="UTC")
    mine, theirs = await subscribed(it, "", member_id=ANA), await subscribed(it, "")
    for number in (mine, theirs):
        await turning.pause(it.app, ME if number == mine else MO, number, it.clock())
    await subscribed(it, "rust", member_id=ANA)
    await subscribed(it, "rust")
    it.clock.move(HOUR)
    await tell(it, job(1, it, title="Rust Engineer"), job(2, it))
    await some_beats(it)
    assert (await told(it), numbers(cards(it))) == ([1], [1])
    assert (await resumed(it, mine), await resumed(it, theirs, MO)) == ([2], [2])


async def test_a_board_that_asks_for_patience(it: Town) -> None:
    """It is brought when its board's own readers had it for a day, not before."""
    await known(it, zone="UTC")
    one = await subscribed(it, "", member_id=ANA)
    await turning.pause(it.app, ME, one, it.clock())
    began = it.clock.move(HOUR)
    await tell(it, job(1, it, feed_id="late"), of=feed(id="late", delay_h=24))
    await turning.resume(it.app, ME, one, (), it.clock.move(HOUR))
    assert await meanwhile.bring(it.app, ME, one, began - HOUR, it.clock()) == 1
    await some_beats(it, 6, HOUR)
    assert await told(it) == []
    await some_beats(it, 2, DAY)
    assert await told(it) == [1]


async def test_a_board_of_hundreds_an_hour(it: Town) -> None:
    """Who hears everything isn't offered it; whoever wrote a filter is."""
    every = await subscribed(it, "", created_by=MO.id)
    some = await subscribed(it, "engineer", channel_id=CHANNEL + 5)
    for number in (every, some):
        await turning.pause(it.app, MO, number, it.clock())
    it.clock.move(HOUR)
    await tell(it, job(1, it, feed_id="crowd"), of=feed(id="crowd", require_filter=True))
    assert (await resumed(it, every, MO), await resumed(it, some, MO)) == ([], [1])


async def test_two_of_one_reader_bring_it_once(it: Town) -> None:
    """Both pauses end in the same minute; and what waits for a paused one is not offered by the other."""
    await known(it, zone="UTC")
    one, other = await subscribed(it, "", member_id=ANA), await subscribed(it, "engineer", member_id=ANA)
    for number in (one, other):
        await turning.pause(it.app, ME, number, it.clock(), it.clock() + DAY)
    it.clock.move(HOUR)
    await tell(it, job(1, it))
    assert await turning.end_pauses(it.app, it.clock.move(DAY)) == 2
    await turning.pause(it.app, ME, one, it.clock())
    await turning.pause(it.app, ME, other, it.clock())
    assert await meanwhile.bring(it.app, ME, other, it.clock() - 2 * DAY, it.clock()) == 0
    for number in (one, other):
        await turning.resume(it.app, ME, number, (), it.clock())
    await some_beats(it)
    assert await told(it) == [1]


# -- could not be reached ------------------------------------------------------------------------


async def test_who_allows_messages_again_is_told_what_waited(it: Town) -> None:
    """Discord refused them, so it waited in /jobs alerts; their next alert has it, and it waits no longer."""
    key = await known(it, zone="UTC")
    one = await subscribed(it, "", member_id=ANA)
    await some_beats(it, 1)
    it.discord.refusing[ANA] = Trouble("dm_closed", "Discord answered 403.")
    await tell(it, job(1, it))
    await some_beats(it)
    assert await waiting(it, one) == [(1, "dm_closed")]
    del it.discord.refusing[ANA]
    await members.consent(it.app, key, it.clock())
    await some_beats(it)
    assert (await told(it), await waiting(it, one)) == ([1], [])


async def test_who_allows_messages_late_is_told_at_their_hour(it: Town) -> None:
    """A daily alert waits for its hour, as any other."""
    key = await known(it, consents=False, zone="UTC")
    await subscribed(it, "", member_id=ANA, rhythm="daily")
    await tell(it, job(1, it))
    await some_beats(it, 26, HOUR)  # Tuesday, 11:00
    await members.consent(it.app, key, it.clock())
    await some_beats(it, 21, HOUR)
    assert await told(it) == []
    await some_beats(it, 2, HOUR)
    assert await told(it) == [1]


async def test_an_alert_that_nothing_can_carry_is_not_tried_for_ever(it: Town) -> None:
    """They allow messages; this one alone is refused each time. It waits in the list."""
    await known(it, zone="UTC")
    one = await subscribed(it, "", member_id=ANA)
    await some_beats(it, 1)
    it.discord.refusing[ANA] = Trouble("bad_request", "Discord answered 400.")
    await tell(it, job(1, it))
    await some_beats(it)
    del it.discord.refusing[ANA]
    await some_beats(it)
    assert (await told(it), await waiting(it, one)) == ([], [(1, "dm_closed")])


# -- edited --------------------------------------------------------------------------------------


async def test_an_edit_lets_go_what_it_hears_no_more(it: Town) -> None:
    """What waits and passes the new filter, or another one of theirs, is told; the rest isn't. Paused ones, too."""
    await known(it, zone="UTC")
    one = await subscribed(it, "", member_id=ANA, rhythm="daily")
    await subscribed(it, "designer", member_id=ANA, rhythm="weekly")
    await tell(it, job(1, it), job(2, it, title="Cook"), job(3, it, title="Designer"))
    await turning.pause(it.app, ME, one, it.clock())
    await edited(it, one, "cook", ME)
    assert [number for number, _ in await waiting(it, one)] == [2, 3]
    await turning.resume(it.app, ME, one, (), it.clock())
    await beat(it, DAY)
    assert sorted(await told(it)) == [2, 3]


# -- tried ---------------------------------------------------------------------------------------


async def test_what_is_tried_is_what_would_be_told(it: Town) -> None:
    """What they hid, and what its board wants nobody to see yet, is neither counted nor shown."""
    key = await known(it, zone="UTC")
    await tell(it, job(1, it), job(2, it), job(3, it, feed_id="late"))
    await more.hide(it.app, key, 1, it.clock.move(HOUR))
    mine = await subscriptions.propose(it.app, ME, "engineer", None, (), it.clock())
    assert (mine.tried.passed, [one.id for one in mine.tried.samples]) == (1, [2])
    theirs = await subscriptions.propose(it.app, MO, "engineer", CHANNEL, (), it.clock())
    assert theirs.tried.passed == 2
    behind = await market.behind(it.app, key, "skill", "Python", [1, 2], it.clock())
    assert [line.opening_id for line in behind.lines] == [2]
