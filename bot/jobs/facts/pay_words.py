"""The words around an amount: which speak of pay, which of other money, and which of a period."""

from __future__ import annotations

import re

from bot.jobs.facts.values import Period

_PAY = re.compile(
    r"salar(?:y|ies|ial)|compensat|\bcomp\b|\bpa(?:y|ys|id|ying|yment|ycheck)\b|\bwages?\b|\bearn|remunerat|\bOTE\b"
    r"|on[- ]target|\brates?\b|\bhourly\b|\bstarting at\b|\bbase\b|\btotal cash\b|\bDOE\b|\btarget total\b"
    r"|\bhiring range|you(?:['’]ll| will| can) make|gehalt|vergütung|verdienst|lohn\b|salaire|rémunération"
    r"|salari?o|sueldo|remunera|salário|wynagrodzenie|stawka|зарплат|оклад|оплата",
    re.IGNORECASE,
)
# Words that stand beside the very amount of the pay and hardly ever elsewhere.
_SURE = re.compile(
    r"salar(?:y|ies)|base pay|pay (?:range|scale|band|rate|transparency)|pay:|compensation|OTE\b|hiring range"
    r"|hourly|\bwage|remuneration|gehalt",
    re.IGNORECASE,
)
_PAY_BEHIND = re.compile(r"\W{0,4}(?:\w+\W{1,2}){0,2}?(?:salary|base|OTE|compensation|pay)\b", re.IGNORECASE)
_OTE = re.compile(r"\bOTE\b|on[- ]target|total (?:target|comp)", re.IGNORECASE)

# What money is spoken of besides pay; the first row comes together with pay in one breath.
_EXTRAS = frozenset(
    ("bonus", "bonuses", "equity", "option", "options", "share", "shares", "stock", "rsu", "rsus")
)
_OTHERS = _EXTRAS | frozenset(
    (
        *("stipend", "stipends", "allowance", "allowances", "budget", "budgets", "401", "match", "matching"),
        *("matches", "deductible", "copay", "premium", "premiums", "insurance", "coverage", "signing", "gift"),
        *("prize", "prizes", "award", "awards", "grant", "grants", "credit", "credits", "loan", "loans", "fund"),
        *("funds", "funding", "raise", "raised", "raising", "seed", "round", "valued", "valuation", "revenue"),
        *("revenues", "turnover", "arr", "mrr", "gmv", "aum", "assets", "quota", "quotas", "pipeline", "deal"),
        *("deals", "bookings", "market", "industry", "customers", "clients",),
        *("users", "processed", "transaction", "transactions", "volume", "saving", "savings", "saved", "spend"),
        *("spending", "spent", "perk", "perks", "wellness", "wellbeing", "learning", "education", "training"),
        *("conference", "conferences", "equipment", "laptop", "internet", "coworking", "travel", "tuition"),
        *("vacation", "phone", "fee", "fees", "fine", "fines", "cost", "costs", "backed", "price", "prices"),
        *("pricing", "worth", "portfolio", "discount", "discounts", "budgeting", "campaign", "campaigns"),
        *("relocation", "retention", "fsa", "hsa", "employees", "lines", "stars", "downloads", "debt", "loss"),
        *("losses", "exit", "acquired", "sponsor"),
    )
)  # fmt: skip
_STRICT = _OTHERS - _EXTRAS
_OTHER_STEMS = frozenset(
    ("reimbu", "contri", "referr", "donati", "donate", "invest", "subsid", "profit", "fundra")
)
_OTHER_PHRASE = re.compile(
    r"sign[- ]on\b|series [a-g]\b|\bsales of\b|\bin sales\b|home[- ]office|projects? (?:of|up to|between|from|over)\b"
    r"|\bper (?:word|post|article|image|task|page|piece|video|lead|sale|visit|blog|call|30)\b",
    re.IGNORECASE,
)
_A_WORD = re.compile(r"[a-z0-9]+")
_PERIODS: tuple[tuple[re.Pattern[str], Period], ...] = (
    (re.compile(r"\b(?:hourly|per hour|an hour|stundenlohn)\b", re.IGNORECASE), "hour"),
    (
        re.compile(r"\b(?:monthly|per month|a month|monatlich|mensual|mensal|por mes)\b", re.IGNORECASE),
        "month",
    ),
    (re.compile(r"\b(?:daily|day rate|per day|tagessatz)\b", re.IGNORECASE), "day"),
    (re.compile(r"\b(?:weekly|per week)\b", re.IGNORECASE), "week"),
    (
        re.compile(
            r"\b(?:annual(?:ly|ized)?|yearly|per year|per annum|a year|jährlich|anual)\b", re.IGNORECASE
        ),
        "year",
    ),
)


def last_pay(text: str) -> int:
    """Where the last word of pay stands; -1 when there is none."""
    return max((found.start() for found in _PAY.finditer(text)), default=-1)


def last_other(text: str, *, extras: bool = True) -> int:
    """Where the last word for other money stands; -1 when there is none. extras: bonus, equity … count as well."""
    words = _OTHERS if extras else _STRICT
    last = max((found.start() for found in _OTHER_PHRASE.finditer(text)), default=-1)
    for found in _A_WORD.finditer(text.lower()):
        if found.group() in words or found.group()[:6] in _OTHER_STEMS:
            last = max(last, found.start())
    return last


def is_sure(text: str) -> bool:
    return _SURE.search(text) is not None


def pay_behind(text: str) -> bool:
    """Does a text begin with a word of pay: "$90k–$100k base salary"?"""
    return _PAY_BEHIND.match(text) is not None


def is_on_target(text: str) -> bool:
    return _OTE.search(text) is not None


def periods(text: str) -> list[Period]:
    """Every period that is named, the shortest first."""
    return [period for pattern, period in _PERIODS if pattern.search(text)]
