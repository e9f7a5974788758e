"""The grammar of amounts: "$40- $60k", "31,2k €", "90.000 EUR", "up to £450 a day", "$21/hr-$24/hr".

    money("Base: $120 - 150k CAD a year")  → one Money: 120000–150000, currency "CAD", period "year"

What an amount is for is not known here: `pay` decides by the words around it. Numbers are found first and then looked
at from both ends, so that the work grows with the text's length and not faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from bot.jobs.facts.rates import USD_PER
from bot.jobs.facts.values import Period

DOLLAR = "$"  # the currency of an amount that says no more than that

_SIGNS = {
    **{"US$": "USD", "U$S": "USD", "CA$": "CAD", "C$": "CAD", "CDN$": "CAD", "A$": "AUD", "AU$": "AUD"},
    **{"NZ$": "NZD", "S$": "SGD", "SG$": "SGD", "HK$": "HKD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN"},
    **{"$": DOLLAR, "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "₽": "RUB", "₴": "UAH", "₺": "TRY"},
    **{"₩": "KRW", "₪": "ILS", "₱": "PHP", "₦": "NGN", "฿": "THB", "₫": "VND", "zł": "PLN", "kč": "CZK"},
    **{"rs": "INR", "rs.": "INR", "inr": "INR", "usd": "USD", "eur": "EUR", "gbp": "GBP", "cad": "CAD"},
    **{"aud": "AUD", "chf": "CHF", "pln": "PLN", "php": "PHP", "euro": "EUR", "euros": "EUR", "rmb": "CNY"},
    **{"dollars": DOLLAR, "pounds": "GBP", "rupees": "INR", "zloty": "PLN", "rubles": "RUB", "руб": "RUB"},
    **{"руб.": "RUB", "rm": "MYR", "us dollars": "USD", "canadian dollars": "CAD", "u.s. dollars": "USD"},
    **{"australian dollars": "AUD", "us": "USD"},
}
_CODE = "|".join(USD_PER)
_SIGN = r"(?:US|CA|CDN|AU?|NZ|SG?|HK|NT|MX|C|R|U)?\$S?|[€£₹¥₽₴₺₩₪₱₦฿₫]"
_LOWER = r"usd|eur|gbp|cad|aud|chf|pln|inr|php|Usd|Eur|Gbp"
_WORD = (
    r"(?:US|U\.S\.|Canadian|Australian)\s[Dd]ollars|[Ee]uros?|[Dd]ollars|[Pp]ounds|[Rr]upees|[Zz]ł|[Zz]loty"
    r"|[Rr]ubles|руб\.?|[Kk]č|RMB"
)

# Thousands are grouped by a mark that is the same throughout, or by spaces; what is behind the last mark may be a
# fraction. Nothing here can be read in two ways, so no line is slow.
_NUMBER = re.compile(
    r"\d(?<![\d.,]\d)"
    r"(?:\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d{1,2})?(?!\d)"
    r"|\d{0,8}(?:[.,'’]\d{2,3}){0,5}(?:[.,]\d)?(?!\d))"
)
_BEFORE = re.compile(
    rf"(?:(?:\b(?P<code>{_CODE}|{_LOWER}|US))\s?)?(?P<sign>{_SIGN}|\b[Rr]s\.?|\bRM|zł)?[\s(~]{{0,2}}$"
)
_AFTER = re.compile(
    r"(?:\s?(?P<k>[kK](?=(?:USD|EUR|GBP|CAD)?(?![A-Za-z]))|[Tt]sd\.?|[Tt]housand|тыс\.?)"
    r"|\s?(?P<lakh>[Ll]akhs?|lacs?|LPA\b|lpa\b|L\b)"
    r"|\s?(?P<huge>[mM](?![A-Za-z])|[mM][mMnN]\b|[mM]il(?:lion|iarde?n?|l)?s?\b|[bB]n?(?![A-Za-z])|[bB]illions?|[tT]rillions?))?"
    r"(?P<plus>\+(?!\s?\d))?"
    rf"(?:,-|,–)?(?:\s?\(?(?P<cur>(?:{_CODE}|{_LOWER})\b|{_WORD}|[€£₹₽₴₺zł$](?![\d\w])|zł)\)?)?(?P<plus2>\+(?!\s?\d))?"
)
_UNITS: dict[str, Period] = {
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "h", "std", "stunde", "heure", "hora", "hourly"), "hour"),
    **dict.fromkeys(("stündlich", "hourly rate", "per hour", "час"), "hour"),
    **dict.fromkeys(("day", "daily", "tag", "jour", "día", "dia"), "day"),
    **dict.fromkeys(("week", "wk", "weekly", "woche", "semaine", "semana"), "week"),
    **dict.fromkeys(("month", "mo", "mth", "monthly", "monat", "monatlich", "mois", "mes", "mês"), "month"),
    **dict.fromkeys(("mensual", "mensuel", "m", "месяц", "mes.", "mensais"), "month"),
    **dict.fromkeys(
        ("year", "yr", "yrs", "annum", "annual", "annually", "yearly", "jahr", "jährlich"), "year"
    ),
    **dict.fromkeys(("an", "año", "ano", "anual", "annuel", "y", "p.a", "p.a.", "pa", "lpa", "a"), "year"),
}
_PER = re.compile(
    r"""
    [\s*_]{0,3}[(,]?\s?
    (?:(?:gross|net|brutto|netto|bruto|brut|base|OTE|flat|salary|[Bb]2[Bb]|VAT|\+|in|US[D$]?)[\s,]{1,2}){0,3}
    (?:
        (?:/\s?|(?:per|a|an|each|every|pro|par|por|al|im|je|в)\s)(?P<unit>hours?|hrs?|h|std|stunde|heure|hora|час
            |day|tag|jour|d[ií]a|week|wk|woche|semaine|semana|month|mo|mth|m|monat|mois|m[eê]s|месяц
            |years?|yrs?|y|annum|jahr|an|a[nñ]o)
      | (?P<adverb>hourly|daily|weekly|monthly|yearly|annually|annual|p\.?\s?a\.?|per\ annum|p/h|p/a|ph|p/?d|LPA
            |monatlich|jährlich|stündlich|mensual|mensuel|mensais|anual|annuel)
    )(?-i:(?![a-z]))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TO = re.compile(
    r"\s{0,2}(?:[-–—−‑‒~]{1,2}|\b(?:to|bis|and|y|à|a|e|till|until|through|or)\b|up to|/|->|→)\s{0,2}"
    r"(?:up\sto\s|a\s)?",
    re.IGNORECASE,
)
_LOOSE = frozenset(("and", "or", "y", "e", "/"))  # say a range only after "between", or not at all
# Only what stands near one of these can be an amount of money; all other numbers are passed over. Signs, codes and
# words are looked for apart because each alone is fast.
_ANY_SIGN = re.compile(r"[$€£₹¥₽₴₺₩₪₱₦฿₫]")
_ANY_CODE = re.compile(f"{_CODE}|RM|Rs|LPA")
_ANY_K = re.compile(r"\d[kK](?![A-Za-z])")
_ANY_WORD = (
    *("usd", "eur", "Eur", "gbp", "cad", "aud", "chf", "pln", "inr", "php", "dollars", "Dollars", "pounds"),
    *("rupees", "zł", "zloty", "rubles", "руб", "тыс", "kč", "Kč", "akh", "/h", "/ h", "per hour"),
)
_NEAR = 40  # characters
_APART = 90  # characters between a minimum and its maximum
MOST_MARKS, MOST_AMOUNTS = 2_000, 60  # of one posting
_FROM = re.compile(
    r"\b(?:(?P<top>up\sto|upto|max(?:imum)?(?:\sof|\spay)?|bis(?:\szu)?|jusqu['’]?à|hasta|no\smore\sthan|capped\sat)"
    r"|(?P<floor>from|starting\s(?:at|from)|starts?\s(?:at|from)|at\sleast|min(?:imum)?(?:\sof|\spay)?|ab|mind(?:estens)?"
    r"|desde|от|floor[^.\d]{0,40}(?:begins\s)?at|over|more\sthan|upwards\sof|north\sof)"
    r"|(?P<between>between|zwischen|entre))[\s:~.]{1,3}(?:USD|US|EUR|CAD|GBP)?[\s$€£]{0,2}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount or a range of amounts, as it stands at text[start:end].

    currency: ISO 4217, "$" for an unnamed dollar, None when there is none. period: where one follows directly.
    ranged: both bounds are written.
    huge: millions and more, which no one is paid.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    currency: str | None
    period: Period | None
    ranged: bool = False
    huge: bool = False

    @property
    def opened(self) -> bool:
        return self.low is None or self.high is None


@dataclass(frozen=True, slots=True)
class _Amount:
    """One number with what clings to it. scale: 1, 1,000 or 100,000; 0 for millions and more."""

    start: int
    end: int  # with the period behind it
    number: float
    scale: int
    currency: str | None
    period: Period | None
    open: bool  # "100k+"


Bound = Literal["top", "floor", "between"]


def money(text: str, *, marked: bool = True) -> Iterator[Money]:
    """Every amount of a text, ranges as one, from left to right; not every one has a currency.

    marked: only numbers near a mark of money count; else every number does, as in a board's field for pay.
    """
    last: Money | None = None
    for one in _pairs(text, marked):
        if last is not None and (both := _bounded(text, last, one)) is not None:
            yield both
            last = None
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _bounded(text: str, first: Money, second: Money) -> Money | None:
    """ "Minimum: $98,900 Maximum: $228,700": the range of which both ends are told apart."""
    if first.high is not None or second.low is not None or first.low is None or second.high is None:
        return None
    gap = second.start - first.end
    if gap > _APART or first.low > second.high:
        return None
    if second.currency not in (first.currency, None) or second.period not in (first.period, None):
        return None
    return replace(first, end=second.end, high=second.high, ranged=True, huge=first.huge or second.huge)


def _pairs(text: str, marked: bool) -> Iterator[Money]:
    last: _Amount | None = None
    for one in _amounts(text, marked):
        if last is None:
            last = one
        elif _spans(text, last, one):
            yield _range(text, last, one)
            last = None
        else:
            yield _single(text, last)
            last = one
    if last is not None:
        yield _single(text, last)


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """The numbers that stand near a mark of money."""
    done = 0
    for mark in _marks(text)[:MOST_MARKS]:
        end = mark + _NEAR
        if end <= done:
            continue
        while end < len(text) and end < mark + 2 * _NEAR and not text[end].isspace():
            end += 1  # not through a number
        yield from _NUMBER.finditer(text, max(done, mark - _NEAR), end)
        done = end


def _marks(text: str) -> list[int]:
    found = [one.start() for mark in (_ANY_SIGN, _ANY_CODE, _ANY_K) for one in mark.finditer(text)]
    for word in _ANY_WORD:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + _NEAR)
    return sorted(found)


def _amounts(text: str, marked: bool) -> Iterator[_Amount]:
    for found in islice(_numbers(text) if marked else _NUMBER.finditer(text), MOST_AMOUNTS):
        start, end = found.span()
        before = _BEFORE.search(text, max(0, start - 8), start)
        after = _AFTER.match(text, end, end + 24)
        if after is None or (start and text[start - 1].isalnum() and not (before and before.group().strip())):
            continue
        sign, code = (before["sign"], before["code"]) if before else (None, None)
        currency = _currency(code, sign, after["cur"])
        number = _value(found.group())
        scale = 100_000 if after["lakh"] else 0 if after["huge"] else 1
        if after["k"] and number < 1000:  # "165,000k" is a slip
            scale = 1000
        if after["lakh"] and currency not in (None, "INR", "PKR"):
            continue
        if after["lakh"]:
            currency = currency or "INR"
        first = before.start() if before and (sign or code) else start
        per = _PER.match(text, after.end(), after.end() + 40)
        period = _period(per) or ("year" if (after["lakh"] or "").upper() == "LPA" else None)
        yield _Amount(
            first + len(text[first:start]) - len(text[first:start].lstrip(" (~")),
            per.end() if per and period else after.end(),
            number,
            scale,
            currency,
            period,
            bool(after["plus"] or after["plus2"]),
        )


def _currency(code: str | None, sign: str | None, behind: str | None) -> str | None:
    """A name tells more than a sign, whatever side it stands on: "$90k CAD", "USD $100"."""
    return _telling(_named(one) for one in (code, behind, sign) if one)


def _telling(named: Iterable[str | None]) -> str | None:
    """The first currency that is more than "$"; else "$" if that is said, else None."""
    said = [one for one in named if one]
    return next((one for one in said if one != DOLLAR), said[0] if said else None)


def _named(sign: str) -> str:
    if sign in USD_PER:
        return sign
    plain = sign.strip().rstrip("s" if sign.casefold().startswith("euro") else "")
    return _SIGNS.get(plain) or _SIGNS.get(plain.casefold()) or DOLLAR


def _value(digits: str) -> float:
    """The number that is meant: the last mark is a fraction's unless three digits stand behind it."""
    plain = re.sub(r"[\s\u00a0\u202f'’]", "", digits)
    head, mark, tail = plain.rpartition("," if plain.rfind(",") > plain.rfind(".") else ".")
    if mark and len(tail) != 3:
        return float(re.sub(r"[.,]", "", head) + "." + tail)
    return float(re.sub(r"[.,]", "", plain))


def _period(per: re.Match[str] | None) -> Period | None:
    if per is None:
        return None
    word = (per["unit"] or per["adverb"]).casefold().replace(" ", "")
    if word in ("p/h", "ph"):
        return "hour"
    if word in ("pd", "p/d"):
        return "day"
    if word.startswith(("p.", "pa", "pera", "p/a")):
        return "year"
    return _UNITS.get(word)


def _spans(text: str, first: _Amount, second: _Amount) -> bool:
    """Do two amounts make one range?"""
    if second.start - first.end > 14 or second.start < first.end or first.open:
        return False
    joint = _TO.fullmatch(text, first.end, second.start)
    if joint is None:
        return False
    if joint.group().strip().casefold() in _LOOSE and _leads(text, first) != "between":
        return False
    if len({first.currency, second.currency} - {None, DOLLAR}) > 1:
        return False
    if len({first.period, second.period} - {None}) > 1:
        return False
    low, high = _shared(first, second)
    return low <= high


def _shared(first: _Amount, second: _Amount) -> tuple[float, float]:
    """Both values; a "k" on one side alone counts for the other: "$40 - $60k", "$150K - 180"."""
    low, high = first.number * first.scale, second.number * second.scale
    if first.scale == 1 and second.scale > 1 and first.number < 1000:
        low = first.number * second.scale
    if second.scale == 1 and first.scale > 1 and second.number < 1000:
        high = second.number * first.scale
    return low, high


def _range(text: str, first: _Amount, second: _Amount) -> Money:
    low, high = _shared(first, second)
    currency = _telling((second.currency, first.currency))
    period = second.period or first.period
    huge = not (first.scale and second.scale)
    return Money(first.start, second.end, low, high, currency, period, ranged=True, huge=huge)


def _single(text: str, one: _Amount) -> Money:
    value = one.number * (one.scale or 1_000_000)
    found = Money(one.start, one.end, value, value, one.currency, one.period, huge=not one.scale)
    lead = _leads(text, one)
    if lead == "top":
        return replace(found, low=None)
    return replace(found, high=None) if one.open or lead == "floor" else found


def _leads(text: str, one: _Amount) -> Bound | None:
    found = _FROM.search(text, max(0, one.start - 60), one.start)
    if found is None:
        return None
    return "top" if found["top"] else "floor" if found["floor"] else "between"
