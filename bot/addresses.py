"""Which addresses are public: rules about URLs and IP addresses, pure.

`check_url` looks at what is written; `forbidden` at the address that is about to be dialled, for each connection,
because only there can a name no longer change its meaning (research/reliability.md 1.6: a resolver guard let
9 of 22 through, this one 0).
"""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address, ip_network

from yarl import URL

MAX_URL = 2048

# Exact host:port pairs that are let through; given by code alone (demo, tests), never by a file or a person.
Allow = frozenset[tuple[str, int]]

# `ipaddress.is_global` is no guard: it says True for NAT64, 6to4, multicast, 168.63.129.16 … (reliability.md 1.7).
_V4_DENIED = tuple(
    (ip_network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "this machine"),
        ("168.63.129.16/32", "cloud platform"),  # Azure's own services
        ("169.254.0.0/16", "link-local"),  # and the metadata of most clouds
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),  # holds Oracle's metadata, 192.0.0.192
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),  # and broadcast
    )
)
_V6_PUBLIC = ip_network(
    "2000::/3"
)  # the only space given out; NAT64, ULA, link-local and multicast lie outside
_V6_DENIED = tuple(
    (ip_network(network), why)
    for network, why in (
        ("2001::/23", "protocol assignments"),  # Teredo, ORCHID, benchmarking
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
    )
)


def forbidden(address: str | IPv4Address | IPv6Address) -> str | None:
    """Why this IP address must not be dialled; None when it is a public one."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "no IP address"
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return forbidden(ip.ipv4_mapped)
        if ip not in _V6_PUBLIC:
            return "not public"
        return next((why for network, why in _V6_DENIED if ip in network), None)
    return next((why for network, why in _V4_DENIED if ip in network), None)


def check_url(url: str, allow: Allow = frozenset()) -> str | None:
    """Why a feed must not be read from this address, as the end of a sentence; None when it may.

    The address is taken apart by yarl, as aiohttp does, so that no two readers of it disagree.
    """
    if len(url) > MAX_URL:
        return f"is longer than {MAX_URL:,} characters"
    if any(c.isspace() or not c.isprintable() for c in url):
        return "holds a space or an invisible character"
    try:
        parts = URL(url)
        host, port = parts.host, parts.port
    except ValueError:
        return "is not a web address"
    if parts.scheme not in ("http", "https") or not host:
        return "does not begin with http:// or https:// and a host"
    if parts.user is not None or parts.password is not None:
        return "holds a user name or a password"
    if (host, port) in allow:
        return None
    if port not in (80, 443):
        return "uses a port other than 80 and 443"
    return _check_host(host)


def _check_host(host: str) -> str | None:
    name = host.rstrip(".")
    try:
        why = forbidden(name if ":" in name else IPv4Address(name))
    except AddressValueError:  # a name, then
        last = name.rpartition(".")[2]
        # No top-level domain begins with a digit; resolvers take such hosts for odd spellings of an IP address.
        if last == name or not last or last[0].isdigit() or last in ("localhost", "local", "internal"):
            return "does not name a host of the public internet"
        return None
    return f"leads to an address that is not public ({why})" if why else None
