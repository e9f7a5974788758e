"""Who knows this company: counted without telling, asked one at a time, silent until a yes; on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.deliveries.planned import decode
from bot.jobs.flow import knows
from bot.jobs.inquiries import LASTS, ROUNDS, Knows, next_of
from bot.moderation.rights import Person
from bot.people.counted import told
from bot.people.flow import introductions, meeting, members, privacy
from bot.people.introductions import WAITS
from bot.people.members import Key, Profile
from bot.people.messages import Asked, Introduced
from bot.refusals import Refusal
from bot.storage import Store
from tests.fakes import KEY
from tests.jobs.listening import beat, job, known, posted, tell
from tests.jobs.parts import ANA, GUILD, Town, town

pytestmark = pytest.mark.store

BOB, CLEO, DAN = (replace(ANA, id=number) for number in (102, 103, 104))
WORDS = "I applied there and would like to hear how it is."


@pytest.fixture
async def it(store: Store) -> Town:
    it = await town(store)
    await tell(it, job(1, it, company="Lamps, Inc."), job(2, it, company=""))
    return it


def key(who: Person) -> Key:
    return Key(who.guild_id, who.id)


async def works(it: Town, who: Person, company: str = "lamps", **profile: Any) -> None:
    """They told where they work, and say to everybody here that they refer people there."""
    await known(it, who.id, quiet=(0, 0), opened=frozenset({"found", "dm_names"}))
    await meeting.guard_company(it.app, key(who), company, it.clock(), employer=True)
    told = Profile(**{"open_to": ("referral",), **profile})
    await members.change_profile(it.app, key(who), told, it.clock())
    await members.show_field(it.app, key(who), "open_to", "server", it.clock())


async def look(it: Town, who: Person = ANA, opening: int = 1) -> Knows:
    return await knows.look(it.app, who, opening, it.clock())


async def ask(it: Town, who: Person = ANA) -> Knows:
    return await knows.ask(it.app, who, 1, WORDS, "Remote together", it.clock())


async def pass_on(it: Town, rounds: int = 1) -> None:
    """Weeks go by, each with its beat; what is to be written to members is written."""
    for _ in range(rounds):
        it.clock.move(WAITS)
        await introductions.lapse(it.app, it.clock())
        await knows.ask_next(it.app, lambda guild_id: f"Server {guild_id}", it.clock())
        await beat(it)


def asked(it: Town, *who: Person) -> list[str]:
    """The lines that these people were sent."""
    return [decode(Asked, value).words for one in who for value in posted(it, one.id, "asked")]


async def number(it: Town, who: Person = ANA) -> int:
    return (await look(it, who)).number


async def test_who_counts(it: Town) -> None:
    """Whoever works there by whatever name, can be found, and shows that they refer; each missing part is nobody."""
    assert await number(it) == 0
    await works(it, BOB, "LAMPS Ltd")
    assert await number(it) == 1
    await members.show_field(it.app, key(BOB), "open_to", "me", it.clock())
    assert await number(it) == 0
    await members.show_field(it.app, key(BOB), "open_to", "server", it.clock())
    await members.set_door(it.app, key(BOB), "found", False, it.clock())
    assert await number(it) == 0
    await members.set_door(it.app, key(BOB), "found", True, it.clock())
    await members.change_profile(it.app, key(BOB), Profile(open_to=("coffee",)), it.clock())
    assert await number(it) == 0
    await works(it, CLEO, "Lamps and Sons")
    assert await number(it) == 0


@pytest.mark.parametrize(("willing", "says"), [(0, 0), (1, 1), (4, 1), (5, 5), (9, 5), (10, 10)])
def test_the_number(willing: int, says: int) -> None:
    """One to four look alike, and from five on it moves in steps of five."""
    assert told(willing) == says


async def test_the_number_tells_nothing_of_blocks_and_guards(it: Town) -> None:
    """The asker's blocks and guards of people, and those of whoever is counted, leave the page as it was."""
    await works(it, BOB)
    before = await look(it)
    await meeting.block(it.app, key(ANA), BOB.id, it.clock())
    await meeting.guard_member(it.app, await known(it), BOB.id, "bob", it.clock())
    await meeting.block(it.app, key(BOB), ANA.id, it.clock())
    await meeting.guard_member(it.app, key(BOB), ANA.id, "ana", it.clock())
    assert await look(it) == before


async def test_the_boss_sees_what_he_saw(it: Town) -> None:
    """Ana works where Bob does, searches in private, and did everything in private: Bob's page is the same."""
    await known(it, BOB.id)
    before = await look(it, BOB)
    await known(it, ANA.id)
    await meeting.guard_company(it.app, key(ANA), "Lamps", it.clock(), employer=True)
    await members.change_profile(it.app, key(ANA), Profile(open_to=("referral",)), it.clock())
    await meeting.guard_member(it.app, key(ANA), BOB.id, "bob", it.clock())
    assert await look(it, BOB) == before


async def test_colleagues_count_nobody(it: Town) -> None:
    """Whoever works there, or guards against that company, sees nobody, whoever is there."""
    await works(it, BOB)
    await works(it, CLEO)
    await known(it)
    assert await number(it, BOB) == 0
    await meeting.guard_company(it.app, key(ANA), "lamps", it.clock())
    assert await number(it) == 0
    with pytest.raises(Refusal, match="nobody_knows"):
        await ask(it)


async def test_a_yes(it: Town) -> None:
    """One person reads the line without a name; after their yes both have the other's, and it goes to nobody else."""
    await works(it, BOB)
    await known(it, quiet=(0, 0))
    found = await ask(it)
    assert (found.standing, found.until) == ("asked", it.clock() + LASTS)
    await beat(it)
    (line,) = asked(it, BOB)
    assert line == f"About Lamps, Inc.: {WORDS}"
    assert str(ANA.id) not in str(posted(it, BOB.id, "asked"))
    (waiting,) = (await introductions.mine(it.app, BOB, it.clock())).waiting
    await introductions.accept(it.app, key(BOB), waiting.introduction.id, "Remote together", it.clock())
    assert (await look(it)).standing == "found"
    await works(it, CLEO)
    await pass_on(it, 5)
    assert asked(it, CLEO) == [] and (await look(it)).standing == "found"
    (letter,) = posted(it, ANA.id, "introduced")
    assert decode(Introduced, letter).other_id == BOB.id


async def test_one_after_the_other(it: Town) -> None:
    """A no shows nowhere: the next one is asked when the week is over, nobody twice."""
    people = (BOB, CLEO, DAN)
    for one in people:
        await works(it, one)
    await ask(it)
    await beat(it)
    assert len(asked(it, *people)) == 1
    first = next(one for one in people if asked(it, one))
    (waiting,) = (await introductions.mine(it.app, first, it.clock())).waiting
    await introductions.decline(it.app, key(first), waiting.introduction.id, it.clock())
    await knows.ask_next(it.app, str, it.clock())
    await beat(it)
    assert len(asked(it, *people)) == 1
    await pass_on(it)
    assert len(asked(it, *people)) == 2
    await pass_on(it, 4)
    assert [len(asked(it, one)) for one in people] == [1, 1, 1]


async def what_ana_sees(it: Town) -> list[tuple[str, int, int]]:
    """Week by week: how her question stands, how many asks she has open, how many messages she got."""
    seen = []
    for _ in range(ROUNDS + 1):
        mine = await introductions.mine(it.app, ANA, it.clock())
        seen.append(((await look(it)).standing, len(mine.asked), len(it.discord.channels[ANA.id])))
        await pass_on(it)
    return seen


@pytest.mark.parametrize("why", ["silence", "no", "blocked", "guarded", "three_silent", "gone"])
async def test_every_no_looks_alike(it: Town, why: str) -> None:
    """Silence, a no, a block, a guard, three who are silent, one who left: the asker sees the same for four weeks."""
    await known(it, quiet=(0, 0))
    await works(it, BOB)
    if why == "three_silent":
        await works(it, CLEO)
        await works(it, DAN)
    if why == "blocked":
        await meeting.block(it.app, key(BOB), ANA.id, it.clock())
    if why == "guarded":
        await meeting.guard_member(it.app, key(BOB), ANA.id, "ana", it.clock())
    await ask(it)
    await beat(it)
    if why == "no":
        (waiting,) = (await introductions.mine(it.app, BOB, it.clock())).waiting
        await introductions.decline(it.app, key(BOB), waiting.introduction.id, it.clock())
    if why == "gone":
        await members.set_door(it.app, key(BOB), "found", False, it.clock())
    assert (await what_ana_sees(it)) == [("asked", 1, 0)] * ROUNDS + [("over", 0, 0)]
    assert (len(asked(it, BOB)) == 0) == (why in ("blocked", "guarded"))


async def test_refused(it: Town) -> None:
    """A second question about the same company, an opening without one, nobody there, no line, too many asks."""
    with pytest.raises(Refusal, match="company_not_named"):
        await look(it, opening=2)
    with pytest.raises(Refusal, match="opening_forgotten"):
        await look(it, opening=9)
    with pytest.raises(Refusal, match="nobody_knows"):
        await ask(it)
    await works(it, BOB)
    with pytest.raises(Refusal, match="words_empty"):
        await knows.ask(it.app, ANA, 1, "  ", "Remote together", it.clock())
    await ask(it)
    with pytest.raises(Refusal, match="inquiry_there"):
        await ask(it)
    for number in range(3):
        await introductions.ask(it.app, CLEO, 500 + number, WORDS, "Remote together", it.clock())
    with pytest.raises(Refusal, match="too_many_asks"):
        await ask(it, CLEO)


async def test_it_waits_while_they_ask_too_much_else(it: Town) -> None:
    """An asker with as many asks open as they may have: the next one is asked a day later."""
    await works(it, BOB)
    await works(it, CLEO)
    await ask(it)
    it.clock.move(WAITS)
    for number in range(3):
        await introductions.ask(it.app, ANA, 500 + number, WORDS, "Remote together", it.clock())
    await knows.ask_next(it.app, str, it.clock())
    await beat(it)
    assert len(asked(it, BOB, CLEO)) == 1
    await pass_on(it)
    assert len(asked(it, BOB, CLEO)) == 2


async def test_the_asker_goes(it: Town) -> None:
    """Who erased themselves asks nobody any more."""
    await works(it, BOB)
    await works(it, CLEO)
    await ask(it)
    await beat(it)
    await privacy.erase(it.app, key(ANA), it.clock())
    await pass_on(it, 2)
    assert len(asked(it, BOB, CLEO)) <= 1
    async with it.app.store.read() as tx:
        assert await introductions.made_of(tx, GUILD, 1) is None


def test_the_order_is_drawn_for_each_asker() -> None:
    """Nobody is always the first, nobody is asked twice, and when all were asked it is nobody's turn."""
    people = [1, 2, 3, 4]
    firsts = {next_of(KEY, GUILD, asker, people, ()) for asker in range(40)}
    assert firsts == set(people)
    assert next_of(KEY, GUILD, 7, people, people) == 0
