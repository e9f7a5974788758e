"""Every table of the house, a module a subject. Migrations are checked against this metadata."""

from bot.storage.tables.base import metadata
from bot.storage.tables.deliveries import delivery
from bot.storage.tables.jobs import alias, feed, opening, storm, storm_decision, subscription
from bot.storage.tables.moderation import server
from bot.storage.tables.people import (
    block,
    case_entry,
    case_file,
    erased,
    guard,
    introduction,
    look,
    member,
    pen_name,
    profile,
    resource,
)

__all__ = [
    "alias",
    "block",
    "case_entry",
    "case_file",
    "delivery",
    "erased",
    "feed",
    "guard",
    "introduction",
    "look",
    "member",
    "metadata",
    "opening",
    "pen_name",
    "profile",
    "resource",
    "server",
    "storm",
    "storm_decision",
    "subscription",
]
