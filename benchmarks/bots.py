"""The peers: discord.py without Outpost, as processes of their own.

    python -m benchmarks.bots pong              answers /ping with "pong" until SIGTERM
    python -m benchmarks.bots burst CHANNEL…    sends as many messages at once as there are channels named, and
                                                prints {"delivered": …, "given_up": …}

Token and addresses come from the environment, as for `outpost run`.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence

import discord
from discord import app_commands

from cogs.address import point_at


class Pong(discord.Client):
    """The smallest bot that answers a slash command."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0.5)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        @self.tree.command(description="Answers")
        async def ping(interaction: discord.Interaction[Pong]) -> None:
            await interaction.response.send_message("pong", ephemeral=True)

        await self.tree.sync()


async def pong(token: str) -> None:
    """Answer until SIGTERM."""
    client = Pong()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, lambda: asyncio.ensure_future(client.close()))
    await client.start(token)


async def burst(token: str, channels: Sequence[int]) -> None:
    """One message to each of the channels (named as often as wished), all at once; discord.py alone minds limits."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(token)
        sends = [
            client.get_partial_messageable(channel).send(f"Opening {number}")
            for number, channel in enumerate(channels)
        ]
        answers = await asyncio.gather(*sends, return_exceptions=True)
    delivered = sum(isinstance(answer, discord.Message) for answer in answers)
    print(json.dumps({"delivered": delivered, "given_up": len(answers) - delivered}))


def main() -> None:
    token = os.environ["DISCORD_TOKEN"]
    point_at(os.environ["DISCORD_API_BASE"], os.environ["DISCORD_GATEWAY_URL"])
    what, *channels = sys.argv[1:]
    asyncio.run(pong(token) if what == "pong" else burst(token, [int(one) for one in channels]))


if __name__ == "__main__":
    main()
