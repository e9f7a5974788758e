"""`outpost doctor` on this machine: each line appears when exactly its thing is broken, and says what to do."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
import typer
from sqlalchemy import text
from typer.testing import CliRunner

from bot.cli import checkup, doctor
from bot.cli.checkup import FeedHealth, Outbox
from bot.cli.doctor import examine
from bot.jobs.reading.book import read_book
from bot.jobs.reading.fetch import Fetcher
from bot.ports import Trouble
from bot.settings import ENVIRONMENT
from bot.storage import Store
from sandbox.boards import Boards
from tests.cli.patients import GOOD, IMPATIENT, NOW, Patient, a_delivery, a_feed

NOBODY = 65534


# -- all is well ---------------------------------------------------------------------------------


async def test_all_is_well(patient: Patient) -> None:
    """A bot in order has only `ok` lines, but for the token that this one lacks."""
    await patient.write(a_feed())
    assert [(line.level, line.about) for line in await patient.lines()] == [
        ("ok", "settings"),
        ("ok", "feed book"),
        ("ok", "database"),
        ("ok", "feeds"),
        ("ok", "deliveries"),
        ("look", "token"),
    ]


async def test_it_changes_nothing_and_runs_beside_the_bot(patient: Patient) -> None:
    """With the bot's own connections open the doctor sees what was kept last, and no byte of any file changes."""
    running = await Store.open(patient.environ["DATABASE_URL"])
    async with running.begin() as tx:
        await tx.execute(a_feed())
    files = [patient.file, patient.file.with_name(patient.file.name + "-wal")]
    before = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    assert [level for level, _ in await patient.said("feeds")] == ["ok"]
    assert [hashlib.sha256(file.read_bytes()).hexdigest() for file in files] == before
    await running.close()


# -- settings and feed book ----------------------------------------------------------------------


async def test_wrong_settings(patient: Patient) -> None:
    """Each wrong variable is a line; nothing else is looked at, as everything hangs on them."""
    patient.environ |= {"LOG_LEVEL": "loud", "MEMBERS_INTENT": "perhaps"}
    lines = await patient.lines()
    assert [(line.level, line.about) for line in lines] == [("bad", "settings")] * 2
    assert lines[0].words.startswith("MEMBERS_INTENT: ") or lines[1].words.startswith("MEMBERS_INTENT: ")


async def test_a_feed_book_with_mistakes(patient: Patient) -> None:
    """The mistakes are counted; `outpost check` shows them."""
    patient.book.write_text(GOOD + "  - {id: a, nmae: C, url: nowhere}\n")
    ((level, words),) = await patient.said("feed book")
    assert level == "bad" and "has 4 mistakes" in words and "Run `outpost check`" in words


async def test_no_feed_book(patient: Patient) -> None:
    """A missing file counts as one mistake."""
    patient.book.unlink()
    ((level, words),) = await patient.said("feed book")
    assert level == "bad" and "has 1 mistake." in words


async def test_every_feed_is_off(patient: Patient) -> None:
    """A book from which nothing is read deserves a look."""
    patient.book.write_text(GOOD.replace('a.example/"}', 'a.example/", enabled: false}'))
    ((level, words),) = await patient.said("feed book")
    assert level == "look" and "no feed that is on" in words


# -- the database --------------------------------------------------------------------------------


async def test_no_database_yet(patient: Patient) -> None:
    """It is made at the first run, not by the doctor."""
    patient.file.unlink()
    ((level, words),) = await patient.said("database")
    assert level == "look" and "made at the first run" in words
    assert not patient.file.exists()


async def test_no_folder_for_the_database(patient: Patient) -> None:
    """Without its folder the first run would fail."""
    patient.environ["DATABASE_URL"] = f"sqlite:///{patient.file.parent / 'gone' / 'outpost.sqlite3'}"
    ((level, words),) = await patient.said("database")
    assert level == "bad" and "Make it" in words


async def test_a_database_that_was_never_migrated(patient: Patient) -> None:
    """The words name `outpost migrate`."""
    patient.file.unlink()
    sqlite3.connect(patient.file).close()
    patient.file.touch()
    ((level, words),) = await patient.said("database")
    assert level == "bad" and "run `outpost migrate`" in words


async def test_a_database_of_a_newer_program(patient: Patient) -> None:
    """It is left alone, and so is all that would be read from it."""
    await patient.write(text("UPDATE alembic_version SET version_num = '9999'"))
    assert [line.about for line in await patient.lines()] == ["settings", "feed book", "database", "token"]
    ((level, words),) = await patient.said("database")
    assert level == "bad" and "Install the newer Outpost" in words


async def test_a_locked_database(patient: Patient) -> None:
    """Another program that holds the lock is told of."""
    other = sqlite3.connect(patient.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        ((level, words),) = await patient.said("database")
    finally:
        other.close()
    assert level == "bad" and "in use by another program" in words
    assert [level for level, _ in await patient.said("database")] == ["ok"]


@pytest.fixture
def read_only(migrated_file: Path) -> Iterator[Patient]:
    """A patient whose file this process may not write. Root may write anywhere, so it becomes nobody meanwhile."""
    folder = Path(mkdtemp(prefix="outpost-read-only-"))  # tmp_path lies in a folder that only root may enter
    file = Path(shutil.copy(migrated_file, folder / "outpost.sqlite3"))
    patient = Patient(folder, file)
    file.chmod(0o444)
    folder.chmod(0o777)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield patient
    finally:
        if root:
            os.seteuid(0)
        shutil.rmtree(folder)


async def test_a_read_only_database(read_only: Patient) -> None:
    """The right to write is asked for before the bot needs it."""
    ((level, words),) = await read_only.said("database")
    assert level == "bad" and "cannot be written" in words


async def test_not_a_database(patient: Patient) -> None:
    """A file of something else is told of and left as it is."""
    patient.file.write_text("Dear diary, " * 500)
    ((level, words),) = await patient.said("database")
    assert level == "bad" and "is not an SQLite database" in words
    assert patient.file.read_text().startswith("Dear diary")


async def test_a_damaged_database(patient: Patient) -> None:
    """A page that was overwritten is found by SQLite's own check, though the file opens."""
    many = [a_delivery(number, value="x" * 900) for number in range(200)]
    await patient.write(*many)
    with patient.file.open("r+b") as file:
        pages = patient.file.stat().st_size // 4096
        file.seek((pages - 20) * 4096)
        file.write(b"\xff" * 4096)
    ((level, words),) = await patient.said("database")
    assert level == "bad" and "is damaged" in words and "Restore it from a backup" in words


def test_little_room_on_the_disk() -> None:
    """Below 100 MB a line says how little is left; above there is none."""
    (line,) = checkup.disk("outpost.sqlite3", 99_999_999)
    assert (line.level, line.about) == ("look", "disk") and "only 99 MB are free" in line.words
    assert checkup.disk("outpost.sqlite3", 100_000_000) == []


@pytest.mark.store
async def test_postgresql(store: Store, store_url: str, patient: Patient) -> None:
    """The same lines on both databases."""
    async with store.begin() as tx:
        await tx.execute(a_feed())
        await tx.execute(a_delivery(1, state="held"))
    patient.environ["DATABASE_URL"] = store_url
    assert [(line.level, line.about) for line in await patient.lines()][2:5] == [
        ("ok", "database"),
        ("ok", "feeds"),
        ("look", "deliveries"),
    ]


async def test_no_postgresql_there(patient: Patient) -> None:
    """A server that does not answer is told of without the password."""
    patient.environ["DATABASE_URL"] = "postgresql://outpost:hunter2@127.0.0.1:1/outpost"
    ((level, words),) = await patient.said("database")
    assert level == "bad" and "cannot be reached" in words and "hunter2" not in words


# -- feeds ---------------------------------------------------------------------------------------


async def test_a_feed_in_trouble(patient: Patient) -> None:
    """What is wrong, since when, how often, and when it last worked."""
    hours = timedelta(hours=1)
    trouble = {"trouble": "timeout", "trouble_detail": "No answer within 20 seconds.", "failures": 4}
    await patient.write(a_feed(**trouble, trouble_since=NOW - 3 * hours, last_good_at=NOW - 5 * hours))
    (level, words), rest = await patient.said("feeds")
    assert level == "look"
    assert words == (
        "Alpha took too long to answer. No answer within 20 seconds. Nothing to do: I keep trying. "
        "It began 3 hours ago (4 failures), last read well 5 hours ago."
    )
    assert rest == ("ok", "0 of 1 read well; the last good reading was 5 hours ago.")


async def test_a_feed_that_was_never_read(patient: Patient) -> None:
    """Both the feed that has no row yet and the one whose turn has not come; one that is off is not missed."""
    assert await patient.said("feeds") == [
        ("look", "Alpha was never read yet. Start the bot, or try `outpost doctor --fetch`.")
    ]
    await patient.write(a_feed(last_good_at=None))
    assert [words for _, words in await patient.said("feeds")] == [
        "Alpha was never read yet. Start the bot, or try `outpost doctor --fetch`."
    ]


async def test_nothing_was_read_for_days(patient: Patient) -> None:
    """When even the newest reading is old, the bot does not run."""
    await patient.write(a_feed(last_good_at=NOW - timedelta(days=3)))
    assert await patient.said("feeds") == [
        ("look", "the last good reading was 3 days ago. Check that the bot runs.")
    ]


def test_a_feed_that_never_worked() -> None:
    """A feed in trouble since its first reading is told of once, not as unread too."""
    (alpha, _) = read_book(GOOD, "feeds.yaml")
    known = {alpha.id: FeedHealth(None, 1, Trouble("not_a_feed", "It is a web page."), NOW)}
    (line,) = checkup.feeds([alpha], known, NOW)
    assert "never read well" in line.words and "(1 failure)" in line.words


# -- deliveries ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"state": "dead", "trouble": "bad_request", "settled_at": NOW},
            "1 delivery of the last week given up: Discord does not take this message as it is (400). See the log.",
        ),
        ({"state": "uncertain", "settled_at": NOW}, "1 delivery may or may not have arrived."),
        ({"state": "held"}, "1 card waits for a paused subscription."),
        ({"state": "dead", "trouble": "unknown_channel", "settled_at": NOW}, "1 card waits for a paused"),
        (
            {"state": "new", "due_at": NOW - timedelta(hours=2)},
            "1 delivery overdue, the oldest was due 2 hours",
        ),
        ({"state": "sending", "due_at": NOW - timedelta(hours=2)}, "1 delivery overdue"),
    ],
)
async def test_deliveries_in_trouble(patient: Patient, given: dict[str, object], words: str) -> None:
    """Each kind of stuck delivery has its words, and a single line."""
    await patient.write(a_delivery(1, **given))
    ((level, said),) = await patient.said("deliveries")
    assert level == "look" and said.startswith(words)


@pytest.mark.parametrize(
    "given",
    [
        {"state": "sent", "settled_at": NOW},
        {"state": "new", "due_at": NOW + timedelta(hours=20)},
        {"state": "retry", "due_at": NOW - timedelta(minutes=1)},
        {"state": "dead", "trouble": "bad_request", "settled_at": NOW - timedelta(days=8)},
        {"state": "uncertain", "settled_at": NOW - timedelta(days=8)},
        {"version": 2, "state": "dead", "trouble": "unknown_message", "settled_at": NOW},
        {"version": 2, "state": "dead", "trouble": "missing_access", "settled_at": NOW},
    ],
)
async def test_deliveries_in_order(patient: Patient, given: dict[str, object]) -> None:
    """What was said, what is due now or later, last month's losses and edits that failed need no look."""
    await patient.write(a_delivery(1, **given))
    assert await patient.said("deliveries") == [("ok", "nothing is stuck.")]


def test_many_of_one_kind() -> None:
    """Words agree in number."""
    outbox = Outbox({"bug": 2}, 3, 4, 5, NOW)
    assert [line.words.split(".")[0] for line in checkup.deliveries(outbox, NOW)] == [
        "2 deliveries of the last week given up: our own mistake, see the log: it may have arrived",
        "3 deliveries may or may not have arrived",
        "4 cards wait for a paused subscription",
        "5 deliveries overdue, the oldest was due just now",
    ]


# -- the command ---------------------------------------------------------------------------------


def run(patient: Patient, *arguments: str, **environ: str) -> tuple[int, list[str]]:
    app = typer.Typer()
    app.command()(doctor.doctor)
    nothing: dict[str, str | None] = dict.fromkeys(ENVIRONMENT)
    result = CliRunner().invoke(app, list(arguments), env={**nothing, **patient.environ, **environ})
    return result.exit_code, result.stdout.splitlines()


def test_a_line_is_a_line(patient: Patient) -> None:
    """Level, subject, words; however narrow the terminal. `look` alone is no failure: exit 0."""
    code, lines = run(patient, COLUMNS="40")
    assert code == 0
    assert [line.split()[0] for line in lines] == ["ok", "ok", "ok", "look", "ok", "look"]
    assert lines[0] == "ok    settings     every variable can be read."


def test_anything_bad_is_exit_1(patient: Patient) -> None:
    """So that a script can stop there."""
    patient.book.unlink()
    code, lines = run(patient)
    assert code == 1 and any(line.startswith("bad   feed book") for line in lines)


def test_help_reads_well(patient: Patient) -> None:
    """The help says what is looked at, what the words mean, and when it fails."""
    code, lines = run(patient, "--help")
    told = " ".join(" ".join(lines).split())
    assert code == 0
    assert "permissions, and say what is wrong" in told and "Exit 1 when anything is bad" in told


async def test_feeds_are_read_now_when_asked(patient: Patient) -> None:
    """--fetch really reads each feed: what fails is told in words, the others are counted with their openings."""
    async with Boards(lambda: NOW) as boards:
        boards.behave("wwr", "html")
        boards.behave("remotive", "status", status=503)
        patient.book.write_text(boards.feeds_yaml(["wwr", "remotive", "remoteok"]))
        fetcher = Fetcher(allow=frozenset({boards.address}))
        lines = [line async for line in examine(patient.environ, NOW, patience=IMPATIENT, fetcher=fetcher)]
    told = [(line.level, line.words) for line in lines if line.about == "feeds now"]
    assert [level for level, _ in told] == ["look", "look", "ok"]
    assert "We Work Remotely sent something that is no feed." in told[0][1]
    assert "Remotive is out of order." in told[1][1]
    assert told[2][1].startswith("1 of 3 can be read; they hold ")
