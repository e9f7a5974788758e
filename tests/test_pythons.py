"""The program on the other Pythons it says it supports: installed from the lock, it runs its demo."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.proofs import size

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
INSTALL_S, DEMO_S = 240, 120


def interpreter(version: str) -> str:
    """The path of this Python, on PATH or in pyenv's folder; a loud skip when this machine has none."""
    if found := shutil.which(f"python{version}"):
        works = subprocess.run([found, "-c", "import venv, ensurepip"], capture_output=True)
        if works.returncode == 0:  # pyenv's shims stand on PATH even for versions that are switched off
            return found
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for folder in sorted(pyenv.glob(f"{version}.*"), reverse=True):
        if (folder / "bin" / "python").exists():
            return str(folder / "bin" / "python")
    pytest.skip(f"Python {version} absent")


def installed(version: str) -> Path:
    """A venv of this Python with the locked packages, kept in .cache until the lock changes."""
    python = interpreter(version)
    mark = hashlib.sha256(LOCK.read_bytes() + str(ROOT).encode()).hexdigest()[:12]
    folder = ROOT / ".cache" / "pythons" / f"{version}-{mark}"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([python, "-m", "venv", folder], check=True, timeout=INSTALL_S)
        # Not compiled: each module that the demo imports is, when it is imported, and those are few of them.
        options = ("--quiet", "--no-compile", "--disable-pip-version-check")
        pip = [folder / "bin" / "python", "-m", "pip", "install", *options]
        packages = subprocess.run(
            [*pip, "--require-hashes", "-r", LOCK], capture_output=True, text=True, timeout=INSTALL_S
        )
        if packages.returncode != 0 and "(from versions: none)" in packages.stderr:  # no index answered
            pytest.skip(f"Python {version} absent: its packages can't be fetched without a network")
        assert packages.returncode == 0, packages.stderr
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True, timeout=INSTALL_S)
        (folder / "ready").touch()
    return folder


@pytest.mark.parametrize("version", size(["3.13"], ["3.12", "3.13"]))
def test_the_demo_runs(version: str) -> None:
    """Bot, sandbox, boards, workers and database: three cards, exit 0, and no warning or traceback."""
    ran = subprocess.run(
        [installed(version) / "bin" / "outpost", "demo", "--once"],
        capture_output=True,
        text=True,
        timeout=DEMO_S,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.count("[More]") >= 3
