"""Amounts of pay and spans of time as people type them behind `pay>=` and `age<`."""

from __future__ import annotations

import re

from bot.jobs.facts.rates import USD_PER
from bot.jobs.facts.values import Period
from bot.jobs.query.terms import AgeBound, Bound, PayBound

MOST_PAY = 1_000_000_000
MOST_HOURS = 10_000 * 24

BOUNDS: dict[str, Bound] = {
    **{">=": ">=", "=>": ">=", "≥": ">=", "<=": "<=", "=<": "<=", "≤": "<=", ">": ">", "<": "<"}
}
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "₹": "INR", "zł": "PLN"}
_PERIODS: dict[str, Period] = {
    **dict.fromkeys(("h", "hr", "hour"), "hour"),
    **dict.fromkeys(("d", "day"), "day"),
    **dict.fromkeys(("w", "wk", "week"), "week"),
    **dict.fromkeys(("m", "mo", "month"), "month"),
    **dict.fromkeys(("y", "yr", "year", "a", "annum"), "year"),
}
_CODE = "|".join(USD_PER)
_PERIOD = rf"\s?/\s?(?P<{{}}>{'|'.join(sorted(_PERIODS, key=len, reverse=True))})(?!\w)"
_AMOUNT = re.compile(
    r"\s*(?P<sign>[€$£₹])?(?P<number>\d{1,3}(?:[,.'’]\d{3})+(?!\d)|\d{1,10}(?:[.,]\d{1,2}(?!\d))?)\s?"
    r"(?P<k>k(?!\w)|k(?=[€$£₹]|(?:" + _CODE + r")(?!\w)))?(?P<behind>[€£₹]|zł)?"
    rf"(?:{_PERIOD.format('period')})?(?:\s?(?P<code>{_CODE})(?!\w)(?:{_PERIOD.format('later')})?)?"
    r"(?=[\s();]|,|$)",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\s*(?P<number>\d{1,6})\s?(?P<unit>h|d|w|hours?|days?|weeks?)(?!\w)", re.IGNORECASE)
_HOURS = {"h": 1, "d": 24, "w": 7 * 24}


def pay_bound(bound: Bound, text: str, at: int) -> tuple[PayBound, int] | None:
    """The bound that an amount at this place of the text means, and where it ends; None when there is none."""
    found = _AMOUNT.match(text, at)
    if found is None:
        return None
    amount = _number(found["number"]) * (1000 if found["k"] else 1)
    if amount > MOST_PAY:
        return None
    sign = found["sign"] or found["behind"] or ""
    code = (found["code"] or "").upper() or _SIGNS.get(sign.lower(), "")
    period = _PERIODS[(found["period"] or found["later"] or "year").lower()]
    return PayBound(bound, amount, code, period), found.end()


def age_bound(bound: Bound, text: str, at: int) -> tuple[AgeBound, int] | None:
    """As `pay_bound`, for a span of hours, days or weeks."""
    found = _SPAN.match(text, at)
    if found is None:
        return None
    hours = int(found["number"]) * _HOURS[found["unit"][0].lower()]
    return (AgeBound(bound, hours), found.end()) if hours <= MOST_HOURS else None


def _number(text: str) -> float:
    """ "90,000", "90.000" and "90'000" are grouped by thousands, "62.5" and "62,5" are not."""
    groups = re.split(r"[,.'’]", text)
    if len(groups) > 1 and len(groups[-1]) == 3:
        return float("".join(groups))
    return float(text.replace(",", "."))
