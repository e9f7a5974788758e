"""What a typed city may mean, as a menu. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import ui

from cogs.router import custom_id


def city_menu(
    hits: Sequence[tuple[str, str]], now: datetime, name: str, *arguments: object
) -> ui.Select[Any]:
    """The values are "NUMBER ZONE": a zone may stand here twice, a value may not."""
    return ui.Select(
        custom_id=custom_id(name, *arguments),
        placeholder="Where is it the same time as with you?",
        options=[
            discord.SelectOption(
                label=label,
                value=f"{number} {one}",
                description=f"{now.astimezone(ZoneInfo(one)):%H:%M} there now · {one}"[:100],
            )
            for number, (one, label) in enumerate(hits)
        ],
    )
