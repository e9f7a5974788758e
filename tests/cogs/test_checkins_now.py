"""`/checkin now`: the form, my card, my plan; over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox import Actor
from tests.cogs.checkins_town import (
    DAY,
    FINISHED,
    GOALS,
    GOING,
    IF_THEN,
    LEARNED,
    NAME,
    SAID,
    WEEK,
    a_group,
    a_thursday,
    cards,
    checked_in,
    joined,
    mind,
)
from tests.end_to_end.town import Town, form, page

pytestmark = pytest.mark.wire


@pytest.fixture
async def town(migrated_file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Town]:
    async with a_thursday(migrated_file, tmp_path, caplog) as running:
        yield running


# -- the form ------------------------------------------------------------------------------------


async def test_the_form_at_once(town: Town) -> None:
    """Its title says who will read it; without a plan there is nothing to tick. It is the command's first answer."""
    await a_group(town)
    await joined(town, town.ana, "My pod")
    asked = await form(town.ana.slash("checkin now"))
    assert asked.title == "Week 47 · your pod sees it"
    assert asked.labels == [LEARNED, GOALS, IF_THEN, GOING]
    mine = await page(asked.submit(SAID))
    assert mine.ephemeral and "Saved. Your pod is not there yet." in mine.text
    assert "**Learned:** Short notes are answered." in mine.text
    assert mine.buttons == [
        *("Edit", "Tick goals", "Who sees it", "Delete", "More…"),
        *("My plan", "My history", "Settings"),
    ]
    assert cards(town) == []


async def test_seven_presses(town: Town) -> None:
    """From nothing to a first check-in that the group sees: at most seven beside typing; two the week after."""
    await a_group(town)
    ana = town.ana
    await joined(town, ana)
    await checked_in(ana)
    assert ana.presses <= 7
    await mind(town)
    (card,) = cards(town)
    assert f"<@{ana.user.id}>" in card.text and "**Next:** Portfolio page · Two letters" in card.text
    before = ana.presses
    await mind(town, WEEK)
    asked = await form(ana.slash("checkin now"))
    assert asked.labels == [FINISHED, LEARNED, GOALS, IF_THEN, GOING]
    assert asked.values[GOALS] == "Portfolio page\nTwo letters"
    mine = await page(asked.submit({**SAID, FINISHED: ["Portfolio page"], GOING: "Stretched"}))
    assert "**Done:** ~~Portfolio page~~ · **Goes on:** Two letters" in mine.text
    assert "You said: stretched." in mine.text and "You checked in 2 of the last 2 weeks." in mine.text
    assert ana.presses - before == 2


async def test_who_sees_it_is_asked_once(town: Town) -> None:
    """Before the first form, the narrow circles first; the press opens the form."""
    await a_group(town)
    asked = await page((await page(town.ana.slash("checkin join"))).click("Join"))
    await page(asked.click("Later"))
    which = await page(town.ana.slash("checkin now"))
    assert which.buttons == ["My pod", "Only me", "My group"]
    assert (await form(which.click("Only me"))).title == "Week 47 · only you see it"
    assert (await form(town.ana.slash("checkin now"))).title == "Week 47 · only you see it"


async def test_a_refused_form_keeps_all_of_it(town: Town) -> None:
    """Texts, ticks and how it is going are in the form that [Fix it] opens; a phone shows them too."""
    await a_group(town)
    ana = town.ana
    ana.phone = True
    await joined(town, ana)
    await checked_in(ana)
    await mind(town, WEEK)
    many = "\n".join(f"Goal {number}" for number in range(7))
    typed = {**SAID, GOALS: many, FINISHED: ["Two letters"], GOING: "Steady"}
    asked = await form(ana.slash("checkin now"))
    refused = await page(asked.submit(typed))
    assert refused.ephemeral and "You wrote 7 goals" in refused.text and refused.buttons == ["Fix it"]
    again = await form(refused.click("Fix it"))
    assert again.values == {**SAID, GOALS: many, FINISHED: ["1"], GOING: ["steady"]}
    assert again.custom_id != asked.custom_id
    mine = await page(again.submit({GOALS: "One goal"}))
    assert "Saved." in mine.text and "~~Two letters~~" in mine.text


async def test_a_restart_while_typing(town: Town) -> None:
    """The form's state is in its id."""
    await a_group(town)
    await joined(town, town.ana)
    asked = await form(town.ana.slash("checkin now"))
    await town.restart()
    assert "Saved." in (await page(asked.submit(SAID))).text


async def test_late_and_after_the_end(town: Town) -> None:
    """A form that was opened in time is taken for a while; nobody is told that they are late."""
    await a_group(town)
    await joined(town, town.ana, "Only me")
    await mind(town, 5 * DAY + 11 * DAY / 24)  # Tuesday 23:00 in Lisbon
    asked = await form(town.ana.slash("checkin now"))
    town.sandbox.clock.move(DAY / 24 + DAY / 144)
    mine = await page(asked.submit(SAID))
    assert "Saved." in mine.text and "late" not in mine.text.lower()
    bob = town.sandbox.member("bob")
    await joined(town, bob, "Only me")
    assert "The next week opens <t:" in (await page(bob.slash("checkin now"))).text


# -- my card -------------------------------------------------------------------------------------


async def test_edit(town: Town) -> None:
    """The form comes with what I said; the card that stands changes in place."""
    await a_group(town)
    await joined(town, town.ana)
    mine = await checked_in(town.ana)
    await mind(town)
    asked = await form(mine.click("Edit"))
    assert asked.title == "Week 47 · your group sees it" and asked.values[LEARNED] == SAID[LEARNED]
    mine = await page(asked.submit({LEARNED: "Longer ones are not."}))
    assert "**Learned:** Longer ones are not." in mine.text
    await mind(town)
    (card,) = cards(town)
    assert "Longer ones are not." in card.text
    refused = await page((await form(mine.click("Edit"))).submit({LEARNED: "", GOALS: "", IF_THEN: ""}))
    assert "One line is enough" in refused.text
    assert (await form(refused.click("Fix it"))).values[LEARNED] == ""


async def test_tick_goals_between_two_weeks(town: Town) -> None:
    """By a menu, at once; the next form has them ticked. Nobody else sees it."""
    await a_group(town)
    await joined(town, town.ana)
    mine = await checked_in(town.ana)
    ticks = await page(mine.click("Tick goals"))
    ticks = await page(ticks.choose("Finished goals", ["Two letters"]))
    assert "• ~~Two letters~~ done" in ticks.text
    await mind(town)
    assert "~~Two letters~~" not in cards(town)[0].text
    await mind(town, WEEK)
    asked = await form(town.ana.slash("checkin now"))
    assert asked.values[FINISHED] == ["1"] and asked.values[GOALS] == "Portfolio page"


async def test_who_sees_it(town: Town) -> None:
    """The card goes where it stood."""
    await a_group(town)
    await joined(town, town.ana)
    mine = await checked_in(town.ana)
    await mind(town)
    which = await page(mine.click("Who sees it"))
    assert "Now your group sees it." in which.text and "My group" not in which.buttons
    mine = await page(which.click("Only me"))
    assert "Only you see this:" in mine.text
    await mind(town)
    assert cards(town) == []


@pytest.mark.parametrize(("press", "remains"), [("Take it back", True), ("Erase it", False)])
async def test_taking_it_back(town: Town, press: str, remains: bool) -> None:
    """It is asked once; the card is empty then. Erased words leave nothing but the form."""
    await a_group(town)
    await joined(town, town.ana)
    asked = await page((await checked_in(town.ana)).click("Delete"))
    await mind(town)
    kept = await page(asked.click("Keep it"))
    assert "Short notes" in kept.text and len(cards(town)) == 1
    mine = await page((await page(kept.click("Delete"))).click(press))
    assert ("You took these words back" in mine.text) is remains
    assert "Short notes" not in mine.text
    await mind(town)
    assert cards(town) == []
    again = (
        await form((await page(town.ana.slash("checkin now"))).click("Write it again"))
        if remains
        else (await form(town.ana.slash("checkin now")))
    )
    assert "Saved." in (await page(again.submit(SAID))).text


async def test_more(town: Town) -> None:
    """Ideas, a win, the group's own question, a result: each one press and one field."""
    await a_group(town, question="What made you smile?")
    await joined(town, town.ana)
    mine = await checked_in(town.ana)
    more = await page(mine.click("More…"))
    assert {"Ask for ideas", "A win for the digest", "One more question"} <= set(more.buttons)
    more = await page((await form(more.click("Ask for ideas"))).submit(text="How to price?"))
    assert "**You ask for ideas:** How to price?" in more.text
    more = await page((await form(more.click("A win for the digest"))).submit(text="First reply"))
    question = await form(more.click("One more question"))
    assert question.labels == ["What made you smile?"]
    more = await page(question.submit(text="A reply."))
    await mind(town)
    (card,) = cards(town)
    assert (
        "**Would like ideas:** How to price?" in card.text
        and "**What made you smile?** A reply." in card.text
    )
    assert (await form(more.click("Change my win"))).values == {"One line": "First reply"}
    more = await page(more.click("I have what I need"))
    await mind(town)
    assert "Would like ideas" not in cards(town)[0].text


async def test_what_needs_readers_needs_a_circle(town: Town) -> None:
    """Only for me: nothing to ask the group for, no win, nothing to post again."""
    await a_group(town)
    await joined(town, town.ana, "Only me")
    more = await page((await checked_in(town.ana)).click("More…"))
    assert more.buttons == ["Back"]


async def test_numbers_of_my_list(town: Town) -> None:
    """They are counted, not asked: one press keeps them as a result, for my eyes only."""
    await a_group(town)
    await joined(town, town.ana)
    asked = await form((await page(town.ana.slash("jobs saved"))).click("Write one down"))
    entry = await page(asked.submit({"Link": "jobs.example/1", "Job": "Engineer", "Company": ""}))
    await page(entry.choose("How far is it?", "Applied"))
    mine = await checked_in(town.ana)
    assert "for your eyes only: Week 47: 1 saved, 1 applied." in mine.text
    kept = await page(mine.click("Add to my results"))
    assert kept.text.startswith("Kept: Week 47")
    await mind(town)
    assert "applied" not in cards(town)[0].text


async def test_keeping_a_goal(town: Town) -> None:
    """A finished goal becomes a result."""
    await a_group(town)
    await joined(town, town.ana, "Only me")
    await checked_in(town.ana)
    await mind(town, WEEK)
    mine = await checked_in(town.ana, **{FINISHED: ["Portfolio page"]})
    pin = await page((await page(mine.click("More…"))).click("Keep a goal"))
    kept = await page(pin.choose("A goal that you finished", ["Portfolio page"]))
    assert kept.text.startswith("Kept: Portfolio page")


# -- between two weeks ---------------------------------------------------------------------------


async def test_a_plan_without_a_check_in(town: Town) -> None:
    """When no week is open: my plan, when the next one opens, my last card."""
    await a_group(town, open_day=3)
    await joined(town, town.ana)
    await checked_in(town.ana)
    await mind(town, 6 * DAY)  # Wednesday 12:00 UTC, before the next one opens
    plan = await page(town.ana.slash("checkin now"))
    assert "The next week opens <t:" in plan.text and "My last check-in" in plan.buttons
    assert "**Learned:** Short notes" in (await page(plan.click("My last check-in"))).text
    plan = await page(town.ana.slash("checkin now"))
    asked = await form(plan.click("Change my plan"))
    assert asked.values == {GOALS: "Portfolio page\nTwo letters", IF_THEN: SAID[IF_THEN]}
    changed = await page(asked.submit({GOALS: "One thing"}))
    assert "Saved." in changed.text and "• One thing" in changed.text
    empty = await page((await form(changed.click("Change my plan"))).submit({GOALS: "", IF_THEN: ""}))
    assert "One line is enough for a plan" in empty.text
    assert (await form(empty.click("Fix it"))).values[GOALS] == ""


# -- where it is asked ---------------------------------------------------------------------------


async def test_in_no_group(town: Town) -> None:
    """The list of groups, from which one press leads in."""
    assert "There is no group here yet" in (await page(town.ana.slash("checkin now"))).text
    await a_group(town)
    listed = await page(town.ana.slash("checkin now"))
    assert NAME in listed.text and listed.buttons == ["Join"]


async def test_several_groups(town: Town) -> None:
    """Which one is asked; what one sees the other doesn't."""
    await a_group(town)
    await joined(town, town.ana)
    await a_group(town, "Night owls")
    listed = await page(town.ana.slash("checkin join"))
    asked = await page(listed.click("Join"))
    await page(asked.click("Only me"))
    which = await page(town.ana.slash("checkin now"))
    assert which.buttons == [NAME, "Night owls"]
    assert (await form(which.click("Night owls"))).title == "Week 47 · only you see it"
    assert (await form(which.click(NAME))).title == "Week 47 · your group sees it"


async def test_in_our_dm(town: Town) -> None:
    """The same there, for the only server we share."""
    await a_group(town)
    await joined(town, town.ana, "Only me")
    town.ana.go_to_dm()
    mine = await checked_in(town.ana)
    assert "Only you see this:" in mine.text
    assert "Finished goals" in (await page(mine.click("Tick goals"))).selects


async def test_another_server_in_our_dm(town: Town) -> None:
    """Of several servers it is asked which; nothing of one is seen in the other."""
    await a_group(town)
    pat = town.neighbour()
    world, guild = town.sandbox.world, town.sandbox.guild
    await page(pat.slash("checkin now"))
    world.add_member(guild, pat.user)
    here = Actor(world, guild, pat.user)
    await joined(town, here, "Only me")
    pat.go_to_dm()
    which = await page(pat.slash("checkin now"))
    assert "Which server is it about?" in which.text
    assert "There is no group here yet" in (await page(which.click("Next door"))).text
    assert (await form((await page(pat.slash("checkin now"))).click(guild.name))).title.startswith("Week 47")


async def test_the_panel(town: Town) -> None:
    """[Weekly check-in] does what /checkin now does, in private."""
    await a_group(town)
    await joined(town, town.ana)
    home = await page(town.mo.slash("setup"))
    await page(home.choose("Post the panel in …", "reviews"))
    await town.beat()
    (panel,) = [one for one in town.cards("reviews") if "Weekly check-in" in one.buttons]
    assert (await form(town.ana.click(panel, "Weekly check-in"))).title == "Week 47 · your group sees it"
    listed = await page(town.sandbox.member("bob").click(panel, "Weekly check-in"))
    assert listed.ephemeral and NAME in listed.text
