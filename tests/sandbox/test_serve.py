"""`python -m sandbox` as another process."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_it_says_where_it_is_and_ends_when_told(how: signal.Signals) -> None:
    """One line of JSON, answers on the loopback interface, exit code 0 on either signal."""
    command = (sys.executable, "-m", "sandbox", "--profile", "realistic")
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        where = json.loads(await asyncio.wait_for(process.stdout.readline(), 30))
        assert sorted(where) == ["gateway", "guild", "page", "rest", "token"]
        assert where["rest"].startswith("http://127.0.0.1:")
        assert where["gateway"].startswith("ws://127.0.0.1:")
        headers = {"Authorization": f"Bot {where['token']}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.get(f"{where['rest']}/guilds/{where['guild']}") as answer,
        ):
            assert (await answer.json())["id"] == where["guild"]
            async with session.get(where["rest"].removesuffix("api/v10")) as front_door:
                assert "stands in the terminal" in await front_door.text()
        process.send_signal(how)
        assert await asyncio.wait_for(process.wait(), 30) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
