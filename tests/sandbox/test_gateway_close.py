"""For what Discord closes a gateway socket, and with which code."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox import Sandbox
from tests.sandbox.gateway_client import GUILDS, Client

_IDENTIFY: dict[str, Any] = {"intents": GUILDS, "properties": {}}


@pytest.mark.parametrize(
    ("op", "d", "code"),
    [
        pytest.param(3, {"status": "online"}, 4003, id="a presence before IDENTIFY"),
        pytest.param(99, {}, 4001, id="an op that does not exist"),
        pytest.param(2, {**_IDENTIFY, "token": "wrong"}, 4004, id="a wrong token"),
        pytest.param(6, {"token": "wrong", "session_id": "x", "seq": 1}, 4004, id="RESUME, a wrong token"),
        pytest.param(2, {**_IDENTIFY, "intents": 1 << 40}, 4013, id="an intent that does not exist"),
        pytest.param(2, {**_IDENTIFY, "intents": None}, 4013, id="no intents"),
        pytest.param(2, {**_IDENTIFY, "intents": 1 << 15}, 4014, id="a privileged intent not granted"),
        pytest.param(2, {**_IDENTIFY, "shard": [2, 2]}, 4010, id="a shard that does not exist"),
        pytest.param(2, "me", 4002, id="an IDENTIFY without fields"),
    ],
)
async def test_what_is_wrong_closes_with_discords_code(
    sandbox: Sandbox, op: int, d: object, code: int
) -> None:
    """Each mistake on the way in has its number."""
    if isinstance(d, dict) and op == 2:
        d = {"token": sandbox.token, **d}
    async with Client(sandbox) as client:
        assert (await client.next())["op"] == 10
        await client.say(op, d)
        assert await client.closed() == code


@pytest.mark.parametrize("text", ["no json", "[]", '{"d": 1}', '{"op": 3, "d": "' + "x" * 4096 + '"}'])
async def test_what_cannot_be_read_closes_with_4002(sandbox: Sandbox, text: str) -> None:
    """Neither can a frame of more than 4,096 bytes."""
    async with Client(sandbox) as client:
        await client.identify()
        await client.say_text(text)
        assert await client.closed() == 4002


async def test_a_second_identify_on_one_socket_closes_with_4005(sandbox: Sandbox) -> None:
    """Whoever is in cannot come in again."""
    async with Client(sandbox) as client:
        await client.identify()
        await client.say(2, {"token": sandbox.token, **_IDENTIFY})
        assert await client.closed() == 4005


async def test_a_number_from_the_future_closes_with_4007(sandbox: Sandbox) -> None:
    """Nobody can have seen an event that was never sent."""
    async with Client(sandbox) as client:
        await client.identify()
    async with Client(sandbox) as again:
        await again.resume(client.session_id, client.seq + 1)
        assert await again.closed() == 4007


async def test_the_121st_frame_in_a_minute_closes_with_4008(sandbox: Sandbox) -> None:
    """120 are allowed, heartbeats and IDENTIFY included; the session can be resumed."""
    async with Client(sandbox) as client:
        await client.identify()
        for _ in range(119):
            await client.say(1, client.seq)
        for _ in range(119):
            assert (await client.next())["op"] == 11
        await client.say(1, client.seq)
        assert await client.closed() == 4008
    assert client.session_id in sandbox.sockets.sessions


async def test_silence_closes_with_4009(sandbox: Sandbox) -> None:
    """A client that sends no heartbeat for one and a half intervals is taken for gone."""
    sandbox.sockets.heartbeat_s = 0.02
    async with Client(sandbox) as client:
        assert await client.closed() == 4009


@pytest.mark.parametrize("query", ["encoding=json", "v=9&encoding=json", "v=10&encoding=etf"])
async def test_another_version_closes_with_4012(sandbox: Sandbox, query: str) -> None:
    """The sandbox speaks v10 and JSON."""
    async with Client(sandbox, query) as client:
        assert await client.closed() == 4012
