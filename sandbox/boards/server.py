"""The invented boards over HTTP, on 127.0.0.1 and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from html import escape
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from sandbox.boards import catalogue, hn, odd
from sandbox.boards.catalogue import Board
from sandbox.boards.inventor import Inventor
from sandbox.boards.posting import Posting

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Request:
    """One request to a board. size: bytes of the body that went out."""

    at: datetime
    path: str
    conditional: bool
    status: int
    size: int
    user_agent: str


@dataclass(slots=True)
class _Served:
    """A feed's state: how it behaves since when, what it offers to a conditional request, who asked."""

    behaviour: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    etag: bool = True
    last_modified: bool = True
    changed_at: datetime | None = None  # its behaviour; the postings' own moment stands beside them
    requests: list[Request] = field(default_factory=list)


class Boards:
    """All the boards of `catalogue`, each with a backlog that ends before `now()`.

    `async with Boards(now, seed=1) as boards:` serves until the block ends; all else works without it.
    now: gives aware UTC datetimes.
    """

    def __init__(self, now: Callable[[], datetime], seed: int = 1, port: int = 0) -> None:
        self._now = now
        self._port = port
        self._boards: dict[str, Board] = {b.id: b for b in (*catalogue.BOARDS, *catalogue.PLAIN)}
        self._served = {id: _Served() for id in self._boards}
        self._start = now()
        self._inventors: dict[str, Inventor] = {}
        self._postings: dict[str, list[Posting]] = {}
        self._changed: dict[str, datetime] = {}
        self._bodies: dict[str, bytes] = {}  # as they stand until something changes
        for place, board in enumerate(b for b in self._boards.values() if not b.source):
            self._inventors[board.id] = Inventor(f"{seed}:{board.id}", 1_000_001 + place * 100_000)
            self._changed[board.id] = self._start
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/", self._page)
        app.router.add_get("/api/v1/items/{item}", self._thread)
        app.router.add_get("/hn/api/v1/items/{item}", self._thread)
        for board in self._boards.values():
            app.router.add_get(board.path, self._feed, name=board.id)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        if self._runner:
            await self._runner.cleanup()

    # -- for the person or test that owns them ---------------------------------------------------

    @property
    def address(self) -> tuple[str, int]:
        """Host and port, as the reader's list of exceptions wants them. The port is known once they are served."""
        return HOST, self._port

    def url(self, board: str) -> str:
        """The feed's address."""
        return f"http://{HOST}:{self._port}{self._board(board).path}"

    def feeds_yaml(self, ids: Iterable[str] | None = None, **given: Any) -> str:
        """The text of a feeds.yaml with these boards' addresses; see `catalogue.feed_book`."""
        return catalogue.feed_book({id: self.url(id) for id in self._boards}, ids, given)

    def publish(self, board: str, n: int = 1, posting: Posting | None = None) -> list[Posting]:
        """Put `n` new postings, or this one, at the head of the board's list; returns them."""
        source = self._source(board)
        now, posted = self._now(), self._posted(source)
        new = [posting] if posting else [self._inventors[source].posting(now) for _ in range(n)]
        posted[:0] = reversed(new)
        self._changed[source] = now
        self._forget(source)
        return new

    def withdraw(self, board: str, posting: Posting) -> None:
        """Take a posting off the board."""
        source = self._source(board)
        self._posted(source).remove(posting)
        self._changed[source] = self._now()
        self._forget(source)

    def postings(self, board: str) -> list[Posting]:
        """What the feed shows, newest first, its oddities included."""
        its, served = self._board(board), self._served[board]
        shown = [posting for posting in self._posted(its.source or its.id) if its.keep(posting)]
        return odd.postings(served.behaviour, shown, served.options, self._changed_at(board))

    def body(self, board: str) -> bytes:
        """The bytes of the feed. They change with what is published and how it behaves, never with time alone."""
        if board not in self._bodies:
            whole = self._board(board).shape.render(self.postings(board), self._changed_at(board))
            self._bodies[board] = odd.body(self._served[board].behaviour, whole)
        return self._bodies[board]

    def behave(self, board: str, what: str, **options: Any) -> None:
        """Let one feed misbehave until it is mended; the words and their options: `sandbox.boards.odd`."""
        if what not in odd.ALL:
            raise ValueError(f"no behaviour {what!r}; there are: {', '.join(odd.ALL)}")
        served = self._served[self._board(board).id]
        served.behaviour, served.options, served.changed_at = what, options, self._now()
        self._forget(self._source(board))

    def mend(self, board: str) -> None:
        """Let a feed behave well again."""
        served = self._served[self._board(board).id]
        served.behaviour, served.options, served.changed_at = "", {}, self._now()
        self._forget(self._source(board))

    def validators(self, board: str, *, etag: bool = True, last_modified: bool = True) -> None:
        """What the feed gives to ask again with."""
        served = self._served[self._board(board).id]
        served.etag, served.last_modified = etag, last_modified

    def requests(self, board: str) -> list[Request]:
        """Who asked for the feed, oldest first. A request is listed when its answer has ended."""
        return list(self._served[self._board(board).id].requests)

    def _board(self, id: str) -> Board:
        if id not in self._boards:
            raise LookupError(f"no board {id!r}; there are: {', '.join(self._boards)}")
        return self._boards[id]

    def _posted(self, source: str) -> list[Posting]:
        """A board's postings, newest first. Its backlog is invented when first asked for: few boards are read."""
        if source not in self._postings:
            backlog = self._inventors[source].backlog(self._boards[source].backlog, self._start)
            self._postings[source] = backlog
        return self._postings[source]

    def _source(self, id: str) -> str:
        return self._board(id).source or id

    def _forget(self, source: str) -> None:
        """The feeds that show this board's postings have other bodies now."""
        self._bodies = {id: body for id, body in self._bodies.items() if self._source(id) != source}

    def _changed_at(self, id: str) -> datetime:
        changed = self._changed[self._source(id)]
        return max(changed, self._served[id].changed_at or changed).replace(microsecond=0)

    # -- for those who read them -----------------------------------------------------------------

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        board = str(request.match_info.route.name)
        served = self._served[board]
        if served.behaviour in ("huge", "drip"):
            return await self._stream(board, request)
        response = odd.answer(served.behaviour, served.options) or self._answer(board, request)
        self._note(
            board, request, response.status, len(response.body) if isinstance(response.body, bytes) else 0
        )
        return response

    def _answer(self, board: str, request: web.Request) -> web.Response:
        served, body, changed = self._served[board], self.body(board), self._changed_at(board)
        headers = {"Content-Type": self._board(board).shape.CONTENT_TYPE}
        if served.behaviour != "no_validators":
            if served.etag:
                headers["ETag"] = f'"{sha256(body).hexdigest()[:20]}"'
            if served.last_modified:
                headers["Last-Modified"] = format_datetime(changed, usegmt=True)
        if _unchanged(request, headers):
            return web.Response(status=304, headers={k: v for k, v in headers.items() if k != "Content-Type"})
        return web.Response(body=body, headers=headers)

    async def _stream(self, board: str, request: web.Request) -> web.StreamResponse:
        served, size = self._served[board], 0
        response = web.StreamResponse(headers={"Content-Type": "application/rss+xml"})
        try:
            await response.prepare(request)
            async for piece in odd.stream(served.behaviour, served.options, self._closing):
                await response.write(piece)
                size += len(piece)
        except ConnectionError:
            pass  # the reader has had enough, as it should
        finally:
            self._note(board, request, response.status, size)
        return response

    async def _page(self, _: web.Request) -> web.Response:
        """A page for people, which names the feeds in its head as sites do."""
        links = "".join(
            f'<link rel="alternate" type="application/rss+xml" title="{escape(board.name)}" href="{board.path}">'
            for board in catalogue.PLAIN
        )
        page = f"<!doctype html><html><head><title>Boards</title>{links}</head><body>Invented jobs.</body></html>"
        return web.Response(text=page, content_type="text/html")

    async def _thread(self, request: web.Request) -> web.Response:
        """A thread of Hacker News; only this month's is there."""
        changed = self._changed_at("hn")
        if request.match_info["item"] != str(hn.story_id(changed)):
            return web.json_response({"status": 404, "error": "Not Found"}, status=404)
        body = hn.render_thread(self.postings("hn"), changed)
        self._note("hn", request, 200, len(body))
        return web.Response(body=body, headers={"Content-Type": hn.CONTENT_TYPE})

    def _note(self, board: str, request: web.Request, status: int, size: int) -> None:
        conditional = "If-None-Match" in request.headers or "If-Modified-Since" in request.headers
        agent = request.headers.get("User-Agent", "")
        noted = Request(self._now(), request.path_qs, conditional, status, size, agent)
        self._served[board].requests.append(noted)


def _unchanged(request: web.Request, headers: dict[str, str]) -> bool:
    """Does the reader have it? An ETag decides before a date does (RFC 9110, 13.2.2)."""
    if "If-None-Match" in request.headers:
        return headers.get("ETag") in [tag.strip() for tag in request.headers["If-None-Match"].split(",")]
    if "If-Modified-Since" in request.headers and "Last-Modified" in headers:
        try:
            since = parsedate_to_datetime(request.headers["If-Modified-Since"])
        except ValueError:
            return False
        return parsedate_to_datetime(headers["Last-Modified"]) <= since
    return False
