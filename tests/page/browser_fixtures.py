"""Fixtures of tests in a real browser: one Chromium for all of them, windows of their own for each.

Their loop is the session's: mark the module with `pytest.mark.asyncio(loop_scope="session")`.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Generator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from sandbox import Sandbox
from sandbox.testing import complaints as wire_complaints
from tests.page.browser_window import SIZES, Spares, Windows
from tests.page.showcase import Showcase, running, town
from tools import services

_FAILED = pytest.StashKey[bool]()
# Nothing leads out of this machine, whatever a page asks for.
_ARGUMENTS = ("--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--disable-background-networking")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The system's Chromium; a loud skip where there can be none."""
    try:
        program = services.chromium()
    except services.Unavailable as reason:
        pytest.skip(str(reason))
    root = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's own refuses to run as root
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=program, args=[*_ARGUMENTS, *root])
        yield running
        await running.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def spares(browser: Browser) -> Spares:
    """Tabs that wait for their next test."""
    return Spares(browser)


@pytest_asyncio.fixture(loop_scope="session")
async def house(request: pytest.FixtureRequest) -> AsyncIterator[Sandbox]:
    """A running sandbox that the windows look into; `@pytest.mark.sandbox(first_answer=…)` sets it up."""
    marked = request.node.get_closest_marker("sandbox")
    async with Sandbox(**{"seed": town, **(marked.kwargs if marked else {})}) as running_sandbox:
        yield running_sandbox
        if told := wire_complaints(running_sandbox):
            pytest.fail("\n".join(told), pytrace=False)


@pytest_asyncio.fixture(loop_scope="session")
async def bot(house: Sandbox) -> AsyncIterator[Showcase]:
    """The showcase's bot, connected to the house."""
    async with running(house) as connected:
        yield connected


@pytest_asyncio.fixture(loop_scope="session")
async def windows(
    spares: Spares, house: Sandbox, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[Windows]:
    """Opens windows. A test fails when one of them logged an error, missed a file or asked anybody else."""
    opened = Windows(house, spares)
    yield opened
    failed = request.node.stash.get(_FAILED, False)
    if failed:
        print(*await opened.pictures(tmp_path), sep="\n")
    await opened.close(reuse=not failed)
    if complaints := opened.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A desktop's window, then a phone's."""
    return SIZES[request.param]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Lets the fixtures know that their test failed."""
    report = yield
    if report.failed and call.when == "call":
        item.stash[_FAILED] = True
    return report
