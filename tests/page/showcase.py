"""A small discord.py bot that shows everything the page has to show. It knows nothing of Outpost.

`python -m tests.page.showcase` starts it in a sandbox and prints where the page is. Tests take `running()`.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Literal

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from sandbox import Permission, Sandbox
from sandbox.model import ChannelKind, Guild
from sandbox.seed import community
from sandbox.world import World
from tests.page import showcase_parts as parts
from tests.page.showcase_parts import Press

FRUIT = (
    "apple",
    "apricot",
    "banana",
    "blackberry",
    "cherry",
    "fig",
    "grape",
    "lemon",
    "mango",
    "pear",
    "plum",
)
LONG = "This sentence is one of many, and together they nearly fill a message. " * 28
SLOW_S = 2.0  # below the three seconds that Discord waits

Text = app_commands.Range[str, 3, 20]
Number = app_commands.Range[int, 1, 10]
Share = app_commands.Range[float, 0.0, 1.0]

show = app_commands.Group(name="show", description="Everything a message can be.")
odd = app_commands.Group(name="odd", description="What goes wrong, and what takes its time.")


class Showcase(discord.Client):
    """thought: set it (or press Finish thinking) and /odd think goes on."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0.1)
        self.thought = asyncio.Event()
        self.tree: app_commands.CommandTree[Showcase] = app_commands.CommandTree(self)
        for command in (show, odd, wave, count_words):
            self.tree.add_command(command)
        self.tree.error(_failed)

    async def setup_hook(self) -> None:
        await self.tree.sync()


async def _failed(interaction: Press, error: app_commands.AppCommandError) -> None:
    await parts.sorry(interaction)


# -- messages and their parts --------------------------------------------------------------------


@show.command(name="components-v1", description="Buttons of all styles and a menu.")
async def components_v1(interaction: Press) -> None:
    await interaction.response.send_message("Buttons and a menu:", view=parts.Buttons())


@show.command(description="Containers, sections, pictures, files.")
async def v2(interaction: Press) -> None:
    await interaction.response.send_message(view=parts.Layout(), files=parts.files())


@show.command(description="All five menus, single and multiple.")
async def selects(interaction: Press) -> None:
    await interaction.response.send_message(view=parts.Menus())


@show.command(description="A form; which one is an option.")
async def modal(interaction: Press, form: Literal["texts", "choices", "picks", "unheard"] = "texts") -> None:
    forms = {"texts": parts.Texts, "choices": parts.Choices, "picks": parts.Picks, "unheard": parts.Unheard}
    await interaction.response.send_modal(forms[form]())


@show.command(description="A private answer, and a second one after it.")
async def private(interaction: Press) -> None:
    await interaction.response.send_message("Only you see this.", ephemeral=True, view=parts.Buttons())
    await interaction.followup.send("And this.", ephemeral=True)


@show.command(description="An answer that is changed at once.")
async def edit(interaction: Press) -> None:
    await interaction.response.send_message("Before.")
    await interaction.edit_original_response(content="After.")


@show.command(description="A picture and a text.")
async def files(interaction: Press) -> None:
    await interaction.response.send_message("Two files:", files=parts.files())


@show.command(description="A message that rings for nobody.")
async def silent(interaction: Press) -> None:
    await interaction.response.send_message(f"Quietly, {interaction.user.mention}.", silent=True)


@show.command(description="Cards of the first generation.")
async def embeds(interaction: Press) -> None:
    card = discord.Embed(
        title="Senior Backend Engineer",
        url="https://example.com/opening",
        description="**Acme** · Full-time\n-# via a board",
        colour=parts.ACCENT,
        timestamp=interaction.created_at,
    )
    card.set_author(name="A board", url="https://example.com", icon_url=parts.OUTSIDE)
    card.add_field(name="Pay", value="90–110 k EUR", inline=True)
    card.add_field(name="Open to", value="Portugal and 29 more", inline=True)
    card.add_field(name="About", value="A line that is `not` inline.", inline=False)
    card.set_thumbnail(url="attachment://harbour.png").set_image(url="attachment://harbour.png")
    card.set_footer(text="The footer", icon_url=parts.OUTSIDE)
    plain = discord.Embed(description="A card without a title.")
    await interaction.response.send_message(embeds=[card, plain], files=parts.files())


@show.command(description="All of Discord's markdown.")
async def markdown(interaction: Press) -> None:
    role = interaction.guild.roles[-1].id if interaction.guild else 0
    shown = parts.MARKDOWN.format(
        channel=interaction.channel_id,
        user=interaction.user.id,
        role=role,
        command=dict(interaction.data or {})["id"],
    )
    await interaction.response.send_message(shown, allowed_mentions=discord.AllowedMentions.none())


@show.command(description="Nearly as long as a message may be.")
async def long(interaction: Press) -> None:
    await interaction.response.send_message(LONG[:1990])


@show.command(description="An option of every type.")
@app_commands.describe(
    text="three to twenty letters",
    number="one to ten",
    share="between 0 and 1",
    on="yes or no",
    size="a choice",
)
async def options(
    interaction: Press,
    text: Text,
    number: Number,
    size: Literal["small", "medium", "large"],
    share: Share = 0.5,
    on: bool = False,
    person: discord.Member | discord.User | None = None,
    role: discord.Role | None = None,
    channel: discord.TextChannel | None = None,
    file: discord.Attachment | None = None,
) -> None:
    given = {"text": text, "number": number, "size": size, "share": share, "on": on}
    given |= {"person": person, "role": role, "channel": channel, "file": file and file.filename}
    said = "\n".join(f"{name}: {value}" for name, value in given.items() if value is not None)
    await interaction.response.send_message(said, allowed_mentions=discord.AllowedMentions.none())


@show.command(description="A fruit, suggested while you type.")
async def fruit(interaction: Press, name: str) -> None:
    await interaction.response.send_message(f"You chose {name}.")


@fruit.autocomplete("name")
async def _fruit(interaction: Press, current: str) -> list[app_commands.Choice[str]]:
    found = [name for name in FRUIT if current.lower() in name]
    return [app_commands.Choice(name=name.title(), value=name) for name in found[:25]]


@show.command(description="Starts a thread here.")
async def thread(interaction: Press) -> None:
    await interaction.response.send_message("A thread follows.")
    if isinstance(interaction.channel, discord.TextChannel):
        made = await interaction.channel.create_thread(
            name="A new thread", type=discord.ChannelType.public_thread
        )
        await made.send(f"It starts here, {interaction.user.mention}.")


@show.command(description="Writes you a direct message.")
async def dm(interaction: Press) -> None:
    try:
        await interaction.user.send("A direct message.", view=parts.Buttons())
    except discord.Forbidden:
        await interaction.response.send_message("Your direct messages are closed.", ephemeral=True)
    else:
        await interaction.response.send_message("Look at your direct messages.", ephemeral=True)


# -- what goes wrong -----------------------------------------------------------------------------


@odd.command(description="Thinks until you let it go on.")
async def think(interaction: Press, private: bool = False) -> None:
    assert isinstance(interaction.client, Showcase)
    thought = interaction.client.thought
    thought.clear()
    await interaction.response.defer(thinking=True, ephemeral=private)
    if isinstance(interaction.channel, discord.abc.Messageable):
        view = discord.ui.View(timeout=None)
        view.add_item(parts.Finish(thought))
        await interaction.channel.send("I think.", view=view)
    await thought.wait()
    await interaction.edit_original_response(content="Thought.")


@odd.command(description="Breaks, and says so.")
async def fail(interaction: Press) -> None:
    raise RuntimeError("on purpose")


@odd.command(description="Never answers.")
async def mute(interaction: Press) -> None:
    return


@odd.command(description="A form that nobody answers.")
async def unheard(interaction: Press) -> None:
    await interaction.response.send_modal(parts.Unheard())


@odd.command(description="Answers after two seconds.")
async def slow(interaction: Press) -> None:
    await asyncio.sleep(SLOW_S)
    await interaction.response.send_message("Here at last.")


@odd.command(description="For moderators only.")
@app_commands.default_permissions(manage_guild=True)
async def rules(interaction: Press) -> None:
    await interaction.response.send_message("You moderate here.", ephemeral=True)


@app_commands.context_menu(name="Wave")
async def wave(interaction: Press, member: discord.Member) -> None:
    await interaction.response.send_message(f"{interaction.user.mention} waves at {member.mention}.")


@app_commands.context_menu(name="Count words")
async def count_words(interaction: Press, message: discord.Message) -> None:
    words = len(message.content.split())
    await interaction.response.send_message(f"That message has {words} words.", ephemeral=True)


# -- running it ----------------------------------------------------------------------------------


def town(world: World) -> Guild:
    """The sandbox's community, where everybody may use threads, and a forum."""
    guild = community(world)
    threads = (
        Permission.CREATE_PUBLIC_THREADS
        | Permission.CREATE_PRIVATE_THREADS
        | Permission.SEND_MESSAGES_IN_THREADS
    )
    guild.roles[guild.id].permissions |= threads
    world.add_channel(guild, "ideas", ChannelKind.FORUM, topic="One idea a post.")
    return guild


@asynccontextmanager
async def running(sandbox: Sandbox) -> AsyncIterator[Showcase]:
    """The bot, logged in to this running sandbox and ready; discord.py's addresses are put back afterwards."""
    bot, addresses = Showcase(), (Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY)
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = sandbox.rest, yarl.URL(sandbox.gateway)
    connected: asyncio.Task[None] | None = None
    try:
        await bot.login(sandbox.token)
        connected = asyncio.create_task(bot.connect())
        await sandbox.bot_ready()
        yield bot
    finally:
        await bot.close()
        if connected is not None:
            await connected
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = addresses


async def main(port: int) -> None:
    async with Sandbox(port, seed=town, first_answer=timedelta(seconds=3)) as sandbox, running(sandbox):
        print(getattr(sandbox, "page", sandbox.rest), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, default=0)
    with suppress(KeyboardInterrupt):
        asyncio.run(main(asked.parse_args().port))
