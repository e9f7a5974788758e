"""Who knows this company? One willing person at a time is asked, by an introduction; see `bot.jobs.inquiries` for why
the number, the rounds and the silence are as they are."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from bot.app import App
from bot.jobs import inquiries as rules
from bot.jobs.flow.finding import find
from bot.jobs.inquiries import Inquiry, Knows
from bot.jobs.store import inquiries as store
from bot.moderation.rights import Person
from bot.people.counted import told
from bot.people.flow import introductions, members, referrals
from bot.people.introductions import WAITS, Introduction, words_of
from bot.people.members import Key
from bot.refusals import Refusal
from bot.storage import Tx
from bot.text import company_key

log = logging.getLogger(__name__)

AT_ONCE = 50  # inquiries that go on in one beat

Names = Callable[[int], str]
"""What a server is called, as its members know it."""


async def look(app: App, who: Person, opening_id: int, now: datetime) -> Knows:
    """How many said so, and how my own question stands. Refuses an opening that names no company."""
    key = Key(who.guild_id, who.id)
    async with app.store.read() as tx:
        company = await _company(tx, key, opening_id)
        return await _knows(tx, key, company, now)


async def may_ask(app: App, who: Person, opening_id: int, now: datetime) -> str:
    """The company; refuses before the form is opened what would be refused after it was filled in."""
    key = Key(who.guild_id, who.id)
    async with app.store.read() as tx:
        return await _may_ask(tx, key, opening_id, now)


async def ask(app: App, who: Person, opening_id: int, words: str, server: str, now: datetime) -> Knows:
    """Put the question to the first one. It answers alike whether there is somebody they may meet or not."""
    line = words_of(words)
    await members.met(app, who, now)
    key = Key(who.guild_id, who.id)
    async with app.store.begin() as tx:
        company = await _may_ask(tx, key, opening_id, now)
        mark = company_key(company)
        asked_id = await _next_one(tx, app, key, mark, ())
        made = await introductions.put(tx, key, asked_id, rules.words_about(company, line), server, now)
        if not await store.add(tx, *_whose(key), mark, company, asked_id, made.id, now, made.lapses_at):
            raise Refusal("inquiry_there")
        return await _knows(tx, key, company, now)


async def ask_next(app: App, names: Names, now: datetime) -> int:
    """Duty: an inquiry whose round ended without a yes is put to the next one; gives how many went on or ended."""
    async with app.store.read() as tx:
        due = await store.due(tx, now, AT_ONCE)
    for one in due:
        try:
            async with app.store.begin() as tx:
                if (still := await store.one_due(tx, one.id, now)) is not None:
                    await _go_on(tx, app, still, names(still.guild_id), now)
        except Exception:  # of one inquiry: the others go on
            log.exception("inquiry %d met a mistake of ours", one.id)
    return len(due)


async def _go_on(tx: Tx, app: App, one: Inquiry, server: str, now: datetime) -> None:
    key = Key(one.guild_id, one.user_id)
    last = await _round_of(tx, one)
    asker = (await members.members_in(tx, one.guild_id, [one.user_id])).get(one.user_id)
    if last is not None and last.state == "accepted":
        return await store.end(tx, one.id, "found")
    if last is None or asker is None or asker.left_at or len(one.asked) >= rules.ROUNDS:
        return await store.end(tx, one.id, "ended")
    try:
        await introductions.check_limits(tx, key, now)
    except Refusal:
        return await store.went_on(tx, one.id, one.asked, one.introduction_id, now + rules.LATER)
    asked_id = await _next_one(tx, app, key, one.mark, one.asked)
    made = await introductions.put(tx, key, asked_id, last.words, server, now)
    await store.went_on(tx, one.id, (*one.asked, asked_id), made.id, now + WAITS)


# -- parts ---------------------------------------------------------------------------------------


async def _company(tx: Tx, key: Key, opening_id: int) -> str:
    one = await find(tx, opening_id, key.guild_id)
    if one is None:
        raise Refusal("opening_forgotten")
    if not company_key(one.company):
        raise Refusal("company_not_named")
    return one.company


async def _may_ask(tx: Tx, key: Key, opening_id: int, now: datetime) -> str:
    company = await _company(tx, key, opening_id)
    found = await _knows(tx, key, company, now)
    if found.standing != "free":
        raise Refusal("inquiry_there")
    if not found.number:
        raise Refusal("nobody_knows")
    await introductions.check_limits(tx, key, now)
    return company


async def _knows(tx: Tx, key: Key, company: str, now: datetime) -> Knows:
    mark = company_key(company)
    mine = await store.of(tx, *_whose(key), mark)
    last = None if mine is None else await _round_of(tx, mine)
    stands = rules.standing(mine, last is not None and last.state == "accepted", now)
    until = None if mine is None else mine.made_at + rules.LASTS
    if await referrals.minds_company(tx, key, mark):
        return Knows(company, 0, stands, until)
    willing = [one for one in await referrals.willing_at(tx, key.guild_id, mark) if one != key.user_id]
    return Knows(company, told(len(willing)), stands, until)


async def _next_one(tx: Tx, app: App, key: Key, mark: str, asked: tuple[int, ...]) -> int:
    willing = await referrals.willing_at(tx, key.guild_id, mark)
    may = await referrals.may_meet_of(tx, key, willing)
    return rules.next_of(app.key, *_whose(key), may, asked)


async def _round_of(tx: Tx, one: Inquiry) -> Introduction | None:
    if one.introduction_id is None:
        return None
    return await introductions.made_of(tx, one.guild_id, one.introduction_id)


def _whose(key: Key) -> tuple[int, int]:
    return key.guild_id, key.user_id
