"""The sandbox under Discord's own names: a client that trusts its certificate needs no other setting.

The certificate is the caller's: `Sandbox(tls=…)` takes a server's SSLContext for the names in `HOSTS`. A client gets
a connector whose resolver knows one address; discord.py documents that way: `Client(connector=…)`.
"""

from __future__ import annotations

import socket
import ssl

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

HOSTS = ("discord.com", "gateway.discord.gg", "cdn.discordapp.com")
REST, GATEWAY, FILES = (
    "https://discord.com",
    "wss://gateway.discord.gg",
    "https://cdn.discordapp.com/attachments",
)


class OneAddress(AbstractResolver):
    """Every name is this machine's port: what uses it cannot reach the real Discord, nor anything else."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        here = ResolveResult(
            hostname=host, host="127.0.0.1", port=self._port, family=socket.AF_INET, proto=0, flags=0
        )
        return [here]

    async def close(self) -> None:
        """Nothing is open."""


def connector(port: int, trust: ssl.SSLContext) -> aiohttp.TCPConnector:
    """For `discord.Client(connector=…)`; to be made inside the running loop. trust: knows the sandbox's authority."""
    return aiohttp.TCPConnector(limit=0, resolver=OneAddress(port), ssl=trust, use_dns_cache=False)
