"""Rate limits on a clock that is moved by hand: buckets, the global limit, surprises, the ban."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox import errors
from sandbox.clock import Clock
from sandbox.paths import Place, place_of
from sandbox.ratelimit import HOSTILE, OFF, REALISTIC, Profile, RateLimits, Rule

API = "/api/v10"


class Hands:
    """A monotonic clock that is moved by hand, in seconds."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Standing(Clock):
    """A clock that stands at one moment."""

    def now(self) -> datetime:
        return datetime(2026, 11, 2, 9, tzinfo=UTC)


class Api:
    """A small API behind the limits: everything is answered with an empty object, /forbidden with 403."""

    def __init__(self, profile: str | Profile) -> None:
        self.hands = Hands()
        self.limits = RateLimits(profile, Standing(), monotonic=self.hands)
        app = web.Application(middlewares=[errors.middleware, self.limits.middleware])
        app.router.add_route("*", "/{anything:.*}", self._answer)
        self._client = TestClient(TestServer(app))

    async def _answer(self, request: web.Request) -> web.Response:
        if request.path.endswith("/forbidden"):
            raise errors.missing_permissions()
        return errors.json_response({})

    async def call(self, method: str, path: str, **options: object) -> aiohttp.ClientResponse:
        async with self._client.request(method, API + path, **options) as answer:  # type: ignore[arg-type]
            await answer.read()
            return answer

    async def statuses(self, method: str, path: str, times: int) -> list[int]:
        return [(await self.call(method, path)).status for _ in range(times)]


@pytest.fixture
async def api(request: pytest.FixtureRequest) -> AsyncIterator[Api]:
    running = Api(getattr(request, "param", "realistic"))
    async with running._client:
        yield running


def with_profile(profile: str | Profile) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("api", [profile], indirect=True, ids=["profile"])


@pytest.mark.parametrize(
    ("path", "route", "major"),
    [
        ("/channels/1/messages/2", "/channels/{id}/messages/{id}", "channels/1"),
        (
            "/channels/1/messages/2/reactions/%F0/@me",
            "/channels/{id}/messages/{id}/reactions/{emoji}/@me",
            "channels/1",
        ),
        ("/guilds/3/channels", "/guilds/{id}/channels", "guilds/3"),
        (
            "/webhooks/4/to-ken/messages/@original",
            "/webhooks/{id}/{token}/messages/@original",
            "webhooks/4/to-ken",
        ),
        ("/webhooks/4", "/webhooks/{id}", "webhooks/4"),
        ("/interactions/5/to-ken/callback", "/interactions/{id}/{token}/callback", "interactions/5/to-ken"),
        ("/applications/6/commands", "/applications/{id}/commands", ""),
        ("/users/@me", "/users/@me", ""),
    ],
)
def test_a_path_is_its_route_and_its_major_parameter(path: str, route: str, major: str) -> None:
    """Ids and tokens are taken out; channel, guild and webhook with token are counted apart."""
    assert place_of(path) == Place(route, major)


async def test_five_messages_in_five_seconds_and_channel(api: Api) -> None:
    """The sixth is refused; another channel has its own bucket; after the window all is well again."""
    assert await api.statuses("POST", "/channels/1/messages", 6) == [200] * 5 + [429]
    assert (await api.call("POST", "/channels/2/messages")).status == 200
    api.hands.seconds += 4.99
    assert (await api.call("POST", "/channels/1/messages")).status == 429
    api.hands.seconds += 0.01
    assert (await api.call("POST", "/channels/1/messages")).status == 200
    assert (api.limits.requests, api.limits.refused) == (9, 2)


async def test_every_answer_says_how_much_is_left(api: Api) -> None:
    """Limit, remaining, both forms of reset, and a bucket that is the same for all channels."""
    first = await api.call("POST", "/channels/1/messages")
    api.hands.seconds += 1.5
    second = await api.call("POST", "/channels/1/messages")
    other = await api.call("POST", "/channels/2/messages")
    assert [one.headers["X-RateLimit-Limit"] for one in (first, second)] == ["5", "5"]
    assert [one.headers["X-RateLimit-Remaining"] for one in (first, second, other)] == ["4", "3", "4"]
    assert [one.headers["X-RateLimit-Reset-After"] for one in (first, second)] == ["5.000", "3.500"]
    nine = int(Standing().now().timestamp())
    assert second.headers["X-RateLimit-Reset"] == f"{nine + 3}.500"
    assert first.headers["X-RateLimit-Bucket"] == other.headers["X-RateLimit-Bucket"]
    assert "Via" in first.headers and "Retry-After" not in first.headers


async def test_a_refusal_says_when_to_come_back(api: Api) -> None:
    """Body and headers as discord.py needs them: Via, seconds, the scope; nothing left in the bucket."""
    await api.statuses("POST", "/channels/1/messages", 5)
    api.hands.seconds += 1.25
    refused = await api.call("POST", "/channels/1/messages")
    assert refused.status == 429
    assert await refused.json() == {
        "message": "You are being rate limited.",
        "retry_after": 3.75,
        "global": False,
        "code": 0,
    }
    assert refused.headers["Content-Type"] == "application/json"
    assert {name: refused.headers[name] for name in ("Via", "Retry-After", "X-RateLimit-Scope")} == {
        "Via": "1.1 sandbox",
        "Retry-After": "4",
        "X-RateLimit-Scope": "user",
    }
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert "X-RateLimit-Global" not in refused.headers


async def test_a_refused_handler_carries_the_headers_too(api: Api) -> None:
    """A 403 counts against the bucket as any answer does."""
    forbidden = await api.call("GET", "/channels/1/forbidden")
    assert (forbidden.status, forbidden.headers["X-RateLimit-Remaining"]) == (403, "9")


async def test_followups_have_their_bucket_for_each_token(api: Api) -> None:
    """Five in two seconds."""
    assert await api.statuses("POST", "/webhooks/1/aaa", 6) == [200] * 5 + [429]
    assert await api.statuses("POST", "/webhooks/1/bbb", 1) == [200]


async def test_deleting_and_sending_are_counted_apart(api: Api) -> None:
    """A full bucket of one route leaves the other open."""
    await api.statuses("POST", "/channels/1/messages", 5)
    assert await api.statuses("DELETE", "/channels/1/messages/2", 11) == [200] * 10 + [429]


async def test_a_channel_is_renamed_twice_in_ten_minutes(api: Api) -> None:
    """A sub-limit that the headers do not show; a change of the slowmode is not bound by it."""
    for expected in (200, 200, 429):
        answer = await api.call("PATCH", "/channels/1", json={"name": "new"})
        assert answer.status == expected
    assert float((await answer.json())["retry_after"]) == 600
    assert answer.headers["X-RateLimit-Remaining"] == "7"
    assert (await api.call("PATCH", "/channels/1", json={"rate_limit_per_user": 5})).status == 200


async def test_a_webhook_says_thirty_things_a_minute(api: Api) -> None:
    """However slowly they come: five in two seconds are the bucket, thirty in sixty the limit behind it."""
    for _ in range(6):
        assert await api.statuses("POST", "/webhooks/1/token", 5) == [200] * 5
        api.hands.seconds += 2
    assert (await api.call("POST", "/webhooks/1/token")).status == 429
    assert (await api.call("POST", "/webhooks/1/other")).status == 200
    api.hands.seconds += 60
    assert (await api.call("POST", "/webhooks/1/token")).status == 200


async def test_fifty_requests_a_second_in_all(api: Api) -> None:
    """The 51st is refused whatever its route; interaction answers and webhooks by token are not bound."""
    for channel in range(50):
        assert (await api.call("GET", f"/channels/{channel}")).status == 200
    refused = await api.call("GET", "/users/@me")
    assert (refused.status, (await refused.json())["global"]) == (429, True)
    assert refused.headers["X-RateLimit-Global"] == "true"
    assert refused.headers["X-RateLimit-Scope"] == "global"
    assert (await api.call("POST", "/interactions/1/tok/callback")).status == 200
    assert (await api.call("POST", "/webhooks/1/tok")).status == 200
    api.hands.seconds += 1
    assert (await api.call("GET", "/users/@me")).status == 200


async def test_the_first_answer_of_an_interaction_meets_no_limit(api: Api) -> None:
    """Nor does it carry headers that would make discord.py wait before it returns."""
    assert await api.statuses("POST", "/interactions/1/tok/callback", 60) == [200] * 60
    answer = await api.call("POST", "/interactions/1/tok/callback")
    assert not [name for name in answer.headers if name.startswith("X-RateLimit")]


@with_profile("off")
async def test_off_counts_and_refuses_nothing(api: Api) -> None:
    """No headers, no refusal, only the count."""
    assert await api.statuses("POST", "/channels/1/messages", 100) == [200] * 100
    answer = await api.call("POST", "/channels/1/messages")
    assert not [name for name in answer.headers if name.startswith("X-RateLimit")]
    assert (api.limits.requests, api.limits.refused) == (101, 0)


@with_profile("hostile")
async def test_hostile_refuses_now_and_then_for_no_visible_reason(api: Api) -> None:
    """Each 25th request meets a shared limit, which is not the bot's fault and not counted as invalid."""
    answers = []
    for channel in range(25):
        api.hands.seconds += 1
        answers.append(await api.call("POST", f"/channels/{channel}/messages"))
    assert [answer.status for answer in answers] == [200] * 24 + [429]
    assert answers[-1].headers["X-RateLimit-Scope"] == "shared"
    assert (api.limits.refused, api.limits.invalid) == (1, 0)


@with_profile(Profile(invalid_limit=3))
async def test_too_many_invalid_requests_are_a_ban(api: Api) -> None:
    """401, 403 and one's own 429 count for ten minutes; the ban has no Via and no JSON, as Cloudflare's."""
    assert await api.statuses("GET", "/forbidden", 2) == [403, 403]
    api.limits.count(401)
    assert api.limits.invalid == 3
    banned = await api.call("GET", "/users/@me")
    assert (banned.status, banned.content_type) == (429, "text/html")
    assert "Via" not in banned.headers
    api.hands.seconds += 600
    assert (await api.call("GET", "/users/@me")).status == 200
    assert api.limits.invalid == 0


@with_profile(Profile(rules=(Rule(".*", ".*", 1, 10),), invalid_limit=3))
async def test_knocking_on_a_full_bucket_is_invalid(api: Api) -> None:
    """Every 429 of a bot's own making brings the ban nearer; a 404 or a 200 does not."""
    assert await api.statuses("GET", "/users/@me", 3) == [200, 429, 429]
    assert api.limits.invalid == 2


async def test_what_is_not_the_api_is_not_counted() -> None:
    """The gateway's own address and uploaded files have no bucket."""
    api = Api(Profile(rules=(Rule(".*", ".*", 1, 10),)))
    async with api._client as client:
        for _ in range(3):
            async with client.get("/gateway") as answer:
                assert answer.status == 200
    assert api.limits.requests == 0


def test_the_profiles_get_stricter() -> None:
    """hostile allows no more than realistic, rule by rule; off has no rule at all."""
    assert (OFF.rules, OFF.global_per_s, OFF.surprise_every) == ((), 0, 0)
    assert [rule.route for rule in HOSTILE.rules] == [rule.route for rule in REALISTIC.rules]
    for mild, strict in zip(REALISTIC.rules, HOSTILE.rules, strict=True):
        assert strict.limit / strict.per_s < mild.limit / mild.per_s
    assert HOSTILE.global_per_s < REALISTIC.global_per_s
