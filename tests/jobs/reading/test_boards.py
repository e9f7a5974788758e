"""Each board's shape, oddities included: what an invented employer meant is what the entry says."""

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.jobs.reading.boards import BOARDS
from bot.jobs.reading.book import PARSERS
from bot.jobs.reading.items import pay, when, words
from bot.jobs.reading.parse import parse_body
from bot.jobs.reading.strips import mended, without_antispam
from bot.ports import Entry, Trouble
from sandbox.boards import Boards, Posting, catalogue, hn, workable
from tests.jobs.reading.hosts import NOW


def read(body: bytes | str | list[Any] | dict[str, Any], parser: str, *strip: str) -> tuple[Entry, ...]:
    if isinstance(body, list | dict):
        body = json.dumps(body)
    parsed = parse_body(body.encode() if isinstance(body, str) else body, None, parser, strip, NOW)
    assert not isinstance(parsed, Trouble), parsed
    return parsed[0].entries


def rss(*items: str, spaces: str = "") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f"<rss version='2.0' {spaces}><channel><title>x</title>{inside}</channel></rss>"


LINK = "<link>https://boards.example/1</link>"


def test_every_parser_of_the_feed_book_is_a_board() -> None:
    """The words that feeds.yaml may use and the boards there are, are the same."""
    assert set(BOARDS) == set(PARSERS)


@pytest.mark.parametrize("id", [board.id for board in (*catalogue.BOARDS, *catalogue.PLAIN)])
def test_invented_boards_are_read_as_they_were_meant(id: str) -> None:
    """For every board: role, company, date and text of all postings come back, in their order."""
    boards = Boards(lambda: NOW, seed=7)
    board = next(board for board in (*catalogue.BOARDS, *catalogue.PLAIN) if board.id == id)
    meant = boards.postings(id)
    body = hn.render_thread(meant, NOW) if id == "hn" else boards.body(id)
    entries = read(body, board.flags["parser"], *board.flags.get("strip", ()))
    if id == "remoteok":
        assert entries[-1].title == "Menu"  # no job, but only its text says so
        entries = entries[:-1]
    if id == "palantir":  # the first is fanned out over three cities
        assert {entry.title for entry in entries[-3:]} == {entries[0].title}
        entries = entries[:-3]
    assert len(entries) == len(meant)
    for entry, posting in zip(entries, meant, strict=True):
        _compare(entry, posting, board.flags["parser"])


def _compare(entry: Entry, posting: Posting, parser: str) -> None:
    if parser == "generic":
        assert entry.title == f"{posting.role} at {posting.company}"
    elif parser in (
        "lever",
        "ashby",
        "landingjobs",
        "fourdayweek",
    ):  # the company may be told by the link alone
        told = {posting.company, " ".join(posting.company_slug.split("-")).title()}
        assert (entry.title, entry.company in told) == (posting.role, True)
    elif parser == "workable":  # one employer
        assert (entry.title, entry.company) == (posting.role, workable.NAME)
    else:
        assert (entry.title, entry.company) == (posting.role, posting.company)
    if parser == "pythonorg":
        assert entry.published is None
    elif parser in ("title_at_company", "workable"):  # one date for a whole day
        assert entry.published is not None
        assert entry.published.date() == posting.posted_at.date()
    else:
        assert entry.published == posting.posted_at.replace(microsecond=0)
    assert entry.url.startswith("https://")
    if parser == "nofluffjobs":
        assert entry.text == ""
    elif parser != "wpjobmanager" or entry.text:  # some of its items have no description
        assert all(paragraph in entry.text for paragraph in posting.paragraphs)
    assert "<" not in entry.text


def test_wwr_splits_the_title_and_keeps_country_beside_the_claim() -> None:
    """`Company: Role`; the region is the claim, and the country that may contradict it is kept."""
    item = f"""<title>Ivernook: Harbour Engineer: Cranes</title>{LINK}<region>Anywhere in the World</region>
        <country>🇵🇹 Portugal</country><state></state><type>Full-Time</type><skills>Knots</skills>
        <category>Design</category><expires_at>Sat, 15 Aug 2026 14:57:15 +0000</expires_at>"""
    (entry,) = read(rss(item), "wwr")
    assert (entry.company, entry.title) == ("Ivernook", "Harbour Engineer: Cranes")
    assert entry.place_claim == "Anywhere in the World"
    assert entry.fields == {"country": "🇵🇹 Portugal", "type": "Full-Time", "skills": "Knots"}
    assert entry.tags == ("Design",)
    assert entry.expires == datetime(2026, 8, 15, 14, 57, 15, tzinfo=UTC)


def test_wwr_without_region_says_the_country() -> None:
    """An empty region leaves the country as the claim; a title without colon is all role."""
    (entry,) = read(rss(f"<title>Diver</title>{LINK}<region></region><country>Peru</country>"), "wwr")
    assert (entry.company, entry.title, entry.place_claim) == ("", "Diver", "Peru")


def test_remotive_keeps_the_words_of_pay() -> None:
    """Pay is free text and stays so; a BOM before the JSON and a date without zone are read."""
    job = {
        **{"id": 7, "url": "https://remotive.example/7", "title": "Diver", "company_name": "Sea"},
        **{
            "candidate_required_location": "Europe",
            "salary": "$40- $60k",
            "publication_date": "2026-11-01T10:00:00",
        },
    }
    body = "\ufeff" + json.dumps({"job-count": 1, "jobs": [job]})
    (entry,) = read(body, "remotive")
    assert (entry.guid, entry.pay_claim, entry.place_claim) == ("7", "$40- $60k", "Europe")
    assert entry.published == datetime(2026, 11, 1, 10, tzinfo=UTC)


OK_JOB: dict[str, Any] = {
    **{
        "id": "5",
        "position": "Diver",
        "company": "Sea",
        "url": "https://remoteok.example/5",
        "epoch": 1_790_000_000,
    },
    **{"location": "Orlando, ", "salary_min": 0, "salary_max": 0, "description": "<p>Dive.</p>"},
}


@pytest.mark.parametrize("address", ["192.0.2.1", "203.0.113.77", "::1", "2001:db8::7"])
def test_remote_ok_never_tells_our_address(address: str) -> None:
    """The tag that holds the reader's IP address is in no field of an entry, whatever stands around it."""
    code = b64encode(address.encode()).decode()
    for tag in {f"R{code}", f"R{code.rstrip('=')}"}:
        sentence = (
            f"Please mention the word **KIND** and tag {tag} when applying (#{tag}). … see they're human."
        )
        for text in (
            f"<p>Dive.</p><br/><br/>{sentence}",
            f"Dive. {sentence} More.",
            f"Dive. Use #{tag} please",
        ):
            (entry,) = read([{"legal": "…"}, {**OK_JOB, "description": text}], "remoteok")
            assert entry.text.startswith("Dive.")
            assert code.rstrip("=") not in repr(entry)
            assert "mention the word" not in entry.text


def test_words_that_only_look_like_a_tag_stay() -> None:
    """R followed by letters is an address only if it decodes to one."""
    text = "Remote Ruby and R2D2, Rails, tag RABCDEFGH"
    assert without_antispam(text) == text


def test_remote_ok_leaves_out_what_is_no_job() -> None:
    """The terms and the empty item are no openings, and are not counted as unreadable ones either."""
    empty = {**OK_JOB, "position": "", "company": "", "description": "tag ROjox"}
    parsed = parse_body(json.dumps([{"legal": "terms"}, OK_JOB, empty]).encode(), None, "remoteok", (), NOW)
    assert not isinstance(parsed, Trouble)
    assert [entry.title for entry in parsed[0].entries] == ["Diver"]
    assert parsed[0].unreadable == 0


def test_remote_ok_is_mended() -> None:
    """UTF-8 that was read as Latin-1 becomes what it was; honest accents stay."""
    broken = "We’re hiring – café ✈".encode().decode("latin-1")
    (entry,) = read([{**OK_JOB, "description": broken, "company": "Caf\u00e9"}], "remoteok")
    assert entry.text == "We’re hiring – café ✈"
    assert entry.company == "Café"
    assert mended("Müller & Söhne, São Paulo") == "Müller & Söhne, São Paulo"


def test_remote_ok_pay_and_place() -> None:
    """0 means none; a range is told without a currency that nobody gave; the comma with nothing behind it goes."""
    (none,) = read([OK_JOB], "remoteok")
    assert (none.pay_claim, none.place_claim) == ("", "Orlando")
    (some,) = read([{**OK_JOB, "salary_min": 40000, "salary_max": 60000}], "remoteok")
    assert some.pay_claim == "40000 - 60000"


def test_jobicy_escapes_twice() -> None:
    """Entities of entities are resolved in the fields, double spaces folded, pay joined with its units."""
    job = {
        **{
            "id": 9,
            "url": "https://jobicy.example/9",
            "jobTitle": "R&amp;amp;D Lead",
            "companyName": "A &amp;amp; B",
        },
        **{
            "jobGeo": "EMEA,  LATAM",
            "jobIndustry": ["Product &amp;amp; Ops"],
            "salaryMin": 50000,
            "salaryMax": 50000,
        },
        **{"salaryCurrency": "EUR", "salaryPeriod": "yearly", "jobDescription": "<p>1 &lt; 2</p>"},
    }
    (entry,) = read({"jobs": [job]}, "jobicy")
    assert (entry.title, entry.company) == ("R&D Lead", "A & B")
    assert (entry.place_claim, entry.pay_claim) == ("EMEA, LATAM", "50000 EUR yearly")
    assert entry.tags == ("Product & Ops",)
    assert entry.text == "1 < 2"


JOB_LISTING = "xmlns:job_listing='https://boards.example' xmlns:dc='http://purl.org/dc/elements/1.1/'"


def test_elsewhere_the_creator_is_staff() -> None:
    """A name in dc:creator is not taken for the company."""
    item = f"""<title>Diver</title>{LINK}<dc:creator>Rita Example</dc:creator>
        <job_listing:location>Germany</job_listing:location>"""
    (entry,) = read(rss(item, spaces=JOB_LISTING), "wpjobmanager")
    assert (entry.company, entry.place_claim) == ("", "Germany")


def test_himalayas_keeps_every_country() -> None:
    """One element a country: all of them are the claim, of each item its own."""
    item = f"""<title>Diver</title>{LINK}<h:companyName>Sea</h:companyName>
        <h:locationRestriction>Peru</h:locationRestriction>
        <h:locationRestriction>Chile</h:locationRestriction>
        <h:expiryDate>1800000000</h:expiryDate>""".replace("h:", "himalayasJobs:")
    one = f"<title>Cook</title>{LINK}<himalayasJobs:locationRestriction>Cuba</himalayasJobs:locationRestriction>"
    first, second = read(rss(item, one, spaces="xmlns:himalayasJobs='https://h.example'"), "himalayas")
    assert (first.company, first.place_claim, second.place_claim) == ("Sea", "Peru, Chile", "Cuba")
    assert first.expires == datetime.fromtimestamp(1_800_000_000, UTC)


def test_himalayas_api_makes_no_claim_of_an_empty_list() -> None:
    """Countries may be words or objects with a name; none is no claim, not "worldwide"."""
    job = {"title": "Diver", "guid": "https://h.example/1", "companyName": "Sea", "pubDate": 1_790_000_000}
    jobs = [
        {**job, "locationRestrictions": places}
        for places in ([], ["Peru"], [{"name": "Peru"}, {"name": "Chile"}])
    ]
    claims = [entry.place_claim for entry in read({"jobs": jobs}, "himalayas_api")]
    assert claims == ["", "Peru", "Peru, Chile"]


def test_working_nomads_has_its_id_in_the_link() -> None:
    """The number of `/job/go/<id>/` is the guid; tags are one text."""
    job = {
        **{"url": "https://nomads.example/job/go/1719508/", "title": "Diver", "company_name": "Sea"},
        **{"tags": "deep sea,english", "location": "Peru", "pub_date": "2026-07-10T09:22:56-04:00"},
    }
    (entry,) = read([job], "workingnomads")
    assert (entry.guid, entry.tags) == ("1719508", ("deep sea", "english"))
    assert entry.published == datetime(2026, 7, 10, 13, 22, 56, tzinfo=UTC)


def test_the_last_at_parts_role_and_company() -> None:
    """`Role at Company`, also when the role holds an "at"; an undeclared entity is no obstacle."""
    first, second = read(
        rss(f"<title>Chef at Sea at Ivernook&rsquo;s</title>{LINK}", f"<title>Diver</title>{LINK}"),
        "title_at_company",
    )
    assert (first.title, first.company) == ("Chef at Sea", "Ivernook’s")
    assert (second.title, second.company) == ("Diver", "")


def test_larajobs_has_its_own_elements() -> None:
    """Company and place come from the `job:` elements."""
    item = (
        f"<title>Diver</title>{LINK}<job:company>Sea</job:company><job:location>Remote / Peru</job:location>"
    )
    (entry,) = read(rss(item, spaces="xmlns:job='https://l.example'"), "larajobs")
    assert (entry.company, entry.place_claim) == ("Sea", "Remote / Peru")


def test_pythonorg_has_the_company_behind_the_last_comma_and_no_date() -> None:
    """The place is the first line of the text, and no date is made up."""
    text = "<description>Lima, Peru\n&lt;p&gt;Dive.&lt;/p&gt;</description>"
    item = f"<title>Diver, Deep Sea, Ivernook</title>{LINK}{text}"
    (entry,) = read(rss(item), "pythonorg")
    assert (entry.title, entry.company, entry.place_claim) == ("Diver, Deep Sea", "Ivernook", "Lima, Peru")
    assert entry.published is None


def test_greenhouse_escapes_its_html() -> None:
    """`content` is HTML inside HTML's entities; the place is a name inside an object."""
    job = {
        **{"id": 3, "absolute_url": "https://g.example/3", "title": "Diver", "company_name": "Sea"},
        **{"location": {"name": "Remote, Peru"}, "content": "&lt;p&gt;Salt &amp;amp; water&lt;/p&gt;"},
        **{"first_published": "2026-04-17T05:58:03-04:00", "departments": [{"name": "Deep"}]},
    }
    (entry,) = read({"jobs": [job]}, "greenhouse")
    assert (entry.place_claim, entry.text, entry.tags) == ("Remote, Peru", "Salt & water", ("Deep",))


def _thread(*texts: str | None) -> dict[str, Any]:
    comments = [
        {"id": number, "text": text, "created_at": "2026-11-02T10:00:00Z"}
        for number, text in enumerate(texts)
    ]
    return {"id": 1, "title": "Ask HN", "created_at": "2026-11-01T15:00:00Z", "children": comments}


def test_hn_takes_the_first_line_apart() -> None:
    """Role, place and pay are found in any order; links are left out; what names no role shows the whole line."""
    entries = read(
        _thread(
            "Sea (YC W23) | <a href='x'>https:&#x2F;&#x2F;sea.example</a> | Dive Engineer | Lima | REMOTE (Peru)"
            " | Full-time | $90k-$110k<p>Dive.",
            "Ivernook | Lamp Designer | Wick Developer | Remote | Part-time",
            "Tamberley | Lima, Peru | ONSITE",
            "Thank you to everyone",
            None,
        ),
        "hn",
    )
    sea, lamps, town = entries
    assert (sea.company, sea.title) == ("Sea (YC W23)", "Dive Engineer")
    assert (sea.place_claim, sea.pay_claim) == ("Lima; REMOTE (Peru)", "$90k-$110k")
    assert sea.url == "https://news.ycombinator.com/item?id=0"
    assert (lamps.title, lamps.place_claim) == ("Lamp Designer, Wick Developer", "Remote")
    assert (town.title, town.place_claim) == ("Tamberley | Lima, Peru | ONSITE", "Lima, Peru; ONSITE")


def test_hn_search_names_the_newest_thread() -> None:
    """A search that finds threads holds no openings, but says where they are; other threads are passed over."""
    hits = [
        {
            "title": "Ask HN: Who is hiring? (October 2026)",
            "objectID": "40",
            "created_at": "2026-10-01",
            "num_comments": 9,
        },
        {
            "title": "Ask HN: Who is hiring? (November 2026)",
            "objectID": "41",
            "created_at": "2026-11-01",
            "num_comments": 9,
        },
        {
            "title": "Ask HN: Who wants to be hired? (November 2026)",
            "objectID": "42",
            "created_at": "2026-11-01",
            "num_comments": 9,
        },
    ]
    parsed = parse_body(json.dumps({"hits": hits}).encode(), None, "hn", (), NOW)
    assert not isinstance(parsed, Trouble)
    assert (parsed[0].entries, parsed[1]) == ((), "items/41")


def test_hn_replies_are_no_openings() -> None:
    """In a search for comments only those of the first level count."""
    hit = {
        "comment_text": "Sea | Diver | Lima | Remote developer",
        "objectID": "5",
        "story_id": 1,
        "parent_id": 1,
    }
    entries = read({"hits": [hit, {**hit, "objectID": "6", "parent_id": 5}]}, "hn")
    assert [entry.guid for entry in entries] == ["5"]


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-07-10T09:22:56-04:00", datetime(2026, 7, 10, 13, 22, 56, tzinfo=UTC)),
        ("2026-07-10T09:22:56", datetime(2026, 7, 10, 9, 22, 56, tzinfo=UTC)),
        ("2026-07-10", datetime(2026, 7, 10, tzinfo=UTC)),
        ("Fri, 10 Jul 2026 22:45:30 +0200", datetime(2026, 7, 10, 20, 45, 30, tzinfo=UTC)),
        (1_783_731_532, datetime(2026, 7, 11, 0, 58, 52, tzinfo=UTC)),
        (1_783_731_532_000, datetime(2026, 7, 11, 0, 58, 52, tzinfo=UTC)),
        ("1783731532", datetime(2026, 7, 11, 0, 58, 52, tzinfo=UTC)),
        *(
            (value, None)
            for value in ("", "soon", "99999999-01-01", None, True, [], float("nan"), 10**30, -(10**18))
        ),
    ],
)
def test_moments(value: Any, moment: datetime | None) -> None:
    """Every spelling of a moment that boards use becomes aware UTC; all else is no moment."""
    assert when(value) == moment


def test_small_values() -> None:
    """Tags are told apart and not twice; pay of nothing is nothing."""
    assert words("a, b,,a , c") == ("a", "b", "c")
    assert words([f"tag {n}" for n in range(99)])[-1] == "tag 19"
    assert words(7) == ()
    assert pay({"a": 0, "b": "0.00"}, "a", "b") == ""
    assert pay({"a": -5, "b": 1e18, "c": "USD"}, "a", "b", "c") == ""
    assert pay({"a": None, "b": 9.5, "c": "EUR"}, "a", "b", "c", "d") == "9.5 EUR"
