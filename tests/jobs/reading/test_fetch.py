"""The fetcher against real servers on loopback: polite to good ones, unharmed by bad ones."""

import asyncio
import gzip
import hashlib
from datetime import timedelta

import pytest
from aiohttp import web

from bot import __version__
from bot.jobs.reading.fetch import Fetched, Fetcher, _Host, _turn
from bot.ports import FeedSpec, NotModified, Trouble, Validators
from tests.jobs.reading.hosts import LOOPBACK, NOW, RSS, Host, LyingResolver, answers, serve

NOTHING = Validators()


async def fetch(host: Host, known: Validators = NOTHING, **given: object) -> Fetched | NotModified | Trouble:
    fetcher = host.fetcher()
    try:
        return await fetcher.fetch(host.feed(**given), known, NOW)
    finally:
        await fetcher.close()


# -- polite --------------------------------------------------------------------------------------


async def test_a_page_comes_whole_with_its_validators() -> None:
    """Body, type, validators and freshness are what the server said."""
    headers = {
        "ETag": '"7"',
        "Last_Modified": "Fri, 20 Nov 2026 08:00:00 GMT",
        "Cache_Control": "max-age=600",
    }
    async with serve(answers(**headers)) as host:
        page = await fetch(host)
    assert page == Fetched(
        body=RSS,
        url=host.url(),
        content_type="application/rss+xml",
        validators=Validators('"7"', "Fri, 20 Nov 2026 08:00:00 GMT", hashlib.sha256(RSS).hexdigest()),
        fresh_for=timedelta(minutes=10),
    )


async def test_it_says_who_it_is_and_sends_no_cookie_back() -> None:
    """The User-Agent names the bot, its version and a contact; a cookie that is set is forgotten."""
    async with serve(answers(Set_Cookie="id=1")) as host:
        fetcher = host.fetcher(contact="https://example.org/bot")
        await fetcher.fetch(host.feed(), NOTHING, NOW)
        await fetcher.fetch(host.feed(user_agent="Ours/2 (us)"), NOTHING, NOW)
        await fetcher.close()
    assert host.seen[0].headers["User-Agent"] == f"Outpost/{__version__} (+https://example.org/bot)"
    assert host.seen[1].headers["User-Agent"] == "Ours/2 (us)"
    assert "Cookie" not in host.seen[1].headers


async def test_what_is_not_new_is_not_sent_again() -> None:
    """Validators go out as they came in; 304 keeps what the server did not repeat."""

    async def answer(request: web.Request) -> web.StreamResponse:
        assert request.headers["If-None-Match"] == '"7"'
        assert request.headers["If-Modified-Since"] == "Fri, 20 Nov 2026 08:00:00 GMT"
        return web.Response(status=304, headers={"ETag": '"8"'})

    known = Validators('"7"', "Fri, 20 Nov 2026 08:00:00 GMT", "abc")
    async with serve(answer) as host:
        same = await fetch(host, known)
    assert same == NotModified(Validators('"8"', "Fri, 20 Nov 2026 08:00:00 GMT", "abc"))


async def test_a_304_that_nobody_asked_for_is_a_trouble() -> None:
    """Without validators of ours there is nothing that the page could be the same as."""
    async with serve(answers(b"", 304)) as host:
        trouble = await fetch(host)
    assert trouble == Trouble("bad_answer", "The server answered 304.")


async def test_the_same_body_is_known_without_validators() -> None:
    """A server that gives no ETag sends the body again; it is not parsed again."""
    known = Validators(body_hash=hashlib.sha256(RSS).hexdigest())
    async with serve(answers()) as host:
        assert await fetch(host, known) == NotModified(known)


async def test_two_readers_of_a_page_share_one_request() -> None:
    """Two boards at one address, read at once, are one request; later it is asked for again."""
    gate = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        await gate.wait()
        return web.Response(body=RSS)

    async with serve(answer) as host:
        fetcher = host.fetcher()
        pair = [asyncio.create_task(fetcher.fetch(host.feed(id=id), NOTHING, NOW)) for id in "ab"]
        await host.arrived.wait()
        gate.set()
        first, second = await asyncio.gather(*pair)
        assert first is second
        assert len(host.seen) == 1
        await fetcher.fetch(host.feed(), NOTHING, NOW)
        assert len(host.seen) == 2
        await fetcher.close()


async def test_one_reader_may_leave_the_other() -> None:
    """Cancelling one of two who wait for a page does not take it away from the other."""
    gate = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        await gate.wait()
        return web.Response(body=RSS)

    async with serve(answer) as host:
        fetcher = host.fetcher()
        leaves, stays = (asyncio.create_task(fetcher.fetch(host.feed(), NOTHING, NOW)) for _ in "ab")
        await host.arrived.wait()
        leaves.cancel()
        gate.set()
        assert isinstance(await stays, Fetched)
        await fetcher.close()


async def test_a_host_is_asked_by_two_at_once() -> None:
    """Of six pages of one host no more than two are under way."""
    at_once, most, pair = 0, 0, asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        if at_once == 2:
            pair.set()
        await pair.wait()
        await asyncio.sleep(0.01)
        at_once -= 1
        return web.Response(body=RSS)

    async with serve(answer) as host:
        fetcher = host.fetcher()
        pages = (fetcher.fetch(host.feed(f"/{page}"), NOTHING, NOW) for page in range(6))
        assert all(isinstance(page, Fetched) for page in await asyncio.gather(*pages))
        await fetcher.close()
    assert most == 2


async def test_turns_at_a_host_are_apart() -> None:
    """Two turns begin at least the gap apart, by the clock of the loop."""
    clock = asyncio.get_running_loop().time
    host, starts, began = _Host(asyncio.Semaphore(2)), [], clock()
    for _ in range(3):
        async with _turn(host, 0.05):
            starts.append(clock())
    for number, start in enumerate(starts):  # each from the beginning: any may be noted late
        assert start >= began + number * 0.05 - 0.001


@pytest.mark.parametrize(("value", "minutes"), [("120", 2), ("Sat, 21 Nov 2026 12:30:00 GMT", 30)])
@pytest.mark.parametrize(("status", "code"), [(429, "throttled"), (503, "unavailable")])
async def test_retry_after_is_told(status: int, code: str, value: str, minutes: int) -> None:
    """Both forms of Retry-After reach whoever plans the next reading, unless the feed book says otherwise."""
    async with serve(answers(b"", status, Retry_After=value)) as host:
        trouble = await fetch(host)
        assert trouble == Trouble(code, f"The server answered {status}.", timedelta(minutes=minutes))
        ignored = await fetch(host, respect_retry_after=False)
        assert ignored == Trouble(code, f"The server answered {status}.")


async def test_a_429_speaks_for_the_whole_host() -> None:
    """After a 429 with Retry-After no other feed of that host is asked; after a 503 others are."""

    async def answer(request: web.Request) -> web.StreamResponse:
        status = 503 if request.path == "/busy" else 429
        return web.Response(status=status, headers={"Retry-After": "600"})

    async with serve(answer) as host:
        fetcher = host.fetcher()
        for path in ("/busy", "/first", "/second"):
            trouble = await fetcher.fetch(host.feed(path), NOTHING, NOW)
        await fetcher.close()
    assert [request.path for request in host.seen] == ["/busy", "/first"]
    assert isinstance(trouble, Trouble)
    assert trouble.code == "throttled"
    assert trouble.retry_after is not None
    assert timedelta(0) < trouble.retry_after <= timedelta(minutes=10)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (204, "bad_answer"),
        (401, "refused"),
        (403, "refused"),
        (404, "gone"),
        (410, "gone"),
        (500, "unavailable"),
        (520, "unavailable"),
    ],
)
async def test_a_refusal_is_a_trouble(status: int, code: str) -> None:
    """What a server answers instead of a page has one word each."""
    async with serve(answers(b"no", status)) as host:
        assert await fetch(host) == Trouble(code, f"The server answered {status}.")


# -- too much, too slow, too broken --------------------------------------------------------------


async def test_fifty_megabytes_are_not_read() -> None:
    """A long body is left as soon as it is over the limit, whether its length is announced or not."""
    sent = 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        if request.path == "/announced":
            response.content_length = 50_000_000
        await response.prepare(request)
        for _ in range(50):
            await response.write(b" " * 1_000_000)
            sent += 1
        return response

    async with serve(answer) as host:
        for path in ("/announced", "/streamed"):
            trouble = await fetch(host, path=path, max_bytes=200_000)
            assert trouble == Trouble("too_big", "The page is larger than 0.2 MB.")
    assert sent < 50


async def test_a_gzip_bomb_is_counted_unpacked() -> None:
    """A hundred megabytes in a hundred kilobytes stop at the limit."""
    bomb = gzip.compress(bytes(100_000_000), 9)
    async with serve(answers(bomb, Content_Encoding="gzip")) as host:
        trouble = await fetch(host, max_bytes=1_000_000)
    assert trouble == Trouble("too_big", "The page is larger than 1 MB.")


async def test_an_honest_gzip_is_unpacked() -> None:
    """A compressed feed is read as what it holds."""
    async with serve(answers(gzip.compress(RSS), Content_Encoding="gzip")) as host:
        page = await fetch(host)
    assert isinstance(page, Fetched)
    assert page.body == RSS


async def test_a_drip_ends_with_the_time_limit() -> None:
    """A server that sends a byte now and then for ten minutes is left when the time is over."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(60_000):
            await response.write(b" ")
            await asyncio.sleep(0.01)
        return response

    async with serve(answer) as host:
        trouble = await fetch(host, timeout_s=0.2)
    assert trouble == Trouble("timeout", "No whole answer within 0.2 seconds.")


async def test_the_time_limit_is_for_all_redirects_together() -> None:
    """Steps that are each in time do not add up to more than the limit."""

    async def answer(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.15)
        return web.Response(status=302, headers={"Location": "/on"})

    async with serve(answer) as host:
        trouble = await fetch(host, timeout_s=0.25)
    assert isinstance(trouble, Trouble)
    assert trouble.code == "timeout"


async def _raw(answer: bytes) -> tuple[asyncio.Server, Host]:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(speak, LOOPBACK, 0)
    return server, Host(server.sockets[0].getsockname()[1])


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", "no_connection"),
        (b"220 smtp.example ready\r\n", "bad_answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "bad_answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain", "bad_answer"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", "bad_answer"),
        (b"HTTP/1.1 302 Found\r\nLocation: " + b"a" * 9_000 + b"\r\n\r\n", "bad_answer"),
    ],
)
async def test_broken_http_is_a_trouble(answer: bytes, code: str) -> None:
    """Whatever comes instead of HTTP ends in one word, not in an exception."""
    server, host = await _raw(answer)
    async with server:
        trouble = await fetch(host)
    assert isinstance(trouble, Trouble)
    assert trouble.code == code


async def test_nobody_there_is_a_trouble() -> None:
    """A closed port and a name that leads nowhere are told apart."""
    async with serve(answers()) as host:
        pass
    trouble = await fetch(host)
    assert trouble == Trouble("no_connection", "Its host does not accept connections.")
    fetcher = Fetcher(resolver=LyingResolver([[]]))
    nowhere = FeedSpec(id="a", name="A", url="http://feeds.example/")
    assert await fetcher.fetch(nowhere, NOTHING, NOW) == Trouble("no_host", "Its host name leads nowhere.")
    await fetcher.close()


async def test_https_without_encryption_is_a_trouble() -> None:
    """A server that does not speak TLS where TLS is asked for."""
    async with serve(answers()) as host:
        trouble = await fetch(host, url=f"https://{LOOPBACK}:{host.port}/feed")
    assert isinstance(trouble, Trouble)
    assert trouble.code == "tls"


async def test_closing_ends_what_is_under_way() -> None:
    """After close nobody waits for a page that will not come."""

    gate = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        await gate.wait()
        return web.Response()

    async with serve(answer) as host:
        fetcher = host.fetcher()
        waiting = asyncio.create_task(fetcher.fetch(host.feed(), NOTHING, NOW))
        await host.arrived.wait()
        await fetcher.close()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        gate.set()
