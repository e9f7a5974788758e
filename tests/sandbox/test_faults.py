"""Faults on demand: what is applied, what is answered, and how often."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox import errors
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.log import FrameLog

API = "/api/v10"
MESSAGES = f"{API}/channels/1/messages"


class Api:
    """A small API behind the faults; `applied` holds every request that reached the handler."""

    def __init__(self) -> None:
        self.applied: list[str] = []
        self.faults = Faults()
        self.log = FrameLog(Clock())
        app = web.Application(middlewares=[self.log.middleware, errors.middleware, self.faults.middleware])
        app.router.add_route("*", "/{anything:.*}", self._apply)
        self.client = TestClient(TestServer(app))

    async def _apply(self, request: web.Request) -> web.Response:
        self.applied.append(f"{request.method} {request.path}")
        if request.path.endswith("/missing"):
            raise errors.unknown_channel()
        return errors.json_response({"applied": len(self.applied)})

    async def call(self, method: str = "POST", path: str = MESSAGES) -> aiohttp.ClientResponse:
        async with self.client.request(method, path) as answer:
            await answer.read()
            return answer


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    running = Api()
    async with running.client:
        yield running


async def test_without_faults_nothing_happens(api: Api) -> None:
    """Every request is applied and answered."""
    assert (await api.call()).status == 200
    assert (len(api.applied), api.faults.hits) == (1, 0)


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_5xx_before_leaves_nothing_behind(api: Api, status: int) -> None:
    """n times, then all is well."""
    fault = api.faults.add(status=status, times=2)
    assert [(await api.call()).status for _ in range(3)] == [status, status, 200]
    assert (len(api.applied), fault.hits, api.faults.hits) == (1, 2, 2)


async def test_a_5xx_after_hides_what_was_applied(api: Api) -> None:
    """The request took effect, and the answer says that it failed."""
    api.faults.add(when="after", status=502)
    assert (await api.call()).status == 502
    assert len(api.applied) == 1


async def test_a_429_can_be_waited_for(api: Api) -> None:
    """It carries what discord.py needs to try again."""
    api.faults.add(status=429, retry_after=1.5, scope="shared")
    refused = await api.call()
    assert refused.status == 429
    assert (await refused.json())["retry_after"] == 1.5
    assert refused.headers["X-RateLimit-Scope"] == "shared"
    assert "Via" in refused.headers and "X-RateLimit-Global" not in refused.headers


async def test_a_global_429_says_so(api: Api) -> None:
    """In the header and in the body."""
    api.faults.add(status=429, scope="global")
    refused = await api.call()
    assert refused.headers["X-RateLimit-Global"] == "true"
    assert (await refused.json())["global"] is True


async def test_a_connection_dropped_before_applies_nothing(api: Api) -> None:
    """The client gets no answer, and nothing happened."""
    api.faults.add(drop=True)
    with pytest.raises(aiohttp.ClientError):
        await api.call()
    assert api.applied == []
    assert api.log.names() == [f"POST {MESSAGES}", f"lost POST {MESSAGES}"]


async def test_an_answer_lost_after_it_was_applied(api: Api) -> None:
    """The client cannot tell this from the case above; the world can."""
    api.faults.add(when="after", drop=True)
    with pytest.raises(aiohttp.ClientError):
        await api.call()
    assert api.applied == [f"POST {MESSAGES}"]
    assert api.log.names() == [f"POST {MESSAGES}", f"lost POST {MESSAGES}"]
    assert (await api.call()).status == 200


async def test_a_delay_alone_answers_late_but_truly(api: Api) -> None:
    """Before and after: the request is applied once."""
    api.faults.add(delay_s=0.001)
    api.faults.add(when="after", delay_s=0.001)
    assert (await api.call()).status == 200
    assert (len(api.applied), api.faults.hits) == (1, 2)


async def test_a_refusal_can_be_lost_as_well(api: Api) -> None:
    """A fault after a 404 takes its place; without one the 404 comes through."""
    api.faults.add(when="after", status=502)
    missing = f"{API}/missing"
    assert [(await api.call("GET", missing)).status for _ in range(2)] == [502, 404]


@pytest.mark.parametrize(
    ("method", "route", "strikes"),
    [
        (None, "", True),
        ("POST", "/channels/{channel_id}/messages$", True),
        ("post", r"^/channels/\d{1,20}/messages", True),
        ("GET", "/channels/{channel_id}/messages", False),
        ("POST", "/guilds/", False),
        ("POST", "/channels/{channel_id}$", False),
        ("GATEWAY", "", False),
    ],
)
async def test_a_fault_strikes_the_route_it_was_meant_for(
    api: Api, method: str | None, route: str, strikes: bool
) -> None:
    """Method and path after the version; {names} stand for one segment."""
    api.faults.add(method=method, route=route, status=500)
    assert (await api.call()).status == (500 if strikes else 200)


async def test_the_oldest_fault_strikes_first(api: Api) -> None:
    """They queue; clear() ends them all."""
    api.faults.add(status=500)
    api.faults.add(status=503, code=7, message="No.")
    assert (await api.call()).status == 500
    second = await api.call()
    assert (second.status, await second.json()) == (503, {"message": "No.", "code": 7})
    api.faults.add(status=500)
    api.faults.clear()
    assert ((await api.call()).status, api.faults.hits) == (200, 0)


async def test_what_is_not_the_api_is_left_alone(api: Api) -> None:
    """The gateway's handshake and uploaded files are no REST requests."""
    api.faults.add(status=500)
    assert (await api.call("GET", "/gateway")).status == 200


def test_a_fault_for_rest_leaves_the_gateway_alone() -> None:
    """Only the method GATEWAY means gateway events."""
    faults = Faults()
    faults.add(drop=True)
    assert faults.strike("before", "GATEWAY", "MESSAGE_CREATE") is None
    wanted = faults.add(method="GATEWAY", route="^MESSAGE_CREATE$", drop=True)
    assert faults.strike("before", "GATEWAY", "MESSAGE_CREATE") is wanted
