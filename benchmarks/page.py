"""The sandbox's page in a fresh browser: when it shows something, when one can write, how fast news is."""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass, field

from playwright.async_api import Browser, Page, async_playwright

from benchmarks.parts import Tell
from benchmarks.tables import Outcome, Row, Target, percentile
from sandbox import Sandbox
from tools import services

OPENINGS, WARM_UP = 10, 1
NEWS = 200
STANDING = 50  # messages that stand in the channel, as many as the page shows at first
LIMIT_MS = 1000  # of the first paint
PUSH_LIMIT_MS = 100  # twice the pause between two pushes

# Resolves once the composer may be written in and every message stands there; gives both moments, in ms since the
# page was asked for.
USABLE = """(many) => new Promise((resolve) => {
  const look = () => {
    const area = document.getElementById("writer-area");
    if (area?.checkVisibility() && document.querySelectorAll("article.message").length === many) {
      const paint = performance.getEntriesByName("first-contentful-paint")[0];
      if (paint) return resolve([paint.startTime, performance.now()]);
    }
    return requestAnimationFrame(look);
  };
  look();
})"""
# Notes when a message with a number as its text comes into the page, on the clock that Python's time.time() reads.
WATCH = """() => {
  window.seen = new Map();
  new MutationObserver(() => {
    const text = document.querySelector("article.message:last-of-type .message-body")?.textContent;
    if (text && !window.seen.has(text)) window.seen.set(text, performance.timeOrigin + performance.now());
  }).observe(document.getElementById("timeline"), { childList: true, subtree: true });
}"""
SEEN = """(text) => new Promise((resolve) => {
  const look = () => (window.seen.has(text) ? resolve(window.seen.get(text)) : setTimeout(look, 1));
  look();
})"""


@dataclass(slots=True)
class Figures:
    """All in milliseconds."""

    painted: list[float] = field(default_factory=list)
    usable: list[float] = field(default_factory=list)
    pushed: list[float] = field(default_factory=list)


async def measure(tell: Tell) -> Outcome:
    """One Chromium, a fresh context for each opening; the sandbox runs in this process."""
    figures = Figures()
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with Sandbox(spec=None) as sandbox, async_playwright() as playwright:
        for number in range(STANDING):
            sandbox.member("bob").go("reviews").say(f"**line** {number}")
        browser = await playwright.chromium.launch(executable_path=services.chromium(), args=root)
        for number in range(WARM_UP + OPENINGS):
            tell(f"the page, opening {number + 1} of {WARM_UP + OPENINGS}")
            painted, usable = await _opening(browser, sandbox)
            if number >= WARM_UP:
                figures.painted.append(painted)
                figures.usable.append(usable)
        tell(f"the page, {NEWS} messages pushed")
        await _news(browser, sandbox, figures)
        await browser.close()
    return _outcome(figures)


async def _opening(browser: Browser, sandbox: Sandbox) -> tuple[float, float]:
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    page = await _reviews(await context.new_page(), sandbox)
    painted, usable = await page.evaluate(USABLE, STANDING)
    await context.close()
    return painted, usable


async def _reviews(page: Page, sandbox: Sandbox) -> Page:
    await page.goto(f"{sandbox.page}#/ana/reviews", wait_until="commit")
    return page


async def _news(browser: Browser, sandbox: Sandbox, figures: Figures) -> None:
    """A message at a time, from the moment it is in the world until its row is in the document."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    page = await _reviews(await context.new_page(), sandbox)
    await page.evaluate(USABLE, STANDING)
    await page.evaluate(WATCH)
    bob = sandbox.member("bob").go("reviews")
    for number in range(NEWS):
        said = time.time() * 1000
        bob.say(f"news {number}")
        figures.pushed.append(await page.evaluate(SEEN, f"news {number}") - said)
    await context.close()


def _outcome(figures: Figures) -> Outcome:
    def opening(who: str, values: list[float]) -> Row:
        return Row(who, (f"{statistics.median(values):.0f}", f"{max(values):.0f}"))

    p50, p99 = percentile(figures.pushed, 50), percentile(figures.pushed, 99)
    worst = max(figures.painted)
    return Outcome(
        title="The sandbox's page",
        setup=f"Chromium, headless, 1280×800, {OPENINGS} openings in a context that was never there, with {STANDING} "
        "messages in the channel. First paint: the browser's own first-contentful-paint. Usable: the composer can be "
        f"written in and all messages are drawn. News: {NEWS} messages one by one, from the moment a message is in "
        "the world until its row is in the document; a page is told at most each 50 ms.",
        columns=("median, ms", "worst, ms"),
        rows=[
            opening("first paint", figures.painted),
            opening("usable", figures.usable),
            Row("news, p50 and p99", (f"{p50:.0f}", f"{p99:.0f}")),
            Row("limit of the first paint", ("", f"{LIMIT_MS}"), "limit"),
        ],
        targets=[
            Target("the worst first paint, ms", worst, LIMIT_MS),
            Target("p50 of news, ms", p50, PUSH_LIMIT_MS),
        ],
    )
