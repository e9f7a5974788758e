"""What became of openings, told in the messages that stand: shown elsewhere, folded, changed, closed, back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.nonce import delivery_id
from bot.deliveries.planned import decode
from bot.jobs import life, routes, store
from bot.jobs.ears import Ears
from bot.jobs.flow.added import delays_of, feeds_of
from bot.jobs.flow.hearing import ears_of
from bot.jobs.messages import OpeningCard, SharedCard
from bot.jobs.openings import ClosedWhy, Opening, SeenOn
from bot.jobs.shares import posts_of
from bot.storage import Tx

BATCH = 50  # openings closed in one unit of work


async def close_openings(app: App, now: datetime) -> int:
    """Duty: close what has expired, and what every full list that showed it is without; gives how many."""
    async with app.store.read() as tx:  # mostly there is nothing, and no writer has to wait for that
        if not await _over(tx, app, now):
            return 0
    closed = 0
    while True:
        async with app.store.begin() as tx:
            over = await _over(tx, app, now)
            for why, ids in over.items():
                await _close(tx, app, ids, why, now)
        if not over:
            return closed
        closed += sum(map(len, over.values()))


async def _over(tx: Tx, app: App, now: datetime) -> dict[ClosedWhy, list[int]]:
    """Some of what is to be closed, by its reason; empty when nothing is."""
    if expired := await store.openings.expired(tx, now, BATCH):
        return {"expired": expired}
    full = [feed.id for feed in (await feeds_of(app, tx)).values() if feed.list == "full"]
    gone = await store.sightings.gone(tx, full, life.MISSED, BATCH) if full else []
    return {"gone": gone} if gone else {}


async def _close(tx: Tx, app: App, ids: Sequence[int], why: ClosedWhy, now: datetime) -> None:
    await store.openings.close(tx, ids, why, now)
    await store.saved.mark_gone(tx, ids, now)
    await show_anew(tx, app, ids, now)


async def show_anew(tx: Tx, app: App, ids: Collection[int], now: datetime) -> int:
    """Let the messages about these openings, and about all of their families, say what is true now; gives how many
    change. Called in the transaction that changed an opening."""
    if not ids:
        return 0
    about = await _gather(tx, app, ids, now)
    revisions: list[tuple[str, object]] = []
    for one in about.openings:
        for said in await outbox.said(tx, routes.cards_of(one.id)):
            card = decode(OpeningCard, said.value)
            shown = life.shown(card, *about.as_known_in(said.guild_id, one))
            if shown.closed_at and said.state == "new" and said.message_id is None:
                await outbox.discard(tx, [delivery_id(said.key, 1)])  # nobody need read of it any more
            elif shown != card:
                revisions.append((said.key, shown))
    revisions += await _finds(tx, about)
    return await outbox.revise(tx, revisions, now)


async def _finds(tx: Tx, about: _About) -> list[tuple[str, object]]:
    """The posts of members' finds that are otherwise now."""
    by_id = {one.id: one for one in about.openings}
    changed: list[tuple[str, object]] = []
    for share_id, opening_id in await store.shares.posts_of(tx, by_id):
        for said in await outbox.said(tx, posts_of(share_id)):
            card = decode(SharedCard, said.value)
            if card.opening is not None:
                shown = life.shown(card.opening, *about.as_known_in(said.guild_id, by_id[opening_id]))
                changed += [(said.key, replace(card, opening=shown))] if shown != card.opening else []
    return changed


@dataclass(frozen=True, slots=True)
class _About:
    """openings: those asked for with all of their families. seen_on: what may be named of each, by their ears."""

    openings: Sequence[Opening]
    families: Mapping[int, Sequence[Opening]]
    seen_on: Mapping[int, Sequence[SeenOn]]
    ears: Ears

    def as_known_in(self, guild_id: int, one: Opening) -> tuple[Opening, list[SeenOn], list[Opening]]:
        """The opening, where it was seen, and the others of its family, without boards the server doesn't hear."""
        seen_on = [seen for seen in self.seen_on.get(one.id, ()) if self.ears.hear(guild_id, seen.feed_id)]
        others = [self.ears.here(guild_id, other) for other in self.variants(one)]
        return self.ears.here(guild_id, one) or one, seen_on, [other for other in others if other]

    def variants(self, one: Opening) -> list[Opening]:
        """The others of its family; what a storm holds is told by nobody."""
        family = self.families.get(one.folded_into or one.id, ())
        return [other for other in family if other.id != one.id and other.storm_id == one.storm_id]


async def _gather(tx: Tx, app: App, ids: Collection[int], now: datetime) -> _About:
    asked = await store.openings.by_ids(tx, list(ids), text=False)
    heads = {one.folded_into or one.id for one in asked}
    folded = await store.openings.families(tx, heads)
    known = {one.id: one for one in asked} | {one.id: one for family in folded.values() for one in family}
    known |= {one.id: one for one in await store.openings.by_ids(tx, list(heads - known.keys()), text=False)}
    families = {head: [*([known[head]] if head in known else ()), *family] for head, family in folded.items()}
    seen_on = await store.sightings.of_openings(tx, known)
    delays = await delays_of(app, tx)
    named = {
        number: [one for one in seen if life.may_be_named(one, delays, now)]
        for number, seen in seen_on.items()
    }
    return _About(list(known.values()), families, named, await ears_of(tx, known.values()))
