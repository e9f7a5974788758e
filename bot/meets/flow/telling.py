"""What those who meet are told, each once: whom they meet, did they meet, nobody fits, it is over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.nonce import delivery_id
from bot.deliveries.planned import NOWHERE_YET, Planned
from bot.meets.messages import (
    ASKED,
    BLOCKED,
    DRAWN,
    HELLO,
    NOBODY,
    OVER,
    Asked,
    Blocked,
    Drawn,
    Hello,
    Nobody,
    Over,
)
from bot.meets.values import Draw, Match, Meets, QuestionSet, Role, Room, Settings
from bot.moderation import flow as moderation
from bot.people.flow import members
from bot.people.keyed import mark
from bot.people.letters import letter
from bot.people.members import Member
from bot.reviews import fit
from bot.storage import Tx

OPENERS = 3
_OF_THE_DRAW = ("round", "room")  # reasons that say nothing more to two who were drawn


# -- what it is about ----------------------------------------------------------------------------


def question_set(book: Meets, about: str) -> QuestionSet | None:
    """The one with this id; the first, where the book has it no more; None: it has none."""
    return next((one for one in book.sets if one.id == about), book.sets[0] if book.sets else None)


def topic(book: Meets, match: Match, about: str) -> str:
    """What they share in words; "" for nothing, or where the book has it no more."""
    if match.kind == "interview":
        chosen = question_set(book, about)
        return chosen.name if chosen else ""
    return next((one.name for one in book.topics if one.id == about), "")


def openers(app: App, match: Match) -> tuple[str, ...]:
    """A few of the book's, others for each match, the same whenever they are asked for."""
    week = match.week.isoformat()  # a match's own number would count those of others
    order = sorted(app.meets.openers, key=lambda one: mark(app.key, "opener", week, *match.members, one))
    return tuple(order[:OPENERS])


def role_of(match: Match, user_id: int) -> Role:
    if match.kind != "mentor":
        return ""
    return "mentor" if match.members[:1] == (user_id,) else "mentee"


# -- letters -------------------------------------------------------------------------------------


async def _people(tx: Tx, match: Match) -> dict[int, Member]:
    return await members.members_in(tx, match.guild_id, match.members)


def _others(match: Match, user_id: int) -> tuple[int, ...]:
    return tuple(one for one in match.members if one != user_id)


async def say_hello(
    app: App, tx: Tx, room: Room, thread_id: int, reasons: Mapping[int, str], server: str, now: datetime
) -> None:
    """The first words in the thread, and to each of them whom they meet."""
    match, book = room.match, app.meets
    named = topic(book, match, room.about)
    asks = question_set(book, room.about) if match.kind == "interview" else None
    hello = Hello(
        match.guild_id,
        match.id,
        match.kind,
        match.members,
        match.weeks,
        named,
        asks.about if asks else "",
        asks.minutes if asks else 0,
        () if asks else openers(app, match),
    )
    key = f"meet/match/{match.id}/hello/channel/{thread_id}"
    planned = [Planned(HELLO, key, hello, match.guild_id, thread_id, now)]
    for user_id, to in (await _people(tx, match)).items():
        drawn = Drawn(
            match.guild_id,
            server,
            match.id,
            match.kind,
            _others(match, user_id),
            thread_id,
            match.weeks,
            named,
            role_of(match, user_id),
            tuple(one for one in fit.loaded(reasons.get(user_id, "")) if one.kind not in _OF_THE_DRAW),
            to.opens("dm_names"),
        )
        planned += letter(DRAWN, f"meet/match/{match.id}/drawn", drawn, to, now)
    await outbox.plan(tx, planned, now)


async def ask(tx: Tx, match: Match, server: str, now: datetime) -> None:
    """Did you meet? Once for each of its weeks, in each one's waking hours."""
    planned: list[Planned] = []
    for user_id, to in (await _people(tx, match)).items():
        others = _others(match, user_id)
        value = Asked(match.guild_id, server, match.id, match.kind, others, match.weeks, to.opens("dm_names"))
        planned += letter(ASKED, f"meet/match/{match.id}/asked/{match.asked}", value, to, now)
    await outbox.plan(tx, planned, now)


async def over(tx: Tx, match: Match, next_at: datetime | None, server: str, now: datetime) -> None:
    """The same words to everybody in it, whatever the cause."""
    planned: list[Planned] = []
    for to in (await _people(tx, match)).values():
        value = Over(match.guild_id, server, match.kind, next_at, to.opens("dm_names"))
        planned += letter(OVER, f"meet/match/{match.id}/over", value, to, now)
    await outbox.plan(tx, planned, now)


async def nobody(
    tx: Tx, draw: Draw, people: Iterable[Member], next_at: datetime | None, server: str, now: datetime
) -> None:
    """Nobody fits this week, whatever the cause."""
    planned: list[Planned] = []
    for to in people:
        value = Nobody(draw.guild_id, server, draw.kind, next_at, to.opens("dm_names"))
        planned += letter(NOBODY, f"meet/draw/{draw.id}/nobody", value, to, now)
    await outbox.plan(tx, planned, now)


async def unsay(tx: Tx, match: Match) -> None:
    """What still waits to be said of a match is not said any more."""
    said = await outbox.said(tx, f"meet/match/{match.id}/")
    await outbox.discard(tx, [delivery_id(one.key, 1) for one in said])


# -- moderators ----------------------------------------------------------------------------------


async def tell_moderators(tx: Tx, way: Settings, code: str, now: datetime) -> None:
    """No thread can be opened or entered in the channel."""
    where = (await moderation.moderators_channels(tx, [way.guild_id])).get(way.guild_id, NOWHERE_YET)
    key = f"meet/blocked/{way.guild_id}/{now.isoformat()}/channel/{where}"
    notice = Blocked(way.guild_id, way.channel_id or 0, code)
    await outbox.plan(tx, [Planned(BLOCKED, key, notice, way.guild_id, where, now)], now)


def present(people: Mapping[int, Member], user_ids: Collection[int]) -> list[Member]:
    """Those of them who are here, by id."""
    return [people[one] for one in sorted(user_ids) if one in people and people[one].left_at is None]
