"""What time does to a match, and what its members say of it: did they meet, its end, an end before its time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.app import App
from bot.meets import week as rules
from bot.meets.flow import telling
from bot.meets.store import matches, settings
from bot.meets.values import Answer, Match, Room, Settings
from bot.moderation import flow as moderation
from bot.moderation.server import ServerNames
from bot.people.members import Key
from bot.refusals import Refusal
from bot.storage import Tx

AT_ONCE = 50  # a beat


async def mind_meetings(app: App, server_name: ServerNames, now: datetime) -> int:
    """Duty: "did you meet?" is asked, what is over is closed, early ends are told; gives how many steps that were."""
    async with app.store.read() as tx:
        without_us = set(await moderation.servers_left(tx))
        due = await matches.due(tx, now, without_us, AT_ONCE)
    for one in due:
        async with app.store.begin() as tx:
            fresh = await matches.one(tx, one.guild_id, one.id)
            if fresh is not None:
                way = await settings.one(tx, one.guild_id)
                await _go_on(tx, way, fresh.match, server_name(one.guild_id), now)
    return len(due)


async def _go_on(tx: Tx, way: Settings, match: Match, server: str, now: datetime) -> None:
    step = rules.step(way.when, match, now)
    if match.state == "ended":
        await telling.over(tx, match, way.next_draw_at, server, now)
    elif step == "ask":
        match = rules.asked(way.when, match, now)
        await telling.ask(tx, match, server, now)
    elif step == "close":
        said = (await matches.answers(tx, [match.id]))[match.id]
        match = rules.closed(match, said)
    await matches.keep(tx, match, rules.next_at(way.when, match))


# -- an end before its time ----------------------------------------------------------------------


async def end(tx: Tx, rooms: Iterable[Room], now: datetime) -> int:
    """These are over at once, and their threads are closed; the next beat tells all of them the same.

    What was over already is told to nobody, but its thread is closed, too. Gives how many ended.
    """
    some = list(rooms)
    live = [one.match for one in some if one.match.state == "drawn"]
    for match in live:
        await telling.unsay(tx, match)
        await matches.keep(tx, rules.ended(match), now)
    await matches.part(tx, [one.match.id for one in some], now)
    return len(live)


async def stop(app: App, key: Key, match_id: int, now: datetime) -> Match:
    """One of them doesn't want it any more. Nobody learns who. Refuses "not_in_meeting" and "meeting_over"."""
    async with app.store.begin() as tx:
        room = await room_of(tx, key, match_id)
        if room.match.state != "drawn":
            raise Refusal("meeting_over")
        await end(tx, [room], now)
        return room.match


# -- did you meet? -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What one of them said of one of its weeks."""

    match: Match
    answer: Answer


async def say(app: App, key: Key, match_id: int, met: bool, now: datetime) -> Said:
    """They say whether they met; said otherwise later, that counts. Refuses "not_in_meeting" and "meeting_over"."""
    async with app.store.begin() as tx:
        room = await room_of(tx, key, match_id)
        way = await settings.one(tx, key.guild_id)
        answer = rules.said(way.when, room.match, key.user_id, met, now)
        await matches.say(tx, key.guild_id, answer)
        return Said(room.match, answer)


async def room_of(tx: Tx, key: Key, match_id: int) -> Room:
    """A match that they are in, or were. Refuses "not_in_meeting"."""
    room = await matches.one(tx, key.guild_id, match_id)
    if room is None or key.user_id not in room.match.members:
        raise Refusal("not_in_meeting")
    return room
