"""Storms, many feeds and long memory: what a reading does with much at once, on both databases."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.jobs.flow import feeds, retention
from bot.ports import Entry
from bot.storage import Store, Tx
from bot.storage.tables import opening
from tests.jobs.parts import MO, MODERATORS, Town, town
from tests.jobs.test_flow_life import DAY, HOUR, SAME, a, cards, variants
from tests.jobs.values import feed, told_by

pytestmark = pytest.mark.store


@pytest.fixture
async def it(store: Store) -> Town:
    """Two boards whose backlog was read before anybody listened; then a channel that hears everything."""
    made = await town(store, feed(), feed(id="other", name="Other"))
    for one in made.feeds.book:
        made.feeds.shows([a(90)], one.id)
    await made.beat()
    await made.subscribe(preset="all")
    return made


# -- storms --------------------------------------------------------------------------------------


def storm_of(*numbers: int, **given: Any) -> list[Entry]:
    return [a(n, facts=told_by(f"{n} {given}", f"v{n}"), **given) for n in numbers]


async def test_company_and_title_alone_avert_a_storm(store: Store) -> None:
    """Guids, links and places are all new: the same openings all the same; nothing is told or held, and later news
    is told as ever."""
    it = await town(store)
    it.feeds.shows(storm_of(*range(20), place_claim="Anywhere"))
    await it.beat()
    await it.subscribe()
    await it.choose_moderators_channel()
    moved = [
        replace(one, guid=f"new {one.guid}", url=f"{one.url}/new")
        for one in storm_of(*range(20), place_claim="The World")
    ]
    it.feeds.shows(moved, etag="w")
    await it.beat(HOUR)
    assert (cards(it), it.discord.said(MODERATORS)) == ([], [])
    it.feeds.shows([*moved, *storm_of(50)], etag="x")
    await it.beat(HOUR)
    assert it.titles() == ["Engineer 50"]


async def test_an_approved_storm_folds_its_variants(store: Store) -> None:
    """Twelve held openings, four of them one opening in four places: nine messages."""
    it = await town(store)
    it.feeds.shows([a(90)])
    await it.beat()
    await it.subscribe(preset="all")
    await it.choose_moderators_channel()
    it.feeds.shows([*storm_of(*range(8)), *variants("PT", "PL", "ES", "IT")])
    await it.beat(HOUR)
    (notice,) = it.discord.said(MODERATORS)
    await feeds.decide_storm(it.app, MO, json.loads(notice)["storm_id"], True, it.clock())
    await it.beat()
    (wide,) = [one for one in cards(it) if one["title"] == "Engineer"]
    assert (len(cards(it)), len(wide["places"])) == (9, 3)


# -- many feeds, long memory ---------------------------------------------------------------------


class Counting(Store):
    """A store that counts its units of work."""

    units = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        self.units += 1
        async with super().begin() as tx:
            yield tx


async def test_a_hundred_unchanged_feeds_are_one_unit_of_work(store_url: str) -> None:
    """An hourly beat in which nothing changed writes once, and every feed is due an hour later."""
    counting = await Counting.open(store_url)
    try:
        it = await town(counting, *(feed(id=f"f{n}", name=f"F{n}", list="full") for n in range(100)))
        for one in it.feeds.book:
            it.feeds.answers[one.id] = SAME
        before = counting.units
        await it.beat()
        quiet = counting.units
        await it.beat(timedelta(seconds=1))
        read_none = counting.units - quiet
        assert (quiet - before - read_none, len(it.feeds.asked)) == (1, 100)
    finally:
        await counting.close()


async def test_an_opening_stays_as_long_as_any_feed_shows_it(it: Town) -> None:
    """Half a year: what the second board has shown in a body that never changed is kept, what nobody shows is not."""
    it.feeds.shows([a(1), a(2)])
    it.feeds.shows([a(1)], "other")
    await it.beat(HOUR)
    it.feeds.shows([a(3)], etag="w")
    await it.beat(HOUR)
    await retention.forget(it.app, it.clock.move(190 * DAY))
    async with it.app.store.read() as tx:
        titles = set((await tx.execute(select(opening.c.title))).scalars())
    assert titles & {"Engineer 1", "Engineer 2", "Engineer 3"} == {"Engineer 1", "Engineer 3"}
