"""Give and take: what somebody gave and received, and what they must pledge before they ask. Pure.

received ≤ given + pledged, and the first request is free: so supply meets demand by construction
(design/reviews.md, Credit).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.refusals import Refusal
from bot.reviews.values import Entry

MOST_NEEDS = 2  # readers of one request
FREE = MOST_NEEDS
"""Reviews that everybody may receive before they give any: those of one request."""

MOST_WAIVED = 10  # by one press of a moderator


@dataclass(frozen=True, slots=True)
class Account:
    """The ledger of one member, added up; no number is negative. given, received: reviews.

    kept: readings that their authors took back. waived: what moderators let them off.
    """

    given: int = 0
    received: int = 0
    kept: int = 0
    waived: int = 0

    @property
    def balance(self) -> int:
        """What counts as given, less what they received."""
        return self.given + self.kept + self.waived - self.received

    @property
    def free(self) -> bool:
        """Is their first request still to come?"""
        return not self.received


def account(entries: Iterable[Entry]) -> Account:
    """The lines of one member, in any order."""
    sums = {"given": 0, "kept": 0, "received": 0, "waived": 0}
    for one in entries:
        sums[one.why] += one.amount
    return Account(sums["given"], -sums["received"], sums["kept"], sums["waived"])


def owed(mine: Account, pledged: int, needs: int) -> int:
    """How many more reviews they must pledge to ask for `needs`; 0: they may ask.

    pledged: how many documents they read at a time, 0 for who reads none.
    """
    if needs not in range(1, MOST_NEEDS + 1):
        raise ValueError(f"a request needs one or two readers, not {needs}")
    return max(0, needs - FREE - mine.balance - pledged)


def must_afford(mine: Account, pledged: int, needs: int) -> None:
    """Refuses who has to pledge first: "review_owed" with how many, and what they pledge now."""
    if missing := owed(mine, pledged, needs):
        raise Refusal("review_owed", missing=missing, pledged=pledged, needs=needs)


def waivable(amount: int) -> int:
    """Refuses "waive_amount" but for 1 to 10 reviews at a time."""
    if not 1 <= amount <= MOST_WAIVED:
        raise Refusal("waive_amount", limit=MOST_WAIVED)
    return amount
