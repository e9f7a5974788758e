"""Digests and alerts: when the next one is due, what stands in it and in which order. Pure.

A local time is a rule and a zone, turned into an instant for each occurrence (design/architecture.md, Time).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.deliveries.planned import NOWHERE_YET, Planned
from bot.jobs.facts import NO_PLACE, Facts, encode
from bot.jobs.life import also
from bot.jobs.messages import Alert, Digest, Line, Spared
from bot.jobs.openings import Opening, SeenOn
from bot.jobs.place_words import proof
from bot.jobs.query import Filter
from bot.jobs.query.terms import Unstated, Where
from bot.jobs.query.tree import And, Node, Not, Or, joined
from bot.jobs.subscriptions import Subscription
from bot.people.members import Member, may_write_at
from bot.text import company_key

DIGEST, ALERT, ALERT_TEST = "digest", "alert", "alert_test"

MOST_LINES = 10
MOST_REST = 200  # openings that the button of a digest or alert can still show


# -- when ----------------------------------------------------------------------------------------


def next_due(one: Subscription, zone: str | None, after: datetime) -> datetime:
    """The first moment after `after` at which this subscription's digest is due: aware UTC.

    A weekly one on its weekday, any other every day: what a cap kept back waits till the next morning. A local time
    in a gap moves forward by the gap, a doubled one means the first.
    """
    clock = _clock(zone)
    day = after.astimezone(clock).date()
    for ahead in range(9):  # a day's time may be over already; a weekly one's is at most seven days on
        on = day + timedelta(days=ahead)
        at = datetime.combine(on, time(), clock) + timedelta(
            minutes=one.at_minute
        )  # on the wall, not elapsed
        moment = at.replace(fold=0).astimezone(UTC)
        if moment > after and (one.rhythm != "weekly" or on.weekday() == one.weekday):
            return moment
    raise AssertionError("a week has every weekday")


def told_at(one: Subscription, member: Member | None, since: datetime) -> datetime:
    """When it tells what it may tell from `since` on: a member's alert outside their quiet hours.

    Depends on nothing that happened since, so that an outage of any length is made up for by one digest.
    """
    if member is None:
        return next_due(one, one.zone, since)
    when = since if one.rhythm == "now" else next_due(one, one.zone or member.zone, since)
    return may_write_at(member, when)


def midnight(zone: str | None, now: datetime) -> datetime:
    """When the day began on that clock: aware UTC."""
    clock = _clock(zone)
    return datetime.combine(now.astimezone(clock).date(), time(), clock).astimezone(UTC)


def _clock(zone: str | None) -> ZoneInfo:
    return ZoneInfo(zone or "UTC")


# -- what ----------------------------------------------------------------------------------------


def still_told(opening: Opening, now: datetime) -> bool:
    """What was closed, or ran out, while it waited is told no more."""
    return opening.closed_at is None and not opening.ran_out(now)


def ranked(openings: Iterable[Opening]) -> list[Opening]:
    """The best first: those with more proven of what people ask for (who may apply, what it pays), then the newest.

    One of each company before a second one of any, so that a company with forty openings takes one line.
    """
    best = sorted(openings, key=lambda one: (_proven(one.facts), one.dated, one.id), reverse=True)
    nth: dict[str, int] = {}
    turns = []
    for one in best:
        company = company_key(one.company) or f"nobody {one.id}"
        nth[company] = nth.get(company, 0) + 1
        turns.append((nth[company], one))
    return [one for _, one in sorted(turns, key=lambda turn: turn[0])]


def _proven(facts: Facts) -> int:
    return (facts.place.scope != "unknown") + (facts.pay is not None)


def line(opening: Opening, seen_on: Sequence[SeenOn] = (), withheld: Collection[str] = ()) -> Line:
    """An opening as one line; what the server's moderators took back is not stated in it."""
    return Line(
        opening_id=opening.id,
        title=opening.title,
        company=opening.company,
        url=opening.url,
        board=opening.board,
        attribution=opening.attribution,
        place_claim="" if "place" in withheld else opening.place_claim,
        pay_claim="" if "pay" in withheld else opening.pay_claim,
        facts=without(opening.facts, withheld),
        dated=opening.dated,
        also=also(opening, seen_on),
    )


def without(facts: Facts, withheld: Collection[str]) -> Facts:
    """The facts as if what moderators took back had never been read."""
    empty: dict[str, Any] = {
        "place": NO_PLACE,
        "pay": None,
        "level": (),
        "employment": (),
        "skills": (),
        "warnings": (),
    }
    names = {"warnings" if name == "warning" else name for name in withheld}
    return replace(facts, **{name: value for name, value in empty.items() if name in names})


def corrected(opening: Opening, withheld: Collection[str]) -> Opening:
    """The opening as filters look at it where moderators took back some of its facts."""
    return replace(opening, facts_json=encode(without(opening.facts, withheld))) if withheld else opening


def digest(
    one: Subscription,
    best: Sequence[Line],
    rest: Sequence[int],
    since: datetime,
    until: datetime,
    capped: bool,
) -> Planned:
    """What a channel's subscription kept for its digest; rest: ids. One a day on its own clock."""
    value = Digest(
        subscription_id=one.id,
        filter=one.filter,
        lines=tuple(best),
        more=len(rest),
        since=since,
        until=until,
        capped=capped,
        rest=tuple(rest[:MOST_REST]),
        target=one.target,
        silent=one.silent,
        publish=one.publish,
        fallback_tag=one.fallback_tag,
    )
    day = until.astimezone(_clock(one.zone)).date().isoformat()
    channel_id = one.channel_id or NOWHERE_YET
    key = f"{digests_of(one.id)}{day}"
    return Planned(DIGEST, key, value, one.guild_id, channel_id, until, subscription_id=one.id)


def alert(to: Member, value: Alert, now: datetime) -> Planned:
    """A member's alert: no single subscription's, since one that ends must not take back what others tell."""
    guild_id, user_id = to.key.guild_id, to.key.user_id
    key = f"{alerts_of(guild_id, user_id)}{now.isoformat()}"
    return Planned(ALERT, key, value, guild_id, user_id, now, member_id=user_id)


def digests_of(subscription_id: int) -> str:
    """How the keys of a subscription's digests begin."""
    return f"digest/{subscription_id}/"


def alerts_of(guild_id: int, member_id: int) -> str:
    """How the keys of a member's alerts begin."""
    return f"alert/{guild_id}/{member_id}/"


def tests_of(subscription_id: int) -> str:
    """How the keys of its test messages begin."""
    return f"alert-test/{subscription_id}/"


def names(value: str, opening_id: int) -> bool:
    """Is this opening among those of a digest or an alert, given as JSON?"""
    return re.search(rf'"opening_id":{opening_id},|"rest":\[(?:\d+,)*{opening_id}[,\]]', value) is not None


def named_in(value: str) -> set[int]:
    """All openings of a digest or an alert, given as JSON."""
    said = json.loads(value)
    return {line["opening_id"] for line in said["lines"]} | set(said.get("rest", ()))


# -- dead ends spared ----------------------------------------------------------------------------


def dead_end(opening: Opening, countries: frozenset[str]) -> bool:
    """Does its board say that it is open to anybody, while its own words leave these countries out?"""
    place = opening.facts.place
    return bool(place.board_says) and place.admits(countries) is False


def spared(one: Opening) -> Spared:
    """A dead end with the words that prove it."""
    return Spared(one.title, one.company, one.url, one.board, proof(one.facts.place))


def apart_from_place(query: Filter) -> Filter:
    """The same filter, asking nothing about the place."""
    return Filter(_apart(query.root) or And(()))


def _apart(node: Node) -> Node | None:
    """None: it is about the place, so that it may be either true or false."""
    match node:
        case Where() | Unstated(field="place"):
            return None
        case Not():
            return node if _apart(node.part) == node.part else None
        case And():
            return joined(And, [part for one in node.parts if (part := _apart(one)) is not None])
        case Or():
            parts = [part for one in node.parts if (part := _apart(one)) is not None]
            return joined(Or, parts) if len(parts) == len(node.parts) else None
        case _:
            return node
