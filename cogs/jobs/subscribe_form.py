"""What the buttons, menus and forms of `/jobs subscribe` do, and those of a saved one that is being changed.

Each custom_id carries the draft and the saved one that it changes (0: a new one); each menu is kept at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.jobs.flow import subscriptions as flow
from bot.jobs.flow.subscriptions import Proposal
from bot.jobs.query.choices import Choices, read
from bot.jobs.subscriptions import Follows, Subscription
from bot.people import zones
from bot.people.flow import members
from bot.people.members import Key
from bot.refusals import Refusal
from cogs import gate
from cogs.jobs import pages, places, settings_pages
from cogs.jobs.filter_form import choices_form, read_choices
from cogs.jobs.places import Place, place
from cogs.jobs.rhythm_menus import PRESETS, RHYTHMS
from cogs.layout import message
from cogs.person import person
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]

MOST_TYPED = 4_000  # Discord's own limit, so that a filter that is too long is answered in our words
TOO_LATE = "That took me too long. Press the button again."


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "jobs.follow": forms.follow,
        "jobs.follow.channel": forms.follow_channel,
        "jobs.own": forms.ask_own,
        "jobs.own.form": forms.own_typed,
        "jobs.draft": forms.show,
        "jobs.save": forms.save,
        "jobs.discard": forms.discard,
        "jobs.filter": forms.ask_filter,
        "jobs.filter.form": forms.filter_typed,
        "jobs.form": forms.ask_choices,
        "jobs.form.form": forms.choices_made,
        "jobs.rhythm": forms.rhythm,
        "jobs.preset": forms.preset,
        "jobs.weekday": forms.weekday,
        "jobs.hour": forms.hour,
        "jobs.tag": forms.tag,
        "jobs.settings": forms.settings,
        "jobs.tag.later": forms.tag_later,
        "jobs.silent": forms.silent,
        "jobs.publish": forms.publish,
        "jobs.role": forms.role,
        "jobs.role.cap": forms.role_cap,
        "jobs.role.for": forms.ask_role_filter,
        "jobs.role.form": forms.role_filter_typed,
        "jobs.zone": forms.ask_zone,
        "jobs.zone.form": forms.zone_typed,
        "jobs.zone.choose": forms.zone_chosen,
        "jobs.letters": forms.letters,
    }


async def answer_proposal(press: Press, proposed: Proposal, *, replace: bool = True) -> None:
    """Show it as a page, with what its channel asks for."""
    channel_id = proposed.subscription.channel_id
    where = await place(press, channel_id) if channel_id else None
    await gate.answer(press, pages.proposal(proposed, where), replace=replace)


async def propose(
    app: App,
    press: Press,
    text: str,
    where: Place | None = None,
    *,
    follows: Follows = "filter",
    follows_channel_id: int | None = None,
    replace: bool = False,
) -> None:
    """A first proposal, or what is wrong with its filter."""
    try:
        proposed = await flow.propose(
            app,
            person(press),
            text,
            where.channel_id if where else None,
            where.missing if where else (),
            app.now(),
            target=where.target if where else "member",
            follows=follows,
            follows_channel_id=follows_channel_id,
        )
    except Refusal as refusal:
        if refusal.reason != "filter_wrong":
            raise
        await gate.answer(press, pages.mistake(refusal), replace=replace)
    else:
        await gate.answer(press, pages.proposal(proposed, where), replace=replace)


class Forms:
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    def __init__(self, app: App) -> None:
        self._app = app

    # -- what to follow --------------------------------------------------------------------------

    async def follow(self, press: Press, what: str) -> None:
        await propose(
            self._app, press, "", follows="profile" if what == "profile" else "filter", replace=True
        )

    async def follow_channel(self, press: Press) -> None:
        channel_id = int(chosen(press)[0])
        if channel_id not in places.visible_to(press):
            raise Refusal("channel_gone")
        await propose(self._app, press, "", follows="channel", follows_channel_id=channel_id, replace=True)

    async def ask_own(self, press: Press) -> None:
        await self._ask_text(press, custom_id("jobs.own.form", fresh()), "")

    async def own_typed(self, press: Press, _fresh: str) -> None:
        await propose(self._app, press, typed(press, "filter"), replace=True)

    # -- saving ----------------------------------------------------------------------------------

    async def show(self, press: Press, draft_id: str, editing: str = "0") -> None:
        await self._show(press, int(draft_id), int(editing))

    async def save(self, press: Press, draft_id: str, editing: str = "0") -> None:
        app, who, editing_id = self._app, person(press), int(editing)
        channel_id = await flow.channel_of(app, who, int(draft_id), editing_id)
        where = await place(press, channel_id) if channel_id else None
        done = await flow.save(
            app,
            who,
            int(draft_id),
            where.missing if where else (),
            app.now(),
            editing_id=editing_id,
            tag_required=where is not None and where.tag_required,
        )
        await gate.answer(press, pages.saved(done), replace=True)

    async def discard(self, press: Press, draft_id: str) -> None:
        await flow.discard(self._app, person(press), int(draft_id), self._app.now())
        await gate.answer(press, message("Discarded. Nothing was changed by it."), replace=True)

    async def letters(self, press: Press) -> None:
        who = person(press)
        member = await members.met(self._app, who, self._app.now())
        await members.consent(self._app, Key(who.guild_id, member.key.user_id), self._app.now())
        await gate.answer(press, pages.letters_on(), replace=True)

    # -- the filter ------------------------------------------------------------------------------

    async def ask_filter(self, press: Press, draft_id: str, editing: str = "0") -> None:
        draft = await flow.kept(self._app, person(press), int(draft_id))
        form_id = custom_id("jobs.filter.form", draft_id, editing, fresh())
        await self._ask_text(press, form_id, draft.filter)

    async def _ask_text(
        self,
        press: Press,
        form_id: str,
        text: str,
        description: str = 'As in: python "machine learning" -senior',
    ) -> None:
        form = ui.Modal(title="What to hear", custom_id=form_id)
        form.add_item(
            ui.Label(
                text="Filter",
                description=description,
                component=ui.TextInput(
                    custom_id="filter", default=text or None, required=False, max_length=MOST_TYPED
                ),
            )
        )
        await gate.ask(press, form, message(TOO_LATE))

    async def filter_typed(self, press: Press, draft_id: str, editing: str, _fresh: str = "") -> None:
        await self._retype(press, int(draft_id), int(editing), typed(press, "filter"))

    async def ask_choices(self, press: Press, draft_id: str, editing: str = "0") -> None:
        draft = await flow.kept(self._app, person(press), int(draft_id))
        form = choices_form(custom_id("jobs.form.form", draft_id, editing, fresh()), draft.filter)
        await gate.ask(press, form, message(TOO_LATE))

    async def choices_made(self, press: Press, draft_id: str, editing: str, _fresh: str) -> None:
        draft = await flow.kept(self._app, person(press), int(draft_id))
        text = read_choices(press, read(draft.filter) or Choices())
        await self._retype(press, draft.id, int(editing), text)

    async def _retype(self, press: Press, draft_id: int, editing_id: int, text: str) -> None:
        now = self._app.now()
        try:
            proposed = await flow.retype(self._app, person(press), draft_id, text, now, editing_id=editing_id)
        except Refusal as refusal:
            if refusal.reason != "filter_wrong":
                raise
            await gate.answer(press, pages.mistake(refusal, editing_id), replace=True)
        else:
            await answer_proposal(press, proposed)

    # -- when and how much -----------------------------------------------------------------------

    async def rhythm(self, press: Press, draft_id: str, editing: str) -> None:
        name = next(one for one in RHYTHMS if one == chosen(press)[0])
        await self._arrange(press, draft_id, editing, rhythm=name)

    async def preset(self, press: Press, draft_id: str, editing: str) -> None:
        name = next(one for one in PRESETS if one == chosen(press)[0])
        await self._arrange(press, draft_id, editing, preset=name)

    async def weekday(self, press: Press, draft_id: str, editing: str) -> None:
        await self._arrange(press, draft_id, editing, weekday=int(chosen(press)[0]))

    async def hour(self, press: Press, draft_id: str, editing: str) -> None:
        await self._arrange(press, draft_id, editing, at_minute=int(chosen(press)[0]))

    async def tag(self, press: Press, draft_id: str, editing: str) -> None:
        await self._arrange(press, draft_id, editing, fallback_tag=chosen(press)[0])

    async def _arrange(self, press: Press, draft_id: str, editing: str, **choice: Any) -> None:
        await flow.arrange(self._app, person(press), int(draft_id), self._app.now(), **choice)
        await self._show(press, int(draft_id), int(editing))

    async def _show(self, press: Press, draft_id: int, editing_id: int) -> None:
        proposed = await flow.shown(self._app, person(press), draft_id, editing_id, self._app.now())
        await answer_proposal(press, proposed)

    # -- more settings of a channel --------------------------------------------------------------

    async def settings(self, press: Press, draft_id: str, editing: str) -> None:
        await self._settings(press, await flow.kept(self._app, person(press), int(draft_id)), editing)

    async def tag_later(self, press: Press, draft_id: str, editing: str) -> None:
        await self._set(press, draft_id, editing, fallback_tag=chosen(press)[0])

    async def silent(self, press: Press, draft_id: str, editing: str) -> None:
        draft = await flow.kept(self._app, person(press), int(draft_id))
        await self._set(press, draft_id, editing, silent=not draft.silent)

    async def publish(self, press: Press, draft_id: str, editing: str) -> None:
        draft = await flow.kept(self._app, person(press), int(draft_id))
        await self._set(press, draft_id, editing, publish=not draft.publish)

    async def role(self, press: Press, draft_id: str, editing: str) -> None:
        role_id = next(map(int, chosen(press)), None)
        if role_id is not None:
            draft = await flow.kept(self._app, person(press), int(draft_id))
            role = press.guild.get_role(role_id) if press.guild else None
            if role is None:
                raise Refusal("role_gone")
            places.check_role(role, await place(press, draft.channel_id or 0))
        await self._set(press, draft_id, editing, role_id=role_id)

    async def role_cap(self, press: Press, draft_id: str, editing: str) -> None:
        await self._set(press, draft_id, editing, role_cap=int(chosen(press)[0]))

    async def ask_role_filter(self, press: Press, draft_id: str, editing: str) -> None:
        draft = await flow.kept(self._app, person(press), int(draft_id))
        form_id = custom_id("jobs.role.form", draft_id, editing, fresh())
        await self._ask_text(press, form_id, draft.role_filter, "What the role is mentioned for; empty: all")

    async def role_filter_typed(self, press: Press, draft_id: str, editing: str, _fresh: str) -> None:
        try:
            await self._set(press, draft_id, editing, role_filter=typed(press, "filter").strip())
        except Refusal as refusal:
            if refusal.reason != "filter_wrong":
                raise
            await gate.answer(press, pages.mistake(refusal, int(editing), "jobs.role.for"), replace=True)

    async def ask_zone(self, press: Press, draft_id: str, editing: str) -> None:
        form = ui.Modal(
            title="Whose clock?", custom_id=custom_id("jobs.zone.form", draft_id, editing, fresh())
        )
        field = ui.TextInput[ui.LayoutView](custom_id="city", max_length=zones.MAX_QUERY)
        form.add_item(ui.Label(text="City", description="Or a country, or a zone", component=field))
        await gate.ask(press, form, message(TOO_LATE))

    async def zone_typed(self, press: Press, draft_id: str, editing: str, _fresh: str) -> None:
        draft = await flow.kept(self._app, person(press), int(draft_id))
        found = await asyncio.to_thread(zones.find, typed(press, "city"))  # its first use reads all cities
        view = settings_pages.zones(draft, int(editing), found, self._app.now())
        await gate.answer(press, view, replace=True)

    async def zone_chosen(self, press: Press, draft_id: str, editing: str) -> None:
        _, _, zone = chosen(press)[0].partition(" ")
        await self._set(press, draft_id, editing, zone=zone)

    async def _set(self, press: Press, draft_id: str, editing: str, **choice: Any) -> None:
        draft = await flow.arrange(self._app, person(press), int(draft_id), self._app.now(), **choice)
        await self._settings(press, draft, editing)

    async def _settings(self, press: Press, draft: Subscription, editing: str) -> None:
        where = await place(press, draft.channel_id or 0)
        await gate.answer(press, settings_pages.settings(draft, int(editing), where), replace=True)
