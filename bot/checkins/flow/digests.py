"""The digest of a group's week: said once, then changed in place as late check-ins come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from bot.checkins.digest import digest, spoken
from bot.checkins.flow import names
from bot.checkins.groups import digest_by_hand_key, digest_key, digests_of
from bot.checkins.messages import DIGEST, Digest
from bot.checkins.store import weeks
from bot.checkins.values import Cycle, Group, MemberWeek, Pair
from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.storage import Tx


async def values(tx: Tx, pairs: Sequence[Pair]) -> dict[int, Digest]:
    """Cycle → its digest as it is to be read now."""
    if not pairs:
        return {}
    by_cycle = _by_cycle(await weeks.visible(tx, [cycle.id for _, cycle in pairs]))
    seen = [(group, cycle, by_cycle.get(cycle.id, [])) for group, cycle in pairs]
    wanted: defaultdict[int, defaultdict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for group, _, mine in seen:
        wanted[group.guild_id][group.id] |= spoken(mine)
    called = await names.in_digests(tx, wanted)
    return {cycle.id: digest(group, cycle, mine, called.get(group.id, {})) for group, cycle, mine in seen}


async def say(tx: Tx, pairs: Sequence[Pair], now: datetime) -> None:
    """Promise them."""
    told = await values(tx, pairs)
    keys = {cycle.id: digest_key(cycle.id, group.channel_id) for group, cycle in pairs}
    await outbox.plan(
        tx, [_planned(group, keys[cycle.id], told[cycle.id], now) for group, cycle in pairs], now
    )


async def say_by_hand(tx: Tx, group: Group, cycle: Cycle, now: datetime) -> None:
    """Promise it now, beside the one that comes in its time or came: that one may have been deleted."""
    told = await values(tx, [(group, cycle)])
    key = digest_by_hand_key(cycle.id, group.channel_id, now)
    await outbox.plan(tx, [_planned(group, key, told[cycle.id], now)], now)


def _planned(group: Group, key: str, value: Digest, now: datetime) -> Planned:
    return Planned(DIGEST, key, value, group.guild_id, group.channel_id, now)


async def refresh(tx: Tx, pairs: Sequence[Pair], now: datetime) -> None:
    """Every digest of these that stands somewhere shows what may be read now."""
    prefixes = {digests_of(cycle.id): cycle.id for _, cycle in pairs}
    every = await outbox.said_each(tx, prefixes)
    keys = {prefixes[prefix]: [one.key for one in stand] for prefix, stand in every.items()}
    told = await values(tx, [pair for pair in pairs if keys[pair[1].id]])
    revised = [(key, told[number]) for number, every in keys.items() for key in every]
    await outbox.revise(tx, revised, now)
    await outbox.forget(tx, revised)


def _by_cycle(seen: Sequence[MemberWeek]) -> Mapping[int, list[MemberWeek]]:
    """The order of each stays."""
    in_order = sorted(seen, key=lambda one: one.cycle_id)
    return {number: list(of_it) for number, of_it in groupby(in_order, key=lambda one: one.cycle_id)}
