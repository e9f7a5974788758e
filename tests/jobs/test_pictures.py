"""Pictures are drawn in a worker, within its memory, whatever words stand in them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.workers import Pool
from tests.cogs.words import ARABIC, GLYPHS, HOSTILE

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_WORDS = ["Python", "$x^2$ $\\frac", "*" * 500, ARABIC, GLYPHS, HOSTILE, "日本語", ""]


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    """A worker with the memory that the bot gives it."""
    opened = Pool(size=1)
    yield opened
    await opened.close()


def _size(png: bytes) -> tuple[int, int]:
    assert png.startswith(_SIGNATURE)
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


async def test_the_market(pool: Pool) -> None:
    """Upright 4:5, small enough to send, drawn within 512 MB; strangers' words are only words."""
    bars = [(words, "41 %", 0.41, False) for words in _WORDS]
    pay = [("EUR a year", "82 k (70 k to 95 k)", None, False)]
    chapters = [
        ("Skills asked for", bars),
        ("Level", bars[:4]),
        ("Who may apply", bars[:5]),
        ("Stated pay", pay),
    ]
    for words in _WORDS:
        drawn = await pool.call("bot.jobs.pictures:market", words, words, chapters, timeout_s=60)
        assert _size(drawn) == (1080, 1350) and len(drawn) < 1_000_000


async def test_bars_differ_by_more_than_colour(pool: Pool) -> None:
    """A longer bar is another picture, and so is one of theirs."""
    drawn = [
        await pool.call("bot.jobs.pictures:market", "x", "y", [("Skills", [bar])], timeout_s=60)
        for bar in (("a", "9 %", 0.1, False), ("a", "9 %", 0.9, False), ("a ✓", "9 %", 0.1, True))
    ]
    assert len(set(drawn)) == 3


async def test_the_last_page(pool: Pool) -> None:
    """Numbers, large; also the largest and none at all."""
    for rows in ([("weeks", 11), ("saved", 43)], [("saved", 10**9)] * 6, []):
        drawn = await pool.call(
            "bot.jobs.pictures:last_page", "You made it", HOSTILE, rows, "$", timeout_s=60
        )
        assert _size(drawn) == (1080, 1350)
