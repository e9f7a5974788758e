"""Behind *More*, and /jobs check: what one member sees of one opening and does with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.deliveries import store as outbox
from bot.deliveries.flow import send_due
from bot.jobs import identity
from bot.jobs import store as jobs
from bot.jobs.check import facts_of_text
from bot.jobs.facts import Facts, encode
from bot.jobs.facts.place import read_claim
from bot.jobs.flow import check, finding, more
from bot.jobs.flow.check import ELSEWHERE, Known, Pasted, UnknownLink
from bot.jobs.openings import Opening
from bot.jobs.routes import card
from bot.jobs.subscriptions import Subscription
from bot.people.flow import members
from bot.people.members import Key, Profile
from bot.ports import WorkerTrouble
from bot.storage import Store, insert_new
from bot.storage.tables import added_feed, hidden
from tests.asked import refused
from tests.jobs.parts import ANA, CHANNEL, GUILD, OTHER_CHANNEL, Town, take_back, town
from tests.jobs.values import NOW, entry, feed, opening

pytestmark = pytest.mark.store

ME = Key(GUILD, ANA.id)
US = encode(Facts(place=read_claim("US only")))


class Reader:
    """bot.ports.Workers: reads facts here and now; `breaks` as a worker that dies of the text."""

    def __init__(self, *, breaks: bool = False) -> None:
        self.breaks = breaks

    async def call(self, function: str, *arguments: Any, timeout_s: float = 5.0) -> Any:
        assert function == "bot.jobs.check:facts_of_text"
        if self.breaks:
            raise WorkerTrouble("timeout", "5 s")
        return facts_of_text(*arguments)


async def known(store: Store, **given: Any) -> Town:
    """A server that knows opening 1, under its link; ana lives in Portugal."""
    made = await town(store)
    one = opening(1, **{"facts_json": US, **given})
    link = identity.aliases_of(entry(1, url=one.url), feed())[1]
    seen = identity.Sighting(entry(1), 1, (link,))
    async with store.begin() as tx:
        await jobs.openings.remember(tx, [one], [seen], NOW)
    await members.met(made.app, ANA, NOW)
    await members.change_profile(made.app, ME, Profile(country="PT"), NOW)
    return replace(made, app=replace(made.app, workers=Reader()))


# -- More ----------------------------------------------------------------------------------------


async def test_what_one_person_sees(store: Store) -> None:
    """Its facts, whether they may apply, and what their moderators took back."""
    it = await known(store)
    seen = await finding.seen(it.app, ME, 1, NOW)
    assert (seen.eligible.verdict, seen.me.countries, seen.withheld) == ("no", ("PT",), frozenset())
    await take_back(it, "place")
    seen = await finding.seen(it.app, ME, 1, NOW)
    assert (seen.eligible.verdict, seen.withheld) == ("unclear", frozenset(("place",)))


async def test_what_nobody_here_knows(store: Store) -> None:
    """An opening that is forgotten, and one of a feed that another server added."""
    it = await known(store, feed_id="added")
    assert await refused(finding.seen(it.app, ME, 2, NOW)) == "opening_forgotten"
    added = {
        "id": "added",
        "url": "https://x.example/feed",
        "name": "X",
        "parser": "generic",
        "added_at": NOW,
    }
    async with store.begin() as tx:
        await insert_new(tx, added_feed, [added], returning=added_feed.c.id)
    assert await refused(finding.seen(it.app, ME, 1, NOW)) == "opening_forgotten"
    assert await refused(more.hide(it.app, ME, 1, NOW)) == "opening_forgotten"


async def test_hide_and_undo(store: Store) -> None:
    """An opening, or all of its company; pressed twice it is hidden once, and one undo shows it again."""
    it = await known(store, company="Acme GmbH")

    async def marks() -> set[str]:
        async with store.read() as tx:
            found = await jobs.hearing.hidden_from(tx, [(GUILD, ANA.id)], {"1", "acme"})
        return {mark for _, _, mark in found}

    for _ in range(2):
        await more.hide(it.app, ME, 1, NOW)
        await more.hide_company(it.app, ME, 1, NOW)
    assert await marks() == {"1", "acme"}
    await more.unhide(it.app, ME, 1, "company")
    assert await marks() == {"1"}
    await more.unhide(it.app, ME, 1, "opening")
    assert await marks() == set()


async def test_a_company_without_a_name(store: Store) -> None:
    """There is nothing to hide it by."""
    it = await known(store, company="")
    assert await refused(more.hide_company(it.app, ME, 1, NOW)) == "company_without_name"


async def test_there_is_a_limit(store: Store) -> None:
    """Nobody fills the database."""
    it = await known(store)
    mine = {"guild_id": GUILD, "user_id": ANA.id, "kind": "opening", "name": "X", "at": NOW}
    async with store.begin() as tx:
        rows = [{**mine, "mark": f"9{number}"} for number in range(more.MOST_HIDDEN)]
        await insert_new(tx, hidden, rows, returning=hidden.c.mark)
    assert await refused(more.hide(it.app, ME, 1, NOW)) == "too_many_hidden"


# -- check ---------------------------------------------------------------------------------------


async def promised(it: Town, one: Opening, channel: int) -> None:
    """A card of it is to be said in this channel."""
    by, now = Subscription(1, GUILD, channel, None, "", "active", None, NOW), it.clock()
    async with it.app.store.begin() as tx:
        await outbox.plan(tx, [card(one, by, now)], now)


@pytest.mark.parametrize(
    "text", ["https://board.example/jobs/1", "look: <https://board.example/jobs/1?utm_source=x>"]
)
async def test_a_link_that_we_know(store: Store, text: str) -> None:
    """With tracking or in a sentence it is the same opening."""
    it = await known(store)
    found = await check.check(it.app, ME, text, NOW)
    assert isinstance(found, Known) and found.seen.opening.id == 1 and found.seen.eligible.verdict == "no"


async def test_where_it_was_posted(store: Store) -> None:
    """Channels that the person can't see are not named; what is only promised isn't posted."""
    it = await known(store)
    one = opening(1, facts_json=US)
    await promised(it, one, CHANNEL)
    assert (await check.check_opening(it.app, ME, 1, NOW, {CHANNEL})).posted == ()
    await promised(it, one, OTHER_CHANNEL)
    assert (await send_due(it.app, it.sender)).sent == 2
    assert (await check.check_opening(it.app, ME, 1, NOW, {CHANNEL})).posted == (CHANNEL,)
    assert (await check.check_opening(it.app, Key(2, ANA.id), 1, NOW, {CHANNEL})).posted == ()


async def test_a_link_that_nobody_has_shown_us(store: Store) -> None:
    """Nothing is fetched."""
    it = await known(store)
    found = await check.check(it.app, ME, "https://elsewhere.example/1", NOW)
    assert found == UnknownLink("https://elsewhere.example/1")


async def test_a_pasted_posting(store: Store) -> None:
    """Its facts are read in a worker; links in it that nobody knows don't matter."""
    it = await known(store)
    found = await check.check(
        it.app, ME, "Engineer\nRemote, US only. Apply: https://elsewhere.example/1", NOW
    )
    assert isinstance(found, Pasted) and found.eligible.verdict == "no" and found.me.countries == ("PT",)


async def test_what_cannot_be_checked(store: Store) -> None:
    """Nothing, too much, and what kills its reader: each has an answer."""
    it = await known(store)
    assert await refused(check.check(it.app, ME, " \n ", NOW)) == "check_empty"
    assert await refused(check.check(it.app, ME, "a " * 2_001, NOW)) == "check_too_long"
    broken = replace(it.app, workers=Reader(breaks=True))
    assert await refused(check.check(broken, ME, "Engineer, remote", NOW)) == "check_unreadable"


async def test_whose_profile_counts_without_a_server(store: Store) -> None:
    """The first where they told where they may work; nobody's for a stranger."""
    it = await known(store)
    assert await check.whose(it.app, ANA.id) == ME
    assert await check.whose(it.app, 999) == Key(ELSEWHERE, 999)
    found = await check.check(it.app, Key(ELSEWHERE, 999), "https://board.example/jobs/1", NOW)
    assert isinstance(found, Known) and found.seen.eligible.verdict == "unclear"
