"""Who may open the page, and what nothing that was uploaded can do in it."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
import pytest
from yarl import URL

from sandbox import Sandbox
from sandbox.uploads import Upload
from tests.page.tab import origin, tab


async def _get(url: str, headers: Mapping[str, str] | None = None) -> tuple[int, Mapping[str, str]]:
    async with aiohttp.ClientSession() as http, http.get(url, headers=headers) as answer:
        await answer.read()
        return answer.status, answer.headers


async def _knock(sandbox: Sandbox, headers: Mapping[str, str]) -> int:
    """The status of an attempt to open the socket; 101 is success."""
    async with aiohttp.ClientSession() as http:
        try:
            async with http.ws_connect(f"{sandbox.page}socket", headers=headers):
                return 101
        except aiohttp.WSServerHandshakeError as refusal:
            return refusal.status


async def test_the_page_is_served_with_every_guard() -> None:
    """The policy lets it load and connect to its own origin alone; nobody frames it, nothing is kept."""
    async with Sandbox() as sandbox:
        status, headers = await _get(sandbox.page)
        assert status == 200 and headers["Content-Type"].startswith("text/html")
        policy = headers["Content-Security-Policy"]
        for part in (
            "default-src 'none'",
            "script-src 'self'",
            "connect-src 'self'",
            "frame-ancestors 'none'",
        ):
            assert part in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        status, headers = await _get(sandbox.page + "app.js")
        assert status == 200 and headers["Content-Type"].startswith("text/javascript")


async def test_without_the_key_there_is_nothing() -> None:
    """A wrong key, a shorter one, a longer one, none: 404 for files, socket and uploads alike."""
    async with Sandbox() as sandbox:
        key = sandbox.page.split("/")[-2]
        for wrong in (key[:-1], key + "A", "A" * len(key), "%C3%A4" * 8):
            base = f"{origin(sandbox)}/page/{wrong}/"
            assert (await _get(base))[0] == 404
            assert (await _get(base + "app.js"))[0] == 404
            assert (await _get(base + "socket", {"Origin": origin(sandbox)}))[0] == 404
        for other in ("/page/", "/page", "/page//"):
            assert (await _get(origin(sandbox) + other))[0] == 404


@pytest.mark.parametrize(
    "name",
    [
        "../serve.py",
        "%2e%2e/serve.py",
        "..%2fserve.py",
        "nothing.js",
        ".",
        "..",
        "app.js/",
        "a%00.js",
        "static",
    ],
)
async def test_only_the_pages_own_files_are_served(name: str) -> None:
    """No way leads out of the folder."""
    async with Sandbox() as sandbox, aiohttp.ClientSession() as http:
        answer = await http.get(URL(sandbox.page + name, encoded=True))
        assert answer.status == 404


async def test_a_name_that_only_points_here_is_refused() -> None:
    """DNS rebinding: another site's name that resolves to this machine does not open the page."""
    async with Sandbox() as sandbox:
        port = origin(sandbox).rsplit(":", 1)[1]
        for host, status in (
            (f"localhost:{port}", 200),
            (f"127.0.0.1:{port}", 200),
            (f"evil.example:{port}", 403),
            ("127.0.0.1", 403),
            (f"127.0.0.1:{port}.evil.example", 403),
        ):
            assert (await _get(sandbox.page, {"Host": host}))[0] == status


async def test_another_site_cannot_speak_to_the_socket_or_upload() -> None:
    """Only the page's own origin; none at all is refused too."""
    async with Sandbox() as sandbox:
        own = origin(sandbox)
        assert await _knock(sandbox, {"Origin": own}) == 101
        for other in ("https://evil.example", "null", own + ".evil.example", own.replace("http", "https")):
            assert await _knock(sandbox, {"Origin": other}) == 403
        assert await _knock(sandbox, {}) == 403
        async with aiohttp.ClientSession() as http:
            form = aiohttp.FormData()
            form.add_field("file", b"x", filename="a.txt")
            headers = {"Origin": "https://evil.example"}
            async with http.post(f"{sandbox.page}files", data=form, headers=headers) as answer:
                assert answer.status == 403


@pytest.mark.parametrize(
    ("filename", "inline"),
    [
        ("a.png", True),
        ("a.jpg", True),
        ("a.gif", True),
        ("a.webp", True),
        ("a.svg", False),
        ("a.html", False),
        ("a.xml", False),
        ("a.pdf", False),
        ("a.js", False),
        ("a", False),
    ],
)
async def test_nothing_that_was_uploaded_runs_in_the_browser(filename: str, inline: bool) -> None:
    """Plain pictures are shown; everything else is a download, without a guess at its type, in an empty sandbox."""
    async with Sandbox() as sandbox, tab(sandbox, "ana", "reviews") as ana:
        sandbox.member("ana").go("reviews").say("", [Upload(filename, b"<script>alert(1)</script>")])
        await ana.until(lambda state: state["messages"])
        url = ana.state["messages"][-1]["attachments"][0]["url"]
        status, headers = await _get(origin(sandbox) + url)
        assert status == 200 and headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"].startswith("sandbox")
        assert (headers.get("Content-Disposition") is None) == inline


async def test_tabs_are_bounded() -> None:
    """A page that reconnects in a loop cannot fill the machine: beyond 64 tabs it is told to close some."""
    async with Sandbox() as sandbox, aiohttp.ClientSession() as http:
        headers = {"Origin": origin(sandbox)}
        opened = [await http.ws_connect(f"{sandbox.page}socket", headers=headers) for _ in range(64)]
        assert await _knock(sandbox, headers) == 503
        for socket in opened:
            await socket.close()
