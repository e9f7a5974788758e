"""`outpost demo` as a newcomer runs it: a process, its lines, and nothing left when it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from bot.cli.demo.place import PORT
from bot.cli.verbs import app

OUTPOST = Path(sys.executable).parent / "outpost"
LIMIT_S = 120


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {"TMPDIR": str(folder), "COLUMNS": "100"}


def ended(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A demo that must end by itself."""
    return subprocess.run(
        [OUTPOST, "demo", *arguments],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        env=environment(folder) | more,
    )


@contextmanager
def begun(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A demo that runs until the block ends, whatever happens in it."""
    folder.mkdir(exist_ok=True)
    demo = subprocess.Popen(
        [OUTPOST, "demo", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(folder),
    )
    try:
        yield demo
    finally:
        demo.kill()
        demo.communicate()


def address(demo: subprocess.Popen[str]) -> tuple[str, list[str]]:
    """The one address that it prints, and the lines up to it."""
    assert demo.stdout is not None
    lines = []
    while line := demo.stdout.readline():
        lines.append(line)
        if found := re.search(r"http://\S+", line):
            return found[0], lines
    raise AssertionError(f"it ended without an address: {lines} {demo.communicate()}")


def nothing_left(demo: subprocess.Popen[str], folder: Path, url: str = "") -> str:
    """It ended well, its folder is empty, its port is free and its workers are gone; gives what it still said."""
    said, errors = demo.communicate(timeout=LIMIT_S)
    assert (demo.returncode, errors) == (0, "")
    assert list(folder.iterdir()) == []
    with socket.socket() as free:
        assert not url or free.connect_ex(("127.0.0.1", urlsplit(url).port or 0)) != 0
    ours = f"TMPDIR={folder}".encode()
    environments = [file for file in Path("/proc").glob("[0-9]*/environ") if _holds(file, ours)]
    assert environments == []
    return said


def _holds(file: Path, words: bytes) -> bool:
    try:
        return words in file.read_bytes().split(b"\0")
    except OSError:  # somebody else's, or gone meanwhile
        return False


def test_once_ends_by_itself_after_the_third_card(tmp_path: Path) -> None:
    """Exit 0, three cards, nothing on standard error, nothing left in the temporary folder."""
    ran = ended(tmp_path, "--once")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.count("[More]") >= 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_middle_of_the_start_is_no_bad_moment_to_end_it(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C, SIGTERM or a closed terminal while the three weeks are lived through: nothing is left either."""
    with begun(tmp_path / "place") as demo:
        assert demo.stdout is not None
        demo.stdout.readline()
        while not list((tmp_path / "place").iterdir()):
            assert demo.poll() is None, "it ended before its folder was there"
            time.sleep(0.01)
        demo.send_signal(number)
        nothing_left(demo, tmp_path / "place")


def test_the_very_beginning_is_none_either() -> None:
    """Ctrl-C while Python still reads the parts in: it is gone at once, without a traceback."""
    command = [sys.executable, "-X", "importtime", str(OUTPOST), "demo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as demo:
        assert demo.stderr is not None
        while not demo.stderr.readline().rstrip().endswith(" asyncio"):
            assert demo.poll() is None, "it ended before anything was read in"
        demo.send_signal(signal.SIGINT)
        said, errors = demo.communicate(timeout=LIMIT_S)
    assert (demo.returncode, said) == (-signal.SIGINT, "")
    assert "Traceback" not in errors


def test_two_demos_beside_each_other(tmp_path: Path) -> None:
    """Each prints one address, where its page is. The second has its own port and folder, and says why.

    It ends, in silence, at the first opening of which nobody reads any more: a closed pipe. The first never notices;
    Ctrl-C ends it, and a second one changes nothing. Both times: exit 0, no file, no port, no process.
    """
    started = time.monotonic()
    with begun(tmp_path / "first") as first, begun(tmp_path / "second") as second:
        (one, before), (two, lines) = address(first), address(second)
        print(f"ready after {time.monotonic() - started:.1f} s")
        taken = any(f"Port {PORT} is taken" in line for line in lines)
        assert urlsplit(one).port != urlsplit(two).port
        assert taken or urlsplit(two).port == PORT  # whichever was quicker
        assert second.stdout is not None
        second.stdout.close()
        second.wait(LIMIT_S)
        second.stdout = None
        nothing_left(second, tmp_path / "second", two)
        with urllib.request.urlopen(one, timeout=LIMIT_S) as page:  # noqa: S310 - our own, on loopback
            assert (page.status, page.headers.get_content_type()) == (200, "text/html")
        first.send_signal(signal.SIGINT)
        first.send_signal(signal.SIGINT)
        said = nothing_left(first, tmp_path / "first", one)
        assert "http" not in "".join((*before[:-1], *lines[:-1], said))


def test_a_port_that_is_taken_is_told_in_words(tmp_path: Path) -> None:
    """Exit 1, and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ran = ended(tmp_path, "--port", port)
    words = f"Port {port} is taken. Choose another with --port, or leave it out.\n"
    assert (ran.returncode, ran.stderr) == (1, words)
    assert list(tmp_path.iterdir()) == []


def test_once_and_live_exclude_each_other() -> None:
    """Exit 2, as for any wrong call."""
    ran = CliRunner().invoke(app, ["demo", "--once", "--live"])
    assert ran.exit_code == 2
    assert "Choose one" in ran.stderr


def test_live_without_boards_says_so(tmp_path: Path) -> None:
    """Exit 1: each board's trouble in words, and the command that needs no internet."""
    book = tmp_path / "feeds.yaml"
    book.write_text(
        "version: 1\nfeeds:\n"
        "  - {id: nobody, name: Nobody Listens, url: 'http://127.0.0.1:9/feed'}\n"
        "  - {id: nowhere, name: Nowhere, url: 'http://[::1]:9/feed'}\n"
    )
    folder = tmp_path / "place"
    folder.mkdir()
    ran = ended(folder, "--live", FEEDS_FILE=str(book))
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "Nobody Listens" in ran.stdout
    assert "Nowhere" in ran.stdout
    assert "`make demo` alone needs none" in ran.stdout
    assert list(folder.iterdir()) == []


def test_live_with_a_broken_feed_book_names_the_mistake(tmp_path: Path) -> None:
    """Exit 1 with file, line and column."""
    ran = ended(tmp_path, "--live", FEEDS_FILE=str(tmp_path / "feeds.yaml"))
    assert ran.returncode == 1
    assert "feeds.yaml:1:1: there is no such file" in ran.stderr
