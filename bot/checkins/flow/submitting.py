"""Forms that come in: many together are one transaction, and each is judged by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.app import App
from bot.checkins import joining
from bot.checkins import plan as rules
from bot.checkins.flow import keeping, seats
from bot.checkins.flow.arriving import Arrivals
from bot.checkins.flow.keeping import Change
from bot.checkins.joining import Mine, Seat, mine_of
from bot.checkins.plan import Typed
from bot.checkins.store import cycles
from bot.checkins.store import members as memberships
from bot.checkins.store import weeks as week_store
from bot.checkins.values import Circle, Cycle, Membership, MemberWeek
from bot.people.members import Key
from bot.refusals import Refusal


@dataclass(frozen=True, slots=True)
class _Form:
    """One form as it came back."""

    key: Key
    cycle_id: int
    typed: Typed
    circle: Circle
    opened_at: datetime
    sent_at: datetime
    now: datetime


async def submit(
    app: App,
    key: Key,
    cycle_id: int,
    typed: Typed,
    circle: Circle,
    opened_at: datetime,
    sent_at: datetime,
    now: datetime,
) -> Mine:
    """Check in, or change what I said in that week. opened_at, sent_at: Discord's own times of the two presses.

    It is kept together with everything that has to be said of it. Gives what `joining.one` does, but the numbers.
    Refuses "not_in_group", "no_pods_here", "checkin_not_open", "checkin_week_off", "checkin_closed", "checkin_empty",
    "too_many_goals", "goal_too_long" and "too_long".
    """
    return await _arrivals.arrive(app, _Form(key, cycle_id, typed, circle, opened_at, sent_at, now))


async def _take(app: App, forms: Sequence[_Form]) -> list[Mine | Refusal]:
    """All of these in one transaction."""
    now = max(form.now for form in forms)
    async with app.store.begin() as tx:
        known = await cycles.some(tx, {form.cycle_id for form in forms})
        batch = _Batch(known, await seats.of(tx, _places(forms, known), known))
        answers = [batch.answer(form) for form in forms]
        await keeping.keep(tx, list(batch.changes.values()), now)
        await week_store.settle(tx, dict.fromkeys(batch.mended, "repaired"))
        await memberships.choose_circles(tx, batch.chosen)
    return answers


_arrivals: Arrivals[_Form, Mine] = Arrivals(_take)


def _places(forms: Sequence[_Form], known: Mapping[int, Cycle]) -> dict[int, set[seats.Place]]:
    """Server → whose seats are needed there. A cycle of another server is nobody's."""
    found: dict[int, set[seats.Place]] = {}
    for form in forms:
        cycle = known.get(form.cycle_id)
        if cycle is not None and cycle.guild_id == form.key.guild_id:
            found.setdefault(cycle.guild_id, set()).add((cycle.group_id, form.key.user_id))
    return found


@dataclass(slots=True)
class _Batch:
    """Forms taken one after the other; seats change as they are, so that a second form of somebody is an edit."""

    cycles: Mapping[int, Cycle]
    seats: dict[seats.Place, Seat]
    changes: dict[int, Change] = field(default_factory=dict)
    mended: list[int] = field(default_factory=list)
    chosen: list[Membership] = field(default_factory=list)

    def answer(self, form: _Form) -> Mine | Refusal:
        try:
            return mine_of(self._take(form), form.now)
        except Refusal as refusal:
            return refusal

    def _take(self, form: _Form) -> Seat:
        """The seat after this form. Nothing changes when it is refused."""
        cycle = self.cycles.get(form.cycle_id)
        seat = self.seats.get((cycle.group_id, form.key.user_id)) if cycle else None
        if cycle is None or seat is None or cycle.guild_id != form.key.guild_id or seat.membership.left_at:
            raise Refusal("not_in_group")
        before = seat.row_of(cycle.id)
        if before is None:
            raise rules.not_taken(cycle)
        joining.checked_circle(form.circle, seat.group)
        said = rules.said(form.typed, joining.to_tick(seat, before), before.said)
        after = rules.checked_in(
            before, cycle, said, form.circle, opened_at=form.opened_at, sent_at=form.sent_at
        )
        seat = self._kept(seat, before, after, cycle)
        if seat.membership.circle is None:
            seat = self._first(seat, form.circle)
        self.seats[cycle.group_id, form.key.user_id] = seat
        return seat

    def _kept(self, seat: Seat, before: MemberWeek, after: MemberWeek, cycle: Cycle) -> Seat:
        first = self.changes[before.id].before if before.id in self.changes else before
        self.changes[before.id] = Change(first, after, cycle, seat.name)
        mended = seat.mends(cycle.week) if before.submitted_at is None else None
        if mended is not None:
            self.mended.append(mended)
            seat = seat.repaired(mended)
        return seat.with_week(after)

    def _first(self, seat: Seat, circle: Circle) -> Seat:
        """Whom they chose to see their first check-in sees the next ones, until they choose otherwise."""
        wants_pod = seat.membership.wants_pod or circle == "pod"
        chosen = replace(seat.membership, circle=circle, wants_pod=wants_pod)
        self.chosen.append(chosen)
        return replace(seat, membership=chosen)
