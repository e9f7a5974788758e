"""`/help`: what this person can do here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.help.commands import Help

if TYPE_CHECKING:
    from cogs.client import Outpost


async def setup(client: Outpost) -> None:
    await client.add_cog(Help(client.app))
