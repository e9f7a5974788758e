"""What `/review status` does: all of mine, a review as it reads, its evidence, taking something back."""

from __future__ import annotations

from collections.abc import Mapping

from bot.app import App
from bot.people.members import Key
from bot.reviews.flow import asking, results
from cogs.people import here
from cogs.presses import chosen
from cogs.reviews import mine_pages, own
from cogs.reviews import result_pages as pages
from cogs.reviews.own import Press
from cogs.reviews.words import mine as words
from cogs.router import Handler


async def home(app: App, press: Press, key: Key) -> None:
    await here.known(app, press, key)
    await _show(app, press, key)


async def _show(app: App, press: Press, key: Key, said: str = "") -> None:
    mine = await asking.mine(app, key, app.now())
    await own.answer(press, mine_pages.status(key.guild_id, mine, said))


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it; a delivery's nonce says nothing to it."""
    forms = Forms(app)
    return {
        "review.status": forms.status,
        "review.earlier": forms.earlier,
        "review.read": forms.read,
        "review.quotes": forms.quotes,
        "review.evidence": forms.evidence,
        "review.withdraw": forms.ask_withdraw,
        "review.withdrawn": forms.withdraw,
    }


class Forms(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    async def status(self, press: Press, guild: str, *_nonce: str) -> None:
        await _show(self._app, press, await self._key(press, guild))

    async def earlier(self, press: Press, guild: str) -> None:
        await self.read(press, guild, chosen(press)[0])

    async def read(self, press: Press, guild: str, request: str, *_nonce: str) -> None:
        key = await self._key(press, guild)
        one = await results.result(self._app, key, int(request))
        await own.answer(press, pages.overview(key.guild_id, one))

    async def quotes(self, press: Press, guild: str, request: str, number: str) -> None:
        key = await self._key(press, guild)
        one = await results.result(self._app, key, int(request))
        await own.answer(press, pages.quotes(key.guild_id, one, int(number)))

    async def evidence(self, press: Press, guild: str, request: str) -> None:
        """Why an item is asked."""
        key = await self._key(press, guild)
        one = await results.result(self._app, key, int(request))
        rubric = self._app.rubrics.get(one.request.kind)
        await own.answer(press, pages.evidence(key.guild_id, one, rubric, chosen(press)[0]))

    async def ask_withdraw(self, press: Press, guild: str, request: str) -> None:
        key = await self._key(press, guild)
        await own.answer(press, mine_pages.withdrawing(key.guild_id, int(request)))

    async def withdraw(self, press: Press, guild: str, request: str) -> None:
        """It goes, and its document with the next beat."""
        key = await self._key(press, guild)
        await asking.withdraw(self._app, key, int(request), self._app.now())
        await _show(self._app, press, key, words.WITHDRAWN)
