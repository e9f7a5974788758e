"""`/cohort create`: from the first form to a group. A group is kept only when all of it is right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from bot.app import App
from bot.checkins import prompts
from bot.checkins.flow import groups as flow
from bot.checkins.groups import Draft
from bot.moderation.rights import moderators_only
from bot.people.flow import members
from bot.people.members import Key
from bot.refusals import Refusal
from cogs import gate, refusals
from cogs.checkins import cohort_forms as forms
from cogs.checkins import cohort_modals as modals
from cogs.checkins import cohort_pages as pages
from cogs.checkins import cohort_times as times
from cogs.checkins.cohort_modals import Typed
from cogs.checkins.cohort_places import here, place
from cogs.checkins.words import cohort as words
from cogs.layout import message
from cogs.people import again
from cogs.person import person
from cogs.presses import chosen
from cogs.router import Handler

Press = discord.Interaction[Any]

_LABELS = {"name": words.NAME, "zone": words.ZONE, "opens": words.OPENS}


def handlers(app: App) -> Mapping[str, Handler]:
    making = Making(app)
    return {
        "cohort.create.fix": making.fix,
        "cohort.create.typed": making.typed,
        "cohort.create.zone": making.zone_chosen,
    }


async def ask_new(app: App, press: Press) -> None:
    """The form that makes a group, with what most will leave as it is."""
    who = person(press)
    moderators_only(who)
    member = await members.member(app, Key(who.guild_id, who.id))
    zone = member.zone if member and member.zone else ""
    await _ask(app, press, Typed(channel_id=here(press) or modals.NONE_YET, zone=zone))


async def _ask(app: App, press: Press, start: Typed) -> None:
    prompts.template(app.prompts, start.template)  # refuses where there are no questions to ask
    await gate.ask(press, modals.new_group(start, app.prompts.templates), message(words.TOO_LATE))


class Making:
    """From the first form to a group."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def fix(self, press: Press, channel_id: str, template: str) -> None:
        moderators_only(person(press))
        was = again.typed_before(press)
        texts = {name: was.get(label, "") for name, label in _LABELS.items()}
        await _ask(self._app, press, Typed(channel_id=int(channel_id), template=template, **texts))

    async def typed(self, press: Press, _fresh: str) -> None:
        moderators_only(person(press))
        said = modals.read_new(press)
        opens = times.read_opening(said.opens)
        if opens is None:
            await self._mistake(press, said, words.opens_unclear(gate.escape(said.opens, 60)))
            return
        try:
            zone, hits = await forms.zone_meant(said.zone)
        except Refusal as refusal:
            await self._mistake(press, said, refusals.words(refusal))
            return
        if zone is None:
            ids = said.channel_id, *opens, said.template
            named = [(words.NAME, said.name)]
            menu = pages.cities(hits, self._app.now(), named, "cohort.create.zone", *ids)
            await gate.answer(press, menu, replace=True)
            return
        await self._make(press, said, opens, zone)

    async def zone_chosen(self, press: Press, channel_id: str, day: str, minute: str, template: str) -> None:
        _, _, zone = chosen(press)[0].partition(" ")
        opens = int(day), int(minute)
        name = again.typed_before(press).get(words.NAME, "")
        said = Typed(name, int(channel_id), zone, times.typed_opening(*opens), template)
        await self._make(press, said, opens, zone)

    async def _make(self, press: Press, said: Typed, opens: tuple[int, int], zone: str) -> None:
        app = self._app
        draft = Draft(
            name=said.name,
            channel_id=said.channel_id,
            zone=zone,
            open_day=opens[0],
            open_minute=opens[1],
            digest_minute=modals.DIGEST,
            template=said.template,
            pods=True,  # nobody is in one who has not asked for it
        )
        missing = place(press, said.channel_id).missing
        try:
            made = await flow.create(app, person(press), draft, missing, app.now())
        except Refusal as refusal:
            await self._mistake(press, said, refusals.words(refusal))
        else:
            await forms.show(app, press, made.id, new=True)

    async def _mistake(self, press: Press, said: Typed, why: str) -> None:
        wrong = again.mistake(why, said.texts, "cohort.create.fix", said.channel_id, said.template)
        await gate.answer(press, wrong, replace=True)
