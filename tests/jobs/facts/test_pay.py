"""Stated pay: found where it is told, with what proves it; nothing is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.facts import pay
from bot.jobs.facts.values import NO_PLACE, Evidence, Pay, Place, Posting

CANADA = Place("restricted", ("CA",), evidence=(Evidence("place", 0, 6, "field", "Canada"),))
AUSTRALIA = Place("restricted", ("AU",))

Stated = tuple[float | None, float | None, str | None, str | None]


def stated(found: Pay | None) -> Stated | None:
    return found and (found.low, found.high, found.currency, found.period)


def of_text(text: str, place: Place = NO_PLACE) -> Stated | None:
    return stated(pay.read(Posting("Engineer", text=text), place))


def of_field(claim: str, board: str = "remotive", text: str = "") -> Pay | None:
    return pay.read(Posting("Engineer", board=board, pay_claim=claim, text=text), NO_PLACE)


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("$45- $65k", (45_000, 65_000, "USD", "year")),
        ("$52k", (52_000, 52_000, "USD", "year")),
        ("$9k", (9_000, 9_000, "USD", None)),
        ("$2k - $8k", (2_000, 8_000, "USD", None)),
        ("$18 - $22", (18, 22, "USD", "hour")),
        ("€70k-€90k", (70_000, 90_000, "EUR", "year")),
        ("up to $23/hour", (None, 23, "USD", "hour")),
        ("86000 - 113000 USD annual", (86_000, 113_000, "USD", "year")),
        ("27.5 USD hourly", (27.5, 27.5, "USD", "hour")),
        ("20000 PLN monthly", (20_000, 20_000, "PLN", "month")),
        ("CAD 121,000 - 158,000", (121_000, 158_000, "CAD", "year")),
    ],
)
def test_the_field_of_a_board(claim: str, found: Stated) -> None:
    """Bounds, currency and period; a bare amount has the period that alone can bring it, else none."""
    assert stated(of_field(claim)) == found


@pytest.mark.parametrize("claim", ["", "-", "Competitive", "Pay per task", "0", "DOE"])
def test_a_field_without_an_amount_states_nothing(claim: str) -> None:
    """Words alone are no pay."""
    assert of_field(claim) is None


def test_the_fields_of_remote_ok_are_dollars() -> None:
    """They come without currency and period; another board's bare numbers stay without."""
    assert stated(of_field("140000 - 180000", "remoteok")) == (140_000, 180_000, "USD", "year")
    assert stated(of_field("140000 - 180000", "somewhere")) == (140_000, 180_000, None, None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The salary range for this role is $86,000 - 113,000 per year.", (86_000, 113_000, "USD", "year")),
        ("Base Pay Range\n$168,500—$241,000 USD\nWe care.", (168_500, 241_000, "USD", "year")),
        ("Salary\n\n• £60,000 - £80,000, reviewed each year", (60_000, 80_000, "GBP", "year")),
        ("Acme | Engineer | REMOTE | $155k-210k + equity | acme.example", (155_000, 210_000, "USD", "year")),
        ("Acme | Engineer | Berlin | 56 - 82k EUR", (56_000, 82_000, "EUR", "year")),
        ("Acme | Engineer | ~$162k | Full-time", (162_000, 162_000, "USD", "year")),
        ("Compensation: market rate, mostly 90–160/hr", (90, 160, "USD", "hour")),
        ("You will earn up to $20 an hour.", (None, 20, "USD", "hour")),
        ("The monthly salary will be $2600-3900.", (2_600, 3_900, "USD", "month")),
        ("Salary: $118k+ based on experience\n$15,000 signing bonus", (118_000, None, "USD", "year")),
        ("Benefits\n$130,000-150,000 base salary\n401k match", (130_000, 150_000, "USD", "year")),
        ("Salary capped at $143,000/year.", (None, 143_000, "USD", "year")),
        ("Malta Pay Range\n€2.700 - €4.000 EUR", (2_700, 4_000, "EUR", None)),
        ("Salary (not including bonus or equity): $90,000 - $110,000", (90_000, 110_000, "USD", "year")),
        ("Das Gehalt: ab 60.000 € pro Jahr", (60_000, None, "EUR", "year")),
    ],
)
def test_pay_is_found_in_a_text(text: str, found: Stated) -> None:
    """Behind a word of pay, under its heading, in a cell of its own."""
    assert of_text(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "401k with a match of up to 4%",
        "We passed $100M in annual recurring revenue.",
        "We raised a $22 million Series A at a $120M valuation.",
        "• $15,000 signing bonus\n• $1,000 learning budget",
        "Competitive salary, and a yearly stipend of $2,000 for your home office.",
        "A $100/month education budget",
        "Referral bonus: $2,500",
        "You manage ad budgets of €10,000 per month or more.",
        "You own a quota of $800,000 - $1,200,000.",
        "Our 1000+ employees serve 25k - 30k customers.",
        "We pay $280 per blog post.",
        "Trusted with $50,000 - $200,000 deals by 40 companies",
        "Salary: competitive. Founded in 2015, 120 people.",
        "An equity grant worth $40,000 - $60,000",
        "Up to $750 annual deductible and $25 copays",
        "5-7 years of experience; 100k lines of code",
    ],
)
def test_other_money_is_no_pay(text: str) -> None:
    """Turnover, budgets, bonuses and counts are never called pay."""
    assert of_text(text) is None


def test_bands_that_stand_together_are_one_span() -> None:
    """Zones or levels: from the lowest to the highest; another currency, or a bonus between, ends the span."""
    zones = "Base salary\n• Zone 1: $149,000 - $204,000\n• Zone 2: $138,000 - $190,000\n• Zone 3: $120,000 - $165,000"
    assert of_text(zones) == (120_000, 204_000, "USD", "year")
    assert of_text("Salary: £52,000-£61,000 ($68,000-$80,000)") == (52_000, 61_000, "GBP", "year")
    assert of_text("Salary: $90,000 - $100,000, bonus: $10,000 - $20,000") == (90_000, 100_000, "USD", "year")


def test_base_comes_before_on_target() -> None:
    """Where both are told the base is the pay; on-target alone is marked."""
    both = "Base salary: $100,000 - $120,000. OTE: $200,000 - $240,000"
    assert of_text(both) == (100_000, 120_000, "USD", "year")
    alone = of_field("OTE $55k - $70k")
    assert alone is not None
    assert alone.kind == "ote"


def test_commission_is_marked_unless_it_is_denied() -> None:
    """ "100% commission" makes the kind; "not commission-only" doesn't."""
    assert (of_field("$2k - $9k", text="This is a 100% commission role.") or NO_PAY).kind == "commission"
    assert (of_field("$2k - $9k", text="This is not commission-only.") or NO_PAY).kind == "base"


def test_a_bare_dollar_is_that_of_the_only_country() -> None:
    """Canadian in Canada, Australian in Australia, else of the United States; a name beside it comes first."""
    text = "Salary: $65,000 - $80,000 a year"
    assert of_text(text, CANADA) == (65_000, 80_000, "CAD", "year")
    assert of_text(text, AUSTRALIA) == (65_000, 80_000, "AUD", "year")
    assert of_text(text) == (65_000, 80_000, "USD", "year")
    assert of_text("Salary: US $65,000 a year", CANADA) == (65_000, 65_000, "USD", "year")
    assert of_text("Canadian base pay: $80,000 - $90,000") == (80_000, 90_000, "CAD", "year")


def test_the_country_that_settles_the_dollar_is_shown() -> None:
    """Its proof stands beside that of the amount."""
    found = pay.read(Posting("Engineer", text="Salary: $65,000 a year", place_claim="Canada"), CANADA)
    assert found is not None
    assert [one.source for one in found.evidence] == ["text", "place"]


def test_field_and_text_that_disagree_are_a_conflict() -> None:
    """The field's is given and marked; what agrees, or is the same in another period, isn't marked."""
    other = of_field("80000 - 90000 USD yearly", text="Salary: $60,000 - $70,000 per year")
    assert other is not None
    assert (stated(other), other.conflict) == ((80_000, 90_000, "USD", "year"), True)
    same = of_field("$60k", text="Salary: $60,000 per year")
    assert same is not None
    assert not same.conflict
    hourly = of_field("37440 - 58240 USD yearly", text="Pay range: $18 to $28 per hour")
    assert hourly is not None
    assert not hourly.conflict


def test_what_a_board_calculated_wrongly_gives_way_to_the_words() -> None:
    """A yearly column beside a text by the hour: the text counts, unless they agree or a person wrote the field."""
    text = "Pay range: $31.40 - $44.60 per hour"
    calculated = of_field("62000 - 90000 USD yearly", text=text)
    assert calculated is not None
    assert (stated(calculated), calculated.conflict) == ((31.40, 44.60, "USD", "hour"), True)
    assert stated(of_field("65312 - 92768 USD yearly", text=text)) == (65_312, 92_768, "USD", "year")
    assert stated(of_field("$62k - $90k", text=text)) == (62_000, 90_000, "USD", "year")


def test_the_text_completes_a_field_without_period() -> None:
    """The same bounds, with "per month" in the text alone."""
    found = of_field("USD 3,700 - 5,300", text="The compensation range is $3,700 - $5,300 gross per month.")
    assert stated(found) == (3_700, 5_300, "USD", "month")


def test_the_text_fills_in_a_field_of_one_figure() -> None:
    """The field says "up to $23", the text from 17 to 24: the fuller one is given, and marked."""
    found = of_field("up to $23/hour", text="Earnings range from $17 to $24 per hour.")
    assert found is not None
    assert (stated(found), found.conflict) == ((17, 24, "USD", "hour"), True)


def test_hourly_pay_stays_hourly() -> None:
    """Nothing is converted in silence."""
    assert stated(of_field("$50/hr")) == (50, 50, "USD", "hour")


def test_what_is_found_is_proved() -> None:
    """The words and the evidence are those of the posting."""
    text = "We are Acme.\nThe pay range is $95,000 to $120,000 a year."
    found = pay.read(Posting("Engineer", text=text), NO_PLACE)
    assert found is not None
    (proof,) = found.evidence
    assert found.words == text[proof.start : proof.end] == proof.quote == "$95,000 to $120,000 a year"


def test_pay_in_a_title_is_found() -> None:
    """Some employers write it there."""
    found = pay.read(Posting("Analyst (salary $60k - $70k)"), NO_PLACE)
    assert stated(found) == (60_000, 70_000, "USD", "year")


NO_PAY = Pay(None, None, None, None, "base", "", ())


WORDS = "salary pay base $5 $90k - to £40,000 /hr USD a year bonus ( ) | . OTE"


@given(
    st.lists(st.sampled_from([*WORDS.split(), "\n"])),
    st.sampled_from(["", "$", "10 - 5 USD", "$40k", "9" * 200]),
)
def test_any_posting_is_read(words: list[str], claim: str) -> None:
    """Nothing raises, and each quote stands in its source."""
    posting = Posting("Engineer", text=" ".join(words), pay_claim=claim)
    found = pay.read(posting, NO_PLACE)
    for proof in found.evidence if found else ():
        assert proof.quote == posting.source(proof.source)[proof.start : proof.end][:200]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You can bill up to $70 per hour.", (None, 70, "USD", "hour")),
        ("Earn $100-$200 per hour: pick your clients", (100, 200, "USD", "hour")),
        ("Ovens cost us $30 per hour to run.", None),
        ("You get a training budget of $50 per hour.", None),
    ],
)
def test_an_amount_by_the_hour_is_pay_unless_it_is_a_cost(text: str, found: Stated | None) -> None:
    """Hardly anything but work is paid by the hour; a colon behind the amount ends what is said of it."""
    assert of_text(text) == found
