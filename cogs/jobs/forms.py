"""What the buttons and forms of `/jobs` do. Their state is in custom_id (`cogs.router`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.jobs.flow import feeds
from bot.jobs.flow import subscriptions as flow
from bot.moderation.rights import moderators_only
from bot.refusals import Refusal
from cogs import gate
from cogs.jobs import pages
from cogs.jobs.commands import MOST_TYPED
from cogs.layout import message
from cogs.person import missing_in, person
from cogs.presses import chosen, texts_of, typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of this subject and the function that answers it."""
    forms = Forms(app)
    return {
        "jobs.save": forms.save,
        "jobs.discard": forms.discard,
        "jobs.filter": forms.open_filter,
        "jobs.filter.form": forms.filter_typed,
        "jobs.page": forms.page,
        "jobs.try": forms.try_again,
        "jobs.pause": forms.pause,
        "jobs.resume": forms.resume,
        "jobs.stop": forms.stop,
        "jobs.more": forms.more,
        "jobs.notice.resume": forms.notice_resume,
        "jobs.notice.move": forms.notice_move,
        "jobs.notice.stop": forms.notice_stop,
        "jobs.notice.seen": forms.notice_seen,
        "jobs.feed.again": forms.feed_again,
        "jobs.storm": forms.storm,
    }


class Forms:
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    def __init__(self, app: App) -> None:
        self._app = app

    # -- making a subscription -------------------------------------------------------------------

    async def save(self, press: Press, draft_id: str) -> None:
        who = person(press)
        draft = await flow.kept(self._app, who, int(draft_id))
        missing = missing_in(press, draft.channel_id)
        kept = await flow.save(self._app, who, draft.id, missing, self._app.now())
        await gate.answer(press, pages.saved(kept), replace=True)

    async def discard(self, press: Press, draft_id: str) -> None:
        await flow.discard(self._app, person(press), int(draft_id), self._app.now())
        await gate.answer(press, message("Discarded. Nothing is followed by this."), replace=True)

    async def open_filter(self, press: Press, draft_id: str) -> None:
        draft = await flow.kept(self._app, person(press), int(draft_id))
        form = ui.Modal(title="What to hear", custom_id=custom_id("jobs.filter.form", draft_id, fresh()))
        form.add_item(
            ui.Label(
                text="Filter",
                description='Words, "phrases", AND OR NOT, ( ), company: board:',
                component=ui.TextInput(
                    custom_id="filter", default=draft.filter or None, required=False, max_length=MOST_TYPED
                ),
            )
        )
        await gate.ask(press, form, message("That took me too long. Press the button again."))

    async def filter_typed(self, press: Press, draft_id: str, _fresh: str) -> None:
        text = typed(press, "filter")
        try:
            proposal = await flow.retype(self._app, person(press), int(draft_id), text, self._app.now())
        except Refusal as refusal:
            if refusal.reason != "filter_wrong":
                raise
            await gate.answer(press, pages.mistake(refusal), replace=True)
        else:
            await gate.answer(press, pages.proposal(proposal), replace=True)

    # -- /jobs alerts ----------------------------------------------------------------------------

    async def page(self, press: Press, page: str) -> None:
        await gate.answer(
            press, pages.alerts(await flow.alerts(self._app, person(press)), int(page)), replace=True
        )

    async def try_again(self, press: Press, subscription_id: str) -> None:
        proposal = await flow.tried(self._app, person(press), int(subscription_id), self._app.now())
        await gate.answer(press, pages.tried_again(proposal))

    async def pause(self, press: Press, subscription_id: str, page: str) -> None:
        await flow.pause(self._app, person(press), int(subscription_id), self._app.now())
        await self.page(press, page)

    async def resume(self, press: Press, subscription_id: str, page: str) -> None:
        await self._go_on(press, int(subscription_id), None)
        await self.page(press, page)

    async def stop(self, press: Press, subscription_id: str, page: str) -> None:
        await flow.stop(self._app, person(press), int(subscription_id), self._app.now())
        await self.page(press, page)

    async def _go_on(self, press: Press, subscription_id: int, moved_to: int | None) -> None:
        who = person(press)
        kept = await flow.kept(self._app, who, subscription_id)
        missing = missing_in(press, moved_to or kept.channel_id)
        await flow.resume(self._app, who, subscription_id, missing, self._app.now(), channel_id=moved_to)

    # -- a card's More, and the moderators' notices ----------------------------------------------

    async def more(self, press: Press, nonce: str) -> None:
        await gate.answer(press, pages.why(await flow.why(self._app, person(press).guild_id, nonce)))

    async def notice_resume(self, press: Press, subscription_id: str, nonce: str) -> None:
        await self._go_on(press, int(subscription_id), None)
        await self._done(press, "It goes on; what waited is posted now", nonce)

    async def notice_move(self, press: Press, subscription_id: str, nonce: str) -> None:
        channel_id = int(chosen(press)[0])
        await self._go_on(press, int(subscription_id), channel_id)
        await self._done(press, f"It goes on in <#{channel_id}>; what waited is posted there", nonce)

    async def notice_stop(self, press: Press, subscription_id: str, nonce: str) -> None:
        await flow.stop(self._app, person(press), int(subscription_id), self._app.now())
        await self._done(press, "It is stopped", nonce)

    async def notice_seen(self, press: Press, nonce: str) -> None:
        moderators_only(person(press))
        await self._done(press, "Seen", nonce)

    async def feed_again(self, press: Press, feed_id: str, _nonce: str) -> None:
        await feeds.read_again(self._app, person(press), feed_id, self._app.now())
        await gate.answer(press, message("I read it within seconds. If it works, I tell you here."))

    async def storm(self, press: Press, storm_id: str, answer: str, nonce: str) -> None:
        approved = answer == "yes"
        planned = await feeds.decide_storm(self._app, person(press), int(storm_id), approved, self._app.now())
        said = f"Approved; {planned} cards follow" if approved else "Skipped; none of them is posted"
        await self._done(press, said, nonce)

    async def _done(self, press: Press, said: str, nonce: str) -> None:
        """Close a notice: what was decided and by whom; its marker stays in the message."""
        await gate.answer(
            press, pages.closed(texts_of(press.message), said, press.user.id, nonce), replace=True
        )
