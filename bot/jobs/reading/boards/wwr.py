"""We Work Remotely, RSS (research/feeds.md 0.1, 0.7, A1).

Oddities: the title is `Company: Role`; `region` says "Anywhere in the World" for most items, true or not, while
`country` and `state`, when they are filled, say more, so both are kept beside the claim; `country` carries a flag;
`skills` is machine noise and is no tag; items live for years; one `item` may be opened twice (feedparser copes).
"""

from __future__ import annotations

from bot.jobs.reading.boards import generic
from bot.jobs.reading.items import Item
from bot.ports import Entry


def read(item: Item) -> Entry | None:
    company, colon, role = generic.title(item).partition(": ")
    return generic.of_feed(
        item,
        title=role if colon else company,
        company=company if colon else "",
        place=generic.first(item, ("region", "country", "state")),
        fields=("country", "state", "type", "category", "skills"),
    )
