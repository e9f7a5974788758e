"""A town with subscriptions of every kind and openings to tell; the moves of the tests about who hears what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from bot.deliveries.flow import send_due
from bot.deliveries.planned import decode
from bot.jobs import store
from bot.jobs.facts import NO_FACTS, Facts, Place, encode
from bot.jobs.facts.values import Evidence
from bot.jobs.flow import alerts_out, digests
from bot.jobs.flow.hearing import hear
from bot.jobs.hearing import Told
from bot.jobs.messages import Alert, Digest, OpeningCard
from bot.jobs.openings import Opening
from bot.moderation.rights import Person
from bot.people.flow import members, presence
from bot.people.members import Key
from bot.ports import FeedSpec, Trouble
from bot.storage.tables import member, subscription
from tests.jobs.parts import CHANNEL, GUILD, Town
from tests.jobs.values import feed, opening

ANA, BOB = 101, 102
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CLOSED = Trouble("dm_closed", "Discord answered 403.")


def say(facts: Facts = NO_FACTS, **given: Any) -> str:
    """Facts as they are kept."""
    return encode(replace(facts, **given))


def only(*countries: str, board_says: str = "", quote: str = "") -> Place:
    """A place restricted to these countries, with the words that prove it."""
    proof = (Evidence("text", 0, len(quote), "test", quote),) if quote else ()
    return Place("restricted", countries, evidence=proof, board_says=board_says)


def job(number: int, it: Town, **given: Any) -> Opening:
    """An opening of a company of its own, published when it is first seen: now."""
    now = it.clock()
    values = {"company": f"Company {number}", "published_at": now, "first_seen_at": now, **given}
    return opening(number, **values)


async def subscribed(it: Town, text: str = "", **given: Any) -> int:
    """Keep an active subscription of a channel, or of a member; gives its id."""
    now = it.clock()
    whose = given.get("member_id")
    row: dict[str, Any] = {
        "guild_id": GUILD,
        "channel_id": None if whose else CHANNEL,
        "member_id": whose,
        "target": "member" if whose else "text",
        "filter": text,
        "state": "active",
        "created_by": 1,
        "created_at": now,
        "changed_by": 1,
        "changed_at": now,
    }
    async with it.app.store.begin() as tx:
        made = await tx.execute(insert(subscription).values({**row, **given}).returning(subscription.c.id))
        return int(made.scalar_one())


async def set_up(it: Town, number: int, **values: Any) -> None:
    """Change a subscription as its owner's page would."""
    async with it.app.store.begin() as tx:
        changed = update(subscription).where(subscription.c.id == number)
        await tx.execute(changed.values(changed_at=it.clock(), **values))


async def known(it: Town, user_id: int = ANA, *, consents: bool = True, **fields: Any) -> Key:
    """Somebody who has pressed something here, and by default allowed direct messages."""
    key, now = Key(GUILD, user_id), it.clock()
    await members.met(it.app, Person(user_id, GUILD, False), now)
    if fields:
        await members.change(it.app, key, now, **fields)
    if consents:  # the test message of that press would ring a minute before what is tested here
        async with it.app.store.begin() as tx:
            mine = update(member).where(member.c.guild_id == GUILD, member.c.user_id == user_id)
            await tx.execute(mine.values(dm_since=now))
    return key


async def tell(
    it: Town, *openings: Opening, of: FeedSpec | None = None, guild_id: int | None = None, **told: Any
) -> int:
    """Keep these and tell them, as a reading does; gives what `hear` gives."""
    async with it.app.store.begin() as tx:
        await store.openings.remember(tx, list(openings), [], it.clock())
        marked = [
            Told(one, place, **({"folded_into": one.folded_into} | told))
            for place, one in enumerate(openings)
        ]
        return await hear(tx, it.app, marked, of or feed(), it.clock(), guild_id)


async def beat(it: Town, after: timedelta = timedelta()) -> datetime:
    """Time passes, then every duty that tells something, once."""
    it.sender.listening = presence.listening
    now = it.clock.move(after)
    await alerts_out.reach_again(it.app, now)
    await digests.say_digests(it.app, now)
    await send_due(it.app, it.sender)
    await alerts_out.mind_alerts(it.app, now)
    await presence.mind_members(it.app, now)
    return now


async def settled(it: Town, days: int = 3) -> None:
    """Let every duty run for some days, an hour a step."""
    for _ in range(24 * days):
        await beat(it, HOUR)


def posted(it: Town, where: int, kind: str) -> list[str]:
    """The values of one kind that stand in a channel, or with a member."""
    return [one.value for one in it.discord.channels[where] if one.kind == kind and not one.deleted]


def cards(it: Town, channel: int = CHANNEL) -> list[OpeningCard]:
    return [decode(OpeningCard, value) for value in posted(it, channel, "opening")]


def digests_in(it: Town, channel: int = CHANNEL) -> list[Digest]:
    return [decode(Digest, value) for value in posted(it, channel, "digest")]


def alerts_of(it: Town, member_id: int = ANA) -> list[Alert]:
    return [decode(Alert, value) for value in posted(it, member_id, "alert")]


def numbers(said: Sequence[OpeningCard] | Digest | Alert) -> list[int]:
    """The openings that these are about."""
    return [one.opening_id for one in (said.lines if isinstance(said, Digest | Alert) else said)]


async def waiting(it: Town, number: int) -> list[tuple[int, str]]:
    """(opening, why) of what waits for a subscription."""
    async with it.app.store.read() as tx:
        return [(one.opening_id, one.why) for one in await store.waiting.of(tx, number)]
