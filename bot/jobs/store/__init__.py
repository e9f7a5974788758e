"""The only SQL of this subject: plain functions on a transaction that take and give values, a module a noun."""

from bot.jobs.store import feeds, openings, subscriptions

__all__ = ["feeds", "openings", "subscriptions"]
