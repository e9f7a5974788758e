"""May these two be brought together? The one function that everything asks: lists, counts, previews, matches, menus.

Blocks, guards and a shared present employer, both ways, in silence: the answer carries no reason, so that nothing
that is shown can tell one. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meeting:
    """What counts when somebody is brought together with others. Companies by their comparable names.

    works_at: where they work now; the employer they guard against and those they told in their profile. avoids:
    companies whose people they must not meet. avoided: members they must not meet. blocked: members they blocked.
    """

    user_id: int
    works_at: frozenset[str] = frozenset()
    avoids: frozenset[str] = frozenset()
    avoided: frozenset[int] = frozenset()
    blocked: frozenset[int] = frozenset()


def may_meet(one: Meeting, other: Meeting) -> bool:
    """True when nothing on either side speaks against it; the same whichever is asked first; False for oneself."""
    return one.user_id != other.user_id and not (_minds(one, other) or _minds(other, one))


def _minds(one: Meeting, other: Meeting) -> bool:
    if other.user_id in one.blocked or other.user_id in one.avoided:
        return True
    return bool(other.works_at & (one.avoids | one.works_at))
