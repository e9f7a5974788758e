"""`/rounds settings`: where threads open, when rounds come, by which rules. Each choice is kept at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.app import App
from bot.moderation.rights import moderators_only
from bot.reviews.flow import settings as flow
from bot.reviews.flow.settings import Changes
from bot.reviews.values import Settings
from cogs.person import missing_for_threads, person
from cogs.presses import chosen
from cogs.reviews import settings_pages as pages
from cogs.reviews.own import answer
from cogs.router import Handler
from cogs.thread_settings import Clock, ThreadForms

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        **forms.handlers(),
        "rounds.weekly": forms.weekly,
        "rounds.rules": forms.rules,
        "rounds.rule": forms.rule,
    }


async def home(app: App, press: Press) -> None:
    who = person(press)
    moderators_only(who)
    way = await flow.settings(app, who.guild_id)
    await answer(press, pages.home(way, missing_for_threads(press, way.channel_id, pages.NEEDED)))


class Forms(ThreadForms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    def __init__(self, app: App) -> None:
        super().__init__(app, pages.PAGES, pages.NEEDED)

    async def home(self, press: Press, *_nonce: str) -> None:
        await home(self._app, press)

    async def _zone(self, guild_id: int) -> str:
        return (await flow.settings(self._app, guild_id)).zone

    async def _change(self, press: Press, clock: Clock) -> None:
        await flow.change(self._app, person(press), self._app.now(), **clock)
        await self.home(press)

    async def _choose(self, press: Press, channel_id: int | None, missing: Sequence[str] | None) -> None:
        await flow.choose_channel(self._app, person(press), channel_id, missing, self._app.now())

    async def weekly(self, press: Press, turn: str) -> None:
        await flow.change(self._app, person(press), self._app.now(), weekly=turn == "on")
        await self.home(press)

    # -- rules -----------------------------------------------------------------------------------

    async def rules(self, press: Press) -> None:
        who = person(press)
        moderators_only(who)
        await self._rules(press, await flow.settings(self._app, who.guild_id))

    async def rule(self, press: Press, name: str) -> None:
        number = int(chosen(press)[0])
        changes: Mapping[str, Changes] = {
            "preview": {"preview_h": number},
            "patience": {"patience_h": number},
            "least": {"least": number},
            "keep": {"keep_days": number},
        }
        await self._rules(
            press, await flow.change(self._app, person(press), self._app.now(), **changes[name])
        )

    async def _rules(self, press: Press, way: Settings) -> None:
        await answer(press, pages.rules(way))
