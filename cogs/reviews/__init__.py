"""Peer review on Discord: what members ask for and read, what readers fill in, what moderators see.

A button carries its server, so that it works in direct messages too; a delivery's nonce may follow and says nothing:

    review.request/GUILD   review.status/GUILD   review.give/GUILD   review.read/GUILD/REQUEST
    review.accept/GUILD/READING   review.decline/GUILD/READING   review.board/GUILD/READING
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.reviews import messages
from cogs.messenger import Kind
from cogs.reviews import ask, commands, hand_in, letters, mine, notices, rate, rounds, thread_cards
from cogs.reviews.commands import Reviews

if TYPE_CHECKING:
    from cogs.client import Outpost

KINDS: Mapping[str, Kind] = {
    messages.PROPOSED: Kind(messages.Proposed, letters.proposed),
    messages.REMINDER: Kind(messages.Reminder, letters.reminder),
    messages.READY: Kind(messages.Ready, letters.ready, rings=True),  # the direct promise: it is here
    messages.OVER: Kind(messages.Over, letters.over),
    messages.NOBODY: Kind(messages.Nobody, letters.nobody),
    messages.HELLO: Kind(messages.Hello, thread_cards.hello),
    messages.PAGES: Kind(messages.Pages, thread_cards.pages),
    messages.WORD: Kind(messages.Word, thread_cards.word),
    **notices.KINDS,
}


async def setup(client: Outpost) -> None:
    await client.add_cog(Reviews(client.app))
    for members in (commands, ask, hand_in, mine, rate):
        client.router.add(members.handlers(client.app))
    await rounds.register(client)  # readers and moderators
