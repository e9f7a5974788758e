"""Who owes reviews promises them with the press that hands something in: they join as a reader."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import App
from bot.moderation.rights import Person
from bot.people.members import Key
from bot.refusals import Refusal
from bot.reviews.flow import asking, giving
from bot.reviews.flow.giving import MOST_CAPACITY, Joined
from bot.reviews.values import KINDS
from cogs.reviews.words import ask as words


@asynccontextmanager
async def promised(app: App, who: Person, needs: int) -> AsyncIterator[Joined | None]:
    """They read as many at a time as they owe while the block hands something in; what it refuses undoes that.

    Gives None where nothing is owed, or more than somebody can read: then `asking.hand_in` says what is to do.
    """
    key, now = Key(who.guild_id, who.id), app.now()
    before = await asking.may_ask(app, key, now)
    owed, reader = before.owed(needs), await giving.giving(app, key, now)
    capacity = before.pledged + owed
    if not owed or capacity > MOST_CAPACITY:
        yield None
        return
    joined = await _joined(app, who, reader, capacity)
    try:
        yield joined
    except Refusal:
        await _undo(app, key, reader)
        raise


async def _joined(app: App, who: Person, reader: Joined | None, capacity: int) -> Joined:
    key, now = Key(who.guild_id, who.id), app.now()
    if reader is None:
        return await giving.join(app, who, capacity, tuple(app.rubrics) or KINDS, (), now)
    if reader.reader.paused_until is not None:
        await giving.pause(app, key, 0, now)
    return await giving.change(app, key, now, capacity=max(capacity, reader.reader.capacity))


async def _undo(app: App, key: Key, reader: Joined | None) -> None:
    if reader is None:
        await giving.leave(app, key, app.now())
    else:
        await giving.change(app, key, app.now(), capacity=reader.reader.capacity)


def said(joined: Joined | None) -> str:
    """What the promise means for them, in words."""
    if joined is None:
        return ""
    at = joined.reads_from
    return words.pledged(joined.reader.capacity, f"<t:{int(at.timestamp())}:D>" if at else "")
