"""Meetings of two on Discord: what members choose and see of them, what moderators set, and every word of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.meets import messages
from cogs.meets import join, letters, notices, settings, status, thread_cards
from cogs.meets.commands import Meet
from cogs.messenger import Kind

if TYPE_CHECKING:
    from cogs.client import Outpost

KINDS: Mapping[str, Kind] = {
    messages.DRAWN: Kind(messages.Drawn, letters.drawn, rings=True),  # a direct promise
    messages.ASKED: Kind(messages.Asked, letters.asked),
    messages.NOBODY: Kind(messages.Nobody, letters.nobody),
    messages.OVER: Kind(messages.Over, letters.over),
    messages.HELLO: Kind(messages.Hello, thread_cards.hello),
    messages.BLOCKED: Kind(messages.Blocked, notices.blocked),
}


async def setup(client: Outpost) -> None:
    """/meet find is in the same group, so `cogs.people` puts this in."""
    await client.add_cog(Meet(client.app))
    for part in (join, status, settings):
        client.router.add(part.handlers(client.app))
