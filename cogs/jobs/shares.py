"""`/jobs share`: the form, my last finds, and what moderators do with one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.app import App
from bot.jobs.flow import shares as flow
from bot.jobs.flow.shares import Begun
from bot.jobs.shares import MAX_COMPANY, MAX_TITLE, MAX_WORDS, Typed
from bot.text import MAX_LINK
from cogs import gate
from cogs.jobs import community_cards as cards
from cogs.jobs import community_pages as pages
from cogs.jobs.places import visible_to
from cogs.layout import message
from cogs.person import missing_in, person
from cogs.presses import chosen, picked, typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]

MOST_TYPED = 1_000  # characters of a link; longer ones than can be shown are refused in our words
_NOT_KNOWN = 0  # the opening of a find that no feed of ours has


class ShareCommand(commands.Cog):
    """A part of the group `/jobs`."""

    _app: App

    @app_commands.command(description="Offer a find to the server; a moderator looks first")
    @app_commands.describe(link="The posting's page. Empty: your last finds, and what became of them")
    async def share(self, interaction: Press, link: app_commands.Range[str, 0, MOST_TYPED] = "") -> None:
        who = person(interaction)
        if not link.strip():
            await gate.answer(interaction, pages.mine(await flow.mine(self._app, who)))
            return
        begun = await flow.begin(self._app, who, link, visible_to(interaction), self._app.now())
        await gate.ask(interaction, _form(begun), message("That took me too long. Type it again."))


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of this subject and the function that answers it."""

    async def offered(press: Press, opening_id: str, _fresh: str) -> None:
        filled = Typed(
            typed(press, "link"),
            typed(press, "title"),
            typed(press, "company"),
            typed(press, "words"),
            named="yes" in picked(press, "named"),
        )
        known = int(opening_id) or None
        kept = await flow.offer(app, person(press), filled, known, visible_to(press), app.now())
        await gate.answer(press, pages.kept(kept))

    async def mine(press: Press, _nonce: str) -> None:
        await gate.answer(press, pages.mine(await flow.mine(app, person(press))))

    async def post(press: Press, share_id: str, nonce: str) -> None:
        channel_id = int(chosen(press)[0])
        missing = missing_in(press, channel_id)
        notice = await flow.post(app, person(press), int(share_id), channel_id, missing, app.now())
        await gate.answer(press, cards.offered(notice, nonce), replace=True)

    async def decline(press: Press, share_id: str, nonce: str) -> None:
        notice = await flow.decline(app, person(press), int(share_id), app.now())
        await gate.answer(press, cards.offered(notice, nonce), replace=True)

    return {
        "jobs.share.offered": offered,
        "jobs.share.mine": mine,
        "jobs.share.post": post,
        "jobs.share.decline": decline,
    }


def _form(begun: Begun) -> ui.Modal:
    known = begun.known.id if begun.known else _NOT_KNOWN
    form = ui.Modal(title="Share a find", custom_id=custom_id("jobs.share.offered", known, fresh()))
    if begun.known is None:
        form.add_item(_field("Link", "link", MAX_LINK, default=begun.url))
        form.add_item(_field("Title", "title", MAX_TITLE, "Which job is it?"))
        form.add_item(_field("Company", "company", MAX_COMPANY, "Who hires?"))
    form.add_item(_field("Why share it?", "words", MAX_WORDS, "One line that others read", required=False))
    named: ui.Select[Any] = ui.Select(custom_id="named")
    named.add_option(label="Without my name", value="no", default=True)
    named.add_option(label="With my name", value="yes")
    form.add_item(ui.Label(text="Your name", description="Whether others see who found it", component=named))
    return form


def _field(
    label: str,
    name: str,
    most: int,
    description: str | None = None,
    *,
    default: str | None = None,
    required: bool = True,
) -> ui.Label[Any]:
    text: ui.TextInput[Any] = ui.TextInput(
        custom_id=name, max_length=most, default=default, required=required
    )
    return ui.Label(text=label, description=description, component=text)
