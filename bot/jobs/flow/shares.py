"""Finds that members offer: checked, put to the moderators, posted or declined; the member is told in private."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.outcome import CHANNEL_CODES
from bot.deliveries.planned import NOWHERE_YET, Planned, Row, decode
from bot.jobs import routes
from bot.jobs import shares as rules
from bot.jobs.doubts import THE_OPENING
from bot.jobs.flow.added import feeds_of
from bot.jobs.flow.finding import find
from bot.jobs.flow.unwanted import is_unwanted
from bot.jobs.messages import Offered, SharedCard
from bot.jobs.openings import Opening
from bot.jobs.shares import OFFERED, Share, Typed
from bot.jobs.store import doubts as doubt_store
from bot.jobs.store import shares as store
from bot.moderation import flow as moderation
from bot.moderation.rights import Person, bot_must_speak, moderators_only
from bot.people.flow import members
from bot.people.profile import one_link
from bot.refusals import Refusal
from bot.storage import Tx


@dataclass(frozen=True, slots=True)
class Begun:
    """A link that may be offered. known: the opening it leads to, where one of our feeds has it."""

    url: str
    known: Opening | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of it: told: moderators look; kept: they do once they have chosen a channel for it."""

    title: str
    became: Literal["told", "kept"]


# -- members -------------------------------------------------------------------------------------


async def begin(app: App, who: Person, text: str, visible: Collection[int], now: datetime) -> Begun:
    """Before the form is opened: refuses what would be refused after it was filled in.

    visible: the channels that this person sees; what stands in another one is not told to them.
    """
    url = one_link(text, rules.MOST_LINK)
    async with app.store.read() as tx:
        known = await find(tx, url, who.guild_id)
        await _may_be_offered(tx, who, url, known, visible, now)
    return Begun(url, known)


async def offer(
    app: App, who: Person, typed: Typed, opening_id: int | None, visible: Collection[int], now: datetime
) -> Kept:
    """Keep it and tell the moderators; opening_id: of the one that its link led to."""
    await members.met(app, who, now)
    async with app.store.begin() as tx:
        which = one_link(typed.url, rules.MOST_LINK) if opening_id is None else opening_id
        known = await find(tx, which, who.guild_id)
        if known is None and opening_id is not None:
            raise Refusal("opening_forgotten")
        url = known.url if known else str(which)
        clean = rules.cleaned(replace(typed, url=url), known)
        await _may_be_offered(tx, who, url, known, visible, now)
        if await is_unwanted(tx, who.guild_id, clean.company):
            raise Refusal("company_unwanted")
        number = await store.add(tx, who.guild_id, who.id, clean, known.id if known else None, now)
        channel_id = (await moderation.moderators_channels(tx, [who.guild_id])).get(who.guild_id, NOWHERE_YET)
        notice = rules.offered(number, clean, known)
        key = rules.notice_of(number, who.id)
        await outbox.plan(tx, [Planned(OFFERED, key, notice, who.guild_id, channel_id, now)], now)
    return Kept(clean.title, "kept" if channel_id == NOWHERE_YET else "told")


async def mine(app: App, who: Person) -> list[Share]:
    """My last finds in this server, the newest first."""
    async with app.store.read() as tx:
        return await store.last_of(tx, who.guild_id, who.id, rules.LAST)


async def _may_be_offered(
    tx: Tx, who: Person, url: str, known: Opening | None, visible: Collection[int], now: datetime
) -> None:
    rules.may_share(await store.made_since(tx, who.guild_id, who.id, now - rules.DAY))
    if known is not None:
        if await is_unwanted(tx, who.guild_id, known.company):
            raise Refusal("company_unwanted")
        withdrawn = await doubt_store.withdrawn_of(tx, who.guild_id, [known.id])
        if THE_OPENING in withdrawn.get(known.id, ()):
            raise Refusal("opening_taken_down")
        if known.closed_at is not None:
            raise Refusal("opening_closed")
    if where := await _stands(tx, who.guild_id, url, known, visible, now):
        raise Refusal(
            "stands_here", link=f"https://discord.com/channels/{who.guild_id}/{where[0]}/{where[1]}"
        )
    if any(one.state == "waiting" and _same(one, url, known) for one in await _lately(tx, who.guild_id, now)):
        raise Refusal("share_waits")


async def _stands(
    tx: Tx, guild_id: int, url: str, known: Opening | None, visible: Collection[int], now: datetime
) -> tuple[int, int] | None:
    """(channel, message) where it can be read here; the outbox remembers what it said for 30 days."""
    prefixes = [] if known is None else [routes.cards_of(known.folded_into or known.id)]
    shares = await _lately(tx, guild_id, now)
    prefixes += [rules.posts_of(one.id) for one in shares if one.state == "posted" and _same(one, url, known)]
    for prefix in prefixes:
        for said in await outbox.said(tx, prefix):
            if said.guild_id == guild_id and said.message_id is not None and said.channel_id in visible:
                in_forum = '"target":"forum"' in said.value  # a post there is a channel of its own
                return said.message_id if in_forum else said.channel_id, said.message_id
    return None


async def _lately(tx: Tx, guild_id: int, now: datetime) -> list[Share]:
    return await store.lately(tx, guild_id, now - rules.SHOWN_FOR)


def _same(one: Share, url: str, known: Opening | None) -> bool:
    same_opening = known is not None and one.opening_id == known.id
    return same_opening or rules.same_page(one.url, url)


# -- moderators ----------------------------------------------------------------------------------


async def post(
    app: App, who: Person, share_id: int, channel_id: int, missing: tuple[str, ...] | None, now: datetime
) -> Offered:
    """Post it in this channel. missing: as in `bot_must_speak`. Gives the notice as it reads from now on."""
    moderators_only(who)
    bot_must_speak(channel_id, missing)
    async with app.store.begin() as tx:
        one = await _waiting(tx, who, share_id)
        known = None if one.opening_id is None else await find(tx, one.opening_id, who.guild_id)
        if await is_unwanted(tx, who.guild_id, one.company):
            raise Refusal("company_unwanted")
        withdrawn = await doubt_store.withdrawn_of(tx, who.guild_id, [known.id] if known else [])
        withheld = withdrawn.get(known.id, frozenset()) if known else frozenset()
        if THE_OPENING in withheld:
            raise Refusal("opening_taken_down")
        notice = await _decide(tx, who, one, "posted", channel_id, now)
        due_at = max(now, await _free_at(tx, app, known)) if known else now
        planned = rules.post(one, known, notice.named, withheld, channel_id, due_at)
        await outbox.plan(tx, [planned], now)
        return notice


async def decline(app: App, who: Person, share_id: int, now: datetime) -> Offered:
    """Not here. Gives the notice as it reads from now on."""
    moderators_only(who)
    async with app.store.begin() as tx:
        return await _decide(tx, who, await _waiting(tx, who, share_id), "declined", None, now)


async def ask_again(tx: Tx, row: Row, now: datetime) -> None:
    """Its post died, or is uncertain: it waits for a moderator once more, who reads why in a new notice."""
    one = await store.reopen(tx, decode(SharedCard, row.value).share_id)
    if one is None:
        return
    user_id = one.user_id or 0
    said = await outbox.said(tx, rules.notice_of(one.id, user_id))
    plain = Offered(one.id, one.title, one.company, one.url, one.words, "")
    before = decode(Offered, said[-1].value) if said else plain
    code = "uncertain" if row.state == "uncertain" and row.trouble not in CHANNEL_CODES else row.trouble
    notice = replace(
        before,
        decided="",
        decided_by=0,
        trouble=code or row.state,
        detail=row.trouble_detail or "",
        tried=row.channel_id,
    )
    channel_id = (await moderation.moderators_channels(tx, [one.guild_id])).get(one.guild_id, NOWHERE_YET)
    key = f"{rules.notice_of(one.id, user_id)}/{now.isoformat()}"
    await outbox.plan(tx, [Planned(OFFERED, key, notice, one.guild_id, channel_id, now)], now)


async def _waiting(tx: Tx, who: Person, share_id: int) -> Share:
    one = await store.one(tx, who.guild_id, share_id)
    if one is None or one.state != "waiting":
        raise Refusal("decided_already")
    return one


async def _decide(
    tx: Tx, who: Person, one: Share, state: rules.State, channel_id: int | None, now: datetime
) -> Offered:
    """Of two moderators at once one decides. The member is told, if they allow messages."""
    if not await store.settle(tx, one, state, channel_id, who.id, now):
        raise Refusal("decided_already")
    if one.user_id is not None:
        to = (await members.members_in(tx, one.guild_id, [one.user_id])).get(one.user_id)
        letters = rules.told(one, to, channel_id, now)
        await outbox.plan(tx, letters, now)
        await outbox.revise(
            tx, [(each.key, each.value) for each in letters], now
        )  # decided for a second time
    return await _closed(tx, who, one, state, now)


async def _closed(tx: Tx, who: Person, one: Share, state: rules.State, now: datetime) -> Offered:
    """The notice says from now on what was decided; one whose member erased themselves names nobody."""
    said = [] if one.user_id is None else await outbox.said(tx, rules.notice_of(one.id, one.user_id))
    plain = Offered(one.id, one.title, one.company, one.url, one.words, "")
    before = decode(Offered, said[-1].value) if said else plain
    value = replace(before, decided=state, decided_by=who.id, trouble="", detail="", tried=0)
    if said:
        await outbox.revise(tx, [(said[-1].key, value)], now)
    return value


async def _free_at(tx: Tx, app: App, known: Opening) -> datetime:
    """Some boards ask that an opening isn't shown before their own readers had it for a while."""
    feed = (await feeds_of(app, tx)).get(known.feed_id)
    return known.first_seen_at + timedelta(hours=feed.delay_h if feed else 0)
