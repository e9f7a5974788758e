"""The grammar of amounts: what is written, as numbers, currency and period."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.facts.money import MOST_AMOUNTS, money

Written = tuple[float | None, float | None, str | None, str | None]


def read(text: str) -> list[Written]:
    return [(one.low, one.high, one.currency, one.period) for one in money(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$70k - $95k", (70_000, 95_000, "$", None)),
        ("$45- $65k", (45_000, 65_000, "$", None)),
        ("$130K - 155", (130_000, 155_000, "$", None)),
        ("$120-150k/year", (120_000, 150_000, "$", "year")),
        ("€38,5k", (38_500, 38_500, "EUR", None)),
        ("90.000 €", (90_000, 90_000, "EUR", None)),
        ("CHF 120'000", (120_000, 120_000, "CHF", None)),
        ("1 200 000 ₽", (1_200_000, 1_200_000, "RUB", None)),
        ("12,00,000 INR", (1_200_000, 1_200_000, "INR", None)),
        ("₹18-25 LPA", (1_800_000, 2_500_000, "INR", "year")),
        ("£1.234,50", (1234.5, 1234.5, "GBP", None)),
        ("15 000 - 22 000 PLN net + VAT / month", (15_000, 22_000, "PLN", "month")),
        ("8 000 zł", (8_000, 8_000, "PLN", None)),
        ("R$ 8.000 a R$ 12.000 por mês", (8_000, 12_000, "BRL", "month")),
        ("C$90k", (90_000, 90_000, "CAD", None)),
        ("$100,000 - $120,000 CAD", (100_000, 120_000, "CAD", None)),
        ("USD $4000-6000/month", (4_000, 6_000, "USD", "month")),
        ("between $101,000 USD and $121,500 USD", (101_000, 121_500, "USD", None)),
        ("$22/hr-$26/hr", (22, 26, "$", "hour")),
        ("$60 - $75 an hour", (60, 75, "$", "hour")),
        ("100–200/hr", (100, 200, None, "hour")),
        ("£450 a day", (450, 450, "GBP", "day")),
        ("£300-£400pd", (300, 400, "GBP", "day")),
        ("€ 3.400,- brutto pro Monat", (3_400, 3_400, "EUR", "month")),
        ("£40,000 p.a.", (40_000, 40_000, "GBP", "year")),
        ("£40,000 per annum", (40_000, 40_000, "GBP", "year")),
        ("$900 weekly", (900, 900, "$", "week")),
        ("up to $23/hour", (None, 23, "$", "hour")),
        ("from €50,000", (50_000, None, "EUR", None)),
        ("$120k+", (120_000, None, "$", None)),
        ("Minimum: $97,400.00 Maximum: $126,300.00", (97_400, 126_300, "$", None)),
        ("$132,000-161,000k", (132_000, 161_000, "$", None)),
        ("and more.$102,000 - $139,000 per yearThis role", (102_000, 139_000, "$", "year")),
    ],
)
def test_an_amount_is_read_as_it_is_written(text: str, found: Written) -> None:
    """Ranges, shared k, marks of thousands, signs, codes and words of currencies, periods in several languages."""
    assert read(text) == [found]


@pytest.mark.parametrize("text", ["$500M ARR", "$2.5 billion", "€400 million", "raised $17m"])
def test_millions_are_marked(text: str) -> None:
    """Nobody is paid millions: they are told apart at once."""
    assert [one.huge for one in money(text)] == [True]


@pytest.mark.parametrize("text", ["we have 12 offices", "since 2019", "call 555 0199", "", "a4 paper, 3 d6"])
def test_numbers_without_a_mark_of_money_are_passed_over(text: str) -> None:
    """Only what stands near a currency or a rate is looked at."""
    assert read(text) == []


def test_two_currencies_are_two_amounts() -> None:
    """ "48-66 USD or 190-260 PLN" isn't one range."""
    assert read("48-66 USD or 190-260 PLN per hour") == [(48, 66, "USD", None), (190, 260, "PLN", "hour")]


def test_and_joins_only_after_between() -> None:
    """ "$5,000 and $6,000" are two amounts, "between $5,000 and $6,000" is one range."""
    assert len(read("$5,000 and $6,000")) == 2
    assert read("between $5,000 and $6,000") == [(5_000, 6_000, "$", None)]


@given(st.text(alphabet="$€£ 0123456789kKM.,-–/hrayeup to+USDEURbetwn\n", max_size=300))
def test_any_text_is_read(text: str) -> None:
    """No text raises; what is found stands where it says, and low never exceeds high."""
    for one in money(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.low is not None or one.high is not None
        assert one.low is None or one.high is None or one.low <= one.high


def test_a_text_of_amounts_alone_is_read_in_part() -> None:
    """However many amounts a text has, no more than MOST_AMOUNTS are looked at."""
    assert len(read("$1; " * 10_000)) <= MOST_AMOUNTS
