"""What each duty of check-ins asks every minute is answered by an index, however many weeks are kept."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.checkins.flow import outages, pods, reminders, weeks
from bot.checkins.flow.notices import mind_blocked
from bot.checkins.flow.places import mind_places
from bot.checkins.groups import digests_of
from bot.deliveries import store as outbox
from tests.checkins.parts import HOUR, Town, server_name
from tests.checkins.presses import ANA, BOB, opened, say

GROWING = {"cycle", "member_week", "delivery"}  # … with every week that passes

Asked = tuple[str, tuple[Any, ...]]


@contextmanager
def listening() -> Iterator[list[Asked]]:
    """Every question that is put to a database while the block runs, with its parameters."""
    found: list[Asked] = []

    def hear(_c: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith("SELECT"):
            found.append((statement, tuple(parameters)))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


async def due_questions(it: Town) -> list[Asked]:
    """What the duties ask while a week is open, its cards have a place, and nothing is due."""
    group = await opened(it, ANA, BOB, pods=True)
    await say(it, group, ANA)
    await it.walk(HOUR)
    with listening() as found:
        now = it.clock()
        await outages.note_alive(it.app, now)
        await weeks.mind_weeks(it.app, server_name, now)
        await pods.mind_pods(it.app, now)
        await reminders.remind(it.app, server_name, now)
        await mind_places(it.app, now)
        await mind_blocked(it.app, now)
    return found


async def plans(url: str, questions: list[Asked]) -> list[str]:
    """How the database would answer each. PostgreSQL, whose tables are nearly empty here, may read a whole table only
    where it has no other way."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            asked = [(f"EXPLAIN QUERY PLAN {statement}", values) for statement, values in questions]
            return ["\n".join(row[3] for row in file.execute(*one)) for one in asked]
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SET enable_seqscan = off")
        return [
            "\n".join(row[0] for row in await connection.fetch(f"EXPLAIN {statement}", *values))
            for statement, values in questions
        ]
    finally:
        await connection.close()


def read_whole(plan: str) -> set[str]:
    """The tables that a plan walks through from the first row to the last."""
    return set(re.findall(r"(?:\bSCAN |Seq Scan on )(\w+)", plan))


async def test_no_duty_walks_through_a_table_that_grows_every_week(it: Town, store_url: str) -> None:
    """Cycles, members' weeks and deliveries are found by an index when the duties ask what is due."""
    questions = await due_questions(it)
    asked = {table for statement, _ in questions for table in GROWING if f"FROM {table}" in statement}
    assert asked == GROWING
    whole = {
        statement: tables
        for (statement, _), plan in zip(questions, await plans(store_url, questions), strict=True)
        if (tables := read_whole(plan) & GROWING)
    }
    assert whole == {}
    # Nearly every delivery is no member's: by that index a duty would walk through all of them.
    assert not [plan for plan in await plans(store_url, questions) if "ix_delivery_member_id" in plan]


async def test_what_stands_is_found_by_its_key(it: Town, store_url: str) -> None:
    """However many beginnings of keys are asked for at once, an index finds each."""
    with listening() as questions:
        async with it.app.store.read() as tx:
            await outbox.said_each(tx, [digests_of(number) for number in range(50)])
    plan = "\n".join(await plans(store_url, questions))
    assert "delivery" in plan
    assert read_whole(plan) == set()


async def test_a_plan_that_walks_through_a_table_is_seen(it: Town, store_url: str) -> None:
    """The check above would notice: no index knows what was learned."""
    question: Asked = ("SELECT id FROM member_week WHERE learned = 'x'", ())
    assert [read_whole(plan) for plan in await plans(store_url, [question])] == [{"member_week"}]
