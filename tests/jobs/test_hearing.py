"""The rules of who hears an opening and how, without a database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.jobs import hearing
from bot.jobs.ears import Ears
from bot.jobs.hearing import Scene, Today, Told
from bot.jobs.query import parse
from bot.jobs.subscriptions import Subscription
from tests.jobs.values import NOW, feed, opening

CHANNEL = Subscription(1, 1, 10, None, "engineer", "active", None, NOW)
MEMBER = replace(CHANNEL, id=2, channel_id=None, member_id=100, target="member")


def told(number: int = 1, **given: object) -> Told:
    return Told(opening(number), number, **given)


def test_a_digests_rhythm_comes_before_any_cap() -> None:
    """A daily channel keeps everything; one that hears at once keeps what is over."""
    assert hearing.delay(replace(CHANNEL, rhythm="weekly"), told(over=True), feed(), Today()) == "rhythm"
    assert hearing.delay(CHANNEL, told(over=True), feed(), Today()) == "cap"
    assert hearing.delay(CHANNEL, told(), feed(), Today()) is None


@pytest.mark.parametrize(("preset", "cap"), [("calm", 3), ("normal", 10), ("all", None)])
def test_each_preset_has_its_cap(preset: str, cap: int | None) -> None:
    """Counted for the subscription alone: another one of the channel takes nothing of it."""
    one, today = replace(CHANNEL, preset=preset), Today()
    for number in range(cap or 50):
        assert hearing.delay(one, told(), feed(), today) is None
        today.add(one, number, "", mentioned=False)
        today.add(replace(one, id=9), number + 100, "", mentioned=False)
    assert hearing.delay(one, told(), feed(), today) == ("cap" if cap else None)


def test_a_company_has_its_share_of_each_server() -> None:
    """The same opening in two channels counts once; a nameless company has no share; another server has its own."""
    today, shared = Today(), feed(max_per_company_per_day=2)
    for number in (1, 2):
        today.add(CHANNEL, number, "Invented", mentioned=False)
        today.add(replace(CHANNEL, id=3, channel_id=11), number, "Invented Ltd", mentioned=False)
    everything = replace(CHANNEL, preset="all")
    assert hearing.delay(everything, told(3), shared, today) == "company"
    assert hearing.delay(everything, told(2), shared, today) is None
    assert hearing.delay(replace(everything, guild_id=2), told(3), shared, today) is None
    assert hearing.delay(everything, Told(opening(3, company=""), 0), shared, today) is None


def test_a_role_is_mentioned_while_it_may() -> None:
    """Its filter passes, and its cap isn't reached."""
    one, today = replace(CHANNEL, role_id=7, role_filter="engineer", role_cap=1), Today()
    assert hearing.mentions(one, opening(1), today, NOW) == 7
    assert hearing.mentions(one, opening(1, title="Designer"), today, NOW) is None
    assert hearing.mentions(CHANNEL, opening(1), today, NOW) is None
    today.add(one, 1, "", mentioned=True)
    assert hearing.mentions(one, opening(2), today, NOW) is None


def test_one_subscription_a_reader() -> None:
    """A channel: the first made. A member: the one that tells soonest. Two servers are two readers."""
    daily, at_once = replace(MEMBER, id=3, rhythm="daily"), replace(MEMBER, id=4)
    passing = [at_once, daily, replace(CHANNEL, id=5), CHANNEL, replace(CHANNEL, id=6, guild_id=2)]
    assert [one.id for one in hearing.readers(passing, feed())] == [1, 4, 6]


def test_who_said_nothing_is_not_told_of_a_board_of_hundreds_an_hour() -> None:
    """An empty filter is nothing; a followed profile or channel is something, though nothing was added to it."""
    empty = replace(CHANNEL, filter=" ")
    followers = [
        replace(MEMBER, id=3, filter="", follows="profile"),
        replace(MEMBER, id=4, guild_id=2, filter="", follows="channel"),
    ]
    assert [one.id for one in hearing.readers([empty, *followers], feed(require_filter=True))] == [3, 4]
    assert [one.id for one in hearing.readers([empty], feed())] == [1]


def test_what_makes_deaf() -> None:
    """Each reason by itself, and none of another server or member."""
    one = opening(1, company="Acme GmbH")
    elsewhere = replace(CHANNEL, guild_id=2)
    assert Scene().deaf(CHANNEL, one) is None
    assert Scene(left=frozenset({1})).deaf(CHANNEL, one) == "server_left"
    others = Ears({one.feed_id: frozenset({2})})
    assert Scene(ears=others).deaf(CHANNEL, one) == "feed"
    assert Scene(ears=others).deaf(elsewhere, one) is None
    assert Scene(unwanted=frozenset({(1, "acme")})).deaf(CHANNEL, one) == "company"
    assert Scene(unwanted=frozenset({(1, "acme")})).deaf(elsewhere, one) is None
    assert Scene(withdrawn={(1, 1): frozenset({"scam"})}).deaf(CHANNEL, one) == "taken_down"
    assert Scene(withdrawn={(1, 1): frozenset({"pay"})}).deaf(CHANNEL, one) is None
    for mark in ("1", "acme"):
        assert Scene(hidden=frozenset({(1, 100, mark)})).deaf(MEMBER, one) == "hidden"
        assert Scene(hidden=frozenset({(1, 100, mark)})).deaf(replace(MEMBER, member_id=101), one) is None
        assert Scene(hidden=frozenset({(1, 100, mark)})).deaf(CHANNEL, one) is None
    assert Scene(unwanted=frozenset({(1, "")})).deaf(CHANNEL, opening(1, company="")) is None


def test_what_is_heard_in_words() -> None:
    """Filter, profile, channel; with what was added to them."""
    assert hearing.words(CHANNEL) == "engineer"
    assert hearing.words(replace(CHANNEL, filter="")) == "everything"
    assert hearing.words(replace(MEMBER, follows="profile")) == "your profile and engineer"
    assert hearing.words(replace(MEMBER, follows="channel", filter="")) == "a channel's filter"


def test_a_filter_that_is_understood_no_more_stops_nothing() -> None:
    """It is read out as it was written, and mentions nobody."""
    old = replace(CHANNEL, filter="pay>=abc", role_id=7, role_filter="pay>=abc")
    assert hearing.words(old) == "pay>=abc"
    assert hearing.mentions(old, opening(1), Today(), NOW) is None


def test_the_stages_of_a_filter_are_those_of_the_one_that_came_nearest() -> None:
    """Of several that are followed: the one that passes, else one that isn't sure; none says so."""
    document = opening(1, company="").document(NOW)
    passed = hearing.filter_stages([parse("designer"), parse("engineer")], document)
    assert [(one.name, one.passed) for one in passed] == [("filter", True), ("term", True)]
    unsure = hearing.filter_stages([parse("designer"), parse("company:acme")], document)
    assert [(one.words, one.passed) for one in unsure[1:]] == [("company acme", None)]
    assert [one.passed for one in hearing.filter_stages([], document)] == [False]


def test_all_of_some_filters_is_their_and() -> None:
    """Of none: everything."""
    assert hearing.all_of([parse("python OR go"), parse("-senior")]) == parse("(python OR go) -senior")
    assert hearing.all_of([]) == parse("")
