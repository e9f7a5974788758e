"""Many forms at once, on both databases: they share transactions, and each is whole or not there."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

import pytest

from bot.checkins.flow import saying
from bot.checkins.joining import Mine
from bot.checkins.plan import Typed
from bot.people.members import Key
from bot.storage import Store, Tx
from tests.checkins.parts import GUILD, Town
from tests.checkins.presses import ANA, BOB, CLEO, cards, opened, say, week

pytestmark = pytest.mark.store


async def test_forms_that_come_together_share_a_transaction(it: Town) -> None:
    """Each gets its own answer; one that is refused takes nobody along."""
    keys = [Key(GUILD, 200 + number) for number in range(12)]
    group = await opened(it, *keys)
    answers = await asyncio.gather(
        *(say(it, group, key, learned="x" * 601 if key is keys[3] else "fine") for key in keys),
        return_exceptions=True,
    )
    wrong = [one for one in answers if isinstance(one, BaseException)]
    assert [str(one) for one in wrong] == ["too_long"]
    assert [(await week(it, group, key)).state for key in keys] == [
        "pending" if key is keys[3] else "on_time" for key in keys
    ]
    assert len(await cards(it, group)) == 11


async def test_two_forms_of_one_member_at_once_are_a_check_in_and_its_edit(it: Town) -> None:
    """One row, one card; the last one's words stand."""
    group = await opened(it, ANA)
    await asyncio.gather(*(_send(it, ANA, words) for words in ("first", "second", "third")))
    one = await week(it, group, ANA)
    assert (one.said.learned, one.edited_at) == ("third", it.clock())
    assert [card.learned for card in await cards(it, group)] == ["third"]


class Breaking:
    """A store whose k-th statement breaks, once."""

    def __init__(self, store: Store, statement: int) -> None:
        self.store, self.left = store, statement

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        async with self.store.begin() as tx:
            yield cast(Tx, Statements(tx, self))


class Statements:
    """The statements of one of its transactions."""

    def __init__(self, tx: Tx, store: Breaking) -> None:
        self.dialect, self._tx, self._store = tx.dialect, tx, store

    async def execute(self, *statement: Any) -> Any:
        self._count()
        return await self._tx.execute(*statement)

    async def exec_driver_sql(self, *statement: Any) -> Any:
        self._count()
        return await self._tx.exec_driver_sql(*statement)

    def _count(self) -> None:
        self._store.left -= 1
        if self._store.left == 0:
            raise ConnectionAbortedError("cut off")


async def test_what_breaks_off_anywhere_is_kept_whole_or_not_at_all(it: Town) -> None:
    """At each statement in turn: a week with its card, or neither. Several at once try again, each alone, and are
    kept in any case."""
    group = await opened(it, ANA, BOB, CLEO)
    broken = {1: 0, 3: 0}
    for statement, keys in itertools.product(range(1, 41), ([ANA], [ANA, BOB, CLEO])):
        store = Breaking(it.app.store, statement)
        cut_off = replace(it, app=replace(it.app, store=cast(Store, store)))
        words = [f"{key.user_id} {statement} {len(keys)}" for key in keys]
        sending = (_send(cut_off, key, said) for key, said in zip(keys, words, strict=True))
        done = await asyncio.gather(*sending, return_exceptions=True)
        posted = {card.author_id: card.learned for card in await cards(it, group)}
        for key, said, answer in zip(keys, words, done, strict=True):
            kept = (await week(it, group, key)).said.learned
            assert kept == posted.get(key.user_id, "")
            assert (kept == said) is not isinstance(answer, BaseException)
        assert any(isinstance(answer, BaseException) for answer in done) is (
            store.left <= 0 and len(keys) == 1
        )
        broken[len(keys)] += store.left <= 0
    assert all(broken.values())


async def _send(it: Town, key: Key, words: str) -> Mine:
    """A form, with no other question to the store before it."""
    now = it.clock()
    return await saying.submit(it.app, key, 1, Typed(learned=words), "group", now, now, now)
