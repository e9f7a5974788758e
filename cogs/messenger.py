"""Says deliveries: kind → that subject's card → gate → Discord → Receipt or Trouble."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import discord
from discord.utils import time_snowflake

from bot.deliveries.outcome import SAME_NONCE_FOR
from bot.deliveries.planned import decode
from bot.ports import Outgoing, Receipt, Trouble
from cogs import gate
from cogs.client import Outpost
from cogs.presses import carries

log = logging.getLogger(__name__)

SEND_TIMEOUT_S = 30.0  # discord.py's own is 300 s
LOOK_BACK_MARGIN = timedelta(seconds=60)  # our clock and Discord's may differ
LOOK_BACK_S = 60.0  # a busy channel may have a dozen pages of that time

# Discord's error code → our trouble; by status where the code says nothing.
_CODES = {
    10003: "unknown_channel",
    50001: "missing_access",
    50013: "missing_permission",
    50083: "unknown_channel",
}
_STATUS = {
    400: "bad_request",
    401: "unauthorized",
    403: "missing_access",
    404: "unknown_channel",
    429: "rate_limited",
}
_DELIVERED_BEFORE = 10008  # a nonce'd create of a message that was deleted since: it had arrived


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of delivery becomes a message.

    card: (value, nonce) → view; at least one custom_id in it carries the nonce, our marker for `look_back`.
    """

    value: type[Any]
    card: Callable[[Any, str], discord.ui.LayoutView]


class DiscordMessenger:
    """Implements bot.ports.Messenger over a logged-in client; works before the gateway is ready."""

    def __init__(self, client: Outpost, kinds: Mapping[str, Kind]) -> None:
        self._client = client
        self._kinds = kinds

    async def send(self, outgoing: Outgoing) -> Receipt | Trouble:
        kind = self._kinds[outgoing.kind]
        view = kind.card(decode(kind.value, outgoing.value), outgoing.nonce)
        channel = self._client.get_partial_messageable(outgoing.channel_id, guild_id=outgoing.guild_id)
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                message = await gate.send(channel, view, nonce=outgoing.nonce, silent=True)
        except discord.HTTPException as error:
            if error.code == _DELIVERED_BEFORE:
                return Receipt(None)
            return trouble_of(error)
        except (TimeoutError, aiohttp.ClientError, OSError, discord.RateLimited) as error:
            return _no_answer(error)
        return Receipt(message.id)

    async def look_back(self, outgoing: Outgoing, since: datetime) -> Receipt | Trouble | None:
        channel = self._client.get_partial_messageable(outgoing.channel_id, guild_id=outgoing.guild_id)
        if hidden := await self._why_hidden(outgoing):
            return hidden
        last_try = since + SAME_NONCE_FOR + timedelta(seconds=SEND_TIMEOUT_S)
        after, before = (
            discord.Object(time_snowflake(moment))
            for moment in (since - LOOK_BACK_MARGIN, last_try + LOOK_BACK_MARGIN)
        )
        try:
            async with asyncio.timeout(LOOK_BACK_S):
                async for message in channel.history(
                    limit=None, after=after, before=before, oldest_first=True
                ):
                    if message.author == self._client.user and carries(message, outgoing.nonce):
                        return Receipt(message.id)
        except discord.HTTPException as error:
            return trouble_of(error)
        except (TimeoutError, aiohttp.ClientError, OSError, discord.RateLimited) as error:
            return _no_answer(error)
        return None

    async def _why_hidden(self, outgoing: Outgoing) -> Trouble | None:
        """Without the permission Discord answers an empty list: "can't see" must never mean "not there"."""
        await self._client.connected.wait()
        guild = self._client.get_guild(outgoing.guild_id)
        if guild is None or guild.unavailable:
            return Trouble("unclear", "Discord has not told us about this server yet.")
        channel = guild.get_channel(outgoing.channel_id)
        if channel is None:
            return None  # gone: the request itself will say so
        granted = channel.permissions_for(guild.me)
        if granted.view_channel and granted.read_message_history:
            return None
        return Trouble("unreadable", "I lack Read Message History there, so I can't tell whether it arrived.")


def trouble_of(error: discord.HTTPException) -> Trouble:
    """Discord's answer as a trouble of the closed list in `bot.deliveries.outcome`."""
    if error.status >= 500:
        return Trouble("unclear", f"Discord answered {error.status}; it may have kept the message.")
    if error.status in (403, 404) and not error.code and error.text.lstrip().startswith("<"):
        return Trouble("unclear", f"Something before Discord answered {error.status} with a web page.")
    code = _CODES.get(error.code) or _STATUS.get(error.status, "bad_request")
    retry_after = getattr(error, "retry_after", None)
    return Trouble(code, f"Discord answered {error.status}, code {error.code}.", _seconds(retry_after))


def _no_answer(error: Exception) -> Trouble:
    if isinstance(error, discord.RateLimited):
        return Trouble("rate_limited", "Discord asked for a pause.", _seconds(error.retry_after))
    return Trouble(
        "unclear", f"No answer from Discord ({type(error).__name__}); it may have kept the message."
    )


def _seconds(value: float | None) -> timedelta | None:
    return None if value is None else timedelta(seconds=value)
