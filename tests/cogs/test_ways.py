"""Which tags a forum's post gets: pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.ways import MOST_TAGS, Tag, Way, plain, tags_for

FORUM = [
    Tag(n, name, True) for n, name in enumerate(["Europe", "São Paulo", "🦊 Senior", "C++", "C#", "US Only"])
]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("europe", 0),
        ("EUROPE ", 0),
        ("Sao Paulo", 1),
        ("senior", 2),
        ("👩🏽‍💻 senior 🇵🇹", 2),
        ("c++", 3),
        ("c#", 4),
        ("us  only", 5),
        ("c", None),
        ("Euro", None),
        ("", None),
        ("🦊", None),
    ],
)
def test_names_as_people_compare_them(word: str, found: int | None) -> None:
    """Case, accents, emoji and spaces don't count; every other sign does, and only whole names."""
    assert tags_for(Way(tag_words=(word,)), FORUM, required=False) == ([] if found is None else [found])


def test_a_tag_of_nothing_but_emoji_is_never_meant() -> None:
    """Its plain name is empty, and so is that of a word that says nothing."""
    assert tags_for(Way(tag_words=("", "🎉")), [Tag(1, "🔥", True)], required=False) == []


def test_the_fallback_is_for_forums_that_want_one() -> None:
    """Only there, and only when no word is a tag; when it is no tag itself, there is none."""
    way = Way(tag_words=("Mars",), fallback_tag="europe")
    assert tags_for(way, FORUM, required=False) == []
    assert tags_for(way, FORUM, required=True) == [0]
    assert tags_for(Way(tag_words=("c#",), fallback_tag="europe"), FORUM, required=True) == [4]
    assert tags_for(Way(fallback_tag="Mars"), FORUM, required=True) is None
    assert tags_for(Way(), FORUM, required=True) is None


def test_the_first_of_two_alike() -> None:
    """Discord allows "Remote" beside "remote"; the one that stands first is taken."""
    assert tags_for(
        Way(tag_words=("remote",)), [Tag(1, "Remote", True), Tag(2, "remote", True)], required=False
    ) == [1]


@given(
    st.lists(st.sampled_from(["europe", "senior", "c++", "c#", "us only", "sao paulo", "Mars"])),
    st.booleans(),
)
def test_in_the_order_asked_for(words: list[str], free: bool) -> None:
    """Each once, five at most, none that the bot may not give."""
    there = [Tag(tag.id, tag.name, free) for tag in FORUM]
    chosen = tags_for(Way(tag_words=tuple(words)), there, required=False)
    by_name = {plain(tag.name): tag.id for tag in FORUM}
    wanted = list(dict.fromkeys(by_name[word] for word in words if word in by_name)) if free else []
    assert chosen == wanted[:MOST_TAGS]
