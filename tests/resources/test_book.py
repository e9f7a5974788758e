"""resources.yaml: what it holds, and that each mistake is told with its place, all of them at once."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from bot.jobs.reading.book import BookError
from bot.jobs.reading.marked import Mistake
from bot.resources.book import open_list, read_list
from bot.resources.listed import NEEDS

ROOT = Path(__file__).resolve().parents[2]
ENTRY = """\
# a comment
- name: Somewhere
  url: "https://somewhere.example/"
  need: tools
  for: everybody
  cost: free
  checked: 2026-11-21
  source: list
  note: It is good for something.
"""
NAMED_IN_THE_DESIGN = (
    *("Remotive", "We Work Remotely", "Remote.co", "Key Values", "Moonlight", "Workfrom", "Outsite"),
    *("Digital Nomads Around the World", "Remote-how", "Remotejobcourse", "ALISON", "Udemy", "Coursera"),
    *("General Assembly", "Spark Hire"),
)
_BAD_WORDS = ("ref=", "aff", "utm_", "partner", "discord.gg")


def mistakes(text: str) -> list[Mistake]:
    with pytest.raises(BookError) as error:
        read_list(text, "resources.yaml")
    return error.value.mistakes


def test_the_projects_own_list() -> None:
    """At least 45 entries, those of the design spelled as there, each need has some, closed ones say so."""
    found = {one.name: one for one in open_list(ROOT / "resources.yaml")}
    assert len(found) >= 45 and set(NAMED_IN_THE_DESIGN) <= set(found)
    assert {one.need for one in found.values()} == set(NEEDS)
    closed = {name for name, one in found.items() if one.closed}
    assert "Moonlight" in closed and all(found[name].note.startswith("Closed") for name in closed)
    assert not any(word in one.url for one in found.values() for word in _BAD_WORDS)
    assert (ROOT / "resources.yaml").read_text().count("\n- name: ") == len(found)


def test_an_entry() -> None:
    """Everything that stands in an entry, and nothing is closed unless it says so."""
    (one,) = read_list(ENTRY, "resources.yaml")
    assert (one.name, one.url, one.need, one.whom) == (
        "Somewhere",
        "https://somewhere.example/",
        "tools",
        "everybody",
    )
    assert (one.cost, one.checked, one.closed) == ("free", datetime.date(2026, 11, 21), False)
    assert one.source == "list"


def test_an_entry_from_memory() -> None:
    """Nobody has compared it with anything, so it has no day."""
    (one,) = read_list(
        ENTRY.replace("  checked: 2026-11-21\n", "").replace("source: list", "source: memory"),
        "resources.yaml",
    )
    assert (one.source, one.checked) == ("memory", None)


@pytest.mark.parametrize(
    ("was", "becomes", "place", "words"),
    [
        ("need: tools", "need: tool", (4, 9), "need is not known: “tool”; did you mean tools?"),
        ("need: tools", "need: Xyzzy", (4, 9), "use openings | companies"),
        ("cost: free", "cost: 12 EUR", (6, 9), "cost is not known"),
        ("checked: 2026-11-21", "checked: 21.11.2026", (7, 12), "must be a date such as 2026-10-06"),
        ("checked: 2026-11-21", "checked: 2026-02-31", (7, 12), "cannot be read"),
        ("source: list", "source: hearsay", (8, 11), "source is not known"),
        ("source: list", "source: memory", (7, 3), "what is from memory is not checked"),
        ("  checked: 2026-11-21\n", "", (2, 3), "checked is missing in this entry"),
        ("note: It is", "noet: It is", (9, 3), "unknown key “noet”; did you mean note?"),
        ("note: It is good for something.", "closed: perhaps", (9, 11), "must be true or false"),
        ("name: Somewhere", "name: 7", (2, 9), "name must be text, not 7"),
        ("name: Somewhere", f"name: {'x' * 81}", (2, 9), "one line of 1 to 80 characters"),
        ('"https://somewhere.example/"', "http://somewhere.example/", (3, 8), "write https://host/path"),
        ('"https://somewhere.example/"', "https://discord.gg/abc", (3, 8), "no link that can be shown"),
        ("  for: everybody\n", "", (2, 3), "for is missing in this entry"),
        ("  cost: free", "  need: tools", (6, 3), "stands twice"),
    ],
)
def test_a_mistake_and_its_place(was: str, becomes: str, place: tuple[int, int], words: str) -> None:
    """Line and column of the key or value that is meant, and what to write instead."""
    assert was in ENTRY
    found = [one for one in mistakes(ENTRY.replace(was, becomes, 1)) if words in one.words]
    assert [(one.line, one.column) for one in found] == [place]


def test_every_mistake_at_once() -> None:
    """An entry that is taken twice by name and link, one that is no entry, and one key too many."""
    again = "".join(ENTRY.splitlines(keepends=True)[1:])
    told = [(one.line, one.words.split(";")[0]) for one in mistakes(f"{ENTRY}{again}- just words\n")]
    assert told == [
        (10, "name “Somewhere” stands in line 2 already"),
        (11, "url “https://somewhere.example/” stands in line 3 already"),
        (18, "an entry must be keys and values, not “just words”"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("# only a comment\n", "the file is empty"),
        ("resources: {}\n", "this is no list"),
        ("- name: [\n", "this is not YAML"),
        ("- " * 40 + "x", "nested too deeply"),
        ("- &a [*a]\n", "an entry must be keys and values"),
    ],
)
def test_what_is_no_list(text: str, words: str) -> None:
    """One mistake that says what to write."""
    assert words in mistakes(text)[0].words


def test_files(tmp_path: Path) -> None:
    """No file, a file that is no text, and one with the mark that Windows puts first."""
    with pytest.raises(BookError, match="there is no such file; name another with RESOURCES_FILE"):
        open_list(tmp_path / "none.yaml")
    odd = tmp_path / "odd.yaml"
    odd.write_bytes(b"- name: \xff")
    with pytest.raises(BookError, match="UTF-8"):
        open_list(odd)
    odd.write_text(ENTRY, "utf-8-sig")
    assert len(open_list(odd)) == 1
