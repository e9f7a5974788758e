"""The only SQL of members and their profiles. Single columns are written, so that no press undoes another's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, get_args

from sqlalchemy import RowMapping, bindparam, func, select, update

from bot.people.members import PROFILE_FIELDS, QUIET, Door, Key, Member, Profile, Shown, Wish
from bot.storage import Tx, insert_new
from bot.storage.tables import member, profile

_LISTS = ("skills", "languages", "may_work", "links", "open_to", "done")
_MINE = (member.c.guild_id == bindparam("guild"), member.c.user_id == bindparam("user"))
_ONE = select(member).where(*_MINE)
_THESE = (member.c.guild_id == bindparam("guild"), member.c.user_id.in_(bindparam("users", expanding=True)))
_SOME = select(member).where(*_THESE)
_ZONES = select(member.c.user_id, member.c.zone).where(*_THESE)
_PROFILE = select(profile).where(
    profile.c.guild_id == bindparam("guild"), profile.c.user_id == bindparam("user")
)
_SERVERS = (
    select(member.c.guild_id)
    .where(member.c.user_id == bindparam("user"), member.c.left_at.is_(None))
    .order_by(member.c.guild_id)
)


async def one(tx: Tx, key: Key) -> Member | None:
    row = (await tx.execute(_ONE, _names(key))).mappings().first()
    return None if row is None else _member(row)


async def some(tx: Tx, guild_id: int, user_ids: Iterable[int]) -> dict[int, Member]:
    """Those of these people who are members here as far as we know, by their id."""
    found = await tx.execute(_SOME, {"guild": guild_id, "users": list(user_ids)})
    return {row["user_id"]: _member(row) for row in found.mappings().all()}


async def zones(tx: Tx, guild_id: int, user_ids: Iterable[int]) -> dict[int, str | None]:
    """The zones of those of these whom we know here; None: not told."""
    found = await tx.execute(_ZONES, {"guild": guild_id, "users": list(user_ids)})
    return {user_id: zone for user_id, zone in found}


async def everybody(tx: Tx, guild_id: int) -> list[int]:
    """Whom we know in a server, also those who left."""
    known = select(member.c.user_id).where(member.c.guild_id == guild_id)
    return list((await tx.execute(known.order_by(member.c.user_id))).scalars())


async def servers_of(tx: Tx, user_id: int) -> list[int]:
    """The servers where this person is a member now."""
    return list((await tx.execute(_SERVERS, {"user": user_id})).scalars())


async def add(tx: Tx, key: Key, now: datetime) -> bool:
    """Keep somebody as new, private, with every door closed; False when they are known already."""
    row = {
        "guild_id": key.guild_id,
        "user_id": key.user_id,
        "met_at": now,
        "seen_at": now,
        "wishes": "",
        "private": True,
        "opened": "",
        "quiet_from": QUIET[0],
        "quiet_until": QUIET[1],
        "plain": False,
    }
    return bool(await insert_new(tx, member, [row], returning=member.c.user_id))


async def see(tx: Tx, key: Key, now: datetime, joined_at: datetime | None, locale: str | None) -> None:
    """They pressed something. What is None stays; a language that is kept already, too.

    joined_at comes with a press in the server itself, so they have not left; the bot's own DM tells nothing of that.
    """
    seen: dict[str, Any] = {"seen_at": now}
    if joined_at is not None:
        seen |= {"joined_at": joined_at, "left_at": None}
    if locale is not None:
        seen["locale"] = func.coalesce(member.c.locale, locale)
    await tx.execute(update(member).where(*_MINE).values(seen), _names(key))


async def change(tx: Tx, key: Key, fields: Mapping[str, Any]) -> bool:
    """Write these fields of a Member; False when there is no such member (any more)."""
    values = dict(fields)
    for name in ("wishes", "opened"):
        if name in values:
            values[name] = _lines(values[name])
    if "quiet" in values:
        values["quiet_from"], values["quiet_until"] = values.pop("quiet")
    return (await tx.execute(update(member).where(*_MINE).values(values), _names(key))).rowcount == 1


async def profile_of(tx: Tx, key: Key) -> Profile:
    """What they told of themselves; an empty one when nothing."""
    row = (await tx.execute(_PROFILE, _names(key))).mappings().first()
    return Profile() if row is None else _profile(row)


async def profiles_of(tx: Tx, guild_id: int, user_ids: Iterable[int]) -> dict[int, Profile]:
    """The profiles there are, by their owners' ids."""
    here = select(profile).where(profile.c.guild_id == guild_id, profile.c.user_id.in_(list(user_ids)))
    return {row["user_id"]: _profile(row) for row in (await tx.execute(here)).mappings().all()}


async def change_profile(tx: Tx, key: Key, fields: Mapping[str, Any], now: datetime) -> None:
    """Write these fields of a Profile; the first time the others are empty."""
    values = {name: _written(name, value) for name, value in fields.items()}
    empty = {name: _written(name, getattr(Profile(), name)) for name in _COLUMNS}
    row = {"guild_id": key.guild_id, "user_id": key.user_id} | empty | values | {"changed_at": now}
    if not await insert_new(tx, profile, [row], returning=profile.c.user_id):
        mine = update(profile).where(profile.c.guild_id == key.guild_id, profile.c.user_id == key.user_id)
        await tx.execute(mine.values(values | {"changed_at": now}))


_COLUMNS = (*PROFILE_FIELDS, "pay_currency", "done", "shown")


def _written(name: str, value: Any) -> Any:
    if name in _LISTS:
        return _lines(value)
    if name == "shown":
        return "\n".join(f"{field}={who}" for field, who in sorted(value.items()) if who != "me")
    return value


def _lines(values: Iterable[str]) -> str:
    return "\n".join(sorted(values) if isinstance(values, frozenset) else values)


def _names(key: Key) -> dict[str, int]:
    return {"guild": key.guild_id, "user": key.user_id}


@cache
def _wishes(lines: str) -> tuple[Wish, ...]:
    return tuple(wish for wish in get_args(Wish) if wish in lines.split("\n"))


@cache
def _doors(lines: str) -> frozenset[Door]:
    return frozenset(get_args(Door)).intersection(lines.split("\n"))


def _member(row: RowMapping) -> Member:
    """What a newer version of this program knew and this one doesn't is left out."""
    copied = ("met_at", "seen_at", "joined_at", "left_at", "started_at", "private")
    more = ("zone", "dm_since", "dm_closed_at", "locale", "plain")
    return Member(
        key=Key(row["guild_id"], row["user_id"]),
        wishes=_wishes(row["wishes"]),
        opened=_doors(row["opened"]),
        quiet=(row["quiet_from"], row["quiet_until"]),
        **{name: row[name] for name in (*copied, *more)},
    )


def _profile(row: RowMapping) -> Profile:
    told = dict(line.split("=", 1) for line in row["shown"].splitlines())
    shown: dict[str, Shown] = {
        name: who for name in PROFILE_FIELDS for who in get_args(Shown) if told.get(name) == who
    }
    lists: dict[str, Any] = {name: tuple(row[name].split("\n")) if row[name] else () for name in _LISTS}
    lists["done"] = frozenset(lists["done"])
    copied = ("headline", "field", "level", "country", "pay_floor", "pay_currency")
    return Profile(**{name: row[name] for name in copied}, **lists, shown=shown)
