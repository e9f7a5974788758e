"""The rules of the market: shares, stated pay, who may apply, what stands beside one's own profile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.facts import Facts, Pay, Place, Skill, Stated
from bot.jobs.facts.groups import GROUPS
from bot.jobs.facts.rates import comparable
from bot.jobs.facts.values import Evidence
from bot.jobs.market import (
    ENOUGH,
    Counted,
    Market,
    PayRow,
    Row,
    alt,
    amount,
    chapters,
    of,
    pay_words,
    resource,
)
from bot.people.members import Profile
from bot.ports import Resource
from bot.resources.listed import Listed, Own

PROOF = Evidence("text", 0, 1, "test", "x")
NOBODY = Profile()
ANA = Profile(skills=("Python", "Kubernetes", "Juggling"), country="PT", pay_currency="EUR")


def pay(
    low: float | None, high: float | None, currency: str | None = "EUR", period: Any = "year", **kind: Any
) -> Pay:
    return Pay(low, high, currency, period, kind.get("kind", "base"), "words", (PROOF,))


def job(number: int, *skills: str, company: str = "", **facts: Any) -> Counted:
    named = tuple(Skill(one, PROOF) for one in skills)
    return Counted(number, f"Engineer {number}", company or f"Company {number}", Facts(skills=named, **facts))


def worldwide(*but: str) -> Place:
    return Place("worldwide", countries_out=but)


def only(*countries: str) -> Place:
    return Place("restricted", countries)


def names(rows: Sequence[Row]) -> list[tuple[str, int, int]]:
    return [(one.name, one.count, one.of) for one in rows]


# -- shares --------------------------------------------------------------------------------------


def test_skills_by_share() -> None:
    """Of all openings, the most frequent first; beside a profile that names some."""
    jobs = [job(1, "python", "kubernetes"), job(2, "python"), job(3), job(4, "rust")]
    market = of(jobs, ANA)
    assert names(market.skills) == [("Python", 2, 4), ("Kubernetes", 1, 4), ("Rust", 1, 4)]
    assert [one.mine for one in market.skills] == [True, True, False] and market.knows_skills
    assert {one.mine for one in of(jobs, NOBODY).skills} == {None} and not of(jobs, NOBODY).knows_skills


def test_levels_and_employment() -> None:
    """Of those that say it."""
    jobs = [
        job(
            1, level=(Stated("senior", PROOF), Stated("lead", PROOF)), employment=(Stated("contract", PROOF),)
        ),
        job(2, level=(Stated("senior", PROOF),)),
        job(3),
    ]
    market = of(jobs, NOBODY)
    assert names(market.levels) == [("Senior", 2, 2), ("Lead", 1, 2)] and names(market.types) == [
        ("Contract", 1, 1)
    ]


def test_three_that_prove_it() -> None:
    """The newest, of three companies if there are so many."""
    jobs = [
        job(1, "go", company="A"),
        job(2, "go", company="A"),
        job(3, "go", company="B"),
        job(4, "go", company="C"),
    ]
    assert of(jobs, NOBODY).skills[0].proof == (1, 3, 4)
    assert of(jobs[:3], NOBODY).skills[0].proof == (1, 3, 2)


@given(st.lists(st.sets(st.sampled_from(["python", "rust", "kubernetes"])), max_size=60))
def test_shares_are_shares(asked: list[set[str]]) -> None:
    """Each counts what it says, is at most all, and is proven by openings that say it."""
    jobs = [job(number, *sorted(skills)) for number, skills in enumerate(asked)]
    for row in of(jobs, NOBODY).skills:
        saying = [number for number, skills in enumerate(asked) if row.name.casefold() in skills]
        assert row.count == len(saying) <= row.of == len(asked) and set(row.proof) <= set(saying)
        assert len(row.proof) == min(3, len(saying))


@pytest.mark.parametrize(
    ("count", "words"), [(0.41, "41 %"), (0.001, "< 1 %"), (0.999, "> 99 %"), (1, "100 %")]
)
def test_per_cent(count: float, words: str) -> None:
    """Something is never nothing, and nearly all is not all."""
    assert Row("skill", "x", round(count * 1000), 1000, ()).percent() == words


def test_enough() -> None:
    """Fewer than 30 openings say no per cent."""
    assert not Market(ENOUGH - 1).enough and Market(ENOUGH).enough


# -- who may apply -------------------------------------------------------------------------------


def test_who_may_apply() -> None:
    """Of those that say it: worldwide ones admit everybody but who is out; my own country stands first."""
    jobs = [
        job(1, place=worldwide()),
        job(2, place=worldwide("PT")),
        job(3, place=only("US")),
        job(4, place=only("US")),
        job(5, place=only("PT", "ES")),
        job(6),
    ]
    market = of(jobs, ANA)
    assert market.place_stated == 5
    assert names(market.places)[:3] == [("Worldwide", 2, 5), ("Portugal", 2, 5), ("US", 4, 5)]
    assert [one.mine for one in market.places][:3] == [None, True, None]
    assert market.places[1].proof == (1, 5)


def test_groups() -> None:
    """A group counts where each of its countries may apply, and only where that says more than worldwide."""
    europe = only(*sorted(GROUPS["EU27"]))
    market = of([job(1, place=europe), job(2, place=worldwide()), job(3, place=only("DE"))], NOBODY)
    assert ("EU27", 2, 3) in names(market.places) and ("Germany", 3, 3) in names(market.places)
    assert not any(name in ("Latin America", "Europe") for name, *_ in names(market.places))
    wider = of([job(1, place=only(*sorted(GROUPS["EUROPE"])))], NOBODY)
    assert ("Europe", 1, 1) in names(wider.places) and "EU27" not in str(names(wider.places))


# -- pay -----------------------------------------------------------------------------------------


def test_stated_pay() -> None:
    """The middle of each range, by currency and period, never mixed; how many stated it."""
    euros = [job(number, pay=pay(80_000 + 10_000 * number, 100_000 + 10_000 * number)) for number in range(5)]
    hourly = [job(10 + number, pay=pay(50, None, "USD", "hour")) for number in range(5)]
    market = of([*euros, *hourly, job(30)], NOBODY)
    assert market.pay_stated == 10 and market.openings == 11
    first, second, together = market.pay
    assert first == PayRow("EUR", "year", 5, 100_000, 110_000, 120_000, (0, 1, 2))
    assert (second.currency, second.period, second.median, second.count) == ("USD", "hour", 50, 5)
    assert together.about and (together.currency, together.period, together.count) == ("EUR", "year", 10)


def test_all_together_in_my_money() -> None:
    """Converted by the dated table and 2,080 hours, in the currency of the profile, and marked so."""
    jobs = [job(number, pay=pay(100, 100, "USD", "hour")) for number in range(4)] + [
        job(9, pay=pay(90_000, None))
    ]
    (together,) = of(jobs, ANA).pay
    hourly = comparable(pay(100, 100, "USD", "hour"), "EUR", "year")
    assert hourly is not None and together.median == pytest.approx(hourly[0]) and together.about
    assert "≈" in pay_words(together)


def test_what_is_no_base_pay() -> None:
    """Commission, bonus, and amounts without a currency or period are stated, but no base for a middle."""
    jobs = [job(number, pay=pay(90_000, 90_000, kind="ote")) for number in range(5)]
    jobs += [job(10 + number, pay=pay(90_000, 90_000, None)) for number in range(5)]
    market = of(jobs, NOBODY)
    assert market.pay == () and market.pay_stated == 10


def test_few_amounts() -> None:
    """Four of a kind have no middle worth the name."""
    assert of([job(number, pay=pay(1, 2)) for number in range(4)], NOBODY).pay == ()


@pytest.mark.parametrize(
    ("number", "words"), [(82_000, "82 k"), (82_500, "82.5 k"), (45, "45"), (45.5, "45.5"), (9_000, "9,000")]
)
def test_amounts(number: float, words: str) -> None:
    """As few figures as say the same."""
    assert amount(number) == words


def test_converted_amounts() -> None:
    """Two figures: the table has no more."""
    assert amount(82_543, about=True) == "83 k"


# -- help, words ---------------------------------------------------------------------------------


def _resource(name: str, note: str = "", closed: bool = False) -> Resource:
    return Resource(
        name, "https://a.example", "learning", "all", "free", note, "page", date(2026, 11, 21), closed
    )


def test_what_helps() -> None:
    """What names the skill; else the server's own first; never what is closed."""
    common = (_resource("Old", closed=True), _resource("Courses"), _resource("Deep", "A book about Rust."))
    own = Own(1, "Ours", "https://b.example", "learning", "")
    helps = resource("Rust", Listed("learning", (), common))
    assert helps is not None and helps.name == "Deep"
    assert resource("R", Listed("learning", (own,), common)) == own
    assert resource("C++", Listed("learning", (), common)) == common[1]
    assert resource("Go", Listed("learning", (), common[:1])) is None


def test_the_picture_in_words() -> None:
    """The alt text holds every row of the picture, and is cut where Discord would refuse it."""
    jobs = [
        job(
            number,
            "python",
            "rust",
            place=only("US"),
            pay=pay(90_000, 110_000),
            level=(Stated("mid", PROOF),),
        )
        for number in range(40)
    ]
    market = of(jobs, ANA)
    words = alt(market, "python", 1024)
    for name, bars in chapters(market):
        assert name in words
        for bar in bars:
            assert f"{bar.name.removesuffix(' ✓')}" in words and bar.value in words
    assert "Python, in your profile 100 %" in words and len(alt(market, "x" * 2_000, 1024)) == 1024
