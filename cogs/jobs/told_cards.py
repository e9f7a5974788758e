"""What was kept for later, in one message: a channel's digest, a member's alert. Pure.

A member's alert is discreet unless they opened that door: then a lock screen shows how many there are, no more.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import accumulate

from discord import ui

from bot.jobs.messages import Alert, Digest, Spared
from bot.people.countries import country_name
from cogs.gate import code, escape, title_link
from cogs.jobs.card_lines import line
from cogs.layout import button, message, row
from cogs.ways import Way

_FILTER, _WORDS, _TODAY = 300, 300, 300
_TITLE, _COMPANY, _QUOTE = 160, 60, 140
_ROOM, _ROOM_BESIDE_SPARED = 3_200, 2_000  # characters for lines; Discord takes 4,000 in all


def digest(card: Digest, nonce: str) -> ui.LayoutView:
    """The best first; those that find no room are counted, and behind the button."""
    count = len(card.lines) + card.more
    shown, more = _fitting(map(line, card.lines), _ROOM)
    heard = f"Filter: {code(card.filter, _FILTER)}" if card.filter else "Every opening"
    why = "more than a day's cards came" if card.capped else "kept for this digest"
    return message(
        f"### {_openings(count)}",
        *shown,
        _and_more(more + card.more),
        f"-# {heard} · since {_moment(card.since)} · {why}",
        rows=[row(_list(count > len(shown), "jobs.digest", card.subscription_id, nonce))],
    )


def digest_way(card: Digest) -> Way:
    """A forum gets a post of its own for each."""
    return Way(
        silent=card.silent,
        publish=card.publish,
        post_title=f"{_openings(len(card.lines) + card.more)}, {_day(card.until)}",
        tag_words=("Digest",),
        fallback_tag=card.fallback_tag,
    )


def alert(card: Alert, nonce: str) -> ui.LayoutView:
    """A member's own; the test of it, and the discreet one, tell nothing of what it is about."""
    count = len(card.lines) + card.more
    if card.test:
        return _test(card, nonce)
    if card.discreet:
        return message(
            f"### Outpost: {_openings(count, 'new ')}",
            "-# Only you see what the button shows.",
            rows=[row(button("Show", "jobs.alert", card.subscription_id, nonce))],
        )
    shown, more = _fitting(map(line, card.lines), _ROOM_BESIDE_SPARED if card.spared else _ROOM)
    return message(
        f"### {_openings(count, 'new ')}",
        *shown,
        _and_more(more + card.more),
        _kept_from_you(card),
        f"**Today:** {escape(card.today, _TODAY)}" if card.today else "",
        f"-# You asked for: {escape(card.words, _WORDS)} · change it with /jobs alerts",
        rows=[row(_list(count > len(shown), "jobs.alert", card.subscription_id, nonce))],
    )


def _test(card: Alert, nonce: str) -> ui.LayoutView:
    about = "" if card.discreet else f"You asked for: {escape(card.words, _WORDS)}."
    return message(
        "### Outpost: this is a test",
        "It arrived, so what you asked for will, too.",
        about,
        "-# Pause or stop it with /jobs alerts.",
        rows=[row(button("My alerts", "jobs.alert", card.subscription_id, nonce))],
    )


def _kept_from_you(card: Alert) -> str:
    """Dead ends spared: the boards say anywhere, the postings say otherwise."""
    if not card.spared_of:
        return ""
    ends = "job that doesn't" if card.spared_of == 1 else "jobs that don't"
    where = country_name(card.country) if card.country else "your countries"
    head = f"**Kept from you:** {card.spared_of} “Anywhere” {ends} hire in {where}"
    return "\n".join([f"{head}.", *map(_spared, card.spared)])


def _spared(one: Spared) -> str:
    company = f" · {escape(one.company, _COMPANY)}" if one.company else ""
    quote = f"“{escape(one.quote, _QUOTE)}”" if one.quote else "its text says otherwise"
    return f"-# {title_link(one.title, one.url, _TITLE)}{company} · {quote}"


def _openings(count: int, new: str = "") -> str:
    return f"{count} {new}opening{'' if count == 1 else 's'}"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B}"


def _moment(moment: datetime) -> str:
    """Discord renders it on each reader's own clock and in their language."""
    return f"<t:{int(moment.timestamp())}:f>"


def _and_more(count: int) -> str:
    return f"-# and {count} more" if count else ""


def _list(hides_some: bool, name: str, subscription_id: int, nonce: str) -> ui.Button[ui.LayoutView]:
    return button("Show all" if hides_some else "Show as a list", name, subscription_id, nonce)


def _fitting(lines: Iterable[str], room: int) -> tuple[list[str], int]:
    """As many of the first lines as there is room for, and how many there is none for."""
    every = list(lines)
    lengths = accumulate(map(len, every))
    fitting = sum(length <= room for length in lengths)
    return every[:fitting], len(every) - fitting
