"""What the menus, buttons and forms of `/resources` do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.moderation.rights import Person, moderators_only
from bot.refusals import Refusal
from bot.resources import flow
from bot.resources.listed import MAX_NAME, MAX_URL, MAX_WORDS, NEEDS
from cogs import gate, refusals
from cogs.layout import message
from cogs.people.again import mistake, typed_before
from cogs.people.here import own_server
from cogs.person import person
from cogs.presses import chosen, picked, typed
from cogs.resources import pages
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]

_NAME, _LINK, _WORDS = "Name", "Link", "What it is good for"


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of this subject and the function that answers it."""

    async def need_chosen(press: Press) -> None:
        await gate.answer(press, await listed(app, press, chosen(press)[0], 0), replace=True)

    async def turned(press: Press, need: str, page: str) -> None:
        await gate.answer(press, await listed(app, press, need, int(page)), replace=True)

    async def back(press: Press) -> None:
        await gate.answer(press, await overview(app, press), replace=True)

    async def ask(press: Press, need: str) -> None:
        moderators_only(_here(press))
        await gate.ask(
            press, _form(need, typed_before(press)), message("That took too long. Press it again.")
        )

    async def added(press: Press, need: str, _fresh: str) -> None:
        written = {_NAME: typed(press, "name"), _LINK: typed(press, "url"), _WORDS: typed(press, "words")}
        need = next(iter(picked(press, "need")), need)
        try:
            kept = await flow.add(
                app, _here(press), written[_NAME], written[_LINK], need, written[_WORDS], app.now()
            )
        except Refusal as refusal:
            await gate.answer(press, mistake(refusals.words(refusal), written, "resources.add", need))
        else:
            await gate.answer(press, await listed(app, press, kept.need, 0), replace=True)

    async def removed(press: Press, resource_id: str, need: str) -> None:
        await flow.remove(app, _here(press), int(resource_id))
        await gate.answer(press, await listed(app, press, need, 0), replace=True)

    return {
        "resources.need": need_chosen,
        "resources.page": turned,
        "resources.all": back,
        "resources.add": ask,
        "resources.added": added,
        "resources.remove": removed,
    }


async def overview(app: App, press: Press) -> ui.LayoutView:
    return pages.overview(await flow.overview(app, own_server(press)), _manages(press))


async def listed(app: App, press: Press, need: str, page: int) -> ui.LayoutView:
    return pages.listed(await flow.listed(app, own_server(press), need), page, _manages(press))


def _manages(press: Press) -> bool:
    return own_server(press) is not None and press.permissions.manage_guild


def _here(press: Press) -> Person:
    """Who presses, in a server of ours: the command also works where somebody carried the bot along."""
    if own_server(press) is None:
        raise Refusal("server_only")
    return person(press)


def _form(need: str, filled: Mapping[str, str]) -> ui.Modal:
    form = ui.Modal(title="Add for this server", custom_id=custom_id("resources.added", need, fresh()))
    menu: ui.Select[Any] = ui.Select(
        custom_id="need",
        options=[
            discord.SelectOption(label=words, value=one, default=one == need) for one, words in NEEDS.items()
        ],
    )
    parts = [
        ("name", _NAME, MAX_NAME, True),
        ("url", _LINK, MAX_URL, True),
        ("words", _WORDS, MAX_WORDS, False),
    ]
    for name, label, longest, required in parts:
        text: ui.TextInput[Any] = ui.TextInput(
            custom_id=name, default=filled.get(label) or None, required=required, max_length=longest
        )
        form.add_item(ui.Label(text=label, component=text))
    form.add_item(ui.Label(text="What is it for?", component=menu))
    return form
