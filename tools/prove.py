"""`make prove`: run the proofs in full and write their figures into docs/promises.md.

A proof is a test marked `proof`. It is small in `make test` and full here (`tests/proofs.py:size`), and says what it
proved by pytest's `record_property("promise", …)` and `record_property("figure", …)`. The page is written
only when every proof passed: it never shows a figure beside a promise that was broken.

    .venv/bin/python tools/prove.py [arguments for pytest]
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ENVIRONMENT

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "promises.md"
LIMIT_S = 60 * 60
# What promises nothing on the page: properties with all their examples, and what `make test` runs in part.
PROPERTIES = ("-m", "hypothesis and not proof", "-q")
WHOLE = ("-k", "(test_flow_ and postgresql or test_pythons or test_boss) and not proof", "-q")
NONE_FOUND = 5  # pytest's exit code, as when the arguments name a proof


@dataclass(frozen=True)
class Proof:
    """One proof that passed. promise: "" of one that backs another. figures: what it measured, in words."""

    promise: str
    figures: tuple[str, ...]
    test: str


def read_proofs(xml: str) -> tuple[Proof, ...]:
    """The proofs that passed in a JUnit report as pytest writes it, in the order they ran."""
    proofs = []
    for case in ElementTree.fromstring(xml).iter("testcase"):  # noqa: S314  (our own pytest wrote it)
        if any(case.find(word) is not None for word in ("failure", "error", "skipped")):
            continue
        said = [(p.get("name"), p.get("value", "")) for p in case.iter("property")]
        promise = next((value for name, value in said if name == "promise"), "")
        figures = tuple(value for name, value in said if name == "figure")
        proofs.append(Proof(promise, figures, f"{case.get('classname', '')}::{case.get('name')}"))
    return tuple(proofs)


def page(proofs: Sequence[Proof], machine: str) -> str:
    """docs/promises.md."""
    said = [p for p in proofs if p.promise]
    rows = [f"| {p.promise} | {'<br>'.join(p.figures) or 'held'} | `{p.test}` |" for p in said]
    others = len(proofs) - len(said)
    return "\n".join(
        [
            "# What Outpost promises, and the proof",
            "",
            f"Written by `make prove` on {machine}. `make test` runs the same proofs, smaller.",
            "",
            "| promise | figures of this run | proof |",
            "|---|---|---|",
            *rows,
            "",
            *([f"{others} more proofs, which only back these, held as well.", ""] if others else []),
        ]
    )


def machine() -> str:
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}"


def run_pytest(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Its exit code."""
    command = [str(Path(sys.executable).parent / "pytest"), *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, timeout=LIMIT_S).returncode


def main(arguments: Sequence[str]) -> int:
    """Exit 0 when every proof passed and the page is written; else pytest's exit code."""
    environment = {name: value for name, value in os.environ.items() if name not in ENVIRONMENT}
    environment["OUTPOST_PROOFS"] = "full"
    with tempfile.TemporaryDirectory(prefix="outpost-prove-") as folder:
        report = Path(folder) / "report.xml"
        for others in (PROPERTIES, WHOLE):
            code = run_pytest([*others, *arguments], environment)
            if code not in (0, NONE_FOUND):
                break
        else:
            code = run_pytest(["-m", "proof", "-v", f"--junitxml={report}", *arguments], environment)
        if code != 0:
            print("A proof failed or none was found; docs/promises.md is left as it was.")
            return code
        proofs = read_proofs(report.read_text())
    PAGE.write_text(page(proofs, machine()))
    print(f"{len(proofs)} proofs passed; their figures are in {PAGE.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
