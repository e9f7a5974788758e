"""Companies that a server doesn't want; on both databases."""

from __future__ import annotations

import pytest

from bot.jobs.flow import unwanted as flow
from bot.moderation.rights import Person
from bot.refusals import Refusal
from bot.storage import Store
from tests.jobs.listening import beat, cards, job, numbers, subscribed, tell
from tests.jobs.parts import ANA, MO, Town, town

pytestmark = pytest.mark.store

NEXT_DOOR = Person(id=900, guild_id=2, manages=True)


@pytest.fixture
async def it(store: Store) -> Town:
    it = await town(store)
    await subscribed(it)
    return it


async def test_blocked_and_heard_again(it: Town) -> None:
    """Whatever legal form an opening names; another server hears it all the same."""
    await subscribed(it, guild_id=2, channel_id=20)
    (kept,) = await flow.block(it.app, MO, " Ärger  GmbH ", it.clock())
    assert kept.name == "Ärger GmbH"
    await tell(it, job(1, it, company="AERGER"), job(2, it, company="Arger, Inc."))
    await beat(it)
    assert numbers(cards(it)) == [1] and numbers(cards(it, 20)) == [1, 2]
    assert await flow.unblock(it.app, MO, kept.tag) == []
    await tell(it, job(3, it, company="Ärger"))
    await beat(it)
    assert numbers(cards(it)) == [1, 3]


async def test_each_once_by_name(it: Town) -> None:
    """The list is by name, a company is in it once, and what is gone already is no trouble."""
    for name in ("Zebra", "Acme", "ACME Ltd"):
        listed = await flow.block(it.app, MO, name, it.clock())
    assert [one.name for one in listed] == ["Acme", "Zebra"]
    assert await flow.listed(it.app, NEXT_DOOR) == []
    assert len(await flow.unblock(it.app, MO, "nothing")) == 2


async def test_refused(it: Town) -> None:
    """Members; a name without letter or digit; one more than the limit, while a second time of one is none more."""
    for who in (
        flow.listed(it.app, ANA),
        flow.block(it.app, ANA, "A", it.clock()),
        flow.unblock(it.app, ANA, "x"),
    ):
        with pytest.raises(Refusal, match="moderators_only"):
            await who
    with pytest.raises(Refusal, match="company_without_name"):
        await flow.block(it.app, MO, "…!", it.clock())
    for number in range(flow.MOST):
        await flow.block(it.app, MO, f"Company {number}", it.clock())
    with pytest.raises(Refusal, match="too_many_unwanted"):
        await flow.block(it.app, MO, "One more", it.clock())
    assert len(await flow.block(it.app, MO, "company 7", it.clock())) == flow.MOST
