"""discord.py under rate limits and faults: what it waits for, what it tries again, what it cannot know."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest

from sandbox import Sandbox
from sandbox.ratelimit import Profile, Rule
from tests.sandbox.conftest import Bot, logged_in

pytestmark = [pytest.mark.wire, pytest.mark.usefixtures("discord_py")]


@pytest.fixture
async def channel(sandbox: Sandbox) -> AsyncIterator[discord.TextChannel]:
    async with logged_in(sandbox, Bot()) as bot:
        found = await bot.fetch_channel(sandbox.channel("remote-python").id)
        assert isinstance(found, discord.TextChannel)
        yield found


def said(sandbox: Sandbox) -> list[str]:
    return [message.content for message in sandbox.messages("remote-python")]


async def test_discord_py_waits_for_a_bucket_before_it_is_refused(
    sandbox: Sandbox, channel: discord.TextChannel
) -> None:
    """It reads the headers: everything arrives in order and nothing is answered 429."""
    sandbox.limits.profile = Profile(rules=(Rule("POST", "/channels/{id}/messages", 3, 0.1),))
    for number in range(8):
        await channel.send(str(number))
    assert said(sandbox) == [str(number) for number in range(8)]
    assert sandbox.limits.refused == 0


async def test_discord_py_tries_again_after_a_429(sandbox: Sandbox, channel: discord.TextChannel) -> None:
    """A refusal without warning, with Via: it waits for as long as it is told and sends once."""
    fault = sandbox.faults.add(method="POST", route="/messages$", status=429, retry_after=0.01, times=2)
    await channel.send("once")
    assert (said(sandbox), fault.hits) == (["once"], 2)


async def test_a_ban_is_not_tried_again(sandbox: Sandbox, channel: discord.TextChannel) -> None:
    """A 429 without Via is Cloudflare's: discord.py raises at once, and the bot has to stop."""
    sandbox.limits.profile = Profile(invalid_limit=1)
    sandbox.limits.count(403)
    with pytest.raises(discord.HTTPException) as banned:
        await channel.send("never")
    assert (banned.value.status, said(sandbox)) == (429, [])


async def test_a_lost_answer_leaves_the_sender_in_the_dark(
    sandbox: Sandbox, channel: discord.TextChannel
) -> None:
    """The message is there and discord.py raises; the same nonce again gives the same message back."""
    sandbox.faults.add(when="after", method="POST", route="/messages$", drop=True)
    with pytest.raises(aiohttp.ClientError):
        await channel.send("once", nonce="n-1")
    assert said(sandbox) == ["once"]
    again = await channel.send("once", nonce="n-1")
    assert [message.id for message in sandbox.messages("remote-python")] == [again.id]


async def test_a_connection_dropped_before_leaves_nothing(
    sandbox: Sandbox, channel: discord.TextChannel
) -> None:
    """To the sender it looks the same as a lost answer."""
    sandbox.faults.add(method="POST", route="/messages$", drop=True)
    with pytest.raises(aiohttp.ClientError):
        await channel.send("never")
    assert said(sandbox) == []


async def test_a_late_answer_is_waited_for(sandbox: Sandbox, channel: discord.TextChannel) -> None:
    """A delay alone changes nothing but the time it takes."""
    sandbox.faults.add(method="POST", route="/messages$", delay_s=0.01)
    await asyncio.wait_for(channel.send("late"), 20)
    assert said(sandbox) == ["late"]
