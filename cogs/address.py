"""Which Discord discord.py talks to: its own, or a sandbox on this machine.

`bot.settings` has refused every other address before it comes here, so that the token goes nowhere else.
"""

from __future__ import annotations

import discord
import yarl
from discord.gateway import DiscordWebSocket


def point_at(api_base: str, gateway_url: str | None) -> None:
    """Set discord.py's two addresses (research/discord_standin.md, section 2); before login."""
    discord.http.Route.BASE = api_base
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
