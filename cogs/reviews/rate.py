"""What an author says of a review: three questions, in one form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import ui

from bot.app import App
from bot.refusals import Refusal
from bot.reviews.flow import results
from bot.reviews.values import Rating
from cogs import gate
from cogs.layout import message
from cogs.people import here
from cogs.presses import typed
from cogs.reviews import own
from cogs.reviews import result_pages as pages
from cogs.reviews.own import Press
from cogs.reviews.words import mine as words
from cogs.router import Handler, custom_id, fresh

_YES, _NO = "yes", "no"


def handlers(app: App) -> Mapping[str, Handler]:
    """The button, and the form that it opens."""
    forms = Forms(app)
    return {"review.rate": forms.ask, "review.rated": forms.rated}


class Forms(here.Forms):
    async def ask(self, press: Press, guild: str, request: str, reading: str) -> None:
        """The form, with what was said before."""
        key = await self._key(press, guild)
        one = await results.result(self._app, key, int(request))
        review = next((each for each in one.reviews if each.reading_id == int(reading)), None)
        if review is None:
            raise Refusal("no_review_yet")
        form_id = custom_id("review.rated", guild, request, reading, fresh())
        await gate.ask(press, form(form_id, review.rating), message(words.SLOW))

    async def rated(self, press: Press, guild: str, request: str, reading: str, _fresh: str) -> None:
        key, app = await self._key(press, guild), self._app
        helpful, specific, respectful = (typed(press, name) == _YES for name in words.RATE_ASKS)
        await results.rate(app, key, int(reading), helpful, specific, respectful, app.now())
        one = await results.result(app, key, int(request))
        said = words.RATE_SAVED if respectful else words.RATE_REPORT
        await own.answer(press, pages.overview(key.guild_id, one, said))


def form(form_id: str, before: Rating | None) -> ui.Modal:
    shown = ui.Modal(title=words.RATE_TITLE, custom_id=form_id)
    for name, question in words.RATE_ASKS.items():
        choices: ui.RadioGroup[Any] = ui.RadioGroup(custom_id=name, required=True)
        for value, label in ((_YES, words.YES), (_NO, words.NO)):
            said = before is not None and getattr(before, name) == (value == _YES)
            choices.add_option(label=label, value=value, default=said)
        shown.add_item(ui.Label(text=question, description=words.RATE_HINTS[name], component=choices))
    return shown
