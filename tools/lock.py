"""`make lock`: resolve both lock files again. Only this needs uv; installing them needs nothing but pip.

One universal resolution for Python 3.11 to 3.14, every file with its hash, no address inside. uv does it in
about a second where pip-compile takes minutes (docs/decisions/0014-the-lock.md).
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

FLAGS = (
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-annotate",
    "--no-header",
    "--extra=postgres",
)
BUILD_BACKEND = "hatchling>=1.27\neditables\n"  # so that the project itself installs without the network


def uv() -> list[str] | None:
    """How to call uv on this machine; None when it isn't there."""
    if found := shutil.which("uv"):
        return [found]
    return [sys.executable, "-m", "uv"] if importlib.util.find_spec("uv") else None


def main() -> int:
    """Exit 0: both files are resolved. 2: there is no uv. Else uv's own exit code, after its own words."""
    found = uv()
    if found is None:
        print(
            "make lock needs uv. Get it with: pipx install uv (or pip install uv), then try again.",
            file=sys.stderr,
        )
        return 2
    resolve = [*found, "pip", "compile", *FLAGS, "pyproject.toml"]
    everything = [*resolve, "--group", "dev", "-o", "requirements-dev.lock"]
    runtime = [*resolve, "-", "-c", "requirements-dev.lock", "-o", "requirements.lock"]
    for command, given in ((everything, ""), (runtime, BUILD_BACKEND)):
        code = subprocess.run(command, cwd=ROOT, input=given, text=True).returncode
        if code != 0:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
