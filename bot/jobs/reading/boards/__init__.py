"""The boards: one small module each, chosen by `parser:` in feeds.yaml.

A module has `read(item) -> Entry | None` (None: no title or no link), and where it needs them
`items(document)` (the items in the board's JSON, None for another shape; without it the board is a feed),
`follow(document)` (one more page to read, relative to this one) and `prepare(body)` (before feedparser reads it).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.jobs.reading.boards import (
    arbeitnow,
    ashby,
    cryptocurrencyjobs,
    fourdayweek,
    generic,
    greenhouse,
    himalayas,
    himalayas_api,
    hn,
    jobicy,
    jobspresso,
    jsonfeed,
    landingjobs,
    larajobs,
    lever,
    nofluffjobs,
    pythonorg,
    remotejobsorg,
    remoteok,
    remotive,
    remotive_rss,
    title_at_company,
    workable,
    workingnomads,
    wpjobmanager,
    wwr,
)
from bot.jobs.reading.items import Item
from bot.ports import Entry


@dataclass(frozen=True, slots=True)
class Board:
    """How the items of one board are read; see the module's words above."""

    read: Callable[[Item], Entry | None]
    items: Callable[[Any], list[Any] | None] | None = None
    follow: Callable[[Any], str | None] | None = None
    prepare: Callable[[bytes], bytes] | None = None


JSON_FEED = Board(jsonfeed.read, jsonfeed.items)

BOARDS = {
    "arbeitnow": Board(arbeitnow.read, arbeitnow.items),
    "ashby": Board(ashby.read, ashby.items),
    "cryptocurrencyjobs": Board(cryptocurrencyjobs.read),
    "fourdayweek": Board(fourdayweek.read, fourdayweek.items),
    "generic": Board(generic.read),
    "greenhouse": Board(greenhouse.read, greenhouse.items),
    "himalayas": Board(himalayas.read, prepare=himalayas.prepare),
    "himalayas_api": Board(himalayas_api.read, himalayas_api.items),
    "hn": Board(hn.read, hn.items, hn.follow),
    "jobicy": Board(jobicy.read, jobicy.items),
    "jobspresso": Board(jobspresso.read),
    "landingjobs": Board(landingjobs.read, landingjobs.items),
    "larajobs": Board(larajobs.read),
    "lever": Board(lever.read, lever.items),
    "nofluffjobs": Board(nofluffjobs.read, nofluffjobs.items),
    "pythonorg": Board(pythonorg.read),
    "remotejobsorg": Board(remotejobsorg.read, remotejobsorg.items),
    "remoteok": Board(remoteok.read, remoteok.items),
    "remotive": Board(remotive.read, remotive.items),
    "remotive_rss": Board(remotive_rss.read),
    "title_at_company": Board(title_at_company.read),
    "workable": Board(workable.read, workable.items),
    "workingnomads": Board(workingnomads.read, workingnomads.items),
    "wpjobmanager": Board(wpjobmanager.read),
    "wwr": Board(wwr.read),
}
