"""`/review give`: reading for others. Each change is kept at once, and the page shown again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from bot.app import App
from bot.moderation.rights import Person
from bot.people.languages import language_name, languages
from bot.people.members import Key
from bot.refusals import Refusal
from bot.reviews.flow import asking, giving, results
from bot.reviews.flow.giving import Joined
from cogs import gate, refusals
from cogs.layout import message
from cogs.people import again, here
from cogs.presses import chosen, typed
from cogs.reviews import give_pages as pages
from cogs.reviews.own import answer
from cogs.reviews.words import give as words
from cogs.router import Handler

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "review.give": forms.home,
        "review.join": forms.joined,
        "review.kinds": forms.kinds,
        "review.languages": forms.ask_languages,
        "review.languages.typed": forms.languages_typed,
        "review.pause": forms.paused,
        "review.resume": forms.resumed,
        "review.leave": forms.ask_leave,
        "review.left": forms.left,
    }


async def home(app: App, press: Press, key: Key) -> None:
    """The page of a reader, or how to become one."""
    await here.known(app, press, key)
    joined = await giving.giving(app, key, app.now())
    if joined is None:
        await asking.may_ask(app, key, app.now())  # refuses where reviews are off
        await answer(press, pages.join(key.guild_id))
    else:
        await show(app, press, key, joined)


async def show(app: App, press: Press, key: Key, joined: Joined) -> None:
    """A reader's own page."""
    now = app.now()
    mine = await asking.mine(app, key, now)
    thanked = await results.ratings_of_me(app, key, now)
    await answer(press, pages.reader(key.guild_id, joined, mine.account, thanked, tuple(app.rubrics), now))


class Forms(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    async def home(self, press: Press, guild: str, *_nonce: str) -> None:
        await home(self._app, press, here.key_of(press, guild))

    async def joined(self, press: Press, guild: str) -> None:
        """Joining, and changing how many at a time."""
        app, key = self._app, await self._key(press, guild)
        capacity, now = int(chosen(press)[0]), app.now()
        if await giving.giving(app, key, now) is not None:
            after = await giving.change(app, key, now, capacity=capacity)
        else:
            who = Person(key.user_id, key.guild_id, manages=False)
            after = await giving.join(app, who, capacity, tuple(app.rubrics), (), now)
        await show(app, press, key, after)

    async def kinds(self, press: Press, guild: str) -> None:
        app, key = self._app, await self._key(press, guild)
        after = await giving.change(app, key, app.now(), kinds=chosen(press))
        await show(app, press, key, after)

    # -- languages -------------------------------------------------------------------------------

    async def ask_languages(self, press: Press, guild: str) -> None:
        joined = await giving.giving(self._app, here.key_of(press, guild), self._app.now())
        if joined is None:
            raise Refusal("no_reader")
        spoken = ", ".join(map(language_name, joined.reader.languages))
        text = again.typed_before(press).get(words.LANGUAGES_FIELD, spoken)
        await gate.ask(press, pages.languages(guild, text), message(words.TOO_LATE))

    async def languages_typed(self, press: Press, guild: str, _fresh: str) -> None:
        app, key, text = self._app, await self._key(press, guild), typed(press, "languages")
        said = {words.LANGUAGES_FIELD: text}
        try:
            tags = languages(text)
            if not tags:
                wrong = again.mistake(words.NO_LANGUAGE, said, "review.languages", guild)
                await answer(press, wrong)
                return
            after = await giving.change(app, key, app.now(), languages=tags)
        except Refusal as refusal:
            await answer(press, again.mistake(refusals.words(refusal), said, "review.languages", guild))
        else:
            await show(app, press, key, after)

    # -- pausing and leaving ---------------------------------------------------------------------

    async def paused(self, press: Press, guild: str) -> None:
        await self._pause(press, guild, int(chosen(press)[0]))

    async def resumed(self, press: Press, guild: str) -> None:
        await self._pause(press, guild, 0)

    async def _pause(self, press: Press, guild: str, weeks: int) -> None:
        app, key = self._app, await self._key(press, guild)
        await show(app, press, key, await giving.pause(app, key, weeks, app.now()))

    async def ask_leave(self, press: Press, guild: str) -> None:
        await answer(press, pages.leaving((await self._key(press, guild)).guild_id))

    async def left(self, press: Press, guild: str) -> None:
        app = self._app
        await giving.leave(app, await self._key(press, guild), app.now())
        await answer(press, message(words.LEFT))
