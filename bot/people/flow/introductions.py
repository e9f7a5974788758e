"""Asking for an introduction, answering it, and letting it lapse: the asker can't tell which, unless it is a yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.moderation.rights import Person
from bot.people import cooldowns
from bot.people import introductions as rules
from bot.people.flow.meeting import meetings
from bot.people.flow.members import met
from bot.people.introductions import Introduction, Shown, can_be_answered, is_open, lands, shown, words_of
from bot.people.letters import letter
from bot.people.may_meet import may_meet
from bot.people.members import Key, Member
from bot.people.messages import ASKED, INTRODUCED, Asked, Introduced
from bot.people.store import introductions as store
from bot.people.store import members
from bot.refusals import Refusal
from bot.storage import Tx


@dataclass(frozen=True, slots=True)
class Waiting:
    """An ask as the asked one sees it: the words, and what the asker shows to everybody here; no name."""

    introduction: Introduction
    shown: Shown


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody I was introduced to."""

    other_id: int
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Mine:
    """What there is for me to see. asked: my own asks, which stay for their seven days whatever became of them."""

    waiting: tuple[Waiting, ...]
    asked: tuple[Introduction, ...]
    met: tuple[Met, ...]


async def ask(app: App, who: Person, asked_id: int, words: str, server: str, now: datetime) -> Introduction:
    """Ask somebody for an introduction. asked_id: NOBODY for one who is gone; server: its name.

    It answers alike for everybody: those who can't be found, who blocked the asker, who left or never pressed
    anything here. Only limits refuse, and they count what the asker did, not what became of it.
    Asking somebody whose own ask waits for an answer is a yes to that one, which is given then: accepted.
    """
    words = words_of(words)
    if asked_id == who.id:
        raise Refusal("that_is_you")
    await met(app, who, now)
    key = Key(who.guild_id, who.id)
    async with app.store.begin() as tx:
        await check_limits(tx, key, now)
        if crossing := await _crossing(tx, key, asked_id, now):
            return await _introduce(tx, crossing, server, now, answer=words)
        return await put(tx, key, asked_id, words, server, now)


async def check_limits(tx: Tx, key: Key, now: datetime) -> None:
    """Refuses one ask more than a member may have; in the caller's transaction."""
    _within_limits(await store.asked_by(tx, key, now - cooldowns.MONTH), now)


async def put(tx: Tx, key: Key, asked_id: int, words: str, server: str, now: datetime) -> Introduction:
    """Keep an ask and tell the asked one, where they may be told; in the caller's transaction, limits checked before.

    words: as `words_of` gives them. The answer is alike for everybody, NOBODY among them.
    """
    earlier = await store.between(tx, key, asked_id)
    state: rules.State = "asked" if lands(earlier, now) else "lapsed"
    made = await store.add(tx, key, asked_id, words, state, now, now + rules.WAITS)
    kept = await _kept(tx, key.guild_id, made)
    if state == "asked" and await _may_meet(tx, kept):
        await outbox.plan(tx, await _asked_letter(tx, kept, server, now), now)
    return kept


async def made_of(tx: Tx, guild_id: int, introduction_id: int) -> Introduction | None:
    """An ask as it stands; None once it is forgotten. For other subjects, in their own transaction."""
    return await store.one(tx, guild_id, introduction_id)


async def may_ask(app: App, who: Person, now: datetime) -> None:
    """Refuses before a form is opened what the limits would refuse after it was filled in."""
    async with app.store.read() as tx:
        lately = await store.asked_by(tx, Key(who.guild_id, who.id), now - cooldowns.MONTH)
    _within_limits(lately, now)


def _within_limits(lately: list[Introduction], now: datetime) -> None:
    waiting = sum(is_open(one, now) for one in lately)
    cooldowns.may_ask(waiting, sum(one.asked_at > now - cooldowns.MONTH for one in lately))


async def mine(app: App, who: Person, now: datetime) -> Mine:
    """Who would like to meet me, whom I asked, whom I met in the last 30 days."""
    key = Key(who.guild_id, who.id)
    async with app.store.read() as tx:
        waiting = [
            await _waiting(tx, one) for one in await store.asked_of(tx, key, now) if await _may_meet(tx, one)
        ]
        asked = [one for one in await store.asked_by(tx, key, now) if is_open(one, now)]
        came = await store.accepted_of(tx, key, now - cooldowns.MONTH)
    return Mine(tuple(waiting), tuple(asked), tuple(met_by(one, who.id) for one in came))


async def met_since(tx: Tx, key: Key, since: datetime) -> list[Met]:
    """Whom this member was introduced to since a moment, in that order; for other subjects, in their transaction."""
    return [met_by(one, key.user_id) for one in await store.accepted_of(tx, key, since)]


async def one_waiting(app: App, key: Key, introduction_id: int, now: datetime) -> Waiting:
    """One ask, for the asked one, as long as it can be answered."""
    async with app.store.read() as tx:
        return await _waiting(tx, await _answerable(tx, key, introduction_id, now))


async def accept(app: App, key: Key, introduction_id: int, server: str, now: datetime) -> Met:
    """Yes: both learn who the other is. Of two presses at once one counts."""
    async with app.store.begin() as tx:
        one = await _answerable(tx, key, introduction_id, now)
        return met_by(await _introduce(tx, one, server, now), key.user_id)


async def decline(app: App, key: Key, introduction_id: int, now: datetime) -> None:
    """Not now: nobody is told, and nothing that the asker sees changes."""
    async with app.store.begin() as tx:
        one = await _answerable(tx, key, introduction_id, now)
        if not await store.settle(tx, one, "declined", now):
            raise Refusal("introduction_over")


async def lapse(app: App, now: datetime) -> int:
    """Duty: what nobody answered in seven days is over; nobody is told. Gives how many."""
    async with app.store.begin() as tx:
        return await store.lapse(tx, now)


# -- parts ---------------------------------------------------------------------------------------


async def _kept(tx: Tx, guild_id: int, introduction_id: int) -> Introduction:
    one = await store.one(tx, guild_id, introduction_id)
    if one is None:
        raise Refusal("introduction_over")
    return one


async def _answerable(tx: Tx, key: Key, introduction_id: int, now: datetime) -> Introduction:
    """Refused alike: settled, lapsed, somebody else's, the asker is gone, or the two must not meet by now."""
    one = await _kept(tx, key.guild_id, introduction_id)
    if one.asked_id != key.user_id or not can_be_answered(one, now) or not await _may_meet(tx, one):
        raise Refusal("introduction_over")
    return one


async def _crossing(tx: Tx, key: Key, asked_id: int, now: datetime) -> Introduction | None:
    """The ask of that one to this member, as long as it can be answered."""
    for one in await store.between(tx, Key(key.guild_id, asked_id), key.user_id):
        if can_be_answered(one, now) and await _may_meet(tx, one):
            return one
    return None


async def _introduce(tx: Tx, one: Introduction, server: str, now: datetime, answer: str = "") -> Introduction:
    """Accept it and tell both. answer: the line that the asker gets instead of their own."""
    if not await store.settle(tx, one, "accepted", now):
        raise Refusal("introduction_over")
    kept = await _kept(tx, one.guild_id, one.id)
    for member in (await members.some(tx, kept.guild_id, [kept.asker_id, kept.asked_id])).values():
        words = answer if answer and member.key.user_id == kept.asker_id else kept.words
        await outbox.plan(tx, _introduced_letter(kept, member, words, server, now), now)
    return kept


async def _may_meet(tx: Tx, one: Introduction) -> bool:
    """Are both still here, and does nothing speak against it?"""
    here = await members.some(tx, one.guild_id, [one.asker_id, one.asked_id])
    if len(here) < 2 or any(member.left_at for member in here.values()):
        return False
    found = await meetings(tx, one.guild_id, list(here))
    return may_meet(found[one.asker_id], found[one.asked_id])


async def _waiting(tx: Tx, one: Introduction) -> Waiting:
    return Waiting(one, shown(await members.profile_of(tx, Key(one.guild_id, one.asker_id))))


def met_by(one: Introduction, me: int) -> Met:
    """An accepted one, as this one of the two sees it."""
    other = one.asked_id if one.asker_id == me else one.asker_id
    return Met(other, one.words, one.settled_at or one.asked_at)


async def _asked_letter(tx: Tx, one: Introduction, server: str, now: datetime) -> list[Planned]:
    to = await members.one(tx, Key(one.guild_id, one.asked_id))
    if to is None:
        return []
    seen = (await _waiting(tx, one)).shown
    value = Asked(
        one.id,
        one.guild_id,
        server,
        one.words,
        seen.field,
        seen.level,
        seen.open_to,
        one.lapses_at,
        discreet=not to.opens("dm_names"),
    )
    return letter(ASKED, f"introduction/{one.id}/asked", value, to, now)


def _introduced_letter(
    one: Introduction, to: Member, words: str, server: str, now: datetime
) -> list[Planned]:
    other_id = met_by(one, to.key.user_id).other_id
    value = Introduced(one.guild_id, server, other_id, words, discreet=not to.opens("dm_names"))
    return letter(INTRODUCED, f"introduction/{one.id}/accepted", value, to, now)
