"""What each person's client was told: "what can Bob see" as a query."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.events import Event
from sandbox.log import Frame, masked
from sandbox.model import Channel
from sandbox.permissions import Permission
from sandbox.world import World

KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Seen:
    """One event and the people whose clients got it."""

    frame: Frame
    by: frozenset[int]


class Sight:
    """Keeps the newest events with everybody who saw them, decided at the moment when they happened.

    An event in a place goes to whoever may view it; an ephemeral message, a form and choices to one person; a press
    and a command to the one who made it; what happens to a server as a whole to its members. What somebody finds
    later by scrolling back is not told: `Actor.sees` answers that.
    """

    def __init__(self, world: World, kept: int = KEPT) -> None:
        self._world = world
        self._seen: deque[Seen] = deque(maxlen=kept)
        places = [one for guild in world.guilds.values() for one in guild.channels.values()]
        # Who saw a place when it was last told of: a deleted one can't be asked any more.
        self._audience = {one.id: self._viewers(one) for one in places}
        world.witnesses.append(self._witness)

    def frames(self, user_id: int) -> list[Frame]:
        """What this person's client was told, oldest first."""
        return [seen.frame for seen in self._seen if user_id in seen.by]

    def seen_by(self, user_id: int, text: str) -> list[Frame]:
        """Those of them in which a text holds `text`, whatever its case."""
        wanted = text.casefold()
        return [frame for frame in self.frames(user_id) if any(wanted in said for said in _texts(frame.body))]

    def _witness(self, event: Event) -> None:
        by = self._who(event)
        if event.channel_id is not None and event.only_user is None:
            self._audience[event.channel_id] = by
        if by:
            frame = Frame(self._world.clock.now(), "client", "out", event.name, masked(event.data))
            self._seen.append(Seen(frame, by))

    def _who(self, event: Event) -> frozenset[int]:
        if event.name == "INTERACTION_CREATE":
            person = event.data.get("user") or event.data.get("member", {}).get("user")
            return frozenset({int(person["id"])} if person else ())
        if event.only_user is not None:
            return frozenset({event.only_user}) - {self._world.bot.id}
        if event.channel_id is None:
            guild = self._world.guilds.get(event.guild_id or 0)
            return frozenset(guild.members if guild else ()) - {self._world.bot.id}
        place = self._world.channel(event.channel_id)
        if place is None:  # it was just deleted: those who saw it are told
            return self._audience.get(event.channel_id, frozenset())
        return self._viewers(place)

    def _viewers(self, place: Channel) -> frozenset[int]:
        guild = self._world.guild_of(place)
        people = place.recipients if guild is None else guild.members
        see = (one for one in people if self._world.may(one, place) & Permission.VIEW_CHANNEL)
        return frozenset(see) - {self._world.bot.id}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value.casefold()
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
