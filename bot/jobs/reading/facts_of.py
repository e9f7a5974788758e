"""Entries → their facts. Runs in a worker, a part of a reading at a time.

One posting that takes too long, or meets a mistake of ours, goes without facts; it costs no other its own.
"""

from __future__ import annotations

import hashlib
import pickle
import signal
from collections.abc import Sequence
from types import FrameType

from bot.jobs.facts import Posting, encode, read
from bot.ports import Entry

POSTING_S = (
    1.0  # of CPU for a posting, which takes some 2 ms; not of a clock, so a busy machine changes nothing
)

MOST_REMEMBERED = 4_000  # a body with one new item holds the others again; facts take some 2 kB each

_read_before: dict[bytes, str] = {}  # of this process: hash of a posting → its facts, the oldest first


class TooSlowError(Exception):
    """Reading the facts of one posting took more than POSTING_S."""


def facts_of(entries: Sequence[Entry], parser: str) -> tuple[tuple[str, ...], str]:
    """For each entry its facts as JSON, "" where they could not be read; and the first exception's name, or ""."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    try:
        pairs = [_facts(entry, parser) for entry in entries]
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return tuple(facts for facts, _ in pairs), next((wrong for _, wrong in pairs if wrong), "")


def posting_of(entry: Entry, parser: str) -> Posting:
    """What facts are read from; parser: the board's word in feeds.yaml."""
    return Posting(
        title=entry.title,
        company=entry.company,
        board=parser,
        place_claim=entry.place_claim,
        pay_claim=entry.pay_claim,
        tags=entry.tags,
        text=entry.text,
        fields=entry.fields,
        url=entry.url,
    )


def _facts(entry: Entry, parser: str) -> tuple[str, str]:
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, POSTING_S)
        posting = posting_of(entry, parser)
        same = hashlib.sha256(pickle.dumps(posting)).digest()
        if same not in _read_before:
            if len(_read_before) >= MOST_REMEMBERED:
                del _read_before[next(iter(_read_before))]
            _read_before[same] = encode(read(posting))
        return _read_before[same], ""
    except Exception as wrong:  # of this posting alone
        return "", type(wrong).__name__


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooSlowError
