"""Which channel hears an opening, and when."""

from __future__ import annotations

from datetime import timedelta

from bot.jobs import query, routes
from bot.jobs.routes import Route
from bot.ports import FirstRun
from tests.jobs.values import NOW, feed, opening


def route(number: int = 1, text: str = "", channel: int = 10) -> Route:
    return Route(number, 1, channel, text, query.parse(text))


def test_a_known_feed_announces_what_is_not_too_old_oldest_first() -> None:
    """New to us is not new: what is older than the feed's limit is remembered in silence."""
    fresh, older, stale = opening(1), opening(30), opening(24 * 15)
    told = routes.announced([fresh, stale, older], feed(max_age_days=14), NOW, first_reading=False)
    assert told == [older, fresh]


def test_a_first_reading_is_announced_sparingly() -> None:
    """The newest three, none older than three days."""
    many = [opening(n) for n in (1, 5, 9, 20, 24 * 4)]
    told = routes.announced(many, feed(first_run=FirstRun(3, 3)), NOW, first_reading=True)
    assert [one.id for one in told] == [9, 5, 1]
    none = routes.announced(many, feed(first_run=FirstRun(0, 3)), NOW, first_reading=True)
    assert none == []


def test_undated_openings_count_from_when_we_saw_them_in_the_feeds_order() -> None:
    """A feed without dates lists the newest first: those are announced, the newest last."""
    undated = [opening(n, published_at=None) for n in range(5)]
    told = routes.announced(undated, feed(), NOW, first_reading=True)
    assert [one.id for one in told] == [2, 1, 0]


def test_dates_of_1970_are_remembered_in_silence() -> None:
    """An absurdly old date announces nothing."""
    ancient = opening(1, published_at=NOW - timedelta(days=365 * 56))
    assert routes.announced([ancient], feed(), NOW, first_reading=False) == []


def test_a_board_that_also_lists_on_site_jobs_is_heard_only_where_it_says_remote() -> None:
    """remote_only: filter needs the word in title, place, tags or text."""
    board = feed(remote_only="filter")
    office = opening(1, place_claim="Lisbon")
    remote = opening(2, place_claim="Lisbon or remote")
    assert routes.announced([office, remote], board, NOW, first_reading=False) == [remote]


def test_a_channel_hears_an_opening_once_however_many_of_its_filters_pass() -> None:
    """Two subscriptions of one channel are one card; two channels are two."""
    planned = routes.choose(
        [(0, opening(1))], [route(1), route(2, "engineer"), route(3, "engineer", channel=11)], feed(), NOW
    )
    assert [(one.channel_id, one.subscription_id) for one in planned] == [(10, 1), (11, 3)]
    assert len({one.key for one in planned}) == 2


def test_unknown_does_not_pass() -> None:
    """An opening without a company passes neither company:x nor its opposite."""
    nameless = opening(1, company="")
    assert routes.choose([(0, nameless)], [route(1, "company:x"), route(2, "-company:x")], feed(), NOW) == []


def test_a_feed_that_wants_filters_is_not_heard_without_one() -> None:
    """require_filter keeps a board of hundreds an hour out of a channel that hears everything."""
    planned = routes.choose(
        [(0, opening(1))], [route(1), route(2, "engineer", 11)], feed(require_filter=True), NOW
    )
    assert [one.channel_id for one in planned] == [11]


def test_a_boards_delay_is_kept() -> None:
    """A card is due when the board allows, never before now."""
    published = opening(3)
    late = routes.choose([(0, published)], [route()], feed(delay_h=24), NOW)[0]
    assert late.due_at == published.dated + timedelta(hours=24)
    assert routes.choose([(0, published)], [route()], feed(delay_h=1), NOW)[0].due_at <= NOW


def test_the_card_holds_the_boards_claims_and_the_filter_it_passed() -> None:
    """The value is finished: the messenger needs nothing else."""
    (planned,) = routes.choose([(0, opening(1, pay_claim="90k"))], [route(7, "engineer")], feed(), NOW)
    card = planned.value
    assert (card.title, card.place_claim, card.pay_claim, card.filter, card.subscription_id) == (
        "Engineer 1",
        "Anywhere",
        "90k",
        "engineer",
        7,
    )
