"""*Meetings of two* in `/rounds settings`: where threads open, when it draws. Each choice is kept at once.

Who may do what is Discord's (docs, Permissions): to open a private thread wants Create Private Threads, to let
members into it and to close it Manage Threads, words in it Send Messages in Threads.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.app import App
from bot.meets.flow import settings as flow
from bot.meets.flow.settings import Changes
from bot.moderation.rights import moderators_only
from bot.refusals import Refusal
from cogs import gate, refusals
from cogs.checkins.cohort_forms import zone_meant
from cogs.checkins.own import Press, answer
from cogs.layout import message
from cogs.meets import settings_pages as pages
from cogs.meets.words import settings as words
from cogs.people import again
from cogs.person import missing_for_threads, person
from cogs.presses import chosen, typed
from cogs.router import Handler


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it; `meets.settings` opens them."""
    forms = Forms(app)
    return {
        "meets.settings": forms.home,
        "meets.settings.channel": forms.channel,
        "meets.settings.day": forms.day,
        "meets.settings.hour": forms.hour,
        "meets.settings.zone": forms.ask_zone,
        "meets.settings.zone.typed": forms.zone_typed,
        "meets.settings.zone.chosen": forms.zone_chosen,
        "meets.settings.again": forms.again,
        "meets.settings.off": forms.ask_off,
        "meets.settings.off.yes": forms.off,
    }


async def home(app: App, press: Press) -> None:
    who = person(press)
    moderators_only(who)
    way = await flow.settings(app, who.guild_id)
    missing = missing_for_threads(press, way.channel_id, pages.NEEDED)
    await answer(press, pages.home(way, missing))


class Forms:
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def home(self, press: Press, *_nonce: str) -> None:
        await home(self._app, press)

    async def channel(self, press: Press) -> None:
        channel_id = int(chosen(press)[0])
        missing = missing_for_threads(press, channel_id, pages.NEEDED)
        await flow.choose_channel(self._app, person(press), channel_id, missing, self._app.now())
        await home(self._app, press)

    # -- when ------------------------------------------------------------------------------------

    async def day(self, press: Press) -> None:
        await self._change(press, {"day": int(chosen(press)[0])})

    async def hour(self, press: Press) -> None:
        await self._change(press, {"minute": int(chosen(press)[0])})

    async def ask_zone(self, press: Press) -> None:
        who = person(press)
        moderators_only(who)
        now = (await flow.settings(self._app, who.guild_id)).zone
        text = again.typed_before(press).get(words.ZONE_FIELD, now)
        await gate.ask(press, pages.zone(text), message(words.TOO_LATE))

    async def zone_typed(self, press: Press, _fresh: str) -> None:
        moderators_only(person(press))
        text = typed(press, "zone")
        try:
            zone, hits = await zone_meant(text)
        except Refusal as refusal:
            said = {words.ZONE_FIELD: text}
            await answer(press, again.mistake(refusals.words(refusal), said, "meets.settings.zone"))
            return
        if zone is None:
            await answer(press, pages.cities(hits, self._app.now()))
        else:
            await self._change(press, {"zone": zone})

    async def zone_chosen(self, press: Press) -> None:
        _, _, zone = chosen(press)[0].partition(" ")
        await self._change(press, {"zone": zone})

    async def _change(self, press: Press, changes: Changes) -> None:
        await flow.change(self._app, person(press), self._app.now(), **changes)
        await home(self._app, press)

    # -- again, off ------------------------------------------------------------------------------

    async def again(self, press: Press, *_nonce: str) -> None:
        await flow.try_again(self._app, person(press), self._app.now())
        await home(self._app, press)

    async def ask_off(self, press: Press) -> None:
        moderators_only(person(press))
        await answer(press, pages.turning_off())

    async def off(self, press: Press) -> None:
        await flow.choose_channel(self._app, person(press), None, (), self._app.now())
        await home(self._app, press)
