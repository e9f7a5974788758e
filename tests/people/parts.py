"""Two people, their keys, and an App with nothing in it but a store and a key."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from bot.app import App
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Key
from bot.ports import Now
from bot.settings import Settings
from bot.storage import Store
from tests.fakes import KEY, Clock

GUILD, OTHER_GUILD = 1, 2
JOINED = datetime(2025, 1, 1, tzinfo=UTC)
ANA, BOB, CLEO = Key(GUILD, 101), Key(GUILD, 102), Key(GUILD, 103)


def app_of(store: Store, now: Now | None = None) -> App:
    """Feeds, messenger, workers and pace are None: people's own flows must not touch them."""
    nothing = cast(Any, None)
    return App(store, nothing, nothing, nothing, nothing, now or Clock(), Settings(), KEY)


def person(key: Key, **more: Any) -> Person:
    """Somebody at a press in the server; without joined_at it is one in the bot's own DM."""
    return Person(key.user_id, key.guild_id, **{"manages": False, "joined_at": JOINED} | more)


async def all_met(app: App, *keys: Key) -> None:
    """Each of them presses something."""
    for key in keys:
        await members.met(app, person(key), app.now())
