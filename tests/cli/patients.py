"""A bot in order, for the doctor's tests to break; and rows of its database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import Executable, insert

from bot.cli.checkup import Line
from bot.cli.doctor import examine
from bot.storage import Store
from bot.storage.tables import delivery, feed, server, subscription
from tests.fakes import Clock

NOW = Clock().now
IMPATIENT = timedelta(milliseconds=50)

GOOD = """\
version: 1
feeds:
  - {id: a, name: Alpha, url: "https://a.example/"}
  - {id: b, name: Beta, url: "https://b.example/", enabled: false}
"""


class Patient:
    """An environment that is in order, until a test breaks something in it."""

    def __init__(self, folder: Path, database: Path) -> None:
        self.file = database
        self.book = folder / "feeds.yaml"
        self.book.write_text(GOOD)
        self.environ = {"DATABASE_URL": f"sqlite:///{database}", "FEEDS_FILE": str(self.book)}

    async def lines(self) -> list[Line]:
        return [line async for line in examine(self.environ, NOW, patience=IMPATIENT)]

    async def said(self, about: str) -> list[tuple[str, str]]:
        """Level and words of the lines about one thing."""
        return [(line.level, line.words) for line in await self.lines() if line.about == about]

    async def write(self, *statements: Executable) -> None:
        """Change what the database holds, as the bot would."""
        store = await Store.open(self.environ["DATABASE_URL"])
        async with store.begin() as tx:
            for statement in statements:
                await tx.execute(statement)
        await store.close()


def a_feed(**given: object) -> Executable:
    values = {"id": "a", "url": "https://a.example/", "next_read_at": NOW, "last_good_at": NOW}
    return insert(feed).values({**values, **given})


def a_delivery(number: int, **given: object) -> Executable:
    values = {
        "id": number,
        "key": f"key/{number}",
        "version": 1,
        "kind": "opening",
        "guild_id": 1,
        "channel_id": 2,
        "value": "{}",
        "nonce": f"nonce-{number}",
        "state": "new",
        "attempts": 0,
        "due_at": NOW,
        "created_at": NOW,
    }
    return insert(delivery).values({**values, **given})


def a_subscription(guild_id: int, channel_id: int | None, **given: object) -> Executable:
    values = {
        "guild_id": guild_id,
        "channel_id": channel_id,
        "member_id": None if channel_id else 5,
        "filter": "",
        "state": "active",
        "created_by": 5,
        "created_at": NOW,
        "changed_by": 5,
        "changed_at": NOW,
    }
    return insert(subscription).values({**values, **given})


def moderators(guild_id: int, channel_id: int) -> Executable:
    return insert(server).values(id=guild_id, moderators_channel_id=channel_id, changed_by=5, changed_at=NOW)
