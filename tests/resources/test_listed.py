"""What is listed for a need, and what moderators may add; on both databases where a database matters."""

from __future__ import annotations

import asyncio
import datetime
from dataclasses import replace
from typing import Any

import pytest

from bot.app import App
from bot.moderation.rights import Person
from bot.ports import Resource
from bot.refusals import Refusal
from bot.resources import flow
from bot.resources.listed import MOST_OWN, NEEDS, Own, by_need, checked, counts, need_of, needs_like
from bot.storage import Store
from tests.deliveries.parts import NOON, app_of
from tests.fakes import Clock, FakeMessenger

MO, ANA, PAT = Person(100, 1, manages=True), Person(101, 1, manages=False), Person(200, 2, manages=True)


def resource(name: str, need: str = "tools", *, closed: bool = False) -> Resource:
    url = f"https://{name.lower()}.example/"
    return Resource(
        name, url, need, "everybody", "free", "Good.", "list", datetime.date(2026, 11, 21), closed
    )


def own(name: str, need: str = "tools") -> Own:
    return Own(1, name, f"https://{name.lower()}.example/", need, "")


def test_the_servers_own_come_first_and_closed_ones_last() -> None:
    """In their order otherwise; other needs stay out."""
    common = [resource("Gone", closed=True), resource("Here"), resource("Elsewhere", "places")]
    found = by_need("tools", [own("Ours"), own("Theirs", "places")], common)
    assert [one.name for one in found.own] == ["Ours"]
    assert [one.name for one in found.common] == ["Here", "Gone"]
    assert counts([own("Ours")], common) == {"places": 1, "tools": 3}


@pytest.mark.parametrize(
    ("typed", "need"),
    [
        ("tools", "tools"),
        ("Interview", "interviews"),
        ("pay", "negotiation"),
        ("SCAMS", "safety"),
        ("intreviews", "interviews"),
        ("remote work", "remote work"),
        ("cv", "applying"),
        ("my résumé", "applying"),
        ("salary", "negotiation"),
        ("coworking space", "places"),
    ],
)
def test_a_need_in_somebodys_own_words(typed: str, need: str) -> None:
    """The word itself, a word of its name or one that means it, another case, a slip of the finger."""
    assert need_of(typed) == need


@pytest.mark.parametrize("typed", ["abc", "a", "to", "portugal"])
def test_words_that_mean_none(typed: str) -> None:
    """Letters that happen to stand in a need's words are no need."""
    with pytest.raises(Refusal, match="need_unknown"):
        need_of(typed)


def test_a_need_that_is_none() -> None:
    """It is refused by its name; nothing typed offers all of them."""
    with pytest.raises(Refusal) as refused:
        need_of("qqqqqq")
    assert (refused.value.reason, refused.value.facts) == ("need_unknown", {"text": "qqqqqq"})
    assert needs_like("") == list(NEEDS)


def test_the_first_letters_are_enough_to_be_offered() -> None:
    assert "negotiation" in needs_like("pa") and "tools" in needs_like("t")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"name": " \u200b "}, "resource_without_name"),
        ({"url": "https://10.0.0.1/"}, "link_not_public"),
        ({"url": "https://discord.gg/abc"}, "link_refused"),
        ({"url": f"https://x.example/{'a' * 300}"}, "link_refused"),
        ({"url": "http://www.ours.example?utm_source=me"}, "resource_there"),
        ({"need": "fun"}, "need_unknown"),
    ],
)
def test_what_is_refused(given: dict[str, Any], reason: str) -> None:
    """Each with its own reason; the same page in another spelling is the same."""
    entry = {"name": "New", "url": "https://new.example/", "need": "tools", "words": "Good."} | given
    with pytest.raises(Refusal) as refused:
        checked(**entry, existing=[own("Ours")])
    assert refused.value.reason == reason


@pytest.fixture
def app(store: Store, clock: Clock) -> App:
    return replace(app_of(store, FakeMessenger(clock), clock), resources=(resource("Here"),))


@pytest.mark.store
async def test_a_server_adds_its_own(app: App) -> None:
    """It is there for that server alone, until a moderator of it takes it away."""
    kept = await flow.add(app, MO, "Ours", "ours.example", "tools", "  Good\nfor us ", NOON)
    assert (kept.url, kept.words) == ("https://ours.example", "Good for us")
    assert [one.name for one in (await flow.listed(app, 1, "tools")).own] == ["Ours"]
    assert (await flow.listed(app, 2, "tools")).own == () == (await flow.listed(app, None, "tools")).own
    assert await flow.overview(app, 1) == {"tools": 2}
    (mine,) = await flow.own(app, 1)
    await flow.remove(app, PAT, mine.id)
    assert len(await flow.own(app, 1)) == 1
    await flow.remove(app, MO, mine.id)
    await flow.remove(app, MO, mine.id)
    assert await flow.own(app, 1) == []


@pytest.mark.store
async def test_only_moderators_add_and_remove(app: App) -> None:
    """Asked at each press."""
    with pytest.raises(Refusal, match="moderators_only"):
        await flow.add(app, ANA, "Ours", "ours.example", "tools", "", NOON)
    with pytest.raises(Refusal, match="moderators_only"):
        await flow.remove(app, ANA, 1)


@pytest.mark.store
async def test_the_same_link_at_once(app: App) -> None:
    """Two presses are one entry, and the second hears that it is there."""
    adding = [flow.add(app, MO, "Ours", "ours.example", "tools", "", NOON) for _ in range(2)]
    done = await asyncio.gather(*adding, return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Own", "Refusal"]
    assert len(await flow.own(app, 1)) == 1


@pytest.mark.store
async def test_a_list_that_is_full(app: App) -> None:
    """There is a limit, and it says so."""
    for number in range(MOST_OWN):
        await flow.add(app, MO, f"Number {number}", f"https://n{number}.example", "tools", "", NOON)
    with pytest.raises(Refusal, match="too_many_resources"):
        await flow.add(app, MO, "One more", "https://more.example", "tools", "", NOON)
