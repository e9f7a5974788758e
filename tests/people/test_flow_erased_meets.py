"""Erasing, taking away and forgetting what meetings of two keep: nothing is left, and nobody else is named."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.deliveries.planned import encode
from bot.meets.flow import drawing, meetings, papers, threads
from bot.meets.values import Settings
from bot.people.flow import privacy, retention
from bot.people.kept_meets import MET, PAPERS
from bot.people.members import Key
from bot.people.privacy import erased_mark
from bot.storage import Store, erasures
from bot.storage.tables import (
    meet_answer,
    meet_debrief,
    meet_draw,
    meet_joined,
    meet_match,
    meet_member,
    meet_setting,
)
from tests.fakes import KEY
from tests.people.planting import dump, naming
from tests.reviews.papers import inside, open_threads
from tests.reviews.parts import ANA, BOB, CHANNEL, CLEO, DAN, DAY, GUILD, MONDAY, Square, server_name, square

pytestmark = pytest.mark.store

ELSEWHERE = 2  # another server with the same people
WEEK = MONDAY.date()


@pytest.fixture(autouse=True)
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of erasures lies beside the database: a folder of this test's own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
async def it(store: Store) -> Square:
    """A server that draws each week; all four want coffee, and DAN has chosen when."""
    made = square(store)
    await made.met(ANA, BOB, CLEO, DAN)
    setting = {"guild_id": GUILD, "channel_id": CHANNEL, "zone": "UTC", "day": 0, "minute": 540}
    setting |= {"changed_by": DAN, "changed_at": MONDAY, "next_draw_at": MONDAY + 7 * DAY}
    async with store.begin() as tx:
        await tx.execute(insert(meet_setting).values(setting))
        for who in (ANA, BOB, CLEO, DAN):
            row = {"guild_id": GUILD, "user_id": who, "kind": "coffee", "joined_at": MONDAY}
            await tx.execute(insert(meet_joined).values(row | {"role": "", "topics": "pay", "most": 1}))
    return made


def key(user_id: int, guild_id: int = GUILD) -> Key:
    return Key(guild_id, user_id)


async def together(it: Square, *user_ids: int, guild_id: int = GUILD) -> int:
    """These were drawn together, are in their thread, said that they met, and looked back; gives the match."""
    now = it.clock()
    match = {"guild_id": guild_id, "kind": "coffee", "week": WEEK.isoformat(), "weeks": 1, "about": ""}
    match |= {"state": "drawn", "asked": 0, "drawn_at": now, "next_at": now + 3 * DAY, "parted": False}
    async with it.app.store.begin() as tx:
        made = insert(meet_match).values(match | {"thread_at": now}).returning(meet_match.c.id)
        number: int = (await tx.execute(made)).scalar_one()
        for place, user_id in enumerate(user_ids):
            mine = {"match_id": number, "user_id": user_id, "guild_id": guild_id}
            await tx.execute(insert(meet_member).values(mine | {"place": place, "reasons": "[]"}))
            said = {"turn": 0, "met": True, "said_at": now}
            await tx.execute(insert(meet_answer).values(mine | said))
            back = {"answers": json.dumps({"clear": user_id == ANA}), "changed_at": now}
            await tx.execute(insert(meet_debrief).values(mine | back))
    await beat(it)
    return number


async def beat(it: Square) -> None:
    await meetings.mind_meetings(it.app, server_name, it.clock())
    await threads.mind_threads(it.app, server_name, it.clock())
    await it.beat()


async def thread_of(it: Square, match_id: int) -> int:
    async with it.app.store.read() as tx:
        asked = select(meet_match.c.thread_id).where(meet_match.c.id == match_id)
        found: int = (await tx.execute(asked)).scalar_one()
    return found


async def exported(it: Square, user_id: int) -> dict[str, list[dict[str, Any]]]:
    said = json.loads(await privacy.export(it.app, key(user_id), it.clock()))
    tables: dict[str, list[dict[str, Any]]] = said["servers"][0]["tables"]
    return {name: rows for name, rows in tables.items() if name.startswith("meet_")}


# -- erasing -------------------------------------------------------------------------------------


async def test_one_of_two_is_erased(it: Square) -> None:
    """They leave the thread at once; it is over for the other as any early end, who keeps their own answers."""
    match = await together(it, ANA, BOB)
    thread = await thread_of(it, match)
    assert inside(it, thread) == {ANA, BOB}
    await privacy.erase(it.app, key(ANA), it.clock())
    assert inside(it, thread) == {BOB}
    assert naming(await dump(it.app.store), ANA) == []
    assert await privacy.to_erase(it.app, key(ANA)) == {}
    await beat(it)
    rows = await dump(it.app.store)
    assert (rows["meet_match"][0]["state"], open_threads(it)) == ("ended", [])
    assert [(row["user_id"], row["met"]) for row in rows["meet_answer"]] == [(BOB, True)]
    assert [row["user_id"] for row in rows["meet_debrief"]] == [BOB]


@pytest.mark.parametrize("order", [(ANA, BOB), (BOB, ANA)])
async def test_both_are_erased(it: Square, order: tuple[int, int]) -> None:
    """In any order: nothing names either, nobody is in a thread, and the second time there is nothing to do."""
    await together(it, ANA, BOB)
    for who in order:
        assert (await privacy.erase(it.app, key(who), it.clock())).rows > 0
    await beat(it)
    rows = await dump(it.app.store)
    assert naming(rows, ANA) == naming(rows, BOB) == [] and open_threads(it) == []
    assert rows["meet_member"] == rows["meet_answer"] == rows["meet_debrief"] == []
    for who in order:
        assert await privacy.erase(it.app, key(who), it.clock()) == privacy.Erased(0, True)


async def test_another_server_keeps_everything(it: Square) -> None:
    """Erased here, they still meet there; erased everywhere, they are nowhere."""
    await together(it, ANA, BOB)
    await together(it, ANA, BOB, guild_id=ELSEWHERE)
    there = await dump(it.app.store, ELSEWHERE)
    await privacy.erase(it.app, key(ANA), it.clock())
    assert await dump(it.app.store, ELSEWHERE) == there and len(there["meet_member"]) == 2
    await privacy.erase_everywhere(it.app, ANA, it.clock())
    assert naming(await dump(it.app.store), ANA) == []


async def asked(it: Square) -> int:
    """A draw of all four that is not drawn yet; gives its id."""
    way = Settings(GUILD, CHANNEL)
    async with it.app.store.begin() as tx:
        question = await papers.question(tx, way, "coffee", WEEK, it.clock())
        row = {"guild_id": GUILD, "kind": "coffee", "week": WEEK.isoformat(), "seed": "s", "state": "asked"}
        row |= {"given": encode(question), "result": "", "tries": 0}
        made = insert(meet_draw).values(row | {"asked_at": it.clock(), "next_at": it.clock()})
        number: int = (await tx.execute(made.returning(meet_draw.c.id))).scalar_one()
    return number


async def test_a_draw_goes_on_without_whoever_is_erased(it: Square) -> None:
    """Of three who are left, all meet; who was erased is in no paper, and is asked for nothing."""
    await it.block(BOB, ANA)
    await asked(it)
    assert (await dump(it.app.store))["meet_draw"][0]["given"].count(str(ANA)) > 1
    await privacy.erase(it.app, key(ANA), it.clock())
    assert naming(await dump(it.app.store), ANA) == []
    await drawing.mind_draws(it.app, server_name, it.clock())
    rows = await dump(it.app.store)
    assert rows["meet_draw"][0]["state"] == "told"
    assert {row["user_id"] for row in rows["meet_member"]} == {BOB, CLEO, DAN}


async def test_a_draw_that_was_told_keeps_no_paper_of_them(it: Square) -> None:
    """Whom they must not meet stands in it: it goes as a whole."""
    await asked(it)
    await drawing.mind_draws(it.app, server_name, it.clock())
    assert (await dump(it.app.store))["meet_draw"][0]["result"] != ""
    await privacy.erase(it.app, key(ANA), it.clock())
    (draw,) = (await dump(it.app.store))["meet_draw"]
    assert (draw["given"], draw["result"], draw["state"]) == ("", "", "told")


async def test_a_restored_backup_is_erased_again(it: Square) -> None:
    """An older database knows of a meeting: at the start it ends, and its thread is closed."""
    match = await together(it, ANA, BOB)
    log = erasures.erasures_file(it.app.settings.database_url)
    erasures.append(log, {erased_mark(KEY, GUILD, ANA): it.clock()})
    assert await privacy.keep_erased(it.app, it.clock()) == 1
    assert naming(await dump(it.app.store), ANA) == []
    await beat(it)
    assert await thread_of(it, match) in it.discord.closed


# -- forgetting ----------------------------------------------------------------------------------


async def test_papers_go_after_thirty_days(it: Square) -> None:
    """Of a draw nothing is kept then; whom somebody met counts on, for the next draws."""
    await asked(it)
    await drawing.mind_draws(it.app, server_name, it.clock())
    matches = (await dump(it.app.store))["meet_match"]
    await retention.forget(it.app, it.clock() + timedelta(days=PAPERS))
    rows = await dump(it.app.store)
    assert rows["meet_draw"] == [] and rows["meet_match"] == matches != []


async def test_a_meeting_is_forgotten_when_the_two_are_new_to_each_other_again(it: Square) -> None:
    """With who was in it, what they said and how they looked back."""
    await together(it, ANA, BOB)
    await retention.forget(it.app, it.clock() + timedelta(days=MET))
    rows = await dump(it.app.store)
    gone = ("meet_match", "meet_member", "meet_answer", "meet_debrief")
    assert [rows[name] for name in gone] == [[], [], [], []] and len(rows["meet_joined"]) == 4


# -- taking away ---------------------------------------------------------------------------------


async def test_a_member_takes_away_what_is_theirs(it: Square) -> None:
    """What they want, what was drawn for them, what they said and how they looked back; nobody else."""
    await together(it, ANA, BOB)
    said = await exported(it, ANA)
    now = it.clock().isoformat()
    which = {"kind": "coffee", "week": WEEK.isoformat()}
    assert said["meet_member"] == [which | {"let_in_at": now, "let_out_at": None}]
    assert said["meet_answer"] == [which | {"turn": 0, "met": True, "said_at": now}]
    assert said["meet_debrief"] == [which | {"answers": {"clear": True}, "changed_at": now}]
    assert [(row["kind"], row["topics"]) for row in said["meet_joined"]] == [("coffee", ["pay"])]
    words = json.dumps(said)
    assert str(BOB) not in words and str(CLEO) not in words and str(DAN) not in words
    assert len((await exported(it, DAN))["meet_setting"]) == 1


@pytest.mark.parametrize("state", ["met", "missed", "lapsed", "ended"])
async def test_the_file_tells_nothing_of_what_the_other_said(it: Square, state: str) -> None:
    """Whatever the other one answers, and however it ends."""
    match = await together(it, ANA, BOB)
    before = await exported(it, ANA)
    theirs = (meet_answer.c.match_id == match, meet_answer.c.user_id == BOB)
    async with it.app.store.begin() as tx:
        await tx.execute(update(meet_answer).where(*theirs).values(met=False))
        await tx.execute(update(meet_match).where(meet_match.c.id == match).values(state=state))
    assert await exported(it, ANA) == before
