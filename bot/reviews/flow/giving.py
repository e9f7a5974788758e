"""Reading for others: joining, changing, pausing, leaving, and the sample that a newcomer reads first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.app import App
from bot.moderation.rights import Person
from bot.people import cooldowns
from bot.people.flow import members
from bot.people.languages import MOST_LANGUAGES, is_language
from bot.people.members import Key
from bot.refusals import Refusal
from bot.reviews import answers
from bot.reviews.answers import Sheet
from bot.reviews.credit import Account
from bot.reviews.flow.asking import accounts
from bot.reviews.flow.readings import end_for
from bot.reviews.pool import EVERYBODY_READS
from bot.reviews.rubric import Rubric
from bot.reviews.store import readers, readings, settings
from bot.reviews.values import KINDS, Kind, Reader
from bot.storage import Tx

MOST_CAPACITY = 4
MOST_PAUSE = 8  # weeks
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody who reads for others. reads_from: till then they are given nothing; None: they may read now.

    sample: they read the sample first, and for clarity only until they did.
    """

    reader: Reader
    reads_from: datetime | None
    sample: bool


# -- rules ---------------------------------------------------------------------------------------


def may_read_at(account_made: datetime, joined_at: datetime | None, now: datetime) -> datetime | None:
    """From when on they may read what others hand in; None: they may now.

    joined_at: the server; None counts as just now.
    """
    at = cooldowns.reads_others_from(account_made, joined_at, now)
    return at if at > now else None


def is_newcomer(reader: Reader, mine: Account) -> bool:
    """Have they neither read the sample nor sent a review?"""
    return reader.sample_at is None and not mine.given


def checked(
    capacity: int, kinds: Collection[str], languages: Collection[str]
) -> tuple[tuple[Kind, ...], tuple[str, ...]]:
    """Kinds in their usual order and languages as they were given, each once.

    Refuses "review_capacity" (limit), "review_kinds", "language_unknown" (text, near), "too_many_languages" (limit).
    """
    if not 1 <= capacity <= MOST_CAPACITY:
        raise Refusal("review_capacity", limit=MOST_CAPACITY)
    if not kinds or not set(kinds) <= set(KINDS):
        raise Refusal("review_kinds")
    for tag in languages:
        if not is_language(tag):
            raise Refusal("language_unknown", text=tag, near=())
    each = tuple(dict.fromkeys(languages))
    if len(each) > MOST_LANGUAGES:
        raise Refusal("too_many_languages", limit=MOST_LANGUAGES)
    return tuple(one for one in KINDS if one in kinds), each


# -- presses -------------------------------------------------------------------------------------


async def join(
    app: App, who: Person, capacity: int, kinds: Iterable[str], languages: Iterable[str], now: datetime
) -> Joined:
    """Read so many documents of these kinds at a time. languages: BCP 47 tags; none: their profile's, else English.

    To join again is to change it. Refuses as `checked`, "reviews_off" and "member_unknown".
    """
    some, tags = checked(capacity, tuple(kinds), tuple(languages))
    async with app.store.begin() as tx:
        if (await settings.one(tx, who.guild_id)).channel_id is None:
            raise Refusal("reviews_off")
        tags = tags or await _spoken(tx, who)
        before = await readers.one(tx, who.guild_id, who.id)
        reader = before or Reader(who.guild_id, who.id, capacity, some, tags, now)
        since = now if before is not None and before.left_at is not None else reader.joined_at
        reader = replace(reader, capacity=capacity, kinds=some, languages=tags, joined_at=since, left_at=None)
        await readers.keep(tx, reader)
        return await _joined(tx, reader, now)


async def _spoken(tx: Tx, who: Person) -> tuple[str, ...]:
    told = (await members.profiles_in(tx, who.guild_id, [who.id])).get(who.id)
    return (told.languages if told else ()) or (EVERYBODY_READS,)


async def _joined(tx: Tx, reader: Reader, now: datetime) -> Joined:
    me = (await members.members_in(tx, reader.guild_id, [reader.user_id])).get(reader.user_id)
    if me is None:
        raise Refusal("member_unknown")
    at = may_read_at(cooldowns.account_made(reader.user_id), me.joined_at, now)
    mine = (await accounts(tx, reader.guild_id, [reader.user_id]))[reader.user_id]
    return Joined(reader, at, is_newcomer(reader, mine))


async def giving(app: App, key: Key, now: datetime) -> Joined | None:
    """How they read for others; None: they don't."""
    async with app.store.read() as tx:
        reader = await readers.one(tx, key.guild_id, key.user_id)
        return None if reader is None or reader.left_at is not None else await _joined(tx, reader, now)


async def change(
    app: App,
    key: Key,
    now: datetime,
    *,
    capacity: int | None = None,
    kinds: Collection[str] | None = None,
    languages: Collection[str] | None = None,
) -> Joined:
    """Change what is given and nothing else. What is being read goes on. Refuses as `checked`, and "no_reader"."""
    async with app.store.begin() as tx:
        before = await _one(tx, key)
        some, tags = checked(
            before.capacity if capacity is None else capacity,
            before.kinds if kinds is None else tuple(kinds),
            before.languages if languages is None else tuple(languages),
        )
        reader = replace(before, capacity=capacity or before.capacity, kinds=some, languages=tags)
        await readers.keep(tx, reader)
        return await _joined(tx, reader, now)


async def pause(app: App, key: Key, weeks: int, now: datetime) -> Joined:
    """Nothing is given to them for so many weeks, 1 to 8; 0: they read again. What they accepted goes on.

    What they were only asked is asked of somebody else. Refuses "pause_weeks" (least, most) and "no_reader".
    """
    if not 0 <= weeks <= MOST_PAUSE:
        raise Refusal("pause_weeks", least=1, most=MOST_PAUSE)
    async with app.store.begin() as tx:
        before = await _one(tx, key)
        reader = replace(before, paused_until=now + weeks * WEEK if weeks else None)
        await readers.keep(tx, reader)
        if weeks:
            await _hand_back(tx, key, now)
        return await _joined(tx, reader, now)


async def leave(app: App, key: Key, now: datetime) -> None:
    """Read for nobody any more, but what they accepted. Twice is once."""
    async with app.store.begin() as tx:
        before = await readers.one(tx, key.guild_id, key.user_id)
        if before is not None and before.left_at is None:
            await readers.keep(tx, replace(before, left_at=now, paused_until=None))
            await _hand_back(tx, key, now)


async def _hand_back(tx: Tx, key: Key, now: datetime) -> None:
    """What they were asked and have not accepted is asked of somebody else."""
    every = await readings.of_reader(tx, key.guild_id, key.user_id, live=True)
    await end_for(tx, [one for one in every if one.state == "proposed"], now)


async def sample_done(app: App, key: Key, sheet: Sheet, rubric: Rubric, now: datetime) -> Joined:
    """They answered every item of the sample and see the reference beside it: from now on they read whole documents.

    Twice is once. Refuses "sample_open" (open: labels of items without an answer), "no_sample" and "no_reader".
    """
    compared = answers.compare_sample(sheet, rubric)
    if not compared:
        raise Refusal("no_sample")
    if open_items := tuple(one.label for one in compared if one.yours is None):
        raise Refusal("sample_open", open=open_items)
    async with app.store.begin() as tx:
        before = await _one(tx, key)
        reader = replace(before, sample_at=before.sample_at or now)
        await readers.keep(tx, reader)
        return await _joined(tx, reader, now)


async def _one(tx: Tx, key: Key) -> Reader:
    reader = await readers.one(tx, key.guild_id, key.user_id)
    if reader is None or reader.left_at is not None:
        raise Refusal("no_reader")
    return reader
