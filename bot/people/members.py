"""A member of one server as every subject sees them: wishes, preferences, privacy, profile. Values, small rules.

What a member searches for is private from the first minute; each door can be opened alone, and nothing opens another.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Wish = Literal["jobs", "checkin", "review", "meet", "help"]
WISHES: Mapping[Wish, str] = {
    "jobs": "Find openings that are open to me",
    "checkin": "A weekly check-in that keeps me going",
    "review": "Honest eyes on my resume",
    "meet": "Meet people: coffee, mock interviews",
    "help": "Just here to help others",
}

Door = Literal["card", "found", "digest", "role", "dm_names"]
DOORS: Mapping[Door, str] = {
    "card": "My profile card can be shown here",
    "found": "I can be found in /meet find",
    "digest": "My name may stand in a digest",
    "role": "I can be given a visible role",
    "dm_names": "Direct messages may say what they are about",
}

Shown = Literal["me", "pairs", "server"]
"""Who sees one field of a profile: only me, people I am brought together with, everybody here."""

LEVELS: Mapping[str, str] = {
    "starting": "Starting out",
    "junior": "Junior",
    "mid": "Mid-level",
    "senior": "Senior",
    "lead": "Lead or staff",
    "manager": "Manager",
    "executive": "Head of or executive",
}
FIELDS: Mapping[str, str] = {
    "software": "Software engineering",
    "data": "Data and machine learning",
    "infrastructure": "Infrastructure and security",
    "quality": "Testing and quality",
    "design": "Design and research",
    "product": "Product management",
    "project": "Project and programme management",
    "marketing": "Marketing and content",
    "writing": "Writing, editing and translation",
    "sales": "Sales and partnerships",
    "support": "Customer support and success",
    "people": "People and recruiting",
    "finance": "Finance and accounting",
    "legal": "Legal and compliance",
    "operations": "Operations and administration",
    "education": "Teaching and training",
    "health": "Health and care",
    "other": "Something else",
}
OPEN_TO: Mapping[str, str] = {
    "review": "Reading each other's resumes",
    "interview": "Mock interviews",
    "coffee": "A coffee chat",
    "partner": "An accountability partner",
    "referral": "Referring people where I work",
}
PROFILE_FIELDS = (
    "headline", "field", "level", "skills", "languages", "country", "may_work", "pay_floor", "links", "open_to",
)  # fmt: skip

QUIET = (22 * 60, 8 * 60)  # minutes after local midnight, until they say otherwise


@dataclass(frozen=True, slots=True)
class Key:
    """A person in one server."""

    guild_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class Member:
    """What we know of somebody who has pressed something here.

    zone: IANA name, None until told. quiet: minutes after local midnight, from and until. dm_since: consent to direct
    messages, by their own press. private: they search in private; opened: the doors they opened all the same.
    """

    key: Key
    met_at: datetime
    seen_at: datetime
    joined_at: datetime | None = None
    left_at: datetime | None = None
    started_at: datetime | None = None
    wishes: tuple[Wish, ...] = ()
    private: bool = True
    opened: frozenset[Door] = frozenset()
    zone: str | None = None
    quiet: tuple[int, int] = QUIET
    dm_since: datetime | None = None
    dm_closed_at: datetime | None = None
    locale: str | None = None
    plain: bool = False

    def opens(self, door: Door) -> bool:
        """May this be seen of them? Without private search every door is open."""
        return not self.private or door in self.opened


@dataclass(frozen=True, slots=True)
class Profile:
    """What a member tells of themselves. shown: field → who sees it; what is absent only they see.

    pay_floor: a year, in pay_currency (ISO 4217). country, may_work: ISO 3166-1 alpha-2. languages: BCP 47 tags.
    """

    headline: str = ""
    field: str = ""
    level: str = ""
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    country: str = ""
    may_work: tuple[str, ...] = ()
    pay_floor: int | None = None
    pay_currency: str = ""
    links: tuple[str, ...] = ()
    open_to: tuple[str, ...] = ()
    done: frozenset[str] = frozenset()  # of the checklist
    shown: Mapping[str, Shown] = dataclasses.field(default_factory=dict)

    def seen_by(self, who: Shown) -> Collection[str]:
        """The names of the fields that this circle may see; the wider circles' fields are among the narrower's."""
        order = ("server", "pairs", "me")
        circles = order[: order.index(who) + 1]
        return [name for name in PROFILE_FIELDS if self.shown.get(name, "me") in circles]


def local_now(member: Member, now: datetime) -> datetime:
    """The moment on this member's own clock; UTC until they told their zone."""
    return now.astimezone(ZoneInfo(member.zone) if member.zone else UTC)


def may_write_at(member: Member, now: datetime) -> datetime:
    """The first moment from `now` on that lies outside their quiet hours: aware UTC.

    A local time in a gap moves forward by the gap; a doubled one means the first that is still to come
    (design/architecture.md, Time).
    """
    moment = now
    for _ in range(3):  # more than once only where a gap swallows the few minutes that are not quiet
        if not _is_quiet(member, moment):
            break
        moment = _end_of_quiet(member, moment)
    return moment


def _is_quiet(member: Member, moment: datetime) -> bool:
    start, end = member.quiet
    minute = _minute(local_now(member, moment))
    return start <= minute < end if start <= end else minute >= start or minute < end


def _end_of_quiet(member: Member, moment: datetime) -> datetime:
    here, end = local_now(member, moment), member.quiet[1]
    day = here.date() + timedelta(days=1 if _minute(here) >= end else 0)
    wake = datetime.combine(day, time(end // 60, end % 60), here.tzinfo)
    first, second = (wake.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return first if first > moment else second


def _minute(here: datetime) -> int:
    return here.hour * 60 + here.minute
