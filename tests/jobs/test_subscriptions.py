"""The rules of subscriptions: the mirror counts what leaving out a part would find; pauses; kinds of channels."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.jobs.query import Document, Truth, parse
from bot.jobs.query.mirror import variants
from bot.jobs.subscriptions import (
    FOREVER,
    NOTHING_TRIED,
    Subscription,
    ends_at,
    fitting,
    paused_until,
    the_same,
    try_on,
)
from tests.jobs.queries import DOCUMENTS, FILTERS
from tests.jobs.values import NOW, opening

KEPT = Subscription(1, 1, 10, None, "go", "active", None, NOW, target="news", publish=True)


@settings(deadline=None)  # the first call builds the tables of places
@given(FILTERS, st.lists(DOCUMENTS, max_size=8), st.integers(0, 8))
def test_the_mirror_is_the_filter_without_a_part(text: str, documents: list[Document], first: int) -> None:
    """Counting parts gives what trying each of the filters without one would; in one go or in two."""
    query = parse(text)
    pairs = [(opening(number), one) for number, one in enumerate(documents)]
    found = try_on(query, pairs[first:], try_on(query, pairs[:first]))
    slowly = [sum(one.matches(document) is Truth.TRUE for _, document in pairs) for _, one in variants(query)]
    assert list(found.without) == slowly
    assert (found.passed, found.of) == (
        sum(query.matches(one) is Truth.TRUE for one in documents),
        len(documents),
    )


def test_a_filter_of_one_part_has_no_mirror() -> None:
    """Without it stands everything."""
    assert try_on(parse("go"), []) == NOTHING_TRIED


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_pause_remembers_its_end(moment: datetime) -> None:
    """To the microsecond; one that somebody has to end has none."""
    assert ends_at(paused_until(moment)) == moment
    assert (ends_at(FOREVER), ends_at(None), ends_at("missing_access")) == (None, None, None)


def test_another_kind_of_channel_leaves_out_what_it_cannot_do() -> None:
    """Only announcements are published, only posts have tags."""
    assert fitting(KEPT, "news") == KEPT
    text = fitting(replace(KEPT, fallback_tag="Other"), "text")
    assert (text.target, text.publish, text.fallback_tag) == ("text", False, "")
    assert fitting(replace(KEPT, fallback_tag="Other"), "forum").fallback_tag == "Other"


def test_the_same_reader() -> None:
    """A draft of one changes that one alone: same server, same channel, same member."""
    assert the_same(KEPT, replace(KEPT, id=2, filter="rust", state="draft"))
    others = [
        replace(KEPT, guild_id=2),
        replace(KEPT, channel_id=11),
        replace(KEPT, channel_id=None, member_id=10),
    ]
    assert not any(the_same(KEPT, other) for other in others)
