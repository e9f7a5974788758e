"""What became of openings after they were told, on both databases: the messages that stand say what is true now."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.jobs import store as store_of_jobs
from bot.jobs.facts import Pay
from bot.jobs.flow import subscriptions
from bot.jobs.flow.added import join, new_feed
from bot.moderation.rights import Person
from bot.ports import Entry, NotModified, Validators
from bot.storage import Store
from bot.storage.tables import opening, saved, sighting
from tests.jobs.parts import CHANNEL, OTHER_CHANNEL, Town, town
from tests.jobs.values import entry, feed, told_by

pytestmark = pytest.mark.store

HOUR = timedelta(hours=2)
DAY = timedelta(days=1)
FULL = feed(id="full", name="Full", list="full")
PAID = Pay(80_000, 90_000, "EUR", "year", "base", "80–90 k€", ())
SAME = NotModified(Validators(etag="v"))


@pytest.fixture
async def it(store: Store) -> Town:
    """Two boards whose backlog was read before anybody listened; then a channel that hears everything."""
    made = await town(store, feed(), feed(id="other", name="Other"), FULL)
    for one in made.feeds.book:
        made.feeds.shows([a(90)], one.id)
    await made.beat()
    await made.subscribe(preset="all")
    return made


def a(number: int, **given: Any) -> Entry:
    return entry(number, **{"published": None, "company": f"Invented {number}", **given})


def variants(*countries: str) -> list[Entry]:
    """One opening fanned out: the same in all but its place."""
    return [
        a(
            n,
            company="Wide Ltd",
            title="Engineer",
            url=f"https://board.example/{code}",
            place_claim=code,
            facts=told_by(f"wide {code}", "wide", code),
        )
        for n, code in enumerate(countries, 100)
    ]


def cards(it: Town, channel: int = CHANNEL) -> list[dict[str, Any]]:
    return [json.loads(value) for value in it.discord.said(channel)]


async def row(it: Town, title: str) -> dict[str, Any]:
    """The one opening of this title as it is kept."""
    async with it.app.store.read() as tx:
        found = await tx.execute(select(opening).where(opening.c.title == title))
        return dict(found.mappings().one())


# -- the same opening elsewhere ------------------------------------------------------------------


async def test_a_second_board_edits_the_first_message(it: Town) -> None:
    """No second card: the one that stands names the other board and links to its page, once."""
    it.feeds.shows([a(1, facts=told_by("k"))])
    await it.beat(HOUR)
    there = a(7, title="Engineer One", url="https://other.example/7", facts=told_by("k"))
    it.feeds.shows([there], "other")
    await it.beat(HOUR)
    it.feeds.shows([there], "other", etag="w")
    await it.beat(HOUR)
    (card,) = cards(it)
    assert (card["title"], card["also"]) == (
        "Engineer 1",
        [{"board": "Other", "url": "https://other.example/7"}],
    )
    assert it.discord.edits == 1
    async with it.app.store.read() as tx:
        seen = await tx.execute(select(sighting.c.feed_id).where(sighting.c.opening_id == card["opening_id"]))
        assert sorted(seen.scalars()) == ["board", "other"]


async def test_pay_that_contradicts_is_told_by_itself(it: Town) -> None:
    """The same key with another pay is another opening."""
    it.feeds.shows([a(1, facts=told_by("k", pay=PAID))])
    other = told_by("k", pay=replace(PAID, low=120_000, high=130_000))
    it.feeds.shows([a(7, company="Invented 1", facts=other)], "other")
    await it.beat(HOUR)
    assert sorted(it.titles()) == ["Engineer 1", "Engineer 7"]


async def test_a_board_that_asks_for_a_delay_is_named_after_it(store: Store) -> None:
    """Its readers have it first; the next reading after the delay names it."""
    it = await town(store, feed(), feed(id="late", name="Late", delay_h=5))
    for one in it.feeds.book:
        it.feeds.shows([a(90)], one.id)
    await it.beat()
    await it.subscribe()
    it.feeds.shows([a(1)])
    await it.beat(HOUR)
    it.feeds.shows([a(1)], "late")
    await it.beat(HOUR)
    assert [card["also"] for card in cards(it)] == [[]]
    await it.beat(3 * HOUR)
    assert [one["board"] for one in cards(it)[0]["also"]] == ["Late"]


async def test_what_only_an_added_feed_had_is_told_to_all_when_a_board_of_the_book_has_it(it: Town) -> None:
    """A server hears by its own feed what nobody else does; later the others hear it, and it not again."""
    there, elsewhere = Person(id=200, guild_id=2, manages=True), 20
    proposal = await subscriptions.propose(it.app, there, "", elsewhere, (), it.clock())
    await subscriptions.save(it.app, there, proposal.subscription.id, (), it.clock())
    theirs = new_feed("https://lamps.example/feed", "Lamps", it.clock())
    it.feeds.shows([a(80)], theirs.id)
    async with it.app.store.begin() as tx:
        await store_of_jobs.added.keep(tx, theirs)
        await join(it.app, tx, there, theirs, it.clock())
    await it.beat()
    it.feeds.shows([a(80), a(1)], theirs.id)
    await it.beat(HOUR)
    assert (it.titles(), it.titles(elsewhere)) == ([], ["Engineer 80", "Engineer 1"])
    it.feeds.shows([a(1)])
    await it.beat(HOUR)
    assert (it.titles(), it.titles(elsewhere)) == (["Engineer 1"], ["Engineer 80", "Engineer 1"])


# -- one opening in many places ------------------------------------------------------------------


async def test_forty_variants_of_one_reading_are_one_message(store: Store) -> None:
    """One card, which names the other places, and nothing had to be edited."""
    it = await town(store)
    known = [a(n) for n in range(200, 320)]
    it.feeds.shows(known)
    await it.beat()
    await it.subscribe(preset="all")
    codes = [f"{first}{second}" for first in "ABCDE" for second in "KLMNOPQR"]
    spread = variants(*codes)
    it.feeds.shows([*spread[:20], *known, *(a(n) for n in range(60)), *spread[20:]])
    await it.beat(HOUR)
    (card,) = [one for one in cards(it) if one["title"] == "Engineer"]
    assert sorted([*card["facts"]["place"]["countries_in"], *card["places"]]) == sorted(codes)
    assert (len(cards(it)), it.discord.edits) == (61, 0)


async def test_later_variants_are_one_edit_a_reading(it: Town) -> None:
    """What comes within two weeks joins the message that stands; after that it is news."""
    it.feeds.shows(variants("PT"))
    await it.beat(HOUR)
    it.feeds.shows(variants("PT", "PL", "ES"))
    await it.beat(HOUR)
    (card,) = cards(it)
    assert (sorted(card["places"]), it.discord.edits) == (["ES", "PL"], 1)
    it.feeds.shows(variants("PT", "PL", "ES", "IT"))
    await it.beat(15 * DAY)
    assert len(cards(it)) == 2


async def test_a_filter_loses_nothing_to_folding(it: Town) -> None:
    """A channel that didn't hear the first one hears the variant that passes its filter, once."""
    await it.subscribe("open-to:PL OR open-to:ES", OTHER_CHANNEL)
    it.feeds.shows(variants("PT"))
    await it.beat(HOUR)
    it.feeds.shows(variants("PT", "PL", "ES"))
    await it.beat(HOUR)
    (card,) = cards(it, OTHER_CHANNEL)
    assert card["facts"]["place"]["countries_in"] in (["PL"], ["ES"])
    assert len(cards(it)) == 1


# -- the end -------------------------------------------------------------------------------------


async def test_an_expired_opening_is_closed_in_its_message(it: Town) -> None:
    """When its end has passed; in the lists of those who saved it, too."""
    it.feeds.shows([a(1, expires=it.clock() + DAY)])
    await it.beat(HOUR)
    (card,) = cards(it)
    await save(it, card["opening_id"])
    await it.beat(DAY)
    (closed,) = cards(it)
    assert (closed["closed_why"], closed["closed_at"] is not None, it.discord.edits) == ("expired", True, 1)
    assert (await saved_row(it))["gone_at"] == it.clock()


async def test_an_opening_is_gone_after_three_readings_of_a_full_list_without_it(it: Town) -> None:
    """ "Not modified" is such a reading as well; two are not enough."""
    it.feeds.shows([a(1), a(2)], "full")
    await it.beat(HOUR)
    it.feeds.shows([a(2)], "full")
    await it.beat(HOUR)
    it.feeds.answers["full"] = SAME
    await it.beat(HOUR)
    assert [one["closed_why"] for one in cards(it)] == [None, None]
    await it.beat(HOUR)
    assert {one["title"]: one["closed_why"] for one in cards(it)} == {
        "Engineer 1": "gone",
        "Engineer 2": None,
    }


async def test_a_return_in_between_starts_the_count_anew(it: Town) -> None:
    """Three readings in a row are needed."""
    for shown in ([1, 2], [2], [2], [1, 2], [2], [2]):
        it.feeds.shows([a(n) for n in shown], "full")
        await it.beat(HOUR)
    assert [one["closed_at"] for one in cards(it)] == [None, None]


async def test_a_window_says_nothing_by_absence(it: Town) -> None:
    """Neither alone, nor for an opening that a full list had as well."""
    it.feeds.shows([a(1), a(2)])
    it.feeds.shows([a(2), a(3)], "full")
    await it.beat(HOUR)
    it.feeds.shows([a(9)])
    it.feeds.shows([a(3)], "full")
    for _ in range(5):
        await it.beat(HOUR)
    assert {one["closed_at"] for one in cards(it)} == {None}


async def test_an_empty_or_halved_list_is_doubted(it: Town) -> None:
    """An outage of a board closes nothing; a list that stays short is believed one reading later."""
    it.feeds.shows([a(n) for n in range(6)], "full")
    await it.beat(HOUR)
    for _ in range(5):
        it.feeds.shows([], "full")
        await it.beat(HOUR)
    assert {one["closed_at"] for one in cards(it)} == {None}
    it.feeds.shows([a(n) for n in range(6)], "full")
    await it.beat(HOUR)
    for number in range(4):
        it.feeds.shows([a(1), a(2)], "full", etag=f"{number}")
        await it.beat(HOUR)
        gone = sum(one["closed_why"] == "gone" for one in cards(it))
        assert gone == (4 if number == 3 else 0)


async def test_what_closes_before_it_was_told_is_not_told(store: Store) -> None:
    """A board's delay outlives the opening: nobody need read of it any more."""
    it = await town(store, feed(delay_h=48))
    it.feeds.shows([a(90)])
    await it.beat()
    await it.subscribe()
    it.feeds.shows([a(1, expires=it.clock() + DAY), a(2)])
    for _ in range(3):
        await it.beat(DAY)
    assert it.titles() == ["Engineer 2"]


# -- back again ----------------------------------------------------------------------------------


async def test_a_closed_opening_that_is_shown_again_is_open_and_counted(it: Town) -> None:
    """The same message, no longer closed, reposted once; in the lists it is back as well."""
    it.feeds.shows([a(1, expires=it.clock() + DAY)])
    await it.beat(HOUR)
    await save(it, cards(it)[0]["opening_id"])
    await it.beat(DAY)
    it.feeds.shows([a(1, expires=it.clock() + 30 * DAY)], etag="w")
    await it.beat(HOUR)
    await it.beat(HOUR)
    (card,) = cards(it)
    assert (card["closed_at"], card["closed_why"], card["reposts"]) == (None, None, 1)
    assert (await saved_row(it))["gone_at"] is None


async def test_a_board_without_an_end_doesnt_quarrel_with_one_that_has_passed(it: Town) -> None:
    """It came back once; the first board's old end closes it no second time."""
    end = it.clock() + DAY
    it.feeds.shows([a(1, expires=end)])
    await it.beat(HOUR)
    await it.beat(DAY)
    it.feeds.shows([a(1)], "other")
    for _ in range(4):
        it.feeds.shows([a(1, expires=end)], etag=it.clock().isoformat())
        it.feeds.shows([a(1)], "other", etag=it.clock().isoformat())
        await it.beat(HOUR)
    (card,) = cards(it)
    assert (card["closed_at"], card["reposts"]) == (None, 1)


async def test_a_repost_under_a_new_guid_is_counted_and_not_told_again(it: Town) -> None:
    """Dated anew by its board: the message that stands says so; then it is known by its new guid."""
    first = a(1, published=it.clock(), facts=told_by("k"))
    it.feeds.shows([first])
    await it.beat(HOUR)
    again = replace(first, guid="g2", url="https://board.example/g2", published=it.clock() + 4 * DAY)
    it.feeds.shows([again], etag="w")
    await it.beat(5 * DAY)
    it.feeds.shows([again], etag="x")
    await it.beat(HOUR)
    (card,) = cards(it)
    assert (card["reposts"], card["url"], it.discord.edits) == (1, "https://board.example/g2", 1)


async def test_a_repost_after_a_month_is_told_with_its_count(it: Town) -> None:
    """An opening of its own, which remembers since when it is offered."""
    first = a(1, published=it.clock(), facts=told_by("k"))
    it.feeds.shows([first])
    await it.beat(HOUR)
    since = it.clock()
    it.feeds.shows([a(90)], etag="w")
    await it.beat(HOUR)
    late = replace(first, guid="g2", url="https://board.example/g2", published=it.clock() + 40 * DAY)
    it.feeds.shows([late], etag="x")
    await it.beat(40 * DAY)
    old, new = cards(it)
    assert (old["reposts"], new["reposts"]) == (0, 1)
    assert datetime.fromisoformat(new["first_seen_at"]) == since


# -- changes -------------------------------------------------------------------------------------


async def test_facts_that_change_are_shown_and_marked(it: Town) -> None:
    """Other pay: the message is edited, the opening is marked as changed, and so are the lists."""
    it.feeds.shows([a(1, facts=told_by("k", pay=PAID))])
    await it.beat(HOUR)
    await save(it, cards(it)[0]["opening_id"])
    raised = told_by("k2", "v2", pay=replace(PAID, high=99_000))
    it.feeds.shows([a(1, facts=raised, text="now more")], etag="w")
    await it.beat(HOUR)
    (card,), kept = cards(it), await row(it, "Engineer 1")
    assert card["facts"]["pay"]["high"] == 99_000
    assert (kept["changed_at"], kept["opening_key"], kept["variant_key"], kept["text"]) == (
        it.clock(),
        "k2",
        "v2",
        "now more",
    )
    assert (await saved_row(it))["other_at"] == it.clock()


async def test_what_was_kept_before_facts_existed_gets_them(it: Town) -> None:
    """When its feed shows it again; that is no change of the opening."""
    it.feeds.shows([a(1)])
    await it.beat(HOUR)
    it.feeds.shows([a(1, facts=told_by("k", pay=PAID))], etag="w")
    await it.beat(HOUR)
    kept = await row(it, "Engineer 1")
    assert (kept["facts_json"], kept["opening_key"], kept["changed_at"]) == (
        told_by("k", pay=PAID),
        "k",
        None,
    )
    assert cards(it)[0]["facts"]["pay"]["high"] == 90_000


async def test_what_is_not_told_is_kept_with_its_reason(it: Town) -> None:
    """A no-job is remembered, and never told."""
    it.feeds.shows([a(1, facts=told_by("", is_job=False)), a(2, published=it.clock() - 20 * DAY)])
    await it.beat(HOUR)
    await it.beat(HOUR)
    assert [(await row(it, f"Engineer {n}"))["silent"] for n in (1, 2)] == ["no_job", "old"]
    assert cards(it) == []


async def test_a_reading_that_is_too_long_tells_the_newest_and_loses_nothing(store: Store) -> None:
    """Of five, room for two: two cards now, three with the next digest."""
    it = await town(store, feed(max_new_per_poll=2))
    it.feeds.shows([a(90)])
    await it.beat()
    await it.subscribe(preset="all")
    it.feeds.shows([a(n) for n in range(1, 6)])
    await it.beat(HOUR)
    assert it.titles() == ["Engineer 2", "Engineer 1"]
    async with it.app.store.read() as tx:
        waits = await tx.exec_driver_sql("SELECT count(*) FROM waiting")
        assert waits.scalar_one() == 3


# -- somebody's list -----------------------------------------------------------------------------


async def save(it: Town, opening_id: int) -> None:
    """Somebody saved this opening."""
    now = it.clock()
    words = dict.fromkeys(("title", "company", "url", "board", "place_claim", "pay_claim", "facts_json"), "")
    more = dict.fromkeys(("note", "next_step", "told"), "")
    dates = dict.fromkeys(("saved_at", "changed_at", "stage_at"), now)
    mine = {"guild_id": 1, "user_id": 5, "opening_id": opening_id, "stage": "saved"}
    async with it.app.store.begin() as tx:
        await tx.execute(insert(saved).values(**mine, **words, **more, **dates))


async def saved_row(it: Town) -> dict[str, Any]:
    async with it.app.store.read() as tx:
        return dict((await tx.execute(select(saved))).mappings().one())
