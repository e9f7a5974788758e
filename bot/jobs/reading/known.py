"""Boards we know by their address: which parser reads them and what their terms ask, whoever adds the feed. Pure.

Short forms name an employer's own board: `greenhouse:gitlab`, `lever:palantir`, `ashby:notion`, `workable:acme`; so
does the address of its page for people.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from bot.jobs.added import Added
from bot.jobs.reading.items import named
from bot.ports import FeedSpec


def _board(name: str, parser: str, **given: object) -> FeedSpec:
    return FeedSpec(**{"id": "", "name": name, "url": "", "parser": parser, "poll_minutes": 180, **given})  # type: ignore[arg-type]


def _employer(parser: str) -> FeedSpec:
    return _board("", parser, poll_minutes=360, list="full", remote_only="filter", timeout_s=60)


# Host (a subdomain counts as its host), how the path begins, what feeds.yaml says of such a feed; the first counts.
_KNOWN: tuple[tuple[str, str, FeedSpec], ...] = (
    ("weworkremotely.com", "", _board("We Work Remotely", "wwr", poll_minutes=60)),
    ("remotive.com", "/api/", _board("Remotive", "remotive", poll_minutes=360, list="full", delay_h=24)),
    ("remotive.com", "", _board("Remotive", "remotive_rss", poll_minutes=360, delay_h=24)),
    (
        "remoteok.com",
        "",
        _board("Remote OK", "remoteok", poll_minutes=60, strip=("remoteok_antispam", "mojibake")),
    ),
    ("jobicy.com", "/api/", _board("Jobicy", "jobicy", poll_minutes=90, delay_h=6)),
    ("jobicy.com", "", _board("Jobicy", "wpjobmanager", poll_minutes=90, delay_h=6)),
    ("himalayas.app", "/jobs/api", _board("Himalayas", "himalayas_api", require_filter=True)),
    ("himalayas.app", "", _board("Himalayas", "himalayas", poll_minutes=360, require_filter=True)),
    ("workingnomads.com", "", _board("Working Nomads", "workingnomads")),
    ("realworkfromanywhere.com", "", _board("Real Work From Anywhere", "generic", assume_region="WORLD")),
    ("hn.algolia.com", "", _board("HN: Who is hiring?", "hn", poll_minutes=360)),
    ("nodesk.co", "", _board("NoDesk", "title_at_company")),
    ("euremotejobs.com", "", _board("EU Remote Jobs", "wpjobmanager", assume_region="EMEA")),
    ("jobspresso.co", "", _board("Jobspresso", "jobspresso")),
    ("larajobs.com", "", _board("LaraJobs", "larajobs", remote_only="filter")),
    ("python.org", "", _board("Python.org Jobs", "pythonorg", remote_only="filter", date="first_seen")),
    ("cryptocurrencyjobs.co", "", _board("Cryptocurrency Jobs", "cryptocurrencyjobs")),
    ("4dayweek.io", "", _board("4 Day Week", "fourdayweek")),
    ("arbeitnow.com", "", _board("Arbeitnow", "arbeitnow")),
    ("landing.jobs", "", _board("Landing.jobs", "landingjobs", poll_minutes=360, remote_only="filter")),
    ("remotejobs.org", "", _board("RemoteJobs.org", "remotejobsorg")),
    (
        "nofluffjobs.com",
        "",
        _board("No Fluff Jobs", "nofluffjobs", poll_minutes=360, list="full", max_bytes=20_000_000),
    ),
    ("boards-api.greenhouse.io", "", _employer("greenhouse")),
    ("lever.co", "", _employer("lever")),
    ("ashbyhq.com", "", _employer("ashby")),
    ("apply.workable.com", "", _employer("workable")),
)

_SLUG = r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}"
_APIS = {
    "greenhouse": "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true",
    "lever": "https://api.lever.co/v0/postings/{}?mode=json",
    "lever-eu": "https://api.eu.lever.co/v0/postings/{}?mode=json",
    "ashby": "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true",
    "workable": "https://apply.workable.com/api/v1/widget/accounts/{}?details=true",
}
_SHORT = re.compile(rf"({'|'.join(_APIS)}): ?({_SLUG})", re.IGNORECASE)  # phones begin with a capital
_PAGES = (
    (
        re.compile(rf"https://(?:job-)?boards\.greenhouse\.io/({_SLUG})(?:[/?#].*)?", re.IGNORECASE),
        "greenhouse",
    ),
    (re.compile(rf"https://jobs\.lever\.co/({_SLUG})(?:[/?#].*)?", re.IGNORECASE), "lever"),
    (re.compile(rf"https://jobs\.eu\.lever\.co/({_SLUG})(?:[/?#].*)?", re.IGNORECASE), "lever-eu"),
    (re.compile(rf"https://jobs\.ashbyhq\.com/({_SLUG})(?:[/?#].*)?", re.IGNORECASE), "ashby"),
    (re.compile(rf"https://apply\.workable\.com/(?!api/)({_SLUG})(?:[/?#].*)?", re.IGNORECASE), "workable"),
)
_EMPLOYER = re.compile(rf"/(?:boards|postings|job-board|accounts)/({_SLUG})")
_NO_BOARD = FeedSpec(id="", name="", url="")


def address_of(text: str) -> str:
    """The address that somebody means: a short form or an employer's page spelled out, anything else as it is."""
    typed = text.strip().strip("<>")
    if short := _SHORT.fullmatch(typed):
        return _APIS[short[1].lower()].format(short[2])
    for page, board in _PAGES:
        if found := page.fullmatch(typed):
            return _APIS[board].format(found[1])
    return (
        typed
        if "://" in typed or not re.match(r"[\w-]+(?:\.[\w-]+)+(?:[/?]|$)", typed)
        else f"https://{typed}"
    )


def board_at(url: str) -> FeedSpec:
    """What we know of the board at an address; of an unknown one its host as the name, and the generic parser."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return _NO_BOARD
    for known, path, spec in _KNOWN:
        if (host == known or host.endswith(f".{known}")) and parts.path.startswith(path):
            return spec if spec.name else replace(spec, name=_employer_at(parts.path) or host)
    return replace(_NO_BOARD, name=host[:80])


def spec_of(added: Added, agent: str) -> FeedSpec:
    """An added feed as it is read. agent: the bot's own name."""
    board = board_at(added.url)
    return replace(
        board,
        id=added.id,
        url=added.url,
        name=added.name,
        parser=added.parser,
        attribution=f"via {added.name}",
        user_agent=agent,
    )


def _employer_at(path: str) -> str:
    found = _EMPLOYER.search(path)
    return named(found[1]) if found else ""
