"""The minute's duties of check-ins when a million weeks are kept and nothing is due, on both databases."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import case, false, func, insert, literal, null, select, text

from benchmarks.parts import Tell
from benchmarks.tables import Outcome, Row, Target, percentile
from benchmarks.village import MINUTE, MONDAY, Village, server_name, village
from bot.checkins import week as rules
from bot.checkins.flow import outages, places, pods, reminders, weeks
from bot.checkins.store import pods as pod_store
from bot.storage.tables import checkin_group, cycle, group_member, guard, member_week, pod, pod_member
from tools import services

SERVERS, GROUPS, MEMBERS, WEEKS = 8, 400, 20_000, 50
SIZE, POD, FORMER = MEMBERS // GROUPS, 4, 3
PODS = MEMBERS // 3 // POD  # a third of the members is in pods of four, and was in three others before
BEATS, WARM_UP = 200, 10
LIMIT_MS = 50

SATURDAY = MONDAY + timedelta(days=5)  # every group is open, nobody's week is due
FIRST = MONDAY - timedelta(weeks=WEEKS - 1)
LEARNED = "Short notes to people I know work best; twelve of them is too many for one week."
GOALS = '[["Tailor two applications",true],["Ask two people about their teams",false]]'


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of each time."""

    beats: list[float]
    busy: list[float]  # of the processor, this process alone
    bare: list[float]


async def measure(tell: Tell) -> Outcome:
    """SQLite, then a PostgreSQL of our own where there can be one."""
    found = {"SQLite": await _times("", lambda words: tell(f"SQLite: {words}"))}
    absent = ""
    try:
        with services.postgresql() as address:
            async with _database(address) as url:
                found["PostgreSQL"] = await _times(url, lambda words: tell(f"PostgreSQL: {words}"))
    except services.Unavailable as reason:
        absent = f" {reason}."
    rows = [
        row
        for name, times in found.items()
        for row in (
            _row(f"{name}: all five duties", times.beats),
            _row(f"{name}: the same, of this process's processor", times.busy),
            _row(f"{name}: a bare SELECT 1", times.bare),
        )
    ]
    return Outcome(
        title="The minute's duties with 1,000,000 weeks of members kept, nothing due",
        setup=f"{GROUPS} groups in {SERVERS} servers, {MEMBERS:,} members, {WEEKS} weeks, a third of the members in "
        f"pods; a Saturday on which every group is open. {BEATS} beats after {WARM_UP} to warm up: note_alive (which "
        "writes), mind_weeks, mind_pods, remind and mind_places, one after the other. Beside it one transaction that "
        f"asks for nothing.{absent}",
        columns=("p50, ms", "p99, ms", "worst, ms"),
        rows=[*rows, Row("what a beat may take", ("", str(LIMIT_MS), ""), "limit")],
        targets=[
            Target(f"p99 of a beat on {name} in ms", percentile(times.beats, 99), LIMIT_MS)
            for name, times in found.items()
        ],
    )


@asynccontextmanager
async def _database(address: str) -> AsyncIterator[str]:
    """A database of its own on a server that ends with the figure."""
    yield f"{address}/postgres"


async def _times(url: str, tell: Tell) -> Times:
    async with village(Village, url) as it:
        it.clock.now = SATURDAY
        tell("fills the tables")
        kept = await _fill(it)
        beats: list[float] = []
        busy: list[float] = []
        bare: list[float] = []
        tell(f"{BEATS} beats over {kept:,} weeks")
        for _ in range(BEATS + WARM_UP):
            it.clock.now += MINUTE
            began = time.process_time()
            beats.append(await _took(lambda: _beat(it)))
            busy.append(1000 * (time.process_time() - began))
            bare.append(await _took(lambda: _nothing(it)))
        return Times(beats[WARM_UP:], busy[WARM_UP:], bare[WARM_UP:])


async def _took(doing: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await doing()
    return 1000 * (time.perf_counter() - began)


async def _beat(it: Village) -> None:
    now = it.clock()
    await outages.note_alive(it.app, now)
    done = (
        await weeks.mind_weeks(it.app, server_name, now),
        await pods.mind_pods(it.app, now),
        await reminders.remind(it.app, server_name, now),
        await places.mind_places(it.app, now),
    )
    if any(done):
        raise RuntimeError(f"something was due: {done}")


async def _nothing(it: Village) -> None:
    async with it.app.store.read() as tx:
        await tx.execute(text("SELECT 1"))


def _row(who: str, times: list[float]) -> Row:
    return Row(who, (f"{percentile(times, 50):.1f}", f"{percentile(times, 99):.1f}", f"{max(times):.1f}"))


# -- what is kept ----------------------------------------------------------------------------------


async def _fill(it: Village) -> int:
    """Groups, members and cycles as rows; their weeks by the database itself. Gives how many weeks there are."""
    async with it.app.store.begin() as tx:
        await tx.execute(insert(checkin_group), [_group(number) for number in range(GROUPS)])
        await tx.execute(insert(group_member), [_in_group(number) for number in range(MEMBERS)])
        await tx.execute(insert(cycle), [_cycle(number) for number in range(GROUPS * (WEEKS + 1))])
        await tx.execute(insert(pod), [_pod(number) for number in range(PODS * (FORMER + 1))])
        inside = [one for number in range(PODS * (FORMER + 1)) for one in _inside(number)]
        await tx.execute(insert(pod_member), inside)
        await tx.execute(insert(guard), [_guard(number) for number in range(MEMBERS // 4)])
    async with it.app.store.begin() as tx:
        await tx.execute(_weeks())
    async with it.app.store.begin() as tx:
        for group_id in range(1, GROUPS + 1):
            await pod_store.drawn(tx, group_id, SATURDAY)
        if it.app.store.dialect == "postgresql":  # it does so by itself, some time later
            await tx.execute(text("ANALYZE"))
        kept: int = (await tx.execute(select(func.count()).select_from(member_week))).scalar_one()
    if kept != MEMBERS * WEEKS:
        raise RuntimeError(f"{kept:,} weeks, not {MEMBERS * WEEKS:,}")
    return kept


def _group(number: int) -> dict[str, Any]:
    name = f"Group {number}"
    return {
        "id": number + 1,
        "guild_id": _server(number),
        "name": name,
        "folded": name.casefold(),
        "channel_id": 10_000 + number,
        "zone": "Europe/Lisbon",
        "open_day": 4,
        "open_minute": 540,
        "digest_minute": 1080,
        "template": "search",
        "question": "",
        "starters": True,
        "pods": True,
        "state": "active",
        "season_week": FIRST.date().isoformat(),
        "made_at": FIRST,
        "changed_at": FIRST,
    }


def _server(group: int) -> int:
    return 1 + group % SERVERS


def _in_group(number: int) -> dict[str, Any]:
    """Fifty of each group; those of pods are its first."""
    group, place = divmod(number, SIZE)
    return {
        "group_id": group + 1,
        "user_id": 1_000_000 + number,
        "guild_id": _server(group),
        "joined_at": FIRST,
        "circle": "group",
        "wants_pod": place < SIZE * 2 // 5,
        "remind_day": 6 if place % 5 == 0 else None,
        "remind_minute": 600,
        "drift": place % 10 == 0,
        "drift_told": 0,
    }


def _cycle(number: int) -> dict[str, Any]:
    """A group's weeks: long over, this one open with its thread, and the next one scheduled."""
    group, turn = divmod(number, WEEKS + 1)
    week = FIRST.date() + turn * rules.WEEK
    final_at, opens_at = rules.final_at(week), rules.local(week, 4, 540, "Europe/Lisbon")
    digest_at = rules.local(week, rules.NEXT_MONDAY, 1080, "Europe/Lisbon")
    state, next_at = {WEEKS - 1: ("open", digest_at), WEEKS: ("scheduled", opens_at)}.get(
        turn, ("final", None)
    )
    return {
        "id": number + 1,
        "group_id": group + 1,
        "guild_id": _server(group),
        "week": week.isoformat(),
        "state": state,
        "template": "search",
        "question": "",
        "starter": "",
        "opens_at": opens_at,
        "digest_at": digest_at,
        "final_at": final_at,
        "extra_s": 0,
        "amnesty": False,
        "blocked_s": 0,
        "next_at": next_at,
        "place_id": None if state == "scheduled" else 2_000_000 + number,
        "reopened": False,
    }


def _pod(number: int) -> dict[str, Any]:
    """Those of now, and before them three times as many that have ended."""
    group = _group_of_pod(number)
    ended = number >= PODS
    return {
        "id": number + 1,
        "group_id": group + 1,
        "guild_id": _server(group),
        "name": f"Pod {number}",
        "thread_id": 3_000_000 + number,
        "made_at": FIRST,
        "ended_at": SATURDAY - timedelta(weeks=8) if ended else None,
    }


def _group_of_pod(number: int) -> int:
    return number % PODS % GROUPS


def _inside(number: int) -> list[dict[str, Any]]:
    """Four of its group, let in, and out again where it has ended."""
    group = _group_of_pod(number)
    first = number % PODS // GROUPS * POD
    ended = SATURDAY - timedelta(weeks=8) if number >= PODS else None
    return [
        {
            "pod_id": number + 1,
            "user_id": 1_000_000 + group * SIZE + first + place,
            "guild_id": _server(group),
            "since": FIRST,
            "left_at": ended,
            "let_in_at": FIRST,
            "let_out_at": ended,
        }
        for place in range(POD)
    ]


def _guard(number: int) -> dict[str, Any]:
    """One member in four guards themselves from an employer; fifty began to in the last day."""
    ago = timedelta(hours=12) if number % 100 == 0 else timedelta(weeks=20)
    return {
        "guild_id": _server(number % GROUPS),
        "user_id": 1_000_000 + number % GROUPS * SIZE + number // GROUPS,
        "kind": "employer",
        "mark": f"employer {number}",
        "name": f"Employer {number}",
        "made_at": SATURDAY - ago,
    }


def _weeks() -> Any:
    """Every member's row of every week that has opened, with words in three of four, by one statement."""
    m, c, w = group_member.c, cycle.c, member_week.c
    said = (m.user_id + c.id) % 4 != 0
    this_week = c.state == "open"
    state = case((said, "on_time"), (this_week, "pending"), (c.id % 2 == 0, "missed"), else_="frozen")
    moment = case((said, c.opens_at), else_=null())
    reminded = case((this_week & ~said & m.remind_day.is_not(None), c.digest_at), else_=null())
    columns = {
        w.cycle_id: c.id,
        w.group_id: c.group_id,
        w.guild_id: c.guild_id,
        w.user_id: m.user_id,
        w.week: c.week,
        w.state: state,
        w.first: false(),
        w.due_at: c.digest_at,
        w.late_until: c.final_at,
        w.remind_at: reminded,
        w.submitted_at: moment,
        w.circle: case((said, "group"), else_=""),
        w.reviewed: case((said, GOALS), else_=""),
        w.learned: case((said, LEARNED), else_=""),
        w.goals: case((said, GOALS), else_=""),
        w.card_place_id: case((said, c.place_id), else_=null()),
    }
    columns |= {w[name]: literal("") for name in ("if_then", "going", "answer", "ideas", "win")}
    begun = select(*columns.values()).select_from(cycle.join(group_member, m.group_id == c.group_id))
    return insert(member_week).from_select(list(columns), begun.where(c.state != "scheduled"))
