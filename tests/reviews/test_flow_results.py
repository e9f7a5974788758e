"""What an author reads, says and hands in again; what a reader hears of it; on both databases."""

from __future__ import annotations

from datetime import timedelta

from bot.people.flow import members
from bot.people.members import Key
from bot.reviews.asking import Document
from bot.reviews.fit import Record
from bot.reviews.flow.asking import placed
from bot.reviews.flow.filling import mark, quote, sheet, submit
from bot.reviews.flow.readings import accept, decline
from bot.reviews.flow.results import rate, ratings_of_me, records, result, revise, shown
from bot.reviews.messages import OVER, PROPOSED, READY, Proposed, Ready
from bot.reviews.rubric import Need
from bot.reviews.store import ledger
from bot.reviews.values import Mode, Reading, Request
from bot.storage.tables.reviews import review_reader, review_reading
from tests.asked import refused
from tests.reviews.parts import ANA, BOB, CLEO, DAY, GUILD, HOUR, MONDAY, SERVER, Square
from tests.reviews.test_flow_filling import BOB_HERE, ITEMS, LINE, REWRITE, RUBRICS, fill, reading_begun

ANA_HERE, CLEO_HERE = Key(GUILD, ANA), Key(GUILD, CLEO)
NEEDS: tuple[Need, ...] = ("file", "posting")
SECOND = Document("e" * 64, 2)


async def both_sent(it: Square, mode: Mode = "open") -> tuple[Request, Reading, Reading]:
    """Bob says partly to all of Ana's resume, Cleo no; both have sent it."""
    asked, his = await reading_begun(it, needs=2, mode=mode)
    hers = await accept(it.app, CLEO_HERE, (await it.propose(asked, CLEO)).id, it.clock())
    await fill(it, his)
    await submit(it.app, BOB_HERE, his.id, SERVER, it.clock())
    await fill(it, hers, CLEO, "no")
    await submit(it.app, CLEO_HERE, hers.id, SERVER, it.clock())
    await it.beat()
    return await it.request(asked.id), his, hers


# -- reading it ----------------------------------------------------------------------------------


async def test_both_readers_stand_side_by_side(it: Square) -> None:
    """Item by item, where they differ it shows; no score of the whole is made."""
    asked, _, _ = await both_sent(it)
    found = await result(it.app, ANA_HERE, asked.id)
    assert [one.reader_id for one in found.reviews] == [BOB, CLEO]
    assert [row.item for row in found.rows] == list(ITEMS)
    assert {row.agreement for row in found.rows} == {"differ"}
    assert found.missing == 0


async def test_what_was_not_sent_is_not_read(it: Square) -> None:
    """A sheet that is being filled in shows to nobody but its reader; one review is still to come."""
    asked, one = await reading_begun(it)
    await fill(it, one)
    found = await result(it.app, ANA_HERE, asked.id)
    assert (found.reviews, found.rows, found.missing) == ((), (), 1)


async def test_a_result_is_its_author_s_alone(it: Square) -> None:
    """Not even a reader of it sees the other's; another's request and none read alike."""
    asked, _, _ = await both_sent(it)
    assert await refused(result(it.app, BOB_HERE, asked.id)) == "request_gone"
    assert await refused(result(it.app, Key(2, ANA), asked.id)) == "request_gone"
    assert await refused(result(it.app, ANA_HERE, 999)) == "request_gone"


async def test_a_blind_result_names_nobody(it: Square) -> None:
    """Two reviews, and of neither who wrote it."""
    asked, _, _ = await both_sent(it, "blind")
    assert [one.reader_id for one in (await result(it.app, ANA_HERE, asked.id)).reviews] == [0, 0]


# -- rating it -----------------------------------------------------------------------------------


async def test_a_rating_shows_when_both_are_given(it: Square) -> None:
    """After the first nobody hears anything; after the second both readers do."""
    _, his, hers = await both_sent(it)
    await rate(it.app, ANA_HERE, his.id, True, True, True, it.clock())
    assert await shown(it.app, BOB_HERE, his.id, it.clock()) is None
    assert (await ratings_of_me(it.app, BOB_HERE, it.clock())).helpful == 0
    await rate(it.app, ANA_HERE, hers.id, False, True, True, it.clock())
    seen = await shown(it.app, BOB_HERE, his.id, it.clock())
    assert seen is not None
    assert seen.helpful
    thanks = await ratings_of_me(it.app, CLEO_HERE, it.clock())
    assert (thanks.reviews, thanks.helpful, thanks.specific, thanks.respectful) == (1, 0, 1, 1)
    assert (await it.reading(his.id)).state == "rated"


async def test_a_rating_alone_shows_after_fourteen_days(it: Square) -> None:
    """The author says nothing of the other review: it shows when the windows have closed."""
    _, his, _ = await both_sent(it)
    await rate(it.app, ANA_HERE, his.id, True, False, True, it.clock())
    assert await shown(it.app, BOB_HERE, his.id, it.clock() + 14 * DAY - timedelta(seconds=1)) is None
    assert await shown(it.app, BOB_HERE, his.id, it.clock() + 14 * DAY) is not None


async def test_only_the_author_rates_and_only_the_reader_hears(it: Square) -> None:
    """Anybody else's press, and one about a reading that is not there, read alike."""
    _, his, _ = await both_sent(it)
    now = it.clock()
    for key, number in ((BOB_HERE, his.id), (CLEO_HERE, his.id), (ANA_HERE, 999)):
        assert await refused(rate(it.app, key, number, True, True, True, now)) == "reading_gone"
    assert await refused(shown(it.app, ANA_HERE, his.id, now)) == "reading_gone"


async def test_a_rating_needs_a_review_and_its_time(it: Square) -> None:
    """Not before it came, not after fourteen days, and not anew once it shows."""
    asked, one = await reading_begun(it)
    now = it.clock()
    assert await refused(rate(it.app, ANA_HERE, one.id, True, True, True, now)) == "no_review_yet"
    await fill(it, one)
    await submit(it.app, BOB_HERE, one.id, SERVER, now)
    late = now + 14 * DAY
    assert await refused(rate(it.app, ANA_HERE, one.id, True, True, True, late)) == "rating_over"
    first = await rate(it.app, ANA_HERE, one.id, True, True, True, now)
    assert await rate(it.app, ANA_HERE, one.id, True, True, True, now + HOUR) == first
    assert await refused(rate(it.app, ANA_HERE, one.id, False, True, True, now)) == "rating_over"
    assert asked.needs == 1


async def test_what_a_past_counts(it: Square) -> None:
    """In time and helpful; an unhappy author who was judged harshly counts half; who read nothing has no record."""
    _, his, hers = await both_sent(it)
    await rate(it.app, ANA_HERE, his.id, False, True, True, it.clock())
    await rate(it.app, ANA_HERE, hers.id, False, True, True, it.clock())
    async with it.app.store.read() as tx:
        found = await records(tx, GUILD, [ANA, BOB, CLEO], it.clock())
    assert found == {BOB: Record((1000, 1000), (0, 1000)), CLEO: Record((1000, 1000), (0, 500))}


async def test_a_no_show_counts_and_a_decline_does_not(it: Square) -> None:
    """Who accepted and did not deliver was not in time; who stepped back in time has no mark for it."""
    asked, one = await reading_begun(it, needs=2)
    hers = await accept(it.app, CLEO_HERE, (await it.propose(asked, CLEO)).id, it.clock())
    await decline(it.app, CLEO_HERE, hers.id, it.clock())
    await it.until(it.at(6))
    async with it.app.store.read() as tx:
        found = await records(tx, GUILD, [BOB, CLEO], it.clock())
    assert (await it.reading(one.id)).state == "expired"
    assert list(found) == [BOB]
    assert found[BOB].on_time[0] == 0 < found[BOB].on_time[1]


# -- a second version ----------------------------------------------------------------------------


async def handed_in_again(it: Square) -> tuple[Request, Reading, Reading]:
    """Both have read the first version; the second stands in its thread, and a beat has passed."""
    asked, his, hers = await both_sent(it)
    await revise(it.app, ANA_HERE, asked.id, NEEDS, it.clock(), document=SECOND)
    await it.walk(HOUR)
    assert PROPOSED not in it.kinds(BOB)
    async with it.app.store.begin() as tx:
        await placed(tx, asked.id, asked.thread_id or 0, 77, it.clock())
    await it.walk(HOUR)
    return await it.request(asked.id), his, hers


async def test_the_same_readers_are_asked_again(it: Square) -> None:
    """As soon as it stands in its thread, and not before; it says why them."""
    asked, his, hers = await handed_in_again(it)
    assert (asked.state, asked.revision) == ("in_review", 2)
    assert [one.state for one in await it.readings(asked.id)] == ["proposed", "proposed"]
    for reader, one in ((BOB, his), (CLEO, hers)):
        (said,) = it.said(Proposed, PROPOSED, reader)
        assert said.reading_id == one.id
        assert said.reasons == ("you read its first version",)


async def test_a_second_sheet_begins_with_the_first(it: Square) -> None:
    """Then the author reads what has changed, item by item; nothing more is charged or credited."""
    asked, his, hers = await handed_in_again(it)
    await decline(it.app, CLEO_HERE, hers.id, it.clock())
    await accept(it.app, BOB_HERE, his.id, it.clock())
    board = await sheet(it.app, RUBRICS, BOB_HERE, his.id, it.clock())
    assert (board.sent_at, board.missing.nothing) == (None, True)
    await mark(it.app, BOB_HERE, his.id, "top", "yes", it.clock())
    await quote(it.app, BOB_HERE, his.id, "outcome", LINE, REWRITE, it.clock())
    await submit(it.app, BOB_HERE, his.id, SERVER, it.clock())
    await it.beat()
    found = await result(it.app, ANA_HERE, asked.id)
    assert [(one.reader_id, one.revision) for one in found.reviews] == [(BOB, 2), (CLEO, 1)]
    assert [change.way for change in found.reviews[0].changes] == ["better", "same", "same", "same"]
    assert found.reviews[1].changes == ()
    assert [one.revised for one in it.said(Ready, READY, ANA)] == [False, False, True]
    async with it.app.store.read() as tx:
        lines = await ledger.entries(tx, GUILD, [ANA, BOB])
    assert [len(lines[ANA]), len(lines[BOB])] == [2, 1]
    assert (await it.request(asked.id)).state == "delivered"


async def test_a_second_version_that_nobody_reads_loses_nothing(it: Square) -> None:
    """Both let it pass: what they sent stays, no other reader is looked for, and it is delivered again."""
    asked, _, _ = await handed_in_again(it)
    await it.walk(2 * DAY)
    after = await it.request(asked.id)
    assert (after.state, after.first) == ("delivered", None)
    assert [one.state for one in await it.readings(asked.id)] == ["submitted", "submitted"]
    assert OVER not in it.kinds(ANA) + it.kinds(BOB)
    assert len((await result(it.app, ANA_HERE, asked.id)).reviews) == 2


async def test_a_rated_review_is_rated_after_it_was_asked_for_again(it: Square) -> None:
    """A rating stays, whatever becomes of the second version."""
    asked, his, hers = await both_sent(it)
    await rate(it.app, ANA_HERE, his.id, True, True, True, it.clock())
    await rate(it.app, ANA_HERE, hers.id, True, True, True, it.clock())
    await revise(it.app, ANA_HERE, asked.id, NEEDS, it.clock(), document=SECOND)
    async with it.app.store.begin() as tx:
        await placed(tx, asked.id, 5, 77, it.clock())
    await it.beat()
    await decline(it.app, CLEO_HERE, hers.id, it.clock())
    await it.until(it.clock() + 2 * DAY)
    assert [one.state for one in await it.readings(asked.id)] == ["rated", "rated"]


async def test_who_may_not_or_will_not_read_is_not_asked_again(it: Square) -> None:
    """A block, a break: they are passed over in silence; with nobody left it is delivered as it was."""
    asked, _, _ = await both_sent(it)
    await it.block(BOB, ANA)
    async with it.app.store.begin() as tx:
        away = review_reader.update().where(review_reader.c.user_id == CLEO)
        await tx.execute(away.values(paused_until=MONDAY + 7 * DAY))
    await revise(it.app, ANA_HERE, asked.id, NEEDS, it.clock(), document=SECOND)
    async with it.app.store.begin() as tx:
        await placed(tx, asked.id, 5, 77, it.clock())
    await it.beat()
    assert (await it.request(asked.id)).state == "delivered"
    assert PROPOSED not in it.kinds(BOB) + it.kinds(CLEO)
    assert {one.next_at for one in await it.readings(asked.id)} == {None}


async def test_when_a_second_version_is_taken(it: Square) -> None:
    """Once, after the first was delivered, another document than before, and only its author's."""
    asked, one = await reading_begun(it)
    now = it.clock()

    async def why(document: Document = SECOND, key: Key = ANA_HERE) -> str:
        return await refused(revise(it.app, key, asked.id, NEEDS, now, document=document))

    assert await why() == "not_read_yet"
    assert await why(key=BOB_HERE) == "request_gone"
    await fill(it, one)
    await submit(it.app, BOB_HERE, one.id, SERVER, now)
    assert await why(Document(asked.sha256, 2)) == "nothing_changed"
    assert await why(Document()) == "file_missing"
    for _ in range(2):  # the first never came to stand
        draft = await revise(it.app, ANA_HERE, asked.id, NEEDS, now, document=SECOND)
        assert (draft.state, draft.expires_at) == ("draft", now + 10 * DAY)
    async with it.app.store.begin() as tx:
        await placed(tx, asked.id, 5, 77, now)
    await it.beat()
    await it.until(it.at(3))
    assert (await it.request(asked.id)).state == "delivered"
    assert await why(Document("d" * 64, 2)) == "revised_already"


async def test_a_second_version_that_never_stands_is_waited_for_at_ease(it: Square) -> None:
    """Each minute at first, then each hour; nobody is asked, and the first document goes in its time."""
    asked, one = await reading_begun(it)
    await fill(it, one)
    await submit(it.app, BOB_HERE, one.id, SERVER, it.clock())
    await revise(it.app, ANA_HERE, asked.id, NEEDS, it.clock(), document=SECOND)
    await it.beat()
    assert (await it.reading(one.id)).next_at == it.clock() + timedelta(minutes=1)
    await it.became(review_reading, one.id, next_at=it.clock() + HOUR)
    await it.walk(HOUR)
    assert (await it.reading(one.id)).next_at == it.clock() + HOUR
    assert PROPOSED not in it.kinds(BOB)


async def test_nobody_is_written_to_without_their_consent(it: Square) -> None:
    """Ana took it back: the line in her thread is all there is."""
    asked, one = await reading_begun(it)
    await members.withdraw_consent(it.app, ANA_HERE, it.clock())
    await fill(it, one)
    await submit(it.app, BOB_HERE, one.id, SERVER, it.clock())
    await it.beat()
    assert READY not in it.kinds(ANA)
    assert asked.thread_id is not None
    assert "review_word" in it.kinds(asked.thread_id)
