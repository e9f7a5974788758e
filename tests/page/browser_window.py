"""A window of a browser that looks at a sandbox's page, and what a person does in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Error, Locator, Page, Request, Response

from sandbox import Sandbox

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 1,
}
WITHIN_MS = 10_000  # for whatever is waited for; a busy machine is no fault
SIZES = {"desktop": DESKTOP, "phone": PHONE}


class Window:
    """One tab. complaints: whatever a page must never do; forgiven: words of complaints that a test provokes."""

    def __init__(self, page: Page, sandbox: Sandbox, *, narrow: bool) -> None:
        self.page = page
        self.sandbox = sandbox
        self.narrow = narrow
        self.forgiven: tuple[str, ...] = ()
        self._noted: list[str] = []
        self._heard: dict[str, Callable[[Any], None]] = {
            "console": self._said,
            "pageerror": self._failed,
            "request": self._asked,
            "response": self._answered,
        }
        for event, hear in self._heard.items():
            page.on(event, hear)  # type: ignore[call-overload]

    @property
    def complaints(self) -> list[str]:
        return [one for one in self._noted if not any(words in one for words in self.forgiven)]

    def look_away(self) -> None:
        """What the tab does from now on is not this test's."""
        for event, hear in self._heard.items():
            self.page.remove_listener(event, hear)

    def _failed(self, error: Error) -> None:
        self._noted.append(f"an error in the page: {error}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._noted.append(f"the console says: {message.text} ({message.location.get('url')})")

    def _asked(self, request: Request) -> None:
        own = urlsplit(self.sandbox.page)
        asked = urlsplit(request.url.removeprefix("blob:"))
        if asked.scheme != "data" and (asked.scheme, asked.netloc) != (own.scheme, own.netloc):
            self._noted.append(f"the page asked {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._noted.append(f"{response.status} for {response.url}")

    # -- where and who ---------------------------------------------------------------------------

    async def open(self, who: str | None = None, place: str | None = None) -> None:
        """Load the page anew, as this person in this place."""
        await self.page.goto(f"{self.sandbox.page}#/{who or ''}/{place or ''}")
        await self.page.locator("#page").wait_for()
        await self.page.locator("#writer-area, #forum:not([hidden]), .writer-not").first.wait_for()

    async def reload(self) -> None:
        await self.page.reload()
        await self.page.locator("#page").wait_for()

    async def up(self, place: str) -> None:
        """From a thread to the channel it belongs to."""
        if self.narrow:
            return await self.go(place)
        await self.page.locator(".head-parent").click()
        await self.title(place)

    async def go(self, place: str) -> None:
        """To another place, by the list of places."""
        if self.narrow:
            await self.page.locator(".head-left").click()
        name = self.page.locator(".place-name").get_by_text(place, exact=True)
        await self.page.locator(".place", has=name).click()
        await self.title(place)

    async def title(self, place: str) -> None:
        """Wait until this place is looked at."""
        await self.page.locator(".head-title").get_by_text(place, exact=True).wait_for()

    async def become(self, who: str) -> None:
        """Another person, by the list of members."""
        await self.aside()
        await self.page.locator("#who-me").click()
        await self.page.get_by_role("combobox", name="Become…").fill(who)
        await self.page.keyboard.press("Enter")
        await self.page.locator("#who-me", has_text=f"@{who}").wait_for(state="attached")

    async def aside(self) -> None:
        """Open the column with who one is, the clock, and the guide, where it is a drawer."""
        if self.narrow:
            await self.page.locator(".head-right").click()

    # -- writing ---------------------------------------------------------------------------------

    @property
    def composer(self) -> Locator:
        return self.page.locator("#writer-area")

    @property
    def note(self) -> Locator:
        """Why something was not sent, above the composer."""
        return self.page.locator(".writer-note")

    async def say(self, text: str) -> None:
        await self.composer.fill(text)
        await self.send()

    async def send(self) -> None:
        await self.page.locator("#writer-send").click()

    async def slash(self, line: str) -> None:
        """A command as one types it: "show fruit name: fig"."""
        await self.composer.fill(f"/{line} ")
        await self.send()

    # -- messages --------------------------------------------------------------------------------

    @property
    def messages(self) -> Locator:
        return self.page.locator("article.message")

    def message(self, text: str) -> Locator:
        """The newest message with this text anywhere in it."""
        return self.messages.filter(has_text=text).last

    def toast(self, words: str) -> Locator:
        return self.page.locator(".toast", has_text=words)

    async def do(self, message: Locator, *entries: str) -> None:
        """An entry of a message's menu, and of the menu behind it."""
        await message.hover()
        await message.get_by_role("button", name="More", exact=True).click()
        await self.choose(*entries)

    async def choose(self, *entries: str) -> None:
        """Entries of the menu that is open, one behind the other."""
        for entry in entries:
            await self.page.get_by_role("menuitem", name=entry).first.click()

    # -- forms -----------------------------------------------------------------------------------

    @property
    def form(self) -> Locator:
        return self.page.locator("dialog[open]").last

    async def submit(self) -> None:
        await self.form.get_by_role("button", name="Submit", exact=True).click()

    # -- files -----------------------------------------------------------------------------------

    async def give(self, button: Locator, *files: Path) -> None:
        """Press what asks for files, and choose these in the browser's window for it."""
        async with self.page.expect_file_chooser() as asked:
            await button.click()
        await (await asked.value).set_files([str(file) for file in files])


class Spares:
    """Tabs of one browser that wait for their next test: one that runs already opens a page in a third of the time.

    Each test has a sandbox of its own, on another port and under another key: another origin, without a past.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[bool, list[Page]] = {True: [], False: []}

    async def take(self, *, narrow: bool) -> Page:
        free = self._free[narrow]
        return free.pop() if free else await self.fresh(PHONE if narrow else DESKTOP)

    async def fresh(self, size: Mapping[str, Any], **settings: Any) -> Page:
        """A tab of a browser that was never anywhere."""
        usual = {"reduced_motion": "reduce", "locale": "en-GB", "timezone_id": "Europe/Lisbon"}
        context = await self._browser.new_context(**{**usual, **size, **settings})
        context.set_default_timeout(WITHIN_MS)
        return await context.new_page()

    async def give_back(self, page: Page, *, narrow: bool) -> None:
        await page.mouse.move(0, 0)
        await page.goto("about:blank")
        self._free[narrow].append(page)


class Windows:
    """Opens windows on one sandbox for one test, and says what went wrong in any of them."""

    def __init__(self, sandbox: Sandbox, spares: Spares) -> None:
        self.sandbox = sandbox
        self._spares = spares
        self._own: list[Page] = []
        self.all: list[Window] = []

    async def open(
        self,
        who: str | None = None,
        place: str | None = None,
        size: Mapping[str, Any] = DESKTOP,
        *,
        fresh: bool = False,
        **settings: Any,
    ) -> Window:
        """A window of its own. fresh: for tests that change more than the page; so do playwright's `settings`."""
        narrow = size is PHONE
        if fresh or settings:
            page = await self._spares.fresh(size, **settings)
            self._own.append(page)
        else:
            page = await self._spares.take(narrow=narrow)
        return await self._shown(page, who, place, narrow=narrow)

    async def beside(self, window: Window, who: str | None = None, place: str | None = None) -> Window:
        """A second tab of the same browser."""
        page = await window.page.context.new_page()
        return await self._shown(page, who, place, narrow=window.narrow)

    async def _shown(self, page: Page, who: str | None, place: str | None, *, narrow: bool) -> Window:
        window = Window(page, self.sandbox, narrow=narrow)
        self.all.append(window)
        await window.open(who, place)
        return window

    async def pictures(self, folder: Path) -> list[str]:
        """Where to see how each window looks now: words for a failed test."""
        told = []
        for number, window in enumerate(self.all):
            file = folder / f"window{number}.png"
            await window.page.screenshot(path=file)
            told.append(f"window {number} at {window.page.url.split('#')[-1]}: see {file}")
        return told

    async def close(self, *, reuse: bool) -> None:
        """Leave the page everywhere. reuse: nothing went wrong, so the tabs may serve the next test."""
        for window in self.all:
            window.look_away()
        for page in [window.page for window in self.all]:
            narrow = page.viewport_size == PHONE["viewport"]
            if not reuse or page in self._own:
                await page.context.close()
            elif page is not page.context.pages[0]:
                await page.close()
            else:
                await self._spares.give_back(page, narrow=narrow)

    def complaints(self) -> list[str]:
        return [one for window in self.all for one in window.complaints]
