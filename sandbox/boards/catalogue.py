"""Which invented boards there are: the feeds of the project's feeds.yaml by the same ids, and two plain ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import yaml

from sandbox.boards import (
    arbeitnow,
    ashby,
    atom,
    cryptocurrencyjobs,
    fourdayweek,
    generic,
    greenhouse,
    himalayas,
    himalayas_api,
    hn,
    jobicy,
    jobspresso,
    jsonfeed,
    landingjobs,
    larajobs,
    lever,
    nofluffjobs,
    pythonorg,
    remotejobsorg,
    remoteok,
    remotive,
    remotive_rss,
    title_at_company,
    workable,
    workingnomads,
    wpjobmanager,
    wwr,
)
from sandbox.boards.posting import Posting


class Shape(Protocol):
    """A module that says postings, newest first, as its board does."""

    CONTENT_TYPE: str

    def render(self, postings: Sequence[Posting], now: datetime) -> bytes:
        """The body of the feed as it stands at `now`."""
        ...


@dataclass(frozen=True, slots=True)
class Board:
    """One feed, as feeds.yaml has it (`flags`: its other keys there).

    backlog: how many postings it begins with. source: another feed whose postings it shows; keep: which of them.
    """

    id: str
    name: str
    shape: Shape
    flags: Mapping[str, Any] = field(default_factory=dict)
    backlog: int = 20
    source: str = ""
    keep: Callable[[Posting], bool] = lambda posting: True

    @property
    def path(self) -> str:
        """Where it is served; Hacker News' search keeps its real path, for threads are found beside it."""
        return f"/{self.id}/api/v1/search_by_date" if self.id == "hn" else f"/{self.id}"


_OFF: dict[str, Any] = {"enabled": False}
_EMPLOYER: dict[str, Any] = {"poll_minutes": 360, "list": "full", "remote_only": "filter", **_OFF}

#: As in feeds.yaml; tests/sandbox/test_boards.py compares the two.
BOARDS = (
    Board("wwr", "We Work Remotely", wwr, dict(parser="wwr"), backlog=40),
    Board(
        "remotive",
        "Remotive",
        remotive,
        dict(parser="remotive", poll_minutes=360, list="full", delay_h=24),
        backlog=30,
    ),
    Board(
        "remoteok", "Remote OK", remoteok, dict(parser="remoteok", strip=["remoteok_antispam", "mojibake"])
    ),
    Board("jobicy", "Jobicy", jobicy, dict(parser="jobicy", poll_minutes=90, delay_h=6)),
    Board(
        "himalayas",
        "Himalayas",
        himalayas,
        dict(parser="himalayas", poll_minutes=360, require_filter=True),
        backlog=60,
    ),
    Board("workingnomads", "Working Nomads", workingnomads, dict(parser="workingnomads", poll_minutes=180)),
    Board(
        "rwfa",
        "Real Work From Anywhere",
        generic,
        dict(parser="generic", poll_minutes=180, assume_region="WORLD"),
        keep=lambda posting: not posting.place.countries,
    ),
    Board("hn", "HN: Who is hiring?", hn, dict(parser="hn", poll_minutes=360)),
    Board(
        "wwr-programming",
        "We Work Remotely",
        wwr,
        dict(parser="wwr", **_OFF),
        source="wwr",
        keep=lambda posting: posting.category == "Programming",
    ),
    Board(
        "wwr-design",
        "We Work Remotely",
        wwr,
        dict(parser="wwr", **_OFF),
        source="wwr",
        keep=lambda posting: posting.category == "Design",
    ),
    Board(
        "remotive-rss",
        "Remotive",
        remotive_rss,
        dict(parser="remotive_rss", poll_minutes=360, **_OFF),
        source="remotive",
    ),
    Board(
        "jobicy-rss",
        "Jobicy",
        wpjobmanager,
        dict(parser="wpjobmanager", poll_minutes=90, **_OFF),
        source="jobicy",
        keep=lambda posting: posting.category == "Programming",
    ),
    Board(
        "himalayas-world",
        "Himalayas",
        himalayas_api,
        dict(parser="himalayas_api", **_OFF),
        source="himalayas",
        keep=lambda posting: not posting.place.countries,
    ),
    Board("nodesk", "NoDesk", title_at_company, dict(parser="title_at_company", poll_minutes=180, **_OFF)),
    Board(
        "euremotejobs",
        "EU Remote Jobs",
        wpjobmanager,
        dict(parser="wpjobmanager", assume_region="EMEA", **_OFF),
    ),
    Board("larajobs", "LaraJobs", larajobs, dict(parser="larajobs", remote_only="filter", **_OFF)),
    Board(
        "pythonorg",
        "Python.org Jobs",
        pythonorg,
        dict(parser="pythonorg", remote_only="filter", date="first_seen", **_OFF),
    ),
    Board("remoteco", "Remote.co", generic, dict(parser="generic", **_OFF)),
    Board(
        "gitlab", "GitLab", greenhouse, dict(parser="greenhouse", list="full", remote_only="filter", **_OFF)
    ),
    Board("jobspresso", "Jobspresso", jobspresso, dict(parser="jobspresso", poll_minutes=180, **_OFF)),
    Board(
        "cryptocurrencyjobs",
        "Cryptocurrency Jobs",
        cryptocurrencyjobs,
        dict(parser="cryptocurrencyjobs", poll_minutes=180, **_OFF),
    ),
    Board("fourdayweek", "4 Day Week", fourdayweek, dict(parser="fourdayweek", poll_minutes=180, **_OFF)),
    Board("arbeitnow", "Arbeitnow", arbeitnow, dict(parser="arbeitnow", poll_minutes=180, **_OFF)),
    Board(
        "landingjobs",
        "Landing.jobs",
        landingjobs,
        dict(parser="landingjobs", poll_minutes=360, remote_only="filter", **_OFF),
    ),
    Board(
        "remotejobsorg",
        "RemoteJobs.org",
        remotejobsorg,
        dict(parser="remotejobsorg", poll_minutes=180, **_OFF),
    ),
    Board(
        "nofluffjobs",
        "No Fluff Jobs",
        nofluffjobs,
        dict(parser="nofluffjobs", poll_minutes=360, list="full", max_bytes=20_000_000, **_OFF),
    ),
    Board("palantir", "Palantir", lever, dict(parser="lever", **_EMPLOYER)),
    Board("notion", "Notion", ashby, dict(parser="ashby", timeout_s=60, **_EMPLOYER)),
    Board("trailofbits", "Trail of Bits", workable, dict(parser="workable", **_EMPLOYER)),
)

#: Standards that any feed may follow; in no feeds.yaml unless asked for by id.
PLAIN = (
    Board("atom", "Plain Atom", atom, dict(parser="generic")),
    Board("jsonfeed", "Plain JSON Feed", jsonfeed, dict(parser="generic")),
)

_DEFAULTS = (
    "poll_minutes",
    "jitter_pct",
    "timeout_s",
    "max_bytes",
    "max_age_days",
    "first_run",
    "respect_retry_after",
)


def feed_book(urls: Mapping[str, str], ids: Iterable[str] | None, given: Mapping[str, Any]) -> str:
    """The text of a feeds.yaml with these addresses.

    ids: None for all of the real book's, on and off as there; else just these, all on.
    given: keys that hold for every feed and take the place of what its entry says.
    """
    known = {board.id: board for board in (*BOARDS, *PLAIN)}
    chosen = [board.id for board in BOARDS] if ids is None else list(ids)
    on: dict[str, Any] = {} if ids is None else {"enabled": True}
    everywhere = {key: value for key, value in given.items() if key not in _DEFAULTS}
    feeds = []
    for board in (known[id] for id in chosen):
        flags = {key: value for key, value in board.flags.items() if key not in given}
        feeds.append({"id": board.id, "name": board.name, "url": urls[board.id], **flags, **on, **everywhere})
    defaults = {key: value for key, value in given.items() if key in _DEFAULTS}
    book = {"version": 1, **({"defaults": defaults} if defaults else {}), "feeds": feeds}
    return yaml.safe_dump(book, sort_keys=False, allow_unicode=True)
