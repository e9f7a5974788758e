"""`/cohort stats`: counted, drawn in a worker, said in words too."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping
from typing import Any

import discord

from bot.app import App
from bot.checkins.flow import groups as flow
from bot.checkins.stats import GroupStats
from bot.checkins.values import Group
from bot.people.flow import members
from bot.people.members import Key
from bot.ports import WorkerTrouble
from cogs import gate
from cogs.checkins import stats_pages as pages
from cogs.person import person
from cogs.router import Handler

log = logging.getLogger(__name__)

Press = discord.Interaction[Any]

PICTURE_S = 20.0  # drawing takes 0.2 s; the first in a child more


def handlers(app: App) -> Mapping[str, Handler]:
    async def counted(press: Press, group_id: str) -> None:
        await show(app, press, int(group_id), replace=True)

    return {"cohort.stats": counted}


async def show(app: App, press: Press, group_id: int, *, replace: bool = False) -> None:
    """Counting and drawing takes a second or two: Discord is told to wait. No picture for who wants words alone."""
    who, now = person(press), app.now()
    await gate.defer(press, replace=replace)
    seen = await flow.page(app, who, group_id, now)
    group = seen.group
    begun = any(cycle.state in ("open", "digested", "final") for cycle in seen.cycles)
    found = await flow.stats(app, who, group_id, now) if begun else GroupStats(())
    member = await members.member(app, Key(who.guild_id, who.id))
    drawn = bool(found.weeks) and not (member is not None and member.plain)
    picture = await _drawn(app, group, found) if drawn else None
    files = [discord.File(io.BytesIO(picture), pages.PICTURE)] if picture else []
    view = pages.stats(group, found, picture is not None)
    await gate.answer(press, view, replace=replace, files=files)


async def _drawn(app: App, group: Group, found: GroupStats) -> bytes | None:
    """A PNG; without one the words still say everything."""
    words = pages.picture_words(group)
    try:
        picture: bytes = await app.workers.call(
            "bot.checkins.pictures:group", words, found.weeks, timeout_s=PICTURE_S
        )
    except WorkerTrouble as trouble:
        log.warning("no picture of group %d: %s %s", group.id, trouble.code, trouble)
        return None
    return picture
