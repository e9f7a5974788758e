"""How long something is kept once somebody has gone, and how that is told. Pure."""

from __future__ import annotations

from datetime import timedelta

from bot.people.privacy import Kept

SEARCH = timedelta(days=7)  # what a member who left searched for
REST = timedelta(days=30)  # everything else of theirs
REMOVED = timedelta(days=30)  # everything of a server that removed the bot


def for_how_long(kept: Kept, column: str) -> str:
    """How long this column of a row is kept at most, in words."""
    ends = [f"{age.days} {'days' if age.days > 1 else 'day'} after {age.what}" for age in kept.ages]
    searched = kept.search == "rows" or (kept.search is not None and column in kept.search)
    if any(claim.becomes is None and not claim.of_parent for claim in kept.claims):
        ends.append(f"{(SEARCH if searched else REST).days} days after they left")
    elif any(claim.column == column and not claim.of_parent for claim in kept.claims):
        ends.append(f"{REST.days} days after they left")
    if kept.parent is not None:
        ends.append("as long as the row it belongs to")
    elif kept.guild is not None and not ends:
        ends.append(f"{REMOVED.days} days after the bot was removed")
    return ", or ".join(ends) or "for good"
