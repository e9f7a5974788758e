"""The unit of work, on both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from bot.storage import Store, StoreError, insert_new
from bot.storage.tables import alias, feed, server

pytestmark = pytest.mark.store

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)


async def make_server(store: Store, number: int = 1, counter: int = 0) -> None:
    async with store.begin() as tx:
        await tx.execute(
            insert(server).values(id=number, moderators_channel_id=counter, changed_by=1, changed_at=NOON)
        )


async def servers(store: Store) -> list[int]:
    async with store.read() as tx:
        return list((await tx.execute(select(server.c.id).order_by(server.c.id))).scalars())


async def counter_of(store: Store) -> int | None:
    async with store.read() as tx:
        return (await tx.execute(select(server.c.moderators_channel_id))).scalar_one()


async def test_what_a_unit_of_work_did_is_kept(store: Store) -> None:
    """A unit of work that ends well is seen by the next reader."""
    await make_server(store)
    assert await servers(store) == [1]


async def test_an_exception_undoes_the_whole_unit(store: Store) -> None:
    """An exception leaves nothing of its unit of work and everything of the one before."""
    await make_server(store, 1)
    with pytest.raises(LookupError):
        async with store.begin() as tx:
            await tx.execute(insert(server).values(id=2, changed_by=1, changed_at=NOON))
            raise LookupError
    assert await servers(store) == [1]


@pytest.mark.parametrize("way", ["in the database", "read, then write"])
async def test_concurrent_increments_are_all_counted(store: Store, way: str) -> None:
    """20 tasks that add one 20 times make 400, also when they read first and then write."""
    await make_server(store)
    column = server.c.moderators_channel_id

    async def add_one() -> None:
        async with store.begin() as tx:
            if way == "in the database":
                await tx.execute(update(server).values({column: column + 1}).returning(column))
            else:
                count = (await tx.execute(select(column))).scalar_one() or 0
                await tx.execute(update(server).values({column: count + 1}))

    async def add_twenty() -> None:
        for _ in range(20):
            await add_one()

    await asyncio.gather(*(add_twenty() for _ in range(20)))
    assert await counter_of(store) == 400


async def test_one_rollback_does_not_touch_another_unit(store: Store) -> None:
    """Of units that run side by side, only those that fail are undone."""

    async def work(number: int) -> None:
        async with store.begin() as tx:
            await tx.execute(insert(server).values(id=number, changed_by=1, changed_at=NOON))
            await asyncio.sleep(0)
            if number % 2:
                raise LookupError

    await asyncio.gather(*(work(number) for number in range(1, 21)), return_exceptions=True)
    assert await servers(store) == list(range(2, 21, 2))


@pytest.mark.parametrize("steps", range(0, 24, 3))
async def test_a_cancelled_task_leaves_no_transaction(store: Store, steps: int) -> None:
    """However far a unit of work had come, cancelling it undoes it, and the next one begins at once."""
    inserted = asyncio.Event()

    async def work() -> None:
        async with store.begin() as tx:
            await tx.execute(insert(server).values(id=1, changed_by=1, changed_at=NOON))
            inserted.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    for _ in range(steps):
        await asyncio.sleep(0)
    if steps == 21:
        await inserted.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(30):
        await make_server(store, 2)
    assert await servers(store) == [2]


async def test_a_cancelled_statement_leaves_no_transaction(store: Store) -> None:
    """A statement that runs when its task is cancelled is undone as well, and blocks nobody afterwards."""
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT max(i) FROM n"
    begun = asyncio.Event()

    async def work() -> None:
        async with store.begin() as tx:
            await tx.execute(insert(server).values(id=1, changed_by=1, changed_at=NOON))
            begun.set()
            await tx.exec_driver_sql(slow)
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await begun.wait()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await make_server(store, 2)
    assert await servers(store) == [2]


async def test_a_reader_sees_what_was_before_while_a_writer_works(store: Store) -> None:
    """A reader never waits for the writer: it sees the committed past, and the new state once that is committed."""
    await make_server(store, 1)
    async with store.begin() as tx:
        await tx.execute(insert(server).values(id=2, changed_by=1, changed_at=NOON))
        assert await servers(store) == [1]
    assert await servers(store) == [1, 2]


async def test_one_read_sees_one_moment(store: Store) -> None:
    """A view that has begun to read does not change while somebody writes."""
    await make_server(store, 1)
    count = select(func.count()).select_from(server)
    async with store.read() as tx:
        before = await tx.scalar(count)
        await make_server(store, 2)
        assert await tx.scalar(count) == before


async def test_a_view_cannot_write(store: Store) -> None:
    """A write through `read` is refused by the database itself."""
    with pytest.raises(StoreError):
        async with store.read() as tx:
            await tx.execute(insert(server).values(id=1, changed_by=1, changed_at=NOON))


async def test_foreign_keys_are_kept(store: Store) -> None:
    """A row that refers to nothing is refused, on SQLite too."""
    with pytest.raises(IntegrityError):
        async with store.begin() as tx:
            await tx.execute(insert(alias).values(hash="h", kind="guid", opening_id=404, seen_at=NOON))


async def test_sqlite_is_set_up_to_keep_promises(sqlite_store: Store) -> None:
    """What is committed survives a power cut (WAL, FULL) and what is deleted leaves no bytes."""
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }
    async with sqlite_store.begin() as tx:
        for pragma, value in wanted.items():
            assert (await tx.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one() == value


async def test_a_bug_stays_a_bug(store: Store) -> None:
    """A wrong statement is not dressed up as a trouble of the database."""
    with pytest.raises(DBAPIError):
        async with store.begin() as tx:
            await tx.exec_driver_sql("SELECT no_such_column FROM server")


async def test_moments_come_back_as_they_went_in(store: Store) -> None:
    """A moment keeps its microseconds and comes back in UTC; one without a zone is refused."""
    moment = datetime(2026, 3, 29, 2, 30, 0, 123457, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    async with store.begin() as tx:
        await tx.execute(insert(server).values(id=1, changed_by=1, changed_at=moment))
    async with store.read() as tx:
        kept = (await tx.execute(select(server.c.changed_at))).scalar_one()
    assert kept == moment and kept.tzinfo is UTC
    with pytest.raises(StatementError, match="without a zone"):
        async with store.begin() as tx:
            naive = moment.replace(tzinfo=None)
            await tx.execute(insert(server).values(id=2, changed_by=1, changed_at=naive))


async def test_insert_new_answers_with_the_new_rows_alone(store: Store) -> None:
    """insert_new keeps what no key forbids, answers with it, and leaves the rest as it was; 2,500 rows at once."""
    rows = [{"id": f"f{n}", "url": "https://a.example", "next_read_at": NOON} for n in range(2500)]
    async with store.begin() as tx:
        assert await insert_new(tx, feed, [], returning=feed.c.id) == []
        assert await insert_new(tx, feed, rows[:3], returning=feed.c.id) == ["f0", "f1", "f2"]
    changed = [{**row, "url": "https://b.example"} for row in rows]
    async with store.begin() as tx:
        new = await insert_new(tx, feed, [*changed, changed[-1]], returning=feed.c.id)
    assert sorted(new) == sorted(row["id"] for row in rows[3:])
    async with store.read() as tx:
        urls = (
            await tx.execute(select(feed.c.url).where(feed.c.id.in_(["f0", "f2499"])).order_by(feed.c.id))
        ).scalars()
        assert list(urls) == ["https://a.example", "https://b.example"]


async def test_the_dialect_is_told(store: Store, store_url: str) -> None:
    """`dialect` is the database's short name."""
    assert store_url.startswith(store.dialect)


async def test_it_closes_when_nobody_reads_any_more(store: Store) -> None:
    """A reader who has begun reads to the end; its connection is closed with the others."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def reads() -> int:
        async with store.read() as tx:
            begun.set()
            await go_on.wait()
            return (await tx.execute(select(func.count()).select_from(server))).scalar_one()

    reading = asyncio.ensure_future(reads())
    await begun.wait()
    closing = asyncio.ensure_future(store.close())
    _, waiting = await asyncio.wait({closing}, timeout=0.05)
    assert waiting == {closing}
    go_on.set()
    await closing
    assert await reading == 0


@pytest.mark.parametrize("unit", ["begin", "read"])
async def test_whoever_comes_after_the_end_is_refused(store: Store, unit: str) -> None:
    """Else a connection would be opened that nobody closes."""
    await store.close()
    with pytest.raises(StoreError, match="closed"):
        async with getattr(store, unit)():
            raise AssertionError("it was let in")
