"""How far along somebody is expected to be."""

from __future__ import annotations

import pytest

from bot.jobs.facts import level
from bot.jobs.facts.values import Posting


def levels(posting: Posting) -> list[str]:
    return [one.value for one in level.read(posting)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Oven Engineer", []),
        ("Senior Oven Engineer", ["senior"]),
        ("Sr. Oven Engineer (Remote)", ["senior"]),
        ("Junior Oven Designer", ["entry"]),
        ("Oven Engineer, New Grad", ["entry"]),
        ("Data Labeller (No Experience Required)", ["entry"]),
        ("Oven Engineer II, Crust", ["mid"]),
        ("Intermediate Oven Engineer", ["mid"]),
        ("Mid/Senior Oven Editor", ["mid", "senior"]),
        ("Junior to Senior Oven Engineer", ["entry", "mid", "senior"]),
        ("Oven Reliability Engineer (Senior or Staff)", ["senior", "staff"]),
        ("Staff Oven Engineer", ["staff"]),
        ("Senior Staff Oven Engineer", ["staff"]),
        ("Principal Oven Product Manager", ["principal"]),
        ("Lead Oven Designer", ["lead"]),
        ("Bakery Operations Lead", ["lead"]),
        ("Engineering Manager, Ovens", ["manager"]),
        ("Senior Engineering Manager", ["manager"]),
        ("Senior Director of Ovens", ["director"]),
        ("Head of Bread", ["director"]),
        ("Vice President, Bread", ["executive"]),
        ("Chief Bread Officer", ["executive"]),
        ("CEO (m/w/d) Ovens", ["executive"]),
        ("Oven Engineer Intern (Summer)", ["intern"]),
        ("Werkstudent Backwaren (m/w/d)", ["intern"]),
        ("Desenvolvedor de Fornos - Sênior", ["senior"]),
        ("Semi-senior Oven Engineer", ["mid"]),
    ],
)
def test_a_title_says_the_level(title: str, expected: list[str]) -> None:
    """The words of rank in a title, with the higher one where one only modifies the other."""
    assert levels(Posting(title)) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Product Manager",
        "Project Manager, Ovens",
        "Technical Program Manager",
        "Key Account Manager",
        "Customer Success Manager",
        "Partner Sales Manager",
        "Account Executive",
        "Executive Assistant to the CEO",
        "Chief of Staff",
        "Staff Accountant",
        "Member of Technical Staff",
        "Lead Generation Specialist",
        "Tier II Support Engineer",
        "Senior Living Advisor",
        "Mid-Market Sales Representative",
        "Oven Specialist IV-1",
    ],
)
def test_a_word_of_rank_that_is_none(title: str) -> None:
    """A manager of products manages nobody, and an account executive executes nothing."""
    assert levels(Posting(title)) == []


def test_a_field_counts_where_the_title_is_silent_and_never_corrects_it() -> None:
    """A board's field is only asked when the title says nothing; its "Manager" of a product is no manager."""
    field = {"seniority": "Entry-level, Mid-level"}
    assert levels(Posting("Oven Engineer", fields=field)) == ["entry", "mid"]
    assert levels(Posting("Lead Oven Engineer", fields={"seniority": "Senior"})) == ["lead"]
    assert levels(Posting("Product Manager", fields={"seniority": "Manager"})) == []
    assert levels(Posting("Oven Engineer", fields={"jobLevel": "Any"})) == []


def test_a_sentence_that_names_the_level_counts_last_and_years_never_do() -> None:
    """ "Five years" makes a senior here and a mid there, so it says nothing."""
    assert levels(Posting("Oven Engineer", text="This is a mid to senior level position.")) == [
        "mid",
        "senior",
    ]
    assert levels(Posting("Oven Engineer", text="We are looking for a senior oven engineer.")) == ["senior"]
    assert (
        levels(Posting("Oven Engineer", text="You have 5+ years of ovens and report to senior staff.")) == []
    )
    text = "We are looking for Junior to Mid-level engineers to join us."
    assert levels(Posting("Junior Oven Engineer", text=text)) == ["entry", "mid"]


def test_the_role_cells_of_a_comment_are_its_title() -> None:
    """On Hacker News the level stands in the cell that names a role, wherever that cell is."""
    posting = Posting(
        "https://ovenly.example",
        board="hn",
        text="Senior Foods | https://ovenly.example | Principal Engineer | REMOTE\n\nWe bake.",
    )
    (stated,) = level.read(posting)
    assert (stated.value, stated.evidence.source, stated.evidence.quote) == ("principal", "text", "Principal")
    assert posting.text[stated.evidence.start : stated.evidence.end] == "Principal"


def test_a_level_opportunity_in_the_text_counts_and_executives_of_sales_lead_nobody() -> None:
    """ "This entry-level opportunity" names the level; the field "Executive" follows from the title's last word."""
    assert levels(Posting("Oven Advisor", text="This entry-level opportunity is for you.")) == ["entry"]
    assert levels(Posting("Oven Advisor", text="This is a great mid-level opportunity.")) == ["mid"]
    assert levels(Posting("Baker", text="We’re looking to hire a mid-level baker.")) == ["mid"]
    assert levels(Posting("Sales Executive, Ovens", fields={"seniority": "Executive"})) == []
    assert levels(Posting("Care Manager", fields={"jobLevel": "Midweight"})) == ["mid"]
