"""Boards that are known by their address, and the short forms of employers' own boards."""

from pathlib import Path

import pytest

from bot.jobs.added import Added, feed_id, is_added
from bot.jobs.reading.book import open_book
from bot.jobs.reading.known import address_of, board_at, spec_of
from bot.ports import FeedSpec
from tests.jobs.reading.hosts import NOW

BOOK = {feed.id: feed for feed in open_book(Path(__file__).resolve().parents[3] / "feeds.yaml")}
TERMS = (
    "parser",
    "poll_minutes",
    "delay_h",
    "require_filter",
    "assume_region",
    "remote_only",
    "date",
    "strip",
)


def terms(spec: FeedSpec) -> dict[str, object]:
    return {name: getattr(spec, name) for name in TERMS}


@pytest.mark.parametrize("feed_id", sorted(set(BOOK) - {"remoteco"}))
def test_a_known_board_is_known_as_the_book_has_it(feed_id: str) -> None:
    """Whoever adds its address: parser, pace, delay and all that its terms ask are as in feeds.yaml, or stricter."""
    feed = BOOK[feed_id]
    known = board_at(feed.url)
    assert known.poll_minutes >= feed.poll_minutes
    same = {"poll_minutes": known.poll_minutes, "delay_h": max(known.delay_h, feed.delay_h)}
    if feed_id == "himalayas-world":  # it is filtered at its source
        same["require_filter"] = True
    assert terms(known) == terms(feed) | same
    assert known.list == feed.list


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("greenhouse:gitlab", "https://boards-api.greenhouse.io/v1/boards/gitlab/jobs?content=true"),
        ("Greenhouse: GitLab", "https://boards-api.greenhouse.io/v1/boards/GitLab/jobs?content=true"),
        ("Https://Jobs.Lever.co/Sea", "https://api.lever.co/v0/postings/Sea?mode=json"),
        ("lever:palantir", "https://api.lever.co/v0/postings/palantir?mode=json"),
        ("lever-eu:sea", "https://api.eu.lever.co/v0/postings/sea?mode=json"),
        ("ashby:notion", "https://api.ashbyhq.com/posting-api/job-board/notion?includeCompensation=true"),
        ("workable:sea", "https://apply.workable.com/api/v1/widget/accounts/sea?details=true"),
        ("https://jobs.lever.co/sea/a-1?x=y", "https://api.lever.co/v0/postings/sea?mode=json"),
        (
            "https://boards.greenhouse.io/sea",
            "https://boards-api.greenhouse.io/v1/boards/sea/jobs?content=true",
        ),
        (
            "https://apply.workable.com/sea/",
            "https://apply.workable.com/api/v1/widget/accounts/sea?details=true",
        ),
        (" <https://lamps.example/feed> ", "https://lamps.example/feed"),
        ("lamps.example/feed", "https://lamps.example/feed"),
        ("greenhouse:../x", "greenhouse:../x"),
        ("lever:", "lever:"),
        ("hello there", "hello there"),
        ("ftp://lamps.example", "ftp://lamps.example"),
    ],
)
def test_an_address_is_spelled_out(typed: str, address: str) -> None:
    """Short forms, employers' pages and bare hosts become addresses; all else is the fetcher's to judge."""
    assert address_of(typed) == address


@pytest.mark.parametrize(
    ("url", "name", "parser"),
    [
        ("https://weworkremotely.com/categories/remote-design-jobs.rss", "We Work Remotely", "wwr"),
        ("https://www.remotive.com/remote-jobs/feed/qa", "Remotive", "remotive_rss"),
        ("https://boards-api.greenhouse.io/v1/boards/deep-sea/jobs", "Deep Sea", "greenhouse"),
        ("https://api.lever.co/v0/postings/deep.sea?mode=json", "Deep Sea", "lever"),
        ("https://www.lamps.example/feed", "lamps.example", "generic"),
        ("https://notremotive.com/api/", "notremotive.com", "generic"),
        ("https://remotive.com.lamps.example/api/", "remotive.com.lamps.example", "generic"),
        ("https://[", "", "generic"),
    ],
)
def test_a_board_has_its_name_and_its_parser(url: str, name: str, parser: str) -> None:
    """By its own host alone; an unknown one is called by its host."""
    board = board_at(url)
    assert (board.name, board.parser) == (name, parser)


def test_an_added_feed_is_read_under_our_name() -> None:
    """Its spec has its own id, address and name, the board's terms, and the bot's User-Agent."""
    url = "https://jobicy.com/feed/job_feed?job_categories=dev"
    spec = spec_of(Added(feed_id(url), url, "Jobicy", "wpjobmanager", NOW), "Lighthouse")
    assert (spec.id, spec.url, spec.attribution) == (feed_id(url), url, "via Jobicy")
    assert (spec.poll_minutes, spec.delay_h, spec.user_agent, spec.enabled) == (90, 6, "Lighthouse", True)
    assert is_added(spec.id)
    assert not any(map(is_added, BOOK))
