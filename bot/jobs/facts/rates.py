"""Stated pay beside other pay: approximate, to sort and to compare, never to be shown as stated.

In its own currency and period pay is compared exactly; else by the table and the hours below, and shown with ≈.
"""

from __future__ import annotations

from bot.jobs.facts.values import Pay, Period

# One unit of a currency in US dollars. Typical rates of late 2026 with two figures, set by hand: good to some per
# cent, which is enough to sort by, and never a quotation. Whoever changes one changes the date.
RATES_DATE = "2026-11-01"
USD_PER: dict[str, float] = {
    **{"USD": 1.0, "EUR": 1.15, "GBP": 1.32, "CHF": 1.24, "CAD": 0.72, "AUD": 0.65, "NZD": 0.58},
    **{"SEK": 0.106, "NOK": 0.099, "DKK": 0.154, "ISK": 0.008, "PLN": 0.27, "CZK": 0.047, "HUF": 0.003},
    **{"RON": 0.23, "BGN": 0.59, "RSD": 0.0098, "UAH": 0.024, "RUB": 0.012, "TRY": 0.024, "ILS": 0.3},
    **{"AED": 0.27, "SAR": 0.27, "QAR": 0.27, "EGP": 0.021, "ZAR": 0.058, "NGN": 0.00069, "KES": 0.0077},
    **{"GHS": 0.092, "INR": 0.0113, "PKR": 0.0036, "BDT": 0.0082, "LKR": 0.0033, "JPY": 0.0065},
    **{"CNY": 0.14, "KRW": 0.00069, "TWD": 0.032, "HKD": 0.13, "SGD": 0.77, "MYR": 0.24, "THB": 0.031},
    **{"IDR": 0.00006, "PHP": 0.017, "VND": 0.000038, "BRL": 0.19, "MXN": 0.054, "ARS": 0.00069},
    **{"CLP": 0.0011, "COP": 0.00026, "PEN": 0.3, "UYU": 0.025, "CRC": 0.002, "GEL": 0.37, "KZT": 0.0019},
}

# How many of a period a year of full-time work has: 40 hours and 5 days a week (design/jobs.md, filter language).
PER_YEAR: dict[Period, int] = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}


def comparable(pay: Pay, currency: str, period: Period) -> tuple[float | None, float | None, bool] | None:
    """Low and high in that currency and period, and whether that is exact.

    None when it can't be told: no currency or period is stated, or one of the currencies is not in the table.
    """
    if pay.currency is None or pay.period is None:
        return None
    if (pay.currency, pay.period) == (currency, period):
        return pay.low, pay.high, True
    factor = PER_YEAR[pay.period] / PER_YEAR[period]
    if pay.currency != currency:
        if pay.currency not in USD_PER or currency not in USD_PER:
            return None
        factor *= USD_PER[pay.currency] / USD_PER[currency]
    low, high = (None if bound is None else bound * factor for bound in (pay.low, pay.high))
    return low, high, False


def yearly_usd(pay: Pay) -> float | None:
    """About what a year brings at least, in US dollars, to sort by; the upper bound where there is no lower one."""
    found = comparable(pay, "USD", "year")
    if found is None:
        return None
    low, high, _ = found
    return high if low is None else low
