"""`.venv` is built once, from the lock, and what is missing is named."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tools.setup import Built, Say, SetupError, Step, after, found, note, run, steps, wanted

ROOT = Path(__file__).resolve().parents[2]
WANT = Built("3.11", "/here", project="p", runtime="r", dev="d")
ALL: tuple[Step, ...] = ("venv", "packages", "project")


@pytest.mark.parametrize(
    ("have", "need", "todo"),
    [
        (None, "runtime", ALL),
        (None, "dev", ALL),
        (WANT, "dev", ()),
        (WANT, "runtime", ()),
        (replace(WANT, dev=""), "runtime", ()),
        (replace(WANT, dev=""), "dev", ("packages", "project")),
        (replace(WANT, runtime="old"), "runtime", ALL),
        (replace(WANT, dev="old"), "runtime", ALL),
        (replace(WANT, dev="old"), "dev", ALL),
        (replace(WANT, project="old"), "runtime", ("project",)),
        (replace(WANT, place="/there"), "dev", ALL),
        (replace(WANT, python="3.12"), "dev", ALL),
    ],
)
def test_only_what_is_missing_is_done(have: Built | None, need: str, todo: tuple[Step, ...]) -> None:
    """A second run does nothing; a changed lock builds anew; the demo's .venv grows into the checks'."""
    assert steps(have, WANT, need) == todo  # type: ignore[arg-type]


def test_the_note_says_what_is_installed() -> None:
    """After a runtime build the dev lock is not noted; installing the project alone forgets nothing."""
    small = replace(WANT, dev="")
    assert after(WANT, None, "runtime", ALL) == small
    assert after(WANT, small, "runtime", ("project",)) == small
    assert after(WANT, small, "dev", ("packages", "project")) == WANT
    assert after(WANT, WANT, "runtime", ("project",)) == WANT
    assert after(WANT, WANT, "runtime", ALL) == small


def test_a_changed_lock_is_seen(tmp_path: Path) -> None:
    """What is wanted follows the content of the two locks and of pyproject.toml."""
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text("a")
    before = wanted(tmp_path, "3.11")
    (tmp_path / "requirements-dev.lock").write_text("b")
    now = wanted(tmp_path, "3.11")
    assert (before.runtime, before.project) == (now.runtime, now.project)
    assert before.dev != now.dev


def test_a_broken_venv_counts_as_none(tmp_path: Path) -> None:
    """No note, a torn note, or a Python that has gone: .venv is built again."""
    assert found(tmp_path) is None
    note(tmp_path).parent.mkdir()
    note(tmp_path).write_text('{"python": "3.11"')
    assert found(tmp_path) is None
    note(tmp_path).write_text('{"python": "3.11", "place": "/here"}')
    assert found(tmp_path) is None
    (tmp_path / ".venv/bin").mkdir()
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    assert found(tmp_path) == Built("3.11", "/here")


def test_a_failing_step_keeps_pips_last_words(tmp_path: Path) -> None:
    """When pip fails, its own words are shown, and what to do."""
    command = [sys.executable, "-c", "print('no such wheel'); raise SystemExit(1)"]
    with pytest.raises(SetupError, match=r"(?s)no such wheel.*run the same command again"):
        run(command, tmp_path, Say(terminal=False))


def test_the_dev_lock_holds_the_runtime_lock() -> None:
    """The checks run with exactly the versions the program is shipped with."""

    def pins(lock: str) -> set[str]:
        return {line.split()[0] for line in (ROOT / lock).read_text().splitlines() if "==" in line}

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_the_locks_name_hashes_and_no_address() -> None:
    """Every pin has a hash; where packages come from is the machine's own business."""
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text()
        pins = text.count("==") - text.count("== '")  # markers compare too
        assert "://" not in text
        assert "index-url" not in text and "find-links" not in text
        assert text.count("--hash=sha256:") >= pins


def pretend(folder: Path, name: str, script: str) -> None:
    """An executable of that name that runs a line of shell."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def find_python(path: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """tools/python with nothing on its PATH but what the test put there (and `head`)."""
    head = shutil.which("head")
    assert head is not None
    if not (path / "head").exists():
        (path / "head").symlink_to(head)
    environment = {"PATH": str(path), **more}
    return subprocess.run(
        ["/bin/sh", ROOT / "tools/python", *arguments], env=environment, capture_output=True, text=True
    )


def test_no_python_is_named(tmp_path: Path) -> None:
    """On a machine without Python one is told what to install."""
    ran = find_python(tmp_path)
    assert ran.returncode == 2
    assert "needs Python 3.11 or newer" in ran.stderr
    assert "apt install python3 python3-venv" in ran.stderr


def test_an_old_python_is_named(tmp_path: Path) -> None:
    """A Python that is too old is named with its version."""
    old = "import sys; sys.version_info = (3, 9, 2); exec(sys.argv[1])"
    pretend(tmp_path, "python3", f"""exec {sys.executable} -c '{old}' "$2" """)
    ran = find_python(tmp_path)
    assert ran.returncode == 2
    assert "python3: is Python 3.9; Outpost needs 3.11 to 3.14" in ran.stderr


def test_a_missing_venv_is_named(tmp_path: Path) -> None:
    """A Python without ensurepip is named with the package that brings it."""
    bare = 'import sys; sys.modules["ensurepip"] = None; exec(sys.argv[1])'
    pretend(tmp_path, "python3", f"""exec {sys.executable} -c '{bare}' "$2" """)
    ran = find_python(tmp_path)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert ran.returncode == 2
    assert f"apt install python{version}-venv" in ran.stderr


def test_the_next_python_is_tried(tmp_path: Path) -> None:
    """When python3 is no good, another one of the right version is found."""
    pretend(tmp_path, "python3", "echo broken >&2; exit 1")
    pretend(tmp_path, "python3.12", f'exec {sys.executable} "$@"')
    ran = find_python(tmp_path, "-c", "print('found')")
    assert (ran.returncode, ran.stdout) == (0, "found\n")


def test_a_named_python_is_the_only_one_tried(tmp_path: Path) -> None:
    """PYTHON=… is obeyed: when it is no good, no other is taken in its place."""
    pretend(tmp_path, "python3", f'exec {sys.executable} "$@"')
    ran = find_python(tmp_path, "-c", "", PYTHON="python3.99")
    assert ran.returncode == 2
    assert "under PYTHON=python3.99" in ran.stderr


def test_make_names_no_file_that_is_missing() -> None:
    """Each tool that the Makefile calls is there."""
    words = (ROOT / "Makefile").read_text().split()
    called = {word for word in words if word.startswith("tools/")} | {"benchmarks/__main__.py"}
    assert [name for name in sorted(called) if not (ROOT / name).is_file()] == []


def test_make_lists_its_targets() -> None:
    """`make` alone says what can be made, and does nothing."""
    make = shutil.which("make")
    assert make is not None
    ran = subprocess.run(
        [make, "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, env=dict(os.environ)
    )
    for target in ("setup", "demo", "test", "prove", "bench", "pictures", "lock"):
        assert f"make {target} " in ran.stdout
