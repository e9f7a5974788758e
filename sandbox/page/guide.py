"""Things to try, shown beside the conversation; whether one is done is read from the world, not from a click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.model import Json

if TYPE_CHECKING:
    from sandbox.running import Sandbox

Done = Callable[["Sandbox", int], bool]
"""(sandbox, the id of the person who looks) → has it been done?"""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to try. type: what to put into the composer; who, place: as whom and where, by name."""

    id: str
    title: str
    text: str
    done: Done
    type: str | None = None
    who: str | None = None
    place: str | None = None


def guide(sandbox: Sandbox, tasks: Sequence[Task], person_id: int) -> list[Json]:
    """The key `guide` of the view."""
    return [
        {
            "id": task.id,
            "title": task.title,
            "text": task.text,
            "done": task.done(sandbox, person_id),
            "type": task.type,
            "who": task.who,
            "place": task.place,
        }
        for task in tasks
    ]
