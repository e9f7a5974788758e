"""Help from outside, on Discord: `/resources`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs.resources import forms
from cogs.resources.commands import Resources

if TYPE_CHECKING:
    from cogs.client import Outpost


async def setup(client: Outpost) -> None:
    await client.add_cog(Resources(client.app))
    client.router.add(forms.handlers(client.app))
