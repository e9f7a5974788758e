"""One reading from the proposal to its end, on both databases: pressed, reminded, over, and what is told of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import pytest

from bot.deliveries import store as outbox
from bot.people.flow import members
from bot.people.members import Key
from bot.reviews import life
from bot.reviews.flow import notices, readings
from bot.reviews.flow.readings import accept, decline, end_for, mind_readings
from bot.reviews.messages import OVER, PROPOSED, REMINDER, Over, Reminder
from bot.reviews.store import readings as store
from bot.reviews.values import Reading, Request
from bot.storage.tables import member
from bot.storage.tables.reviews import review_reading, review_request, review_round, review_setting
from tests.asked import refused
from tests.reviews.parts import ANA, BOB, CLEO, DAN, DAY, GUILD, HOUR, MONDAY, Square, server_name

BOB_HERE = Key(GUILD, BOB)


async def begun(it: Square, **values: object) -> tuple[Request, Reading]:
    """Bob is asked to read Ana's resume, in Lisbon; another reader of it has begun already."""
    it.duties = [lambda app, now: mind_readings(app, server_name, now)]
    await it.settle(keep_days=10)
    await it.met(ANA, BOB, CLEO, zone="Europe/Lisbon")
    await it.join_reader(BOB, CLEO)
    asked = await it.hand_in(ANA, state="in_review")
    await it.propose(asked, CLEO, state="accepted", accept_by=None, accepted_at=it.clock())
    return asked, await it.propose(asked, BOB, **values)


async def ended(it: Square, *readings: Reading) -> None:
    """Another flow ends these."""
    async with it.app.store.begin() as tx:
        await end_for(tx, readings, it.clock())


# -- taken on, or not ----------------------------------------------------------------------------


async def test_who_accepts_has_till_the_evening_of_the_fourth_day(it: Square) -> None:
    """Their clock counts; pressing twice is once, also at the same moment."""
    _, one = await begun(it)
    both = await asyncio.gather(*(accept(it.app, BOB_HERE, one.id, it.clock()) for _ in range(2)))
    assert both[0] == both[1] == await it.reading(one.id)
    assert both[0].state == "accepted"
    assert both[0].due_at == it.at(4, 20)


async def test_without_a_zone_the_server_s_clock_counts(it: Square) -> None:
    """20:00 in Tokyo is 11:00 UTC."""
    _, one = await begun(it)
    async with it.app.store.begin() as tx:
        await tx.execute(member.update().where(member.c.user_id == BOB).values(zone=None))
    async with it.app.store.begin() as tx:
        await tx.execute(review_setting.update().values(zone="Asia/Tokyo"))
    assert (await accept(it.app, BOB_HERE, one.id, it.clock())).due_at == it.at(4, 11)


async def test_only_its_reader_answers(it: Square) -> None:
    """Somebody else's reading and one that is not there read alike."""
    _, one = await begun(it)
    for key, number in ((Key(GUILD, CLEO), one.id), (Key(2, BOB), one.id), (BOB_HERE, 999)):
        assert await refused(accept(it.app, key, number, it.clock())) == "reading_gone"
        assert await refused(decline(it.app, key, number, it.clock())) == "reading_gone"


async def test_after_thirty_six_hours_it_has_timed_out_in_silence(it: Square) -> None:
    """Nobody is told; the author is first in the next draw, and the reader reads that it is over."""
    asked, one = await begun(it)
    await it.until(it.at(2))
    assert (await it.reading(one.id)).state == "timed_out"
    after = await it.request(asked.id)
    assert (after.state, after.first) == ("waiting", MONDAY + 36 * HOUR)
    assert OVER not in it.kinds(ANA) + it.kinds(BOB)
    assert await refused(accept(it.app, BOB_HERE, one.id, it.clock())) == "reading_over"


async def test_who_declines_is_not_asked_why(it: Square) -> None:
    """In silence, since nothing had begun; twice is once."""
    asked, one = await begun(it)
    for _ in range(2):
        assert (await decline(it.app, BOB_HERE, one.id, it.clock())).state == "declined"
    await it.walk(HOUR)
    assert OVER not in it.kinds(ANA) + it.kinds(BOB)
    assert (await it.request(asked.id)).first == MONDAY


async def test_a_block_after_the_draw_ends_a_proposal_at_the_press(it: Square) -> None:
    """Whoever blocked whom: it reads as any other end, and somebody else can be found at once."""
    asked, one = await begun(it)
    await it.block(ANA, BOB)
    assert await refused(accept(it.app, BOB_HERE, one.id, it.clock())) == "reading_over"
    assert (await it.reading(one.id)).state == "ended"
    assert (await it.request(asked.id)).state == "waiting"


async def test_nobody_reads_for_who_has_left_or_took_it_back(it: Square) -> None:
    """An author who is gone, and a request that is withdrawn, read the same."""
    asked, one = await begun(it)
    await it.became(review_request, asked.id, state="withdrawn")
    assert await refused(accept(it.app, BOB_HERE, one.id, it.clock())) == "reading_over"
    other = await it.propose(await it.hand_in(ANA), BOB)
    await it.leave_server(ANA)
    assert await refused(accept(it.app, BOB_HERE, other.id, it.clock())) == "reading_over"


async def test_a_full_reader_accepts_no_more(it: Square) -> None:
    """What they have accepted counts, what they are only asked does not."""
    _, one = await begun(it)
    await it.met(DAN)
    hers = await it.hand_in(DAN)
    busy = await it.propose(hers, BOB, state="accepted", accept_by=None)
    more = await it.propose(await it.hand_in(CLEO), BOB, state="accepted", accept_by=None)
    assert await refused(accept(it.app, BOB_HERE, one.id, it.clock())) == "reader_full"
    await it.became(review_reading, busy.id, state="submitted")
    assert (await accept(it.app, BOB_HERE, one.id, it.clock())).state == "accepted"
    assert (await it.reading(more.id)).state == "accepted"


async def test_newcomers_to_the_server_read_nothing_yet(it: Square) -> None:
    """Seven days after they joined they may; the proposal stands till then."""
    _, one = await begun(it)
    async with it.app.store.begin() as tx:
        await tx.execute(member.update().where(member.c.user_id == BOB).values(joined_at=MONDAY - 6 * DAY))
    assert await refused(accept(it.app, BOB_HERE, one.id, it.clock())) == "reads_later"
    assert (await it.reading(one.id)).state == "proposed"
    late = it.clock() + DAY
    assert (await accept(it.app, BOB_HERE, one.id, late)).state == "accepted"


# -- while it is read ----------------------------------------------------------------------------


async def test_two_reminders_and_no_more(it: Square) -> None:
    """At half time and on the last afternoon, outside quiet hours; the second says that it is the last."""
    _, one = await begun(it)
    await accept(it.app, BOB_HERE, one.id, it.clock())
    await it.until(it.at(2, 14, 29))
    assert REMINDER not in it.kinds(BOB)
    await it.until(it.at(2, 14, 30))
    assert it.kinds(BOB).count(REMINDER) == 1
    await it.until(it.at(5))
    first, last = it.said(Reminder, REMINDER, BOB)
    assert (first.last, last.last) == (False, True)
    assert last.due_at == it.at(4, 20)


async def test_a_reminder_keeps_quiet_hours(it: Square) -> None:
    """Half time lies in them: it is said when they end."""
    _, one = await begun(it)
    await members.change(it.app, BOB_HERE, it.clock(), quiet=(14 * 60, 16 * 60))
    await accept(it.app, BOB_HERE, one.id, it.clock())
    await it.until(it.at(2, 15, 59))
    assert REMINDER not in it.kinds(BOB)
    await it.until(it.at(2, 16))
    assert it.kinds(BOB).count(REMINDER) == 1


async def test_one_that_can_t_be_said_in_time_is_not_said(it: Square) -> None:
    """Who is quiet from three in the afternoon on is not reminded after the end."""
    _, one = await begun(it)
    await members.change(it.app, BOB_HERE, it.clock(), quiet=(15 * 60, 8 * 60))
    await accept(it.app, BOB_HERE, one.id, it.clock())
    await it.until(it.at(6))
    assert it.kinds(BOB).count(REMINDER) == 1


async def test_what_waits_to_be_said_is_forgotten_with_the_reading(it: Square) -> None:
    """A reminder that waits for the morning does not come after they have stepped back."""
    _, one = await begun(it)
    await members.change(it.app, BOB_HERE, it.clock(), quiet=(14 * 60, 16 * 60))
    await accept(it.app, BOB_HERE, one.id, it.clock())
    await it.until(it.at(2, 15))
    await decline(it.app, BOB_HERE, one.id, it.clock())
    await it.until(it.at(3))
    assert REMINDER not in it.kinds(BOB)


async def test_a_reading_that_does_not_come_expires(it: Square) -> None:
    """Twelve hours after its time; both are told in the same words, the author when the next draw is."""
    asked, one = await begun(it)
    await accept(it.app, BOB_HERE, one.id, it.clock())
    await it.until(it.at(5, 7, 59))
    assert (await it.reading(one.id)).state == "accepted"
    await it.until(it.at(5, 10))
    assert (await it.reading(one.id)).state == "expired"
    after = await it.request(asked.id)
    assert (after.state, after.first) == ("waiting", it.at(5, 8))
    (hers,) = it.said(Over, OVER, ANA)
    (his,) = it.said(Over, OVER, BOB)
    assert (hers.to, his.to) == ("author", "reader")
    assert hers.next_at == it.at(5, 9)
    assert his.next_at is None


# -- over before its end -------------------------------------------------------------------------


async def over_by(it: Square, how: str) -> list[Over]:
    """What the author reads after a reading that had begun was ended so."""
    asked, one = await begun(it)
    accepted = await accept(it.app, BOB_HERE, one.id, it.clock())
    match how:
        case "declined":
            await decline(it.app, BOB_HERE, one.id, it.clock())
        case "expired":
            await it.became(review_reading, one.id, due_at=it.clock() - 12 * HOUR, next_at=it.clock())
        case "ended":
            await ended(it, accepted)
    await it.beat()
    assert (await it.reading(one.id)).next_at is None
    assert (await it.request(asked.id)).first == MONDAY
    return it.said(Over, OVER, ANA)


@pytest.mark.parametrize("how", ["declined", "expired", "ended"])
async def test_every_early_end_reads_alike(it: Square, how: str) -> None:
    """Declined, expired, parted: the author reads the same words at the same moment."""
    (said,) = await over_by(it, how)
    assert said == Over(
        GUILD, "Remote people", said.request_id, "resume", "author", MONDAY + HOUR, said.named
    )


async def test_an_end_is_told_once_and_not_to_who_pressed(it: Square) -> None:
    """Ended twice is ended once; an author who takes it back is not told so."""
    asked, one = await begun(it)
    accepted = await accept(it.app, BOB_HERE, one.id, it.clock())
    await it.became(review_request, asked.id, state="withdrawn")
    await ended(it, accepted)
    await ended(it, await it.reading(one.id))
    await it.walk(HOUR)
    assert OVER not in it.kinds(ANA)
    assert it.kinds(BOB).count(OVER) == 1
    assert (await it.request(asked.id)).state == "withdrawn"


async def test_what_was_delivered_does_not_end(it: Square) -> None:
    """Parting takes no review away."""
    _, one = await begun(it, state="submitted", accept_by=None, submitted_at=MONDAY)
    await ended(it, one)
    assert await it.reading(one.id) == one


async def test_a_lost_newcomer_leaves_nobody_waiting(it: Square) -> None:
    """Who reads for clarity beside the others fills no place: the request goes on as it was."""
    asked, one = await begun(it)
    beside = await it.propose(asked, DAN, clarity=True)
    await ended(it, beside)
    assert await it.request(asked.id) == asked
    assert (await it.reading(one.id)).state == "proposed"


async def test_a_quiet_beat_asks_one_question(it: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without anything due nothing is written."""
    await begun(it)
    monkeypatch.setattr(it.app.store, "begin", partial(pytest.fail, "a unit of work was begun"))
    assert await mind_readings(it.app, server_name, it.clock()) == 0


async def test_many_are_dealt_with_in_parts(it: Square) -> None:
    """A hundred a beat; the rest comes in the next one."""
    await it.settle()
    await it.met(ANA)
    asked = await it.hand_in(ANA, needs=1)
    await it.join_reader(BOB)
    first = await it.propose(asked, BOB)
    async with it.app.store.begin() as tx:
        await store.add(tx, [replace(first, reader_id=1000 + nth) for nth in range(readings.AT_ONCE)])
    late = it.clock() + 36 * HOUR
    assert await mind_readings(it.app, server_name, late) == readings.AT_ONCE
    assert await mind_readings(it.app, server_name, late) == 1
    assert await mind_readings(it.app, server_name, late) == 0


# -- the store -----------------------------------------------------------------------------------


async def test_the_same_reader_is_not_added_twice(it: Square) -> None:
    """One who had the request before is left out, and the others get their ids."""
    asked, one = await begun(it)
    async with it.app.store.begin() as tx:
        new = [
            Reading(0, GUILD, 7, asked.id, ANA, reader, "proposed", 600, "[]", it.clock())
            for reader in (BOB, DAN)
        ]
        (added,) = await store.add(tx, new)
        assert await store.add(tx, new) == []
        assert (await store.one(tx, GUILD, added.id)) == added
        assert await store.load(tx, GUILD, [BOB, CLEO, DAN, ANA]) == {BOB: 1, CLEO: 1, DAN: 1}
        assert await store.of_reader(tx, GUILD, BOB, live=True) == [one]
        assert {each.reader_id for each in await store.live_of(tx, GUILD, [ANA])} == {BOB, CLEO, DAN}
    assert added.reader_id == DAN


async def test_who_met_lately_is_not_matched_again(it: Square) -> None:
    """By time or by rounds; a proposal that came to nothing counts while its request is open, and then no more."""
    asked, one = await begun(it, proposed_at=MONDAY - 100 * DAY)
    async with it.app.store.begin() as tx:
        await store.keep(tx, [life.declined(one, MONDAY)])

    async def apart(days: int) -> set[tuple[int, int]]:
        async with it.app.store.read() as tx:
            return await store.pairs_since(tx, GUILD, MONDAY - days * DAY, 6)

    assert await apart(90) == {(ANA, BOB), (ANA, CLEO)}
    await it.became(review_request, asked.id, state="delivered")
    assert await apart(90) == {(ANA, CLEO)}
    await it.became(review_reading, one.id, accepted_at=MONDAY - 99 * DAY, state="submitted")
    assert await apart(90) == {(ANA, CLEO)}
    assert await apart(110) == {(ANA, BOB), (ANA, CLEO)}
    await published(it, range(1, 7))
    await it.became(review_reading, one.id, round_id=1)
    assert await apart(90) == {(ANA, BOB), (ANA, CLEO)}
    await published(it, [7])
    assert await apart(90) == {(ANA, CLEO)}


async def published(it: Square, numbers: Iterable[int]) -> None:
    """Rounds with these ids were published, one an hour."""
    told = {"drawn": "weekly", "state": "published", "seed": "", "given": "", "result": ""}
    async with it.app.store.begin() as tx:
        for number in numbers:
            at = MONDAY + number * HOUR
            row = told | {"id": number, "guild_id": GUILD, "opened_at": at, "published_at": at}
            await tx.execute(review_round.insert().values(row))


async def test_a_proposal_letter_has_one_key_for_each_version(it: Square) -> None:
    """Whoever plans it names its cause the same way, so that it can be taken back."""
    asked, one = await begun(it)
    known = await members.member(it.app, BOB_HERE)
    planned = notices.proposed(one, asked, known, "Remote people", (), it.clock())
    async with it.app.store.begin() as tx:
        await outbox.plan(tx, planned, it.clock())
        await notices.unsay(tx, one, asked)
    await it.beat()
    assert PROPOSED not in it.kinds(BOB)
