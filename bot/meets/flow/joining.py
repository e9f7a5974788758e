"""What members want of meetings, and what they see of them: join, sit out, pause, leave, whom they met."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.app import App
from bot.meets import kinds as rules
from bot.meets import week as weeks
from bot.meets.flow.meetings import room_of
from bot.meets.flow.settings import week_ahead
from bot.meets.flow.telling import question_set, role_of, topic
from bot.meets.store import joined as store
from bot.meets.store import matches, settings
from bot.meets.values import Joined, Kind, QuestionSet, Role, Room, Settings
from bot.people.members import Key
from bot.refusals import Refusal
from bot.storage import Tx

MOST_SHOWN = 10  # whom somebody met, the last ones


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody wants of one kind. in_next: are they in the next draw, as far as it is theirs to say?

    busy: they still have somebody then. next_at: the next draw; None: none is planned. topics: what they can choose.
    """

    joined: Joined
    next_at: datetime | None
    in_next: bool
    busy: bool
    topics: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Met:
    """One match as one of its members sees it. said: what they said of the week that it is; None: nothing yet.

    topic: in words. role: their own. answerable: they can say whether they met.
    """

    room: Room
    others: tuple[int, ...]
    topic: str
    role: Role
    said: bool | None
    answerable: bool

    @property
    def live(self) -> bool:
        return self.room.match.state == "drawn"


@dataclass(frozen=True, slots=True)
class Overview:
    """All of somebody's. on: meetings are on in this server. now: what is not over; before: what is, newest first."""

    on: bool
    next_at: datetime | None
    kinds: tuple[Mine, ...] = ()
    now: tuple[Met, ...] = ()
    before: tuple[Met, ...] = ()


# -- what they see -------------------------------------------------------------------------------


async def overview(app: App, key: Key, now: datetime) -> Overview:
    """What they want, whom they meet, whom they met."""
    async with app.store.read() as tx:
        way = await settings.one(tx, key.guild_id)
        rooms = await matches.of_members(tx, key.guild_id, [key.user_id])
        wanted = await store.of_member(tx, key)
        mine = tuple(_mine(app, one, way, rooms, now) for one in wanted)
        live = [one for one in rooms if one.match.state == "drawn"]
        before = [one for one in rooms if one.match.state != "drawn"][:MOST_SHOWN]
        met = await _met(app, tx, key, way, [*live, *before], now)
    cut = len(live)
    return Overview(way.channel_id is not None, way.next_draw_at, mine, tuple(met[:cut]), tuple(met[cut:]))


async def one(app: App, key: Key, kind: Kind, now: datetime) -> Mine:
    """What they want of one kind. Refuses "not_joined"."""
    async with app.store.read() as tx:
        return await _one(app, tx, key, kind, now)


async def one_met(app: App, key: Key, match_id: int, now: datetime) -> Met:
    """One match of theirs. Refuses "not_in_meeting"."""
    async with app.store.read() as tx:
        room = await room_of(tx, key, match_id)
        way = await settings.one(tx, key.guild_id)
        return (await _met(app, tx, key, way, [room], now))[0]


async def questions(app: App, key: Key, match_id: int) -> QuestionSet:
    """The set that their interview begins with. Refuses "not_in_meeting", "no_questions"."""
    async with app.store.read() as tx:
        room = await room_of(tx, key, match_id)
    return _a_set(app, room.about)


def other_questions(app: App, set_id: str) -> QuestionSet:
    """Any set of the book; its first one, where it has that no more. Refuses "no_questions"."""
    return _a_set(app, set_id)


def _a_set(app: App, set_id: str) -> QuestionSet:
    found = question_set(app.meets, set_id)
    if found is None:
        raise Refusal("no_questions")
    return found


async def _one(app: App, tx: Tx, key: Key, kind: Kind, now: datetime) -> Mine:
    found = await store.one(tx, key, kind)
    if found is None or found.left_at is not None:
        raise Refusal("not_joined", kind=kind)
    rooms = await matches.of_members(tx, key.guild_id, [key.user_id])
    return _mine(app, found, await settings.one(tx, key.guild_id), rooms, now)


def _mine(app: App, one: Joined, way: Settings, rooms: Collection[Room], now: datetime) -> Mine:
    week = week_ahead(way, now)
    busy = weeks.busy([room.match for room in rooms], one.user_id, one.kind, week)
    choices = tuple(rules.choices(one.kind, app.meets))
    return Mine(one, way.next_draw_at, rules.in_draw(one, week), busy >= one.most, choices)


async def _met(
    app: App, tx: Tx, key: Key, way: Settings, rooms: Collection[Room], now: datetime
) -> list[Met]:
    said = await matches.answers(tx, [one.match.id for one in rooms])
    found: list[Met] = []
    for room in rooms:
        match = room.match
        turn = weeks.turn_at(way.when, match, now)
        mine = {one.turn: one.met for one in said[match.id] if one.user_id == key.user_id}
        open_now = match.state == "drawn" and now < weeks.ends_at(way.when, match)
        others = tuple(one for one in match.members if one != key.user_id)
        about, role = topic(app.meets, match, room.about), role_of(match, key.user_id)
        latest = mine.get(turn) if match.state == "drawn" else mine.get(max(mine, default=0))
        found.append(Met(room, others, about, role, latest, open_now))
    return found


# -- what they choose ----------------------------------------------------------------------------


async def join(app: App, key: Key, kind: Kind, now: datetime, role: Role = "") -> Mine:
    """They are in the next draw. What they chose before stays, but for another role.

    Refuses "meets_off", "meet_role".
    """
    async with app.store.begin() as tx:
        await _on(tx, key.guild_id)
        before = await store.one(tx, key, kind)
        stays = before is not None and before.left_at is None and before.role == role
        topics = _known(app, kind, before.topics if before else ())
        most = before.most if before and stays else 1
        new = rules.join(key, kind, now, app.meets, role=role, topics=topics, most=most)
        if before is not None and stays:
            new = replace(
                new,
                joined_at=before.joined_at,
                skip_week=before.skip_week,
                paused_until=before.paused_until,
            )
        await store.keep(tx, new)
        return await _one(app, tx, key, kind, now)


def _known(app: App, kind: Kind, topics: Collection[str]) -> list[str]:
    """Those that the book still has."""
    known = {topic for topic, _ in rules.choices(kind, app.meets)}
    return [one for one in topics if one in known]


async def choose_topics(app: App, key: Key, kind: Kind, topics: Collection[str], now: datetime) -> Mine:
    """Topics, or question sets. Refuses "not_joined", "meet_topics", "meet_topic_gone"."""
    return await _again(app, key, kind, now, topics=topics)


async def choose_most(app: App, key: Key, kind: Kind, most: int, now: datetime) -> Mine:
    """How many mentees they take. Refuses "not_joined", "meet_most"."""
    return await _again(app, key, kind, now, most=most)


async def _again(
    app: App,
    key: Key,
    kind: Kind,
    now: datetime,
    topics: Collection[str] | None = None,
    most: int | None = None,
) -> Mine:
    """The rest stays."""

    def changed(was: Joined) -> Joined:
        said = rules.join(
            key,
            kind,
            now,
            app.meets,
            role=was.role,
            topics=_known(app, kind, was.topics) if topics is None else topics,
            most=was.most if most is None else most,
        )
        return replace(was, topics=said.topics, most=said.most)

    return await _change(app, key, kind, now, lambda was, week: changed(was))


async def skip(app: App, key: Key, kind: Kind, now: datetime) -> Mine:
    """Without the next draw. Refuses "not_joined"."""
    return await _change(app, key, kind, now, rules.skipped)


async def pause(app: App, key: Key, kind: Kind, number: int, now: datetime) -> Mine:
    """Without so many draws. Refuses "not_joined" and "pause_weeks"."""
    return await _change(app, key, kind, now, lambda was, week: rules.paused(was, week, number))


async def resume(app: App, key: Key, kind: Kind, now: datetime) -> Mine:
    """In the next draw again. Refuses "not_joined"."""
    return await _change(app, key, kind, now, lambda was, week: rules.resumed(was))


async def leave(app: App, key: Key, kind: Kind, now: datetime) -> None:
    """In no draw of this kind any more; what is drawn already stands. Refuses "not_joined"."""
    async with app.store.begin() as tx:
        was = await _here(tx, key, kind)
        await store.keep(tx, rules.left(was, now))


async def _change(
    app: App, key: Key, kind: Kind, now: datetime, change: Callable[[Joined, date], Joined]
) -> Mine:
    async with app.store.begin() as tx:
        was = await _here(tx, key, kind)
        way = await settings.one(tx, key.guild_id)
        await store.keep(tx, change(was, week_ahead(way, now)))
        return await _one(app, tx, key, kind, now)


async def _here(tx: Tx, key: Key, kind: Kind) -> Joined:
    found = await store.one(tx, key, kind)
    if found is None or found.left_at is not None:
        raise Refusal("not_joined", kind=kind)
    return found


async def _on(tx: Tx, guild_id: int) -> None:
    if (await settings.one(tx, guild_id)).channel_id is None:
        raise Refusal("meets_off")
