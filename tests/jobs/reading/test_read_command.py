"""`outpost read` as a person or a script calls it: a process of its own, its exit code and both its outputs."""

import asyncio
import io
import json
import sys
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from bot.cli.read import read, summary, table, words
from bot.jobs.reading.boards import BOARDS
from bot.ports import Entry, Reading, Trouble, Validators
from sandbox.boards import Boards
from tests.jobs.reading.hosts import NOW, RSS

APP = typer.Typer()
APP.command()(read)


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    result = CliRunner().invoke(APP, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def wwr(tmp_path: Path) -> str:
    """An invented body of We Work Remotely in a file."""
    path = tmp_path / "wwr.rss"
    path.write_bytes(Boards(lambda: NOW, seed=5).body("wwr"))
    return str(path)


def test_a_file_becomes_a_table(wwr: str) -> None:
    """Each opening is a row with its company, claims, date and whole link; the last line counts them."""
    posting = Boards(lambda: NOW, seed=5).postings("wwr")[0]
    code, out, _ = run(wwr, "--board", "wwr")
    assert code == 0
    assert posting.company in out
    assert posting.role in out
    assert f"https://wwr.example/remote-jobs/{posting.slug}" in out
    assert f"{posting.posted_at:%Y-%m-%d}" in out
    assert out.rstrip().splitlines()[-1] == "40 openings."


def test_json_is_one_object_a_line(wwr: str) -> None:
    """With --json standard output holds objects and nothing else, so that a script can read it."""
    posting = Boards(lambda: NOW, seed=5).postings("wwr")[0]
    code, out, err = run(wwr, "--board", "wwr", "--json")
    assert code == 0
    first, *others = [json.loads(line) for line in out.splitlines()]
    assert len(others) == 39
    assert (first["title"], first["company"]) == (posting.role, posting.company)
    assert first["published"] == posting.posted_at.isoformat()
    assert first["fields"]["type"] == posting.employment
    assert err.strip() == "40 openings."


def test_json_needs_no_encoding_of_the_terminal(tmp_path: Path) -> None:
    """Its lines are ASCII, so that a terminal or a pipe of any encoding takes them, and mean the same."""
    path = tmp_path / "feed.xml"
    path.write_text(
        "<rss version='2.0'><channel><item><title>Niño ⚓</title><link>https://a.example/1</link></item></channel></rss>"
    )
    code, out, _ = run(str(path), "--json")
    assert (code, out.isascii(), json.loads(out)["title"]) == (0, True, "Niño ⚓")


def test_without_a_board_any_feed_is_read(wwr: str) -> None:
    """The kind of feed is found by its content."""
    assert run(wwr)[0] == 0


def test_json_of_a_board_needs_its_name(tmp_path: Path) -> None:
    """Without --board the JSON of a board is refused, and the words name the option and the boards."""
    path = tmp_path / "remotive.json"
    path.write_bytes(Boards(lambda: NOW, seed=5).body("remotive"))
    code, out, err = run(str(path))
    assert (code, out) == (1, "")
    assert "--board" in err
    assert "remotive" in err
    assert run(str(path), "--board", "remotive")[0] == 0


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "sent an empty page"),
        (b"<!doctype html><p>Hi", "sent something that is no feed"),
        (b"{", "broken"),
    ],
)
def test_what_is_no_feed_is_told_in_words(tmp_path: Path, body: bytes, said: str) -> None:
    """Exit 1, nothing on standard output, one sentence on standard error."""
    path = tmp_path / "body"
    path.write_bytes(body)
    code, out, err = run(str(path))
    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file, a folder and one that is too big are told apart."""
    assert "No such file" in run(str(tmp_path / "none.xml"))[2]
    assert "directory" in run(str(tmp_path))[2]
    big = tmp_path / "big"
    big.write_bytes(b" " * 5_000_001)
    assert "larger than 5 MB" in run(str(big))[2]


def test_an_unknown_board_is_told_with_those_there_are(wwr: str) -> None:
    """A wrong --board lists every board."""
    code, _, err = run(wwr, "--board", "monster")
    assert code == 1
    assert all(word in err for word in BOARDS)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/feed", "http://localhost:8080/feed", "http://169.254.169.254/"]
)
def test_an_address_inside_is_refused(url: str) -> None:
    """A URL goes through the same fetcher and the same rules as the bot's."""
    code, out, err = run(url)
    assert (code, out) == (1, "")
    assert "may not read" in err


def test_text_of_strangers_is_not_markup() -> None:
    """Square brackets in a title are shown, not obeyed."""
    entry = Entry(guid=None, url="https://a.example/1", title="[red]Diver[/red] [link=https://b.example]x")
    shown = io.StringIO()
    Console(width=200, file=shown).print(table(Reading((entry,), Validators())))
    assert entry.title in shown.getvalue()


def test_the_last_line_tells_what_is_missing() -> None:
    """Undated, unreadable and cut-off items are counted."""
    entry = Entry(guid=None, url="https://a.example/1", title="Diver")
    said = summary(Reading((entry,), Validators(), None, left_out=2, unreadable=3))
    assert said == "1 opening, 1 without a date, 3 without title or link left out, 2 over the limit left out."


def test_a_trouble_is_told_with_the_source() -> None:
    """The words begin with what was to be read."""
    assert words(Trouble("gone", "The server answered 404."), "https://a.example/", "generic") == (
        "https://a.example/ is no longer at this address. The server answered 404."
    )


async def test_as_a_process_of_its_own(tmp_path: Path) -> None:
    """From any folder, by its module: the worker finds the program, and nothing is left running."""
    path = tmp_path / "feed.xml"
    path.write_bytes(RSS)
    code = "import sys, typer; from bot.cli.read import read; app = typer.Typer(); app.command()(read); app()"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", code, str(path), "--json"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err
    assert json.loads(out)["title"] == "Tender of lamps"
