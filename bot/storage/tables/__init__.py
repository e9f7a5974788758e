"""Every table of the house, a module a subject. Migrations are checked against this metadata."""

from bot.storage.tables.base import metadata
from bot.storage.tables.deliveries import delivery
from bot.storage.tables.jobs import (
    added_feed,
    alias,
    feed,
    feed_listener,
    opening,
    sighting,
    storm,
    storm_decision,
)
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
from bot.storage.tables.seekers import (
    doubt,
    hidden,
    inquiry,
    saved,
    saved_step,
    share,
    unwanted,
    withdrawn,
)
from bot.storage.tables.subscriptions import subscription, waiting

__all__ = [
    "added_feed",
    "alias",
    "block",
    "case_entry",
    "case_file",
    "delivery",
    "doubt",
    "erased",
    "feed",
    "feed_listener",
    "guard",
    "hidden",
    "inquiry",
    "introduction",
    "look",
    "member",
    "metadata",
    "opening",
    "pen_name",
    "profile",
    "resource",
    "saved",
    "saved_step",
    "server",
    "share",
    "sighting",
    "storm",
    "storm_decision",
    "subscription",
    "unwanted",
    "waiting",
    "withdrawn",
]
