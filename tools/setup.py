"""Builds .venv from a lock file with hashes, and does nothing when that is done already.

    tools/python tools/setup.py             the program and everything its checks need (requirements-dev.lock)
    tools/python tools/setup.py --runtime   only what the program needs (requirements.lock)

Standard library only, since it runs before anything is installed. pip finds packages the way this machine's
pip is configured; no address is written here. What was built is noted in .venv/outpost-built.json: the first
run fetches, later runs read that note and are silent.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}

Need = Literal["runtime", "dev"]
Step = Literal["venv", "packages", "project"]


@dataclass(frozen=True)
class Built:
    """What stands in .venv, or should.

    python: "3.11"; place: the folder, since a venv can't be moved; the project and the locks by their
    SHA-256, "" when not installed. The dev lock holds all of the runtime lock.
    """

    python: str
    place: str
    project: str = ""
    runtime: str = ""
    dev: str = ""


class SetupError(Exception):
    """Building failed; the text says what to do."""


def steps(have: Built | None, want: Built, need: Need) -> tuple[Step, ...]:
    """What must be done so that `have` serves `need`. Nothing is kept of a .venv made for another lock,
    Python or folder: a package that left the lock must leave .venv too."""
    if have is None or (have.python, have.place) != (want.python, want.place):
        return ("venv", "packages", "project")
    if have.runtime != want.runtime or (have.dev and have.dev != want.dev):
        return ("venv", "packages", "project")
    if need == "dev" and not have.dev:
        return ("packages", "project")
    return ("project",) if have.project != want.project else ()


def after(want: Built, have: Built | None, need: Need, done: Sequence[Step]) -> Built:
    """The note to leave once `done` is done."""
    keeps_dev = have is not None and "venv" not in done and bool(have.dev)
    return want if need == "dev" or keeps_dev else replace(want, dev="")


def wanted(root: Path, python: str) -> Built:
    """The whole of what the files of this checkout ask for."""
    marks = {need: sha256(root / lock) for need, lock in LOCKS.items()}
    return Built(python, str(root), sha256(root / "pyproject.toml"), **marks)


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def note(root: Path) -> Path:
    return root / ".venv" / "outpost-built.json"


def venv_python(root: Path) -> Path:
    return root / ".venv" / "bin" / "python"


def found(root: Path) -> Built | None:
    """What stands in .venv; None when there is nothing, it was broken off half-way, or its Python is gone."""
    try:
        have = Built(**json.loads(note(root).read_text()))
        subprocess.run([venv_python(root), "-c", ""], check=True, capture_output=True)
    except (OSError, ValueError, TypeError, subprocess.CalledProcessError):
        return None
    return have


def build(root: Path, need: Need, todo: Sequence[Step], say: Say) -> None:
    """Do the steps. Raises SetupError with pip's last words when one fails."""
    pip = [str(venv_python(root)), "-m", "pip", "--disable-pip-version-check", "install"]
    lock = root / LOCKS[need]
    note(root).unlink(missing_ok=True)  # broken off half-way, the next run starts again
    if "venv" in todo:
        say.line(f"Outpost: building .venv with Python {sys.version.split()[0]}")
        run([sys.executable, "-m", "venv", "--clear", str(root / ".venv")], root, say)
    if "packages" in todo:
        total = sum("==" in line for line in lock.read_text().splitlines())
        say.line(f"Outpost: fetching about {total} packages of {lock.name}, each checked by its hash")
        run([*pip, "--require-hashes", "-r", str(lock)], root, say, total)
    if "project" in todo:
        run([*pip, "--no-deps", "--no-build-isolation", "-e", str(root)], root, say)


@dataclass
class Say:
    """Calm progress on stderr: one line that counts up on a terminal, headlines only elsewhere."""

    terminal: bool

    def line(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    def count(self, text: str) -> None:
        if self.terminal:
            print(f"\r\x1b[2K{text}", end="", file=sys.stderr, flush=True)


def run(command: Sequence[str], root: Path, say: Say, total: int = 0) -> None:
    """Run it quietly. With `total`, show how many packages pip has begun with."""
    last: deque[str] = deque(maxlen=15)
    begun = 0
    process = subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    for line in output_of(process):
        last.append(line)
        if total and line.startswith("Collecting "):
            begun += 1
            say.count(f"  {begun} of {total}: {line.split()[1].split('==')[0]}")
        elif total and line.startswith("Installing "):
            say.count(f"  installing {begun} packages")
    say.count("")
    if process.wait() != 0:
        words = "\n".join(f"  {line}" for line in last)
        raise SetupError(
            f"This step failed: {' '.join(command[1:])}\n{words}\n"
            "Packages are fetched once: this machine must reach its package index now.\n"
            "Then run the same command again."
        )


def output_of(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None  # noqa: S101  (it is a pipe)
    with process.stdout as lines:
        for line in lines:
            yield line.rstrip()


def python_version(have: Built | None) -> str:
    """The version .venv should have: an existing one is kept unless PYTHON=… names another."""
    mine = f"{sys.version_info.major}.{sys.version_info.minor}"
    return have.python if have is not None and not os.environ.get("PYTHON") else mine


def main(arguments: Sequence[str]) -> int:
    """Exit 0: .venv is ready. 1: it could not be built, and why."""
    parser = argparse.ArgumentParser(description="Build .venv from the lock file.")
    parser.add_argument("--runtime", action="store_true", help="only what the program needs")
    need: Need = "runtime" if parser.parse_args(arguments).runtime else "dev"
    have = found(ROOT)
    want = wanted(ROOT, python_version(have))
    todo = steps(have, want, need)
    if not todo:
        return 0
    say, started = Say(sys.stderr.isatty()), time.monotonic()
    try:
        build(ROOT, need, todo, say)
    except SetupError as error:
        say.line(str(error))
        return 1
    note(ROOT).write_text(json.dumps(asdict(after(want, have, need, todo)), indent=1) + "\n")
    say.line(f"Outpost: .venv is ready ({time.monotonic() - started:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
