"""Introductions: asked, accepted, or lapsed in silence; on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.app import App
from bot.deliveries.planned import decode
from bot.people import find as rules
from bot.people.find import Wanted
from bot.people.flow import find, introductions, meeting, members, privacy
from bot.people.introductions import NOBODY, WAITS, Shown
from bot.people.members import Key, Profile
from bot.people.messages import Asked, Introduced
from bot.refusals import Refusal
from bot.storage import Store
from bot.storage.tables import delivery, member
from tests.fakes import Clock
from tests.people.parts import ANA, BOB, CLEO, GUILD, OTHER_GUILD, app_of, person

pytestmark = pytest.mark.store

WORDS = "We both moved from support to data."
DAY = timedelta(days=1)


@pytest.fixture
def app(store: Store, clock: Clock) -> App:
    return app_of(store, clock)


async def settle(app: App, *keys: Key, listens: bool = True) -> None:
    for key in keys:
        await members.met(app, person(key), app.now())
        await members.change(app, key, app.now(), quiet=(0, 0))
        if listens:
            await members.consent(app, key, app.now())


async def opens_up(app: App, key: Key, **profile: Any) -> None:
    """They want to be found and show field, level and open to."""
    await members.change(app, key, app.now(), wishes=("meet",), opened=frozenset({"found"}))
    told = Profile(**{"field": "data", "level": "senior", "open_to": ("coffee",), **profile})
    await members.change_profile(app, key, told, app.now())
    for field in ("field", "level", "open_to"):
        await members.show_field(app, key, field, "server", app.now())


async def ask(app: App, who: Key = ANA, whom: Key = BOB, words: str = WORDS) -> int:
    made = await introductions.ask(app, person(who), whom.user_id, words, "Remote together", app.now())
    return made.id


async def said(app: App, value: type[Any]) -> list[tuple[int, Any]]:
    word = {Asked: "asked", Introduced: "introduced"}[value]
    async with app.store.read() as tx:
        c = delivery.c
        rows = await tx.execute(select(c.channel_id, c.value).where(c.kind == word).order_by(c.channel_id))
        return [(to, decode(value, text)) for to, text in rows]


async def test_asked_and_accepted(app: App) -> None:
    """The asked one reads the line and what the asker shows, no name; after a yes both have the other's name."""
    await settle(app, ANA, BOB)
    await opens_up(app, ANA)
    number = await ask(app)
    ((to, letter),) = await said(app, Asked)
    assert to == BOB.user_id and letter.words == WORDS and letter.discreet
    assert (letter.field, letter.level, letter.open_to) == (
        "Data and machine learning",
        "Senior",
        ("A coffee chat",),
    )
    assert str(ANA.user_id) not in str(letter)
    met = await introductions.accept(app, BOB, number, "Remote together", app.now())
    assert (met.other_id, met.words) == (ANA.user_id, WORDS)
    assert [(to, one.other_id) for to, one in await said(app, Introduced)] == [
        (ANA.user_id, BOB.user_id),
        (BOB.user_id, ANA.user_id),
    ]
    for key, other in ((ANA, BOB), (BOB, ANA)):
        mine = await introductions.mine(app, person(key), app.now())
        assert [one.other_id for one in mine.met] == [other.user_id] and mine.asked == () == mine.waiting


async def test_asking_back_is_a_yes(app: App) -> None:
    """One introduction, each is told once; who asked first gets the other's line, who asked back the first one."""
    await settle(app, ANA, BOB)
    number = await ask(app)
    assert await ask(app, BOB, ANA, "And from me.") == number
    assert [(to, one.other_id, one.words) for to, one in await said(app, Introduced)] == [
        (ANA.user_id, BOB.user_id, "And from me."),
        (BOB.user_id, ANA.user_id, WORDS),
    ]
    assert [to for to, _ in await said(app, Asked)] == [BOB.user_id]
    for key, other in ((ANA, BOB), (BOB, ANA)):
        mine = await introductions.mine(app, person(key), app.now())
        assert [one.other_id for one in mine.met] == [other.user_id] and mine.asked == () == mine.waiting


async def test_both_ask_at_once(app: App) -> None:
    """Whichever comes second accepts the other."""
    await settle(app, ANA, BOB)
    one, other = await asyncio.gather(ask(app), ask(app, BOB, ANA))
    assert one == other and len(await said(app, Introduced)) == 2 and len(await said(app, Asked)) == 1


@pytest.mark.parametrize("over", ["declined", "lapsed", "guarded"])
async def test_asking_back_what_is_over(app: App, over: str) -> None:
    """It is an ask like any other: nobody is introduced, and the answer doesn't tell."""
    await settle(app, ANA, BOB)
    number = await ask(app)
    if over == "declined":
        await introductions.decline(app, BOB, number, app.now())
    elif over == "lapsed":
        app.now.move(WAITS)  # type: ignore[attr-defined]
    else:
        await meeting.block(app, ANA, BOB.user_id, app.now())
    made = await introductions.ask(app, person(BOB), ANA.user_id, "Hello", "Remote together", app.now())
    assert made.id != number and (made.asker_id, made.state) == (BOB.user_id, "asked")
    assert await said(app, Introduced) == []


async def test_an_open_letter_for_those_who_opened_that_door(app: App) -> None:
    """Discreet unless "Direct messages may say what they are about" is open."""
    await settle(app, ANA, BOB)
    await members.change(app, BOB, app.now(), opened=frozenset({"dm_names"}))
    await ask(app)
    assert [letter.discreet for _, letter in await said(app, Asked)] == [False]


async def test_without_consent_it_waits_on_their_page(app: App) -> None:
    """No message goes out; their own /meet find shows it, for seven days."""
    await settle(app, ANA, BOB, listens=False)
    await ask(app)
    assert await said(app, Asked) == []
    mine = await introductions.mine(app, person(BOB), app.now() + WAITS - timedelta(seconds=1))
    assert [(one.introduction.words, one.shown) for one in mine.waiting] == [(WORDS, Shown())]
    assert (await introductions.mine(app, person(BOB), app.now() + WAITS)).waiting == ()


Fate = Callable[[App, int], Awaitable[object]]


async def ignored(app: App, number: int) -> None:
    pass


async def declined(app: App, number: int) -> None:
    await introductions.decline(app, BOB, number, app.now())


async def blocked(app: App, number: int) -> None:
    await meeting.block(app, BOB, ANA.user_id, app.now())


async def left(app: App, number: int) -> None:
    async with app.store.begin() as tx:
        await tx.execute(update(member).where(member.c.user_id == BOB.user_id).values(left_at=app.now()))


async def erased(app: App, number: int) -> None:
    async with app.store.begin() as tx:
        await privacy.erase_in(tx, app.key, BOB, app.now())


FATES: dict[str, Fate] = {
    "ignored": ignored,
    "declined": declined,
    "blocked": blocked,
    "left": left,
    "erased": erased,
}
EARLY = frozenset({"blocked", "left", "erased"})  # may also have happened before the first ask


async def seen_by_asker(app: App, fate: Fate, *, before: bool, known: bool) -> list[object]:
    """All that Ana can learn in three weeks in which she asks Bob again and again, up to every limit."""
    clock, seen = app.now, []
    await settle(app, ANA, *([BOB] if known else []))
    if before:
        await fate(app, 0)
    for day in range(21):
        try:
            made = await introductions.ask(app, person(ANA), BOB.user_id, f"{WORDS} {day}", "R", clock())
            seen.append((made.words, made.asked_at, made.lapses_at))
            if day == 0 and not before:
                await fate(app, made.id)
        except Refusal as refusal:
            seen.append((refusal.reason, refusal.facts))
        mine = await introductions.mine(app, person(ANA), clock())
        seen.append([(one.words, one.lapses_at) for one in mine.asked] + [mine.met, mine.waiting])
        seen.append(
            [to for to, _ in [*await said(app, Asked), *await said(app, Introduced)] if to == ANA.user_id]
        )
        clock.move(DAY)  # type: ignore[attr-defined]
        await introductions.lapse(app, clock())
    return seen


async def test_the_asker_can_not_tell_a_no(fresh_store: Callable[[], Awaitable[Store]]) -> None:
    """Declined, ignored, blocked, gone, erased, never here: the same answers at the same moments."""
    start = Clock().now
    stories = [(fate, before, True) for name, fate in FATES.items() for before in {False, name in EARLY}]
    stories.append((ignored, False, False))
    seen = [
        await seen_by_asker(app_of(await fresh_store(), Clock(start)), fate, before=before, known=known)
        for fate, before, known in stories
    ]
    assert seen.count(seen[0]) == len(stories) == 9
    assert any("too_many_asks" in str(one) for one in seen[0])


async def test_a_yes_is_told_and_nothing_else_is(app: App) -> None:
    """The same three weeks with a yes on the first day differ: the comparison above can fail."""
    accepted = await seen_by_asker(app, accept, before=False, known=True)
    assert any(str(BOB.user_id) in str(one) for one in accepted)


async def accept(app: App, number: int) -> None:
    await introductions.accept(app, BOB, number, "R", app.now())


async def test_an_answer_counts_once(app: App) -> None:
    """Yes twice, yes and not now at once: one effect, the other press hears that it is over."""
    await settle(app, ANA, BOB)
    number = await ask(app)
    presses = [
        introductions.accept(app, BOB, number, "R", app.now()),
        introductions.accept(app, BOB, number, "R", app.now()),
        introductions.decline(app, BOB, number, app.now()),
    ]
    done = await asyncio.gather(*presses, return_exceptions=True)
    refused = [one for one in done if isinstance(one, Refusal)]
    assert [one.reason for one in refused] == ["introduction_over"] * 2
    letters = await said(app, Introduced)
    assert len(letters) in (0, 2)


@pytest.mark.parametrize("who", [ANA, CLEO, Key(OTHER_GUILD, BOB.user_id)])
async def test_only_the_asked_one_answers(app: App, who: Key) -> None:
    """Not the asker, not a third one, not the same person from another server."""
    await settle(app, ANA, BOB, CLEO, Key(OTHER_GUILD, BOB.user_id))
    number = await ask(app)
    with pytest.raises(Refusal, match="introduction_over"):
        await introductions.accept(app, who, number, "R", app.now())
    with pytest.raises(Refusal, match="introduction_over"):
        await introductions.decline(app, who, number, app.now())
    assert (await introductions.one_waiting(app, BOB, number, app.now())).introduction.state == "asked"


@pytest.mark.parametrize("fate", ["blocked", "late"])
async def test_a_yes_that_comes_too_late(app: App, fate: str) -> None:
    """After seven days, or once a block stands between them, no name goes to anybody."""
    await settle(app, ANA, BOB)
    number, now = await ask(app), app.now()
    if fate == "blocked":
        await meeting.block(app, ANA, BOB.user_id, now)
    with pytest.raises(Refusal, match="introduction_over"):
        await introductions.accept(app, BOB, number, "R", now + WAITS if fate == "late" else now)
    assert await said(app, Introduced) == []


async def test_people_of_one_employer_are_never_brought_together(app: App) -> None:
    """An ask between them looks like any other to the asker, and reaches nobody."""
    await settle(app, ANA, BOB)
    await meeting.guard_company(app, ANA, "Acme GmbH", app.now(), employer=True)
    await meeting.guard_company(app, BOB, "ACME", app.now(), employer=True)
    number = await ask(app)
    assert (
        await said(app, Asked) == [] and (await introductions.mine(app, person(BOB), app.now())).waiting == ()
    )
    with pytest.raises(Refusal, match="introduction_over"):
        await introductions.accept(app, BOB, number, "R", app.now())


async def test_three_wait_and_ten_a_month(app: App) -> None:
    """A no frees no place before its seven days are over: else the asker could feel it."""
    await settle(app, ANA, BOB)
    numbers = [await ask(app, whom=Key(GUILD, 200 + n)) for n in range(2)] + [await ask(app)]
    await introductions.decline(app, BOB, numbers[2], app.now())
    with pytest.raises(Refusal, match=r"^too_many_asks$"):
        await ask(app, whom=CLEO)
    with pytest.raises(Refusal, match=r"^too_many_asks$"):
        await introductions.may_ask(app, person(ANA), app.now())
    for batch in (3, 3, 1):
        app.now.move(WAITS)  # type: ignore[attr-defined]
        for n in range(batch):
            await ask(app, whom=Key(GUILD, 300 + n))
    with pytest.raises(Refusal, match="too_many_asks_a_month"):
        await ask(app, whom=CLEO)
    app.now.move(timedelta(days=10))  # type: ignore[attr-defined]
    await ask(app, whom=CLEO)


async def test_asking_oneself_or_with_nothing_to_say(app: App) -> None:
    """Both are refused and keep nothing."""
    await settle(app, ANA)
    for whom, words in ((ANA, WORDS), (BOB, " \u200b ")):
        with pytest.raises(Refusal):
            await ask(app, whom=whom, words=words)
    assert (await introductions.mine(app, person(ANA), app.now())).asked == ()


async def test_lapsing_is_silent(app: App) -> None:
    """After seven days the duty settles it once; not a word goes to anybody."""
    await settle(app, ANA, BOB, listens=False)
    await ask(app)
    assert await introductions.lapse(app, app.now() + WAITS - timedelta(seconds=1)) == 0
    assert await introductions.lapse(app, app.now() + WAITS) == 1
    assert await introductions.lapse(app, app.now() + WAITS) == 0
    async with app.store.read() as tx:
        assert (await tx.execute(select(delivery.c.kind))).all() == []


# -- finding people ------------------------------------------------------------------------------


async def test_finding_people(app: App) -> None:
    """Those who want to be found, by what they opened, each asked by a mark that names nobody."""
    await settle(app, ANA, BOB, CLEO)
    await opens_up(app, BOB)
    page = await find.find(app, person(ANA), Wanted("data", "coffee"), 0, app.now())
    (one,) = page.people
    assert one.shown == Shown("Data and machine learning", "Senior", ("A coffee chat",)) and not page.has_more
    assert (await find.find(app, person(ANA), Wanted("design"), 0, app.now())).people == ()
    await find.ask_found(app, person(ANA), one.mark, WORDS, "R", app.now())
    assert [to for to, _ in await said(app, Asked)] == [BOB.user_id]


@pytest.mark.parametrize("why", ["door", "block", "blocked", "guard", "employer", "left", "other_server"])
async def test_not_to_be_found(app: App, why: str) -> None:
    """Each of these alone is enough."""
    await settle(app, ANA, BOB)
    there = Key(OTHER_GUILD, BOB.user_id) if why == "other_server" else BOB
    await settle(app, there)
    await opens_up(app, there)
    match why:
        case "door":
            await members.change(app, BOB, app.now(), opened=frozenset())
        case "block":
            await meeting.block(app, ANA, BOB.user_id, app.now())
        case "blocked":
            await meeting.block(app, BOB, ANA.user_id, app.now())
        case "guard":
            await meeting.guard_member(app, BOB, ANA.user_id, "ana", app.now())
        case "employer":
            for key in (ANA, BOB):
                await meeting.guard_company(app, key, "Acme", app.now(), employer=True)
        case "left":
            await left(app, 0)
    assert (await find.find(app, person(ANA), Wanted(), 0, app.now())).people == ()


async def test_a_page_that_is_out_of_date(app: App) -> None:
    """Asking by an old page works alike for one who shut the door, one who was erased and a mark of nobody."""
    await settle(app, ANA, BOB)
    mark = rules.person_mark(app.key, ANA, BOB.user_id)
    answers: list[tuple[str, datetime, datetime]] = []
    for one in (mark, rules.person_mark(app.key, ANA, 987_654), "0" * 20):
        made = await find.ask_found(app, person(ANA), one, WORDS, "R", app.now())
        answers.append((made.words, made.asked_at, made.lapses_at))
    assert answers.count(answers[0]) == 3
    mine = await introductions.mine(app, person(ANA), app.now())
    assert [one.asked_id for one in mine.asked] == [BOB.user_id, NOBODY, NOBODY]
    assert replace(mine.asked[0], id=0, asked_id=0) == replace(mine.asked[1], id=0)
