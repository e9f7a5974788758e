"""A server's settings on Discord, and the panel with which members begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.moderation.messages import PANEL, Panel
from cogs.messenger import Kind
from cogs.moderation import forms, panel_card
from cogs.moderation.commands import Moderation

if TYPE_CHECKING:
    from cogs.client import Outpost

KINDS = {PANEL: Kind(Panel, panel_card.panel)}


async def setup(client: Outpost) -> None:
    await client.add_cog(Moderation(client.app))
    client.router.add(forms.handlers(client.app))
