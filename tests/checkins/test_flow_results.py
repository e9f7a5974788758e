"""A member's own list of results and their history, on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import icalendar
import pytest

from bot.checkins.flow import groups, history, joining, pausing, results, saying, thanks
from bot.checkins.flow.results import MOST_RESULTS
from bot.checkins.pictures import HistoryWords
from bot.people.members import Key
from bot.ports import WorkerTrouble
from tests.asked import refused
from tests.checkins.parts import GUILD, MO, WEEK, Town
from tests.checkins.presses import ANA, BOB, NEXT_FRIDAY, NEXT_MONDAY, join, meet, opened, say, week

pytestmark = pytest.mark.store
THIS = date(2026, 11, 16)


async def test_a_result_is_pinned_in_ones_own_words(it: Town) -> None:
    """The same words twice are once; nobody else has them; one press takes it off."""
    await meet(it, ANA, BOB)
    for _ in range(2):
        one = await results.pin(it.app, ANA, "  Spoke at a\u200bmeetup ", THIS, it.clock())
    assert (one.text, one.week) == ("Spoke at ameetup", THIS)
    assert await results.results(it.app, ANA) == [one]
    assert await results.results(it.app, BOB) == []
    await results.unpin(it.app, BOB, one.id)
    assert await results.results(it.app, ANA) == [one]
    for _ in range(2):
        await results.unpin(it.app, ANA, one.id)
    assert await results.results(it.app, ANA) == []


async def test_only_a_finished_goal_is_a_result(it: Town) -> None:
    """Of one's own week."""
    group = await opened(it, ANA, BOB)
    await say(it, group, ANA)
    await it.until(it.at(NEXT_FRIDAY, 9))
    await say(it, group, ANA, done=(1,))
    number = (await week(it, group, ANA)).id
    pinned = await results.pin_goal(it.app, ANA, number, 1, it.clock())
    assert (pinned.text, pinned.week) == ("Two letters", THIS + WEEK)
    for unfinished in (0, 2, -1):
        assert (
            await refused(results.pin_goal(it.app, ANA, number, unfinished, it.clock())) == "goal_unfinished"
        )
    assert await refused(results.pin_goal(it.app, BOB, number, 1, it.clock())) == "checkin_gone"


async def test_what_a_list_does_not_take(it: Town) -> None:
    """Nothing, too much at once, more than so many, and a stranger's."""
    await meet(it, ANA)
    assert await refused(results.pin(it.app, ANA, " \n", THIS, it.clock())) == "result_empty"
    assert await refused(results.pin(it.app, ANA, "x" * 201, THIS, it.clock())) == "too_long"
    assert await refused(results.pin(it.app, BOB, "x", THIS, it.clock())) == "member_unknown"
    for number in range(MOST_RESULTS):
        await results.pin(it.app, ANA, f"result {number}", THIS, it.clock())
    assert await refused(results.pin(it.app, ANA, "one more", THIS, it.clock())) == "too_many_results"
    assert (await results.pin(it.app, ANA, "result 7", THIS, it.clock())).text == "result 7"


# -- history -------------------------------------------------------------------------------------


async def test_a_history_has_every_week_of_every_group(it: Town) -> None:
    """Also of a group that I left or that ended; or those of one group."""
    group = await opened(it, ANA, BOB, question="What was hard?")
    other = await it.group(name="Another")
    await join(it, other, ANA)
    await say(it, group, ANA)
    number = (await week(it, group, ANA)).id
    await saying.answer(it.app, ANA, number, "Waiting", it.clock())
    await thanks.thank(it.app, BOB, number, it.clock())
    await results.pin(it.app, ANA, "Spoke", THIS, it.clock())
    await it.until(it.at(NEXT_FRIDAY, 9))
    await joining.leave(it.app, ANA, other.id, it.clock())
    await groups.set_state(it.app, MO, other.id, "ended", it.clock())
    seen = await history.history(it.app, ANA, None, it.clock())
    assert [(row.group, row.kind) for row in seen.rows] == [
        ("Remote job seekers", "done"),
        ("Another", "off"),
        ("Remote job seekers", "open"),
    ]
    assert (seen.rows[0].thanks, seen.rows[0].question, seen.rows[0].said.answer) == (
        1,
        "What was hard?",
        "Waiting",
    )
    assert [one.text for one in seen.results] == ["Spoke"]
    one = await history.history(it.app, ANA, other.id, it.clock())
    assert [row.group for row in one.rows] == ["Another"]
    assert (await history.history(it.app, Key(GUILD + 1, ANA.user_id), None, it.clock())).rows == ()


async def test_files_hold_the_history(it: Town) -> None:
    """A table, a document, a line a result."""
    group = await opened(it, ANA)
    await say(it, group, ANA, learned="Short notes")
    await results.pin(it.app, ANA, "Spoke", THIS, it.clock())
    seen = await history.history(it.app, ANA, None, it.clock())
    assert b"Short notes" in history.table(seen)
    assert json.loads(history.document(seen, it.clock()))["weeks"][0]["learned"] == "Short notes"
    assert history.bullets(seen) == b"- Spoke\n"


class Drawing:
    """bot.ports.Workers that draws nothing, or can't."""

    def __init__(self, fails: bool = False) -> None:
        self.fails = fails
        self.asked: list[str] = []

    async def call(self, function: str, *arguments: object, timeout_s: float = 5.0) -> object:
        self.asked.append(function)
        if self.fails:
            raise WorkerTrouble("timeout", "too slow")
        return b"PNG"


WORDS = HistoryWords("", "", {}, "", "", "", (), "", "")


async def test_the_picture_is_drawn_in_a_worker(it: Town) -> None:
    """None where there is nothing to draw, or no worker can: the words are there all the same."""
    group = await opened(it, ANA)
    await say(it, group, ANA)
    seen = await history.history(it.app, ANA, None, it.clock())
    drawing = Drawing()
    assert await history.picture(replace(it.app, workers=drawing), seen, WORDS) == b"PNG"
    assert drawing.asked == ["bot.checkins.pictures:history"]
    assert await history.picture(replace(it.app, workers=Drawing(fails=True)), seen, WORDS) is None
    empty = await history.history(it.app, BOB, None, it.clock())
    assert await history.picture(replace(it.app, workers=Drawing(fails=True)), empty, WORDS) is None


async def test_the_calendar_has_the_weeks_that_are_due(it: Town) -> None:
    """Each at its own instant; a pause and a holiday of all my groups are left out, and it tells nothing."""
    group = await opened(it, ANA)
    await groups.holiday(it.app, MO, group.id, THIS + 2 * WEEK, True, it.clock())
    await say(it, group, ANA)
    await pausing.skip(it.app, ANA, group.id, it.clock())  # this one is done: the next
    file = await history.calendar(it.app, ANA, "A moment for me", it.clock())
    events = icalendar.Calendar.from_ical(file).walk("VEVENT")
    ends = [one.decoded("dtend") for one in events]
    assert ends[:2] == [it.at(NEXT_MONDAY), it.at(NEXT_MONDAY + 21)]
    assert {str(one["summary"]) for one in events} == {"A moment for me"}
    assert b"Remote job seekers" not in file
    nobody = await history.calendar(it.app, BOB, "A moment for me", it.clock())
    assert b"VEVENT" not in nobody
