"""What moderators choose for a group, and what may be chosen. Pure.

Refusals raised here and in `flow.groups`, with their facts: group_gone() · group_ended() · group_name(shortest,
longest) · group_name_taken(name) · group_day() · group_time() · group_opens_late() · group_question_long(longest) ·
template_unknown() · place_unknown(text, near) · too_many_groups(limit) · no_digest_yet() · card_gone() ·
week_over(week).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from bot.checkins.messages import Opener
from bot.checkins.values import Cycle, Group
from bot.checkins.week import WEEK, due_at, local
from bot.people.zones import is_zone, near
from bot.ports import Prompts
from bot.refusals import Refusal
from bot.text import tidy, tidy_lines

SHORTEST, LONGEST = 2, 60  # characters of a name
LONGEST_QUESTION = 45  # Discord's limit for the label of a part of a form
OPEN_DAYS = (
    2,
    3,
    4,
    5,
)  # Wednesday to Saturday: later would leave no window, earlier no week to look back on
FARTHEST_EAST = "Pacific/Kiritimati"  # 14 hours: a week is due there first
_WINTER_AND_SUMMER = date(2026, 1, 5), date(2026, 7, 6)
MOST_GROUPS = 50  # of one server, those that ended left out
SEASON = 8  # weeks


@dataclass(frozen=True, slots=True)
class Draft:
    """A group as moderators want it; the fields are those of `Group`. template "": the first one of prompts.yaml."""

    name: str
    channel_id: int
    zone: str
    open_day: int = 4
    open_minute: int = 9 * 60
    digest_minute: int = 18 * 60
    template: str = ""
    question: str = ""
    starters: bool = False
    pods: bool = False


def draft_of(group: Group) -> Draft:
    """What its moderators chose."""
    return Draft(**{field.name: getattr(group, field.name) for field in fields(Draft)})


def checked(draft: Draft, prompts: Prompts) -> Draft:
    """As it may be kept: cleaned. Refuses what can't be."""
    name, question = tidy(draft.name), tidy_lines(draft.question).strip()
    if not (SHORTEST <= len(name) <= LONGEST and any(c.isalnum() for c in name)):
        raise Refusal("group_name", shortest=SHORTEST, longest=LONGEST)
    if len(question) > LONGEST_QUESTION:
        raise Refusal("group_question_long", longest=LONGEST_QUESTION)
    if not is_zone(draft.zone):
        raise Refusal("place_unknown", text=tidy(draft.zone), near=near(draft.zone))
    if draft.open_day not in OPEN_DAYS:
        raise Refusal("group_day")
    if not all(0 <= minute < 24 * 60 for minute in (draft.open_minute, draft.digest_minute)):
        raise Refusal("group_time")
    if not _opens_in_time(draft):
        raise Refusal("group_opens_late")
    return replace(draft, name=name, question=question, template=_template(draft.template, prompts))


def _opens_in_time(draft: Draft) -> bool:
    """Is nobody's week due before it opens? A late Saturday far in the west is Monday already far in the east."""
    return all(
        local(week, draft.open_day, draft.open_minute, draft.zone) < due_at(week, FARTHEST_EAST)
        for week in _WINTER_AND_SUMMER
    )


def _template(chosen: str, prompts: Prompts) -> str:
    known = [template.id for template in prompts.templates]
    if chosen and chosen not in known:
        raise Refusal("template_unknown")
    return chosen or (known[0] if known else "")


def season_over(group: Group, week: date) -> bool:
    """Was that the last week of its season, or a later one, and has nobody been asked how it goes on?"""
    return group.season_asked_at is None and week >= group.season_week + (SEASON - 1) * WEEK


def opener(group: Group, cycle: Cycle, *, holiday: bool = False) -> Opener:
    """What stands in the channel while this week is open. It knows nothing of who checked in."""
    return Opener(
        guild_id=group.guild_id,
        group_id=group.id,
        cycle_id=cycle.id,
        group=group.name,
        week=cycle.week,
        digest_at=cycle.digest_at,
        final_at=cycle.final_at,
        starter=cycle.starter,
        longer=bool(cycle.extra) or cycle.amnesty,
        holiday=holiday,
    )


def opener_key(cycle: Cycle, channel_id: int) -> str:
    """Why it stands there; said again once, after somebody has deleted it."""
    again = "2" if cycle.reopened else ""
    return f"checkin/cycle/{cycle.id}/opener{again}/channel/{channel_id}"


def digest_key(cycle_id: int, channel_id: int) -> str:
    """Why the digest stands there."""
    return f"{digests_of(cycle_id)}/channel/{channel_id}"


def digest_by_hand_key(cycle_id: int, channel_id: int, now: datetime) -> str:
    """Why it stands there once more: moderators wanted it. Two presses of one minute are one."""
    return f"{digests_of(cycle_id)}/{now:%Y%m%dT%H%M}/channel/{channel_id}"


def digests_of(cycle_id: int) -> str:
    """How the key of each of them begins."""
    return f"checkin/cycle/{cycle_id}/digest"


def resting(group: Group, without_us: Collection[int]) -> bool:
    """Does it check in no more for now? without_us: servers that removed the bot."""
    return group.state != "active" or group.guild_id in without_us


def made(draft: Draft, guild_id: int, first: date, now: datetime) -> Group:
    """A new group; its id is 0 until it is kept."""
    chosen = {field.name: getattr(draft, field.name) for field in fields(Draft)}
    return Group(id=0, guild_id=guild_id, state="active", season_week=first, made_at=now, **chosen)


def thread_name(group: Group, week: date, *, again: bool = False) -> str:
    """Of the thread for a week's cards: no two groups of a channel share one. again: the first one was closed."""
    ending = f" · {week.isocalendar().week}{' · 2' if again else ''}"
    return f"{group.name}{ending}"


def blocked_for(since: datetime, cycle: Cycle, now: datetime) -> timedelta:
    """How long its channel was closed to us while it was open, with what was counted before."""
    lost = min(now, cycle.final_at) - max(since, cycle.opens_at)
    return cycle.blocked + max(lost, timedelta())
