"""Says deliveries: kind → that subject's card → gate → Discord → Receipt or Trouble."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
QUESTION_S = 10.0  # about one member, or to delete one message

# Discord's error code → our trouble; by status where the code says nothing.
_CODES = {
    10003: "unknown_channel",
    50001: "missing_access",
    50013: "missing_permission",
    50083: "unknown_channel",
    10013: "dm_closed",  # an account that was deleted
    50007: "dm_closed",
    50278: "dm_closed",
    40003: "dm_too_fast",
}
# … and when the question was whether somebody is in a server.
_ABOUT_A_MEMBER = {10004: "server_left", 10007: "member_left", 10013: "member_left", 50001: "server_left"}
_STATUS = {
    400: "bad_request",
    401: "unauthorized",
    403: "missing_access",
    404: "unknown_channel",
    429: "rate_limited",
}
_UNANSWERED = (TimeoutError, aiohttp.ClientError, OSError, discord.RateLimited)
_UNKNOWN_MESSAGE = 10008
_DELIVERED_BEFORE = _UNKNOWN_MESSAGE  # a nonce'd create of a message that was deleted since: it had arrived


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of delivery becomes a message.

    card: (value, nonce) → view; at least one custom_id in it carries the nonce, our marker for `look_back`.
    rings: phones may ring; only for a private alert and a direct promise (design/surface.md, Phone rules).
    """

    value: type[Any]
    card: Callable[[Any, str], discord.ui.LayoutView]
    rings: bool = False


class DiscordMessenger:
    """Implements bot.ports.Messenger over a logged-in client; works before the gateway is ready."""

    def __init__(self, client: Outpost, kinds: Mapping[str, Kind]) -> None:
        self._client = client
        self._kinds = kinds

    async def send(self, outgoing: Outgoing) -> Receipt | Trouble:
        kind = self._kinds[outgoing.kind]
        view = self._drawn(kind, outgoing)
        channel = await self._place(outgoing)
        if isinstance(channel, Trouble):
            return channel
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                message = await gate.send(channel, view, nonce=outgoing.nonce, silent=not kind.rings)
        except discord.HTTPException as error:
            if error.code == _DELIVERED_BEFORE:
                return Receipt(None)
            return trouble_of(error)
        except _UNANSWERED as error:
            return _no_answer(error)
        return Receipt(message.id)

    async def look_back(self, outgoing: Outgoing, since: datetime) -> Receipt | Trouble | None:
        if outgoing.member_id is None and (hidden := await self._why_hidden(outgoing)):
            return hidden
        channel = await self._where(outgoing)
        if isinstance(channel, Trouble):
            return channel
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
        except _UNANSWERED as error:
            return _no_answer(error)
        return None

    async def take_back(self, outgoing: Outgoing, message_id: int) -> None:
        channel = await self._where(outgoing)
        if isinstance(channel, Trouble):
            log.warning("message %d can't be taken back: %s", message_id, channel.detail)
            return
        try:
            async with asyncio.timeout(QUESTION_S):
                await channel.get_partial_message(message_id).delete()
        except (discord.HTTPException, *_UNANSWERED) as error:
            log.warning("message %d can't be taken back: %s", message_id, error)

    async def edit(self, outgoing: Outgoing, message_id: int) -> Trouble | None:
        kind = self._kinds[outgoing.kind]
        view = self._drawn(kind, outgoing)
        channel = await self._where(outgoing)
        if isinstance(channel, Trouble):
            return channel
        try:
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await gate.edit(channel.get_partial_message(message_id), view)
        except discord.HTTPException as error:
            if error.code == _UNKNOWN_MESSAGE:
                return Trouble("unknown_message", "Somebody deleted it.")
            return trouble_of(error)
        except _UNANSWERED as error:
            return _no_answer(error)
        return None

    async def is_member(self, guild_id: int, user_id: int) -> bool | Trouble:
        try:
            async with asyncio.timeout(QUESTION_S):
                await self._client.http.get_member(guild_id, user_id)
        except discord.HTTPException as error:
            if _ABOUT_A_MEMBER.get(error.code) == "member_left":
                return False
            return _not_sent(trouble_of(error), _ABOUT_A_MEMBER.get(error.code))
        except _UNANSWERED as error:
            return _not_sent(_no_answer(error))
        return True

    def _drawn(self, kind: Kind, outgoing: Outgoing) -> discord.ui.LayoutView:
        view = kind.card(decode(kind.value, outgoing.value), outgoing.nonce)
        gate.mention_commands(view, self._client.command_mentions)
        return view

    async def _place(self, outgoing: Outgoing) -> discord.abc.Messageable | Trouble:
        """Where to say it. A direct message only to somebody who is still in the server that it comes from."""
        if outgoing.member_id is None:
            return await self._where(outgoing)
        here = await self.is_member(outgoing.guild_id, outgoing.member_id)
        if isinstance(here, Trouble):
            return here
        if not here:
            return Trouble("member_left", "They are not in the server any more.")
        return await self._where(outgoing)

    async def _where(self, outgoing: Outgoing) -> discord.PartialMessageable | discord.DMChannel | Trouble:
        if outgoing.member_id is None:
            return self._client.get_partial_messageable(outgoing.channel_id, guild_id=outgoing.guild_id)
        try:
            async with asyncio.timeout(QUESTION_S):
                return await self._client.create_dm(discord.Object(outgoing.member_id))
        except discord.HTTPException as error:
            return _not_sent(trouble_of(error))
        except _UNANSWERED as error:
            return _not_sent(_no_answer(error))

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


def _not_sent(trouble: Trouble, code: str | None = None) -> Trouble:
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
