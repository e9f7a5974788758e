"""One contract for every client library: what discord.py and hikari both take for Discord is not shaped after one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from sandbox import Sandbox
from tests.sandbox import contract_discord_py, contract_hikari
from tests.sandbox.contract import STEPS, Bot, Connect, Step, a_zombie

pytestmark = [pytest.mark.wire, pytest.mark.usefixtures("discord_py")]


@asynccontextmanager
async def discord_py_by_address(sandbox: Sandbox) -> AsyncIterator[Bot]:
    """discord.py with its two addresses set; the fixture `discord_py` puts them back."""
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = sandbox.rest, yarl.URL(sandbox.gateway)
    async with contract_discord_py.connected(sandbox) as bot:
        yield bot


LIBRARIES: dict[str, Connect] = {"discord.py": discord_py_by_address, "hikari": contract_hikari.connected}


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
async def test_the_contract(sandbox: Sandbox, library: str, step: Step) -> None:
    """The same step, the same assertions, for each library."""
    async with LIBRARIES[library](sandbox) as bot:
        await step(sandbox, bot)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.sandbox(heartbeat_s=1.0)
async def test_a_zombie_is_noticed(sandbox: Sandbox, library: str) -> None:
    """Silence where an answer to a heartbeat should be: both leave such a socket by themselves."""
    async with LIBRARIES[library](sandbox) as bot:
        await a_zombie(sandbox, bot)


async def test_the_description_was_there_to_check_it(sandbox: Sandbox) -> None:
    """The fixture asks for no violations; this says loudly when nothing was checked."""
    if not sandbox.spec.active:
        pytest.skip("../shared absent: the contract was not held against Discord's description")
    async with contract_hikari.connected(sandbox):
        assert sum(sandbox.spec.checked.values()) > 2
