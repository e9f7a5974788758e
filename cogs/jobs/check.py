"""`/jobs check`, and the menus *Am I eligible?* and *Save this job* on a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.app import App
from bot.jobs import check as rules
from bot.jobs.flow import check as flow
from bot.jobs.flow import saved
from bot.jobs.flow.check import Checked, Known, Pasted
from bot.people.flow import members
from bot.people.members import Key
from bot.text import cut
from cogs import gate
from cogs.gate import escape
from cogs.jobs import check_pages
from cogs.jobs.more import keep
from cogs.jobs.opening_card import TITLE
from cogs.jobs.places import visible_to
from cogs.layout import message
from cogs.people.here import own_server
from cogs.person import person
from cogs.presses import opening_of, typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]

ELIGIBLE, SAVE = "Am I eligible?", "Save this job"
_SLOW = "That took me too long. Press the button again."


class CheckCommand(commands.Cog):
    """A part of the group `/jobs`. It works wherever the bot can be called, since it needs no server."""

    _app: App

    @app_commands.command(description="May I apply? For a link, or the text of a posting")
    @app_commands.describe(posting="Its link, if a board I read has it; else paste its text")
    @app_commands.rename(posting="link_or_text")
    async def check(self, interaction: Press, posting: str) -> None:
        await gate.answer(interaction, await _checked(self._app, interaction, posting))


async def _checked(app: App, press: Press, text: str) -> ui.LayoutView:
    key = await _key(app, press)
    return _drawn(await flow.check(app, key, text, app.now(), _visible(press)), own_server(press))


def _drawn(found: Checked, guild_id: int | None) -> ui.LayoutView:
    match found:
        case Known():
            return check_pages.known(found, guild_id)
        case Pasted():
            return check_pages.pasted(found, guild_id)
        case _:
            return check_pages.unknown_link(found.link)


async def _key(app: App, press: Press) -> Key:
    """In a server of ours the person there; elsewhere whichever of theirs told where they may work."""
    guild_id = own_server(press)
    return await flow.whose(app, press.user.id) if guild_id is None else Key(guild_id, press.user.id)


def _visible(press: Press) -> frozenset[int]:
    return frozenset() if own_server(press) is None else visible_to(press)


def handlers(app: App) -> Mapping[str, Handler]:
    async def paste(press: Press) -> None:
        form = ui.Modal(title="The posting's text", custom_id=custom_id("jobs.check.pasted", fresh()))
        text: ui.TextInput[Any] = ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, max_length=rules.MAX_TEXT
        )
        form.add_item(
            ui.Label(text="Text", description="From its title on; I keep nothing of it", component=text)
        )
        await gate.ask(press, form, message(_SLOW))

    async def pasted(press: Press, _fresh: str) -> None:
        await gate.answer(press, await _checked(app, press, typed(press, "text")), replace=True)

    return {"jobs.check.paste": paste, "jobs.check.pasted": pasted}


# -- on a message --------------------------------------------------------------------------------


def menus(app: App) -> list[app_commands.ContextMenu]:
    """The first also where the bot isn't, for those who installed it for themselves."""

    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def eligible(press: Press, told: discord.Message) -> None:
        if (opening_id := _opening_in(press, told)) is not None:
            key = await _key(app, press)
            known = await flow.check_opening(app, key, opening_id, app.now(), _visible(press))
            await gate.answer(press, check_pages.known(known, own_server(press)))
        elif (text := cut(_text_of(told), rules.MAX_TEXT)).strip():
            await gate.answer(press, await _checked(app, press, text))
        else:
            await gate.answer(press, check_pages.nothing_there())

    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    async def save(press: Press, told: discord.Message) -> None:
        if (opening_id := _opening_in(press, told)) is not None:
            await gate.answer(press, await keep(app, press, opening_id))
            return
        text = _text_of(told)
        links = rules.links_in(text)
        if not links:
            await gate.answer(
                press, message("There is no link in that message. Add the job by hand in /jobs saved.")
            )
            return
        who, now = person(press), app.now()
        await members.met(app, who, now)
        known = await flow.check_links(app, Key(who.guild_id, who.id), links, now)
        link = known.seen.opening.url if known else links[0]
        kept = await saved.save_link(app, Key(who.guild_id, who.id), link, rules.title_line(text), "", now)
        await gate.answer(
            press,
            message(
                f"On your list: {escape(kept.title, TITLE)}.",
                "-# See it with /jobs saved; there you can add a company and a note. Only you see it.",
            ),
        )

    return [
        app_commands.ContextMenu(name=ELIGIBLE, callback=eligible),
        app_commands.ContextMenu(name=SAVE, callback=save),
    ]


def _opening_in(press: Press, told: discord.Message) -> int | None:
    """The opening of a card of ours."""
    return opening_of(told) if told.author.id == press.client.application_id else None


def _text_of(told: discord.Message) -> str:
    """What stands in a message, also of another feed bot: its words, and those of its embeds."""
    parts = [told.content]
    for one in told.embeds:
        parts += filter(None, (one.title, one.url, one.description))
        parts += [f"{field.name}: {field.value}" for field in one.fields]
    return "\n".join(part for part in parts if part)
