"""Files on their way from the browser: what is kept, what is refused, and in which words."""

from __future__ import annotations

import aiohttp
import pytest

from sandbox import Sandbox
from sandbox.limits import FILE_BYTES
from sandbox.page.uploads import KEPT_S, MOST_WAITING, TooMuch, Waiting, short_name
from sandbox.uploads import MIB, Upload
from tests.page.tab import origin, tab, upload


class Hand:
    """A clock and ids, moved by hand."""

    def __init__(self) -> None:
        self.now, self.last = 0.0, 0

    def clock(self) -> float:
        return self.now

    def next(self) -> int:
        self.last += 1
        return self.last


def _waiting() -> tuple[Waiting, Hand]:
    hand = Hand()
    return Waiting(hand.next, hand.clock), hand


def test_a_file_waits_until_it_is_sent_or_an_hour_has_passed() -> None:
    """Sending forgets it; so does an hour."""
    waiting, hand = _waiting()
    first, second = waiting.add(Upload("a.txt", b"a")), waiting.add(Upload("b.txt", b"b"))
    assert [file.data for file in waiting.find([second, first])] == [b"b", b"a"]
    waiting.forget([first])
    with pytest.raises(TooMuch, match="Choose it again"):
        waiting.find([first])
    hand.now = KEPT_S + 1
    with pytest.raises(TooMuch, match="Choose it again"):
        waiting.find([second])


def test_few_and_small_files_wait_at_a_time() -> None:
    """Neither their number nor their size grows without bound; both refusals say what to do."""
    waiting, _ = _waiting()
    for _ in range(MOST_WAITING):
        waiting.add(Upload("a.txt", b""))
    with pytest.raises(TooMuch, match="Send or remove some"):
        waiting.add(Upload("a.txt", b""))
    waiting, _ = _waiting()
    with pytest.raises(TooMuch, match="Send or remove some"):
        for _ in range(MOST_WAITING):
            waiting.add(Upload("a.txt", bytes(FILE_BYTES)))
    with pytest.raises(TooMuch, match="has up to 10 MiB"):
        waiting.add(Upload("a.txt", bytes(FILE_BYTES + 1)))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\my cv.pdf", "my_cv.pdf"),
        ("", "file"),
        ("...", "file"),
        ("a\x00\nb.png", "a_b.png"),
        ("x" * 300 + ".png", "x" * 116 + ".png"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_files_name_is_made_plain(sent: str, kept: str) -> None:
    """No folder, no control character, not endless; the ending stays."""
    assert short_name(sent) == kept


async def test_an_upload_is_answered_with_what_it_is() -> None:
    """The type follows from the name, not from what the browser claims."""
    async with Sandbox() as sandbox, tab(sandbox, "ana"):
        status, file = await upload(sandbox, "photo.png", b"\x89PNG")
        assert status == 200
        assert file | {"id": ""} == {
            "id": "",
            "filename": "photo.png",
            "size": 4,
            "content_type": "image/png",
        }
        assert (await upload(sandbox, "empty", b""))[1]["content_type"] == "application/octet-stream"


async def test_a_file_over_the_limit_is_refused_in_words() -> None:
    """413, and the words name the file, the limit and what to do; a file of just the limit is taken."""
    async with Sandbox() as sandbox, tab(sandbox, "ana"):
        status, answer = await upload(sandbox, "film.mp4", bytes(10 * MIB + 1))
        assert status == 413
        words = "“film.mp4” is too large: a file has up to 10 MiB. Choose a smaller one."
        assert answer == {"error": words}
        assert (await upload(sandbox, "film.mp4", bytes(10 * MIB)))[0] == 200


@pytest.mark.parametrize(
    "body", [b"", b"--x\r\n\r\n", b"--x\r\nContent-Disposition: form-data; name=other\r\n\r\ny\r\n--x--"]
)
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "multipart/form-data", "text/plain"])
async def test_a_form_without_a_file_is_refused(body: bytes, kind: str) -> None:
    """Whatever is sent instead of a file is answered as a bad request."""
    async with Sandbox() as sandbox, aiohttp.ClientSession() as http:
        headers = {"Origin": origin(sandbox), "Content-Type": kind}
        async with http.post(f"{sandbox.page}files", data=body, headers=headers) as answer:
            assert answer.status == 400
