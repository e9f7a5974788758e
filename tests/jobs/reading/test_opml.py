"""OPML: lists of feeds from strangers' hands, and ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.reading.opml import NoOpmlError, document, feeds_in
from bot.ports import FoundFeed
from tests.jobs.reading.hosts import NOW


def opml(inside: str) -> bytes:
    return f"<?xml version='1.0' encoding='UTF-8'?><opml version='1.0'><head/><body>{inside}</body></opml>".encode()


def test_feeds_of_nested_groups() -> None:
    """However deep, in their order, each address once; a group is no feed; a title goes before a text."""
    body = opml(
        """<outline text="Jobs"><outline text="Lamps" xmlUrl="https://lamps.example/feed" type="rss"/>
        <outline text="Sea"><outline title="Ferries" text="f" XMLURL=" https://ferries.example/feed "/></outline>
        </outline>
        <outline xmlUrl="https://lamps.example/feed" text="again"/><outline xmlUrl="" text="none"/>"""
    )
    assert feeds_in(body) == [
        FoundFeed("https://lamps.example/feed", "Lamps"),
        FoundFeed("https://ferries.example/feed", "Ferries"),
    ]


def test_a_hundred_thousand_groups_in_one_another() -> None:
    """Nesting without end exhausts nothing."""
    deep = 30_000
    body = opml("<outline>" * deep + '<outline xmlUrl="https://lamps.example/"/>' + "</outline>" * deep)
    assert [one.url for one in feeds_in(body)] == ["https://lamps.example/"]


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE opml>",
        "<!DOCTYPE opml SYSTEM 'file:///etc/passwd'>",
        "<!DOCTYPE opml [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>",
    ],
)
def test_no_entities(head: str) -> None:
    """A document type is refused before anything in it counts: bombs and files alike."""
    with pytest.raises(NoOpmlError, match="document type"):
        feeds_in(f"{head}<opml><body><outline xmlUrl='https://a.example' text='x'/></body></opml>".encode())


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: opml(text)))
def test_anything_has_a_result(body: bytes) -> None:
    """Feeds, or why there are none."""
    try:
        assert isinstance(feeds_in(body), list)
    except NoOpmlError as wrong:
        assert str(wrong)


@given(
    st.lists(
        st.builds(
            FoundFeed,
            st.from_regex(r"https://[a-z]{1,9}\.example/[a-z<>&\"']{0,9}", fullmatch=True),
            st.text(
                st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=("C", "M", "Z")),
                max_size=40,
            ),
        ),
        unique_by=lambda one: one.url,
    )
)
def test_what_we_write_we_read(feeds: list[FoundFeed]) -> None:
    """Whatever stands in names and addresses, they come back; a feed without a name is called by its address."""
    read = feeds_in(document("Feeds of <us>", feeds, NOW))
    assert [one.url for one in read] == [one.url for one in feeds]
    assert all(one.title for one in read)
