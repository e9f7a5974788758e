"""Where the fetcher goes, and where it does not: redirects and addresses, with a canary that must see nothing."""

from dataclasses import replace

import pytest
from aiohttp import web

from bot.jobs.reading.fetch import Fetched, Fetcher
from bot.ports import FeedSpec, NotModified, Trouble, Validators
from tests.jobs.reading.hosts import LOOPBACK, NOW, RSS, Host, LyingResolver, answers, serve

NOTHING = Validators()


async def fetch(host: Host, path: str = "/feed") -> Fetched | NotModified | Trouble:
    fetcher = host.fetcher()
    try:
        return await fetcher.fetch(host.feed(path), NOTHING, NOW)
    finally:
        await fetcher.close()


# -- redirects -----------------------------------------------------------------------------------


async def test_redirects_are_followed_to_the_third() -> None:
    """Three steps lead on, also relative ones; the fourth does not."""

    async def answer(request: web.Request) -> web.StreamResponse:
        left = int(request.path[1:])
        if not left:
            return web.Response(body=RSS)
        return web.Response(status=302, headers={"Location": f"/{left - 1}"})

    async with serve(answer) as host:
        page = await fetch(host, path="/3")
        assert isinstance(page, Fetched)
        assert page.url == host.url("/0")
        trouble = await fetch(host, path="/4")
        assert isinstance(trouble, Trouble)
        assert trouble.code == "redirects"


@pytest.mark.parametrize("location", [None, "http://[/", ""])
async def test_a_redirect_to_nowhere_is_a_trouble(location: str | None) -> None:
    """A missing or broken Location ends in words; an empty one leads to itself until it is enough."""
    headers = {} if location is None else {"Location": location}
    async with serve(answers(b"", 301, **headers)) as host:
        trouble = await fetch(host)
    assert isinstance(trouble, Trouble)
    assert trouble.code == "redirects"


@pytest.mark.parametrize(
    "location",
    [
        *(
            "http://127.0.0.1:{port}/secret",
            "http://[::ffff:127.0.0.1]:{port}/secret",
            "http://localhost/secret",
        ),
        *("http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "http://user:pass@{host}/secret"),
        *("http://2130706433:{port}/secret", "http://0x7f.1/secret"),
    ],
)
async def test_a_redirect_to_the_inside_reaches_nothing(location: str) -> None:
    """Each step of a redirect is checked like the first address; a canary sees no request."""
    async with serve(answers(b"secret")) as canary:
        target = location.format(port=canary.port, host=f"{LOOPBACK}:{canary.port}")
        async with serve(answers(b"", 302, Location=target)) as host:
            trouble = await fetch(host)
    assert isinstance(trouble, Trouble)
    assert trouble.code == "bad_address"
    assert canary.seen == []


# -- addresses at the socket ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "addresses", [[LOOPBACK], [LOOPBACK, "::1"], ["::ffff:127.0.0.1"], ["0.0.0.0", "10.0.0.1"]]
)
async def test_a_name_that_leads_inside_is_not_dialled(addresses: list[str]) -> None:
    """The address is checked where it is dialled, whatever the name server says."""
    async with serve(answers(b"secret")) as canary:
        fetcher = Fetcher(
            allow=frozenset({("feeds.example", canary.port)}), resolver=LyingResolver([addresses])
        )
        feed = canary.feed(url=canary.url(name="feeds.example"))
        trouble = await fetcher.fetch(feed, NOTHING, NOW)
        await fetcher.close()
    assert trouble == Trouble("bad_address", "Its host leads to an address that is not public.")
    assert canary.seen == []


async def test_rebinding_changes_nothing() -> None:
    """A name that is harmless when first asked for and inside afterwards is stopped the second time."""
    async with serve(answers()) as outside, serve(answers(b"secret")) as canary:
        names = frozenset(
            {("feeds.example", outside.port), ("feeds.example", canary.port), (LOOPBACK, outside.port)}
        )
        resolver = LyingResolver([[LOOPBACK]])
        fetcher = Fetcher(allow=names, resolver=resolver)
        feed = FeedSpec(id="a", name="A", url=outside.url(name="feeds.example"))
        assert isinstance(await fetcher.fetch(feed, NOTHING, NOW), Fetched)
        inside = replace(feed, url=canary.url(name="feeds.example"))
        trouble = await fetcher.fetch(inside, NOTHING, NOW)
        await fetcher.close()
    assert isinstance(trouble, Trouble)
    assert trouble.code == "bad_address"
    assert canary.seen == []


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://[::1]/", "ftp://a.example/", "http://a.example:8080/"]
)
async def test_an_address_that_may_not_be_read_is_told(url: str) -> None:
    """A bad address is a trouble of its feed, found before anything is dialled."""
    fetcher = Fetcher()
    trouble = await fetcher.fetch(FeedSpec(id="a", name="A", url=url), NOTHING, NOW)
    await fetcher.close()
    assert isinstance(trouble, Trouble)
    assert trouble.code == "bad_address"


async def test_the_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """http_proxy does not stand between the check and the feed."""
    async with serve(answers(b"from the proxy")) as proxy, serve(answers()) as host:
        monkeypatch.setenv("http_proxy", proxy.url(""))
        page = await fetch(host)
    assert isinstance(page, Fetched)
    assert page.body == RSS
    assert proxy.seen == []
