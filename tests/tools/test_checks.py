"""`make test` counts truly, and its skips are looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.checks import ROOT, Counted, Skip, parts, read_report, run_pytest

REPORT = """<testsuites><testsuite>
<testcase classname="a" name="fine"/>
<testcase classname="a" name="wrong"><failure message="no"/></testcase>
<testcase classname="a" name="broken"><error message="fixture"/></testcase>
<testcase classname="a" name="left"><skipped type="pytest.skip" message="Docker absent: no engine"/></testcase>
</testsuite></testsuites>"""


def test_a_report_is_counted() -> None:
    """An error outside a test's body is a failure; a skip keeps its reason."""
    assert read_report(REPORT) == Counted(1, 2, (Skip("a::left", "Docker absent: no engine"),))


@pytest.mark.parametrize(
    "reason",
    [
        "../shared absent: the board bodies were not read",
        "Docker absent: the image was not built",
        "Python 3.13 absent",
        "the audit's service out of reach: no locked package was audited",
        "PostgreSQL not installable: not root",
        "Chromium not installable: no apt-get",
    ],
)
def test_agreed_skips(reason: str) -> None:
    """The reasons that architecture.md agrees to are recognised."""
    assert Skip("somewhere", reason).agreed


@pytest.mark.parametrize(
    "reason", ["", "flaky", "could not import 'hikari'", "Python 3.9 absent", "not today"]
)
def test_other_skips_are_not_agreed(reason: str) -> None:
    """A skip for any other reason, or for none, is nobody's agreement."""
    assert not Skip("somewhere", reason).agreed


def test_pytest_is_run_without_the_settings_of_a_real_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Tests never see the token or the database of the machine they run on; the exit code is pytest's own."""
    monkeypatch.setenv("DISCORD_TOKEN", "a.real.one")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    probe = tmp_path / "test_probe.py"
    probe.write_text(
        "import os, pytest\n"
        "def test_a(): assert not {'DISCORD_TOKEN', 'LOG_LEVEL'} & set(os.environ)\n"
        "def test_b(): assert False\n"
        "def test_c(): pytest.skip('Docker absent')\n"
    )
    code, tests = run_pytest([str(probe), "-p", "no:cacheprovider", f"--rootdir={tmp_path}"])
    assert (code, tests.passed, tests.failed, [s.reason for s in tests.skips]) == (1, 1, 1, ["Docker absent"])
    assert "1 failed, 1 passed, 1 skipped" in capfd.readouterr().out


def test_no_test_at_all_is_a_failure(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """When pytest finds nothing or can't start, that is not called a success."""
    code, tests = run_pytest([str(tmp_path), f"--rootdir={tmp_path}", "-p", "no:cacheprovider"])
    assert code != 0
    assert tests == Counted(0, 0, ())
    assert capfd.readouterr().out


def test_the_parts_are_the_whole() -> None:
    """Every file of tests lies in exactly one of them, so that none is forgotten."""
    found = parts(ROOT / "tests")
    rooms = [ROOT / room for part in found for room in part]
    files = [file for room in rooms for file in ([room] if room.is_file() else room.rglob("test_*.py"))]
    assert all(found)
    assert sorted(files) == sorted((ROOT / "tests").rglob("test_*.py"))
