"""A bare HTTP client with the bot's token."""

from __future__ import annotations

from typing import Any

import aiohttp

from sandbox import Sandbox


class Rest:
    """Calls the REST side as a bot without a library would."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self._sandbox = sandbox
        self._session = session

    async def __call__(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and parsed body (None for a 204). The Content-Type must be Discord's."""
        headers = {"Authorization": f"Bot {self._sandbox.token}"}
        async with self._session.request(
            method, self._sandbox.rest + path, json=body, headers=headers
        ) as answer:
            if answer.status == 204:
                return 204, None
            assert answer.headers["Content-Type"] == "application/json"
            return answer.status, await answer.json()

    async def refused(self, method: str, path: str, body: Any = None) -> tuple[int, int]:
        """Status and Discord's code of a refusal."""
        status, answer = await self(method, path, body)
        return status, answer["code"]

    async def post(self, channel: str, **body: Any) -> tuple[int, Any]:
        return await self("POST", f"/channels/{self._sandbox.channel(channel).id}/messages", body)
