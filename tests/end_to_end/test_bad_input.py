"""Everything bad that may come in has a defined result and words that tell what to do; nothing is lost.

an unknown board (parser)      tests/jobs/reading/test_book.py, tests/cli/test_check.py
broken YAML                    tests/jobs/reading/test_book.py; `outpost run`: test_run_with_a_broken_feed_book
a feed that is HTML            test_a_feed_goes_bad_and_mends[html]
0 bytes                        test_a_feed_goes_bad_and_mends[0 bytes]
50 MB                          test_a_feed_goes_bad_and_mends[50 MB]
a redirect to 127.0.0.1        test_a_feed_goes_bad_and_mends[inwards], [inwards by port]
a drip that lasts ten minutes  test_a_feed_goes_bad_and_mends[drip]
a GUID twice                   test_faults.py: test_a_guid_repeated, test_three_openings_under_one_guid
all GUIDs changed              test_faults.py: test_all_guids_change, test_all_guids_and_links_change
dates in 1970 and 2099         test_dates_that_cannot_be
a channel deleted while cards  test_troubles.py: test_a_channel_is_deleted_while_cards_wait
a wrong token                  test_run_with_a_wrong_token
a locked database              test_run_with_a_locked_database
a read-only database           test_run_with_a_read_only_database
a newer database               test_run_with_a_database_of_a_newer_program
a full disk                    test_run_on_a_full_disk, test_the_disk_fills_up_while_it_runs
a filter of 4,000 characters   tests/cogs/test_jobs_subscribe.py: test_a_filter_that_is_much_too_long
unbalanced, pay>=abc           tests/cogs/test_jobs_subscribe.py: test_other_mistakes_are_pointed_at
a role above the bot's         tests/cogs/test_jobs_subscribe_places.py: test_a_role_above_the_bots_own
a forum that requires a tag    tests/cogs/test_jobs_subscribe_places.py: test_a_forum_that_wants_tags
a channel the bot can't see    tests/cogs/test_jobs_subscribe.py: test_a_missing_permission_is_named_before_saving
an OPML of 10,000 feeds        tests/jobs/test_flow_feed_lists.py: test_a_list_of_ten_thousand
a feed URL that is a page      tests/cogs/test_feeds.py: test_a_page_for_people
a feed of a million items      tests/jobs/reading/test_facts_of.py: test_a_feed_of_a_million_items_is_too_big
an opening of one 5 MB line    tests/jobs/reading/test_facts_of.py: test_five_megabytes_on_one_line
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import resource
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from sandbox import Sandbox
from tests.end_to_end.town import BOARD, HOUR, MINUTE, NEXT_READING, Town

ROOT = Path(__file__).resolve().parents[2]
FAILURES_UNTIL_TOLD = 3

# -- feeds ---------------------------------------------------------------------------------------

BAD = [
    pytest.param("html", {}, "sent something that is no feed", "Look for the feed's address", id="html"),
    pytest.param("empty", {}, "sent an empty page", "Nothing to do: I keep trying", id="0 bytes"),
    pytest.param("huge", {"megabytes": 50}, "too big", "choose a smaller feed", id="50 MB"),
    pytest.param("redirect", {"to": "http://127.0.0.1/"}, "not public", "Check its address", id="inwards"),
    pytest.param(
        "redirect",
        {"to": "http://127.0.0.1:6379/"},
        "may not read",
        "Check its address",
        id="inwards by port",
    ),
    pytest.param(
        "drip", {"pause_s": 0.2}, "took too long to answer", "Nothing to do: I keep trying", id="drip"
    ),
]


@pytest.mark.wire
@pytest.mark.parametrize(("what", "options", "wrong", "remedy"), BAD)
async def test_a_feed_goes_bad_and_mends(
    town: Town, what: str, options: dict[str, Any], wrong: str, remedy: str
) -> None:
    """Moderators read once what is wrong and what to do; once it works again, what it listed meanwhile comes."""
    await town.stop()
    (town.folder / "feeds.yaml").write_text(town.boards.feeds_yaml([BOARD], timeout_s=1), "utf-8")
    await town.start()
    await town.settle_in()
    await town.subscribe("")
    town.boards.behave(BOARD, what, **options)
    town.publish("Python Engineer")
    for _ in range(FAILURES_UNTIL_TOLD + 1):
        await town.beat(NEXT_READING)
    (notice,) = town.notices()
    assert "Plain JSON Feed" in notice.text
    assert wrong in notice.text and remedy in notice.text
    assert notice.buttons == ["Try again now"]
    assert town.titles() == []

    town.boards.mend(BOARD)
    await town.beat(MINUTE)  # a board is asked no more than once in it
    await notice.click("Try again now")
    await town.beat()
    assert town.titles() == ["Python Engineer at Quillhaven Labs"]
    assert "works again" in town.notices()[-1].text


@pytest.mark.wire
@pytest.mark.parametrize("year", [1970, 2099])
async def test_dates_that_cannot_be(town: Town, year: int) -> None:
    """An opening dated in 1970 or 2099 is new when it is seen first, says so on its card, and is said once."""
    await town.beat(HOUR)
    await town.subscribe("")
    (posting,) = town.publish("Python Engineer")
    town.boards.withdraw(BOARD, posting)
    town.boards.publish(BOARD, posting=replace(posting, posted_at=datetime(year, 1, 1, tzinfo=UTC)))
    for _ in range(3):
        await town.beat(NEXT_READING)
    (card,) = town.cards()
    shown = int(card.text.split("<t:")[1].split(":")[0])
    assert abs(shown - card.message.sent_at.timestamp()) < NEXT_READING.total_seconds()


@pytest.mark.wire
async def test_the_disk_fills_up_while_it_runs(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    """A reading that cannot be kept is said by nobody and told in the log; with room again it is read and said."""
    await town.beat(HOUR)
    await town.subscribe("")
    store = town.bot.app.store
    async with store.begin() as tx:
        pages = (await tx.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await tx.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    long = "We write to each other more than we meet. " * 150
    for posting in town.publish(*(f"Engineer {n}" for n in range(5))):
        town.boards.withdraw(BOARD, posting)
        town.boards.publish(BOARD, posting=replace(posting, paragraphs=(long,)))
    await town.beat(NEXT_READING)
    assert town.titles() == []
    assert "is full. Free some space" in caplog.text
    caplog.clear()  # it was told; from here on nothing may be

    async with store.begin() as tx:
        await tx.exec_driver_sql("PRAGMA max_page_count = 1000000")
    await town.beat(NEXT_READING)
    assert sorted(town.titles()) == [f"Engineer {n} at Quillhaven Labs" for n in range(5)]


# -- `outpost run` -------------------------------------------------------------------------------


@dataclass
class Home:
    """A folder with a database and a feed book, where `outpost run` is tried against a sandbox."""

    folder: Path
    sandbox: Sandbox

    @property
    def database(self) -> Path:
        return self.folder / "outpost.sqlite3"

    async def run(self, before: Callable[[], None] | None = None, **environment: str) -> tuple[int, str]:
        """The exit code and what it said. before: done in the new process before it begins."""
        settings = {
            "DISCORD_TOKEN": self.sandbox.token,
            "DISCORD_API_BASE": self.sandbox.rest,
            "DISCORD_GATEWAY_URL": self.sandbox.gateway,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "FEEDS_FILE": str(self.folder / "feeds.yaml"),
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env=os.environ | settings | environment,
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            preexec_fn=before,
        )
        try:
            said, _ = await asyncio.wait_for(process.communicate(), 60)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        assert process.returncode is not None
        return process.returncode, said.decode()


@pytest.fixture
async def home(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Home]:
    async with Sandbox() as sandbox:
        home = Home(tmp_path, sandbox)
        shutil.copy(migrated_file, home.database)
        feeds = [{"id": "board", "name": "Board", "url": "https://board.example/feed"}]
        (tmp_path / "feeds.yaml").write_text(yaml.safe_dump({"version": 1, "feeds": feeds}))
        yield home


def only_line(said: str) -> str:
    """The one message; log lines of what went well before it are left out, a traceback is not."""
    (line,) = [line for line in said.splitlines() if " INFO " not in line]
    return line


@pytest.mark.wire
async def test_run_with_a_wrong_token(home: Home) -> None:
    """Exit 1, and where a new token comes from; the wrong one is not repeated."""
    wrong = home.sandbox.token[:-6] + "wrong1"
    code, said = await home.run(DISCORD_TOKEN=wrong)
    assert code == 1
    assert "Discord refused the token. Make a new one in the developer portal" in only_line(said)
    assert wrong not in said


async def test_run_with_a_broken_feed_book(home: Home) -> None:
    """Exit 1, and the mistake at its place."""
    (home.folder / "feeds.yaml").write_text("version: 1\nfeeds:\n  - {id: a\n")
    code, said = await home.run()
    assert code == 1
    assert f"{home.folder / 'feeds.yaml'}:" in said and "Traceback" not in said


async def test_run_with_a_locked_database(home: Home) -> None:
    """Exit 1 after some patience, and which program to stop; the other program's work is not disturbed."""
    with closing(sqlite3.connect(home.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO server (id, changed_by, changed_at) VALUES (1, 1, 1)")
        code, said = await home.run()
        other.execute("COMMIT")
        assert other.execute("SELECT count(*) FROM server").fetchone() == (1,)
    assert code == 1
    assert "is in use by another program. Stop that program, then try again." in only_line(said)


def as_a_mortal() -> None:
    """Take the right to write everywhere away from root, so that file permissions mean something to it."""
    drop_from_bounding_set, override_permissions = 24, 1  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(drop_from_bounding_set, override_permissions, 0, 0, 0):
        raise OSError("the capability could not be dropped")


async def test_run_with_a_read_only_database(home: Home) -> None:
    """Exit 1 before anything is promised, and which right is missing."""
    home.database.chmod(0o444)
    code, said = await home.run(as_a_mortal)
    assert code == 1
    assert "cannot be written. Give the bot's user the right to write the file" in only_line(said)


async def test_run_with_a_database_of_a_newer_program(home: Home) -> None:
    """Exit 1, and to install the newer program; the database stays as it is."""
    with closing(sqlite3.connect(home.database)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
        other.commit()
    before = home.database.read_bytes()
    code, said = await home.run()
    assert code == 1
    assert "is at revision 9999" in only_line(said) and "Install the newer Outpost" in said
    assert home.database.read_bytes() == before


def on_a_full_disk() -> None:
    """No file may grow beyond one page of the database."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


async def test_run_on_a_full_disk(home: Home) -> None:
    """Exit 1, and to look at the disk; what was kept before is whole."""
    code, said = await home.run(on_a_full_disk)
    assert code == 1
    assert f"The disk under {home.database}" in only_line(said)
    with closing(sqlite3.connect(home.database)) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
