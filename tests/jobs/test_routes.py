"""The card that an opening becomes in a channel."""

from __future__ import annotations

from datetime import timedelta

from bot.jobs import hearing, routes
from bot.jobs.hearing import Told
from bot.jobs.messages import OpeningCard
from bot.jobs.subscriptions import Subscription
from tests.jobs.values import NOW, feed, opening

CHANNELS = Subscription(7, 1, 10, None, "engineer", "active", None, NOW)


def test_the_card_holds_the_boards_claims_and_the_filter_it_passed() -> None:
    """The value is finished: the messenger needs nothing else."""
    planned = routes.card(
        opening(1, pay_claim="90k", reposts=2), CHANNELS, NOW, role_id=5, withheld=frozenset({"pay"})
    )
    card = planned.value
    assert isinstance(card, OpeningCard)
    assert (card.title, card.place_claim, card.pay_claim, card.filter, card.subscription_id) == (
        "Engineer 1",
        "Anywhere",
        "90k",
        "engineer",
        7,
    )
    assert (card.role_id, card.withheld, card.reposts, card.board) == (5, frozenset({"pay"}), 2, "Board")


def test_one_opening_is_one_message_in_one_channel() -> None:
    """The key names both, and all cards of an opening are found by how it begins."""
    planned = routes.card(opening(1), CHANNELS, NOW)
    assert planned.key == routes.card_key(1, 10)
    assert planned.key.startswith(routes.cards_of(1)) and not planned.key.startswith(routes.cards_of(10))


def test_a_boards_delay_is_kept() -> None:
    """A card is due when the board allows, never later than now otherwise; the line stays as it was announced."""
    published = opening(3)
    late = hearing.due(Told(published, 0), feed(delay_h=24), NOW)
    assert late == published.dated + timedelta(hours=24)
    first, second = (hearing.due(Told(published, place), feed(delay_h=1), NOW) for place in (0, 1))
    assert first < second <= NOW
