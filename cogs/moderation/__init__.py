"""A server's settings on Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.moderation import forms
from cogs.moderation.commands import Moderation

if TYPE_CHECKING:
    from cogs.client import Outpost


async def setup(client: Outpost) -> None:
    await client.add_cog(Moderation(client.app))
    client.router.add(forms.handlers(client.app))
