"""My list: saving an opening, going on with it, and what other subjects may know of it: its owner's own numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.app import App
from bot.jobs import saved as rules
from bot.jobs import store
from bot.jobs.days import day_of
from bot.jobs.digests import without
from bot.jobs.facts import encode
from bot.jobs.flow.finding import find
from bot.jobs.openings import Opening
from bot.jobs.saved import MAX_COMPANY, MAX_TITLE, Need, Saved, Stage
from bot.people.flow import members
from bot.people.members import Key, Member
from bot.people.profile import one_link
from bot.refusals import Refusal
from bot.storage import Tx
from bot.text import canonical_link, tidy

MAX_BOARD = 80


@dataclass(frozen=True, slots=True)
class Mine:
    """A member's list as they see it: in order, with what needs them today. member: their zone, text or pictures."""

    member: Member
    saved: tuple[Saved, ...]
    needs: tuple[Need, ...]
    today: str

    def one(self, saved_id: int) -> Saved:
        """Refuses what isn't on it any more."""
        for kept in self.saved:
            if kept.id == saved_id:
                return kept
        raise Refusal("saved_gone")


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening of the list. undo: the stage to which its last step can be taken back. today: on their clock."""

    saved: Saved
    undo: Stage | None
    today: date


# -- onto the list -------------------------------------------------------------------------------


async def save(app: App, key: Key, opening_id: int, now: datetime) -> Saved:
    """Put an opening on the list with its facts as they are now; saving it twice is saving it once."""
    async with app.store.begin() as tx:
        return await _save(tx, key, await _opening(tx, key, opening_id), now)


async def save_link(app: App, key: Key, url: str, title: str, company: str, now: datetime) -> Saved:
    """Put a page on the list that they found themselves. One that we know is saved with its facts."""
    shown = one_link(url)
    async with app.store.begin() as tx:
        known = await find(tx, shown, key.guild_id)
        if known is not None:
            return await _save(tx, key, known, now)
        whose = tidy(company, MAX_COMPANY)
        return await _add(tx, key, now, url=shown, title=rules.title_of(title, whose, shown), company=whose)


async def applied(app: App, key: Key, opening_id: int, now: datetime) -> Saved:
    """They applied: on the list with it, and on to that stage, unless it is further already."""
    async with app.store.begin() as tx:
        kept = await _save(tx, key, await _opening(tx, key, opening_id), now)
        return await move_in(tx, key, kept, "applied", now) if kept.stage in ("saved", "closed") else kept


async def _opening(tx: Tx, key: Key, opening_id: int) -> Opening:
    one = await find(tx, opening_id, key.guild_id)
    if one is None:
        raise Refusal("opening_forgotten")
    return one


async def _save(tx: Tx, key: Key, one: Opening, now: datetime) -> Saved:
    """What this server's moderators took back is not among its facts."""
    taken = await store.hearing.withdrawn_facts(tx, [one.id])
    withheld = taken.get((key.guild_id, one.id), frozenset())
    return await _add(
        tx,
        key,
        now,
        url=one.url,
        title=tidy(one.title, MAX_TITLE),
        company=tidy(one.company, MAX_COMPANY),
        opening_id=one.id,
        board=tidy(one.board, MAX_BOARD),
        place_claim="" if "place" in withheld else one.place_claim,
        pay_claim="" if "pay" in withheld else one.pay_claim,
        facts_json=encode(without(one.facts, withheld)) if one.facts_json else "",
        gone_at=one.closed_at,
    )


async def _add(
    tx: Tx,
    key: Key,
    now: datetime,
    *,
    url: str,
    title: str,
    company: str,
    opening_id: int | None = None,
    board: str = "",
    place_claim: str = "",
    pay_claim: str = "",
    facts_json: str = "",
    gone_at: datetime | None = None,
) -> Saved:
    await known_in(tx, key)
    every = await store.saved.of(tx, key.guild_id, key.user_id)
    page = canonical_link(url)
    for kept in every:
        if (opening_id is not None and kept.opening_id == opening_id) or canonical_link(kept.url) == page:
            return kept
    if len(every) >= rules.MOST_SAVED:
        raise Refusal("too_many_saved", limit=rules.MOST_SAVED)
    values = {
        "guild_id": key.guild_id,
        "user_id": key.user_id,
        "opening_id": opening_id,
        "title": title,
        "company": company,
        "url": url,
        "board": board,
        "place_claim": place_claim,
        "pay_claim": pay_claim,
        "facts_json": facts_json,
        "gone_at": gone_at,
    }
    made = await store.saved.add(tx, values, now)
    if made is None:  # the other of two presses at once was quicker
        again = await store.saved.of(tx, key.guild_id, key.user_id)
        return next(kept for kept in again if kept.url == url)
    return await kept_in(tx, key, made)


# -- going on with it ----------------------------------------------------------------------------


async def move(app: App, key: Key, saved_id: int, stage: Stage, now: datetime) -> Saved:
    """On to a stage. Back to the one before within an hour is an undo: the step between never was."""
    async with app.store.begin() as tx:
        return await move_in(tx, key, await kept_in(tx, key, saved_id), stage, now)


async def move_in(tx: Tx, key: Key, kept: Saved, stage: Stage, now: datetime) -> Saved:
    if kept.stage == stage:
        return kept
    steps = await store.saved.steps(tx, key.guild_id, key.user_id, saved_id=kept.id)
    if rules.undone(steps, stage, now):
        await store.saved.take_back(tx, kept.id)
        await store.saved.change(tx, kept.id, now, stage=stage, stage_at=steps[-2].at, told="")
    else:
        await store.saved.reach(tx, key.guild_id, key.user_id, kept.id, stage, now)
        await store.saved.change(tx, kept.id, now, stage=stage, stage_at=now)
    return await kept_in(tx, key, kept.id)


async def note(app: App, key: Key, saved_id: int, text: str, now: datetime) -> Saved:
    """Their own words; none takes them away."""
    async with app.store.begin() as tx:
        await kept_in(tx, key, saved_id)
        await store.saved.change(tx, saved_id, now, note=rules.note_of(text))
        return await kept_in(tx, key, saved_id)


async def next_step(app: App, key: Key, saved_id: int, text: str, day: str, now: datetime) -> Saved:
    """What they do next, and on which day of their own clock; both empty: nothing any more."""
    async with app.store.begin() as tx:
        await kept_in(tx, key, saved_id)
        on = day_of(day, _today(await known_in(tx, key), now))
        await store.saved.change(tx, saved_id, now, next_step=rules.step_of(text, on), next_on=on)
        return await kept_in(tx, key, saved_id)


async def remove(app: App, key: Key, saved_id: int) -> Saved:
    """Off the list, with its note and its steps. Gives what it was."""
    async with app.store.begin() as tx:
        kept = await kept_in(tx, key, saved_id)
        await store.saved.remove(tx, saved_id)
        return kept


# -- looking at it -------------------------------------------------------------------------------


async def mine(app: App, key: Key, now: datetime) -> Mine:
    """The whole list, in its order."""
    async with app.store.read() as tx:
        member = await known_in(tx, key)
        every = await store.saved.of(tx, key.guild_id, key.user_id)
    found = rules.needs(every, now, zone_of(member))
    line = rules.today_line(found, now, zone_of(member))
    return Mine(member, tuple(rules.in_order(every)), tuple(found), line)


async def opened(app: App, key: Key, saved_id: int, now: datetime) -> Opened:
    """One of them, as its page shows it."""
    async with app.store.read() as tx:
        member, kept = await known_in(tx, key), await kept_in(tx, key, saved_id)
        steps = await store.saved.steps(tx, key.guild_id, key.user_id, saved_id=saved_id)
    before = steps[-2].stage if len(steps) > 1 else None
    undo = before if before is not None and rules.undone(steps, before, now) else None
    return Opened(kept, undo, _today(member, now))


async def numbers(
    tx: Tx, guild_id: int, user_id: int, since: datetime, until: datetime
) -> Mapping[Stage, int]:
    """How many of their openings reached each stage from `since` on, before `until`. For their own eyes alone."""
    return rules.numbers(await store.saved.steps(tx, guild_id, user_id, since=since, until=until))


async def today_line(tx: Tx, guild_id: int, user_id: int, now: datetime) -> str:
    """One line of what needs them today, of their own list; "" when nothing does. Still has to be escaped."""
    every = await store.saved.of(tx, guild_id, user_id)
    member = (await members.members_in(tx, guild_id, [user_id])).get(user_id)
    if not every or member is None:
        return ""
    zone = zone_of(member)
    return rules.today_line(rules.needs(every, now, zone), now, zone)


# -- parts ---------------------------------------------------------------------------------------


async def known_in(tx: Tx, key: Key) -> Member:
    """Refuses whoever never pressed anything here: a list without its owner would be forgotten by no duty."""
    member = (await members.members_in(tx, key.guild_id, [key.user_id])).get(key.user_id)
    if member is None:
        raise Refusal("member_unknown")
    return member


async def kept_in(tx: Tx, key: Key, saved_id: int) -> Saved:
    """Refuses what isn't there, and what is somebody else's."""
    kept = await store.saved.one(tx, key.guild_id, key.user_id, saved_id)
    if kept is None:
        raise Refusal("saved_gone")
    return kept


def zone_of(member: Member) -> tzinfo:
    """UTC until they told it."""
    return ZoneInfo(member.zone) if member.zone else UTC


def _today(member: Member, now: datetime) -> date:
    return now.astimezone(zone_of(member)).date()
