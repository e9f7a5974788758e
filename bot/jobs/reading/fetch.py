"""The only outgoing HTTP: one page of a board, fetched politely and by somebody who trusts nobody.

Polite: asks with validators, waits its turn at each host, says who it is, obeys Retry-After. Distrustful: every
address is checked when it is dialled, redirects are followed by hand, bytes are counted after decompression, and
neither cookies nor the environment's proxies are used (research/reliability.md 1.6–1.9, section 10).
"""

from __future__ import annotations

import asyncio
import hashlib
import socket
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot import __version__
from bot.addresses import Allow, check_url, forbidden
from bot.jobs.reading.headers import fresh_for, retry_after
from bot.ports import FeedSpec, NotModified, Trouble, Validators

MAX_REDIRECTS = 3
HOST_CLOSED = timedelta(hours=1)  # the longest that one 429 keeps all feeds of a host waiting
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/json, */*;q=0.5"

_CHUNK = 64 << 10
_MAX_VALIDATOR = 300  # characters of an ETag or a date that we are willing to keep and send back
_FORBIDDEN = -1  # no kernel's errno: it tells our own refusal from the network's
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole body, decompressed. `url`: where it came from in the end; `content_type`: as the server said."""

    body: bytes
    url: str
    content_type: str | None
    validators: Validators
    fresh_for: timedelta | None


@dataclass(frozen=True, slots=True)
class _Moved:
    to: str


@dataclass(slots=True)
class _Host:
    """What one host may be asked now; moments are of the loop's clock, in seconds."""

    places: asyncio.Semaphore
    next_at: float = 0.0
    closed_until: float = 0.0


@dataclass(slots=True)
class Fetcher:
    """Fetches for every feed of one bot; belongs to one event loop. `close()` it.

    allow: exact (host, port) pairs on this machine that may be dialled: the demo and tests, never a setting.
    contact: an address in the User-Agent where a board's owner reaches whoever runs the bot.
    host_places, host_gap_s: requests at once to a host, seconds between the starts of two (not in `allow`: ours).
    """

    allow: Allow = frozenset()
    contact: str | None = None
    host_places: int = 2
    host_gap_s: float = 1.0
    connect_s: float = 5.0
    resolver: AbstractResolver | None = None
    _session: aiohttp.ClientSession | None = field(default=None, init=False)
    _hosts: defaultdict[str, _Host] = field(init=False)
    _flying: dict[tuple[str, Validators], asyncio.Task[Fetched | NotModified | Trouble]] = field(
        default_factory=dict, init=False
    )

    def __post_init__(self) -> None:
        self._hosts = defaultdict(lambda: _Host(asyncio.Semaphore(self.host_places)))

    async def fetch(
        self, feed: FeedSpec, known: Validators, now: datetime
    ) -> Fetched | NotModified | Trouble:
        """Fetch the feed's page. Readers of the same page with the same validators share one request."""
        key = (feed.url, known)
        flight = self._flying.get(key)
        if flight is None:
            flight = asyncio.create_task(self._follow(feed, known, now))
            self._flying[key] = flight
            flight.add_done_callback(lambda _: self._flying.pop(key, None))
        return await asyncio.shield(flight)

    async def close(self) -> None:
        """Give up what is under way and close all connections."""
        flights = list(self._flying.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _follow(
        self, feed: FeedSpec, known: Validators, now: datetime
    ) -> Fetched | NotModified | Trouble:
        """From redirect to redirect; the time limit is for all of them together, without waiting for turns."""
        clock = asyncio.get_running_loop().time
        url, left = feed.url, feed.timeout_s
        for _ in range(MAX_REDIRECTS + 1):
            if reason := check_url(url, self.allow):
                return Trouble("bad_address", f"Its address {reason}.")
            place = (URL(url).host or "", URL(url).port or 0)
            host = self._hosts[place[0]]
            async with _turn(host, 0.0 if place in self.allow else self.host_gap_s):
                if host.closed_until > clock():
                    wait = timedelta(seconds=host.closed_until - clock())
                    return Trouble("throttled", "The host asked us to wait.", wait)
                began = clock()
                answer = await self._ask(url, left, feed, known, now)
                left -= clock() - began
                if isinstance(answer, Trouble) and answer.code == "throttled" and answer.retry_after:
                    host.closed_until = clock() + min(answer.retry_after, HOST_CLOSED).total_seconds()
            if not isinstance(answer, _Moved):
                return answer
            if URL(url).scheme == "https" and not answer.to.startswith("https:"):
                return Trouble("redirects", "It leads from https to an address without it.")
            url = answer.to
        return Trouble("redirects", f"It leads on more than {MAX_REDIRECTS} times.")

    async def _ask(
        self, url: str, left: float, feed: FeedSpec, known: Validators, now: datetime
    ) -> Fetched | NotModified | Trouble | _Moved:
        """One request. Everything that the other side and the network can do becomes a value."""
        try:
            async with (
                asyncio.timeout(max(left, 0.0)),
                self._open_session().get(
                    URL(url), headers=self._headers(feed, known), allow_redirects=False
                ) as response,
            ):
                return await _answer(response, feed, known, now)
        except TimeoutError:
            return Trouble("timeout", f"No whole answer within {feed.timeout_s:g} seconds.")
        except aiohttp.ClientConnectorDNSError:
            return Trouble("no_host", "Its host name leads nowhere.")
        except aiohttp.ClientSSLError:
            return Trouble("tls", "Its certificate or encryption is not valid.")
        except aiohttp.ClientConnectorError as error:
            if error.os_error.errno == _FORBIDDEN:
                return Trouble("bad_address", "Its host leads to an address that is not public.")
            return Trouble("no_connection", "Its host does not accept connections.")
        except (aiohttp.ClientPayloadError, aiohttp.ClientResponseError):
            return Trouble("bad_answer", "Its answer breaks the rules of HTTP or ends too early.")
        except (aiohttp.ClientError, OSError, ValueError):
            return Trouble("no_connection", "The connection broke before an answer.")

    def _headers(self, feed: FeedSpec, known: Validators) -> dict[str, str]:
        name = feed.user_agent
        if "/" not in name:  # else somebody wrote a whole one
            name += f"/{__version__}" + (f" (+{self.contact})" if self.contact else "")
        headers = {"User-Agent": name, "Accept": ACCEPT}
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        return headers

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    socket_factory=self._checked_socket,
                    resolver=self.resolver,
                    limit=0,  # turns are taken at the hosts, where waiting costs no time limit
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None, connect=self.connect_s),
                trust_env=False,
            )
        return self._session

    def _checked_socket(self, info: tuple[Any, ...]) -> socket.socket:
        """A socket for exactly this address, after its name was resolved for the last time."""
        family, kind, protocol, _, address = info
        if (address[0], address[1]) not in self.allow and (why := forbidden(address[0])):
            raise OSError(_FORBIDDEN, f"not dialled: {why}")
        return socket.socket(family, kind, protocol)


@asynccontextmanager
async def _turn(host: _Host, gap_s: float) -> AsyncIterator[None]:
    """Hold one of the host's places, at least `gap_s` after the start before."""
    clock = asyncio.get_running_loop().time
    async with host.places:
        start = max(clock(), host.next_at)
        host.next_at = start + gap_s
        await asyncio.sleep(start - clock())
        yield


async def _answer(
    response: aiohttp.ClientResponse, feed: FeedSpec, known: Validators, now: datetime
) -> Fetched | NotModified | Trouble | _Moved:
    """What a response means; the body is read only when it is wanted."""
    if response.status in _MOVED:
        try:
            return _Moved(str(response.url.join(URL(response.headers["Location"]))))
        except (KeyError, ValueError):
            return Trouble("redirects", "It leads on, but does not say where to.")
    fresh = fresh_for(response.headers, now)
    validators = Validators(
        etag=_kept(response.headers.get("ETag")),
        last_modified=_kept(response.headers.get("Last-Modified")),
        body_hash=known.body_hash,
    )
    if response.status == 304 and (known.etag or known.last_modified):
        same = Validators(
            validators.etag or known.etag,
            validators.last_modified or known.last_modified,
            known.body_hash,
        )
        return NotModified(same, fresh)
    if response.status != 200:
        return _refusal(response, feed, now)
    body = await _read(response, feed.max_bytes)
    if body is None:
        return Trouble("too_big", f"The page is larger than {feed.max_bytes / 1e6:g} MB.")
    digest = hashlib.sha256(body).hexdigest()
    if digest == known.body_hash:
        return NotModified(validators, fresh)
    return Fetched(
        body=body,
        url=str(response.url),
        content_type=response.headers.get("Content-Type"),
        validators=Validators(validators.etag, validators.last_modified, digest),
        fresh_for=fresh,
    )


def _refusal(response: aiohttp.ClientResponse, feed: FeedSpec, now: datetime) -> Trouble:
    status = response.status
    wait = retry_after(response.headers, now) if feed.respect_retry_after else None
    detail = f"The server answered {status}."
    if status == 429:
        return Trouble("throttled", detail, wait)
    if status >= 500:
        return Trouble("unavailable", detail, wait)
    if status < 400:  # 204, a 304 that nobody asked for …
        return Trouble("bad_answer", detail)
    return Trouble("gone" if status in (404, 410) else "refused", detail)


async def _read(response: aiohttp.ClientResponse, max_bytes: int) -> bytes | None:
    """The decompressed body; None as soon as it is too long. (`read(n)` would give one chunk only.)"""
    if (response.content_length or 0) > max_bytes:
        return None
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > max_bytes:
            return None
    return bytes(body)


def _kept(value: str | None) -> str | None:
    return value if value and len(value) <= _MAX_VALIDATOR and value.isprintable() else None
