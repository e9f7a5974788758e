"""The card of an opening: what, who, who may apply, what it pays, whose word it is; and how it goes out. Pure.

Looks (design/surface.md): calm, dense; one heading, facts in the order people ask for them, small print for the rest.
Every card carries its delivery's nonce in a custom_id: our marker, should we ever have to look whether it arrived.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from discord import ui

from bot.jobs.digests import without
from bot.jobs.facts import Facts
from bot.jobs.facts.groups import GROUPS
from bot.jobs.facts.skills import say as skill_name
from bot.jobs.facts.warnings import WORDS
from bot.jobs.messages import Also, OpeningCard
from bot.jobs.place_words import (
    CORRECTED,
    EMPLOYMENT,
    LEVELS,
    Words,
    country,
    pay_line,
    place_line,
    values_line,
)
from cogs.gate import escape, title_link
from cogs.layout import ago, button, message, row
from cogs.ways import Way

TITLE, COMPANY, QUOTE = 200, 100, 90
_BOARD, _CLAIM, _ATTRIBUTION, _PLACE_WORD = 40, 120, 100, 40
_ALSO_ROOM = 1_200  # characters for the links to further boards; one may have 512
MOST_SKILLS, _MOST_WARNINGS, _MOST_PLACES = 5, 3, 3

# Reasons that the lines for place and pay give themselves.
_SAID_ABOVE = frozenset({"board_region_conflict", "pay_conflict"})
_CLOSED = {"expired": "it has run out", "gone": "its board doesn't show it any more", None: "it is over"}


def opening(card: OpeningCard, nonce: str) -> ui.LayoutView:
    """The card in a channel."""
    more = button("More", "jobs.more", card.opening_id, nonce)
    top = f"<@&{card.role_id}>" if card.role_id else ""
    if card.taken_down:
        return message(
            "### **Taken down** by the moderators here",
            f"{escape(card.title, TITLE)}{_beside(card.company)}",
            "-# It looked like a scam to them. Don't send it money or documents.",
            rows=[row(more)],
        )
    link, save = (
        ui.Button[ui.LayoutView](label="Open", url=card.url),
        button("Save", "jobs.keep", card.opening_id, nonce),
    )
    return message(
        top,
        f"### {_heading(card)}",
        "\n".join(fact_lines(shown_facts(card), card)),
        "\n".join(f"-# {line}" for line in _small_print(card)),
        rows=[row(link, more) if card.closed_at else row(link, save, more)],
    )


def shown_facts(card: OpeningCard) -> Facts:
    """What was read, without what this server's moderators took back."""
    return without(card.facts, card.withheld)


def _heading(card: OpeningCard) -> str:
    """No meaning by strike-through alone: a closed one says so."""
    linked = title_link(card.title, card.url, TITLE + len(card.url))
    return f"**Closed** · ~~{linked}~~" if card.closed_at else linked


def _beside(company: str) -> str:
    return f" · {escape(company, COMPANY)}" if company else ""


def fact_lines(facts: Facts, card: OpeningCard) -> list[str]:
    """Company, level, employment; place; pay; skills."""
    whose = [
        escape(card.company, COMPANY),
        values_line((one.value for one in facts.level), LEVELS),
        values_line((one.value for one in facts.employment), EMPLOYMENT),
    ]
    place = Words(CORRECTED) if "place" in card.withheld else place_line(facts.place, card.place_claim)
    pay = Words(CORRECTED) if "pay" in card.withheld else pay_line(facts.pay, card.pay_claim)
    skills = [skill_name(one.id) for one in sorted(facts.skills, key=lambda one: one.asked != "must")]
    lines = [" · ".join(filter(None, whose)), f"**Open to:** {spoken(place)}", f"**Pay:** {spoken(pay)}"]
    return [*filter(None, lines), *([" · ".join(skills[:MOST_SKILLS])] if skills else [])]


def spoken(words: Words, quote: int = QUOTE) -> str:
    """Our words, and the quote behind them as plain words."""
    return f"{words.said}: {quoted(words.quote, quote)}" if words.quote else words.said


def quoted(text: str, limit: int = QUOTE) -> str:
    """Somebody else's words on one line, in quotation marks; "" for none."""
    return f"“{escape(' '.join(text.split()), limit)}”" if text.strip() else ""


# -- small print ---------------------------------------------------------------------------------


def _small_print(card: OpeningCard) -> Iterator[str]:
    if card.closed_at:
        yield f"Closed {ago(card.closed_at)}: {_CLOSED[card.closed_why]}"
    also = also_on(card.also)
    where = [
        escape(card.attribution, _ATTRIBUTION),
        ago(card.published_at or card.first_seen_at),
        f"also on {also}" if also else "",
        f"also: {_elsewhere(card.places)}" if card.places else "",
        reposted(card) if card.reposts else "",
    ]
    yield " · ".join(filter(None, where))
    if card.withheld - {"place", "pay"}:
        yield f"Corrected by moderators: {', '.join(sorted(card.withheld - {'place', 'pay'}))}"
    reasons = [
        WORDS[one.code] for one in shown_facts(card).warnings if one.code in WORDS.keys() - _SAID_ABOVE
    ]
    if reasons:
        yield f"Look twice: {' '.join(reasons[:_MOST_WARNINGS])} *Tell us if this is wrong*, under More."


def also_on(also: Iterable[Also]) -> str:
    """Further boards, each linked to its page there, as far as there is room; the others are counted."""
    every = [title_link(one.board, one.url, _BOARD + len(one.url)) for one in also]
    shown = [one for number, one in enumerate(every) if sum(map(len, every[: number + 1])) <= _ALSO_ROOM]
    more = len(every) - len(shown)
    return ", ".join([*shown, f"{more} more"] if shown and more else shown)


def _elsewhere(places: Sequence[str]) -> str:
    """ "PL, ES, ES, +31": what was folded into this message."""
    named = [escape(one, _PLACE_WORD) for one in places[:_MOST_PLACES]]
    more = len(places) - len(named)
    return ", ".join([*named, f"+{more}"] if more else named)


def reposted(card: OpeningCard) -> str:
    since = card.first_seen_at
    return f"{_ordinal(card.reposts + 1)} time since {since:%B %Y}"


def _ordinal(number: int) -> str:
    last = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"


# -- the way it goes -----------------------------------------------------------------------------

# Names that moderators give to tags, the narrowest group first.
_REGIONS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("EU27", ("EU", "European Union", "Europe")),
    ("EUROPE", ("Europe",)),
    ("NORTHERN_AMERICA", ("North America", "Americas")),
    ("LATAM", ("LATAM", "Latin America", "Americas")),
    ("AMERICAS", ("Americas", "America")),
    ("AFRICA", ("Africa",)),
    ("ASIA", ("Asia", "APAC")),
    ("OCEANIA", ("Oceania", "APAC")),
    ("APAC", ("APAC",)),
    ("EMEA", ("EMEA",)),
)
_NAMES = {"US": ("US", "USA", "United States"), "GB": ("UK", "United Kingdom")}


def way(card: OpeningCard) -> Way:
    """How a card goes out. A forum's post is named after the opening, with tags for region and level."""
    facts = shown_facts(card)
    return Way(
        silent=card.silent,
        role_id=card.role_id,
        publish=card.publish,
        post_title=f"{card.title} · {card.company}" if card.company else card.title,
        tag_words=(*regions(facts), *(LEVELS[one.value] for one in facts.level)),
        fallback_tag=card.fallback_tag,
        close=card.closed_at is not None or card.taken_down,
    )


def regions(facts: Facts) -> tuple[str, ...]:
    """What a region's tag might be called, the best first: the country itself, then the groups that hold it whole."""
    place = facts.place
    if place.scope == "worldwide":
        return ("Worldwide", "Anywhere", "Global")
    inside = frozenset(place.countries_in)
    names: list[str] = []
    if len(inside) == 1:
        (code,) = inside
        names += _NAMES.get(code, (country(code),))
    if inside:
        names += _groups(inside)
    return tuple(dict.fromkeys(names))


def _groups(inside: Collection[str]) -> Iterator[str]:
    for group, names in _REGIONS:
        if GROUPS[group].issuperset(inside):
            yield from names
