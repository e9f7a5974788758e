"""`outpost facts`, which reads entries and prints a line of facts for each; and as a script calls it: a process."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from bot.cli.facts import MAX_LINE
from bot.cli.verbs import VERBS, app
from bot.jobs.facts.values import MOST_TEXT

ROOT = Path(__file__).resolve().parents[2]
ENTRY = {
    "board": "wwr",
    "file": "saved.rss",
    "id": "7",
    "url": "https://wwr.example/remote-jobs/7",
    "title": "Senior Engineer (Remote, Portugal)",
    "company": "Acme",
    "published": "2026-08-01",
    "location": "Anywhere in the World",
    "fields": {"type": "Full-Time", "salary": "€60k-€70k"},
    "description_html": "<p>You will build things.</p><p>Salary: €60,000 - €70,000 a year</p>",
}
MEMBERS = {
    *("file", "id", "is_job", "remote_type", "place", "pay", "level", "employment", "skills", "language"),
    *("warnings", "opening_key", "variant_key"),
}


def start(arguments: list[str], **streams: Any) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "bot", *arguments], cwd=ROOT, **streams)


def run(*lines: object) -> tuple[int, list[dict[str, Any]], list[str]]:
    """Exit code, printed objects, lines on standard error; lines that are bytes go in as they are."""
    ran = CliRunner().invoke(app, ["facts"], input=_given(lines))
    assert ran.stdout.isascii()
    return ran.exit_code, [json.loads(line) for line in ran.stdout.splitlines()], ran.stderr.splitlines()


def _given(lines: tuple[object, ...]) -> bytes:
    return b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines)


def test_each_entry_has_its_line() -> None:
    """In order, named by file and id, empty lines passed over; no job is an entry too."""
    given = _given((ENTRY, b"", {**ENTRY, "id": 8, "title": "", "company": ""}, b"  \n"))
    with start(["facts"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        out, err = process.communicate(given)
    assert (process.returncode, err) == (0, b"")
    assert out.isascii()
    found = [json.loads(line) for line in out.splitlines()]
    assert [(one["file"], one["id"]) for one in found] == [("saved.rss", "7"), ("saved.rss", 8)]
    assert all(set(one) >= MEMBERS for one in found)
    pay = found[0]["pay"]
    assert (pay["min"], pay["max"], pay["currency"], pay["period"]) == (60_000, 70_000, "EUR", "year")
    assert pay["evidence"][0]["quote"] == "€60k-€70k"
    assert (found[1]["opening_key"], found[1]["variant_key"]) == (None, None)


def test_nothing_gives_nothing() -> None:
    """No input is no error."""
    assert run() == (0, [], [])


BAD: list[tuple[object, str]] = [
    (b"{", "it is no JSON"),
    (b"posting", "it is no JSON"),
    (b'{"file": "a", "id": NaN}', "NaN is no number"),
    (b'{"file": "a", "id": "\xff"}', "it is no JSON"),
    (b"[" * 200_000, "nested too deeply"),
    (b'{"file": "a", "id": ' + b"9" * 5_000 + b"}", "it is no JSON"),
    (["a", "list"], "it is no object"),
    (5, "it is no object"),
    (None, "it is no object"),
    ({"id": 1}, "“file” is missing"),
    ({"file": "a"}, "“id” is missing"),
    ({"file": 5, "id": 1}, "“file” is no text"),
    ({"file": "a", "id": {}}, "“id” is no text or whole number"),
    ({"file": "a", "id": True}, "“id” is no text or whole number"),
    ({"file": "a", "id": 1, "fields": [1]}, "“fields” is no object"),
    (b'"' + b"a" * MAX_LINE + b'"', "it is longer than"),
]


def test_a_bad_line_is_reported_and_skipped() -> None:
    """The lines between get their facts; number and reason are told, in short; the exit code is 1."""
    lines = [one for bad, _ in BAD for one in (bad, ENTRY)]
    code, found, err = run(*lines)
    assert (code, len(found)) == (1, len(BAD))
    assert len(err) == len(BAD)
    for number, (said, (_, reason)) in enumerate(zip(err, BAD, strict=True)):
        assert said.startswith(f"line {2 * number + 1}: skipped, ")
        assert reason in said
        assert len(said) < 300


def test_fields_of_any_type_are_read() -> None:
    """A board may give anything; what is unusable counts as unstated."""
    odd = {name: [{"a": [1, None]}] for name in ENTRY if name not in ("file", "id", "fields")}
    fields = {"tags": {"a": 1}, "salary": [1, [2]], "skills": 5, "type": None, "": "x", "minSalary": "a"}
    code, found, err = run(
        {**odd, "file": "a", "id": 1, "fields": fields}, {"file": "a", "id": 2, "fields": None}
    )
    assert (code, err) == (0, [])
    assert [one["id"] for one in found] == [1, 2]


def test_halves_of_characters_pass_through() -> None:
    """Lone surrogates, which JSON allows, neither stop the run nor break the output."""
    code, found, err = run({"file": "a", "id": "\ud800", "title": "A \udfff", "description_html": "\ud83d"})
    assert (code, err) == (0, [])
    assert found[0]["id"] == "\ud800"


def test_html_that_is_escaped_once_more_is_read() -> None:
    """Some boards give "&lt;p&gt;": its tags are tags, and no words."""
    html = "&lt;p&gt;You build things.&lt;/p&gt;&lt;p&gt;Salary: $90,000 - $99,000&lt;/p&gt;"
    code, found, _ = run({"file": "a", "id": 1, "title": "Engineer", "description_html": html})
    assert code == 0
    assert found[0]["pay"]["words"] == "$90,000 - $99,000"


def test_a_posting_of_five_megabytes_is_read_in_part() -> None:
    """One line of that size has its facts; every quote lies in the part that is looked at."""
    parts = ("word ", "$1-", "<p>&lt;", "((", "remote US only, ", "9")
    code, found, err = run(
        *({**ENTRY, "description_html": part * (5_000_000 // len(part))} for part in parts)
    )
    assert (code, err, len(found)) == (0, [], len(parts))
    proofs = [proof for one in found for fact in ("place", "pay") for proof in one[fact]["evidence"]]
    assert all(proof["end"] <= MOST_TEXT for proof in proofs)


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    """As in `outpost facts | head -1`: no traceback, exit code 1."""
    with start(["facts"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdout.close()
        process.stdin.write(json.dumps(ENTRY).encode() + b"\n")
        process.stdin.close()
        assert (process.wait(60), process.stderr.read()) == (1, b"")


def test_it_starts_without_the_bots_parts() -> None:
    """Facts need no Discord, no database and no web client, so none of them is imported."""
    code = (
        "import sys; from bot.cli.verbs import app; sys.argv = ['outpost', 'facts']\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "print(*sorted({'discord', 'sqlalchemy', 'aiohttp', 'matplotlib', 'asyncio', 'bot.app'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, input=b"", capture_output=True, check=True)
    assert done.stdout.split() == []


def test_help_names_every_verb() -> None:
    """`outpost --help` lists them all with their first sentence, though each is imported only when it is called."""
    done = CliRunner().invoke(app, ["--help"])
    assert done.exit_code == 0
    assert all(f" {verb} " in done.stdout for verb in VERBS)
    assert "Read neutral entries" in done.stdout


def test_there_is_no_other_verb() -> None:
    """A name that is none is refused, whatever modules are there."""
    done = CliRunner().invoke(app, ["wiring"])
    assert done.exit_code == 2
    assert "No such command" in done.stderr
