"""`/rounds settings`: where threads open, when rounds come, by which rules. Each choice is kept at once.

Who may do what is Discord's (docs, Permissions): to open a private thread wants Create Private Threads, to let
members into it and to close it Manage Threads; words and files in it Send Messages in Threads and Attach Files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from bot.app import App
from bot.moderation.rights import moderators_only
from bot.refusals import Refusal
from bot.reviews.flow import settings as flow
from bot.reviews.flow.settings import Changes
from bot.reviews.values import Settings
from cogs import gate, refusals
from cogs.checkins.cohort_forms import zone_meant
from cogs.layout import message
from cogs.people import again
from cogs.person import missing_for_threads, person
from cogs.presses import chosen, typed
from cogs.reviews import settings_pages as pages
from cogs.reviews.own import answer
from cogs.reviews.words import rounds as words
from cogs.router import Handler

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "rounds.settings": forms.home,
        "rounds.channel": forms.channel,
        "rounds.day": forms.day,
        "rounds.hour": forms.hour,
        "rounds.weekly": forms.weekly,
        "rounds.zone": forms.ask_zone,
        "rounds.zone.typed": forms.zone_typed,
        "rounds.zone.chosen": forms.zone_chosen,
        "rounds.rules": forms.rules,
        "rounds.rule": forms.rule,
        "rounds.off": forms.ask_off,
        "rounds.off.yes": forms.off,
    }


async def home(app: App, press: Press) -> None:
    who = person(press)
    moderators_only(who)
    way = await flow.settings(app, who.guild_id)
    await answer(press, pages.home(way, missing_for_threads(press, way.channel_id, pages.NEEDED)))


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

    async def weekly(self, press: Press, turn: str) -> None:
        await self._change(press, {"weekly": turn == "on"})

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
            await answer(press, again.mistake(refusals.words(refusal), said, "rounds.zone"))
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

    # -- off -------------------------------------------------------------------------------------

    async def ask_off(self, press: Press) -> None:
        moderators_only(person(press))
        await answer(press, pages.turning_off())

    async def off(self, press: Press) -> None:
        await flow.choose_channel(self._app, person(press), None, (), self._app.now())
        await home(self._app, press)
