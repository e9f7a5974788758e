"""Members' lists on both databases: saving, going on, numbers, hired, and what others never learn."""

from __future__ import annotations

import asyncio
from datetime import UTC, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from bot.checkins.flow import groups
from bot.checkins.groups import Draft
from bot.checkins.store import pods
from bot.jobs import store as kept
from bot.jobs.facts import NO_FACTS
from bot.jobs.facts.values import Evidence, Place
from bot.jobs.flow import hired, saved
from bot.jobs.identity import Sighting, aliases_of
from bot.jobs.openings import Opening
from bot.jobs.saved import MOST_SAVED, UNDO_FOR, Saved
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Key
from bot.refusals import Refusal
from bot.storage import Store
from bot.storage.tables import introduction, saved_step
from bot.storage.tables import saved as saved_table
from tests.jobs.listening import ANA, BOB, known, say, subscribed
from tests.jobs.parts import CHANNEL, GUILD, Town, take_back, town
from tests.jobs.values import entry, feed, opening

pytestmark = pytest.mark.store
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PORTUGAL = Place("restricted", ("PT",), evidence=(Evidence("text", 0, 13, "test", "Portugal only"),))


async def seen(it: Town, number: int = 1, **given: Any) -> Opening:
    """An opening that a board showed."""
    one = opening(number, facts_json=say(NO_FACTS, place=PORTUGAL), **given)
    shown = entry(number, url=one.url)
    async with it.app.store.begin() as tx:
        await kept.openings.remember(
            tx, [one], [Sighting(shown, one.id, aliases_of(shown, feed()))], it.clock()
        )
    return one


async def of(it: Town, key: Key) -> list[Saved]:
    async with it.app.store.read() as tx:
        return await kept.saved.of(tx, key.guild_id, key.user_id)


async def steps(it: Town) -> int:
    async with it.app.store.read() as tx:
        return (await tx.execute(select(func.count()).select_from(saved_step))).scalar_one()


# -- onto the list -------------------------------------------------------------------------------


async def test_saving_twice_is_saving_once(store: Store) -> None:
    """The first stays as it was, also of two presses at once."""
    it = await town(store)
    key, one = await known(it), await seen(it)
    first = await saved.save(it.app, key, one.id, it.clock())
    it.clock.move(HOUR)
    both = await asyncio.gather(*(saved.save(it.app, key, one.id, it.clock()) for _ in range(2)))
    assert both == [first, first] and await of(it, key) == [first] and await steps(it) == 1
    assert first.facts.place == PORTUGAL and first.stage == "saved" and first.board == "Board"


async def test_the_facts_stay_as_they_were(store: Store) -> None:
    """The posting changes or goes; what was saved doesn't, but says so."""
    it = await town(store)
    key, one = await known(it), await seen(it)
    await saved.save(it.app, key, one.id, it.clock())
    later = it.clock.move(DAY)
    async with it.app.store.begin() as tx:
        await kept.saved.mark_gone(tx, [one.id], later)
        await kept.saved.mark_gone(tx, [one.id], later + DAY)
        await kept.saved.mark_other(tx, [one.id], later)
    (mine,) = await of(it, key)
    assert mine.facts.place == PORTUGAL and mine.gone_at == mine.other_at == later
    async with it.app.store.begin() as tx:
        await kept.saved.mark_back(tx, [one.id])
    assert (await of(it, key))[0].gone_at is None


async def test_what_moderators_took_back(store: Store) -> None:
    """A fact that is wrong here isn't among those saved."""
    it = await town(store)
    key, one = await known(it), await seen(it)
    await take_back(it, "place", one.id)
    item = await saved.save(it.app, key, one.id, it.clock())
    assert item.facts.place.scope == "unknown" and item.place_claim == ""


async def test_a_link_of_their_own(store: Store) -> None:
    """Twice is once in any spelling; one that we know is saved with its facts."""
    it = await town(store)
    key, one = await known(it), await seen(it)
    hers = await saved.save_link(
        it.app, key, "HTTPS://Www.Jobs.example/1/?utm_source=x", "Cook", "Acme", it.clock()
    )
    again = await saved.save_link(it.app, key, "http://jobs.example/1", "Chef", "", it.clock())
    assert again == hers and (hers.title, hers.company, hers.opening_id) == ("Cook", "Acme", None)
    ours = await saved.save_link(it.app, key, one.url, "", "", it.clock())
    assert ours.opening_id == one.id and ours.facts.place == PORTUGAL
    assert await saved.save(it.app, key, one.id, it.clock()) == ours


async def test_applied(store: Store) -> None:
    """Applied saves it as well; what is further on stays there."""
    it = await town(store)
    key, one = await known(it), await seen(it)
    item = await saved.applied(it.app, key, one.id, it.clock())
    assert item.stage == "applied" and await steps(it) == 2
    await saved.move(it.app, key, item.id, "offer", it.clock())
    assert (await saved.applied(it.app, key, one.id, it.clock())).stage == "offer"


async def test_who_is_not_known_saves_nothing(store: Store) -> None:
    """A list without its owner would be forgotten by no duty."""
    it = await town(store)
    one = await seen(it)
    with pytest.raises(Refusal, match="member_unknown"):
        await saved.save(it.app, Key(GUILD, ANA), one.id, it.clock())
    with pytest.raises(Refusal, match="opening_forgotten"):
        await saved.save(it.app, await known(it), 404, it.clock())


async def test_a_list_has_an_end(store: Store) -> None:
    """The 501st is refused; saving one again is not."""
    it = await town(store)
    key, one = await known(it), await seen(it)
    item = await saved.save(it.app, key, one.id, it.clock())
    (row,) = await rows(it)
    others = {**row, "opening_id": None}
    more = [
        {**others, "id": 10 + number, "url": f"https://a.example/{number}"} for number in range(1, MOST_SAVED)
    ]
    async with it.app.store.begin() as tx:
        await tx.execute(insert(saved_table), more)
    with pytest.raises(Refusal, match="too_many_saved"):
        await saved.save_link(it.app, key, "https://b.example/", "One more", "", it.clock())
    assert await saved.save(it.app, key, one.id, it.clock()) == item


# -- going on ------------------------------------------------------------------------------------


async def test_stages_and_numbers(store: Store) -> None:
    """Each stage that was reached counts in the week in which it was; an undo never was."""
    it = await town(store)
    key, one, other = await known(it), await seen(it), await seen(it, 2)
    monday = it.clock()
    first = await saved.applied(it.app, key, one.id, monday)
    second = await saved.save(it.app, key, other.id, monday)
    await saved.move(it.app, key, second.id, "offer", it.clock.move(HOUR))
    assert (await saved.opened(it.app, key, second.id, it.clock())).undo == "saved"
    undone = await saved.move(it.app, key, second.id, "saved", it.clock())
    assert undone.stage == "saved" and undone.stage_at == monday
    assert (await saved.opened(it.app, key, second.id, it.clock())).undo is None
    sunday = it.clock.move(7 * DAY)
    await saved.move(it.app, key, first.id, "interview", sunday)
    async with it.app.store.read() as tx:
        assert await saved.numbers(tx, GUILD, ANA, monday, sunday) == {"saved": 2, "applied": 1}
        assert await saved.numbers(tx, GUILD, ANA, sunday, sunday + DAY) == {"interview": 1}
        assert await saved.numbers(tx, GUILD, BOB, monday, sunday + DAY) == {}
    it.clock.move(UNDO_FOR + HOUR)
    back = await saved.move(it.app, key, first.id, "applied", it.clock())
    assert back.stage_at == it.clock() and await steps(it) == 5


async def test_note_and_next_step(store: Store) -> None:
    """Kept in their own words; a day is one of their own clock; empty takes it away."""
    it = await town(store)
    key = await known(it, zone="Pacific/Auckland")
    one = await saved.save(it.app, key, (await seen(it)).id, it.clock())
    assert it.clock().astimezone(UTC).hour == 9  # in Auckland it is 22:00
    late = it.clock.move(4 * HOUR)
    item = await saved.next_step(it.app, key, one.id, "  Call  Bo ", "tomorrow", late)
    assert (item.next_step, item.next_on) == ("Call Bo", late.date() + 2 * DAY)
    assert (await saved.note(it.app, key, one.id, "a\n\n b", late)).note == "a\n\nb"
    done = await saved.next_step(it.app, key, one.id, "", "", late)
    assert (done.next_step, done.next_on) == ("", None)
    with pytest.raises(Refusal, match="step_without_words"):
        await saved.next_step(it.app, key, one.id, "", "Friday", late)


async def test_one_line_a_day(store: Store) -> None:
    """What needs them today, in a transaction of whoever asks; nothing for others, nothing when hired."""
    it = await town(store)
    key, bob = await known(it), await known(it, BOB)
    one = await saved.save(it.app, key, (await seen(it)).id, it.clock())
    await saved.move(it.app, key, one.id, "offer", it.clock())
    async with it.app.store.read() as tx:
        assert (
            await saved.today_line(tx, GUILD, ANA, it.clock())
            == "Decide on the offer: Engineer 1 at Invented Ltd"
        )
        assert await saved.today_line(tx, GUILD, bob.user_id, it.clock()) == ""
    assert (await saved.mine(it.app, key, it.clock())).today.startswith("Decide")
    await hired.hired(it.app, key, one.id, it.clock())
    async with it.app.store.read() as tx:
        assert await saved.today_line(tx, GUILD, ANA, it.clock()) == ""


async def test_removed(store: Store) -> None:
    """With its steps; a second press finds nothing."""
    it = await town(store)
    key = await known(it)
    one = await saved.save(it.app, key, (await seen(it)).id, it.clock())
    await saved.remove(it.app, key, one.id)
    assert await of(it, key) == [] and await steps(it) == 0
    with pytest.raises(Refusal, match="saved_gone"):
        await saved.remove(it.app, key, one.id)


async def test_whose_it_is(store: Store) -> None:
    """Nobody touches another's entry, nor their own of another server."""
    it = await town(store)
    key, bob = await known(it), await known(it, BOB)
    one = await saved.save(it.app, key, (await seen(it)).id, it.clock())
    for other in (bob, Key(GUILD + 1, ANA)):
        for press in (
            saved.move(it.app, other, one.id, "closed", it.clock()),
            saved.note(it.app, other, one.id, "x", it.clock()),
            saved.next_step(it.app, other, one.id, "x", "", it.clock()),
            saved.remove(it.app, other, one.id),
            hired.hired(it.app, other, one.id, it.clock()),
        ):
            with pytest.raises(Refusal, match="saved_gone"):
                await press
    assert await of(it, key) == [one] and await of(it, bob) == []


# -- hired ---------------------------------------------------------------------------------------


async def test_alerts_pause(store: Store) -> None:
    """Their own active ones, and only these; [Keep alerts] lets just these go on."""
    it = await town(store)
    key = await known(it)
    mine, paused, theirs = (
        await subscribed(it, "a", member_id=ANA),
        await subscribed(it, "b", member_id=ANA, state="paused", pause_reason="by hand"),
        await subscribed(it, "c"),
    )
    one = await saved.save(it.app, key, (await seen(it)).id, it.clock())
    done = await hired.hired(it.app, key, one.id, it.clock())
    assert done.paused == 1 and await states(it, mine, paused, theirs) == ["paused", "paused", "active"]
    assert (await hired.hired(it.app, key, one.id, it.clock())).paused == 1
    assert await hired.keep_alerts(it.app, key, it.clock()) == 1
    assert await states(it, mine, paused, theirs) == ["active", "paused", "active"]
    assert await hired.keep_alerts(it.app, key, it.clock()) == 0


async def test_told_once_or_never(store: Store) -> None:
    """Nothing is promised before they chose a channel; two presses are one message."""
    it = await town(store)
    key = await known(it)
    one = await saved.save(it.app, key, (await seen(it)).id, it.clock())
    await hired.hired(it.app, key, one.id, it.clock())
    assert (await hired.tell_nobody(it.app, key, one.id, it.clock())).saved.told == "nowhere"
    await it.beat()
    assert it.discord.said(CHANNEL) == []
    with pytest.raises(Refusal, match="bot_may_not"):
        await hired.tell(it.app, key, one.id, CHANNEL, ["send_messages"], with_company=True, now=it.clock())
    for channel in (CHANNEL, CHANNEL, CHANNEL + 1):
        await hired.tell(it.app, key, one.id, channel, (), with_company=False, now=it.clock())
    await it.beat(HOUR)
    (told,) = it.discord.said(CHANNEL)
    assert str(ANA) in told and "Invented" not in told and it.discord.said(CHANNEL + 1) == []


async def test_telling_their_pod(store: Store) -> None:
    """Those few hear it in their own thread, once, and without the company. Who has no pod, tells none."""
    it = await town(store)
    key = await known(it)
    one = await saved.save(it.app, key, (await seen(it)).id, it.clock())
    assert not (await hired.hired(it.app, key, one.id, it.clock())).pod
    assert (await hired.tell_pod(it.app, key, one.id, it.clock())).saved.told == ""
    await in_a_pod(it, key, thread_id=77)
    assert (await hired.look(it.app, key, one.id)).pod
    for _ in range(2):
        assert (await hired.tell_pod(it.app, key, one.id, it.clock())).saved.told == "pod"
    await it.beat()
    (told,) = it.discord.said(77)
    assert str(ANA) in told and "hired" in told and "Invented" not in told


async def in_a_pod(it: Town, key: Key, thread_id: int) -> None:
    """They check in with a few others, who have this thread."""
    draft = Draft("Remote job seekers", CHANNEL, "Europe/Lisbon", pods=True)
    group = await groups.create(it.app, Person(1, key.guild_id, True), draft, (), it.clock())
    async with it.app.store.begin() as tx:
        number = await pods.add(tx, key.guild_id, group.id, "Pod 1", [key.user_id], it.clock())
        await pods.opened(tx, number, thread_id)


async def test_whom_they_met(store: Store) -> None:
    """Those they were introduced to since the first was saved, and nobody else; each once."""
    it = await town(store)
    key = await known(it)
    one = await saved.save(it.app, key, (await seen(it)).id, it.clock())
    now = it.clock.move(40 * DAY)
    base = {"guild_id": GUILD, "words": "x", "asked_at": now, "lapses_at": now}
    async with it.app.store.begin() as tx:
        for asker, asked, state, at in [
            (ANA, 7, "accepted", now),
            (8, ANA, "accepted", now - 30 * DAY),
            (ANA, 9, "declined", now),
            (ANA, 10, "accepted", now - 60 * DAY),
            (8, 9, "accepted", now),
        ]:
            row = {**base, "asker_id": asker, "asked_id": asked, "state": state, "settled_at": at}
            await tx.execute(insert(introduction).values(row))
    done = await hired.hired(it.app, key, one.id, now)
    assert sorted(done.met) == [7, 8] and done.page.people == 2 and done.page.weeks == 6


async def test_staying(store: Store) -> None:
    """The wish and the offer are added to what they had; no door opens."""
    it = await town(store)
    key = await known(it, wishes=("jobs",))
    one = await saved.save(it.app, key, (await seen(it)).id, it.clock())
    await hired.hired(it.app, key, one.id, it.clock())
    done = await hired.stay_as_reader(it.app, key, one.id, it.clock())
    profile = await members.profile(it.app, key)
    assert done.reads and done.member.wishes == ("jobs", "help") and profile.open_to == ("review",)
    assert done.member.private and done.member.opened == frozenset() and profile.shown == {}


async def test_no_longer_hired(store: Store) -> None:
    """The page of an opening that is at another stage by now is no more."""
    it = await town(store)
    key = await known(it)
    one = await saved.save(it.app, key, (await seen(it)).id, it.clock())
    with pytest.raises(Refusal, match="saved_gone"):
        await hired.look(it.app, key, one.id)


# -- parts ---------------------------------------------------------------------------------------


async def rows(it: Town) -> list[dict[str, Any]]:
    async with it.app.store.read() as tx:
        return [dict(row) for row in (await tx.execute(select(saved_table))).mappings()]


async def states(it: Town, *numbers: int) -> list[str]:
    async with it.app.store.read() as tx:
        found = [await kept.subscriptions.one(tx, number) for number in numbers]
    return [one.state for one in found if one is not None]
