"""Channels' digests: when they come, and that nothing is lost on the way; on both databases."""

from __future__ import annotations

import pytest

from bot.jobs import store
from bot.jobs.flow import behind, promises, turning
from bot.ports import Trouble
from bot.refusals import Refusal
from tests.jobs.listening import (
    ANA,
    BOB,
    DAY,
    HOUR,
    MINUTE,
    alerts_of,
    beat,
    digests_in,
    job,
    known,
    numbers,
    set_up,
    settled,
    subscribed,
    tell,
)
from tests.jobs.parts import CHANNEL, GUILD, MO, Town

pytestmark = pytest.mark.store


async def test_after_an_outage_there_is_one_digest(it: Town) -> None:
    """Three mornings missed: one message holds all, and the next comes at its hour."""
    await subscribed(it, "", rhythm="daily")
    await tell(it, job(1, it))
    it.clock.move(DAY)
    await tell(it, job(2, it))
    await beat(it, 3 * DAY)
    await beat(it, MINUTE)
    assert [sorted(numbers(one)) for one in digests_in(it)] == [[1, 2]]
    await tell(it, job(3, it))
    await settled(it, 2)
    assert [sorted(numbers(one)) for one in digests_in(it)] == [[1, 2], [3]]


async def test_nothing_is_said_where_there_is_nothing(it: Town) -> None:
    """No digest without openings; none of those that closed while they waited."""
    await known(it, zone="UTC")
    await subscribed(it, "", rhythm="daily")
    await subscribed(it, "", member_id=ANA, rhythm="daily")
    await settled(it, 1)
    await tell(it, job(1, it), job(2, it, expires_at=it.clock() + HOUR))
    async with it.app.store.begin() as tx:
        await store.openings.close(tx, [1], "gone", it.clock())
    await settled(it, 2)
    assert (digests_in(it), alerts_of(it)) == ([], [])


async def test_one_digest_a_day_though_its_hour_is_moved(it: Town) -> None:
    """A moderator sets a later hour after today's digest: what came since waits till tomorrow, and isn't lost."""
    one = await subscribed(it, "", rhythm="daily", at_minute=10 * 60)
    await tell(it, job(1, it))
    await beat(it, HOUR)
    await set_up(it, one, at_minute=12 * 60)
    await tell(it, job(2, it))
    await beat(it, 2 * HOUR)
    assert [numbers(digest) for digest in digests_in(it)] == [[1]]
    await settled(it, 1)
    assert [numbers(digest) for digest in digests_in(it)] == [[1], [2]]


async def test_a_paused_subscription_tells_when_it_goes_on(it: Town) -> None:
    """What waited for its digest is said once after the pause."""
    one = await subscribed(it, "", rhythm="daily")
    await tell(it, job(1, it))
    await set_up(it, one, state="paused")
    await settled(it, 2)
    assert digests_in(it) == []
    await set_up(it, one, state="active")
    await beat(it)
    assert [numbers(digest) for digest in digests_in(it)] == [[1]]


def _nonce(it: Town, where: int) -> str:
    return it.discord.channels[where][-1].nonce


async def test_the_button_shows_all_that_found_no_room(it: Town) -> None:
    """Of a digest and of an alert, the best first; what closed since is left out."""
    await known(it, zone="UTC")
    await subscribed(it, "", rhythm="daily")
    await subscribed(it, "", member_id=ANA, rhythm="daily")
    await tell(it, *(job(number, it) for number in range(1, 14)))
    await beat(it, DAY)
    async with it.app.store.begin() as tx:
        await store.openings.close(tx, [1, 12], "gone", it.clock())
    digest, lines = await behind.all_of_digest(it.app, GUILD, _nonce(it, CHANNEL), it.clock())
    assert (len(digest.lines), digest.more, len(lines)) == (10, 3, 11)
    alert, same = await behind.all_of_alert(it.app, ANA, _nonce(it, ANA), it.clock())
    assert ([line.opening_id for line in same], alert.more) == ([line.opening_id for line in lines], 3)


async def test_nobody_else_opens_an_alert_and_no_other_server_a_digest(it: Town) -> None:
    """They are told that it isn't remembered, as for one that never was."""
    await known(it, zone="UTC")
    await subscribed(it, "", rhythm="daily")
    await subscribed(it, "", member_id=ANA, rhythm="daily")
    await tell(it, job(1, it))
    await beat(it, DAY)
    for asked in (
        behind.all_of_alert(it.app, BOB, _nonce(it, ANA), it.clock()),
        behind.all_of_digest(it.app, 2, _nonce(it, CHANNEL), it.clock()),
        behind.all_of_digest(it.app, GUILD, _nonce(it, ANA), it.clock()),
        behind.all_of_digest(it.app, GUILD, "nonsense", it.clock()),
    ):
        with pytest.raises(Refusal, match="card_forgotten"):
            await asked


async def test_a_digest_that_its_channel_refuses_is_said_when_it_goes_on(it: Town) -> None:
    """The subscription is paused, as for a card; nothing of the digest is lost."""
    one = await subscribed(it, "", rhythm="daily")
    await tell(it, job(1, it))
    it.discord.refusing[CHANNEL] = Trouble("missing_access", "Discord answered 403.")
    await beat(it, DAY)
    await promises.mind_troubles(it.app, it.clock())
    async with it.app.store.read() as tx:
        kept = await store.subscriptions.one(tx, one)
    assert kept is not None and (kept.state, kept.pause_reason) == ("paused", "missing_access")
    it.discord.refusing.clear()
    await turning.resume(it.app, MO, one, (), it.clock())
    await beat(it, MINUTE)
    assert [numbers(digest) for digest in digests_in(it)] == [[1]]
