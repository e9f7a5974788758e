"""Who is told of an opening, when, and who isn't; on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.moderation import flow as moderation
from bot.storage import insert_new
from bot.storage.tables import added_feed, feed_listener, hidden, unwanted
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
    subscribed,
    tell,
    waiting,
)
from tests.jobs.parts import GUILD, OTHER_CHANNEL, Town, take_back
from tests.jobs.values import feed

pytestmark = pytest.mark.store


async def keep(it: Town, table: object, id_column: object, **row: object) -> None:
    async with it.app.store.begin() as tx:
        await insert_new(tx, table, [row], returning=id_column)


# -- channels ------------------------------------------------------------------------------------


async def test_a_channel_hears_an_opening_once_by_its_first_subscription_that_passes(it: Town) -> None:
    """Two subscriptions of one channel are one card; another channel has its own."""
    await subscribed(it, "designer")
    second = await subscribed(it, "engineer")
    await subscribed(it, "")
    other = await subscribed(it, "engineer", channel_id=OTHER_CHANNEL)
    assert await tell(it, job(1, it)) == 2
    await beat(it)
    assert [one.subscription_id for one in cards(it)] == [second]
    assert [one.subscription_id for one in cards(it, OTHER_CHANNEL)] == [other]


async def test_telling_twice_is_telling_once(it: Town) -> None:
    """The same openings again, as after a crash: nothing more is promised."""
    await subscribed(it, "")
    await subscribed(it, "", channel_id=OTHER_CHANNEL, rhythm="daily")
    assert await tell(it, job(1, it)) == 2
    assert await tell(it, job(1, it)) == 0


async def test_a_board_that_wants_filters_is_not_heard_without_one(it: Town) -> None:
    """require_filter keeps a board of hundreds an hour out of a channel that hears everything."""
    await subscribed(it, " ")
    chosen = await subscribed(it, "engineer", channel_id=OTHER_CHANNEL)
    await tell(it, job(1, it), of=feed(require_filter=True))
    await beat(it)
    assert [cards(it), [one.subscription_id for one in cards(it, OTHER_CHANNEL)]] == [[], [chosen]]


async def test_a_boards_delay_is_kept_by_cards_and_digests(it: Town) -> None:
    """Nothing is shown before the board's own readers had it for so long."""
    slow = feed(delay_h=30)
    await subscribed(it, "")
    await subscribed(it, "", channel_id=OTHER_CHANNEL, rhythm="daily")
    await tell(it, job(1, it), of=slow)
    await beat(it, DAY)
    assert [cards(it), digests_in(it, OTHER_CHANNEL)] == [[], []]
    await beat(it, timedelta(hours=7))
    assert [numbers(cards(it)), digests_in(it, OTHER_CHANNEL)] == [[1], []]
    await beat(it, DAY)
    assert numbers(digests_in(it, OTHER_CHANNEL)[0]) == [1]


async def test_over_the_cap_nothing_is_lost(it: Town) -> None:
    """Calm: three cards a day, the others in one digest the next morning, the best first."""
    one = await subscribed(it, "", preset="calm")
    paid = say(place=only("PT"))
    told = [job(number, it, facts_json=paid if number == 5 else "") for number in range(1, 7)]
    await tell(it, *told)
    await beat(it)
    assert numbers(cards(it)) == [1, 2, 3]
    assert await waiting(it, one) == [(4, "cap"), (5, "cap"), (6, "cap")]
    await beat(it, DAY)
    (digest,) = digests_in(it)
    assert (numbers(digest), digest.capped, digest.more) == ([5, 6, 4], True, 0)
    assert await waiting(it, one) == []


async def test_a_cap_begins_anew_with_the_day_of_its_own_zone(it: Town) -> None:
    """Normal: ten a day; the day ends at midnight in Auckland, which is noon in UTC."""
    it.clock.now = datetime(2026, 9, 7, 11, 0, tzinfo=it.clock.now.tzinfo)
    one = await subscribed(it, "", preset="normal", zone="Pacific/Auckland")
    await tell(it, *(job(number, it) for number in range(1, 13)))
    assert len(await waiting(it, one)) == 2
    it.clock.move(timedelta(minutes=59))
    await tell(it, job(13, it))
    assert len(await waiting(it, one)) == 3
    it.clock.move(timedelta(minutes=2))
    await tell(it, job(14, it))
    await beat(it)
    assert numbers(cards(it)) == [*range(1, 11), 14]


async def test_all_has_no_cap(it: Town) -> None:
    """Who wants every opening gets every one."""
    await subscribed(it, "", preset="all")
    assert await tell(it, *(job(number, it) for number in range(1, 31))) == 30
    await beat(it)
    assert len(cards(it)) == 30


async def test_one_company_has_its_share_of_a_servers_day(it: Town) -> None:
    """Three openings of one company are cards, however it is spelt; the fourth waits, and in every channel."""
    shared = feed(max_per_company_per_day=3)
    await subscribed(it, "", preset="all")
    other = await subscribed(it, "", preset="all", channel_id=OTHER_CHANNEL)
    await tell(it, *(job(number, it, company="ACME GmbH") for number in (1, 2, 3)), of=shared)
    it.clock.move(HOUR)
    await tell(it, job(4, it, company="Acme"), job(5, it, company=""), job(6, it), of=shared)
    await beat(it)
    assert numbers(cards(it)) == numbers(cards(it, OTHER_CHANNEL)) == [1, 2, 3, 5, 6]
    assert await waiting(it, other) == [(4, "company")]


async def test_what_a_reading_has_too_many_of_waits(it: Town) -> None:
    """The rest of a long reading goes to the digest, whatever the preset."""
    one = await subscribed(it, "", preset="all")
    await tell(it, job(1, it), over=True)
    assert await waiting(it, one) == [(1, "cap")]


async def test_a_role_is_mentioned_for_what_it_is_for_and_no_more_often_than_it_may(it: Town) -> None:
    """role_filter chooses, role_cap limits; the next day it may again."""
    await subscribed(it, "", preset="all", role_id=77, role_filter="senior", role_cap=2)
    await tell(it, *(job(n, it, title=f"Senior {n}" if n != 2 else "Junior") for n in (1, 2, 3)))
    it.clock.move(HOUR)
    await tell(it, job(4, it, title="Senior 4"))
    it.clock.move(DAY)
    await tell(it, job(5, it, title="Senior 5"))
    await beat(it)
    assert [one.role_id for one in cards(it)] == [77, None, 77, None, 77]


async def test_a_card_goes_out_as_its_subscription_says(it: Town) -> None:
    """Silent, published, with its forum's tag: the value holds it all."""
    await subscribed(it, "", target="forum", silent=False, publish=True, fallback_tag="Jobs")
    await tell(it, job(1, it))
    await beat(it)
    (card,) = cards(it)
    assert (card.target, card.silent, card.publish, card.fallback_tag) == ("forum", False, True, "Jobs")


# -- what counts beside filters ------------------------------------------------------------------


async def test_a_server_hears_nothing_of_a_company_it_does_not_want(it: Town) -> None:
    """The other server still does; the name's spelling doesn't matter."""
    await subscribed(it, "")
    await subscribed(it, "", guild_id=2, channel_id=OTHER_CHANNEL)
    await keep(
        it,
        unwanted,
        unwanted.c.mark,
        guild_id=GUILD,
        mark="acme",
        name="ACME",
        added_by=1,
        added_at=it.clock(),
    )
    await tell(it, job(1, it, company="Acme, Inc."))
    await beat(it)
    assert [cards(it), numbers(cards(it, OTHER_CHANNEL))] == [[], [1]]


async def test_what_was_taken_down_is_told_no_more_and_facts_taken_back_are_not_shown(it: Town) -> None:
    """A scam leaves the digest that it waited for; a wrong place is not stated in it."""
    await subscribed(it, "", rhythm="daily")
    await tell(it, job(1, it), job(2, it, facts_json=say(place=only("US"))))
    await take_back(it, "scam", 1)
    await take_back(it, "place", 2)
    await beat(it, DAY)
    (digest,) = digests_in(it)
    assert numbers(digest) == [2]
    assert (digest.lines[0].facts.place.scope, digest.lines[0].place_claim) == ("unknown", "")


async def test_a_feed_that_moderators_added_is_heard_by_their_server_alone(it: Town) -> None:
    """Others don't hear it, nor does a server that paused it."""
    now = it.clock()
    await keep(
        it,
        added_feed,
        added_feed.c.id,
        id="own",
        url="https://own.example/feed",
        name="Own",
        parser="generic",
        added_at=now,
    )
    await keep(
        it,
        feed_listener,
        feed_listener.c.feed_id,
        guild_id=2,
        feed_id="own",
        paused=False,
        added_by=1,
        added_at=now,
    )
    await keep(
        it,
        feed_listener,
        feed_listener.c.feed_id,
        guild_id=3,
        feed_id="own",
        paused=True,
        added_by=1,
        added_at=now,
    )
    for guild_id, channel in ((GUILD, 10), (2, 20), (3, 30)):
        await subscribed(it, "", guild_id=guild_id, channel_id=channel)
    await tell(it, job(1, it, feed_id="own"), of=feed(id="own"))
    await beat(it)
    assert [len(cards(it, channel)) for channel in (10, 20, 30)] == [0, 1, 0]


async def test_a_server_that_we_left_hears_nothing(it: Town) -> None:
    """Nothing is promised where nobody can be reached."""
    await subscribed(it, "")
    await moderation.server_left(it.app, GUILD, it.clock())
    assert await tell(it, job(1, it)) == 0


async def test_what_a_server_let_through_is_told_there_alone(it: Town) -> None:
    """guild_id: a storm that one server's moderators approved."""
    await subscribed(it, "")
    await subscribed(it, "", guild_id=2, channel_id=OTHER_CHANNEL)
    assert await tell(it, job(1, it), guild_id=2) == 1
    await beat(it)
    assert [len(cards(it)), len(cards(it, OTHER_CHANNEL))] == [0, 1]


async def test_a_member_does_not_hear_what_they_hid(it: Town) -> None:
    """An opening or a whole company; other members still do."""
    mine = await subscribed(it, "", member_id=ANA)
    theirs = await subscribed(it, "", member_id=BOB)
    for kind, mark in (("opening", "1"), ("company", "company 2")):
        await keep(
            it,
            hidden,
            hidden.c.mark,
            guild_id=GUILD,
            user_id=ANA,
            kind=kind,
            mark=mark,
            name="x",
            at=it.clock(),
        )
    await tell(it, job(1, it), job(2, it), job(3, it))
    assert [[n for n, _ in await waiting(it, one)] for one in (mine, theirs)] == [[3], [1, 2, 3]]


# -- one opening in many places ------------------------------------------------------------------


async def test_who_was_told_one_of_a_family_is_not_told_another(it: Town) -> None:
    """Where the first one stands its variants are folded; who didn't hear it hears a variant, once."""
    await subscribed(it, "engineer")
    await subscribed(it, "company:poland", channel_id=OTHER_CHANNEL)
    await tell(
        it,
        job(1, it, company="Acme"),
        job(2, it, company="Acme Poland", folded_into=1),
        job(3, it, company="Other Poland", folded_into=1),
    )
    await beat(it)
    assert [numbers(cards(it)), numbers(cards(it, OTHER_CHANNEL))] == [[1], [2]]
    it.clock.move(DAY)
    await tell(it, job(4, it, company="New Poland", folded_into=1))
    await beat(it)
    assert [numbers(cards(it)), numbers(cards(it, OTHER_CHANNEL))] == [[1], [2]]


async def test_a_variant_is_folded_into_what_waits_or_stood_in_a_digest_too(it: Town) -> None:
    """Daily channels and members were told the first one in their own way."""
    await known(it)
    channel = await subscribed(it, "", rhythm="daily")
    member = await subscribed(it, "", member_id=ANA)
    await tell(it, job(1, it))
    await tell(it, job(2, it, folded_into=1))
    assert [await waiting(it, one) for one in (channel, member)] == [[(1, "rhythm")]] * 2
    await beat(it, DAY)
    await beat(it)
    assert numbers(digests_in(it)[0]) == [1]
    await tell(it, job(3, it, folded_into=1))
    assert [await waiting(it, one) for one in (channel, member)] == [[], []]
