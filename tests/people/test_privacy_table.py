"""The table of what is kept is the database's own, and docs/privacy.md shows it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.jobs.flow import retention as jobs
from bot.people.kept import BY_TABLE, KEPT
from bot.people.privacy import Kept
from bot.people.retention import for_how_long
from bot.storage.tables import metadata
from bot.storage.types import Instant

PAGE = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"
BEGIN, END = "<!-- every column; written by tests/people/test_privacy_table.py -->\n", "<!-- end -->\n"


def test_every_column_is_there_and_none_more() -> None:
    """A column can't be added without saying whose data it is, what it is for and for how long."""
    kept = {(one.table, name) for one in KEPT for name in one.columns}
    assert kept == {(table.name, column.name) for table in metadata.tables.values() for column in table.c}
    assert len(BY_TABLE) == len(KEPT)


def test_every_word_of_the_table_means_a_column() -> None:
    """Claims, ages, lists and what columns become name columns that exist; nothing becomes NULL that may not be."""
    for kept in KEPT:
        columns = metadata.tables[kept.table].c
        above = metadata.tables[kept.parent[1]].c.keys() if kept.parent else ()
        assert set(kept.beside) <= set(above), kept.table
        named = {*kept.lines, *kept.json, *(age.column for age in kept.ages)}
        named |= {name for age in kept.ages for name in age.when} | ({kept.guild} if kept.guild else set())
        for claim in kept.claims:
            home = metadata.tables[kept.parent[1]].c if claim.of_parent and kept.parent else columns
            assert claim.column in home
            named |= {*claim.when, *(claim.becomes or {}), *(claim.shown or ())}
        assert named <= set(columns.keys()), kept.table
        for claim in kept.claims:
            nulls = [name for name, value in (claim.becomes or {}).items() if value is None]
            assert all(columns[name].nullable for name in nulls), kept.table


def test_every_column_that_names_a_person_is_claimed() -> None:
    """Whatever is called after somebody is somebody's claim: none is forgotten by export and erasing."""
    people = (
        "user_id",
        "_by",
        "by_id",
        "member_id",
        "asker_id",
        "asked_id",
        "blocked_id",
        "about_id",
        "contact_id",
        "author_id",
        "reader_id",
    )
    for table in metadata.tables.values():
        claimed = {claim.column for claim in BY_TABLE[table.name].claims}
        named = {column.name for column in table.c if not isinstance(column.type, Instant)}
        assert {name for name in named if name.endswith(people)} <= claimed, table.name


def test_what_belongs_to_a_row_comes_before_it() -> None:
    """Erasing a case's entries needs the case, so they are settled first."""
    order = [kept.table for kept in KEPT]
    assert all(order.index(kept.table) < order.index(kept.parent[1]) for kept in KEPT if kept.parent)


@pytest.mark.parametrize(
    ("table", "when", "days"),
    [
        ("delivery", {}, jobs.DELIVERIES),
        ("subscription", {"state": "draft"}, jobs.DRAFTS),
        ("opening", {}, jobs.OPENINGS),
    ],
)
def test_days_of_the_jobs_duty_are_the_tables(table: str, when: dict[str, str], days: object) -> None:
    """Where the duty of jobs forgets, the table says the same number of days."""
    (age,) = BY_TABLE[table].ages
    assert age.elsewhere and dict(age.when) == when and f"{age.days} day" in str(days)


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("member", "wishes", "7 days after they left"),
        ("member", "zone", "30 days after they left"),
        ("profile", "headline", "7 days after they left"),
        ("look", "what", "180 days after the look, or 30 days after they left"),
        ("case_file", "by_id", "180 days after it was closed, or 30 days after they left"),
        ("case_entry", "words", "as long as the row it belongs to"),
        ("server", "panel_shown", "30 days after the bot was removed"),
        ("erased", "mark", "for good"),
    ],
)
def test_for_how_long_in_words(table: str, column: str, words: str) -> None:
    """The days are told as people understand them."""
    assert for_how_long(BY_TABLE[table], column) == words


def test_the_page_shows_every_column() -> None:
    """docs/privacy.md is what the code says (OUTPOST_GOLDEN=write writes it)."""
    head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    shown, _, tail = rest.partition(END)
    wanted = "".join(_section(kept) for kept in KEPT)
    if os.environ.get("OUTPOST_GOLDEN") == "write":
        PAGE.write_text(head + BEGIN + wanted + END + tail, "utf-8")
        shown = wanted
    assert shown == wanted


def _section(kept: Kept) -> str:
    rows = [f"| `{name}` | {what} | {for_how_long(kept, name)} |" for name, what in kept.columns.items()]
    head = f"\n### `{kept.table}`\nWhose: {kept.whose}.\n\n| column | what for | how long |\n|---|---|---|\n"
    return head + "\n".join(rows) + "\n"
