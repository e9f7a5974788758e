"""The invented boards' bodies: each has its board's shape and oddities; the same seed gives the same bytes."""

import json
import re
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
import yaml

from sandbox.boards import Boards, Inventor, catalogue
from tests.fakes import Clock

ROOT = Path(__file__).resolve().parents[2]
ALL = [board.id for board in (*catalogue.BOARDS, *catalogue.PLAIN)]
XML = [board.id for board in (*catalogue.BOARDS, *catalogue.PLAIN) if "xml" in board.shape.CONTENT_TYPE]


def quiet(clock: Clock | None = None) -> Boards:
    """The boards without a server."""
    return Boards(clock or Clock(), seed=7)


def parsed(boards: Boards, board: str) -> Any:
    return feedparser.parse(boards.body(board), sanitize_html=False, resolve_relative_uris=False)


def jobs(boards: Boards, board: str) -> Any:
    body = json.loads(boards.body(board).decode("utf-8-sig"))
    return body["jobs"] if isinstance(body, dict) else body


# -- what they say -------------------------------------------------------------------------------


@pytest.mark.parametrize("board", ALL)
def test_the_same_seed_gives_the_same_bytes(board: str) -> None:
    """On every machine and at every port; another seed gives others; publishing is part of it."""
    first, second, other = quiet(), quiet(), Boards(Clock(), seed=8)
    assert first.body(board) == second.body(board)
    assert first.postings(board) != other.postings(board)
    assert first.publish(board, 3) == second.publish(board, 3)
    assert first.body(board) == second.body(board)


def test_the_nth_posting_does_not_depend_on_when_it_was_asked_for() -> None:
    """A posting is decided by seed and number; its moment is given."""
    moment = datetime(2026, 9, 7, tzinfo=UTC)
    early, late = Inventor(1), Inventor(1)
    assert [early.posting(moment) for _ in range(3)] == [late.posting(moment) for _ in range(3)]
    assert Inventor(1).posting(moment) != Inventor(2).posting(moment)


@pytest.mark.parametrize("board", ALL)
def test_a_body_changes_with_its_postings_and_never_with_time_alone(board: str) -> None:
    """So that a conditional request can be answered truly."""
    clock = Clock()
    boards = quiet(clock)
    before = boards.body(board)
    clock.move(timedelta(days=2))
    assert boards.body(board) == before
    source = next((b.source for b in catalogue.BOARDS if b.id == board), "") or board
    while boards.body(board) == before:  # a category's feed waits for a posting of its category
        boards.publish(source)
    assert len(boards.postings(board)) >= 2


@pytest.mark.parametrize("board", XML)
def test_feedparser_reads_every_item(board: str) -> None:
    """Title, link and guid of each, the newest first where there are dates; python.org's has none."""
    boards = quiet()
    entries = parsed(boards, board).entries
    assert len(entries) == len(boards.postings(board)) > 0
    for entry in entries:
        assert entry.title and entry.id and entry.link.startswith("https://") and ".example/" in entry.link
    dates = [entry.published_parsed for entry in entries if "published_parsed" in entry]
    assert len(dates) == (0 if board == "pythonorg" else len(entries))
    assert all(newer >= older for newer, older in pairwise(dates))


@pytest.mark.parametrize("board", sorted(set(ALL) - set(XML)))
def test_json_bodies_are_json(board: str) -> None:
    """With a byte-order mark on Remotive's alone."""
    body = quiet().body(board)
    assert json.loads(body.decode("utf-8-sig"))
    assert body.startswith(b"\xef\xbb\xbf") == (board == "remotive")


def test_every_board_has_an_old_posting_and_several_new_ones() -> None:
    """New to a reader is not new: three years old beside some of the last three days."""
    clock = Clock()
    for board in catalogue.BOARDS:
        if board.source:
            continue
        ages = [clock.now - posting.posted_at for posting in Boards(clock, seed=7).postings(board.id)]
        assert min(ages) > timedelta(0)
        if board.id != "rwfa":  # it shows worldwide ones only
            assert max(ages) > timedelta(days=1000) and sum(age < timedelta(days=3) for age in ages) >= 3


def test_wwr() -> None:
    """`Company: Role`, a region that says Anywhere, and the truth in the text of imported postings."""
    boards = quiet()
    entries = parsed(boards, "wwr").entries
    assert parsed(boards, "wwr").feed.ttl == "60"
    assert all(re.fullmatch(r"[^:]+: [^:]+", entry.title) for entry in entries)
    assert {entry.region for entry in entries} == {"Anywhere in the World"}
    assert {entry.type for entry in entries} == {"Full-Time", "Contract"}
    assert all(entry.id == entry.link for entry in entries)
    imported = [entry for entry in entries if "<strong>Headquarters:</strong> Remote - " in entry.description]
    own = [entry for entry in entries if entry not in imported]
    assert imported and own
    assert all("URL:</strong>" not in entry.description for entry in imported)
    assert all("URL:</strong>" in entry.description for entry in own)
    assert any(entry.country.startswith("🇺🇸") for entry in imported)
    expiring = [entry for entry in entries if "expires_at" in entry]
    assert 0 < len(expiring) < len(entries)


def test_feeds_of_one_board_share_their_postings() -> None:
    """An item of a category stands in the feed of all jobs under the same guid."""
    boards = quiet()
    everything = {entry.id for entry in parsed(boards, "wwr").entries}
    programming = {entry.id for entry in parsed(boards, "wwr-programming").entries}
    assert programming and programming < everything
    assert {posting.category for posting in boards.postings("wwr-design")} == {"Design"}
    assert len(boards.postings("remotive-rss")) == len(boards.postings("remotive"))
    assert {posting.place.countries for posting in boards.postings("himalayas-world")} == {()}


def test_remotive() -> None:
    """Notices, dates without a zone, pay as free text that may be empty, a pixel at the end."""
    boards = quiet()
    listed = jobs(boards, "remotive")
    assert {"00-warning", "0-legal-notice", "job-count"} < json.loads(
        boards.body("remotive").decode("utf-8-sig")
    ).keys()
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", job["publication_date"]) for job in listed)
    assert {bool(job["salary"]) for job in listed} == {True, False}
    assert all("blank.gif" in job["description"][-120:] for job in listed)


def test_remoteok() -> None:
    """Element 0 is the terms; descriptions end in our own address and are mostly mojibake; two items are no job."""
    terms, *listed = jobs(quiet(), "remoteok")
    assert "legal" in terms and "position" not in terms
    *real, empty, no_job = listed
    assert empty["position"] == empty["company"] == empty["description"] == ""
    assert (no_job["position"], no_job["tags"]) == ("Menu", [])
    for job in real:
        [tag] = re.findall(r"mention the word \*\*[A-Z]+\*\* and tag R(\S+) when", job["description"])
        assert b64decode(tag) == b"127.0.0.1"
    garbled = [job for job in real if "â\x80\x99" in job["description"]]
    assert len(real) * 0.5 < len(garbled) < len(real)
    assert {job["salary_min"] > 0 for job in real} == {True, False}
    assert {job["location"] == "" for job in real} == {True, False}


def test_jobicy() -> None:
    """Entities escaped twice, double spaces between countries, pay fields only where there is pay."""
    listed = jobs(quiet(), "jobicy")
    assert any("&amp;amp;" in job["jobTitle"] for job in listed)
    assert any(",  " in job["jobGeo"] for job in listed)
    assert {"salaryMin" in job for job in listed} == {True, False}


@pytest.mark.parametrize("board", ["euremotejobs", "jobicy-rss"])
def test_wpjobmanager(board: str) -> None:
    """Company and place in `job_listing:` elements, a member of staff as the author, a number as the guid."""
    entries = parsed(quiet(), board).entries
    assert all(entry.job_listing_company and entry.job_listing_location for entry in entries)
    assert {entry.author for entry in entries} == {"Robin of the staff"}
    assert all(re.search(r"\?post_type=job_listing&p=\d+$", entry.id) for entry in entries)


def test_himalayas() -> None:
    """Company and expiry in elements of its own; the JSON gives seconds, lists, and null for no pay."""
    boards = quiet()
    assert all(entry.himalayasjobs_companyname for entry in parsed(boards, "himalayas").entries)
    assert all(entry.himalayasjobs_expirydate for entry in parsed(boards, "himalayas").entries)
    listed = jobs(boards, "himalayas-world")
    assert 0 < len(listed) <= 20
    assert all(job["expiryDate"] - job["pubDate"] == 30 * 86_400 for job in listed)
    assert {job["minSalary"] is None for job in listed} == {True, False}


def test_workingnomads_hn_and_greenhouse() -> None:
    """A bare array with offsets; stories whose jobs are in a thread; HTML escaped once more."""
    boards = quiet()
    assert all(re.search(r"-0[45]:00$", job["pub_date"]) for job in jobs(boards, "workingnomads"))
    assert all(isinstance(job["tags"], str) for job in jobs(boards, "workingnomads"))
    hits = json.loads(boards.body("hn"))["hits"]
    assert [hit["title"] for hit in hits] == [
        f"Ask HN: Who is hiring? ({m} 2026)" for m in ("September", "August")
    ]
    assert all(job["content"].startswith("&lt;div") for job in jobs(boards, "gitlab"))


def test_titles_that_hold_a_company() -> None:
    """`Role at Company` (NoDesk, not well-formed), `Role, Company` (python.org), `job:company` (LaraJobs)."""
    boards = quiet()
    companies = {posting.company for posting in boards.postings("nodesk")}
    assert {entry.title.rpartition(" at ")[2] for entry in parsed(boards, "nodesk").entries} == companies
    with pytest.raises(ElementTree.ParseError, match="undefined entity"):
        ElementTree.fromstring(boards.body("nodesk"))  # noqa: S314 - our own bytes
    assert all(entry.title.count(", ") == 1 for entry in parsed(boards, "pythonorg").entries)
    assert all(entry.job_company and entry.job_location for entry in parsed(boards, "larajobs").entries)
    assert any("on site" in entry.job_location for entry in parsed(boards, "larajobs").entries)


def test_only_the_oddly_formed_are_not_well_formed() -> None:
    """Every other XML body is real XML."""
    boards = quiet()
    for board in set(XML) - {"nodesk"}:
        assert ElementTree.fromstring(boards.body(board)).tag  # noqa: S314 - our own bytes


# -- the feed book -------------------------------------------------------------------------------


def test_their_feed_book_is_the_real_one_with_other_addresses() -> None:
    """The same ids in the same order, names, parsers and flags; what is only for people is left out."""
    for_people = {"kind", "terms_url", "checked", "note", "use_logo", "url"}
    real = yaml.safe_load((ROOT / "feeds.yaml").read_text())["feeds"]
    invented = yaml.safe_load(quiet().feeds_yaml())["feeds"]
    assert [
        {"parser": "generic", **{k: v for k, v in feed.items() if k not in for_people}} for feed in real
    ] == [{key: value for key, value in feed.items() if key not in for_people} for feed in invented]
    assert all(feed["url"].startswith("http://127.0.0.1:") for feed in invented)


def test_chosen_feeds_are_on_and_given_keys_hold_for_all() -> None:
    """Ids in the order given; keys that may be defaults stand there, others in every entry."""
    book = yaml.safe_load(quiet().feeds_yaml(["atom", "remotive", "nodesk"], poll_minutes=5, delay_h=0))
    assert book["defaults"] == {"poll_minutes": 5}
    assert [feed["id"] for feed in book["feeds"]] == ["atom", "remotive", "nodesk"]
    for feed in book["feeds"]:
        assert (feed["enabled"], feed["delay_h"], "poll_minutes" in feed) == (True, 0, False)
