"""The boards' terms, as far as feeds.yaml and the boards' modules keep them (research/feeds.md, section A)."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.jobs.reading.boards import BOARDS
from bot.jobs.reading.book import open_book
from bot.jobs.troubles import next_read
from tests.jobs.reading.hosts import NOW
from tests.jobs.reading.test_boards import read

BOOK = {feed.id: feed for feed in open_book(Path(__file__).resolve().parents[3] / "feeds.yaml")}

# Minutes that a board wants between two readings, or that its size and kind ask for.
FLOORS = {
    "remotive": 360,  # at most four a day: its terms
    "remotive-rss": 360,
    "jobicy": 60,  # at most one an hour: its terms
    "jobicy-rss": 60,
    "himalayas": 360,
    "hn": 360,
    "workingnomads": 180,
    "rwfa": 180,
    "nodesk": 180,
    "fourdayweek": 180,
    "nofluffjobs": 360,  # 13 MB
    "palantir": 360,
    "notion": 360,
    "trailofbits": 360,
}
DELAYS = {"remotive": 24, "jobicy": 6}  # hours after a job's date


@pytest.mark.parametrize("feed_id", sorted(BOOK))
def test_no_feed_is_read_more_often_than_its_board_wants(feed_id: str) -> None:
    """The floor holds for the interval and for every next reading: jitter only ever adds to it."""
    feed, floor = BOOK[feed_id], timedelta(minutes=FLOORS.get(feed_id, 60))
    assert timedelta(minutes=feed.poll_minutes) >= floor
    for jitter in (0.0, 0.5, 1.0):
        assert next_read(feed, None, NOW, jitter) - NOW >= floor


@pytest.mark.parametrize("feed_id", sorted(BOOK))
def test_every_feed_names_its_board(feed_id: str) -> None:
    """Its attribution holds the board's name; what comes late by a board's wish comes late."""
    feed = BOOK[feed_id]
    assert feed.attribution == f"via {feed.name}"
    assert feed.delay_h == DELAYS.get(feed_id, 0)
    assert feed.respect_retry_after


def test_what_is_on_is_on() -> None:
    """Eight boards are read unless somebody changes it; Himalayas' flood is for those with a filter."""
    on = [feed.id for feed in BOOK.values() if feed.enabled]
    assert on == ["wwr", "remotive", "remoteok", "jobicy", "himalayas", "workingnomads", "rwfa", "hn"]
    assert [feed.id for feed in BOOK.values() if feed.require_filter] == ["himalayas"]
    assert {feed.parser for feed in BOOK.values()} == set(BOARDS)


ELSEWHERE = "https://elsewhere.example/apply"
PAGE = "https://board.example/jobs/1/page"

# A minimal job of every JSON board that tells two links.
TWO_LINKS: dict[str, Any] = {
    "remoteok": [{"position": "Diver", "company": "Sea", "url": PAGE, "apply_url": ELSEWHERE}],
    "himalayas_api": {
        "jobs": [{"title": "Diver", "locationRestrictions": [], "guid": PAGE, "applicationLink": ELSEWHERE}]
    },
    "remotejobsorg": {
        "data": [{"title": "Diver", "is_translated": False, "url": PAGE, "apply_url": ELSEWHERE}]
    },
    "lever": [{"text": "Diver", "hostedUrl": PAGE, "applyUrl": ELSEWHERE}],
    "ashby": {"jobs": [{"title": "Diver", "jobUrl": PAGE, "applyUrl": ELSEWHERE}]},
    "workable": {"jobs": [{"title": "Diver", "shortcode": "A", "url": PAGE, "application_url": ELSEWHERE}]},
}


@pytest.mark.parametrize("parser", sorted(TWO_LINKS))
def test_the_link_is_the_boards_own_page(parser: str) -> None:
    """An opening leads to its board's page, never past it to where one applies."""
    (entry,) = read(json.dumps(TWO_LINKS[parser]), parser)
    assert entry.url == PAGE
    assert ELSEWHERE not in repr(entry)
