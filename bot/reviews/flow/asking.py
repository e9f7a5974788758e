"""Having something read: may I, handing it in, how it stands, taking it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.app import App
from bot.moderation.rights import Person, moderators_only
from bot.people import cooldowns
from bot.people.flow import members
from bot.people.members import Key, Member
from bot.refusals import Refusal
from bot.reviews import asking as rules
from bot.reviews import credit
from bot.reviews.asking import NO_DOCUMENT, Document, Draft, Supply
from bot.reviews.credit import Account
from bot.reviews.fit import primary
from bot.reviews.flow.readings import end_for
from bot.reviews.pool import EVERYBODY_READS
from bot.reviews.rubric import Need
from bot.reviews.store import ledger, readers, readings, requests, settings
from bot.reviews.values import DELIVERED, Entry, Mode, Reader, Reading, Request, Settings
from bot.storage import Tx

SHOWN: frozenset[str] = frozenset({"draft", "waiting", "in_review", "delivered", "closed"})
"""Requests that their author still does something about, or reads reviews of."""

Progress = Literal["asked", "reading", "here"]


@dataclass(frozen=True, slots=True)
class Asking:
    """Before the form. current: the request that is open. pledged: documents they read at a time, for others.

    mode: what is chosen unless they say otherwise. supplies: primary language → how many others read it; one that
    is absent nobody reads.
    """

    settings: Settings
    current: Request | None
    account: Account
    pledged: int
    mode: Mode
    supplies: Mapping[str, Supply]

    def owed(self, needs: int) -> int:
        """How many more reviews they must pledge to ask for so many."""
        return credit.owed(self.account, self.pledged, needs)

    def supply(self, language: str) -> Supply:
        """How many others read documents in it, for a warning before anything is handed in."""
        return self.supplies.get(primary(language), "nobody")


@dataclass(frozen=True, slots=True)
class Standing:
    """A request as its author may see it. progress: of each reader who is asked, reads or has sent a review."""

    request: Request
    progress: tuple[Progress, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a reader is asked to read, or reads."""

    reading: Reading
    request: Request


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything of one member, for one page. reader: None for who never read for others."""

    settings: Settings
    requests: tuple[Standing, ...]
    tasks: tuple[Task, ...]
    reader: Reader | None
    account: Account
    pledged: int


# -- before --------------------------------------------------------------------------------------


async def may_ask(app: App, key: Key, now: datetime) -> Asking:
    """What counts before somebody hands something in. Refuses "reviews_off"."""
    async with app.store.read() as tx:
        way = await _on(tx, key.guild_id)
        me = (await members.members_in(tx, key.guild_id, [key.user_id])).get(key.user_id)
        mine = await requests.of_author(tx, key.guild_id, key.user_id)
        account, pledged = await _credit(tx, key, now)
        return Asking(
            way,
            rules.current(mine),
            account,
            pledged,
            rules.default_mode(me is None or me.private),
            await _supplies(tx, key, now),
        )


async def _on(tx: Tx, guild_id: int) -> Settings:
    way = await settings.one(tx, guild_id)
    if way.channel_id is None:
        raise Refusal("reviews_off")
    return way


async def _credit(tx: Tx, key: Key, now: datetime) -> tuple[Account, int]:
    lines = await ledger.entries(tx, key.guild_id, [key.user_id])
    reader = await readers.one(tx, key.guild_id, key.user_id)
    return credit.account(lines[key.user_id]), pledged(reader, now)


def pledged(reader: Reader | None, now: datetime) -> int:
    """How many documents they read at a time now; 0 for who reads none, or pauses."""
    return reader.capacity if reader is not None and reads_now(reader, now) else 0


def reads_now(reader: Reader, now: datetime) -> bool:
    """Do they take documents at present?"""
    return reader.left_at is None and (reader.paused_until is None or reader.paused_until <= now)


async def _supplies(tx: Tx, key: Key, now: datetime) -> dict[str, Supply]:
    """Blocks and guards count for nothing here, so that the answer tells nothing of them."""
    here = [one for one in await readers.reading(tx, key.guild_id) if reads_now(one, now)]
    known = await members.members_in(tx, key.guild_id, [one.user_id for one in here])
    others = [one for one in here if one.user_id != key.user_id and _may_read(known.get(one.user_id), now)]
    spoken = Counter(tag for one in others for tag in {primary(tag) for tag in _languages(one)})
    return {tag: rules.supply(count) for tag, count in spoken.items()}


def _languages(one: Reader) -> Collection[str]:
    return one.languages or (EVERYBODY_READS,)


def _may_read(member: Member | None, now: datetime) -> bool:
    if member is None or member.left_at is not None:
        return False
    made = cooldowns.account_made(member.key.user_id)
    return cooldowns.may_read_others(made, member.joined_at, now)


# -- handing in ----------------------------------------------------------------------------------


async def hand_in(
    app: App,
    who: Person,
    draft: Draft,
    needs: Collection[Need],
    now: datetime,
    document: Document = NO_DOCUMENT,
) -> Request:
    """Keep a request as a draft; it waits as soon as its document stands in a thread (`placed`).

    needs: of its kind's rubric. document: of the file, where there is one. Another draft of theirs is void then.
    Refuses what `rules.checked` and `rules.must_be_free` do, "review_owed", "reviews_off" and "member_unknown".
    """
    draft = rules.checked(draft, needs, document)
    sha256 = rules.fingerprint(draft, document)
    key = Key(who.guild_id, who.id)
    async with app.store.begin() as tx:
        await _on(tx, who.guild_id)
        me = (await members.members_in(tx, who.guild_id, [who.id])).get(who.id)
        if me is None:
            raise Refusal("member_unknown")
        mine = await requests.of_author(tx, who.guild_id, who.id)
        rules.must_be_free(mine, sha256, now)
        credit.must_afford(*await _credit(tx, key, now), draft.needs)
        await requests.keep(tx, [_gone(one, now) for one in mine if rules.is_void(one)])
        new = Request(
            id=0,
            guild_id=who.guild_id,
            author_id=who.id,
            kind=draft.kind,
            mode=draft.mode or rules.default_mode(me.private),
            when=draft.when,
            needs=draft.needs,
            language=draft.language,
            state="draft",
            made_at=now,
            target=draft.target,
            asks=draft.asks,
            link=draft.link,
            text=draft.text,
            pages=document.pages,
            sha256=sha256,
        )
        return replace(new, id=await requests.add(tx, new))


async def placed(tx: Tx, request_id: int, thread_id: int, message_id: int, now: datetime) -> Request | None:
    """Its document stands there: it waits for readers from now on. Twice is once. In the caller's transaction.

    One that was withdrawn meanwhile stays so, with its thread noted to be closed. None: there is no such request.
    """
    one = (await requests.some(tx, [request_id])).get(request_id)
    if one is None or one.message_id == message_id:
        return one
    there = replace(one, thread_id=thread_id, message_id=message_id)
    if one.state == "draft":
        there = replace(there, state="waiting", waiting_since=now, expires_at=now + rules.WAITS)
    await requests.keep(tx, [there])
    return there


# -- taking back ---------------------------------------------------------------------------------


async def withdraw(app: App, key: Key, request_id: int, now: datetime) -> Request:
    """It and its document go at once. Who had accepted it keeps their credit. Twice is once.

    Refuses "request_gone": there is none of theirs.
    """
    async with app.store.begin() as tx:
        one = await requests.one(tx, key.guild_id, request_id)
        if one is None or one.author_id != key.user_id:
            raise Refusal("request_gone")
        if one.state in ("withdrawn", "expired", "closed"):
            return one
        gone = _gone(one, now)
        await requests.keep(tx, [gone])
        every = (await readings.of_requests(tx, [one.id])).get(one.id, [])
        await _keep_credit(tx, every, now)
        await end_for(tx, every, now)
        return gone


async def _keep_credit(tx: Tx, live: Iterable[Reading], now: datetime) -> None:
    """Who has begun to read it is credited as if they had read it."""
    for one in live:
        if one.state == "accepted":
            await ledger.add(tx, one.guild_id, [Entry(one.reader_id, 1, "kept", now, one.id)])


def _gone(one: Request, now: datetime) -> Request:
    """Withdrawn, and no word of it is left here; expires_at: what stands in Discord is to go now."""
    void = replace(one, state="withdrawn", first=None, waiting_since=None, expires_at=now)
    return replace(void, target="", asks="", link="", text="", sha256="")


# -- looking -------------------------------------------------------------------------------------


async def mine(app: App, key: Key, now: datetime) -> Mine:
    """Everything of theirs; also with reviews off, since what is being read goes on."""
    async with app.store.read() as tx:
        own = [one for one in await requests.of_author(tx, key.guild_id, key.user_id) if one.state in SHOWN]
        theirs = await readings.of_requests(tx, [one.id for one in own])
        live = await readings.of_reader(tx, key.guild_id, key.user_id, live=True)
        of = await requests.some(tx, {one.request_id for one in live})
        account, pledge = await _credit(tx, key, now)
        return Mine(
            await settings.one(tx, key.guild_id),
            tuple(Standing(one, progress(theirs.get(one.id, []))) for one in own),
            tuple(Task(one, of[one.request_id]) for one in live),
            await readers.one(tx, key.guild_id, key.user_id),
            account,
            pledge,
        )


def progress(every: Iterable[Reading]) -> tuple[Progress, ...]:
    """What an author sees of each reading; one that ended early is just not there."""
    words: dict[str, Progress] = {"proposed": "asked", "accepted": "reading"}
    words |= dict.fromkeys(DELIVERED, "here")
    return tuple(words[one.state] for one in every if one.state in words)


# -- moderators ----------------------------------------------------------------------------------


async def waive(app: App, who: Person, user_id: int, amount: int, now: datetime) -> Account:
    """A moderator lets a member off so many reviews; gives how they stand now. Refuses "waive_amount"."""
    moderators_only(who)
    line = Entry(user_id, credit.waivable(amount), "waived", now)
    async with app.store.begin() as tx:
        await ledger.add(tx, who.guild_id, [line])
        return credit.account((await ledger.entries(tx, who.guild_id, [user_id]))[user_id])


async def accounts(tx: Tx, guild_id: int, user_ids: Sequence[int]) -> dict[int, Account]:
    """How these stand; for other flows, in their own transaction."""
    lines = await ledger.entries(tx, guild_id, user_ids)
    return {user_id: credit.account(theirs) for user_id, theirs in lines.items()}
