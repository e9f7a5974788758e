"""Pay beside other pay: exact in its own currency and period, else about."""

from bot.jobs.facts.rates import USD_PER, comparable, yearly_usd
from bot.jobs.facts.values import Pay, Period


def pay(low: float | None, high: float | None, currency: str | None, period: Period | None) -> Pay:
    return Pay(low, high, currency, period, "base", "", ())


def test_the_same_unit_is_exact() -> None:
    """Nothing is calculated."""
    assert comparable(pay(60_000, 80_000, "EUR", "year"), "EUR", "year") == (60_000, 80_000, True)


def test_another_period_goes_by_full_time() -> None:
    """2,080 hours, 260 days, 52 weeks and 12 months a year; marked as not exact."""
    assert comparable(pay(50, 60, "USD", "hour"), "USD", "year") == (104_000, 124_800, False)
    assert comparable(pay(400, None, "GBP", "day"), "GBP", "year") == (104_000, None, False)
    assert comparable(pay(None, 1_000, "USD", "week"), "USD", "year") == (None, 52_000, False)
    assert comparable(pay(120_000, 120_000, "USD", "year"), "USD", "month") == (10_000, 10_000, False)


def test_another_currency_goes_by_the_table() -> None:
    """By way of the US dollar, there and back."""
    found = comparable(pay(100_000, None, "EUR", "year"), "GBP", "year")
    assert found == (100_000 * USD_PER["EUR"] / USD_PER["GBP"], None, False)


def test_what_is_not_stated_cannot_be_compared() -> None:
    """No currency, no period, or one that the table lacks."""
    assert comparable(pay(1, 2, None, "year"), "EUR", "year") is None
    assert comparable(pay(1, 2, "EUR", None), "EUR", "year") is None
    assert comparable(pay(1, 2, "XAU", "year"), "EUR", "year") is None
    assert comparable(pay(1, 2, "XAU", "year"), "XAU", "year") == (1, 2, True)


def test_sorting_takes_the_lower_bound() -> None:
    """The upper one where there is no other; None sorts nowhere."""
    assert yearly_usd(pay(50, 60, "USD", "hour")) == 104_000
    assert yearly_usd(pay(None, 90_000, "USD", "year")) == 90_000
    assert yearly_usd(pay(1, 2, "USD", None)) is None


def test_a_rate_is_a_rate() -> None:
    """Each currency is three capitals and worth something."""
    assert all(len(code) == 3 and code.isupper() and 0 < rate < 10 for code, rate in USD_PER.items())
