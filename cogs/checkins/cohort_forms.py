"""What the buttons, menus and forms of `/cohort` do, and those of the notices about a group.

Each press acts on the group as it is now, so the last one wins. A page that somebody else has overtaken is told so.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping
from typing import Any, Literal, get_args

import discord

from bot.app import App
from bot.checkins.flow import groups as flow
from bot.checkins.flow import notices, pods
from bot.checkins.flow.groups import GroupPage
from bot.checkins.flow.groups import edit as keep_changes
from bot.checkins.values import Group, GroupState
from bot.moderation.rights import moderators_only
from bot.people import zones
from bot.refusals import Refusal
from cogs import gate, refusals
from cogs.checkins import cohort_modals as modals
from cogs.checkins import cohort_pages as pages
from cogs.checkins import cohort_times as times
from cogs.checkins.cohort_modals import Times
from cogs.checkins.cohort_places import place
from cogs.checkins.words import cohort as words
from cogs.jobs.pages import closed
from cogs.layout import message
from cogs.people import again
from cogs.person import person
from cogs.presses import chosen, texts_of, typed
from cogs.router import Handler

Press = discord.Interaction[Any]

_JOIN = "checkin join"


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "cohort.list": forms.listed,
        "cohort.group": forms.group,
        "cohort.open": forms.opened,
        "cohort.times": forms.ask_times,
        "cohort.times.typed": forms.times_typed,
        "cohort.times.zone": forms.zone_chosen,
        "cohort.channel": forms.channel,
        "cohort.channel.set": forms.channel_chosen,
        "cohort.questions": forms.questions,
        "cohort.template": forms.template_chosen,
        "cohort.question": forms.ask_question,
        "cohort.question.typed": forms.question_typed,
        "cohort.pods": forms.pods,
        "cohort.pods.turn": forms.pods_turned,
        "cohort.pods.form": forms.pods_formed,
        "cohort.invite": forms.invite,
        "cohort.rest": forms.rest,
        "cohort.starters": forms.starters_turned,
        "cohort.export": forms.export,
        "cohort.end": forms.ask_end,
        "cohort.turn": forms.turned,
        "cohort.season.page": forms.season,
        "cohort.season.choose": forms.season_chosen,
        "cohort.season": forms.notice_season,
        "cohort.retry": forms.notice_retry,
    }


async def show(
    app: App, press: Press, group_id: int, *, note: str = "", replace: bool = True, new: bool = False
) -> None:
    """A group's page. note, new: as there."""
    now = app.now()
    seen = await flow.page(app, person(press), group_id, now)
    where = place(press, seen.group.channel_id)
    view = pages.group(seen, where, app.prompts.templates, now, note, new)
    await gate.answer(press, view, replace=replace)


async def zone_meant(text: str) -> tuple[str | None, list[zones.Hit]]:
    """The zone, None when there is a choice, and what there is to choose from. Refuses what means nothing."""
    hits = await asyncio.to_thread(zones.find, text)  # its first use reads all cities: 0.4 s
    return times.zone_of(text, hits), hits


class OfGroup:
    """What the pages of one group share. Arguments come from the custom_id, as text."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def _page(self, press: Press, group_id: str) -> GroupPage:
        return await flow.page(self._app, person(press), int(group_id), self._app.now())

    async def _one(self, press: Press, group_id: str) -> Group:
        return (await self._page(press, group_id)).group


class Forms(OfGroup):
    """Each method answers one press."""

    async def listed(self, press: Press, number: str) -> None:
        every = await flow.listed(self._app, person(press), self._app.now())
        await gate.answer(press, pages.groups(every, int(number), self._app.now()), replace=True)

    async def group(self, press: Press, group_id: str) -> None:
        await show(self._app, press, int(group_id))

    async def opened(self, press: Press, group_id: str, _nonce: str = "") -> None:
        """From a notice, which stays."""
        await show(self._app, press, int(group_id), replace=False)

    async def _change(self, press: Press, group_id: str, stamp: str, **changes: object) -> str:
        """Keep it; gives what its page says of that. missing: of the channel it is to go to."""
        app, who = self._app, person(press)
        was = (await self._page(press, group_id)).group
        channel_id = changes.get("channel_id")
        missing = place(press, channel_id).missing if isinstance(channel_id, int) else ()
        await keep_changes(app, who, was.id, changes, missing, app.now())
        return words.STALE if pages.stamp(was) != stamp else words.SAVED

    # -- times -----------------------------------------------------------------------------------

    async def ask_times(self, press: Press, group_id: str) -> None:
        one = await self._one(press, group_id)
        start, was = modals.times_of(one), again.typed_before(press)
        if was:
            start = Times(*(was.get(label, "") for label in start.texts))
        form = modals.change_times(one.id, pages.stamp(one), start)
        await gate.ask(press, form, message(words.TOO_LATE))

    async def times_typed(self, press: Press, group_id: str, stamp: str, _fresh: str) -> None:
        moderators_only(person(press))
        said = modals.read_times(press)
        opens, digest = times.read_opening(said.opens), times.read_time(said.digest)
        if opens is None or digest is None:
            wrong = (
                words.opens_unclear(gate.escape(said.opens, 60))
                if opens is None
                else words.digest_unclear(gate.escape(said.digest, 60))
            )
            await self._mistake(press, said.texts, wrong, "cohort.times", group_id)
            return
        try:
            zone, hits = await zone_meant(said.zone)
        except Refusal as refusal:
            await self._mistake(press, said.texts, refusals.words(refusal), "cohort.times", group_id)
            return
        if zone is None:
            ids = group_id, stamp, *opens, digest
            menu = pages.cities(hits, self._app.now(), [], "cohort.times.zone", *ids)
            await gate.answer(press, menu, replace=True)
            return
        await self._keep_times(press, group_id, stamp, *opens, digest, zone)

    async def zone_chosen(
        self, press: Press, group_id: str, stamp: str, day: str, minute: str, digest: str
    ) -> None:
        _, _, zone = chosen(press)[0].partition(" ")
        await self._keep_times(press, group_id, stamp, int(day), int(minute), int(digest), zone)

    async def _keep_times(
        self, press: Press, group_id: str, stamp: str, day: int, minute: int, digest: int, zone: str
    ) -> None:
        changes = {"open_day": day, "open_minute": minute, "digest_minute": digest, "zone": zone}
        note = await self._change(press, group_id, stamp, **changes)
        await show(self._app, press, int(group_id), note=_after(note, words.TIMES_FROM_NEXT_WEEK))

    async def _mistake(
        self, press: Press, typed: Mapping[str, str], why: str, name: str, group_id: str
    ) -> None:
        await gate.answer(press, again.mistake(why, typed, name, group_id), replace=True)

    # -- channel and questions -------------------------------------------------------------------

    async def channel(self, press: Press, group_id: str) -> None:
        await gate.answer(press, pages.channel(await self._one(press, group_id)), replace=True)

    async def channel_chosen(self, press: Press, group_id: str, stamp: str) -> None:
        note = await self._change(press, group_id, stamp, channel_id=int(chosen(press)[0]))
        await show(self._app, press, int(group_id), note=_after(note, words.MOVED))

    async def questions(self, press: Press, group_id: str) -> None:
        one = await self._one(press, group_id)
        await gate.answer(press, pages.questions(one, self._app.prompts.templates), replace=True)

    async def template_chosen(self, press: Press, group_id: str, stamp: str) -> None:
        note = await self._change(press, group_id, stamp, template=chosen(press)[0])
        await show(self._app, press, int(group_id), note=_after(note, words.FROM_NEXT_WEEK))

    async def ask_question(self, press: Press, group_id: str) -> None:
        one = await self._one(press, group_id)
        text = again.typed_before(press).get(words.OWN_QUESTION_FIELD, one.question)
        form = modals.own_question(one.id, pages.stamp(one), text)
        await gate.ask(press, form, message(words.TOO_LATE))

    async def question_typed(self, press: Press, group_id: str, stamp: str, _fresh: str) -> None:
        text = typed(press, "question")
        try:
            note = await self._change(press, group_id, stamp, question=text)
        except Refusal as refusal:
            said = {words.OWN_QUESTION_FIELD: text}
            await self._mistake(press, said, refusals.words(refusal), "cohort.question", group_id)
        else:
            await show(self._app, press, int(group_id), note=_after(note, words.FROM_NEXT_WEEK))

    # -- pods ------------------------------------------------------------------------------------

    async def pods(self, press: Press, group_id: str, said: str = "") -> None:
        seen = await self._page(press, group_id)
        view = pages.pods(seen, place(press, seen.group.channel_id), said)
        await gate.answer(press, view, replace=True)

    async def pods_turned(self, press: Press, group_id: str, stamp: str, turn: str) -> None:
        note = await self._change(press, group_id, stamp, pods=turn == "on")
        await self.pods(press, group_id, note)

    async def pods_formed(self, press: Press, group_id: str) -> None:
        formed = await pods.shuffle(self._app, person(press), int(group_id), self._app.now())
        await self.pods(press, group_id, words.pods_formed(formed))

    # -- the rest --------------------------------------------------------------------------------

    async def invite(self, press: Press, group_id: str) -> None:
        one = await self._one(press, group_id)
        known: Mapping[str, str] = press.client.command_mentions
        await gate.answer(press, pages.invite(one, known.get(_JOIN, f"/{_JOIN}")), replace=True)

    async def rest(self, press: Press, group_id: str, note: str = "") -> None:
        await gate.answer(press, pages.rest(await self._one(press, group_id), note), replace=True)

    async def starters_turned(self, press: Press, group_id: str, stamp: str, turn: str) -> None:
        note = await self._change(press, group_id, stamp, starters=turn == "on")
        await self.rest(press, group_id, note)

    async def export(self, press: Press, group_id: str, kind: str) -> None:
        one = await self._one(press, group_id)
        await gate.defer(press)
        form: Literal["csv", "json"] = "json" if kind == "json" else "csv"
        body = await flow.export(self._app, person(press), one.id, form, self._app.now())
        name = f"group-{one.id}.{form}"
        await gate.answer(press, pages.exported(one, name), files=[discord.File(io.BytesIO(body), name)])

    async def ask_end(self, press: Press, group_id: str) -> None:
        await gate.answer(press, pages.ending(await self._one(press, group_id)), replace=True)

    async def turned(self, press: Press, group_id: str, stamp: str, state: str) -> None:
        """Paused, ended, or active again."""
        was = await self._one(press, group_id)
        wanted = next(one for one in get_args(GroupState) if one == state)
        await flow.set_state(self._app, person(press), was.id, wanted, self._app.now())
        note = words.STALE if pages.stamp(was) != stamp else words.SAVED
        await show(self._app, press, was.id, note=note)

    # -- the season, and notices -----------------------------------------------------------------

    async def season(self, press: Press, group_id: str) -> None:
        one = await self._one(press, group_id)
        await gate.answer(press, pages.season(one, self._app.now()), replace=True)

    async def season_chosen(self, press: Press, group_id: str, choice: str) -> None:
        await self._go_on(press, group_id, choice)
        await show(self._app, press, int(group_id), note=f"-# {words.SEASON_DONE[choice]}.")

    async def notice_season(self, press: Press, group_id: str, choice: str, nonce: str) -> None:
        await self._go_on(press, group_id, choice)
        await self._close(press, words.SEASON_DONE[choice], nonce)

    async def _go_on(self, press: Press, group_id: str, choice: str) -> None:
        wanted = next(one for one in get_args(flow.Season) if one == choice)
        if wanted != "stop" and (await self._one(press, group_id)).state == "ended":
            raise Refusal("group_ended")
        await flow.season(self._app, person(press), int(group_id), wanted, self._app.now())

    async def notice_retry(self, press: Press, group_id: str, nonce: str) -> None:
        """Refused as long as the bot may not speak there; then the notice stays as it is."""
        one = await self._one(press, group_id)
        missing = place(press, one.channel_id).missing
        await notices.retry(self._app, person(press), one.id, missing, self._app.now())
        await self._close(press, words.RETRIED, nonce)

    async def _close(self, press: Press, said: str, nonce: str) -> None:
        """A notice was dealt with: what was decided and by whom; its marker stays in the message."""
        done = closed(texts_of(press.message), said, press.user.id, nonce)
        await gate.answer(press, done, replace=True)


def _after(note: str, saved: str) -> str:
    """What has just been saved, more exactly; a stale page goes first."""
    return saved if note == words.SAVED else note
