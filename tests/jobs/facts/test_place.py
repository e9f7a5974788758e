"""Who may apply by where they are: invented postings in the shapes that boards have."""

from __future__ import annotations

import pytest

from bot.jobs.facts import groups, place
from bot.jobs.facts.values import Place, Posting, RemoteType

EU, EUROPE, LATAM = (groups.GROUPS[name] for name in ("EU27", "EUROPE", "LATAM"))


def read(
    text: str = "",
    *,
    title: str = "Data Engineer",
    claim: str = "",
    board: str = "wwr",
    company: str = "Acme",
    remote: RemoteType = "remote",
) -> Place:
    found = place.read(
        Posting(title=title, text=text, place_claim=claim, board=board, company=company), remote
    )
    _is_proven(found, Posting(title=title, text=text, place_claim=claim, board=board, company=company))
    return found


def _is_proven(found: Place, posting: Posting) -> None:
    """A scope has evidence, and each piece of it stands where it says."""
    assert found.scope == "unknown" or found.evidence
    for one in found.evidence:
        assert posting.source(one.source)[one.start : one.end][:200] == one.quote != ""


def countries(codes: str) -> tuple[str, ...]:
    return tuple(sorted(codes.split()))


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Candidates must be located in the United States.", "US"),
        ("• Based in the UK", "GB"),
        ("You live in Portugal, Spain or Italy.", "PT ES IT"),
        ("Applicants must be legally authorized to work in the United States or Canada.", "US CA"),
        ("We are hiring in Germany, Austria and Switzerland.", "DE AT CH"),
        ("This is a remote role open to candidates in Mexico.", "MX"),
        ("Remote (US only)", "US"),
        ("You can work from anywhere in Canada.", "CA"),
        ("US citizens only, please.", "US"),
        ("For this we need a Poland-based engineer.", "PL"),
        ("Location: fully remote, anywhere within Norway", "NO"),
        ("Location: 100% remote, full-time position, from NZ or AUS.", "NZ AU"),
        ("We are unable to hire outside of France.", "FR"),
        ("We accept applicants from the following countries:\n\nKenya, Ghana, Nigeria.", "KE GH NG"),
        ("Please only apply if you live in the Netherlands.", "NL"),
        ("Remote from Medellín or Bogotá", "CO"),
        ("🇧🇷 only", "BR"),
        ("Standort: Deutschland (remote)", "DE"),
        ("Must reside in the U.S.", "US"),
    ],
)
def test_a_sentence_restricts(sentence: str, codes: str) -> None:
    """What the employer asks of applicants counts, whatever the board says, and the board's word is kept."""
    found = read(f"We build tools.\n{sentence}\nWe like tests.", claim="Anywhere in the World")
    assert (found.scope, found.countries_in) == ("restricted", countries(codes))
    assert found.board_says == "Anywhere in the World"


@pytest.mark.parametrize(
    "sentence",
    [
        "We are based in Berlin.",
        "Our offices in London and New York are open to you.",
        "Our clients are located in Germany and France.",
        "Acme is headquartered in Stockholm, Sweden.",
        "We serve customers across Europe.",
        "If you are based in California, your data is kept there.",
        "Candidates based in Spain are preferred.",
        "401(k) plan for US-based employees.",
        "Experience with the Japanese market is a plus.",
        "You will work closely with our Poland-based delivery team.",
        "CONTACT US at any time.",
        "A mobile developer who likes reading in a nice orange chair.",
        "English and German speaking colleagues are around you.",
        "You will travel to Austria twice a year.",
        "We hire in Europe, Singapore, Chicago, or wherever you are.",
    ],
)
def test_a_place_of_something_else_restricts_nothing(sentence: str) -> None:
    """Offices, customers, benefits, wishes and conditions are no restriction: "Anywhere" stands."""
    assert read(sentence, claim="Anywhere in the World").scope == "worldwide"
    assert read(sentence, board="remoteok").scope in ("unknown", "worldwide")


def test_what_is_out() -> None:
    """Who can't apply is told apart from who can."""
    found = read("No US-based candidates, please.", claim="Worldwide", board="remotive")
    assert (found.scope, found.countries_out) == ("worldwide", ("US",))
    found = read(
        "We can’t accept applicants from the following countries:\n\n• European: Hungary, Iceland\n• Africa",
        claim="Europe, Africa",
        board="remotive",
    )
    assert frozenset(found.countries_in) == EUROPE - {"HU", "IS"}
    assert place.read_claim("Worldwide, except Russia and Belarus").countries_out == ("BY", "RU")


def test_states() -> None:
    """Where only states are named, they are given too; beside their whole country they aren't."""
    found = read("Applicants must reside in Texas, Ohio or Georgia.")
    assert (found.countries_in, found.subdivisions) == (("US",), ("US-GA", "US-OH", "US-TX"))
    assert read("Must be located in Austin, TX or anywhere in the US.").subdivisions == ()
    assert read("Remote in Ontario, Canada").subdivisions == ("CA-ON",)
    found = read("Located in the United States, excluding California and Hawaii.")
    assert (found.countries_in, found.countries_out) == (("US",), ())


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Backend Engineer (US)", "US"),
        ("Backend Engineer - Germany", "DE"),
        ("Backend Engineer, Remote, Colombia", "CO"),
        ("Backend Engineer [Poland only]", "PL"),
        ("Account Manager India", "IN"),
        ("Support Agent (Remote - Austin, TX)", "US"),
        ("US Tax Accountant", ""),
        ("Head of Germany Partnerships", ""),
        ("Senior Developer - Mobile", ""),
    ],
)
def test_a_title(title: str, codes: str) -> None:
    """A place counts that stands apart in the title, not one that is part of the role's name."""
    assert read(title=title).countries_in == countries(codes)


def test_a_town_in_a_title_gives_way_to_the_board() -> None:
    """There are two Portsmouths; the board says which."""
    found = read(title="Physician - Portsmouth", claim="United States", board="himalayas")
    assert found.countries_in == ("US",)


@pytest.mark.parametrize(
    ("head", "scope", "codes"),
    [
        ("Headquarters: Remote - USA We are a payments company. Join us.", "restricted", "US"),
        ("Headquarters: Chicago, New York or Remote (Canada) Who we are", "restricted", "US CA"),
        ("Headquarters: Spain, Remote; Portugal, Remote As an engineer you build.", "restricted", "ES PT"),
        ("Headquarters: Remote Who we are: a team of writers.", "unknown", ""),
        ("Headquarters: Berlin, Germany\nURL: https://acme.example/jobs\n\nWe write.", "worldwide", ""),
        ("Headquarters: Remote - Costa Rica URL: http://acme.com We write.", "restricted", "CR"),
        ("Headquarters: Estonia URL: http://acme.com We write.", "restricted", "EE"),
        ("Headquarters: Estonia URL: http://acme.com Work from anywhere in the world.", "worldwide", ""),
    ],
)
def test_headquarters(head: str, scope: str, codes: str) -> None:
    """We Work Remotely's first line is the office of an employer who posts, and the job's place in an import."""
    found = read(head, claim="Anywhere in the World")
    assert (found.scope, found.countries_in) == (scope, countries(codes))


@pytest.mark.parametrize(
    ("line", "scope", "codes"),
    [
        ("Acme | Engineer | NYC or Remote (US) | Full-time", "restricted", "US"),
        ("Acme | Engineer | Zürich or REMOTE (Europe) | Full-time", "restricted", " ".join(EUROPE)),
        ("Acme | Engineer | REMOTE (Worldwide) | Full-time", "worldwide", ""),
        ("Acme | Engineer | Toronto, ON | ONSITE", "restricted", "CA"),
        ("Acme | Engineer | Remote or onsite in Prague | Full-time", "unknown", ""),
        ("Acme | Engineer | REMOTE | US Only", "restricted", "US"),
        ("Acme | Engineer | US - Remote | $150k", "restricted", "US"),
        ("Acme | Engineer | REMOTE | Full-time", "unknown", ""),
        ("Acme | Engineer | Remote or Paris - INTERNATIONAL OK | Full-time", "worldwide", ""),
    ],
)
def test_hacker_news(line: str, scope: str, codes: str) -> None:
    """In a line of cells the place that belongs to "remote" counts; without remote work, the office."""
    found = read(f"{line}\n\nWe make things.", title="Engineer", board="hn")
    assert (found.scope, found.countries_in) == (scope, countries(codes))


def test_zones_limit_or_not() -> None:
    """One has to be in a zone: restricted. One has to overlap with it: from anywhere, with the hours noted."""
    found = read("Time zone: CET (+/- 3 hours)", claim="Anywhere in the World")
    assert (found.scope, found.countries_in, found.tz_min, found.tz_max) == ("restricted", (), -2, 4)
    found = read("You need 4 hours of overlap with CET.", claim="Anywhere in the World")
    assert (found.scope, found.tz_min, found.tz_overlap) == ("worldwide", None, 4)
    found = read("Acme | Engineer | Remote (US time zones)\n\nText", board="hn")
    assert (found.scope, found.tz_min, found.tz_max) == ("restricted", -8, -5)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Work from anywhere in the world.", "worldwide"),
        ("We hire people regardless of location.", "worldwide"),
        ("Location: Remote, worldwide", "worldwide"),
        ("Our clients are spread all over the world.", "unknown"),
        ("You support users worldwide.", "unknown"),
        ("Applicants from outside the US are paid at the same rate.", "worldwide"),
    ],
)
def test_from_anywhere(text: str, scope: str) -> None:
    """Only what is said of the job is proof of it, not where the customers are."""
    assert read(text, board="remoteok").scope == scope


def test_a_desk_is_nowhere_else() -> None:
    """A job at the employer's desk isn't open worldwide, whatever the board says."""
    assert read(claim="Worldwide", board="remotive", remote="onsite").scope == "unknown"


def test_the_board_and_the_text_disagree() -> None:
    """The narrower of two that agree; the employer's own list where it is wider; the text where they don't meet."""
    assert read("Candidates based in Portugal only.", claim="Europe Only").countries_in == ("PT",)
    assert read("You may live in the US or Canada.", claim="USA Only").countries_in == ("CA", "US")
    assert frozenset(read("Remote, anywhere in Europe.", claim="Poland").countries_in) == EUROPE
    assert read("Must be authorized to work in Kenya.", claim="Gabon").countries_in == ("KE",)


def test_the_company_is_no_place() -> None:
    """A company's own name says nothing of where one may be."""
    found = read("Remote at Bank of Ireland.", company="Bank of Ireland", claim="Worldwide")
    assert found.scope == "worldwide"


def test_a_claim_alone() -> None:
    """`read_claim` reads a place text with nothing around it, as filters have it."""
    assert place.read_claim("Europe, UK, Germany").labels == ("EUROPE",)
    assert place.read_claim("LATAM, Brazil").countries_in == tuple(sorted(LATAM))
    assert place.read_claim("USA, Canada, USA timezones").countries_in == ("CA", "US")
    assert place.read_claim("Anywhere in the World").scope == "worldwide"
    assert place.read_claim("Anywhere in the United States").countries_in == ("US",)
    assert place.read_claim("CET +/- 3 HOURS").tz_min == -2
    assert place.read_claim("Hybrid").scope == "unknown"
    assert place.read_claim("").scope == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "US " * 13_000,
        "based in the " * 3_000,
        "A" * 40_000,
        "(" * 40_000,
        "UTC-5 to " * 4_400,
        "| " * 20_000,
        "\n" * 40_000,
    ],
)
def test_hard_texts_are_read(text: str) -> None:
    """A text of nothing but names or signs is read like any other; nothing is raised and nothing runs away."""
    assert read(text, board="hn").scope in ("unknown", "restricted")


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("For this role, you can be within Norway as long as we have an office.", "NO"),
        ("Work remotely (within the United States, Canada) or at our office.", "US CA"),
        ("All jobs, unless otherwise specified, can be performed remotely (within the US).", "US"),
        ("Location: Remote (candidate must reside in an approved state: TX, UT, WI)", "US"),
    ],
)
def test_brackets_and_asides_do_not_hide_a_restriction(sentence: str, codes: str) -> None:
    """A preposition in brackets, "an approved state:", "unless otherwise specified" lead to a place all the same."""
    assert read(sentence, claim="Anywhere in the World").countries_in == countries(codes)


@pytest.mark.parametrize(
    "sentence",
    [
        "You are the link to our Norway based and Norwegian speaking kitchen.",
        "This role reports to the Director of Bread located in the Netherlands.",
        "Our team of 40 highly skilled professionals, based in Norway, bakes for you.",
        "U.S. applicants also receive healthcare.",
        "• Dental and HSA option (US residents)",
        "Vaccination is required of anybody who wishes to work out of our Denver office.",
    ],
)
def test_what_is_said_of_colleagues_benefits_and_offices_restricts_nobody(sentence: str) -> None:
    """Where the boss sits, where the team is, and who gets which insurance is no condition."""
    assert read(sentence, claim="Anywhere in the World").scope == "worldwide"


def test_a_group_in_title_and_text_outweighs_the_town_of_one_import() -> None:
    """An opening for Latin America is posted once a town; the employer says twice that any of them will do."""
    found = read(
        "Headquarters: Lima, Peru URL: http://ovenly.com The job is fully remote, based in Latin America.",
        title="Baker - Latin America",
        claim="Lima",
    )
    assert found.countries_in == tuple(sorted(LATAM))


def test_a_text_that_runs_on_behind_headquarters_names_no_place() -> None:
    """ "Headquarters: Remote" runs on into the text without a break; "mission" there is no town of Texas."""
    text = "Headquarters: Remote About us We are on a mission to bake better bread for everybody, everywhere."
    assert read(text, claim="Anywhere in the World").scope == "unknown"


def test_a_wish_in_a_cell_is_no_restriction() -> None:
    """ "REMOTE (US preferred)" leaves the door open; "US ONLY, Denver a plus" doesn't."""
    cell = "Ovenly | Baker | REMOTE ({}) | Full-time\n\nWe bake."
    assert read(cell.format("US preferred"), board="hn").scope == "unknown"
    assert read(cell.format("US ONLY, Denver a plus"), board="hn").countries_in == ("US",)
