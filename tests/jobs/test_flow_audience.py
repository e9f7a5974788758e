"""Whose filters there are: what is followed, what changes, what was missed; on both databases."""

from __future__ import annotations

import pytest

from bot.jobs import store
from bot.jobs.flow.audience import audience_of
from bot.jobs.flow.meanwhile import bring, missed
from bot.people.flow import members
from bot.people.members import Profile
from bot.storage.tables import subscription
from tests.jobs.listening import (
    ANA,
    BOB,
    DAY,
    HOUR,
    beat,
    cards,
    digests_in,
    job,
    known,
    numbers,
    only,
    say,
    set_up,
    subscribed,
    tell,
    waiting,
)
from tests.jobs.parts import CHANNEL, MO, OTHER_CHANNEL, Town
from tests.jobs.values import opening

pytestmark = pytest.mark.store


async def test_following_a_channel_is_hearing_what_its_filters_let_through(it: Town) -> None:
    """With a filter of their own both count; a paused subscription of the channel is not followed."""
    heard = await subscribed(it, "engineer")
    mine = await subscribed(it, "", member_id=ANA, follows="channel", follows_channel_id=CHANNEL)
    narrow = await subscribed(it, "rust", member_id=BOB, follows="channel", follows_channel_id=CHANNEL)
    await tell(it, job(1, it), job(2, it, title="Rust Engineer"), job(3, it, title="Rust Designer"))
    assert [[n for n, _ in await waiting(it, one)] for one in (mine, narrow)] == [[1, 2], [2]]
    await set_up(it, heard, state="paused")
    await tell(it, job(4, it))
    assert [n for n, _ in await waiting(it, mine)] == [1, 2]


async def test_following_a_profile_is_hearing_what_it_says_as_it_changes(it: Town) -> None:
    """An empty profile hears nothing; what is written into it counts with the next reading."""
    key = await known(it)
    mine = await subscribed(it, "", member_id=ANA, follows="profile")
    portugal = say(place=only("PT"))
    await tell(it, job(1, it, facts_json=portugal))
    assert await waiting(it, mine) == []
    it.clock.move(HOUR)
    await members.change_profile(it.app, key, Profile(country="PT"), it.clock(), only=["country"])
    await tell(it, job(2, it, facts_json=portugal), job(3, it, facts_json=say(place=only("US"))))
    assert [n for n, _ in await waiting(it, mine)] == [2]


async def test_a_member_hears_an_opening_once_by_what_tells_it_soonest(it: Town) -> None:
    """A weekly subscription doesn't take from one that tells at once."""
    weekly = await subscribed(it, "", member_id=ANA, rhythm="weekly")
    at_once = await subscribed(it, "engineer", member_id=ANA)
    await tell(it, job(1, it), job(2, it, title="Designer"))
    assert [await waiting(it, one) for one in (weekly, at_once)] == [[(2, "rhythm")], [(1, "rhythm")]]


async def test_the_index_follows_every_change(it: Town) -> None:
    """Edited, paused, stopped, made and erased subscriptions: it answers as a new one would."""
    ids = [await subscribed(it, "engineer", channel_id=10 + number) for number in range(5)]

    async def listening() -> list[int]:
        async with it.app.store.read() as tx:
            return sorted((await audience_of(it.app, tx)).passing(opening(1).document(it.clock())))

    assert await listening() == ids
    await set_up(it, ids[0], filter="designer")
    await set_up(it, ids[1], state="paused")
    await set_up(it, ids[2], state="stopped")
    assert await listening() == ids[3:]
    async with it.app.store.begin() as tx:
        await tx.execute(subscription.delete().where(subscription.c.id == ids[3]))
    new = await subscribed(it, "engineer", channel_id=20)
    assert await listening() == [ids[4], new]
    it.clock.move(HOUR)
    await set_up(it, ids[1], state="active")
    assert await listening() == sorted([ids[1], ids[4], new])


async def test_a_filter_that_is_understood_no_more_stops_nobody_else(it: Town) -> None:
    """It hears nothing; the others hear as ever."""
    await subscribed(it, "pay>=abc")
    await subscribed(it, "engineer", channel_id=OTHER_CHANNEL)
    await tell(it, job(1, it))
    await beat(it)
    assert [len(cards(it)), len(cards(it, OTHER_CHANNEL))] == [0, 1]


async def test_what_came_during_a_pause_is_offered_and_brought(it: Town) -> None:
    """Counted as the filter would have heard it; brought it stands in the next digest, once."""
    one = await subscribed(it, "engineer")
    await set_up(it, one, state="paused")
    paused_at = it.clock()
    it.clock.move(HOUR)
    closed = job(3, it, closed_at=it.clock(), closed_why="gone")
    await tell(it, job(1, it), job(2, it, title="Designer"), closed, job(4, it, silent="old"))
    await set_up(it, one, state="active")
    async with it.app.store.read() as tx:
        kept = await store.subscriptions.one(tx, one)
    assert kept is not None
    assert len(await missed(it.app, kept, paused_at, it.clock())) == 1
    assert await bring(it.app, MO, one, paused_at, it.clock()) == 1
    assert await bring(it.app, MO, one, paused_at, it.clock()) == 0
    await beat(it, DAY)
    assert numbers(digests_in(it)[0]) == [1]
