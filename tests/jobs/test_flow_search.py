"""Searching what there is: the filter language, newest first, five a page, as this person may see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.jobs import store as jobs
from bot.jobs.facts import Facts, Stated, encode
from bot.jobs.facts.place import read_claim
from bot.jobs.facts.values import Evidence
from bot.jobs.flow import more
from bot.jobs.flow.search import Found, retype, search, turn, typed
from bot.jobs.openings import Opening
from bot.jobs.query import FilterError
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Key, Profile
from bot.ports import FeedSpec
from bot.refusals import Refusal
from bot.storage import Store, insert_new
from bot.storage.tables import added_feed, feed_listener, unwanted
from tests.jobs.parts import ANA, GUILD, Town, take_back, town
from tests.jobs.values import NOW, feed, opening

pytestmark = pytest.mark.store

ME = Key(GUILD, ANA.id)
BOB = Person(id=102, guild_id=2, manages=False)
SENIOR = (Stated("senior", Evidence("title", 0, 6, "rule", "Senior")),)


def facts(place: str = "Anywhere", **given: Any) -> str:
    return encode(Facts(place=read_claim(place), **given))


async def known(store: Store, *openings: Opening, spec: FeedSpec | None = None) -> Town:
    """A server whose database has these openings."""
    made = await town(store, *([spec] if spec else []))
    async with store.begin() as tx:
        await jobs.openings.remember(tx, openings, [], NOW)
    return made


def some(*titles: str, **given: Any) -> list[Opening]:
    """Openings numbered from 1, the newest first."""
    return [opening(number, title=title, **given) for number, title in enumerate(titles, start=1)]


def ids(found: Found) -> list[int]:
    return [one.opening_id for one in found.lines]


async def reason(store: Town, text: str = "", **given: Any) -> str:
    with pytest.raises(Refusal) as refused:
        await search(store.app, ANA, text, NOW, **given)
    return refused.value.reason


async def test_newest_first_five_a_page(store: Store) -> None:
    """A page says how many there are in all, and stays the same search when it is turned."""
    it = await known(store, *some(*(f"Python Engineer {n}" for n in range(1, 13)), "Cook"))
    first = await search(it.app, ANA, "python", NOW)
    assert (ids(first), first.total, first.of, first.page) == ([1, 2, 3, 4, 5], 12, 13, 0)
    assert first.words == "python" and not first.mine
    last = await turn(it.app, ANA, first.draft, 2, NOW)
    assert (ids(last), last.page) == ([11, 12], 2)
    assert (await turn(it.app, ANA, first.draft, 99, NOW)).page == 2


async def test_empty_is_everything(store: Store) -> None:
    """Without words every opening is found."""
    it = await known(store, *some("Python Engineer", "Cook"))
    assert (await search(it.app, ANA, "", NOW)).total == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("level:senior", [1]),
        ("open-to:PT", [1, 2]),
        ("open-to:PT -level:senior", []),
        ("unknown:level", [2, 3]),
        ("rust", [3]),
        ("rust OR level:senior", [1, 3]),
        ("age<3h", [1, 2]),
    ],
)
async def test_the_whole_language(store: Store, query: str, found: list[int]) -> None:
    """Facts, words in the text, both, and age as it is now."""
    one, two, three = some("Engineer", "Engineer", "Engineer")
    one = replace(one, facts_json=facts(level=SENIOR))
    two, three = (
        replace(two, facts_json=facts("Portugal")),
        replace(three, text="We write Rust", facts_json=facts("US")),
    )
    it = await known(store, one, two, three)
    assert ids(await search(it.app, ANA, query, NOW)) == found


@pytest.mark.parametrize(
    ("given", "spec"),
    [
        ({"storm_id": 7}, feed()),
        ({"closed_at": NOW}, feed()),
        ({"folded_into": 9}, feed()),
        ({"silent": "on_site"}, feed()),
        ({"silent": "no_job"}, feed()),
        ({"published_at": NOW - timedelta(hours=5)}, feed(delay_h=6)),
        ({"published_at": NOW - timedelta(days=91)}, feed()),
    ],
)
async def test_what_is_not_shown(store: Store, given: dict[str, Any], spec: FeedSpec) -> None:
    """Held, closed, told in another's message, at a desk, no job, too early for its board, too old."""
    it = await known(store, *some("Engineer", **given), spec=spec)
    found = await search(it.app, ANA, "", NOW)
    assert (ids(found), found.total) == ([], 0)


async def test_what_was_old_at_first_is_found(store: Store) -> None:
    """Not announced is not unwanted."""
    it = await known(store, *some("Engineer", silent="first_reading"))
    assert ids(await search(it.app, ANA, "engineer", NOW)) == [1]


async def test_what_this_server_does_not_want(store: Store) -> None:
    """Unwanted companies, taken-down openings, and what this member has hidden; others see them."""
    it = await known(store, *some("A", company="Acme Ltd"), *[opening(n, title=f"T{n}") for n in (2, 3, 4)])
    async with store.begin() as tx:
        row = {"guild_id": GUILD, "mark": "acme", "name": "Acme", "added_by": 1, "added_at": NOW}
        await insert_new(tx, unwanted, [row], returning=unwanted.c.mark)
    await take_back(it, "scam", 2)
    await more.hide(it.app, ME, 3, NOW)
    assert ids(await search(it.app, ANA, "", NOW)) == [4]
    assert ids(await search(it.app, BOB, "", NOW)) == [1, 2, 3, 4]


async def test_a_fact_taken_back_is_unknown(store: Store) -> None:
    """Only in the server whose moderators took it back."""
    it = await known(store, *some("Engineer", facts_json=facts("Portugal")))
    await take_back(it, "place")
    assert ids(await search(it.app, ANA, "open-to:PT", NOW)) == []
    assert ids(await search(it.app, ANA, "unknown:place", NOW)) == [1]
    assert ids(await search(it.app, BOB, "open-to:PT", NOW)) == [1]


async def test_feeds_of_other_servers(store: Store) -> None:
    """What stands in a feed that another server added, this one doesn't learn."""
    it = await known(store, *some("Engineer", feed_id="added"))
    added = {
        "id": "added",
        "url": "https://x.example/feed",
        "name": "X",
        "parser": "generic",
        "added_at": NOW,
    }
    heard = {"guild_id": BOB.guild_id, "feed_id": "added", "added_by": 1, "added_at": NOW}
    async with store.begin() as tx:
        await insert_new(tx, added_feed, [added], returning=added_feed.c.id)
        await insert_new(tx, feed_listener, [heard], returning=feed_listener.c.feed_id)
    assert ids(await search(it.app, ANA, "", NOW)) == []
    assert ids(await search(it.app, BOB, "", NOW)) == [1]


async def test_with_my_profile(store: Store) -> None:
    """It adds what the profile says; one that names no country is asked for it."""
    here, there = facts("Portugal"), facts("US")
    it = await known(store, *some("Python", facts_json=here), *[opening(2, title="Python", facts_json=there)])
    assert await reason(it, "python", mine=True) == "profile_no_country"
    await members.met(it.app, ANA, NOW)
    await members.change_profile(it.app, ME, Profile(country="PT"), NOW)
    found = await search(it.app, ANA, "python", NOW, mine=True)
    assert ids(found) == [1] and found.mine and found.countries == ("PT",)
    asked = await typed(it.app, ANA, found.draft)
    assert (asked.filter, asked.follows) == ("python", "profile")


async def test_a_mistake_is_kept_and_mended(store: Store) -> None:
    """The refusal carries the draft whose text can be mended; what was typed is never lost."""
    it = await known(store, *some("Python Engineer"))
    with pytest.raises(Refusal) as refused:
        await search(it.app, ANA, "python AND", NOW)
    draft = refused.value.facts["draft_id"]
    assert isinstance(draft, int) and isinstance(refused.value.facts["error"], FilterError)
    assert (await typed(it.app, ANA, draft)).filter == "python AND"
    assert ids(await retype(it.app, ANA, draft, "python", NOW)) == [1]


@pytest.mark.parametrize("text", ["x" * 4_000, "(" * 300, "pay>=abc", '"', ")" * 4_000])
async def test_what_no_filter_is(store: Store, text: str) -> None:
    """A clear answer, whatever was typed."""
    it = await known(store, *some("Engineer"))
    assert await reason(it, text) == "filter_wrong"


async def test_nothing_found_says_what_would(store: Store) -> None:
    """Parts that bring nothing either are not named."""
    it = await known(store, *some("Python Engineer", "Rust Engineer"))
    found = await search(it.app, ANA, "python rust cobol", NOW)
    assert found.near == () and found.total == 0
    assert dict((await search(it.app, ANA, "python rust", NOW)).near) == {
        "without python": 1,
        "without rust": 1,
    }


async def test_another_persons_search(store: Store) -> None:
    """A page that somebody else made, or that is a day old, is no key."""
    it = await known(store, *some("Engineer"))
    found = await search(it.app, ANA, "", NOW)
    for who in (BOB, replace(ANA, id=103)):
        with pytest.raises(Refusal):
            await turn(it.app, who, found.draft, 0, NOW)
    with pytest.raises(Refusal) as refused:
        await turn(it.app, ANA, 999, 0, NOW)
    assert refused.value.reason == "search_forgotten"
