"""The feeds that a web page names, and where else they may be."""

from collections.abc import Callable

import pytest
from aiohttp import web

from bot.jobs.reading.discover import COMMON, MOST, common, named
from bot.jobs.reading.reader import Reader
from bot.ports import FoundFeed, Trouble
from bot.workers import Pool
from tests.jobs.reading.hosts import NOW, RSS, Host, answers, serve

PAGE = "https://lamps.example/jobs/"


def urls(html: str) -> list[str]:
    return [one.url for one in named(html.encode(), PAGE)]


def test_a_page_says_what_its_feeds_are() -> None:
    """`link rel=alternate` in any spelling, relative or not, in its order, each once, with its title."""
    html = """<html><head><LINK REL='alternate' TYPE="application/rss+xml" title="Jobs &amp; more" href="feed.xml">
        <link href=/atom type=application/atom+xml rel="alternate nofollow"/>
        <link rel="alternate" type="application/rss+xml" href="feed.xml#top">
        <link rel="alternate" type="application/json" href="/oembed"><link rel="stylesheet" href="/feed.css">
        <link rel="alternate" hreflang="de" href="/de/"></head>"""
    assert named(html.encode(), PAGE) == (
        FoundFeed("https://lamps.example/jobs/feed.xml", "Jobs & more"),
        FoundFeed("https://lamps.example/atom", ""),
    )


def test_links_that_look_like_feeds_come_after() -> None:
    """A page that only links its feed has it all the same; other links are none."""
    html = """<a href="/about">About</a><a class="x" href="/jobs.rss">RSS</a><a href="/blog/feed/">Blog</a>
        <a href="?feed=job_feed">Jobs</a><a data-href="/x/feed" href="/feedback">x</a>
        <link rel="alternate" type="application/rss+xml" href="/told">"""
    assert urls(html) == [
        "https://lamps.example/told",
        "https://lamps.example/jobs.rss",
        "https://lamps.example/blog/feed/",
        "https://lamps.example/jobs/?feed=job_feed",
    ]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<link rel=alternate type=application/rss+xml>",
        '<a href="javascript:alert(1)/feed">x</a>',
        '<a href="http://[/feed">x</a>',
        "<a " * 200_000,
        '<a href="' + "x" * 500_000,
        "\x00\ufffd<link " + "a=b " * 100_000 + ">",
    ],
)
def test_any_page_has_a_result(html: str) -> None:
    """Torn, hostile and endless pages name nothing, and take no time."""
    assert urls(html) == []


def test_no_more_than_a_menu_holds() -> None:
    """25 feeds of a page are shown."""
    assert len(urls("".join(f'<a href="/{n}/feed">x</a>' for n in range(99)))) == MOST


async def looked(handler: Callable[[web.Request], object]) -> tuple[object, Host]:
    """What the reader finds for a page on this server."""
    async with serve(handler) as host:  # type: ignore[arg-type]
        fetcher, pool = host.fetcher(), Pool(size=1)
        found = await Reader((), fetcher, pool).feeds_of_page(host.url("/jobs"), NOW)
        await fetcher.close()
        await pool.close()
    return found, host


async def test_a_page_that_names_none_is_asked_where_feeds_lie() -> None:
    """Common places of the same host, one after the other, until one is a feed; never more than eight requests."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/feed.xml":
            return web.Response(body=RSS)
        return web.Response(text="<!doctype html><p>Jobs", content_type="text/html")

    found, host = await looked(answer)
    assert found == (FoundFeed(host.url("/feed.xml"), ""),)
    assert [request.path for request in host.seen] == ["/jobs", "/feed", "/rss", "/rss.xml", "/feed.xml"]


async def test_a_site_without_feeds() -> None:
    """Eight requests, then it is told that there are none."""
    found, host = await looked(answers(b"<!doctype html><p>Jobs"))
    assert found == ()
    assert len(host.seen) == 8 == 1 + len(COMMON)
    assert common("https://lamps.example/a/b?c")[0] == "https://lamps.example/feed"


async def test_a_page_that_names_its_feed_is_asked_once() -> None:
    """One request; the feed itself is tested when somebody chooses it. Redirects are followed first."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/jobs":
            raise web.HTTPFound("/en/jobs/")
        return web.Response(text='<link rel="alternate" type="application/rss+xml" href="feed" title="All">')

    found, host = await looked(answer)
    assert found == (FoundFeed(host.url("/en/jobs/feed"), "All"),)


async def test_a_page_that_cannot_be_read() -> None:
    """Its trouble is the answer; and an address inside is never dialled."""
    found, _ = await looked(answers(status=503))
    assert isinstance(found, Trouble)
    assert found.code == "unavailable"
    async with serve(answers()) as host:
        fetcher, pool = host.fetcher(), Pool(size=1)
        inside = await Reader((), fetcher, pool).feeds_of_page("http://10.0.0.1/feed", NOW)
        await fetcher.close()
        await pool.close()
    assert isinstance(inside, Trouble)
    assert (inside.code, host.seen) == ("bad_address", [])
