"""A browser's tab without the browser: the page's protocol as app.js speaks it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from sandbox import Sandbox
from tests.page.showcase import running, town

WITHIN_S = 20.0


class Refused(Exception):
    """What the page shows in place of an answer."""


class Tab:
    """A connected page. state: the view as it was pushed; pushes: every push, in order."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.state: dict[str, Any] = {}
        self.pushes: list[dict[str, Any]] = []
        self.since = ""
        self._asked = 0
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._changed = asyncio.Condition()
        self._reading: asyncio.Task[None] | None = None

    async def start(self, since: str | None = None) -> None:
        hello = await self.socket.receive_json(timeout=WITHIN_S)
        self.since = since or hello["hello"]["now_id"]
        self._reading = asyncio.create_task(self._read())

    async def close(self) -> None:
        await self.socket.close()
        if self._reading:
            await self._reading

    async def look(self, who: str | None = None, place: str | None = None) -> Any:
        return await self.ask("look", who=who, place=place, since=self.since)

    async def ask(self, what: str, **details: Any) -> Any:
        """The answer's value. Raises Refused with the words of an error."""
        return await self.asked({"do": what, **details})

    async def asked(self, packet: dict[str, Any]) -> Any:
        self._asked += 1
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[self._asked] = answer
        await self.socket.send_json({"id": self._asked, **packet})
        return await asyncio.wait_for(answer, WITHIN_S)

    async def until(self, holds: Callable[[dict[str, Any]], Any]) -> Any:
        """The first true value of `holds(state)`, looked at after every push."""
        async with asyncio.timeout(WITHIN_S), self._changed:
            while not (value := holds(self.state)):
                await self._changed.wait()
            return value

    # -- what people do --------------------------------------------------------------------------

    async def slash(self, name: str, **options: Any) -> Any:
        """A command by its full name."""
        return await self.ask("command", **self.command(name), options=options)

    def command(self, name: str) -> dict[str, Any]:
        found = next(one for one in self.state["commands"] if one["name"] == name)
        return {"command": found["id"], "path": found["path"]}

    def message(self, text: str) -> dict[str, Any]:
        """The newest message with this text anywhere in it."""
        return next(one for one in reversed(self.state["messages"]) if text in str(one))

    def texts(self) -> list[str]:
        return [message["content"] for message in self.state["messages"]]

    async def press(self, message: dict[str, Any], label: str) -> Any:
        custom_id = next(c["custom_id"] for c in parts(message["components"]) if c.get("label") == label)
        return await self.ask("press", message=message["id"], custom_id=custom_id)

    async def _read(self) -> None:
        async for message in self.socket:
            packet = message.json()
            async with self._changed:
                if "view" in packet:
                    self.pushes.append(packet["view"])
                    self.state |= packet["view"]
                elif packet["id"] in self._waiting:
                    answer = self._waiting.pop(packet["id"])
                    if "error" in packet:
                        answer.set_exception(Refused(packet["error"]))
                    else:
                        answer.set_result(packet["ok"])
                self._changed.notify_all()


def parts(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every component, children after their parents."""
    found = []
    for one in components:
        inner = one.get("components") or []
        single = [one[key] for key in ("accessory", "component") if key in one]
        found += [one, *parts([*inner, *single])]
    return found


def origin(sandbox: Sandbox) -> str:
    return sandbox.page.split("/page/")[0]


@asynccontextmanager
async def tab(
    sandbox: Sandbox, who: str | None = None, place: str | None = None, *, since: str | None = None
) -> AsyncIterator[Tab]:
    """A tab that has sat down. since: of an earlier tab, as when a socket comes back."""
    headers = {"Origin": origin(sandbox)}
    url = f"{sandbox.page}socket"
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(url, headers=headers, max_msg_size=0) as socket,
    ):
        opened = Tab(socket)
        await opened.start(since)
        try:
            await opened.look(who, place)
            yield opened
        finally:
            await opened.close()


async def upload(sandbox: Sandbox, name: str, data: bytes) -> tuple[int, dict[str, Any]]:
    """Send a file as the page does: the status and the answer."""
    form, headers = aiohttp.FormData(), {"Origin": origin(sandbox)}
    form.add_field("file", io.BytesIO(data), filename=name, content_type="application/octet-stream")
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{sandbox.page}files", data=form, headers=headers) as answer,
    ):
        return answer.status, await answer.json(content_type=None)


@asynccontextmanager
async def showcase(**settings: Any) -> AsyncIterator[Sandbox]:
    """A sandbox whose bot shows everything, and what it was asked and answered was Discord's."""
    async with Sandbox(seed=town, **settings) as sandbox:
        async with running(sandbox):
            yield sandbox
        assert sandbox.gaps == []
        assert [str(one) for one in sandbox.spec.violations] == []
