"""What the buttons, menus and forms of `/jobs alerts` do, and the button of a digest or an alert that was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.jobs.flow import alert_page, behind, meanwhile, turning
from bot.jobs.flow import subscriptions as flow
from bot.jobs.flow import why as why_flow
from bot.jobs.subscriptions import Subscription
from bot.refusals import Refusal
from bot.text import cut
from cogs import gate
from cogs.jobs import alert_pages, pages, why_pages
from cogs.jobs.places import place
from cogs.jobs.subscribe_form import TOO_LATE, answer_proposal
from cogs.layout import message
from cogs.person import person
from cogs.presses import chosen, picked, typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]

PAUSES = {"day": timedelta(days=1), "week": timedelta(days=7), "forever": None}
_LINK = 2_000  # characters that somebody may paste
_LABEL = 100


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "jobs.page": forms.page,
        "jobs.open": forms.open,
        "jobs.edit": forms.edit,
        "jobs.try": forms.try_again,
        "jobs.pause": forms.ask_pause,
        "jobs.pause.for": forms.pause,
        "jobs.resume": forms.resume,
        "jobs.bring": forms.bring,
        "jobs.stop": forms.ask_stop,
        "jobs.stop.yes": forms.stop,
        "jobs.copy": forms.copy,
        "jobs.tag.saved": forms.tag,
        "jobs.preview": forms.preview,
        "jobs.spared": forms.kept_from,
        "jobs.whynot": forms.ask_why,
        "jobs.whynot.form": forms.why,
        "jobs.alert": forms.whole_alert,
        "jobs.digest": forms.whole_digest,
    }


class Forms:
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    def __init__(self, app: App) -> None:
        self._app = app

    # -- looking ---------------------------------------------------------------------------------

    async def page(self, press: Press, page: str) -> None:
        listed = await flow.alerts(self._app, person(press))
        await gate.answer(press, alert_pages.alerts(listed, int(page)), replace=True)

    async def open(self, press: Press, subscription_id: str, page: str = "0") -> None:
        await self._open(press, int(subscription_id), int(page))

    async def _open(self, press: Press, subscription_id: int, page: int) -> None:
        who = person(press)
        opened = await alert_page.opened(self._app, who, subscription_id, self._app.now())
        channel_id = opened.subscription.channel_id
        where = (
            await place(press, channel_id) if opened.subscription.target == "forum" and channel_id else None
        )
        view = alert_pages.one(opened, page, where, who.manages)
        await gate.answer(press, view, replace=True)

    async def try_again(self, press: Press, subscription_id: str) -> None:
        proposal = await flow.tried(self._app, person(press), int(subscription_id), self._app.now())
        await gate.answer(press, pages.tried_again(proposal))

    async def preview(self, press: Press, subscription_id: str) -> None:
        shown = await alert_page.preview(self._app, person(press), int(subscription_id), self._app.now())
        await gate.answer(press, alert_pages.preview(shown))

    async def kept_from(self, press: Press, subscription_id: str) -> None:
        kept = await alert_page.kept_from(self._app, person(press), int(subscription_id), self._app.now())
        await gate.answer(press, alert_pages.kept_from(kept))

    async def ask_why(self, press: Press, subscription_id: str) -> None:
        who = person(press)
        await flow.kept(self._app, who, int(subscription_id))
        newest = await alert_page.newest(self._app, who, self._app.now())
        form = ui.Modal(
            title="Why, or why not?", custom_id=custom_id("jobs.whynot.form", subscription_id, fresh())
        )
        link = ui.TextInput[ui.LayoutView](custom_id="link", required=False, max_length=_LINK)
        form.add_item(ui.Label(text="Link to an opening", component=link))
        if newest:
            options = [
                discord.SelectOption(
                    label=cut(one.title, _LABEL),
                    value=str(one.id),
                    description=cut(one.company, _LABEL) or None,
                )
                for one in newest
            ]
            menu = ui.Select[ui.LayoutView](custom_id="newest", options=options, min_values=0, required=False)
            form.add_item(ui.Label(text="Or one of the newest", component=menu))
        await gate.ask(press, form, message(TOO_LATE))

    async def why(self, press: Press, subscription_id: str, _fresh: str) -> None:
        who, number = person(press), int(subscription_id)
        kept = await flow.kept(self._app, who, number)
        link, newest = typed(press, "link").strip(), picked(press, "newest")
        if not link and not newest:
            raise Refusal("opening_unnamed")
        visible = [kept.channel_id] if kept.channel_id else []
        which = link or int(newest[0])
        found = await why_flow.why_not(self._app, who, which, self._app.now(), visible)
        mine = tuple(one for one in found.readers if one.subscription.id == number)
        await gate.answer(press, why_pages.why_not(replace(found, readers=mine)))

    # -- changing --------------------------------------------------------------------------------

    async def edit(self, press: Press, subscription_id: str) -> None:
        proposed = await flow.rewrite(self._app, person(press), int(subscription_id), self._app.now())
        await answer_proposal(press, proposed)

    async def copy(self, press: Press, subscription_id: str) -> None:
        where = await place(press, int(chosen(press)[0]))
        proposed = await flow.copy(
            self._app,
            person(press),
            int(subscription_id),
            where.channel_id,
            where.missing,
            self._app.now(),
            target=where.target,
        )
        await gate.answer(press, pages.proposal(proposed, where), replace=True)

    async def tag(self, press: Press, subscription_id: str, page: str) -> None:
        who, number, now = person(press), int(subscription_id), self._app.now()
        before = await flow.kept(self._app, who, number)
        missing = await self._missing(press, before)
        after = await turning.with_tag(self._app, who, number, chosen(press)[0], missing, now)
        if (before.state, after.state) == ("paused", "active"):
            await meanwhile.bring(self._app, who, number, before.changed_at, now)
        await self._open(press, number, int(page))

    async def ask_pause(self, press: Press, subscription_id: str, page: str = "0") -> None:
        kept = await flow.kept(self._app, person(press), int(subscription_id))
        await gate.answer(press, alert_pages.pausing(kept, int(page)), replace=True)

    async def pause(self, press: Press, subscription_id: str, page: str, how_long: str) -> None:
        now, span = self._app.now(), PAUSES[how_long]
        until = now + span if span else None
        await turning.pause(self._app, person(press), int(subscription_id), now, until)
        await self._open(press, int(subscription_id), int(page))

    async def resume(self, press: Press, subscription_id: str, page: str = "0") -> None:
        who, number, now = person(press), int(subscription_id), self._app.now()
        before = await flow.kept(self._app, who, number)
        after = await turning.resume(self._app, who, number, await self._missing(press, before), now)
        was_paused = before.state == "paused"
        missed = await meanwhile.missed(self._app, after, before.changed_at, now) if was_paused else []
        if not missed:
            await self._open(press, number, int(page))
            return
        since = int(before.changed_at.timestamp())
        await gate.answer(press, alert_pages.resumed(after, len(missed), since, int(page)), replace=True)

    async def bring(self, press: Press, subscription_id: str, since: str, page: str) -> None:
        number, moment = int(subscription_id), datetime.fromtimestamp(int(since), UTC)
        await meanwhile.bring(self._app, person(press), number, moment, self._app.now())
        await self._open(press, number, int(page))

    async def ask_stop(self, press: Press, subscription_id: str, page: str = "0") -> None:
        kept = await flow.kept(self._app, person(press), int(subscription_id))
        await gate.answer(press, alert_pages.stopping(kept, int(page)), replace=True)

    async def stop(self, press: Press, subscription_id: str, page: str) -> None:
        await turning.stop(self._app, person(press), int(subscription_id), self._app.now())
        await self.page(press, page)

    async def _missing(self, press: Press, kept: Subscription) -> tuple[str, ...] | None:
        return (await place(press, kept.channel_id)).missing if kept.channel_id else ()

    # -- behind what was sent --------------------------------------------------------------------

    async def whole_alert(self, press: Press, subscription_id: str, nonce: str, page: str = "") -> None:
        """Also pressed in a direct message, by the only person who can see the button there."""
        number, user_id = int(subscription_id), press.user.id
        alert, lines = await behind.all_of_alert(self._app, user_id, nonce, self._app.now())
        if alert.test:
            view = alert_pages.followed(await alert_page.followed(self._app, user_id, number))
        else:
            view = alert_pages.whole(lines, "jobs.alert", number, nonce, int(page or 0))
        await gate.answer(press, view, replace=bool(page))

    async def whole_digest(self, press: Press, subscription_id: str, nonce: str, page: str = "") -> None:
        """The digest's own button has no page; those of the private answer have."""
        guild_id = person(press).guild_id
        _, lines = await behind.all_of_digest(self._app, guild_id, nonce, self._app.now())
        view = alert_pages.whole(lines, "jobs.digest", int(subscription_id), nonce, int(page or 0))
        await gate.answer(press, view, replace=bool(page))
