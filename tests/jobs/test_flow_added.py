"""Feeds that moderators add: tested first, heard where they were added, kept within limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.jobs import added as rules
from bot.jobs.added import MOST_HERE, feed_id
from bot.jobs.flow import added, retention
from bot.jobs.flow.added import Choice, Failed, Heard, Trial
from bot.moderation.rights import Person
from bot.ports import FoundFeed, Reading, Trouble, Validators
from bot.refusals import Refusal
from bot.storage import Store
from tests.jobs.parts import ANA, GUILD, MO, MODERATORS, Town, town
from tests.jobs.values import entry, feed

URL = "https://lamps.example/jobs.rss"
LAMPS = feed_id(URL)
ELSEWHERE = "https://ferries.example/feed"
NEIGHBOUR = Person(id=200, guild_id=2, manages=True)
GONE = Trouble("gone", "The server answered 404.")
HOUR = timedelta(hours=1)


@pytest.fixture
async def it(store: Store) -> Town:
    made = await town(store)
    made.feeds.shows([], of="board")
    made.feeds.shows([entry(1, title="Tender of lamps"), entry(2), entry(3), entry(4)], of=LAMPS)
    return made


async def add(it: Town, person: Person = MO, url: str = URL) -> str:
    """A moderator tests a feed and adds it; gives its id."""
    looked = await added.look_at(it.app, person, url, it.clock())
    assert isinstance(looked, Trial), looked
    return (await added.add(it.app, person, looked.feed.id, it.clock())).id


async def test_a_feed_is_tested_before_it_is_added(it: Town) -> None:
    """The test shows how many openings there are and the first three; until it is added nothing is read again."""
    looked = await added.look_at(it.app, MO, URL, it.clock())
    assert isinstance(looked, Trial)
    assert (looked.feed.name, looked.feed.parser, looked.count) == ("lamps.example", "generic", 4)
    assert looked.samples[0].title == "Tender of lamps"
    assert len(looked.samples) == 3
    await it.beat(2 * HOUR)
    assert [asked for asked, _ in it.feeds.asked] == [LAMPS, "board"]


async def test_an_added_feed_is_read_and_heard(it: Town) -> None:
    """It is read at the next beat; what is new in it afterwards reaches the server's channels."""
    await it.subscribe()
    await add(it)
    await it.beat()
    new = entry(9, title="Wick trimmer", company="Wick Ltd", published=it.clock())
    it.feeds.shows([new, *(entry(n) for n in (1, 2, 3, 4))], of=LAMPS)
    await it.beat(2 * HOUR)
    assert "Wick trimmer" in it.titles()


async def test_only_those_who_added_it_hear_it(it: Town) -> None:
    """Another server's channels get nothing of it, until it adds the feed too: then at once, without a test."""
    theirs = await add(it, NEIGHBOUR)
    async with it.app.store.read() as tx:
        assert await added.heard_by(tx) == {theirs: frozenset({2})}
        assert await added.not_heard_in(tx, GUILD) == {theirs}
    asked = len(it.feeds.asked)
    assert await added.look_at(it.app, MO, URL, it.clock()) == Heard("lamps.example", "joined")
    assert len(it.feeds.asked) == asked
    async with it.app.store.read() as tx:
        assert await added.heard_by(tx) == {theirs: frozenset({GUILD, 2})}
        assert await added.not_heard_in(tx, GUILD) == frozenset()


async def test_what_is_heard_already_is_told(it: Town) -> None:
    """A feed of the book, in other letters too, and one's own are not added twice."""
    book = feed().url.replace("https://", "HTTPS://")
    assert await added.look_at(it.app, MO, book, it.clock()) == Heard(feed().name, "book")
    await add(it)
    assert await added.look_at(it.app, MO, URL, it.clock()) == Heard("lamps.example", "already")
    assert (await added.add(it.app, MO, LAMPS, it.clock())).id == LAMPS  # pressed twice
    assert len(await added.listed(it.app, MO, it.clock())) == 2


async def test_a_page_shows_its_feeds(it: Town) -> None:
    """A page for people becomes a choice of the feeds in it; the chosen one is tested like any other."""
    page = "https://lamps.example/"
    it.feeds.answers[feed_id(page)] = Trouble("not_a_feed", "It is a web page for people.")
    it.feeds.pages[page] = (FoundFeed(URL, "Lamp jobs"), FoundFeed(ELSEWHERE, ""))
    looked = await added.look_at(it.app, MO, page, it.clock())
    assert isinstance(looked, Choice)
    assert [(one.name, one.url) for one in looked.found] == [
        ("Lamp jobs", URL),
        ("ferries.example", ELSEWHERE),
    ]
    chosen = await added.look_at_found(it.app, MO, looked.found[0].id, it.clock())
    assert isinstance(chosen, Trial)
    assert chosen.feed.name == "Lamp jobs"


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Trouble("not_a_feed", "It is a web page for people."), "sent something that is no feed"),
        (
            Trouble("bad_address", "Its address leads to an address that is not public."),
            "that everybody can open",
        ),
        (Trouble("no_connection", "Its host does not accept connections."), "Try again in some minutes"),
        (Trouble("too_big", "The page is larger than 5 MB."), "Choose a smaller feed"),
    ],
)
async def test_what_is_no_feed_is_told_with_what_to_do(it: Town, trouble: Trouble, said: str) -> None:
    """Every trouble has words and a next step, and nothing is kept of it."""
    it.feeds.answers[LAMPS] = trouble
    looked = await added.look_at(it.app, MO, URL, it.clock())
    assert isinstance(looked, Failed)
    assert said in looked.words
    with pytest.raises(Refusal, match="feed_test_forgotten"):
        await added.add(it.app, MO, LAMPS, it.clock())


async def test_members_may_not(it: Town) -> None:
    """Whatever of it somebody presses: moderators only."""
    await add(it)
    now = it.clock()
    for doing in (
        added.look_at(it.app, ANA, URL, now),
        added.look_at_found(it.app, ANA, LAMPS, now),
        added.add(it.app, ANA, LAMPS, now),
        added.turn(it.app, ANA, LAMPS, paused=True),
        added.remove(it.app, ANA, LAMPS),
        added.replace_with(it.app, ANA, LAMPS, ELSEWHERE, now),
        added.listed(it.app, ANA, now),
        added.read_again(it.app, ANA, LAMPS, now),
    ):
        with pytest.raises(Refusal, match="moderators_only"):
            await doing


async def test_a_known_board_is_read_by_its_own_rules(it: Town) -> None:
    """Its parser, its delay and its pace come with its address; an employer's board has a short form."""
    url = "https://boards-api.greenhouse.io/v1/boards/deep-sea/jobs?content=true"
    it.feeds.shows([entry(1)], of=feed_id(url))
    looked = await added.look_at(it.app, MO, "greenhouse:deep-sea", it.clock())
    assert isinstance(looked, Trial)
    await added.add(it.app, MO, looked.feed.id, it.clock())
    async with it.app.store.read() as tx:
        spec = (await added.feeds_of(it.app, tx))[looked.feed.id]
    assert (spec.name, spec.parser, spec.url) == ("Deep Sea", "greenhouse", url)
    assert (spec.poll_minutes, spec.list, spec.remote_only) == (360, "full", "filter")
    assert spec.attribution == "via Deep Sea"


async def test_the_limit_of_a_server(it: Town) -> None:
    """25 feeds and no more; what is paused counts, what is removed does not."""
    for number in range(MOST_HERE):
        url = f"https://lamps.example/{number}"
        it.feeds.shows([entry(number)], of=feed_id(url))
        await add(it, url=url)
    with pytest.raises(Refusal, match="too_many_feeds_here"):
        await added.look_at(it.app, MO, URL, it.clock())
    await added.turn(it.app, MO, feed_id("https://lamps.example/3"), paused=True)
    with pytest.raises(Refusal, match="too_many_feeds_here"):
        await added.look_at(it.app, MO, URL, it.clock())
    await added.remove(it.app, MO, feed_id("https://lamps.example/3"))
    await add(it)


def test_the_limit_of_a_bot() -> None:
    """500 feeds of all servers together."""
    rules.may_hear(0, 499)
    with pytest.raises(Refusal, match=r"^too_many_feeds$"):
        rules.may_hear(0, 500)


async def test_a_paused_feed_is_not_read(it: Town) -> None:
    """Paused by the one server that hears it, it is read by nobody; resumed, it goes on."""
    await add(it)
    await it.beat()
    await added.turn(it.app, MO, LAMPS, paused=True)
    await it.beat(5 * HOUR)
    assert [asked for asked, _ in it.feeds.asked].count(LAMPS) == 2
    (line,) = [line for line in await added.listed(it.app, MO, it.clock()) if line.added]
    assert line.paused
    await added.turn(it.app, MO, LAMPS, paused=False)
    await it.beat()
    assert [asked for asked, _ in it.feeds.asked].count(LAMPS) == 3


async def test_a_removed_feed_is_forgotten_when_nobody_hears_it(it: Town) -> None:
    """The others go on hearing it; after the last one its state goes too."""
    await add(it)
    await added.look_at(it.app, NEIGHBOUR, URL, it.clock())
    await added.remove(it.app, MO, LAMPS)
    with pytest.raises(Refusal, match="feed_gone"):
        await added.remove(it.app, MO, LAMPS)
    async with it.app.store.read() as tx:
        assert LAMPS in await added.feeds_of(it.app, tx)
    await added.remove(it.app, NEIGHBOUR, LAMPS)
    async with it.app.store.read() as tx:
        assert LAMPS not in await added.feeds_of(it.app, tx)
        assert await added.heard_by(tx) == {}


async def test_what_was_tested_and_not_added_is_forgotten(it: Town) -> None:
    """After a day; what some server hears stays."""
    await added.look_at(it.app, MO, URL, it.clock())
    it.feeds.shows([entry(1)], of=feed_id(ELSEWHERE))
    await add(it, url=ELSEWHERE)
    await retention.forget(it.app, it.clock.move(timedelta(days=1, minutes=1)))
    with pytest.raises(Refusal, match="feed_test_forgotten"):
        await added.add(it.app, MO, LAMPS, it.clock())
    async with it.app.store.read() as tx:
        assert feed_id(ELSEWHERE) in await added.feeds_of(it.app, tx)


async def test_the_list_tells_how_each_feed_is(it: Town) -> None:
    """Those in trouble first; when each was read well, and what was new since its first reading."""
    await add(it)
    await it.beat()
    it.feeds.shows([entry(n) for n in (8, 9, 1, 2, 3, 4)], of=LAMPS)
    it.feeds.answers["board"] = GONE
    await it.beat(2 * HOUR)
    board, lamps = await added.listed(it.app, MO, it.clock())
    assert (board.added, lamps.added, lamps.url) == (False, True, URL)
    assert board.health is not None
    assert lamps.health is not None
    assert (board.health.trouble, board.health.detail) == ("gone", GONE.detail)
    assert (lamps.health.new, lamps.health.days, lamps.health.trouble) == (2, 1, "")
    assert lamps.health.last_good_at == it.clock()
    assert lamps.health.next_read_at > it.clock()


async def test_a_dead_feed_is_replaced(it: Town) -> None:
    """Another address is tested and takes its place; one that fails leaves everything as it was."""
    await add(it)
    it.feeds.answers[feed_id(ELSEWHERE)] = GONE
    assert isinstance(await added.replace_with(it.app, MO, LAMPS, ELSEWHERE, it.clock()), Failed)
    with pytest.raises(Refusal, match="feed_same_address"):
        await added.replace_with(it.app, MO, LAMPS, URL, it.clock())
    async with it.app.store.read() as tx:
        assert await added.heard_by(tx) == {LAMPS: frozenset({GUILD})}
    it.feeds.shows([entry(1)], of=feed_id(ELSEWHERE))
    assert isinstance(await added.replace_with(it.app, MO, LAMPS, ELSEWHERE, it.clock()), Trial)
    async with it.app.store.read() as tx:
        assert await added.heard_by(tx) == {feed_id(ELSEWHERE): frozenset({GUILD})}
    with pytest.raises(Refusal, match="feed_gone"):
        await added.replace_with(it.app, MO, LAMPS, ELSEWHERE, it.clock())


async def test_only_who_hears_a_dead_feed_is_told(it: Town) -> None:
    """The notice names the way out that moderators have; a server that never added the feed hears nothing of it."""
    await it.subscribe()
    await it.choose_moderators_channel()
    await add(it, NEIGHBOUR)
    it.feeds.answers[LAMPS] = GONE
    for _ in range(5):
        await it.beat(timedelta(days=1))
    assert it.discord.said(MODERATORS) == []
    await added.look_at(it.app, MO, URL, it.clock())
    for _ in range(2):
        await it.beat(timedelta(days=1))
    await added.remove(it.app, NEIGHBOUR, LAMPS)
    it.feeds.answers[LAMPS] = Reading((entry(1),), Validators())
    await it.beat(timedelta(days=2))
    it.feeds.answers[LAMPS] = GONE
    for _ in range(5):
        await it.beat(timedelta(days=1))
    assert any("Replace its address, or remove it." in said for said in it.discord.said(MODERATORS))


async def test_a_feed_of_the_book_wins_over_an_added_one(it: Town) -> None:
    """Should the owner switch the same address on in the book, it is read once."""
    await add(it)
    app = replace(it.app, feeds=replace(it.feeds, book=(*it.feeds.book, feed(id="lamps", url=URL))))
    async with app.store.read() as tx:
        assert set(await added.feeds_of(app, tx)) == {"board", "lamps"}
