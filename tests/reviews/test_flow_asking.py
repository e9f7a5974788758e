"""Having something read, on both databases: settings, what is said before, handing in, taking back, status."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Key
from bot.reviews.asking import WAITS, Document, Draft
from bot.reviews.flow import asking, giving, settings
from bot.reviews.messages import OVER
from bot.reviews.rubric import Need
from bot.reviews.store import ledger
from bot.reviews.values import Entry, Request
from bot.storage.tables import review_request
from tests.asked import refused
from tests.reviews.parts import (
    ANA,
    BOB,
    CHANNEL,
    CLEO,
    DAN,
    DAY,
    EVE,
    FAY,
    GUILD,
    HOUR,
    LONG_AGO,
    MO,
    MONDAY,
    NOBODY_SPECIAL,
    WEEK,
    Square,
    minding_readings,
)

FILE = Document("a" * 64, 2)
OTHER = Document("b" * 64, 1)
RESUME = Draft("resume", target="Data engineer at a company that hires in all of Europe")
NEEDS: tuple[Need, ...] = ("file", "posting")
ME = Person(ANA, GUILD, False)
MINE = Key(GUILD, ANA)


async def hands_in(it: Square, document: Document = FILE, draft: Draft = RESUME, who: Person = ME) -> Request:
    return await asking.hand_in(it.app, who, draft, NEEDS, it.clock(), document)


async def stands(it: Square, one: Request, message_id: int = 501) -> Request:
    """Its document stands in a thread now."""
    async with it.app.store.begin() as tx:
        found = await asking.placed(tx, one.id, 500, message_id, it.clock())
    assert found is not None
    return found


async def credit(it: Square, user_id: int, *why: Any) -> None:
    """Lines of the ledger: +1 for each but what was received."""
    lines = [Entry(user_id, -1 if one == "received" else 1, one, it.clock()) for one in why]
    async with it.app.store.begin() as tx:
        await ledger.add(tx, GUILD, lines)


# -- settings ------------------------------------------------------------------------------------


async def test_reviews_are_off_till_a_channel_is_chosen(it: Square) -> None:
    """Nothing is due, and nothing can be asked; then the first tick is due at once, a round on its day."""
    way = await settings.settings(it.app, GUILD)
    assert (way.channel_id, way.next_round_at, way.next_tick_at) == (None, None, None)
    assert await refused(asking.may_ask(it.app, MINE, it.clock())) == "reviews_off"
    way = await settings.choose_channel(it.app, MO, CHANNEL, (), it.clock())
    assert (way.next_round_at, way.next_tick_at) == (MONDAY + WEEK, MONDAY)
    assert await settings.settings(it.app, GUILD) == way
    off = await settings.choose_channel(it.app, MO, None, None, it.clock())
    assert (off.channel_id, off.next_round_at, off.next_tick_at) == (None, None, None)


async def test_another_weekly_rule_moves_the_next_round(it: Square) -> None:
    """Its day, its time and its zone do; other settings leave it where it is, and the tick too."""
    await settings.choose_channel(it.app, MO, CHANNEL, (), it.clock())
    way = await settings.change(it.app, MO, it.clock(), zone="America/New_York", day=2, minute=18 * 60)
    assert way.next_round_at == it.at(2, 23)
    again = await settings.change(it.app, MO, it.clock() + HOUR, least=0, keep_days=30, patience_h=168)
    assert (again.next_round_at, again.next_tick_at) == (way.next_round_at, way.next_tick_at)
    assert (again.least, again.keep_days, again.patience_h, again.zone) == (0, 30, 168, "America/New_York")
    assert (await settings.change(it.app, MO, it.clock(), weekly=False)).next_round_at is None


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ({"zone": "Atlantis"}, "place_unknown"),
        ({"minute": 24 * 60}, "review_setting"),
        ({"day": 7}, "review_setting"),
        ({"least": 1001}, "review_setting"),
        ({"least": -1}, "review_setting"),
        ({"keep_days": 0}, "review_setting"),
        ({"keep_days": 31}, "review_setting"),
        ({"patience_h": 169}, "review_setting"),
        ({"preview_h": 73}, "review_setting"),
    ],
)
async def test_settings_that_are_none(it: Square, chosen: dict[str, Any], reason: str) -> None:
    """Each limit; nothing is written then."""
    assert await refused(settings.change(it.app, MO, it.clock(), **chosen)) == reason
    assert await refused(settings.change(it.app, NOBODY_SPECIAL, it.clock(), least=1)) == "moderators_only"
    way = await settings.settings(it.app, GUILD)
    assert (way.zone, way.least, way.keep_days) == ("UTC", 700, 14)


async def test_a_channel_where_the_bot_may_not_speak(it: Square) -> None:
    """It is refused with what is missing there."""
    missing = ("Create Private Threads",)
    assert await refused(settings.choose_channel(it.app, MO, CHANNEL, missing, it.clock())) == "bot_may_not"
    assert await refused(settings.choose_channel(it.app, MO, CHANNEL, None, it.clock())) == "channel_gone"


# -- before --------------------------------------------------------------------------------------


async def test_what_is_said_before(it: Square) -> None:
    """The first request is free; who searches in private is read without a name; nothing is open."""
    await it.settle()
    await it.met(ANA)
    said = await asking.may_ask(it.app, MINE, it.clock())
    assert (said.current, said.mode, said.account.free, said.owed(2)) == (None, "blind", True, 0)
    assert said.supply("en") == "nobody"


async def test_how_many_read_a_language(it: Square) -> None:
    """In words, before anything is handed in: not oneself, not who pauses, left or may not read yet; and who is
    blocked counts like anybody, so that the word tells nothing of it."""
    await it.settle()
    await it.met(ANA, BOB, CLEO, DAN, EVE, FAY)
    await it.join_reader(ANA, BOB, CLEO, languages=("en", "pt-BR"))
    await it.join_reader(DAN, languages=("pt",), paused_until=MONDAY + DAY)
    await it.join_reader(EVE, languages=("pt",), left_at=LONG_AGO)
    await it.join_reader(FAY, languages=("fr", "pt"))
    await it.block(ANA, BOB)
    young = (int((MONDAY - DAY).timestamp() * 1000) - 1_420_070_400_000) << 22
    await it.met(young)
    await it.join_reader(young, languages=("fr",))
    said = await asking.may_ask(it.app, MINE, it.clock())
    assert [said.supply(one) for one in ("en", "pt", "pt-BR", "fr", "de")] == [
        *("a few", "a few", "a few", "one", "nobody")
    ]


async def test_what_is_owed(it: Square) -> None:
    """After the free ones two are pledged for two; what is pledged counts while it is not paused."""
    await it.settle()
    await it.met(ANA)
    await credit(it, ANA, "received", "received")
    assert (await asking.may_ask(it.app, MINE, it.clock())).owed(2) == 2
    assert await refused(hands_in(it)) == "review_owed"
    await it.join_reader(ANA)
    assert (await asking.may_ask(it.app, MINE, it.clock())).owed(2) == 0
    await giving.pause(it.app, MINE, 1, it.clock())
    assert (await asking.may_ask(it.app, MINE, it.clock())).owed(2) == 2
    assert (await asking.waive(it.app, MO, ANA, 2, it.clock())).balance == 0
    assert (await hands_in(it)).state == "draft"


async def test_who_may_waive(it: Square) -> None:
    """Moderators, a few reviews at a time."""
    assert await refused(asking.waive(it.app, NOBODY_SPECIAL, ANA, 1, it.clock())) == "moderators_only"
    assert await refused(asking.waive(it.app, MO, ANA, 0, it.clock())) == "waive_amount"


# -- handing in ----------------------------------------------------------------------------------


async def test_a_request_waits_when_its_document_stands(it: Square) -> None:
    """Till then it is a draft that no round sees; a newcomer may ask, too."""
    await it.settle()
    await members.met(it.app, ME, it.clock(), joined_at=it.clock())
    one = await hands_in(it)
    assert (one.state, one.mode, one.waiting_since, one.sha256, one.pages) == (
        "draft",
        "blind",
        None,
        FILE.sha256,
        2,
    )
    it.clock.move(HOUR)
    there = await stands(it, one)
    assert (there.state, there.thread_id, there.message_id) == ("waiting", 500, 501)
    assert (there.waiting_since, there.expires_at) == (MONDAY + HOUR, MONDAY + HOUR + WAITS)
    it.clock.move(HOUR)
    assert await stands(it, one) == there == await it.request(one.id)


async def test_handed_in_twice_at_once(it: Square) -> None:
    """Two presses in one moment make one request: the other draft is void, and what it placed is noted to go."""
    await it.settle()
    await it.met(ANA)
    both = await asyncio.gather(hands_in(it), hands_in(it))
    states = sorted(one.state for one in await it.requests())
    assert states == ["draft", "withdrawn"]
    for number, one in enumerate(both):
        await stands(it, one, 501 + number)
    assert sorted(one.state for one in await it.requests()) == ["waiting", "withdrawn"]
    assert all(one.thread_id == 500 for one in await it.requests())


async def test_one_at_a_time(it: Square) -> None:
    """While one waits no other is taken; once it is delivered another is, but not the same document."""
    await it.settle()
    await it.met(ANA)
    one = await stands(it, await hands_in(it))
    assert await refused(hands_in(it, OTHER)) == "request_open"
    assert (await asking.may_ask(it.app, MINE, it.clock())).current == one
    await it.became(review_request, one.id, state="delivered")
    assert await refused(hands_in(it)) == "same_document"
    assert (await hands_in(it, OTHER)).state == "draft"


async def test_what_is_refused_before_anything_is_kept(it: Square) -> None:
    """Reviews off, somebody unknown, a form that is not whole."""
    assert await refused(hands_in(it)) == "reviews_off"
    await it.settle()
    assert await refused(hands_in(it)) == "member_unknown"
    await it.met(ANA)
    assert await refused(hands_in(it, draft=replace(RESUME, target=""))) == "posting_missing"
    assert await refused(hands_in(it, Document())) == "file_missing"
    assert await it.requests() == []


async def test_placing_what_is_not_there(it: Square) -> None:
    """Its author was erased meanwhile."""
    async with it.app.store.begin() as tx:
        assert await asking.placed(tx, 7, 500, 501, it.clock()) is None


# -- taking back ---------------------------------------------------------------------------------


async def test_withdrawn(it: Square) -> None:
    """Every word of it goes, nobody reads it any more, and whoever had begun keeps their credit; twice is once."""
    it.duties.append(minding_readings)
    await it.settle()
    await it.met(ANA, BOB, CLEO)
    one = await it.hand_in(ANA, text="Words", asks="Is it clear?")
    await it.propose(one, BOB, state="accepted", accepted_at=it.clock(), due_at=it.at(4, 20))
    await it.propose(one, CLEO)
    gone = await asking.withdraw(it.app, MINE, one.id, it.clock())
    assert (gone.state, gone.target, gone.asks, gone.text, gone.sha256) == ("withdrawn", "", "", "", "")
    assert gone.thread_id == one.thread_id
    assert await asking.withdraw(it.app, MINE, one.id, it.clock() + HOUR) == gone
    assert {each.state for each in await it.readings()} == {"ended"}
    async with it.app.store.read() as tx:
        kept = await ledger.entries(tx, GUILD, [ANA, BOB, CLEO])
    assert [(each.amount, each.why) for each in kept[BOB]] == [(1, "kept")]
    assert kept[ANA] == kept[CLEO] == []
    await it.beat()
    assert (it.kinds(BOB), it.kinds(CLEO), it.kinds(ANA)) == ([OVER], [], [])
    assert (await hands_in(it)).state == "draft"


async def test_only_ones_own_is_withdrawn(it: Square) -> None:
    """Somebody else's, and what is not there, read alike."""
    await it.settle()
    await it.met(ANA, BOB)
    one = await it.hand_in(BOB)
    assert await refused(asking.withdraw(it.app, MINE, one.id, it.clock())) == "request_gone"
    assert await refused(asking.withdraw(it.app, MINE, 99, it.clock())) == "request_gone"


async def test_a_withdrawn_draft_never_waits(it: Square) -> None:
    """Its document came to stand after it was taken back: where is noted, and that is all."""
    await it.settle()
    await it.met(ANA)
    one = await hands_in(it)
    await asking.withdraw(it.app, MINE, one.id, it.clock())
    there = await stands(it, one)
    assert (there.state, there.thread_id, there.message_id) == ("withdrawn", 500, 501)


# -- status --------------------------------------------------------------------------------------


async def test_status(it: Square) -> None:
    """Mine with how each reader is getting on, what I am to read, how I stand; early ends are just not there."""
    await it.settle()
    await it.met(ANA, BOB, CLEO, DAN, EVE)
    await it.join_reader(ANA)
    one = await it.hand_in(ANA)
    await it.propose(one, BOB)
    await it.propose(one, CLEO, state="accepted")
    await it.propose(one, DAN, state="submitted")
    for reader_id, state in ((EVE, "declined"), (FAY, "expired")):
        await it.propose(one, reader_id, state=state)
    task = await it.propose(await it.hand_in(BOB), ANA)
    await credit(it, ANA, "given")
    mine = await asking.mine(it.app, MINE, it.clock())
    assert [(each.request.id, each.progress) for each in mine.requests] == [
        (one.id, ("asked", "reading", "here"))
    ]
    assert [(each.reading.id, each.request.author_id) for each in mine.tasks] == [(task.id, BOB)]
    assert (mine.account.balance, mine.pledged) == (1, 2)
    assert mine.reader is not None


async def test_status_of_nobody(it: Square) -> None:
    """Who did nothing yet has a page, too; also with reviews off."""
    mine = await asking.mine(it.app, MINE, it.clock())
    assert (mine.requests, mine.tasks, mine.reader, mine.account.balance) == ((), (), None, 0)
