"""A bot's own answer reaches it twice, by REST and as MESSAGE_CREATE: discord.py lives with both orders."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import discord
import pytest

from sandbox import Reply, Sandbox
from sandbox.gateway_order import First
from tests.sandbox.conftest import Bot, logged_in

pytestmark = [pytest.mark.wire, pytest.mark.usefixtures("discord_py")]


class Twice(Bot):
    """Answers /ping with a button, and remembers its own messages as the gateway told of them."""

    def __init__(self) -> None:
        super().__init__(discord.Intents(guilds=True, guild_messages=True))
        self.heard: asyncio.Queue[int] = asyncio.Queue()
        self.answered: asyncio.Queue[int] = asyncio.Queue()
        self.refused = asyncio.Event()

        @self.tree.command(name="ping", description="Answers pong.")
        async def ping(interaction: discord.Interaction[Bot]) -> None:
            view = discord.ui.View()
            view.add_item(Again())
            await interaction.response.send_message("pong", view=view)
            self.answered.put_nowait((await interaction.original_response()).id)

        @self.tree.error
        async def refused(_: discord.Interaction[Bot], __: Exception) -> None:
            self.refused.set()

    async def on_message(self, message: discord.Message) -> None:
        self.heard.put_nowait(message.id)


class Again(discord.ui.Button[discord.ui.View]):
    def __init__(self) -> None:
        super().__init__(label="Again")

    async def callback(self, interaction: discord.Interaction[discord.Client]) -> None:
        await interaction.response.edit_message(content="pong again", view=None)


@pytest.fixture(params=["event", "answer"])
async def ordered(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Sandbox, First]]:
    first: First = request.param
    async with Sandbox(heard_first=first) as sandbox:
        yield sandbox, first


async def test_both_orders(ordered: tuple[Sandbox, First]) -> None:
    """The order on the wire is the one asked for; message, answer and button work in either."""
    sandbox, first = ordered
    async with logged_in(sandbox, Twice()) as bot:
        assert isinstance(bot, Twice)
        reply = await sandbox.member("ana").slash("ping")
        assert isinstance(reply, Reply)
        ids = await asyncio.wait_for(asyncio.gather(bot.heard.get(), bot.answered.get()), 10)
        assert ids == [reply.message.id] * 2
        again = await reply.click("Again")
        assert isinstance(again, Reply) and again.text == "pong again"
    said = [one.what for one in sandbox.log.frames if one.direction == "out"]
    event = said.index("MESSAGE_CREATE")
    answer = next(at for at, what in enumerate(said) if what.startswith("200 POST /api/v10/interactions/"))
    assert (event < answer) is (first == "event")


@pytest.mark.parametrize("first", ["event", "answer"])
async def test_a_refused_answer_holds_nothing_up(first: First) -> None:
    """After a refusal the gateway goes on, in both orders."""
    async with Sandbox(heard_first=first) as sandbox, logged_in(sandbox, Twice()) as bot:
        assert isinstance(bot, Twice)
        sandbox.faults.add(route="/callback", status=400, code=50035, message="No.")
        press = asyncio.create_task(sandbox.member("ana").slash("ping"))
        await asyncio.wait_for(bot.refused.wait(), 10)
        said = sandbox.member("bob").say("hello")
        assert await asyncio.wait_for(bot.heard.get(), 10) == said.id
        press.cancel()
