"""Erasing, taking away and forgetting what reviews keep: nothing is left, and nobody else is named."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.people.flow import presence, privacy, retention
from bot.people.kept import KEPT
from bot.people.members import Key
from bot.people.privacy import erased_mark
from bot.people.retention import REST
from bot.reviews.flow import asking
from bot.reviews.flow import readings as lives
from bot.reviews.messages import OVER, Over
from bot.reviews.values import EARLY, Reading, Request
from bot.storage import Store, erasures
from bot.storage.tables import (
    review_credit,
    review_rating,
    review_reading,
    review_request,
    review_round,
    review_sheet,
    review_veto,
)
from tests.fakes import KEY
from tests.people.planting import bytes_of, dump, naming, parts
from tests.reviews.papers import accepted, files_in, inside, open_threads, placed, ready, rest
from tests.reviews.parts import ANA, BOB, CLEO, DAN, DAY, GUILD, MONDAY, Square, square

pytestmark = pytest.mark.store

ELSEWHERE = 2  # another server with the same people
SECRET = "A wish that nobody else has"
QUOTED = "A line of the document, word for word"
REVIEWS = [kept.table for kept in KEPT if kept.table.startswith("review_")]


@pytest.fixture(autouse=True)
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of erasures lies beside the database: a folder of this test's own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
async def it(store: Store) -> Square:
    made = square(store)
    await made.settle()
    await made.met(ANA, BOB, CLEO, DAN)
    await made.join_reader(BOB, CLEO, DAN)
    ready(made)
    return made


def key(user_id: int, guild_id: int = GUILD) -> Key:
    return Key(guild_id, user_id)


async def in_the_middle(it: Square, author_id: int = ANA) -> tuple[Request, Reading, Reading]:
    """A document that BOB reads and CLEO has sent a review of; both have filled in something."""
    one = await placed(it, author_id, target=SECRET, asks=SECRET)
    bob, cleo = [await accepted(it, one, reader) for reader in (BOB, CLEO)]
    await sheet(it, bob, sent=False)
    await sent(it, cleo)
    await it.beat()
    return one, await it.reading(bob.id), await it.reading(cleo.id)


async def sheet(it: Square, one: Reading, *, sent: bool) -> None:
    row = {"reading_id": one.id, "revision": 1, "guild_id": one.guild_id, "reader_id": one.reader_id}
    said = json.dumps({"quote": f"{QUOTED} {one.id}"})
    more = {"sheet": said, "saved_at": it.clock(), "sent_at": it.clock() if sent else None}
    async with it.app.store.begin() as tx:
        await tx.execute(insert(review_sheet).values(row | more))


async def sent(it: Square, one: Reading) -> None:
    """They have sent their review, and its author has rated it."""
    await sheet(it, one, sent=True)
    await it.became(review_reading, one.id, state="rated", submitted_at=it.clock(), next_at=None)
    rated = {"helpful": True, "specific": True, "respectful": True, "rated_at": it.clock()}
    row = {"reading_id": one.id, "guild_id": one.guild_id, "author_id": one.author_id}
    credit = {"guild_id": one.guild_id, "reading_id": one.id, "at": it.clock()}
    async with it.app.store.begin() as tx:
        await tx.execute(insert(review_rating).values(row | rated))
        for user_id, amount, why in ((one.reader_id, 1, "given"), (one.author_id, -1, "received")):
            await tx.execute(
                insert(review_credit).values(credit | {"user_id": user_id, "amount": amount, "why": why})
            )


async def exported(it: Square, user_id: int) -> dict[str, list[dict[str, Any]]]:
    said = json.loads(await privacy.export(it.app, key(user_id), it.clock()))
    tables: dict[str, list[dict[str, Any]]] = said["servers"][0]["tables"]
    return {name: rows for name, rows in tables.items() if name.startswith("review_")}


async def erase(it: Square, *user_ids: int) -> None:
    for user_id in user_ids:
        assert (await privacy.erase(it.app, key(user_id), it.clock())).rows > 0


async def all_text(it: Square) -> str:
    """Every value of every row of every table."""
    return str(await dump(it.app.store))


# -- erasing -------------------------------------------------------------------------------------


async def test_an_author_is_erased_in_the_middle(it: Square) -> None:
    """No word or id of theirs is left, also in no message; the document goes, and a reader hears that it is over."""
    one, bob, _ = await in_the_middle(it)
    await erase(it, ANA)
    assert naming(await dump(it.app.store), ANA) == []
    assert await privacy.to_erase(it.app, key(ANA)) == {}
    await rest(it)
    left = await all_text(it)
    assert SECRET not in left and QUOTED not in left
    assert files_in(it, one.thread_id) == [] and open_threads(it) == []
    assert [over.to for over in it.said(Over, OVER, BOB)] == ["reader"]
    assert (await it.reading(bob.id)).author_id == 0
    kept = await exported(it, CLEO)
    assert [(row["amount"], row["why"]) for row in kept["review_credit"]] == [(1, "given")]


async def test_a_reader_is_erased_in_the_middle(it: Square) -> None:
    """They leave the thread at once and their draft goes; the author looks for another, and hears it."""
    one, bob, _ = await in_the_middle(it)
    await erase(it, BOB)
    assert inside(it, one.thread_id) == {ANA, CLEO}
    assert naming(await dump(it.app.store), BOB) == []
    assert f"{QUOTED} {bob.id}" not in await all_text(it)
    await rest(it)
    assert (await it.request(one.id)).state == "waiting"
    assert [over.to for over in it.said(Over, OVER, ANA)] == ["author"]
    assert (await exported(it, ANA))["review_request"][0]["target"] == SECRET


async def test_a_review_outlives_its_reader_without_a_name(it: Square) -> None:
    """Whoever sent one and is erased leaves it to its author, who reads it as before."""
    one, _, cleo = await in_the_middle(it)
    before = (await exported(it, ANA))["review_sheet"]
    await erase(it, CLEO)
    assert naming(await dump(it.app.store), CLEO) == []
    assert (await exported(it, ANA))["review_sheet"] == before != []
    assert (await it.reading(cleo.id)).state == "rated"
    assert CLEO not in inside(it, one.thread_id)


@pytest.mark.parametrize("order", list(itertools.permutations((ANA, BOB, CLEO))))
async def test_both_sides_are_erased(it: Square, order: tuple[int, int, int]) -> None:
    """In any order: nothing names any of them, nobody is in a thread, and no sheet or word is left."""
    await in_the_middle(it)
    await erase(it, *order)
    await rest(it)
    rows = await dump(it.app.store)
    assert [naming(rows, who) for who in order] == [[], [], []]
    assert rows["review_sheet"] == rows["review_rating"] == rows["review_credit"] == []
    assert SECRET not in str(rows) and open_threads(it) == []
    assert [await privacy.servers_of(it.app, who) for who in order] == [[], [], []]


async def test_erasing_twice_is_erasing_once(it: Square) -> None:
    """The second time nothing is done, and nobody is told anything more."""
    await in_the_middle(it)
    await erase(it, BOB, ANA)
    await rest(it)
    before = await dump(it.app.store)
    for who in (ANA, BOB):
        assert await privacy.erase(it.app, key(who), it.clock()) == privacy.Erased(0, True)
    assert await dump(it.app.store) == before


async def elsewhere(it: Square) -> None:
    """The same author and reader in another server, in the middle as well."""
    async with it.app.store.begin() as tx:
        asked = select(review_request).order_by(review_request.c.id)
        row = dict((await tx.execute(asked)).mappings().first() or {}) | {"guild_id": ELSEWHERE}
        del row["id"]
        other = insert(review_request).values(row).returning(review_request.c.id)
        number = (await tx.execute(other)).scalar_one()
        reading = dict((await tx.execute(select(review_reading))).mappings().first() or {})
        del reading["id"]
        await tx.execute(
            insert(review_reading).values(reading | {"guild_id": ELSEWHERE, "request_id": number})
        )


async def test_another_server_keeps_everything(it: Square) -> None:
    """Erased here, both are still in the middle there; erased everywhere, they are nowhere."""
    await in_the_middle(it)
    await elsewhere(it)
    there = await dump(it.app.store, ELSEWHERE)
    assert len(there["review_reading"]) == 1
    await erase(it, ANA, BOB)
    assert await dump(it.app.store, ELSEWHERE) == there
    for who in (ANA, BOB):
        await privacy.erase_everywhere(it.app, who, it.clock())
        assert naming(await dump(it.app.store), who) == []


async def test_no_byte_is_left(sqlite_store: Store, tmp_path: Path) -> None:
    """What was asked for and what was quoted of it are nowhere in the file, once the document is gone."""
    made = square(sqlite_store)
    await made.settle()
    await made.met(ANA, BOB, CLEO)
    await made.join_reader(BOB, CLEO)
    ready(made)
    await in_the_middle(made)
    url = f"sqlite:///{tmp_path / 'outpost0.sqlite3'}"
    assert SECRET.encode() in bytes_of(url) and QUOTED.encode() in bytes_of(url)
    assert (await privacy.erase(parts(sqlite_store, url), key(ANA), made.clock())).clean
    left = bytes_of(url)
    assert SECRET.encode() not in left and QUOTED.encode() not in left


async def test_a_restored_backup_is_erased_again(it: Square) -> None:
    """An older database knows of a document: at the start its author is erased, and the thread is closed."""
    one, bob, _ = await in_the_middle(it)
    log = erasures.erasures_file(it.app.settings.database_url)
    erasures.append(log, {erased_mark(KEY, GUILD, ANA): it.clock()})
    assert await privacy.keep_erased(it.app, it.clock()) == 1
    assert naming(await dump(it.app.store), ANA) == []
    await rest(it)
    assert SECRET not in await all_text(it) and open_threads(it) == []
    assert files_in(it, one.thread_id) == [] and (await it.reading(bob.id)).state == "ended"
    assert await privacy.keep_erased(it.app, it.clock()) == 0


async def test_a_round_forgets_whom_it_drew(it: Square) -> None:
    """Papers tell who must not meet: with either of the two erased, nothing of the pair is in them, nor a veto."""
    one = await placed(it, ANA)
    papers = json.dumps({"apart": [[ANA, BOB]], "wanting": [one.id]})
    row = {"guild_id": GUILD, "drawn": "weekly", "state": "published", "seed": "s", "opened_at": MONDAY}
    async with it.app.store.begin() as tx:
        made = insert(review_round).values(row | {"given": papers, "result": papers})
        number = (await tx.execute(made.returning(review_round.c.id))).scalar_one()
        veto = {"round_id": number, "guild_id": GUILD, "made_by": DAN, "made_at": MONDAY}
        await tx.execute(insert(review_veto).values(veto | {"author_id": ANA, "reader_id": BOB}))
        await tx.execute(insert(review_veto).values(veto | {"author_id": ANA, "reader_id": CLEO}))
    assert "review_veto" not in await exported(it, BOB)
    assert len((await exported(it, DAN))["review_veto"]) == 2
    await erase(it, BOB)
    rows = await dump(it.app.store)
    assert [(each["given"], each["result"]) for each in rows["review_round"]] == [("", "")]
    assert [each["reader_id"] for each in rows["review_veto"]] == [CLEO]
    await erase(it, DAN)
    assert [each["made_by"] for each in (await dump(it.app.store))["review_veto"]] == [None]


# -- forgetting ----------------------------------------------------------------------------------


async def test_who_left_goes_after_thirty_days(it: Square) -> None:
    """On either side: the document went at once, the names and what was read go with the rest of theirs."""
    await in_the_middle(it)
    for who in (ANA, BOB):
        it.discord.elsewhere.add(who)
        await presence.member_left(it.app, key(who), it.clock())
    await rest(it)
    assert SECRET not in str([await it.requests(), await it.readings()]) and open_threads(it) == []
    app = it.app
    await retention.forget(app, it.clock() + REST - timedelta(seconds=1))
    assert naming(await dump(app.store), ANA) != []
    await retention.forget(app, it.clock() + REST)
    rows = await dump(app.store)
    assert naming(rows, ANA) == naming(rows, BOB) == [] and QUOTED not in str(rows)


async def test_after_two_years_a_document_is_forgotten_with_all_that_was_said_of_it(it: Square) -> None:
    """Its row, its readings, sheets and ratings go together; what somebody gave and received counts on."""
    await in_the_middle(it)
    await retention.forget(it.app, it.clock() + 730 * DAY)
    rows = await dump(it.app.store)
    gone = ("review_request", "review_reading", "review_sheet", "review_rating")
    assert [rows[name] for name in gone] == [[], [], [], []] and len(rows["review_credit"]) == 2


async def test_a_document_takes_every_word_with_it(it: Square) -> None:
    """Fourteen days after the last review nothing of the request says what it was for."""
    one, bob, _ = await in_the_middle(it)
    await it.became(review_reading, bob.id, state="submitted", submitted_at=it.clock(), next_at=None)
    done = {"state": "delivered", "delivered_at": it.clock(), "expires_at": it.clock() + 14 * DAY}
    await it.became(review_request, one.id, **done)
    it.clock.move(14 * DAY)
    await rest(it)
    gone = await it.request(one.id)
    assert (gone.target, gone.asks, gone.link, gone.text) == ("", "", "", "")
    assert gone.gone_at is not None and files_in(it, one.thread_id) == []


# -- taking away ---------------------------------------------------------------------------------


async def test_an_author_takes_away_what_is_theirs(it: Square) -> None:
    """Request, how far it is, the review that was sent, the rating and the ledger; no draft, no reader."""
    one, bob, cleo = await in_the_middle(it)
    said = await exported(it, ANA)
    (request,) = said["review_request"]
    assert (request["target"], request["kind"], request["thread_id"]) == (
        SECRET,
        "resume",
        str(one.thread_id),
    )
    states = [row["state"] for row in said["review_reading"]]
    assert states == list(asking.progress([bob, cleo])) == ["reading", "here"]
    assert [row["sheet"] for row in said["review_sheet"]] == [{"quote": f"{QUOTED} {cleo.id}"}]
    (rated,) = said["review_rating"]
    assert rated == {
        "helpful": True,
        "specific": True,
        "respectful": True,
        "rated_at": it.clock().isoformat(),
    }
    assert [(row["amount"], row["why"]) for row in said["review_credit"]] == [(-1, "received")]
    held = await privacy.held(it.app, key(ANA))
    assert (held["review_reading"], held["review_sheet"]) == (2, 1)


async def test_a_reader_takes_away_what_is_theirs(it: Square) -> None:
    """What kind of thing they read and till when, their sheet as far as it is, how much they read; no author."""
    _, bob, _ = await in_the_middle(it)
    said = await exported(it, BOB)
    (reading,) = said["review_reading"]
    assert bob.due_at is not None
    assert (reading["kind"], reading["state"], reading["due_at"]) == (
        "resume",
        "accepted",
        bob.due_at.isoformat(),
    )
    (mine,) = said["review_sheet"]
    assert (mine["sheet"], mine["sent_at"]) == ({"quote": f"{QUOTED} {bob.id}"}, None)
    (reader,) = said["review_reader"]
    assert (reader["capacity"], reader["languages"]) == (2, ["en"])
    assert said.keys() == {"review_reading", "review_sheet", "review_reader"}


@pytest.mark.parametrize("mode", ["open", "blind"])
async def test_no_export_names_anybody_else(it: Square, mode: str) -> None:
    """Whatever they did with each other: of the four, each file holds one id."""
    one = await placed(it, ANA, mode=mode)
    two = await placed(it, DAN, mode=mode)
    for request, reader in itertools.product((one, two), (BOB, CLEO)):
        await accepted(it, request, reader)
    await sent(it, (await it.readings(one.id))[0])
    for who in (ANA, BOB, CLEO, DAN):
        words = json.dumps(await exported(it, who))
        others = {ANA, BOB, CLEO, DAN} - {who}
        assert not any(f'"{other}"' in words or f": {other}" in words for other in others)


@pytest.mark.parametrize("state", sorted(EARLY - {"declined"}))
async def test_every_early_end_reads_alike(it: Square, state: str) -> None:
    """To its reader, and to its author, who finds no trace of it in the file, nor of a sheet that was begun."""
    _, bob, _ = await in_the_middle(it)
    before = await exported(it, BOB)
    await it.became(review_reading, bob.id, state=state, ended_at=it.clock(), next_at=None)
    after = await exported(it, BOB)
    assert after["review_reading"] == [before["review_reading"][0] | {"state": "ended"}]
    assert [row["state"] for row in (await exported(it, ANA))["review_reading"]] == ["here"]
    assert len((await exported(it, ANA))["review_sheet"]) == 1
    assert (await privacy.held(it.app, key(ANA)))["review_reading"] == 1


async def test_who_declined_knows_it(it: Square) -> None:
    """It was their own press."""
    one = await placed(it, ANA)
    offer = await it.propose(one, BOB)
    await lives.decline(it.app, key(BOB), offer.id, it.clock())
    assert [row["state"] for row in (await exported(it, BOB))["review_reading"]] == ["declined"]
    assert "review_reading" not in await exported(it, ANA)
