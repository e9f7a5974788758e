"""The eight faults that others lose or double openings by, over the wire: 0 lost, 0 doubled.

The table of research/rss.md 5.1 in its order; what was said is counted from the sandbox alone, deleted messages too.

kill -9 in a burst                tests/crash
the first send fails              test_first_sends_fail, test_a_send_fails_again_and_again
a burst of 30 in one feed         test_a_burst
all GUIDs change                  test_all_guids_change, test_all_guids_and_links_change
one GUID repeated                 test_a_guid_repeated, test_three_openings_under_one_guid
all dates are now                 test_all_dates_are_bumped
a new item dated an hour back     test_a_new_item_dated_back
1.3 MB, 400 items                 test_a_large_body

and what Discord does on a bad day: 429s, answers lost after they were applied, sockets that drop.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deliveries.flow import send_due
from bot.jobs.flow import feeds, promises
from sandbox.boards import Posting
from tests.deliveries.parts import hasty_sender
from tests.end_to_end.town import BOARD, HOUR, NEXT_READING, Town, page
from tests.fakes import FakePace

pytestmark = pytest.mark.wire

CHANNEL = "remote-python"
CHANNELS = ("start-here", "remote-python", "remote-design", "check-ins", "reviews")
A_DAY = timedelta(days=1)
A_NIGHT = timedelta(hours=8)  # longer than six intervals: after such a gap much is new
TO_A_CHANNEL = r"/channels/{channel_id}/messages"


def said(town: Town, channel: str = CHANNEL) -> Counter[str]:
    """How often the slug of each opening's link stands in messages that were ever posted there."""
    cards = [
        str(message.components) for message in town.sandbox.messages(channel) if message.only_for is None
    ]
    return Counter(re.findall(r"/jobs/([a-z0-9-]+)", card)[0] for card in cards)


def once_each(postings: Sequence[Posting]) -> Counter[str]:
    """None lost, none doubled, and nothing else."""
    return Counter(posting.slug for posting in postings)


async def listening(town: Town, *channels: str) -> None:
    """The first reading is over, and these channels hear everything, each as a card of its own."""
    await town.beat(HOUR)
    for channel in channels or (CHANNEL,):
        asked = await page(town.mo.slash("jobs subscribe", filter="", channel=channel))
        every = await page(asked.choose("How many?", "All: every card at once"))
        await page(every.click("Save"))


async def beat(town: Town, after: timedelta = NEXT_READING) -> None:
    """As `town.beat`, but as fast as the sandbox answers: how the bot paces itself is tested in tests/deliveries."""
    town.sandbox.clock.move(after)
    app, now = replace(town.bot.app, pace=FakePace()), town.sandbox.clock.now()
    await feeds.read_feeds(app, now)
    await send_due(app, hasty_sender())
    await promises.mind_troubles(app, now)


# -- sending -------------------------------------------------------------------------------------


async def test_first_sends_fail(town: Town) -> None:
    """Five sends meet a 500 each, once: every card arrives, once."""
    await listening(town, *CHANNELS)
    fault = town.sandbox.faults.add(method="POST", route=TO_A_CHANNEL, times=5, status=500)
    new = town.publish("Python Engineer")
    await beat(town)
    assert fault.hits == 5
    assert [said(town, channel) for channel in CHANNELS] == [once_each(new)] * 5


async def test_a_send_fails_again_and_again(town: Town) -> None:
    """While Discord answers 503 nothing is given up, not over a restart either; then all of it is said in order."""
    await listening(town)
    new = town.publish("Python Engineer", "Go Developer", "Bookkeeper")
    fault = town.sandbox.faults.add(method="POST", route=TO_A_CHANNEL, times=9, status=503)
    await beat(town)
    await beat(town, timedelta(minutes=1))
    assert said(town) == Counter()
    await town.restart()
    while fault.hits < 9:
        await beat(town, timedelta(minutes=1))
    await beat(town, timedelta(minutes=10))
    assert said(town) == once_each(new)


async def test_too_fast(town: Town) -> None:
    """A 429 is waited for, and the card follows."""
    await listening(town)
    fault = town.sandbox.faults.add(method="POST", route=TO_A_CHANNEL, times=3, status=429, retry_after=0.05)
    new = town.publish("Python Engineer", "Go Developer")
    await beat(town)
    assert fault.hits == 3
    assert said(town) == once_each(new)


@pytest.mark.parametrize("answer", [{"status": 502}, {"status": 503}, {"drop": True}], ids=str)
async def test_the_answer_is_lost(town: Town, answer: dict[str, object]) -> None:
    """Each message is kept by Discord and its answer lost: the nonce keeps it from standing there twice."""
    await listening(town)
    new = town.publish("Python Engineer", "Go Developer")
    fault = town.sandbox.faults.add(method="POST", route=TO_A_CHANNEL, when="after", times=1, **answer)  # type: ignore[arg-type]
    await beat(town)
    await beat(town, timedelta(minutes=1))
    assert fault.hits == 1
    assert said(town) == once_each(new)


async def test_sockets_drop(town: Town) -> None:
    """The gateway is cut while cards go out: they arrive, and a moderator's press is heard again."""
    await listening(town)
    new = town.publish("Python Engineer", "Go Developer")
    town.sandbox.sockets.drop_all()
    await beat(town)
    assert said(town) == once_each(new)
    await town.sandbox.bot_ready()
    await town.subscribe("", "reviews")
    later = town.publish("Bookkeeper")
    await beat(town)
    assert said(town, "reviews") == once_each(later)


# -- reading -------------------------------------------------------------------------------------


async def test_a_burst(town: Town) -> None:
    """Thirty new openings in one reading: thirty cards, in the board's order."""
    town.boards.publish(BOARD, 25)  # so that thirty are not most of the feed
    await listening(town)
    new = town.publish(*(f"Engineer {n}" for n in range(30)))
    await beat(town)
    assert list(said(town).elements()) == [posting.slug for posting in new]


async def test_all_guids_change(town: Town) -> None:
    """A board that renumbers everything, and back again, posts nothing again; a truly new opening still comes."""
    await listening(town)
    town.boards.behave(BOARD, "change_all_guids")
    await beat(town)
    assert said(town) == Counter()
    new = town.publish("Python Engineer")
    await beat(town)
    town.boards.mend(BOARD)
    await beat(town)
    assert said(town) == once_each(new)


async def test_all_guids_and_links_change(town: Town) -> None:
    """Where nothing but the titles stays the same, nothing is posted either: moderators are asked first."""
    await town.settle_in()
    await town.subscribe("")
    town.boards.behave(BOARD, "change_all_guids", links=True)
    await beat(town)
    assert said(town) == Counter()
    (notice,) = town.notices()
    assert "suddenly looks new" in notice.text and notice.buttons == ["Approve: post them", "Skip them"]


async def test_a_guid_repeated(town: Town) -> None:
    """An opening that stands in the feed twice is said once."""
    await listening(town)
    new = town.publish("Python Engineer")
    town.boards.behave(BOARD, "duplicate_guid")
    await beat(town)
    town.boards.mend(BOARD)
    await beat(town)
    assert said(town) == once_each(new)


async def test_three_openings_under_one_guid(town: Town) -> None:
    """Different openings to which a board gave the same GUID are said once each."""
    await listening(town)
    first, second, third = town.publish("Python Engineer", "Go Developer", "Bookkeeper")
    for posting in (second, third):
        town.boards.withdraw(BOARD, posting)
        town.boards.publish(BOARD, posting=replace(posting, id_shift=first.id - posting.id))
    await beat(town)
    await beat(town)
    assert said(town) == once_each([first, second, third])


async def test_all_dates_are_bumped(town: Town) -> None:
    """A board that dates everything anew posts nothing again."""
    await listening(town)
    town.boards.behave(BOARD, "bump_dates")
    await beat(town)
    town.boards.behave(BOARD, "bump_dates")
    await beat(town)
    assert said(town) == Counter()


async def test_a_new_item_dated_back(town: Town) -> None:
    """An opening dated before the newest one we know is new all the same: no date is a watermark."""
    await listening(town)
    (known,) = town.publish("Go Developer")
    await beat(town)
    (new,) = town.publish("Python Engineer")
    town.boards.withdraw(BOARD, new)
    new = replace(new, posted_at=known.posted_at - HOUR)
    town.boards.publish(BOARD, posting=new)
    await beat(town)
    assert said(town) == once_each([known, new])


async def test_a_large_body(town: Town) -> None:
    """After a night off, 400 openings in a body of 1.3 MB are all said: the newest 40 at once, 360 in a digest."""
    await listening(town)
    await town.stop()
    town.sandbox.clock.move(A_NIGHT)
    new = town.publish(*(f"Engineer {n}" for n in range(400)))
    for posting in new:
        town.boards.withdraw(BOARD, posting)
        long = (*posting.paragraphs, "We write to each other more than we meet. " * 65)
        town.boards.publish(BOARD, posting=replace(posting, paragraphs=long))
    assert len(town.boards.body(BOARD)) > 1_300_000
    await town.start()
    await beat(town, timedelta())
    assert list(said(town).elements()) == [posting.slug for posting in new[-40:]]
    await town.beat(A_DAY)
    assert town.cards()[-1].text.startswith("### 360 openings")
