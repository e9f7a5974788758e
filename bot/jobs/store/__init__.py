"""The only SQL of this subject: plain functions on a transaction that take and give values, a module a noun."""

from bot.jobs.store import (
    added,
    feeds,
    hearing,
    hidden,
    openings,
    saved,
    searching,
    shares,
    sightings,
    subscriptions,
    waiting,
)

__all__ = [
    "added",
    "feeds",
    "hearing",
    "hidden",
    "openings",
    "saved",
    "searching",
    "shares",
    "sightings",
    "subscriptions",
    "waiting",
]
