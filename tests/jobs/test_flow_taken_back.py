"""A fact that moderators took back counts nowhere in their server; on both databases."""

from __future__ import annotations

import pytest

from bot.jobs import store
from bot.jobs.facts import Evidence, Pay
from bot.jobs.flow import alert_page, meanwhile, subscriptions
from bot.jobs.flow.why import why_not
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Profile
from tests.jobs.listening import (
    ANA,
    BOB,
    DAY,
    HOUR,
    alerts_of,
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
from tests.jobs.parts import CHANNEL, GUILD, MO, OTHER_CHANNEL, Town, take_back

pytestmark = pytest.mark.store

ELSEWHERE, THEIR_CHANNEL = 2, 20
PAYS = "pay>=100k"
PAID = say(
    pay=Pay(120_000, 140_000, "USD", "year", "base", "$120k", (Evidence("text", 0, 5, "pay", "$120k"),)),
    place=only("PT", quote="Portugal only"),
)


async def kept(it: Town) -> None:
    """A paid opening and one that says nothing, told while nobody listened."""
    await tell(it, job(1, it, facts_json=PAID), job(2, it))


async def test_a_later_telling_hears_it_no_more(it: Town) -> None:
    """An opening told again, as when moderators let a held one through: by the filter of another server alone."""
    await kept(it)
    await take_back(it)
    here = await subscribed(it, PAYS)
    await subscribed(it, PAYS, guild_id=ELSEWHERE, channel_id=THEIR_CHANNEL)
    unstated = await subscribed(it, "unknown:pay", channel_id=OTHER_CHANNEL)
    async with it.app.store.read() as tx:
        (one,) = await store.openings.by_ids(tx, [1])
    await tell(it, one)
    await beat(it)
    assert [cards(it), numbers(cards(it, THEIR_CHANNEL))] == [[], [1]]
    assert [one.subscription_id for one in cards(it, OTHER_CHANNEL)] == [unstated]
    assert await waiting(it, here) == []


async def test_a_digest_leaves_out_what_passed_by_it(it: Town) -> None:
    """It waited when the fact was taken back; one whose fact stands is told, and all is by another filter."""
    paid = await subscribed(it, PAYS, rhythm="daily")
    await subscribed(it, "engineer", rhythm="daily", channel_id=OTHER_CHANNEL)
    await tell(it, job(1, it, facts_json=PAID), job(2, it, facts_json=PAID))
    await take_back(it)
    await beat(it, DAY)
    assert [numbers(one) for one in digests_in(it)] == [[2]]
    assert [numbers(one) for one in digests_in(it, OTHER_CHANNEL)] == [[2, 1]]
    assert await waiting(it, paid) == []


async def test_an_alert_leaves_out_what_passed_by_it(it: Town) -> None:
    """A member whose only reason it was gets no message; one with another alert that passes gets it."""
    for whom in (ANA, BOB):
        await known(it, whom, zone="UTC")
        await subscribed(it, PAYS, member_id=whom, rhythm="daily")
    await subscribed(it, "engineer", member_id=BOB, rhythm="daily")
    await tell(it, job(1, it, facts_json=PAID))
    await take_back(it)
    await beat(it, DAY)
    assert alerts_of(it, ANA) == []
    assert [numbers(one) for one in alerts_of(it, BOB)] == [[1]]


async def test_trying_a_filter_counts_what_its_server_left_standing(it: Town) -> None:
    """Both servers try the same week, prepared once; taken back or taken down is the one server's alone."""
    await tell(it, job(1, it, facts_json=PAID), job(2, it, facts_json=PAID), job(3, it, facts_json=PAID))
    await take_back(it)
    await take_back(it, "scam", opening_id=2)
    it.clock.move(HOUR)
    tried = []
    for guild_id in (GUILD, ELSEWHERE, GUILD):
        who = Person(MO.id, guild_id, manages=True)
        proposal = await subscriptions.propose(it.app, who, PAYS, CHANNEL, (), it.clock())
        tried.append(proposal.tried.passed)
    assert tried == [1, 3, 1]


async def test_what_came_meanwhile_is_counted_without_it(it: Town) -> None:
    """A paused subscription brings what it would have told now."""
    one = await subscribed(it, PAYS, state="paused", created_by=MO.id)
    await tell(it, job(1, it, facts_json=PAID), job(2, it, facts_json=PAID))
    await take_back(it)
    assert await meanwhile.bring(it.app, MO, one, it.clock() - DAY, it.clock() + HOUR) == 1
    assert [opening_id for opening_id, _ in await waiting(it, one)] == [2]


async def test_why_not_says_what_the_filter_says_now(it: Town) -> None:
    """The term that asks for the pay is unknown here, and true elsewhere."""
    await subscribed(it, PAYS)
    await kept(it)
    await take_back(it)
    found = await why_not(it.app, MO, 1, it.clock())
    passed = {stage.name: stage.passed for stage in found.readers[0].stages}
    assert (passed["filter"], passed["term"]) == (False, None)


async def test_a_dead_end_in_doubt_is_not_boasted_of(it: Town) -> None:
    """Dead ends are shown with the words that prove them: one whose facts were taken back is left out."""
    proof = say(place=only("US", board_says="Worldwide", quote="US only"))
    key = await known(it, ANA, zone="UTC")
    await members.change_profile(it.app, key, Profile(country="PT"), it.clock(), only=["country"])
    one = await subscribed(it, "engineer", member_id=ANA, rhythm="daily", created_by=ANA)
    await tell(it, job(1, it, facts_json=proof), job(2, it, facts_json=proof))
    await take_back(it, "place")
    spared = await alert_page.kept_from(it.app, Person(ANA, GUILD, manages=False), one, it.clock() + HOUR)
    assert spared.of == 1
    await beat(it, DAY)
    assert [one.spared_of for one in alerts_of(it)] == [1]
