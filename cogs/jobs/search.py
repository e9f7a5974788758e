"""`/jobs search` and the buttons of what it found."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any, Literal

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.app import App
from bot.jobs import query
from bot.jobs.flow import finding, subscriptions
from bot.jobs.flow import search as flow
from bot.people.members import Key
from bot.refusals import Refusal
from cogs import gate
from cogs.jobs import more_pages, pages, search_pages
from cogs.jobs.more import keep
from cogs.layout import message
from cogs.person import person
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]

_MOST_TYPED = 4_000  # what a form's field can hold; the language's own limit answers in our words


class SearchCommand(commands.Cog):
    """A part of the group `/jobs`."""

    _app: App

    @app_commands.command(description="Find openings: the words you would type, or a filter")
    @app_commands.describe(
        words='As in: python "machine learning" open-to:PT -senior. Empty: everything',
        whom="“me” adds what your profile says: where you may work, level, skills, pay",
    )
    @app_commands.rename(whom="for")
    async def search(
        self, interaction: Press, words: str = "", whom: Literal["everybody", "me"] = "everybody"
    ) -> None:
        who, now = person(interaction), self._app.now()
        found = flow.search(self._app, who, words, now, mine=whom == "me")
        await gate.answer(interaction, await _drawn(found, who.guild_id))

    @search.autocomplete("words")
    async def complete_words(self, interaction: Press, current: str) -> list[app_commands.Choice[str]]:
        boards = sorted({feed.name for feed in self._app.feeds.book if feed.enabled})
        return [app_commands.Choice(name=text, value=text) for text in query.complete(current, boards)]


async def _drawn(finding_it: Awaitable[flow.Found], guild_id: int) -> ui.LayoutView:
    """What was found; or what to mend first."""
    try:
        return search_pages.found(await finding_it)
    except Refusal as refusal:
        if refusal.reason == "filter_wrong":
            return search_pages.mistake(refusal)
        if refusal.reason == "profile_no_country":
            return search_pages.no_country(guild_id)
        raise


def handlers(app: App) -> Mapping[str, Handler]:
    forms = Forms(app)
    return {
        "jobs.search.page": forms.page,
        "jobs.search.save": forms.save,
        "jobs.search.more": forms.more,
        "jobs.search.follow": forms.follow,
        "jobs.search.change": forms.change,
        "jobs.search.typed": forms.typed,
    }


class Forms:
    """Each method answers one press, in private. What was searched for is a draft; its id is in the custom_id."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def page(self, press: Press, draft: str, page: str) -> None:
        who = person(press)
        found = flow.turn(self._app, who, int(draft), int(page), self._app.now())
        await gate.answer(press, await _drawn(found, who.guild_id), replace=True)

    async def save(self, press: Press, _draft: str, _page: str) -> None:
        await gate.answer(press, await keep(self._app, press, int(chosen(press)[0])))

    async def more(self, press: Press, _draft: str, _page: str) -> None:
        who = person(press)
        key = Key(who.guild_id, who.id)
        seen = await finding.seen(self._app, key, int(chosen(press)[0]), self._app.now())
        await gate.answer(press, more_pages.more(seen))

    async def follow(self, press: Press, draft: str) -> None:
        """The same filter as an alert: proposed as /jobs subscribe would, nothing is saved yet."""
        who, now = person(press), self._app.now()
        asked = await flow.typed(self._app, who, int(draft))
        proposal = await subscriptions.propose(
            self._app, who, asked.filter, None, (), now, follows=asked.follows
        )
        await gate.answer(press, pages.proposal(proposal))

    async def change(self, press: Press, draft: str) -> None:
        asked = await flow.typed(self._app, person(press), int(draft))
        form = ui.Modal(title="What to look for", custom_id=custom_id("jobs.search.typed", draft, fresh()))
        words: ui.TextInput[Any] = ui.TextInput(
            custom_id="words",
            default=asked.filter[:_MOST_TYPED] or None,
            required=False,
            max_length=_MOST_TYPED,
            style=discord.TextStyle.paragraph,
        )
        form.add_item(
            ui.Label(
                text="Words or a filter",
                description='python "data engineer" open-to:PT -senior',
                component=words,
            )
        )
        await gate.ask(press, form, message("That took me too long. Press the button again."))

    async def typed(self, press: Press, draft: str, _fresh: str) -> None:
        who = person(press)
        found = flow.retype(self._app, who, int(draft), typed(press, "words"), self._app.now())
        await gate.answer(press, await _drawn(found, who.guild_id), replace=True)
