"""Who leaves the server, and words that were taken back, on both databases."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.checkins.flow import saying
from bot.people.flow import privacy
from bot.people.members import Key
from bot.storage.tables import delivery, member
from tests.checkins.parts import DAY, Town
from tests.checkins.presses import ANA, BOB, FRIDAY, NEXT_MONDAY, cards, meet, opened, say


async def _goes(it: Town, key: Key, *, back: bool = False) -> None:
    """They leave the server, or are back."""
    async with it.app.store.begin() as tx:
        which = update(member).where(member.c.guild_id == key.guild_id, member.c.user_id == key.user_id)
        await tx.execute(which.values(left_at=None if back else it.clock()))


async def test_a_week_of_somebody_who_left_the_server_is_excused(it: Town) -> None:
    """Nothing is missed by who is not here; weeks that open meanwhile are none of theirs; back, they go on."""
    group = await it.group()
    await it.joined(group, ANA.user_id, BOB.user_id)
    await it.settled()
    await it.until(it.at(7 + FRIDAY, 10))
    await _goes(it, ANA)
    await it.settled(2)
    assert await it.states(group, ANA.user_id) == ["excused", "excused"]
    assert len(await it.states(group, BOB.user_id)) == 3
    await _goes(it, ANA, back=True)
    await it.until(it.at(21 + FRIDAY, 10))
    assert (await it.states(group, ANA.user_id))[-1] == "pending"


async def test_words_that_were_taken_back_are_in_no_version_of_the_outbox(it: Town) -> None:
    """Taken back, they are remembered nowhere: not in an earlier version of the card, nor in the digest's."""
    group = await opened(it, ANA)
    await meet(it, ANA)
    await say(it, group, ANA, learned="Pelicans")
    (week,) = await it.weeks(group, ANA.user_id)
    await saying.win(it.app, ANA, week.id, "Pelicans again", it.clock())
    await it.until(it.at(NEXT_MONDAY, 19))
    assert [one.text for digest in it.digests() for one in digest.wins] == ["Pelicans again"]
    await saying.withdraw(it.app, ANA, week.id, it.clock())
    await it.walk(DAY)
    async with it.app.store.read() as tx:
        values = list((await tx.execute(select(delivery.c.value))).scalars())
    assert values and not any("Pelicans" in value for value in values)


async def test_erased_their_card_and_their_win_are_gone_from_the_channel(it: Town) -> None:
    """Whoever is erased takes their words along where these stand, not in the database alone."""
    group = await opened(it, ANA)
    await say(it, group, ANA, learned="Pelicans")
    (week,) = await it.weeks(group, ANA.user_id)
    await saying.win(it.app, ANA, week.id, "Pelicans again", it.clock())
    await it.until(it.at(NEXT_MONDAY, 19))
    assert [one.gone for one in await cards(it, group)] == [False]
    await privacy.erase(it.app, ANA, it.clock())
    await it.walk(DAY)
    assert [(one.gone, one.author_id) for one in await cards(it, group)] == [(True, 0)]
    assert [digest.wins for digest in it.digests()] == [()]
    everything = "".join(one.value for said in it.discord.channels.values() for one in said)
    assert "Pelicans" not in everything and str(ANA.user_id) not in everything
