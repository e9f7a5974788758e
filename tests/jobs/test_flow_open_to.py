"""Openings for somebody new: open to them by the boards' own words, and none that may not be shown yet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.jobs import store as jobs
from bot.jobs.flow.open_to import open_to
from bot.ports import FeedSpec
from bot.storage import Store
from tests.jobs.parts import Town, town
from tests.jobs.values import NOW, feed, opening

pytestmark = pytest.mark.store


async def known(store: Store, *openings: dict[str, Any], spec: FeedSpec | None = None) -> Town:
    """A server whose database has these openings, numbered from 1, the newest first."""
    made = await town(store, *([spec] if spec else []))
    rows = [opening(n, **{"company": f"Company {n}", **given}) for n, given in enumerate(openings, 1)]
    async with store.begin() as tx:
        await jobs.openings.remember(tx, rows, [], NOW)
    return made


async def shown(it: Town, *countries: str, words: tuple[str, ...] = ()) -> list[int]:
    return [one.id for one in (await open_to(it.app, countries, words, NOW)).openings]


async def test_by_the_boards_own_words(store: Store) -> None:
    """Those that name my country, a region of it, or no limit; the newest three; silence is counted, not guessed."""
    places = ("Portugal", "USA", "", "Europe", "Anywhere", "EMEA", "Remote")
    it = await known(store, *({"place_claim": place} for place in places))
    found = await open_to(it.app, ["PT"], (), NOW)
    assert [one.id for one in found.openings] == [1, 4, 5] and (found.of, found.silent) == (7, 2)
    assert await shown(it, "PT", "US") == [1, 2, 4]
    assert await shown(it) == [5]
    assert await shown(it, "JP") == [5]


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
    ],
)
async def test_what_may_not_be_shown(store: Store, given: dict[str, Any], spec: FeedSpec) -> None:
    """Held for a moderator, over, too early for its board, too old, at a desk."""
    it = await known(store, given, spec=spec)
    assert await shown(it, "PT") == []
