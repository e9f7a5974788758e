"""A feed that moderators added is their server's alone: what only it shows, no other server learns in any way."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.jobs.added import feed_id
from bot.jobs.ears import Ears
from bot.jobs.flow import added, finding, market, search, subscriptions, trying
from bot.jobs.flow.finding import find, reader
from bot.jobs.flow.why import why_not
from bot.jobs.query import parse
from bot.moderation.rights import Person
from bot.people.members import Key
from bot.refusals import Refusal
from bot.storage import Store
from tests.jobs.listening import known
from tests.jobs.parts import ANA, CHANNEL, GUILD, MO, Town, town
from tests.jobs.values import entry, opening, told_by

pytestmark = pytest.mark.store

URL = "https://lamps.example/jobs.rss"
LAMPS = feed_id(URL)
NEIGHBOUR = Person(id=200, guild_id=2, manages=True)
THEIR_CHANNEL = 20
HOUR = timedelta(hours=2)
SAME: dict[str, Any] = {
    "published": None,
    "title": "Tender of lamps",
    "company": "Wick Ltd",
    "facts": told_by("wick"),
}
ON_LAMPS = entry(1, url="https://lamps.example/1", **SAME)
ON_BOARD = entry(2, url="https://board.example/2", **SAME)


@pytest.fixture
async def it(store: Store) -> Town:
    """Two servers that hear everything of theirs; the neighbour's has added a feed of its own."""
    made = await town(store)
    made.feeds.shows([entry(90, published=None)])
    made.feeds.shows([entry(91, published=None)], of=LAMPS)
    await made.beat()
    await made.subscribe()
    proposal = await subscriptions.propose(made.app, NEIGHBOUR, "", THEIR_CHANNEL, (), made.clock())
    await subscriptions.save(made.app, NEIGHBOUR, proposal.subscription.id, (), made.clock())
    await added.look_at(made.app, NEIGHBOUR, URL, made.clock())
    await added.add(made.app, NEIGHBOUR, LAMPS, made.clock())
    await made.beat(HOUR)
    return made


async def shown(it: Town, of: str, *entries: Any) -> None:
    it.feeds.shows(entries, of=of)
    await it.beat(HOUR)


def cards(it: Town, channel: int) -> list[tuple[str, str, list[str]]]:
    """(board, url, further boards) of each card about the lamps."""
    values = [json.loads(value) for value in it.discord.said(channel)]
    return [
        (one["board"], one["url"], [also["board"] for also in one["also"]])
        for one in values
        if one["title"] == "Tender of lamps"
    ]


async def searched(it: Town, person: Person) -> list[tuple[str, str]]:
    """(title, board) of what a search finds."""
    found = await search.search(it.app, person, "lamps", it.clock())
    return [(one.title, one.board) for one in found.lines]


async def the_lamps(it: Town) -> int:
    async with it.app.store.read() as tx:
        one = await find(tx, ON_LAMPS.url, NEIGHBOUR.guild_id)
    assert one is not None
    return one.id


async def test_what_only_others_hear_is_nowhere_here(it: Town) -> None:
    """Not by its link, its number, in a search, in the openings to see, nor in what a new filter would have told."""
    await shown(it, LAMPS, ON_LAMPS)
    assert [len(cards(it, channel)) for channel in (CHANNEL, THEIR_CHANNEL)] == [0, 1]
    number = await the_lamps(it)
    for which in (number, ON_LAMPS.url):
        why = await why_not(it.app, MO, which, it.clock(), {CHANNEL})
        assert (why.opening, why.readers) == (None, ())
        assert [stage.passed for stage in why.common] == [False]
    await known(it)
    assert await searched(it, ANA) == []
    async with it.app.store.read() as tx:
        assert (
            await finding.visible(tx, it.app, reader(GUILD, ANA.id, it.clock()), [number], it.clock()) == []
        )
        weeks = [
            await trying.week(tx, it.app, reader(guild_id, 101, it.clock()), it.clock())
            for guild_id in (GUILD, 2)
        ]
    tried = [await trying.tried(it.app, parse("lamps"), week) for week in weeks]
    assert [one.passed for one in tried] == [0, 1]


async def test_a_board_of_others_is_no_board_here(it: Town) -> None:
    """`board:` neither finds nor suggests it, wherever a filter is typed."""
    await shown(it, LAMPS, ON_LAMPS)
    await known(it)
    for text in ("board:lamps.example", "board:lamp.example"):
        with pytest.raises(Refusal, match="filter_wrong") as wrong:
            await market.market(it.app, Key(GUILD, ANA.id), text, it.clock())
        assert "lamps.example" not in str(wrong.value.facts["error"]).replace(text[6:], "")
        with pytest.raises(Refusal, match="filter_wrong"):
            await search.search(it.app, ANA, text, it.clock())
        with pytest.raises(Refusal, match="filter_wrong"):
            await subscriptions.propose(it.app, MO, text, CHANNEL, (), it.clock())
    theirs = await search.search(it.app, NEIGHBOUR, "board:lamps.example", it.clock())
    assert "Tender of lamps" in [one.title for one in theirs.lines]


async def test_what_others_had_first_is_new_here(it: Town) -> None:
    """Once a board of everybody shows it, it is told here as that board's; no word of the other feed, ever."""
    await shown(it, LAMPS, ON_LAMPS)
    await shown(it, "board", ON_BOARD)
    assert cards(it, CHANNEL) == [("Board", ON_BOARD.url, [])]
    assert cards(it, THEIR_CHANNEL) == [("lamps.example", ON_LAMPS.url, ["Board"])]
    await known(it)
    assert await searched(it, ANA) == [("Tender of lamps", "Board")]
    why = await why_not(it.app, MO, ON_BOARD.url, it.clock(), {CHANNEL})
    assert [stage.quote for stage in why.common] == ["Board"]
    seen = await finding.seen(it.app, Key(GUILD, ANA.id), ON_BOARD.url, it.clock())
    assert (seen.line.board, seen.line.url, seen.line.also) == ("Board", ON_BOARD.url, ())


async def test_also_on_names_only_what_is_heard_here(it: Town) -> None:
    """The neighbour's feed shows it second: their card says so, ours doesn't."""
    await shown(it, "board", ON_BOARD)
    await shown(it, LAMPS, ON_LAMPS)
    assert cards(it, CHANNEL) == [("Board", ON_BOARD.url, [])]
    assert cards(it, THEIR_CHANNEL) == [("Board", ON_BOARD.url, ["lamps.example"])]


async def test_nothing_folds_into_what_only_others_hear(it: Town) -> None:
    """The neighbour's feed had a variant of it before: here it is told, and found, by itself."""
    wide = {"published": None, "title": "Tender of lamps", "company": "Wide Ltd"}
    await shown(it, LAMPS, entry(3, facts=told_by("wide PT", "wide", "PT"), **wide))
    await shown(it, "board", entry(4, facts=told_by("wide ES", "wide", "ES"), **wide))
    assert cards(it, CHANNEL) == [("Board", entry(4).url, [])]
    await known(it)
    assert await searched(it, ANA) == [("Tender of lamps", "Board")]


async def test_a_delay_counts_for_added_feeds_too(it: Town) -> None:
    """Another feed of a board that asks for a day: nothing of it is found before that day is over."""
    address = "https://remotive.com/remote-jobs/design/feed"
    it.feeds.shows([entry(92, published=None)], of=feed_id(address))
    await added.look_at(it.app, MO, address, it.clock())
    await added.add(it.app, MO, feed_id(address), it.clock())
    await it.beat(HOUR)
    await known(it)
    it.feeds.shows([entry(3, **SAME | {"published": it.clock()})], of=feed_id(address))
    await it.beat(4 * HOUR)
    assert await searched(it, ANA) == [] and cards(it, CHANNEL) == []
    await it.beat(8 * HOUR)
    assert await searched(it, ANA) == [("Tender of lamps", "Remotive")] and len(cards(it, CHANNEL)) == 1


async def test_a_removed_feed_stays_that_servers(it: Town) -> None:
    """The last server leaves it, so that it is forgotten: its openings become nobody else's, its cards work on."""
    await shown(it, LAMPS, ON_LAMPS)
    number = await the_lamps(it)
    await added.remove(it.app, NEIGHBOUR, LAMPS)
    await known(it)
    assert await searched(it, ANA) == []
    async with it.app.store.read() as tx:
        assert await find(tx, number, GUILD) is None
        assert await find(tx, number, NEIGHBOUR.guild_id) is not None


def test_ears() -> None:
    """A feed of the book is heard by all; an added one where it was added, by nobody once it is forgotten."""
    ears = Ears({LAMPS: frozenset({2})})
    assert ears.hear(1, "board") and ears.hear(None, "board")
    assert [ears.hear(server, LAMPS) for server in (1, 2, None)] == [False, True, False]
    assert not Ears().hear(2, LAMPS)
    lamps = opening(1, feed_id=LAMPS)
    assert ears.here(1, lamps) is None and ears.here(2, lamps) == lamps
