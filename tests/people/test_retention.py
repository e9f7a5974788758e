"""Nothing is kept longer than the table says, and nothing goes sooner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from bot.jobs.flow import retention as jobs
from bot.people.flow import retention
from bot.people.kept import BY_TABLE, KEPT
from bot.people.members import Key
from bot.people.retention import REMOVED, REST, SEARCH
from bot.storage import Store
from bot.storage.tables import added_feed, member, metadata, server
from tests.deliveries.parts import app_of
from tests.fakes import FakeMessenger
from tests.people.planting import ELSEWHERE, ME, NOON, OTHER, Planter, dump, naming, parts, plant

pytestmark = pytest.mark.store
SECOND = timedelta(seconds=1)
AGED = [(kept, age) for kept in KEPT for age in kept.ages]


@pytest.fixture(autouse=True)
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With PostgreSQL the log of erasures lies in the working directory: a folder of this test's own."""
    monkeypatch.chdir(tmp_path)


async def forget(store: Store, url: str, now: datetime) -> None:
    """Both duties that forget, as the heartbeat runs them."""
    await jobs.forget(app_of(store, FakeMessenger(lambda: now), lambda: now), now)
    await retention.forget(parts(store, url), now)


async def leave(store: Store, *keys: Key) -> None:
    async with store.begin() as tx:
        for key in keys:
            theirs = update(member).where(member.c.guild_id == key.guild_id, member.c.user_id == key.user_id)
            await tx.execute(theirs.values(left_at=NOON))


async def stay(store: Store) -> None:
    """Nobody has left, no server has removed the bot, and no feed lies about that nobody hears: it has a day."""
    async with store.begin() as tx:
        await tx.execute(delete(added_feed))
        await tx.execute(update(member).values(left_at=None))
        await tx.execute(update(server).values(left_at=None))


def of(rows: dict[str, list[dict[str, object]]], tables: Sequence[str]) -> int:
    return sum(len(rows[table]) for table in tables)


@pytest.mark.parametrize(("kept", "age"), AGED, ids=[kept.table for kept, _ in AGED])
async def test_a_row_goes_on_its_day_and_no_second_sooner(
    sqlite_store: Store, tmp_path: Path, kept: object, age: object
) -> None:
    """Each table with days of its own: there a second before, gone a second after.

    `test_a_moved_clock_leaves_nothing_overdue` deletes from each of them on PostgreSQL too.
    """
    store, url = sqlite_store, f"sqlite:///{tmp_path / 'outpost.sqlite3'}"
    named = next(one for one in KEPT if one is kept)
    old = next(one for one in named.ages if one is age)
    async with store.begin() as tx:
        given = {name: NOON for name in named.columns if name.endswith("_at") and name != "left_at"}
        await Planter().row(tx, named, None, ME, given | dict(old.when) | {old.column: NOON})
    days = timedelta(days=old.days)
    await forget(store, url, NOON + days - SECOND)
    assert len((await dump(store))[named.table]) == 1
    await forget(store, url, NOON + days + SECOND)
    assert (await dump(store))[named.table] == []


async def test_what_a_member_who_left_searched_for_goes_after_seven_days(
    store: Store, store_url: str
) -> None:
    """Profile, guards, subscriptions, asks and messages go, the rest stays; nothing before; others keep all."""
    await plant(store, ME, Key(ME.guild_id, OTHER))
    await stay(store)
    others = naming(await dump(store), OTHER)
    await leave(store, ME)
    before = await dump(store)
    await forget(store, store_url, NOON + SEARCH - SECOND)
    assert await dump(store) == before
    await forget(store, store_url, NOON + SEARCH)
    after = naming(await dump(store), ME.user_id)
    assert {table for table, _ in after}.isdisjoint({"profile"})
    assert ("subscription", "member_id") not in after and ("introduction", "asker_id") not in after
    assert ("guard", "user_id") not in after and ("delivery", "member_id") not in after
    assert ("member", "user_id") in after and ("pen_name", "user_id") in after
    kept = await dump(store)
    assert [row["wishes"] for row in kept["member"] if row["user_id"] == ME.user_id] == [""]
    assert sorted(naming(kept, OTHER)) == sorted(others)


async def test_the_rest_goes_after_thirty_days(store: Store, store_url: str) -> None:
    """Their id is nowhere in that server; in another one, where they stay, nothing has changed."""
    await plant(store, ME, ELSEWHERE)
    await stay(store)
    await leave(store, ME)
    other = await dump(store, ELSEWHERE.guild_id)
    await forget(store, store_url, NOON + REST - SECOND)
    assert naming(await dump(store, ME.guild_id), ME.user_id) != []
    await retention.forget(parts(store, store_url), NOON + REST)
    assert naming(await dump(store, ME.guild_id), ME.user_id) == []
    assert (await dump(store, ELSEWHERE.guild_id))["profile"] == other["profile"]


async def test_a_server_that_removed_the_bot_goes_after_thirty_days(store: Store, store_url: str) -> None:
    """No row of it stays in any table; the other server keeps every row."""
    await plant(store, ME, ELSEWHERE)
    await stay(store)
    async with store.begin() as tx:
        await tx.execute(update(server).where(server.c.id == ME.guild_id).values(left_at=NOON))
    other = await dump(store, ELSEWHERE.guild_id)
    await retention.forget(parts(store, store_url), NOON + REMOVED - SECOND)
    assert (await dump(store, ME.guild_id))["member"] != []
    await retention.forget(parts(store, store_url), NOON + REMOVED)
    theirs = await dump(store, ME.guild_id)
    scoped = [kept.table for kept in KEPT if kept.guild is not None or kept.table == "case_entry"]
    assert of(theirs, scoped) == 0
    ageless = [kept.table for kept in KEPT if kept.guild is not None and not kept.ages]
    assert of(await dump(store, ELSEWHERE.guild_id), ageless) == of(other, ageless) > 0


async def test_a_moved_clock_leaves_nothing_overdue(store: Store, store_url: str) -> None:
    """A year later, of people and servers that are gone only what names nobody is left, in every table."""
    await plant(store, ME, ELSEWHERE)
    await stay(store)
    await leave(store, ME)
    async with store.begin() as tx:
        await tx.execute(update(server).where(server.c.id == ELSEWHERE.guild_id).values(left_at=NOON))
    now = NOON + timedelta(days=365)
    await forget(store, store_url, now)
    left = await dump(store)
    assert naming(left, ME.user_id) == []
    for kept, age in AGED:
        moments = [
            row[age.column]
            for row in left[kept.table]
            if all(row[name] == value for name, value in age.when.items())
        ]
        assert [at for at in moments if at is not None and at <= now - timedelta(days=age.days)] == [], (
            kept.table
        )
    before = left
    await forget(store, store_url, now)
    assert await dump(store) == before


async def test_marks_of_erasures_are_kept(store: Store, store_url: str) -> None:
    """They name nobody, and an older backup could come at any time."""
    async with store.begin() as tx:
        await Planter().row(tx, BY_TABLE["erased"], None, ME)
    await forget(store, store_url, NOON + timedelta(days=3650))
    assert len((await dump(store))["erased"]) == 1
    assert metadata.tables["erased"].c.keys() == ["mark", "at"]
