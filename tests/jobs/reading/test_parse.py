"""Bodies, good and bad: each has a defined result, and none of them an exception."""

import importlib.util
import json
import pyexpat
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.reading.boards import BOARDS
from bot.jobs.reading.parse import parse_body
from bot.jobs.troubles import CODES
from bot.ports import Reading, Trouble
from tests.jobs.reading.hosts import NOW, RSS


def parse(body: bytes | str, parser: str = "generic", content_type: str | None = None) -> Reading | Trouble:
    parsed = parse_body(body if isinstance(body, bytes) else body.encode(), content_type, parser, (), NOW)
    return parsed if isinstance(parsed, Trouble) else parsed[0]


def reading(body: bytes | str, parser: str = "generic", content_type: str | None = None) -> Reading:
    parsed = parse(body, parser, content_type)
    assert isinstance(parsed, Reading), parsed
    return parsed


def code(body: bytes | str, parser: str = "generic") -> str:
    parsed = parse(body, parser)
    assert isinstance(parsed, Trouble), parsed
    assert parsed.detail
    return parsed.code


def item(title: str = "Diver", link: str = "https://boards.example/1", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def rss(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>x</title>{''.join(items)}</channel></rss>"


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>
<entry><id>tag:1</id><title type="html">Diver &amp;amp; &lt;b&gt;Cook&lt;/b&gt;</title>
<link href="https://boards.example/1"/><updated>2026-11-20T08:00:00Z</updated>
<content type="html">&lt;p&gt;Dive.&lt;/p&gt;</content></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>x</title></channel>
<item rdf:about="https://boards.example/1"><title>Diver</title><link>https://boards.example/1</link>
<dc:date>2026-11-20T08:00:00Z</dc:date></item></rdf:RDF>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "items": [
        {"id": "1", "url": "https://boards.example/1", "title": "Diver", "content_html": "<p>Dive.</p>"},
        {
            "id": "https://boards.example/2",
            "title": "Cook",
            "content_text": "Cook.",
            "date_published": "2026-11-20",
        },
    ],
}


# -- formats -------------------------------------------------------------------------------------


def test_rss_with_its_ttl() -> None:
    """Title, link, guid, date and text of RSS; `ttl` is how long the feed calls itself fresh."""
    found = reading(RSS)
    (entry,) = found.entries
    assert (entry.guid, entry.url, entry.title, entry.text) == (
        *("1", "https://lamps.example/1", "Tender of lamps"),
        "Light them.",
    )
    assert entry.published == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert found.fresh_for == timedelta(minutes=90)


def test_atom_and_rdf() -> None:
    """Both are read like RSS; markup in Atom's title is not shown, and its entities are resolved once."""
    (entry,) = reading(ATOM).entries
    assert (entry.title, entry.text) == ("Diver & Cook", "Dive.")
    assert entry.published == datetime(2026, 11, 20, 8, tzinfo=UTC)
    (entry,) = reading(RDF).entries
    assert (entry.title, entry.published) == ("Diver", datetime(2026, 11, 20, 8, tzinfo=UTC))


def test_json_feed() -> None:
    """A JSON Feed is read wherever a feed is expected; an id that is a link serves as one."""
    first, second = reading(json.dumps(JSON_FEED)).entries
    assert (first.title, first.text, first.published) == ("Diver", "Dive.", None)
    assert (second.url, second.text) == ("https://boards.example/2", "Cook.")
    assert len(reading(json.dumps(JSON_FEED), "wwr").entries) == 2


def test_a_feed_without_items_is_a_good_reading() -> None:
    """A board with nothing open today is not in trouble."""
    assert reading(rss()).entries == ()
    assert reading('{"jobs": []}', "remotive").entries == ()
    assert reading("[]", "workingnomads").entries == ()


# -- what is no feed -----------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", b" \r\n\t ", b"\n" * 5000])
def test_nothing_is_empty(body: bytes) -> None:
    """0 bytes, and white space, are "empty"."""
    assert code(body) == "empty"


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE html><html><head><title>Just a moment</title></head><body>Wait</body></html>",
        "\n<HTML><body><p>Maintenance</body></HTML>",
        "Not found",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "\x00\x01\x02\x03",
        "%PDF-1.7",
    ],
)
def test_a_page_is_not_a_feed(body: str) -> None:
    """What a browser shows, or nobody, is "not_a_feed"."""
    assert code(body) == "not_a_feed"


def test_a_body_is_never_taken_for_the_name_of_a_file() -> None:
    """feedparser would open bytes that name a file; ours are only ever read."""
    assert code("/etc/hostname") == "not_a_feed"


@pytest.mark.parametrize("body", ["{", '{"jobs": [', "[1, 2", '{"a": "\udcff"}', "[" * 100_000, "{]"])
def test_broken_json_is_broken(body: str) -> None:
    """JSON that is cut off, nested without end or in another encoding is "broken"."""
    assert code(body.encode(errors="surrogateescape"), "remotive") == "broken"


@pytest.mark.parametrize("parser", sorted(BOARDS))
@pytest.mark.parametrize(
    "document",
    [
        *(
            {},
            {"topics": [{"title": "a", "url": "https://a.example"}]},
            {"jobs": {"a": 1}},
            {"jobs": [1, None]},
        ),
        *({"jobs": [{"title": "a", "url": "https://a.example"}]}, {"data": []}, {"hits": 3}, {"items": []}),
        *(
            [{"title": "a", "url": "https://a.example"}],
            [[]],
            {"hits": [{"a": 1}]},
            {"version": 1, "items": [{}]},
        ),
    ],
)
def test_json_of_another_shape_is_told_so(parser: str, document: Any) -> None:
    """JSON that is not this board's is "unknown_shape" for every board, never half an entry."""
    assert code(json.dumps(document), parser) == "unknown_shape"


@pytest.mark.parametrize("parser", sorted(word for word, board in BOARDS.items() if board.items))
def test_a_feed_where_json_is_expected(parser: str) -> None:
    """RSS at the address of a JSON board is "unknown_shape"; a page is still "not_a_feed"."""
    assert code(RSS, parser) == "unknown_shape"
    assert code("<!doctype html><p>Hello", parser) == "not_a_feed"


# -- broken feeds --------------------------------------------------------------------------------


def test_a_cut_feed_gives_what_is_whole() -> None:
    """Items before the break are read; a feed that breaks before the first is "broken"."""
    body = rss(item(), item("Cook"))
    assert [entry.title for entry in reading(body[: body.index("Cook") + 2]).entries][:1] == ["Diver"]
    assert code("<rss version='2.0'><channel><title>x &broken; <") == "broken"


def test_undeclared_entities_and_stray_tags_are_forgiven() -> None:
    """Feeds that are not well-formed, as two boards' are, are read."""
    body = rss(
        item("We&rsquo;re &eacute; team"), "<item>", item("Cook", more="<description>a<br>b</description>")
    )
    titles = [entry.title for entry in reading(body).entries]
    assert titles == ["We’re é team", "Cook"]


def test_items_without_title_or_link_are_counted() -> None:
    """No title, no link, or a link that is none: left out and counted, the others stay."""
    body = rss(
        item(),
        *("<item><link>https://boards.example/2</link></item>", "<item><title>Cook</title></item>"),
        *(item(link="javascript:alert(1)"), item(link="https://discord.gg/abc"), item(title=" ")),
    )
    found = reading(body)
    assert (len(found.entries), found.unreadable) == (1, 5)


def test_a_feed_of_which_nothing_can_be_shown_is_a_trouble() -> None:
    """Neither as a feed nor as JSON is it a good reading: nobody would ever hear that the board has changed."""
    assert code(rss("<item><title>Diver</title></item>", item(title=""))) == "unknown_shape"
    assert code(json.dumps({"version": JSON_FEED["version"], "items": [{"id": "1"}]})) == "unknown_shape"


def test_no_more_than_5000_items() -> None:
    """The 5,001st is counted and left out, in feeds and in JSON."""
    found = reading(rss(*(item(f"n{number}") for number in range(5_001))))
    assert (len(found.entries), found.left_out) == (5_000, 1)
    many = {**JSON_FEED, "items": [JSON_FEED["items"][0]] * 5_003}
    found = reading(json.dumps(many))
    assert (len(found.entries), found.left_out) == (5_000, 3)


def test_equal_guids_stay() -> None:
    """Two items with one guid are two entries: telling them apart is identity's work."""
    found = reading(rss(item(more="<guid>7</guid>"), item("Cook", more="<guid>7</guid>")))
    assert [entry.guid for entry in found.entries] == ["7", "7"]


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Fri, 20 Nov 2026 08:00:00 GMT", datetime(2026, 11, 20, 8, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 08:00:00 +0530", datetime(2026, 11, 20, 2, 30, tzinfo=UTC)),
        ("2026-11-20T08:00:00+01:00", datetime(2026, 11, 20, 7, tzinfo=UTC)),
        ("Sun, 22 Nov 2026 12:00:00 GMT", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        *((date, None) for date in ("Thu, 01 Jan 1970 00:00:00 GMT", "Tue, 01 Jan 2099 00:00:00 GMT")),
        *((date, None) for date in ("Mon, 23 Nov 2026 12:00:01 GMT", "yesterday", "", "0000-00-00", "99999")),
    ],
)
def test_dates_that_cannot_be_are_none(date: str, published: datetime | None) -> None:
    """1970 and 2099 are no dates of a job; so much as two days ahead may be a clock that is wrong."""
    (entry,) = reading(rss(item(more=f"<pubDate>{date}</pubDate>"))).entries
    assert entry.published == published


def test_no_date_is_none() -> None:
    """A feed without dates is read; when an item was first seen is known elsewhere."""
    (entry,) = reading(rss(item())).entries
    assert entry.published is None


# -- encodings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prolog", "encoding", "header"),
    [
        ("", "utf-8", None),
        ("<?xml version='1.0' encoding='UTF-8'?>", "utf-8", "text/xml; charset=iso-8859-1"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>", "utf-8", None),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>", "latin-1", None),
        ("<?xml version='1.0' encoding='UTF-8'?>", "latin-1", "text/xml; charset=utf-8"),
        ("", "latin-1", "application/rss+xml; charset=ISO-8859-1"),
        ("", "latin-1", None),
        ("<?xml version='1.0' encoding='UTF-16'?>", "utf-16", None),
        ("", "utf-8-sig", None),
    ],
)
def test_encodings(prolog: str, encoding: str, header: str | None) -> None:
    """UTF-8 is UTF-8 whatever header or prolog say; other bytes are what these say, or Western European."""
    (entry,) = reading((prolog + rss(item("Café Müller"))).encode(encoding), content_type=header).entries
    assert entry.title == "Café Müller"


# -- hostile -------------------------------------------------------------------------------------


def test_entities_are_not_expanded_without_end() -> None:
    """The XML parser has the guard against entity bombs (expat 2.4.1), and feedparser's other parser is absent."""
    assert pyexpat.version_info >= (2, 4, 1)
    assert importlib.util.find_spec("drv_libxml2") is None
    levels = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    bomb = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY e0 'ha'>{levels}]>" + rss(item("&e11;"))
    parsed = parse(bomb)
    assert isinstance(parsed, Trouble) or len(repr(parsed)) < 10_000


def test_files_are_not_read_by_entities() -> None:
    """An external entity is not fetched."""
    bomb = "<!DOCTYPE rss [<!ENTITY file SYSTEM 'file:///etc/passwd'>]>" + rss(item("Diver &file;"))
    parsed = parse(bomb)
    assert "root:" not in repr(parsed)


def test_hostile_text_is_cleaned() -> None:
    """Control, direction and zero-width characters and markup do not reach an entry."""
    title = "Di\u202eve\u200br\x07 &lt;@everyone&gt;"
    (entry,) = reading(
        rss(
            item(title.replace("\x07", ""), more="<description>&lt;script&gt;x&lt;/script&gt;a</description>")
        )
    ).entries
    assert entry.title == "Diver <@everyone>"
    assert entry.text == "a"


_scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
_keys = st.sampled_from(
    [
        *(
            "jobs",
            "items",
            "hits",
            "children",
            "title",
            "url",
            "position",
            "company_name",
            "version",
            "created_at",
        ),
        *(
            "text",
            "comment_text",
            "parent_id",
            "story_id",
            "objectID",
            "num_comments",
            "tags",
            "location",
            "name",
        ),
        *(
            "absolute_url",
            "content",
            "jobTitle",
            "locationRestrictions",
            "candidate_required_location",
            "pub_date",
        ),
    ]
)
_documents = st.recursive(
    _scalars | st.just("https://jsonfeed.org/version/1"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=6),
    max_leaves=20,
)


@given(st.sampled_from(sorted(BOARDS)), st.lists(_documents) | st.dictionaries(_keys, _documents))
def test_any_json_has_a_result(parser: str, document: Any) -> None:
    """Whatever values stand in whatever fields: a reading or a trouble of the closed list."""
    parsed = parse_body(json.dumps(document).encode(), None, parser, ("remoteok_antispam", "mojibake"), NOW)
    if isinstance(parsed, Trouble):
        assert parsed.code in CODES
    else:
        assert all(
            entry.title and entry.url.startswith(("http://", "https://")) for entry in parsed[0].entries
        )


@given(
    st.sampled_from(sorted(BOARDS)),
    st.lists(
        st.sampled_from(
            ["<item>", "</item>", "<title>", "</title>", "<link>", "<pubDate>", "&#x0;", "<a b=", "]]>"]
        )
        | st.text(max_size=8)
    ),
)
def test_any_xml_has_a_result(parser: str, parts: list[str]) -> None:
    """However the tags are torn: a reading or a trouble of the closed list."""
    parsed = parse("<rss version='2.0'><channel>" + "".join(parts), parser)
    assert isinstance(parsed, Reading) or parsed.code in CODES


@given(st.binary(max_size=200))
def test_any_bytes_have_a_result(body: bytes) -> None:
    """Noise is a trouble, or holds no entries."""
    parsed = parse(body)
    assert isinstance(parsed, Trouble) or parsed.entries == ()


def test_deep_nesting_has_a_result() -> None:
    """Values nested hundreds of levels deep inside an item don't exhaust the stack."""
    deep = '{"name": [' * 400 + "1" + "]}" * 400
    job = f'{{"position": "Diver", "url": "https://boards.example/1", "location": {deep}, "tags": [{deep}]}}'
    assert len(reading(f"[{job}]", "remoteok").entries) == 1
