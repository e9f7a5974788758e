"""What this subject forgets, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.jobs import store
from bot.jobs.flow.added import forget_tested

DRAFTS = timedelta(days=1)  # that nobody saved; feeds that were tested and not added
DELIVERIES = timedelta(days=30)  # after they were said; until then *More* can tell why
OPENINGS = timedelta(
    days=180
)  # after their feed showed them last: forgotten sooner, they would be posted again


async def forget(app: App, now: datetime) -> int:
    """Duty: forget drafts, deliveries and openings whose days are over; gives how many rows."""
    async with app.store.begin() as tx:
        drafts = await store.subscriptions.forget_drafts(tx, now - DRAFTS)
        drafts += await forget_tested(tx, now - DRAFTS)
        said = await outbox.prune(tx, now - DELIVERIES)
        return drafts + said + await store.openings.forget(tx, now - OPENINGS)
