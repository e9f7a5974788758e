"""The process ends between any two steps of a document's life: nothing is there twice, at the end nothing at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import cast

import pytest

from bot.app import App
from bot.deliveries.flow import send_due
from bot.people.members import Key
from bot.reviews.flow import asking, documents, readings
from bot.reviews.messages import HELLO, PAGES, WORD
from bot.storage import Store
from tests import proofs
from tests.killed import Fate, Killed, MortalMessenger, MortalStore
from tests.reviews.papers import draft, files_in, inside, open_threads, pdf
from tests.reviews.parts import ANA, BOB, CLEO, GUILD, Square
from tests.reviews.parts import square as a_square


@dataclass
class Life:
    """A square whose process may end; each part of the story is gone on with until nothing is left to do."""

    it: Square
    mortal: App
    killed: bool = False

    async def handed_in(self, number: int) -> None:
        """Its author presses again, as often as the press comes to nothing."""
        while (await self.it.request(number)).state == "draft":
            try:
                assert await documents.place(self.mortal, number, pdf(1), self.it.clock()) is None
            except Killed:
                self.killed = True

    async def rest(self) -> None:
        for _ in range(40):
            try:
                done = await documents.mind_documents(self.mortal, self.it.clock())
            except Killed:
                self.killed = True
                continue
            await send_due(self.it.app, self.it.sender)
            if not done:
                return
        raise AssertionError("it never comes to rest")


def _life(fresh: Store, at: int) -> tuple[Life, Fate]:
    it, fate = a_square(fresh), Fate(at)
    discord = MortalMessenger(it.clock, fate=fate)
    immortal = it.discord
    for name in ("threads", "inside", "files", "closed", "channels"):
        setattr(discord, name, getattr(immortal, name))
    store = cast(Store, MortalStore(fresh, fate))
    return Life(it, replace(it.app, store=store, messenger=discord)), fate


async def _lived(fresh: Store, mode: str, at: int) -> tuple[bool, int]:
    """Handed in, read by two, one gives up, withdrawn; the process ends once, at that moment. Was it reached?"""
    life, fate = _life(fresh, at)
    it = life.it
    await it.settle()
    await it.met(ANA, BOB, CLEO)
    await it.join_reader(BOB, CLEO)
    one = await draft(it, ANA, mode=mode, pages=1)
    await life.handed_in(one.id)
    await life.rest()
    assert len(open_threads(it)) == len(it.discord.files) == 1
    proposed = [await it.propose(one, reader_id) for reader_id in (BOB, CLEO)]
    for each in proposed:
        await readings.accept(it.app, Key(GUILD, each.reader_id), each.id, it.clock())
    await life.rest()
    _all_inside(it, [await it.reading(each.id) for each in proposed], (await it.request(one.id)).thread_id)
    await readings.decline(it.app, Key(GUILD, BOB), proposed[0].id, it.clock())
    await life.rest()
    assert all(BOB not in who for who in it.discord.inside.values())
    await asking.withdraw(it.app, Key(GUILD, ANA), one.id, it.clock())
    await life.rest()
    assert (it.discord.files, open_threads(it)) == ({}, [])
    assert set().union(*it.discord.inside.values()) == {ANA}
    words = [kind for thread in it.discord.threads for kind in it.kinds(thread)]
    expected = [HELLO, *([WORD] * 2 if mode == "open" else [PAGES] * 2)]
    assert sorted(words) == sorted(expected)
    return life.killed, fate.passed


def _all_inside(it: Square, theirs: list[object], thread_id: int | None) -> None:
    blind = [one.thread_id for one in theirs if one.thread_id is not None]  # type: ignore[attr-defined]
    if not blind:
        assert inside(it, thread_id) == {ANA, BOB, CLEO}
        return
    assert [inside(it, one) for one in blind] == [{BOB}, {CLEO}]
    assert inside(it, thread_id) == {ANA}
    assert [len(files_in(it, one)) for one in blind] == [1, 1]


@pytest.mark.proof
@pytest.mark.parametrize("mode", ["open", "blind"])
async def test_a_kill_between_any_two_steps(
    mode: str, fresh_store: Callable[[], Awaitable[Store]], record_property: Callable[[str, object], None]
) -> None:
    """One thread, one file, one word each, every reader where they belong; all gone at the end, wherever it ends."""
    _, moments = await _lived(await fresh_store(), mode, -1)
    assert moments > 40
    every = range(1, moments + 1, proofs.size(9, 1))
    for at in every:
        killed, _ = await _lived(await fresh_store(), mode, at)
        assert killed, at
    record_property("promise", f"A document ({mode}) stands once and goes wholly, wherever the process ends")
    record_property("figure", f"{len(every)} of {moments} moments: nothing twice, nothing left")
