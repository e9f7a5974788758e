"""For tests of bots: `pytest_plugins = ["sandbox.testing"]` gives each test a fixture `sandbox`.

It needs pytest-asyncio. Its settings are those of `Sandbox(…)`: override the fixture `sandbox_settings`, or mark a
test with `@pytest.mark.sandbox(profile="hostile")`. A failed test prints the last frames of every sandbox it had.
A test fails that sent or got what is not Discord's: a missing route, a body that does not fit the description.
Sandboxes that a test starts by itself are its own affair, but for their answers: each that does not fit fails it too.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from typing import Any

import pytest
import pytest_asyncio

from sandbox.running import Sandbox
from sandbox.tally import ALL

_TOLD = pytest.StashKey[int]()  # how many of ALL.misfits were told

Settings = dict[str, Any]
"""Keyword arguments of `Sandbox`."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sandbox(**settings): settings of Sandbox(…) for this test")
    config.stash[_TOLD] = len(ALL.misfits)


@pytest.fixture
def sandbox_settings() -> Settings:
    """What every sandbox is started with; to be overridden."""
    return {}


@pytest_asyncio.fixture
async def sandbox(request: pytest.FixtureRequest, sandbox_settings: Settings) -> AsyncIterator[Sandbox]:
    """A running sandbox of this test's own, on a free port."""
    marked: Settings = {}
    for marker in reversed(list(request.node.iter_markers("sandbox"))):
        marked |= marker.kwargs
    async with Sandbox(**{**sandbox_settings, **marked}) as running:
        yield running
        if told := complaints(running):
            pytest.fail("\n".join(told), pytrace=False)


def complaints(sandbox: Sandbox) -> list[str]:
    """What was asked or answered that is not Discord's: routes that are not there, and what doesn't fit."""
    gaps = [f"nothing answers {gap}" for gap in sandbox.gaps]
    return gaps + [str(violation) for violation in sandbox.spec.violations]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Prints what was said over the wire below a failed test."""
    report = yield
    if report.failed:
        for name, running in _sandboxes(getattr(item, "funcargs", {})):
            report.sections.append((f"{name}: the last frames", running.log.tail()))
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Fails a test during which any sandbox of this process gave an answer that Discord's description forbids."""
    told = item.config.stash[_TOLD]
    try:
        done = yield
    finally:
        item.config.stash[_TOLD] = len(ALL.misfits)
    if new := ALL.misfits[told:]:
        pytest.fail("\n".join(new), pytrace=False)
    return done


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says for the whole run how many answers were checked."""
    if ALL.answers:
        terminalreporter.write_line(
            f"sandbox: {ALL.answers:,} answers held against Discord's description, {len(ALL.misfits)} did not fit"
        )


def _sandboxes(fixtures: dict[str, object]) -> Iterator[tuple[str, Sandbox]]:
    """Those that a test got, by themselves or as `.sandbox` of another fixture; each once."""
    seen: set[int] = set()
    for name, value in fixtures.items():
        found = value if isinstance(value, Sandbox) else getattr(value, "sandbox", None)
        if isinstance(found, Sandbox) and id(found) not in seen:
            seen.add(id(found))
            yield name, found
