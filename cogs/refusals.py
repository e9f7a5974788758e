"""Refusals as words: the one place where an expected "no" becomes a sentence that says what to do next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.jobs.query import FilterError
from bot.moderation import permissions
from bot.refusals import Refusal
from cogs import gate


def _bot_may_not(channel_id: int, missing: tuple[str, ...]) -> str:
    lacking = f"I lack **{permissions.named(missing)}** in <#{channel_id}>."
    return f"{lacking} Grant it under {permissions.WHERE}, then try again."


def _filter_wrong(error: FilterError, draft_id: int) -> str:
    words, shown = error.pointing().split("\n", 1)
    return f"{gate.escape(words, 400)}\n{gate.code_block(shown, 400)}"


def _subscribed_already(channel_id: int | None) -> str:
    whose = f"<#{channel_id}> has" if channel_id else "You have"
    return f"{whose} this filter already. See it with /jobs alerts."


WORDS: dict[str, Callable[..., str]] = {
    "moderators_only": lambda: (
        "Only moderators can do this here: it needs the Manage Server permission. Ask one of them."
    ),
    "channel_is_moderators": lambda: (
        "Only moderators can do this here: it needs the Manage Server permission. "
        "You can subscribe for yourself: leave `channel:` out."
    ),
    "bot_may_not": _bot_may_not,
    "channel_gone": lambda: "That channel is gone. Choose another one, or stop what was posted there.",
    "filter_wrong": _filter_wrong,
    "subscribed_already": _subscribed_already,
    "subscription_gone": lambda: "That subscription is gone. See what there is with /jobs alerts.",
    "too_many_subscriptions": lambda limit: (
        f"{limit} subscriptions are the limit. Stop one in /jobs alerts first."
    ),
    "card_forgotten": lambda: "I no longer keep the reasons for this card. They are kept for 30 days.",
    "saved_already": lambda: "That was saved already. Pause or stop it in /jobs alerts.",
    "feed_gone": lambda: "That feed is no longer in the list. Nothing is left to do.",
    "decided_already": lambda: "This was decided already. Nothing is left to do.",
    "server_only": lambda: "This works in a server. Try it there.",
}


def words(refusal: Refusal) -> str:
    """The sentence for a refusal; an unknown reason is a bug and raises KeyError."""
    facts: dict[str, Any] = refusal.facts
    return WORDS[refusal.reason](**facts)
