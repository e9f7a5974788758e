"""`/feeds …`: what moderators type. Hidden from everybody else; checked again at each press."""

from __future__ import annotations

import io
import time
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.jobs.flow import added, feed_lists
from bot.jobs.reading.opml import MAX_BYTES
from bot.moderation.rights import moderators_only
from bot.refusals import Refusal
from cogs import gate
from cogs.jobs import feeds_pages as pages
from cogs.person import person

MOST_TYPED = 500  # characters of an address
TOLD_EVERY_S = 2.0  # while a list is taken in
FILE = "outpost-feeds.opml"


@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Feeds(commands.GroupCog, name="feeds", description="For moderators: the job boards this server hears"):
    """The command group. Everything it answers is private to the moderator who asked."""

    def __init__(self, app: App) -> None:
        self._app = app

    @app_commands.command(description="Add a job board's feed; I test it first")
    @app_commands.describe(
        address="A feed's or a page's address; or greenhouse:NAME, lever:, ashby:, workable:"
    )
    async def add(
        self, interaction: discord.Interaction[Any], address: app_commands.Range[str, 1, MOST_TYPED]
    ) -> None:
        who = person(interaction)
        await gate.defer(interaction)
        found = await added.look_at(self._app, who, address, self._app.now())
        await gate.answer(interaction, pages.looked(found))

    @app_commands.command(name="list", description="Every feed this server hears, and how each is")
    async def listed(self, interaction: discord.Interaction[Any]) -> None:
        lines = await added.listed(self._app, person(interaction), self._app.now())
        await gate.answer(interaction, pages.feeds(lines, 0))

    @app_commands.command(
        name="import", description="Add the feeds of an OPML file, as feed readers write it"
    )
    @app_commands.describe(file="An OPML file; up to 100 of its feeds are tested and added")
    async def take_in(self, interaction: discord.Interaction[Any], file: discord.Attachment) -> None:
        who = person(interaction)
        moderators_only(who)
        if file.size > MAX_BYTES:
            raise Refusal("list_wrong", why=f"is larger than {MAX_BYTES // 1_000_000} MB")
        await gate.defer(interaction)
        told_at, told = time.monotonic(), None
        async for told in feed_lists.take_in(self._app, who, await _read(file), self._app.now()):
            if time.monotonic() - told_at >= TOLD_EVERY_S:
                told_at = time.monotonic()
                await gate.answer(interaction, pages.under_way(told), replace=True)
        if told is not None:
            await gate.answer(interaction, pages.imported(told), replace=True)

    @app_commands.command(name="export", description="The feeds this server hears, as an OPML file")
    async def give_out(self, interaction: discord.Interaction[Any]) -> None:
        body = await feed_lists.give_out(self._app, person(interaction), self._app.now())
        await gate.answer(interaction, pages.exported(FILE), files=[discord.File(io.BytesIO(body), FILE)])


async def _read(file: discord.Attachment) -> bytes:
    try:
        return await file.read()
    except discord.HTTPException as error:
        raise Refusal("list_wrong", why="could not be fetched from Discord") from error
