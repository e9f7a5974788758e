"""Stated pay: the board's field before the text, both when they disagree, nothing when neither says it.

    read(posting, place) → Pay(60000, 80000, "CAD", "year", "base", "$60k - $80k", …) or None

An amount without its currency or its period stays so, with three exceptions that readers make as well: "$" alone is
the dollar of the one country that may apply (else the US dollar), a bare amount that only a year can bring is a
year's, and Remote OK's fields are US dollars.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.jobs.facts import pay_text
from bot.jobs.facts.money import DOLLAR, Money, money
from bot.jobs.facts.rates import USD_PER, comparable
from bot.jobs.facts.values import Evidence, Pay, PayKind, Period, Place, Posting

_DOLLARS = {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD"}
_NAMED_DOLLAR = re.compile(
    r"\b(?:(?P<CAD>CAD|CAN|Canad(?:a|ian))|(?P<AUD>AUD|Australian?)|(?P<NZD>NZD|New Zealand)|(?P<SGD>SGD)"
    r"|(?P<USD>USA?|USD|United States|U\.S\.))(?![a-z])"
)
# US dollars: a bare amount from here on can only be a year's, and between those only an hour's.
YEAR_FROM, HOUR = 15_000, (7, 250)
# Pay as a board's columns give it, put side by side: "54000 - 98000 USD yearly".
_COLUMNS = re.compile(r"\d+(?:\.\d+)?(?: - \d+(?:\.\d+)?)?(?: [A-Z]{3})?(?: [a-z]+)?")
_OTE = re.compile(r"\bOTE\b|\bon[- ]target\b|\btotal target\b", re.IGNORECASE)
_COMMISSION = re.compile(
    r"\b(?:100\s?% commission|commission[- ](?:only|based)|full commission|straight commission)\b",
    re.IGNORECASE,
)
_NOT_COMMISSION = re.compile(r"\b(?:not|no|non)\b[^.\n]{0,20}$", re.IGNORECASE)
SAME, ABOUT = 1.02, 1.2  # a difference below that is rounding, or a rate of exchange


def read(posting: Posting, place: Place) -> Pay | None:
    """What is paid, as it is stated; never converted."""
    field, text = _from_field(posting, place), _from_text(posting, place)
    if field is None or text is None:
        return field or text
    if _bounds(field) == _bounds(text) and field.currency in (None, text.currency):
        return replace(field, currency=text.currency, period=field.period or text.period)
    if _fuller(text, field) or (_COLUMNS.fullmatch(posting.pay_claim) and _recalculated(field, text)):
        return replace(text, conflict=_bounds(field) != _bounds(text))
    return replace(
        field, conflict=_conflict(field, text), kind=text.kind if field.kind == "base" else field.kind
    )


def _from_field(posting: Posting, place: Place) -> Pay | None:
    claim = posting.pay_claim
    found = next((one for one in money(claim, marked=False) if not one.huge and (one.high or one.low)), None)
    if found is None:
        return None
    if posting.board == "remoteok" and found.currency is None:
        found = replace(found, currency="USD")
    proof = Evidence.of(posting, "pay", 0, len(claim), "pay.field")
    return _pay(posting, place, found, claim, (proof,), claim)


def _from_text(posting: Posting, place: Place) -> Pay | None:
    for source in ("text", "title"):
        whole = posting.source(source)
        if found := pay_text.best(whole):
            words = whole[found.start : found.end]
            proof = Evidence.of(posting, source, found.start, found.end, "pay.text")
            around = whole[max(0, found.start - 120) : found.end + 60]
            return _pay(posting, place, found, words, (proof,), around)
    return None


def _pay(
    posting: Posting, place: Place, found: Money, words: str, proof: tuple[Evidence, ...], around: str
) -> Pay:
    currency = found.currency
    if currency == DOLLAR:
        currency = _dollar(around, place)
        if currency != "USD" and place.evidence and currency in _DOLLARS.values():
            proof = (*proof, place.evidence[0])
    period = found.period
    if period is None:
        period = _only_period(found, currency)
    return Pay(found.low, found.high, currency, period, _kind(posting, around), words, proof)


def _dollar(around: str, place: Place) -> str:
    """Whose dollar it is: the one that is named beside it, else that of the only country that may apply."""
    named = {found.lastgroup for found in _NAMED_DOLLAR.finditer(around)}
    if len(named) == 1 and (only := named.pop()):
        return only
    return _DOLLARS.get(place.countries_in[0], "USD") if len(place.countries_in) == 1 else "USD"


def _only_period(found: Money, currency: str | None) -> Period | None:
    """The period that alone can bring such an amount; None between a good hour and a poor year."""
    if currency not in USD_PER:
        return None
    dollars = [bound * USD_PER[currency] for bound in (found.low, found.high) if bound is not None]
    if not dollars:
        return None
    if min(dollars) >= YEAR_FROM:
        return "year"
    return "hour" if HOUR[0] <= min(dollars) <= max(dollars) <= HOUR[1] else None


def _kind(posting: Posting, around: str) -> PayKind:
    if _OTE.search(around):
        return "ote"
    for found in _COMMISSION.finditer(posting.text):
        if not _NOT_COMMISSION.search(posting.text, max(0, found.start() - 40), found.start()):
            return "commission"
    return "base"


def _bounds(pay: Pay) -> tuple[float | None, float | None]:
    low, high = pay.low, pay.high
    return (high if low is None else low), (low if high is None else high)


def _fuller(text: Pay, field: Pay) -> bool:
    """Does the text give the range of which the field gives one figure?"""
    (least, most), (low, high) = _bounds(field), _bounds(text)
    if least is None or low is None or high is None or least != most or low == high:
        return False
    return low <= least <= high and (text.currency, text.period) == (field.currency, field.period)


def _recalculated(field: Pay, text: Pay) -> bool:
    """Did the board turn what the text states by the hour or month into a year's pay, and not quite rightly?

    Then the words count. A field that agrees with them stays, and so does one that somebody wrote ("$20k - $35k").
    """
    if None in (field.period, text.period, field.currency) or field.period == text.period:
        return False
    return text.currency != field.currency or not _agree(field, text)


def _conflict(field: Pay, text: Pay) -> bool:
    """Do they disagree? In another currency only amounts that don't even meet do."""
    if text.currency == field.currency:
        return not _agree(field, text)
    converted = _bounds_as(field, text)
    if converted is None:
        return False
    (low, high), (least, most) = _bounds(field), converted
    return None not in (low, high, least, most) and (
        (least or 0) > ABOUT * (high or 0) or (low or 0) > ABOUT * (most or 0)
    )


def _agree(field: Pay, text: Pay) -> bool:
    """Are both bounds the same, in the field's period? What can't be compared agrees."""
    converted = _bounds_as(field, text)
    return converted is None or all(
        one is None or other is None or max(one, other) <= SAME * min(one, other)
        for one, other in zip(_bounds(field), converted, strict=True)
    )


def _bounds_as(field: Pay, text: Pay) -> tuple[float | None, float | None] | None:
    """The text's bounds in the field's currency and period; None when they can't be told."""
    if field.currency is None or field.period is None:
        return None
    found = comparable(text, field.currency, field.period)
    return found and _bounds(replace(text, low=found[0], high=found[1]))
