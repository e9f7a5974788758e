"""What meetings keep, on both databases each time: every field comes back as it was, and races have one winner."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.meets.store import draws, joined, matches, settings, threads
from bot.meets.values import Answer, Draw, Joined, Match, Settings
from bot.people.members import Key
from tests.meets.club import DAY, GUILD, HOUR, MONDAY, WEEK, Club
from tests.reviews.parts import ANA, BOB, CLEO, MO

OTHER_GUILD = 2
THIS, NEXT = date(2026, 11, 16), date(2026, 11, 23)


async def test_settings_as_they_were(it: Club) -> None:
    """Written, written anew, due; moderators are told once until it works again."""
    way = Settings(GUILD, 10, "Asia/Kathmandu", 3, 17, MONDAY, MONDAY - HOUR)
    async with it.app.store.begin() as tx:
        assert await settings.one(tx, GUILD) == Settings(GUILD)
        await settings.keep(tx, replace(way, zone="UTC"), MO.id, MONDAY)
        await settings.keep(tx, way, MO.id, MONDAY)
        assert await settings.one(tx, GUILD) == way
        assert await settings.some(tx, [GUILD, OTHER_GUILD]) == {GUILD: way}
        assert await settings.due(tx, MONDAY, 5) == [way]
        assert await settings.due(tx, MONDAY - HOUR, 5) == []
        blocked = [await settings.block(tx, GUILD, at) for at in (None, None, MONDAY, MONDAY)]
        assert blocked == [True, False, True, False]
        await settings.wait_until(tx, GUILD, None)
        assert await settings.due(tx, MONDAY + DAY, 5) == []


async def test_who_wants_what(it: Club) -> None:
    """Topics keep their order, weeks are days; who left is not among them, and who was alone lately is known."""
    one = Joined(GUILD, ANA, "mentor", MONDAY, "mentor", ("pay", "interviews"), 3, THIS, NEXT)
    other = Joined(GUILD, BOB, "mentor", MONDAY, "mentee", left_at=MONDAY + DAY)
    async with it.app.store.begin() as tx:
        assert await joined.one(tx, Key(GUILD, ANA), "mentor") is None
        for each in (replace(one, topics=()), one, other):
            await joined.keep(tx, each)
        assert await joined.one(tx, Key(GUILD, ANA), "mentor") == one
        assert await joined.one(tx, Key(GUILD, ANA), "coffee") is None
        assert await joined.one(tx, Key(GUILD, BOB), "mentor") == other
        assert await joined.of_member(tx, Key(GUILD, ANA)) == [one]
        assert await joined.in_kind(tx, GUILD, "mentor") == [one]
        await joined.alone(tx, GUILD, "mentor", [ANA], THIS)
        assert await joined.alone_since(tx, GUILD, "mentor", THIS) == [ANA]
        assert await joined.alone_since(tx, GUILD, "mentor", NEXT) == []


async def test_a_week_has_one_draw_of_each_kind(it: Club) -> None:
    """Whoever asks second gets none; what is told is due no more, and its week stays known."""
    first = Draw(0, GUILD, "coffee", THIS, "seed", "asked", MONDAY, given="{}", next_at=MONDAY)
    async with it.app.store.begin() as tx:
        assert await draws.last_week(tx, GUILD) is None
        added = [await draws.add(tx, one) for one in (first, first, replace(first, kind="mentor"))]
        assert added == [True, False, True]
        coffee, mentor = await draws.due(tx, MONDAY, (), 5)
        assert coffee == replace(first, id=coffee.id) and mentor.kind == "mentor"
        assert await draws.due(tx, MONDAY, [GUILD], 5) == [] and len(await draws.due(tx, MONDAY, (), 1)) == 1
        told = replace(coffee, state="told", tries=2, result="[]", next_at=None)
        await draws.keep(tx, told)
        assert await draws.one(tx, coffee.id) == told and await draws.one(tx, 404) is None
        assert await draws.standing(tx, GUILD) == [mentor]
        assert await draws.last_week(tx, GUILD) == THIS


async def test_matches_as_they_were(it: Club) -> None:
    """A mentor stands first; answers and debriefs are replaced, not added."""
    new = Match(0, GUILD, "mentor", THIS, (CLEO, ANA), MONDAY, 4)
    async with it.app.store.begin() as tx:
        number = await matches.add(tx, new, "pay", {ANA: "[]"}, MONDAY + HOUR)
        room = await matches.one(tx, GUILD, number)
        assert room is not None and room.match == replace(new, id=number)
        assert (room.about, room.thread_at, room.parted) == ("pay", MONDAY, False)
        assert await matches.one(tx, OTHER_GUILD, number) is None
        assert await matches.reasons(tx, number) == {CLEO: "", ANA: "[]"}
        assert await matches.since(tx, GUILD, "mentor", THIS) == [room.match]
        assert await matches.since(tx, GUILD, "mentor", NEXT) == []
        assert await matches.of_members(tx, GUILD, [BOB]) == []
        assert await matches.due(tx, MONDAY + HOUR, (), 5) == [room.match]
        asked = replace(room.match, state="met", asked=3)
        await matches.keep(tx, asked, None)
        assert await matches.due(tx, MONDAY + WEEK, (), 5) == []
        for met in (True, False):
            await matches.say(tx, GUILD, Answer(number, ANA, 1, met, MONDAY))
            await matches.keep_debrief(tx, GUILD, number, ANA, {"safe": met}, MONDAY)
        assert await matches.answers(tx, [number]) == {number: [Answer(number, ANA, 1, False, MONDAY)]}
        assert await matches.debrief(tx, number, ANA) == {"safe": False}
        assert await matches.debrief(tx, number, CLEO) == {}


async def test_threads_as_they_were(it: Club) -> None:
    """Tried once, opened, replaced when it is gone; one that was parted meanwhile is looked after all the same."""
    async with it.app.store.begin() as tx:
        number = await matches.add(tx, Match(0, GUILD, "coffee", THIS, (ANA, BOB), MONDAY), "", {}, MONDAY)
        assert [one.match.id for one in await threads.to_tend(tx, MONDAY, (), 5)] == [number]
        assert await threads.to_tend(tx, MONDAY, [GUILD], 5) == []
        await threads.tried(tx, number, MONDAY)
        await threads.tried(tx, number, MONDAY + HOUR)
        await threads.opened(tx, number, 77)
        await threads.let_in(tx, number, ANA, 77, MONDAY)
        assert await threads.inside(tx, number) == {ANA: True, BOB: False}
        await threads.rests(tx, number, None, parted=False)
        assert await threads.to_tend(tx, MONDAY + DAY, (), 5) == []
        assert not await threads.lost(tx, 77, MONDAY - HOUR, MONDAY)
        assert await threads.lost(tx, 77, MONDAY, MONDAY)
        assert await threads.inside(tx, number) == {ANA: False, BOB: False}
        await matches.part(tx, [number], MONDAY + HOUR)
        await threads.rests(tx, number, None, parted=False)
        (room,) = await threads.to_tend(tx, MONDAY + HOUR, (), 5)
        assert room.parted and room.thread_id is None
        await threads.let_out(tx, number, ANA, MONDAY)
        assert await threads.inside(tx, number) == {BOB: False}
        await threads.rests(tx, number, MONDAY + DAY, parted=True)
        await threads.wake(tx, GUILD, MONDAY + HOUR)
        assert len(await threads.to_tend(tx, MONDAY + HOUR, (), 5)) == 1
