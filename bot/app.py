"""The parts, put together once and handed to every flow; and the only place where the system clock is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.meets.values import Meets
from bot.ports import Feeds, Messenger, Now, Pace, Prompts, Resource, Workers
from bot.reviews.rubric import Rubrics
from bot.settings import Settings
from bot.storage import Store


def system_now() -> datetime:
    """The moment it is, aware, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class App:
    """Everything a flow may need. Frozen: parts are chosen at start-up, in `bot.cli`, and never swapped."""

    store: Store
    feeds: Feeds
    messenger: Messenger
    workers: Workers
    pace: Pace
    now: Now
    settings: Settings
    key: bytes = field(repr=False)  # of all keyed hashes (bot.people.keyed)
    resources: tuple[Resource, ...] = ()  # resources.yaml
    prompts: Prompts = field(default_factory=Prompts)  # prompts.yaml
    rubrics: Rubrics = field(default_factory=dict)  # rubrics/*.yaml
    meets: Meets = field(default_factory=Meets)  # meets.yaml
