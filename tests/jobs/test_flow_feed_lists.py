"""OPML in and out: each feed tested, nothing of a list goes without a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.jobs.added import MOST_HERE, feed_id
from bot.jobs.flow import added, feed_lists
from bot.jobs.flow.feed_lists import MOST, Imported
from bot.jobs.reading import opml
from bot.moderation.rights import Person
from bot.ports import FoundFeed, Trouble, WorkerTrouble
from bot.refusals import Refusal
from bot.storage import Store
from tests.fakes import Clock
from tests.jobs.parts import ANA, MO, Town, town
from tests.jobs.values import entry, feed

NEIGHBOUR = Person(id=200, guild_id=2, manages=True)


@dataclass(frozen=True)
class HereAndNow:
    """bot.ports.Workers without a process: it reads lists itself, or dies of them."""

    dies: bool = False

    async def call(self, function: str, *arguments: Any, timeout_s: float = 5.0) -> Any:
        assert function == "bot.jobs.reading.opml:feeds_in"
        if self.dies:
            raise WorkerTrouble("memory", "too much")
        return opml.feeds_in(*arguments)


def url(number: int) -> str:
    return f"https://lamps.example/{number}/feed"


def listed(numbers: Iterable[int]) -> bytes:
    return opml.document("Lamps", (FoundFeed(url(n), f"Lamp {n}") for n in numbers), Clock()())


@pytest.fixture
async def it(store: Store) -> Town:
    made = await town(store)
    made.app = replace(made.app, workers=HereAndNow())
    for number in range(120):
        made.feeds.shows([entry(number)], of=feed_id(url(number)))
    return made


async def take_in(it: Town, body: bytes, person: Person = MO) -> list[Imported]:
    return [told async for told in feed_lists.take_in(it.app, person, body, it.clock())]


async def test_a_list_is_tested_and_added(it: Town) -> None:
    """Each feed is read once; those that work are added under their own names, the others told with what to do."""
    it.feeds.answers[feed_id(url(2))] = Trouble("gone", "The server answered 404.")
    told = await take_in(it, listed([1, 2, 3]))
    assert [one.done for one in told] == [0, 1, 2, 3]
    result = told[-1]
    assert (result.of, result.added, result.heard, result.left) == (3, ("Lamp 1", "Lamp 3"), (), ())
    ((name, words),) = result.failed
    assert name == "Lamp 2"
    assert "is no longer at this address" in words
    lines = await added.listed(it.app, MO, it.clock())
    assert [line.name for line in lines if line.added] == ["Lamp 1", "Lamp 3"]


async def test_what_is_heard_already_is_not_read_again(it: Town) -> None:
    """Feeds of the book and one's own are told as heard; what another server added is joined without a reading."""
    await take_in(it, listed([1]))
    await take_in(it, listed([2]), NEIGHBOUR)
    asked = len(it.feeds.asked)
    book = opml.document(
        "x", [FoundFeed(feed().url, "Board"), FoundFeed(url(1), ""), FoundFeed(url(2), "")], it.clock()
    )
    (*_, result) = await take_in(it, book)
    assert (result.heard, result.added) == (("Board", "Lamp 1"), ("Lamp 2",))
    assert len(it.feeds.asked) == asked


async def test_a_list_of_ten_thousand(it: Town) -> None:
    """A hundred are taken, of which a server has room for 25; every other one is named, in its order."""
    (*_, result) = await take_in(it, listed(range(10_000)))
    assert (result.of, len(result.added)) == (MOST, MOST_HERE)
    assert result.left[:2] == (f"Lamp {MOST_HERE}", f"Lamp {MOST_HERE + 1}")
    assert len(result.added) + len(result.left) == 10_000
    assert len(it.feeds.asked) <= MOST_HERE + feed_lists.AT_ONCE


async def test_a_hundred_are_tested_at_most(it: Town) -> None:
    """Where they fail there is room to the end; the 101st is left, and told so."""
    for number in range(120):
        it.feeds.answers[feed_id(url(number))] = Trouble("no_host", "Its host name leads nowhere.")
    (*_, result) = await take_in(it, listed(range(120)))
    assert (len(result.failed), result.left[0], len(result.left)) == (MOST, f"Lamp {MOST}", 20)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "is no XML, or is cut off"),
        (b"<opml><body><outline", "is no XML, or is cut off"),
        (b"<rss version='2.0'/>", "is no OPML"),
        (b"<opml version='2.0'><body/></opml>", "holds no feed"),
        (b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml><body>&a;</body></opml>", "holds a document type"),
        (b" " * 5_000_001, "is larger than 5 MB"),
    ],
)
async def test_what_is_no_list_is_refused(it: Town, body: bytes, why: str) -> None:
    """The words say why; nothing is read."""
    with pytest.raises(Refusal, match="list_wrong") as refused:
        await take_in(it, body)
    assert why in str(refused.value.facts["why"])
    assert it.feeds.asked == []


async def test_a_list_that_kills_its_reader_is_refused(it: Town) -> None:
    """It is read in a process of its own, whose end is the list's fault."""
    it.app = replace(it.app, workers=HereAndNow(dies=True))
    with pytest.raises(Refusal, match="list_wrong"):
        await take_in(it, listed([1]))


async def test_members_may_not(it: Town) -> None:
    """Moderators only, both ways."""
    with pytest.raises(Refusal, match="moderators_only"):
        await take_in(it, listed([1]), ANA)
    with pytest.raises(Refusal, match="moderators_only"):
        await feed_lists.give_out(it.app, ANA, it.clock())


async def test_what_goes_out_comes_in_again(it: Town) -> None:
    """The file holds the book's feeds and the server's own, and another server can take it in."""
    await take_in(it, listed([1, 2]))
    body = await feed_lists.give_out(it.app, MO, it.clock())
    assert [(one.title, one.url) for one in opml.feeds_in(body)] == [
        (feed().name, feed().url),
        ("Lamp 1", url(1)),
        ("Lamp 2", url(2)),
    ]
    (*_, result) = await take_in(it, body, NEIGHBOUR)
    assert (result.heard, result.added) == (("Board",), ("Lamp 1", "Lamp 2"))
