"""Services that the tests need beside Python: a private PostgreSQL, thrown away afterwards, and a Chromium.

Looked for first, installed with apt-get when this process is root, else the reason is said in words.
"""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/pgsql/bin",
)
_SPEED = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "max_connections=60",
)


_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class Unavailable(Exception):
    """A service cannot be had on this machine; the message says why."""


def postgresql_binaries(places: Sequence[str] = _PLACES, path: str | None = None) -> Path:
    """The folder with initdb and pg_ctl; installs PostgreSQL when this process is root. Raises Unavailable.

    Looks into `places` (patterns of folders) and at what `path` (default: PATH) leads to.
    """
    found = _installed(places, path)
    if found is None:
        _install("PostgreSQL", "postgresql", "initdb", path)
        found = _installed(places, path)
    if found is None:
        raise Unavailable("PostgreSQL not installable: apt-get brought no initdb")
    return found


def _installed(places: Sequence[str], path: str | None) -> Path | None:
    folders = [folder for place in places for folder in glob.glob(place)]
    if tool := shutil.which("pg_config", path=path):
        folders.append(_run([tool, "--bindir"]).strip())
    if tool := shutil.which("initdb", path=path):
        folders.append(str(Path(tool).resolve().parent))
    complete = [
        Path(f)
        for f in folders
        if all(os.access(Path(f, t), os.X_OK) for t in ("initdb", "pg_ctl", "postgres"))
    ]
    return max(complete, key=_version, default=None)


def _version(binaries: Path) -> tuple[int, ...]:
    """`postgres (PostgreSQL) 15.18 (Debian …)` → (15, 18)."""
    number = _run([str(binaries / "postgres"), "--version"]).split()[2]
    return tuple(int(part) for part in number.split(".") if part.isdigit())


def chromium(path: str | None = None) -> Path:
    """The browser's program; installs Chromium when this process is root. Raises Unavailable.

    Looks at what `path` (default: PATH) leads to.
    """
    found = _browser(path)
    if found is None:
        _install("Chromium", "chromium", "browser", path)
        found = _browser(path)
    if found is None:
        raise Unavailable("Chromium not installable: apt-get brought no browser")
    return found


def _browser(path: str | None) -> Path | None:
    found = (shutil.which(name, path=path) for name in _BROWSERS)
    return next((Path(program) for program in found if program), None)


def _install(what: str, package: str, tool: str, path: str | None) -> None:
    if shutil.which("apt-get", path=path) is None:
        raise Unavailable(
            f"{what} not installable: no {tool} on this machine and no apt-get to install {package}"
        )
    if os.geteuid() != 0:
        raise Unavailable(
            f"{what} not installable: no {tool}, and only root may run apt-get install {package}"
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        _run(["apt-get", "update", "-qq"], env=quiet, timeout=120)
        _run(["apt-get", "install", "-qq", "--no-install-recommends", package], env=quiet, timeout=300)
    except Unavailable as reason:
        raise Unavailable(f"{what} not installable: {reason}") from reason


def _run(
    command: list[str], *, env: dict[str, str] | None = None, user: str | None = None, timeout: float = 60
) -> str:
    try:
        done = subprocess.run(
            command,
            env=env,
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            cwd="/",
            capture_output=True,
            text=True,
            timeout=timeout,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"{command[0]}: {error}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["no words"]
        raise Unavailable(f"{Path(command[0]).name} ended with {done.returncode}: {said[-1]}")
    return done.stdout


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL of our own on 127.0.0.1 until the block ends: yields its address, without a database's name.

    It forgives nothing but a power cut: fsync is off. PostgreSQL refuses to run as root, so root runs it as the
    user `postgres`. Raises Unavailable.
    """
    binaries = postgresql_binaries()
    user = "postgres" if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="outpost-postgresql-"))
    try:
        if user:
            shutil.chown(home, user)
        data, port = home / "data", _free_port()
        options = [f"-c {setting}" for setting in (*_SPEED, f"port={port}", "listen_addresses=127.0.0.1")]
        options.append(f"-c unix_socket_directories={home}")
        _run(
            [
                str(binaries / "initdb"),
                "--no-sync",
                "-A",
                "trust",
                "-U",
                "outpost",
                "-E",
                "UTF8",
                "--locale=C",
                "-D",
                str(data),
            ],
            user=user,
        )
        control = [str(binaries / "pg_ctl"), "-D", str(data), "-w"]
        _run([*control, "-l", str(home / "log"), "-o", " ".join(options), "start"], user=user)
        try:
            yield f"postgresql://outpost@127.0.0.1:{port}"
        finally:
            _run([*control, "-m", "immediate", "stop"], user=user)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
