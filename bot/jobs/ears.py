"""Which server may know of which opening: a feed that moderators added is heard where it was added. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.jobs.added import is_added
from bot.jobs.openings import Opening, SeenOn


@dataclass(frozen=True, slots=True)
class Ears:
    """added: feed that moderators added → the servers that hear it. A feed of the book is heard by all.

    shown_on: opening → every feed that showed it, the first one first; of those first seen on an added feed.
    """

    added: Mapping[str, frozenset[int]] = field(default_factory=dict)
    shown_on: Mapping[int, Sequence[SeenOn]] = field(default_factory=dict)

    def hear(self, guild_id: int | None, feed_id: str) -> bool:
        """None: no server at all. An added feed that is forgotten is heard by nobody."""
        servers = self.added.get(feed_id)
        return not is_added(feed_id) if servers is None else guild_id in servers

    def know(self, guild_id: int | None, opening_id: int, feed_id: str) -> bool:
        """Does this server hear a feed that showed the opening? feed_id: where it was seen first."""
        return self.hear(guild_id, feed_id) or self._first(guild_id, opening_id) is not None

    def here(self, guild_id: int | None, opening: Opening) -> Opening | None:
        """The opening under the first board that this server hears; None when none of those showed it."""
        if self.hear(guild_id, opening.feed_id):
            return opening
        first = self._first(guild_id, opening.id)
        if first is None:
            return None
        return replace(
            opening, feed_id=first.feed_id, board=first.board, attribution=first.attribution, url=first.url
        )

    def _first(self, guild_id: int | None, opening_id: int) -> SeenOn | None:
        shown = self.shown_on.get(opening_id, ())
        return next((one for one in shown if self.hear(guild_id, one.feed_id)), None)
