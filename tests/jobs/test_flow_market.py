"""Which openings the market counts for whom, on both databases."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from bot.jobs import store as kept
from bot.jobs.facts import NO_FACTS, Skill
from bot.jobs.facts.values import Evidence
from bot.jobs.flow import market as flow
from bot.jobs.openings import Opening
from bot.people.flow import members
from bot.people.members import Key, Profile
from bot.ports import Resource, WorkerTrouble
from bot.refusals import Refusal
from bot.storage import Store
from bot.storage.tables import added_feed, feed_listener, unwanted
from tests.jobs.listening import ANA, known, only, say
from tests.jobs.parts import GUILD, Town, take_back, town
from tests.jobs.values import feed, opening

pytestmark = pytest.mark.store
DAY = timedelta(days=1)
KEY = Key(GUILD, ANA)
PYTHON = (Skill("python", Evidence("text", 0, 6, "test", "Python")),)


@dataclass
class Draughtsman:
    """bot.ports.Workers that draws nothing, and keeps what it was asked for."""

    asked: list[tuple[object, ...]] = field(default_factory=list)
    fails: bool = False

    async def call(self, function: str, *arguments: object, timeout_s: float = 5.0) -> object:
        self.asked.append((function, *arguments))
        if self.fails:
            raise WorkerTrouble("memory", "too much")
        return b"PNG"


async def counted(it: Town, text: str = "", key: Key = KEY) -> int:
    return (await flow.market(it.app, key, text, it.clock())).market.openings


async def shown(it: Town, *numbers: int, **given: Any) -> list[Opening]:
    """Openings that boards showed: number, dated so many hours ago."""
    facts = given.pop("facts_json", say(NO_FACTS, skills=PYTHON))
    given = {"published_at": it.clock() - timedelta(hours=1), **given}
    every = [
        opening(number, **{"company": f"Company {number}", "facts_json": facts, **given})
        for number in numbers
    ]
    async with it.app.store.begin() as tx:
        await kept.openings.remember(tx, every, [], it.clock())
    return every


async def test_the_last_thirty_days(store: Store) -> None:
    """Also those that are closed by now, or were never told: they were offered all the same."""
    it = await town(store)
    now = it.clock()
    await shown(it, 1, 2)
    await shown(it, 3, closed_at=now)
    await shown(it, 4, silent="first_reading")
    await shown(it, 5, published_at=now - 31 * DAY)
    assert await counted(it) == 4


async def test_what_is_no_remote_job(store: Store) -> None:
    """Neither work at a place nor what is no job counts, nor what waits for a moderator."""
    it = await town(store)
    await shown(it, 1, silent="no_job")
    await shown(it, 2, silent="on_site")
    await shown(it, 3, storm_id=7)
    await shown(it, 4, facts_json=say(NO_FACTS, is_job=False))
    assert await counted(it) == 0


async def test_once_for_each_opening(store: Store) -> None:
    """One that stands in many places counts once, whichever of them passes the filter."""
    it = await town(store)
    await shown(it, 1, title="Cook in Lisbon")
    await shown(it, 2, 3, title="Cook in Porto", folded_into=1)
    assert (await counted(it), await counted(it, "porto"), await counted(it, "lisbon")) == (1, 1, 1)


async def test_a_filter(store: Store) -> None:
    """The words of the whole posting count; a mistake is refused with its place."""
    it = await town(store)
    await shown(it, 1, text="We write Haskell")
    await shown(it, 2)
    seen = await flow.market(it.app, KEY, "haskell", it.clock())
    assert seen.market.openings == 1 and "haskell" in seen.words
    with pytest.raises(Refusal, match="filter_wrong"):
        await flow.market(it.app, KEY, "(haskell", it.clock())


async def test_what_a_server_may_see(store: Store) -> None:
    """Not what another server's feed brought, unwanted companies, what was taken down, nor anything too soon."""
    it = await town(store, replace(feed(), delay_h=24), feed(id="own", url="https://own.example/feed"))
    now = it.clock()
    await shown(it, 1, feed_id="own")
    await shown(it, 2, feed_id="own", company="Acme GmbH")
    await shown(it, 3, feed_id="own")
    await shown(it, 4, feed_id="added")
    await shown(it, 5, feed_id="board", published_at=now - timedelta(hours=23))
    async with it.app.store.begin() as tx:
        added = {"id": "added", "url": "https://a.example", "name": "A", "parser": "generic", "added_at": now}
        await tx.execute(insert(added_feed).values(added))
        listens = {"guild_id": GUILD + 1, "feed_id": "added", "paused": False, "added_by": 1, "added_at": now}
        await tx.execute(insert(feed_listener).values(listens))
        company = {"guild_id": GUILD, "mark": "acme", "name": "Acme", "added_by": 1, "added_at": now}
        await tx.execute(insert(unwanted).values(company))
    await take_back(it, "scam", 3)
    assert await counted(it) == 1
    assert await counted(it, key=Key(GUILD + 1, ANA)) == 4


async def test_a_fact_that_was_taken_back(store: Store) -> None:
    """It doesn't count in the server whose moderators did."""
    it = await town(store)
    await shown(it, 1, facts_json=say(NO_FACTS, place=only("US")))
    await take_back(it, "place")
    assert (await flow.market(it.app, KEY, "", it.clock())).market.place_stated == 0
    assert (await flow.market(it.app, Key(GUILD + 1, ANA), "", it.clock())).market.place_stated == 1


async def test_a_picture_for_who_wants_one(store: Store) -> None:
    """From 30 openings on; never for those who chose words; the words stay where it can't be drawn."""
    it, drawing = await town(store), Draughtsman()
    it.app = replace(it.app, workers=drawing)
    key = await known(it)
    await members.change_profile(it.app, key, Profile(skills=("Python",)), it.clock())
    await shown(it, *range(1, 30))
    assert (await flow.market(it.app, KEY, "", it.clock())).picture is None and drawing.asked == []
    await shown(it, 30)
    seen = await flow.market(it.app, KEY, "", it.clock())
    assert seen.picture == b"PNG" and seen.market.skills[0].mine
    ((_, title, _, chapters),) = drawing.asked
    assert title == "What 30 openings ask for" and "Python ✓" in str(chapters)
    drawing.fails = True
    assert (await flow.market(it.app, KEY, "", it.clock())).picture is None
    await members.change(it.app, key, it.clock(), plain=True)
    drawing.asked.clear()
    assert (await flow.market(it.app, KEY, "", it.clock())).picture is None and drawing.asked == []


async def test_behind_a_line(store: Store) -> None:
    """The openings that prove it, as far as this server may still see them, and one resource."""
    it = await town(store)
    course = Resource("Courses", "https://a.example", "learning", "all", "free", "", "page")
    it.app = replace(it.app, resources=(course,))
    await shown(it, 1, 2, 3)
    await take_back(it, "scam", 2)
    found = await flow.behind(it.app, KEY, "skill", "Python", [3, 2, 1, 404], it.clock())
    assert [one.opening_id for one in found.lines] == [3, 1] and found.resource == course
