"""/meet find: the people who want to be found, page by page, and asking one of them."""

from __future__ import annotations

from datetime import datetime

from bot.app import App
from bot.moderation.rights import Person
from bot.people import find as rules
from bot.people.find import Page, Wanted
from bot.people.flow import introductions
from bot.people.flow.meeting import meetings
from bot.people.flow.members import met
from bot.people.introductions import NOBODY, Introduction
from bot.people.members import Key, Profile
from bot.people.store import introductions as store
from bot.people.store import members


async def find(app: App, who: Person, wanted: Wanted, page: int, now: datetime) -> Page:
    """A page of people whom this member may meet. page: counts from 0."""
    await met(app, who, now)
    key = Key(who.guild_id, who.id)
    async with app.store.read() as tx:
        ids = [one for one in await store.perhaps_found(tx, key.guild_id) if one != key.user_id]
        known = await members.some(tx, key.guild_id, ids)
        profiles = await members.profiles_of(tx, key.guild_id, ids)
        told = {one: (member, profiles.get(one, Profile())) for one, member in known.items()}
        found = await meetings(tx, key.guild_id, [key.user_id, *told])
    return rules.page_of(rules.listed(app.key, key, wanted, told, found), page)


async def ask_found(app: App, who: Person, mark: str, words: str, server: str, now: datetime) -> Introduction:
    """Ask somebody from a page. It works alike when they can't be found any more, or are gone altogether."""
    key = Key(who.guild_id, who.id)
    async with app.store.read() as tx:
        everybody = await members.everybody(tx, key.guild_id)
    asked_id = rules.behind(app.key, key, mark, everybody)
    return await introductions.ask(app, who, NOBODY if asked_id is None else asked_id, words, server, now)
