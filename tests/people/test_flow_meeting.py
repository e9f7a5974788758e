"""Guards, blocks and pen names as they are kept, and whom they keep apart."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import delete, select, update

from bot.app import App
from bot.people.flow import meeting
from bot.people.guards import MOST_GUARDS
from bot.people.members import Key
from bot.people.pen_names import EVERY_GROUP
from bot.people.store import meeting as store_of_meeting
from bot.refusals import Refusal
from bot.storage import Store
from bot.storage.tables import block
from bot.storage.tables import member as member_table
from tests.people.parts import ANA, BOB, CLEO, OTHER_GUILD, all_met, app_of

pytestmark = pytest.mark.store

EVERYBODY = [ANA, BOB, CLEO]


@pytest.fixture
async def app(store: Store) -> App:
    app = app_of(store)
    await all_met(app, *EVERYBODY)
    return app


async def apart(app: App) -> set[tuple[int, int]]:
    """Every ordered pair that may not meet."""
    ids = [key.user_id for key in EVERYBODY]
    pairs = set()
    for key in EVERYBODY:
        met = await meeting.may_meet_all(app, key, ids)
        pairs |= {(key.user_id, other) for other in ids if other not in met and other != key.user_id}
    return pairs


def both(one: Key, other: Key) -> set[tuple[int, int]]:
    return {(one.user_id, other.user_id), (other.user_id, one.user_id)}


async def test_candidates_keep_their_order_and_never_hold_oneself(app: App) -> None:
    """Nobody speaks against anybody: all but oneself, as they were asked for; strangers too."""
    assert await meeting.may_meet_all(app, ANA, [999, 103, 101, 102]) == [999, 103, 102]
    assert await meeting.may_meet_all(app, ANA, []) == []


async def test_a_guarded_company_keeps_its_people_away(app: App) -> None:
    """Ana guards against what Bob calls his employer, spelled otherwise; taken away, they may meet again."""
    await meeting.guard_company(app, BOB, "Acme GmbH", app.now(), employer=True)
    [guard] = await meeting.guard_company(app, ANA, "ACME", app.now())
    assert (guard.kind, guard.mark, guard.name) == ("company", "acme", "ACME")
    assert await apart(app) == both(ANA, BOB)
    assert await meeting.unguard(app, ANA, guard.id) == []
    assert await apart(app) == set()


async def test_my_own_employer_is_a_guard_by_itself(app: App) -> None:
    """Two people of one company never meet; one who guards against it meets neither."""
    await meeting.guard_company(app, ANA, "Acme", app.now(), employer=True)
    await meeting.guard_company(app, BOB, "Acme Inc.", app.now(), employer=True)
    assert await apart(app) == both(ANA, BOB)
    await meeting.guard_company(app, CLEO, "acme", app.now())
    assert await apart(app) == both(ANA, BOB) | both(ANA, CLEO) | both(BOB, CLEO)


async def test_a_guarded_member_is_kept_away(app: App) -> None:
    """One side is enough, and only that pair is apart."""
    [guard] = await meeting.guard_member(app, ANA, CLEO.user_id, "Cleo\u202e", app.now())
    assert (guard.kind, guard.name) == ("member", "Cleo")
    assert await apart(app) == both(ANA, CLEO)


async def test_nobody_else_takes_a_guard_away(app: App) -> None:
    """A guard belongs to its owner in its server; another one's press changes nothing."""
    [guard] = await meeting.guard_member(app, ANA, BOB.user_id, "Bob", app.now())
    await meeting.unguard(app, BOB, guard.id)
    await meeting.unguard(app, Key(OTHER_GUILD, ANA.user_id), guard.id)
    assert await meeting.guards(app, ANA) == [guard]
    assert await meeting.guards(app, BOB) == []


async def test_a_guard_is_kept_once_and_not_without_end(app: App) -> None:
    """The same company in another spelling is the same; a list that nobody can read any more is refused."""
    for name in ("Acme", "ACME", "Acme, Inc."):
        assert len(await meeting.guard_company(app, ANA, name, app.now())) == 1
    for number in range(MOST_GUARDS - 1):
        await meeting.guard_company(app, ANA, f"Company {number}", app.now())
    with pytest.raises(Refusal, match="too_many_guards"):
        await meeting.guard_company(app, ANA, "One more", app.now())
    assert len(await meeting.guard_company(app, ANA, "acme", app.now())) == MOST_GUARDS
    with pytest.raises(Refusal, match="company_without_name"):
        await meeting.guard_company(app, BOB, "!!!", app.now())
    with pytest.raises(Refusal, match="that_is_you"):
        await meeting.guard_member(app, BOB, BOB.user_id, "Bob", app.now())


async def test_a_block_keeps_two_apart_and_only_its_maker_sees_it(app: App) -> None:
    """Both ways, in this server alone; the other one's list is empty; taken back, they may meet."""
    await asyncio.gather(*(meeting.block(app, ANA, BOB.user_id, app.now()) for _ in range(2)))
    assert await apart(app) == both(ANA, BOB)
    assert await meeting.blocks(app, ANA) == [BOB.user_id] and await meeting.blocks(app, BOB) == []
    elsewhere = Key(OTHER_GUILD, ANA.user_id)
    assert await meeting.may_meet_all(app, elsewhere, [BOB.user_id]) == [BOB.user_id]
    await meeting.unblock(app, BOB, ANA.user_id)
    assert await apart(app) == both(ANA, BOB)
    await meeting.unblock(app, ANA, BOB.user_id)
    assert await apart(app) == set()


async def test_two_blocks_are_two(app: App) -> None:
    """Each blocked the other: one taken back leaves the other."""
    await meeting.block(app, ANA, BOB.user_id, app.now())
    await meeting.block(app, BOB, ANA.user_id, app.now())
    await meeting.unblock(app, ANA, BOB.user_id)
    assert await apart(app) == both(ANA, BOB)
    with pytest.raises(Refusal, match="that_is_you"):
        await meeting.block(app, ANA, ANA.user_id, app.now())


@pytest.mark.parametrize("erased", [ANA, BOB])
async def test_a_block_outlives_an_erasure(app: App, erased: Key) -> None:
    """Only a mark is left of it, which names nobody; once the erased one is met again, it holds again both ways."""
    await meeting.block(app, ANA, BOB.user_id, app.now())
    await meeting.block(app, CLEO, BOB.user_id, app.now())
    async with app.store.begin() as tx:
        theirs = (block.c.user_id == erased.user_id) | (block.c.blocked_id == erased.user_id)
        await tx.execute(update(block).where(theirs).values(user_id=None, blocked_id=None))
        await tx.execute(delete(member_table).where(member_table.c.user_id == erased.user_id))
    assert erased.user_id not in [*await meeting.blocks(app, ANA), *await meeting.blocks(app, CLEO)]
    await all_met(app, erased)
    assert await apart(app) == both(ANA, BOB) | both(CLEO, BOB)
    assert await meeting.blocks(app, ANA) == [BOB.user_id]


async def test_a_stranger_takes_up_nobody_elses_block(app: App) -> None:
    """Somebody new gets no part in blocks between others that were erased."""
    await meeting.block(app, ANA, BOB.user_id, app.now())
    async with app.store.begin() as tx:
        await tx.execute(update(block).values(user_id=None, blocked_id=None))
    await all_met(app, Key(ANA.guild_id, 104))
    async with app.store.read() as tx:
        assert (await tx.execute(select(block.c.user_id, block.c.blocked_id))).all() == [(None, None)]
        assert len(await store_of_meeting.nameless_blocks(tx, ANA.guild_id)) == 1


async def test_a_pen_name_is_unique_in_its_circle(app: App) -> None:
    """Two who ask for look-alikes at the same moment: one gets it. In another circle it is free."""
    asked = await asyncio.gather(
        meeting.choose_pen_name(app, ANA, "north", "Blue Fox", [], app.now()),
        meeting.choose_pen_name(app, BOB, "north", "BLUE-F0X", [], app.now()),
        return_exceptions=True,
    )
    assert [str(one) for one in asked if isinstance(one, Refusal)] == ["pen_name_taken"]
    await meeting.choose_pen_name(app, CLEO, "south", "Blue Fox", [], app.now())
    with pytest.raises(Refusal, match="pen_name_taken"):
        await meeting.choose_pen_name(app, CLEO, "north", "Anna Berg", ["Ánna  Bérg"], app.now())


async def test_a_pen_name_can_be_changed_and_is_free_then(app: App) -> None:
    """One name a circle; the old one may be taken by another, and one's own may be spelled anew."""
    await meeting.choose_pen_name(app, ANA, "north", "Blue Fox", [], app.now())
    await meeting.choose_pen_name(app, ANA, "north", "blue fox", [], app.now())
    await meeting.choose_pen_name(app, ANA, "north", "Red Fox", [], app.now())
    await meeting.choose_pen_name(app, BOB, "north", "Blue Fox", [], app.now())
    assert [(one.circle, one.name) for one in await meeting.pen_names(app, ANA)] == [("north", "Red Fox")]


async def test_many_circles_are_asked_for_at_once(app: App) -> None:
    """Each has its own people; a name of this circle goes before the one for every group; some have none."""
    await meeting.choose_pen_name(app, ANA, "north", "Blue Fox", [], app.now())
    await meeting.choose_pen_name(app, ANA, EVERY_GROUP, "Grey Owl", [], app.now())
    await meeting.choose_pen_name(app, BOB, "south", "Red Fox", [], app.now())
    circles = {"north": [ANA.user_id, BOB.user_id], "south": [ANA.user_id]}
    async with app.store.read() as tx:
        found = await meeting.pen_names_each(tx, ANA.guild_id, circles)
    assert found == {"north": {ANA.user_id: "Blue Fox"}, "south": {ANA.user_id: "Grey Owl"}}


async def test_a_case_finds_who_writes_under_a_name(app: App) -> None:
    """However it is spelled; only in its server and circle; an unknown one is nobody."""
    await meeting.choose_pen_name(app, ANA, "north", "Blue Fox", [], app.now())
    async with app.store.read() as tx:
        found = await meeting.resolve_pen_name(tx, ANA.guild_id, "north", "BLUE  fox")
        assert found is not None and found.user_id == ANA.user_id
        assert await meeting.resolve_pen_name(tx, ANA.guild_id, "south", "Blue Fox") is None
        assert await meeting.resolve_pen_name(tx, OTHER_GUILD, "north", "Blue Fox") is None


async def test_who_is_not_known_keeps_nothing(app: App) -> None:
    """Erased since the page was shown: neither a guard nor a pen name is written for them."""
    gone = Key(ANA.guild_id, 777)
    with pytest.raises(Refusal, match="member_unknown"):
        await meeting.guard_company(app, gone, "Acme", app.now())
    with pytest.raises(Refusal, match="member_unknown"):
        await meeting.choose_pen_name(app, gone, "north", "Nobody", [], app.now())
