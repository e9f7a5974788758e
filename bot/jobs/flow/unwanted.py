"""Companies that a server doesn't want: what is theirs is neither told there nor listed. Moderators decide."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.app import App
from bot.jobs.store import unwanted as store
from bot.moderation.rights import Person, moderators_only
from bot.people.guards import MAX_COMPANY
from bot.refusals import Refusal
from bot.storage import Tx
from bot.text import company_key, tidy

MOST = 200  # of one server


@dataclass(frozen=True, slots=True)
class Unwanted:
    """mark: the comparable name, by which openings are left out; name: as it was written first."""

    mark: str
    name: str
    since: datetime

    @property
    def tag(self) -> str:
        """Sixteen characters that stand for it in a menu, whose values are short."""
        return hashlib.blake2b(self.mark.encode(), digest_size=8).hexdigest()


async def listed(app: App, who: Person) -> list[Unwanted]:
    """The companies that this server doesn't want, by name."""
    moderators_only(who)
    async with app.store.read() as tx:
        return await _listed(tx, who.guild_id)


async def block(app: App, who: Person, name: str, now: datetime) -> list[Unwanted]:
    """Nothing of this company from now on; gives the list. Twice is once. What stands in channels stays there."""
    moderators_only(who)
    async with app.store.begin() as tx:
        await block_in(tx, who, name, now)
        return await _listed(tx, who.guild_id)


async def block_in(tx: Tx, who: Person, name: str, now: datetime) -> None:
    """As `block`, in the caller's transaction. Refuses a name of no letter or digit, and one more than fits."""
    mark = company_key(name)
    if not any(c.isalnum() for c in mark):
        raise Refusal("company_without_name")
    if await store.count(tx, who.guild_id) >= MOST and not await store.has(tx, who.guild_id, mark):
        raise Refusal("too_many_unwanted", limit=MOST)
    await store.add(tx, who.guild_id, mark, tidy(name, MAX_COMPANY), who.id, now)


async def unblock(app: App, who: Person, tag: str) -> list[Unwanted]:
    """Hear of it again; gives those that stay. One that is gone already is no trouble."""
    moderators_only(who)
    async with app.store.begin() as tx:
        for one in await _listed(tx, who.guild_id):
            if one.tag == tag:
                await store.remove(tx, who.guild_id, one.mark)
        return await _listed(tx, who.guild_id)


async def is_unwanted(tx: Tx, guild_id: int, name: str) -> bool:
    """Is this company, as somebody wrote it, unwanted in this server?"""
    mark = company_key(name)
    return bool(mark) and await store.has(tx, guild_id, mark)


async def _listed(tx: Tx, guild_id: int) -> list[Unwanted]:
    return [Unwanted(*one) for one in await store.of_server(tx, guild_id)]
