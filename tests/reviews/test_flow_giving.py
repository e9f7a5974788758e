"""Reading for others: joined, changed, paused, left; who may read when, and the sample."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Key
from bot.reviews import answers
from bot.reviews.answers import Sheet
from bot.reviews.flow import giving
from bot.reviews.rubric import Evidence, Item, Reference, Rubric, Sample, Verdict
from bot.reviews.store import ledger
from bot.reviews.values import Entry
from tests.asked import refused
from tests.reviews.parts import ANA, BOB, CLEO, DAY, GUILD, HOUR, LONG_AGO, MONDAY, WEEK, Square

ME = Person(BOB, GUILD, False)
MINE = Key(GUILD, BOB)
EVIDENCE = (Evidence("Clear words help.", "Somebody 2023", "practice"),)
HINTS: dict[Verdict, str] = {"yes": "Yes.", "partly": "Partly.", "no": "No."}


def rubric(*ids: str, sample: bool = True) -> Rubric:
    items = tuple(Item(one, one.title(), f"Is it {one}?", HINTS, EVIDENCE) for one in ids)
    references = {one: Reference("yes", "It is.") for one in ids}
    shown = Sample("A posting", "A resume", references) if sample else None
    return Rubric("resume", 1, "Resume", "About it", ("file",), items, sample=shown)


def filled(of: Rubric, *ids: str) -> Sheet:
    sheet = answers.blank(of)
    for one in ids:
        sheet = answers.marked(sheet, one, "no", MONDAY)
    return sheet


async def joins(
    it: Square, capacity: int = 2, kinds: tuple[str, ...] = ("resume",), *tags: str
) -> giving.Joined:
    return await giving.join(it.app, ME, capacity, kinds, tags, it.clock())


# -- joining -------------------------------------------------------------------------------------


async def test_joined(it: Square) -> None:
    """Kinds in their usual order; a newcomer reads the sample first; one who is here for long may read now."""
    await it.settle()
    await it.met(BOB)
    joined = await joins(it, 3, ("pitch", "resume"), "pt", "en", "pt")
    assert (joined.reader.capacity, joined.reader.kinds) == (3, ("resume", "pitch"))
    assert joined.reader.languages == ("pt", "en")
    assert (joined.reads_from, joined.sample) == (None, True)
    assert await giving.giving(it.app, MINE, it.clock()) == joined


async def test_languages_that_were_not_given(it: Square) -> None:
    """Those of their profile, else English."""
    await it.settle()
    await it.met(BOB)
    assert (await joins(it)).reader.languages == ("en",)
    await it.met(BOB, languages=("es", "fr"))
    assert (await joins(it)).reader.languages == ("es", "fr")


async def test_a_young_membership_reads_later(it: Square) -> None:
    """They may join, and hear from when on they are given something: seven days after they came."""
    await it.settle()
    await members.met(it.app, ME, it.clock(), joined_at=MONDAY - 2 * DAY)
    assert (await joins(it)).reads_from == MONDAY + 5 * DAY


@pytest.mark.parametrize(
    ("made", "joined", "at"),
    [
        (LONG_AGO, LONG_AGO, None),
        (LONG_AGO, MONDAY - WEEK, None),
        (LONG_AGO, MONDAY - WEEK + timedelta(seconds=1), MONDAY + timedelta(seconds=1)),
        (MONDAY - DAY, LONG_AGO, MONDAY + 6 * DAY),
        (MONDAY - DAY, MONDAY - 2 * DAY, MONDAY + 6 * DAY),
        (LONG_AGO, None, MONDAY + WEEK),
    ],
)
def test_who_may_read_when(made: datetime, joined: datetime | None, at: datetime | None) -> None:
    """Seven days after the later of account and membership; what is not known counts as just now."""
    assert giving.may_read_at(made, joined, MONDAY) == at


@pytest.mark.parametrize(
    ("capacity", "kinds", "tags", "reason"),
    [
        (0, ("resume",), (), "review_capacity"),
        (5, ("resume",), (), "review_capacity"),
        (1, (), (), "review_kinds"),
        (1, ("novel",), (), "review_kinds"),
        (1, ("resume",), ("xx",), "language_unknown"),
        (1, ("resume",), ("en", "es", "fr", "de", "it", "pt", "nl", "pl", "sv"), "too_many_languages"),
    ],
)
async def test_what_nobody_can_join_with(
    it: Square, capacity: int, kinds: tuple[str, ...], tags: tuple[str, ...], reason: str
) -> None:
    """Each limit; nothing is kept then."""
    await it.settle()
    await it.met(BOB)
    assert await refused(joins(it, capacity, kinds, *tags)) == reason
    assert await it.readers() == []


async def test_joining_where_nothing_is_read(it: Square) -> None:
    """With reviews off, and for who pressed nothing here yet."""
    assert await refused(joins(it)) == "reviews_off"
    await it.settle()
    assert await refused(joins(it)) == "member_unknown"
    assert await it.readers() == []


# -- changing ------------------------------------------------------------------------------------


async def test_changed(it: Square) -> None:
    """What is given, and nothing else."""
    await it.settle()
    await it.met(BOB)
    before = (await joins(it, 2, ("resume", "pitch"), "en")).reader
    after = (await giving.change(it.app, MINE, it.clock(), capacity=4)).reader
    assert after == replace(before, capacity=4)
    after = (await giving.change(it.app, MINE, it.clock(), kinds=("letter",), languages=("es",))).reader
    assert (after.capacity, after.kinds, after.languages) == (4, ("letter",), ("es",))
    assert await refused(giving.change(it.app, MINE, it.clock(), capacity=0)) == "review_capacity"


async def test_what_needs_a_reader(it: Square) -> None:
    """Who reads for nobody has nothing to change."""
    await it.settle()
    await it.met(BOB)
    assert await refused(giving.change(it.app, MINE, it.clock(), capacity=1)) == "no_reader"
    assert await refused(giving.pause(it.app, MINE, 1, it.clock())) == "no_reader"
    sheet = filled(rubric("clear"), "clear")
    assert await refused(giving.sample_done(it.app, MINE, sheet, rubric("clear"), MONDAY)) == "no_reader"
    await giving.leave(it.app, MINE, it.clock())
    assert await giving.giving(it.app, MINE, it.clock()) is None


async def test_paused_and_left(it: Square) -> None:
    """What they were only asked goes to somebody else, first of all; what they accepted goes on."""
    await it.settle()
    await it.met(ANA, BOB, CLEO)
    await it.join_reader(BOB)
    asked = await it.hand_in(ANA, state="in_review", needs=1)
    proposed = await it.propose(asked, BOB)
    accepted = await it.propose(await it.hand_in(CLEO), BOB, state="accepted")
    paused = await giving.pause(it.app, MINE, 2, it.clock())
    assert paused.reader.paused_until == MONDAY + 2 * WEEK
    assert (await it.reading(proposed.id)).state == "ended"
    assert await it.reading(accepted.id) == accepted
    waiting = await it.request(asked.id)
    assert (waiting.state, waiting.first) == ("waiting", MONDAY)
    assert (await giving.pause(it.app, MINE, 0, it.clock())).reader.paused_until is None
    it.clock.move(HOUR)
    for _ in range(2):
        await giving.leave(it.app, MINE, it.clock())
    assert await giving.giving(it.app, MINE, it.clock()) is None
    assert await it.reading(accepted.id) == accepted
    back = (await joins(it)).reader
    assert (back.left_at, back.joined_at, back.sample_at) == (None, MONDAY + HOUR, LONG_AGO)


@pytest.mark.parametrize("weeks", [-1, 9])
async def test_pauses_that_are_none(it: Square, weeks: int) -> None:
    """One to eight weeks."""
    await it.join_reader(BOB)
    assert await refused(giving.pause(it.app, MINE, weeks, it.clock())) == "pause_weeks"


# -- the sample ----------------------------------------------------------------------------------


async def test_the_sample(it: Square) -> None:
    """Every item of it answered, right or wrong, and they read whole documents; twice is once."""
    await it.settle()
    await it.met(BOB)
    await joins(it)
    whole = rubric("clear", "short")
    half = giving.sample_done(it.app, MINE, filled(whole, "clear"), whole, it.clock())
    assert await refused(half) == "sample_open"
    done = await giving.sample_done(it.app, MINE, filled(whole, "clear", "short"), whole, it.clock())
    assert (done.sample, done.reader.sample_at) == (False, MONDAY)
    again = await giving.sample_done(it.app, MINE, filled(whole, "clear", "short"), whole, it.clock() + DAY)
    assert again.reader.sample_at == MONDAY


async def test_a_kind_without_a_sample(it: Square) -> None:
    """It is said, and nobody is waved through by it."""
    none = rubric("clear", sample=False)
    assert await refused(giving.sample_done(it.app, MINE, filled(none, "clear"), none, MONDAY)) == "no_sample"


async def test_who_has_sent_a_review_needs_no_sample(it: Square) -> None:
    """They know what it is; to have begun one that was taken back is not enough."""
    await it.settle()
    await it.met(BOB)
    assert (await joins(it)).sample
    for why, still in (("kept", True), ("given", False)):
        async with it.app.store.begin() as tx:
            await ledger.add(tx, GUILD, [Entry(BOB, 1, why, it.clock())])  # type: ignore[arg-type]
        joined = await giving.giving(it.app, MINE, it.clock())
        assert joined is not None
        assert joined.sample is still
