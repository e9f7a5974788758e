"""LaraJobs, RSS (research/feeds.md A2): company, place and pay in `job:` elements; not every job is remote."""

from __future__ import annotations

from bot.jobs.reading.boards import generic
from bot.jobs.reading.items import Item
from bot.ports import Entry


def read(item: Item) -> Entry | None:
    return generic.of_feed(item, fields=("job_job_type", "job_tags"))
