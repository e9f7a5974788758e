"""Is this the same opening? The fault matrix of research/rss.md 5.1 and 5.2, as rules on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.jobs import identity
from bot.jobs.facts import Pay
from bot.jobs.identity import Known, KnownAlias, Sighting
from bot.ports import Entry
from tests.jobs.values import NOW, entry, feed, kept, state, told_by

NOTHING = Known()
LATER = NOW + timedelta(hours=1)


def read(entries: Iterable[Entry], known: Known = NOTHING, now=NOW, of=None) -> list[Sighting]:
    of = of or feed()
    folded = identity.fold(identity.marked(one, of) for one in entries)
    return identity.identify(folded.entries, folded.counts, known, now)


def remembered(sightings: Sequence[Sighting], now=NOW, before: Known = NOTHING) -> Known:
    """What the store would answer after these sightings were kept."""
    aliases = {
        alias.hash: KnownAlias(one.opening_id, alias.kind, now) for one in sightings for alias in one.aliases
    }
    openings = {
        one.opening_id: kept(id=one.opening_id, pay_claim=one.entry.pay_claim, facts_json=one.entry.facts)
        for one in sightings
    }
    return Known({**before.aliases, **aliases}, {**before.openings, **openings})


def new(sightings: Iterable[Sighting]) -> list[str]:
    return [one.entry.title for one in sightings if one.new]


TWENTY = [entry(n) for n in range(20)]


def test_the_same_reading_twice_brings_nothing_new() -> None:
    """Every entry of an unchanged feed is the opening it was."""
    first = read(TWENTY)
    again = read(TWENTY, remembered(first), LATER)
    assert new(again) == []
    assert [one.opening_id for one in again] == [one.opening_id for one in first]


def test_all_guids_changed_is_nothing_new() -> None:
    """A board that renames every guid keeps its openings: the link still tells them."""
    known = remembered(read(TWENTY))
    renamed = [replace(one, guid=f"new-{n}") for n, one in enumerate(TWENTY)]
    assert new(read(renamed, known, LATER)) == []


def test_all_guids_and_links_changed_is_nothing_new() -> None:
    """Even with both gone, company, title and place tell them."""
    known = remembered(read(TWENTY))
    moved = [replace(one, guid=f"new-{n}", url=f"https://other.example/{n}") for n, one in enumerate(TWENTY)]
    assert new(read(moved, known, LATER)) == []


def test_a_guid_migration_heals_itself() -> None:
    """Once seen under its new guid, an opening is known by it alone."""
    known = remembered(read([entry(1)]))
    migrated = read([replace(entry(1), guid="new")], known, LATER)
    known = remembered(migrated, LATER, known)
    alone = replace(entry(1), guid="new", url="https://third.example/1", title="Renamed")
    assert new(read([alone], known, LATER)) == []


def test_one_repeated_guid_makes_exactly_one_new_item() -> None:
    """A new item that carries another item's guid is one new opening; the others stay known."""
    known = remembered(read(TWENTY))
    newcomer = entry(99, guid="guid-3")
    assert new(read([newcomer, *TWENTY], known, LATER)) == ["Engineer 99"]


def test_an_item_repeated_whole_is_one_opening() -> None:
    """The same item twice in one body counts once."""
    assert new(read([entry(1), entry(1)])) == ["Engineer 1"]


def test_all_dates_bumped_is_nothing_new() -> None:
    """Dates are no identity."""
    known = remembered(read(TWENTY))
    bumped = [replace(one, published=LATER) for one in TWENTY]
    assert new(read(bumped, known, LATER)) == []


def test_a_backdated_item_is_new() -> None:
    """An item dated before everything we have seen is still new."""
    known = remembered(read(TWENTY))
    backdated = entry(50, published=NOW - timedelta(days=2))
    assert new(read([*TWENTY, backdated], known, LATER)) == ["Engineer 50"]


def test_a_link_shared_by_all_items_tells_nothing() -> None:
    """A feed whose items all link to one page is told apart by the rest."""
    shared = [entry(n, url="https://board.example/jobs") for n in range(5)]
    first = read(shared)
    assert len({one.opening_id for one in first}) == 5
    assert new(read([*shared, entry(9, url="https://board.example/jobs")], remembered(first), LATER)) == [
        "Engineer 9"
    ]


def test_the_same_words_after_a_month_are_a_new_opening() -> None:
    """A repost within 30 days is the same opening, later a new one."""
    known = remembered(read([entry(1)]))
    again = replace(entry(1), guid="g2", url="https://board.example/jobs/2")
    assert new(read([again], known, NOW + timedelta(days=30))) == []
    assert new(read([again], known, NOW + timedelta(days=31))) == ["Engineer 1"]


def test_contradicting_pay_makes_two_openings() -> None:
    """Same words, other pay stated on both: not the same."""
    known = remembered(read([entry(1, pay_claim="50k")]))
    other = replace(entry(1, pay_claim="90k"), guid="g2", url="https://board.example/jobs/2")
    assert new(read([other], known, LATER)) == ["Engineer 1"]
    unstated = replace(other, pay_claim="")
    assert new(read([unstated], known, LATER)) == []


def test_another_board_with_the_same_place_is_the_same_opening() -> None:
    """Company, title and a stated place agree across boards; an unstated place does not count across them."""
    known = remembered(read([entry(1)]))
    elsewhere = feed(id="other", name="Other")
    there = replace(entry(1), guid="x", url="https://elsewhere.example/1")
    assert new(read([there], known, LATER, elsewhere)) == []
    known = remembered(read([entry(1, place_claim="")]))
    assert new(read([replace(there, place_claim="")], known, LATER, elsewhere)) == ["Engineer 1"]


PAID = Pay(80_000, 90_000, "EUR", "year", "base", "80–90 k€", ())


def test_the_same_key_on_another_board_is_the_same_opening() -> None:
    """What company, full title and country say alike is one opening, however the boards write it; for 30 days."""
    known = remembered(read([entry(1, title="Sr. Engineer", facts=told_by("k"))]))
    there = entry(7, title="Senior Engineer", company="Invented", facts=told_by("k"))
    elsewhere = feed(id="other", name="Other")
    (seen,) = read([there], known, LATER, elsewhere)
    assert (seen.by, new(read([there], known, NOW + timedelta(days=31), elsewhere))) == (
        "opening",
        ["Senior Engineer"],
    )


def test_pay_that_contradicts_makes_two_openings_and_pay_that_overlaps_one() -> None:
    """Stated in one currency and period without overlap: another opening; in another currency nobody can tell."""
    known = remembered(read([entry(1, facts=told_by("k", pay=PAID))]))

    def beside(**pay: object) -> list[str]:
        return new(read([entry(2, facts=told_by("k", pay=replace(PAID, **pay)))], known, LATER))

    assert beside(low=95_000, high=120_000) == ["Engineer 2"]
    assert beside(low=60_000, high=79_000) == ["Engineer 2"]
    assert beside(low=85_000, high=120_000) == beside(low=None, high=85_000) == []
    assert beside(low=150_000, high=200_000, currency="USD") == beside(low=30, high=40, period="hour") == []


def test_a_key_that_stands_twice_in_a_reading_tells_nothing() -> None:
    """Two teams look for the same: two openings, whatever the other board has."""
    known = remembered(read([entry(1, facts=told_by("k"))], of=feed(name="Other")))
    assert len(new(read([entry(n, facts=told_by("k")) for n in (2, 3)], known, LATER))) == 2


def test_a_late_repost_is_an_opening_of_its_own_that_knows_its_former_one() -> None:
    """After more than a month without it, the same words are new, but not unheard of."""
    (first,) = read([entry(1, facts=told_by("k"))])
    again = entry(2, facts=told_by("k"))
    (late,) = read([again], remembered([first]), NOW + timedelta(days=40))
    assert (late.new, late.former) == (True, first.opening_id)


def test_variants_of_one_opening_are_kept_together() -> None:
    """Forty cities of one opening are in one batch, wherever they stand; other batches hold about ten."""
    cities = [entry(n, facts=told_by("", "v")) for n in range(0, 80, 2)]
    others = [entry(n) for n in range(1, 80, 2)]
    mixed = sorted([*cities, *others], key=lambda one: one.url)
    folded = identity.fold(identity.marked(one, feed()) for one in mixed)
    batches = list(folded.batches(10))
    assert [len([one for one in batch if one.variant_key]) for batch in batches].count(40) == 1
    assert sorted(one.entry.url for batch in batches for one in batch) == sorted(one.url for one in mixed)
    assert max(len(batch) for batch in batches) <= 49


def test_feeds_of_one_name_share_their_guids() -> None:
    """The category feed of a board knows what its main feed showed."""
    known = remembered(read([entry(1)]))
    category = feed(id="board-design", name="Board")
    there = replace(entry(1), url="https://board.example/elsewhere", title="Retitled")
    assert new(read([there], known, LATER, category)) == []


def test_a_storm_is_a_known_feed_that_suddenly_looks_new() -> None:
    """More than half of at least eight, all unseen by every alias."""
    known = remembered(read(TWENTY[:9]))
    storm = read([*TWENTY[:9], *(entry(n) for n in range(100, 111))], known, LATER)
    calm = read([*TWENTY[:9], *(entry(n) for n in range(100, 108))], known, LATER)
    assert identity.is_storm(storm, state(), feed(), LATER)
    assert not identity.is_storm(calm, state(), feed(), LATER)


def test_no_storm_on_first_reading_small_feeds_busy_boards_or_after_our_own_gap() -> None:
    """What is mostly new for a reason is not held."""
    seen = read([entry(n, published=NOW + timedelta(hours=13)) for n in range(20)])
    much_later = NOW + timedelta(hours=14)
    assert identity.is_storm(seen, state(), feed(), LATER)
    assert not identity.is_storm(seen, state(first_read_at=None), feed(), LATER)
    assert not identity.is_storm(seen[:7], state(), feed(), LATER)
    assert not identity.is_storm(seen, state(usual_new_pct=60), feed(), LATER)
    assert not identity.is_storm(seen, state(last_good_at=NOW), feed(), much_later)
    old = read([entry(n, published=NOW - timedelta(days=9)) for n in range(20)])
    assert identity.is_storm(old, state(last_good_at=NOW), feed(), much_later)


ids = st.sampled_from("abc")
entries = st.lists(
    st.builds(
        lambda guid, link, title: entry(
            guid=guid, url=f"https://board.example/{link}", title=title, place_claim=""
        ),
        st.one_of(st.none(), ids),
        ids,
        ids,
    ),
    max_size=8,
)


@given(entries)
def test_every_distinct_entry_is_its_own_opening_and_known_again(body: list[Entry]) -> None:
    """However ids repeat in a body: one opening for each distinct entry, and the same ones at the next reading."""
    first = read(body)
    assert len({one.opening_id for one in first}) == len(first) == len(set(map(repr, body)))
    again = read(body, remembered(first), LATER)
    assert [one.opening_id for one in again] == [one.opening_id for one in first]


@given(entries, st.permutations(range(8)))
def test_order_in_the_body_changes_nothing(body: list[Entry], order: list[int]) -> None:
    """An opening's id does not depend on where its entry stands."""
    shuffled = [body[n] for n in order if n < len(body)]
    assert {one.opening_id for one in read(body)} == {one.opening_id for one in read(shuffled)}
