"""Give and take: what is owed, and that nobody ever receives more than they gave, pledged and had free."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.refusals import Refusal
from bot.reviews.credit import FREE, MOST_WAIVED, Account, account, must_afford, owed, waivable
from bot.reviews.values import Entry
from tests.proofs import size
from tests.reviews.parts import MONDAY


def test_a_ledger_added_up() -> None:
    """Each kind of line counts where it belongs; what was kept counts as given, but is no review."""
    lines = [
        Entry(1, 1, "given", MONDAY, 1),
        Entry(1, 1, "kept", MONDAY, 2),
        Entry(1, -1, "received", MONDAY, 3),
        Entry(1, -1, "received", MONDAY, 4),
        Entry(1, 3, "waived", MONDAY),
    ]
    mine = account(lines)
    assert mine == Account(given=1, received=2, kept=1, waived=3)
    assert mine.balance == 3
    assert not mine.free
    assert account([]).free


@pytest.mark.parametrize(
    ("mine", "pledged", "needs", "missing"),
    [
        (Account(), 0, 2, 0),  # the first request is free
        (Account(received=2), 0, 2, 2),
        (Account(received=2), 0, 1, 1),
        (Account(received=2), 2, 2, 0),  # two for two
        (Account(received=2), 1, 2, 1),
        (Account(received=2, given=2), 0, 2, 0),
        (Account(received=4), 2, 2, 2),  # pledged, and never given
        (Account(received=4, waived=2), 2, 2, 0),
        (Account(received=4, kept=2), 2, 2, 0),
    ],
)
def test_what_is_owed(mine: Account, pledged: int, needs: int, missing: int) -> None:
    """Free ones, what was given and what is pledged are enough, or so much more is to be pledged."""
    assert owed(mine, pledged, needs) == missing


def test_who_owes_is_refused() -> None:
    """With how many, and what they pledge now."""
    with pytest.raises(Refusal) as no:
        must_afford(Account(received=2), 1, 2)
    assert (no.value.reason, no.value.facts) == ("review_owed", {"missing": 1, "pledged": 1, "needs": 2})


@pytest.mark.parametrize("needs", [0, 3, -1])
def test_readers_of_a_request(needs: int) -> None:
    """One or two; the form offers nothing else."""
    with pytest.raises(ValueError, match="one or two"):
        owed(Account(), 0, needs)


@pytest.mark.parametrize("amount", [0, -1, MOST_WAIVED + 1])
def test_what_is_waived(amount: int) -> None:
    """One to ten reviews at a time."""
    with pytest.raises(Refusal) as no:
        waivable(amount)
    assert no.value.reason == "waive_amount"
    assert waivable(MOST_WAIVED) == MOST_WAIVED


# -- whatever they do ------------------------------------------------------------------------------


@dataclass
class Somebody:
    """A member who does what is allowed. open: readers still to come. pledged: what they pledged at most."""

    lines: list[Entry] = field(default_factory=list)
    capacity: int = 0
    pledged: int = 0
    open: int = 0

    def do(self, what: str, count: int) -> None:
        match what:
            case "pledge":
                self.capacity = count
                self.pledged = max(self.pledged, count)
            case "give":
                self.lines.append(Entry(1, 1, "given", MONDAY, len(self.lines)))
            case "keep":
                self.lines.append(Entry(1, 1, "kept", MONDAY, len(self.lines)))
            case "waive":
                self.lines.append(Entry(1, waivable(count + 1), "waived", MONDAY))
            case "ask" if not self.open and not owed(account(self.lines), self.capacity, count % 2 + 1):
                self.open = count % 2 + 1
            case "receive" if self.open:
                self.open -= 1
                self.lines.append(Entry(1, -1, "received", MONDAY, len(self.lines)))
            case "withdraw":
                self.open = 0


MOVES = ("pledge", "give", "keep", "waive", "ask", "receive", "withdraw")


@given(st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 4)), max_size=60))
@settings(max_examples=size(100, 2_000))
def test_nobody_receives_more_than_they_give(moves: list[tuple[str, int]]) -> None:
    """received ≤ given + kept + waived + pledged + the free ones, after each move of any sequence."""
    one = Somebody()
    for what, count in moves:
        one.do(what, count)
        mine = account(one.lines)
        assert mine.received <= mine.given + mine.kept + mine.waived + one.pledged + FREE
        assert mine.received + one.open <= mine.given + mine.kept + mine.waived + one.pledged + FREE


@given(st.lists(st.tuples(st.sampled_from(("ask", "receive", "withdraw")), st.integers(0, 4)), max_size=60))
def test_who_gives_nothing_receives_the_free_ones_alone(moves: list[tuple[str, int]]) -> None:
    """However often they ask and withdraw: those of one request, and no more."""
    one = Somebody()
    for what, count in moves:
        one.do(what, count)
    assert account(one.lines).received <= FREE
