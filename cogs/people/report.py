"""Telling the moderators: `/report`, the two menus, and the one form behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.app import App
from bot.people.cases import MAX_QUOTE, MAX_WORDS, Concerns, Report, quote_mark, quoted
from bot.people.flow import cases as flow
from cogs import gate
from cogs.layout import message
from cogs.people import case_pages
from cogs.people.here import server_name
from cogs.people.staff import owner_of, person_in, somebody
from cogs.person import person
from cogs.presses import picked, typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]

MENU = "Tell the moderators"
_SLOW = "That took me too long. Press it again."


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
class Reports(commands.Cog):
    """`/report`: what I told, and the way to tell something."""

    def __init__(self, app: App) -> None:
        self._app = app

    @app_commands.command(description="Tell the moderators that something is wrong; see what became of it")
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    async def report(self, interaction: Press) -> None:
        who = person(interaction)
        await gate.answer(interaction, await _page(self._app, interaction, who.guild_id))


@dataclass(frozen=True, slots=True)
class About:
    """What a form is about: a person, a message, both or neither (0)."""

    user_id: int = 0
    channel_id: int = 0
    message_id: int = 0
    quote: str = ""


def menus(app: App) -> list[app_commands.ContextMenu]:
    """*Tell the moderators* on a message and on a person."""

    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    async def of_message(press: Press, told: discord.Message) -> None:
        by_bot = told.author.bot or told.webhook_id is not None
        author = 0 if by_bot else told.author.id
        await _open(app, press, About(author, told.channel.id, told.id, quoted(told.content)))

    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    async def of_person(press: Press, told: discord.Member) -> None:
        await _open(app, press, About(0 if told.bot else told.id))

    return [app_commands.ContextMenu(name=MENU, callback=one) for one in (of_message, of_person)]


def handlers(app: App) -> Mapping[str, Handler]:
    async def open_page(press: Press, guild_id: str, _nonce: str) -> None:
        await gate.answer(press, await _page(app, press, int(guild_id)))

    async def tell(press: Press, guild_id: str) -> None:
        who = await person_in(press, int(guild_id))
        await flow.may_tell(app, who, app.now())
        form = _form(custom_id("report.written", guild_id, fresh()), About(), choose=press.guild is not None)
        await gate.ask(press, form, message(_SLOW))

    async def written(press: Press, guild_id: str, _fresh: str) -> None:
        about = About(int(next(iter(picked(press, "about")), 0)))
        await _file(app, press, int(guild_id), about, genuine=True)

    async def sent(
        press: Press, user_id: str, channel_id: str, message_id: str, marked: str, _fresh: str
    ) -> None:
        about = About(int(user_id), int(channel_id), int(message_id), quoted(typed(press, "quote")))
        genuine = quote_mark(app.key, about.message_id, about.quote) == marked
        await _file(app, press, person(press).guild_id, about, genuine=genuine)

    return {
        "report.open": open_page,
        "report.tell": tell,
        "report.written": written,
        "report.form": sent,
    }


async def _page(app: App, press: Press, guild_id: int) -> ui.LayoutView:
    who = await person_in(press, guild_id)
    listed = await flow.reports(app, who, owner_of(press, guild_id), app.now())
    return case_pages.reports(listed, guild_id)


async def _open(app: App, press: Press, about: About) -> None:
    """The form of a menu: whom and which message it is about goes along in its id."""
    await flow.may_tell(app, person(press), app.now())
    marked = quote_mark(app.key, about.message_id, about.quote)
    known = about.user_id, about.channel_id, about.message_id, marked
    await gate.ask(press, _form(custom_id("report.form", *known, fresh()), about), message(_SLOW))


def _form(form_id: str, about: About, *, choose: bool = False) -> ui.Modal:
    """At most two long fields: what happened, and the message where there is one. choose: a menu of members."""
    form = ui.Modal(title=MENU, custom_id=form_id)
    words: ui.TextInput[Any] = ui.TextInput(
        custom_id="words", style=discord.TextStyle.paragraph, max_length=MAX_WORDS
    )
    form.add_item(ui.Label(text="What happened?", component=words))
    if about.quote:
        quote: ui.TextInput[Any] = ui.TextInput(
            custom_id="quote",
            style=discord.TextStyle.paragraph,
            default=about.quote,
            required=False,
            max_length=MAX_QUOTE,
        )
        form.add_item(ui.Label(text="The message, as it is now", component=quote))
    if choose:
        member: ui.UserSelect[Any] = ui.UserSelect(custom_id="about", required=False, min_values=0)
        form.add_item(
            ui.Label(text="Who is it about?", description="Leave it empty: nobody", component=member)
        )
    form.add_item(ui.Label(text="Is this about a moderator?", component=_concerns()))
    return form


def _concerns() -> ui.RadioGroup[Any]:
    choices: ui.RadioGroup[Any] = ui.RadioGroup(custom_id="concerns")
    choices.add_option(label="No", value="nobody", default=True)
    choices.add_option(label="Yes, a moderator", value="moderator", description="Only the owner reads it")
    choices.add_option(label="Yes, the owner", value="owner", description="Only the second contact reads it")
    return choices


async def _file(app: App, press: Press, guild_id: int, about: About, *, genuine: bool) -> None:
    """Keep what was typed. Whom it is about is looked up now: their roles decide who reads it."""
    who = await person_in(press, guild_id)
    told = Report(
        words=typed(press, "words"),
        concerns=cast(Concerns, typed(press, "concerns") or "nobody"),
        server=server_name(press, guild_id),
        about_id=about.user_id or None,
        channel_id=about.channel_id or None,
        message_id=about.message_id or None,
        quote=about.quote,
        genuine=genuine,
    )
    member = await somebody(press, guild_id, about.user_id) if about.user_id else None
    filed = await flow.report(app, who, told, member, owner_of(press, guild_id), app.now())
    await gate.answer(press, case_pages.filed(filed))
