"""`/rounds …`: what moderators type and press. Hidden from everybody else; checked again at each press."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.app import App
from bot.moderation.rights import moderators_only
from bot.refusals import Refusal
from bot.reviews.flow import asking, stats
from bot.reviews.flow import rounds as flow
from cogs.layout import message
from cogs.people.here import server_name
from cogs.person import person
from cogs.presses import chosen
from cogs.reviews import board, give, sample
from cogs.reviews import rounds_pages as pages
from cogs.reviews import rounds_settings as settings
from cogs.reviews.own import answer, working
from cogs.reviews.words import rounds as words
from cogs.router import Handler

if TYPE_CHECKING:
    from cogs.client import Outpost

Press = discord.Interaction[Any]


async def register(client: Outpost) -> None:
    """What readers and moderators press: `/rounds` and the handlers of all these pages."""
    await client.add_cog(Rounds(client.app))
    for handled in (board, give, sample, settings):
        client.router.add(handled.handlers(client.app))
    client.router.add(handlers(client.app))


@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Rounds(commands.GroupCog, name="rounds", description=words.ABOUT):
    """The command group. Everything it answers is private to the moderator who asked."""

    def __init__(self, app: App) -> None:
        self._presses = Presses(app)
        self._app = app

    @app_commands.command(description=words.ABOUT_OPEN)
    async def open(self, interaction: Press) -> None:
        await self._presses.open(interaction)

    @app_commands.command(description=words.ABOUT_PREVIEW)
    async def preview(self, interaction: Press) -> None:
        await self._presses.preview(interaction)

    @app_commands.command(description=words.ABOUT_SETTINGS)
    async def settings(self, interaction: Press) -> None:
        await settings.home(self._app, interaction)

    @app_commands.command(description=words.ABOUT_STATS)
    async def stats(self, interaction: Press) -> None:
        await self._presses.stats(interaction)


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    presses = Presses(app)
    return {
        "rounds.open": presses.open,
        "rounds.preview": presses.preview,
        "rounds.dry": presses.dry_run,
        "rounds.pairs": presses.pairs,
        "rounds.veto": presses.veto,
        "rounds.publish": presses.publish,
        "rounds.cancel": presses.ask_cancel,
        "rounds.cancelled": presses.cancel,
        "rounds.stats": presses.stats,
        "rounds.member": presses.member,
        "rounds.waive": presses.waive,
    }


class Presses:
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def open(self, press: Press) -> None:
        one = await flow.open_round(self._app, person(press), self._app.now())
        await answer(press, pages.opened(one))

    async def preview(self, press: Press, *_nonce: str) -> None:
        """The round that waits for a look; without one, what can be done instead."""
        await answer(press, await self._preview(press))

    async def _preview(self, press: Press, note: str = "") -> ui.LayoutView:
        try:
            return pages.preview(await flow.preview(self._app, person(press)), note)
        except Refusal as refusal:
            if refusal.reason == "no_round":
                return pages.no_round()
            if refusal.reason == "round_not_previewed":
                return pages.drawing()
            raise

    async def dry_run(self, press: Press) -> None:
        """Drawn in a worker, which may take a while: Discord is told to wait."""
        who = person(press)
        moderators_only(who)
        await working(press)
        await answer(press, pages.preview(await flow.dry_run(self._app, who, self._app.now())))

    async def pairs(self, press: Press, page: str) -> None:
        seen = await flow.preview(self._app, person(press))
        await answer(press, pages.pairs(seen, int(page)))

    async def veto(self, press: Press, round_id: str, page: str) -> None:
        """Drawn again in a worker, without this pair."""
        app, who = self._app, person(press)
        author, _, reader = chosen(press)[0].partition("-")
        moderators_only(who)
        await working(press)
        seen = await flow.veto(app, who, int(round_id), int(author), int(reader), app.now())
        if int(page) == pages.FIRST_PAGE:
            await answer(press, pages.preview(seen, words.VETOED))
        else:
            await answer(press, pages.pairs(seen, int(page), words.VETOED))

    async def publish(self, press: Press, round_id: str, *_nonce: str) -> None:
        """The notice in the moderators' channel is changed by the flow itself."""
        app, who = self._app, person(press)
        await flow.publish(app, who, int(round_id), server_name(press, who.guild_id), app.now())
        await answer(press, message(words.PUBLISHED))

    async def ask_cancel(self, press: Press, round_id: str) -> None:
        moderators_only(person(press))
        await answer(press, pages.cancelling(int(round_id)))

    async def cancel(self, press: Press, round_id: str) -> None:
        await flow.cancel(self._app, person(press), int(round_id), self._app.now())
        await answer(press, message(words.CANCELLED))

    # -- supply and demand -----------------------------------------------------------------------

    async def stats(self, press: Press) -> None:
        found = await stats.stats(self._app, person(press), self._app.now())
        await answer(press, pages.stats(found))

    async def member(self, press: Press) -> None:
        """How much they gave is not shown: that somebody takes part is theirs to tell."""
        moderators_only(person(press))
        await answer(press, pages.member(int(chosen(press)[0])))

    async def waive(self, press: Press, user_id: str) -> None:
        amount = int(chosen(press)[0])
        await asking.waive(self._app, person(press), int(user_id), amount, self._app.now())
        await answer(press, pages.member(int(user_id), words.waived(amount)))
