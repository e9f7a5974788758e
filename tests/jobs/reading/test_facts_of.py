"""Facts have a budget of their own: what costs an opening its facts costs it nothing else."""

import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.jobs.facts import decode
from bot.jobs.reading.facts_of import facts_of
from bot.jobs.reading.parse import parse_body
from bot.jobs.reading.reader import FACTS_AT_ONCE, KEPT_TEXT, Reader
from bot.ports import Entry, FeedSpec, Reading, Trouble, Validators, WorkerTrouble
from bot.workers import Pool
from tests.jobs.reading.hosts import NOW, answers, serve
from tests.jobs.reading.test_parse import JSON_FEED, item, reading, rss


class Fields(Mapping[str, str]):
    """A board's fields that never come to an end, or that break, when somebody looks at them."""

    def __init__(self, *, broken: bool) -> None:
        self._broken = broken

    def __getitem__(self, name: str) -> str:
        if self._broken:
            raise ZeroDivisionError("a mistake of ours")
        while True:
            pass

    def __iter__(self) -> Iterator[str]:
        yield self["any"]

    def __len__(self) -> int:
        return 1


def entry(**given: Any) -> Entry:
    return Entry(**{"guid": None, "url": "https://a.example/1", "title": "Diver", **given})


@pytest.mark.parametrize(
    ("fields", "wrong"), [(Fields(broken=False), "TooSlowError"), (Fields(broken=True), "ZeroDivisionError")]
)
def test_one_posting_takes_nothing_from_the_others(fields: Fields, wrong: str) -> None:
    """A posting without end, and one that meets a mistake of ours, go without facts; their neighbours have theirs."""
    facts, first = facts_of([entry(), entry(fields=fields), entry()], "wwr")
    assert [bool(one) for one in facts] == [True, False, True]
    assert first == wrong


class Dying:
    """Workers that read a body as it was given to them, and die at the second part of its facts."""

    def __init__(self, given: Reading) -> None:
        self._given = given
        self._parts = 0

    async def call(self, function: str, *arguments: Any, timeout_s: float = 5.0) -> Any:
        if function == "bot.jobs.reading.parse:parse_body":
            return self._given, None
        self._parts += 1
        if self._parts > 1:
            raise WorkerTrouble("timeout", "The child process took more than 10 s.")
        return facts_of(*arguments)


async def test_a_part_that_stops_a_worker_loses_facts_alone(caplog: pytest.LogCaptureFixture) -> None:
    """Every opening is kept, with facts as far as they came, its text cut; one line of the log tells it."""
    caplog.set_level(logging.WARNING)
    many = tuple(entry(title=f"Diver {n}", text="deep " * 2_000) for n in range(2 * FACTS_AT_ONCE + 1))
    async with serve(answers()) as host:
        fetcher, feed = host.fetcher(), host.feed()
        found = await Reader((feed,), fetcher, Dying(Reading(many, Validators()))).read(
            feed, Validators(), NOW
        )
        await fetcher.close()
    assert isinstance(found, Reading)
    assert [one.title for one in found.entries] == [one.title for one in many]
    assert [bool(one.facts) for one in found.entries] == [True] * FACTS_AT_ONCE + [False] * (
        FACTS_AT_ONCE + 1
    )
    assert all(0 < len(one.text) <= KEPT_TEXT for one in found.entries)
    assert [record.getMessage() for record in caplog.records] == [
        "feed a: 251 of 501 openings without facts: timeout"
    ]


async def _read(body: bytes) -> object:
    """The whole way, with the limits that hold in earnest."""
    async with serve(answers(body)) as host:
        fetcher, feed, pool = host.fetcher(), host.feed(), Pool(size=1)
        found = await Reader((feed,), fetcher, pool).read(feed, Validators(), NOW)
        await fetcher.close()
        await pool.close()
    return found


async def test_five_megabytes_on_one_line() -> None:
    """An opening whose text is one line of 5 MB is read, cut and has its facts; its neighbour is whole."""
    line = "Remote within Portugal only. " * 170_000
    body = rss(
        item(more=f"<description>{line}</description>"), item("Cook", more="<description>Fry.</description>")
    )
    found = await _read(body.encode())
    assert isinstance(found, Reading), found
    diver, cook = found.entries
    assert (len(diver.text) <= KEPT_TEXT, cook.text) == (True, "Fry.")
    assert decode(diver.facts).place.countries_in == ("PT",)
    assert cook.facts


@pytest.mark.parametrize("end", ["</channel></rss>", ""])
def test_a_feed_of_a_hundred_thousand_items(end: str) -> None:
    """5,000 are read and all others counted, whether the feed ends or is cut off."""
    items = "".join(
        f"<item><title>n{n}</title><link>https://a.example/{n}</link></item>" for n in range(60_000)
    )
    found = reading(f"<rss version='2.0'><channel><title>x</title>{items}{end}")
    assert (len(found.entries), found.left_out, found.entries[-1].title) == (5_000, 55_000, "n4999")


def test_a_json_feed_of_a_hundred_thousand_items() -> None:
    """The same for JSON."""
    many = {**JSON_FEED, "items": [JSON_FEED["items"][0]] * 100_000}
    parsed = parse_body(json.dumps(many).encode(), None, "generic", (), NOW)
    assert not isinstance(parsed, Trouble)
    assert (len(parsed[0].entries), parsed[0].left_out) == (5_000, 95_000)


async def test_a_feed_of_a_million_items_is_too_big() -> None:
    """More than 5 MB are not even read to their end."""
    body = b"<rss><channel>" + b"<item/>" * 1_000_000
    async with serve(answers(body)) as host:
        fetcher = host.fetcher()
        found = await fetcher.fetch(FeedSpec(id="a", name="A", url=host.url()), Validators(), NOW)
        await fetcher.close()
    assert isinstance(found, Trouble)
    assert found.code == "too_big"
