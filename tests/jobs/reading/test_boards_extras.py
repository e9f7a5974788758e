"""The boards that are ready but off: each oddity of theirs, on invented items of the same shape."""

import json
from typing import Any

from bot.jobs.reading.parse import parse_body
from bot.ports import Trouble
from tests.jobs.reading.hosts import NOW
from tests.jobs.reading.test_boards import JOB_LISTING, LINK, read, rss


def test_jobspresso_has_type_and_category_swapped() -> None:
    """The two elements change places; an item without elements tells company and place in its creator."""
    item = f"""<title>Diver</title>{LINK}<job_listing:company>Sea</job_listing:company>
        <dc:creator><![CDATA[Lake<br>⚲&nbsp;Peru]]></dc:creator>
        <job_listing:job_type>Product</job_listing:job_type>
        <job_listing:job_category>Full Time</job_listing:job_category>"""
    bare = f"<title>Diver</title>{LINK}<dc:creator><![CDATA[Sea<br>⚲&nbsp;Canada]]></dc:creator>"
    staff = f"<title>Diver</title>{LINK}<dc:creator>Rita Example</dc:creator>"
    first, second, third = read(rss(item, bare, staff, spaces=JOB_LISTING), "jobspresso")
    assert first.fields == {"job_listing_job_type": "Full Time", "job_listing_job_category": "Product"}
    assert (first.company, first.tags) == ("Sea", ("Product",))
    assert (second.company, second.place_claim) == ("Sea", "Canada")
    assert third.company == ""


def test_cryptocurrency_jobs_escapes_twice() -> None:
    """Entities of entities are resolved in title and text; the company stands behind the last "at"."""
    item = f"""<title>R&amp;amp;D Chef at Sea &amp;amp; Salt</title>{LINK}
        <description>&amp;lt;p&amp;gt;Salt &amp;amp;amp; water&amp;lt;/p&amp;gt;</description>"""
    once = f"<title>Cook</title>{LINK}<description>&lt;p&gt;1 &amp;lt; 2&lt;/p&gt;</description>"
    first, second = read(rss(item, once), "cryptocurrencyjobs")
    assert (first.title, first.company, first.text) == ("R&D Chef", "Sea & Salt", "Salt & water")
    assert (second.title, second.company, second.text) == ("Cook", "", "1 < 2")


WEEK: dict[str, Any] = {
    **{"id": "1", "title": "Diver", "url": "https://4dayweek.example/job/diver-at-sea-at-work-5a98f210"},
    **{"work_arrangement": "remote", "company": {"name": "Sea"}, "posted_at": "2026-11-01T10:00:00Z"},
    **{"level": "senior", "contract_type": "permanent", "schedule_type": "4_day_week"},
}


def week(*jobs: dict[str, Any]) -> dict[str, Any]:
    return {"data": list(jobs), "page": 1, "has_more": False}


def test_4_day_week_pays_in_cents() -> None:
    """10,000,000 of the smallest unit are 100,000; currency and period stand beside it."""
    money = {
        "salary_min": 10_000_000,
        "salary_max": 12_345_050,
        "salary_currency": "EUR",
        "salary_period": "year",
    }
    paid, unpaid = read(week({**WEEK, **money}, WEEK), "fourdayweek")
    assert (paid.pay_claim, unpaid.pay_claim) == ("100000 - 123450.5 EUR year", "")
    assert paid.fields["level"] == "senior"


def test_4_day_week_is_read_where_it_is_remote() -> None:
    """Expired jobs and those in an office are left out; of the places only those that may be remote are claimed."""
    places = [
        {"city": "Lisbon", "country": "Portugal", "work_arrangement": "remote"},
        {"country": "Spain"},
        {"country": "France", "work_arrangement": "onsite"},
        {"continent": "Africa", "work_arrangement": "remote"},
        "Mars",
    ]
    jobs = [
        {**WEEK, "locations": places},
        {**WEEK, "is_expired": True},
        {**WEEK, "work_arrangement": "hybrid"},
    ]
    (entry,) = read(week(*jobs), "fourdayweek")
    assert entry.place_claim == "Lisbon, Portugal; Spain; Africa"


def test_4_day_week_may_name_the_company_in_the_link_alone() -> None:
    """Behind the last "-at-", without the number; skills are objects with a name."""
    given = {
        "company": None,
        "skills": [{"name": "Knots", "slug": "knots"}],
        "tools": [{"name": "Rope"}, "Sail"],
    }
    (entry,) = read(week({**WEEK, **given}), "fourdayweek")
    assert (entry.company, entry.tags) == ("Work", ("Knots", "Rope", "Sail"))


OWN_LINE = '<p>Find more <a href="https://arbeitnow.example/jobs">Jobs in Germany</a> on Arbeitnow</a>'


def test_arbeitnow_is_read_where_it_is_remote() -> None:
    """`remote: true` alone counts; no further page is named; and the board's own line is cut."""
    job = {
        **{"slug": "diver-1", "title": "Diver", "company_name": "Sea", "url": "https://arbeitnow.example/1"},
        **{"location": "Kiel", "job_types": ["Full time"], "tags": ["Deep"], "created_at": 1_790_000_000},
        **{"remote": True, "description": f"&lt;p&gt;Salt &amp;amp; water&lt;/p&gt;{OWN_LINE}"},
    }
    jobs = [
        job,
        {**job, "remote": False},
        {**job, "remote": "true"},
        {**job, "description": "<p>a &lt; b</p>"},
    ]
    links = {"next": "https://arbeitnow.example/api?search=somebody&page=2"}
    parsed = parse_body(json.dumps({"data": jobs, "links": links}).encode(), None, "arbeitnow", (), NOW)
    assert not isinstance(parsed, Trouble)
    assert parsed[1] is None
    first, second = parsed[0].entries
    assert (first.text, second.text) == ("Salt & water", "a < b")
    assert (first.guid, first.place_claim, first.fields) == (
        "diver-1",
        "Kiel",
        {"remote": "yes", "job_types": "Full time"},
    )


def test_landing_jobs_has_its_company_in_the_link() -> None:
    """`/at/<company>/<job>`; the text is in four fields, remote a flag, a place an object."""
    job = {
        **{"id": 7, "title": "Diver", "url": "https://landing.example/at/deep-sea/diver-2", "remote": True},
        **{"role_description": "<p>Dive.</p>", "main_requirements": "<ul><li>Lungs</li></ul>", "perks": None},
        **{"locations": [{"city": "Lisbon", "country_code": "PT"}, {}], "currency_code": "EUR"},
        **{"gross_salary_low": 40_000, "gross_salary_high": 50_000, "published_at": "2026-10-01T10:00:00Z"},
    }
    first, second = read([job, {**job, "url": "https://landing.example/9", "remote": False}], "landingjobs")
    assert (first.company, first.place_claim, first.pay_claim) == (
        "Deep Sea",
        "Remote; Lisbon, PT",
        "40000 - 50000 EUR",
    )
    assert first.text == "Dive.\n\n• Lungs"
    assert (second.company, second.place_claim) == ("", "Lisbon, PT")


def test_remotejobs_org_keeps_the_words_of_pay() -> None:
    """Pay has no period and none is made up; company and category are objects; a translation says so."""
    job = {
        **{"id": "x", "title": "Diver", "url": "https://remotejobs.example/1", "company": {"name": "Sea"}},
        **{"location": "Remote", "salary_text": "USD 3,800 - 5,100", "salary_min": 3800, "type": "Full-time"},
        **{"category": {"name": "Deep"}, "description": "Dive.\n\nSwim.", "is_translated": True},
        **{"original_language": "pt", "posted_at": "2026-08-08T13:43:11+00:00"},
    }
    entries = read({"data": [job, {**job, "salary_text": None}], "pagination": {}}, "remotejobsorg")
    assert [entry.pay_claim for entry in entries] == ["USD 3,800 - 5,100", "3800"]
    assert (entries[0].company, entries[0].tags, entries[0].text) == ("Sea", ("Deep",), "Dive.\n\nSwim.")
    assert entries[0].fields["original_language"] == "pt"


def test_no_fluff_jobs_is_read_where_it_is_fully_remote() -> None:
    """Pay is by the month, the link a slug, the company called `name`; of its offices only the countries are told."""
    poland = {"country": {"code": "POL", "name": "Poland"}, "city": "Wick"}
    job = {
        **{
            "id": "diver-sea",
            "url": "diver-sea-remote",
            "name": "Sea",
            "title": "Diver",
            "technology": "Knots",
        },
        **{"location": {"places": [poland, poland], "fullyRemote": True}, "posted": 1_790_000_000_000},
        **{
            "salary": {"from": 20_000, "to": 24_000, "currency": "PLN", "type": "b2b"},
            "seniority": ["Senior"],
        },
    }
    desk = {**job, "location": {"places": [poland], "fullyRemote": False}}
    (entry,) = read({"postings": [desk, job, {**job, "url": None}]}, "nofluffjobs")
    assert (entry.company, entry.pay_claim) == ("Sea", "20000 - 24000 PLN monthly")
    assert (entry.url, entry.place_claim) == (
        "https://nofluffjobs.com/job/diver-sea-remote",
        "Remote; Poland",
    )
    assert entry.fields["seniority"] == "Senior"


def test_lever_is_put_together() -> None:
    """The company is in the link, the text in pieces, the date in milliseconds, every place in the claim."""
    job = {
        **{"id": "a-1", "text": "Diver", "hostedUrl": "https://jobs.lever.example/deep-sea/a-1"},
        **{
            "applyUrl": "https://elsewhere.example",
            "createdAt": 1_790_000_000_000,
            "workplaceType": "remote",
        },
        **{"categories": {"commitment": "Full-time", "location": "Lima", "allLocations": ["Lima", "Cusco"]}},
        **{"description": "<div>Dive.</div>", "lists": [{"text": "You", "content": "<li>swim</li>"}]},
        **{"additional": "<p>Salt.</p>"},
        "salaryRange": {"min": 40, "max": 50, "currency": "USD", "interval": "per-hour-wage"},
    }
    plain = {**job, "workplaceType": "unspecified", "categories": {"location": "Lima"}, "salaryRange": None}
    first, second = read([job, plain], "lever")
    assert (first.company, first.url) == ("Deep Sea", "https://jobs.lever.example/deep-sea/a-1")
    assert (first.place_claim, first.pay_claim) == ("Remote; Lima; Cusco", "40 - 50 USD hourly")
    assert first.text == "Dive.\n\nYou\n\n• swim\n\nSalt."
    assert first.fields == {"workplaceType": "remote", "commitment": "Full-time"}
    assert (second.place_claim, second.pay_claim) == ("Lima", "")


def test_lever_shows_a_fan_out_as_it_is() -> None:
    """One opening in three cities is three entries that differ in their place: folding them is identity's work."""
    job = {"id": "a", "text": "Diver", "hostedUrl": "https://jobs.lever.example/sea/a", "createdAt": 1}
    cities = [{**job, "id": city, "categories": {"location": city}} for city in ("Lima", "Quito", "La Paz")]
    assert [entry.place_claim for entry in read(cities, "lever")] == ["Lima", "Quito", "La Paz"]


def test_ashby_calls_hybrid_jobs_remote() -> None:
    """`workplaceType` is the claim where there is one; `isRemote` counts only without it. Both are kept."""
    job = {
        **{"id": "a", "title": "Diver", "jobUrl": "https://jobs.ashby.example/deep-sea/a", "isListed": True},
        **{"isRemote": True, "workplaceType": "Hybrid", "location": "Lima", "employmentType": "FullTime"},
        **{"secondaryLocations": [{"location": "Quito"}], "publishedAt": "2026-10-01T10:00:00.000+00:00"},
        **{"address": {"postalAddress": {"addressCountry": "Peru"}}, "descriptionHtml": "<p>Dive.</p>"},
        "compensation": {"compensationTierSummary": "$90K – $110K • Offers Equity"},
    }
    jobs = [job, {**job, "workplaceType": None, "compensation": {}}, {**job, "isListed": False}]
    hybrid, remote = read({"jobs": jobs, "apiVersion": "1"}, "ashby")
    assert (hybrid.place_claim, remote.place_claim) == ("Hybrid; Lima; Quito", "Remote; Lima; Quito")
    assert (hybrid.company, hybrid.pay_claim) == ("Deep Sea", "$90K – $110K • Offers Equity")
    assert (hybrid.fields["isRemote"], hybrid.fields["country"]) == ("yes", "Peru")
    assert remote.pay_claim == ""


def test_workable_repeats_a_job_for_each_place() -> None:
    """One `shortcode` is one entry with all its places, but the hidden; the company stands above the list."""
    job = {
        "title": "Diver",
        "shortcode": "AB12",
        "url": "https://apply.workable.example/j/AB12",
        "telecommuting": True,
    }
    lima = {"city": "Lima", "region": "", "country": "Peru", "hidden": False}
    quito = {"city": "Quito", "region": "Pichincha", "country": "Ecuador", "hidden": False}
    jobs = [
        {**job, "locations": [lima], "published_on": "2026-10-01", "employment_type": "Full-time"},
        {**job, "locations": [quito, {**lima, "city": "Ica", "hidden": True}]},
        {**job, "shortcode": "CD34", "telecommuting": False, "city": "Wick", "country": "Scotland"},
        {"title": "No code"},
    ]
    diver, desk = read({"name": "Deep Sea", "jobs": jobs}, "workable")
    assert (diver.guid, diver.company) == ("AB12", "Deep Sea")
    assert diver.place_claim == "Remote; Lima, Peru; Quito, Pichincha, Ecuador"
    assert (desk.company, desk.place_claim) == ("Deep Sea", "Wick, Scotland")


def test_an_empty_list_under_a_common_name_says_nothing() -> None:
    """Three boards call their list `data`: empty, it is theirs only beside another key of theirs."""
    for parser, key in (("arbeitnow", "links"), ("fourdayweek", "has_more"), ("remotejobsorg", "pagination")):
        assert read({"data": [], key: {}}, parser) == ()
