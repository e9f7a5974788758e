"""Checking in on both databases: what is kept, what stands where, and what was sent in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.checkins.flow import joining, pausing, saying
from bot.checkins.plan import Typed
from bot.checkins.values import Goal
from bot.checkins.week import GRACE
from bot.people.flow import meeting
from bot.people.members import Key
from bot.ports import Trouble
from bot.refusals import Refusal
from bot.storage.tables import delivery
from tests.asked import refused
from tests.checkins.parts import GUILD, HOUR, Town
from tests.checkins.presses import (
    ANA,
    BOB,
    CLEO,
    FRIDAY,
    NEXT_FRIDAY,
    NEXT_MONDAY,
    NEXT_WEDNESDAY,
    cards,
    cycle_of,
    join,
    mine,
    opened,
    say,
    week,
)

pytestmark = pytest.mark.store
SECOND = timedelta(seconds=1)


# -- the form ------------------------------------------------------------------------------------


async def test_a_first_form_asks_for_what_comes(it: Town) -> None:
    """There is nothing to tick yet, and nothing stands in it."""
    group = await opened(it, ANA)
    ask = await saying.form_of(it.app, ANA, group.id, it.clock())
    assert (ask.goals, ask.prefill.goals, ask.template.id) == ((), (), "steady")
    assert ask.mine.cycle is not None and ask.mine.week is not None


async def test_the_goals_of_last_week_are_ticked_and_the_others_go_on(it: Town) -> None:
    """What was planned is asked for a week later; what is not ticked stands among the new goals already."""
    group = await opened(it, ANA)
    await say(it, group, ANA, goals_text="Portfolio\nTwo letters\nRest")
    await it.until(it.at(NEXT_FRIDAY, 9))
    planned = await mine(it, group, ANA)
    assert planned.plan_id is not None
    await saying.tick(it.app, ANA, planned.plan_id, [0], it.clock())
    ask = await saying.form_of(it.app, ANA, group.id, it.clock())
    assert ask.goals == (Goal("Portfolio", True), Goal("Two letters"), Goal("Rest"))
    assert ask.prefill.goals == (Goal("Two letters"), Goal("Rest"))
    await say(it, group, ANA, done=(0, 1), goals_text="Two letters\nRest\nCall")
    said = (await week(it, group, ANA)).said
    assert [goal.done for goal in said.reviewed] == [True, True, False]
    assert [goal.text for goal in said.goals] == ["Rest", "Call"]


async def test_there_is_no_form_before_a_week_opens(it: Town) -> None:
    """The refusal tells when the next one opens."""
    group = await it.group()
    await join(it, group, ANA)
    with pytest.raises(Refusal) as refusal:
        await saying.form_of(it.app, ANA, group.id, it.clock())
    assert refusal.value.reason == "nothing_open"
    assert refusal.value.facts == {"next_opens": it.at(FRIDAY, 9)}


# -- checking in ---------------------------------------------------------------------------------


async def test_a_check_in_is_kept_and_its_card_stands(it: Town) -> None:
    """Who sees it is remembered; the card holds goals, what was learned and the plan, and says nothing of when."""
    group = await opened(it, ANA)
    after = await say(it, group, ANA, if_then="If it is 9:00, then I write", going="stuck")
    assert after.week is not None and after.week.state == "on_time" and after.standing.streak == 1
    assert after.membership.circle == "group"
    (card,) = await cards(it, group)
    assert (card.author_id, card.learned, card.if_then) == (
        ANA.user_id,
        "Short notes work.",
        "If it is 9:00, then I write",
    )
    assert [goal.text for goal in card.goals] == ["Portfolio", "Two letters"]
    assert "stuck" not in str(card)


async def test_what_is_sent_before_the_place_is_known_is_posted_once_it_is(it: Town) -> None:
    """The opener was not said yet, so the cards have no thread; nobody has to do anything again."""
    group = await it.group()
    await join(it, group, ANA)
    it.discord.refusing[group.channel_id] = Trouble("unclear", "no answer")
    await it.until(it.at(FRIDAY, 9))
    await say(it, group, ANA)
    assert (await week(it, group, ANA)).card_place_id is None
    it.discord.refusing.clear()
    await it.walk(HOUR)
    assert [card.author_id for card in await cards(it, group)] == [ANA.user_id]


@pytest.mark.parametrize("circle", ["me", "pod"])
async def test_what_the_group_may_not_see_stands_nowhere(it: Town, circle: joining.Circle) -> None:
    """For me alone nothing is posted; for a pod that is not there yet neither."""
    group = await opened(it, ANA, pods=True)
    async with it.app.store.read() as tx:
        before = (await tx.execute(select(func.count()).select_from(delivery))).scalar_one()
    await say(it, group, ANA, circle)
    async with it.app.store.read() as tx:
        assert (await tx.execute(select(func.count()).select_from(delivery))).scalar_one() == before
    assert (await week(it, group, ANA)).circle == circle


async def test_a_pod_is_no_choice_where_there_are_none(it: Town) -> None:
    """Nothing of the form is kept then."""
    group = await opened(it, ANA)
    assert await refused(say(it, group, ANA, "pod")) == "no_pods_here"
    assert (await week(it, group, ANA)).state == "pending"


async def test_a_pen_name_stands_on_the_card(it: Town) -> None:
    """That of the group; nobody reads who it is."""
    group = await opened(it, ANA)
    await meeting.choose_pen_name(it.app, ANA, f"group/{group.id}", "Quiet Fox", [], it.clock())
    assert (await say(it, group, ANA)).name == "Quiet Fox"
    assert [card.name for card in await cards(it, group)] == ["Quiet Fox"]


async def test_markdown_mentions_and_links_stay_text(it: Town) -> None:
    """They are kept as they were typed; the way out makes them harmless (cogs.gate)."""
    group = await opened(it, ANA)
    words = "@everyone <@1> **bold** https://x.example [a](b)"
    await say(it, group, ANA, learned=words)
    assert [card.learned for card in await cards(it, group)] == [words]


async def test_a_text_over_its_limit_keeps_nothing(it: Town) -> None:
    """The form comes back with what was typed; their week still waits."""
    group = await opened(it, ANA)
    assert await refused(say(it, group, ANA, learned="x" * 601)) == "too_long"
    assert await refused(say(it, group, ANA, goals_text="x" * 121)) == "goal_too_long"
    assert (await week(it, group, ANA)).state == "pending"


# -- in time -------------------------------------------------------------------------------------


async def test_discords_time_counts_not_ours(it: Town) -> None:
    """Sent at 23:59:59 and handled ten minutes later it is on time; a clock that is ahead of ours hurts nobody."""
    group = await opened(it, ANA, BOB)
    due = (await week(it, group, ANA)).due_at
    await it.until(due + timedelta(minutes=10))
    await say(it, group, ANA, at=due - SECOND)
    await say(it, group, BOB, at=it.clock() + timedelta(minutes=1))
    assert (await week(it, group, ANA)).state == "on_time"
    assert (await week(it, group, BOB)).state == "late"


async def test_a_form_opened_before_the_end_is_taken_after_the_week_was_settled(it: Town) -> None:
    """Typed over the end: a quarter of an hour more; what the week had become by then is undone."""
    group = await opened(it, ANA, BOB)
    await say(it, group, ANA)
    await say(it, group, BOB)
    await it.until(it.at(NEXT_WEDNESDAY + 7, 13))
    assert (await it.states(group, ANA.user_id))[-1] == "frozen"
    end = (await week(it, group, ANA)).late_until
    await say(it, group, ANA, at=end + GRACE - SECOND, opened_at=end - SECOND)
    assert (await it.states(group, ANA.user_id))[-1] == "late"
    assert await refused(say(it, group, BOB, at=end + GRACE, opened_at=end - SECOND)) == "checkin_closed"
    assert (await it.states(group, BOB.user_id))[-1] == "frozen"


async def test_too_late_leads_to_a_plan(it: Town) -> None:
    """The check-in is refused and keeps nothing; the same goals are a plan for the new week."""
    group = await opened(it, ANA)
    await it.until(it.at(NEXT_WEDNESDAY, 0, 1))
    assert await refused(say(it, group, ANA)) == "checkin_closed"
    after = await saying.plan_only(it.app, ANA, group.id, "Portfolio", "If it rains, I write", it.clock())
    assert (after.plan, after.if_then) == ((Goal("Portfolio"),), "If it rains, I write")
    await it.until(it.at(NEXT_FRIDAY, 9))
    assert (await saying.form_of(it.app, ANA, group.id, it.clock())).goals == (Goal("Portfolio"),)
    assert (await it.states(group, ANA.user_id))[0] == "excused"  # a plan is no check-in


async def test_a_late_one_joins_the_digest(it: Town) -> None:
    """The digest that stands is changed in place; for me alone changes nothing of it."""
    group = await opened(it, ANA, BOB, CLEO)
    await say(it, group, ANA)
    await saying.win(it.app, ANA, (await week(it, group, ANA)).id, "An interview", it.clock())
    await it.until(it.at(NEXT_MONDAY, 18))
    assert [[line.text for line in digest.wins] for digest in it.digests()] == [["An interview"]]
    await say(it, group, BOB)
    await saying.win(it.app, BOB, (await week(it, group, BOB)).id, "A reply", it.clock())
    await it.walk(timedelta(minutes=1))
    assert [[line.text for line in digest.wins] for digest in it.digests()] == [["An interview", "A reply"]]
    edits = it.discord.edits
    await say(it, group, CLEO, "me")
    await it.walk(timedelta(minutes=1))
    assert it.discord.edits == edits


async def test_the_week_after_a_missed_one_repairs_it(it: Town) -> None:
    """The streak goes on; a second time in eight weeks it does not."""
    group = await opened(it, ANA)
    await say(it, group, ANA, "me")
    for number in range(1, 4):  # frozen, missed, then here again
        await it.until(it.at(FRIDAY + 7 * number, 9))
    assert await it.states(group, ANA.user_id) == ["on_time", "frozen", "missed", "pending"]
    assert (await mine(it, group, ANA)).standing.repairable
    after = await say(it, group, ANA, "me")
    assert await it.states(group, ANA.user_id) == ["on_time", "frozen", "repaired", "on_time"]
    assert after.standing.streak == 2
    await it.until(it.at(FRIDAY + 7 * 5, 9))
    await say(it, group, ANA, "me")
    assert (await it.states(group, ANA.user_id))[4:] == ["missed", "on_time"]


async def test_a_check_in_in_a_week_off_counts(it: Town) -> None:
    """Whoever took it off may still come."""
    group = await opened(it, ANA)
    await pausing.skip(it.app, ANA, group.id, it.clock())
    assert (await week(it, group, ANA)).state == "excused"
    await say(it, group, ANA)
    assert (await week(it, group, ANA)).state == "on_time"


async def test_a_form_of_another_server_is_nobodys(it: Town) -> None:
    """The same person has no seat there, whatever the button says."""
    group = await opened(it, ANA)
    number = await cycle_of(it, group, ANA)
    elsewhere = Key(GUILD + 1, ANA.user_id)
    sending = saying.submit(
        it.app, elsewhere, number, Typed(learned="x"), "me", it.clock(), it.clock(), it.clock()
    )
    assert await refused(sending) == "not_in_group"
    assert await refused(saying.edit(it.app, elsewhere, 1, Typed(learned="x"), it.clock())) == "checkin_gone"


async def test_two_groups_are_two_check_ins(it: Town) -> None:
    """What one sees the other doesn't; each has its own plan."""
    group = await opened(it, ANA)
    other = await it.group(name="Another")
    await join(it, other, ANA)
    await it.until(it.at(NEXT_FRIDAY, 9))
    await say(it, group, ANA, goals_text="One")
    assert [len(one.plan) for one in await joining.mine(it.app, ANA, it.clock())] == [1, 0]
    assert (await mine(it, other, ANA)).week != (await mine(it, group, ANA)).week
