"""Links: which may be shown, in which spelling, and when two are the same page."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

import idna

from bot.text.cleaning import tidy

MAX_LINK = 512  # of a link button; Discord refuses longer ones

# Hosts whose every page leads into a Discord server. A subdomain counts as its host.
INVITE_HOSTS = frozenset(
    (
        *("discord.gg", "discord.gift", "discord.io", "discord.li", "discord.link", "discord.me"),
        *(
            "discord.new",
            "discords.com",
            "disboard.org",
            "dis.gd",
            "dsc.gg",
            "dsc.lol",
            "invite.gg",
            "top.gg",
        ),
    )
)
# On Discord's own site only these are refused: its page of jobs is a page of jobs.
_DISCORD_HOSTS = frozenset(("discord.com", "discordapp.com"))
_DISCORD_PATHS = frozenset(
    ("invite", "servers", "oauth2", "channels", "events", "gift", "gifts", "api", "template")
)
_TRACKING = frozenset(
    (
        *("ref", "referrer", "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid"),
        *("twclid", "ttclid", "igshid", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "gh_src", "trk"),
    )
)
# No word boundary in front: Discord's own search for invites knows none either.
_INVITE_IN_TEXT = re.compile(
    r"(?:https?:/+)?(?:www\.)?(?:"
    + "|".join(re.escape(host).replace(r"\.", "[.\u3002]") for host in sorted(INVITE_HOSTS))
    + r"|discord(?:app)?[.\u3002]com/+(?:"
    + "|".join(sorted(_DISCORD_PATHS))
    + r"))/[^\s<>()\[\]\"']*",
    re.IGNORECASE,
)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*")
_DEFAULT_PORT = {"http": 80, "https": 443}
# Not in here on purpose: ( ) < > [ ] " and space, so that a link can stand in brackets of any kind.
_PATH_SAFE = "/%:@!$&'*+,;=~-._"
_QUERY_SAFE = _PATH_SAFE + "?"


def link(url: str, limit: int = MAX_LINK) -> str | None:
    """The link as it may be shown, all ASCII; None if it may not be.

    http and https only, no user:password, no Discord invite in any spelling, tracking parameters off, foreign
    letters of the host as punycode. A link longer than `limit` is refused, since half a link leads elsewhere.
    """
    parts = _parts(url)
    if parts is None or _is_invite(parts):
        return None
    shown = urlunsplit(parts)
    return shown if len(shown) <= limit else None


def canonical_link(url: str) -> str:
    """One spelling for all links to a page, for comparing and not for opening. Never fails.

    https for http, no "www.", no tracking, no default port, no slash at the end, parameters sorted. A fragment
    goes, unless it begins with "/" or "!": then it names the page of an application in the browser.
    """
    parts = _parts(url)
    if parts is None:
        return tidy(url)
    return urlunsplit(
        (
            "https",
            parts.netloc.removeprefix("www."),
            re.sub(r"%[0-9a-f]{2}", lambda found: found[0].upper(), parts.path).rstrip("/"),
            "&".join(sorted(parts.query.split("&"))),
            parts.fragment if parts.fragment.startswith(("/", "!")) else "",
        )
    )


def _parts(url: str) -> SplitResult | None:
    """Taken apart as a browser would (backslash is slash), each part in its one safe spelling."""
    try:
        parts = urlsplit(tidy(url).replace("\\", "/"))
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORT or "@" in parts.netloc or not parts.hostname:
        return None
    host = _ascii_host(parts.hostname)
    if host is None:
        return None
    with_port = host if port in (None, _DEFAULT_PORT[parts.scheme]) else f"{host}:{port}"
    return SplitResult(
        parts.scheme,
        with_port,
        quote(parts.path, safe=_PATH_SAFE),
        _without_tracking(quote(parts.query, safe=_QUERY_SAFE)),
        quote(parts.fragment, safe=_QUERY_SAFE),
    )


def _ascii_host(host: str) -> str | None:
    """Percent signs resolved, look-alikes folded, all dots one kind, punycode; None when it is no host name."""
    folded = unicodedata.normalize("NFKC", unquote(host)).replace("\u3002", ".").lower().rstrip(".")
    if not folded.isascii():
        try:
            folded = idna.encode(folded, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    return folded if _HOST.fullmatch(folded) else None


def _is_invite(parts: SplitResult) -> bool:
    host = parts.netloc.partition(":")[0]
    if _belongs_to(host, INVITE_HOSTS):
        return True
    first = next((step for step in unquote(parts.path).lower().split("/") if step.strip(". ")), "")
    return _belongs_to(host, _DISCORD_HOSTS) and first in _DISCORD_PATHS


def _belongs_to(host: str, hosts: frozenset[str]) -> bool:
    return any(host == one or host.endswith("." + one) for one in hosts)


def _without_tracking(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if pair and not _is_tracking(pair))


def _is_tracking(pair: str) -> bool:
    name = unquote(pair.partition("=")[0]).lower()
    return name in _TRACKING or name.startswith("utm_")


def without_invites(text: str) -> str:
    """Free text with every Discord invite in it, with or without "https://", replaced by words."""
    return _INVITE_IN_TEXT.sub("(invite removed)", text)
