"""Wrong facts, and what looks like a scam: a member tells, moderators look, the server's cards say what is true.

Nobody learns who told it: the notice counts and shows no name, and their words are read from their own row when a
moderator asks for them, so that they go when the member goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeVar

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.nonce import delivery_id
from bot.deliveries.planned import NOWHERE_YET, Planned, decode
from bot.jobs import doubts as rules
from bot.jobs import routes
from bot.jobs.doubts import Doubtable, Kind
from bot.jobs.flow import unwanted
from bot.jobs.flow.finding import find
from bot.jobs.messages import Doubted, LooksLikeScam, OpeningCard, SharedCard
from bot.jobs.openings import Opening
from bot.jobs.shares import posts_of
from bot.jobs.store import doubts as store
from bot.jobs.store import shares as share_store
from bot.moderation import flow as moderation
from bot.moderation.rights import Person, moderators_only
from bot.people.flow.members import met
from bot.refusals import Refusal
from bot.storage import Tx

Notice = TypeVar("Notice", Doubted, LooksLikeScam)
Became = Literal["told", "kept", "looked_at", "again"]
"""Moderators are told; kept until they choose a channel for it; they looked at this before; told by you before."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a member can say of an opening. facts: those it states here; reasons: those we have seen ourselves."""

    opening: Opening
    facts: tuple[Doubtable, ...]
    reasons: tuple[tuple[str, str], ...]


# -- members -------------------------------------------------------------------------------------


async def look(app: App, who: Person, opening_id: int, kind: Kind, now: datetime) -> Asked:
    """Before the form is opened: refuses what would be refused after it was filled in."""
    async with app.store.read() as tx:
        made = await store.made_since(tx, who.guild_id, who.id, kind, now - rules.DAY)
        rules.may_doubt(kind, made)
        one = await _opening(tx, who, opening_id)
        facts = await _facts(tx, who, one)
    if kind == "wrong" and not facts:
        raise Refusal("nothing_to_doubt")
    return Asked(one, tuple(facts), rules.reasons_of(one.facts))


async def wrong(app: App, who: Person, opening_id: int, fact: str, words: str, now: datetime) -> Became:
    """A member says that this fact is wrong."""
    await met(app, who, now)
    async with app.store.begin() as tx:
        one = await _opening(tx, who, opening_id)
        stated = next((known for known in await _facts(tx, who, one) if known.fact == fact), None)
        if stated is None:
            raise Refusal("nothing_to_doubt")
        return await _told(tx, who, one, "wrong", fact, words, rules.doubted(one, stated, 1), now)


async def scam(app: App, who: Person, opening_id: int, words: str, now: datetime) -> Became:
    """A member says that this looks like a scam."""
    await met(app, who, now)
    async with app.store.begin() as tx:
        one = await _opening(tx, who, opening_id)
        withdrawn = await store.withdrawn_of(tx, who.guild_id, [one.id])
        if rules.THE_OPENING in withdrawn.get(one.id, ()):
            return "looked_at"
        return await _told(tx, who, one, "scam", "", words, rules.looks_like_scam(one, 1), now)


async def _told(
    tx: Tx,
    who: Person,
    one: Opening,
    kind: Kind,
    fact: str,
    words: str,
    value: Doubted | LooksLikeScam,
    now: datetime,
) -> Became:
    made = await store.made_since(tx, who.guild_id, who.id, kind, now - rules.DAY)
    rules.may_doubt(kind, made)
    decided_at = await store.decided_last(tx, who.guild_id, one.id, kind, fact)
    before = rules.settled_before(decided_at, one.changed_at)
    state: rules.State = "dismissed" if before else "open"
    kept = await store.add(tx, who.guild_id, who.id, one.id, kind, fact, rules.words_of(words), state, now)
    if before or not kept:
        return "looked_at" if before else "again"
    return await _notify(tx, who.guild_id, kind, fact, value, now)


async def _notify(
    tx: Tx, guild_id: int, kind: Kind, fact: str, value: Doubted | LooksLikeScam, now: datetime
) -> Became:
    """One notice for all who say the same, until a moderator decides."""
    waiting = await store.waiting(tx, guild_id, value.opening_id, kind, fact)
    first = waiting[0][0]
    key = f"{rules.notices_of(guild_id, value.opening_id, fact or rules.THE_OPENING)}{first}"
    value = replace(value, times=len(waiting))
    channel_id = (await moderation.moderators_channels(tx, [guild_id])).get(guild_id, NOWHERE_YET)
    word = rules.DOUBTED if kind == "wrong" else rules.SCAM
    planned = Planned(word, key, value, guild_id, channel_id, now)
    if not await outbox.plan(tx, [planned], now):
        await outbox.revise(tx, [(key, value)], now)
    return "kept" if channel_id == NOWHERE_YET else "told"


async def _facts(tx: Tx, who: Person, one: Opening) -> list[Doubtable]:
    withheld = (await store.withdrawn_of(tx, who.guild_id, [one.id])).get(one.id, frozenset())
    return rules.doubtable(one, withheld)


async def _opening(tx: Tx, who: Person, opening_id: int) -> Opening:
    one = await find(tx, opening_id, who.guild_id)
    if one is None:
        raise Refusal("opening_forgotten")
    return one


# -- moderators ----------------------------------------------------------------------------------


async def take_back(app: App, who: Person, opening_id: int, fact: str, now: datetime) -> Doubted:
    """They agree: in this server the fact is stated no more, in no card, digest or filter. Gives the notice."""
    return await _decide_fact(app, who, opening_id, fact, "agreed", now)


async def it_is_right(app: App, who: Person, opening_id: int, fact: str, now: datetime) -> Doubted:
    """They looked: the fact stays, and the same doubt is not put to them again while the posting says the same."""
    return await _decide_fact(app, who, opening_id, fact, "dismissed", now)


async def _decide_fact(
    app: App, who: Person, opening_id: int, fact: str, state: rules.State, now: datetime
) -> Doubted:
    moderators_only(who)
    async with app.store.begin() as tx:
        await _settle(tx, who, opening_id, "wrong", fact, state, now)
        if state == "agreed":
            await store.withdraw(tx, who.guild_id, opening_id, fact, who.id, now)
            await _show(tx, who.guild_id, opening_id, now)
        return await _close(tx, Doubted, who, opening_id, fact, state, now)


async def take_down(app: App, who: Person, opening_id: int, now: datetime) -> LooksLikeScam:
    """They agree: its cards here say so, and nothing here tells of it again."""
    return await _decide_opening(app, who, opening_id, "agreed", now)


async def it_is_fine(app: App, who: Person, opening_id: int, now: datetime) -> LooksLikeScam:
    """They looked: it stays."""
    return await _decide_opening(app, who, opening_id, "dismissed", now)


async def block_company(app: App, who: Person, opening_id: int, now: datetime) -> LooksLikeScam:
    """It is taken down, and nothing of its company is told here from now on. Refuses one that names no company."""
    return await _decide_opening(app, who, opening_id, "agreed", now, block=True)


async def _decide_opening(
    app: App, who: Person, opening_id: int, state: rules.State, now: datetime, *, block: bool = False
) -> LooksLikeScam:
    moderators_only(who)
    async with app.store.begin() as tx:
        await _settle(tx, who, opening_id, "scam", "", state, now)
        if state == "agreed":
            if block:
                await unwanted.block_in(tx, who, (await _opening(tx, who, opening_id)).company, now)
            await store.withdraw(tx, who.guild_id, opening_id, rules.THE_OPENING, who.id, now)
            await _show(tx, who.guild_id, opening_id, now)
        decided = "blocked" if block else state
        return await _close(tx, LooksLikeScam, who, opening_id, rules.THE_OPENING, decided, now)


async def undo(app: App, who: Person, opening_id: int, fact: str, now: datetime) -> Doubted | LooksLikeScam:
    """What was taken back or down stands again; a company that was blocked along with it stays blocked."""
    moderators_only(who)
    async with app.store.begin() as tx:
        if not await store.restore(tx, who.guild_id, opening_id, fact):
            raise Refusal("decided_already")
        await _show(tx, who.guild_id, opening_id, now)
        if fact == rules.THE_OPENING:
            return await _close(tx, LooksLikeScam, who, opening_id, fact, "undone", now)
        return await _close(tx, Doubted, who, opening_id, fact, "undone", now)


async def told_words(app: App, who: Person, opening_id: int, kind: Kind, fact: str) -> list[str]:
    """What members wrote along, without their names; of what waits to be decided only."""
    moderators_only(who)
    about = "" if kind == "scam" else fact
    async with app.store.read() as tx:
        waiting = await store.waiting(tx, who.guild_id, opening_id, kind, about)
    return [words for _, words in waiting if words]


async def _settle(
    tx: Tx, who: Person, opening_id: int, kind: Kind, fact: str, state: rules.State, now: datetime
) -> None:
    """Of two moderators at once one decides."""
    if not await store.settle(tx, who.guild_id, opening_id, kind, fact, state, who.id, now):
        raise Refusal("decided_already")


async def _close(
    tx: Tx, cls: type[Notice], who: Person, opening_id: int, fact: str, decided: str, now: datetime
) -> Notice:
    """The notice says from now on what was decided, wherever it stands."""
    said = await outbox.said(tx, rules.notices_of(who.guild_id, opening_id, fact))
    if not said:
        raise Refusal("decided_already")
    newest = max(said, key=lambda one: int(one.key.rpartition("/")[2]))
    value = replace(decode(cls, newest.value), decided=decided, decided_by=who.id)
    await outbox.revise(tx, [(newest.key, value)], now)
    return value


# -- what this server shows ------------------------------------------------------------------------


async def withdrawn_of(tx: Tx, guild_id: int) -> Mapping[int, frozenset[str]]:
    """Opening → the facts that this server's moderators took back; "scam": the opening itself.

    For filters and lists: `bot.jobs.digests.without(facts, names)` are the facts that count here.
    """
    return await store.withdrawn_of(tx, guild_id)


async def _show(tx: Tx, guild_id: int, opening_id: int, now: datetime) -> None:
    """Every card of the opening in this server, a member's find among them, says what is true here now."""
    withdrawn = (await store.withdrawn_of(tx, guild_id, [opening_id])).get(opening_id, frozenset())
    changed: list[tuple[str, object]] = []
    for said in await outbox.said(tx, routes.cards_of(opening_id)):
        if said.guild_id != guild_id:
            continue
        card = rules.taken_back(decode(OpeningCard, said.value), withdrawn)
        if card.taken_down and said.state == "new" and said.message_id is None:
            await outbox.discard(tx, [delivery_id(said.key, 1)])  # nobody has read it, nobody shall
        else:
            changed.append((said.key, card))
    for share_id in await share_store.posted_of(tx, guild_id, opening_id):
        for said in await outbox.said(tx, posts_of(share_id)):
            shared = decode(SharedCard, said.value)
            if shared.opening is not None:
                shown = replace(shared, opening=rules.taken_back(shared.opening, withdrawn))
                changed.append((said.key, shown))
    await outbox.revise(tx, changed, now)
