"""`outpost demo` as a newcomer runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

OUTPOST = Path(sys.executable).parent / "outpost"
LIMIT_S = 120


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {"TMPDIR": str(folder), "COLUMNS": "100"}


def test_once_ends_by_itself_after_the_third_card(tmp_path: Path) -> None:
    """Exit 0, three cards, nothing on standard error, nothing left in the temporary folder."""
    ran = subprocess.run(
        [OUTPOST, "demo", "--once"],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        env=environment(tmp_path),
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.count("[More]") >= 3
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_ends_it_cleanly(tmp_path: Path) -> None:
    """It runs until it is stopped; then exit 0 and nothing is left."""
    demo = subprocess.Popen(
        [OUTPOST, "demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path),
    )
    assert demo.stdout is not None
    cards = 0
    while cards < 4:  # more than --once would wait for
        line = demo.stdout.readline()
        assert line, "it ended by itself"
        cards += "[More]" in line
    demo.send_signal(signal.SIGINT)
    _, errors = demo.communicate(timeout=LIMIT_S)
    assert (demo.returncode, errors) == (0, "")
    assert list(tmp_path.iterdir()) == []
