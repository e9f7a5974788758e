"""Whom somebody may be brought together with, and what they do about it: guard, block, a pen name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from bot.app import App
from bot.people import guards as rules
from bot.people import pen_names as names
from bot.people.guards import Guard, Guarded
from bot.people.keyed import block_mark
from bot.people.may_meet import Meeting, may_meet
from bot.people.members import Key
from bot.people.pen_names import PenName
from bot.people.store import meeting as store
from bot.people.store import members
from bot.refusals import Refusal
from bot.storage import Tx


async def meetings(tx: Tx, guild_id: int, user_ids: Collection[int]) -> dict[int, Meeting]:
    """What counts for each of these people when two of them are brought together; for `may_meet`."""
    guards = await store.guards(tx, guild_id, user_ids)
    return rules.meetings_of(user_ids, guards, await store.blocks(tx, guild_id, user_ids))


async def may_meet_all(app: App, key: Key, candidates: Sequence[int]) -> list[int]:
    """Those of the candidates whom this member may meet, in their order; in silence about the others."""
    async with app.store.read() as tx:
        found = await meetings(tx, key.guild_id, [key.user_id, *candidates])
    return [other for other in candidates if may_meet(found[key.user_id], found[other])]


# -- guards --------------------------------------------------------------------------------------


async def guard_company(
    app: App, key: Key, name: str, now: datetime, *, employer: bool = False
) -> list[Guard]:
    """Nobody of this company here; with `employer`, I work there, which says the same. Gives all guards."""
    mark, name = rules.company(name)
    return await _guard(app, key, "employer" if employer else "company", mark, name, now)


async def guard_member(app: App, key: Key, other_id: int, name: str, now: datetime) -> list[Guard]:
    """Not this member here. name: what they are called, for the list that only its owner sees."""
    _not_oneself(key, other_id)
    return await _guard(app, key, "member", str(other_id), rules.member_name(name), now)


async def _guard(app: App, key: Key, kind: Guarded, mark: str, name: str, now: datetime) -> list[Guard]:
    async with app.store.begin() as tx:
        await _known(tx, key)
        before = await _guards(tx, key)
        if not any((one.kind, one.mark) == (kind, mark) for one in before):
            rules.room_for_one(before)
            await store.add_guard(tx, key, kind, mark, name, now)
        return await _guards(tx, key)


async def unguard(app: App, key: Key, guard_id: int) -> list[Guard]:
    """Take one guard away; gives those that stay. One that is gone already is no trouble."""
    async with app.store.begin() as tx:
        await store.remove_guard(tx, key, guard_id)
        return await _guards(tx, key)


async def guards(app: App, key: Key) -> list[Guard]:
    """A member's own guards, the oldest first."""
    async with app.store.read() as tx:
        return await _guards(tx, key)


async def _guards(tx: Tx, key: Key) -> list[Guard]:
    return [guard for _, guard in await store.guards(tx, key.guild_id, [key.user_id])]


# -- blocks --------------------------------------------------------------------------------------


async def block(app: App, key: Key, other_id: int, now: datetime) -> None:
    """These two are never brought together again, and the other never learns of it. Twice is once."""
    async with app.store.begin() as tx:
        await block_in(app, tx, key, other_id, now)


async def block_in(app: App, tx: Tx, key: Key, other_id: int, now: datetime) -> None:
    """As `block`, in the caller's transaction."""
    _not_oneself(key, other_id)
    mark = block_mark(app.key, key.guild_id, key.user_id, other_id)
    await store.add_block(tx, key, other_id, mark, now)


async def unblock(app: App, key: Key, other_id: int) -> None:
    """Take my block back; theirs, if there is one, stays."""
    async with app.store.begin() as tx:
        await store.remove_block(tx, key.guild_id, block_mark(app.key, key.guild_id, key.user_id, other_id))


async def blocks(app: App, key: Key) -> list[int]:
    """Whom this member blocked, the oldest first."""
    async with app.store.read() as tx:
        return [blocked for _, blocked in await store.blocks(tx, key.guild_id, [key.user_id])]


def _not_oneself(key: Key, other_id: int) -> None:
    if key.user_id == other_id:
        raise Refusal("that_is_you")


async def _known(tx: Tx, key: Key) -> None:
    if await members.one(tx, key) is None:
        raise Refusal("member_unknown")


async def pressed_since(tx: Tx, since: datetime, guild_id: int | None = None) -> dict[Key, datetime]:
    """Who blocked somebody or guarded themselves since then, and when last: whom they are with may have to change."""
    return await store.pressed_since(tx, since, guild_id)


# -- pen names -----------------------------------------------------------------------------------


async def choose_pen_name(
    app: App, key: Key, circle: str, name: str, living: Iterable[str], now: datetime
) -> PenName:
    """What I am called in this circle from now on. living: the names of members here, as others see them."""
    name, skeleton = names.chosen(name, living)
    async with app.store.begin() as tx:
        await _known(tx, key)
        if not await store.set_pen_name(tx, key, circle, name, skeleton, now):
            raise Refusal("pen_name_taken")
    return PenName(circle, name, key.user_id)


async def pen_names(app: App, key: Key) -> list[PenName]:
    """A member's own, by circle."""
    async with app.store.read() as tx:
        return await store.pen_names(tx, key)


async def pen_names_in(tx: Tx, guild_id: int, circle: str, user_ids: Collection[int]) -> dict[int, str]:
    """What these people are called in a circle, where they chose it or a name for every group; for other subjects."""
    return (await pen_names_each(tx, guild_id, {circle: user_ids}))[circle]


async def pen_names_each(
    tx: Tx, guild_id: int, circles: Mapping[str, Collection[int]]
) -> dict[str, dict[int, str]]:
    """The same for many circles of a server, each with its own people; those without a name are left out."""
    everybody = {one for user_ids in circles.values() for one in user_ids}
    found = await store.pen_names_in(tx, guild_id, [*circles, names.EVERY_GROUP], everybody)
    chosen = {(one.circle, one.user_id): one.name for one in found}
    return {
        circle: {
            one: name
            for one in user_ids
            if (name := chosen.get((circle, one)) or chosen.get((names.EVERY_GROUP, one)))
        }
        for circle, user_ids in circles.items()
    }


async def resolve_pen_name(tx: Tx, guild_id: int, circle: str, name: str) -> PenName | None:
    """Who writes under this name. Only for a case: it logs the look and tells the member in the same transaction."""
    return await store.pen_name_holder(tx, guild_id, circle, names.skeleton(name))
