"""What the buttons of the moderators' notices do. Their state is in custom_id (`cogs.router`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from bot.app import App
from bot.jobs.flow import added, feeds, meanwhile, turning
from bot.jobs.flow import subscriptions as flow
from bot.moderation.rights import moderators_only
from cogs import gate
from cogs.jobs import pages
from cogs.jobs.places import place
from cogs.layout import message
from cogs.person import person
from cogs.presses import chosen, texts_of
from cogs.router import Handler

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of this subject and the function that answers it."""
    forms = Forms(app)
    return {
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

    # -- a channel that could not be spoken in ---------------------------------------------------

    async def _go_on(self, press: Press, subscription_id: int, moved_to: int | None) -> str:
        """Gives what has to be said of the openings that came meanwhile."""
        who, app, now = person(press), self._app, self._app.now()
        kept = await flow.kept(app, who, subscription_id)
        where = await place(press, moved_to or kept.channel_id or 0)
        await turning.resume(
            app, who, subscription_id, where.missing, now, channel_id=moved_to, target=where.target
        )
        if kept.state != "paused":
            return ""
        came = await meanwhile.bring(app, who, subscription_id, kept.changed_at, now)
        return f"; {came} more came meanwhile, for the next digest" if came else ""

    async def notice_resume(self, press: Press, subscription_id: str, nonce: str) -> None:
        came = await self._go_on(press, int(subscription_id), None)
        await self._done(press, f"It goes on; what waited is posted now{came}", nonce)

    async def notice_move(self, press: Press, subscription_id: str, nonce: str) -> None:
        channel_id = int(chosen(press)[0])
        came = await self._go_on(press, int(subscription_id), channel_id)
        await self._done(press, f"It goes on in <#{channel_id}>; what waited is posted there{came}", nonce)

    async def notice_stop(self, press: Press, subscription_id: str, nonce: str) -> None:
        await turning.stop(self._app, person(press), int(subscription_id), self._app.now())
        await self._done(press, "It is stopped", nonce)

    # -- the other notices -----------------------------------------------------------------------

    async def notice_seen(self, press: Press, nonce: str) -> None:
        moderators_only(person(press))
        await self._done(press, "Seen", nonce)

    async def feed_again(self, press: Press, feed_id: str, _nonce: str) -> None:
        await added.read_again(self._app, person(press), feed_id, self._app.now())
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
