"""A find that a member offers to the server: what it needs, how often, and what is shown of it. Pure.

Whose find it is stands nowhere unless they choose so, not in the notice to the moderators either: who shares openings
tells that they look at openings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.deliveries.planned import Planned
from bot.jobs.messages import Offered, SharedCard, ShareTold
from bot.jobs.openings import Opening
from bot.jobs.routes import plain_card
from bot.people.letters import letter
from bot.people.members import Member
from bot.refusals import Refusal
from bot.text import canonical_link, tidy

SHARE, OFFERED, SHARE_TOLD = "share", "share_offered", "share_told"  # kinds of delivery

State = Literal["waiting", "posted", "declined"]

DAY = timedelta(days=1)
MOST_A_DAY = 3
MOST_LINK = 2_000  # characters; boards' links are long
SHOWN_FOR = timedelta(days=30)  # what stands here so long isn't posted again
LAST = 5  # of my own shares on my page
MAX_TITLE, MAX_COMPANY, MAX_WORDS = 150, 80, 200


@dataclass(frozen=True, slots=True)
class Share:
    """One find. user_id: None once they erased themselves."""

    id: int
    guild_id: int
    user_id: int | None
    url: str
    title: str
    company: str
    words: str
    opening_id: int | None
    state: State
    channel_id: int | None
    made_at: datetime
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form. title and company count where no feed of ours has the opening."""

    url: str
    title: str = ""
    company: str = ""
    words: str = ""
    named: bool = False


def may_share(made_today: int) -> None:
    """Refuses one more than a member has a day."""
    if made_today >= MOST_A_DAY:
        raise Refusal("too_many_shares", limit=MOST_A_DAY)


def cleaned(typed: Typed, known: Opening | None) -> Typed:
    """The form as it is kept; what we know of the opening comes first. Refuses a find without a title."""
    title = known.title if known else tidy(typed.title, MAX_TITLE)
    company = known.company if known else tidy(typed.company, MAX_COMPANY)
    if not title:
        raise Refusal("share_without_title")
    url = known.url if known else typed.url
    return Typed(url, title, company, tidy(typed.words, MAX_WORDS), typed.named)


def same_page(one: str, other: str) -> bool:
    return canonical_link(one) == canonical_link(other)


# -- what is said of it ----------------------------------------------------------------------------


def offered(share_id: int, typed: Typed, known: Opening | None) -> Offered:
    """The notice to the moderators."""
    whose = known.attribution if known else ""
    return Offered(share_id, typed.title, typed.company, typed.url, typed.words, whose, typed.named)


def notice_of(share_id: int, user_id: int) -> str:
    """The key of its notice, and how later ones begin. It names whose words they are: erasing them finds it."""
    return f"share-offered/{share_id}/member/{user_id}"


def posts_of(share_id: int) -> str:
    """How the keys of its posts begin."""
    return f"share/{share_id}/"


def post(
    share: Share,
    known: Opening | None,
    named: bool,
    withheld: frozenset[str],
    channel_id: int,
    due_at: datetime,
) -> Planned:
    """The find in a channel. Its key names whose words they are, too."""
    value = SharedCard(
        share.id,
        share.title,
        share.company,
        share.url,
        share.words,
        share.user_id if named else None,
        None if known is None else plain_card(known, withheld),
    )
    tried = due_at.isoformat()  # what could not be posted is posted again, perhaps in the same channel
    key = f"{posts_of(share.id)}member/{share.user_id or 0}/channel/{channel_id}/{tried}"
    return Planned(SHARE, key, value, share.guild_id, channel_id, due_at)


def told(share: Share, to: Member | None, channel_id: int | None, now: datetime) -> list[Planned]:
    """The message to its member; none where they don't allow messages. channel_id: None when it was declined."""
    discreet = to is None or not to.opens("dm_names")
    value = ShareTold(share.title, channel_id, discreet)
    return letter(SHARE_TOLD, f"share-told/{share.id}", value, to, now)
