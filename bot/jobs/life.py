"""The life of an opening: told or not, folded, shown again, closed; and what its messages say.

Pure. `bot.jobs.flow.keeping` and `bot.jobs.flow.life` gather what these rules look at, and keep what they decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.jobs.facts import Evidence, Facts, Warning, decode
from bot.jobs.identity import Sighting
from bot.jobs.messages import Also, OpeningCard
from bot.jobs.openings import FeedState, Kept, Opening, SeenOn, Silent, place_claim_of
from bot.ports import Entry, FeedSpec

AWAY = timedelta(days=7)  # not seen for so long, then shown under new marks: reposted
FOLD_WITHIN = timedelta(days=14)  # after an opening was told; a later variant is news of its own
REDATED = timedelta(days=1)  # under new marks and dated so much later: reposted
MISSED = 3  # good readings of a full list, one after the other, that were without an opening: it is gone
OFTEN, WIDELY = 3, 20  # postings of one opening, places of one: reasons to look twice
PLACE_WORD = 40  # characters

_REMOTE = re.compile(r"\b(remote|anywhere|work from home|distributed|telecommut\w*)\b", re.IGNORECASE)


# -- told, or remembered in silence --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Announced:
    """What a reading's new openings are to be: told, oldest first; or silent, each for its reason.

    over: of those told, the ids that are too many for one reading; they wait for digests.
    """

    told: tuple[Opening, ...]
    over: frozenset[int]
    silent: Mapping[int, Silent]


def announced(
    openings: Iterable[Opening], feed: FeedSpec, now: datetime, *, first_reading: bool
) -> Announced:
    """Which of a reading's new openings are told. `openings` in the feed's order, which has the newest first.

    New to us is not new: an opening older than the feed's limit is none to announce (research/feeds.md 0.7).
    """
    silent: dict[int, Silent] = {}
    told = []
    for one in openings:
        if (why := _silent(one, feed, now, first_reading)) is None:
            told.append(one)
        else:
            silent[one.id] = why
    told.reverse()  # sorting is stable, so undated ones keep the feed's order turned round
    told.sort(key=lambda one: one.dated)
    if first_reading:
        newest = _newest_apart(told, feed.first_run.newest)
        silent |= {one.id: "many" for one in told if one.id not in newest}
        told = [one for one in told if one.id in newest]
    over = told[: max(0, len(told) - feed.max_new_per_poll)]
    return Announced(tuple(told), frozenset(one.id for one in over), silent)


def _silent(one: Opening, feed: FeedSpec, now: datetime, first_reading: bool) -> Silent | None:
    if not one.facts.is_job:
        return "no_job"
    if not may_be_remote(one, feed):
        return "on_site"
    if one.ran_out(now) or one.age(now) > timedelta(days=feed.max_age_days):
        return "old"
    if first_reading and one.age(now) > timedelta(days=feed.first_run.max_age_days):
        return "first_reading"
    return None


def _newest_apart(told: Sequence[Opening], most: int) -> set[int]:
    """The newest so many that are no variants of each other; `told` oldest first."""
    newest: dict[str, int] = {}
    for one in reversed(told):
        if len(newest) < most:
            newest.setdefault(one.facts.variant_key or f"alone {one.id}", one.id)
    return set(newest.values())


def may_be_remote(opening: Opening, feed: FeedSpec) -> bool:
    """Not at a desk. A board that also lists on-site jobs is heard only where an opening says so itself."""
    if opening.facts.remote_type == "onsite":
        return False
    if feed.remote_only != "filter" or opening.facts.remote_type == "remote":
        return True
    return any(
        _REMOTE.search(text) for text in (opening.title, opening.place_claim, *opening.tags, opening.text)
    )


def fold(told: Sequence[Opening], heads: Mapping[str, int]) -> dict[int, int]:
    """Opening → the one in whose message it is told; those that are told by themselves are left out.

    told: new ones, in the order they are told. heads: variant key → an opening told lately that has it.
    """
    first = dict(heads)
    folded = {}
    for one in told:
        if key := one.facts.variant_key:
            head = first.setdefault(key, one.id)
            if head != one.id:
                folded[one.id] = head
    return folded


# -- shown again ---------------------------------------------------------------------------------


def shown_again(
    kept: Kept, seen_on: Sequence[SeenOn], sighting: Sighting, feed: FeedSpec, state: FeedState, now: datetime
) -> Kept:
    """What an opening is now that this feed shows it again; equal to `kept` when nothing happened.

    seen_on: every feed that showed it before. state: of this feed, before this reading.
    """
    entry = sighting.entry
    over = entry.expires is not None and entry.expires <= now
    if kept.closed_at is not None and not over:
        kept = replace(_reposted(kept, now), closed_at=None, closed_why=None, expires_at=entry.expires)
    elif _came_back(kept, seen_on, sighting, feed, state, now):
        kept = _reposted(kept, now)
    own = feed.id == kept.feed_id
    if _expiry_counts(kept, entry.expires, own):
        kept = replace(kept, expires_at=entry.expires)
    if own or not kept.facts_json:
        kept = _restated(kept, entry, feed, own, now)
    return kept


def _reposted(kept: Kept, now: datetime) -> Kept:
    return replace(kept, reposts=kept.reposts + 1, reposted_at=now)


def _came_back(
    kept: Kept, seen_on: Sequence[SeenOn], sighting: Sighting, feed: FeedSpec, state: FeedState, now: datetime
) -> bool:
    """Does a board that showed it show it under new marks: re-dated, or after it was away?

    Another board that shows it for the first time reposts nothing, however late: it has its own pace.
    """
    if sighting.by in ("guid", "link", "whole"):
        return False
    here = [_shown_until(one, feed, state) for one in seen_on if one.board == feed.name]
    if not here:
        return False
    dated, before = sighting.entry.published, kept.published_at
    redated = dated and before and dated - max(before, kept.reposted_at or before) >= REDATED
    return bool(redated) or now - max(here) >= AWAY


def _shown_until(one: SeenOn, feed: FeedSpec, state: FeedState) -> datetime:
    """A feed whose body has not changed since has shown it until its last good reading."""
    good, changed = state.last_good_at, state.last_changed_at
    if one.feed_id == feed.id and good and changed and one.last_seen_at >= changed:
        return max(one.last_seen_at, good)
    return one.last_seen_at


def _expiry_counts(kept: Kept, expires: datetime | None, own: bool) -> bool:
    """The first feed may move the end; another only later. An end before it came back is none any more."""
    if expires is None or expires == kept.expires_at:
        return False
    if kept.reposted_at is not None and expires <= kept.reposted_at:
        return False
    return own or (kept.expires_at is not None and expires > kept.expires_at)


def _restated(kept: Kept, entry: Entry, feed: FeedSpec, own: bool, now: datetime) -> Kept:
    """What the entry says now. Only its first feed may change that; any may add facts where none were read."""
    before, after = decode(kept.facts_json), decode(entry.facts)
    stated = replace(kept, facts_json=entry.facts or kept.facts_json)
    if own:
        stated = replace(
            stated,
            company=entry.company,
            title=entry.title,
            url=entry.url,
            place_claim=place_claim_of(entry, feed),
            pay_claim=entry.pay_claim,
        )
    other = stated.title != kept.title or (before is not after and differs(before, after))
    if kept.facts_json and entry.facts and before.version == after.version and other:
        stated = replace(stated, changed_at=now)
    return stated


def differs(one: Facts, other: Facts) -> bool:
    """Do place, pay or level say something else? Where the words stand doesn't matter."""
    return _essence(one) != _essence(other)


def _essence(facts: Facts) -> tuple[object, ...]:
    place, pay = facts.place, facts.pay
    return (
        replace(place, evidence=(), labels=(), board_says=""),
        replace(pay, words="", evidence=(), conflict=False) if pay else None,
        {one.value for one in facts.level},
    )


def carried_on(opening: Opening, former: Kept, now: datetime) -> Opening:
    """An opening of its own that was known long ago: how often it came back is not forgotten."""
    since = former.first_seen_at if opening.published_at else opening.first_seen_at
    return replace(opening, reposts=former.reposts + 1, reposted_at=now, first_seen_at=since)


# -- what its messages say -----------------------------------------------------------------------


def shown(
    card: OpeningCard, opening: Opening, seen_on: Sequence[SeenOn], variants: Sequence[Opening] = ()
) -> OpeningCard:
    """The card as it should be now; equal to `card` when there is nothing to change.

    seen_on: the feeds that showed the opening and may be named. variants: the others of its family. A card closes
    with the last of them; until then it leads to one that is open.
    """
    face = next((one for one in (opening, *variants) if one.closed_at is None), opening)
    elsewhere = places(
        face, [one for one in (opening, *variants) if one is not face and one.closed_at is None]
    )
    return replace(
        card,
        title=face.title,
        company=face.company,
        url=face.url,
        attribution=face.attribution,
        board=face.board,
        place_claim=face.place_claim,
        pay_claim=face.pay_claim,
        facts=counted(face.facts, opening.reposts, elsewhere),
        also=also(opening, seen_on) if face is opening else (),
        places=elsewhere,
        reposts=opening.reposts,
        closed_at=face.closed_at,
        closed_why=face.closed_why,
    )


def counted(facts: Facts, reposts: int, elsewhere: Sequence[str]) -> Facts:
    """The facts with the warnings that only counting gives; the quote of each is its number."""
    counts = {"repost_n": (reposts + 1, OFTEN), "fan_out_n": (len(elsewhere) + 1, WIDELY)}
    found = tuple(
        Warning(code, Evidence("", 0, 0, "counted", str(number)))
        for code, (number, least) in counts.items()
        if number >= least
    )
    return replace(facts, warnings=(*facts.warnings, *found)) if found else facts


def also(opening: Opening, seen_on: Iterable[SeenOn]) -> tuple[Also, ...]:
    """The further boards that show it, the earliest first; not one whose full list is without it by now."""
    boards: dict[str, Also] = {}
    for one in sorted(seen_on, key=lambda one: (one.first_seen_at, one.feed_id)):
        if one.board != opening.board and one.missed < MISSED:
            boards.setdefault(one.board, Also(one.board, one.url))
    return tuple(boards.values())


def places(face: Opening, others: Iterable[Opening]) -> tuple[str, ...]:
    """Where else it is open: a word for each other place, none twice."""
    words = dict.fromkeys(word for one in others for word in _place_words(one, face))
    return tuple(word for word in words if word)


def _place_words(one: Opening, beside: Opening) -> tuple[str, ...]:
    """Countries, or the groups as they were stated; the board's own word where the countries are the same."""
    place = one.facts.place
    if place.countries_in and place.countries_in != beside.facts.place.countries_in:
        return place.labels or place.countries_in
    return () if one.place_claim == beside.place_claim else (one.place_claim[:PLACE_WORD],)


def may_be_named(one: SeenOn, delays: Mapping[str, timedelta], now: datetime) -> bool:
    """Some boards ask that an opening isn't shown before their own readers had it for a while."""
    return one.first_seen_at + delays.get(one.feed_id, timedelta(0)) <= now


# -- gone ----------------------------------------------------------------------------------------


def list_is_whole(feed: FeedSpec, items: int, left_out: int, before: int) -> bool:
    """Does absence from this reading say anything?

    items: in this body; left_out: over our limit; before: openings of it that the body before showed.
    An empty list, or one that lost more than half at once, is more likely a fault of the board: the next reading
    with as few is believed.
    """
    return feed.list == "full" and items > 0 and left_out == 0 and 2 * items >= before
