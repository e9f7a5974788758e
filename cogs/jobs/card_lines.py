"""An opening as one line of a list: its title linked, then what people ask for, place before pay. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.jobs.messages import Line
from bot.jobs.place_words import LEVELS, pay_line, place_line, values_line
from cogs.gate import escape, title_link
from cogs.jobs.opening_card import spoken
from cogs.layout import ago

_TITLE, _COMPANY, _QUOTE, _ALSO = 230, 60, 50, 30


def line(one: Line, mine: Sequence[str] = ()) -> str:
    """Two rows, at most 800 characters: what and whose; where, what it pays, which board, how old.

    mine: countries that the reader may work in; only for what they alone see.
    """
    whose = [
        escape(one.company, _COMPANY),
        values_line([level.value for level in one.facts.level][:2], LEVELS),
    ]
    facts = [
        f"Open to: {spoken(place_line(one.facts.place, one.place_claim, mine), _QUOTE)}",
        f"Pay: {spoken(pay_line(one.facts.pay, one.pay_claim), _QUOTE)}"
        if one.facts.pay or one.pay_claim
        else "",
        escape(one.attribution, _COMPANY) + (f" and {escape(one.also[0].board, _ALSO)}" if one.also else ""),
        ago(one.dated),
    ]
    title = f"**{title_link(one.title, one.url, _TITLE)}**"
    return f"{' · '.join(filter(None, [title, *whose]))}\n-# {' · '.join(filter(None, facts))}"
