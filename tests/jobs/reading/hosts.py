"""Real servers on loopback that behave as a test says, and a resolver that lies."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.jobs.reading.fetch import Fetcher
from bot.ports import FeedSpec

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LOOPBACK = "127.0.0.1"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

RSS = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Invented</title><ttl>90</ttl>
<item><title>Tender of lamps</title><link>https://lamps.example/1</link><guid>1</guid>
<pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate><description>Light &lt;b&gt;them&lt;/b&gt;.</description></item>
</channel></rss>"""


@dataclass(slots=True)
class Host:
    """A server on loopback. seen: the requests that reached it, in order; arrived: set with the first."""

    port: int = 0
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    seen: list[web.BaseRequest] = field(default_factory=list)

    def url(self, path: str = "/feed", name: str = LOOPBACK) -> str:
        return f"http://{name}:{self.port}{path}"

    def feed(self, path: str = "/feed", **given: object) -> FeedSpec:
        return FeedSpec(**{"id": "a", "name": "A", "url": self.url(path), **given})  # type: ignore[arg-type]

    def fetcher(self, **given: object) -> Fetcher:
        """A fetcher that may dial this server alone."""
        return Fetcher(**{"allow": frozenset({(LOOPBACK, self.port)}), **given})  # type: ignore[arg-type]


@asynccontextmanager
async def serve(handler: Handler) -> AsyncIterator[Host]:
    """Serve every path by one handler until the block ends."""
    host = Host()

    async def note(request: web.BaseRequest) -> web.StreamResponse:
        host.seen.append(request)
        host.arrived.set()
        return await handler(request)  # type: ignore[arg-type]

    runner = web.ServerRunner(web.Server(note), shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, LOOPBACK, 0)
    await site.start()
    host.port = runner.addresses[0][1]
    try:
        yield host
    finally:
        await runner.cleanup()


def answers(body: bytes = RSS, status: int = 200, **headers: str) -> Handler:
    """Always the same answer; header names with _ for -."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(
            body=body, status=status, headers={"Content-Type": "application/rss+xml", **given}
        )

    return answer


@dataclass(slots=True)
class LyingResolver(AbstractResolver):
    """Gives the next of these lists each time a name is asked for, then the last for ever; [] is no such name."""

    addresses: list[list[str]]
    asked: int = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = self.addresses[min(self.asked, len(self.addresses) - 1)]
        self.asked += 1
        if not found:
            raise OSError(f"no such name: {host}")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in found
        ]

    async def close(self) -> None:
        """Nothing is held."""
