"""What kind of contract is offered."""

from __future__ import annotations

import pytest

from bot.jobs.facts import employment
from bot.jobs.facts.values import Posting


def kinds(posting: Posting) -> list[str]:
    return [one.value for one in employment.read(posting)]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("type", "Full-Time", ["full_time"]),
        ("job_type", "full_time", ["full_time"]),
        ("jobType", "FullTime", ["full_time"]),
        ("jobType", "Permanent", ["full_time"]),
        ("employmentType", "Contractor", ["contract"]),
        ("employmentType", "Other", []),
        ("employmentType", "Intern", ["internship"]),
        ("jobType", "Fixed-Term", ["temporary"]),
        ("job_types", "professional / experienced", []),
        ("jobType", "Quality Assurance", []),
    ],
)
def test_each_boards_field_is_read(name: str, value: str, expected: list[str]) -> None:
    """The words that boards put into their fields; what names no contract says nothing."""
    posting = Posting("Oven Engineer", fields={name: value})
    assert kinds(posting) == expected
    assert [one.evidence.quote for one in employment.read(posting)] == [value] * len(expected)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Freelance Bread Writer", ["freelance"]),
        ("Oven Designer (Part-Time Contract)", ["part_time", "contract"]),
        ("Oven Security Intern", ["internship"]),
        ("Temp Bakery Clerk", ["temporary"]),
        ("Smart Contract Engineer", []),
        ("Contract Management Specialist", []),
        ("Internal Bread Auditor", []),
    ],
)
def test_a_title_says_it(title: str, expected: list[str]) -> None:
    """A contract that the job is about is not the contract it offers."""
    assert kinds(Posting(title)) == expected


def test_the_title_adds_to_the_field_and_corrects_its_hours() -> None:
    """A freelance writer on contract is both; a part-time title makes a full-time field untrue."""
    assert kinds(Posting("Freelance Bread Writer", fields={"type": "Contract"})) == ["contract", "freelance"]
    assert kinds(Posting("Bread Writer - Part-Time", fields={"type": "Full-Time"})) == ["part_time"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Employment Type: Full-Time; salaried.", ["full_time"]),
        ("This is a remote, full-time role.", ["full_time"]),
        ("You work as an independent contractor for us.", ["contract"]),
        ("Hiring: oven people (part-time/contract)", ["part_time", "contract"]),
        ("This freelance project is for people who love bread.", ["freelance"]),
        ("All full-time employees get bread and health insurance.", []),
        ("You will read contracts with millers.", []),
        ("We manage contractors in ten countries.", []),
    ],
)
def test_a_sentence_about_the_job_says_it(text: str, expected: list[str]) -> None:
    """Benefits for other employees and papers that one reads say nothing of this contract."""
    assert kinds(Posting("Oven Engineer", text=text)) == expected


def test_a_freelancer_of_the_text_joins_a_part_time_field() -> None:
    """The law calls a freelancer an independent contractor; that makes no third kind."""
    text = "This freelance project is flexible. You work as an independent contractor."
    assert kinds(Posting("Bread Reviewer", fields={"job_type": "part_time"}, text=text)) == [
        "part_time",
        "freelance",
    ]


def test_the_first_line_of_a_comment_says_it() -> None:
    """Cells count, the sentence that runs on after them doesn't."""
    text = "Ovenly | Engineer | REMOTE | Full-time or contract\n\nWe like part-time bakers, too."
    assert kinds(Posting("Engineer", board="hn", text=text)) == ["full_time", "contract"]


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("Contract", "Structure: Full-time independent contractor (1099).", ["full_time", "contract"]),
        ("Full Time", "Ovens remote\nType: Contract\nPay: fair", ["full_time", "contract"]),
        ("Full-Time", "Choose your days: work Full Time or Part Time.", ["full_time", "part_time"]),
        ("Full-Time", "We have both full- and part-time ovens.", ["full_time", "part_time"]),
        (
            "Contractor",
            "These are the duties of a Freelance Oven & Bread Planner role.",
            ["contract", "freelance"],
        ),
        ("", "Ovenly · Bread maker · Full-Time · CET hours", ["full_time"]),
        ("", "Headquarters: Oslo URL: http://ovenly.example Full-time Description You bake.", ["full_time"]),
    ],
)
def test_the_text_adds_what_the_field_has_no_room_for(field: str, text: str, expected: list[str]) -> None:
    """A field names one kind; a label, or a choice of hours, in the posting's own words counts beside it."""
    assert kinds(Posting("Baker", fields={"type": field}, text=text)) == expected


@pytest.mark.parametrize(
    "text",
    ["Benefits for full- and part-time employees.", "Paid by law, including full-time or part-time status."],
)
def test_what_holds_for_all_employees_says_nothing_of_this_job(text: str) -> None:
    """A benefit for both kinds of employees is no choice that this job gives."""
    assert kinds(Posting("Baker", fields={"type": "Full-Time"}, text=text)) == ["full_time"]
