"""The whole way of a feed, from a real server through a real worker to entries or a trouble."""

import asyncio
import dataclasses
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web

from bot.jobs.reading.fetch import Fetcher
from bot.jobs.reading.reader import Reader
from bot.ports import FeedSpec, NotModified, Reading, Trouble, Validators
from bot.workers import Pool
from sandbox.boards import Boards
from tests.jobs.reading.hosts import NOW, RSS, Handler, answers, serve

NOTHING = Validators()
ATTRIBUTES = (
    b"<rss version='2.0'><channel><item><title " + b"".join(b"a%d='' " % n for n in range(100_000)) + b">x"
)


@asynccontextmanager
async def reader(
    handler: Handler, parse_s: float = 5.0, **given: object
) -> AsyncIterator[tuple[Reader, FeedSpec]]:
    pool = Pool()
    async with serve(handler) as host:
        fetcher = host.fetcher()
        feed = host.feed(**given)
        yield Reader((feed,), fetcher, pool, parse_s), feed
        await fetcher.close()
    await pool.close()


async def test_a_feed_is_read_and_then_known() -> None:
    """First a reading with validators, then nothing new; the longer of header and ttl is how long it is fresh."""
    async with reader(answers(ETag='"7"', Cache_Control="max-age=60")) as (feeds, feed):
        assert feeds.book == (feed,)
        first = await feeds.read(feed, NOTHING, NOW)
        assert isinstance(first, Reading)
        assert [entry.title for entry in first.entries] == ["Tender of lamps"]
        assert first.validators.etag == '"7"'
        assert first.fresh_for == timedelta(minutes=90)
        again = await feeds.read(feed, first.validators, NOW)
        assert again == NotModified(first.validators, timedelta(minutes=1))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"<!doctype html><title>Hello</title>", "not_a_feed"),
        (b"<rss version='2.0'><channel><item", "broken"),
        (b'{"jobs": []}', "unknown_shape"),
    ],
)
async def test_what_is_no_feed_is_a_trouble(body: bytes, code: str) -> None:
    """Parsing's troubles come back from the worker as they are."""
    async with reader(answers(body)) as (feeds, feed):
        trouble = await feeds.read(feed, NOTHING, NOW)
    assert isinstance(trouble, Trouble)
    assert trouble.code == code


async def test_a_feed_that_hangs_the_parser_is_killed() -> None:
    """A hundred thousand attributes, which keep feedparser busy for a minute, are stopped; the next feed is read."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(body=ATTRIBUTES if request.path == "/bomb" else RSS)

    async with reader(answer, parse_s=1.0, path="/bomb") as (feeds, feed):
        assert await feeds.read(feed, NOTHING, NOW) == Trouble(
            "parser_stopped", "Reading it took too long and was stopped."
        )
        good = dataclasses.replace(feed, url=feed.url.replace("/bomb", "/good"))
        patient = dataclasses.replace(feeds, parse_s=30)
        assert isinstance(await patient.read(good, NOTHING, NOW), Reading)


async def test_the_loop_lives_while_a_feed_is_parsed() -> None:
    """While a worker hangs on one feed, another feed is read to its end."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(body=ATTRIBUTES if request.path == "/bomb" else RSS)

    pool = Pool()
    async with serve(answer) as host:
        fetcher = host.fetcher()
        feeds = Reader((), fetcher, pool, parse_s=30)
        hanging = asyncio.create_task(feeds.read(host.feed("/bomb"), NOTHING, NOW))
        assert isinstance(await feeds.read(host.feed("/good"), NOTHING, NOW), Reading)
        assert not hanging.done()
        hanging.cancel()
        await fetcher.close()
    await pool.close()


async def test_a_mistake_of_ours_is_that_feeds_trouble_alone(caplog: pytest.LogCaptureFixture) -> None:
    """A parser that the feed book cannot name would be our bug: logged, and a trouble of this feed."""
    async with reader(answers(), parser="no_such_board") as (feeds, feed):
        trouble = await feeds.read(feed, NOTHING, NOW)
    assert isinstance(trouble, Trouble)
    assert trouble.code == "parser_stopped"
    assert "KeyError" in caplog.text


async def test_hn_is_read_through_its_newest_thread() -> None:
    """The search names the thread, the thread holds the openings, the validators are the search's."""
    boards = Boards(lambda: NOW, seed=3)
    async with boards:
        pool, fetcher = Pool(), Fetcher(allow=frozenset({boards.address}))
        feed = FeedSpec(id="hn", name="HN", url=boards.url("hn"), parser="hn")
        feeds = Reader((feed,), fetcher, pool)
        first = await feeds.read(feed, NOTHING, NOW)
        assert isinstance(first, Reading)
        assert len(first.entries) == len(boards.postings("hn"))
        assert isinstance(await feeds.read(feed, first.validators, NOW), NotModified)
        await fetcher.close()
        await pool.close()


async def test_a_thread_that_cannot_be_read_is_a_trouble() -> None:
    """When the further page fails, the reading fails: nothing of it is kept, so it is tried again."""
    hit = {"title": "Ask HN: Who is hiring?", "objectID": "41", "created_at": "2026-11-01", "num_comments": 1}

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/api/items/41":
            return web.Response(status=503)
        return web.Response(body=json.dumps({"hits": [hit]}).encode())

    async with reader(answer, path="/api/search", parser="hn") as (feeds, feed):
        assert await feeds.read(feed, NOTHING, NOW) == Trouble("unavailable", "The server answered 503.")


async def test_a_worker_needs_little() -> None:
    """The parser's module brings neither aiohttp nor discord nor the database into a child."""
    code = (
        "import sys, bot.jobs.reading.parse; print({'aiohttp', 'discord', 'sqlalchemy'} & set(sys.modules))"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    assert out.strip() == b"set()"
