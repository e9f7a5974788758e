"""What moderators see of a server's reviews as a whole."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.app import App
from bot.moderation.rights import Person, moderators_only
from bot.reviews import stats as rules
from bot.reviews.flow.asking import reads_now
from bot.reviews.stats import Outcome, Supply
from bot.reviews.store import readers, requests, sheets
from bot.reviews.store.sheets import Event

LATELY = timedelta(days=90)


async def stats(app: App, who: Person, now: datetime) -> Supply:
    """Supply and demand, without a name."""
    moderators_only(who)
    async with app.store.read() as tx:
        every = await readers.reading(tx, who.guild_id)
        waiting = await requests.in_state(tx, who.guild_id, "waiting")
        past = await sheets.events(tx, who.guild_id, [one.user_id for one in every], now - LATELY)
    here = [one for one in every if reads_now(one, now)]
    return rules.supply(here, waiting, [_outcome(one) for one in past], now)


def _outcome(one: Event) -> Outcome:
    sent = one.submitted_at is not None
    in_time = one.submitted_at is not None and one.due_at is not None and one.submitted_at <= one.due_at
    return Outcome(one.reader_id, sent, in_time)
