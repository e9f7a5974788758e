"""The invented boards over HTTP: conditional requests, threads, publishing, and everything a server does wrong."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from sandbox.boards import Boards, catalogue
from tests.fakes import Clock
from tests.sandbox.test_boards import ALL, jobs, parsed, quiet

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
async def boards(clock: Clock) -> AsyncIterator[Boards]:
    """The boards, served on this machine by the test's clock."""
    async with Boards(clock, seed=7) as served:
        yield served


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A reader that follows no redirect."""
    async with aiohttp.ClientSession() as session:
        yield session


# -- over HTTP -----------------------------------------------------------------------------------


@pytest.mark.parametrize("board", ALL)
async def test_each_is_served_as_what_it_is(boards: Boards, http: aiohttp.ClientSession, board: str) -> None:
    """Its bytes under its type, on 127.0.0.1; the request is in its log."""
    async with http.get(boards.url(board), headers={"User-Agent": "reader/1"}) as answer:
        body = await answer.read()
        assert (answer.status, body) == (200, boards.body(board))
        assert answer.headers["Content-Type"] == next(
            b.shape.CONTENT_TYPE for b in (*catalogue.BOARDS, *catalogue.PLAIN) if b.id == board
        )
    [request] = boards.requests(board)
    assert (request.conditional, request.status, request.size) == (False, 200, len(body))
    assert request.user_agent == "reader/1"


async def test_who_has_it_already_gets_304(boards: Boards, http: aiohttp.ClientSession, clock: Clock) -> None:
    """By ETag or by date, until something is published; an ETag decides before a date does."""
    async with http.get(boards.url("wwr")) as answer:
        etag, date = answer.headers["ETag"], answer.headers["Last-Modified"]
    clock.move(timedelta(hours=1))

    async def status(**headers: str) -> tuple[int, int]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with http.get(boards.url("wwr"), headers=named) as answer:
            return answer.status, len(await answer.read())

    assert await status(If_None_Match=etag) == (304, 0)
    assert await status(If_None_Match=f'"other", {etag}') == (304, 0)
    assert await status(If_Modified_Since=date) == (304, 0)
    assert (await status(If_None_Match='"other"', If_Modified_Since=date))[0] == 200
    assert (await status(If_Modified_Since="yesterday"))[0] == 200
    boards.publish("wwr")
    assert (await status(If_None_Match=etag, If_Modified_Since=date))[0] == 200
    assert [request.conditional for request in boards.requests("wwr")] == [False] + [True] * 6


async def test_validators_are_as_configured(boards: Boards, http: aiohttp.ClientSession) -> None:
    """Both, one of them, or none at all."""
    boards.validators("wwr", etag=False)
    boards.validators("remotive", last_modified=False)
    boards.behave("jobicy", "no_validators")
    found = []
    for board in ("wwr", "remotive", "jobicy"):
        async with http.get(boards.url(board), headers={"If-None-Match": '"x"'}) as answer:
            found.append((answer.status, "ETag" in answer.headers, "Last-Modified" in answer.headers))
    assert found == [(200, False, True), (200, True, False), (200, False, False)]


async def test_hackernews_threads(boards: Boards, http: aiohttp.ClientSession) -> None:
    """The id that the search names leads to the thread, beside the search or at the host's root; others to 404."""
    story = json.loads(boards.body("hn"))["hits"][0]["objectID"]
    beside = boards.url("hn").rpartition("/")[0]
    root = "http://{}:{}/api/v1".format(*boards.address)
    for start in (beside, root):
        async with http.get(f"{start}/items/{story}") as answer:
            thread = await answer.json()
            assert answer.status == 200
    comments = [child for child in thread["children"] if child["text"]]
    assert len(comments) == len(thread["children"]) - 1 == len(boards.postings("hn"))
    assert all(comment["text"].count(" | ") >= 3 for comment in comments)
    assert any(comment["children"] for comment in comments)
    async with http.get(f"{beside}/items/1") as answer:
        assert answer.status == 404


async def test_a_published_posting_comes_first_and_a_withdrawn_one_is_gone(
    boards: Boards, clock: Clock
) -> None:
    """One posting may stand on two boards; several are published oldest first."""
    clock.move(timedelta(hours=1))
    [posting] = boards.publish("wwr")
    assert boards.publish("remotive", posting=posting) == [posting]
    assert jobs(boards, "remotive")[0]["title"] == posting.role
    assert parsed(boards, "wwr").entries[0].title == f"{posting.company}: {posting.role}"
    older, newer = boards.publish("wwr", 2)
    assert boards.postings("wwr")[:3] == [newer, older, posting]
    boards.withdraw("remotive", posting)
    assert posting not in boards.postings("remotive")
    assert posting in boards.postings("wwr")


# -- odd behaviour -------------------------------------------------------------------------------


def guids(boards: Boards, board: str) -> list[str]:
    return [entry.id for entry in parsed(boards, board).entries]


@pytest.mark.parametrize("board", ["wwr", "euremotejobs", "rwfa", "larajobs", "atom"])
def test_guids_can_go_wrong(board: str) -> None:
    """One stands there twice; or all change while links stay; or the links change as well. Mending mends it."""
    boards = quiet()
    before = guids(boards, board)
    links = [entry.link for entry in parsed(boards, board).entries]
    boards.behave(board, "duplicate_guid")
    assert guids(boards, board) == [before[0], *before]
    boards.behave(board, "change_all_guids", links=True)
    assert not set(guids(boards, board)) & set(before)
    assert not {entry.link for entry in parsed(boards, board).entries} & set(links)
    boards.mend(board)
    assert guids(boards, board) == before


@pytest.mark.parametrize("board", ["wwr", "euremotejobs", "rwfa", "atom"])
def test_guids_can_change_alone(board: str) -> None:
    """The page of a posting stays where it was."""
    boards = quiet()
    before = {entry.id: entry.link for entry in parsed(boards, board).entries}
    boards.behave(board, "change_all_guids")
    after = {entry.id: entry.link for entry in parsed(boards, board).entries}
    assert not before.keys() & after.keys()
    assert list(before.values()) == list(after.values())


def test_dates_can_all_become_now() -> None:
    """The moment is that at which it began, and stays."""
    clock = Clock()
    boards = quiet(clock)
    clock.move(timedelta(days=1))
    boards.behave("wwr", "bump_dates")
    assert {entry.published for entry in parsed(boards, "wwr").entries} == {"Tue, 08 Sep 2026 09:00:00 +0000"}


def test_bytes_can_go_wrong() -> None:
    """Latin-1 that calls itself UTF-8; an end that never came."""
    boards = quiet()
    whole = boards.body("wwr")
    boards.behave("wwr", "latin1")
    with pytest.raises(UnicodeDecodeError):
        boards.body("wwr").decode()
    assert b'encoding="UTF-8"' in boards.body("wwr")
    boards.behave("wwr", "broken")
    assert whole.startswith(boards.body("wwr")) and b"</rss>" not in boards.body("wwr")


async def test_answers_can_go_wrong(boards: Boards, http: aiohttp.ClientSession, clock: Clock) -> None:
    """A page for people, nothing, a redirect, a refusal with and without a time to come back."""
    found: list[tuple[int, str | None, int]] = []
    for what, options in (
        ("html", {}),
        ("empty", {}),
        ("redirect", {"to": "http://127.0.0.1:1/"}),
        ("status", {}),
        ("status", {"status": 429, "retry_after": 120}),
        ("status", {"retry_after": clock.now + timedelta(hours=1)}),
    ):
        boards.behave("wwr", what, **options)
        async with http.get(boards.url("wwr"), allow_redirects=False) as answer:
            hint = answer.headers.get("Location") or answer.headers.get("Retry-After")
            found.append((answer.status, hint, len(await answer.read())))
    sizes = [request.size for request in boards.requests("wwr")]
    assert [size for _, _, size in found] == sizes
    assert [(status, hint) for status, hint, _ in found] == [
        (200, None),
        (200, None),
        (302, "http://127.0.0.1:1/"),
        (503, None),
        (429, "120"),
        (503, "Mon, 07 Sep 2026 10:00:00 GMT"),
    ]
    assert sizes[0] > 50 and sizes[1] == 0


async def test_an_endless_answer_is_streamed(boards: Boards, http: aiohttp.ClientSession) -> None:
    """As many megabytes as asked for, with no length told in advance."""
    boards.behave("wwr", "huge", megabytes=2)
    async with http.get(boards.url("wwr")) as answer:
        assert "Content-Length" not in answer.headers
        assert len(await answer.read()) > 2 * 2**20


async def test_a_drip_ends_when_the_reader_leaves_or_the_boards_close(clock: Clock) -> None:
    """A byte at a time, for ever; closing the boards does not wait for it."""
    async with Boards(clock) as boards, aiohttp.ClientSession() as http:
        boards.behave("wwr", "drip", pause_s=0.01)
        async with http.get(boards.url("wwr")) as answer:
            pieces = [await answer.content.readany() for _ in range(3)]
        assert pieces[0].startswith(b"<?xml") and set(pieces[1]) == set(pieces[2]) == {ord(" ")}
        boards.behave("remotive", "drip", pause_s=3600)
        still_open = await http.get(boards.url("remotive"))
    assert [request.status for request in boards.requests("remotive")] == [200]
    still_open.close()


def test_a_word_that_is_no_board_or_behaviour_is_an_error_that_lists_them() -> None:
    """A typing mistake in a test must not pass for good behaviour."""
    with pytest.raises(ValueError, match=r"no behaviour 'hmtl'; there are: .*html"):
        quiet().behave("wwr", "hmtl")
    with pytest.raises(LookupError, match=r"no board 'wrw'; there are: wwr, "):
        quiet().publish("wrw")


def test_alone_they_print_one_line_and_serve_until_they_are_told_to_stop() -> None:
    """`python -m sandbox.boards`: the line is JSON with every feed's address; SIGTERM ends it with 0."""
    with subprocess.Popen(
        [sys.executable, "-m", "sandbox.boards", "--seed", "3", "--every", "0.01"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        feeds = json.loads(process.stdout.readline())["feeds"]
        process.terminate()
        assert process.stdout.read() == ""
    assert process.returncode == 0
    assert list(feeds) == [board.id for board in catalogue.BOARDS]
    assert all(url.startswith("http://127.0.0.1:") for url in feeds.values())
