"""Which addresses a feed may live at, as rules; that they hold at the socket stands in test_fetch.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.addresses import MAX_URL, check_url, forbidden

INNER = (
    *(
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
    ),
    *(
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
    ),
    *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
    *(
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
    ),
    *(
        "100::1",
        "2001::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
    ),
    *("fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1"),
)
OUTER = (
    *("1.1.1.1", "8.8.8.8", "100.63.255.255", "172.32.0.1", "192.0.1.1", "198.20.0.1", "223.255.255.255"),
    *("2606:4700::1111", "2a00:1450:4001::1", "2003::1", "::ffff:8.8.8.8"),
)


@pytest.mark.parametrize("address", INNER)
def test_inner_addresses_are_forbidden(address: str) -> None:
    """Every network that is not the public internet is refused, in each of its disguises."""
    assert forbidden(address)


@pytest.mark.parametrize("address", OUTER)
def test_public_addresses_are_free(address: str) -> None:
    """Neighbours of the forbidden networks are not refused with them."""
    assert forbidden(address) is None


def test_what_is_no_address_is_forbidden() -> None:
    """A word that is no address can't be shown to be public."""
    assert forbidden("localhost")


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://boards.example/feed.rss",
            "http://boards.example:80/",
            "https://boards.example:443/a?b=c#d",
        ),
        *("https://bücher.example/stellen", "http://8.8.8.8/feed", "https://[2606:4700::1111]/feed"),
    ],
)
def test_public_urls_pass(url: str) -> None:
    """Plain web addresses are let through to the check at the socket."""
    assert check_url(url) is None


@pytest.mark.parametrize(
    "url",
    [
        *(
            "ftp://boards.example/",
            "file:///etc/passwd",
            "//boards.example/",
            "boards.example/feed",
            "",
            "http://",
        ),
        *(
            "https://user@boards.example/",
            "https://user:pass@boards.example/",
            "https://boards.example:8080/",
        ),
        *(
            "http://127.0.0.1/",
            "http://①②⑦.⓪.⓪.①/",
            "http://[::ffff:127.0.0.1]/",
            "http://127.1/",
            "http://0x7f.1/",
        ),
        *(
            "http://2130706433/",
            "http://127.0.0.1./",
            "http://localhost/",
            "http://db/",
            "http://x.localhost/",
        ),
        *("http://metadata.google.internal/", "http://boards.example:99999/", "http://boards.example/\nX: y"),
        *("http://boards.example/a b", "http://[fe80::1%25eth0]/", "http://[/", "javascript:alert(1)"),
        "https://boards.example/" + "a" * MAX_URL,
    ],
)
def test_other_urls_are_refused_in_words(url: str) -> None:
    """Each refusal is the end of a sentence: "Its address …"."""
    reason = check_url(url)
    assert reason
    assert reason.split()[0] in {"is", "holds", "does", "uses", "leads"}


def test_only_the_exact_pair_is_let_through() -> None:
    """What code allows is one host with one port, nothing beside it."""
    allow = frozenset({("127.0.0.1", 8123)})
    assert check_url("http://127.0.0.1:8123/feed", allow) is None
    assert check_url("http://127.0.0.1:8124/feed", allow)
    assert check_url("http://127.0.0.2:8123/feed", allow)
    assert check_url("http://user@127.0.0.1:8123/feed", allow)


@given(st.text(max_size=60) | st.text(max_size=40).map(lambda rest: "http://" + rest))
def test_any_text_gets_an_answer(text: str) -> None:
    """Whatever somebody types, the check answers and never raises."""
    assert check_url(text) is None or check_url(text)


@given(st.ip_addresses())
def test_every_address_gets_an_answer(address: object) -> None:
    """Each IP address is public or has a reason why not; a mapped one is judged as the IPv4 it is."""
    assert forbidden(str(address)) is None or forbidden(str(address))
    if "." in str(address):
        assert forbidden(f"::ffff:{address}") == forbidden(str(address))
