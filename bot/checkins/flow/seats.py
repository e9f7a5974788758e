"""Everything that is known of members in their groups, gathered for many at once: a handful of questions for all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.checkins.flow import names
from bot.checkins.joining import Glance, Seat
from bot.checkins.store import cycles as cycle_store
from bot.checkins.store import groups as group_store
from bot.checkins.store import histories, saying, thanks
from bot.checkins.store import members as store
from bot.checkins.values import Cycle, Membership
from bot.people.flow import members
from bot.people.members import Key
from bot.storage import Tx

Place = tuple[int, int]
"""(group, member)"""


async def of(
    tx: Tx, guilds: Mapping[int, Collection[Place]], cycle_ids: Collection[int] = ()
) -> dict[Place, Seat]:
    """Those of these who are, or were, in their group. guilds: server → whom there.

    cycle_ids: their weeks in these are wanted whole, also when these are over.
    """
    known = await _memberships(tx, guilds)
    if not known:
        return {}
    groups = await group_store.some(tx, {group_id for group_id, _ in known})
    cycles = _by_group(await cycle_store.live_of(tx, sorted(groups)))
    past = await histories.glances(tx, guilds, known)
    live = {cycle.id for every in cycles.values() for cycle in every} | set(cycle_ids)
    wanted = [_whole(past.get(place, ()), live) for place in known]
    rows = {row.id: row for row in await saying.some(tx, {number for every in wanted for number in every})}
    pauses = await store.pauses(tx, known)
    thanked, helpers = await thanks.counts(tx, rows), await thanks.helpers(tx, rows)
    zones, called = await _zones(tx, guilds), await _names(tx, known.values())
    return {
        place: Seat(
            group=groups[place[0]],
            membership=membership,
            zone=zones.get((membership.guild_id, place[1])) or groups[place[0]].zone,
            cycles=tuple(cycles.get(place[0], ())),
            past=past.get(place, ()),
            rows={one.id: rows[one.id] for one in past.get(place, ()) if one.id in rows},
            pauses=tuple(pauses.get(place, ())),
            name=called.get(place, ""),
            thanks=thanked,
            helpers=helpers,
        )
        for place, membership in known.items()
    }


async def of_member(tx: Tx, key: Key) -> list[Seat]:
    """Every group that they are in, the one joined first comes first."""
    here = [one for one in await store.of_member(tx, key.guild_id, key.user_id) if one.left_at is None]
    found = await of(tx, {key.guild_id: [(one.group_id, key.user_id) for one in here]})
    return [found[one.group_id, key.user_id] for one in here]


async def one(tx: Tx, key: Key, group_id: int) -> Seat | None:
    """Theirs in this group of their server; None when they were never in it."""
    place = (group_id, key.user_id)
    return (await of(tx, {key.guild_id: [place]})).get(place)


async def _memberships(tx: Tx, guilds: Mapping[int, Collection[Place]]) -> dict[Place, Membership]:
    """A group of another server is nobody's here."""
    asked = {place: guild_id for guild_id, places in guilds.items() for place in places}
    found = await store.some(tx, asked)
    return {place: one for place, one in found.items() if asked.get(place) == one.guild_id}


def _by_group(cycles: Sequence[Cycle]) -> dict[int, list[Cycle]]:
    found: dict[int, list[Cycle]] = {}
    for cycle in cycles:
        found.setdefault(cycle.group_id, []).append(cycle)
    return found


def _whole(past: Sequence[Glance], live: Collection[int]) -> list[int]:
    """Which of somebody's weeks are needed whole: those of cycles that are not over, with the last one before each in
    which there are words, and the last one of all."""
    here = [one for one in past if one.cycle_id in live]
    spoken = [one for one in past if one.spoken]
    before = [[one for one in spoken if one.week < now.week][-1:] for now in here]
    return [one.id for some in (here, spoken[-1:], *before) for one in some]


async def _zones(tx: Tx, guilds: Mapping[int, Collection[Place]]) -> dict[Place, str | None]:
    """(server, member) → their zone, where they told it."""
    found: dict[Place, str | None] = {}
    for guild_id, places in guilds.items():
        known = await members.zones_in(tx, guild_id, {user_id for _, user_id in places})
        found |= {(guild_id, user_id): zone for user_id, zone in known.items()}
    return found


async def _names(tx: Tx, memberships: Collection[Membership]) -> dict[Place, str]:
    """What these are called in their groups, where they chose it."""
    guilds: dict[int, dict[int, list[int]]] = {}
    for one in memberships:
        guilds.setdefault(one.guild_id, {}).setdefault(one.group_id, []).append(one.user_id)
    found: dict[Place, str] = {}
    for guild_id, groups in guilds.items():
        found |= await names.pen_names_each(tx, guild_id, groups)
    return found
