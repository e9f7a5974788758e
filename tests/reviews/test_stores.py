"""What rounds keep, on both databases each time: every field comes back as it was, and races have one winner."""

from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from typing import Any

from bot.deliveries.planned import decode
from bot.people.members import Key
from bot.refusals import Refusal
from bot.reviews import round as rules
from bot.reviews.draw import Drawn, draw
from bot.reviews.flow import asking, giving, rounds
from bot.reviews.pool import Table
from bot.reviews.store import readers, requests, settings
from bot.reviews.store import rounds as store
from bot.reviews.values import Reader, Request, Round, Settings
from bot.workers import Pool
from tests.reviews.parts import ANA, BOB, CLEO, DAY, GUILD, HOUR, MO, MONDAY, SERVER, Square

OTHER_GUILD = 2


def differs(one: Any, other: Any) -> set[str]:
    """The fields in which two values part."""
    return {each.name for each in fields(one) if getattr(one, each.name) != getattr(other, each.name)}


def request(**given: Any) -> Request:
    usual = Request(0, GUILD, ANA, "resume", "open", "soon", 2, "en", "draft", MONDAY)
    return replace(usual, **given)


# -- what is kept comes back -----------------------------------------------------------------------


async def test_settings_as_they_were(it: Square) -> None:
    """Written, written anew, due, and of another server nothing."""
    way = Settings(GUILD, 10, "Asia/Kathmandu", False, 3, 17, 0, 168, 1000, 30, MONDAY, MONDAY + HOUR)
    async with it.app.store.begin() as tx:
        assert await settings.one(tx, GUILD) == Settings(GUILD)
        await settings.keep(tx, replace(way, zone="UTC"), MO.id, MONDAY)
        await settings.keep(tx, way, MO.id, MONDAY)
        assert await settings.one(tx, GUILD) == way
        assert await settings.some(tx, [GUILD, OTHER_GUILD]) == {GUILD: way}
        assert await settings.due(tx, MONDAY, 5) == [way]
        await settings.wait_until(tx, GUILD, None, MONDAY + HOUR)
        assert await settings.due(tx, MONDAY, 5) == []
        assert await settings.due(tx, MONDAY + HOUR, 5) == [replace(way, next_round_at=None)]


async def test_requests_as_they_were(it: Square) -> None:
    """Every field that may change does, and nobody else's row."""
    later = ("waiting_since", "first", "tried_at", "delivered_at", "gone_at")
    moved: dict[str, Any] = dict.fromkeys(later, MONDAY + DAY)
    async with it.app.store.begin() as tx:
        number = await requests.add(tx, request(target="Ünï · 🙂\nline"))
        other = await requests.add(tx, request(guild_id=OTHER_GUILD))
        whole = request(id=number, kind="pitch", mode="blind", when="round", needs=1, language="pt-BR")
        whole = replace(whole, state="expired", target="t", asks="a", link="l", text="x", revision=2, pages=4)
        whole = replace(whole, sha256="s", thread_id=1 << 60, message_id=5, expires_at=MONDAY, **moved)
        assert len(
            differs(whole, Request(0, 0, 0, "letter", "open", "soon", 2, "en", "draft", MONDAY + DAY))
        ) == len(fields(Request))
        await requests.keep(tx, [whole])
        assert await requests.one(tx, GUILD, number) == whole
        assert await requests.one(tx, GUILD, other) is None
        assert await requests.some(tx, [number, 99]) == {number: whole}
        assert await requests.of_author(tx, GUILD, ANA) == [whole]
        assert await requests.in_state(tx, GUILD, "expired", "draft") == [whole]
        assert await requests.in_state(tx, GUILD, "waiting") == []
        assert await requests.expiring(tx, MONDAY, 5) == [whole]
        assert await requests.expiring(tx, MONDAY - HOUR, 5) == []
        assert (await requests.one(tx, OTHER_GUILD, other)) == request(id=other, guild_id=OTHER_GUILD)


async def test_readers_as_they_were(it: Square) -> None:
    """Kinds and languages keep their order, none is none; who left is not among those who read."""
    one = Reader(GUILD, BOB, 4, ("pitch", "resume"), ("pt-BR", "en"), MONDAY, MONDAY, MONDAY + DAY)
    none = Reader(GUILD, ANA, 1, (), (), MONDAY)
    async with it.app.store.begin() as tx:
        for each in (one, none, replace(one, capacity=3), one):
            await readers.keep(tx, each)
        assert await readers.one(tx, GUILD, BOB) == one
        assert await readers.one(tx, OTHER_GUILD, BOB) is None
        assert await readers.reading(tx, GUILD) == [none, one]
        await readers.keep(tx, replace(one, left_at=MONDAY))
        assert await readers.reading(tx, GUILD) == [none]


async def test_rounds_as_they_were(it: Square) -> None:
    """With their papers; standing, due and newest are what they say."""
    async with it.app.store.begin() as tx:
        one = await store.add(tx, rules.begun(GUILD, "hand", MO.id, MONDAY))
        assert await store.standing(tx, GUILD) == one
        assert await store.due(tx, MONDAY, 5) == [one]
        told = Round(one.id, GUILD, "weekly", "published", "s", MONDAY, None, "g", "r", MONDAY, MONDAY + DAY)
        told = replace(told, published_at=MONDAY, closed_at=MONDAY)
        await store.keep(tx, told)
        assert await store.one(tx, GUILD, one.id) == told
        assert await store.one(tx, OTHER_GUILD, one.id) is None
        assert await store.standing(tx, GUILD) is None
        assert await store.due(tx, MONDAY, 5) == []
        assert await store.with_papers(tx, GUILD) == [told]
        newer = await store.add(tx, rules.begun(GUILD, "tick", None, MONDAY))
        assert [each.id for each in await store.of_server(tx, GUILD, 5)] == [newer.id, told.id]
        for _ in range(2):
            await store.veto(tx, newer, ANA, BOB, MO.id, MONDAY)
        await store.veto(tx, newer, BOB, CLEO, MO.id, MONDAY)
        assert await store.vetoes(tx, newer.id) == {(ANA, BOB), (BOB, CLEO)}
        await store.forget_vetoes(tx, GUILD, ANA)
        assert await store.vetoes(tx, newer.id) == {(BOB, CLEO)}


async def test_a_round_in_a_child_process(it: Square) -> None:
    """What is asked goes there and what is answered comes back, as values; papers and pairs are as drawn here."""
    await ready(it)
    pool = Pool(size=1)
    it.app = replace(it.app, workers=pool)
    try:
        opened = await rounds.open_round(it.app, MO, it.clock())
        await rounds.mind_rounds(it.app, lambda _: SERVER, it.clock())
    finally:
        await pool.close()
    (one,) = await it.rounds()
    assert (one.id, one.state) == (opened.id, "previewed")
    assert decode(Drawn, one.result) == draw(decode(Table, one.given), one.seed)


# -- races ---------------------------------------------------------------------------------------


async def ready(it: Square) -> None:
    await it.settle(next_tick_at=None)
    await it.met(ANA, BOB, CLEO)
    await it.join_reader(ANA, BOB, CLEO)
    for author_id in (ANA, BOB, CLEO):
        await it.hand_in(author_id, when="round")


async def test_two_rounds_opened_at_once(it: Square) -> None:
    """One of the two is; the other moderator hears that a round is open."""
    await ready(it)
    both = [rounds.open_round(it.app, MO, it.clock()) for _ in range(2)]
    answers = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in answers) == ["Refusal", "Round"]
    (no,) = [one for one in answers if isinstance(one, Refusal)]
    (opened,) = await it.rounds()
    assert (no.reason, no.facts) == ("round_open", {"round_id": opened.id})


async def test_a_round_published_twice_at_once(it: Square) -> None:
    """By two moderators and by itself: everybody is asked once."""
    await ready(it)
    one = await rounds.open_round(it.app, MO, it.clock())
    await rounds.mind_rounds(it.app, lambda _: SERVER, it.clock())
    presses = [rounds.publish(it.app, MO, one.id, SERVER, it.clock()) for _ in range(3)]
    answers = await asyncio.gather(*presses, return_exceptions=True)
    assert sum(isinstance(each, Round) for each in answers) == 1
    assert len(await it.readings()) == 6


async def test_two_vetoes_at_once(it: Square) -> None:
    """Both count, whichever draw is done first."""
    await ready(it)
    await it.in_the_open(ANA, BOB, CLEO)
    one = await rounds.open_round(it.app, MO, it.clock())
    await rounds.mind_rounds(it.app, lambda _: SERVER, it.clock())
    pairs = [(ANA, BOB), (BOB, CLEO)]
    vetoes = [rounds.veto(it.app, MO, one.id, *pair, it.clock()) for pair in pairs]
    await asyncio.gather(*vetoes, return_exceptions=True)
    for pair in pairs:  # whoever was told to look again presses again
        if pair in {(each.author_id, each.reader_id) for each in (await rounds.preview(it.app, MO)).pairs}:
            await rounds.veto(it.app, MO, one.id, *pair, it.clock())
    left = {(each.author_id, each.reader_id) for each in (await rounds.preview(it.app, MO)).pairs}
    assert left == {(ANA, CLEO), (BOB, ANA), (CLEO, ANA), (CLEO, BOB)}


async def test_withdrawn_and_drawn_at_once(it: Square) -> None:
    """Whichever comes first: nobody is left reading what is gone."""
    await ready(it)
    mine = (await it.requests())[0]
    one = await rounds.open_round(it.app, MO, it.clock())
    await rounds.mind_rounds(it.app, lambda _: SERVER, it.clock())
    await asyncio.gather(
        rounds.publish(it.app, MO, one.id, SERVER, it.clock()),
        asking.withdraw(it.app, Key(GUILD, ANA), mine.id, it.clock()),
        giving.leave(it.app, Key(GUILD, BOB), it.clock()),
    )
    live = [each for each in await it.readings() if each.state == "proposed"]
    assert live
    assert all(each.request_id != mine.id and each.reader_id != BOB for each in live)
