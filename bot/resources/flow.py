"""Looking something up, and what moderators add for their own server. Two servers' additions never meet."""

from __future__ import annotations

from datetime import datetime

from bot.app import App
from bot.moderation.rights import Person, moderators_only
from bot.refusals import Refusal
from bot.resources import store
from bot.resources.listed import Listed, Own, by_need, checked, counts


async def overview(app: App, guild_id: int | None) -> dict[str, int]:
    """Need → how many entries; guild_id: None in a direct message, where there are no server's own."""
    return counts(await own(app, guild_id), app.resources)


async def listed(app: App, guild_id: int | None, need: str) -> Listed:
    """What there is for one need."""
    return by_need(need, await own(app, guild_id), app.resources)


async def own(app: App, guild_id: int | None) -> list[Own]:
    """What this server's moderators added."""
    if guild_id is None:
        return []
    async with app.store.read() as tx:
        return await store.own(tx, guild_id)


async def add(app: App, who: Person, name: str, url: str, need: str, words: str, now: datetime) -> Own:
    """A moderator adds one for this server. Refuses what can't be shown, and what is there already."""
    moderators_only(who)
    async with app.store.begin() as tx:
        entry = checked(name, url, need, words, await store.own(tx, who.guild_id))
        if not await store.add(tx, who.guild_id, entry, who.id, now):
            raise Refusal("resource_there", url=entry.url)
        return entry


async def remove(app: App, who: Person, resource_id: int) -> None:
    """A moderator takes one of this server's own away; one that is gone already is no trouble."""
    moderators_only(who)
    async with app.store.begin() as tx:
        await store.remove(tx, who.guild_id, resource_id)
