"""Which amount in a text is the pay? The one that stands where pay is told, and is no bonus, budget or turnover.

An amount counts when a word of pay leads to it in its own sentence, or heads its line, when a range has a period
behind it, when it has a cell or line for itself, or when it is a range of the size of a year's pay and nothing else
is said of it. What nobody is paid doesn't count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.jobs.facts.money import DOLLAR, Money, money
from bot.jobs.facts.pay_words import is_on_target, is_sure, last_other, last_pay, pay_behind, periods
from bot.jobs.facts.rates import USD_PER
from bot.jobs.facts.values import Period

_ASIDE = re.compile(
    r"\([^()]{0,120}\)|\b(?:exclu\w+|not inclu\w+|exclusive of|in addition to|does not include)\s+[^:.]{0,80}"
)
_AFTER_STOP = re.compile(
    r"[+&:;(\d|•\n]|,(?!\d)|\.\s|\s[-–—]\s|\b(?:plus|and|with|depending|based|for the|including|as well)\b"
)
_SENTENCE = re.compile(r"(?<=[a-z)\d])[.!?]\s+(?=[A-Z$€£*•])|\s[|•]\s|[;\n]")
_WORD = re.compile(r"\w\w+")
# Characters: of the text before and behind an amount, of a line that can be a heading, between two bands of one pay.
_BEFORE, _BEHIND, _HEAD, _BAND_APART = 240, 90, 90, 160

# US dollars that somebody is paid a period; outside of it an amount is something else, or a slip of the pen.
_SIZES: dict[Period, tuple[float, float]] = {
    "hour": (1, 1_000),
    "day": (8, 6_000),
    "week": (30, 20_000),
    "month": (80, 60_000),
    "year": (1_500, 3_000_000),
}
# US dollars: a bare amount is at least that; what is called the range of the pay may be less; a year's pay is a range
# of that size, whatever is said of it.
_BARE, _BARE_RANGE, _YEARLY = 9_000, 7, (20_000, 800_000)


@dataclass(frozen=True, slots=True)
class _Place:
    """An amount in its surroundings: its own sentence up to it, what follows, the heading, its line up to it."""

    before: str
    after: str
    head: str
    line: str


@dataclass(frozen=True, slots=True)
class _Found:
    money: Money
    sure: int  # the more, the surer
    on_target: bool


def best(text: str) -> Money | None:
    """The pay that a text states, with the period said before it; several bands of one kind as their whole span."""
    amounts = [one for one in money(text) if not one.huge]
    found = [good for one in amounts if _is_money(one) and (good := _judged(one, _around(text, one)))]
    if not found:
        return None
    base = [one for one in found if not one.on_target] or found
    first = max(base, key=lambda one: (one.sure, -one.money.start))
    return _span(text, first.money, amounts)


def _is_money(one: Money) -> bool:
    """ "100–200/hr", "130-160k": ranges of these sizes are money even without a sign."""
    return one.currency is not None or (one.ranged and (one.period == "hour" or _yearly_range(one)))


def _yearly_range(one: Money) -> bool:
    """Is it a range of the size, and of the width, of a year's pay?"""
    if not one.ranged or one.low is None or one.high is None:
        return False
    rate = USD_PER.get(one.currency or DOLLAR, 1.0)
    return one.low * rate >= _YEARLY[0] and one.high * rate <= _YEARLY[1] and one.high <= 4 * one.low


def _around(text: str, one: Money) -> _Place:
    line = text.rfind("\n", 0, one.start) + 1
    ending = text.find("\n", one.end, one.end + _BEHIND)
    so_far = text[max(line, one.start - _BEFORE) : one.start]
    return _Place(
        before=_SENTENCE.split(so_far)[-1],
        after=text[one.end : one.end + _BEHIND if ending < 0 else ending],
        head=_heading(text, line),
        line=so_far,
    )


def _heading(text: str, line: int) -> str:
    """The line before, if it can be a heading: short, or with a colon at its end."""
    end = line - 1
    while end > 0 and text[end - 1] in "\n *•-":
        end -= 1
    if end <= 0:
        return ""
    start = max(text.rfind("\n", 0, end) + 1, end - 2 * _HEAD)
    return text[start:end] if end - start <= _HEAD or text[end - 1] == ":" else ""


def _judged(one: Money, at: _Place) -> _Found | None:
    """The amount with its period, and how sure it is; None when it is no pay."""
    near, behind = _ASIDE.sub(" ", at.before), _AFTER_STOP.split(at.after, maxsplit=1)[0][:60]
    pays, others, sure = last_pay(near), last_other(near), is_sure(near)
    if others > pays and not (one.ranged and sure and pays >= 0 and others - pays < 30):
        return None
    if last_other(behind, extras=not (one.ranged and sure)) >= 0:
        return None
    alone = not _WORD.search(at.before) and not _WORD.search(behind)
    free = last_other(at.head) < 0
    period = one.period or _period_of(one, at)
    led = pays >= 0 or pay_behind(at.after)
    cell = alone and free and (one.ranged or period is not None or "|" in at.line)
    headed = free and last_pay(at.head) >= 0 and (one.ranged or len(_WORD.findall(at.before)) <= 3)
    by_the_hour = one.period == "hour" and one.currency is not None and others < 0  # hardly anything else is
    told = led or cell or headed or by_the_hour or (one.ranged and one.period is not None)
    if not told and (others >= 0 or not _yearly_range(one)):
        return None
    surely = sure or (headed and is_sure(at.head))
    if not _plausible(one, period, one.ranged and surely):
        return None
    if one.currency is None and not (led or cell or headed):
        return None
    return _Found(
        replace(one, period=period, currency=one.currency or DOLLAR),
        2 * one.ranged + sure + is_sure(at.head) + bool(period) + led,
        is_on_target(at.before[-80:] + at.after[:24]),
    )


def _period_of(one: Money, at: _Place) -> Period | None:
    """A period told at a little distance behind the amount, or before it, if the amount can be one."""
    for words in (at.after[:40], at.before[-120:], at.head):
        for period in periods(words):
            if _plausible(one, period):
                return period
    return None


def _plausible(one: Money, period: Period | None, stated: bool = False) -> bool:
    """Is anybody paid that? stated: it is called the range of the pay, so that a small one without period is, too."""
    rate = USD_PER.get(one.currency or DOLLAR, 1.0)
    least, most = (value * rate for value in (one.low or one.high or 0, one.high or one.low or 0))
    low, high = _SIZES[period] if period else (_BARE_RANGE if stated else _BARE, _SIZES["year"][1])
    return low <= least and most <= high


def _span(text: str, first: Money, amounts: Sequence[Money]) -> Money:
    """Bands by place or level that stand beside each other are one pay, from the lowest to the highest."""
    if not first.ranged:
        return first
    bands = [one for one in amounts if one.ranged]
    at = next((n for n, one in enumerate(bands) if one.start == first.start), 0)
    span = first
    for step in (1, -1):
        n = at + step
        while 0 <= n < len(bands) and (wider := _with_band(text, span, bands[n])) is not None:
            span, n = wider, n + step
    return span


def _with_band(text: str, span: Money, band: Money) -> Money | None:
    between = text[min(span.end, band.end) : max(span.start, band.start)]
    if len(between) > _BAND_APART or is_on_target(between):
        return None
    if last_other(between, extras=False) >= 0 or last_other(between[-25:]) >= 0:
        return None
    if band.currency != span.currency or band.period not in (span.period, None):
        return None
    if not _plausible(band, span.period) or None in (band.low, band.high, span.low, span.high):
        return None
    return replace(
        span,
        start=min(span.start, band.start),
        end=max(span.end, band.end),
        low=min(span.low or 0, band.low or 0),
        high=max(span.high or 0, band.high or 0),
    )
