"""The life of an opening as rules on plain values: told or silent, folded, shown again, and what a card then says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.deliveries.planned import decode, encode
from bot.jobs import life
from bot.jobs.facts import Evidence, Pay, Stated
from bot.jobs.identity import Sighting
from bot.jobs.messages import Also, OpeningCard
from bot.jobs.openings import Kept, Opening, SeenOn
from bot.jobs.routes import card
from bot.jobs.subscriptions import Subscription
from bot.ports import Entry, FeedSpec, FirstRun
from tests.jobs.values import NOW, entry, feed, kept, opening, seen_on, state, told_by

DAY = timedelta(days=1)
PAID = Pay(80_000, 90_000, "EUR", "year", "base", "80–90 k€", ())


# -- told, or remembered in silence --------------------------------------------------------------


def test_every_silence_has_its_reason() -> None:
    """What isn't told is remembered with why: no job, at a desk, over, too old, of a first reading."""
    many = [
        opening(1, facts_json=told_by("", is_job=False)),
        opening(2, facts_json=told_by("", remote_type="onsite")),
        opening(3, published_at=NOW - 15 * DAY),
        opening(4, expires_at=NOW - DAY),
        opening(5, published_at=NOW - 4 * DAY),
        opening(6),
    ]
    known = life.announced(many, feed(), NOW, first_reading=False)
    first = life.announced(many, feed(), NOW, first_reading=True)
    assert known.silent == {1: "no_job", 2: "on_site", 3: "old", 4: "old"}
    assert first.silent == {**known.silent, 5: "first_reading"}
    assert [one.id for one in known.told] == [5, 6]


def test_a_first_reading_tells_the_newest_that_are_no_variants_of_each_other() -> None:
    """Forty cities of one opening don't take the three places; the others are too many."""
    cities = [opening(n, facts_json=told_by("", "v")) for n in range(1, 41)]
    first = life.announced([*cities, opening(50), opening(60)], feed(), NOW, first_reading=True)
    assert [one.id for one in first.told] == [60, 50, 1]
    assert set(first.silent.values()) == {"many"}
    none = life.announced(cities, feed(first_run=FirstRun(0, 3)), NOW, first_reading=True)
    assert (none.told, len(none.silent)) == ((), 40)


def test_undated_ones_are_told_in_the_feeds_order_turned_round() -> None:
    """Feeds have the newest first."""
    undated = [opening(n, published_at=None) for n in range(5)]
    told = life.announced(undated, feed(), NOW, first_reading=False).told
    assert [one.id for one in told] == [4, 3, 2, 1, 0]


def test_what_is_too_many_for_one_reading_is_the_oldest_and_not_lost() -> None:
    """Of five openings and room for two, three wait for digests."""
    told = life.announced(
        [opening(n) for n in range(1, 6)], feed(max_new_per_poll=2), NOW, first_reading=False
    )
    assert ([one.id for one in told.told], sorted(told.over)) == ([5, 4, 3, 2, 1], [3, 4, 5])


def test_a_board_with_on_site_jobs_is_heard_where_an_opening_says_remote() -> None:
    """By its facts, else by its own words."""
    board = feed(remote_only="filter")
    office = opening(1, place_claim="Berlin")
    remote = opening(2, text="This is a remote position.", place_claim="")
    read = opening(3, place_claim="", facts_json=told_by("", remote_type="remote"))
    told = life.announced([office, remote, read], board, NOW, first_reading=False)
    assert [one.id for one in told.told] == [3, 2]
    assert told.silent == {1: "on_site"}


# -- folded --------------------------------------------------------------------------------------


def variant(number: int, *countries: str, **given: object) -> Opening:
    """An opening that differs from others of its kind in its countries alone."""
    return opening(number, facts_json=told_by(f"k{number}", "v", *countries), **given)


def test_variants_are_folded_into_the_first_that_is_told() -> None:
    """Into one told lately, else into the first of this reading; those without a key stay by themselves."""
    told = [variant(1, "PL"), opening(2), variant(3, "ES")]
    assert life.fold(told, {}) == {3: 1}
    assert life.fold(told, {"v": 9}) == {1: 9, 3: 9}


# -- shown again ---------------------------------------------------------------------------------


def again(
    before: Kept, shows: Entry, *, by: str = "guid", on: FeedSpec | None = None, seen: Sequence[SeenOn] = ()
) -> Kept:
    return life.shown_again(
        before, seen or [seen_on()], Sighting(shows, before.id, (), by), on or feed(), state(), NOW
    )


def test_an_opening_that_is_shown_as_it_was_is_as_it_was() -> None:
    """A reading without news changes nothing."""
    facts = told_by("k", pay=PAID)
    assert again(kept(facts_json=facts), entry(1, facts=facts)) == kept(facts_json=facts)


def test_a_closed_opening_that_is_shown_again_is_open_and_was_reposted() -> None:
    """It came back once more, and its former end counts no more; what still says it is over doesn't open it."""
    closed = kept(closed_at=NOW - DAY, closed_why="expired", expires_at=NOW - DAY)
    back = again(closed, entry(1))
    assert (back.closed_at, back.closed_why, back.expires_at, back.reposts) == (None, None, None, 1)
    assert back.reposted_at == NOW
    assert again(closed, entry(1, expires=NOW - DAY)) == closed
    assert again(back, entry(1, expires=NOW - DAY)).expires_at is None


def test_new_marks_on_the_same_board_are_a_repost_when_dated_anew_or_after_a_week() -> None:
    """The same words under another guid: counted; not when only the guid was renamed, nor under the same guid."""
    redated = entry(1, guid="g2", published=NOW)
    before = kept(published_at=NOW - 5 * DAY)
    assert again(before, redated, by="words").reposts == 1
    assert again(before, replace(redated, published=NOW - 5 * DAY), by="words").reposts == 0
    assert again(before, redated, by="link").reposts == 0
    away = [seen_on(last_seen_at=NOW - 7 * DAY)]
    assert again(kept(), entry(1), by="opening", seen=away).reposts == 1
    assert again(replace(before, reposted_at=NOW - DAY / 2), redated, by="words").reposts == 0


def test_a_feed_that_never_changed_has_shown_it_all_along() -> None:
    """Ten days of "not modified" are no absence."""
    unchanged = state(last_changed_at=NOW - 10 * DAY)
    before = [seen_on(last_seen_at=NOW - 10 * DAY)]
    sighting = Sighting(entry(1, guid="g2"), 1, (), "words")
    assert life.shown_again(kept(), before, sighting, feed(), unchanged, NOW).reposts == 0


def test_another_board_reposts_nothing() -> None:
    """A board has its own pace: what it shows a month later for the first time is only seen there too."""
    old = [seen_on(last_seen_at=NOW - 20 * DAY)]
    elsewhere = feed(id="other", name="Other")
    assert again(kept(), entry(1, published=NOW), by="opening", on=elsewhere, seen=old).reposts == 0


def test_the_end_is_moved_by_the_first_feed_and_put_off_by_another() -> None:
    """A second board may say "later", never "earlier", and sets no end where there was none."""
    before = kept(expires_at=NOW + 5 * DAY)
    sooner, later = entry(1, expires=NOW + DAY), entry(1, expires=NOW + 9 * DAY)
    elsewhere = feed(id="other", name="Other")
    assert again(before, sooner).expires_at == NOW + DAY
    assert again(before, sooner, on=elsewhere).expires_at == NOW + 5 * DAY
    assert again(before, later, on=elsewhere).expires_at == NOW + 9 * DAY
    assert again(kept(), later, on=elsewhere).expires_at is None


def test_facts_follow_the_first_feed_and_a_change_of_substance_is_marked() -> None:
    """Other pay is a change, other evidence for the same pay is none; another board changes nothing."""
    before = kept(facts_json=told_by("k", pay=PAID))
    raised = told_by("k", pay=replace(PAID, high=99_000.0))
    reworded = told_by("k", pay=replace(PAID, words="80k to 90k"))
    assert again(before, entry(1, facts=raised)).changed_at == NOW
    assert again(before, entry(1, facts=reworded)) == replace(before, facts_json=reworded)
    assert again(before, entry(1, facts=raised), on=feed(id="other", name="Other")) == before
    assert again(before, entry(1, facts="")) == before  # reading them failed this once


def test_facts_read_by_newer_rules_are_no_change_of_the_opening() -> None:
    """We read better, the board said the same; what was kept before facts existed gets them from any board."""
    better = told_by("k", pay=PAID, version=2)
    assert again(kept(facts_json=told_by("k")), entry(1, facts=better)).changed_at is None
    first = again(kept(), entry(1, facts=better, title="Other"), on=feed(id="other", name="Other"))
    assert (first.facts_json, first.changed_at, first.title) == (better, None, "Engineer 1")


def test_a_new_title_is_a_change() -> None:
    """Title, level and place count as much as pay."""
    facts = told_by("k")
    level = (Stated("senior", Evidence("title", 0, 6, "rule", "Senior")),)
    assert again(kept(facts_json=facts), entry(1, facts=facts, title="Chief")).changed_at == NOW
    assert again(kept(facts_json=facts), entry(1, facts=told_by("k", level=level))).changed_at == NOW
    assert again(kept(facts_json=facts), entry(1, facts=told_by("k", "", "PT"))).changed_at == NOW


def test_what_came_back_long_after_keeps_its_count_and_since_when() -> None:
    """An opening of its own, "3rd time since" the first; an undated one counts its age from today."""
    former = kept(reposts=1, first_seen_at=NOW - 60 * DAY)
    late = life.carried_on(opening(2), former, NOW)
    undated = life.carried_on(opening(2, published_at=None), former, NOW)
    assert (late.reposts, late.first_seen_at, late.dated) == (2, NOW - 60 * DAY, opening(2).dated)
    assert (undated.reposts, undated.dated) == (2, NOW)


# -- what a card then says -----------------------------------------------------------------------


def card_of(one: Opening) -> OpeningCard:
    """As it was told in some channel."""
    by = Subscription(7, 1, 10, None, "", "active", None, NOW)
    value = card(one, by, NOW).value
    assert isinstance(value, OpeningCard)
    return value


def test_a_card_stays_equal_while_nothing_changed() -> None:
    """What was told is what is shown: no edit."""
    one = variant(1, "PT")
    told = card_of(one)
    assert life.shown(told, one, [seen_on()]) == told


def test_a_card_names_the_further_boards() -> None:
    """The earliest first; not its own board again, nor a full list that is without it by now."""
    one = opening(1)
    seen = [
        seen_on(),
        seen_on(feed_id="z", board="Zed", url="https://zed.example/1", first_seen_at=NOW),
        seen_on(feed_id="board-design", url="https://board.example/design/1"),
        seen_on(feed_id="other", board="Other", url="https://other.example/1"),
        seen_on(feed_id="full", board="Full", url="https://full.example/1", missed=3),
    ]
    shown = life.shown(card_of(one), one, seen)
    assert shown.also == (Also("Other", "https://other.example/1"), Also("Zed", "https://zed.example/1"))


def test_a_card_names_the_other_places_and_closes_with_the_last_of_them() -> None:
    """Places of folded ones; when the first is gone the card leads to the next; when all are, it is closed."""
    told = card_of(variant(1, "PT"))
    others = [variant(2, "PL"), variant(3, "ES"), variant(4, "PL")]
    assert life.shown(told, variant(1, "PT"), (), others).places == ("PL", "ES")
    gone = {"closed_at": NOW, "closed_why": "gone"}
    first_gone = life.shown(told, variant(1, "PT", **gone), (), others)
    assert (first_gone.url, first_gone.places) == ("https://board.example/jobs/2", ("ES",))
    all_gone = [variant(n, "PL", **gone) for n in (2, 3)]
    over = life.shown(told, variant(1, "PT", **gone), (), all_gone)
    assert (over.closed_at, over.closed_why, over.url) == (NOW, "gone", told.url)


def test_places_are_cities_where_the_countries_are_the_same() -> None:
    """Two cities of one country are told by the board's own words."""
    texas = variant(1, "US", place_claim="Austin, TX")
    others = [variant(2, "US", place_claim="Denver, CO"), variant(3, "US", place_claim="Austin, TX")]
    assert life.places(texas, others) == ("Denver, CO",)


def test_what_only_counting_tells_is_a_warning_with_its_number() -> None:
    """Posted a third time, or in twenty places at once: a reason to look twice; twice is none yet."""
    told = card_of(opening(1))

    def warned(reposts: int, places: int) -> list[tuple[str, str]]:
        others = [variant(n, "US", place_claim=f"City {n}") for n in range(2, places + 1)]
        shown = life.shown(told, variant(1, "US", reposts=reposts), (), others)
        return [(one.code, one.evidence.quote) for one in shown.facts.warnings]

    assert warned(1, 19) == []
    assert warned(2, 20) == [("repost_n", "3"), ("fan_out_n", "20")]


def test_a_board_that_asks_for_a_delay_is_named_after_it() -> None:
    """Its own readers have it first."""
    delays = {"board": timedelta(hours=24)}
    assert not life.may_be_named(seen_on(), delays, NOW)
    assert life.may_be_named(seen_on(first_seen_at=NOW - DAY), delays, NOW)
    assert life.may_be_named(seen_on(feed_id="other"), delays, NOW)


lives = st.tuples(st.sampled_from(["PT", "PL", "ES"]), st.booleans(), st.integers(0, 4))


@given(st.lists(lives, min_size=1, max_size=6), st.integers(0, 3))
def test_a_card_that_was_put_right_is_right(family: list[tuple[str, bool, int]], boards: int) -> None:
    """Whatever became of a family: shown twice is shown once, and it comes through the outbox whole."""
    one, *others = (
        variant(
            number, country, reposts=reposts, **({"closed_at": NOW, "closed_why": "gone"} if over else {})
        )
        for number, (country, over, reposts) in enumerate(family, 1)
    )
    seen = [seen_on(feed_id=f"f{n}", board=f"B{n}", url=f"https://b{n}.example/{n}") for n in range(boards)]
    shown = life.shown(card_of(one), one, seen, others)
    assert life.shown(shown, one, seen, others) == shown == decode(OpeningCard, encode(shown))
    assert (shown.closed_at is None) == (not all(over for _, over, _ in family))


# -- gone ----------------------------------------------------------------------------------------


def test_absence_counts_in_a_whole_full_list_alone() -> None:
    """Not in a window, not in one that we cut, nor in one that is empty or lost most of itself at once."""
    full = feed(list="full")
    assert life.list_is_whole(full, 90, 0, 100)
    assert life.list_is_whole(full, 5, 0, 5)
    assert not life.list_is_whole(feed(), 90, 0, 100)
    assert not life.list_is_whole(full, 90, 1, 100)
    assert not life.list_is_whole(full, 49, 0, 100)
    assert not life.list_is_whole(full, 0, 0, 0)
