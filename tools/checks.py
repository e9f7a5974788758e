"""`make test`: every check, one headline each, all of them run whatever the others said.

    .venv/bin/python tools/checks.py [--strict-skips] [-- arguments for pytest]

Ends with a table of what was skipped and why; the last line is `N passed, M failed, K skipped`.
Exit 1 when a check or a test failed. --strict-skips (`.ci/run`) also fails on a skip that nobody agreed to.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.table import Table

from bot.settings import ENVIRONMENT

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent  # the .venv that runs this

CHECKS = (
    ("ruff check", ("ruff", "check")),
    ("ruff format", ("ruff", "format", "--check")),
    ("import contracts", ("lint-imports", "--no-cache")),
)
SLOW = (
    "mypy --strict",
    ("mypy",),
)  # begins first, and goes on beside the tests, which can't fill two cores alone
AUDIT = (
    "pip-audit",
    "-r",
    "requirements.lock",
    "--disable-pip",
    "--progress-spinner=off",
    "--timeout=5",
    "-fjson",
)
AUDIT_LIMIT_S = 60
# Rooms that wait more than they work, in parts that take about as long as each other; all others are one part more.
PARTS = (
    frozenset({"end_to_end"}),
    frozenset({"cogs"}),
    frozenset({"checkins", "crash", "deliveries", "people"}),
    frozenset({"cli", "page", "storage"}),
)

# The only reasons to skip that nobody has to look at (design/architecture.md, "Tests").
AGREED_SKIPS = tuple(
    re.compile(words)
    for words in (
        r"\.\./shared absent",
        r"Docker absent",
        r"Python 3\.1[234] absent",
        r"audit's service out of reach",
        r"(PostgreSQL|Chromium) not installable",
        r"OR-tools absent",  # an extra that is as large as everything else together
    )
)


@dataclass(frozen=True)
class Skip:
    where: str
    reason: str

    @property
    def agreed(self) -> bool:
        return any(words.search(self.reason) for words in AGREED_SKIPS)


@dataclass(frozen=True)
class Counted:
    """What pytest's own report says. An error outside a test's body counts as failed."""

    passed: int
    failed: int
    skips: tuple[Skip, ...]


def read_report(xml: str) -> Counted:
    """A JUnit report as pytest writes it."""
    passed = failed = 0
    skips: list[Skip] = []
    for case in ElementTree.fromstring(xml).iter("testcase"):  # noqa: S314  (our own pytest wrote it)
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif skipped is not None:
            skips.append(Skip(f"{case.get('classname')}::{case.get('name')}", skipped.get("message", "")))
        else:
            passed += 1
    return Counted(passed, failed, tuple(skips))


@dataclass(frozen=True)
class Checked:
    """What one tool said, and how long it took."""

    title: str
    good: bool
    words: str
    seconds: float


def check(title: str, command: Sequence[str]) -> Checked:
    """Run one tool."""
    started = time.monotonic()
    ran = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return Checked(title, ran.returncode == 0, ran.stdout, time.monotonic() - started)


def tell(console: Console, checked: Checked) -> bool:
    """Was it good? A tool's words are shown only when it has something against us."""
    mark, seconds = "ok  " if checked.good else "FAIL", f"{checked.seconds:.1f}"
    console.print(f"{mark}  {checked.title} [dim]{seconds} s[/dim]", highlight=False)
    if not checked.good:
        print(checked.words, flush=True)
    return checked.good


def audit(console: Console) -> Skip | None:
    """Ask whether a locked package has a known weakness. Shown, never failing: the answer changes from day to
    day and with the network, and a check has to say the same about the same commit."""
    try:
        ran = subprocess.run(
            [BIN / AUDIT[0], *AUDIT[1:]], cwd=ROOT, text=True, capture_output=True, timeout=AUDIT_LIMIT_S
        )
        audited = [p for p in json.loads(ran.stdout)["dependencies"] if "skip_reason" not in p]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        audited = []
    if not audited:
        return Skip("pip-audit", "the audit's service out of reach: no locked package was audited")
    weak = [f"{p['name']} {p['version']}: {weakness['id']}" for p in audited for weakness in p["vulns"]]
    console.print(f"note  pip-audit: {len(audited)} packages, {len(weak)} known weaknesses", highlight=False)
    for line in weak:
        console.print(f"      {line}", highlight=False)
    return None


def parts(tests: Path) -> list[list[str]]:
    """Every room of the tests, in parts that take about as long as each other on an idle machine."""
    rooms = sorted(
        str(path.relative_to(tests.parent))
        for path in tests.iterdir()
        if (path.is_dir() and any(path.rglob("test_*.py"))) or path.match("test_*.py")
    )
    found = [[room for room in rooms if Path(room).name in part] for part in PARTS]
    return [*found, [room for room in rooms if not any(room in part for part in found)]]


def run_in_parts() -> tuple[int, Counted]:
    """All parts at once, since most of a test on the wire is waiting; a later one's words follow the first's."""
    first, *others = parts(ROOT / "tests")
    with ThreadPoolExecutor() as beside, ExitStack() as files:
        said = [files.enter_context(tempfile.TemporaryFile("w+")) for _ in others]
        later = [
            beside.submit(run_pytest, [*part, "-p", "no:cacheprovider"], words)
            for part, words in zip(others, said, strict=True)
        ]
        results = [run_pytest(first)]
        for running, words in zip(later, said, strict=True):
            results.append(running.result())
            words.seek(0)
            print(words.read(), flush=True)
    counted = Counted(
        sum(tests.passed for _, tests in results),
        sum(tests.failed for _, tests in results),
        tuple(skip for _, tests in results for skip in tests.skips),
    )
    return next((code for code, _ in results if code), 0), counted  # below 0 for one that a signal ended


def run_pytest(arguments: Sequence[str], to: IO[str] | None = None) -> tuple[int, Counted]:
    """pytest with its own output, kept away from the settings of a real bot; and its report. to: where it speaks.

    What Python compiles is kept, whatever else is set here: the tests start a hundred programs and workers.
    """
    left_out = {*ENVIRONMENT, "PYTHONDONTWRITEBYTECODE"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    with tempfile.TemporaryDirectory(prefix="outpost-checks-") as folder:
        report = Path(folder) / "report.xml"
        command = [str(BIN / "pytest"), f"--junitxml={report}", *arguments]
        code = subprocess.run(command, cwd=ROOT, env=environment, stdout=to, stderr=to).returncode
        return code, read_report(report.read_text()) if report.exists() else Counted(0, 0, ())


def show_skips(console: Console, skips: Sequence[Skip]) -> None:
    """One row a reason, so that a hundred skips of one cause are one thing to read."""
    if not skips:
        return
    table = Table("skipped because", "how many", "for example", "agreed", title="Skips")
    for reason in sorted({skip.reason for skip in skips}):
        alike = [skip for skip in skips if skip.reason == reason]
        table.add_row(reason, str(len(alike)), alike[0].where, "yes" if alike[0].agreed else "NO")
    console.print(table)


def main(arguments: Sequence[str]) -> int:
    """Exit 0 only when every check and every test passed."""
    parser = argparse.ArgumentParser(description="Run every check.")
    parser.add_argument("--strict-skips", action="store_true", help="a skip that nobody agreed to fails")
    parser.add_argument("pytest", nargs="*", help="arguments for pytest, after --")
    options = parser.parse_args(arguments)
    console = Console()
    with ThreadPoolExecutor() as beside:
        slow = beside.submit(check, *SLOW)
        good = all([tell(console, check(title, command)) for title, command in CHECKS])
        not_audited = audit(console)
        code, tests = run_pytest(options.pytest) if options.pytest else run_in_parts()
        good = tell(console, slow.result()) and good
    skips = [*tests.skips, *([not_audited] if not_audited else [])]
    show_skips(console, skips)
    unagreed = [skip for skip in skips if not skip.agreed]
    if options.strict_skips and unagreed:
        print(f"{len(unagreed)} skips that nobody agreed to: agree in tools/checks.py, or mend them.")
    if not good:
        print("A check above failed.")
    print(f"{tests.passed} passed, {tests.failed} failed, {len(skips)} skipped", flush=True)
    return int(not good or code != 0 or (options.strict_skips and bool(unagreed)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
