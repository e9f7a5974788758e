"""Thanks and offers to help, on both databases: who may, how often, and who learns of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from bot.checkins.flow import groups, joining, saying, thanks
from bot.checkins.messages import HELP_OFFERED, HelpOffered
from bot.checkins.thanks import MOST_THANKS, THANKS_IN
from bot.checkins.values import Circle, Group
from bot.deliveries.flow import send_due
from bot.deliveries.planned import decode
from bot.people.flow import meeting, members
from bot.people.members import Key
from bot.storage.tables import pod, pod_member
from tests.asked import refused
from tests.checkins.parts import GUILD, MO, SERVER, Town
from tests.checkins.presses import ANA, BOB, CLEO, cards, join, meet, mine, opened, say, week

pytestmark = pytest.mark.store


async def said(it: Town, group: Group, key: Key, circle: Circle = "group", ideas: str = "") -> int:
    """They check in; gives the id of their week."""
    await say(it, group, key, circle)
    number = (await week(it, group, key)).id
    if ideas:
        await saying.ask_ideas(it.app, key, number, ideas, it.clock())
    return number


async def test_thanks_are_counted_for_their_owner(it: Town) -> None:
    """Twice is once, also at the same moment; nothing that others see changes."""
    group = await opened(it, ANA, BOB, CLEO)
    number = await said(it, group, ANA)
    before = await cards(it, group)
    counted = await asyncio.gather(*(thanks.thank(it.app, BOB, number, it.clock()) for _ in range(2)))
    assert sorted(counted) == [False, True]
    assert await thanks.thank(it.app, CLEO, number, it.clock())
    assert (await mine(it, group, ANA)).thanks == 2
    assert (await cards(it, group), it.discord.edits) == (before, 0)


async def test_nobody_thanks_themselves(it: Town) -> None:
    """Nor offers to help themselves."""
    group = await opened(it, ANA)
    number = await said(it, group, ANA, ideas="How?")
    assert await refused(thanks.thank(it.app, ANA, number, it.clock())) == "own_card"
    assert await refused(thanks.offer_help(it.app, ANA, number, SERVER, it.clock())) == "own_card"


async def test_only_a_card_that_one_sees_can_be_thanked_for(it: Town) -> None:
    """Not what is somebody's alone, was hidden, stands in another pod or server, or never was."""
    group = await opened(it, ANA, BOB, CLEO, pods=True)
    private, podded, shown = [await said(it, group, key, circle) for key, circle in _CIRCLES]
    for giver, number in ((BOB, private), (CLEO, podded), (Key(GUILD + 1, 101), shown), (ANA, 999)):
        assert await refused(thanks.thank(it.app, giver, number, it.clock())) == "card_gone"
    assert await thanks.thank(it.app, ANA, shown, it.clock())
    await groups.hide(it.app, MO, shown, True, it.clock())
    assert await refused(thanks.thank(it.app, BOB, shown, it.clock())) == "card_gone"


async def test_thanks_are_the_groups_own(it: Town) -> None:
    """Who reads its channel without being in it is asked to join; of what they can't see they learn nothing."""
    group = await opened(it, ANA, BOB, CLEO, pods=True)
    private, podded, shown = [await said(it, group, key, circle) for key, circle in _CIRCLES]
    await joining.leave(it.app, BOB, group.id, it.clock())
    await meet(it, DAN)
    for giver in (BOB, DAN):
        assert await refused(thanks.thank(it.app, giver, shown, it.clock())) == "not_in_group"
        assert await refused(thanks.thank(it.app, giver, private, it.clock())) == "card_gone"
    assert await refused(thanks.thank(it.app, DAN, podded, it.clock())) == "card_gone"


DAN = Key(GUILD, 104)
_CIRCLES: tuple[tuple[Key, Circle], ...] = ((ANA, "me"), (BOB, "pod"), (CLEO, "group"))


async def test_a_pod_thanks_its_own(it: Town) -> None:
    """Those who are in it now."""
    group = await opened(it, ANA, BOB, CLEO, pods=True)
    await _pod(it, group, ANA, BOB)
    number = await said(it, group, ANA, "pod")
    assert (await week(it, group, ANA)).card_place_id == 555
    assert await thanks.thank(it.app, BOB, number, it.clock())
    assert await refused(thanks.thank(it.app, CLEO, number, it.clock())) == "card_gone"


async def _pod(it: Town, group: Group, *keys: Key) -> None:
    """These are in a pod whose thread is open."""
    row: dict[str, Any] = {"guild_id": GUILD, "group_id": group.id, "name": "Harbour", "made_at": it.clock()}
    async with it.app.store.begin() as tx:
        made = await tx.execute(insert(pod).values(row | {"thread_id": 555}).returning(pod.c.id))
        number = made.scalar_one()
        rows = [
            {"pod_id": number, "user_id": key.user_id, "guild_id": GUILD, "since": it.clock()} for key in keys
        ]
        await tx.execute(insert(pod_member), rows)


async def test_ten_thanks_in_any_seven_days(it: Town) -> None:
    """The eleventh waits; one that was given already is still no refusal."""
    people = [Key(GUILD, 200 + number) for number in range(MOST_THANKS + 1)]
    group = await opened(it, ANA, *people)
    numbers = [await said(it, group, key) for key in people]
    for number in numbers[:MOST_THANKS]:
        assert await thanks.thank(it.app, ANA, number, it.clock())
    assert await refused(thanks.thank(it.app, ANA, numbers[-1], it.clock())) == "thanks_limit"
    assert not await thanks.thank(it.app, ANA, numbers[0], it.clock())
    later = it.clock() + THANKS_IN
    assert (
        await refused(thanks.thank(it.app, ANA, numbers[-1], later - timedelta(seconds=1))) == "thanks_limit"
    )
    assert await thanks.thank(it.app, ANA, numbers[-1], later)


# -- help ----------------------------------------------------------------------------------------


async def test_an_offer_reaches_its_author_alone(it: Town) -> None:
    """By a letter and on their page; the group reads nothing of it, and twice is once."""
    group = await opened(it, ANA, BOB)
    await members.change(it.app, ANA, it.clock(), quiet=(0, 0))
    await members.consent(it.app, ANA, it.clock())
    number = await said(it, group, ANA, ideas="Who knows Oslo?")
    before = await cards(it, group)
    for _ in range(2):
        await thanks.offer_help(it.app, BOB, number, SERVER, it.clock())
    assert (await mine(it, group, ANA)).helpers == (BOB.user_id,)
    assert await cards(it, group) == before
    it.clock.move(timedelta(minutes=2))
    await send_due(it.app, it.sender)
    letters = [one.value for one in it.discord.channels[ANA.user_id] if one.kind == HELP_OFFERED]
    assert [decode(HelpOffered, value) for value in letters] == [
        HelpOffered(GUILD, SERVER, group.id, number, BOB.user_id, "Who knows Oslo?", named=False)
    ]


async def test_without_consent_there_is_the_page(it: Town) -> None:
    """No letter goes to who did not ask for letters."""
    group = await opened(it, ANA, BOB)
    number = await said(it, group, ANA, ideas="Who knows Oslo?")
    await thanks.offer_help(it.app, BOB, number, SERVER, it.clock())
    assert (await mine(it, group, ANA)).helpers == (BOB.user_id,)
    await send_due(it.app, it.sender)
    assert it.discord.said(ANA.user_id) == []


@pytest.mark.parametrize("who", ["author", "helper"])
async def test_those_who_must_not_meet_are_not_brought_together(it: Town, who: str) -> None:
    """Whoever blocked whom: the helper is answered as always, and the author learns nothing."""
    group = await opened(it, ANA, BOB)
    blocking, blocked = (ANA, BOB) if who == "author" else (BOB, ANA)
    await meeting.block(it.app, blocking, blocked.user_id, it.clock())
    number = await said(it, group, ANA, ideas="Who knows Oslo?")
    await thanks.offer_help(it.app, BOB, number, SERVER, it.clock())
    assert (await mine(it, group, ANA)).helpers == ()


async def test_help_is_offered_where_it_was_asked_for(it: Town) -> None:
    """Not on a card without a question, nor once it was taken away."""
    group = await opened(it, ANA, BOB)
    number = await said(it, group, ANA)
    assert await refused(thanks.offer_help(it.app, BOB, number, SERVER, it.clock())) == "card_gone"


async def test_words_taken_back_take_thanks_and_offers_along(it: Town) -> None:
    """What was thanked for is not there any more."""
    group = await opened(it, ANA, BOB)
    number = await said(it, group, ANA, ideas="How?")
    await thanks.thank(it.app, BOB, number, it.clock())
    await thanks.offer_help(it.app, BOB, number, SERVER, it.clock())
    await saying.withdraw(it.app, ANA, number, it.clock())
    seen = await mine(it, group, ANA)
    assert (seen.thanks, seen.helpers) == (0, ())


async def test_a_newcomer_may_thank(it: Town) -> None:
    """As soon as they are in the group."""
    group = await opened(it, ANA)
    number = await said(it, group, ANA)
    await join(it, group, BOB)
    assert await thanks.thank(it.app, BOB, number, it.clock())
