"""What the buttons, menus and forms of `/feeds` and of a dead feed's notice do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.jobs.flow import added
from bot.jobs.flow.added import Heard, Trial
from bot.moderation.rights import moderators_only
from cogs import gate
from cogs.jobs import feeds_pages as pages
from cogs.jobs.feeds import MOST_TYPED
from cogs.jobs.pages import closed
from cogs.layout import message
from cogs.person import person
from cogs.presses import chosen, texts_of, typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of this subject and the function that answers it."""

    async def add(press: Press, feed_id: str) -> None:
        kept = await added.add(app, person(press), feed_id, app.now())
        await gate.answer(press, pages.added(kept), replace=True)

    async def cancel(press: Press) -> None:
        await gate.answer(press, pages.cancelled(), replace=True)

    async def choose(press: Press) -> None:
        who = person(press)
        await gate.defer(press, replace=True)
        found = await added.look_at_found(app, who, chosen(press)[0], app.now())
        await gate.answer(press, pages.looked(found), replace=True)

    async def page(press: Press, number: str) -> None:
        lines = await added.listed(app, person(press), app.now())
        await gate.answer(press, pages.feeds(lines, int(number)), replace=True)

    async def again(press: Press, feed_id: str, number: str) -> None:
        await added.read_again(app, person(press), feed_id, app.now())
        await page(press, number)

    async def pause(press: Press, feed_id: str, number: str) -> None:
        await added.turn(app, person(press), feed_id, paused=True)
        await page(press, number)

    async def resume(press: Press, feed_id: str, number: str) -> None:
        await added.turn(app, person(press), feed_id, paused=False)
        await page(press, number)

    async def remove(press: Press, feed_id: str, number: str) -> None:
        await added.remove(app, person(press), feed_id)
        await page(press, number)

    async def notice_remove(press: Press, feed_id: str, nonce: str) -> None:
        await added.remove(app, person(press), feed_id)
        await _done(press, "Removed; this server hears it no more", nonce)

    async def notice_replace(press: Press, feed_id: str, nonce: str) -> None:
        moderators_only(person(press))
        await gate.ask(
            press, _address(feed_id, nonce), message("That took me too long. Press the button again.")
        )

    async def replaced(press: Press, feed_id: str, nonce: str, _fresh: str) -> None:
        who = person(press)
        await gate.defer(press, replace=True)
        found = await added.replace_with(app, who, feed_id, typed(press, "address"), app.now())
        if isinstance(found, Trial | Heard):
            name = found.feed.name if isinstance(found, Trial) else found.name
            await _done(press, f"Replaced by {gate.escape(name, 80)}", nonce)
        else:
            await gate.answer(press, pages.looked(found))

    async def _done(press: Press, said: str, nonce: str) -> None:
        await gate.answer(press, closed(texts_of(press.message), said, press.user.id, nonce), replace=True)

    return {
        "feeds.add": add,
        "feeds.cancel": cancel,
        "feeds.choose": choose,
        "feeds.page": page,
        "feeds.again": again,
        "feeds.pause": pause,
        "feeds.resume": resume,
        "feeds.remove": remove,
        "feeds.notice.remove": notice_remove,
        "feeds.notice.replace": notice_replace,
        "feeds.notice.replaced": replaced,
    }


def _address(feed_id: str, nonce: str) -> ui.Modal:
    form = ui.Modal(
        title="Another address", custom_id=custom_id("feeds.notice.replaced", feed_id, nonce, fresh())
    )
    form.add_item(
        ui.Label(
            text="Address",
            description="I test it first; the old one goes when it works",
            component=ui.TextInput(custom_id="address", max_length=MOST_TYPED),
        )
    )
    return form
