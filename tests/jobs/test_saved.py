"""The rules of my list: what needs me today, numbers, undo, the last page, the table."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.jobs.facts import Pay, Place, Skill, encode
from bot.jobs.facts.values import NO_FACTS, Evidence, Facts
from bot.jobs.saved import (
    UNDO_FOR,
    LastPage,
    Saved,
    Stage,
    Step,
    in_order,
    last_page,
    needs,
    numbers,
    step_of,
    table,
    title_of,
    today_line,
    undone,
)
from bot.refusals import Refusal

FRIDAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TEXAS = ZoneInfo("America/Chicago")


def kept(number: int = 1, stage: Stage = "saved", at: datetime = FRIDAY, **given: Any) -> Saved:
    values: dict[str, Any] = {
        "id": number,
        "guild_id": 1,
        "user_id": 101,
        "opening_id": number,
        "title": f"Engineer {number}",
        "company": "Acme",
        "url": f"https://board.example/{number}",
        "board": "Board",
        "place_claim": "",
        "pay_claim": "",
        "facts_json": "",
        "stage": stage,
        "note": "",
        "next_step": "",
        "next_on": None,
        "saved_at": at,
        "changed_at": at,
        "stage_at": at,
    }
    return Saved(**{**values, **given})


def kinds(now: datetime, *every: Saved, zone: Any = UTC) -> list[tuple[str, int]]:
    return [(need.kind, need.saved.id) for need in needs(every, now, zone)]


# -- what needs me today -------------------------------------------------------------------------


def test_follow_up() -> None:
    """Five working days after applying, for a week; a weekend doesn't count."""
    applied = kept(stage="applied")
    for days, said in [(6, []), (7, [("follow_up", 1)]), (13, [("follow_up", 1)]), (14, [])]:
        assert kinds(FRIDAY + days * DAY, applied) == said, days


def test_the_day_is_that_of_my_own_clock() -> None:
    """Late on Friday in Texas is Saturday in UTC; both count from the same five working days."""
    late = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    assert late.astimezone(TEXAS).date() == date(2026, 11, 20)
    applied = kept(stage="applied", at=late)
    morning = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
    assert kinds(morning, applied, zone=TEXAS) == [] and kinds(
        morning + 3 * timedelta(hours=1), applied, zone=TEXAS
    )


def test_thank_the_interviewer() -> None:
    """The day after; after a Friday until the Monday. A next step's day is the day of the interview."""
    talked = kept(stage="interview")
    assert [bool(kinds(FRIDAY + days * DAY, talked)) for days in range(5)] == [False, True, True, True, False]
    monday = kept(stage="interview", next_step="Talk to Bo", next_on=date(2026, 11, 23))
    assert kinds(FRIDAY, monday) == [] and kinds(FRIDAY + 3 * DAY, monday) == [("step", 1)]
    assert kinds(FRIDAY + 4 * DAY, monday) == [("thank", 1)]


def test_a_next_step() -> None:
    """On its day and two weeks on; one that is planned for later keeps other reminders quiet."""
    step = kept(next_step="Write", next_on=date(2026, 11, 22))
    due = [days for days in range(20) if kinds(FRIDAY + days * DAY, step)]
    assert due == list(range(2, 17))
    planned = kept(stage="offer", next_step="Decide", next_on=date(2026, 11, 30))
    assert kinds(FRIDAY, planned) == []


def test_an_offer() -> None:
    """It waits for a decision from the first day on."""
    assert kinds(FRIDAY, kept(stage="offer")) == [("offer", 1)]


def test_the_order() -> None:
    """An offer, what I planned, thanks, following up; the longest due first."""
    every = [
        kept(1, "applied", FRIDAY - 8 * DAY),
        kept(2, "interview", FRIDAY - DAY),
        kept(3, next_step="b", next_on=date(2026, 11, 20)),
        kept(4, next_step="a", next_on=date(2026, 11, 19)),
        kept(5, "offer"),
    ]
    assert [number for _, number in kinds(FRIDAY, *every)] == [5, 4, 3, 2, 1]


def test_none_when_hired() -> None:
    """What was saved before is left alone; a search that begins anew has reminders again."""
    hired = kept(1, "hired")
    assert kinds(FRIDAY, hired, kept(2, "offer", FRIDAY - DAY)) == []
    assert kinds(FRIDAY + 9 * DAY, hired, kept(2, "offer", FRIDAY + 8 * DAY)) == [("offer", 2)]


@pytest.mark.parametrize("stage", ["saved", "hired", "closed"])
def test_nothing_to_do(stage: Stage) -> None:
    """What is only saved, won or over asks for nothing."""
    assert kinds(FRIDAY + 7 * DAY, kept(stage=stage)) == []


def test_one_line() -> None:
    """The most pressing one, the others counted; a step that is late says since when."""
    every = [kept(1, "offer"), kept(2, "interview", FRIDAY - DAY), kept(3, "applied", FRIDAY - 8 * DAY)]
    found = needs(every, FRIDAY, UTC)
    assert today_line(found, FRIDAY, UTC) == "Decide on the offer: Engineer 1 at Acme · 2 more"
    assert today_line(found[1:2], FRIDAY, UTC) == "Thank the interviewer: Engineer 2 at Acme"
    assert today_line([], FRIDAY, UTC) == ""
    late = needs([kept(next_step="Call", next_on=date(2026, 11, 18), company="")], FRIDAY, UTC)
    assert today_line(late, FRIDAY, UTC) == "Call: Engineer 1 (since Wed 18 November 2026)"


# -- steps ---------------------------------------------------------------------------------------


def test_undo() -> None:
    """Back to the stage before within an hour; not further back, not later."""
    steps = [Step(1, "saved", FRIDAY - DAY), Step(1, "applied", FRIDAY)]
    assert undone(steps, "saved", FRIDAY + UNDO_FOR)
    assert not undone(steps, "saved", FRIDAY + UNDO_FOR + timedelta(seconds=1))
    assert not undone(steps, "interview", FRIDAY) and not undone(steps[:1], "saved", FRIDAY)


def test_numbers() -> None:
    """Each opening counts once a stage, however often it went back and forth."""
    steps = [Step(1, "saved", FRIDAY), Step(2, "saved", FRIDAY), Step(1, "applied", FRIDAY)]
    assert numbers([*steps, Step(1, "saved", FRIDAY), Step(1, "applied", FRIDAY)]) == {
        "saved": 2,
        "applied": 1,
    }


def test_the_order_of_the_list() -> None:
    """What is nearest to a job first, within a stage what was changed last."""
    every = [
        kept(1),
        kept(2, changed_at=FRIDAY + DAY),
        kept(3, "offer"),
        kept(4, "closed"),
        kept(5, "interview"),
        kept(6, "hired"),
    ]
    assert [one.id for one in in_order(every)] == [3, 5, 2, 1, 6, 4]


def test_the_last_page() -> None:
    """Begun weeks since the first was saved; an offer counts as an interview and an application, too."""
    every = [kept(1, "hired", FRIDAY - 15 * DAY), kept(2, "closed"), kept(3)]
    steps = [Step(2, "saved", FRIDAY), Step(2, "applied", FRIDAY), Step(2, "closed", FRIDAY)]
    page = last_page(every, steps, 4, FRIDAY)
    assert page == LastPage(weeks=3, saved=3, applied=2, interviews=1, offers=1, people=4)
    assert page.words() == "3 weeks, 3 saved, 2 applied, 1 interview, 1 offer, 4 people met"
    assert last_page([kept(1, "hired")], [], 1, FRIDAY).rows()[0] == ("week", 1)


# -- what is written -----------------------------------------------------------------------------


def test_a_step_needs_words() -> None:
    """A day alone says nothing later; neither of both means that nothing is planned."""
    with pytest.raises(Refusal, match="step_without_words"):
        step_of("  ", date(2026, 12, 1))
    assert step_of("", None) == "" and step_of(" Call  back ", None) == "Call back"


def test_what_has_no_title() -> None:
    """A page written down by hand is called by its company, else by its address."""
    assert title_of("", "Acme", "https://a.example/x") == "A job at Acme"
    assert title_of("", "", "https://a.example/x") == "a.example/x"


# -- the table -----------------------------------------------------------------------------------


def facts() -> Facts:
    proof = Evidence("text", 0, 9, "test", "Portugal only")
    return Facts(
        place=Place("restricted", ("PT",), evidence=(proof,)),
        pay=Pay(90_000, 110_000, "EUR", "year", "base", "90–110k EUR", (proof,)),
        skills=(Skill("python", proof),),
    )


def test_the_table() -> None:
    """All that is kept, a row an opening, in UTF-8 with the mark that Excel wants."""
    data = table(
        [kept(note='a, "b"\nc', facts_json=encode(facts()), next_step="Call", next_on=date(2026, 12, 1))]
    )
    assert data.startswith(b"\xef\xbb\xbf")
    head, one = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    row = dict(zip(head, one, strict=True))
    assert row["Title"] == "Engineer 1" and row["Note"] == 'a, "b"\nc' and row["Next step on"] == "2026-12-01"
    assert (row["Open to"], row["Proof"]) == ("Portugal only", "Portugal only")
    assert (row["Pay"], row["Skills"]) == ("90–110 k EUR a year", "Python")


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_no_cell_is_a_formula(evil: str) -> None:
    """A spreadsheet shows what somebody wrote and reckons nothing."""
    data = table([kept(note=evil, title=evil, company=evil, facts_json=encode(NO_FACTS))]).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(data)) for cell in row]
    assert f"'{evil}" in cells
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
