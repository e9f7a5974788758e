"""How often a bot may IDENTIFY, how many shards at once, and what happens when it is too often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from sandbox import Sandbox
from tests.sandbox.gateway_client import GUILDS, Client


async def limit(sandbox: Sandbox) -> dict[str, Any]:
    """The session start limit as GET /gateway/bot tells it."""
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as http,
        http.get(f"{sandbox.rest}/gateway/bot") as answer,
    ):
        found: dict[str, Any] = (await answer.json())["session_start_limit"]
        return found


async def test_the_day_holds_a_thousand_starts(sandbox: Sandbox) -> None:
    """Each IDENTIFY counts, a RESUME does not, and after 24 hours of the sandbox's clock it is a thousand again."""
    assert await limit(sandbox) == {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    async with Client(sandbox) as client:
        await client.identify()
        await client.leave(4000)
    async with Client(sandbox) as again:
        await again.resume(client.session_id, client.seq)
        assert (await again.next())["t"] == "RESUMED"
    left = await limit(sandbox)
    assert left["remaining"] == 999 and 0 < left["reset_after"] <= 86_400_000
    sandbox.clock.move(timedelta(hours=24))
    assert (await limit(sandbox))["remaining"] == 1000


async def test_one_start_too_many_ends_all_sessions_and_the_token(sandbox: Sandbox) -> None:
    """Docs: sessions are terminated and the token is reset; the old one is refused at both doors."""
    sandbox.world.starts.total = 1
    old = sandbox.token
    async with Client(sandbox) as first, Client(sandbox) as second:
        await first.identify()
        assert (await second.next())["op"] == 10
        await second.say(2, {"token": old, "intents": GUILDS, "properties": {}})
        assert [await second.closed(), await first.closed()] == [4004, 4004]
    assert sandbox.sockets.sessions == {}
    assert sandbox.token != old
    headers = {"Authorization": f"Bot {old}"}
    async with aiohttp.ClientSession(headers=headers) as http, http.get(f"{sandbox.rest}/users/@me") as got:
        assert got.status == 401


async def test_shards_of_two_buckets_start_at_once() -> None:
    """max_concurrency 2: shards 0 and 1 need not wait for one another, shard 2 waits for shard 0."""
    async with Sandbox(identify_gap_s=5.0, max_concurrency=2) as sandbox:
        heard = []
        for number in range(3):
            async with Client(sandbox) as client:
                assert (await client.next())["op"] == 10
                await client.say(
                    2, {"token": sandbox.token, "intents": 0, "properties": {}, "shard": [number, 3]}
                )
                heard.append((await client.next())["op"])
        assert heard == [0, 0, 9]
        assert (await limit(sandbox))["max_concurrency"] == 2


async def test_a_shard_with_too_many_guilds_closes_with_4011(sandbox: Sandbox) -> None:
    """2,500 are Discord's; with shards the same guilds find room."""
    sandbox.sockets.guilds_per_shard = 0
    async with Client(sandbox) as client:
        assert (await client.next())["op"] == 10
        await client.say(2, {"token": sandbox.token, "intents": GUILDS, "properties": {}})
        assert await client.closed() == 4011
    empty = 1 - (sandbox.guild.id >> 22) % 2
    async with Client(sandbox) as client:
        await client.next()
        await client.say(
            2, {"token": sandbox.token, "intents": GUILDS, "properties": {}, "shard": [empty, 2]}
        )
        assert (await client.next())["d"]["guilds"] == []


@pytest.mark.parametrize("status", ["online", "idle", "dnd", "invisible"])
async def test_a_presence_is_accepted(sandbox: Sandbox, status: str) -> None:
    """Op 3 is heard and changes nothing: the next frame is the answer to a heartbeat."""
    async with Client(sandbox) as client:
        await client.identify()
        await client.say(3, {"since": None, "activities": [], "status": status, "afk": False})
        await client.say(1, client.seq)
        assert (await client.next())["op"] == 11


async def test_a_mute_server_does_not_answer_heartbeats(sandbox: Sandbox) -> None:
    """A zombie: the socket is open, and nothing that was asked for comes; RESUME brings what was swallowed."""
    sandbox.faults.add(method="GATEWAY", route="^(HEARTBEAT_ACK|CHANNEL_CREATE)$", mute=True, times=2)
    async with Client(sandbox) as client:
        await client.identify()
        await client.say(1, client.seq)
        sandbox.add_channel("unheard")
        sandbox.sockets.ask_for_heartbeats()
        assert (await client.next())["op"] == 1
        await client.leave(4000)
    async with Client(sandbox) as again:
        await again.resume(client.session_id, client.seq)
        assert [frame["t"] for frame in await again.until("RESUMED")] == ["CHANNEL_CREATE", "RESUMED"]
