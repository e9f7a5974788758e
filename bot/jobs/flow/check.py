"""`/jobs check`: may I apply? For an opening that we know, or a posting that somebody pasted; nothing is fetched."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.app import App
from bot.deliveries import store as outbox
from bot.jobs import check as rules
from bot.jobs import routes
from bot.jobs.check import Eligible, Me, Must
from bot.jobs.facts import Facts, decode
from bot.jobs.flow.finding import Seen, find, me_of, seen_by
from bot.people.flow import members
from bot.people.members import Key
from bot.ports import WorkerTrouble
from bot.refusals import Refusal
from bot.storage import Tx

READING_S = 5.0
ELSEWHERE = 0  # no server: a direct message, or one that has not invited the bot


@dataclass(frozen=True, slots=True)
class Known:
    """seen: the opening. posted: the channels, of those the person can see, where a card of it stands."""

    seen: Seen
    posted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pasted:
    """Facts of a text that nobody vouches for."""

    facts: Facts
    me: Me
    eligible: Eligible
    musts: tuple[Must, ...]


@dataclass(frozen=True, slots=True)
class UnknownLink:
    link: str


Checked = Known | Pasted | UnknownLink


async def check(app: App, key: Key, text: str, now: datetime, visible: Collection[int] = ()) -> Checked:
    """key: whose profile counts; its server ELSEWHERE where there is none. visible: channels they can see."""
    if not text.strip():
        raise Refusal("check_empty")
    links = rules.links_in(text)
    if (known := await check_links(app, key, links, now, visible)) is not None:
        return known
    if rules.is_only_a_link(text):
        return UnknownLink(links[0])
    return await pasted(app, key, text, now)


async def check_links(
    app: App, key: Key, links: Sequence[str], now: datetime, visible: Collection[int] = ()
) -> Known | None:
    """The first of these links that is an opening's. A posting's own text may name several."""
    async with app.store.read() as tx:
        guild_id = key.guild_id or None
        for link in links[:10]:
            if (one := await find(tx, link, guild_id)) is not None:
                return Known(await seen_by(tx, app, one, key, now), await _posted(tx, one.id, key, visible))
    return None


async def check_opening(
    app: App, key: Key, opening_id: int, now: datetime, visible: Collection[int] = ()
) -> Known:
    async with app.store.read() as tx:
        one = await find(tx, opening_id, key.guild_id or None)
        if one is None:
            raise Refusal("opening_forgotten")
        return Known(await seen_by(tx, app, one, key, now), await _posted(tx, one.id, key, visible))


async def pasted(app: App, key: Key, text: str, now: datetime) -> Pasted:
    """Facts of a text, read in a worker."""
    if len(text) > rules.MAX_TEXT:
        raise Refusal("check_too_long", limit=rules.MAX_TEXT)
    try:
        facts = decode(await app.workers.call("bot.jobs.check:facts_of_text", text, timeout_s=READING_S))
    except WorkerTrouble as trouble:
        raise Refusal("check_unreadable") from trouble
    async with app.store.read() as tx:
        me = await me_of(tx, key)
    return Pasted(facts, me, rules.eligible(facts, "", me, now), rules.musts(facts, me))


async def whose(app: App, user_id: int) -> Key:
    """Whose profile counts where no server is: that of the first server where they told where they may work."""
    keys = [Key(guild_id, user_id) for guild_id in sorted(await members.servers_of(app, user_id))]
    async with app.store.read() as tx:
        for key in keys:
            if (await me_of(tx, key)).countries:
                return key
    return keys[0] if keys else Key(ELSEWHERE, user_id)


async def _posted(tx: Tx, opening_id: int, key: Key, visible: Collection[int]) -> tuple[int, ...]:
    said = await outbox.said(tx, routes.cards_of(opening_id))
    here = [one for one in said if one.guild_id == key.guild_id and one.message_id is not None]
    return tuple(one.channel_id for one in here if one.channel_id in visible)
