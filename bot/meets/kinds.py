"""What members can meet for, and what they say when they join. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.checkins.pauses import weeks_off
from bot.meets.values import Joined, Kind, Meets, Role
from bot.people.members import Key
from bot.refusals import Refusal

MOST_TOPICS = 3
MOST_MENTEES = 3
RUN = 4  # weeks with the same partner or mentor


@dataclass(frozen=True, slots=True)
class About:
    """One kind in words. weeks: how long two stay together. roles: what one joins as, none: all are alike."""

    name: str
    about: str
    weeks: int = 1
    roles: tuple[Role, ...] = ()


KINDS: Mapping[Kind, About] = {
    "coffee": About("Coffee chat", "Half an hour with somebody new, once a week"),
    "interview": About("Mock interview", "You ask each other the questions of a set, half an hour each"),
    "partner": About(
        "Accountability partner", f"A short call each week, {RUN} weeks with the same person", RUN
    ),
    "mentor": About(
        "Mentor", f"Somebody who has been there, or somebody to help: {RUN} weeks", RUN, ("mentor", "mentee")
    ),
}


def choices(kind: Kind, book: Meets) -> Sequence[tuple[str, str]]:
    """(id, name) of what members of this kind choose from: question sets for an interview, else topics."""
    some = book.sets if kind == "interview" else book.topics
    return [(one.id, one.name) for one in some]


def join(
    key: Key,
    kind: Kind,
    now: datetime,
    book: Meets,
    *,
    role: Role = "",
    topics: Collection[str] = (),
    most: int = 1,
) -> Joined:
    """They want meetings of this kind from the next draw on; the same one twice changes what they said.

    Refuses "meet_role", "meet_topics" and "meet_topic_gone"; "meet_most" for a mentor of too many.
    """
    if role not in (KINDS[kind].roles or ("",)):
        raise Refusal("meet_role", kind=kind)
    chosen = tuple(dict.fromkeys(topics))
    if len(chosen) > MOST_TOPICS:
        raise Refusal("meet_topics", limit=MOST_TOPICS)
    known = {topic for topic, _ in choices(kind, book)}
    if any(topic not in known for topic in chosen):
        raise Refusal("meet_topic_gone")
    if not 1 <= most <= (MOST_MENTEES if role == "mentor" else 1):
        raise Refusal("meet_most", least=1, most=MOST_MENTEES)
    return Joined(key.guild_id, key.user_id, kind, now, role, chosen, most)


def in_draw(one: Joined, week: date) -> bool:
    """Do they take part in this week's draw? Whoever is still with a partner or mentor: see `week.busy`."""
    paused = one.paused_until is not None and week <= one.paused_until
    return one.left_at is None and one.skip_week != week and not paused


def skipped(one: Joined, week: date) -> Joined:
    """Without that week's draw. Refuses "not_joined"."""
    return replace(_here(one), skip_week=week)


def paused(one: Joined, week: date, weeks: int) -> Joined:
    """Without so many draws, that week's being the first. Refuses "not_joined" and "pause_weeks"."""
    _, last = weeks_off(week, weeks)
    return replace(_here(one), skip_week=None, paused_until=last)


def resumed(one: Joined) -> Joined:
    """In the next draw again. Refuses "not_joined"."""
    return replace(_here(one), skip_week=None, paused_until=None)


def left(one: Joined, now: datetime) -> Joined:
    """In no draw any more. What is drawn already stands. Refuses "not_joined"."""
    return replace(_here(one), left_at=now)


def _here(one: Joined) -> Joined:
    if one.left_at is not None:
        raise Refusal("not_joined", kind=one.kind)
    return one
