"""*Meetings of two* in `/rounds settings`: where threads open, when it draws. Each choice is kept at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.app import App
from bot.meets.flow import settings as flow
from bot.moderation.rights import moderators_only
from cogs.checkins.own import Press, answer
from cogs.meets import settings_pages as pages
from cogs.person import missing_for_threads, person
from cogs.router import Handler
from cogs.thread_settings import Clock, ThreadForms
from cogs.thread_settings_pages import NEEDED


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it; `meets.settings` opens them."""
    forms = Forms(app)
    return {**forms.handlers(), "meets.settings.again": forms.again}


async def home(app: App, press: Press) -> None:
    who = person(press)
    moderators_only(who)
    way = await flow.settings(app, who.guild_id)
    missing = missing_for_threads(press, way.channel_id, NEEDED)
    await answer(press, pages.home(way, missing))


class Forms(ThreadForms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    def __init__(self, app: App) -> None:
        super().__init__(app, pages.PAGES, NEEDED)

    async def home(self, press: Press, *_nonce: str) -> None:
        await home(self._app, press)

    async def _zone(self, guild_id: int) -> str:
        return (await flow.settings(self._app, guild_id)).zone

    async def _change(self, press: Press, clock: Clock) -> None:
        await flow.change(self._app, person(press), self._app.now(), **clock)
        await self.home(press)

    async def _choose(self, press: Press, channel_id: int | None, missing: Sequence[str] | None) -> None:
        await flow.choose_channel(self._app, person(press), channel_id, missing, self._app.now())

    async def again(self, press: Press, *_nonce: str) -> None:
        await flow.try_again(self._app, person(press), self._app.now())
        await home(self._app, press)
