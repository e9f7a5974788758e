"""What moderators do with single weeks of a group: weeks off, the digest, cards that the group can see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import discord

from bot.app import App
from bot.checkins import week as weeks
from bot.checkins.flow import groups as flow
from bot.moderation.rights import moderators_only
from cogs import gate
from cogs.checkins import cohort_week_pages as pages
from cogs.checkins.cohort_forms import OfGroup
from cogs.checkins.words import cohort as words
from cogs.person import person
from cogs.presses import chosen
from cogs.router import Handler

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    forms = Weeks(app)
    return {
        "cohort.weeks": forms.weeks_off,
        "cohort.weeks.turn": forms.turned,
        "cohort.weeks.menu": forms.chosen,
        "cohort.digest": forms.digest,
        "cohort.digest.preview": forms.preview,
        "cohort.digest.again": forms.post_again,
        "cohort.cards": forms.cards,
        "cohort.hide": forms.hide,
    }


class Weeks(OfGroup):
    """Weeks off, digest, cards. A group's id of 0 means all of them."""

    async def weeks_off(self, press: Press, group_id: str, said: str = "") -> None:
        now = self._app.now()
        if group_id == "0":
            moderators_only(person(press))
            view = pages.weeks_off(None, weeks.week_of(now, "UTC"), (), said)
        else:
            seen = await self._page(press, group_id)
            this = weeks.week_of(now, seen.group.zone)
            off = [week for week in seen.holidays if week >= this]
            view = pages.weeks_off(seen.group, this, off, said)
        await gate.answer(press, view, replace=True)

    async def turned(self, press: Press, group_id: str, monday: str, turn: str) -> None:
        await self._turn(press, group_id, date.fromisoformat(monday), off=turn == "off")

    async def chosen(self, press: Press, group_id: str, turn: str) -> None:
        await self._turn(press, group_id, date.fromisoformat(chosen(press)[0]), off=turn == "off")

    async def _turn(self, press: Press, group_id: str, week: date, *, off: bool) -> None:
        app, everywhere = self._app, group_id == "0"
        await flow.holiday(app, person(press), None if everywhere else int(group_id), week, off, app.now())
        name = pages.week_name(week)
        await self.weeks_off(press, group_id, (words.is_off if off else words.is_on)(name, everywhere))

    # -- the digest ------------------------------------------------------------------------------

    async def digest(self, press: Press, group_id: str) -> None:
        await gate.answer(press, pages.digest(await self._one(press, group_id)), replace=True)

    async def preview(self, press: Press, group_id: str) -> None:
        one = await self._one(press, group_id)
        value = await flow.preview(self._app, person(press), one.id, self._app.now())
        await gate.answer(press, pages.preview(one, value), replace=True)

    async def post_again(self, press: Press, group_id: str) -> None:
        one = await self._one(press, group_id)
        await flow.digest_now(self._app, person(press), one.id, self._app.now())
        await gate.answer(press, pages.digest(one, words.POSTED), replace=True)

    # -- hiding a card ---------------------------------------------------------------------------

    async def cards(self, press: Press, group_id: str, number: str, said: str = "") -> None:
        one, page = await self._one(press, group_id), max(0, int(number))
        shown = await flow.cards(self._app, person(press), one.id, page)
        await gate.answer(press, pages.shown_cards(one, shown, page, said), replace=True)

    async def hide(self, press: Press, group_id: str, week_id: str, number: str, turn: str) -> None:
        hidden = turn == "hide"
        await flow.hide(self._app, person(press), int(week_id), hidden, self._app.now())
        await self.cards(press, group_id, number, words.HIDDEN if hidden else words.SHOWN_AGAIN)
