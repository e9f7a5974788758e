"""Every table of the house, a module a subject. Migrations are checked against this metadata."""

from bot.storage.tables.base import metadata
from bot.storage.tables.deliveries import delivery
from bot.storage.tables.jobs import alias, feed, opening, storm, storm_decision, subscription
from bot.storage.tables.moderation import server

__all__ = [
    "alias",
    "delivery",
    "feed",
    "metadata",
    "opening",
    "server",
    "storm",
    "storm_decision",
    "subscription",
]
