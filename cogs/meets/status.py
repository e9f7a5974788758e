"""What `/meet status` does, and the buttons of letters and threads: did we meet, questions, my debrief, the end."""

from __future__ import annotations

from collections.abc import Mapping

from bot.app import App
from bot.meets.flow import debriefs, joining, meetings
from bot.people.members import Key
from cogs.checkins.own import Press, answer
from cogs.meets import status_pages as pages
from cogs.people import here
from cogs.presses import chosen
from cogs.router import Handler


async def home(app: App, press: Press, key: Key) -> None:
    await here.known(app, press, key)
    await answer(press, pages.home(key.guild_id, await joining.overview(app, key, app.now())))


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "meets.home": forms.home,
        "meets.meeting": forms.meeting,
        "meets.before": forms.before,
        "meets.met": forms.met,
        "meets.debrief": forms.debrief,
        "meets.check": forms.check,
        "meets.again": forms.again,
        "meets.questions": forms.questions,
        "meets.set": forms.other_set,
        "meets.stop": forms.stop,
        "meets.stopped": forms.stopped,
    }


class Forms(here.Forms):
    """Each method answers one press. A letter and what stands in a thread carry their nonce, which says nothing."""

    async def home(self, press: Press, guild: str, *_nonce: str) -> None:
        await home(self._app, press, here.key_of(press, guild))

    async def meeting(self, press: Press, guild: str, match: str, *_nonce: str) -> None:
        key = await self._key(press, guild)
        one = await joining.one_met(self._app, key, int(match), self._app.now())
        await answer(press, pages.meeting(key.guild_id, one))

    async def before(self, press: Press, guild: str) -> None:
        key = await self._key(press, guild)
        seen = await joining.overview(self._app, key, self._app.now())
        await answer(press, pages.before(key.guild_id, seen.before))

    # -- did we meet? ----------------------------------------------------------------------------

    async def met(self, press: Press, guild: str, match: str, met: str, *_nonce: str) -> None:
        key = await self._key(press, guild)
        said = await meetings.say(self._app, key, int(match), met == "yes", self._app.now())
        await answer(press, pages.answered(key.guild_id, said.match.id, said.answer.met))

    async def debrief(self, press: Press, guild: str, match: str) -> None:
        key = await self._key(press, guild)
        await answer(press, pages.debrief(key.guild_id, await debriefs.debrief(self._app, key, int(match))))

    async def check(self, press: Press, guild: str, match: str, check: str, yes: str) -> None:
        key, now = await self._key(press, guild), self._app.now()
        done = await debriefs.answer(self._app, key, int(match), check, yes == "yes", now)
        await answer(press, pages.debrief(key.guild_id, done))

    async def again(self, press: Press, guild: str, match: str) -> None:
        key = await self._key(press, guild)
        begun = await debriefs.again(self._app, key, int(match), self._app.now())
        await answer(press, pages.debrief(key.guild_id, begun))

    # -- questions -------------------------------------------------------------------------------

    async def questions(self, press: Press, guild: str, match: str, *_nonce: str) -> None:
        key = await self._key(press, guild)
        one = await joining.questions(self._app, key, int(match))
        await answer(press, pages.questions(key.guild_id, int(match), one, self._app.meets.sets))

    async def other_set(self, press: Press, guild: str, match: str) -> None:
        key = await self._key(press, guild)
        one = joining.other_questions(self._app, chosen(press)[0])
        await answer(press, pages.questions(key.guild_id, int(match), one, self._app.meets.sets))

    # -- the end ---------------------------------------------------------------------------------

    async def stop(self, press: Press, guild: str, match: str) -> None:
        key = await self._key(press, guild)
        one = await joining.one_met(self._app, key, int(match), self._app.now())
        await answer(press, pages.ending(key.guild_id, one))

    async def stopped(self, press: Press, guild: str, match: str) -> None:
        key = await self._key(press, guild)
        await meetings.stop(self._app, key, int(match), self._app.now())
        await answer(press, pages.ended(key.guild_id))
