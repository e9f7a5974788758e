"""Cases: told, read, claimed, noted, closed, opened again; and every look into a member's record, written down.

Who may read a case is asked at each press, in the transaction that answers it. The same words refuse a case that one
may not read and one that isn't there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.moderation import flow as moderation
from bot.moderation.rights import Person
from bot.people import cases as rules
from bot.people import cooldowns
from bot.people.cases import Audience, Case, Deed, Desk, Entry, Look, Report
from bot.people.flow.meeting import block_in, resolve_pen_name
from bot.people.flow.members import met
from bot.people.letters import letter, reachable
from bot.people.members import Key, Member, Profile
from bot.people.messages import (
    CASE_CHANGED,
    CASE_OPENED,
    CASE_WAITS,
    LOOK_NOTICE,
    CaseChanged,
    CaseOpened,
    CaseWaits,
    LookNotice,
)
from bot.people.store import cases as store
from bot.people.store import members
from bot.refusals import Refusal
from bot.storage import Tx

UNCLAIMED_FOR = timedelta(hours=24)  # then the moderators' channel hears that a case waits

Told = Literal["letter", "channel", "later", "nobody"]
"""How its readers hear of a case: by direct message; in the moderators' channel; only when they look; not at all."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What the reporter learns at once. separated: these two are never brought together again."""

    number: int
    audience: Audience
    told: Told
    separated: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A case as its readers see it."""

    case: Case
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Reports:
    """Behind /report: what I told myself, and what waits for me to read."""

    mine: tuple[Case, ...]
    to_read: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a member, for a reader of a case about them. others: more cases about them, by number."""

    case: Case
    member_id: int
    member: Member | None
    profile: Profile
    others: tuple[int, ...]


# -- telling -------------------------------------------------------------------------------------


async def may_tell(app: App, who: Person, now: datetime) -> None:
    """Refuses before a form is opened what would be refused after it was filled in."""
    async with app.store.read() as tx:
        cooldowns.may_report(*await store.open_of(tx, _key(who)), now)


async def report(
    app: App, who: Person, told: Report, about: Person | None, owner_id: int | None, now: datetime
) -> Filed:
    """Keep a report as a case, separate the two for good, and tell its readers.

    about: whom it is about, as Discord knows them now; None for nobody in particular or one who is no member.
    """
    words, quote = rules.cleaned(told)
    if told.about_id == who.id:
        raise Refusal("that_is_you")
    await met(app, who, now)
    async with app.store.begin() as tx:
        cooldowns.may_report(*await store.open_of(tx, _key(who)), now)
        desk = await _chosen(tx, who.guild_id, owner_id)
        readers = rules.readers_of(told, about, desk)
        number = await store.add(tx, _key(who), told, words, quote, readers, now)
        if told.about_id is not None:
            await block_in(app, tx, _key(who), told.about_id, now)
        around = rules.audience(readers, told.about_id, desk)
        if readers == "safety" and around.reader_id:
            await store.seat(tx, Key(who.guild_id, around.reader_id), True, now)
        how = await _tell_readers(tx, CaseOpened(who.guild_id, told.server, number), around, now)
        if (
            how == "later"
            and readers == "safety"
            and await _say_it_waits(tx, who.guild_id, number, True, now)
        ):
            how = "channel"
    return Filed(number, around, how, told.about_id is not None)


async def _tell_readers(tx: Tx, value: CaseOpened, around: Audience, now: datetime) -> Told:
    """Plan one message to each reader who can be written to."""
    if around.reader_id is None and around.role_id is None:
        return "nobody"
    planned = [
        one
        for to in await _readers(tx, value.guild_id, around)
        for one in letter(CASE_OPENED, f"case/{value.guild_id}/{value.number}", value, to, now)
    ]
    await outbox.plan(tx, planned, now)
    return "letter" if planned else "later"


async def _readers(tx: Tx, guild_id: int, around: Audience) -> list[Member]:
    """The readers we know: the one person, or those who look after safety."""
    ids = [around.reader_id] if around.reader_id else await store.seated(tx, guild_id)
    known = await members.some(tx, guild_id, {one for one in ids if one is not None} - around.never)
    return list(known.values())


async def _say_it_waits(tx: Tx, guild_id: int, number: int, closed: bool, now: datetime) -> bool:
    """The moderators' channel hears once that a case waits, and nothing else of it; False without such a channel."""
    channel_id = (await moderation.moderators_channels(tx, [guild_id])).get(guild_id)
    if channel_id is None:
        return False
    key = f"case/{guild_id}/{number}/waits"
    value = CaseWaits(guild_id, number, closed)
    await outbox.plan(tx, [Planned(CASE_WAITS, key, value, guild_id, channel_id, now)], now)
    return True


# -- reading -------------------------------------------------------------------------------------


async def reports(app: App, who: Person, owner_id: int | None, now: datetime) -> Reports:
    """My own cases, the newest first, and those that wait for me, the oldest first."""
    await met(app, who, now)
    async with app.store.begin() as tx:
        desk = await _desk(tx, who, owner_id, now)
        waiting = [one for one in await store.unsettled(tx, who.guild_id) if rules.may_read(one, who, desk)]
        return Reports(tuple(await store.made_by(tx, _key(who))), tuple(waiting))


async def read(app: App, who: Person, number: int, owner_id: int | None, now: datetime) -> Opened:
    """One case, for its readers."""
    async with app.store.begin() as tx:
        case, _ = await _readable(tx, who, number, owner_id, now)
        return await _opened(tx, case)


async def record(app: App, who: Person, number: int, owner_id: int | None, now: datetime) -> Record:
    """What is kept of the one a case is about. It is a look: logged, and that member can read so."""
    async with app.store.begin() as tx:
        case, desk = await _readable(tx, who, number, owner_id, now)
        if case.about_id is None:
            raise Refusal("case_about_nobody")
        theirs = Key(who.guild_id, case.about_id)
        await store.log_look(tx, theirs, who.id, "record", number, now)
        cases = await store.about(tx, who.guild_id, case.about_id)
        others = [one.number for one in cases if one.number != number and rules.may_read(one, who, desk)]
        found, profile = await members.one(tx, theirs), await members.profile_of(tx, theirs)
        return Record(case, case.about_id, found, profile, tuple(others))


async def looks(app: App, key: Key) -> list[Look]:
    """Who looked into this member's record, the newest first; for that member alone."""
    async with app.store.read() as tx:
        return await store.looks(tx, key)


# -- doing ---------------------------------------------------------------------------------------


async def turn(
    app: App, who: Person, number: int, deed: Deed, server: str, owner_id: int | None, now: datetime
) -> Opened:
    """Claim, close or reopen it; the reporter hears that something changed. server: its name."""
    async with app.store.begin() as tx:
        case, _ = await _readable(tx, who, number, owner_id, now)
        state, claimed_by = rules.turned(case, deed, who.id)
        await store.turn(tx, case, state, claimed_by, now)
        await store.enter(tx, case, who.id, deed, "", now)
        if case.by_id is not None:
            about, value = (
                f"case/{who.guild_id}/{number}/{now.isoformat()}",
                CaseChanged(who.guild_id, server),
            )
            reporter = await members.one(tx, Key(who.guild_id, case.by_id))
            await outbox.plan(tx, letter(CASE_CHANGED, about, value, reporter, now), now)
        return await _opened(tx, await _kept(tx, who.guild_id, number))


async def note(app: App, who: Person, number: int, text: str, owner_id: int | None, now: datetime) -> Opened:
    """Write a note on a case, for its readers; the reporter does not see it."""
    words = rules.note_of(text)
    async with app.store.begin() as tx:
        case, _ = await _readable(tx, who, number, owner_id, now)
        await store.enter(tx, case, who.id, "note", words, now)
        return await _opened(tx, case)


async def resolve(
    app: App,
    who: Person,
    number: int,
    circle: str,
    pen_name: str,
    server: str,
    owner_id: int | None,
    now: datetime,
) -> tuple[Opened, int]:
    """Who writes under a pen name in one group; (case, their id). Written down, logged, and they are told.

    A name that nobody has is refused and leaves no trace.
    """
    async with app.store.begin() as tx:
        case, _ = await _readable(tx, who, number, owner_id, now)
        if case.state == "closed":
            raise Refusal("case_closed", number=number)
        holder = await resolve_pen_name(tx, who.guild_id, circle, pen_name)
        if holder is None:
            raise Refusal("pen_name_unknown")
        theirs = Key(who.guild_id, holder.user_id)
        await store.enter(tx, case, who.id, "pen_name_resolved", holder.name, now)
        await store.log_look(tx, theirs, who.id, "pen_name", number, now)
        about, value = f"look/{who.guild_id}/{now.isoformat()}", LookNotice(who.guild_id, server)
        member = await members.one(tx, theirs)
        await outbox.plan(tx, letter(LOOK_NOTICE, about, value, member, now), now)
        return await _opened(tx, case), holder.user_id


# -- duty ----------------------------------------------------------------------------------------


async def mind_waiting(app: App, now: datetime) -> int:
    """Duty: tell the moderators' channel which cases wait: no reader can be written to, or none took it in a day.

    Never a case about a moderator: that channel is where they read. Gives how many wait so.
    """
    async with app.store.read() as tx:
        waiting = [(case, await _none_reachable(tx, case)) for case in await store.unclaimed(tx)]
    late = [(case, closed) for case, closed in waiting if closed or case.made_at + UNCLAIMED_FOR <= now]
    if late:
        async with app.store.begin() as tx:
            for case, closed in late:
                await _say_it_waits(tx, case.guild_id, case.number, closed, now)
    return len(late)


async def _none_reachable(tx: Tx, case: Case) -> bool:
    around = Audience(None, None, frozenset({case.about_id}))
    return not any(reachable(one) for one in await _readers(tx, case.guild_id, around))


# -- parts ---------------------------------------------------------------------------------------


def _key(who: Person) -> Key:
    return Key(who.guild_id, who.id)


async def _chosen(tx: Tx, guild_id: int, owner_id: int | None) -> Desk:
    """What the server's moderators chose. owner_id: as Discord tells it at this moment."""
    server = await moderation.settings_in(tx, guild_id)
    return Desk(owner_id, server.safety_role_id, server.second_contact_id)


async def _desk(tx: Tx, who: Person, owner_id: int | None, now: datetime) -> Desk:
    """The server's desk; whether this person sits at it is remembered, for the next case's messages."""
    desk = await _chosen(tx, who.guild_id, owner_id)
    await store.seat(tx, _key(who), rules.is_safety(who, desk), now)
    return desk


async def _readable(
    tx: Tx, who: Person, number: int, owner_id: int | None, now: datetime
) -> tuple[Case, Desk]:
    desk = await _desk(tx, who, owner_id, now)
    case = await store.one(tx, who.guild_id, number)
    if case is None or not rules.may_read(case, who, desk):
        raise Refusal("case_not_yours")
    return case, desk


async def _kept(tx: Tx, guild_id: int, number: int) -> Case:
    case = await store.one(tx, guild_id, number)
    if case is None:
        raise Refusal("case_not_yours")
    return case


async def _opened(tx: Tx, case: Case) -> Opened:
    return Opened(case, tuple(await store.entries(tx, case)))
