"""What the page remembers beside the world: who has read what, which answers never came, which forms are open."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sandbox.model import Channel, Interaction, Message

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_MOST = 500  # of each kind; what is older is forgotten


@dataclass(frozen=True, slots=True)
class Failure:
    """A slash command that was never answered: what its sender reads in place of the answer."""

    interaction: Interaction
    words: str


class Memory:
    """Shared by all tabs of one sandbox.

    since: the id from which on messages can be unread: when somebody first opened the page, None before.
    failures: by the id of the interaction. forms: the interactions that opened them, by their id.
    """

    def __init__(self) -> None:
        self.since: int | None = None
        self.failures: OrderedDict[int, Failure] = OrderedDict()
        self.forms: OrderedDict[int, Interaction] = OrderedDict()
        self._read: dict[tuple[int, int], int] = {}
        self._typed: OrderedDict[tuple[int, int], dict[str, Mapping[str, object]]] = OrderedDict()

    def read_up_to(self, user_id: int, place: Channel) -> int:
        """The id up to which this person has read the place."""
        return max(self._read.get((user_id, place.id), 0), self.since or 0)

    def read(self, user_id: int, place: Channel) -> None:
        """This person looks at the newest messages of the place."""
        if place.message_ids:
            self._read[user_id, place.id] = place.message_ids[-1]

    def failed(self, interaction: Interaction, words: str) -> None:
        _keep(self.failures, interaction.id, Failure(interaction, words))

    def opened(self, form: Interaction) -> None:
        _keep(self.forms, form.id, form)

    def typed(self, user_id: int, since: int) -> dict[str, Mapping[str, object]]:
        """custom_id of a form → what stood in it, for one person in the page load that began at `since`."""
        found = self._typed.get((user_id, since), {})
        _keep(self._typed, (user_id, since), found)
        return found


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > _MOST:
        kept.popitem(last=False)


def rings(message: Message, user_id: int, roles: set[int]) -> bool:
    """True when this message called this person by name, by a role, or with everybody."""
    pinged = message.pinged
    return pinged.everyone or user_id in pinged.users or not roles.isdisjoint(pinged.roles)
