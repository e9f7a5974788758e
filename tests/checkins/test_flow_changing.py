"""Changing what was said, on both databases: words, who sees them, plans, and a card that somebody deleted."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.checkins.flow import groups, joining, saying
from bot.checkins.plan import CHANGE_FOR, Typed
from bot.checkins.values import Circle, Goal
from bot.ports import Trouble
from tests.asked import refused
from tests.checkins.parts import DAY, MO, Town
from tests.checkins.presses import (
    ANA,
    BOB,
    FRIDAY,
    NEXT_FRIDAY,
    cards,
    join,
    mine,
    opened,
    say,
    week,
)

pytestmark = pytest.mark.store
SECOND = timedelta(seconds=1)


# -- changing it ---------------------------------------------------------------------------------


async def test_an_edit_changes_the_card_in_place(it: Town) -> None:
    """One message; how it was before is gone. After 14 days it stays as it is."""
    group = await opened(it, ANA)
    await say(it, group, ANA)
    one = await week(it, group, ANA)
    await cards(it, group)
    await saying.edit(it.app, ANA, one.id, Typed(learned="Otherwise", goals_text="Rest"), it.clock())
    (card,) = await cards(it, group)
    assert (card.learned, card.goals) == ("Otherwise", (Goal("Rest"),))
    over = (await it.cycles(group))[0].final_at + CHANGE_FOR
    late = Typed(learned="late")
    assert (await saying.edit(it.app, ANA, one.id, late, over - SECOND)).said.learned == "late"
    assert await refused(saying.edit(it.app, ANA, one.id, Typed(learned="too late"), over)) == "edit_over"


async def test_nobody_edits_what_is_somebody_elses(it: Town) -> None:
    """A week that isn't theirs, or in which nothing was said."""
    group = await opened(it, ANA, BOB)
    await say(it, group, ANA)
    theirs, own = await week(it, group, ANA), await week(it, group, BOB)
    for one in (theirs, own):
        assert (
            await refused(saying.edit(it.app, BOB, one.id, Typed(learned="x"), it.clock())) == "checkin_gone"
        )
    assert await refused(saying.form_of_week(it.app, BOB, theirs.id, it.clock())) == "checkin_gone"


async def test_the_form_of_an_old_week_shows_that_week(it: Town) -> None:
    """Its goals with their ticks, its words; sending it again changes nothing but the time."""
    group = await opened(it, ANA)
    await say(it, group, ANA)
    await it.until(it.at(NEXT_FRIDAY, 9))
    await say(it, group, ANA, done=(1,), learned="More.")
    first, second = await it.weeks(group, ANA.user_id)
    ask = await saying.form_of_week(it.app, ANA, second.id, it.clock())
    assert ask.goals == (Goal("Portfolio"), Goal("Two letters", True)) and ask.prefill == second.said
    assert (await saying.form_of_week(it.app, ANA, first.id, it.clock())).mine.week == first


async def test_whoever_sees_it_may_change(it: Town) -> None:
    """To me: the card is empty at once. Back again: the same message shows it; nothing is posted twice."""
    group = await opened(it, ANA)
    await say(it, group, ANA)
    one = await week(it, group, ANA)
    await cards(it, group)
    await saying.change_circle(it.app, ANA, one.id, "me", it.clock())
    (card,) = await cards(it, group)
    assert card.gone and card.learned == "" and card.goals == ()
    await saying.change_circle(it.app, ANA, one.id, "group", it.clock())
    (card,) = await cards(it, group)
    assert not card.gone and card.learned == "Short notes work."


async def test_what_was_mine_alone_can_be_told_to_the_group(it: Town) -> None:
    """Its card is posted then; long after the week it can only be made more private."""
    group = await opened(it, ANA, BOB)
    await say(it, group, ANA, "me")
    await say(it, group, BOB)
    one, other = await week(it, group, ANA), await week(it, group, BOB)
    await saying.change_circle(it.app, ANA, one.id, "group", it.clock())
    assert {card.author_id for card in await cards(it, group)} == {ANA.user_id, BOB.user_id}
    assert await refused(saying.change_circle(it.app, ANA, one.id, "pod", it.clock())) == "no_pods_here"
    late = it.clock() + 40 * DAY
    assert await refused(saying.change_circle(it.app, BOB, other.id, "group", late)) == "edit_over"
    assert (await saying.change_circle(it.app, BOB, other.id, "me", late)).circle == "me"


async def test_taking_it_back_clears_every_word(it: Town) -> None:
    """The card is empty, the row too; that they were here stays, twice is once."""
    group = await opened(it, ANA)
    await say(it, group, ANA, going="stuck", if_then="If")
    one = await week(it, group, ANA)
    await saying.win(it.app, ANA, one.id, "An offer", it.clock())
    await saying.ask_ideas(it.app, ANA, one.id, "How?", it.clock())
    await cards(it, group)
    for _ in range(2):
        after = await saying.withdraw(it.app, ANA, one.id, it.clock())
    assert after.state == "on_time" and after.said == type(after.said)() and not after.speaks
    assert [card.gone for card in await cards(it, group)] == [True]
    assert (await mine(it, group, ANA)).standing.streak == 1


async def test_erasing_a_check_in_makes_the_week_one_off(it: Town) -> None:
    """Nobody can tell any more that they were here, and nothing breaks."""
    group = await opened(it, ANA)
    await say(it, group, ANA)
    one = await week(it, group, ANA)
    after = await saying.withdraw(it.app, ANA, one.id, it.clock(), erase=True)
    assert (after.state, after.submitted_at) == ("excused", None)
    assert (await mine(it, group, ANA)).standing.streak == 0
    assert [card.gone for card in await cards(it, group)] == [True]


@pytest.mark.parametrize("erase", [False, True])
@pytest.mark.parametrize("circle", ["group", "me"])
async def test_who_took_it_back_may_write_it_anew(it: Town, circle: Circle, erase: bool) -> None:
    """Into the same message, wherever it was shown last."""
    group = await opened(it, ANA)
    await say(it, group, ANA)
    number = (await week(it, group, ANA)).id
    await cards(it, group)
    await saying.change_circle(it.app, ANA, number, circle, it.clock())
    await saying.withdraw(it.app, ANA, number, it.clock(), erase=erase)
    await cards(it, group)
    await say(it, group, ANA, learned="Anew")
    assert [(card.gone, card.learned) for card in await cards(it, group)] == [(False, "Anew")]


async def test_people_who_left_still_rule_over_their_words(it: Town) -> None:
    """They take a check-in back after leaving the group; a new one is refused."""
    group = await opened(it, ANA)
    await say(it, group, ANA)
    one = await week(it, group, ANA)
    await joining.leave(it.app, ANA, group.id, it.clock())
    assert await refused(say(it, group, ANA)) == "not_in_group"
    await saying.withdraw(it.app, ANA, one.id, it.clock())
    assert [card.gone for card in await cards(it, group)] == [True]


# -- beside the form -----------------------------------------------------------------------------


async def test_ideas_a_win_and_an_answer_are_presses_of_their_own(it: Town) -> None:
    """They stand on the card, the win in the digest alone; none of them takes it away."""
    group = await opened(it, ANA, question="What was hard?")
    await say(it, group, ANA)
    number = (await week(it, group, ANA)).id
    await saying.answer(it.app, ANA, number, "Waiting", it.clock())
    await saying.ask_ideas(it.app, ANA, number, "Who knows Oslo?", it.clock())
    await saying.win(it.app, ANA, number, "An offer", it.clock())
    (card,) = await cards(it, group)
    assert (card.question, card.answer, card.ideas) == ("What was hard?", "Waiting", "Who knows Oslo?")
    assert "An offer" not in str(card)
    await saying.ask_ideas(it.app, ANA, number, "", it.clock())
    assert [one.ideas for one in await cards(it, group)] == [""]
    assert await refused(saying.win(it.app, ANA, number, "x" * 121, it.clock())) == "too_long"


async def test_ideas_are_not_asked_of_nobody(it: Town) -> None:
    """A check-in for me alone has no card, and the digest does not tell of it."""
    group = await opened(it, ANA)
    await say(it, group, ANA, "me")
    number = (await week(it, group, ANA)).id
    assert await refused(saying.ask_ideas(it.app, ANA, number, "How?", it.clock())) == "only_you_see_it"
    assert await refused(saying.win(it.app, ANA, number, "Done", it.clock())) == "not_in_digest"


async def test_the_question_is_that_of_the_opening(it: Town) -> None:
    """Moderators who change it change the next week's."""
    group = await opened(it, ANA, question="What was hard?")
    await say(it, group, ANA)
    await groups.edit(it.app, MO, group.id, {"question": "What was easy?"}, (), it.clock())
    await saying.answer(it.app, ANA, (await week(it, group, ANA)).id, "Waiting", it.clock())
    assert [card.question for card in await cards(it, group)] == ["What was hard?"]


# -- plans ---------------------------------------------------------------------------------------


async def test_a_newcomer_plans_before_their_first_week_opens(it: Town) -> None:
    """The plan is theirs to tick at once, and is looked back on in the first form."""
    group = await it.group()
    await join(it, group, ANA)
    planned = await saying.plan_only(it.app, ANA, group.id, "Portfolio\nRest", "If it rains", it.clock())
    assert planned.plan == (Goal("Portfolio"), Goal("Rest")) and planned.plan_id is not None
    await saying.tick(it.app, ANA, planned.plan_id, [1], it.clock())
    again = await saying.plan_only(it.app, ANA, group.id, "Rest\nWalk", "", it.clock())
    assert again.plan == (Goal("Rest", True), Goal("Walk"))
    await it.until(it.at(FRIDAY, 9))
    assert await it.states(group, ANA.user_id) == ["pending"]
    ask = await saying.form_of(it.app, ANA, group.id, it.clock())
    assert ask.goals == (Goal("Rest", True), Goal("Walk")) and ask.prefill.goals == (Goal("Walk"),)


async def test_a_plan_in_an_open_week_is_what_its_form_begins_with(it: Town) -> None:
    """It is no check-in: the week still waits."""
    group = await opened(it, ANA)
    await saying.plan_only(it.app, ANA, group.id, "Rest", "", it.clock())
    assert (await week(it, group, ANA)).state == "pending"
    assert (await saying.form_of(it.app, ANA, group.id, it.clock())).prefill.goals == (Goal("Rest"),)
    assert (await saying.plan_only(it.app, ANA, group.id, "Walk", "", it.clock())).week is not None
    assert await refused(saying.plan_only(it.app, ANA, group.id, "", "", it.clock())) == "plan_empty"


async def test_a_new_plan_after_the_check_in_changes_the_card(it: Town) -> None:
    """What is ticked of it shows there, too."""
    group = await opened(it, ANA)
    await say(it, group, ANA)
    await cards(it, group)
    after = await saying.plan_only(it.app, ANA, group.id, "Walk\nRest", "", it.clock())
    assert after.plan_id == (await week(it, group, ANA)).id
    await saying.tick(it.app, ANA, after.plan_id, [0], it.clock())
    assert [card.goals for card in await cards(it, group)] == [(Goal("Walk", True), Goal("Rest"))]


# -- a card that was deleted ---------------------------------------------------------------------


async def test_a_deleted_card_is_posted_again_when_its_author_wants_it(it: Town) -> None:
    """Not by itself; edits change the one that stands; the group never reads it twice."""
    group = await opened(it, ANA)
    await say(it, group, ANA)
    number = (await week(it, group, ANA)).id
    await cards(it, group)
    assert await refused(saying.post_again(it.app, ANA, number, it.clock())) == "card_stands"
    await _delete_cards(it)
    await saying.edit(it.app, ANA, number, Typed(learned="Otherwise"), it.clock())
    assert await cards(it, group) == []
    pressing = (saying.post_again(it.app, ANA, number, it.clock()) for _ in range(2))
    pressed = await asyncio.gather(*pressing, return_exceptions=True)
    assert {str(one) for one in pressed if isinstance(one, BaseException)} <= {"card_coming"}
    assert await refused(saying.post_again(it.app, ANA, number, it.clock())) == "card_coming"
    assert [card.learned for card in await cards(it, group)] == ["Otherwise"]
    await saying.edit(it.app, ANA, number, Typed(learned="Once more"), it.clock())
    assert [card.learned for card in await cards(it, group)] == ["Once more"]
    await saying.withdraw(it.app, ANA, number, it.clock())
    assert [card.gone for card in await cards(it, group)] == [True]


async def test_a_card_is_not_posted_again_for_ever(it: Town) -> None:
    """Three times; and not while Discord can't say whether it stands."""
    group = await opened(it, ANA)
    await say(it, group, ANA)
    number = (await week(it, group, ANA)).id
    for _ in range(3):
        await cards(it, group)
        await _delete_cards(it)
        await saying.post_again(it.app, ANA, number, it.clock())
    await cards(it, group)
    await _delete_cards(it)
    assert await refused(saying.post_again(it.app, ANA, number, it.clock())) == "card_again_limit"
    place = (await week(it, group, ANA)).card_place_id
    assert place is not None
    it.discord.refusing[place] = Trouble("unclear", "no answer")
    assert await refused(saying.post_again(it.app, ANA, number, it.clock())) == "card_unclear"


async def test_what_has_no_card_is_not_posted_again(it: Town) -> None:
    """For me alone nothing stands anywhere."""
    group = await opened(it, ANA)
    await say(it, group, ANA, "me")
    number = (await week(it, group, ANA)).id
    assert await refused(saying.post_again(it.app, ANA, number, it.clock())) == "card_nowhere"


async def _delete_cards(it: Town) -> None:
    """Somebody deletes every card that stands."""
    for messages in it.discord.channels.values():
        for message in messages:
            message.deleted |= message.kind == "checkin_card"
