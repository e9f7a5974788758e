"""People on Discord: what everybody sets for themselves, what they see of it, what they block and erase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.people.messages import TEST_MESSAGE, TestMessage
from cogs.messenger import Kind
from cogs.people import blocks, cards, me, others, panel, privacy, profile, settings, start, start_command

if TYPE_CHECKING:
    from cogs.client import Outpost

KINDS = {
    TEST_MESSAGE: Kind(TestMessage, cards.test_message),
    **others.KINDS,
}


async def setup(client: Outpost) -> None:
    await client.add_cog(me.Me(client.app))
    client.tree.add_command(me.block_menu(client.app))
    await client.add_cog(start_command.Start(client.app))
    for subject in (me, profile, settings, blocks, privacy, start, panel):
        client.router.add(subject.handlers(client.app))
    await others.setup(client)
