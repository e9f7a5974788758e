"""The process ends between any two steps of a pod's life, and nothing is there twice, nobody in the wrong thread."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import cast

import pytest

from bot.app import App
from bot.checkins.flow import pods
from bot.deliveries.flow import send_due
from bot.people.members import Key
from bot.storage import Store
from tests import proofs
from tests.checkins.parts import DAY, GUILD, HOUR, MONDAY, WEEK, Town
from tests.checkins.parts import town as a_town
from tests.checkins.pods_parts import EVE, FAY, FOUR, FRIDAY, hellos, standing, words
from tests.killed import Fate, Killed, MortalMessenger, MortalStore


async def _until_done(it: Town, app: App) -> bool:
    """Start the process again and again until a beat has nothing to do; was it killed?"""
    killed = False
    for _ in range(20):
        try:
            while await pods.mind_pods(app, it.clock()):
                pass
        except Killed:
            killed = True
            continue
        return killed
    raise AssertionError("it never comes to rest")


async def _lived(fresh: Store, at: int) -> tuple[bool, int]:
    """Pods are drawn, one swaps, another opening comes; the process ends once, at that moment. Was it reached?"""
    it = a_town(fresh, MONDAY + FRIDAY * DAY - HOUR)
    fate = Fate(at)
    discord = MortalMessenger(it.clock, fate=fate)
    discord.threads, discord.inside = it.discord.threads, it.discord.inside
    mortal = replace(it.app, store=cast(Store, MortalStore(fresh, fate)), messenger=discord)
    group = await it.group(pods=True)
    await it.joined(group, *FOUR, EVE, FAY, wants_pod=True)
    await it.walk(HOUR)
    killed = await _until_done(it, mortal)
    leaver = (await standing(it, group))[0].members[0]
    await pods.swap(it.app, Key(GUILD, leaver), group.id, it.clock())
    killed |= await _until_done(it, mortal)
    it.clock.move(WEEK)
    await it.beat()
    killed |= await _until_done(it, mortal)
    await send_due(it.app, it.sender)
    two = await standing(it, group)
    private = [thread.name for thread in it.discord.threads.values() if thread.private]
    assert sorted(private) == ["Pod 1", "Pod 2"]
    assert sorted(one for now in two for one in now.members) == [*FOUR, EVE, FAY]
    assert all(it.discord.inside[one.thread_id or 0] == set(one.members) for one in two)
    assert [len(hellos(it, one)) for one in two] == [1, 1]
    assert [word for one in two for word in words(it, one)] == [("joined", leaver)]
    return killed, fate.passed


@pytest.mark.proof
async def test_a_kill_between_any_two_steps(
    fresh_store: Callable[[], Awaitable[Store]], record_property: Callable[[str, object], None]
) -> None:
    """One thread a pod, each member in theirs and in no other, one hello, one word: wherever the process ends."""
    _, moments = await _lived(await fresh_store(), -1)
    assert moments > 40
    every = range(1, moments + 1, proofs.size(3, 1))
    for at in every:
        killed, _ = await _lived(await fresh_store(), at)
        assert killed, at
    record_property(
        "promise", "A pod has one thread, with its members and nobody else, wherever the process ends"
    )
    record_property("figure", f"{len(every)} of {moments} moments: nothing twice, nobody in the wrong thread")
