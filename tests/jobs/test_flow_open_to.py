"""Openings for somebody new: proven to be open to them, and none that may not be shown to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.jobs import store as jobs
from bot.jobs.facts import Facts, Place, encode
from bot.jobs.facts.place import read_claim
from bot.jobs.flow import more
from bot.jobs.flow.open_to import open_to
from bot.people.members import Key
from bot.ports import FeedSpec
from bot.storage import Store, insert_new
from bot.storage.tables import unwanted
from tests.jobs.parts import ANA, GUILD, Town, town
from tests.jobs.values import NOW, feed, opening

pytestmark = pytest.mark.store

ME = Key(GUILD, ANA.id)


def facts(place: str, board_says: str = "") -> dict[str, Any]:
    """An opening whose posting says this of its place."""
    said: Place = replace(read_claim(place), board_says=board_says)
    return {"facts_json": encode(Facts(place=said))}


async def known(store: Store, *openings: dict[str, Any], spec: FeedSpec | None = None) -> Town:
    """A server whose database has these openings, numbered from 1, the newest first."""
    made = await town(store, *([spec] if spec else []))
    usual = [{"company": f"Company {n}", **facts("Anywhere"), **given} for n, given in enumerate(openings, 1)]
    rows = [opening(n, **given) for n, given in enumerate(usual, 1)]
    async with store.begin() as tx:
        await jobs.openings.remember(tx, rows, [], NOW)
    return made


async def shown(it: Town, *countries: str, words: tuple[str, ...] = ()) -> list[int]:
    return [one.id for one in (await open_to(it.app, ME, countries, words, NOW)).openings]


async def test_what_is_proven(store: Store) -> None:
    """Those that name my country, a group of it, or no limit; the newest three; silence is counted, not guessed."""
    it = await known(
        store, *(facts(place) for place in ("Portugal", "USA", "", "Europe", "Anywhere", "Remote"))
    )
    found = await open_to(it.app, ME, ["PT"], (), NOW)
    assert [one.id for one in found.openings] == [1, 4, 5] and (found.of, found.silent) == (6, 2)
    assert await shown(it, "PT", "US") == [1, 2, 4]
    assert await shown(it) == []
    assert await shown(it, "JP") == [5]


async def test_a_board_that_says_anywhere(store: Store) -> None:
    """The posting's own words count, not the board's."""
    it = await known(store, {"place_claim": "Anywhere", **facts("USA", board_says="Anywhere")})
    assert await shown(it, "PT") == [] and await shown(it, "US") == [1]


async def test_what_somebody_can_do_comes_first(store: Store) -> None:
    """Openings that name their skills stand before newer ones; whole words count."""
    titles = ("Cook", "Java Engineer", "Python Engineer", "Pythonist")
    it = await known(store, *({"title": title} for title in titles))
    assert await shown(it, "PT", words=("Python", "SQL")) == [3, 1, 2]


async def test_one_a_company(store: Store) -> None:
    """Three openings are of three companies; without a name each is its own."""
    it = await known(store, *({"company": name} for name in ("Acme", "ACME", "", "", "Bolt")))
    assert await shown(it, "PT") == [1, 3, 4]


@pytest.mark.parametrize(
    ("given", "spec"),
    [
        ({"storm_id": 7}, feed()),
        ({"expires_at": NOW - timedelta(minutes=1)}, feed()),
        ({"published_at": NOW - timedelta(hours=5)}, feed(delay_h=6)),
        ({"published_at": NOW - timedelta(days=8)}, feed()),
        ({"title": "Baker", "place_claim": "Portugal"}, feed(remote_only="filter")),
        ({"folded_into": 99}, feed()),
        ({"silent": "on_site"}, feed()),
        ({"closed_at": NOW}, feed()),
    ],
)
async def test_what_may_not_be_shown(store: Store, given: dict[str, Any], spec: FeedSpec) -> None:
    """Held for a moderator, over, too early for its board, too old, at a desk, told in another's message, closed."""
    it = await known(store, given, spec=spec)
    assert await shown(it, "PT") == []


async def test_what_nobody_here_wants(store: Store) -> None:
    """A company that the server doesn't want, and an opening that this member has hidden."""
    it = await known(store, {"company": "Acme Ltd"}, {}, {})
    row = {"guild_id": GUILD, "mark": "acme", "name": "Acme", "added_by": 1, "added_at": NOW}
    async with store.begin() as tx:
        await insert_new(tx, unwanted, [row], returning=unwanted.c.mark)
    await more.hide(it.app, ME, 2, NOW)
    assert await shown(it, "PT") == [3]
    await more.unhide(it.app, ME, 2, "opening")
    assert await shown(it, "PT") == [2, 3]
