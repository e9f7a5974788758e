"""Discord's answers, and that there was none, as troubles of the closed list in `bot.deliveries.outcome`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TypeVar

import aiohttp
import discord

from bot.ports import Trouble

# Discord's error code → our trouble; by status where the code says nothing.
_CODES = {
    10003: "unknown_channel",
    10008: "unknown_message",
    50001: "missing_access",
    50013: "missing_permission",
    50083: "thread_locked",
    160005: "thread_locked",
    40066: "tag_required",
    40067: "tag_required",
    10087: "out_of_reach",  # a tag that was there a moment ago
    160006: "out_of_reach",  # more than 1,000 threads are open; one of them will be put away
    10013: "dm_closed",  # an account that was deleted
    50007: "dm_closed",
    50278: "dm_closed",
    40003: "dm_too_fast",
}
# … when the question was whether somebody is in a server …
ABOUT_A_MEMBER = MappingProxyType(
    {10004: "server_left", 10007: "member_left", 10013: "member_left", 50001: "server_left"}
)
# … and when it was about a thread: to open it, or who is in it.
ABOUT_A_THREAD = MappingProxyType({10007: "member_left", 10013: "member_left", 160006: "too_many_threads"})
_STATUS = {
    400: "bad_request",
    401: "unauthorized",
    403: "missing_access",
    404: "unknown_channel",
    429: "rate_limited",
}
UNANSWERED = (TimeoutError, aiohttp.ClientError, OSError, discord.RateLimited)
_AS_USUAL: Mapping[int, str] = MappingProxyType({})

T = TypeVar("T")


async def asked(doing: Awaitable[T], within_s: float, meant: Mapping[int, str] = _AS_USUAL) -> T | Trouble:
    """Discord's answer to a request, or what it means that there is none. meant: as in `trouble_of`."""
    try:
        async with asyncio.timeout(within_s):
            return await doing
    except discord.HTTPException as error:
        return trouble_of(error, meant)
    except UNANSWERED as error:
        return no_answer(error)


def trouble_of(error: discord.HTTPException, meant: Mapping[int, str] = _AS_USUAL) -> Trouble:
    """What an error of Discord's means. meant: what some of its codes mean for this one question."""
    if error.status >= 500:
        return Trouble("unclear", f"Discord answered {error.status}; it may have kept the message.")
    if error.status in (403, 404) and not error.code and error.text.lstrip().startswith("<"):
        return Trouble("unclear", f"Something before Discord answered {error.status} with a web page.")
    usual = _CODES.get(error.code) or _STATUS.get(error.status, "bad_request")
    code = meant.get(error.code, usual)
    retry_after = getattr(error, "retry_after", None)
    return Trouble(code, f"Discord answered {error.status}, code {error.code}.", _seconds(retry_after))


def no_answer(error: Exception) -> Trouble:
    """What one of `UNANSWERED` means."""
    if isinstance(error, discord.RateLimited):
        return Trouble("rate_limited", "Discord asked for a pause.", _seconds(error.retry_after))
    return Trouble(
        "unclear", f"No answer from Discord ({type(error).__name__}); it may have kept the message."
    )


def not_sent(trouble: Trouble, code: str | None = None) -> Trouble:
    """The trouble of a question that comes before a message: what is not clear then, surely did not arrive."""
    vague = trouble.code in (
        "unclear",
        "bad_request",
        "missing_access",
        "missing_permission",
        "unknown_channel",
    )
    return replace(trouble, code=code or ("out_of_reach" if vague else trouble.code))


def _seconds(value: float | None) -> timedelta | None:
    return None if value is None else timedelta(seconds=value)
