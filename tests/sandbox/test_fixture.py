"""`sandbox.testing`: the fixture as somebody else's project would use it, in a pytest of its own."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from sandbox import Sandbox
from sandbox.spec import BESIDE_THE_CHECKOUT

ROOT = Path(__file__).resolve().parents[2]

HEAD = """
import aiohttp
import pytest

pytest_plugins = ["sandbox.testing"]


async def get(sandbox, path):
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with aiohttp.ClientSession(headers=headers) as http, http.get(sandbox.rest + path) as answer:
        return answer.status

"""


async def run(folder: Path, program: str) -> tuple[dict[str, int], str]:
    """What a pytest of its own says about a test file: its counts, and everything that it printed."""
    (folder / "conftest.py").write_text("", "utf-8")
    file = folder / "test_a_bot.py"
    file.write_text(HEAD + program, "utf-8")
    plugins = ("-p", "no:cacheprovider", "-c", "/dev/null", f"--rootdir={folder}", "-o", "asyncio_mode=auto")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pytest", "-q", "-W", "ignore", *plugins, str(file)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        said = (await asyncio.wait_for(process.communicate(), 60))[0].decode()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    last = said.strip().splitlines()[-1].split(" in ")[0]
    counts = dict(reversed(part.split()) for part in last.split(", "))
    return {name: int(number) for name, number in counts.items()}, said


async def test_a_good_test_passes_and_settings_are_taken(tmp_path: Path) -> None:
    """From the overridden fixture, and from the marker on top of it."""
    program = """
@pytest.fixture
def sandbox_settings():
    return {"profile": "hostile", "heartbeat_s": 7.0}

async def test_fixture(sandbox):
    assert await get(sandbox, "/users/@me") == 200
    assert (sandbox.limits.profile.invalid_limit, sandbox.sockets.heartbeat_s) == (1_000, 7.0)

@pytest.mark.sandbox(heartbeat_s=9.0)
async def test_marker(sandbox):
    assert (sandbox.limits.profile.invalid_limit, sandbox.sockets.heartbeat_s) == (1_000, 9.0)
"""
    counts, said = await run(tmp_path, program)
    assert counts == {"passed": 2}, said


async def test_a_failed_test_prints_the_last_frames(tmp_path: Path) -> None:
    """Also when another fixture holds the sandbox."""
    program = """
class Town:
    def __init__(self, sandbox):
        self.sandbox = sandbox

@pytest.fixture
def town(sandbox):
    return Town(sandbox)

async def test_fails(town):
    await get(town.sandbox, "/users/@me")
    assert False
"""
    counts, said = await run(tmp_path, program)
    assert counts == {"failed": 1}, said
    assert "the last frames" in said and "200 GET /api/v10/users/@me" in said


async def test_what_is_not_discords_fails_the_test(tmp_path: Path) -> None:
    """A route that nobody has is named."""
    counts, said = await run(tmp_path, 'async def test_it(sandbox):\n    await get(sandbox, "/nowhere")\n')
    assert counts == {"passed": 1, "error": 1}, said
    assert "nothing answers GET /api/v10/nowhere" in said


@pytest.mark.skipif(
    not BESIDE_THE_CHECKOUT.is_file(), reason="../shared absent: Discord's OpenAPI description is not here"
)
async def test_the_answers_of_a_sandbox_without_the_fixture_are_checked_too(tmp_path: Path) -> None:
    """One that does not fit fails the test that got it, and the run says how many were looked at."""
    program = """
from sandbox import Sandbox

async def test_good():
    async with Sandbox() as own:
        assert await get(own, "/users/@me") == 200

async def test_bad():
    async with Sandbox() as own:
        own.world.bot.name = 7
        assert await get(own, "/users/@me") == 200
"""
    counts, said = await run(tmp_path, program)
    assert counts == {"passed": 2, "error": 1}, said
    assert "response of GET /users/@me: username: 7 is not of type" in said
    assert "sandbox: 2 answers held against Discord's description, 1 did not fit" in said


async def test_the_sandbox_alone_needs_no_pytest() -> None:
    """`import sandbox` brings no test library along, nor a client library, nor the certificate maker."""
    program = (
        "import sandbox, sys; print(sorted({'pytest', 'discord', 'hikari', 'trustme'} & set(sys.modules)))"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await asyncio.wait_for(process.communicate(), 60)
    assert out.decode().strip() == "[]"


@pytest.mark.sandbox(heartbeat_s=5.0)
async def test_our_own_tests_use_it(sandbox: Sandbox) -> None:
    """The fixture of this project is the same one."""
    assert sandbox.sockets.heartbeat_s == 5.0
