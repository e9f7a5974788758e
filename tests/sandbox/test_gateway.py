"""The gateway as a socket sees it: the way in, RESUME, being sent away, and what the log keeps."""

from __future__ import annotations

import pytest

from sandbox import Sandbox
from tests.sandbox.gateway_client import GUILDS, Client, happen

# -- the way in ----------------------------------------------------------------------------------


@pytest.mark.parametrize("compress", ["", "&compress=zlib-stream", "&compress=zstd-stream"])
async def test_hello_identify_ready_guild_create(sandbox: Sandbox, compress: str) -> None:
    """The way in is the same in all three encodings; numbers rise by one from READY on."""
    async with Client(sandbox, "v=10&encoding=json" + compress) as client:
        ready, guild = await client.identify()
        assert [ready["t"], guild["t"]] == ["READY", "GUILD_CREATE"]
        assert [ready["s"], guild["s"]] == [1, 2]
        assert ready["d"]["resume_gateway_url"] == sandbox.gateway
        assert ready["d"]["shard"] == [0, 1]
        assert ready["d"]["guilds"] == [{"id": str(sandbox.guild.id), "unavailable": True}]
        assert guild["d"]["id"] == str(sandbox.guild.id)
        await client.say(1, client.seq)
        assert (await client.next())["op"] == 11
        happen(sandbox, note="é" * 3000)
        assert (await client.next())["d"] == {"note": "é" * 3000}
    assert sandbox.sockets.identifies == 1


async def test_hello_names_the_heartbeat_interval(sandbox: Sandbox) -> None:
    """41.25 seconds, in milliseconds, as Discord says it."""
    async with Client(sandbox) as client:
        assert (await client.next())["d"] == {"heartbeat_interval": 41250}


async def test_a_bot_with_members_asks_for_them(sandbox: Sandbox) -> None:
    """Op 8 is answered with one chunk: those asked for, and those that are not there."""
    ana = next(m.user for m in sandbox.guild.members.values() if m.user.name == "ana")
    async with Client(sandbox) as client:
        await client.identify()
        await client.say(8, {"guild_id": str(sandbox.guild.id), "user_ids": [str(ana.id), "7"], "nonce": "n"})
        chunk = (await client.until("GUILD_MEMBERS_CHUNK"))[-1]["d"]
        assert [member["user"]["id"] for member in chunk["members"]] == [str(ana.id)]
        assert (chunk["not_found"], chunk["nonce"]) == (["7"], "n")


# -- coming back ---------------------------------------------------------------------------------


async def test_resume_replays_what_was_missed_and_then_says_resumed(sandbox: Sandbox) -> None:
    """Missed events come in order with their old numbers; RESUMED is last and carries an object."""
    async with Client(sandbox) as lost:
        await lost.identify()
        sandbox.sockets.drop_all()
        assert await lost.closed() is None
    for number in range(3):
        happen(sandbox, number=number)
    async with Client(sandbox) as client:
        await client.resume(lost.session_id, lost.seq)
        seen = await client.until("RESUMED")
        assert [frame["t"] for frame in seen] == ["CHANNEL_UPDATE"] * 3 + ["RESUMED"]
        assert [frame["d"]["number"] for frame in seen[:-1]] == [0, 1, 2]
        assert [frame["s"] for frame in seen] == [3, 4, 5, 6]
        assert isinstance(seen[-1]["d"], dict)
        happen(sandbox, number=3)
        assert (await client.next())["s"] == 7
    assert (sandbox.sockets.identifies, sandbox.sockets.resumes) == (1, 1)


async def test_a_second_resume_repeats_events_but_no_resumed(sandbox: Sandbox) -> None:
    """A client that lost its socket in the middle of a replay gets the events again, then one RESUMED."""
    async with Client(sandbox) as first:
        await first.identify()
        sandbox.sockets.drop_all()
        assert await first.closed() is None
    happen(sandbox)
    for _ in range(2):
        async with Client(sandbox) as again:
            await again.resume(first.session_id, first.seq)
            assert [frame["t"] for frame in await again.until("RESUMED")] == ["CHANNEL_UPDATE", "RESUMED"]


async def test_a_resume_takes_the_session_from_the_older_socket(sandbox: Sandbox) -> None:
    """A session speaks on one socket; the older is cut and each event is heard once."""
    async with Client(sandbox) as older, Client(sandbox) as newer:
        await older.identify()
        await newer.resume(older.session_id, older.seq)
        assert await older.closed() is None
        await newer.until("RESUMED")
        happen(sandbox, number=1)
        assert (await newer.next())["d"] == {"number": 1}


@pytest.mark.parametrize(("code", "ends"), [(1000, True), (1001, True), (4000, False), (1002, False)])
async def test_only_the_clients_own_1000_or_1001_ends_a_session(
    sandbox: Sandbox, code: int, ends: bool
) -> None:
    """After any other close the session can be resumed."""
    async with Client(sandbox) as client:
        await client.identify()
        await client.leave(code)
    async with Client(sandbox) as again:
        await again.resume(client.session_id, client.seq)
        answer = await again.next()
        assert (answer["op"], answer["d"]) == (9, False) if ends else answer["t"] == "RESUMED"


@pytest.mark.parametrize("code", [4000, 1000, 1001])
async def test_a_close_by_discord_never_ends_a_session(sandbox: Sandbox, code: int) -> None:
    """Not even with 1000 and 1001, which the client's library sends back as an echo."""
    async with Client(sandbox) as client:
        await client.identify()
        sandbox.sockets.close_all(code)
        assert await client.closed() == code
    async with Client(sandbox) as again:
        await again.resume(client.session_id, client.seq)
        assert (await again.next())["t"] == "RESUMED"


async def test_what_left_the_buffer_cannot_be_replayed(sandbox: Sandbox) -> None:
    """A client who missed more than is kept has to identify anew (op 9, false)."""
    sandbox.sockets.replay_limit = 3
    async with Client(sandbox) as client:
        await client.identify()
        sandbox.sockets.drop_all()
        assert await client.closed() is None
    for number in range(4):
        happen(sandbox, number=number)
    async with Client(sandbox) as again:
        await again.resume(client.session_id, client.seq)
        answer = await again.next()
        assert (answer["op"], answer["d"]) == (9, False)
    assert sandbox.sockets.sessions == {}


async def test_a_session_waits_five_minutes_for_its_client(sandbox: Sandbox) -> None:
    """Then it is forgotten, and the client has to identify anew."""
    async with Client(sandbox) as client:
        await client.identify()
        await client.leave(4000)
    await sandbox.until(lambda: not sandbox.sockets.sessions[client.session_id].socket)
    seconds = sandbox.sockets.monotonic() + 301
    sandbox.sockets.monotonic = lambda: seconds
    async with Client(sandbox) as again:
        await again.resume(client.session_id, client.seq)
        answer = await again.next()
        assert (answer["op"], answer["d"]) == (9, False)


async def test_a_resume_of_an_unknown_session_gets_op_9(sandbox: Sandbox) -> None:
    """The socket stays open for an IDENTIFY."""
    async with Client(sandbox) as client:
        await client.resume("unknown", 5)
        answer = await client.next()
        assert (answer["op"], answer["d"]) == (9, False)
        await client.say(2, {"token": sandbox.token, "intents": 0, "properties": {}})
        assert (await client.next())["t"] == "READY"


# -- being sent away -----------------------------------------------------------------------------


async def test_op_7_asks_to_come_back(sandbox: Sandbox) -> None:
    """Only identified clients are asked; the session waits for them."""
    async with Client(sandbox) as client:
        await client.identify()
        sandbox.sockets.reconnect_all()
        asked = await client.next()
        assert (asked["op"], asked["d"], asked["s"]) == (7, None, None)
    assert client.session_id in sandbox.sockets.sessions


@pytest.mark.parametrize("resumable", [True, False])
async def test_op_9_says_whether_the_session_lives_on(sandbox: Sandbox, resumable: bool) -> None:
    """True keeps it, false forgets it."""
    async with Client(sandbox) as client:
        await client.identify()
        sandbox.sockets.invalidate(resumable)
        told = await client.next()
        assert (told["op"], told["d"]) == (9, resumable)
    assert (client.session_id in sandbox.sockets.sessions) is resumable


async def test_a_second_identify_within_the_gap_gets_op_9(sandbox: Sandbox) -> None:
    """One IDENTIFY in five seconds when the gap is on."""
    sandbox.world.starts.gap_s = 5.0
    async with Client(sandbox) as first, Client(sandbox) as second:
        await first.identify()
        assert (await second.next())["op"] == 10
        await second.say(2, {"token": sandbox.token, "intents": GUILDS, "properties": {}})
        assert ((await second.next())["op"], sandbox.sockets.identifies) == (9, 1)


async def test_a_fault_cuts_the_socket_at_one_event(sandbox: Sandbox) -> None:
    """Before it: the event is in the replay. After it: it was heard, and the socket is gone."""
    sandbox.faults.add(method="GATEWAY", route="^CHANNEL_UPDATE$", drop=True)
    sandbox.faults.add(method="GATEWAY", route="^CHANNEL_DELETE$", drop=True, when="after")
    async with Client(sandbox) as client:
        await client.identify()
        happen(sandbox, number=1)
        assert await client.closed() is None
    async with Client(sandbox) as again:
        await again.resume(client.session_id, client.seq)
        assert [frame["t"] for frame in await again.until("RESUMED")] == ["CHANNEL_UPDATE", "RESUMED"]
        happen(sandbox, "CHANNEL_DELETE")
        assert (await again.next())["t"] == "CHANNEL_DELETE"
        assert await again.closed() is None
    assert sandbox.faults.hits == 2


async def test_the_log_has_both_directions_and_no_token(sandbox: Sandbox) -> None:
    """Names for dispatches, ops for the rest, in the order of the wire."""
    async with Client(sandbox) as client:
        await client.identify()
        await client.leave(1000)
    await sandbox.until(lambda: "CLOSE 1000" in sandbox.log.names("gateway", "in"))
    names = [(frame.direction, frame.what) for frame in sandbox.log.frames if frame.side == "gateway"]
    assert names == [
        ("out", "HELLO"),
        ("in", "IDENTIFY"),
        ("out", "READY"),
        ("out", "GUILD_CREATE"),
        ("in", "CLOSE 1000"),
    ]
    assert sandbox.token not in "".join(map(str, sandbox.log.frames))
