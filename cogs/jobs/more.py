"""What the buttons of a card do, and those behind its *More*. Their state is in custom_id (`cogs.router`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import discord
from discord import ui

from bot.app import App
from bot.jobs.flow import check, finding, saved, subscriptions
from bot.jobs.flow import more as flow
from bot.jobs.flow.why import why_not
from bot.jobs.openings import Hidden
from bot.people.flow import members
from bot.people.members import Key
from cogs import gate
from cogs.gate import escape
from cogs.jobs import check_pages, more_pages, why_pages
from cogs.jobs.opening_card import TITLE
from cogs.jobs.places import visible_to
from cogs.layout import button, message, row
from cogs.person import person
from cogs.router import Handler

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    forms = Forms(app)
    return {
        "jobs.keep": forms.keep,
        "jobs.more": forms.more,
        "jobs.more.open": forms.more,
        "jobs.more.back": forms.back,
        "jobs.eligible": forms.eligible,
        "jobs.applied": forms.applied,
        "jobs.hide": forms.hide,
        "jobs.unhide": forms.unhide,
        "jobs.why": forms.why,
    }


class Forms:
    """Each method answers one press, in private; arguments after the interaction come from the custom_id, as text."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def keep(self, press: Press, opening_id: str, *_nonce: str) -> None:
        await gate.answer(press, await keep(self._app, press, int(opening_id)))

    async def more(self, press: Press, opening_id: str, *_nonce: str) -> None:
        await gate.answer(press, await self._more(press, await self._number(press, opening_id)))

    async def back(self, press: Press, opening_id: str) -> None:
        await gate.answer(press, await self._more(press, int(opening_id)), replace=True)

    async def _more(self, press: Press, opening_id: int) -> ui.LayoutView:
        now = self._app.now()
        return more_pages.more(await finding.seen(self._app, _key(press), opening_id, now))

    async def _number(self, press: Press, text: str) -> int:
        """Cards that were posted by an earlier version carry their nonce alone."""
        if text.isdecimal():
            return int(text)
        return (await subscriptions.card_of(self._app, person(press).guild_id, text)).opening_id

    async def eligible(self, press: Press, opening_id: str) -> None:
        who, visible = person(press), visible_to(press)
        found = await check.check_opening(self._app, _key(press), int(opening_id), self._app.now(), visible)
        await gate.answer(press, check_pages.known(found, who.guild_id))

    async def applied(self, press: Press, opening_id: str) -> None:
        who, now = person(press), self._app.now()
        await members.met(self._app, who, now)
        kept = await saved.applied(self._app, _key(press), int(opening_id), now)
        said = f"On your list as applied: {escape(kept.title, TITLE)}. I remind you there when to follow up."
        await gate.answer(press, message(said, "-# See it with /jobs saved. Only you can."))

    async def hide(self, press: Press, kind: str, opening_id: str) -> None:
        who, now = person(press), self._app.now()
        await members.met(self._app, who, now)
        hiding = flow.hide if kind == "opening" else flow.hide_company
        one = await hiding(self._app, _key(press), int(opening_id), now)
        await gate.answer(press, more_pages.hidden(one, cast(Hidden, kind)), replace=True)

    async def unhide(self, press: Press, kind: str, opening_id: str) -> None:
        one = await flow.unhide(self._app, _key(press), int(opening_id), cast(Hidden, kind))
        await gate.answer(press, more_pages.shown_again(one, cast(Hidden, kind)), replace=True)

    async def why(self, press: Press, opening_id: str) -> None:
        found = await why_not(self._app, person(press), int(opening_id), self._app.now(), visible_to(press))
        await gate.answer(press, why_pages.why_not(found))


async def keep(app: App, press: Press, opening_id: int) -> ui.LayoutView:
    """Put it on the list of whoever presses; what that looks like."""
    who, now = person(press), app.now()
    await members.met(app, who, now)
    kept = await saved.save(app, _key(press), opening_id, now)
    return message(
        f"On your list: {escape(kept.title, TITLE)}.",
        "-# See it with /jobs saved. Only you can.",
        rows=[row(button("Applied", "jobs.applied", opening_id))] if kept.stage == "saved" else [],
    )


def _key(press: Press) -> Key:
    who = person(press)
    return Key(who.guild_id, who.id)
