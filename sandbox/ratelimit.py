"""Rate limits as a bot meets them: buckets a route, one global limit, and the ban for too many invalid requests.

Discord says that its buckets are not to be hard-coded, and changes them. The figures of `realistic` are what bots
have observed; `hostile` is tighter and refuses now and then for no visible reason. Source: Discord's "Rate Limits".
"""

from __future__ import annotations

import hashlib
import math
import re
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox import bodies
from sandbox.clock import Clock
from sandbox.errors import ApiError, json_response, opening_dms_too_fast
from sandbox.paths import Place, api_path, place_of

VIA = {"Via": "1.1 sandbox"}
"""Without it discord.py takes a 429 for a ban by Cloudflare and gives up at once."""

INVALID_WINDOW_S = 600.0


Scope = Literal["user", "shared", "global"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Some routes share these figures: `limit` requests in `per_s` seconds for each route and major parameter.

    only_with: the rule counts a request only when its JSON body has one of these keys, if there are any. A
    sub-limit is not shown in the headers.
    """

    method: str  # a regular expression, matched whole
    route: str  # likewise, against the path with every id replaced by {id} and every token by {token}
    limit: int
    per_s: float
    only_with: tuple[str, ...] = ()

    def fits(self, method: str, route: str) -> bool:
        return bool(re.fullmatch(self.method, method) and re.fullmatch(self.route, route))


@dataclass(frozen=True, slots=True)
class Profile:
    """How strict Discord is today. rules: the first that fits; sub_limits: all that fit, besides.

    dms_a_minute: how many DMs may be opened, 0 for no limit; Discord gives no figure beside 40003.
    global_per_s: requests a second in all, 0 for no limit. surprise_every: each n-th request is refused as if
    others had used up a shared resource, 0 for never. invalid_limit: 401, 403 and 429 answers in ten minutes.
    """

    rules: tuple[Rule, ...] = ()
    sub_limits: tuple[Rule, ...] = ()
    global_per_s: int = 0
    dms_a_minute: int = 0
    surprise_every: int = 0
    invalid_limit: int = 10_000


_CHANNEL_RENAMES = Rule("PATCH", "/channels/{id}", 2, 600, only_with=("name", "topic"))
_WEBHOOK_MESSAGES = Rule("POST", "/webhooks/{id}/{token}", 30, 60)

OFF = Profile()
REALISTIC = Profile(
    rules=(
        Rule("POST", "/channels/{id}/messages", 5, 5),
        Rule("POST|PATCH|GET|DELETE", "/webhooks/{id}/{token}(/messages/.*)?", 5, 2),
        Rule("PUT|DELETE", "/channels/{id}/messages/{id}/reactions/.*", 1, 0.25),
        Rule(".*", ".*", 10, 10),
    ),
    sub_limits=(_CHANNEL_RENAMES, _WEBHOOK_MESSAGES),
    global_per_s=50,
    dms_a_minute=60,
)
HOSTILE = Profile(
    rules=(
        Rule("POST", "/channels/{id}/messages", 2, 5),
        Rule("POST|PATCH|GET|DELETE", "/webhooks/{id}/{token}(/messages/.*)?", 2, 2),
        Rule("PUT|DELETE", "/channels/{id}/messages/{id}/reactions/.*", 1, 1),
        Rule(".*", ".*", 5, 10),
    ),
    sub_limits=(_CHANNEL_RENAMES, _WEBHOOK_MESSAGES),
    global_per_s=20,
    dms_a_minute=20,
    surprise_every=25,
    invalid_limit=1_000,
)
PROFILES = {"off": OFF, "realistic": REALISTIC, "hostile": HOSTILE}


@dataclass(slots=True)
class Bucket:
    """A fixed window that opens with its first request. Times are of the monotonic clock."""

    rule: Rule
    used: int = 0
    ends: float = -math.inf

    def take(self, at: float) -> float:
        """Count one request: 0, or the seconds until it may come again, in which case it is not counted."""
        if at >= self.ends:
            self.used, self.ends = 0, at + self.rule.per_s
        if self.used >= self.rule.limit:
            return self.ends - at
        self.used += 1
        return 0.0


class RateLimits:
    """The limits of the sandbox's one bot. `profile` may be exchanged at any time.

    requests: all that came. refused: how many were answered 429. invalid: how many answers of the last ten
    minutes were 401, 403 or a 429 that was the bot's own fault; at the profile's limit follows a ban.
    """

    def __init__(
        self, profile: str | Profile, clock: Clock, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.profile = PROFILES[profile] if isinstance(profile, str) else profile
        self.requests = 0
        self.refused = 0
        self._clock = clock
        self._monotonic = monotonic
        self._buckets: dict[tuple[str, str, Rule], Bucket] = {}
        self._invalid: deque[float] = deque()

    @property
    def invalid(self) -> int:
        oldest = self._monotonic() - INVALID_WINDOW_S
        while self._invalid and self._invalid[0] <= oldest:
            self._invalid.popleft()
        return len(self._invalid)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        path = api_path(request.path)
        if path is None:
            return await handler(request)
        self.requests += 1
        if self.invalid >= self.profile.invalid_limit:
            self.refused += 1
            return web.Response(
                status=429, text="<html>You are banned for a while.</html>", content_type="text/html"
            )
        place = place_of(path)
        headers, refusal = self._admit(request.method, place, await _keys_of(request))
        if refusal is not None:
            return refusal
        try:
            response = await handler(request)
        except ApiError as error:
            error.headers.update(headers)
            self.count(error.status)
            raise
        self.count(response.status)
        if not response.prepared:
            response.headers.update(headers)
        return response

    def count(self, status: int, scope: str = "user") -> None:
        """Note an answer's status for the ban. A 429 of the scope "shared" is not the bot's fault."""
        if status in (401, 403) or (status == 429 and scope != "shared"):
            self._invalid.append(self._monotonic())

    def _admit(
        self, method: str, place: Place, keys: frozenset[str]
    ) -> tuple[dict[str, str], web.Response | None]:
        """The headers for the answer, and the refusal if there is one."""
        at = self._monotonic()
        if place.is_first_answer:
            return VIA, None
        if place.counts_globally and (wait := self._take_of_all(at)):
            return VIA, self._refuse(wait, "global", VIA)
        if self.profile.surprise_every and self.requests % self.profile.surprise_every == 0:
            return VIA, self._refuse(0.5, "shared", VIA)
        if (method, place.route) == ("POST", "/users/@me/channels") and self._opens_too_many(at):
            return VIA, opening_dms_too_fast().response()
        rule = next((one for one in self.profile.rules if one.fits(method, place.route)), None)
        if rule is None:
            return VIA, None
        bucket = self._bucket(rule, method, place)
        wait = bucket.take(at)
        headers = VIA | self._headers(bucket, f"{method} {place.route}", at)
        for sub_limit in self.profile.sub_limits:
            counts = not sub_limit.only_with or keys.intersection(sub_limit.only_with)
            if not wait and counts and sub_limit.fits(method, place.route):
                wait = self._bucket(sub_limit, method, place).take(at)
        return headers, self._refuse(wait, "user", headers) if wait else None

    def _opens_too_many(self, at: float) -> bool:
        rule = Rule("POST", "/users/@me/channels", self.profile.dms_a_minute, 60.0)
        return bool(rule.limit and self._bucket(rule, "POST", Place(rule.route, "")).take(at))

    def _take_of_all(self, at: float) -> float:
        """Count one request against the global limit: 0, or the seconds until it may come again."""
        if not self.profile.global_per_s:
            return 0.0
        rule = Rule(".*", ".*", self.profile.global_per_s, 1.0)
        return self._buckets.setdefault(("", "", rule), Bucket(rule)).take(at)

    def _bucket(self, rule: Rule, method: str, place: Place) -> Bucket:
        return self._buckets.setdefault((f"{method} {place.route}", place.major, rule), Bucket(rule))

    def _headers(self, bucket: Bucket, route: str, at: float) -> dict[str, str]:
        left = bucket.ends - at
        return {
            "X-RateLimit-Limit": str(bucket.rule.limit),
            "X-RateLimit-Remaining": str(bucket.rule.limit - bucket.used),
            "X-RateLimit-Reset": f"{self._clock.now().timestamp() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": hashlib.blake2b(route.encode(), digest_size=16).hexdigest(),
        }

    def _refuse(self, wait: float, scope: Scope, headers: Mapping[str, str]) -> web.Response:
        self.refused += 1
        self.count(429, scope)
        body = {
            "message": "The resource is being rate limited."
            if scope == "shared"
            else "You are being rate limited.",
            "retry_after": math.ceil(wait * 1000) / 1000,
            "global": scope == "global",
            "code": 0,
        }
        more = {"Retry-After": str(math.ceil(wait)), "X-RateLimit-Scope": scope}
        if scope == "global":
            more["X-RateLimit-Global"] = "true"
        return json_response(body, status=429, headers={**headers, **more})


async def _keys_of(request: web.Request) -> frozenset[str]:
    """The names of the JSON body's fields; a sub-limit may depend on them."""
    if request.method != "PATCH" or request.content_type != "application/json":
        return frozenset()
    try:
        body = await bodies.asked(request)
    except ValueError:
        return frozenset()
    return frozenset(body) if isinstance(body, dict) else frozenset()
