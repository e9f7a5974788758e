"""Seeing, taking away and erasing what is about somebody, on both databases."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.people.flow import privacy
from bot.people.kept import BY_TABLE, KEPT
from bot.people.keyed import block_mark
from bot.people.members import Key
from bot.people.privacy import EVERYWHERE, erased_mark, introduction_as_asker_knows_it
from bot.storage import Store, erasures
from bot.storage.tables import block, case_entry, case_file, delivery, erased, introduction, metadata
from tests.fakes import KEY
from tests.people.planting import (
    ELSEWHERE,
    ME,
    NOON,
    OTHER,
    Planter,
    bytes_of,
    claims,
    dump,
    naming,
    parts,
    plant,
)

pytestmark = pytest.mark.store

BESIDE = {(kept.parent[1], name) for kept in KEPT if kept.parent for name in kept.beside}


@pytest.fixture(autouse=True)
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With PostgreSQL the log of erasures lies in the working directory: a folder of this test's own."""
    monkeypatch.chdir(tmp_path)


def texts(value: Any) -> set[str]:
    """Every text in a JSON value."""
    if isinstance(value, dict):
        return {text for one in value.values() for text in texts(one)}
    if isinstance(value, list):
        return {text for one in value for text in texts(one)}
    return {value} if isinstance(value, str) else set()


async def exported(store: Store, url: str, key: Key = ME) -> Any:
    return json.loads(await privacy.export(parts(store, url), key, NOON))


async def test_the_export_holds_everything_they_may_know(store: Store, store_url: str) -> None:
    """Each planted text of theirs that may be shown is there; nothing that may not, and of no other server."""
    planter = await plant(store, ME, ELSEWHERE)
    said = await exported(store, store_url)
    (server,) = said["servers"]
    assert (server["server"], said["member"]) == (str(ME.guild_id), str(ME.user_id))
    mine, told, found = set[str](), set[str](), texts(said)
    other = await plant_of(store, ELSEWHERE)
    for text, (table, claim, column) in planter.marks.items():
        shown = claim.shown if claim and claim.shown is not None else BY_TABLE[table].columns if claim else ()
        if text not in other and column in shown:
            veiled = claim is not None and claim.told is not None and column == "state"
            (told if veiled else mine).add(text.strip('"'))
        elif (table, column) in BESIDE:  # told with a row that belongs to it
            told.add(text)
    assert mine and mine <= found
    assert [
        planter.marks[text] for text in found - mine - told if text in planter.marks and text.isalpha()
    ] == []


async def plant_of(store: Store, key: Key) -> set[str]:
    return texts(json.loads(json.dumps(await dump(store, key.guild_id), default=str)))


async def test_the_export_is_decoded(store: Store, store_url: str) -> None:
    """Moments are ISO 8601 with their zone, ids are text, lists are lists, a message is an object."""
    planter = Planter()
    async with store.begin() as tx:
        given = {"wishes": "jobs\nmeet", "left_at": None, "met_at": NOON}
        await planter.row(tx, BY_TABLE["member"], BY_TABLE["member"].claims[0], ME, given)
        letter = {"value": '{"words":"hello"}'}
        await planter.row(tx, BY_TABLE["delivery"], BY_TABLE["delivery"].claims[0], ME, letter)
    (server,) = (await exported(store, store_url))["servers"]
    (member,), (message,) = server["tables"]["member"], server["tables"]["delivery"]
    assert (member["met_at"], member["wishes"], member["left_at"]) == (
        "2026-09-07T12:00:00+00:00",
        ["jobs", "meet"],
        None,
    )
    assert member["user_id"] == str(ME.user_id) and message["value"] == {"words": "hello"}


async def test_an_export_of_everything_has_a_part_for_each_server(store: Store, store_url: str) -> None:
    """From the bot's own direct messages: every server there is anything in, also without a row of a member."""
    await plant(store, ME, ELSEWHERE)
    said = json.loads(await privacy.export_everywhere(parts(store, store_url), ME.user_id, NOON))
    assert [one["server"] for one in said["servers"]] == [str(ME.guild_id), str(ELSEWHERE.guild_id)]
    assert said["servers"][0]["tables"] == (await exported(store, store_url))["servers"][0]["tables"]


@pytest.mark.parametrize("state", ["asked", "declined", "lapsed"])
def test_no_export_tells_of_a_decline(state: str) -> None:
    """To the asker a decline, an answer that never came and one that still waits look the same at every moment."""
    row = {"state": state, "lapses_at": NOON, "settled_at": NOON - timedelta(days=1)}
    early = introduction_as_asker_knows_it(row, NOON - timedelta(seconds=1))
    late = introduction_as_asker_knows_it(row, NOON)
    assert (early["state"], early["settled_at"]) == ("asked", None)
    assert (late["state"], late["settled_at"]) == ("lapsed", None)
    accepted = row | {"state": "accepted"}
    assert introduction_as_asker_knows_it(accepted, NOON) == accepted


async def test_erasing_leaves_no_row(store: Store, store_url: str) -> None:
    """Planted in every table in every way: their id is nowhere any more, and the other server is untouched."""
    await plant(store, ME, ELSEWHERE)
    app = parts(store, store_url)
    other, before = await dump(store, ELSEWHERE.guild_id), await dump(store, ME.guild_id)
    named = {kept.table for kept, claim in claims() if not claim.of_parent}
    assert {table for table, _ in naming(before, ME.user_id)} == named
    done = await privacy.erase(app, ME, NOON)
    assert done.rows > 0 and done.clean
    assert naming(await dump(store, ME.guild_id), ME.user_id) == []
    assert await dump(store, ELSEWHERE.guild_id) == other
    assert (await exported(store, store_url))["servers"][0]["tables"] == {}
    assert await privacy.to_erase(app, ME) == {}


async def test_erasing_leaves_no_byte(store: Store, store_url: str) -> None:
    """On SQLite nothing of what went is in the file, the WAL or its index, though pages were split around it."""
    if store.dialect != "sqlite":
        return await rows_are_gone_on_postgresql(store, store_url)
    planter = await plant(store, ME)
    for number in range(60):  # neighbours, so that pages split before and after
        await plant(store, Key(ME.guild_id + 1 + number % 3, OTHER + number), seed=100 + number)
    keep = {text for text, (table, claim, column) in planter.marks.items() if stays(table, claim, column)}
    gone = {text.strip('"') for text in planter.marks.keys() - keep}
    there = bytes_of(store_url)
    assert all(text.encode() in there for text in gone) and len(gone) > 50
    assert (await privacy.erase(parts(store, store_url), ME, NOON)).clean
    left = bytes_of(store_url)
    assert [text for text in gone if text.encode() in left] == []
    assert ME.user_id.to_bytes(8, "big") not in left and str(ME.user_id).encode() not in left
    assert [planter.marks[text] for text in keep if text.strip('"').encode() not in left] == []


def stays(table: str, claim: Any, column: str) -> bool:
    """Does this text of a row outlive the erasure: somebody else's, that only loses the name?"""
    if claim is None or claim.becomes is not None:
        return claim is None or column not in claim.becomes
    return False


async def rows_are_gone_on_postgresql(store: Store, url: str) -> None:
    planter = await plant(store, ME)
    await privacy.erase(parts(store, url), ME, NOON)
    left = texts(json.loads(json.dumps(await dump(store), default=str)))
    gone = {text for text, (table, claim, column) in planter.marks.items() if not stays(table, claim, column)}
    assert gone & left == set()


async def test_what_stays_of_cases(store: Store, store_url: str) -> None:
    """A case they told keeps its words without a name; one about them number and state; a claimed one is open."""
    planter = Planter()
    entry, about = BY_TABLE["case_entry"].claims[0], BY_TABLE["case_file"].claims[0]
    by, claimed = BY_TABLE["case_file"].claims[1:3]
    async with store.begin() as tx:
        await planter.row(tx, BY_TABLE["case_entry"], entry, ME)
        await tx.execute(update(case_file).values(number=1, state="closed"))
        for number, claim in ((2, by), (3, claimed)):
            given = {"number": number, "words": "they shouted"}
            await planter.row(tx, BY_TABLE["case_file"], claim, ME, given)
    await privacy.erase(parts(store, store_url), ME, NOON)
    async with store.read() as tx:
        c = case_file.c
        rows = (
            await tx.execute(select(c.number, c.state, c.words, c.by_id, c.about_id).order_by(c.number))
        ).all()
        entries = (await tx.execute(select(case_entry))).all()
    assert about.column == "about_id" and entries == []
    assert (rows[0].state, rows[0].words, rows[0].about_id) == ("closed", "", None)
    assert (rows[1].words, rows[1].by_id) == ("they shouted", None)
    assert rows[2].state == "open"


async def test_a_block_and_a_guard_outlive_both_erasures_as_hashes(store: Store, store_url: str) -> None:
    """The row names nobody, and whoever holds the key can tell that it is this pair."""
    planter = Planter()
    mine, against = BY_TABLE["guard"].claims
    async with store.begin() as tx:
        mark = block_mark(KEY, ME.guild_id, ME.user_id, OTHER)
        given = {"mark": mark, "blocked_id": OTHER}
        await planter.row(tx, BY_TABLE["block"], BY_TABLE["block"].claims[0], ME, given)
        await planter.row(tx, BY_TABLE["guard"], against, ME, {"user_id": OTHER})
        await planter.row(tx, BY_TABLE["guard"], mine, ME)
    for who in (ME, Key(ME.guild_id, OTHER)):
        await privacy.erase(parts(store, store_url), who, NOON)
    async with store.read() as tx:
        kept = {(row.mark, row.user_id, row.blocked_id) for row in await tx.execute(select(block))}
    other_way = block_mark(KEY, ME.guild_id, OTHER, ME.user_id)
    assert kept == {(mark, None, None), (other_way, None, None)}


async def test_erasing_twice_is_erasing_once(store: Store, store_url: str) -> None:
    """The second time there is nothing to do, and the mark has the newer moment."""
    await plant(store, ME)
    app = parts(store, store_url)
    await privacy.erase(app, ME, NOON)
    before, later = await dump(store, ME.guild_id), NOON + timedelta(hours=1)
    assert await privacy.erase(app, ME, later) == privacy.Erased(0, True)
    assert await dump(store, ME.guild_id) == before
    mark = erased_mark(KEY, ME.guild_id, ME.user_id)
    async with store.read() as tx:
        assert (await tx.execute(select(erased.c.mark, erased.c.at))).all() == [(mark, later)]
    assert erasures.read(erasures.erasures_file(store_url))[mark] == later


async def test_erasing_everywhere(store: Store, store_url: str) -> None:
    """Every server in one go; one mark says that all of them are meant."""
    await plant(store, ME, ELSEWHERE)
    app = parts(store, store_url)
    assert await privacy.servers_of(app, ME.user_id) == [ME.guild_id, ELSEWHERE.guild_id]
    await privacy.erase_everywhere(app, ME.user_id, NOON)
    assert naming(await dump(store), ME.user_id) == [] and await privacy.servers_of(app, ME.user_id) == []
    async with store.read() as tx:
        assert list((await tx.execute(select(erased.c.mark))).scalars()) == [
            erased_mark(KEY, EVERYWHERE, ME.user_id)
        ]


async def test_a_longer_number_is_somebody_else(store: Store, store_url: str) -> None:
    """A message that holds a number with the same digits inside stays."""
    planter, inside = Planter(), BY_TABLE["delivery"].claims[2]
    async with store.begin() as tx:
        longer = {"value": f'{{"other_id":{ME.user_id}5}}', "kind": "about somebody else"}
        await planter.row(tx, BY_TABLE["delivery"], inside, ME, longer)
        await planter.row(tx, BY_TABLE["delivery"], inside, ME, {"value": f'{{"other_id":{ME.user_id}}}'})
    await privacy.erase(parts(store, store_url), ME, NOON)
    async with store.read() as tx:
        assert list((await tx.execute(select(delivery.c.kind))).scalars()) == ["about somebody else"]


async def test_an_export_while_an_erasure_runs_is_whole_or_empty(store: Store, store_url: str) -> None:
    """It reads one view: what an erasure commits in the middle of it changes nothing; the next one is empty."""
    await plant(store, ME)
    app = parts(store, store_url)
    whole = await exported(store, store_url)
    async with store.read() as tx:
        first = await tx.execute(select(metadata.tables["member"].c.user_id))
        assert ME.user_id in first.scalars()
        async with store.begin() as writing:
            await privacy.erase_in(writing, KEY, ME, NOON)
        seen = await privacy._export(tx, ME, NOON)
    assert seen == whole["servers"][0]
    assert (await exported(store, store_url))["servers"][0]["tables"] == {}
    assert await privacy.held(app, ME) == {}


async def test_an_erasure_that_fails_changes_nothing(store: Store, store_url: str) -> None:
    """All in one transaction: what breaks it leaves every row, and no mark in the log."""
    await plant(store, ME)
    before = await dump(store)
    with pytest.raises(RuntimeError):
        async with store.begin() as tx:
            await privacy.erase_in(tx, KEY, ME, NOON)
            raise RuntimeError
    assert await dump(store) == before and not erasures.erasures_file(store_url).exists()


async def test_an_older_database_is_erased_again_at_the_start(store: Store, store_url: str) -> None:
    """The log knows an erasure that the database doesn't: it is done again, and once."""
    await plant(store, ME)
    app = parts(store, store_url)
    log = erasures.erasures_file(store_url)
    erasures.append(log, {erased_mark(KEY, ME.guild_id, ME.user_id): NOON})
    assert await privacy.keep_erased(app, NOON) == 1
    assert naming(await dump(store, ME.guild_id), ME.user_id) == []
    await plant(store, ME, seed=8)  # they came back and told something anew
    assert await privacy.keep_erased(app, NOON) == 0
    assert naming(await dump(store, ME.guild_id), ME.user_id) != []


async def test_a_log_that_lacks_an_erasure_gets_it_at_the_start(store: Store, store_url: str) -> None:
    """A crash between the transaction and the log loses nothing: the database knows the mark."""
    app, log = parts(store, store_url), erasures.erasures_file(store_url)
    async with store.begin() as tx:
        await tx.execute(insert(erased), {"mark": "a" * 32, "at": NOON})
    await privacy.keep_erased(app, NOON)
    assert erasures.read(log) == {"a" * 32: NOON}
    await privacy.keep_erased(app, NOON)
    assert len(log.read_text().splitlines()) == 1


async def test_the_asked_one_leaves_no_gap(store: Store, store_url: str) -> None:
    """Whoever asked an erased person keeps their own row, as with somebody who never answers."""
    asked = BY_TABLE["introduction"].claims[1]
    async with store.begin() as tx:
        given = {"state": "asked", "asker_id": OTHER, "words": "a word with you"}
        await Planter().row(tx, BY_TABLE["introduction"], asked, ME, given)
    await privacy.erase(parts(store, store_url), ME, NOON)
    async with store.read() as tx:
        c = introduction.c
        assert (await tx.execute(select(c.asked_id, c.state, c.words))).all() == [
            (0, "asked", "a word with you")
        ]
