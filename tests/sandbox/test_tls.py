"""discord.py reaches the sandbox under Discord's own names, by its documented `connector=` and nothing else."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
import trustme
from discord.gateway import DiscordWebSocket
from discord.http import Route

from sandbox import Sandbox
from sandbox.testing import complaints
from sandbox.tls import HOSTS, connector
from tests.sandbox.contract import STEPS, Step
from tests.sandbox.contract_discord_py import connected

pytestmark = pytest.mark.wire


@dataclass(frozen=True)
class Authority:
    """A throw-away authority: what a server shows, and what a client trusts."""

    server: ssl.SSLContext
    trust: ssl.SSLContext


@pytest.fixture(scope="module")
def authority() -> Authority:
    made = trustme.CA()
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.issue_cert(*HOSTS).configure_cert(server)
    trust = ssl.create_default_context()
    made.configure_trust(trust)
    return Authority(server, trust)


@pytest.fixture
async def sandbox(authority: Authority) -> AsyncIterator[Sandbox]:
    async with Sandbox(tls=authority.server) as running:
        yield running
        assert complaints(running) == []


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
async def test_the_contract_over_tls(sandbox: Sandbox, authority: Authority, step: Step) -> None:
    """Every step of the contract, and discord.py as it came: both its addresses are Discord's, before and after."""
    addresses = Route.BASE, str(DiscordWebSocket.DEFAULT_GATEWAY)
    assert addresses == ("https://discord.com/api/v10", "wss://gateway.discord.gg/")
    async with connected(sandbox, connector(sandbox.port, authority.trust)) as bot:
        await step(sandbox, bot)
    assert (Route.BASE, str(DiscordWebSocket.DEFAULT_GATEWAY)) == addresses


async def test_what_it_names_are_discords_addresses(sandbox: Sandbox) -> None:
    """REST, the gateway and where to resume: names, not an address of this machine."""
    assert (sandbox.rest, sandbox.gateway) == ("https://discord.com/api/v10", "wss://gateway.discord.gg")
    assert sandbox.world.files_url == "https://cdn.discordapp.com/attachments"


async def test_no_other_authority_is_trusted(sandbox: Sandbox) -> None:
    """Without the throw-away authority a client refuses the sandbox."""
    http = aiohttp.ClientSession(connector=connector(sandbox.port, ssl.create_default_context()))
    async with http:
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await http.get(sandbox.rest)
