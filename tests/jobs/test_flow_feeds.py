"""From a feed to the channel: what is kept, what is said, what is held, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.jobs import store as jobs_store
from bot.jobs.flow import added, feeds
from bot.ports import NotModified, Trouble, Validators
from bot.refusals import Refusal
from tests.jobs.parts import ANA, CHANNEL, MO, MODERATORS, OTHER_CHANNEL, Town
from tests.jobs.values import entry, feed

pytestmark = pytest.mark.store

HOUR = timedelta(hours=2)
DOWN = Trouble("unreachable", "The board did not answer.")


def entries(*numbers: int, **given: object):
    """Entries dated now in the fake clock's year."""
    return [entry(n, published=None, **given) for n in numbers]


async def first_reading(it: Town, *numbers: int) -> None:
    """The feed is known: its backlog was read before anybody listened."""
    it.feeds.shows(entries(*numbers))
    await it.beat()


async def test_a_new_opening_stands_in_the_channel_once(it: Town) -> None:
    """What is new after the first reading is said, the next readings say nothing more."""
    await first_reading(it, 1, 2)
    await it.subscribe()
    it.feeds.shows(entries(1, 2, 3), etag="w")
    await it.beat(HOUR)
    await it.beat(HOUR)
    assert it.titles() == ["Engineer 3"]


async def test_a_first_reading_is_remembered_whole_and_announced_sparingly(it: Town) -> None:
    """Twenty entries: the newest three are said, the others never."""
    await it.subscribe()
    await first_reading(it, *range(20))
    await it.beat(HOUR)
    assert it.titles() == ["Engineer 2", "Engineer 1", "Engineer 0"]


async def test_a_filter_decides_and_two_channels_are_two_deliveries(it: Town) -> None:
    """Each channel hears what passes its own filter."""
    await first_reading(it, 1)
    await it.subscribe("company:invented")
    await it.subscribe("company:elsewhere", OTHER_CHANNEL)
    it.feeds.shows(entries(1, 2))
    await it.beat(HOUR)
    assert (it.titles(), it.titles(OTHER_CHANNEL)) == (["Engineer 2"], [])


async def test_validators_are_kept_and_an_unchanged_feed_says_nothing(it: Town) -> None:
    """What the server gave is what it is asked with; "not modified" keeps everything as it was."""
    await first_reading(it, 1)
    it.feeds.answers["board"] = NotModified(Validators(etag="v"))
    await it.beat(HOUR)
    assert it.feeds.asked == [("board", Validators()), ("board", Validators(etag="v"))]


async def test_a_feed_is_asked_when_it_is_due_and_not_before(it: Town) -> None:
    """Polled every hour, give or take its jitter: not after half of it, surely after one and a half."""
    await first_reading(it, 1)
    await it.beat(timedelta(minutes=30))
    assert len(it.feeds.asked) == 1
    await it.beat(timedelta(minutes=60))
    assert len(it.feeds.asked) == 2


async def test_one_request_serves_all_who_hear_a_feed(it: Town) -> None:
    """Twenty channels: a reading is one request, and what is new in it stands in each of them."""
    await first_reading(it, 1)
    channels = range(100, 120)
    for channel in channels:
        await it.subscribe("", channel)
    it.feeds.shows(entries(1, 2))
    await it.beat(HOUR)
    assert len(it.feeds.asked) == 2
    assert [it.titles(channel) for channel in channels] == [["Engineer 2"]] * 20


async def test_openings_of_many_batches_are_all_said(it: Town) -> None:
    """130 new openings in a feed of 300 are three batches, and 130 cards."""
    await first_reading(it, *range(170))
    await it.subscribe(preset="all")
    it.feeds.shows(entries(*range(300)))
    await it.beat(HOUR)
    assert len(it.titles()) == 130


async def test_a_crash_between_batches_loses_nothing(it: Town) -> None:
    """When a later batch fails, the ETag isn't kept, and the next reading brings the rest: each once."""
    await first_reading(it, *range(100))
    await it.subscribe(preset="all")
    broken = replace(entry(160, published=None), pay_claim="\ud800")  # no database takes it
    it.feeds.shows([*entries(*range(160)), broken], etag="w")
    await it.beat(HOUR)
    assert len(it.titles()) == 50
    it.feeds.shows(entries(*range(161)), etag="w")
    await it.beat(HOUR)
    assert it.feeds.asked[-1] == ("board", Validators(etag="v"))
    assert sorted(it.titles()) == sorted(f"Engineer {n}" for n in range(100, 161))


async def test_all_guids_changed_says_nothing(it: Town) -> None:
    """A renaming of every guid is healed by the links."""
    await first_reading(it, *range(20))
    await it.subscribe()
    it.feeds.shows([replace(one, guid=f"new {one.guid}") for one in entries(*range(20))])
    await it.beat(HOUR)
    assert it.titles() == []


async def storm(it: Town) -> str:
    """Everything of a known feed is suddenly new; gives the storm's id out of the notice."""
    await first_reading(it, *range(10))
    await it.subscribe(preset="all")
    await it.choose_moderators_channel()
    it.feeds.shows(entries(*range(100, 110)))
    await it.beat(HOUR)
    (notice,) = it.discord.said(MODERATORS)
    return notice.split('"storm_id":')[1].split(",")[0]


async def test_a_storm_is_held_and_moderators_are_asked_once(it: Town) -> None:
    """Nothing is posted; one notice; later readings neither post nor ask again."""
    await storm(it)
    await it.beat(HOUR)
    assert (it.titles(), len(it.discord.said(MODERATORS))) == ([], 1)


async def test_a_server_without_a_moderators_channel_is_asked_once_it_has_one(it: Town) -> None:
    """The question is kept until there is somebody to ask."""
    await first_reading(it, *range(10))
    await it.subscribe()
    it.feeds.shows(entries(*range(100, 110)))
    await it.beat(HOUR)
    assert it.discord.channels == {}
    await it.choose_moderators_channel()
    await it.beat()
    await it.beat()
    assert len(it.discord.said(MODERATORS)) == 1


async def test_an_approved_storm_is_posted_and_is_usual_from_then_on(it: Town) -> None:
    """Approve posts what was held; the same turnover is no storm the next time."""
    number = int(await storm(it))
    assert await feeds.decide_storm(it.app, MO, number, True, it.clock()) == 10
    it.feeds.shows(entries(*range(200, 210)))
    await it.beat(HOUR)
    assert len(it.titles()) == 20


async def test_a_skipped_storm_is_never_posted_and_decided_once(it: Town) -> None:
    """Skip drops it; a second press is refused, as is a member's."""
    number = int(await storm(it))
    with pytest.raises(Refusal, match="moderators_only"):
        await feeds.decide_storm(it.app, ANA, number, True, it.clock())
    assert await feeds.decide_storm(it.app, MO, number, False, it.clock()) == 0
    with pytest.raises(Refusal, match="decided_already"):
        await feeds.decide_storm(it.app, MO, number, True, it.clock())
    await it.beat(HOUR)
    assert it.titles() == []


async def test_a_feed_in_trouble_is_told_once_and_its_recovery_too(it: Town) -> None:
    """The third failure in a row is told, the tenth no more; when it works again that is told once."""
    await first_reading(it, 1)
    await it.subscribe()
    await it.choose_moderators_channel()
    it.feeds.answers["board"] = DOWN
    for failures in range(1, 11):
        await it.beat(timedelta(days=2))
        assert len(it.discord.said(MODERATORS)) == (1 if failures >= 3 else 0)
    it.feeds.shows(entries(1, 2))
    await it.beat(timedelta(days=2))
    await it.beat(timedelta(days=2))
    assert len(it.discord.said(MODERATORS)) == 2
    assert it.titles() == ["Engineer 2"]


async def test_a_feed_that_works_again_has_its_usual_pace(it: Town) -> None:
    """Ten failures had stretched its interval to a day; after one good reading it is asked each hour again."""
    await first_reading(it, 1)
    it.feeds.answers["board"] = DOWN
    for _ in range(10):
        await it.beat(timedelta(days=2))
    await it.beat(timedelta(hours=12))
    assert len(it.feeds.asked) == 11
    it.feeds.shows(entries(1, 2))
    await it.beat(timedelta(days=1))
    await it.beat(HOUR)
    await it.beat(HOUR)
    assert len(it.feeds.asked) == 14


async def test_try_again_now_reads_at_the_next_beat(it: Town) -> None:
    """A moderator's press makes it due, once a minute; a member's is refused, an unknown feed too."""
    await first_reading(it, 1)
    with pytest.raises(Refusal, match="moderators_only"):
        await added.read_again(it.app, ANA, "board", it.clock())
    with pytest.raises(Refusal, match="feed_gone"):
        await added.read_again(it.app, MO, "nowhere", it.clock())
    with pytest.raises(Refusal, match="feed_read_just_now"):
        await added.read_again(it.app, MO, "board", it.clock())
    await added.read_again(it.app, MO, "board", it.clock.move(timedelta(minutes=1)))
    await it.beat()
    assert len(it.feeds.asked) == 2


async def test_a_changed_address_forgets_the_validators(it: Town) -> None:
    """Another URL in the book is read at once, without the old ETag; what it shows again is known."""
    await first_reading(it, 1)
    it.feeds.book = (feed(url="https://board.example/new-feed"),)
    await feeds.enrol_feeds(it.app, it.clock())
    await it.beat(timedelta(seconds=30))
    assert it.feeds.asked[-1] == ("board", Validators())
    async with it.app.store.read() as tx:
        (state,) = await jobs_store.feeds.due(tx, ["board"], it.clock() + HOUR)
    assert state.url == "https://board.example/new-feed"


async def test_a_channel_that_refuses_pauses_its_subscription_and_is_told_once(it: Town) -> None:
    """The channel is deleted while cards wait: paused, one notice, and the other channel hears everything."""
    await first_reading(it, 0)
    await it.subscribe()
    await it.subscribe("engineer", OTHER_CHANNEL)
    await it.choose_moderators_channel()
    it.discord.refusing[CHANNEL] = Trouble("unknown_channel", "gone")
    it.feeds.shows(entries(0, 1, 2, 3))
    await it.beat(HOUR)
    await it.beat(HOUR)
    assert len(it.titles(OTHER_CHANNEL)) == 3
    assert len(it.discord.said(MODERATORS)) == 1
    assert it.discord.sends == 3 + 1 + 1
