"""Wrong facts and likely scams: told by members, decided by moderators, shown on cards; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deliveries.planned import decode
from bot.jobs.digests import without
from bot.jobs.facts import Evidence, Facts, Pay, Stated, Warning, encode
from bot.jobs.flow import doubts
from bot.jobs.messages import Doubted, LooksLikeScam
from bot.moderation.rights import Person
from bot.refusals import Refusal
from bot.storage import Store
from tests.jobs.listening import DAY, beat, cards, job, only, posted, subscribed, tell
from tests.jobs.parts import ANA, GUILD, MO, MODERATORS, Town, town

pytestmark = pytest.mark.store

BOB = replace(ANA, id=102)
OTHER_MO = Person(id=900, guild_id=2, manages=True)


def said(quote: str) -> Evidence:
    return Evidence("text", 0, len(quote), "rule.of.it", quote)


FACTS = Facts(
    place=only("US", quote="Remote (US)"),
    pay=Pay(90_000, 110_000, "USD", "year", "base", "$90k", (said("$90k – $110k"),)),
    level=(Stated("senior", said("Senior")),),
    warnings=(Warning("asks_fee", said("a training fee of $50")),),
)


@pytest.fixture
async def it(store: Store) -> Town:
    """One opening stands in a channel, and moderators have a channel of their own."""
    it = await town(store)
    await it.choose_moderators_channel()
    await subscribed(it)
    await tell(it, job(1, it, facts_json=encode(FACTS)))
    await beat(it)
    return it


async def wrong(it: Town, who: Person = ANA, fact: str = "pay", words: str = "", opening: int = 1) -> str:
    became = await doubts.wrong(it.app, who, opening, fact, words, it.clock())
    await beat(it)
    return became


async def scam(it: Town, who: Person = ANA, words: str = "", opening: int = 1) -> str:
    became = await doubts.scam(it.app, who, opening, words, it.clock())
    await beat(it)
    return became


def notices(it: Town) -> list[Doubted]:
    return [decode(Doubted, value) for value in posted(it, MODERATORS, "doubted")]


def suspicions(it: Town) -> list[LooksLikeScam]:
    return [decode(LooksLikeScam, value) for value in posted(it, MODERATORS, "looks_like_scam")]


async def test_what_can_be_doubted(it: Town) -> None:
    """Each fact that the card states, with the words that gave it; what isn't stated can't be wrong."""
    asked = await doubts.look(it.app, ANA, 1, "wrong", it.clock())
    stated = {one.fact: (one.said, one.quote) for one in asked.facts}
    assert stated == {
        "place": ("US only", "Remote (US)"),
        "pay": ("90–110 k USD a year", "$90k – $110k"),
        "level": ("Senior", "Senior"),
        "warning": ("It speaks of money that you would have to pay.", "a training fee of $50"),
    }
    with pytest.raises(Refusal, match="nothing_to_doubt"):
        await wrong(it, fact="skills")
    with pytest.raises(Refusal, match="opening_forgotten"):
        await wrong(it, opening=99)


async def test_one_notice_counts_them(it: Town) -> None:
    """Two members and two facts: a notice a fact, counted, with quote and rule, and nobody's name."""
    assert await wrong(it, words="It is 90k in total") == "told"
    assert await wrong(it, BOB) == "told"
    assert await wrong(it, BOB) == "again"
    assert await wrong(it, fact="place") == "told"
    pay, place = notices(it)
    assert (pay.fact, pay.times, pay.quote, pay.rule) == ("pay", 2, "$90k – $110k", "rule.of.it")
    assert (place.fact, place.times) == ("place", 1)
    everything = str(notices(it)) + str(posted(it, MODERATORS, "doubted"))
    assert str(ANA.id) not in everything and "in total" not in everything
    assert await doubts.told_words(it.app, MO, 1, "wrong", "pay") == ["It is 90k in total"]


async def test_taken_back(it: Town) -> None:
    """The card states the fact no more; filters and lists can ask; another server keeps it; undo brings it back."""
    await wrong(it)
    notice = await doubts.take_back(it.app, MO, 1, "pay", it.clock())
    await beat(it)
    assert (notice.decided, notice.decided_by) == ("agreed", MO.id) and notices(it) == [notice]
    assert [card.withheld for card in cards(it)] == [frozenset({"pay"})]
    async with it.app.store.read() as tx:
        assert await doubts.withdrawn_of(tx, GUILD) == {1: frozenset({"pay"})}
        assert await doubts.withdrawn_of(tx, 2) == {}
    assert without(FACTS, {"pay"}).pay is None and without(FACTS, {"pay"}).place == FACTS.place
    assert "pay" not in {one.fact for one in (await doubts.look(it.app, ANA, 1, "wrong", it.clock())).facts}
    with pytest.raises(Refusal, match="decided_already"):
        await doubts.it_is_right(it.app, MO, 1, "pay", it.clock())
    assert (await doubts.undo(it.app, MO, 1, "pay", it.clock())).decided == "undone"
    await beat(it)
    assert [card.withheld for card in cards(it)] == [frozenset()]


async def test_it_is_right(it: Town) -> None:
    """The card stays; whoever doubts the same later hears that moderators looked, who aren't asked again."""
    await wrong(it)
    await doubts.it_is_right(it.app, MO, 1, "pay", it.clock())
    assert await wrong(it, BOB) == "looked_at"
    await beat(it)
    assert [one.decided for one in notices(it)] == ["dismissed"]
    assert [card.withheld for card in cards(it)] == [frozenset()]


async def test_nobody_can_look_yet(store: Store) -> None:
    """Without a moderators' channel it is kept, says so, and is told once a channel is chosen."""
    it = await town(store)
    await tell(it, job(1, it, facts_json=encode(FACTS)))
    assert await wrong(it) == "kept" and await wrong(it, BOB) == "kept"
    await it.choose_moderators_channel()
    await beat(it)
    assert [one.times for one in notices(it)] == [2]


async def test_only_moderators_of_this_server_decide(it: Town) -> None:
    """A member is refused; another server's moderator finds nothing there, and changes nothing here."""
    await wrong(it)
    for deciding in (doubts.take_back, doubts.it_is_right, doubts.undo):
        with pytest.raises(Refusal, match="moderators_only"):
            await deciding(it.app, ANA, 1, "pay", it.clock())
        with pytest.raises(Refusal, match="decided_already"):
            await deciding(it.app, OTHER_MO, 1, "pay", it.clock())
    with pytest.raises(Refusal, match="moderators_only"):
        await doubts.told_words(it.app, ANA, 1, "wrong", "pay")
    assert [card.withheld for card in cards(it)] == [frozenset()]


async def test_taken_down(it: Town) -> None:
    """Its cards here say so, and it is told here no more: not to a channel that would hear it later."""
    assert await scam(it, words="They asked for my passport") == "told"
    (notice,) = suspicions(it)
    assert notice.reasons == (("It speaks of money that you would have to pay.", "a training fee of $50"),)
    await doubts.take_down(it.app, MO, 1, it.clock())
    await beat(it)
    assert [card.taken_down for card in cards(it)] == [True] and suspicions(it)[0].decided == "agreed"
    assert await scam(it, BOB) == "looked_at"
    await subscribed(it, channel_id=55)
    assert await tell(it, job(1, it, facts_json=encode(FACTS))) == 0
    await doubts.undo(it.app, MO, 1, "scam", it.clock())
    await beat(it)
    assert [card.taken_down for card in cards(it)] == [False]


async def test_what_was_not_posted_yet_is_not_posted(it: Town) -> None:
    """A card that waits for its board's delay is dropped, not posted as taken down."""
    await tell(it, job(2, it), of=replace(it.feeds.book[0], delay_h=5))
    await scam(it, opening=2)
    await doubts.take_down(it.app, MO, 2, it.clock())
    await beat(it, DAY)
    assert [card.opening_id for card in cards(it)] == [1]


async def test_the_company_is_blocked_along(it: Town) -> None:
    """One press takes the opening down and keeps its company out of this server."""
    await scam(it)
    assert (await doubts.block_company(it.app, MO, 1, it.clock())).decided == "blocked"
    assert await tell(it, job(2, it, company="COMPANY 1 Ltd.")) == 0
    assert await tell(it, job(3, it)) == 1


async def test_it_is_fine(it: Town) -> None:
    """The card stays as it was."""
    await scam(it)
    await doubts.it_is_fine(it.app, MO, 1, it.clock())
    await beat(it)
    assert [card.taken_down for card in cards(it)] == [False] and suspicions(it)[0].decided == "dismissed"


async def test_five_a_day(it: Town) -> None:
    """A sixth scam report is refused before and after the form, until a day has gone."""
    await tell(it, *(job(number, it) for number in range(2, 9)))
    for number in range(1, 6):
        await scam(it, opening=number)
    with pytest.raises(Refusal, match="too_many_doubts"):
        await scam(it, opening=6)
    with pytest.raises(Refusal, match="too_many_doubts"):
        await doubts.look(it.app, ANA, 6, "scam", it.clock())
    assert await scam(it, BOB, opening=6) == "told"
    it.clock.move(DAY + timedelta(minutes=1))
    assert await scam(it, opening=6) == "told"
