"""What the world tells its listeners."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.model import Json


@dataclass(frozen=True, slots=True)
class Event:
    """One gateway dispatch. only_user: nobody else gets it; None means all who may see the place."""

    name: str
    data: Json
    guild_id: int | None = None
    channel_id: int | None = None
    only_user: int | None = None
